"""Tables of the framing as readers see them, and the numbers that its chapters quote: held against the codings of the study, read by hand."""

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from analysis.coding.framing import actor_in_words
from analysis.display import notebook
from analysis.display.framing_tables import display_all_functions, display_all_judgements, display_blame, display_own_remedies
from analysis.display.numbers.record_framing import record_framing_numbers
from analysis.display.numbers.record_quotations import record_quotations_numbers
from analysis.display.numbers.responsibility import responsibility_numbers
from analysis.display.numbers.voices import voices_numbers
from tests.support.corpora import with_table


@pytest.fixture
def shown(monkeypatch):
    found = []
    monkeypatch.setattr(notebook, "display", lambda data, **_: found.append(BeautifulSoup(data["text/html"], "html.parser")))
    return found


def cells(page):
    for link in page.select(".ev-words"):
        link.decompose()
    return [[cell.get_text(" ", strip=True) for cell in row.select("th, td")] for row in page.select("tbody tr")]


def test_blame_over_a_matter_says_whose_words_and_what_a_text_rejects(study, shown):
    charges = study.tables["codings/responsibility.csv"].copy()
    charges.loc[charges.quote == "Orlo broke the talks", ["voice", "rejected_by"]] = "Ivo Dray", "author"
    display_blame(with_table(study, "codings/responsibility.csv", charges), "talks", "Who is blamed")
    assert cells(shown[0]) == [
        ["Brill 1987", "Vesk", "leaving the talks", "the text's own", "Brill 1987, par. 2"],
        ["Cole 1988", "Orlo", "leaving the talks", "the text's own", "Cole 1988, par. 1"],
        ["Cole 1988", "Orlo", "ending the talks", "Ivo Dray; the text rejects it", "Cole 1988, par. 2"],
    ]
    assert shown[0].select_one("div")["id"] == "tab-who-is-blamed"


def test_a_charge_that_somebody_else_rejects_is_not_rejected_by_the_text(study, shown):
    charges = study.tables["codings/responsibility.csv"].copy()
    charges.loc[charges.quote == "Orlo broke the talks", ["voice", "rejected_by"]] = "Ivo Dray", "Una Rell"
    display_blame(with_table(study, "codings/responsibility.csv", charges), "talks", "Who is blamed")
    assert cells(shown[0])[2][3] == "Ivo Dray; Una Rell rejects it"


def test_own_remedies_are_listed_in_the_row_of_their_text(study, shown):
    display_own_remedies(study, "What each text proposes")
    assert cells(shown[0]) == [
        ["Arden 1987", "none in its own name"],
        ["Brill 1987", "a treaty that shares the berths ( Brill 1987, par. 3 ) a guarantee with a duty ( Brill 1987, par. 3 )"],
        ["Cole 1988", "none in its own name"],
    ]


def test_what_a_coding_says_is_escaped_in_the_list(study, shown):
    frames = study.tables["codings/frames.csv"]
    display_own_remedies(with_table(study, "codings/frames.csv", frames.assign(summary="<b>&")), "What each text proposes")
    assert "<li>&lt;b&gt;&amp; (" in str(shown[0])


def test_all_judgements_and_functions_can_be_filtered(study, shown):
    display_all_judgements(study)
    display_all_functions(study)
    judgements, functions = shown
    assert [len(cells(page)) for page in shown] == [12, 10]
    assert cells(judgements)[0] == ["Arden 1987", "credited", "both", "being near a deal", "talks", "Maris Hale", "Arden 1987, par. 1"]
    assert cells(functions)[1] == ["Arden 1987", "problem", "the harbour is closed", "the text's own", "Arden 1987, par. 4"]
    offered = {head.get_text(): head.get("data-options") for head in judgements.select("thead th")}
    assert offered["valence"] == '["credited", "blamed"]'
    assert offered["text"] == '["Arden 1987", "Brill 1987", "Cole 1988"]'


@pytest.mark.parametrize(("actor", "words"), [("both", "both sides"), ("mediator", "go-betweens"), ("Vesk", "Vesk")])
def test_actors_have_words_that_stand_alone(actor, words):
    assert actor_in_words(actor) == words


def test_numbers_of_voices(study):
    """Of 26 spoken words Dray has 15: 12 in Arden, 3 in Cole. Of seven quotations that let somebody speak four came through others."""
    found = voices_numbers(study, "arden1987_Vesk_share", "Ivo_Dray_words")
    assert found == {
        "silent_texts": "Brill 1987", "n_voiced": 7, "n_through": "four", "n_speakers": 4, "most_quoting": "Arden 1987",
        "shared_speakers": "Ivo Dray",
        "most_quoting_share": 16, "arden1987_Vesk_share": round(100 * 12 / 17), "Ivo_Dray_words": 15,
    }  # fmt: skip
    uncoded = study.sources.assign(coding=["uncoded" if name == "brill1987" else "twice" for name in study.sources.source_id])
    assert voices_numbers(with_table(study, "sources.csv", uncoded))["silent_texts"] == "no text"


def test_numbers_of_the_record_of_quotations(study):
    assert record_quotations_numbers(study) == {
        "n_quotations": 8, "largest_side": "Vesk", "largest_side_share": round(100 * 15 / 26), "n_found": 8, "precision": "1.00",
        "recall": "1.00",
    }  # fmt: skip


def test_numbers_of_responsibility(study):
    found = responsibility_numbers(study, "arden1987_Vesk_blamed", "arden1987_Vesk_blamed_others", "brill1987_paragraphs", "talks_credited", "n_rejected")  # fmt: skip
    assert found == {
        "n_judgements": 12, "n_attributed": 4, "n_credited": 3, "n_blamed": 8, "arden1987_Vesk_blamed": 2,
        "arden1987_Vesk_blamed_others": 1, "brill1987_paragraphs": 3,
        "talks_credited": 3, "n_rejected": "zero",
    }  # fmt: skip


def test_numbers_of_the_record_of_framing(study):
    found = record_framing_numbers(study, "cole1988_moral_rows", "cole1988_moral_own", "Orlo_blaming_texts", "Orlo_blaming_clusters")
    assert pd.Series(found).to_dict() == {
        "n_judgements": 12, "n_attributed": 4, "n_functions": "four", "n_frames": 10, "n_resolved_framing": 5,
        "cole1988_moral_rows": 1, "cole1988_moral_own": 0, "Orlo_blaming_texts": "two", "Orlo_blaming_clusters": "one",
    }  # fmt: skip
