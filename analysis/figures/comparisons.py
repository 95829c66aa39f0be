"""Figures that hold texts against each other and the record: timeline, positions."""

import textwrap
from datetime import date, timedelta

import numpy as np
import pandas as pd
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from analysis.corpus.dates import edtf_range, seasons_in_words
from analysis.figures import base
from analysis.figures.base import FigureText

_WEEKS = (6, 2)  # before and after the date of the reference instrument: what the upper panel of the timeline shows


def plot_timeline(events: pd.DataFrame, record: pd.DataFrame, sources: pd.DataFrame) -> tuple[Figure, FigureText]:
    """When the events lie that the texts mention, and those of the record; from `with_date_range` events and `reference_events`."""
    rows = ["the record", *sources.source_id]
    short = sources.set_index("source_id").short
    published = [edtf_range(value)[1] for value in sources.date]
    near = near_the_reference(sources)
    after = (near[1], max([*published, *events["last"], *record["last"]]) + timedelta(days=30))
    shapes = {"stated": ("o", "full"), "relative": ("s", "full"), "inferred": ("o", "none")}
    with base.figure_style():
        figure = Figure(
            figsize=(base.FIGURE_WIDTH.get(), base.by_width(0.8, 0.95) * len(rows) + base.by_width(2.0, 1.8)), layout="constrained"
        )
        for axes, (first, last) in zip(figure.subplots(2, 1), (near, after), strict=True):
            for row in record[(record["first"] <= last) & (record["last"] >= first)].itertuples():
                axes.axvspan(row.first, row.last, color=base.RULE, linewidth=0.8, zorder=0)
                axes.plot([row.first, row.last], [0, 0], "|-", color=base.ORANGE, markersize=9, markeredgewidth=2)
            for row in events[(events["first"] <= last) & (events["last"] >= first)].itertuples():
                shape, fill = shapes[row.date_basis]
                place, middle = rows.index(row.source_id), row.first + (row.last - row.first) / 2
                axes.plot([max(row.first, first), min(row.last, last)], [place, place], color=base.BLUE, linewidth=1)
                if first <= middle <= last:
                    axes.plot(middle, place, shape, color=base.BLUE, fillstyle=fill, label=row.date_basis)
            for source_id, day in zip(sources.source_id, published, strict=True):
                if first <= day <= last:
                    axes.plot(day, rows.index(source_id), "v", color=base.ORANGE, markersize=9, label="publication")
            axes.set_xlim(first, last)
            base.label_rows(axes, ["the record", *short], 24)
            locator = AutoDateLocator(maxticks=base.by_width(None, 6))
            axes.xaxis.set_major_locator(locator)
            axes.xaxis.set_major_formatter(ConciseDateFormatter(locator, show_offset=False))
            axes.set_xlabel(day_words(*near) if first == near[0] else f"after {near[1].day} {near[1]:%B %Y}")
        base.add_legend(figure, base.legend_handles(*figure.axes))
    said = "; ".join(
        f"{short[source_id]}: " + ", ".join(dict.fromkeys(f"{row.label} {seasons_in_words(row.date)}" for row in own.itertuples()))
        for source_id, own in events[events["last"] >= near[0]].groupby("source_id", sort=False)
    )
    without = [name for source_id, name in short.items() if source_id not in set(events.source_id[events["last"] >= near[0]])]
    return figure, FigureText(
        "fig-timeline",
        f"Events from {near[0].day} {near[0]:%B %Y} on, by the date that the words give or, inferred, by that of the record. A line is a "
        "span. Top: the record.",
        f"Timeline: {day_words(*near)}, then the time after. {said}." + (f" None: {', '.join(without)}." if without else ""),
    )


def near_the_reference(sources: pd.DataFrame) -> tuple[date, date]:
    """The first and the last day of the six weeks before and the two after the date of the reference instrument, from which lags count."""
    source = next(sources.itertuples())
    day = edtf_range(source.date)[1] - timedelta(days=int(source.lag_days))
    return day - timedelta(weeks=_WEEKS[0]), day + timedelta(weeks=_WEEKS[1])


def day_words(first: date, last: date, unsure: bool = False) -> str:
    """Days for readers: "24 Feb 2022", "14–17 Mar 2022", "10 Sep – 2 Oct 2023", "Mar – May 2022", "Nov 2023", "1955–1960"; with
    "?" where they are unsure.
    """
    whole = first.day == 1 and (last + timedelta(days=1)).day == 1
    same_month = (first.year, first.month) == (last.year, last.month)
    if whole and same_month:
        words = f"{first:%b %Y}"
    elif whole and (first.month, last.month) == (1, 12):
        words = f"{first.year}" if first.year == last.year else f"{first.year}–{last.year}"
    elif whole:
        words = f"{first:%b}{f' {first.year}' if first.year != last.year else ''} – {last:%b %Y}"
    elif same_month:
        words = f"{first.day}{f'–{last.day}' if last != first else ''} {first:%b %Y}"
    else:
        words = f"{first.day} {first:%b}{f' {first.year}' if first.year != last.year else ''} – {last.day} {last:%b %Y}"
    return words + "?" * unsure


def plot_what_was_known(entries: pd.DataFrame) -> tuple[Figure, FigureText]:
    """What happened, beside what was published and what came to light, down a line of time; from `what_was_known`."""
    looks = {
        "event": ("o", base.GREY, "an event"),
        "publication": ("s", base.BLUE, "one of the texts"),
        "disclosure": ("D", base.ORANGE, "what came to light"),
    }
    per_line, per_day = base.by_width((26, 16), (18, 8))  # letters
    table = entries.reset_index(drop=True)
    days = [day_words(row.first, row.last, "?" in row.date) for row in table.itertuples()]
    labels, beside = ([_whole_words(text, width) for text in texts] for texts, width in ((table.label, per_line), (days, per_day)))
    heights, bottom = _places(labels, beside, list(table.lane == "event"))
    with base.figure_style():
        figure, axes = base.new_figure(*(0.165 * bottom + 0.75,) * 2)
        for lane, (shape, colour, meaning) in looks.items():
            own, side = np.flatnonzero(table.lane == lane), -1 if lane == "event" else 1
            if not len(own):
                continue
            axes.plot([side] * len(own), [heights[place] for place in own], shape, color=colour, markersize=7, label=meaning)
            look = {"ha": "right" if side < 0 else "left", "linespacing": 1.1, "color": colour if lane == "publication" else base.INK}
            for place in own:
                base.write_beside(axes, labels[place], (side, heights[place]), (9 * side, 0), **look)
        axes.set_xlim(*base.by_width((-3.4, 3.4), (-3.5, 3.5)))
        axes.set_ylim(bottom, 0)
        axes.set_xticks([])
        rows = dict(zip(heights, beside, strict=True))
        axes.set_yticks(list(rows), list(rows.values()))
        axes.tick_params(axis="y", length=0, pad=0)
        for name, spine in axes.spines.items():
            spine.set_visible(name == "left")
        axes.spines.left.set(position=("data", 0), color=base.RULE)
        for day in axes.get_yticklabels():
            day.set(ha="center", linespacing=1.1, zorder=3, bbox={"facecolor": base.PAPER, "edgecolor": "none", "pad": 1})
        axes.set_axisbelow(False)
        base.add_legend(figure, base.legend_handles(axes))
    said = "; ".join(f"{day}: {row.label} ({looks[row.lane][2]})" for day, row in zip(days, table.itertuples(), strict=True))
    return figure, FigureText(
        "fig-what-was-known",
        "What happened (left), and when the texts and what came to light were published (right). Time runs down, not to scale. "
        "A question mark: the day is unsure.",
        f"A line of time with a lane on either side. {said}.",
    )


def _whole_words(text: str, width: int) -> str:
    """`text` in lines of at most `width` letters, that part at spaces, and within a word only where it is half as long again."""
    longest = max(map(len, text.split()), default=0)
    return textwrap.fill(text, width, break_long_words=longest > 1.5 * width, break_on_hyphens=False)


def _places(labels: list[str], days: list[str], left: list[bool]) -> tuple[list[float], float]:
    """How far down the middle of each entry stands, in lines of type, and where the last one ends.

    None lies over another of its side, and no day over another; entries of one day on both sides may stand side by side.
    """
    heights: list[float] = []
    ends, day_end = {True: 0.0, False: 0.0}, 0.0
    for place, (label, day, side) in enumerate(zip(labels, days, left, strict=True)):
        own, its_day = (text.count("\n") / 2 + 0.65 for text in (label, day))  # half as high, with a little room
        height = max(ends[side] + own, day_end + its_day)
        if place and day == days[place - 1] and side != left[place - 1] and ends[side] + own <= heights[-1]:
            height = heights[-1]
        heights.append(height)
        ends[side], day_end = height + own, height + its_day
    return heights, max(*ends.values(), day_end)


def plot_positions(compared: pd.DataFrame, sources: pd.DataFrame) -> tuple[Figure, FigureText]:
    """Which position each text takes on each compared topic; from `comparison_table` and the table `sources`."""
    topics = list(dict.fromkeys(compared.topic))
    marks = {"agree": ("o", base.GREEN), "differ in detail": ("s", base.BLUE), "contradict": ("D", base.ORANGE)}
    said = []
    with base.figure_style():
        figure, axes, columns = base.matrix_axes(topics, sources, 0.44 * len(topics) + 1.2, 0.52 * len(topics) + 1.2, labels=26)
        for topic, own in compared.groupby("topic", sort=False):
            shape, colour = marks[own.relation.iloc[0]]
            letters = {position: chr(65 + place) for place, position in enumerate(dict.fromkeys(own.position))}
            for source_id, taken in own.groupby("source_id", sort=False).position:
                letter = "".join(dict.fromkeys(letters[position] for position in taken))
                x, y = columns[source_id], topics.index(topic)
                axes.plot(x, y, shape, color=colour, markersize=9 + 6 * len(letter))
                axes.text(x, y, letter, ha="center", va="center_baseline", color=base.PAPER, fontweight="bold")
            texts = "; ".join(f"{letters[row.position]} {row.position}" for row in own.drop_duplicates("position").itertuples())
            said.append(f"{topic} ({own.relation.iloc[0]}): {texts}")
        handles = {relation: Line2D([], [], linestyle="", marker=shape, color=colour) for relation, (shape, colour) in marks.items()}
        base.add_legend(figure, handles, "lower center")
    names = ", ".join(f"{row.short} {compared[compared.source_id == row.source_id].topic.nunique()} topics" for row in sources.itertuples())
    return figure, FigureText(
        "fig-positions",
        "Positions on topics that several texts speak of. The same letter in a row: the same position. Shape: how the positions relate.",
        f"Grid of {len(topics)} topics and the texts: {names}. {'. '.join(said)}.",
    )
