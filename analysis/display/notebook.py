"""How a chapter displays what it computed: a figure, a table, numbers for its prose."""

import html
from collections.abc import Callable

import pandas as pd
from IPython.display import display
from matplotlib.figure import Figure
from myst_nb import glue

from analysis.corpus.reader import Corpus
from analysis.corpus.unicode_checks import escape_csv_formulas, slug
from analysis.display.html_table import ByColumn, render_table
from analysis.figures.base import FigureText, narrow_width, to_svg

NARROW_SVG = "application/vnd.figure.narrow+svg"


def display_figure(draw: Callable[..., tuple[Figure, FigureText]], *tables: pd.DataFrame) -> None:
    """Display the figure that `draw`, a function of `analysis.figures`, makes of `tables`.

    One output holds the drawing as SVG, the drawing for a narrow screen, and the first DataFrame of `tables` as CSV: the data of the
    figure. Its metadata hold the name, caption and alternative text of the figure, and "maker", the name of the function.
    """
    wide, text = draw(*tables)
    with narrow_width():
        slim, _ = draw(*tables)
    data = next(table for table in tables if isinstance(table, pd.DataFrame))
    said = text._asdict() | {"maker": f"{draw.__module__}.{draw.__qualname__}"}
    display({"image/svg+xml": to_svg(wide), NARROW_SVG: to_svg(slim), "text/csv": csv_text(data)}, raw=True, metadata={"figure": said})


def display_table(data: pd.DataFrame, caption: str, texts: Corpus | None = None) -> None:
    """Display a DataFrame as a table that scrolls in its own box on a narrow screen; see `render_table`.

    Underscores in column names become spaces; with `texts`, source ids become short citations.
    """
    display_html_table(reader_columns(data, texts), data, caption)


def display_folded_table(data: pd.DataFrame, caption: str, texts: Corpus | None = None) -> None:
    """Display a DataFrame as `display_table` does, folded away under its caption."""
    display_html_table(reader_columns(data, texts), data, caption, fold=True)


def display_html_table(
    shown: pd.DataFrame,
    data: pd.DataFrame,
    caption: str,
    name: str | None = None,
    links: ByColumn | None = None,
    filters: ByColumn | None = None,
    fold: bool = False,
) -> None:
    """Display `shown` as a table, with `data` as its CSV, and the name and caption by which a page refers to it.

    `links` and `filters`: see `render_table`; `fold`: folded away under its caption.
    """
    name = name or table_name(caption)
    display_named(render_table(shown, caption, name, links, filters), data, caption, name, fold)


def display_named(content: str, data: pd.DataFrame, caption: str, name: str, fold: bool = False) -> None:
    """Display HTML that has an element with the id `name`, with its data as CSV and the caption under which a page lists it."""
    display(
        {"text/html": collapsible(caption, content) if fold else content, "text/csv": csv_text(data)},
        raw=True,
        metadata={"table": {"name": name, "caption": caption}},
    )


def collapsible(title: str, content: str) -> str:
    """`content` folded away under `title`, as HTML."""
    return f'<details class="statements"><summary>{html.escape(title)}</summary>\n{content}</details>'


def table_name(title: str) -> str:
    """The name of a table, for links: "tab-genre-and-length"."""
    return f"tab-{slug(title)}"


def reader_columns(data: pd.DataFrame, texts: Corpus | None = None) -> pd.DataFrame:
    """`data` with its columns named for readers and, with `texts`, short citations in place of source ids."""
    if texts is not None:
        short = texts.sources.set_index("source_id").short
        ids = [name for name in data if name.startswith("source_")]
        data = data.assign(**{name: data[name].map(lambda value: short.get(value, value)) for name in ids}).rename(
            columns={"source_id": "text"}
        )
    return data.rename(columns=lambda name: name.removeprefix("source_").replace("_", " "))


def csv_text(data: pd.DataFrame) -> str:
    """A DataFrame as CSV text, its index with it where the index has a name.

    Quotations are left out: the published tables hold them, and offsets find them in the raw file. No cell is a formula
    (`escape_csv_formulas`).
    """
    named = any(name is not None for name in data.index.names)
    text: str = escape_csv_formulas(data.drop(columns="quote", errors="ignore")).to_csv(index=named, lineterminator="\n")
    return text


def define_numbers(**values: int | float | str) -> None:
    """Give names to values that the prose of the book quotes as {glue:text}`name`; numbers get a comma for thousands."""
    for name, value in values.items():
        text = value if isinstance(value, str) else f"{value:,}"
        glue(name, text, display=False)
        print(f"{name} = {text}")
