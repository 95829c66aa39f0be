"""Tokens, the stretches of a text between white space: their words and counts, and whether a sentence ends behind one.

A token is looked at once, by the plain functions of `measures` and by Punkt itself, and then only looked up. Punkt decides about a full
stop from the token that holds it and the next one; where that does not hold (`IRREGULAR`), the whole line is given to Punkt.
"""

import re
from array import array
from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from punkt.rules.language import DEFAULT_LANGUAGE_VARS

from analysis.corpus.segment import WORD, sentence_tokenizer, word_offsets
from analysis.stylometry.counts import COUNT_COLUMNS, OPENING_MARKS, word_counts
from analysis.stylometry.syllables import normalize_word, vowel_group_syllables
from batch.regex_prefilter import pattern_cues

Integers = NDArray[Any]  # a numpy array of numbers or truth values

WORD_COUNTS = COUNT_COLUMNS[1:]
LOWER, INSIDE = 1, 2  # a word begins in lower case; with a capital that no quotation mark precedes
PLAIN, ENDS, ASK, IRREGULAR = range(4)  # behind a token no sentence ends; always; Punkt must see what follows; it must see the line
APART = frozenset(DEFAULT_LANGUAGE_VARS.non_word_chars)  # signs that are never part of a word with others
END_MARK = re.compile(rf"[.?!](?:{DEFAULT_LANGUAGE_VARS.non_word_char_class}|$)")
CLOSING = "\"')]}’”»«"
LETTERS = re.compile(r"[^\W\d_]{2,}(?:-[^\W\d_]+)*")
MAX_TOKENS, MAX_TOKEN_CHARS = 400_000, 20_000_000  # kept in memory, and as many answers of Punkt's as tokens
NO_COUNTS = (0,) * len(WORD_COUNTS)
TOKEN_COLUMNS = {
    "counts": "i",  # a token: WORD_COUNTS, were no word a name
    "kind": "B",
    "cued": "B",
    "first": "i",  # the place of its first word in the next two
    "spelled": "i",  # a word in a token: its number in normal spelling
    "case": "B",
    "hard": "B",  # a word in normal spelling, were it no name: 1 if complex, 2 if difficult
}


class TokenCache(dict[str, int]):
    """The number of each token seen, from 0; a token not seen yet is looked at and gets the next one.

    `syllables` maps words to their counted syllables, for others the rule of `pronunciation` guesses. `patterns` are regular expressions.
    """

    def __init__(self, syllables: Mapping[str, int], patterns: list[str]) -> None:
        super().__init__()
        self.syllables = lambda word: syllables.get(normalize_word(word)) or vowel_group_syllables(word)
        self.patterns = [re.compile(pattern) for pattern in patterns]
        self.cues = [pattern_cues(pattern) for pattern in patterns]
        every = set().union(*self.cues)
        self.any_cue = re.compile("|".join(map(re.escape, sorted(every))) if every else r"(?!)")
        self.uncued_patterns = [number for number, found in enumerate(self.cues) if not found]
        self.clear()

    def clear(self) -> None:
        """Forget all tokens."""
        super().clear()
        self.spellings: list[str] = []
        self.length = 0  # of all spellings, in characters
        self.numbers: dict[str, int] = {}  # of words in normal spelling
        self.words: dict[str, tuple[int, int, tuple[int, ...]]] = {}  # as written: number, case, counts
        self.asked: dict[tuple[int, int | None], int] = {}
        self.columns = {name: array(kind) for name, kind in TOKEN_COLUMNS.items()}
        self.patterns_cued: dict[int, list[int]] = {}  # by the number of a token that has a cue: the numbers of the patterns

    def __missing__(self, token: str) -> int:
        self[token] = number = len(self)
        self.spellings.append(token)
        self.length += len(token)
        self._add_words(token)
        self.columns["kind"].append(_kind(token))
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
        return max(len(self), len(self.asked)) > MAX_TOKENS or self.length > MAX_TOKEN_CHARS

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

    def ends(self, number: int, following: int | None) -> int:
        """Whether a sentence ends behind a token, before the token `following`; None at the end of a line: PLAIN, ENDS or IRREGULAR."""
        if (number, following) not in self.asked:
            self.asked[number, following] = sentence_end(self.spellings[number], "" if following is None else self.spellings[following])
        return self.asked[number, following]

    def read(self, name: str, places: Integers) -> Integers:
        """The numbers of the column `name` at `places`; of counts, a row each."""
        column = np.frombuffer(self.columns[name], dtype=TOKEN_COLUMNS[name])
        return (column.reshape(-1, len(WORD_COUNTS)) if name == "counts" else column)[places]


def sentence_end(token: str, following: str) -> int:
    """What Punkt says of `token` before `following`: PLAIN, ENDS, or IRREGULAR where a sentence ends between two words of the token."""
    if following and not following.strip(".?!"):  # Punkt takes it to what stands before
        return IRREGULAR
    pair = f"{token} {following}".rstrip()
    begins = [start for start, _ in sentence_tokenizer().span_tokenize(pair, realign_boundaries=False) if 0 < start <= len(token) + 1]
    if any(WORD.search(token, start) for start in begins):
        return IRREGULAR
    return ENDS if begins else PLAIN


def _kind(token: str) -> int:
    """Whether a sentence ends behind `token`, as far as the token alone tells: PLAIN, ENDS, ASK or IRREGULAR."""
    mark = END_MARK.search(token)
    if not mark:
        return PLAIN
    before, behind = token[: mark.start()], token[mark.start() + 1 :]
    if token == ".":  # perhaps of ". . .", which Punkt takes for one sign
        return IRREGULAR
    if behind.strip(CLOSING):
        return ASK
    if before and before[-1] in APART:  # the mark is a token of its own
        return ENDS
    return ENDS if LETTERS.fullmatch(before) and not (mark[0][0] == "." and _is_bound(before.lower())) else ASK


def _is_bound(word: str) -> bool:
    """Whether Punkt may take a full stop for a part of `word`, which is in lower case."""
    model = sentence_tokenizer().params
    return model.is_abbrev(word) or model.is_numeric_abbrev(word) or word in _bound_words()


@cache
def _bound_words() -> set[str]:
    """The words with which a collocation of Punkt's begins."""
    return {first for first, _ in sentence_tokenizer().params.collocations}
