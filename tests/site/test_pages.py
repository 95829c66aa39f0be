"""The built book: every page is there, figures are described, tables scroll, downloads work, nothing leaks."""

import json

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from analysis.corpus.spans import coded_spans
from analysis.display.contract import PUBLISHED_TABLES
from analysis.display.published_tables import make_table
from book.lint.notebook_rules import page_faults
from book.lint.prose import page_roles
from book.lint.quantifiers import MARKS
from book.notebooks import ROOT, page_names


@pytest.fixture(scope="module")
def pages(html):
    return {name: BeautifulSoup((html / f"{name}.html").read_text(encoding="utf-8"), "html.parser") for name in page_names(ROOT)}


def test_every_page_has_one_title_and_no_fault(pages):
    for name, page in pages.items():
        assert page.select_one("article h1").get_text(strip=True), name
        assert not page.select(".system-message, .problematic, .traceback"), name


def test_no_page_shows_the_conditions_under_which_its_sentences_stand(pages):
    marks = [content for name in pages for _, role, content in page_roles(ROOT, name) if role in MARKS]
    assert len(marks) > 40
    for name, page in pages.items():
        shown = page.get_text()
        assert not [mark for mark in marks if mark in shown and ":" in mark], name


def test_every_picture_has_a_name_a_caption_and_an_alternative_text(html, pages):
    assert page_faults(html) == []
    assert len(pages["chapters/record-texts"].select("article figure")) == 2
    assert len(pages["chapters/record-texts"].select("article figure img")) == 4


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda picture: picture.attrs.pop("alt"), "has no alternative text"),
        (
            lambda picture: picture.attrs.update(alt="A figure that shows something else"),
            "says different things on light pages and on dark ones",
        ),
        (lambda picture: picture.parent.source.decompose(), "has no form for narrow screens"),
        (lambda picture: picture.parent.source.attrs.pop("width"), "has a srcset without width and height"),
        (lambda picture: picture.attrs.pop("height"), "has a src without width and height"),
        (lambda picture: picture.attrs.update(src="../_images/fig-none.svg"), "has a src that is not there: ../_images/fig-none.svg"),
        (lambda picture: picture.parent.decompose(), "does not have one picture for light pages and one for dark ones"),
        (lambda picture: picture.attrs.update({"class": ["only-dark"]}), "does not have one picture for light pages and one for dark ones"),
        (lambda picture: picture.attrs.update(alt="../_images/0a1b.svg"), "has no alternative text"),
        (lambda picture: picture.find_parent("figure").figcaption.decompose(), "has no name or no caption"),
        (lambda picture: picture.find_parent("figure").attrs.pop("id"), "has no name or no caption"),
        (lambda picture: picture.find_parent("figure").unwrap(), "has no name or no caption"),
        (lambda picture: picture.attrs.update(alt="A figure of texts"), "has no alternative text"),
    ],
)
def test_a_planted_fault_of_a_picture_is_named(html, tmp_path, spoil, message):
    page = BeautifulSoup((html / "chapters/texts.html").read_text(encoding="utf-8"), "html.parser")
    spoil(page.select_one("article figure img"))
    (tmp_path / "chapters").mkdir()
    (tmp_path / "_images").symlink_to(html / "_images")
    (tmp_path / "chapters/texts.html").write_text(str(page), encoding="utf-8")
    faults = page_faults(tmp_path)
    assert faults
    assert all(message in fault for fault in faults)


def test_every_table_scrolls_in_its_box_and_has_a_caption(pages):
    tables = [table for name, page in pages.items() if name != "chapters/changelog" for table in page.select("article table")]
    assert len(tables) == len([table for page in pages.values() for table in page.select("article :is(.scroll, .panel) > table > caption")])
    assert tables


def test_no_number_of_the_prose_is_missing(pages):
    numbers = [span.get_text() for page in pages.values() for span in page.select(".pasted-text")]
    assert len(numbers) > 20
    assert all(number.strip("'") for number in numbers)


def test_no_cell_of_a_table_shows_a_failed_look_up(pages):
    cells = {cell.get_text(strip=True) for page in pages.values() for cell in page.select("article table :is(th, td)")}
    assert not cells & {"nan", "NaN", "None", "<NA>"}


def test_the_tables_are_offered_for_download(pages):
    offered = {link["href"] for link in pages["chapters/evidence"].select("a[download][href^='../tables/']")}
    assert offered == {
        "../tables/datapackage.json",
        "../tables/annotations.jsonld",
        *(f"../tables/{name}.csv" for name in PUBLISHED_TABLES),
    }


def test_the_tables_are_published_beside_the_book_with_whole_quotations(html, texts):
    package = json.loads((html / "tables/datapackage.json").read_text(encoding="utf-8"))
    for name, resource in zip(PUBLISHED_TABLES, package["resources"], strict=True):
        published = pd.read_csv(html / "tables" / resource["path"], keep_default_na=False)
        assert list(published.columns) == PUBLISHED_TABLES[name].names == [field["name"] for field in resource["schema"]["fields"]]
        if "quote" in published:
            assert list(published.quote) == list(make_table(name, texts).quote)


def test_links_within_the_book_lead_somewhere(html, pages):
    ids = {(html / f"{name}.html").resolve(): {tag["id"] for tag in page.select("[id]")} for name, page in pages.items()}
    for name, page in pages.items():
        for link in page.select("a[href]"):
            target, _, anchor = link["href"].partition("#")
            if "://" in target or target.startswith("mailto:"):
                continue
            file = ((html / name).parent / target if target else html / f"{name}.html").resolve()
            assert file.exists(), (name, link["href"])
            assert not anchor or anchor in ids.get(file, {anchor}), (name, link["href"])


def test_evidence_links_show_the_whole_span_that_they_lead_to(pages, texts):
    coded = {span.anchor: span.quote for span in coded_spans(texts).itertuples()}
    homes = [page for name, page in pages.items() if name.startswith("chapters/evidence-")]
    shown = {item["id"]: item.select_one(".ev-span").get_text() for page in homes for item in page.select(".evidence li[id]")}
    assert shown == coded
    blocks = pages["chapters/texts"].select(".anatomy a.ev")
    assert {link["href"].partition("#")[2] for link in blocks} <= set(coded)
    assert blocks
    links = [link for page in pages.values() for link in page.select("a.ev:not(.anatomy-block, .ev-point)")]
    assert len(links) > 400
    for link in links:
        assert link.select_one(".ev-words .ev-span").get_text() == coded[link["href"].partition("#")[2]]
        assert link.select_one(".ev-words small").get_text().strip()
        assert str(link.contents[0]).strip()  # words of its own before those of the text


def test_every_old_address_of_a_span_leads_on_to_its_home(pages, texts):
    items = {item["id"]: item for item in pages["chapters/evidence"].select("li[id]:has(> a.ev-home)")}
    assert list(items) == list(coded_spans(texts).anchor)
    for anchor, item in items.items():
        home, _, place = item.a["href"].partition("#")
        assert place == anchor
        assert pages[f"chapters/{home.removesuffix('.html')}"].find(id=anchor)


def test_the_foot_says_when_texts_were_read_and_how_to_object(pages):
    for name, page in pages.items():
        foot = " ".join(page.select_one("footer.bd-footer-content").get_text().split())
        assert "were read as of" in foot, name
        assert "objects to its quotation" in foot, name


def test_no_page_holds_a_path_of_this_machine(html):
    for file in html.rglob("*.html"):
        assert str(ROOT) not in file.read_text(encoding="utf-8"), file
