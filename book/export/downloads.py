"""The book to take away: the PDF that was printed from these pages, where there is one, a zip of the pages, and the links to both.

The same pages give the same bytes.
"""

import re
from collections.abc import Mapping
from pathlib import Path

from analysis.atomic_write import write_atomic
from analysis.reproducible_zip import zip_files
from book.citation import load_edition
from book.export.pdf import current_pdf
from book.run import timings

# The paragraph of the first page that offers them; as committed it says how they are made, so no link is ever dead.
_PARAGRAPH = re.compile(r'(<p id="print"[^>]*>).*?(</p>)', re.DOTALL)


def publish_downloads(root: Path, site: Path) -> None:
    """Put the downloads beside the pages in the folder `site`, and links to those that are there, with their sizes, on the first page.

    The PDF is the kept one, if it was printed from these very pages. A copy in the zip offers no zip and holds no times, so the same pages
    give the same zip.
    """
    name = load_edition(root).file_name
    first, paper, packed = site / "index.html", site / f"{name}.pdf", site / f"{name}.zip"
    made, page = current_pdf(root, site), first.read_text(encoding="utf-8")
    if made:
        write_atomic(paper, made.read_bytes())
    else:
        paper.unlink(missing_ok=True)
    in_zip = _PARAGRAPH.sub(lambda match: match[1] + _offline_words(made, name) + match[2], page)
    write_atomic(packed, zip_site(site, name, {"index.html": in_zip.encode(), timings.FILE: timings.timings({}).encode()}))
    online = _PARAGRAPH.sub(lambda match: match[1] + _online_words(made, packed, name) + match[2], page)
    write_atomic(first, online)


def zip_site(site: Path, folder: str, changed: Mapping[str, bytes]) -> bytes:
    """All files of `site` as a zip, in a folder of the name `folder`; what only a developer or a build reads is left out.

    `changed` maps paths within the site to bytes that stand there instead.
    """
    names = sorted(str(path.relative_to(site)) for path in site.rglob("*") if path.is_file())
    return zip_files((f"{folder}/{name}", changed.get(name) or (site / name).read_bytes()) for name in names if not _left_out(name))


def _left_out(name: str) -> bool:
    """Whether a file of the site is no part of the zip: source maps, the notes of the build, a zip."""
    return name.endswith((".map", ".zip")) or ".buildinfo" in name or "/." in f"/{name}"


def _online_words(paper: Path | None, packed: Path, name: str) -> str:
    pages = f"{_link(f'{name}.zip', 'The pages as a zip', packed)} for reading offline"
    return f"<strong>Print.</strong> {_paper_words(paper, name)} {pages}."


def _offline_words(paper: Path | None, name: str) -> str:
    return f"<strong>Print.</strong> {_paper_words(paper, name)} These pages are the copy for reading offline."


def _paper_words(paper: Path | None, name: str) -> str:
    if paper is None:
        return "In the repository, <code>make pdf</code> prints the book into one PDF."
    return f"{_link(f'{name}.pdf', 'The book as one PDF', paper)}, with page numbers."


def _link(name: str, words: str, file: Path) -> str:
    return f'<a href="{name}" download>{words}</a> ({file.stat().st_size / 1e6:.1f} MB)'
