"""The book measured by its own instruments: a table of its readability beside that of the texts.

It rests on the prose of all pages, and so on more than the cells of the chapter that shows it; therefore it is a directive and no cell.
"""

import ast
import re
from pathlib import Path

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from analysis.measures import beside
from book.lint.prose import page_blocks
from book.notebooks import documents
from book.pages.build_info import table
from book.run.snapshot import results

BOOK = "this book"
EMPTY = re.compile(r"\s*\([\s,;]*\)")  # brackets that held citations only


def setup(app):
    app.add_directive("book-and-texts", BookAndTexts)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


class BookAndTexts(SphinxDirective):
    """```{book-and-texts}```: the readability of the book beside that of the texts."""

    def run(self):
        root, executed = Path(self.env.srcdir), self.env.app.executed
        for name in documents(root):  # where a page or its kept run changes, so does the table
            for file in (root / f"{name}.ipynb", root / f"{name}.md", root / "_build/executed" / f"{name}.ipynb"):
                if file.exists():
                    self.env.note_dependency(str(file))
        rows = beside(self.env.app.texts, paragraphs(root, executed), BOOK)
        variety = rows["MATTR 50"].map("{:.2f}".format)
        return [nodes.raw("", table(rows.assign(**{"MATTR 50": variety}), "The book and the texts"), format="html")]


def paragraphs(root, executed):
    """The paragraphs and items of all pages as a reader reads them, headings, captions and code left out, quotations left in."""
    found = []
    for name in documents(root):
        values = results(executed[name]) if name in executed else {}
        read = [as_read(block, values) for block in page_blocks(root, name) if block.kind == "paragraph"]
        found += [text for text in read if text]
    return found


def as_read(block, values):
    """The words of a paragraph: numbers filled in from `values`; citations, links to evidence and a bold heading in its line left out."""
    kept = [piece for place, piece in enumerate(block.pieces) if place or piece.kind != "bold"]
    text = "".join(role_as_read(piece.text, values) if piece.kind == "role" else piece.text for piece in kept)
    return " ".join(EMPTY.sub("", text).replace(" .", ".").replace(" ,", ",").split())


def role_as_read(role, values):
    name, _, content = role.partition(" ")
    return {"glue:text": lambda: ast.literal_eval(values[content]), "numref": lambda: "the figure"}.get(name, str)()
