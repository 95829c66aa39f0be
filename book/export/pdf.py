"""The book as one PDF, printed from the pages that were rendered, by WeasyPrint: no chapter runs again, nothing is asked of the network.

A finished PDF is kept in `_build/pdf`, under the digest of all that it was made from, so that it is printed again only after a change.
"""

import contextlib
import hashlib
import io
import logging
import re
import time
from importlib.metadata import version
from pathlib import Path
from urllib.parse import unquote

import matplotlib

from analysis.files import put
from book.export.print_html import manuscript
from book.notebooks import BookError

STYLE = Path(__file__).with_name("print.css")
FONTS = Path(matplotlib.get_data_path()) / "fonts/ttf"  # the same on every machine, and the type of the figures
PACKAGES = ("weasyprint", "pydyf", "fonttools", "tinyhtml5", "matplotlib")
NO_PANGO = (
    "the PDF needs Pango, a library that this machine lacks. Remedy: install it with `.ci/install` on Debian or Ubuntu, "
    "with `brew install pango` on macOS. The pages in _build/html are complete without it."
)


def make_pdf(root, site, report=print):
    """The PDF of the pages in the folder `site`, rendered from the book in `root`: the kept one, or a new one that is then kept.

    Returns its path. Raises BookError where Pango or a page is missing, or where a page asks for what is not there.
    """
    text = manuscript(root, site)
    file = kept(root, digest(text, site))
    if whole(file):
        report("The PDF holds these pages already")
        return file
    made = print_pages(text, site, report)
    file.parent.mkdir(parents=True, exist_ok=True)
    put(file, made)
    for outdated in set(file.parent.iterdir()) - {file}:
        outdated.unlink()
    return file


def current(root, site):
    """The kept PDF of these pages; None where they were not printed since they changed."""
    file = kept(root, digest(manuscript(root, site), site))
    return file if whole(file) else None


def whole(file):
    """Whether a PDF is there to its last line."""
    return file.is_file() and file.read_bytes().rstrip().endswith(b"%%EOF")


def kept(root, made_from):
    return Path(root) / "_build/pdf" / f"{made_from[:32]}.pdf"


def digest(text, site):
    """The digest of all that the PDF is made from: text, pictures, the look, the packages that print."""
    total = hashlib.sha256(text.encode())
    for picture in re.findall(r'<img\b[^>]*\ssrc="([^"]+)"', text):
        total.update((Path(site) / unquote(picture)).read_bytes())
    for file in (STYLE, Path(__file__)):
        total.update(file.read_bytes())
    total.update(" ".join(version(package) for package in PACKAGES).encode())
    return total.hexdigest()


def print_pages(text, site, report=print):
    """Print an HTML document, whose pictures are named from the folder `site` on; returns the bytes of the PDF."""
    weasyprint = load_weasyprint()
    fetcher = weasyprint.urls.URLFetcher(allowed_protocols={"file"})
    begin = time.monotonic()
    report("Setting the pages of the PDF (about a minute)")
    with complaints() as found:
        source = weasyprint.HTML(string=text, base_url=f"{Path(site).resolve()}/", url_fetcher=fetcher)
        fonts = weasyprint.text.fonts.FontConfiguration()
        style = weasyprint.CSS(filename=STYLE, base_url=f"{FONTS}/", font_config=fonts, url_fetcher=fetcher)
        document = source.render(stylesheets=[style], font_config=fonts)
        report(f"  {len(document.pages)} pages set in {time.monotonic() - begin:.0f} s; writing them")
        made = document.write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=hashlib.sha256(text.encode()).digest()[:16])
    if found:
        raise BookError("\n".join(f"the PDF: {line}. Remedy: mend the page or book/print.css." for line in dict.fromkeys(found)))
    report(f"  {len(made) / 1e6:.1f} MB written after {time.monotonic() - begin:.0f} s")
    return made


def load_weasyprint():
    """WeasyPrint, which needs a library that not every machine has. Raises BookError with a remedy where it is missing."""
    try:
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            import weasyprint
            import weasyprint.text.fonts
    except OSError:
        raise BookError(NO_PANGO) from None
    return weasyprint


@contextlib.contextmanager
def complaints():
    """What WeasyPrint finds wrong while the block runs, as a list of lines."""
    found, logger = [], logging.getLogger("weasyprint")
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: found.append(record.getMessage())
    logger.addHandler(handler)
    try:
        yield found
    finally:
        logger.removeHandler(handler)
