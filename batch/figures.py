"""The two figures of the chapter "Cost": a table of `results` in, a matplotlib Figure and its FigureText out."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.ticker import NullFormatter

from analysis.figures.base import BLUE, GREY, INK, FigureText, by_width, figure_style, label_rows, new_figure
from batch.results import BASELINE, THIS_BOOK, growth_exponent


def plot_tool_rates(rates: pd.DataFrame) -> tuple[Figure, FigureText]:
    """How many words a second each tool takes, all on the same documents; from `results.rate_table`."""
    table = rates[(rates.n_documents == rates.n_documents.min()) & rates.words_per_second.notna()].reset_index(drop=True)
    names = [{THIS_BOOK: "this book", BASELINE: "floor"}.get(tool, tool) for tool in table.tool]
    with figure_style():
        figure, axes = new_figure(0.38 * len(table) + 0.8, 0.46 * len(table) + 0.8)
        axes.set_xscale("log")
        _plain_ticks(axes.xaxis)
        for row in table.itertuples():
            _mark_rate(axes, row)
        label_rows(axes, names, 24)
        axes.set_xlim(table.words_per_second.min() / 1.5, table.words_per_second.max() * by_width(4, 7))
        axes.set_xlabel("words a second (each step: ten times as many)")
    said = "; ".join(f"{name} {rate:,.0f}" for name, rate in zip(names, table.words_per_second, strict=True))
    return figure, FigureText(
        "fig-tool-rates",
        "Words a second on one core, all tools on the same documents. The diamond is this book's own measures.",
        f"Dots on a logarithmic scale, one a tool. Words a second: {said}.",
    )


def _mark_rate(axes: Any, row: Any) -> None:
    """A dot and the rate beside it; for this book a diamond, and the rate in bold."""
    own = row.tool == THIS_BOOK
    axes.plot(row.words_per_second, row.Index, "D" if own else "o", color=BLUE if own else GREY, markersize=8)
    how = {"textcoords": "offset points", "va": "center", "fontweight": "bold" if own else "normal"}
    axes.annotate(f"{row.words_per_second:,.0f}", (row.words_per_second, row.Index), (9, 0), **how)


def _plain_ticks(axis: Axis) -> None:
    """Powers of ten as plain numbers, none between them."""
    axis.set_major_formatter(lambda value, _place: f"{value:,.0f}" if value >= 1 else f"{value:g}")
    axis.set_minor_formatter(NullFormatter())


def plot_growth(grown: pd.DataFrame) -> tuple[Figure, FigureText]:
    """How the time of the command `measure` grows with the number of documents; from `results.growth_table`."""
    power = growth_exponent(grown)
    middle = np.log([grown.n_documents, grown.seconds]).mean(axis=1)
    ends = np.array([grown.n_documents.min(), grown.n_documents.max()], dtype=float)
    with figure_style():
        figure, axes = new_figure(2.9, 3.0)
        axes.set_xscale("log")
        axes.set_yscale("log")
        axes.plot(ends, np.exp(middle[1] + power * (np.log(ends) - middle[0])), color=GREY)
        label = f"line fitted to the dots,\nexponent {power:.2f}"
        axes.text(0.98, 0.04, label, transform=axes.transAxes, ha="right", va="bottom", color=INK)
        axes.plot(grown.n_documents, grown.seconds, "o", color=BLUE, markersize=7)
        for row in grown.itertuples():
            axes.annotate(f"{row.seconds:.1f} s", (row.n_documents, row.seconds), (-7, 2), textcoords="offset points", ha="right")
        for axis in (axes.xaxis, axes.yaxis):
            _plain_ticks(axis)
        axes.set_xlim(ends[0] / 4, ends[1] * 1.6)
        axes.set_xlabel("documents")
        axes.set_ylabel("seconds")
    said = "; ".join(f"{row.n_documents:,} documents {row.seconds:.2f} seconds" for row in grown.itertuples())
    return figure, FigureText(
        "fig-growth",
        "Seconds of the command that measures documents, by their number, its start apart; both scales are logarithmic.",
        f"Dots near a straight line with exponent {power:.2f}. {said}.",
    )
