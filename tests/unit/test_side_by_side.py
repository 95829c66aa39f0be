"""Texts and documents side by side on a term: a card each, whole words, who is silent; nothing of the data is markup."""

import io

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from analysis.display import notebook
from analysis.display.side_by_side import card_widths, display_side_by_side
from tests.support.corpora import with_table


@pytest.fixture
def shown(monkeypatch):
    """What is displayed, as (HTML, data, name)."""
    found = []

    def keep(bundle, raw, metadata):
        page = BeautifulSoup(bundle["text/html"], "html.parser")
        found.append((page, pd.read_csv(io.StringIO(bundle["text/csv"]), keep_default_na=False), metadata["table"]["name"]))

    monkeypatch.setattr(notebook, "display", keep)
    return found


def words(card, part):
    return " ".join(card.select_one(part).get_text().split())


def test_a_card_a_text_has_gist_level_paper_and_the_words_whole(shown, study):
    display_side_by_side(study, ["berths", "reef"], "Side by side", "fig-side")
    ((page, data, name),) = shown
    assert page.figure["id"] == name == "fig-side"
    assert [title.get_text() for title in page.select(".side-title")] == ["Berths", "Reef"]
    berths, reef = page.select(".side-term")
    assert [words(card, ".side-of") for card in berths.select(".side-card")] == ["Arden 1987", "Brill 1987", "Cole 1988"]
    arden, brill, cole = berths.select(".side-card")
    assert words(arden, ".side-told") == "Told as agreed; of the Sund plan."
    assert words(brill, ".side-told") == "Raised, with no side's position; names no paper."
    assert "agreed to share the berths" in arden.q.get_text()
    assert words(cole, ".side-gist") == "Shared"
    assert berths.select_one(".side-silent") is None
    assert words(reef, ".side-silent") == "Not mentioned in Arden 1987 and Cole 1988."
    assert list(data[data.term == "berths"].rests_on) == ["arden1987-p01:194-220", "brill1987-p03:362-378", "cole1988-p03:412-438"]


def test_the_documents_stand_beside_the_texts_where_asked_for(shown, study):
    display_side_by_side(study, ["berths", "reef"], "Side by side", "fig-side", documents=True)
    ((page, _, _),) = shown
    (card,) = page.select(".side-instrument")
    assert words(card, ".side-of") == "Lanne Note"
    assert words(card, "li") == "Each island has half of the berths. (point 1; Sund Council 1987, grade A)"
    assert words(card, ".side-told") == "A document, in our words."


def test_further_passages_are_linked_and_whose_word_is_named_where_the_passage_has_it_not(shown, study):
    table = study.tables["book_table.csv"].copy()
    table.loc[1, "rests_on"] = "provisions:arden1987-p01:194-220 ; provisions:arden1987-p02:276-297"
    table.loc[:3, "dimensions"] = "K1;K2"
    table.loc[1, ["level", "whose_word"]] = ["agreed;proposed", "Maris Hale; Ivo Dray"]
    display_side_by_side(with_table(study, "book_table.csv", table), ["berths"], "Side by side", "fig-side")
    card = shown[0][0].select_one(".side-card")
    assert words(card, ".side-told") == "Told as agreed; also told as a proposal; of the Sund plan; on the word of Maris Hale and Ivo Dray."
    assert [link["href"] for link in card.select(".side-more a")] == ["evidence.html#ev-arden1987-p02-276-297"]


def test_nothing_in_a_cell_is_markup(shown, study):
    table = study.tables["book_table.csv"].copy()
    table.loc[1, ["gist", "whose_word"]] = "<img src=x>"
    table.term = table.term.replace("berths", "<script>1</script>")
    display_side_by_side(with_table(study, "book_table.csv", table), ["<script>1</script>"], "<b>", "fig-side")
    page = shown[0][0]
    assert page.img is page.script is page.b is None
    assert words(page, ".side-gist") == "<img src=x>"


@pytest.mark.parametrize(
    ("n", "widths"),
    [(0, ""), (1, "w"), (2, "hh"), (3, "ttt"), (4, "hhhh"), (5, "hhttt"), (6, "tttttt"), (7, "hhhhttt"), (8, "hhtttttt")],
)
def test_the_rows_of_cards_are_full(n, widths):
    assert "".join(width[0] for width in card_widths(n)) == widths
