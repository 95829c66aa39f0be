"""Lags, bases, what cleaning removed, and ties: against values worked out by hand."""

from datetime import date

import pytest

from analysis import provenance
from analysis.provenance import date_span


def test_lags_count_days_from_the_talks(texts):
    lags = provenance.sources(texts).set_index("source_id")[["lag_days_low", "lag_days"]]
    # 16 March is 13 days before 29 March; 31 March 2 after; 1 June 2 + 30 + 31 + 1; the others by a calendar.
    expected = {
        "decamp2022": (-13, -13),
        "usip2022": (2, 2),
        "charap2022": (64, 64),
        "observer2023": (530, 550),
        "petrosnider2024": (798, 798),
    }
    assert {name: tuple(row) for name, row in lags.iterrows()} == expected


@pytest.mark.parametrize(
    ("edtf", "first", "last"),
    [
        ("2022-03-31", date(2022, 3, 31), date(2022, 3, 31)),
        ("2023-09-10/2023-09-30", date(2023, 9, 10), date(2023, 9, 30)),
        ("2022-02", date(2022, 2, 1), date(2022, 2, 28)),
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
    ],
)
def test_a_date_in_edtf_is_a_span_of_days(edtf, first, last):
    assert date_span(edtf) == (first, last)


def test_texts_stand_in_order_of_publication(texts):
    order = ["decamp2022", "usip2022", "charap2022", "observer2023", "petrosnider2024"]
    assert list(provenance.sources(texts).source_id) == order
    assert list(provenance.basis_by_text(texts).source_id) == order


def test_words_of_the_zones_add_up_to_the_file(texts):
    sources = provenance.sources(texts).set_index("source_id")
    zones = provenance.zone_words(texts)
    assert (zones.sum(axis="columns") == sources.raw_words.loc[zones.index]).all()
    assert (zones.body == sources.body_words.loc[zones.index]).all()


def test_cleaning_takes_the_teasers_of_2024_out_of_a_text_of_2022(texts):
    stages = provenance.cleaning(texts).set_index(["source_id", "stage"])
    assert tuple(stages.latest_year["usip2022"][["raw", "body"]]) == ("2024", "1994")
    assert tuple(stages.quotations["usip2022"][["raw", "body"]]) == (8, 5)
    assert tuple(stages.quotations["charap2022"][["raw", "body"]]) == (1, 0)  # the poster's own mark


def test_facts_that_the_files_do_not_state(texts):
    basis = provenance.basis(texts).set_index(["source_id", "fact"])
    assert basis.basis["decamp2022", "outlet"] == "found"
    assert basis.basis["usip2022", "title"] == "found"
    assert tuple(basis.loc[("observer2023", "date"), ["basis", "reference"]]) == ("inferred", "observer2023;snider2023")
    assert basis.basis["petrosnider2024", "title"] == "stated, found"
    assert len(basis) == 25


def test_ties_name_works_by_authors_and_year(texts):
    ties = provenance.dependencies(texts).set_index(["source_id", "kind"])
    assert ties.work["petrosnider2024", "cites"] == "Charap and Radchenko 2024"
    assert ties.work["observer2023", "closely parallels"] == "Snider 2023"


def test_merging_dependent_texts_leaves_four_clusters(texts):
    assert provenance.sources(texts).cluster.nunique() == 4
    clusters = texts.sources.set_index("source_id").cluster
    assert clusters["petrosnider2024"] == clusters["observer2023"]
