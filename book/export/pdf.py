"""The book as one PDF, printed from the pages that were rendered, by WeasyPrint: no chapter runs again, nothing is asked of the network.

A finished PDF is kept in `_build/pdf`, under the digest of all that it was made from, so that it is printed again only after a change.
"""

import contextlib
import io
import logging
import re
import time
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import matplotlib

from analysis.atomic_write import write_atomic
from book.export.print_html import print_html
from book.notebooks import BookError
from book.run.execute import Report
from book.run.fingerprint import fingerprint

_STYLE = Path(__file__).with_name("print.css")
_FONTS = Path(matplotlib.get_data_path()) / "fonts/ttf"  # the same on every machine, and the type of the figures
_PACKAGES = ("weasyprint", "pydyf", "fonttools", "tinyhtml5", "matplotlib")
_NO_PANGO = (
    "the PDF needs Pango, a library that this machine lacks. Remedy: install it with `.ci/install` on Debian or Ubuntu, "
    "with `brew install pango` on macOS. The pages in _build/html are complete without it."
)


def make_pdf(root: Path, site: Path, report: Report = print) -> Path:
    """The PDF of the pages in the folder `site`, rendered from the book in `root`: the kept one, or a new one that is then kept.

    Returns its path. Raises BookError where Pango or a page is missing, or where a page asks for what is not there.
    """
    text = print_html(root, site)
    file = _cached_pdf(root, text, site)
    if _is_whole(file):
        report("The PDF holds these pages already")
        return file
    made = print_pages(text, site, report)
    file.parent.mkdir(parents=True, exist_ok=True)
    write_atomic(file, made)
    for outdated in set(file.parent.iterdir()) - {file}:
        outdated.unlink()
    return file


def current_pdf(root: Path, site: Path) -> Path | None:
    """The kept PDF of these pages; None where they were not printed since they changed."""
    if not (root / "_build/pdf").is_dir():
        return None
    file = _cached_pdf(root, print_html(root, site), site)
    return file if _is_whole(file) else None


def _is_whole(file: Path) -> bool:
    """Whether a PDF is there to its last line."""
    return file.is_file() and file.read_bytes().rstrip().endswith(b"%%EOF")


def _cached_pdf(root: Path, text: str, site: Path) -> Path:
    """Where the PDF is kept, under the digest of all that it is made from: text, pictures, the look, the packages that print."""
    pictures = {name: site / unquote(name) for name in re.findall(r'<img\b[^>]*\ssrc="([^"]+)"', text)}
    packages = [version(package) for package in _PACKAGES]
    made_from = fingerprint(pictures | {"style": _STYLE, "program": Path(__file__)}, text, packages)
    return root / "_build/pdf" / f"{made_from[:32]}.pdf"


def print_pages(text: str, site: Path, report: Report = print) -> bytes:
    """Print an HTML document, whose pictures are named from the folder `site` on; returns the bytes of the PDF."""
    weasyprint = load_weasyprint()
    fetcher = weasyprint.urls.URLFetcher(allowed_protocols={"file"})
    begin = time.monotonic()
    report("Setting the pages of the PDF (about a minute)")
    with _warnings() as found:
        source = weasyprint.HTML(string=text, base_url=f"{site.resolve()}/", url_fetcher=fetcher)
        fonts = weasyprint.text.fonts.FontConfiguration()
        style = weasyprint.CSS(filename=_STYLE, base_url=f"{_FONTS}/", font_config=fonts, url_fetcher=fetcher)
        document = source.render(stylesheets=[style], font_config=fonts)
        report(f"  {len(document.pages)} pages set in {time.monotonic() - begin:.0f} s; writing them")
        made = document.write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=fingerprint({}, text).encode()[:16])
    if found:
        raise BookError("\n".join(f"the PDF: {line}. Remedy: mend the page or book/export/print.css." for line in dict.fromkeys(found)))
    report(f"  {len(made) / 1e6:.1f} MB written after {time.monotonic() - begin:.0f} s")
    return bytes(made)


def load_weasyprint() -> Any:
    """WeasyPrint, which needs a library that not every machine has. Raises BookError with a remedy where it is missing."""
    try:
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            import weasyprint
            import weasyprint.text.fonts
    except OSError:
        raise BookError(_NO_PANGO) from None
    return weasyprint


@contextlib.contextmanager
def _warnings() -> Iterator[list[str]]:
    """What WeasyPrint finds wrong while the block runs, as a list of lines."""
    found: list[str] = []
    logger = logging.getLogger("weasyprint")
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: found.append(record.getMessage())  # type: ignore[method-assign]
    logger.addHandler(handler)
    try:
        yield found
    finally:
        logger.removeHandler(handler)
