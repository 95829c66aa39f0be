"""What the tests share: the texts, a copy of the data to spoil, the executed chapters, the built book, and tiny books."""

import functools
import shutil
import threading
from http.server import ThreadingHTTPServer

import nbformat
import pytest
from playwright.sync_api import sync_playwright
from pypdf import PdfReader

from analysis import chronology, claims, framing, keyness, measures, plots, proposals, provenance, reliability, voices
from analysis.corpus import DATA, load_corpus
from batch import figures as cost_figures
from batch import results
from book.export.downloads import NAME, offer
from book.export.pdf import load_weasyprint, make_pdf
from book.lint.notebook_rules import METADATA
from book.notebooks import ROOT, BookError
from book.pipeline import build
from book.run.execute import execute
from book.run.serve import Quiet
from tests import browsing, promises


def pytest_collection_modifyitems(items):
    if wrong := promises.unknown(items):
        raise pytest.UsageError("\n".join(["these marks name no promise of tests/promises.py:", *wrong]))


@pytest.fixture(scope="session")
def texts():
    return load_corpus()


@pytest.fixture
def data(tmp_path):
    """A copy of the data folder."""
    return shutil.copytree(DATA, tmp_path / "data")


@pytest.fixture(scope="session")
def figures():
    """A function that draws every figure of the book from a Corpus: {name of the function: Figure}."""
    return every_figure


def every_figure(texts):
    sources = provenance.sources(texts)
    return {
        "publication_lag": plots.publication_lag(sources),
        "composition": plots.composition(provenance.zone_words(texts), sources),
        "dependence": plots.dependence(provenance.dependencies(texts), sources),
        "settlement_matrix": plots.settlement_matrix(proposals.matrix(texts), proposals.dimensions(texts), sources),
        "guarantor_dots": plots.guarantor_dots(proposals.guarantor_sets(texts), sources),
        "quoted_sides": plots.quoted_sides(voices.by_side(texts), sources),
        "credit_and_blame": plots.credit_and_blame(framing.credit_and_blame(texts), sources),
        "functions": plots.functions(framing.function_counts(texts), sources),
        "readability": plots.readability(measures.readability(texts), sources),
        "sensitivity": plots.sensitivity(measures.ease_sensitivity(texts), sources),
        "timeline": plots.timeline(chronology.spanned(chronology.events(texts)), chronology.benchmark(texts), sources),
        "positions": plots.positions(claims.comparisons(texts), sources),
        "agreement": plots.agreement(reliability.passes(texts)),
        "keyness": plots.keyness(keyness.top(texts), sources),
        "strength_scale": plots.strength_scale(proposals.strengths(texts), texts.tables["strengths.csv"]),
        "tool_rates": cost_figures.tool_rates(results.rate_table()),
        "growth": cost_figures.growth(results.growth_table()),
    }


@pytest.fixture(scope="session")
def executed():
    return execute(ROOT)


@pytest.fixture(scope="session")
def html(executed):
    return build(ROOT).parent


@pytest.fixture(scope="session")
def site(html):
    """The address of the built book on a server of this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=html))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.fixture(scope="session")
def printer():
    """WeasyPrint. Where its library is missing the tests are skipped with a remedy; in continuous integration they fail."""
    try:
        return load_weasyprint()
    except BookError as missing:
        browsing.lacking(str(missing))


@pytest.fixture(scope="session")
def paper(printer, html):
    """The PDF of the book as it is published, as a PdfReader."""
    make_pdf(ROOT, html)
    offer(ROOT, html)
    return PdfReader(html / f"{NAME}.pdf")


@pytest.fixture(scope="module")
def browser(html):
    """Chromium, for one file of tests: while its driver runs, no chapter can."""
    path = browsing.require()
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=path, args=browsing.FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def tiny_book(tmp_path):
    """A function that puts a notebook, made from its cells ("code: ..." or Markdown), into a book and returns the book's root."""
    return functools.partial(add_notebook, tmp_path)


def add_notebook(root, *cells, name="index"):
    """Put a notebook, made from its cells, into the book in `root`; see `tiny_book`."""
    made = [
        nbformat.v4.new_code_cell(cell.removeprefix("code: "), id=f"cell-{number}")
        if cell.startswith("code: ")
        else nbformat.v4.new_markdown_cell(cell, id=f"cell-{number}")
        for number, cell in enumerate(cells)
    ]
    nbformat.write(nbformat.v4.new_notebook(cells=made, metadata=METADATA), root / f"{name}.ipynb")
    others = sorted(file.stem for file in root.glob("*.ipynb") if file.stem != "index")
    listed = "".join(f"- file: {other}\n" for other in others)
    (root / "_toc.yml").write_text("format: jb-book\nroot: index\n" + (listed and f"chapters:\n{listed}"))
    for file in ("_config.yml", "CITATION.cff"):
        shutil.copy(ROOT / file, root)
    if not (root / "data").exists():
        shutil.copytree(DATA, root / "data")
    return root
