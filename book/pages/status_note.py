"""What a page says above its words while a text is not coded to the end, or where its sentences do not tell of a text that joined later."""

from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx

from analysis.display.statuses import joined_later, status_note
from book.lint.plain_english import main_pages
from book.notebooks import code_cells
from book.pages.context import book_of


def connect_status_note(app: Sphinx) -> None:
    """Called by Sphinx through `book.pages.extension`."""
    app.connect("doctree-read", _put_notes)


def _put_notes(app: Sphinx, doctree: nodes.document) -> None:
    """Put the notes below the title of a chapter that reads the texts; what joined later is noted in the story, but for the first page."""
    book, name = book_of(app), app.env.docname
    chapter = book.executed.get(name)
    if chapter is None or not any("load_corpus" in cell.source for _, cell in code_cells(chapter)):
        return
    in_story = name in main_pages(Path(app.srcdir))[1:]
    notes = [status_note(book.texts), joined_later(book.texts) if in_story else ""]
    title = next(iter(doctree.findall(nodes.title)))
    place = title.parent.index(title) + 1
    title.parent[place:place] = [nodes.paragraph("", note, classes=["status-note"]) for note in notes if note]
