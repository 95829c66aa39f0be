"""The Sphinx extension of the book: chapters are run (or found fresh) first, then their outputs go into the pages.

A figure of a chapter brings its name, caption and alternative text with it (`display_figure`); a picture without
them stops the build.
"""

import copy
import functools
import os
import re
from pathlib import Path
from typing import Any

import nbformat
from docutils import nodes
from nbformat import NotebookNode
from pybtex import plugin
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxRole

from analysis.corpus.errors import DataError
from analysis.corpus.quotes import QuoteError, match_in_source
from analysis.corpus.spans import find_coded_span
from analysis.display.evidence_tables import evidence_link
from analysis.display.notebook import NARROW_SVG
from analysis.display.statuses import left_out
from book.lint.quantifiers import statement_leaves_out
from book.notebooks import BookError, cell_location, code_cells
from book.pages.api_docs import connect_api_docs
from book.pages.attribution import add_attribution, connect_attribution, write_data
from book.pages.book_readability import connect_book_readability
from book.pages.build_info import connect_build_info
from book.pages.code import connect_code
from book.pages.context import book_of
from book.pages.doctrees import connect_doctrees
from book.pages.figures import connect_figures, write_figures
from book.pages.launch import connect_launch
from book.pages.metadata import connect_metadata, write_citations
from book.pages.redirects import connect_redirects
from book.pages.short_citations import connect_short_citations
from book.pages.status_note import connect_status_note
from book.pages.theme import TEMPLATES, connect_theme
from book.run.fingerprint import files_in, fingerprint, imported_modules

_CONNECT_PARTS = (
    connect_code, connect_figures, connect_attribution, connect_theme, connect_redirects, connect_metadata, connect_launch,
    connect_short_citations, connect_api_docs, connect_build_info, connect_book_readability, connect_status_note, connect_doctrees,
)  # fmt: skip
_PICTURES = ("image/svg+xml", "image/png", "image/jpeg")
_MARKUP = re.compile(r"[\\`*_{}\[\]<>$!#&|~^]")  # signs that could begin markup of MyST
_NOT_SHOWN = (NARROW_SVG, "text/csv")


def setup(app: Sphinx) -> dict[str, Any]:
    """Called by Sphinx: set up every part of the book's own."""
    app.connect("builder-inited", _prepare, priority=900)  # when all others are ready
    app.connect("env-get-outdated", _pages_with_new_outputs)
    app.connect("source-read", _inject_outputs)
    app.connect("build-finished", _complete_site)
    app.add_role("ev", _EvidenceRole())
    app.add_role("holds", _HoldsRole())
    app.add_role("not-held", _UnprintedRole())
    for connect in _CONNECT_PARTS:
        connect(app)
    plugin._load_entry_point = functools.cache(plugin._load_entry_point)  # pybtex would look through all packages for each kind of work
    return {"env_version": _version(Path(app.srcdir)), "parallel_read_safe": True, "parallel_write_safe": True}


def _version(root: Path) -> int:
    """A number that stands for all that every page rests on: links to evidence, the way pages are made, the look. All are rendered anew
    when it changes.
    """
    modules = imported_modules(root, ["import book.pages.extension"])
    files = {
        name: file
        for name, file in files_in(root / "data", TEMPLATES, root / "_static", root / "_moved.csv").items()
        if "/benchmarks/" not in name
    }
    return int(fingerprint(modules | {os.path.relpath(name, root): file for name, file in files.items()})[:8], 16)


def _complete_site(app: Sphinx, failed: Exception | None) -> None:
    """Write beside the pages what Sphinx does not."""
    if not failed and app.builder.format == "html":
        for act in (write_figures, write_data, write_citations):
            act(app)


class _EvidenceRole(SphinxRole):
    """{ev}`smith2023-p03: a duty to confer`: a link to the coded span of the passage that holds these words."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        passage_id, _, words = self.text.partition(":")
        book = book_of(self.env.app)
        try:
            span = find_coded_span(book.coded, passage_id.strip(), words.strip())
            words = match_in_source(span.quote, words)
        except QuoteError as error:
            return [], [self.inliner.reporter.warning(str(error), line=self.lineno)]
        page = self.env.app.builder.get_relative_uri(self.env.docname, "chapters/evidence")
        return [nodes.raw("", evidence_link(book.texts, span, page, words), format="html")], []


class _HoldsRole(SphinxRole):
    """{holds}`none: provisions; level == 'agreed'`: nothing on the page, or whom the sentence before it leaves out."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        texts = book_of(self.env.app).texts
        return [nodes.emphasis("", left_out(texts))] if statement_leaves_out(texts, self.text) else [], []


class _UnprintedRole(SphinxRole):
    """A mark for `book.lint`, {not-held}`reason`: nothing on the page."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        return [], []


def _prepare(app: Sphinx) -> None:
    """Read the texts and run what is stale of the chapters, so that what is wrong with them is said before any page is read."""
    book = book_of(app)
    for _ in app.env.get_domain("cite").env_updated():  # type: ignore[attr-defined]
        pass  # labels of citations: to load their styles takes half a second
    book.started()
    try:
        _ = book.coded, book.executed
    except DataError as error:
        raise BookError(str(error)) from None


def _pages_with_new_outputs(app: Sphinx, env: BuildEnvironment, *_sets: set[str]) -> list[str]:
    """The pages whose chapter ran anew since they were last rendered."""
    now = {name: notebook.metadata.digest for name, notebook in book_of(app).executed.items()}
    before = getattr(env, "book_outputs", {})
    env.book_outputs = now  # type: ignore[attr-defined]
    return [name for name in now if now[name] != before.get(name)]


def _inject_outputs(app: Sphinx, name: str, source: list[str]) -> None:
    """Give the notebook `name` the outputs of its run, and its figures their captions and alternative texts."""
    book = book_of(app)
    if name not in book.executed:
        return
    chapter = _with_outputs(name, nbformat.reads(source[0], as_version=4), book.executed[name])
    source[0] = nbformat.writes(_without_data(add_attribution(app, name, chapter)))


def _with_outputs(name: str, chapter: NotebookNode, executed: NotebookNode) -> NotebookNode:
    """`chapter` with the outputs of `executed`. Raises BookError for a picture without name, caption or alternative text."""
    code = [cell for cell in chapter.cells if cell.cell_type == "code"]
    for cell, run in zip(code, (cell for cell in executed.cells if cell.cell_type == "code"), strict=True):
        cell.outputs, cell.execution_count = copy.deepcopy(run.outputs), run.execution_count
    for number, cell in code_cells(chapter):
        pictures = [output for output in cell.outputs if any(kind in output.get("data", {}) for kind in _PICTURES)]
        if len(pictures) > 1:
            raise BookError(f"{cell_location(name, number, cell)}: more than one picture. Remedy: give each a cell of its own")
        for picture in pictures:
            said = picture.metadata.get("figure", {})
            if not all(said.get(field, "").strip() for field in ("name", "caption", "alt")):
                place = cell_location(name, number, cell)
                remedy = "Remedy: show it with display_figure, with a FigureText"
                raise BookError(f"{place}: a picture without name, caption or alternative text. {remedy}")
            cell.metadata["mystnb"] = {
                "figure": {"name": said["name"], "caption": _MARKUP.sub(r"\\\g<0>", said["caption"])},  # what data name is text
                "image": {"alt": said["alt"]},
            }
    _check_table_names(name, chapter)
    return chapter


def _without_data(chapter: NotebookNode) -> NotebookNode:
    """`chapter` without what MyST-NB cannot show: the narrow drawings of its figures, and data."""
    for _, cell in code_cells(chapter):
        for output in cell.outputs:
            for kind in _NOT_SHOWN:
                output.get("data", {}).pop(kind, None)
    return chapter


def _check_table_names(name: str, chapter: NotebookNode) -> None:
    """Raise BookError where two tables of a page have one name: a link could lead to one of them only."""
    seen: dict[str, str] = {}
    for number, cell in code_cells(chapter):
        place = cell_location(name, number, cell)
        for output in cell.outputs:
            table = output.get("metadata", {}).get("table", {}).get("name")
            if table in seen:
                raise BookError(f"{place}: a second table named {table}, as in {seen[table]}. Remedy: give one of them another caption")
            seen |= {table: place} if table else {}
