"""What all figures share: two widths, two palettes, axes, labels and legends.

A function of this folder takes tables and returns a Figure and its `FigureText`. It draws without pyplot and its global state, at two
widths: 6 inches, and within `narrow_width()` for a telephone; `by_width` says what differs. Colours are those of `PALETTE`, so that
`recolor_dark` can exchange them for a dark page; none carries a meaning alone.
"""

import io
import math
import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from itertools import pairwise
from typing import Any, NamedTuple, TypeVar

import matplotlib
import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.transforms import blended_transform_factory
from matplotlib.typing import RcKeyType

# Colours that colour-blind readers can tell apart, after Okabe and Ito, but darker: each of the first five can be read as type on PAPER and
# SHADE, and PAPER as type on it.
INK, BLUE, ORANGE, GREEN, GREY = "#222832", "#0072b2", "#b84a00", "#004d38", "#666e78"

PAPER, SHADE, RULE = "#ffffff", "#eef3f7", "#d4d9de"

# Each colour, and what stands for it on a dark page; PAPER is the ground of the page.
PALETTE = {
    INK: "#ced6dd",
    BLUE: "#4aa3e0",
    ORANGE: "#f58d45",
    GREEN: "#4ee8b0",
    GREY: "#9aa3ad",
    PAPER: "#121212",
    SHADE: "#20272f",
    RULE: "#3d4652",
}

PAINT = re.compile(r"""((?:fill|stroke|stop-color|color)(?:: |="))([^;"]+)""")

_FINE = re.compile(r"\b([1-9]\d*\.\d\d)\d+")  # a place to more than a hundredth of a point, which nobody sees; no scale, which is below 1

_STYLE: dict[RcKeyType, Any] = {
    "axes.spines.top": False,
    "axes.spines.right": False,
    "figure.facecolor": PAPER,
    "axes.facecolor": PAPER,
    "axes.edgecolor": INK,
    "axes.labelcolor": INK,
    "text.color": INK,
    "text.parse_math": False,  # a dollar sign in a name means itself
    "xtick.color": INK,
    "ytick.color": INK,
    "svg.fonttype": "path",
    "svg.hashsalt": "book",
}

WIDE_INCHES, NARROW_INCHES = 6.0, 3.9  # inches

_SMALL_TYPE = 9.5  # points

FIGURE_WIDTH = ContextVar("FIGURE_WIDTH", default=WIDE_INCHES)

_T = TypeVar("_T")


class FigureText(NamedTuple):
    """What the book says of a figure: its name for links (`fig-...`), its caption, and what it shows in words."""

    name: str
    caption: str
    alt: str


@contextmanager
def narrow_width() -> Iterator[None]:
    """Figures that are drawn within are as wide as a telephone."""
    before = FIGURE_WIDTH.set(NARROW_INCHES)
    try:
        yield
    finally:
        FIGURE_WIDTH.reset(before)


def by_width(wide: _T, narrow: _T) -> _T:
    """What holds for the width that is being drawn."""
    return wide if FIGURE_WIDTH.get() == WIDE_INCHES else narrow


def figure_style() -> AbstractContextManager[None]:
    """The settings of matplotlib, for a `with`."""
    return matplotlib.rc_context(_STYLE | {"font.size": by_width(10.5, _SMALL_TYPE)})


def new_figure(*heights: float) -> tuple[Figure, Axes]:
    """A Figure and its axes; `heights` are those of the wide and of the narrow drawing, in inches."""
    figure = Figure(figsize=(FIGURE_WIDTH.get(), by_width(*heights)), layout="constrained")
    return figure, figure.subplots()


def to_svg(figure: Figure) -> str:
    """A figure as SVG, the same bytes every time."""
    buffer = io.StringIO()
    with matplotlib.rc_context(_STYLE):
        figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    return _FINE.sub(r"\1", buffer.getvalue())


def recolor_dark(drawing: str) -> str:
    """An SVG of `to_svg` for a dark page. Raises ValueError for a colour that PALETTE does not hold."""

    def partner(paint: re.Match[str]) -> str:
        if paint[2] == "none" or paint[2].startswith("url(#"):
            return paint[0]
        if paint[2] not in PALETTE:
            raise ValueError(f"colour {paint[2]} has no partner for dark pages. Remedy: draw with those of analysis.figures.base.PALETTE")
        return paint[1] + PALETTE[paint[2]]

    return PAINT.sub(partner, drawing)


def wrap_label(text: str, width: int) -> str:
    return textwrap.fill(text, width, break_long_words=False)


def label_rows(axes: Axes, names: Sequence[str], width: int, behind: str = PAPER) -> None:
    """Names of the rows 0, 1, ... from the top: beside them, wrapped at `width` characters, or above them on a narrow figure.

    There `behind` is the colour behind the names, to keep lines out of them.
    """
    axes.set_yticks(
        range(len(names)), [wrap_label(name, width) for name in names] if FIGURE_WIDTH.get() == WIDE_INCHES else [""] * len(names)
    )
    axes.set_ylim(len(names) - 0.5, by_width(-0.6, -0.7))
    if FIGURE_WIDTH.get() == NARROW_INCHES:
        axes.spines.left.set_visible(False)
        axes.tick_params(axis="y", length=0)
        for row, name in enumerate(names):
            axes.text(
                0,
                row - 0.42,
                name,
                transform=axes.get_yaxis_transform(),
                va="center",
                zorder=3,
                bbox={"facecolor": behind, "edgecolor": "none", "pad": 0.5},
            )


def add_legend(figure: Figure, handles: Mapping[str, Artist], place: str = "upper left", **options: Any) -> None:
    """A legend outside of the axes, {label: handle}, in as many columns as there is room for; none where nothing has a label."""
    labels = list(handles)
    if not labels:
        return
    room = FIGURE_WIDTH.get() * 72 / matplotlib.rcParams["font.size"] - 1.2  # in heights of type
    most = next(columns for columns in range(len(labels), 0, -1) if columns == 1 or _legend_width(labels, columns) < room)
    rows = math.ceil(len(labels) / most)
    look: dict[str, Any] = {"handlelength": 1.4, "handletextpad": 0.5, "columnspacing": 1.2, "frameon": False} | options
    look["loc"] = f"outside {place}"
    figure.legend(list(handles.values()), labels, ncols=math.ceil(len(labels) / rows), **look)


def _legend_width(labels: list[str], columns: int) -> float:
    """About how wide a legend is, in heights of type."""
    return sum(0.52 * max(len(label) for label in column) + 3.1 for column in np.array_split(labels, columns))


def legend_handles(*all_axes: Axes) -> dict[str, Artist]:
    """What is drawn with a label: {label: handle}, each label once."""
    return {label: handle for axes in all_axes for handle, label in zip(*axes.get_legend_handles_labels(), strict=True)}


def outline_style(colour: str, hatch: str = "") -> dict[str, Any]:
    """The look of a bar that is not filled: its edge and its hatching in `colour`."""
    return {"facecolor": PAPER, "edgecolor": colour, "hatch": hatch, "linewidth": 1}


def _strip_axes(axes: Axes) -> None:
    """No frame and no ticks, names of columns on top."""
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    for spine in axes.spines.values():
        spine.set_visible(False)


def label_columns(axes: Axes, names: Sequence[str]) -> None:
    """Names above the columns, whose limits are set; upright where there are too many of them, or where they would meet."""
    _strip_axes(axes)
    for upright in (_are_upright(names), True):
        axes.set_xticks(
            range(len(names)),
            [wrap_label(name, 13 if upright else 9) for name in names],
            fontsize=by_width(_SMALL_TYPE, 9),
            rotation=90 * upright,
        )
        if upright or not _columns_meet(axes):
            return


def _columns_meet(axes: Axes) -> bool:
    """Whether two names of columns lie over each other where the figure is drawn."""
    axes.figure.draw_without_rendering()  # type: ignore[union-attr]
    return any(one.overlaps(other) for one, other in pairwise(label.get_window_extent() for label in axes.get_xticklabels()))


def _are_upright(names: Sequence[str]) -> bool:
    return len(names) > by_width(6, 5)


def _shade_clusters(axes: Axes, sources: pd.DataFrame) -> None:
    """Shade the columns of texts whose cluster has several."""
    for _, cluster in sources.reset_index(drop=True).groupby("cluster"):
        for place in cluster.index if len(cluster) > 1 else ():
            axes.axvspan(place - 0.5, place + 0.5, color=SHADE, linewidth=0, zorder=0)


def matrix_axes(
    rows: Sequence[str], sources: pd.DataFrame, wide: float, narrow: float, labels: int = 14
) -> tuple[Figure, Axes, dict[str, int]]:
    """A figure with a row for each of `rows` and a column for each text: figure, axes, {source_id: column}.

    Texts of a cluster with several texts are shaded. `wide` and `narrow` are the heights of the two drawings, in inches.
    """
    figure, axes = new_figure(wide, narrow + 0.6 * _are_upright(sources.short))
    label_rows(axes, rows, labels, behind="none")
    axes.set_xlim(-0.5, max(len(sources), 1) - 0.5)
    label_columns(axes, sources.short)
    _shade_clusters(axes, sources)
    for row in range(len(rows) - 1):
        axes.axhline(row + by_width(0.5, 0.37), color=RULE, linewidth=0.6, zorder=0)
    return figure, axes, {source_id: place for place, source_id in enumerate(sources.source_id)}


def bar_unit(largest: int, sources: pd.DataFrame) -> float:
    """The length of a bar for one, in columns, so that the longest bar and its number fit into a column of a grid."""
    column = by_width(340, 265) / len(sources)  # points
    return (0.9 - (6 * len(str(largest)) + 5) / column) / max(largest, 1)


def write_head(figure: Figure, axes: Axes, height: float, words: str) -> None:
    """Words in bold at the left edge of the figure, above the rows of a group."""
    edge = blended_transform_factory(figure.transFigure, axes.transData)
    text = axes.text(0.01, height, words, fontweight="bold", va="center", transform=edge, in_layout=False)
    text.set_bbox({"facecolor": PAPER, "edgecolor": "none", "pad": 1})


def label_number(axes: Axes, x: float, y: float, n: int) -> None:
    """The number at the end of a bar."""
    write_beside(axes, f"{n}", (x, y), (3, 0), fontsize=9)


def write_beside(axes: Axes, words: str, place: tuple[float, float], offset: tuple[float, float], **look: Any) -> None:
    """Words beside a place of the data, `offset` points from it."""
    axes.annotate(words, place, offset, textcoords="offset points", **({"va": "center"} | look))
