"""The figure of how firm each text calls the deal."""

from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from analysis.figures import base
from analysis.figures.base import FigureText
from analysis.figures.sources import lag_words


def plot_firmness(firmness: pd.DataFrame, reference: pd.Series) -> tuple[Figure, FigureText]:
    """On which step of firmness each text's strongest words for the deal stand; from `firmness_table` and `reference_instrument`."""
    steps = firmness.drop_duplicates("rank").sort_values("rank", ascending=False).step.to_list()
    with base.figure_style():
        figure, axes, columns = base.matrix_axes(steps, firmness, 0.78 * len(steps) + 0.7, len(steps) + 0.9, labels=24)
        for row in firmness.itertuples():
            x, y = columns[row.source_id], steps.index(row.step) - base.by_width(0.2, 0.14)
            axes.plot(x, y, "o", color=base.BLUE, markersize=10)
            axes.text(x, y + base.by_width(0.16, 0.12), _lag_label(row), ha="center", va="top", fontsize=9)
    said = "; ".join(f"{row.short}, {lag_words(row)}: {row.step}" for row in firmness.itertuples())
    return figure, FigureText(
        "fig-firmness",
        "How firm each text's strongest words make the deal, from the earliest text to the latest. Below each dot: days between the "
        f"{reference.short} and the text. Shaded: texts that depend on each other.",
        f"Ladder of firmness, firmest on top, with a column a text. {said}.",
    )


def _lag_label(text: Any) -> str:
    """The days between the reference and a text in lines; a span of days needs shorter ones, to stand beside that of another text."""
    words = lag_words(text)
    return base.wrap_label(words, 8 if " to " in words else 10)
