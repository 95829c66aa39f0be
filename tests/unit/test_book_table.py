"""The table of the book with its evidence, how far texts differ on a term, and a document by term: on the study, worked out by hand."""

import pandas as pd
import pytest

from analysis.coding.book_table import (
    RowKey,
    book_table,
    document_by_term,
    parse_row_key,
    place_in_words,
    row_keys,
    rows_of_key,
    terms_by_difference,
)
from tests.support.corpora import rows, with_table

SIDES = ["paper", "Vesk", ""]


@pytest.mark.parametrize(
    ("key", "parsed"),
    [
        ("provisions:arden1987-p01:194-220", RowKey("provisions", "arden1987-p01", 194, 220)),
        ("strengths:brill1987-p03:556-582", RowKey("strengths", "brill1987-p03", 556, 582)),
        ("instruments:note1987:K1:1", RowKey("instruments", instrument="note1987", dimension="K1", point="1")),
        ("instruments:note1987:K1:Vesk:oral", RowKey("instruments", instrument="note1987", dimension="K1", side="Vesk", point="oral")),
        (
            "instruments:note1987:K1:1:Each island",
            RowKey("instruments", instrument="note1987", dimension="K1", point="1", words="Each island"),
        ),
        (
            "instruments:note1987:K4:paper:2:Guarantors: UK, China: and more",
            RowKey("instruments", instrument="note1987", dimension="K4", side="paper", point="2", words="Guarantors: UK, China: and more"),
        ),
        ("provisions:arden1987-p01:194", None),
        ("frames:arden1987-p01:194-220", None),
        ("instruments:note1987:K1", None),
        ("instruments:note1987::1", None),
        ("", None),
    ],
)
def test_a_key_is_split_at_its_first_five_colons(key, parsed):
    assert parse_row_key(key, SIDES) == parsed


def test_keys_stand_between_semicolons_with_spaces():
    assert row_keys("provisions:a-p01:1-2 ; instruments:n:K1:1:One; two") == ["provisions:a-p01:1-2", "instruments:n:K1:1:One; two"]
    assert row_keys("") == []


def test_a_key_finds_its_rows_by_span_or_by_the_first_words_whole(study):
    assert [row.dimension for row in rows_of_key(study, "provisions:arden1987-p01:194-220", ["K1"])] == ["K1"]
    assert rows_of_key(study, "provisions:arden1987-p01:194-220", ["K2"]) == []
    assert [row.guarantor for row in rows_of_key(study, "guarantors:arden1987-p03:473-481", [])] == ["Norrland"]
    for words, n in (("Each island has half", 1), ("Each island has hal", 0), ("Each island has half of the berths.", 1)):
        assert len(rows_of_key(study, f"instruments:note1987:K1:paper:1:{words}", ["K1"])) == n
    assert rows_of_key(study, "instruments:charter1904:K1:1", ["K1"]) == []


def test_the_table_has_its_cells_by_term_documents_first_with_what_they_rest_on(study):
    table = study.tables["book_table.csv"]
    turned = with_table(study, "book_table.csv", table.iloc[[3, 2, 1, 0, 7, 6, 5, 4]])
    found = book_table(turned)
    assert rows(found, "term", "source_id", "short", "kind", "gist") == [
        ("berths", "note1987", "Lanne Note", "instrument", "half to each island"),
        ("berths", "arden1987", "Arden 1987", "text", "shared"),
        ("berths", "brill1987", "Brill 1987", "text", "shared"),
        ("berths", "cole1988", "Cole 1988", "text", "shared"),
        ("reef", "note1987", "Lanne Note", "instrument", "not in the part seen"),
        ("reef", "arden1987", "Arden 1987", "text", "not mentioned"),
        ("reef", "brill1987", "Brill 1987", "text", "both flags stay"),
        ("reef", "cole1988", "Cole 1988", "text", "not mentioned"),
    ]
    assert [[span.quote for span in spans] for spans in found.spans] == [
        [], ["agreed to share the berths"], ["share the berths"], ["agreed to share the berths"],
        [], [], ["Each island would keep its own flag on the reef"], [],
    ]  # fmt: skip
    assert [[point.point for point in points] for points in found.points] == [["1"], [], [], [], [], [], [], []]


def test_a_span_that_two_keys_name_is_shown_once(study):
    table = study.tables["book_table.csv"].copy()
    table.loc[1, "rests_on"] = "provisions:arden1987-p01:194-220 ; provisions:arden1987-p01:194-220"
    assert len(book_table(with_table(study, "book_table.csv", table)).spans[1]) == 1


def test_terms_differ_by_contradictions_then_by_gists_and_levels(study):
    columns = ["term", "contradictions", "n_texts", "n_gists", "n_levels"]
    assert rows(terms_by_difference(study), *columns) == [("berths", 0, 3, 1, 2), ("reef", 0, 1, 1, 1)]
    relations = study.tables["codings/relations.csv"]
    against = relations.assign(dimension=relations.dimension.replace("K3", "K5"))  # the pair of K3 contradicts now on the reef
    assert rows(terms_by_difference(with_table(study, "codings/relations.csv", against)), *columns) == [
        ("reef", 1, 1, 1, 1),
        ("berths", 0, 3, 1, 2),
    ]


def test_a_document_is_told_term_by_term_with_what_was_not_seen(study):
    instruments = study.tables["instruments.csv"].copy()
    instruments.loc[instruments.dimension == "K6", ["side", "position", "point", "seen"]] = ["", "", "", "no"]
    spoken = instruments.loc[[0]].assign(side="Vesk", position="Vesk has the last berth.", point="oral")
    instruments = pd.concat([instruments, spoken], ignore_index=True)
    table = study.tables["book_table.csv"].copy()
    table.loc[0, ["rests_on", "whose_word"]] = ["instruments:note1987:K1:1 ; instruments:note1987:K1:Vesk:oral", "Ivo Dray"]
    changed = with_table(with_table(study, "instruments.csv", instruments), "book_table.csv", table)
    labels = dict(study.tables["codebook.csv"][["dimension", "label"]].itertuples(index=False))
    assert rows(document_by_term(changed, "note1987"), "matter", "says", "known_from") == [
        ("berths", "Each island has half of the berths. Vesk: Vesk has the last berth.", "point 1; words of Ivo Dray, not the paper"),
        ("reef", "not in the part seen", ""),
        ("other matters", f"not in the part seen: {labels['K6']}", ""),
    ]


def test_points_are_named_as_a_reader_is_told_of_them():
    named = [place_in_words(point) for point in ("3", "1 and 4", "Art. 5", "title")]
    assert named == ["point 3", "points 1 and 4", "Art. 5", "title"]
