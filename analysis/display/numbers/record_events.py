"""The numbers of the page Record of the events."""

from analysis.coding.events import date_disagreements, event_counts, event_table
from analysis.corpus.reader import Corpus
from analysis.display.numbers.shared import Numbers
from analysis.number_words import listed


def record_events_numbers(corpus: Corpus) -> Numbers:
    """How many events, how they are dated, how many are shared by texts and by clusters, which by most, and how many dates disagree."""
    table, counts, merged = event_table(corpus), event_counts(corpus), event_counts(corpus, merge=True)
    sharing = (counts > 0).sum(axis="columns")
    labels = corpus.tables["benchmark_events.csv"].set_index("event_id").label
    return {
        "n_event_rows": len(table),
        "n_events": len(counts),
        "n_shared": int(((counts > 0).sum(axis="columns") > 1).sum()),
        "n_shared_clusters": int(((merged > 0).sum(axis="columns") > 1).sum()),
        "most_shared": listed(labels[sharing.index[sharing == sharing.max()]]),
        **{f"n_dates_{basis}": int((table.date_basis == basis).sum()) for basis in ("stated", "relative", "inferred")},
        "n_dates_disagree": len(date_disagreements(corpus)[["source_id", "event"]].drop_duplicates()),
    }
