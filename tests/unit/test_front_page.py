"""The first page: the texts on a line and as cards, and the table of the book, made of the frozen study."""

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup

from analysis.display import front_page, notebook
from analysis.display.front_page import display_book_table, display_cards, display_line


@pytest.fixture
def with_chapters(study, tmp_path):
    """The study in a book with the chapters to which the first page leads."""
    (tmp_path / "chapters").mkdir()
    for name in ("texts", "compare"):
        (tmp_path / f"chapters/{name}.ipynb").touch()
    return replace(study, path=tmp_path / "data")


@pytest.fixture
def shown(monkeypatch):
    found = []
    monkeypatch.setattr(front_page, "display", lambda made: found.append(made.data))
    monkeypatch.setattr(notebook, "display", lambda data, **_: found.append(data["text/html"]))
    return lambda: BeautifulSoup(found[-1], "html.parser")


def note_of(cell):
    """What stands in small below the gist of a cell."""
    return cell.find("small", recursive=False).get_text()


def test_texts_and_events_stand_on_one_line_by_their_dates(shown, study):
    display_line(study, "On a line", "blockade")
    items = shown().select("figure.line li")
    assert [item.strong.get_text() for item in items if item["class"] == ["text"]] == ["Arden 1987", "Brill 1987", "Cole 1988"]
    assert items[0].span.get_text() == "2 March 1987"  # the blockade begins before the first text appears
    assert items[0]["class"] == ["event"]


def test_a_card_says_who_where_when_and_what_a_text_argues(shown, study):
    display_cards(study, "the note")
    first = shown().select("ol.cards > li")[0]
    assert first.select_one("p").get_text() == "Arden 1987: Jo Arden, Sund Post"
    assert first.select_one(".when").get_text(" ").startswith("4 May 1987, 4 days after the note news report, ")
    assert first.select("p")[-1].get_text() == study.sources.argument[0]


def test_the_first_page_leads_to_the_chapters_that_the_book_has(shown, study, with_chapters):
    display_cards(with_chapters, "the note")
    assert shown().a["href"] == "chapters/texts.html"
    display_book_table(with_chapters, "The table")
    assert [row.th.a["href"] for row in shown().select("tbody tr")] == ["chapters/compare.html#berths", "chapters/compare.html#reef"]
    note = shown().select("tbody tr")[0].td
    assert note.a["href"] == "chapters/compare.html#berths"
    assert note.a.select_one(".ev-words").get_text() == " Point 1: Each island has half of the berths."
    for display in (display_cards, display_book_table):
        display(study, "none")
        assert not shown().select("a:not([href*=evidence])")


def test_each_cell_of_the_table_leads_to_its_words_and_says_level_and_voucher(shown, study):
    display_book_table(study, "The table")
    page = shown()
    assert [head.contents[0] for head in page.select("thead th")] == ["term", "Lanne Note", "Arden 1987", "Brill 1987", "Cole 1988"]
    rows = {row.th.get_text(): row.select("td") for row in page.select("tbody tr")}
    note, arden, brill, _ = rows["berths"]
    assert arden.a["href"] == "chapters/evidence-terms.html#ev-arden1987-p01-194-220"
    assert (arden.a.contents[0], note_of(arden)) == ("shared", "agreed; on the word of Maris Hale")
    assert (arden["data-level"], brill["data-level"], note_of(brill)) == ("agreed", "mentioned", "mentioned")
    assert (note.a, note_of(note)) == (None, "in the paper")
    silent = rows["reef"][1]
    assert (silent.get_text(), silent.a, silent["data-level"]) == ("not mentioned", None, "none")
