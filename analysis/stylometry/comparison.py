"""Any other text, measured in the same way as the texts."""

from collections.abc import Callable, Sequence

import pandas as pd

from analysis.corpus.reader import Corpus
from analysis.corpus.segment import passages, running_text, sentence_offsets
from analysis.corpus.texts import source_table
from analysis.stylometry.counts import COUNT_COLUMNS, word_counts, words_of
from analysis.stylometry.measures import COUNT_FORMULAS, MEASURES
from analysis.stylometry.syllables import normalize_word, syllable_counter

_AUTOMATIC_MEASURES = ["words per sentence", "Flesch Reading Ease", "Flesch-Kincaid", "Coleman-Liau", "MATTR 50"]
Score = Callable[[Sequence[str]], dict[str, int | float]]


def compare_with_corpus(corpus: Corpus, paragraphs: Sequence[str], name: str, score: Score | None = None) -> pd.DataFrame:
    """The bodies of the texts beside another text, `name`, all measured in the same way: without any count by hand.

    `paragraphs` are those of the other text. Columns: text (short citation, or `name`); words; sentences; the measures that need no count
    by hand, by the published formula, with syllables by rule (`syllable_counter`).
    `score` scores a text, if not `score_text` itself.
    """
    score, own = score or score_text, passages(corpus)
    short = source_table(corpus).set_index("source_id").short
    bodies = {
        text: [running_text(corpus, source_id)[row.start : row.end] for row in own[own.source_id == source_id].itertuples()]
        for source_id, text in short.items()
    }
    return pd.DataFrame([{"text": text, **score(read)} for text, read in {**bodies, name: paragraphs}.items()])


def score_text(paragraphs: Sequence[str]) -> dict[str, int | float]:
    """{words, sentences, and each measure that needs no count by hand} of a text, given by its paragraphs."""
    sentences = [paragraph[start:end] for paragraph in paragraphs for start, end in sentence_offsets(paragraph)]
    words = [word for sentence in sentences for word in words_of(sentence)]
    n = pd.Series((len(sentences), *word_counts(words, set(), syllable_counter({}))), index=COUNT_COLUMNS)
    low = [normalize_word(word) for word in words]
    scores = {name: float(MEASURES[name].formula(n if name in COUNT_FORMULAS else low)) for name in _AUTOMATIC_MEASURES}
    return {"words": len(words), "sentences": len(sentences), **scores}
