"""Addresses that others cite: of pages, figures, tables, evidence, terms and references. None is ever lost.

`tests/addresses.txt` lists every address that the book has had. `_moved.csv` says of each that is no longer there where it
went: columns old, new (empty where it was withdrawn), version (since when), reason.
"""

import html
import os
import re
from pathlib import Path
from typing import Any

from lxml import html as markup
from sphinx.application import Sphinx
from sphinx.config import Config

from analysis.atomic_write import write_atomic
from analysis.corpus.reader import read_table
from book.notebooks import BookError
from book.pages.theme import TEMPLATES

_CITED = re.compile(r"(?:fig|tab|ev|ref)-.+|D\d\d")
_COLUMNS = ["old", "new", "version", "reason"]


def connect_redirects(app: Sphinx) -> None:
    """Called by Sphinx through `book.pages.extension`."""
    app.setup_extension("sphinx_reredirects")
    app.connect("config-inited", _redirect_pages, priority=100)
    app.connect("html-page-context", _append_notes)


def addresses(site: Path) -> list[str]:
    """Every address of the built book that may be cited, sorted: pages, anchors ("chapters/talks.html#fig-timeline"), tables."""
    found = set()
    for file in [*site.glob("*.html"), *site.glob("chapters/*.html")]:
        page, name = markup.fromstring(file.read_bytes()), str(file.relative_to(site))
        if page.xpath("//article"):
            found |= {name} | {f"{name}#{anchor}" for anchor in page.xpath("//article//@id") if _CITED.fullmatch(anchor)}
    return sorted(found | {str(file.relative_to(site)) for file in site.glob("tables/*.csv")})


def listed_addresses(file: Path) -> list[str]:
    """The addresses of the committed list."""
    try:
        return file.read_text(encoding="utf-8").split("\n")[:-1] if file.exists() else []
    except UnicodeDecodeError as error:
        raise BookError(f"{file.name}: is not UTF-8 ({error}). Remedy: restore it with git.") from None


def add_addresses(site: Path, file: Path) -> int:
    """Add the addresses of the built book to the committed list; none is taken out. Returns how many are new."""
    known = set(listed_addresses(file))
    every = sorted(known.union(addresses(site)))
    write_atomic(file, "".join(f"{address}\n" for address in every))
    return len(every) - len(known)


def read_redirects(root: Path) -> list[dict[str, str]]:
    """The rows of `_moved.csv` as dictionaries; none where there is no such file.

    Raises DataError where it is no strict CSV with these columns, and BookError for an empty cell or an address out of the book.
    """
    if not (root / "_moved.csv").exists():
        return []
    rows: list[dict[str, str]] = read_table(root, "_moved.csv", _COLUMNS).to_dict("records")
    for number, row in enumerate(rows, start=2):
        if fault := _row_fault(row):
            raise BookError(f"_moved.csv, row {number}{fault}")
    return rows


def _row_fault(row: dict[str, str]) -> str | None:
    if ".." in row["old"] or row["old"].startswith("/"):
        return ", column old: leads out of the book. Remedy: write the address from its first page on."
    empty = next((column for column in ("old", "version", "reason") if not row[column]), None)
    return f", column {empty}: is empty. Remedy: fill it in." if empty else None


def _redirect_pages(app: Sphinx, config: Config) -> None:
    """Give sphinx-reredirects each page that went to another address, and the page to leave there, which carries a policy of its own."""
    config.redirect_html_template_file = str(TEMPLATES / "redirect.html")
    for row in read_redirects(Path(app.srcdir)):
        if "#" not in row["old"] and row["new"]:
            config.redirects[row["old"].removesuffix(".html")] = _relative(row["new"], row["old"])


def _append_notes(app: Sphinx, name: str, _template: str, context: dict[str, Any], _doctree: object) -> None:
    """At the foot of a page, say of each address in it that moved or was withdrawn where it went."""
    page = f"{name}.html"
    rows = [row for row in read_redirects(Path(app.srcdir)) if row["old"].startswith(f"{page}#")]
    if rows and "body" in context:
        items = "".join(_note(row, page) for row in rows)
        context["body"] += (
            '<details class="moved screen-only" id="moved"><summary>Addresses that moved or were withdrawn</summary>'
            f"<ul>{items}</ul></details>"
        )


def _note(row: dict[str, str], page: str) -> str:
    old = row["old"].partition("#")[2]
    went = f'moved to <a href="{html.escape(_relative(row["new"], page))}">{html.escape(row["new"])}</a>' if row["new"] else "withdrawn"
    since = f"in version {html.escape(row['version'])} ({html.escape(row['reason'])})"
    return f'<li id="{html.escape(old)}">{html.escape(old)}: {went} {since}</li>'


def _relative(address: str, page: str) -> str:
    """`address` (from the root of the book) as seen from `page`."""
    path, mark, anchor = address.partition("#")
    return ("" if path == page else Path(os.path.relpath(path, Path(page).parent)).as_posix()) + mark + anchor
