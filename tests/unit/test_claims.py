"""Claims, comparisons and checks against the record; corroboration by cluster."""

from analysis.coding.claims import check_results, claim_attribution, claims_by_topic, comparison_table, corroboration
from analysis.corpus.bibliography import format_references
from analysis.display.numbers.record_checks import record_checks_numbers
from analysis.display.numbers.trust import trust_numbers
from tests.support.corpora import rows, with_table, without_rows

COMPARED = "codings/comparisons.csv"


def test_claims_are_counted_by_topic_in_the_order_of_the_codebook(study):
    table = claims_by_topic(study)
    assert table.to_numpy().tolist() == [["terms", 2, 0, 2], ["course", 1, 0, 2], ["halt", 0, 1, 1], ["history", 0, 2, 0]]
    assert list(table.columns) == ["topic", "Arden 1987", "Brill 1987", "Cole 1988"]
    fewer = claims_by_topic(without_rows(study, "codings/claims.csv", "source_id == 'brill1987'"))
    assert fewer.to_numpy().tolist()[2:] == [["halt", 0, 0, 1], ["history", 0, 0, 0]]


def test_claims_stand_on_the_authors_word_or_on_others(study):
    table = claim_attribution(study)
    assert rows(table, "source_id", "author", "others", "share_others") == [
        ("arden1987", 1, 2, 100 * 2 / 3),
        ("brill1987", 3, 0, 0),
        ("cole1988", 4, 1, 100 * 1 / 5),
    ]
    assert set(table.names[0].split(", ")) == {"Maris Hale", "Sund Herald"}
    assert list(table.names[1:]) == ["", "Ivo Dray"]
    silent = with_table(study, "codings/claims.csv", study.tables["codings/claims.csv"].query("source_id != 'brill1987'"))
    assert claim_attribution(silent).share_others.isna().to_list() == [False, True, False]


def test_comparisons_come_topic_by_topic_in_the_order_of_publication(study):
    assert rows(comparison_table(study), "topic", "source_id")[:4] == [
        ("sharing the berths", "arden1987"),
        ("sharing the berths", "cole1988"),
        ("start of the blockade", "arden1987"),  # the file has Cole first
        ("start of the blockade", "cole1988"),
    ]


def test_corroboration_counts_clusters_and_not_texts(study):
    by_reading = [
        ("sharing the berths", "agree", "both agreed", 2, 2, "Arden 1987, Cole 1988"),
        ("start of the blockade", "contradict", "March 1987", 1, 1, "Arden 1987"),
        ("start of the blockade", "contradict", "May 1987", 1, 1, "Cole 1988"),
        ("month of the walkout", "agree", "April 1987", 2, 1, "Brill 1987, Cole 1988"),  # of one cluster
        ("who left the talks", "contradict", "Vesk's premier", 1, 1, "Brill 1987"),
        ("who left the talks", "contradict", "Orlo's premier", 1, 1, "Cole 1988"),
        ("boats in the plan", "differ in detail", "five for each island", 1, 1, "Arden 1987"),
        ("boats in the plan", "differ in detail", "twenty for Orlo", 1, 1, "Cole 1988"),
    ]
    columns = ["topic", "relation", "position", "n_texts", "n_clusters", "texts"]
    assert rows(corroboration(study), *columns) == by_reading
    apart = corroboration(study, merge=False).set_index("position")
    assert apart.loc["April 1987", ["n_texts", "n_clusters"]].to_list() == [2, 2]
    assert [row[5] for row in rows(corroboration(study, leave_out=["cole1988"]), *columns)] == [
        "Arden 1987",
        "Arden 1987",
        "Brill 1987",
        "Brill 1987",
        "Arden 1987",
    ]
    table = study.tables[COMPARED]
    twice = with_table(study, COMPARED, table.iloc[[0, *range(len(table))]])
    assert rows(corroboration(twice), *columns) == by_reading  # a text counts once for a position


def test_checks_are_counted_by_verdict(study):
    table = check_results(study)
    assert list(table.columns) == ["source_id", "checked", "as in the document", "goes further", "falls short", "differs", "not checkable"]
    assert table.to_numpy().tolist() == [
        ["arden1987", 2, 2, 0, 0, 0, 0],
        ["brill1987", 1, 0, 0, 1, 0, 0],
        ["cole1988", 2, 0, 1, 0, 1, 0],
    ]


def test_works_are_named(study):
    assert format_references(study, "note1987;herald1987") == "Sund Council 1987; Sund Herald 1987"
    assert format_references(study, "") == ""


def test_the_numbers_of_the_checks_are_those_of_the_table(study):
    """Five statements, of which one of Cole 1988 differs and none was left unchecked."""
    assert record_checks_numbers(study) == {
        "n_checks": 5,
        "n_as_in_the_document": 2,
        "n_goes_further": 1,
        "n_falls_short": 1,
        "n_differs": 1,
        "n_not_checkable": 0,
    }
    told = trust_numbers(study)
    assert [told[name] for name in ("n_checks", "n_differs", "n_not_checkable")] == [5, "one", 0]
    assert told["without_differing"] == "Arden 1987 and Brill 1987"
