"""The numbers of the page Record of the texts."""

from analysis.coding.sources import metadata_provenance, raw_vs_body
from analysis.corpus.reader import Corpus
from analysis.corpus.texts import source_table
from analysis.display.numbers.shared import Numbers, extent


def record_texts_numbers(corpus: Corpus) -> Numbers:
    """How many texts, from when, of what length, with what stated of themselves, and what cleaning did to them."""
    table, facts = source_table(corpus).set_index("short"), metadata_provenance(corpus).basis
    return {
        **extent(corpus),
        **_cleaning(corpus),
        "body_words": int(table.body_words.sum()),
        "shortest_text": table.body_words.idxmin(),
        "shortest_words": int(table.body_words.min()),
        "longest_text": table.body_words.idxmax(),
        "longest_words": int(table.body_words.max()),
        "n_stated": int(facts.str.contains("stated").sum()),
        "n_facts": len(facts),
    }


def _cleaning(corpus: Corpus) -> Numbers:
    """The percent of words removed; the text whose latest year moved most; how many texts have shorter sentences raw than cleaned."""
    table, stages = source_table(corpus).set_index("source_id"), raw_vs_body(corpus).set_index(["source_id", "stage"])
    removed = 100 * (table.raw_words - table.body_words) / table.raw_words
    years, lengths = stages.latest_year.unstack().dropna().astype(int), stages.words_per_sentence.unstack()
    moved = (years.raw - years.body).idxmax()
    return {
        "most_removed_share": round(float(removed.max())),
        "least_removed_share": round(float(removed.min())),
        "later_year_text": table.short[moved],
        "later_year_raw": stages.latest_year[moved, "raw"],
        "later_year_body": stages.latest_year[moved, "body"],
        "n_shorter": int((lengths.raw < lengths.body).sum()),
    }
