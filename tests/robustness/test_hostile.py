"""A text full of markup, script, formulas and the syntax of the tools shows all of it as text and runs nothing, wherever the book puts it."""

import csv
import io
import json
import re
import shutil
import subprocess
import sys

import lxml.etree
import pybtex.database
import pytest
import rispy
import tinyhtml5

from analysis.corpus.reader import DATA_FOLDER, load_corpus
from analysis.corpus.unicode_checks import unescape_formula
from analysis.figures.base import narrow_width, to_svg
from analysis.validation.validate import data_problems
from book import citation
from book.export.print_html import print_html
from book.notebooks import ROOT, notebook_names
from tests.support import browsing, hostile

ATTRIBUTES = ("href", "src", "action", "formaction", "xlink:href", "srcdoc", "data")


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """A copy of the data with the hostile text."""
    data = shutil.copytree(DATA_FOLDER, tmp_path_factory.mktemp("hostile") / "data")
    hostile.make_hostile(data)
    return data


@pytest.fixture(scope="module")
def site(tmp_path_factory, data):
    """The pages of the whole book, built with the hostile text."""
    root = tmp_path_factory.mktemp("whole") / "book"
    ignored = shutil.ignore_patterns(".venv", "_build", ".git", "tests", ".*_cache", "__pycache__", "data")
    shutil.copytree(ROOT, root, ignore=ignored)
    shutil.copytree(data, root / "data")
    hostile.make_hostile_citation(root)
    hostile.free_of_conditions(root)
    run = subprocess.run([sys.executable, "-m", "book", "build"], cwd=root, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    return root / "_build/html"


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
    [hostile.IMAGE, hostile.SCRIPT, "<a href=' JavaScript:pwned=1'>x</a>", '<form action="javascript:pwned=1">', "<p onclick=pwned=1>"],
)
def test_a_payload_that_nobody_escaped_would_be_seen(payload):
    assert markup_faults(parsed(f"<!DOCTYPE html><html><body><p>{payload}</p></body></html>"))


def test_the_data_of_the_hostile_text_are_sound(data):
    assert data_problems(data) == []


@pytest.mark.slow
@pytest.mark.promise("hostile input")
def test_no_payload_is_markup_in_any_page(site):
    for name, page in pages(site).items():
        assert markup_faults(page) == [], name


def shown(page):
    """The words of a page, white space as single spaces."""
    return " ".join("".join(page.find(".//body").itertext()).split())


@pytest.mark.slow
@pytest.mark.promise("hostile input")
@pytest.mark.slow
def test_every_payload_is_shown_as_text(site):
    words = " ".join(shown(page) for page in pages(site).values())
    names = ("Nobody 2022", "Ada Quill", "terms", "talks in Belarus", "the envoy's note", "mediators")
    for payload in [*hostile.PARTS.values(), *(hostile.CELLS[name] for name in names)]:
        assert payload in words, payload


@pytest.mark.slow
def test_every_chapter_takes_a_sixth_text_without_a_change_of_code(site):
    made = {name.removesuffix(".html"): shown(page) for name, page in pages(site).items()}
    for name in set(notebook_names(ROOT)) - {
        "index",
        "chapters/codebook",
        "chapters/findings",
        "chapters/cost",
        "chapters/trust",
        "chapters/talks",
    }:  # these name no text of themselves
        assert hostile.CELLS["Nobody 2022"] in made[name], name
    assert "what six short texts on those talks say" in made["index"]


@pytest.mark.slow
def test_titles_and_names_are_text_in_every_head_and_menu(site):
    title = citation.spaced(hostile.TITLE)
    for name, page in pages(site).items():
        assert len(page.findall(".//head/title")) == 1
        assert title.partition(":")[0] in " ".join(page.find(".//title").text.split()), name
        for script in page.findall(".//script[@type='application/ld+json']"):
            book = json.loads(script.text)
            assert title in (book["name"], book.get("isPartOf", {}).get("name")), name
            assert book["author"][0]["name"] == citation.spaced(hostile.AUTHOR)


@pytest.mark.slow
def test_citation_files_can_be_read_back(site):
    title = citation.spaced(hostile.TITLE)
    (entry,) = rispy.loads((site / "cite/index.ris").read_text(encoding="utf-8"))
    assert (entry["title"], entry["authors"]) == (title, [citation.spaced(hostile.AUTHOR)])
    read = pybtex.database.parse_file(site / "cite/index.bib")
    ((_, entry),) = read.entries.items()
    assert hostile.SCRIPT in entry.fields["title"]
    assert "{{" not in entry.fields["title"]


@pytest.mark.slow
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


@pytest.mark.slow
def test_offsets_of_a_published_table_still_find_its_words(site, data):
    raw = load_corpus(data).raw["quill2022"]
    rows = list(csv.DictReader(io.StringIO((site / "tables/provisions.csv").read_text(encoding="utf-8"), newline="")))
    own = [row for row in rows if row["source_id"] == "quill2022"]
    assert any(row["quote"].startswith("'=cmd") for row in own)
    for row in own:
        stretch = raw[int(row["start"]) : int(row["end"])]
        assert unescape_formula(row["quote"]).removeprefix("… ").removesuffix(" …") in stretch


@pytest.mark.slow
def test_figures_are_sound_svg_without_script(site):
    files = list(site.glob("_images/fig-*.svg"))
    assert files
    for file in files:
        drawing = lxml.etree.fromstring(file.read_bytes())
        tags = {lxml.etree.QName(part).localname for part in drawing.iter(lxml.etree.Element)}
        assert not tags & {"script", "foreignObject", "image", "a", "handler", "set", "animate"}, file.name
        assert not [name for part in drawing.iter(lxml.etree.Element) for name in part.attrib if name.startswith("on")]


@pytest.mark.slow
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
    for tools in page.locator(".table-tools:not(.pager)").all():
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
        for name, (figure, text) in figures(texts).items():
            drawing = to_svg(figure)
            assert "<svg/" not in drawing
            assert name in ("agreement", "tool_rates", "growth") or short in text.alt, name


@pytest.mark.slow
def test_no_payload_is_markup_on_paper(site):
    page = parsed(print_html(site.parent.parent, site))
    assert markup_faults(page) == []
    assert all(payload in shown(page) for payload in hostile.PARTS.values())
