"""Tokens, the stretches of a sentence between white space, and the words in them, as they are written: *forms*.

A form is looked at once, by the plain functions of `counts`, and then only looked up.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import chain

import numpy as np
from numba import njit

from analysis.corpus.segment import WORD
from analysis.stylometry.counts import COUNT_COLUMNS, OPENING_MARKS, word_counts
from analysis.stylometry.syllables import normalize_word, syllable_counter
from batch import kernels
from batch.kernels import INSIDE, LOWER, Integers
from batch.reference import Rules
from batch.regex_prefilter import pattern_cues

WORD_COUNTS = COUNT_COLUMNS[1:]
MAX_TOKENS, MAX_TOKEN_BYTES = 400_000, 8_000_000  # kept in memory

_number_tokens = njit(cache=True)(kernels.number_tokens)


class TokenCache:
    """All tokens seen, each with a number from 0, and all forms in them; one not seen yet is looked at and gets the next number.

    `kernels.count_words` says what each column means; `cued` says whether a token has a cue of a pattern, `patterns_cued` which patterns.
    """

    def __init__(self, rules: Rules) -> None:
        self.syllables = syllable_counter(dict(rules.syllables))
        self.patterns = [re.compile(pattern) for _, _, pattern in rules.forms]
        self.cues = [pattern_cues(pattern) for _, _, pattern in rules.forms]
        self.uncued_patterns = [number for number, found in enumerate(self.cues) if not found]
        self.forget(0)

    def forget(self, n_bytes: int) -> None:
        """Forget all tokens and forms, and make room for those in `n_bytes` of text beside the most that are kept."""
        self.n_tokens = 0
        self.known: dict[str, Sequence[int]] = {}  # WORD_COUNTS of words, those in ASCII without capitals
        self.numbers: dict[str, int] = {}  # of the forms
        self.spellings: dict[str, int] = {}  # the numbers of forms in normal spelling
        self.patterns_cued: dict[int, set[int]] = {}
        self.first, self.forms, self.opened = np.zeros(1, np.int32), np.empty(0, np.int32), np.empty(0, bool)
        self.counts, self.spelled, self.case = np.empty((0, len(WORD_COUNTS)), np.int32), np.empty(0, np.int32), np.empty(0, np.uint8)
        self.cued = np.empty(0, bool)
        self.slots = np.zeros(1 << (MAX_TOKENS + n_bytes).bit_length(), np.int32)
        self.starts = np.zeros(len(self.slots) + 1, np.int32)
        self.seen = np.empty(MAX_TOKEN_BYTES + n_bytes, np.uint8)

    def number(self, data: Integers, ends: Integers) -> tuple[Integers, Integers, Integers]:
        """The number of each token of some texts, and that of its sentence; how many tokens each text has: see `kernels.number_tokens`."""
        kept, n_bytes = self.starts[self.n_tokens], len(data)
        is_full = self.n_tokens > MAX_TOKENS or kept > MAX_TOKEN_BYTES
        if is_full or self.n_tokens + n_bytes >= len(self.slots) or kept + n_bytes > len(self.seen):
            self.forget(n_bytes)
        tokens, sentences, n_tokens, n_seen = _number_tokens(data, ends, self.slots, self.starts, self.seen, self.n_tokens)
        try:
            self._learn(self.seen[self.starts[self.n_tokens] : self.starts[n_seen]].tobytes().decode())
        except BaseException:  # some would have a number, and nothing else
            self.forget(n_bytes)
            raise
        return tokens, sentences, n_tokens

    def _learn(self, text: str) -> None:
        """Take in the tokens of `text`, which are new, a line feed behind each."""
        ends = np.flatnonzero(np.frombuffer(text.encode("utf-32-le"), np.uint32) == ord("\n"))
        matches = list(WORD.finditer(text))
        starts, words = [match.start() for match in matches], [match[0] for match in matches]
        self._learn_forms(list(dict.fromkeys(word for word in words if word not in self.numbers)))
        self.first = _joined(self.first, self.first[-1] + np.searchsorted(starts, ends))
        self.forms = _joined(self.forms, [self.numbers[word] for word in words])
        self.opened = _joined(self.opened, [text[start - 1] in OPENING_MARKS for start in starts])
        self.cued = _joined(self.cued, np.zeros(len(ends)))
        for pattern, cues in enumerate(self.cues):
            for match in chain.from_iterable(re.finditer(re.escape(cue), text) for cue in cues if cue in text):
                token = self.n_tokens + bisect_right(ends, match.start())
                self.cued[token] = True
                self.patterns_cued.setdefault(token, set()).add(pattern)
        self.n_tokens += len(ends)

    def _learn_forms(self, words: list[str]) -> None:
        for number, word in enumerate(words, start=len(self.numbers)):
            self.numbers[word] = number
        counts = [self._counts(word) for word in words]
        spelled = [self.spellings.setdefault(normalize_word(word), len(self.spellings)) for word in words]
        case = [LOWER if word[0].islower() else INSIDE if word[0].isupper() else 0 for word in words]
        self.counts = _joined(self.counts, np.reshape(counts, (-1, len(WORD_COUNTS))))
        self.spelled, self.case = _joined(self.spelled, spelled), _joined(self.case, case)

    def _counts(self, word: str) -> Sequence[int]:
        """WORD_COUNTS of a form, were it no name: the same with and without capitals, but for letters beyond ASCII that lose them oddly."""
        plain = word.lower() if word.isascii() else word
        if plain not in self.known:
            self.known[plain] = word_counts([plain], (), self.syllables)
        return self.known[plain]


def _joined(column: Integers, new: object) -> Integers:
    return np.concatenate([column, np.asarray(new, column.dtype)])
