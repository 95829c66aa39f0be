"""Figures in the pages: each in four files, wide and narrow, for light and for dark pages, of which the browser shows the one that fits.

MyST-NB makes the figure with its number and caption; here its one picture gives way to these four, in `_images/<name of the figure>...svg`.
"""

import html
import re
from pathlib import Path

from docutils import nodes
from sphinx.errors import ExtensionError

from analysis.plots import dark
from analysis.show import NARROW
from book.notebooks import BookError, code_cells, place

WIDE = "image/svg+xml"
SIZE = re.compile(r'<svg [^>]*viewBox="0 0 ([0-9.]+) ([0-9.]+)"')
NARROW_SCREEN = "(max-width: 600px)"


class picture(nodes.General, nodes.Inline, nodes.Element):
    """The picture of a figure; attributes: name (of the figure), alt, sizes (as `sizes` returns them)."""


def setup(app):
    """Let pages show the figures of `app.executed`; call it when that is known to be made on builder-inited."""
    app.add_node(picture, html=(write_picture, None))
    app.connect("builder-inited", find_drawings)
    app.connect("doctree-resolved", put_pictures)
    app.connect("build-finished", write_files)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def find_drawings(app):
    try:
        app.drawings = drawings(app.executed)
    except BookError as error:
        raise ExtensionError(str(error)) from None


def drawings(executed):
    """The files of all figures in `executed` ({name: notebook}): {name of the figure: {end of the file's name: SVG}}.

    Raises BookError for a figure without its narrow drawing, without a size, with a colour that has no dark partner, or with a name that
    another has.
    """
    found = {}
    for name, notebook in executed.items():
        for number, cell in code_cells(notebook):
            for output in cell.outputs:
                figure = output.get("metadata", {}).get("figure", {}).get("name")
                if figure is None:
                    continue
                if figure in found:
                    raise BookError(f"{place(name, number, cell)}: another figure is named {figure} too. Remedy: rename one of them")
                try:
                    found[figure] = forms(output.data[WIDE], output.data[NARROW])
                    sizes(found[figure])
                except KeyError as missing:
                    raise BookError(f"{place(name, number, cell)}: {figure} has no {missing.args[0]}. "
                                    "Remedy: show it with analysis.show.figure") from None  # fmt: skip
                except ValueError as error:
                    raise BookError(f"{place(name, number, cell)}: {figure}: {error}") from None
    return found


def forms(wide, narrow):
    """The four files of a figure: {end of the file's name: SVG}."""
    return {"": wide, "-narrow": narrow, "-dark": dark(wide), "-narrow-dark": dark(narrow)}


def sizes(files):
    """The width and height of each SVG in CSS pixels: {end of the file's name: (width, height)}. Raises ValueError where one says none."""
    found = {end: SIZE.search(svg) for end, svg in files.items()}
    if not all(found.values()):
        raise ValueError("an SVG says no size. Remedy: give it a viewBox that begins at 0 0")
    return {end: tuple(round(float(points) * 4 / 3) for points in size.groups()) for end, size in found.items()}


def put_pictures(app, doctree, _name):
    """Put a `picture` in the place of the one image of each figure, in pages of HTML."""
    if app.builder.format != "html":
        return
    for figure in doctree.findall(nodes.figure):
        (name,) = [name for name in figure["names"] if name in app.drawings] or [None]
        for image in list(figure.findall(nodes.image)) if name else ():
            image.replace_self(picture(name=name, alt=image["alt"], sizes=sizes(app.drawings[name])))


def write_picture(translator, node):
    """Write the `picture` as HTML: one for light pages and one for dark ones, each with its narrow form."""
    folder, sizes = translator.builder.imgpath, node["sizes"]

    def file(end):
        width, height = sizes[end]
        return f'="{folder}/{node["name"]}{end}.svg" width="{width}" height="{height}"'

    for theme, end, lazy in (("only-light", "", ""), ("only-dark", "-dark", ' loading="lazy"')):
        translator.body.append(
            f'<picture><source media="{NARROW_SCREEN}" srcset{file("-narrow" + end)}>'
            f'<img class="{theme}" src{file(end)} alt="{html.escape(node["alt"])}" decoding="async"{lazy}></picture>\n'
        )
    raise nodes.SkipNode


def write_files(app, exception):
    """Write the files of all figures, whichever pages were rendered anew, and remove those of figures that are no more."""
    if exception or app.builder.format != "html":
        return
    folder = Path(app.outdir) / app.builder.imagedir
    folder.mkdir(exist_ok=True)
    files = {f"{name}{end}.svg": svg for name, made in app.drawings.items() for end, svg in made.items()}
    for old in folder.glob("fig-*.svg"):
        if old.name not in files:
            old.unlink()
    for name, svg in files.items():
        (folder / name).write_text(svg, encoding="utf-8")
