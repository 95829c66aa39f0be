"""Terms of a settlement: against readings of the study and values worked out by hand."""

import math

import pytest

from analysis.coding.guarantees import (
    guarantor_sets,
)
from analysis.coding.terms import (
    closest_pair,
    codebook_crosswalk,
    codebook_fit_summary,
    coded_counts,
    contradicting_pairs,
    dimension_relations,
    documents_by_text,
    jaccard_distance,
    jaccard_matrix,
    jaccard_table,
    provision_table,
    term_matrix,
    term_matrix_with_spans,
    terms_in_dimension,
)
from analysis.coding.units import units, value_definitions, value_meanings
from tests.support.corpora import rows, with_table, without_rows

ARDEN, BRILL, COLE, NOTE = "arden1987", "brill1987", "cole1988", "note1987"


def test_terms_stand_in_the_order_of_publication_whatever_the_order_of_the_file(study):
    table = study.tables["codings/provisions.csv"]
    turned = with_table(study, "codings/provisions.csv", table[::-1])
    assert list(dict.fromkeys(provision_table(turned).source_id)) == [ARDEN, BRILL, COLE]
    assert list(provision_table(study).quote) == list(table.quote)
    assert list(provision_table(turned).index) == list(range(16))


@pytest.mark.parametrize(
    ("options", "expected"),
    [  # rows in each of K1 to K6
        ({}, {ARDEN: [1, 2, 2, 1, 0, 0], BRILL: [1, 1, 1, 1, 1, 0], COLE: [1, 2, 2, 0, 0, 0]}),
        ({"merge": True}, {"arden": [1, 2, 2, 1, 0, 0], "brill": [2, 3, 3, 1, 1, 0]}),
        ({"leave_out": [BRILL]}, {ARDEN: [1, 2, 2, 1, 0, 0], COLE: [1, 2, 2, 0, 0, 0]}),
        ({"levels": ["agreed"]}, {ARDEN: [1, 0, 0, 0, 0, 0], BRILL: [0, 0, 0, 0, 0, 0], COLE: [1, 1, 1, 0, 0, 0]}),
        ({"levels": ["mentioned", "disputed"], "leave_out": [ARDEN]}, {BRILL: [1, 1, 1, 1, 1, 0], COLE: [0, 1, 0, 0, 0, 0]}),
    ],
)
def test_coverage_counts_rows_by_dimension_and_unit(study, options, expected):
    table = coded_counts(study, **options)
    assert list(table.index) == ["K1", "K2", "K3", "K4", "K5", "K6"]
    assert {name: list(column) for name, column in table.items()} == expected


def test_units_are_texts_or_clusters_in_order_of_publication(study):
    assert units(study) == {ARDEN: ARDEN, BRILL: BRILL, COLE: COLE}
    assert units(study, merge=True, leave_out=[ARDEN]) == {BRILL: "brill", COLE: "brill"}


@pytest.mark.parametrize(
    ("dimension", "options", "n_units", "relation", "contradictions"),
    [
        ("K1", {}, 3, "agree", 0),
        ("K2", {}, 3, "differ in detail", 0),
        ("K3", {}, 3, "contradict", 1),
        ("K4", {}, 2, "differ in detail", 0),
        ("K5", {}, 1, "only one", 0),
        ("K6", {}, 0, "none", 0),
        ("K3", {"leave_out": [COLE]}, 2, "differ in detail", 0),
        ("K3", {"leave_out": [ARDEN]}, 2, "agree", 0),
        ("K3", {"merge": True}, 2, "contradict", 1),
        ("K3", {"merge": True, "leave_out": [ARDEN]}, 1, "only one", 0),
        ("K2", {"merge": True, "leave_out": [BRILL]}, 2, "differ in detail", 0),
    ],
)
def test_relations_are_the_strongest_tension_among_the_units_that_count(study, dimension, options, n_units, relation, contradictions):
    row = dimension_relations(study, **options).set_index("dimension").loc[dimension]
    assert (row.n_units, row.relation, row.contradictions) == (n_units, relation, contradictions)


def test_contradictions_name_both_texts(study):
    assert rows(contradicting_pairs(study), "dimension", "label", "source_a", "source_b") == [("K3", "Patrol boats", ARDEN, COLE)]


def test_jaccard_distance_by_hand():
    assert jaccard_distance({"K1", "K2", "K3"}, {"K2", "K3", "K4"}) == 0.5  # two shared of four
    assert jaccard_distance({"K1"}, {"K1"}) == 0
    assert jaccard_distance({"K1"}, {"K2"}) == 1
    assert math.isnan(jaccard_distance(set(), set()))


def test_distances_between_texts_and_the_reference_instrument(study):
    """Arden describes K1 to K4, Brill K1 to K5, Cole K1 to K3, the note K1, K4 and K6."""
    table = jaccard_matrix(study)
    assert list(table.index) == list(table.columns) == [ARDEN, BRILL, COLE, NOTE]
    by_hand = {
        (ARDEN, BRILL): (4, 5),
        (ARDEN, COLE): (3, 4),
        (BRILL, COLE): (3, 5),
        (ARDEN, NOTE): (2, 5),
        (BRILL, NOTE): (2, 6),
        (COLE, NOTE): (1, 5),
    }
    for (one, other), (shared, either) in by_hand.items():
        assert table.loc[one, other] == table.loc[other, one] == pytest.approx(1 - shared / either)
    assert (table.to_numpy().diagonal() == 0).all()
    assert closest_pair(table) == (ARDEN, BRILL)
    merged = jaccard_matrix(study, merge=True)
    assert merged.loc["arden", "brill"] == pytest.approx(1 - 4 / 5)
    said = jaccard_matrix(study, levels=["proposed", "agreed", "disputed"])  # Brill only mentions
    assert (said.loc[ARDEN, BRILL], said.loc[ARDEN, COLE]) == (1, pytest.approx(1 / 4))
    silent = jaccard_matrix(study, levels=["disputed"], leave_out=[COLE])  # nobody describes anything
    assert math.isnan(silent.loc[ARDEN, BRILL])
    assert closest_pair(silent) == (ARDEN, NOTE)


def test_distances_for_readers_have_two_decimals(study):
    table = jaccard_table(study)
    assert table.iloc[0, :4].to_list() == ["Arden 1987", "0.00", "0.20", "0.25"]
    assert table.iloc[3, 1:4].to_list() == ["0.60", "0.67", "0.80"]
    silent = without_rows(
        without_rows(study, "codings/provisions.csv", "source_id != 'nobody'"), "instruments.csv", "instrument == 'note1987'"
    )
    assert set(jaccard_table(silent).iloc[0, 2:4]) == {"none"}


def test_statements_of_a_dimension_come_text_by_text(study):
    assert rows(terms_in_dimension(study, "K4"), "source_id", "holder", "label") == [
        (ARDEN, "Orlo", "Guarantee of passage"),
        (BRILL, "author", "Guarantee of passage"),
    ]


def test_documents_are_counted_by_text_in_the_order_of_the_codebook(study):
    table = documents_by_text(study)
    assert list(table.columns) == ["source_id", "Sund plan", "Orlo's draft", "unspecified"]
    assert table.to_numpy().tolist() == [[ARDEN, 2, 1, 3], [BRILL, 0, 0, 5], [COLE, 3, 1, 1]]


def test_the_matrix_has_a_row_for_each_level_that_a_text_has_in_a_dimension(study):
    own = term_matrix(study).query("dimension in ['K2', 'K3']")
    assert rows(own, "dimension", "source_id", "level", "holders", "documents", "n") == [
        ("K2", ARDEN, "proposed", "Vesk, Orlo", "unspecified", 2),
        ("K2", BRILL, "mentioned", "author", "unspecified", 1),
        ("K2", COLE, "agreed", "both", "Sund plan", 1),
        ("K2", COLE, "disputed", "Orlo", "unspecified", 1),
        ("K3", ARDEN, "proposed", "Vesk, both", "unspecified, Sund plan", 2),
        ("K3", BRILL, "mentioned", "author", "unspecified", 1),
        ("K3", COLE, "proposed", "Orlo", "Orlo's draft", 1),
        ("K3", COLE, "agreed", "both", "Sund plan", 1),
    ]


def test_the_matrix_with_evidence_says_what_is_absent(study):
    table = term_matrix_with_spans(study)
    absent = table[table.level == "absent"]
    assert rows(absent, "dimension", "source_id", "n") == [
        ("K4", COLE, 0),
        ("K5", ARDEN, 0),
        ("K5", COLE, 0),
        *(("K6", name, 0) for name in (ARDEN, BRILL, COLE)),
    ]
    assert absent.quote.isna().all()
    (first,) = table.query("dimension == 'K2' and source_id == @ARDEN").itertuples()
    assert (first.quote, first.passage_id) == ("Vesk will pay no toll", "arden1987-p02")  # the first of two
    assert len(table) == len(absent) + len(term_matrix(study))


def test_the_first_instrument_is_the_reference(study):
    turned = with_table(study, "instruments.csv", study.tables["instruments.csv"][::-1])
    assert guarantor_sets(turned).columns[0] == "charter1904"
    assert jaccard_matrix(turned).loc[ARDEN, "charter1904"] == pytest.approx(1 - 2 / 4)


def test_codebooks_of_others_are_counted_by_fit(study):
    assert rows(codebook_fit_summary(study), "fit", "pax", "pam") == [("exact", 2, 1), ("partial", 2, 2), ("none", 2, 3)]
    exact = with_table(study, "codebook.csv", study.tables["codebook.csv"].assign(pax_fit="exact"))
    assert rows(codebook_fit_summary(exact), "fit", "pax") == [("exact", 6), ("partial", 0), ("none", 0)]
    assert list(codebook_crosswalk(study).pax_code) == ["HarBer", "HarFee", "none", "Guar", "Terr", "none"]


def test_values_of_a_coded_variable_have_their_meaning(study):
    assert rows(value_meanings(study, "voice"), "value", "definition") == [
        ("author", "In the writer's own words."),
        ("attributed", "On the word of somebody named."),
    ]
    assert list(value_definitions(study, "voice").columns) == ["value", "definition", "includes", "excludes"]
