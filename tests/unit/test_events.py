"""Events: their order, who mentions them, dates against the record and against each other."""

import pandas as pd
import pytest

from analysis.coding.events import (
    date_disagreements,
    dating_basis_counts,
    event_counts,
    event_coverage,
    omitted_events,
    reference_events,
    shared_events,
    sort_by_date,
    what_was_known,
)
from tests.support.corpora import rows, with_table

EVENTS = "codings/events.csv"


def test_the_record_stands_in_the_order_of_its_days_without_undated_events(study):
    assert rows(reference_events(study), "event_id") == [("old-war",), ("blockade",), ("talks",), ("walkout",), ("note",)]
    first, last = reference_events(study).loc[2, ["first", "last"]]
    assert (first.isoformat(), last.isoformat()) == ("1987-04-20", "1987-04-30")


def test_rows_stand_in_the_order_of_their_first_then_last_days_and_else_as_they_were():
    table = pd.DataFrame({"date": ["1987-04", "1987-03-31", "1987-04-01", "1987-04-01/1987-04-02", "1987-03-31"], "n": range(5)})
    assert list(sort_by_date(table).n) == [1, 4, 2, 3, 0]
    assert list(sort_by_date(table).index) == list(range(5))


def test_coverage_counts_passages_by_event_and_unit_in_the_order_of_the_record(study):
    expected = {"advice": [0, 1, 0], "blockade": [1, 1, 1], "talks": [1, 1, 1], "walkout": [0, 1, 1], "hale-4may": [1, 0, 0]}
    table = event_counts(study)
    assert {event: list(table.loc[event]) for event in table.index} == expected
    assert list(table.index) == list(expected)
    merged = event_counts(study, merge=True)
    assert {event: list(merged.loc[event]) for event in merged.index} == {event: [a, b + c] for event, (a, b, c) in expected.items()}
    assert list(event_counts(study, leave_out=["brill1987"]).index) == ["blockade", "talks", "walkout", "hale-4may"]
    twice = with_table(study, EVENTS, pd.concat([study.tables[EVENTS], study.tables[EVENTS].head(1)]))
    assert event_counts(twice).loc["hale-4may", "arden1987"] == 1


def test_coverage_for_readers_has_labels_and_short_names(study):
    table = event_coverage(study)
    assert list(table.columns) == ["event", "Arden 1987", "Brill 1987", "Cole 1988"]
    assert table.iloc[3].to_list() == ["a premier leaves", 0, 1, 1]


def test_shared_events_show_the_dates_of_each_text(study):
    assert shared_events(study).to_numpy().tolist() == [
        ["the blockade begins", "1987-03", "1987-03-02", "1987-05"],
        ["the talks at Lanne", "1987-05-04", "1987-04-20/1987-04-30", "1987-04-20/1987-04-30"],
        ["a premier leaves", "–", "1987-04", "1987-04"],
    ]


def test_dates_that_exclude_each_other_are_named(study):
    """March holds the record's 2 March and not May; "this week" begins after the record's talks ended; May begins after 2 March. April holds 28 April.
    Inferred dates are those of the record."""
    assert rows(date_disagreements(study), "source_id", "event", "date", "against", "other_date", "dated_by") == [
        ("arden1987", "the blockade begins", "1987-03", "Cole 1988", "1987-05", "March 1987"),
        ("arden1987", "the talks at Lanne", "1987-05-04", "record", "1987-04-20/1987-04-30", "this week"),
        ("cole1988", "the blockade begins", "1987-05", "record", "1987-03-02", "May 1987"),
    ]


@pytest.mark.parametrize(
    ("date", "disagrees"),
    [  # the record has the talks from 20 to 30 April
        ("1987-04-19", True),
        ("1987-04-20", False),
        ("1987-04-30", False),
        ("1987-05-01", True),
        ("1987-04-01/1987-04-20", False),
        ("1987", False),
    ],
)
def test_dates_agree_where_some_day_lies_in_both(study, date, disagrees):
    table = study.tables[EVENTS]
    moved = with_table(study, EVENTS, table.assign(date=table.date.where(table.dated_by != "this week", date)))
    found = date_disagreements(moved).query("event == 'the talks at Lanne'")
    assert len(found) == disagrees


def test_two_dates_of_one_text_do_not_stand_against_each_other(study):
    table = study.tables[EVENTS]
    again = table.query("date == '1987-05'").assign(source_id="arden1987", passage_id="arden1987-p04")
    twice = with_table(study, EVENTS, pd.concat([table, again], ignore_index=True))
    own = date_disagreements(twice).query("source_id == 'arden1987' and event == 'the blockade begins'")
    assert rows(own, "date", "against") == [("1987-03", "Cole 1988"), ("1987-05", "record")]


def test_bases_are_counted_by_text(study):
    assert rows(dating_basis_counts(study), "source_id", "stated", "relative", "inferred") == [
        ("arden1987", 1, 2, 0),
        ("brill1987", 1, 1, 2),
        ("cole1988", 2, 0, 1),
    ]


def test_events_of_the_record_that_no_text_mentions(study):
    assert rows(omitted_events(study), "label", "date", "reference") == [
        ("the old war", "1899/1902", ""),
        ("the Lanne Note", "1987-04-30", "Sund Council 1987"),
    ]
    record = study.tables["benchmark_events.csv"]
    twofold = with_table(
        study, "benchmark_events.csv", record.assign(reference=record.reference.replace("note1987", "note1987;herald1987"))
    )
    assert omitted_events(twofold).reference.to_list() == ["", "Sund Council 1987; Sund Herald 1987"]


def test_what_was_known_sets_the_record_s_lanes_beside_the_texts_by_their_days(study):
    """The blockade and the talks are events, the Note came to light; the walkout has no lane, and the advice no date."""
    assert rows(what_was_known(study), "date", "lane", "label", "source_id") == [
        ("1987-03-02", "event", "the blockade begins", ""),
        ("1987-04-20/1987-04-30", "event", "the talks at Lanne", ""),
        ("1987-04-30", "disclosure", "the Lanne Note", ""),
        ("1987-05-04", "publication", "Arden 1987, Sund Post", "arden1987"),
        ("1987-05-20", "publication", "Brill 1987, Island News", "brill1987"),
        ("1988-03-01/1988-05-31", "publication", "Cole 1988, Island News", "cole1988"),
    ]
    dated = study.tables["benchmark_events.csv"].assign(lane="event")
    assert "advice" not in set(dated.event_id[dated.label.isin(what_was_known(with_table(study, "benchmark_events.csv", dated)).label)])
