"""How far the scores hang on the rules by which sentences and syllables are counted."""

from collections.abc import Callable
from functools import cache

import pandas as pd
from textstat import textstat

from analysis.corpus.reader import Corpus
from analysis.corpus.texts import source_table
from analysis.stylometry.counts import COUNT_COLUMNS, full_stop_offsets, raw_sentences, scoped_sentences, sentence_counts
from analysis.stylometry.measures import BY_FORMULA, COUNT_FORMULAS, measure_table
from analysis.stylometry.syllables import syllable_counter, textstat_syllables, use_dictionary

_VARIATIONS: dict[str, Callable[[Corpus], pd.DataFrame]] = {
    "every full stop ends a sentence": lambda corpus: sentence_counts(corpus, scoped_sentences(corpus, spans=full_stop_offsets)),
    "syllables as textstat counts them": lambda corpus: sentence_counts(corpus, scoped_sentences(corpus), textstat_syllables),
    "syllables by groups of vowels": lambda corpus: sentence_counts(corpus, scoped_sentences(corpus), syllable_counter({})),
    "without sentences that quote": lambda corpus: sentence_counts(corpus, scoped_sentences(corpus, "author")),
    "raw file, not cleaned": lambda corpus: sentence_counts(corpus, raw_sentences(corpus)),
}


@cache
def score_sensitivity(corpus: Corpus) -> pd.DataFrame:
    """What another rule does to each score: source_id, variation, measure, value, change (from the value by our rules, in its own units).

    Variations: one rule changed at a time, and "textstat", which has rules of its own throughout. Scores below their
    minimum by our rules are left out.
    """
    use_dictionary(corpus)
    table = measure_table(corpus).query("scope == 'all' and status == 'ok'")
    table = table[table.measure.isin(COUNT_FORMULAS)]
    base = table[table.method == BY_FORMULA].set_index(["source_id", "measure"]).value
    rows = [(row.source_id, "textstat", row.measure, row.value) for row in table[table.method == "textstat"].itertuples()]
    for name, varied in _VARIATIONS.items():
        totals = varied(corpus).groupby("source_id")[COUNT_COLUMNS].sum()
        rows += [
            (source_id, name, measure, float(COUNT_FORMULAS[measure].formula(totals.loc[source_id])))
            for source_id, measure in base.index
            if source_id in totals.index
        ]
    result = pd.DataFrame(rows, columns=["source_id", "variation", "measure", "value"])
    return result.assign(change=[row.value - base[row.source_id, row.measure] for row in result.itertuples()])


def ease_sensitivity(corpus: Corpus) -> pd.DataFrame:
    """The rows of `score_sensitivity` that the figure of it shows: those for Flesch Reading Ease."""
    return score_sensitivity(corpus).query("measure == 'Flesch Reading Ease'").reset_index(drop=True)


def sensitivity_ranges(corpus: Corpus) -> pd.DataFrame:
    """The smallest and the largest change over the texts, as text: a row a variation, a column a measure."""
    table = score_sensitivity(corpus)
    spans = table.groupby(["variation", "measure"]).change.agg(["min", "max"])
    cells = pd.Series([f"{signed(row.min)} to {signed(row.max)}" for row in spans.itertuples()], index=spans.index)
    wide = cells.unstack().reindex(index=["textstat", *_VARIATIONS], columns=list(COUNT_FORMULAS))
    return wide.astype(object).fillna("the same").rename_axis(columns=None).reset_index()


def signed(number: float) -> str:
    return f"{number:+.1f}".replace("-", "−")


def textstat_counts(corpus: Corpus) -> pd.DataFrame:
    """How far textstat's counts are off: source_id, count (words, sentences, syllables), by_reading, textstat, difference (%)."""
    use_dictionary(corpus)
    table = sentence_counts(corpus, scoped_sentences(corpus))
    ways = {"words": textstat.lexicon_count, "sentences": textstat.sentence_count, "syllables": textstat.syllable_count}
    rows = []
    for source_id in source_table(corpus).source_id:
        own = table[table.source_id == source_id]
        for name, way in ways.items():
            hand, theirs = int(own[f"n_{name}"].sum()), way(" ".join(own.sentence))
            rows.append((source_id, name, hand, theirs, 100 * (theirs - hand) / hand))
    return pd.DataFrame(rows, columns=["source_id", "count", "by_reading", "textstat", "difference"])
