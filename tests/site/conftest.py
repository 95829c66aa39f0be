"""What the tests of the built book share."""

import pytest


@pytest.fixture(scope="session")
def paper(printer, html):
    """The PDF of the book as it is published, as a PdfReader."""
    from pypdf import PdfReader

    from book.export.downloads import DOWNLOAD_NAME, publish_downloads
    from book.export.pdf import make_pdf
    from book.notebooks import ROOT

    make_pdf(ROOT, html)
    publish_downloads(ROOT, html)
    return PdfReader(html / f"{DOWNLOAD_NAME}.pdf")
