"""Headline findings under other choices: against reading, against figures worked out by hand, and against data changed on purpose."""

import pytest

from analysis.coding.multiverse import FAILS, HOLDS, UNASKED, Specification, answer, evidence_rows
from analysis.coding.sureness import hinges, overturned
from analysis.corpus.vocabulary import AUTHOR
from tests.support.corpora import with_table, without_rows

RUSSIA_PER_PARAGRAPH = {
    # By hand, of the paragraphs of each text the share that blames Russia: Charap 2 of 3, USIP 9 of 14; USIP 10 of 14 in both passes.
    "adjudicated": FAILS,
    "pass1": HOLDS,
    "pass2": HOLDS,
}


def test_all_findings_hold_as_they_are_told(texts):
    for finding in texts.tables["findings.csv"].itertuples():
        assert answer(texts, finding.finding, Specification()) == HOLDS, finding.finding
        assert len(evidence_rows(texts, finding.finding)) > 1
        assert finding.statement.endswith(".")


@pytest.mark.parametrize(
    ("finding", "name", "query"),
    [
        ("the exchange", "provisions", "dimension == 'D01' and source_id == 'charap2022'"),
        ("the exchange", "provisions", "dimension in ['D03', 'D04', 'D20'] and source_id == 'charap2022'"),
        ("the exchange", "provisions", "dimension == 'D21' and source_id == 'usip2022'"),
        ("agreement", "provisions", "level == 'agreed' and source_id == 'observer2023'"),
        ("firmness", "provisions", "level == 'agreed' and source_id == 'petrosnider2024'"),
        ("guarantors", "guarantors", "source_id == 'charap2022'"),
        ("who stopped the talks", "comparisons", "position == 'the West'"),
        ("quotation", "quotations", "source_id == 'usip2022'"),
        ("Russia", "responsibility", "source_id == 'usip2022' and valence == 'blamed'"),
    ],
)
def test_a_finding_fails_without_the_rows_on_which_it_rests(told, finding, name, query):
    assert answer(without_rows(told, f"codings/{name}.csv", query), finding, Specification()) == FAILS


def test_a_position_that_two_texts_share_is_no_other_account(told):
    one = told.tables["codings/comparisons.csv"].assign(position="the same")
    changed = with_table(told, "codings/comparisons.csv", one)
    assert [answer(changed, name, Specification()) for name in ("Crimea", "who stopped the talks")] == [FAILS, FAILS]


@pytest.mark.parametrize(
    ("finding", "choices", "expected"),
    [
        # Both passes read Charap 2022 as telling of an agreement; the third reading did not.
        ("agreement", {"coding": "pass1"}, FAILS),
        ("agreement", {"coding": "pass2"}, FAILS),
        ("agreement", {"coding": "pass1", "left_out": "charap2022"}, HOLDS),
        *(("Russia", {"coding": coding, "per": "paragraph"}, expected) for coding, expected in RUSSIA_PER_PARAGRAPH.items()),
        ("Russia", {"per": "1000 words"}, HOLDS),
        # Without a text of the two that it speaks of, a finding cannot be asked, whichever finding it is.
        ("Crimea", {"left_out": "usip2022"}, UNASKED),
        ("Crimea", {"left_out": "petrosnider2024"}, UNASKED),
        ("Russia", {"left_out": "usip2022"}, UNASKED),
        ("Russia", {"left_out": "charap2022"}, HOLDS),
        # Crimea stands on the word of Gerhard Schroeder in Petro and Snider 2024: one position is left of the authors' own.
        ("Crimea", {"voice": AUTHOR}, UNASKED),
        # Coded once, so there is no pass to ask; no count of texts, so there is nothing to divide.
        ("Crimea", {"coding": "pass1"}, UNASKED),
        ("Crimea", {"per": "paragraph"}, UNASKED),
        ("the exchange", {"per": "1000 words"}, UNASKED),
        # DeCamp 2022 and Petro and Snider 2024 report that Ukraine would stay out of NATO on the word of others.
        ("the exchange", {"voice": AUTHOR}, FAILS),
        # As one unit Observer Intl 2023 and Petro and Snider 2024 both have troops pull back and have not.
        ("the exchange", {"merged": True}, UNASKED),
    ],
)
def test_other_choices_change_what_they_should(told, finding, choices, expected):
    assert answer(told, finding, Specification(**choices)) == expected


def test_each_finding_says_on_what_it_hinges(told):
    assert "It rests on the third reading: both separate readings say otherwise." in hinges(told, "agreement")
    assert "It cannot be asked without USIP 2022 or without Petro and Snider 2024." in hinges(told, "Crimea")
    assert "It fails if counted per paragraph, by the third reading alone." in hinges(told, "Russia")


def test_the_chapter_on_trust_says_what_overturns_each_finding(told):
    assert overturned(told, "agreement") == "if a text must say it twice or by either separate reading"
    assert overturned(told, "firmness") == "only where several choices are made otherwise at once"
    assert overturned(told, "Crimea") == "under no other choice that was tried"
