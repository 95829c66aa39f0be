"""Which texts a condition holds for, in words; whether a statement on them is true, and what would be."""

from dataclasses import replace

import pytest

from analysis.display.quantities import texts_in_words, what_holds
from tests.support.corpora import with_table, without_rows
from tests.support.statuses import with_uncoded

# By reading: all three texts describe the berths (K1) and the toll (K2); Cole the reef (K5) and the guarantee (K4) not; none the signs (K6).
K1, K2, K4, K5, K6 = (f"provisions; dimension == '{name}'" for name in ("K1", "K2", "K4", "K5", "K6"))
AGREED = "provisions; dimension == 'K1'; level == 'agreed'"


@pytest.mark.parametrize(
    ("condition", "words", "uncoded"),
    [
        (K1, "every text", "every coded text"),
        (K4, "every text but Cole 1988", "every coded text"),
        (AGREED, "every text but Brill 1987", "Arden 1987 alone"),
        (K5, "Brill 1987 alone", "Brill 1987 alone"),
        (K6, "no text", "no coded text"),
    ],
)
def test_the_texts_of_a_condition_stand_in_words(study, condition, words, uncoded):
    assert texts_in_words(study, condition) == words
    assert texts_in_words(with_uncoded(study), condition) == uncoded


@pytest.mark.parametrize(
    "statement",
    [
        f"every: {K2}",
        f"none: {K6}",
        f"only arden1987, brill1987: {K4}",
        f"all but cole1988: {K4}",
        f"all but brill1987: {AGREED}",
        f"arden1987: {K4}",
        "none: positions; topic == 'boats in the plan'; n_clusters > 1",
    ],
)
def test_what_is_true_holds(study, statement):
    assert what_holds(study, statement) == ""


@pytest.mark.parametrize(
    ("statement", "true"),
    [
        (f"every: {K4}", f"all but cole1988: {K4}"),
        (f"none: {K5}", f"only brill1987: {K5} (decided by brill1987-p03)"),
        (f"only arden1987: {K4}", f"all but cole1988: {K4} (decided by brill1987-p03)"),
        (f"all but brill1987: {K4}", f"all but cole1988: {K4} (decided by brill1987-p03)"),
        (f"cole1988: {K5}", f"only brill1987: {K5}"),
        (f"arden1987: {K6}", f"none: {K6}"),
    ],
)
def test_what_is_not_true_is_told_with_what_would_be(study, statement, true):
    assert what_holds(study, statement) == true


def test_one_row_more_or_less_makes_a_statement_false(study):
    assert what_holds(without_rows(study, "codings/provisions.csv", "passage_id == 'cole1988-p03' and dimension == 'K1'"), f"every: {K1}")
    assert what_holds(
        without_rows(study, "codings/provisions.csv", "dimension == 'K4' and source_id == 'arden1987'"), f"all but cole1988: {K4}"
    )


def test_a_text_that_is_not_coded_yet_enters_no_count_but_a_row_of_it_does(study):
    uncoded = with_uncoded(study)
    assert what_holds(uncoded, f"every: {K4}") == ""
    assert what_holds(uncoded, f"all but brill1987: {AGREED}") == ""
    assert what_holds(uncoded, "every: sources; coding == 'twice'") == "all but cole1988: sources; coding == 'twice'"
    assert texts_in_words(uncoded, "sources; cluster == 'brill'") == "every text but Arden 1987"


def test_rows_without_a_passage_are_told_whole(study):
    told = what_holds(study, "none: positions; topic == 'sharing the berths'")
    assert told.startswith("there is one: positions;")
    assert told.endswith("(decided by sharing the berths, agree, both agreed, 2, 2, Arden 1987, Cole 1988)")


def test_of_the_checks_of_statements_every_text_is_every_fully_checked_one(study):
    checks = study.tables["codings/source_checks.csv"]
    two = replace(study, tables=study.tables | {"codings/source_checks.csv": checks[checks.source_id != "brill1987"]})
    assert texts_in_words(two, "source_checks") == "every fully checked text"
    assert what_holds(two, "every: source_checks") == ""


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("every provisions", "it lacks the colon"),
        ("every: terms", "there is no table 'terms'"),
        ("every: provisions; colour == 'red'", "cannot be asked of the table provisions"),
        ("every: provisions; level = 'agreed'", "cannot be asked of the table provisions"),
        ("only dole1989: provisions", "'dole1989' is no text"),
        ("only: provisions", "is neither every, none"),
        ("every arden1987: provisions", "is neither every, none"),
    ],
)
def test_what_cannot_be_asked_is_said(study, statement, fault):
    with pytest.raises(ValueError, match=fault):
        what_holds(study, statement)


def test_an_explanation_that_two_independent_texts_tell_contradicts_that_none_is_shared(study):
    statement = "none: tellings; n_clusters > 1"  # Brill and Cole are of one group, Arden of another

    def told_by(source_id, stance):
        rows = study.tables["explanations.csv"].assign(explanation="Orlo broke them off")
        other = rows.source_id == "brill1987"
        both = rows.assign(source_id=rows.source_id.mask(other, source_id), stance=rows.stance.mask(other, stance))
        return what_holds(with_table(study, "explanations.csv", both), statement)

    assert what_holds(study, statement) == ""
    assert told_by("brill1987", "tells") == ""
    assert told_by("arden1987", "hints") == ""
    assert told_by("arden1987", "tells").startswith("all but brill1987: tellings")
