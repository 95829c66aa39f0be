"""Figures of the proposals: terms, guarantors, strength of guarantees."""

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.figures import base
from analysis.figures.base import FigureText

# Of each level the shape, the edge and the face: never colour alone.
_MARKS = {
    "mentioned": ("o", base.GREY, "none"),
    "proposed": ("o", base.BLUE, base.BLUE),
    "agreed": ("s", base.GREEN, base.GREEN),
    "disputed": ("D", base.ORANGE, base.ORANGE),
}


def _draw_mark(axes: Axes, place: tuple[float, float], shape: str, edge: str, face: str, size: float, **look: Any) -> None:
    axes.scatter(*place, s=size, marker=shape, edgecolors=edge, facecolors=face, **look)


def plot_settlement_matrix(matrix: pd.DataFrame, dimensions: pd.DataFrame, sources: pd.DataFrame) -> tuple[Figure, FigureText]:
    """Which text describes which term, and at what level; from `term_matrix`, `dimensions` and the table `sources`."""
    rows = {dimension: place for place, dimension in enumerate(dimensions.dimension)}
    names = [f"{row.dimension} {row.label}" for row in dimensions.itertuples()]
    with base.figure_style():
        figure, axes, columns = base.matrix_axes(names, sources, 0.42 * len(rows) + 0.9, 0.45 * len(rows) + 0.9, labels=27)
        for (dimension, source_id), cell in matrix.groupby(["dimension", "source_id"]):
            for place, level in enumerate(cell.level):
                x = columns[source_id] + 0.27 * (place - (len(cell) - 1) / 2)
                _draw_mark(axes, (x, rows[dimension]), *_MARKS[level], 46, linewidths=1.6, zorder=3, label=level)
        handles = base.legend_handles(axes)
        base.add_legend(figure, {level: handles[level] for level in _MARKS if level in handles}, "lower center")
    described = matrix.groupby("source_id").dimension.agg(lambda values: ", ".join(dict.fromkeys(values)))
    said = "; ".join(f"{row.short} describes {described.get(row.source_id, 'none')}" for row in sources.itertuples())
    agreed = matrix[matrix.level == "agreed"].groupby("source_id").dimension.agg(", ".join)
    short = sources.set_index("source_id").short
    agreements = "; ".join(f"{short[source_id]}: {which}" for source_id, which in agreed.items())
    return figure, FigureText(
        "fig-settlement-matrix",
        "Which text describes which term, and at what level. A cell can hold several. Empty: absent from this text. Shaded: one cluster.",
        f"Grid of {len(rows)} terms by {len(columns)} texts. {said}. Described as agreed: {agreements}.",
    )


def plot_guarantors(sets: pd.DataFrame, sources: pd.DataFrame, reference: pd.Series) -> tuple[Figure, FigureText]:
    """Which states and bodies each text names as guarantors; from `guarantor_sets`, the table `sources` and `reference_instrument`."""
    short = sources.set_index("source_id").short
    heads = [short.get(name, reference.short) for name in sets.columns]
    with base.figure_style():
        figure, axes = base.new_figure(0.34 * len(sets) + 0.9, 0.34 * len(sets) + 1.1)
        for x, name in enumerate(sets.columns):
            for y, named in enumerate(sets[name]):
                edge = base.GREY if not named else base.ORANGE if x == 0 else base.BLUE
                shape, size, face = "s" if x == 0 else "o", 75 if named else 20, edge if named else "none"
                _draw_mark(axes, (x, y), shape, edge, face, size, linewidths=0.8)
        axes.set_yticks(range(len(sets)), [base.wrap_label(name, 14) for name in sets.index])
        axes.set_ylim(len(sets) - 0.4, -0.7)
        axes.set_xlim(-0.6, len(heads) - 0.4)
        base.label_columns(axes, heads)
    said = "; ".join(f"{head}: {', '.join(sets.index[sets[name]]) or 'none'}" for head, name in zip(heads, sets.columns, strict=True))
    return figure, FigureText(
        "fig-guarantors",
        f"States and bodies named as guarantors of a settlement. Filled: named. Squares: the {reference.short}, as a benchmark.",
        f"Dot matrix of guarantors. {said}.",
    )


def plot_strengths(strengths: pd.DataFrame, scale: pd.DataFrame) -> tuple[Figure, FigureText]:
    """Where texts and instruments stand on the scale of obligation; from `commitment_scores` and the table strengths.csv."""
    rungs = scale.astype({"rank": int}).groupby("rank").strength.agg(" or ".join).sort_index(ascending=False)
    with base.figure_style():
        figure, axes = base.new_figure(5.6, 6.6)
        height, column = 0.0, base.by_width(1.0, 0.05)
        for rank, label in rungs.items():
            own = strengths[strengths["rank"] == rank]
            label = base.wrap_label(label, base.by_width(24, 36))
            lines = label.count("\n") + 1
            first = height + base.by_width(0.0, 0.8 * lines + 0.2)
            axes.axhline(height - 0.6, color=base.RULE, linewidth=0.8)
            axes.text(0, height, label, va="top", fontweight="bold")
            for place, row in enumerate(own.itertuples(), start=1):
                colour, shape = (base.BLUE, "o") if row.kind == "text" else (base.ORANGE, "s")
                spot, face = (column, first + place - 0.7), colour if rank else "none"
                _draw_mark(axes, spot, shape, colour, face, 60, linewidths=1.5, label=row.kind)
                axes.text(column + 0.08, first + place - 0.7, row.of, va="center")
            height = max(first + len(own), height + lines) + 1
        axes.set_xlim(0, 2.2)
        axes.set_ylim(height - 0.6, -0.8)
        axes.axis("off")
        base.add_legend(figure, base.legend_handles(axes), base.by_width("upper right", "upper left"))
    said = "; ".join(f"{row.of}: {row.strength}" for row in strengths.sort_values("rank", ascending=False).itertuples())
    return figure, FigureText(
        "fig-strengths",
        "How much a guarantee obliges, as each text or instrument describes it: the higher, the stronger. Hollow: none, or not described.",
        f"Ladder of obligation, strongest on top. {said}.",
    )
