"""Events: dates that words give, against reckoning by hand; coverage; disagreements, planted ones too."""

import pandas as pd
import pytest

from analysis import chronology


@pytest.mark.parametrize(
    ("passage", "event", "date", "basis"),
    [  # reckoned by hand from the words and the day of publication
        ("decamp2022-p01", "lavrov-16mar", "2022-03-16", "relative"),  # "On Wednesday", in a report of Wednesday 16 March
        ("decamp2022-p10", "video-talks", "2022-03-14/2022-03-16", "relative"),  # "This week"
        ("usip2022-p13", "istanbul", "2022-03-28/2022-03-31", "relative"),  # "this week", on Thursday 31 March
        ("usip2022-p06", "soviet-end", "1992", "stated"),  # as the text has it
        ("usip2022-p06", "invasion-2014", "2014~", "relative"),  # "less than 20 years later" than 1994
        ("charap2022-p02", "istanbul", "2022-03-29", "stated"),
        ("observer2023-p02", "belarus-first", "2022-02-24/2022-02-27", "relative"),  # "Within three days of the start"
        ("petrosnider2024-p03", "putin-belarus", "2024-05-23/2024-05-24", "relative"),  # "one week later" than 16 and 17 May
        ("petrosnider2024-p05", "lukashenko-apr2024", "2024-04-11", "stated"),  # the date of the suggestion
        ("petrosnider2024-p05", "belarus-first", "2022-02-28", "inferred"),  # not that of the talks beside it
        ("petrosnider2024-p13", "osce1999", "1999", "stated"),  # another Istanbul
    ],
)
def test_dates_are_those_of_the_words(texts, passage, event, date, basis):
    (row,) = chronology.events(texts).query("passage_id == @passage and event_id == @event").itertuples()
    assert (row.date, row.date_basis) == (date, basis)


def test_inferred_dates_are_those_of_the_record(texts):
    record = texts.tables["benchmark_events.csv"].set_index("event_id").date
    for row in chronology.events(texts).query("date_basis == 'inferred'").itertuples():
        known = record[row.event_id]
        if not known:
            continue
        ours, theirs = (chronology.spanned(pd.DataFrame({"date": [value]})).iloc[0] for value in (row.date, known))
        assert ours["first"] <= theirs["last"], row
        assert theirs["first"] <= ours["last"], row


def test_coverage_counts_passages_by_event_and_text(texts):
    counts, merged = chronology.coverage(texts), chronology.coverage(texts, merge=True)
    assert counts.loc["istanbul"].gt(0).to_dict() == {
        "decamp2022": False, "usip2022": True, "charap2022": True, "observer2023": True, "petrosnider2024": True}  # fmt: skip
    assert (merged.snider == counts.observer2023 + counts.petrosnider2024).all()
    assert "osce1999" in counts.index
    table = chronology.coverage_table(texts).set_index("event")
    assert (table.loc["the Istanbul talks"].to_numpy() == counts.loc["istanbul"].to_numpy()).all()
    assert len(table) == len(counts)
    assert counts.to_numpy().sum() == len(chronology.events(texts))


def test_shared_events_show_the_dates_of_each_text(texts):
    table = chronology.shared(texts).set_index("event")
    assert table.loc["first round of talks in Belarus", "Observer 2023"] == "2022-02-24/2022-02-27"
    assert table.loc["first round of talks in Belarus", "DeCamp 2022"] == "–"
    assert all((row != "–").sum() > 1 for _, row in table.iterrows())


def test_dates_that_exclude_each_other_are_named(texts):
    table = chronology.disagreements(texts)
    assert set(table.query("against == 'record'").source_id) == {"observer2023", "usip2022", "petrosnider2024"}
    events = texts.tables["codings/events.csv"]
    moved = events.assign(
        date=events.date.where(~((events.passage_id == "charap2022-p02") & (events.event_id == "istanbul")), "2022-03-01")
    )
    spoiled = type(texts)(texts.path, texts.tables | {"codings/events.csv": moved}, texts.raw)
    found = chronology.disagreements(spoiled).query("event == 'the Istanbul talks'")
    assert set(found.query("source_id == 'charap2022'").against) == {"record"}
    assert set(found.query("source_id == 'usip2022'").against) == {"Charap 2022"}  # each pair once, the earlier text first
    assert not table.merge(chronology.events(texts).query("date_basis == 'inferred'"), on=["passage_id", "quote"]).shape[0]
    (soviet,) = table.query("source_id == 'usip2022'").itertuples()
    assert (soviet.date, soviet.against, soviet.other_date) == ("1992", "record", "1991-12")


def test_bases_add_up_to_the_events(texts):
    table, rows = chronology.bases(texts).set_index("source_id"), chronology.events(texts)
    for source_id, own in rows.groupby("source_id"):
        assert table.loc[source_id].to_dict() == {"stated": 0, "relative": 0, "inferred": 0} | own.date_basis.value_counts().to_dict()
    merged, apart = ((chronology.coverage(texts, merge) > 0).sum(axis="columns") > 1 for merge in (True, False))
    assert 0 < merged.sum() < apart.sum()


def test_days_lie_between_two_events_of_the_record(texts):
    assert chronology.days_between(texts, "war", "belarus-first") == 4  # 24 and 28 February 2022


def test_the_record_has_references_and_order(texts):
    record = chronology.benchmark(texts)
    assert ((record.reference != "") | (record.grade == "common")).all()
    assert record["first"].is_monotonic_increasing
    assert set(chronology.unmentioned(texts).label).isdisjoint(chronology.events(texts).label)
    assert "evidence of killings in Bucha" in set(chronology.unmentioned(texts).label)
