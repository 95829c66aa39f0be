"""The dated events that the texts mention, and how their dates stand to each other and to the record.

Codings are rows of `codings/events.csv`: an event in a passage, the words that date it (`dated_by`), its date in EDTF as the words give
it, and the basis (stated, relative, inferred). Events that several texts mention share an `event_id` of `benchmark_events.csv`, which
also holds the date of the record, where a reference gives one.
"""

from collections.abc import Collection

import pandas as pd

from analysis.coding.units import units
from analysis.corpus.bibliography import reference_names
from analysis.corpus.dates import edtf_range
from analysis.corpus.reader import Corpus
from analysis.corpus.texts import by_publication_date, coded_sources, source_table


def event_table(corpus: Corpus) -> pd.DataFrame:
    """Every event that a passage mentions: the columns of events.csv, and label, in the order of the texts' publication."""
    labels = corpus.tables["benchmark_events.csv"].set_index("event_id").label
    table = by_publication_date(corpus, corpus.tables["codings/events.csv"])
    return table.assign(label=table.event_id.map(labels))


def reference_events(corpus: Corpus) -> pd.DataFrame:
    """The dated events of the record: event_id, label, date, reference, locator, grade, first, last (days).

    `reference` is empty where the date is general knowledge.
    """
    table = corpus.tables["benchmark_events.csv"].query("date != ''")
    return with_date_range(table).sort_values(["first", "last"], ignore_index=True)


def with_date_range(table: pd.DataFrame) -> pd.DataFrame:
    """`table` with the first and the last day that each `date` allows, as dates."""
    spans = [edtf_range(value) for value in table.date]
    return table.assign(first=[first for first, _ in spans], last=[last for _, last in spans])


def what_was_known(corpus: Corpus) -> pd.DataFrame:
    """What happened, what came to light and what the texts are, in the order of their days: what each text's author could know.

    Columns: date (EDTF), first, last (days), lane ("event" or "disclosure" as `benchmark_events.csv` says, "publication" of a text), label
    (of a text its short name and its outlet), source_id (of a text, else empty). What has no date, and what has no lane, is left out.
    """
    record = corpus.tables["benchmark_events.csv"].query("date != '' and lane != ''")[["date", "lane", "label"]].assign(source_id="")
    sources = source_table(corpus)
    published = sources[["date", "source_id"]].assign(lane="publication", label=sources.short + ", " + sources.outlet)
    columns = ["date", "first", "last", "lane", "label", "source_id"]
    return sort_by_date(pd.concat([record, published], ignore_index=True))[columns]


def sort_by_date(table: pd.DataFrame) -> pd.DataFrame:
    """`table` in the order of its dates: by the first day that each allows, then by the last."""
    return with_date_range(table).sort_values(["first", "last"], kind="stable", ignore_index=True)


def event_counts(corpus: Corpus, merge: bool = False, leave_out: Collection[str] = ()) -> pd.DataFrame:
    """How many passages of each unit (see `units`) mention each event: a row an event, a column a unit, the record's order."""
    unit = units(corpus, merge, leave_out)
    rows = event_table(corpus).assign(unit=lambda table: table.source_id.map(unit)).dropna(subset="unit")
    rows = rows.drop_duplicates(["passage_id", "event_id"])
    counts = pd.crosstab(rows.event_id, rows.unit)
    order = [name for name in corpus.tables["benchmark_events.csv"].event_id if name in counts.index]
    return counts.reindex(index=order, columns=dict.fromkeys(unit.values()), fill_value=0)


def event_coverage(corpus: Corpus) -> pd.DataFrame:
    """`event_counts` for readers: event (its label), and a column a text with the number of passages that mention it."""
    counts = event_counts(corpus)
    labels = corpus.tables["benchmark_events.csv"].set_index("event_id").label
    table = counts.rename(columns=source_table(corpus).set_index("source_id").short)
    table.insert(0, "event", labels[counts.index])
    return table.rename_axis(columns=None).reset_index(drop=True)


def shared_events(corpus: Corpus) -> pd.DataFrame:
    """The events that at least two texts mention: event, then for each text the dates that its words give ("–": absent from the text)."""
    table, counts = event_table(corpus), event_counts(corpus)
    short = coded_sources(corpus).set_index("source_id").short
    rows = []
    for event_id in counts.index[(counts > 0).sum(axis="columns") > 1]:
        own = table[table.event_id == event_id]
        dates = {name: "; ".join(dict.fromkeys(own.date[own.source_id == source_id])) or "–" for source_id, name in short.items()}
        rows.append({"event": own.label.iloc[0], **dates})
    return pd.DataFrame(rows, columns=["event", *short])


def date_disagreements(corpus: Corpus) -> pd.DataFrame:
    """The events whose dates, as words give them, cannot be reconciled with the record, or with each other.

    Columns: source_id, passage_id, event, date, against (what they are held against: "record" or another text's short name), other_date,
    dated_by, start, end, quote. Two dates agree where some day lies in both; inferred dates are left out, since the record gave them.
    """
    own = with_date_range(event_table(corpus).query("date_basis != 'inferred'"))
    record = reference_events(corpus).set_index("event_id")
    short = source_table(corpus).set_index("source_id").short
    rows = []
    for row in own.itertuples():
        others = [("record", record.loc[row.event_id])] if row.event_id in record.index else []
        later = own[(own.event_id == row.event_id) & (own.index > row.Index) & (own.source_id != row.source_id)]
        others += [(short[other.source_id], other) for other in later.itertuples()]
        rows += [
            (row.source_id, row.passage_id, row.label, row.date, against, other.date, row.dated_by, row.start, row.end, row.quote)
            for against, other in others
            if row.last < other.first or other.last < row.first
        ]
    columns = ["source_id", "passage_id", "event", "date", "against", "other_date", "dated_by", "start", "end", "quote"]
    return pd.DataFrame(rows, columns=columns)


def dating_basis_counts(corpus: Corpus) -> pd.DataFrame:
    """How the events of each text are dated: source_id, stated, relative, inferred (counts of rows)."""
    table = event_table(corpus)
    counts = pd.crosstab(table.source_id, table.date_basis).reindex(
        index=coded_sources(corpus).source_id, columns=["stated", "relative", "inferred"], fill_value=0
    )
    return counts.rename_axis(columns=None).reset_index()


def omitted_events(corpus: Corpus) -> pd.DataFrame:
    """The events of the record that no text mentions: label, date, reference."""
    record = reference_events(corpus)
    silent = ~record.event_id.isin(event_table(corpus).event_id)
    works = reference_names(corpus.path / "references.bib")
    named = ["; ".join(works[key] for key in keys.split(";") if key) for keys in record.reference]
    return record.assign(reference=named).loc[silent, ["label", "date", "reference"]].reset_index(drop=True)


def days_between(corpus: Corpus, earlier: str, later: str) -> int:
    """How many days lie between two dated events of the record, by their ids: from the first day of one to the first day of the other."""
    first = reference_events(corpus).set_index("event_id")["first"]
    return int((first[later] - first[earlier]).days)
