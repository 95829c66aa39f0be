"""The book as one PDF: what it must hold, that it can be used by ear and keyboard, that it is the same every time."""

import builtins
import os
import re
import shutil
import subprocess
import sys
from datetime import date

import pytest
from bs4 import BeautifulSoup

from book import citation
from book.cli import run_command
from book.export import pdf
from book.export.pdf import current_pdf, make_pdf, print_pages
from book.export.print_html import _BOOK, _ROOT_TITLE
from book.notebooks import ROOT, BookError, page_names
from tests.support.books import silent

PIXEL = 0.75  # points
RIGHT = (210 - 22) / 25.4 * 96  # the right edge of the text, in pixels
SHOWN = re.compile(rb"1 0 0 -1 ([\d.-]+) [\d.-]+ Tm\n(/\w+) ([\d.]+) Tf\n\[(.*?)\] TJ", re.DOTALL)
TINY = """<html lang="en"><head><title>Tiny</title><meta name="dcterms.created" content="2026-01-01"></head><body>
<p class="book-title">Tiny</p><article id="index"><h1>One</h1><p>Words.</p>
<figure><img src="square.svg" alt="A square that is empty inside."><figcaption>A square.</figcaption></figure></article></body></html>"""


@pytest.fixture(scope="session")
def pages(html):
    return {name: BeautifulSoup((html / f"{name}.html").read_text(encoding="utf-8"), "lxml").article for name in page_names(ROOT)}


@pytest.fixture(scope="session")
def sheets(paper):
    """The text of each page of the PDF, white space as single spaces."""
    return [" ".join(page.extract_text().split()) for page in paper.pages]


@pytest.fixture(scope="session")
def outline(paper):
    """The outline as (level, title, page number)."""

    def entries(items, level):
        for item in items:
            if isinstance(item, list):
                yield from entries(item, level + 1)
            else:
                yield level, item.title, paper.get_destination_page_number(item) + 1

    return list(entries(paper.outline, 1))


@pytest.fixture(scope="session")
def elements(paper):
    """The elements of the structure tree, as dictionaries."""
    found, waiting = [], [paper.trailer["/Root"]["/StructTreeRoot"]["/K"]]
    while waiting:
        node = waiting.pop().get_object()
        if isinstance(node, list):
            waiting += reversed(node)
        elif isinstance(node, dict):
            found.append(node)
            if not isinstance(node.get("/K", 0), int):
                waiting.append(node["/K"])
    return found


@pytest.fixture
def tiny_site(tmp_path):
    (tmp_path / "square.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><path d='M1 1H8V8H1Z'/></svg>")
    shutil.copy(ROOT / "CITATION.cff", tmp_path)
    return tmp_path


def title(page):
    return page.h1.get_text().removesuffix("#").strip()


def test_the_book_has_many_pages_and_none_is_empty(paper, sheets):
    assert 50 < len(sheets) < 450
    assert all((round(float(page.mediabox.width)), round(float(page.mediabox.height))) == (595, 842) for page in paper.pages)
    assert min(len(sheet.split()) for sheet in sheets) > 20


def test_the_first_page_says_what_this_is_and_how_to_cite_it(sheets):
    edition = citation.load_edition(ROOT)
    name, _, subtitle = edition.title.partition(": ")
    for words in (name, subtitle[1:], *edition.authors, f"Version {edition.version}", edition.year, citation.reference(edition, _BOOK)):
        assert words in sheets[0]
    assert "The code of the chapters is left out" in sheets[0]


def test_the_outline_leads_to_every_chapter_in_order(pages, outline, sheets):
    chapters = [(name, page) for level, name, page in outline if level == 1]
    assert [name for name, _ in chapters] == ["Contents", _ROOT_TITLE, *(title(page) for page in list(pages.values())[1:])]
    for name, page in chapters:
        assert sheets[page - 1].startswith(name)
    assert [page for *_, page in outline] == sorted(page for *_, page in outline)
    for section in pages["chapters/texts"].select("h2"):
        assert section.get_text().removesuffix("#") in [name for level, name, _ in outline if level == 2]


def test_the_contents_name_the_pages_of_the_outline(paper, outline):
    first, second = (page for level, _, page in outline[:3] if level == 1)
    lines = "\n".join(paper.pages[number - 1].extract_text() for number in range(first, second)).splitlines()
    listed = [(match[1], int(match[2])) for match in (re.fullmatch(r"(.+?)[ .]+ (\d+)", line) for line in lines) if match]
    assert [entry for entry in listed if entry[0] != "Version"] == [(name, page) for level, name, page in outline[1:] if level < 3]


def test_every_page_but_the_first_has_its_running_heads_and_its_number(outline, sheets):
    edition, chapters, name = citation.load_edition(ROOT), {page: name for level, name, page in outline if level == 1}, None
    for number, sheet in enumerate(sheets[1:], start=2):
        name = chapters.get(number, name)
        assert f"{edition.short_title} {name} Version" in sheet, number
        assert re.search(rf"Version {re.escape(edition.version)}, \d+ \w+ \d+ {number}$", sheet), number


def test_it_is_tagged_for_readers_by_ear(paper, elements, pages):
    root = paper.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid:part" in root["/Metadata"].get_object().get_data()
    kinds = [element.get("/S") for element in elements]
    assert {"/H1", "/H2", "/P", "/L", "/Table", "/TH", "/TD", "/Figure", "/Caption", "/Link"} <= set(kinds)
    # A table that goes on over a page is tagged as two.
    assert kinds.count("/Table") >= sum(len(page.select("table")) for page in pages.values())


def test_it_says_whose_it_is(paper):
    edition = citation.load_edition(ROOT)
    assert paper.metadata.title == edition.title
    assert paper.metadata.author == "; ".join(edition.authors)
    assert paper.metadata.keywords == ", ".join(edition.keywords)
    assert paper.metadata.creation_date.date() == date.fromisoformat(edition.date)


def test_every_figure_says_in_words_what_it_shows(elements, pages):
    said = [element["/Alt"] for element in elements if element.get("/S") == "/Figure"]
    drawn = [picture["alt"] for page in pages.values() for picture in page.select("figure img:not(.only-dark)")]
    assert [words for words in said if words in set(drawn)] == drawn
    assert all(words.strip() for words in said)


def test_figures_are_drawn_not_photographed(paper):
    waiting, kinds = [paper.pages[0]["/Resources"], *(page["/Resources"] for page in paper.pages[1:])], set()
    seen = set()
    while waiting:
        resources = waiting.pop().get_object()
        for reference in resources.get("/XObject", {}).values():
            if reference.idnum not in seen:
                seen.add(reference.idnum)
                form = reference.get_object()
                kinds.add(form["/Subtype"])
                waiting.append(form.get("/Resources", {}))
    assert "/Image" not in kinds


def test_links_within_the_book_have_a_place_to_lead_to(paper, pages, sheets):
    places = paper.named_destinations
    targets = [note.get_object() for page in paper.pages for note in page.get("/Annots", [])]
    inner = [note["/Dest"] for note in targets if "/Dest" in note]
    assert set(inner) <= set(places)
    assert all(note["/A"]["/URI"].startswith(("https://", "http://", "mailto:")) for note in targets if "/Dest" not in note)
    homes = {item["id"]: (name, item) for name, page in pages.items() for item in page.select(".evidence li[id]")}
    cited = {
        f"{homes[(anchor := link['href'].partition('#')[2])][0]}/{anchor}"
        for page in pages.values()
        for link in page.select("a.ev:not(.ev-point)")
    }
    assert cited <= set(inner)
    quoted = {f"{name}/{anchor}": " ".join(item.q.get_text().split()) for anchor, (name, item) in homes.items()}
    for name in sorted(cited)[::50]:
        sheet = sheets[paper.get_destination_page_number(places[name])]
        assert quoted[name] in sheet


def test_no_word_stands_beyond_the_edge_of_the_text(paper):
    fonts = {name: widths(font) for name, font in paper.pages[1]["/Resources"]["/Font"].items()}
    ends = [(float(x) + length(shown, fonts[font.decode()]) * float(size) / 1000, number)
            for number, page in enumerate(paper.pages, start=1)
            for x, font, size, shown in SHOWN.findall(page.get_contents().get_data())]  # fmt: skip
    assert len(ends) > 10_000
    assert max(ends) < (RIGHT + 1, 0)


def widths(font):
    """The widths of the glyphs of a font: {glyph: thousandths of the size}."""
    given, found = list(font.get_object()["/DescendantFonts"][0].get_object()["/W"]), {}
    for first, row in zip(given[::2], given[1::2], strict=True):
        found |= {first + step: float(width) for step, width in enumerate(row)}
    return found


def length(shown, glyphs):
    """How long a line of glyphs is, in thousandths of the size of its font."""
    drawn = sum(glyphs.get(int(glyph, 16), 1000) for run in re.findall(rb"<(\w+)>", shown) for glyph in re.findall(rb"\w{4}", run))
    return drawn - sum(float(gap) for gap in re.findall(rb">(-?[\d.]+)", shown))


def test_nothing_that_is_for_a_screen_is_printed(pages, sheets, outline):
    chapters = " ".join(sheets[: next(page for _, name, page in outline if name == "Evidence") - 1])
    for gone in ("Code of this section", "define_numbers(", "make pdf"):
        assert gone not in chapters
    chapters = chapters.split("What was proposed")[0]
    assert not any(link.get_text().strip() in chapters for link in pages["index"].select(".ev-words"))


def test_the_same_pages_give_the_same_bytes(printer, tiny_site):
    code = "import pathlib, sys; from book.export.pdf import print_pages; sys.stdout.buffer.write(print_pages(sys.argv[1], pathlib.Path(sys.argv[2]), lambda line: None))"
    made = [
        subprocess.run([sys.executable, "-c", code, TINY, tiny_site], cwd=ROOT, capture_output=True, check=True,
                       env=os.environ | {"PYTHONHASHSEED": seed, "TZ": zone}).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
    ]  # fmt: skip
    assert made[0].startswith(b"%PDF")
    assert made[0] == made[1]


@pytest.mark.parametrize("address", ["http://example.org/square.svg", "https://example.org/square.svg", "missing.svg"])
def test_what_is_not_there_stops_the_printing_and_the_network_is_not_asked(printer, tiny_site, monkeypatch, address):
    def refuse(*_arguments, **_options):
        raise AssertionError("the network was asked")

    monkeypatch.setattr("socket.getaddrinfo", refuse)
    monkeypatch.setattr("socket.socket.connect", refuse)
    with pytest.raises(BookError, match=rf"the PDF: .*{address}(.|\n)*Remedy") as caught:
        print_pages(TINY.replace("square.svg", address), tiny_site, silent)
    assert "the network was asked" not in str(caught.value)


def test_pages_that_did_not_change_are_not_printed_again(tiny_site, monkeypatch):
    (tiny_site / "_toc.yml").write_text("format: jb-book\nroot: index\n")
    (tiny_site / "index.md").touch()
    first = tiny_site / "index.html"
    first.write_text('<body><article><h1>One</h1><img src="square.svg" alt="A square."></article></body>')
    printed = []
    monkeypatch.setattr(pdf, "print_pages", lambda text, *_: printed.append(text) or b"%PDF %%EOF")
    assert current_pdf(tiny_site, tiny_site) is None
    kept = make_pdf(tiny_site, tiny_site, silent)
    assert make_pdf(tiny_site, tiny_site, silent) == kept == current_pdf(tiny_site, tiny_site)
    assert len(printed) == 1
    (tiny_site / "square.svg").write_text("<svg/>")
    assert current_pdf(tiny_site, tiny_site) is None
    first.write_text(first.read_text().replace("One", "Two"))
    newer = make_pdf(tiny_site, tiny_site, silent)
    assert newer != kept
    assert [file.name for file in newer.parent.iterdir()] == [newer.name]


def test_a_machine_without_pango_gets_one_line(monkeypatch, capsys, html):
    plain = builtins.__import__

    def lacking(name, *rest, **options):
        if name.startswith("weasyprint"):
            print("WeasyPrint could not import some external libraries.")
            raise OSError("cannot load library 'libpango-1.0-0'")
        return plain(name, *rest, **options)

    monkeypatch.setattr(builtins, "__import__", lacking)
    monkeypatch.setattr(pdf, "_cached_pdf", lambda *_: html / "no.pdf")
    assert run_command(["pdf"]) == 1
    said = capsys.readouterr()
    assert said.err.strip().count("\n") == 0
    assert "Remedy: install it with `.ci/install` on Debian or Ubuntu, with `brew install pango` on macOS" in said.err
    assert "could not import" not in said.out + said.err
