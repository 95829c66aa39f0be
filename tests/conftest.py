"""What the tests share: the texts, a copy of the data to spoil, the figures, the executed chapters, the built book, and tiny books.

What a fixture needs is imported by it, so a test that asks for none of them starts at once.
"""

import contextlib
import functools
import gc
import shutil
import threading
from http.server import ThreadingHTTPServer

import pytest

gc.set_threshold(100_000, 10, 10)  # to look for garbage as often as Python does takes a seventh of the time of the tests


@pytest.fixture(scope="session")
def texts():
    from analysis.corpus.reader import load_corpus

    return load_corpus()


@pytest.fixture
def data(tmp_path):
    """A copy of the data folder."""
    from analysis.corpus.reader import DATA_FOLDER

    return shutil.copytree(DATA_FOLDER, tmp_path / "data")


@pytest.fixture(scope="session")
def figures():
    """A function that draws every figure of the book from a Corpus: {name of the function: Figure}."""
    from tests.support.figures import every_figure

    return every_figure


@contextlib.contextmanager
def one_worker():
    """The root of the book, for one process of the tests at a time: a second build would be refused."""
    from filelock import FileLock

    from book.notebooks import ROOT

    (ROOT / "_build").mkdir(exist_ok=True)
    with FileLock(ROOT / "_build/tests.lock"):
        yield ROOT


@pytest.fixture(scope="session")
def executed():
    from book.run.execute import execute

    with one_worker() as root:
        return execute(root)


@pytest.fixture(scope="session")
def html(executed):
    """The folder of the built book."""
    from book.pipeline import build

    with one_worker() as root:
        return build(root).parent


@pytest.fixture(scope="session")
def site(html):
    """The address of the built book on a server of this machine."""
    from book.run.serve import QuietHandler

    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(QuietHandler, directory=html))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.fixture(scope="session")
def printer():
    """WeasyPrint. Where its library is missing the tests are skipped with a remedy; in continuous integration they fail."""
    from book.export.pdf import load_weasyprint
    from book.notebooks import BookError
    from tests.support import browsing

    try:
        return load_weasyprint()
    except BookError as missing:
        browsing.lacking(str(missing))


@pytest.fixture(scope="module")
def browser(html):
    """Chromium, for one file of tests of the built book."""
    from tests.support import browsing

    with browsing.chromium() as chromium:
        yield chromium


@pytest.fixture
def tiny_book(tmp_path):
    """A function that puts a notebook, made from its cells ("code: ..." or Markdown), into a book and returns the book's root."""
    from tests.support.books import add_notebook

    return functools.partial(add_notebook, tmp_path)
