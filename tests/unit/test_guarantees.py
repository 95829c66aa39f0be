"""Guarantors, strengths and instruments: against readings of the study and values worked out by hand."""

import pandas as pd
import pytest

from analysis.coding.guarantees import (
    commitment_scores,
    guarantor_groups,
    guarantor_overlap,
    guarantor_sets,
    guarantor_words,
    instrument_positions,
    paragraph_numbers,
    strength_ranks,
)
from analysis.coding.terms import (
    coded_counts,
    dimension_relations,
    jaccard_matrix,
    term_matrix_with_spans,
    terms_in_dimension,
)
from analysis.display.numbers.guarantees import guarantees_numbers
from tests.support.corpora import rows, with_table

ARDEN, BRILL, COLE, NOTE = "arden1987", "brill1987", "cole1988", "note1987"


def test_guarantors_are_states_and_bodies_that_are_proposed(study):
    table = guarantor_sets(study)
    assert {name: set(table.index[table[name]]) for name in table} == {
        NOTE: {"Norrland", "Ostmark"},
        ARDEN: {"Norrland", "Sund Council"},  # the neighbours are a group
        BRILL: {"Sund Council"},  # Norrland advised earlier
        COLE: set(),
    }
    assert list(table.columns) == [NOTE, ARDEN, BRILL, COLE]
    assert list(table.index[2:]) == ["Ostmark"]  # named least


def test_what_is_said_of_a_guarantor_stands_in_words(study):
    assert rows(guarantor_words(study, NOTE), "source_id", "guarantor", "kind", "said") == [
        (NOTE, "Norrland", "state", "Named"),
        (NOTE, "Ostmark", "state", "Named"),
        (ARDEN, "Norrland", "state", "Named"),
        (ARDEN, "Sund Council", "body", "Named"),
        (ARDEN, "the neighbours", "group", "Named"),
        (BRILL, "Sund Council", "body", "Named"),  # Norrland is of an earlier pledge
    ]


def test_what_is_guessed_refused_or_bracketed_says_so(study):
    marked = _marked(study, "codings/guarantors.csv", "source_id == @BRILL", basis="supposed", note="The writer's guess.")
    marked = _marked(marked, "codings/guarantors.csv", "guarantor == 'the neighbours'", role="refusing")
    marked = _marked(marked, "instrument_guarantors.csv", "guarantor == 'Norrland'", bracketed="yes", note="Orlo had not agreed.")
    marked = _marked(marked, "instrument_guarantors.csv", "guarantor == 'Ostmark'", bracketed="unclear")
    said = guarantor_words(marked, NOTE).set_index(["source_id", "guarantor"]).said
    assert said[[(NOTE, "Norrland"), (NOTE, "Ostmark")]].to_list() == ["Orlo had not agreed", "In Sund Council 1987 alone"]
    assert said[ARDEN, "the neighbours"] == "Refuses, the text states"
    assert said[BRILL, "Sund Council"] == "The writer's guess"


def test_overlaps_with_the_reference_instrument_are_counts_of_sets(study):
    assert rows(guarantor_overlap(study), "source_id", "n", "shared", "only_text", "only_communique") == [
        (ARDEN, 2, 1, 1, 1),
        (BRILL, 1, 0, 1, 2),
        (COLE, 0, 0, 0, 2),
    ]


def test_groups_are_listed_with_their_paragraphs(study):
    assert rows(guarantor_groups(study), "source_id", "group", "role", "paragraphs") == [(ARDEN, "the neighbours", "proposed", "3")]
    assert paragraph_numbers(["arden1987-p03", "arden1987-p12"]) == "3, 12"


def test_strengths_of_texts_and_instruments_stand_on_one_scale(study):
    assert strength_ranks(study).to_dict() == {"none": 0, "unclear": 0, "consultation": 1, "duty to act": 2}
    assert rows(commitment_scores(study), "of", "kind", "strength", "rank") == [
        ("Arden 1987, par. 3", "text", "consultation", 1),
        ("Brill 1987, par. 3", "text", "duty to act", 2),
        ("Lanne Note", "instrument", "consultation", 1),
        ("Old Charter", "instrument", "none", 0),
    ]
    assert commitment_scores(study).says.dropna().to_list() == [
        "Two states confer when passage is stopped.",
        "Nobody guarantees passage.",
    ]


def test_instruments_show_their_source_and_grade_in_the_order_asked_for(study):
    assert rows(instrument_positions(study, "charter1904", NOTE), "instrument", "dimension", "reference", "grade") == [
        ("Old Charter", "K1", "Sund Herald 1987, p. 2", "B"),
        ("Old Charter", "K4", "Brill 1987, par. 1", "C"),
        ("Lanne Note", "K1", "Sund Council 1987, point 1", "A"),
        ("Lanne Note", "K4", "Sund Council 1987, point 3", "A"),
        ("Lanne Note", "K6", "Sund Council 1987, point 4", "A"),
    ]


def test_what_was_not_seen_of_an_instrument_is_neither_there_nor_absent(study):
    hidden = _marked(study, "instruments.csv", "dimension == 'K6'", seen="no")
    assert rows(instrument_positions(hidden, NOTE), "dimension", "position")[-1] == ("K6", "not in the part seen")
    assert jaccard_matrix(study).loc[ARDEN, NOTE] == pytest.approx(1 - 2 / 5)  # K1, K4 of K1, K2, K3, K4, K6
    assert jaccard_matrix(hidden).loc[ARDEN, NOTE] == pytest.approx(1 - 2 / 4)


def test_what_a_text_recalls_does_not_describe_a_settlement(study):
    recalled = _marked(study, "codings/provisions.csv", "dimension == 'K5'", basis="recalled")
    assert coded_counts(recalled).loc["K5"].sum() == 0
    assert dimension_relations(recalled).set_index("dimension").relation["K5"] == "none"
    assert set(term_matrix_with_spans(recalled).query("dimension == 'K5'").level) == {"absent"}
    assert list(terms_in_dimension(recalled, "K5").basis) == ["recalled"]  # still shown, as what it is


@pytest.mark.parametrize("basis", ["supposed", "recalled"])
def test_what_a_text_supposes_or_recalls_names_no_guarantor_and_stands_on_no_rung(study, basis):
    marked = _marked(study, "codings/guarantors.csv", "source_id == @BRILL", basis=basis)
    assert not guarantor_sets(marked)[BRILL].any()
    off = _marked(study, "codings/strengths.csv", "source_id == @BRILL", basis=basis)
    assert list(commitment_scores(off).of) == ["Arden 1987, par. 3", "Lanne Note", "Old Charter"]


@pytest.mark.parametrize("bracketed", ["yes", "unclear"])
def test_a_bracketed_guarantor_is_not_settled(study, bracketed):
    marked = _marked(study, "instrument_guarantors.csv", "guarantor == 'Ostmark'", bracketed=bracketed)
    assert set(guarantor_sets(marked).query(NOTE).index) == {"Norrland"}


def test_sides_of_an_instrument_that_differ_stand_apart_on_the_scale(study):
    table = study.tables["instruments.csv"]
    other = table.query("strength == 'consultation'").assign(side="Vesk", strength="duty to act")
    both = with_table(study, "instruments.csv", pd.concat([table, other], ignore_index=True))
    assert rows(commitment_scores(both).query("instrument == @NOTE"), "of", "rank") == [("Lanne Note", 1), ("Lanne Note (Vesk)", 2)]


def _marked(study, name, query, **values):
    """The study with the rows of a table that `query` chooses, BRILL in it, changed to `values`."""
    table = study.tables[name].copy()
    table.loc[table.query(query, local_dict={"BRILL": BRILL}).index, list(values)] = list(values.values())
    return with_table(study, name, table)


def test_numbers_of_a_list_are_those_of_the_text_that_the_sentence_names(study):
    """Arden 1987 names Norrland and the Sund Council, of which the note has Norrland; the note has two states."""
    assert guarantees_numbers(study, "arden1987_states", "arden1987_shared") == {
        "reference_n": 2,
        "arden1987_states": 2,
        "arden1987_shared": 1,
    }
    with pytest.raises(KeyError):
        guarantees_numbers(study, "nobody_states")
