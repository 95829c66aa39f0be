"""The book to take away: the PDF that was printed from these pages, where there is one, a zip of the pages, and the links to both."""

import io
import re
from pathlib import Path

from analysis.files import put
from book import citation
from book.export.archive import archive
from book.export.pdf import current
from book.pages import build_info

NAME = citation.PDF.removesuffix(".pdf")
# The paragraph of the first page that offers them; as committed it says how they are made, so no link is ever dead.
PARAGRAPH = re.compile(r'(<p id="print"[^>]*>).*?(</p>)', re.DOTALL)


def offer(root, site):
    """Put the downloads beside the pages in the folder `site`, and links to those that are there, with their sizes, on the first page.

    The PDF is the kept one, if it was printed from these very pages. A copy in the zip offers no zip and holds no times, so the same pages
    give the same zip.
    """
    site = Path(site)
    first, paper, packed = site / "index.html", site / f"{NAME}.pdf", site / f"{NAME}.zip"
    made, page = current(root, site), first.read_text(encoding="utf-8")
    if made:
        put(paper, made.read_bytes())
    else:
        paper.unlink(missing_ok=True)
    in_zip = PARAGRAPH.sub(lambda match: match[1] + offline_words(made) + match[2], page)
    archive(site, NAME, zipped := io.BytesIO(), {"index.html": in_zip.encode(), **without_times()})
    put(packed, zipped.getvalue())
    online = PARAGRAPH.sub(lambda match: match[1] + online_words(made, packed) + match[2], page)
    put(first, online)


def without_times():
    """The files of the page Status that hold times, with none in them: {path: bytes}."""
    return {f"{build_info.FOLDER}/{name}": content.encode() for name, content in build_info.timed({}).items()}


def online_words(paper, packed):
    pages = f"{link('zip', 'The pages as a zip', packed)} for reading offline"
    return f"<strong>Print.</strong> {paper_words(paper)} {pages}."


def offline_words(paper):
    return f"<strong>Print.</strong> {paper_words(paper)} These pages are the copy for reading offline."


def paper_words(paper):
    if paper is None:
        return "In the repository, <code>make pdf</code> prints the book into one PDF."
    return f"{link('pdf', 'The book as one PDF', paper)}, with page numbers."


def link(suffix, words, file):
    return f'<a href="{NAME}.{suffix}" download>{words}</a> ({file.stat().st_size / 1e6:.1f} MB)'
