"""Tokens, the stretches of a sentence between white space: their words and counts.

A token is looked at once, by the plain functions of `counts`, and then only looked up.
"""

import re
from array import array
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.corpus.segment import word_offsets
from analysis.stylometry.counts import COUNT_COLUMNS, OPENING_MARKS, word_counts
from analysis.stylometry.syllables import normalize_word, syllable_counter
from batch.regex_prefilter import pattern_cues

Integers = NDArray[Any]  # a numpy array of numbers or truth values

WORD_COUNTS = COUNT_COLUMNS[1:]
LOWER, INSIDE = 1, 2  # a word begins in lower case; with a capital that no quotation mark precedes
MAX_TOKENS, MAX_TOKEN_CHARS = 400_000, 20_000_000  # kept in memory
NO_COUNTS = (0,) * len(WORD_COUNTS)
TOKEN_COLUMNS = {
    "counts": "i",  # a token: WORD_COUNTS, were no word a name
    "cued": "B",
    "first": "i",  # the place of its first word in the next two
    "spelled": "i",  # a word in a token: its number in normal spelling
    "case": "B",
    "hard": "B",  # a word in normal spelling, were it no name: 1 if complex, 2 if difficult
}


class TokenCache(dict[str, int]):
    """The number of each token seen, from 0; a token not seen yet is looked at and gets the next one.

    `syllables` maps words to their counted syllables, for others the rule of `syllables` counts. `patterns` are regular expressions.
    """

    def __init__(self, syllables: Mapping[str, int], patterns: list[str]) -> None:
        super().__init__()
        self.syllables = syllable_counter(syllables)
        self.patterns = [re.compile(pattern) for pattern in patterns]
        self.cues = [pattern_cues(pattern) for pattern in patterns]
        every = set().union(*self.cues)
        self.any_cue = re.compile("|".join(map(re.escape, sorted(every))) if every else r"(?!)")
        self.uncued_patterns = [number for number, found in enumerate(self.cues) if not found]
        self.clear()

    def clear(self) -> None:
        """Forget all tokens."""
        super().clear()
        self.length = 0  # of all tokens, in characters
        self.numbers: dict[str, int] = {}  # of words in normal spelling
        self.words: dict[str, tuple[int, int, tuple[int, ...]]] = {}  # as written: number, case, counts
        self.columns = {name: array(kind) for name, kind in TOKEN_COLUMNS.items()}
        self.patterns_cued: dict[int, list[int]] = {}  # by the number of a token that has a cue: the numbers of the patterns

    def __missing__(self, token: str) -> int:
        self[token] = number = len(self)
        self.length += len(token)
        self._add_words(token)
        has_cue = self.any_cue.search(token) is not None
        self.columns["cued"].append(has_cue)
        if has_cue:
            self.patterns_cued[number] = [n for n, found in enumerate(self.cues) if any(cue in token for cue in found)]
        return number

    def _add_words(self, token: str) -> None:
        add, total = self.columns, NO_COUNTS
        add["first"].append(len(add["spelled"]))
        for start, end in [(0, len(token))] if token.isalnum() else word_offsets(token):
            spelled, case, counts = self.word(token[start:end])
            add["spelled"].append(spelled)
            add["case"].append(0 if case == INSIDE and token[:start].endswith(OPENING_MARKS) else case)
            total = counts if total is NO_COUNTS else tuple(map(sum, zip(total, counts, strict=True)))
        add["counts"].extend(total)

    def is_full(self) -> bool:
        """Whether so much is kept that it should be forgotten."""
        return len(self) > MAX_TOKENS or self.length > MAX_TOKEN_CHARS

    def word(self, word: str) -> tuple[int, int, tuple[int, ...]]:
        """A word's number in normal spelling, its case, and its WORD_COUNTS."""
        if word not in self.words:
            low = normalize_word(word)
            counts = word_counts([word], (), self.syllables)
            if low not in self.numbers:
                self.numbers[low] = len(self.numbers)
                self.columns["hard"].append(counts[5] + 2 * counts[6])
            case = LOWER if word[0].islower() else INSIDE if word[0].isupper() else 0
            self.words[word] = self.numbers[low], case, counts
        return self.words[word]

    def read(self, name: str, places: Integers) -> Integers:
        """The numbers of the column `name` at `places`; of counts, a row each."""
        column = np.frombuffer(self.columns[name], dtype=TOKEN_COLUMNS[name])
        return (column.reshape(-1, len(WORD_COUNTS)) if name == "counts" else column)[places]
