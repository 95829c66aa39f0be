"""Coverage, relations, distances, guarantors and strengths: against readings and values worked out by hand."""

import math

import pytest

from analysis import proposals
from analysis.proposals import jaccard_distance
from analysis.vocabulary import BENCHMARK


def test_coverage_counts_rows_by_dimension_and_text(texts):
    table = proposals.coverage(texts)
    assert list(table.columns) == ["decamp2022", "usip2022", "charap2022", "observer2023", "petrosnider2024"]
    assert len(table) == 20
    assert table.to_numpy().sum() == len(proposals.provisions(texts))
    # By reading: no text says what would become of sanctions; language and autonomy stand in one text only.
    assert table.loc["D17"].sum() == 0
    assert list(table.columns[table.loc["D12"] > 0]) == ["petrosnider2024"]
    assert table.observer2023["D03"] == 0


def test_dependent_texts_can_be_merged_or_left_out(texts):
    whole, merged = proposals.coverage(texts), proposals.coverage(texts, merge=True)
    assert list(merged.columns) == ["antiwar", "usip", "charap", "snider"]
    assert (merged.snider == whole.observer2023 + whole.petrosnider2024).all()
    without = proposals.coverage(texts, leave_out=["observer2023"])
    assert "observer2023" not in without
    assert (without.petrosnider2024 == whole.petrosnider2024).all()


@pytest.mark.parametrize(
    ("dimension", "options", "n_units", "relation"),
    [
        ("D17", {}, 0, "none"),
        ("D07", {}, 1, "only one"),
        ("D08", {}, 3, "contradict"),
        ("D08", {"leave_out": ["petrosnider2024"]}, 2, "differ in detail"),
        ("D08", {"leave_out": ["petrosnider2024", "usip2022"]}, 1, "only one"),
        ("D01", {"leave_out": ["decamp2022", "observer2023", "petrosnider2024"]}, 2, "agree"),
        ("D01", {"merge": True}, 4, "differ in detail"),
        ("D01", {"merge": True, "leave_out": ["decamp2022", "usip2022", "charap2022"]}, 1, "only one"),
    ],
)
def test_relations_follow_the_texts_that_count(texts, dimension, options, n_units, relation):
    row = proposals.relations(texts, **options).set_index("dimension").loc[dimension]
    assert (row.n_units, row.relation) == (n_units, relation)


def test_jaccard_distance_by_hand():
    assert jaccard_distance({"D01", "D02", "D03"}, {"D02", "D03", "D04"}) == 0.5  # two shared of four
    assert jaccard_distance({"D01"}, {"D01"}) == 0
    assert jaccard_distance({"D01"}, {"D02"}) == 1
    assert math.isnan(jaccard_distance(set(), set()))


def test_distances_are_a_symmetric_table_with_the_communique(texts):
    table = proposals.distances(texts)
    assert list(table.index) == list(table.columns) == [*texts.raw, BENCHMARK]
    assert (table == table.T).all().all()
    assert (table.to_numpy().diagonal() == 0).all()
    # charap2022 describes D01 to D04 and D19, observer2023 D01, D02, D10, D11, D14, D19: three shared of eight.
    assert table.charap2022["observer2023"] == pytest.approx(5 / 8)
    assert list(proposals.distances(texts, merge=True).index) == ["antiwar", "usip", "charap", "snider", BENCHMARK]


def test_guarantors_as_the_texts_list_them(texts):
    table = proposals.guarantor_sets(texts)
    named = {name: set(table.index[table[name]]) for name in table}
    nine = {"United States", "Russia", "France", "China", "United Kingdom", "Germany", "Poland", "Turkey", "Israel"}
    assert named["usip2022"] == nine  # par. 3
    assert named[BENCHMARK] == nine | {"Canada", "Italy"}
    assert named["decamp2022"] == {"Russia", "United States", "United Kingdom"}  # par. 3 and 6
    assert named["charap2022"] == {"Russia"}
    assert named["observer2023"] == set()
    assert named["petrosnider2024"] == {"UN Security Council"}


def test_overlaps_are_counts_of_sets(texts):
    table = proposals.guarantor_overlap(texts).set_index("source_id")
    assert tuple(table.loc["usip2022"]) == (9, 9, 0, 2)
    assert tuple(table.loc["petrosnider2024"]) == (1, 0, 1, 11)
    assert tuple(table.loc["observer2023"]) == (0, 0, 0, 11)


def test_the_reported_duty_of_usip2022_is_stronger_than_article_five(texts):
    table = proposals.strengths(texts)
    rank = table.groupby("of")["rank"].max()
    assert rank["USIP 2022, par. 3"] > rank["NATO, Article 5"] > rank["Budapest Memorandum"] > rank["Austrian neutrality law"]
    assert rank["USIP 2022, par. 6"] == rank["Budapest Memorandum"]
    assert rank["Charap 2022, par. 3"] == 0
    assert set(table["rank"][table.of == "DeCamp 2022, par. 6"]) == {0, 4}  # not clear in the plan; refused, as the text expects


def test_an_instrument_stands_on_one_rung(texts):
    given = proposals.strengths(texts).query("kind == 'instrument'")
    assert given.of.is_unique


def test_standard_codebooks_leave_the_core_uncovered(texts):
    fits = proposals.misfit(texts).set_index("fit")
    assert dict(fits.pax) == {"exact": 5, "partial": 7, "none": 8}


def test_facts_about_instruments_show_their_source_and_grade(texts):
    table = proposals.instruments(texts, "nato1949", "budapest1994")
    assert set(table.grade) == {"S", "S2"}
    assert table.reference.str.contains(", ").all()
    assert list(table.instrument.unique()) == ["NATO, Article 5", "Budapest Memorandum"]


def test_only_known_facts_enter_the_instruments(texts):
    table = texts.tables["instruments.csv"]
    assert set(table.grade) <= {"S", "S2", "text"}
    assert (table.query("grade == 'text'").reference == "petrosnider2024").all()
