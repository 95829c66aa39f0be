"""What the tests of the built book share."""

import pytest


@pytest.fixture(scope="session")
def paper(printer, html):
    """The PDF of the book as it is published, as a PdfReader."""
    from pypdf import PdfReader

    from book.export.downloads import DOWNLOAD_NAME, publish_downloads
    from book.export.pdf import make_pdf
    from tests.conftest import one_worker

    with one_worker() as root:
        make_pdf(root, html)
        publish_downloads(root, html)
    return PdfReader(html / f"{DOWNLOAD_NAME}.pdf")
