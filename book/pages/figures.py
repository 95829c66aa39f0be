"""Figures in the pages: each in four files, wide and narrow, for light and for dark pages, of which the browser shows the one that fits.

MyST-NB makes the figure with its number and caption; here its one picture gives way to these four, in `_images/<name of the figure>...svg`.
"""

import html
import re
from collections.abc import Mapping
from pathlib import Path

from docutils import nodes
from nbformat import NotebookNode
from sphinx.application import Sphinx
from sphinx.writers.html import HTMLTranslator

from analysis.display.notebook import NARROW_SVG
from analysis.figures.base import recolor_dark
from book.notebooks import BookError, cell_location, code_cells
from book.pages.context import Variants, book_of
from book.pages.written import write_folder

_WIDE = "image/svg+xml"
_SIZE = re.compile(r'<svg [^>]*viewBox="0 0 ([0-9.]+) ([0-9.]+)"')
_NARROW_SCREEN = "(max-width: 600px)"


class ThemedPicture(nodes.General, nodes.Inline, nodes.Element):  # type: ignore[misc]
    """The picture of a figure; attributes: name (of the figure), alt, sizes (as `_sizes` returns them)."""


def connect_figures(app: Sphinx) -> None:
    """Called by Sphinx through `book.pages.extension`."""
    app.add_node(ThemedPicture, html=(_write_picture, None))
    app.connect("builder-inited", _find_figures, priority=950)  # after the chapters ran
    app.connect("doctree-resolved", _put_pictures)


def _find_figures(app: Sphinx) -> None:
    book = book_of(app)
    book.figures = figure_variants(book.executed)


def figure_variants(executed: Mapping[str, NotebookNode]) -> dict[str, Variants]:
    """The files of all figures in `executed` ({name: notebook}): {name of the figure: {end of the file's name: SVG}}.

    Raises BookError for a figure without its narrow drawing, without a size, with a colour that has no dark partner, or with a name that
    another has.
    """
    found: dict[str, Variants] = {}
    for name, notebook in executed.items():
        for number, cell in code_cells(notebook):
            for output in cell.outputs:
                figure = output.get("metadata", {}).get("figure", {}).get("name")
                if figure is None:
                    continue
                place = cell_location(name, number, cell)
                if figure in found:
                    raise BookError(f"{place}: another figure is named {figure} too. Remedy: rename one of them")
                try:
                    found[figure] = _variants(output.data[_WIDE], output.data[NARROW_SVG])
                    _sizes(found[figure])
                except KeyError as missing:
                    raise BookError(f"{place}: {figure} has no {missing.args[0]}. Remedy: show it with display_figure") from None
                except ValueError as error:
                    raise BookError(f"{place}: {figure}: {error}") from None
    return found


def _variants(wide: str, narrow: str) -> Variants:
    return {"": wide, "-narrow": narrow, "-dark": recolor_dark(wide), "-narrow-dark": recolor_dark(narrow)}


def _sizes(files: Variants) -> dict[str, tuple[int, int]]:
    """The width and height of each SVG in CSS pixels: {end of the file's name: (width, height)}. Raises ValueError where one says none."""
    found = {}
    for end, svg in files.items():
        size = _SIZE.search(svg)
        if size is None:
            raise ValueError("an SVG says no size. Remedy: give it a viewBox that begins at 0 0")
        found[end] = (round(float(size[1]) * 4 / 3), round(float(size[2]) * 4 / 3))
    return found


def _put_pictures(app: Sphinx, doctree: nodes.document, _name: str) -> None:
    """Put a `ThemedPicture` in the place of the one image of each figure, in pages of HTML."""
    if app.builder.format != "html":
        return
    made = book_of(app).figures
    for figure in doctree.findall(nodes.figure):
        (name,) = [name for name in figure["names"] if name in made] or [None]
        for image in list(figure.findall(nodes.image)) if name else ():
            image.replace_self(ThemedPicture(name=name, alt=image["alt"], sizes=_sizes(made[name])))


def _write_picture(translator: HTMLTranslator, node: ThemedPicture) -> None:
    """Write the picture as HTML: one for light pages and one for dark ones, each with its narrow form."""
    folder, sizes = translator.builder.imgpath, node["sizes"]

    def file(end: str) -> str:
        width, height = sizes[end]
        return f'="{folder}/{node["name"]}{end}.svg" width="{width}" height="{height}"'

    for theme, end, lazy in (("only-light", "", ""), ("only-dark", "-dark", ' loading="lazy"')):
        translator.body.append(
            f'<picture><source media="{_NARROW_SCREEN}" srcset{file("-narrow" + end)}>'
            f'<img class="{theme}" src{file(end)} alt="{html.escape(node["alt"])}" decoding="async"{lazy}></picture>\n'
        )
    raise nodes.SkipNode


def write_figures(app: Sphinx) -> None:
    """Write the files of all figures, whichever pages were rendered anew, and remove those of figures that are no more."""
    files = {f"{name}{end}.svg": svg for name, variants in book_of(app).figures.items() for end, svg in variants.items()}
    write_folder(Path(app.outdir) / app.builder.imagedir, files, "fig-*.svg")
