"""Figures that hold texts against each other and the record: timeline, positions."""

from datetime import date, timedelta

import pandas as pd
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from analysis.corpus.dates import edtf_range
from analysis.figures import base
from analysis.figures.base import FigureText

SPRING = (date(2022, 2, 20), date(2022, 4, 12))


def plot_timeline(events: pd.DataFrame, record: pd.DataFrame, sources: pd.DataFrame) -> tuple[Figure, FigureText]:
    """When the events lie that the texts mention, and those of the record; from `with_date_range` events and `reference_events`."""
    rows = ["the record", *sources.source_id]
    short = sources.set_index("source_id").short
    published = [edtf_range(value)[1] for value in sources.date]
    after = (SPRING[1], max([*published, *events["last"], *record["last"]]) + timedelta(days=30))
    shapes = {"stated": ("o", "full"), "relative": ("s", "full"), "inferred": ("o", "none")}
    with base.figure_style():
        figure = Figure(
            figsize=(base.FIGURE_WIDTH.get(), base.by_width(0.8, 0.95) * len(rows) + base.by_width(2.0, 1.8)), layout="constrained"
        )
        for axes, (first, last) in zip(figure.subplots(2, 1), (SPRING, after), strict=True):
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
            axes.set_xlabel("spring 2022" if first == SPRING[0] else f"after {SPRING[1].day} {SPRING[1]:%B %Y}")
        base.add_legend(figure, base.legend_handles(*figure.axes))
    said = "; ".join(
        f"{short[source_id]}: " + ", ".join(dict.fromkeys(f"{row.label} {row.date}" for row in own.itertuples()))
        for source_id, own in events[events["last"] >= SPRING[0]].groupby("source_id", sort=False)
    )
    without = [name for source_id, name in short.items() if source_id not in set(events.source_id[events["last"] >= SPRING[0]])]
    return figure, FigureText(
        "fig-timeline",
        "Events from 2022 on, by the date that the words give or, inferred, by that of the record. A line is a span. Top: the record.",
        f"Timeline: spring 2022, then the time after. {said}." + (f" None: {', '.join(without)}." if without else ""),
    )


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
