"""Figures of the proposals: terms, guarantors, strength of guarantees."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.figures.base import (
    BLUE,
    GREEN,
    GREY,
    ORANGE,
    RULE,
    FigureText,
    add_legend,
    by_width,
    figure_style,
    label_columns,
    legend_handles,
    matrix_axes,
    new_figure,
    wrap_label,
)

# Levels by form as well as colour.
_MARKS = {"mentioned": ("o", GREY, "none"), "proposed": ("o", BLUE, BLUE), "agreed": ("s", GREEN, GREEN), "disputed": ("D", ORANGE, ORANGE)}


def _draw_mark(axes: Axes, x: float, y: float, level: str, size: float = 46) -> None:
    shape, edge, face = _MARKS[level]
    axes.scatter([x], [y], s=size, marker=shape, edgecolors=edge, facecolors=face, linewidths=1.6, zorder=3, label=level)


def plot_settlement_matrix(matrix: pd.DataFrame, dimensions: pd.DataFrame, sources: pd.DataFrame) -> tuple[Figure, FigureText]:
    """Which text describes which term, and at what level; from `term_matrix`, `dimensions` and the table `sources`."""
    rows = {dimension: place for place, dimension in enumerate(dimensions.dimension)}
    names = [f"{row.dimension} {row.label}" for row in dimensions.itertuples()]
    with figure_style():
        figure, axes, columns = matrix_axes(names, sources, 0.42 * len(rows) + 0.9, 0.45 * len(rows) + 0.9, labels=27)
        for (dimension, source_id), cell in matrix.groupby(["dimension", "source_id"]):
            for place, level in enumerate(cell.level):
                _draw_mark(axes, columns[source_id] + 0.27 * (place - (len(cell) - 1) / 2), rows[dimension], level)
        handles = legend_handles(axes)
        add_legend(figure, {level: handles[level] for level in _MARKS if level in handles}, "lower center")
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


def plot_guarantors(sets: pd.DataFrame, sources: pd.DataFrame, benchmark: str = "Communiqué") -> tuple[Figure, FigureText]:
    """Which states and bodies each text names as guarantors; from `guarantor_sets` and the table `sources`."""
    short = sources.set_index("source_id").short
    heads = [short.get(name, benchmark) for name in sets.columns]
    with figure_style():
        figure, axes = new_figure(0.34 * len(sets) + 0.9, 0.34 * len(sets) + 1.1)
        for x, name in enumerate(sets.columns):
            for y, named in enumerate(sets[name]):
                edge = GREY if not named else ORANGE if x == 0 else BLUE
                axes.scatter(
                    [x],
                    [y],
                    s=75 if named else 20,
                    marker="s" if x == 0 else "o",
                    facecolors=edge if named else "none",
                    edgecolors=edge,
                    linewidths=0.8,
                )
        axes.set_yticks(range(len(sets)), [wrap_label(name, 14) for name in sets.index])
        axes.set_ylim(len(sets) - 0.4, -0.7)
        axes.set_xlim(-0.6, len(heads) - 0.4)
        label_columns(axes, heads)
    said = "; ".join(f"{head}: {', '.join(sets.index[sets[name]]) or 'none'}" for head, name in zip(heads, sets.columns, strict=True))
    return figure, FigureText(
        "fig-guarantors",
        "States and bodies named as guarantors of a settlement. Filled: named. Squares: the Istanbul Communiqué, as a benchmark.",
        f"Dot matrix of guarantors. {said}.",
    )


def plot_strengths(strengths: pd.DataFrame, scale: pd.DataFrame) -> tuple[Figure, FigureText]:
    """Where texts and instruments stand on the scale of obligation; from `commitment_scores` and the table strengths.csv."""
    rungs = scale.astype({"rank": int}).groupby("rank").strength.agg(" or ".join).sort_index(ascending=False)
    with figure_style():
        figure, axes = new_figure(5.6, 6.6)
        height, column = 0.0, by_width(1.0, 0.05)
        for rank, label in rungs.items():
            own = strengths[strengths["rank"] == rank]
            label = wrap_label(label, by_width(24, 36))
            lines = label.count("\n") + 1
            first = height + by_width(0.0, 0.8 * lines + 0.2)
            axes.axhline(height - 0.6, color=RULE, linewidth=0.8)
            axes.text(0, height, label, va="top", fontweight="bold")
            for place, row in enumerate(own.itertuples(), start=1):
                colour, shape = (BLUE, "o") if row.kind == "text" else (ORANGE, "s")
                axes.scatter(
                    [column],
                    [first + place - 0.7],
                    s=60,
                    marker=shape,
                    facecolors=colour if rank else "none",
                    edgecolors=colour,
                    linewidths=1.5,
                    label=row.kind,
                )
                axes.text(column + 0.08, first + place - 0.7, row.of, va="center")
            height = max(first + len(own), height + lines) + 1
        axes.set_xlim(0, 2.2)
        axes.set_ylim(height - 0.6, -0.8)
        axes.axis("off")
        add_legend(figure, legend_handles(axes), by_width("upper right", "upper left"))
    said = "; ".join(f"{row.of}: {row.strength}" for row in strengths.sort_values("rank", ascending=False).itertuples())
    return figure, FigureText(
        "fig-strengths",
        "How much a guarantee obliges, as each text or instrument describes it: the higher, the stronger. Hollow: none, or not described.",
        f"Ladder of obligation, strongest on top. {said}.",
    )
