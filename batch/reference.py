"""The measures of one document, computed plainly by the functions that measure the texts of the book: what `vectorized` must give too."""

import re
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.corpus.reader import DATA_FOLDER, load_corpus
from analysis.corpus.segment import LINE, sentence_offsets
from analysis.stylometry.counts import COUNT_COLUMNS, capitalized_only, word_counts, words_of
from analysis.stylometry.measures import COUNT_FORMULAS, MEASURES
from analysis.stylometry.naming import PER_WORDS
from analysis.stylometry.readability import safe_divide
from analysis.stylometry.syllables import hand_counts, normalize_word, syllable_counter

MAX_LINE = 1_000_000  # characters
SURROGATE = re.compile("[\ud800-\udfff]")


class Rules(NamedTuple):
    """What of the data the measures rest on: (word, syllables) counted by hand; (concept, form, pattern) of the naming choices."""

    syllables: tuple[tuple[str, int], ...]
    forms: tuple[tuple[str, str, str], ...]


class Unreadable(NamedTuple):
    """What stands in place of a text that could not be read."""

    reason: str


def load_rules(path: Path = DATA_FOLDER) -> Rules:
    """The Rules of a data folder; raises DataError as `load_corpus` does."""
    corpus = load_corpus(path)
    forms = corpus.tables["names.csv"][["concept", "form", "pattern"]]
    return Rules(tuple(hand_counts(corpus).items()), tuple(forms.itertuples(index=False, name=None)))


def rate_columns(rules: Rules) -> list[str]:
    """The names of the columns with naming rates: "<concept>: <form>"."""
    return [f"{concept}: {form}" for concept, form, _ in rules.forms]


def text_error(text: object) -> str | None:
    """What keeps `text` from being measured, in words; None where nothing does."""
    if isinstance(text, Unreadable):
        return text.reason
    if text is None or text != text:
        return "the text is missing"
    if not isinstance(text, str):
        return f"the text is no string ({type(text).__name__})"
    if len(text) > MAX_LINE and (longest := max(map(len, text.split("\n")))) > MAX_LINE:
        return f"a line has {longest:,} characters, the most is {MAX_LINE:,}"
    if not text.isascii() and SURROGATE.search(text):
        return "the text holds half a surrogate pair, which is no character"
    return None


def reference_measures(text: str, rules: Rules) -> dict[str, float]:
    """The measures of one text: {COUNTS, MEASURES, naming rates}; each line is a paragraph.

    Scores are NaN below the minimum of their measure (`MEASURES`), rates (uses per 1,000 words) where there are no words.
    """
    paragraphs = [match.group() for match in LINE.finditer(text)]
    sentences = [paragraph[start:end] for paragraph in paragraphs for start, end in sentence_offsets(paragraph)]
    words = [word for sentence in sentences for word in words_of(sentence)]
    counted = word_counts(words, capitalized_only(sentences), syllable_counter(dict(rules.syllables)))
    n = pd.Series((len(sentences), *counted), index=COUNT_COLUMNS)
    low = [normalize_word(word) for word in words]
    scores = {
        name: float(measure.formula(n if name in COUNT_FORMULAS else low)) if n[f"n_{measure.unit}"] >= measure.minimum else np.nan
        for name, measure in MEASURES.items()
    }
    uses = [sum(1 for paragraph in paragraphs for _ in re.finditer(pattern, paragraph)) for _, _, pattern in rules.forms]
    return {
        **dict(zip(COUNT_COLUMNS, n, strict=True)),
        **scores,
        **dict(zip(rate_columns(rules), PER_WORDS * safe_divide(uses, len(words)), strict=True)),
    }
