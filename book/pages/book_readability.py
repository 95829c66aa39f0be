"""The book measured by its own instruments: a table of its readability beside that of the texts.

It rests on the prose of all pages, and so on more than the cells of the chapter that shows it; therefore it is a directive and no cell.
"""

import ast
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from docutils import nodes
from nbformat import NotebookNode
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from analysis.stylometry.comparison import compare_with_corpus
from book.lint.prose import Paragraph, page_paragraphs
from book.notebooks import page_names
from book.pages.build_info import status_table
from book.pages.context import book_of
from book.run.execute import EXECUTED
from book.run.snapshot import notebook_results

BOOK = "this book"
_EMPTY = re.compile(r"\s*\([\s,;]*\)")  # brackets that held citations only


def connect_book_readability(app: Sphinx) -> None:
    """Called by Sphinx through `book.pages.extension`."""
    app.add_directive("book-and-texts", _BookAndTexts)


class _BookAndTexts(SphinxDirective):
    """```{book-and-texts}```: the readability of the book beside that of the texts."""

    def run(self) -> list[nodes.Node]:
        book = book_of(self.env.app)
        for name in page_names(book.root):  # where a page or its kept run changes, so does the table
            for file in (book.root / f"{name}.ipynb", book.root / f"{name}.md", book.root / EXECUTED / f"{name}.ipynb"):
                if file.exists():
                    self.env.note_dependency(str(file))
        rows = compare_with_corpus(book.texts, text_of_pages(book.root, book.executed), BOOK)
        variety = rows["MATTR 50"].map("{:.2f}".format)
        return [nodes.raw("", status_table(rows.assign(**{"MATTR 50": variety}), "The book and the texts"), format="html")]


def text_of_pages(root: Path, executed: Mapping[str, NotebookNode]) -> list[str]:
    """The paragraphs and items of all pages as a reader reads them, headings, captions and code left out, quotations left in."""
    found = []
    for name in page_names(root):
        values = notebook_results(executed[name]) if name in executed else {}
        found += [_as_read(paragraph, values) for paragraph in page_paragraphs(root, name) if paragraph.kind == "paragraph"]
    return [text for text in found if text]


def _as_read(paragraph: Paragraph, values: Mapping[str, Any]) -> str:
    """The words of a paragraph: numbers filled in from `values`; citations, links to evidence and a bold heading in its line left out."""
    kept = [piece for place, piece in enumerate(paragraph.pieces) if place or piece.kind != "bold"]
    text = "".join(_role_as_read(piece.text, values) if piece.kind == "role" else piece.text for piece in kept)
    return " ".join(_EMPTY.sub("", text).replace(" .", ".").replace(" ,", ",").split())


def _role_as_read(role: str, values: Mapping[str, Any]) -> str:
    name, _, content = role.partition(" ")
    if name == "glue:text" and content in values:  # of one that no cell defines Sphinx says so
        return str(ast.literal_eval(values[content]))
    return "the figure" if name == "numref" else ""
