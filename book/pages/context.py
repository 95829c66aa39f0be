"""What the pages are made from: one object on the Sphinx application, each part read when it is first asked for."""

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import pandas as pd
from nbformat import NotebookNode
from sphinx.application import Sphinx

from analysis.corpus.reader import Corpus, load_corpus
from analysis.corpus.spans import coded_spans
from book.citation import Edition, load_edition
from book.run.execute import execute
from book.run.fingerprint import files_in, fingerprint

Variants = dict[str, str]  # the files of a figure: {end of the file's name: SVG}


@dataclass
class BookContext:
    """The book in the folder `root`; its parts raise BookError or DataError."""

    root: Path
    figures: dict[str, Variants] = field(default_factory=dict)  # by the name of the figure
    started: Callable[[], object] = lambda: None  # called when Sphinx has started, before it looks at any page

    @cached_property
    def edition(self) -> Edition:
        """What CITATION.cff says."""
        return load_edition(self.root)

    @cached_property
    def texts(self) -> Corpus:
        """The texts with their codings."""
        return load_corpus(self.root / "data")

    @cached_property
    def coded(self) -> pd.DataFrame:
        """Every span of the texts that a coding rests on."""
        return coded_spans(self.texts)

    @cached_property
    def executed(self) -> dict[str, NotebookNode]:
        """The notebooks with their outputs, {name: notebook}; stale ones are run."""
        return execute(self.root)

    @cached_property
    def data_version(self) -> str:
        """The version of the data as eight letters: of the digest of all files there, names and contents."""
        data = self.root / "data"
        return fingerprint({str(file.relative_to(data)): file for file in files_in(data).values()})[:8]


_handed_over: dict[Path, BookContext] = {}


@contextlib.contextmanager
def hand_over(book: BookContext) -> Iterator[None]:
    """Let Sphinx, where it builds this book while the block runs, use what was read and run already."""
    _handed_over[book.root] = book
    try:
        yield
    finally:
        del _handed_over[book.root]


def book_of(app: Sphinx) -> BookContext:
    """The book that `app` builds."""
    if not hasattr(app, "book"):
        root = Path(app.srcdir)
        app.book = _handed_over.get(root) or BookContext(root)  # type: ignore[attr-defined]
    return app.book  # type: ignore[attr-defined, no-any-return]
