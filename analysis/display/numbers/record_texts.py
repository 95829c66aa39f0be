"""The numbers of the page Record of the texts."""

from analysis.coding.sources import metadata_provenance, raw_vs_body
from analysis.corpus.reader import Corpus
from analysis.corpus.texts import source_table
from analysis.display.numbers.shared import Numbers, chosen
from analysis.number_words import listed


def record_texts_numbers(corpus: Corpus, *of_texts: str) -> Numbers:
    """How many texts, of which genres, of what length, with what stated of themselves, and what cleaning did to them, coded or not.

    `of_texts` names the latest years of single texts that are wanted: "<source_id>_year_raw", "<source_id>_year_body".
    """
    table, facts = source_table(corpus).set_index("short"), metadata_provenance(corpus).basis
    return {
        "n_texts": len(table),
        "n_clusters": table.cluster.nunique(),
        "genres": listed(dict.fromkeys(table.genre)),
        **_cleaning(corpus),
        **chosen(_years(corpus), of_texts),
        "body_words": int(table.body_words.sum()),
        "shortest_text": table.body_words.idxmin(),
        "shortest_words": int(table.body_words.min()),
        "longest_text": table.body_words.idxmax(),
        "longest_words": int(table.body_words.max()),
        "n_stated": int(facts.str.contains("stated").sum()),
        "n_facts": len(facts),
    }


def _cleaning(corpus: Corpus) -> Numbers:
    """The percent of words removed; how many texts have shorter sentences raw than cleaned."""
    table, stages = source_table(corpus).set_index("source_id"), raw_vs_body(corpus).set_index(["source_id", "stage"])
    removed = 100 * (table.raw_words - table.body_words) / table.raw_words
    lengths = stages.words_per_sentence.unstack()
    return {
        "most_removed_share": round(float(removed.max())),
        "least_removed_share": round(float(removed.min())),
        "n_shorter": int((lengths.raw < lengths.body).sum()),
    }


def _years(corpus: Corpus) -> Numbers:
    """The latest year that each raw file and each body names: "<source_id>_year_raw", "<source_id>_year_body"."""
    return {f"{row.source_id}_year_{row.stage}": row.latest_year for row in raw_vs_body(corpus).dropna().itertuples()}
