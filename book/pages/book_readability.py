"""The book measured by its own instruments: how long its sentences are and how hard they are to read, beside the texts and page by page.

These tables rest on the prose of all pages, and so on more than the cells of the page that shows them; therefore they are no cells, and
are filled in when all pages are there.
"""

import re
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

import pandas as pd
from docutils import nodes
from nbformat import NotebookNode
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from analysis.atomic_write import write_atomic
from analysis.corpus.segment import word_offsets
from analysis.stylometry.comparison import compare_with_corpus, score_text
from book.lint.plain_english import main_pages, sentences_of
from book.lint.prose import WORDS, as_read, page_paragraphs
from book.notebooks import page_names
from book.pages.build_info import status_table
from book.pages.context import BookContext
from book.run.fingerprint import fingerprint, remembered
from book.run.snapshot import notebook_results

BOOK = "this book"
SCHOOL_GRADE = "Flesch-Kincaid grade"


def connect_book_readability(app: Sphinx) -> None:
    """Called by Sphinx through `book.pages.extension`."""
    for name in _TABLES:
        app.add_directive(name, _TablePlace)


class _TablePlace(SphinxDirective):
    """```{book-and-texts}``` and ```{book-language}```: the place of a table, which `fill_tables` fills."""

    def run(self) -> list[nodes.Node]:
        return [nodes.raw("", _marked(self.name, ""), format="html")]


def _marked(name: str, table: str) -> str:
    return f"<!-- {name} -->{table}<!-- /{name} -->"


def fill_tables(book: BookContext, made: Path) -> None:
    """Write the tables that are made of the prose of all pages into those pages in the folder `made` that have a place for them."""
    for page in made.rglob("*.html"):
        before = page.read_text(encoding="utf-8")
        after = _PLACE.sub(lambda place: _marked(place[1], _TABLES[place[1]](book)), before)
        if after != before:
            write_atomic(page, after)


def _book_and_texts(book: BookContext) -> str:
    """The readability of the book beside that of the texts."""
    paragraphs = [text for name in page_names(book.root) for text in text_of_page(book.root, name, book.executed)]
    with remembered(book.root, "scores") as recall:
        rows = compare_with_corpus(book.texts, paragraphs, BOOK, lambda read: recall(fingerprint({}, read), lambda: score_text(read)))
    variety = rows["MATTR 50"].map("{:.2f}".format)
    return status_table(rows.assign(**{"MATTR 50": variety}), "The book and the texts")


def _book_language(book: BookContext) -> str:
    """Words, sentences, the longest sentence and the grade of every page."""
    return status_table(book_language(book.root, book.executed), "The language of the book, page by page")


_TABLES = {"book-and-texts": _book_and_texts, "book-language": _book_language}
_PLACE = re.compile(rf"<!-- ({'|'.join(_TABLES)}) -->.*?<!-- /\1 -->", re.DOTALL)


def book_language(root: Path, executed: Mapping[str, NotebookNode]) -> pd.DataFrame:
    """How each page of the book is written: a row a page that has prose, in reading order.

    Columns: page (its heading); main (whether it is a main chapter, see `main_pages`); words; sentences; longest sentence (in words); the
    Flesch-Kincaid grade by the published formula, with syllables by rule. `executed` holds the pages that ran, for the numbers in them.
    """
    main, rows = main_pages(root), []
    with remembered(root, "language") as recall:
        for name in page_names(root):
            if paragraphs := text_of_page(root, name, executed):
                own = recall(fingerprint({}, paragraphs), partial(_language_of, paragraphs))
                rows.append((_heading(root, name), "yes" if name in main else "no", *own))
    return pd.DataFrame(rows, columns=["page", "main", "words", "sentences", "longest sentence", SCHOOL_GRADE])


def _language_of(paragraphs: Sequence[str]) -> tuple[float, ...]:
    """Words, sentences, longest sentence and grade of a page."""
    scores = score_text(paragraphs)
    longest = max(len(word_offsets(sentence)) for text in paragraphs for sentence in sentences_of(text))
    return scores["words"], scores["sentences"], longest, scores["Flesch-Kincaid"]


def _heading(root: Path, name: str) -> str:
    """The first heading of a page; its name where it has none."""
    return next((block.text(*WORDS) for block in page_paragraphs(root, name) if block.kind == "heading"), name)


def text_of_page(root: Path, name: str, executed: Mapping[str, NotebookNode]) -> list[str]:
    """The paragraphs and items of a page as a reader reads them, headings, captions and code left out, quotations left in."""
    values = notebook_results(executed[name]) if name in executed else {}
    read = [as_read(paragraph, values) for paragraph in page_paragraphs(root, name) if paragraph.kind == "paragraph"]
    return [text for text in read if text]
