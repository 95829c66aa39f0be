"""Which words set a text apart from the others: weighted log-odds with an informative Dirichlet prior.

Symbols: y, the count of a word in a text; n, the words of the text; a, the prior count of the word, its share of all texts times a0; the
rest is all other texts together. Monroe, Colaresi and Quinn 2008, doi:10.1093/pan/mpn018, equations 16, 19 and 20. z ranks words; it is no
test: the words of a text are not independent of each other, and topic and date move them as much as manner does.
"""

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.corpus.reader import Corpus
from analysis.corpus.segment import tokens
from analysis.corpus.speech import direct_speech
from analysis.corpus.texts import by_publication_date, source_table
from analysis.stylometry.syllables import normalize_word

PRIOR_SIZES = [100, 500, 1000]  # a0, in words

PRIOR = 500

FEWEST_PASSAGES = 3  # a word must stand in so many paragraphs of the text


def author_words(corpus: Corpus) -> pd.DataFrame:
    """The words of the bodies outside quoted speech and documents, without possessive 's: source_id, passage_id, word."""
    table, said = tokens(corpus), direct_speech(corpus)
    quoted = pd.Series(False, index=table.index)
    for span in said.itertuples():
        quoted |= (table.source_id == span.source_id) & (table.start >= span.start) & (table.end <= span.end)
    own = table[~quoted]
    return own[["source_id", "passage_id"]].assign(word=own.word.map(lambda word: normalize_word(word).removesuffix("'s")))


def log_odds(y: npt.ArrayLike, y_rest: npt.ArrayLike, prior: npt.ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    """The weighted log-odds ratio of each word, and its standard error: two arrays; above 0 the text uses the word more than the rest does.

    `y`, `y_rest` and `prior` count each word in the text, in the rest, and in the prior; NaN where either side has no words. z is the
    ratio divided by its error.
    """
    y, y_rest, prior = (np.asarray(counts, dtype=float) for counts in (y, y_rest, prior))
    n, n_rest, a0 = y.sum(), y_rest.sum(), prior.sum()
    if not n or not n_rest:
        return np.full(len(y), np.nan), np.full(len(y), np.nan)
    delta = np.log((y + prior) / (n + a0 - y - prior)) - np.log((y_rest + prior) / (n_rest + a0 - y_rest - prior))
    return delta, np.sqrt(1 / (y + prior) + 1 / (y_rest + prior))


def keyness_table(corpus: Corpus) -> pd.DataFrame:
    """The words of each text that stand in at least three of its paragraphs, by the author's own words, for each prior.

    Columns: source_id; word; n, n_rest (counts in the text and in all others); log_odds (above 0: more than in the rest); z; low, high
    (log_odds -/+ 1.96 standard errors of the model, not an interval over texts); prior (a0, in words). Highest z first.
    """
    table = author_words(corpus)
    counts = pd.crosstab(table.word, table.source_id)
    spread = table.drop_duplicates().groupby(["word", "source_id"]).size().unstack(fill_value=0)
    every = [_text_vs_rest(counts, source_id, prior)[spread[source_id] >= FEWEST_PASSAGES] for source_id in counts for prior in PRIOR_SIZES]
    ranked = pd.concat(every).reset_index().sort_values(["prior", "z", "word"], ascending=[True, False, True])
    return by_publication_date(corpus, ranked)[["source_id", "word", "n", "n_rest", "log_odds", "z", "low", "high", "prior"]]


def _text_vs_rest(counts: pd.DataFrame, source_id: str, prior: int) -> pd.DataFrame:
    """One text against all others: a row a word of `counts` (words by texts); the columns of `keyness_table`."""
    whole = counts.sum(axis="columns")
    n, n_rest = counts[source_id], whole - counts[source_id]
    delta, error = log_odds(n, n_rest, prior * whole / whole.sum())
    columns = {
        "source_id": source_id,
        "n": n,
        "n_rest": n_rest,
        "log_odds": delta,
        "z": delta / error,
        "low": delta - 1.96 * error,
        "high": delta + 1.96 * error,
        "prior": prior,
    }
    return pd.DataFrame(columns, index=counts.index)


def top_keywords(corpus: Corpus, n: int = 5, prior: int = PRIOR) -> pd.DataFrame:
    """The `n` words with the highest z of each text whose range lies above 0, at one prior: the columns of `keyness_table`."""
    return keyness_table(corpus).query("prior == @prior and low > 0").groupby("source_id", sort=False).head(n).reset_index(drop=True)


def prior_sensitivity(corpus: Corpus, n: int = 5) -> pd.DataFrame:
    """How many of a text's top `n` words stay at every prior: source_id, n (words at the middle prior), stay, words (that stay)."""
    tops = {a0: top_keywords(corpus, n, a0).groupby("source_id").word.agg(list) for a0 in PRIOR_SIZES}
    rows = []
    for source_id in source_table(corpus).source_id:
        own = tops[PRIOR].get(source_id, [])
        stay = [word for word in own if all(word in tops[a0].get(source_id, []) for a0 in PRIOR_SIZES)]
        rows.append((source_id, len(own), len(stay), ", ".join(stay)))
    return pd.DataFrame(rows, columns=["source_id", "n", "stay", "words"])
