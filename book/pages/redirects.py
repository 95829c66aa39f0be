"""Addresses that others cite: of pages, figures, tables, evidence, terms and references. None is ever lost.

`tests/addresses.txt` lists every address that the book has had. `_moved.csv` says of each that is no longer there where it
went: columns old, new (empty where it was withdrawn), version (since when), reason.
"""

import csv
import html
import os
import re
from pathlib import Path

from lxml import html as markup

from analysis.files import put
from book.notebooks import ROOT, BookError

LIST = ROOT / "tests/addresses.txt"
TEMPLATES = Path(__file__).parent / "templates"
CITED = re.compile(r"(?:fig|tab|ev|ref)-.+|D\d\d")
COLUMNS = ["old", "new", "version", "reason"]


def setup(app):
    app.setup_extension("sphinx_reredirects")
    app.connect("config-inited", redirect_pages, priority=100)
    app.connect("html-page-context", tell_what_moved)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def addresses(site):
    """Every address of the built book that may be cited, sorted: pages, anchors ("chapters/talks.html#fig-timeline"), tables."""
    site, found = Path(site), set()
    for file in sorted([*site.glob("*.html"), *site.glob("chapters/*.html")]):
        page, name = markup.fromstring(file.read_bytes()), str(file.relative_to(site))
        if page.xpath("//article"):
            found |= {name} | {f"{name}#{anchor}" for anchor in page.xpath("//article//@id") if CITED.fullmatch(anchor)}
    return sorted(found | {str(file.relative_to(site)) for file in site.glob("tables/*.csv")})


def listed(file=LIST):
    """The addresses of the committed list."""
    try:
        return file.read_text(encoding="utf-8").split("\n")[:-1] if file.exists() else []
    except UnicodeDecodeError as error:
        raise BookError(f"{file.name}: is not UTF-8 ({error}). Remedy: restore it with git.") from None


def write_list(site, file=LIST):
    """Add the addresses of the built book to the committed list; none is taken out. Returns how many are new."""
    known = set(listed(file))
    every = sorted(known.union(addresses(site)))
    put(file, "".join(f"{address}\n" for address in every))
    return len(every) - len(known)


def moved(root):
    """The rows of `_moved.csv` as dictionaries; none where there is no such file. Raises BookError for other columns or an empty cell."""
    file = Path(root) / "_moved.csv"
    if not file.exists():
        return []
    try:
        with open(file, encoding="utf-8", newline="") as lines:
            reader = csv.DictReader(lines)
            rows = list(reader)
    except (UnicodeDecodeError, csv.Error) as error:
        raise BookError(f"_moved.csv: is not a CSV table in UTF-8 ({error}). Remedy: save it as one.") from None
    if reader.fieldnames != COLUMNS:
        raise BookError(f"_moved.csv: its columns are not {', '.join(COLUMNS)}. Remedy: restore the first line.")
    for number, row in enumerate(rows, start=2):
        if None in row:
            raise BookError(f"_moved.csv, row {number}: has too many fields. Remedy: put what holds a comma in quotation marks.")
        if ".." in row["old"] or row["old"].startswith("/"):
            raise BookError(
                f"_moved.csv, row {number}, column old: leads out of the book. Remedy: write the address from its first page on."
            )
        for column in ("old", "version", "reason"):
            if not row[column]:
                raise BookError(f"_moved.csv, row {number}, column {column}: is empty. Remedy: fill it in.")
    return rows


def redirect_pages(app, config):
    """Give sphinx-reredirects each page that went to another address, and the page to leave there, which carries a policy of its own."""
    config.redirect_html_template_file = str(TEMPLATES / "redirect.html")
    for row in moved(app.srcdir):
        if "#" not in row["old"] and row["new"]:
            config.redirects[row["old"].removesuffix(".html")] = relative(row["new"], row["old"])


def tell_what_moved(app, name, _template, context, _doctree):
    """At the foot of a page, say of each address in it that moved or was withdrawn where it went."""
    page = f"{name}.html"
    rows = [row for row in moved(app.srcdir) if row["old"].startswith(f"{page}#")]
    if rows and "body" in context:
        items = "".join(moved_item(row, page) for row in rows)
        context["body"] += f'<section class="moved"><h2>Moved or withdrawn</h2><ul>{items}</ul></section>'


def moved_item(row, page):
    old = row["old"].partition("#")[2]
    went = f'moved to <a href="{html.escape(relative(row["new"], page))}">{html.escape(row["new"])}</a>' if row["new"] else "withdrawn"
    since = f"in version {html.escape(row['version'])} ({html.escape(row['reason'])})"
    return f'<li id="{html.escape(old)}">{html.escape(old)}: {went} {since}</li>'


def relative(address, page):
    """`address` (from the root of the book) as seen from `page`."""
    path, mark, anchor = address.partition("#")
    return ("" if path == page else Path(os.path.relpath(path, Path(page).parent)).as_posix()) + mark + anchor
