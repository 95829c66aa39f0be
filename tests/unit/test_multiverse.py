"""Findings asked under every combination of choices: questions put to the study, with answers worked out by reading it."""

import pandas as pd
import pytest

from analysis.coding.multiverse import (
    FAILS,
    HOLDS,
    UNASKED,
    Specification,
    answer,
    choices_in_words,
    combinations,
    evidence_rows,
    multiverse,
    one_change,
    specifications,
)
from analysis.coding.sureness import hinges, needs, overturned, sureness
from analysis.corpus.vocabulary import AUTHOR
from tests.support.corpora import with_table

ARDEN, BRILL, COLE = "arden1987", "brill1987", "cole1988"


def asking(study, table, query, question, expected, counted="passage_id"):
    """The study with one finding, that rests on one question."""
    row = {"finding": "it", "table": table, "rows": query, "question": question, "counted": counted, "expected": ";".join(expected)}
    named = with_table(study, "findings.csv", pd.DataFrame([{"finding": "it", "statement": "It is so.", "chapter": "harbour"}]))
    return with_table(named, "finding_tests.csv", pd.DataFrame([row]))


@pytest.mark.parametrize(
    ("table", "query", "question", "expected", "counted", "choices", "found"),
    [
        # Terms at level agreed stand in Arden 1987 par. 1 and Cole 1988 par. 3.
        ("provisions", "level == 'agreed'", "exactly", [ARDEN, COLE], "passage_id", {}, HOLDS),
        ("provisions", "level == 'agreed'", "exactly", [ARDEN], "passage_id", {}, FAILS),
        ("provisions", "level == 'agreed'", "exactly", [ARDEN, BRILL, COLE], "passage_id", {}, FAILS),
        ("provisions", "level == 'agreed'", "exactly", [ARDEN, COLE], "passage_id", {"left_out": COLE}, HOLDS),
        ("provisions", "level == 'agreed'", "exactly", [COLE], "passage_id", {"left_out": COLE}, UNASKED),
        ("provisions", "level == 'agreed'", "exactly", [ARDEN, COLE], "passage_id", {"voice": AUTHOR}, FAILS),
        ("provisions", "level == 'agreed'", "exactly", [ARDEN, COLE], "passage_id", {"passages": 2}, FAILS),
        # Brill 1987 and Cole 1988 are one unit, and one of them alone is expected.
        ("provisions", "level == 'agreed'", "exactly", [ARDEN, COLE], "passage_id", {"merged": True}, UNASKED),
        ("provisions", "dimension == 'K1'", "exactly", [ARDEN, BRILL, COLE], "passage_id", {"merged": True}, HOLDS),
        ("provisions", "level == 'agreed'", "exactly", [ARDEN, COLE], "passage_id", {"per": "paragraph"}, UNASKED),
        # Orlo is blamed in two passages of Cole 1988, which has three, and in one of Brill 1987, which has three.
        ("responsibility", "actor == 'Orlo' and valence == 'blamed'", "most", [COLE], "passage_id", {}, HOLDS),
        ("responsibility", "actor == 'Orlo' and valence == 'blamed'", "most", [BRILL], "passage_id", {}, FAILS),
        ("responsibility", "actor == 'Orlo' and valence == 'blamed'", "most", [COLE], "passage_id", {"per": "paragraph"}, HOLDS),
        ("responsibility", "actor == 'Orlo' and valence == 'blamed'", "most", [COLE], "passage_id", {"passages": 2}, UNASKED),
        # Vesk is blamed in two passages of Arden 1987, which has four, and in one of Brill 1987; a tie is no most.
        ("responsibility", "actor == 'Vesk' and valence == 'blamed'", "most", [ARDEN], "passage_id", {}, HOLDS),
        ("responsibility", "actor == 'Vesk' and valence == 'blamed'", "most", [ARDEN], "passage_id", {"voice": AUTHOR}, FAILS),
        # The firmest level is agreed in Arden 1987, mentioned in Brill 1987, agreed in Cole 1988.
        ("provisions", "level != 'disputed'", "rising", [], "level", {}, FAILS),
        ("provisions", "level != 'disputed'", "rising", [], "level", {"left_out": ARDEN}, HOLDS),
        ("provisions", "level != 'disputed'", "rising", [], "level", {"left_out": BRILL}, FAILS),  # it stays, and does not rise
        ("provisions", "level != 'disputed'", "rising", [], "level", {"merged": True}, UNASKED),
        ("quotations", "kind == 'speech'", "exactly", [ARDEN, COLE], "passage_id", {"coding": "pass1"}, UNASKED),  # coded once
        ("quotations", "kind == 'speech'", "exactly", [ARDEN, COLE], "passage_id", {"voice": AUTHOR}, UNASKED),  # has no voice
    ],
)
def test_questions_are_answered_as_a_reader_would(study, table, query, question, expected, counted, choices, found):
    assert answer(asking(study, table, query, question, expected, counted), "it", Specification(**choices)) == found


def test_positions_are_apart_where_no_two_units_share_one(study):
    compared = study.tables["codings/comparisons.csv"]
    for topic, own in compared.groupby("topic"):
        apart = asking(study, "comparisons", f"topic == {topic!r}", "apart", sorted(set(own.source_id)), "position")
        shared = own.drop_duplicates(["source_id", "position"]).position.duplicated().any()
        assert answer(apart, "it", Specification()) == (FAILS if shared else HOLDS)
        assert answer(apart, "it", Specification(coding="pass1")) == UNASKED


def test_every_combination_of_choices_is_asked_once(study):
    specs = specifications(study)
    assert len(specs) == len(set(specs)) == (1 + 3) * 2 * 3 * 2 * 2 * 3
    assert specs[0] == Specification()
    table = multiverse(study)
    assert len(table) == len(specs) * len(study.tables["findings.csv"])
    assert set(table.holds) == {"yes", "no", UNASKED}
    assert set(choices_in_words(study).values()) <= set(specs)


def test_a_choice_to_which_no_question_reacts_cannot_be_asked(study):
    """Whatever is answered changes where the choice takes away every row that it could take."""
    table = one_change(study).set_index("finding")
    assert list(table.loc["agreement", ["as stated", "if a text must say it twice", "if counted per paragraph"]]) == [HOLDS, FAILS, UNASKED]
    empty = with_table(study, "codings/provisions.pass1.csv", study.tables["codings/provisions.pass1.csv"].iloc[:0])
    assert one_change(empty).set_index("finding").loc["agreement", "by the first reading"] == FAILS


def test_a_finding_says_on_what_it_hinges_and_rests_on_rows(study):
    assert hinges(study, "berths").startswith("Leaving out any one text changes nothing. Both separate readings say the same.")
    assert "It fails by the authors' own words alone" in hinges(study, "berths")
    assert list(evidence_rows(study, "berths").passage_id) == ["arden1987-p01", "brill1987-p03", "cole1988-p03"]


@pytest.mark.parametrize(
    ("table", "query", "expected", "held", "asked", "said"),
    [
        # No text has a berth twice: asked in one passage and in two, where only Brill and Cole 1988 as one, without Arden 1987, reach two.
        # By the authors' own words Arden 1987 has none. Of Cole 1988 there is no second reading.
        ("provisions", "dimension == 'K1'", [ARDEN, BRILL, COLE], 34, 96,
         "It fails in most combinations of choices: if only the authors' own words count or if a text must say it twice."),
        # There are no passes of quotations; whichever text is left out, the two that quote speech are those of them that are there.
        # Asked: each text or none left out, in a passage or in two; and with dependent texts as one where either of these is out.
        ("quotations", "kind == 'speech'", [ARDEN, COLE], 12, 12,
         "No other choice that was tried changes it, but it was coded once."),
        # Arden 1987 has a speaker of a document in its third passage alone; without it no text has any.
        ("quotations", "kind == 'document'", [ARDEN], 6, 12,
         "It fails if a text must say it twice."),
    ],
)  # fmt: skip
def test_how_sure_a_finding_is_stands_in_one_plain_sentence(study, table, query, expected, held, asked, said):
    finding = asking(study, table, query, "exactly", expected)
    assert combinations(finding).to_dict("records") == [{"finding": "it", "held": held, "asked": asked}]
    assert sureness(finding, "it") == said


def test_a_finding_that_a_reading_denies_says_so_and_one_on_one_text_that_it_needs_it(study):
    once = asking(study, "responsibility", "actor == 'Orlo' and valence == 'blamed'", "most", [COLE])
    assert sureness(once, "it") == "No other choice that was tried changes it."  # of Cole 1988 there is no second reading
    one = with_table(once, "sources.csv", study.sources.assign(coding="twice"))
    assert sureness(one, "it") == "It fails by the second reading."
    assert needs(one, "it") == ["Cole 1988"]
    rows = study.tables["codings/responsibility.csv"]
    denied = agreed = one
    for number in (1, 2):  # Cole 1988 blames nobody in either pass, or the same as in the coding
        denied = with_table(denied, f"codings/responsibility.pass{number}.csv", rows[rows.source_id != COLE])
        agreed = with_table(agreed, f"codings/responsibility.pass{number}.csv", rows)
    assert sureness(denied, "it").endswith("by either separate reading.")
    assert sureness(agreed, "it") == "No other choice that was tried changes it."


def test_combinations_are_counted_as_by_hand(study):
    # One quoted document, in Arden 1987. Asked: all texts, or without Brill or Cole 1988; dependent texts apart or as one; in a passage or in
    # two. In two passages it does not stand.
    document = asking(study, "quotations", "kind == 'document'", "exactly", [ARDEN])
    assert combinations(document).to_dict("records") == [{"finding": "it", "held": 3 * 2, "asked": 3 * 2 * 2}]
    assert overturned(document, "it") == "if a text must say it twice"
    assert (
        overturned(asking(study, "quotations", "kind == 'speech'", "exactly", [ARDEN, COLE]), "it")
        == "under no other choice that was tried"
    )


@pytest.mark.parametrize("finding", range(8))
def test_no_sentence_is_longer_than_it_promises(texts, finding):
    name = texts.tables["findings.csv"].finding[finding]
    assert len(sureness(texts, name).split()) <= 25
    assert sureness(texts, name).count(".") == 1


def test_of_rising_levels_the_firmest_of_each_text_are_shown(study):
    rising = asking(study, "provisions", "level != 'disputed'", "rising", [], "level")
    assert set(zip(evidence_rows(rising, "it").source_id, evidence_rows(rising, "it").value, strict=True)) == {
        (ARDEN, "agreed"),
        (BRILL, "mentioned"),
        (COLE, "agreed"),
    }


def test_a_text_that_is_not_coded_is_not_silent_and_enters_no_finding(study):
    rows = study.tables["codings/provisions.csv"]
    without = with_table(study, "codings/provisions.csv", rows[rows.source_id != BRILL])
    assert answer(without, "berths", Specification()) == FAILS
    coding = study.sources.coding.where(study.sources.source_id != BRILL, "uncoded")
    assert answer(with_table(without, "sources.csv", study.sources.assign(coding=coding)), "berths", Specification()) == HOLDS
