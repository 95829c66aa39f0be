"""A text full of markup, script, formulas and the syntax of the tools shows all of it as text and runs nothing, wherever the book puts it."""

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
import time

import lxml.etree
import pybtex.database
import pytest
import rispy
import tinyhtml5
from pypdf import PdfReader

from analysis.corpus.quotes import normalize_quotes
from analysis.corpus.reader import DATA_FOLDER, load_corpus, read_text
from analysis.corpus.segment import quotation_offsets, sentence_offsets, word_offsets
from analysis.corpus.unicode_checks import MAX_LINE_CHARS, unescape_formula
from analysis.figures.base import narrow_width, to_svg
from analysis.stylometry.naming import left_context
from analysis.validation.validate import data_problems
from book import citation
from book.export.pdf import make_pdf
from book.notebooks import ROOT
from book.pipeline import build
from tests.support import browsing, hostile
from tests.support.books import add_notebook

SETUP = """code: from analysis.coding.quotations import quoted_words_by_side
from analysis.corpus.reader import load_corpus
from analysis.corpus.texts import source_table
from analysis.display.evidence_tables import *
from analysis.display.notebook import *
from analysis.figures.framing import plot_quoted_sides

texts = load_corpus("data")"""
SHOWN = [
    SETUP,
    'code: display_table(texts.sources[["source_id", "title", "author", "outlet", "genre", "note"]], "The texts", texts)',
    "code: display_claims(texts)",
    "code: display_quotations(texts)",
    "code: display_term_matrix(texts)",
    "code: display_comparisons(texts)",
    "code: display_judgements(texts)",
    "code: display_commitments(texts)",
    "code: display_codebook(texts)",
    "code: display_figure(plot_quoted_sides, quoted_words_by_side(texts), source_table(texts))",
    "code: display_evidence(texts)",
    'code: define_numbers(short=texts.sources.short.iloc[-1], marks=texts.tables["people.csv"].name.iloc[-3])',
    "A number in prose is {glue:text}`short`, another {glue:text}`marks`.",
    "The text says {ev}`quill2022-p04: halted<svg/onload=pwned=1> the`.",
]
ATTRIBUTES = ("href", "src", "action", "formaction", "xlink:href", "srcdoc", "data")


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """A copy of the data with the hostile text."""
    data = shutil.copytree(DATA_FOLDER, tmp_path_factory.mktemp("hostile") / "data")
    hostile.make_hostile(data)
    return data


def tiny(root, data):
    shutil.copytree(data, root / "data")
    shutil.copytree(ROOT / "_static", root / "_static")
    add_notebook(root, "# Title", *SHOWN)
    hostile.make_hostile_citation(root)
    build(root, lambda line: None)
    return root


def whole(root, data):
    ignored = shutil.ignore_patterns(".venv", "_build", ".git", "tests", ".*_cache", "__pycache__", "data")
    shutil.copytree(ROOT, root, ignore=ignored)
    shutil.copytree(data, root / "data")
    hostile.make_hostile_citation(root)
    run = subprocess.run([sys.executable, "-m", "book", "build"], cwd=root, env=os.environ | {"PYTHONPATH": str(root)}, capture_output=True,
                         text=True, check=False)  # fmt: skip
    assert run.returncode == 0, run.stdout + run.stderr
    return root


@pytest.fixture(scope="module", params=["tiny", pytest.param("whole", marks=pytest.mark.slow)])
def site(request, tmp_path_factory, data):
    """The built pages of a book with the hostile text: of one page, or the whole book."""
    root = tmp_path_factory.mktemp(request.param) / "book"
    return {"tiny": tiny, "whole": whole}[request.param](root, data) / "_build/html"


def parsed(content):
    """A page as a browser reads it; lxml would drop what browsers run."""
    return tinyhtml5.parse(content, namespace_html_elements=False)


def pages(site):
    """The pages with an article: {name: the page as parsed}."""
    files = {file.relative_to(site).as_posix(): file for file in [*site.glob("*.html"), *site.glob("chapters/*.html")]}
    return {name: parsed(file.read_text(encoding="utf-8")) for name, file in files.items()}


def markup_faults(page):
    """What of a payload became markup in a page."""
    faults = []
    for part in page.iter():
        if not isinstance(part.tag, str):  # a comment
            continue
        faults += [f"{part.tag} has {name}={value}" for name, value in part.attrib.items() if name.lower().startswith("on")]
        faults += [f"{part.tag} leads to {part.get(name)}" for name in ATTRIBUTES
                   if re.match(r"[\s\x00-\x20]*(javascript|vbscript|data:text)", part.get(name, ""), re.IGNORECASE)]  # fmt: skip
        if part.tag == "script" and part.get("type") != "application/ld+json" and "pwned" in (part.text or ""):
            faults.append(f"a script: {part.text[:60]}")
        if part.tag in ("img", "image", "iframe", "embed", "object", "base", "form") and "x" in (part.get("src"), part.get("data")):
            faults.append(f"{part.tag} of a payload")
    return faults


@pytest.mark.parametrize(
    "payload",
    [
        hostile.IMAGE, hostile.SCRIPT, "<svg/onload=pwned=1>", '<a href="javascript:pwned=1">x</a>', "<a href=' JavaScript:pwned=1'>x</a>",
        '<form action="javascript:pwned=1">', "<p onclick=pwned=1>",
    ],
)  # fmt: skip
def test_a_payload_that_nobody_escaped_would_be_seen(payload):
    assert markup_faults(parsed(f"<!DOCTYPE html><html><body><p>{payload}</p></body></html>"))


def test_the_data_of_the_hostile_text_are_sound(data):
    assert data_problems(data) == []


@pytest.mark.promise("hostile input")
def test_no_payload_is_markup_in_any_page(site):
    for name, page in pages(site).items():
        assert markup_faults(page) == [], name


@pytest.mark.promise("hostile input")
def test_every_payload_is_shown_as_text(site):
    shown = " ".join(" ".join("".join(page.find("body").itertext()).split()) for page in pages(site).values())
    given = [
        *hostile.PARTS.values(),
        *(hostile.CELLS[name] for name in ("Nobody 2022", "Ada Quill", "terms", "talks in Belarus", "the envoy's note", "mediators")),
    ]
    for payload in given:
        assert payload in shown, payload


def test_titles_and_names_are_text_in_every_head_and_menu(site):
    title = citation.spaced(hostile.TITLE)
    for name, page in pages(site).items():
        assert len(page.findall(".//head/title")) == 1
        assert title.partition(":")[0] in " ".join(page.find(".//title").text.split()), name
        for script in page.findall(".//script[@type='application/ld+json']"):
            book = json.loads(script.text)
            assert title in (book["name"], book.get("isPartOf", {}).get("name")), name
            assert book["author"][0]["name"] == citation.spaced(hostile.AUTHOR)


def test_citation_files_can_be_read_back(site):
    title = citation.spaced(hostile.TITLE)
    (entry,) = rispy.loads((site / "cite/index.ris").read_text(encoding="utf-8"))
    assert (entry["title"], entry["authors"]) == (title, [citation.spaced(hostile.AUTHOR)])
    read = pybtex.database.parse_file(site / "cite/index.bib")
    ((_, entry),) = read.entries.items()
    assert hostile.SCRIPT in entry.fields["title"]
    assert "{{" not in entry.fields["title"]


@pytest.mark.promise("hostile input")
def test_no_cell_of_a_published_table_is_a_formula(site):
    files = [*site.glob("tables/*.csv"), *site.glob("data/*/*.csv"), *site.glob("status/*.csv")]
    marked = 0
    for file in files:
        for row in csv.reader(io.StringIO(file.read_text(encoding="utf-8"), newline=""), strict=True):
            for cell in row:
                assert not re.match(r"[=@\t\r\n＝＋－＠]", cell), (file.name, cell)
                assert not re.match(r"[+-]", cell) or re.fullmatch(r"[+-]?[\d.,]+(e[+-]?\d+)?%?", cell), (file.name, cell)
                marked += cell != unescape_formula(cell)
    assert marked > 10


def test_offsets_of_a_published_table_still_find_its_words(site, data):
    raw = load_corpus(data).raw["quill2022"]
    rows = list(csv.DictReader(io.StringIO((site / "tables/provisions.csv").read_text(encoding="utf-8"), newline="")))
    own = [row for row in rows if row["source_id"] == "quill2022"]
    assert any(row["quote"].startswith("'=cmd") for row in own)
    for row in own:
        stretch = raw[int(row["start"]) : int(row["end"])]
        assert unescape_formula(row["quote"]).removeprefix("… ").removesuffix(" …") in stretch


def test_figures_are_sound_svg_without_script(site):
    files = list(site.glob("_images/fig-*.svg"))
    assert files
    for file in files:
        drawing = lxml.etree.fromstring(file.read_bytes())
        tags = {lxml.etree.QName(part).localname for part in drawing.iter(lxml.etree.Element)}
        assert not tags & {"script", "foreignObject", "image", "a", "handler", "set", "animate"}, file.name
        assert not [name for part in drawing.iter(lxml.etree.Element) for name in part.attrib if name.startswith("on")]


@pytest.mark.promise("hostile input")
def test_nothing_runs_in_a_browser_that_uses_the_pages(request, site):
    browser = request.getfixturevalue("browser")  # behind the site: while its driver runs, no chapter can
    window, said = browsing.context(browser), []
    for name in pages(site):
        page = window.new_page()
        page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
        page.goto((site / name).as_uri())
        page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
        use(page)
        assert page.evaluate("typeof pwned") == "undefined", name
        page.close()
    window.close()
    assert said == []
    assert window.asked == []


@pytest.mark.parametrize("payload", [hostile.IMAGE, hostile.SCRIPT])
def test_a_browser_would_run_a_payload_that_nobody_escaped(browser, payload):
    page = browser.new_page()
    page.set_content(f"<p>{payload}</p>")
    assert page.evaluate("pwned") == 1
    page.close()


def use(page):
    """Point at links to evidence, sort, search and filter the tables of a page."""
    for link in page.locator("article a.ev").all()[:3]:
        link.hover()
        assert page.locator(".ev-open .ev-words").first.is_visible()
    for tools in page.locator(".table-tools").all():
        for select in tools.locator("select").all():
            values = select.evaluate("(select) => [...select.options].map((option) => option.value)")
            for value in [value for value in values if any(part in value for part in ("pwned", "{{", "$x$"))]:
                select.select_option(value)
                assert not tools.get_by_role("status").inner_text().startswith("0 of"), value
            select.select_option("")
        tools.locator("input").fill("<svg/onload")
        tools.locator("input").fill("")
    for button in page.locator(".browse th button").all()[:3]:
        button.click()


@pytest.mark.slow
def test_the_search_shows_payloads_as_text(request, site):
    browser = request.getfixturevalue("browser")  # behind the site: while its driver runs, no chapter can
    window, said = browsing.context(browser), []
    page = window.new_page()
    page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    page.goto(f"{(site / 'search.html').as_uri()}?q=%3Csvg%2Fonload%3Dpwned%3D1%3E")
    page.wait_for_timeout(1500)
    assert page.evaluate("typeof pwned") == "undefined"
    assert page.locator("svg[onload]").count() == 0
    assert said == []
    window.close()


def test_every_figure_draws_hostile_names_as_they_are(data, figures):
    texts = load_corpus(data)
    short = hostile.CELLS["Nobody 2022"]
    with narrow_width():
        for name, figure in figures(texts).items():
            drawing = to_svg(figure)
            assert "<svg/" not in drawing
            assert name in ("agreement", "tool_rates", "growth") or short in figure.description.alt, name


@pytest.mark.slow
def test_the_pdf_shows_payloads_as_text(printer, site):
    made = make_pdf(site.parent.parent, site)
    text = "".join("".join(page.extract_text().split()) for page in PdfReader(made).pages)
    for payload in hostile.PARTS.values():
        assert "".join(payload.split()) in text, payload


# What `check` refuses, and what it does not.

UNSEEN = {
    "\u202e": "RIGHT-TO-LEFT OVERRIDE (U+202E)", "\u2066": "LEFT-TO-RIGHT ISOLATE (U+2066)", "\u200f": "RIGHT-TO-LEFT MARK (U+200F)",
    "\u200b": "ZERO WIDTH SPACE (U+200B)", "\u00ad": "SOFT HYPHEN (U+00AD)", "\ufeff": "ZERO WIDTH NO-BREAK SPACE (U+FEFF)",
    "\x1b": "a control character (U+001B)", "\x7f": "a control character (U+007F)", "\x85": "a control character (U+0085)",
    "\u2028": "LINE SEPARATOR (U+2028)", "\ufdd0": "a control character (U+FDD0)", "\U000e0041": "TAG LATIN CAPITAL LETTER A (U+E0041)",
    "a\u200d": "ZERO WIDTH JOINER (U+200D)", "a\u200c": "ZERO WIDTH NON-JOINER (U+200C)",
}  # fmt: skip
LEGITIMATE = [
    "- he said",
    "–",
    "\u00a0",
    "\u2009",
    "\t",
    "e\u0301",
    "😀",
    "שלום",
    "سلام\u200cها",
    "क्\u200dष",
    "= 5",
    "@kyiv",
    "<b>",
    "{{ x }}",
    "\u3000",
]


@pytest.mark.promise("hostile input")
@pytest.mark.parametrize("character", UNSEEN)
def test_a_character_that_nobody_sees_is_refused_with_its_place_and_name(tmp_path, character):
    data = shutil.copytree(DATA_FOLDER, tmp_path / "data")
    text, table, works = data / "sources/usip2022.txt", data / "dependencies.csv", data / "references.bib"
    text.write_text(f"One line.\n{character}" + text.read_text(encoding="utf-8"), encoding="utf-8")
    rows = hostile.rows_of(table)
    rows[1]["note"] = f"x{character}{rows[1]['note']}"
    hostile.write_rows(table, rows)
    works.write_text(f"% {character}\n" + works.read_text(encoding="utf-8"), encoding="utf-8")
    found = [str(problem) for problem in data_problems(data)]
    place = len(character) + 1
    assert f"data/sources/usip2022.txt: holds {UNSEEN[character]} in line 2. Remedy: take it out." in found
    assert f"data/dependencies.csv, row 3, column note: holds {UNSEEN[character]} as character {place}. Remedy: take it out." in found
    assert f"data/references.bib: holds {UNSEEN[character]} in line 1. Remedy: take it out." in found


@pytest.mark.parametrize("words", LEGITIMATE)
def test_what_prose_may_hold_is_not_refused(tmp_path, words):
    data = shutil.copytree(DATA_FOLDER, tmp_path / "data")
    table = data / "dependencies.csv"
    rows = hostile.rows_of(table)
    rows[1]["note"] = f"x{words}{rows[1]['note']}"
    hostile.write_rows(table, rows)
    assert data_problems(data) == []
    (tmp_path / "text.txt").write_text(f"One line.\n{words}", encoding="utf-8")
    assert read_text(tmp_path, "text.txt").endswith(words)


@pytest.mark.promise("bad input")
@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("sources/usip2022.txt", "a" * 10_000_000, "sources/usip2022.txt: has 10,000,000 bytes. Remedy: keep each file under 5,000,000 bytes"),
        ("sources/usip2022.txt", "One.\n" + "“" * 1_000_000, "has 1,000,000 characters in line 2. Remedy: break it into lines under 20,000"),
        ("zones.csv", "source_id,start,end,zone,note\n" + "a" * 4_000_000, "zones.csv: has 4,000,000 characters in line 2"),
        ("zones.csv", 'source_id,start,end,zone,note\nx,0,1,body,"' + "a\n" * 15_000 + '"', "row 2, column note: has 30,000 characters. Remedy: keep each cell under 20,000"),
        ("zones.csv", 'source_id,start,end,zone,note\nx,0,1,body,"' + "a\n" * 100_000 + '"', "zones.csv: is not a CSV table (field larger"),
        ("references.bib", "@" * 4_000_000, "references.bib: has 4,000,000 characters in line 1"),
    ],
)  # fmt: skip
def test_what_is_too_long_is_refused_at_once(tmp_path, name, content, message):
    data = shutil.copytree(DATA_FOLDER, tmp_path / "data")
    (data / name).write_text(content, encoding="utf-8")
    begin = time.process_time()
    found = [str(problem) for problem in data_problems(data)]
    assert time.process_time() - begin < 10
    assert any(message in problem for problem in found), found[:3]


@pytest.mark.parametrize("part", ["“", "“a", "“»", " '", "1,", "a-", "A. ", "?!", "(.", "war-", "war ", "abc.D", "<!--", "[](", "{{"])
def test_the_longest_line_is_read_in_seconds_whatever_it_holds(part):
    line = (part * MAX_LINE_CHARS)[:MAX_LINE_CHARS]
    begin = time.process_time()
    word_offsets(line)
    sentence_offsets(line)
    quotation_offsets(line)
    normalize_quotes(line)
    left_context(line)
    assert time.process_time() - begin < 5


@pytest.mark.parametrize("name", ["../usip2022", "/etc/passwd", "a/b", "..", "usip 2022", "u" * 300, "USIP", "ünited2022", "٣", "con\n"])
def test_an_id_that_is_no_id_leads_to_no_file(tmp_path, name):
    data = shutil.copytree(DATA_FOLDER, tmp_path / "data")
    rows = hostile.rows_of(data / "sources.csv")
    rows[1]["source_id"] = name
    hostile.write_rows(data / "sources.csv", rows)
    found = [str(problem) for problem in data_problems(data)]
    assert any("sources.csv, row 3, column source_id: " in problem for problem in found), found[:3]


@pytest.mark.parametrize("name", ["n" * 31, " USIP", "USIP\n2022"])
def test_a_name_that_figures_cannot_hold_is_refused(tmp_path, name):
    data = shutil.copytree(DATA_FOLDER, tmp_path / "data")
    rows = hostile.rows_of(data / "sources.csv")
    rows[1]["short"] = name
    hostile.write_rows(data / "sources.csv", rows)
    assert any("sources.csv, row 3, column short" in str(problem) for problem in data_problems(data))


@pytest.mark.parametrize("address", ["javascript:pwned=1", "data:text/html,x", "https://a b", 'https://x"><script>', "ftp://example.org"])
def test_an_address_of_a_reference_that_is_no_web_address_is_refused(tmp_path, address):
    data = shutil.copytree(DATA_FOLDER, tmp_path / "data")
    works = data / "references.bib"
    works.write_text(re.sub("url = {.*}", f"url = {{{address}}}", works.read_text(encoding="utf-8"), count=1), encoding="utf-8")
    assert any("references.bib: " in str(problem) and address in str(problem) for problem in data_problems(data))
