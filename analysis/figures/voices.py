"""Figures of whose words the texts quote: how they came there, and from which sides."""

from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.figures import base
from analysis.figures.base import FigureText
from analysis.number_words import plural

# How a line looks, by the kind of quotation and whether an outlet or reporter is named; what the legend says of it.
_LINES = {
    ("speech", False): ("-", base.BLUE, "a person or group, no outlet named"),
    ("speech", True): ("-", base.ORANGE, "a person or group, through an outlet"),
    ("document", False): ("--", base.GREEN, "a newspaper or document itself"),
    ("document", True): ("--", base.ORANGE, "a document, through an outlet"),
}


def plot_sourcing(routes: pd.DataFrame, sources: pd.DataFrame) -> tuple[Figure, FigureText]:
    """From whom, and through whom, each text takes the words that it quotes; from `quotation_routes` and the table `sources`."""
    shared = set(routes.groupby("speaker").source_id.nunique().loc[lambda n: n > 1].index)
    rows = sum(max(int((routes.source_id == source_id).sum()), 1) + 0.7 for source_id in sources.source_id)
    with base.figure_style():
        figure, axes = base.new_figure(0.24 * rows + 0.7, 0.33 * rows + 1.0)
        height, said = 0.0, []
        for source in sources.itertuples():
            own = routes[routes.source_id == source.source_id].reset_index(drop=True)
            _draw_routes(axes, source, own, height, shared)
            height += max(len(own), 1) + 0.7
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


def _draw_routes(axes: Axes, source: Any, routes: pd.DataFrame, top: float, shared: set[str]) -> None:
    """The lines of one text, a row a route from `top` downwards; its name, its speakers and its reporters each at the middle of theirs."""
    middle = top + (max(len(routes), 1) - 1) / 2
    name = base.wrap_label(source.short, base.by_width(13, 10))
    base.write_beside(axes, name, (0, middle), (-6, 0), ha="right")
    axes.plot(0, middle, "s", color=base.INK, markersize=5)
    if routes.empty:
        base.write_beside(axes, silence(source), (0, middle), (8, 0), ha="left", color=base.GREY)
        return
    routes = routes.assign(place=top + routes.index.to_numpy())
    ends = routes.groupby("speaker").place.mean()
    reporters = routes[routes.via != ""].groupby("via").place.mean()
    for row in routes.itertuples():
        dashes, colour, label = _LINES[row.kind, row.via != ""]
        x, y = _curve([(0, middle), (1, reporters.get(row.via, row.place)), (2, ends[row.speaker])])
        axes.plot(x, y, dashes, color=colour, linewidth=1.4, zorder=1, label=label)
        axes.plot(1.93, ends[row.speaker], "<", color=colour, markersize=5, zorder=2)
    for via, place in reporters.items():
        box = {"facecolor": base.PAPER, "edgecolor": base.ORANGE, "pad": 1.5, "linewidth": 1}
        words = base.wrap_label(" from ".join(reversed(via.split(" > "))), base.by_width(18, 10))
        axes.text(1, place, words, ha="center", va="center", fontsize=base.by_width(9.5, 9), bbox=box, zorder=3)
    words = routes.groupby("speaker").n_words.sum()
    for speaker, place in ends.items():
        said = base.wrap_label(f"{speaker}\xa0({words[speaker]})", base.by_width(40, 22))
        look = {"fontweight": "bold"} if speaker in shared else {}
        base.write_beside(axes, said, (2, place), (4, 0), ha="left", fontsize=base.by_width(9.5, 9), linespacing=1, **look)


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
    """What to say of a text without a quotation: that it quotes nobody, or is not coded yet."""
    return "not coded yet" if source.coding == "uncoded" else "quotes nobody"


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
