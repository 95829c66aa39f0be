"""The measures of many documents: one row a document, by the same rules as for the texts of the book.

`reference` says what is computed, one document at a time, with plain functions. `measure_batch` gives the same numbers for many documents
at once: each token (`token_cache`) is a number, and compiled loops (`kernels`) go through these.
"""

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any, TypeVar

import numpy as np
import pandas as pd
from numba import njit

from analysis.corpus.sentence_rules import sentence_ends
from analysis.stylometry.counts import COUNT_COLUMNS
from analysis.stylometry.diversity import HAPAX_WORDS, MTLD_THRESHOLD, WINDOWS
from analysis.stylometry.measures import COUNT_FORMULAS, MEASURES
from analysis.stylometry.naming import PER_WORDS
from analysis.stylometry.readability import safe_divide
from batch import kernels
from batch.kernels import Integers
from batch.reference import Rules, rate_columns, text_error
from batch.token_cache import TokenCache

BATCH_CHARS = 1_000_000  # characters whose tokens are in memory at a time
Item = TypeVar("Item")

_count_words = njit(cache=True)(kernels.count_words)
_compare_words = njit(cache=True)(kernels.compare_words)


def measure_batch(ids: Iterable[Any], texts: Sequence[Any], rules: Rules) -> pd.DataFrame:
    """The measures of many texts: a row a document, in their order.

    Columns: id; error (None, or what kept the text from being measured: then all that follows is missing); COUNTS; MEASURES; naming rates
    per 1,000 words, as `reference.reference_measures` gives them for each text.
    """
    errors = [text_error(text) for text in texts]
    sound = [text for text, error in zip(texts, errors, strict=True) if error is None]
    gc.freeze()  # to look for garbage in all that was imported, again and again, would take a tenth of the time
    try:
        table = _measure_sound(sound, rules)
    finally:
        gc.unfreeze()
    table.index = pd.Index(np.flatnonzero([error is None for error in errors]))
    table = table.reindex(range(len(errors))).astype(dict.fromkeys(COUNT_COLUMNS, "Int64"))
    table.insert(0, "id", pd.Series(list(ids), dtype=object))
    table.insert(1, "error", pd.Series(errors, dtype=object))
    return table


def split_by_length(items: Iterable[Item], length: Callable[[Item], int], max_length: int, max_items: int) -> Iterator[list[Item]]:
    """`items` cut into lists of up to `max_items`, or of which the last one reaches `max_length`; one empty list where there are none."""
    part: list[Item] = []
    total, is_first = 0, True
    for item in items:
        part.append(item)
        total += length(item)
        if total >= max_length or len(part) == max_items:
            yield part
            part, total, is_first = [], 0, False
    if part or is_first:
        yield part


@lru_cache(maxsize=1)
def _cache_of(rules: Rules) -> TokenCache:
    return TokenCache(rules)


def _measure_sound(texts: list[str], rules: Rules) -> pd.DataFrame:
    """The measures of `texts`, all of them sound: a row a text, without id and error."""
    cache = _cache_of(rules)
    counted = [_count_batch(part, cache) for part in split_by_length(texts, len, BATCH_CHARS, len(texts))]
    counts, uses, different, factors, once = (np.concatenate(columns) for columns in zip(*counted, strict=True))
    n = pd.DataFrame(counts, columns=COUNT_COLUMNS)
    n_words = counts[:, 1]
    scores = {name: measure.formula(n) for name, measure in COUNT_FORMULAS.items()}
    for column, window in enumerate(WINDOWS):
        scores[f"MATTR {window}"] = safe_divide(different[:, column], window * (n_words - window + 1))
    scores["MTLD"] = np.mean([safe_divide(n_words, way) for way in factors.T], axis=0)
    scores["hapax share"] = once / HAPAX_WORDS
    scores = {name: np.where(n[f"n_{MEASURES[name].unit}"] >= MEASURES[name].minimum, scores[name], np.nan) for name in MEASURES}
    rates = PER_WORDS * safe_divide(uses, n_words[:, None])
    return pd.concat([n, pd.DataFrame(scores), pd.DataFrame(rates, columns=rate_columns(rules))], axis="columns")


def _count_batch(texts: list[str], cache: TokenCache) -> tuple[Integers, ...]:
    """COUNTS, the uses of each name, and what `kernels.compare_words` gives, a row a text."""
    lines = [[line for line in map(str.strip, text.split("\n")) if line] for text in texts]
    n_sentences: list[int] = []  # of the lines
    encoded = [_sentence_lines(own, n_sentences) for own in lines]
    ends = np.cumsum([len(own) for own in encoded], dtype=np.int64)
    tokens, sentences, n_tokens = cache.number(np.frombuffer(b"".join(encoded), np.uint8), ends)
    line = np.repeat(np.arange(len(n_sentences)), n_sentences)[sentences]
    owner = np.repeat(np.arange(len(texts)), [len(own) for own in lines])
    uses = _name_uses(list(chain.from_iterable(lines)), owner, tokens, line, len(texts), cache)
    columns = (cache.first, cache.forms, cache.opened, cache.counts, cache.spelled, cache.case)
    counts, words = _count_words(tokens, sentences, n_tokens, *columns)
    return counts, uses, *_compare_words(words, counts[:, 1], np.array(WINDOWS), HAPAX_WORDS, MTLD_THRESHOLD)


def _sentence_lines(lines: list[str], n_sentences: list[int]) -> bytes:
    """The sentences of the lines of a text, each with a line feed behind it; how many each line has is added to `n_sentences`."""
    sentences: list[str] = []
    for line in lines:
        start, before = 0, len(sentences)
        for end in sentence_ends(line):
            sentences.append(line[start:end])
            start = end
        sentences.append(line[start:])
        n_sentences.append(len(sentences) - before)
    return "\n".join([*sentences, ""]).encode()


def _name_uses(lines: list[str], owner: Integers, tokens: Integers, line: Integers, n_texts: int, cache: TokenCache) -> Integers:
    """How often each pattern stands in each text: texts x patterns. `owner` says of which text each line is, `line` that of each token.

    Only lines in which a token has a cue of the pattern are searched.
    """
    uses = np.zeros((n_texts, len(cache.patterns)), dtype=np.int64)
    places = np.flatnonzero(cache.cued[tokens])
    found = zip(line[places].tolist(), tokens[places].tolist(), strict=True)
    searched = {(at, pattern) for at, number in found for pattern in cache.patterns_cued[number]}
    searched.update((at, pattern) for pattern in cache.uncued_patterns for at in range(len(lines)))
    for at, pattern in searched:
        uses[owner[at], pattern] += sum(1 for _ in cache.patterns[pattern].finditer(lines[at]))
    return uses
