"""The book measured by its own instruments: how long its sentences are and how hard they are to read, beside the texts and page by page.

These tables rest on the prose of all pages, and so on more than the cells of the page that shows them; therefore they are directives and no
cells.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

import pandas as pd
from docutils import nodes
from nbformat import NotebookNode
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from analysis.corpus.segment import word_offsets
from analysis.stylometry.comparison import compare_with_corpus, score_text
from book.lint.plain_english import main_pages, sentences_of
from book.lint.prose import WORDS, as_read, page_paragraphs
from book.notebooks import page_names
from book.pages.build_info import status_table
from book.pages.context import BookContext, book_of
from book.run.execute import EXECUTED
from book.run.fingerprint import fingerprint, remembered
from book.run.snapshot import notebook_results

BOOK = "this book"
SCHOOL_GRADE = "Flesch-Kincaid grade"


def connect_book_readability(app: Sphinx) -> None:
    """Called by Sphinx through `book.pages.extension`."""
    app.add_directive("book-and-texts", _BookAndTexts)
    app.add_directive("book-language", _BookLanguage)


class _OfAllPages(SphinxDirective):
    """A table that is made of the prose of all pages."""

    def run(self) -> list[nodes.Node]:
        book = book_of(self.env.app)
        for name in page_names(book.root):  # where a page or its kept run changes, so does the table
            for file in (book.root / f"{name}.ipynb", book.root / f"{name}.md", book.root / EXECUTED / f"{name}.ipynb"):
                if file.exists():
                    self.env.note_dependency(str(file))
        return [nodes.raw("", self.table(book), format="html")]

    def table(self, book: BookContext) -> str:
        raise NotImplementedError


class _BookAndTexts(_OfAllPages):
    """```{book-and-texts}```: the readability of the book beside that of the texts."""

    def table(self, book: BookContext) -> str:
        paragraphs = [text for name in page_names(book.root) for text in text_of_page(book.root, name, book.executed)]
        with remembered(book.root, "scores") as recall:
            rows = compare_with_corpus(book.texts, paragraphs, BOOK, lambda read: recall(fingerprint({}, read), lambda: score_text(read)))
        variety = rows["MATTR 50"].map("{:.2f}".format)
        return status_table(rows.assign(**{"MATTR 50": variety}), "The book and the texts")


class _BookLanguage(_OfAllPages):
    """```{book-language}```: words, sentences, the longest sentence and the grade of every page."""

    def table(self, book: BookContext) -> str:
        return status_table(book_language(book.root, book.executed), "The language of the book, page by page")


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
