"""What the tests of the built book share."""

import shutil

import pytest

from tests.support.corpora import STUDY


@pytest.fixture(scope="session")
def paper(printer, html):
    """The PDF of the book as it is published, as a PdfReader."""
    from pypdf import PdfReader

    from book.export.downloads import publish_downloads
    from book.export.pdf import make_pdf
    from tests.conftest import one_worker
    from tests.support.books import DOWNLOAD_NAME

    with one_worker() as root:
        make_pdf(root, html)
        publish_downloads(root, html)
    return PdfReader(html / f"{DOWNLOAD_NAME}.pdf")


@pytest.fixture(scope="module")
def chromium():
    """Chromium, for pages that are not of the book."""
    from tests.support import browsing

    with browsing.chromium() as started:
        yield started


@pytest.fixture
def study_folder(tmp_path):
    """A copy of the frozen study's data folder."""
    return shutil.copytree(STUDY, tmp_path / "data")
