"""Figures of whose words the texts quote: how they came there, and from which sides."""

from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.corpus.texts import STATUS_WORDS
from analysis.figures import base
from analysis.figures.base import FigureText
from analysis.figures.spread import spread
from analysis.number_words import plural

# How a line looks, by the kind of quotation and whether an outlet or reporter is named; what the legend says of it.
_LINES = {
    ("speech", False): ("-", base.BLUE, "a person or group, no outlet named"),
    ("speech", True): ("-", base.ORANGE, "a person or group, through an outlet"),
    ("document", False): ("--", base.GREEN, "a newspaper or document itself"),
    ("document", True): ("--", base.ORANGE, "a document, through an outlet"),
}


_MOST_ROUTES = 14  # of one text that are drawn; more would make the figure tall and heavy


def plot_sourcing(routes: pd.DataFrame, sources: pd.DataFrame) -> tuple[Figure, FigureText]:
    """From whom, and through whom, each text takes the words that it quotes; from `quotation_routes` and the table `sources`."""
    shared = set(routes.groupby("speaker").source_id.nunique().loc[lambda n: n > 1].index)
    drawn = {source_id: _drawn_routes(routes[routes.source_id == source_id]) for source_id in sources.source_id}
    with base.figure_style():
        rooms = {source.source_id: _room(source, drawn[source.source_id]) for source in sources.itertuples()}
        rows = sum(room + 0.7 for room in rooms.values())
        kinds = {(row.kind, row.via != "") for own in drawn.values() for row in own.itertuples()}
        legend = 0.2 * max(len(kinds) - 3, 0)  # inches, so that a long legend takes nothing from the rows
        figure, axes = base.new_figure(0.24 * rows + 0.7 + legend, 0.33 * rows + 1.0 + legend)
        height, said = 0.0, []
        for source in sources.itertuples():
            own = drawn[source.source_id]
            room = rooms[source.source_id]
            _draw_routes(axes, source, own, (height - 0.5, height - 0.5 + room), shared)
            height += room + 0.7
            said.append(f"{source.short}: {'; '.join(map(_route_in_words, own.itertuples())) or silence(source)}")
        axes.set_ylim(height - 0.9, -0.8)
        axes.set_xlim(*base.by_width((-0.95, 3.8), (-0.72, 3.3)))
        axes.axis("off")
        base.add_legend(figure, base.legend_handles(axes), "lower center", handlelength=2.4)
    return figure, FigureText(
        "fig-sourcing",
        "Whose words each text (left) quotes, with their number in brackets, and through whom it says they came (boxes). "
        "Bold: quoted by more than one text.",
        f"Diagram of lines from speakers to the texts that quote them. {'. '.join(said)}.",
    )


def _drawn_routes(routes: pd.DataFrame) -> pd.DataFrame:
    """The routes of one text; where there are more than `_MOST_ROUTES`, those with most words, and the others as one, without an outlet."""
    if len(routes) <= _MOST_ROUTES:
        return routes.reset_index(drop=True)
    kept = routes.index.isin(routes.n_words.sort_values(ascending=False, kind="stable").index[: _MOST_ROUTES - 1])
    others = routes[~kept]
    one = others.head(1).assign(speaker=f"{len(others)} others", via="", kind="speech", n=others.n.sum(), n_words=others.n_words.sum())
    return pd.concat([routes[kept], one], ignore_index=True)


def _room(source: Any, routes: pd.DataFrame) -> float:
    """How many rows a text takes: one a route, or as many as its name, its reporters and lines past them, or its speakers need."""
    columns = [sum(_height(words) for words in column.words) for column in (_reporters(routes), _speakers(routes))]
    return max(len(routes), 1, _height(_name(source)) - 0.6, *columns)


def _height(words: str) -> float:
    """How many rows a label of a text, in its box, takes; a line that passes by, without words, less."""
    return (0.17 * (words.count("\n") + 1) + 0.05) / base.by_width(0.24, 0.33) if words else 0.6


def _name(source: Any) -> str:
    return base.wrap_label(source.short, base.by_width(13, 10))


def _reporters(routes: pd.DataFrame) -> pd.DataFrame:
    """What stands in the middle: each reporter in words, and each route without one as a line; the mean of their rows."""
    keys = routes.via.where(routes.via != "", routes.index.to_series())
    words = routes.via.map(lambda via: base.wrap_label(" from ".join(reversed(via.split(" > "))), base.by_width(18, 10)))
    own = pd.DataFrame({"key": keys, "words": words, "place": routes.index})
    return own.groupby("key", sort=False).agg({"words": "first", "place": "mean"})


def _speakers(routes: pd.DataFrame) -> pd.DataFrame:
    """What stands at the right: each speaker with the number of words; the mean of their rows."""
    own = routes.assign(place=routes.index).groupby("speaker", sort=False).agg({"n_words": "sum", "place": "mean"})
    words = [base.wrap_label(f"{speaker}\xa0({n})", base.by_width(40, 22)) for speaker, n in own.n_words.items()]
    return own.assign(words=words)


def _spread(column: pd.DataFrame, rows: int, room: tuple[float, float]) -> dict[str, float]:
    """The heights of what stands in a column of a text, at its rows or moved until nothing lies over anything."""
    low, high = room
    places = low + (column.place + 0.5) * (high - low) / rows
    return dict(zip(column.index, spread(list(places), [_height(words) for words in column.words], low, high), strict=True))


def _draw_routes(axes: Axes, source: Any, routes: pd.DataFrame, room: tuple[float, float], shared: set[str]) -> None:
    """The lines of one text within its room, from top to bottom; its name, its speakers and its reporters each at the middle of theirs."""
    middle = sum(room) / 2
    base.write_beside(axes, _name(source), (0, middle), (-6, 0), ha="right")
    axes.plot(0, middle, "s", color=base.INK, markersize=5)
    if routes.empty:
        base.write_beside(axes, silence(source), (0, middle), (8, 0), ha="left", color=base.GREY)
        return
    reporters, speakers = _reporters(routes), _speakers(routes)
    passes, ends = (_spread(column, len(routes), room) for column in (reporters, speakers))
    for row in routes.itertuples():
        dashes, colour, label = _LINES[row.kind, row.via != ""]
        x, y = _curve([(0, middle), (1, passes[row.via or row.Index]), (2, ends[row.speaker])])
        axes.plot(x, y, dashes, color=colour, linewidth=1.4, zorder=1, label=label)
        axes.plot(1.93, ends[row.speaker], "<", color=colour, markersize=5, zorder=2)
    for via, words in reporters.words[reporters.words != ""].items():
        box = {"facecolor": base.PAPER, "edgecolor": base.ORANGE, "pad": 1.5, "linewidth": 1}
        axes.text(1, passes[via], words, ha="center", va="center", fontsize=base.by_width(9.5, 9), bbox=box, zorder=3)
    for speaker, words in speakers.words.items():
        look = {"fontweight": "bold"} if speaker in shared else {}
        base.write_beside(axes, words, (2, ends[speaker]), (4, 0), ha="left", fontsize=base.by_width(9.5, 9), linespacing=1, **look)


def _curve(places: list[tuple[float, float]]) -> tuple[np.ndarray, np.ndarray]:
    """A line through `places`, from left to right, level at each of them."""
    x, y = [np.array([places[0][0]])], [np.array([places[0][1]])]
    for (left, start), (right, end) in pairwise(places):
        step = np.linspace(0, 1, 11)[1:] if start != end else np.ones(1)
        x.append(left + (right - left) * step)
        y.append(start + (end - start) * (3 * step**2 - 2 * step**3))
    return np.concatenate(x), np.concatenate(y)


def _route_in_words(route: Any) -> str:
    """ "Ada Finn through the Herald, 12 words"."""
    through = f" through {' from '.join(reversed(route.via.split(' > ')))}" if route.via else ""
    return f"{route.speaker}{through}, {plural(route.n_words, 'word')}"


def silence(source: Any) -> str:
    """What to say of a text without a quotation: that it quotes nobody, or is not yet coded."""
    return STATUS_WORDS["uncoded"] if source.coding == "uncoded" else "quotes nobody"


def plot_quoted_sides(counts: pd.DataFrame, sources: pd.DataFrame) -> tuple[Figure, FigureText]:
    """Whose words each text quotes, by side; from `quoted_words_by_side` and the table `sources`."""
    given = {source.source_id: _sides_of(counts, source.source_id) for source in sources.itertuples()}
    with base.figure_style():
        rows = sum(len(own) + 1.3 for own in given.values())
        figure, axes = base.new_figure(*[0.25 * rows + 0.35] * 2)
        height, ticks, said = 0.0, [], []
        for source in sources.itertuples():
            own = given[source.source_id]
            total = f"{sum(own.values()):,} of {source.body_words:,} words" if own else silence(source)
            base.write_head(figure, axes, height, f"{source.short}: {total}")
            for side, n in own.items():
                height += 1
                axes.barh(height, n, height=0.6, color=base.BLUE)
                base.label_number(axes, n, height, n)
                ticks.append((height, side))
            height += 1.3
            said.append(f"{source.short}, {total}" + "".join(f", {side} {n}" for side, n in own.items()))
        axes.set_yticks(*zip(*ticks, strict=True) if ticks else ([], []))
        axes.set_ylim(height - 0.7, -0.7)
        axes.set_xlim(0, 1.1 * max(counts.to_numpy().max(initial=0), 1))
        axes.xaxis.set_visible(False)
        axes.spines[:].set_visible(False)
        axes.tick_params(axis="y", length=0)
    return figure, FigureText(
        "fig-quoted-sides",
        "Words in quotation, by the side of the speaker. Each word counts once; a side that is not shown is not quoted by that text.",
        f"Bars of words in quotation by side, grouped by text. {'; '.join(said)}.",
    )


def _sides_of(counts: pd.DataFrame, source_id: str) -> dict[str, int]:
    """The sides that a text quotes, those with most words first: {side: words}."""
    if source_id not in counts.index:
        return {}
    own = counts.loc[source_id].sort_values(ascending=False, kind="stable")
    return {str(side): int(n) for side, n in own.items() if n}
