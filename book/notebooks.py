"""The pages that the table of contents names, in reading order, and the notebooks among them."""

import sys
from pathlib import Path
from typing import Any

import yaml

# A grammar of addresses that jsonschema, which nbformat imports, would build in a second; nothing here asks for it.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]

import nbformat  # noqa: E402
from nbformat import NotebookNode  # noqa: E402
from sphinx.errors import SphinxError  # noqa: E402
from sphinx_external_toc.parsing import MalformedError, parse_toc_yaml  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent


class BookError(SphinxError):
    """A fault of the book that its makers can mend; the message names the file, the place and the remedy. Sphinx says it and no more."""

    category = "Book error"


def page_names(root: Path) -> list[str]:
    """The names of all pages in reading order, as in the table of contents (no suffix). Raises BookError where one has no file."""
    try:
        names = [str(name) for name in parse_toc_yaml(root / "_toc.yml")]
    except (OSError, MalformedError, ValueError, yaml.YAMLError) as error:
        raise BookError(f"_toc.yml: {error}. Remedy: restore the table of contents.") from None
    for name in names:
        if not any((root / f"{name}{suffix}").exists() for suffix in (".ipynb", ".md")):
            raise BookError(f"_toc.yml: names {name}, but there is no {name}.ipynb. Remedy: restore the file, or take the entry out.")
    return names


def notebook_names(root: Path) -> list[str]:
    """The names of the pages that are notebooks."""
    return [name for name in page_names(root) if (root / f"{name}.ipynb").exists()]


def toc_parts(root: Path) -> list[tuple[str | None, list[str]]]:
    """The parts of the table of contents in reading order, as (caption, names of pages); the root and loose pages have no caption."""
    toc = parse_toc_yaml(root / "_toc.yml")
    return [(None, [toc.root.docname])] + [(tree.caption, [str(name) for name in tree.files()]) for tree in toc.root.subtrees]


def read_config(root: Path) -> dict[str, Any]:
    """The settings in `_config.yml`. Raises BookError where there is none, or one that does not load `book.pages.extension`."""
    remedy = "Remedy: mend or restore the file."
    try:
        given = yaml.safe_load((root / "_config.yml").read_text(encoding="utf-8"))
        loads = "book.pages.extension" in given["sphinx"]["local_extensions"]
    except OSError as error:
        raise BookError(f"_config.yml: {error.strerror}. {remedy}") from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise BookError(f"_config.yml: is not YAML ({' '.join(str(error).split())}). {remedy}") from None
    except (TypeError, KeyError):
        loads = False
    if not loads:
        raise BookError(f"_config.yml: names no book.pages.extension below sphinx, local_extensions. {remedy}")
    return dict(given)


def read_notebook(root: Path, name: str) -> NotebookNode:
    """Read the notebook `name`. Raises BookError where it is missing or not a notebook of format 4."""
    file = f"{name}.ipynb"
    try:
        notebook: NotebookNode = nbformat.reads((root / file).read_text(encoding="utf-8"), as_version=4)
    except OSError as error:
        raise BookError(f"{file}: {error.strerror}. Remedy: restore the file, or take it out of _toc.yml.") from None
    except Exception as error:  # nbformat raises what its parsers and validators raise
        reason = str(error).splitlines()[0]
        raise BookError(f"{file}: is not a notebook ({reason}). Remedy: restore it, or save it again from Jupyter.") from None
    return notebook


def code_cells(notebook: NotebookNode) -> list[tuple[int, NotebookNode]]:
    """The code cells that have any code, as (number of the cell among all cells from 1, cell)."""
    return [(number, cell) for number, cell in enumerate(notebook.cells, start=1) if cell.cell_type == "code" and cell.source.strip()]


def cell_location(name: str, number: int, cell: NotebookNode) -> str:
    """How messages name a cell."""
    begin = cell.source.strip().splitlines()[0][:60]
    return f"{name}.ipynb, cell {number} (begins: {begin})"
