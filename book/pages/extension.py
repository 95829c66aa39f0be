"""The Sphinx extension of the book: chapters are run (or found fresh) first, then their outputs go into the pages.

A figure of a chapter brings its name, caption and alternative text with it (`analysis.show.figure`); a picture without
them stops the build.
"""

import copy
import hashlib
import json
import os
import sys
from pathlib import Path

import nbformat
from docutils import nodes
from sphinx.errors import ExtensionError
from sphinx.util.docutils import SphinxRole

from analysis.corpus import load_corpus
from analysis.evidence import QuoteError, resting, spans, verbatim
from analysis.problems import DataError
from analysis.show import NARROW, evidence_link
from book.notebooks import BookError, code_cells, place
from book.pages.attribution import with_lines
from book.run.execute import GO, WAITING, digest_of_files, execute

PARTS = ["book.pages.figures", "book.pages.attribution", "book.pages.theme", "book.pages.redirects", "book.pages.metadata", "book.pages.launch", "book.pages.api_docs", "book.pages.build_info",
         "book.pages.book_readability", "book.pages.policy"]  # fmt: skip
PICTURES = ("image/svg+xml", "image/png", "image/jpeg")
NOT_SHOWN = (NARROW, "text/csv")


def setup(app):
    app.connect("builder-inited", run_chapters)
    app.connect("env-get-outdated", outdated)
    app.connect("source-read", put_outputs)
    app.add_role("ev", EvidenceRole())
    for part in PARTS:
        app.setup_extension(part)
    return {"env_version": version(Path(app.srcdir)), "parallel_read_safe": True, "parallel_write_safe": True}


def version(root):
    """A number that stands for all that every page rests on: links to evidence, docstrings, the way pages are made, the look. All are
    rendered anew when it changes.
    """
    own = Path(__file__).parent.parent
    files = [*sorted(own.rglob("*.py")), *sorted(own.glob("pages/templates/*")), *sorted(root.glob("_static/*"))]
    return int(hashlib.sha256(b"".join([digest_of_files(root).encode(), *(file.read_bytes() for file in files)])).hexdigest()[:8], 16)


class EvidenceRole(SphinxRole):
    """{ev}`usip2022-p03: legally binding duty`: a link to the coded span of the passage that holds these words."""

    def run(self):
        passage_id, _, words = self.text.partition(":")
        texts, coded = self.env.app.texts, self.env.app.coded
        try:
            span = resting(coded, passage_id.strip(), words.strip())
            words = verbatim(span.quote, words)
        except QuoteError as error:
            return [], [self.inliner.reporter.warning(str(error), line=self.lineno)]
        page = self.env.app.builder.get_relative_uri(self.env.docname, "chapters/evidence")
        return [nodes.raw("", evidence_link(texts, span, page, words), format="html")], []


def run_chapters(app):
    """Run what is stale of the chapters, or wait until `book.build`, which started this beside them, has."""
    try:
        app.texts = load_corpus(Path(app.srcdir) / "data")
        app.coded = spans(app.texts)
        if WAITING in os.environ and sys.stdin.readline() != GO:
            raise BookError("the build that this waited for has ended")
        app.executed = execute(app.srcdir)
    except (BookError, DataError) as error:
        raise ExtensionError(str(error)) from None


def outdated(app, env, _added, _changed, _removed):
    """The pages whose chapter ran anew since they were last rendered."""
    now = {name: output_digest(notebook) for name, notebook in app.executed.items()}
    before = getattr(env, "executed_digests", {})
    env.executed_digests = now
    return [name for name in now if now[name] != before.get(name)]


def output_digest(notebook):
    outputs = [cell.get("outputs") for cell in notebook.cells]
    return hashlib.sha256(json.dumps(outputs, sort_keys=True).encode()).hexdigest()


def put_outputs(app, name, source):
    """Give the notebook `name` the outputs of its run, and its figures their captions and alternative texts."""
    if name not in app.executed:
        return
    chapter = nbformat.reads(source[0], as_version=4)
    try:
        chapter = with_lines(app, name, with_outputs(name, chapter, app.executed[name]))
        source[0] = nbformat.writes(without_data(chapter))
    except BookError as error:
        raise ExtensionError(str(error)) from None


def with_outputs(name, chapter, executed):
    """`chapter` with the outputs of `executed`. Raises BookError for a picture without name, caption or alternative text."""
    code = [cell for cell in chapter.cells if cell.cell_type == "code"]
    for cell, run in zip(code, (cell for cell in executed.cells if cell.cell_type == "code"), strict=True):
        cell.outputs, cell.execution_count = copy.deepcopy(run.outputs), run.execution_count
    for number, cell in code_cells(chapter):
        pictures = [output for output in cell.outputs if any(kind in output.get("data", {}) for kind in PICTURES)]
        if len(pictures) > 1:
            raise BookError(f"{place(name, number, cell)}: more than one picture. Remedy: give each a cell of its own")
        for picture in pictures:
            said = picture.metadata.get("figure", {})
            if not all(said.get(field, "").strip() for field in ("name", "caption", "alt")):
                raise BookError(f"{place(name, number, cell)}: a picture without name, caption or alternative text. "
                                "Remedy: show it with analysis.show.figure, with a Description")  # fmt: skip
            cell.metadata["mystnb"] = {
                "figure": {"name": said["name"], "caption": said["caption"]},
                "image": {"alt": said["alt"]},
            }
    check_table_names(name, chapter)
    return chapter


def without_data(chapter):
    """`chapter` without what MyST-NB cannot show: the narrow drawings of its figures, and data."""
    for _, cell in code_cells(chapter):
        for output in cell.outputs:
            for kind in NOT_SHOWN:
                output.get("data", {}).pop(kind, None)
    return chapter


def check_table_names(name, chapter):
    """Raise BookError where two tables of a page have one name: a link could lead to one of them only."""
    seen = {}
    for number, cell in code_cells(chapter):
        for output in cell.outputs:
            table = output.get("metadata", {}).get("table", {}).get("name")
            if table in seen:
                raise BookError(f"{place(name, number, cell)}: a second table named {table}, as in {seen[table]}. "
                                "Remedy: give one of them another caption")  # fmt: skip
            seen |= {table: place(name, number, cell)} if table else {}
