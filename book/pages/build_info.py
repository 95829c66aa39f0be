"""The page Status: what made this book. Versions, hashes and digests, and how much of each text the book shows."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pandas as pd
from docutils import nodes
from nbformat import NotebookNode
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from analysis.corpus.spans import shown_share
from analysis.display.html_table import render_table
from analysis.display.notebook import table_name
from book.notebooks import read_notebook
from book.pages.context import BookContext, book_of
from book.run.execute import EXECUTED, PACKAGES
from book.run.fingerprint import files_in, remembered, sha256


def connect_build_info(app: Sphinx) -> None:
    """Called by Sphinx through `book.pages.extension`."""
    app.add_directive("status", _Status)


class _Status(SphinxDirective):
    """```{status} chapters```, `versions`, `data` or `shown`: one table of the page Status."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        book = book_of(self.env.app)
        for name in book.executed:  # where a chapter or its kept run changes, so does this page
            self.env.note_dependency(str(book.root / f"{name}.ipynb"))
            self.env.note_dependency(str(book.root / EXECUTED / f"{name}.ipynb"))
        return [nodes.raw("", _TABLES[self.arguments[0]](book), format="html")]


def status_table(rows: pd.DataFrame, caption: str, **links: list[str]) -> str:
    """A table of the page as HTML; `links`: see `render_table`."""
    return str(render_table(rows, caption, table_name(caption), links))


def _chapters(book: BookContext) -> str:
    """The chapters with the digests of what their outputs were made from."""
    digests = [notebook.metadata.digest for notebook in book.executed.values()]
    rows = pd.DataFrame({"chapter": [_title(book.root, name) for name in book.executed], "digest": digests})
    return status_table(rows, "The chapters, and the digest of all that their outputs depend on", digest=_as_code(digests))


def _as_code(values: list[str]) -> list[str]:
    return [f"<code>{value}</code>" for value in values]


def _title(root: Path, name: str) -> str:
    """The heading of level 1 of a chapter."""
    text = "\n".join(cell.source for cell in read_notebook(root, name).cells if cell.cell_type == "markdown")
    found = re.search(r"^# (.+)$", text, flags=re.MULTILINE)
    return found[1] if found else name


def _versions(book: BookContext) -> str:
    caption = "Versions of the book, Python and the packages that make results or pages"
    return status_table(seen_versions(book.edition.version, book.executed), caption)


def seen_versions(version: str, executed: Mapping[str, NotebookNode]) -> pd.DataFrame:
    """The versions of the book, Python and packages, as the kernels of the chapters saw them: columns what, version.

    Where kernels saw several versions of one thing, all are named.
    """
    seen = {"Python": {notebook.metadata.language_info.version for notebook in executed.values()}}
    seen |= {package: {notebook.metadata.run.packages[package] for notebook in executed.values()} for package in PACKAGES}
    rows = [("book and data", version), *((name, ", ".join(sorted(found))) for name, found in seen.items())]
    return pd.DataFrame(rows, columns=["what", "version"])


def _data(book: BookContext) -> str:
    """Every file of the data with its SHA-256."""
    rows = data_hashes(book.root)
    return status_table(rows, "The files of the data", sha256=_as_code(list(rows.sha256)))


def data_hashes(root: Path) -> pd.DataFrame:
    """The files of the folder `data`: file, bytes, sha256."""
    files = sorted(files_in(root / "data").values())
    rows = [(file.relative_to(root).as_posix(), file.stat().st_size, sha256(file)) for file in files]
    return pd.DataFrame(rows, columns=["file", "bytes", "sha256"])


def checksums(root: Path) -> str:
    """The hashes of the data as `sha256sum --check` reads them."""
    return "".join(f"{row.sha256}  {row.file}\n" for row in data_hashes(root).itertuples())


def _shown(book: BookContext) -> str:
    """How much of each text the coded spans, and the words around them, show."""
    short = book.texts.sources.set_index("source_id").short
    with remembered(book.root, "shown") as recall:
        shown = pd.DataFrame(recall("", lambda: shown_share(book.texts).to_dict("list")))
    rows = pd.DataFrame(
        {
            "text": [short[source_id] for source_id in shown.source_id],
            "words": shown.n_words,
            "percent shown": shown.share,
            "of which around coded words": shown.around,
        }
    )
    return status_table(rows, "How much of each text the book shows")


_TABLES: dict[str, Callable[[BookContext], str]] = {"chapters": _chapters, "versions": _versions, "data": _data, "shown": _shown}
