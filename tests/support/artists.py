"""What a figure shows, read from its drawn artists as a reader reads it: by the names of rows and columns, the legend, the scales.

`marks(figure)` gives every dot, bar, line, rule, shading and writing within the axes as a `Mark`, whatever functions drew it, so that one test
can hold all figures against the tables that they draw.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.colors import same_color, to_hex
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.markers import MarkerStyle
from matplotlib.text import Annotation, Text
from matplotlib.ticker import FixedLocator

from analysis.corpus.reader import Corpus
from analysis.figures.base import GREY, PAPER

SHAPES = {MarkerStyle(shape).get_path().transformed(MarkerStyle(shape).get_transform()).vertices.tobytes(): shape for shape in "osD^vPX"}


class Mark(NamedTuple):
    """One thing drawn.

    `row` and `column` are their names ("" where there is none; on a scale `row` is a number, or those of both ends of a line). `low` and
    `high` are places on the scale below or, for a bar in a column, its ends in the unit of the number beside it. `look` is what the legend
    says of it, else its shape, or the words of a writing. `side` is "above" or "below" the middle of its row.
    """

    kind: str
    row: str | float | tuple[float, float] = ""
    low: float = 0.0
    high: float = 0.0
    look: str = ""
    column: str = ""
    filled: bool = True
    side: str = ""
    panel: str = ""


class Look(NamedTuple):
    """How an artist looks: the shape of a dot, "bar", or the dashes of a line; its colour; whether it is filled."""

    shape: str
    colour: str
    filled: bool


def marks(figure: Figure) -> list[Mark]:
    """Every Mark of a figure, but what has no place (NaN); `panel` is the label of its scale where there are several axes."""
    legend = legend_of(figure)
    found = []
    for axes in figure.axes:
        panel = axes.get_xlabel() if len(figure.axes) > 1 else ""
        found += [mark._replace(panel=panel) for mark in in_units(list(axes_marks(axes, legend)))]
    return [rounded(mark) for mark in found if mark.low == mark.low]


def rounded(mark: Mark) -> Mark:
    """`mark` with its places to six decimals, so that two can be compared."""
    return mark._replace(low=six_decimals(mark.low), high=six_decimals(mark.high))


def six_decimals(number: float) -> float:
    return round(float(number), 6) + 0.0


def in_units(found: list[Mark]) -> list[Mark]:
    """`found` with the bars of columns, and the numbers at their ends, in the unit that these numbers set."""
    bars = [mark for mark in found if mark.kind == "bar" and mark.column]
    if not bars:
        return found
    base = min(mark.low for mark in bars)
    numbers = [mark for mark in found if mark.kind == "text" and mark.look.isdigit()]
    unit = sum(mark.low - base for mark in numbers) / sum(int(mark.look) for mark in numbers)
    return [
        mark._replace(low=(mark.low - base) / unit, high=(mark.high - base) / unit) if mark in bars or mark in numbers else mark
        for mark in found
    ]


def axes_marks(axes: Axes, legend: dict[str, Look]) -> Iterator[Mark]:
    bars = [patch for patch in axes.patches if in_data(axes, patch) == (True, True)]
    for patch in axes.patches:
        box = patch.get_bbox()
        if patch in bars:
            yield placed(axes, Mark("bar", low=box.x0, high=box.x1), (box.x0, (box.y0 + box.y1) / 2), legend, look_of(patch))
        else:
            yield Mark("shade", low=box.x0, high=box.x1)
    for collection in axes.collections:
        if isinstance(collection, PathCollection):
            for x, y in collection.get_offsets():
                yield placed(axes, Mark("dot", low=x, high=x), (x, y), legend, look_of(collection))
        elif isinstance(collection, LineCollection):
            for segment in collection.get_segments():
                yield line_mark(axes, *segment.T, legend, Look("-", "", True))
    for line in axes.lines:
        yield from line_marks(axes, line, legend)
    heads = heads_of(axes)
    for text in axes.texts:
        if text.get_text() and text not in heads.values():
            yield text_mark(axes, text, bool(bars))


def line_marks(axes: Axes, line: Line2D, legend: dict[str, Look]) -> Iterator[Mark]:
    x, y, look = np.asarray(line.get_xdata(orig=False)), np.asarray(line.get_ydata(orig=False)), look_of(line)
    along_x, along_y = in_data(axes, line)
    if not along_x:
        return  # a line between rows
    if not along_y:
        yield Mark("rule", low=x[0], high=x[0], look=look.shape)
    elif line.get_linestyle() == "None":
        for place in zip(x, y, strict=True):
            yield placed(axes, Mark("dot", low=place[0], high=place[0]), place, legend, look)
    else:
        yield line_mark(axes, x, y, legend, look)


def line_mark(axes: Axes, x: np.ndarray, y: np.ndarray, legend: dict[str, Look], look: Look) -> Mark:
    """A line from its two ends; where rows have no names, `row` holds both heights; where axes are off, its end names the column."""
    mark = Mark("line", row_at(axes, x[0], y[0]), x[0], x[-1], meaning(look, legend))
    if not axes.axison:
        return mark._replace(column=column_at(axes, x[-1], y[-1]))
    return mark._replace(row=(six_decimals(y[0]), six_decimals(y[-1]))) if not isinstance(mark.row, str) else mark


def placed(axes: Axes, mark: Mark, place: tuple[float, float], legend: dict[str, Look], look: Look) -> Mark:
    """`mark` with the names of its row and column, its look and its side; a dot in a column has no place on a scale."""
    x, y = place
    column = column_at(axes, x, y)
    mark = mark._replace(row=row_at(axes, x, y), column=column, look=meaning(look, legend), filled=look.filled, side=side_of(axes, y))
    if column and mark.kind == "bar":
        middle = columns_of(axes)[column]
        return mark._replace(low=mark.low - middle, high=mark.high - middle)
    return mark._replace(low=0.0, high=0.0) if column or not axes.axison else mark


def text_mark(axes: Axes, text: Text, beside_bars: bool) -> Mark:
    """Words in the axes; of numbers beside bars the place counts too."""
    (x, y), (_, along_y) = text.get_position(), in_data(axes, text)
    if isinstance(text, Annotation):
        (x, y), along_y = text.xy, text.xycoords == "data"
    words = " ".join(text.get_text().split())
    if not along_y:
        return Mark("text", look=words)
    column = column_at(axes, x, y) if axes.axison else ""
    place = x - columns_of(axes)[column] if column and beside_bars else 0.0
    return Mark("text", row_at(axes, x, y), place, place, words, column, side=side_of(axes, y))


# Names of rows and columns


def in_data(axes: Axes, artist: Artist) -> tuple[bool, bool]:
    """Whether the place of an artist counts along the scale below, and along that beside the axes."""
    return artist.get_transform().contains_branch_seperately(axes.transData)


def row_at(axes: Axes, x: float, y: float) -> str | float:
    """The name of a row: the head above it, the label beside it, or both; its height where rows have no names."""
    heads = heads_of(axes)
    above = [height for height in heads if (height <= y if axes.yaxis_inverted() else height >= y)]
    head = one_line(heads[min(above, key=lambda height: abs(height - y))].get_text()) if above else ""
    ticks = ticks_of(axes)
    label = one_line(ticks[min(ticks, key=lambda tick: abs(tick - y))]) if ticks else ""
    return ": ".join(name for name in (head, label) if name) or six_decimals(y)


def side_of(axes: Axes, y: float) -> str:
    ticks = ticks_of(axes)
    away = y - min(ticks, key=lambda tick: abs(tick - y)) if ticks else 0
    return "" if abs(away) < 0.05 else "above" if (away < 0) == axes.yaxis_inverted() else "below"


def ticks_of(axes: Axes) -> dict[float, str]:
    if not axes.axison or not isinstance(axes.yaxis.get_major_locator(), FixedLocator):
        return {}
    return dict(zip(axes.get_yticks(), axes.yaxis.get_major_formatter().format_ticks(axes.get_yticks()), strict=True))


def heads_of(axes: Axes) -> dict[float, Text]:
    """Names that stand above rows, by their height: those at the left edge or, where the axes are off, at nought."""
    if not axes.axison:
        return {place(text)[1]: text for text in axes.texts if place(text)[0] == 0}
    return {
        text.get_position()[1]: text for text in axes.texts if not isinstance(text, Annotation) and in_data(axes, text) == (False, True)
    }


def columns_of(axes: Axes) -> dict[str, float]:
    if not isinstance(axes.xaxis.get_major_locator(), FixedLocator):
        return {}
    labels = axes.xaxis.get_major_formatter().format_ticks(axes.get_xticks())
    return {one_line(label): tick for tick, label in zip(axes.get_xticks(), labels, strict=True)}


def column_at(axes: Axes, x: float, y: float) -> str:
    """The name of the column at `x`; where the axes are off, the words beside the place, from it to the right."""
    if not axes.axison:
        beside = [text for text in axes.texts if place(text)[1] == y and place(text)[0] >= x]
        return one_line(min(beside, key=lambda text: place(text)[0]).get_text()) if beside else ""
    columns = columns_of(axes)
    return min(columns, key=lambda name: abs(columns[name] - x)) if columns else ""


def place(text: Text) -> tuple[float, float]:
    return text.xy if isinstance(text, Annotation) else text.get_position()


def one_line(words: str) -> str:
    return " ".join(words.split())


# Looks


def look_of(artist: Artist) -> Look:
    if isinstance(artist, Line2D):
        dot = artist.get_marker() not in ("None", "", None)
        colour, face = (artist.get_markeredgecolor(), artist.get_markerfacecolor()) if dot else (artist.get_color(),) * 2
        return Look(artist.get_marker() if dot else artist.get_linestyle(), to_hex(colour), not is_empty(face))
    if isinstance(artist, PathCollection):
        faces = artist.get_facecolor()
        shape = SHAPES[artist.get_paths()[0].vertices.tobytes()]
        return Look(shape, to_hex(artist.get_edgecolor()[0]), len(faces) > 0 and not is_empty(faces[0]))
    return Look("bar", to_hex(artist.get_edgecolor() if is_empty(artist.get_facecolor()) else artist.get_facecolor()),
                not is_empty(artist.get_facecolor()))  # fmt: skip


def is_empty(colour: object) -> bool:
    return same_color(colour, "none") or same_color(colour, PAPER)


def legend_of(figure: Figure) -> dict[str, Look]:
    legends = figure.legends
    return {text.get_text(): look_of(handle) for box in legends for handle, text in zip(box.legend_handles, box.get_texts(), strict=True)}


def meaning(look: Look, legend: dict[str, Look]) -> str:
    """What a legend says of a look: by shape and colour, by filling where that leaves several; and by filling alone, where grey entries, or
    a hollow one, say what filled and hollow mean. The shape where there is no legend."""
    own = [label for label, entry in legend.items() if entry[:2] == look[:2]]
    own = own if len(own) < 2 else [label for label in own if legend[label].filled == look.filled]
    grey = [label for label, entry in legend.items() if entry.colour == GREY and entry.shape == look.shape]
    both = len(grey) > 1 or any(not legend[label].filled for label in grey)
    fills = [label for label in grey if legend[label].filled == look.filled] if both else []
    return ", ".join(dict.fromkeys([*own, *fills])) or look.shape


def dot(row: str, x: float = 0.0, look: str = "o", **more: object) -> Mark:
    return Mark("dot", row, x, x, look, **more)


def line(row: str, low: float, high: float, **more: object) -> Mark:
    return Mark("line", row, low, high, **{"look": "-"} | more)


def text(words: str, row: str = "", x: float = 0.0, **more: object) -> Mark:
    return Mark("text", row, x, x, words, **more)


def rule(x: float, look: str = "-") -> Mark:
    return Mark("rule", low=x, high=x, look=look)


def names(texts: Corpus) -> dict[str, str]:
    return dict(zip(texts.sources.source_id, texts.sources.short, strict=True))
