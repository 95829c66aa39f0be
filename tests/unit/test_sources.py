"""Where the texts come from: lags, bases of facts, words by zone, ties, coding status."""

from analysis.coding.sources import dependencies, metadata_provenance, metadata_provenance_by_text, raw_vs_body, words_by_zone
from analysis.corpus.bibliography import reference_names
from analysis.corpus.texts import coding_status, source_table
from tests.support.corpora import rows, with_table


def test_lags_count_days_from_the_reference_instrument_in_order_of_publication(study):
    """The Lanne Note is of 30 April 1987: 4 May is 4 days later, 20 May 20; 1 March 1988 is 31 + 30 + 31 + 31 + 30 + 31 + 30 + 31 + 31 + 29 + 1 days
    later, for 1988 is a leap year, and 31 May a year and 31 days."""
    assert rows(source_table(study), "source_id", "lag_days_low", "lag_days") == [
        ("arden1987", 4, 4),
        ("brill1987", 20, 20),
        ("cole1988", 31 + 30 + 31 + 31 + 30 + 31 + 30 + 31 + 31 + 29 + 1, 366 + 31),
    ]
    earlier = study.tables["instruments.csv"].assign(date="1987-05/1987-06-10")
    moved = source_table(with_table(study, "instruments.csv", earlier))
    assert list(moved.lag_days) == [-37, -21, 356]  # from the last day that the date allows


def test_the_latest_day_decides_the_order_and_then_the_id(study):
    late = study.sources.assign(date=["1988-05-31", "1987-01-01/1988-06-01", "1988-05"])
    order = source_table(with_table(study, "sources.csv", late)).source_id
    assert list(order) == ["arden1987", "cole1988", "brill1987"]


def test_a_source_has_its_file_and_its_words(study):
    """The words outside the bodies: 8 + 7 + 3 + 5 + 3; "Posted by islandnews, 20 May 1987"; 3 + 5 + 5."""
    assert rows(source_table(study), "file", "body_words", "raw_words") == [
        ("sources/arden1987.txt", 107, 107 + 7 + 7 + 3 + 5 + 3),
        ("sources/brill1987.txt", 100, 100 + 6),
        ("sources/cole1988.txt", 99, 99 + 3 + 5 + 5),
    ]


def test_words_by_zone_add_up_to_the_file(study):
    table = words_by_zone(study)
    assert table.loc["arden1987"].loc[lambda column: column > 0].to_dict() == {
        "body": 107, "byline": 3, "caption": 5, "deck": 7, "headline": 7, "subhead": 3}  # fmt: skip
    assert table.loc["cole1988"].loc[lambda column: column > 0].to_dict() == {"body": 99, "chrome": 3, "headline": 5, "promo": 5}
    assert (table.sum(axis="columns") == source_table(study).set_index("source_id").raw_words).all()


def test_cleaning_takes_words_sentences_marks_and_years_away(study):
    table = raw_vs_body(study).set_index(["source_id", "stage"])
    arden, brill, cole = (table.loc[source_id] for source_id in ("arden1987", "brill1987", "cole1988"))
    assert arden.loc["body"].to_list() == [107, 10, 10.7, 4, "1987"]
    assert arden.loc["raw"].to_list() == [132, 15, 132 / 15, 4, "1987"]  # five lines more, each a sentence
    assert brill.loc[["raw", "body"]].latest_year.to_list() == ["1987", "1954"]  # a date of posting
    assert cole.loc[["raw", "body"]].quotations.to_list() == [5, 4]  # "Subscribe", in a menu


def test_how_facts_are_known(study):
    table = metadata_provenance(study).set_index(["source_id", "fact"])
    assert len(table) == 3 * 5
    assert table.loc[("arden1987", "date")].to_list() == ["1987-05-04", "stated, found", "arden1987"]
    assert table.loc[("arden1987", "author")].to_list() == ["Jo Arden", "stated", ""]
    assert table.loc[("cole1988", "author")].to_list() == ["Ann Cole;Kai Brill", "inferred", "brill1987;herald1987"]
    wide = metadata_provenance_by_text(study)
    assert list(wide.columns) == ["source_id", "title", "author", "outlet", "date", "url"]
    assert wide.iloc[1].to_list() == ["brill1987", "found", "found", "stated", "stated", "found"]


def test_ties_name_works_by_authors_and_year(study):
    assert rows(dependencies(study), "source_id", "kind", "work") == [
        ("arden1987", "cites", "Sund Herald 1987"),
        ("cole1988", "shared author", "Brill 1987"),
    ]
    assert reference_names(study.path / "references.bib")["cole1988"] == "Cole and Brill 1988"


def test_the_status_of_each_text_stands_in_one_place(study):
    assert coding_status(study).to_dict() == {"arden1987": "twice", "brill1987": "twice", "cole1988": "once"}
