"""Loops over the bytes and the words of many texts, which `vectorized` lets numba compile.

The texts are one array of bytes in UTF-8, in which a line feed ends each sentence. A *token* is a stretch of a sentence between white
space, and has a number; so has each *form*, a word as it is written, and each word in normal spelling (`token_cache`).
"""

from typing import Any

import numpy as np
from numba.extending import register_jitable
from numpy.typing import NDArray

Integers = NDArray[Any]  # a numpy array of numbers or truth values

LOWER, INSIDE = 1, 2  # a word begins in lower case; with a capital
_LINE_FEED, _SPACE = 10, 32
_COMPLEX, _DIFFICULT = 5, 6  # the places of these two in WORD_COUNTS
_HASH_PRIME = 1099511628211  # of FNV-1a


@register_jitable
def _space_width(data: Integers, at: int) -> int:
    """How many bytes the character of white space has that stands at `at`, one for which `str.isspace` holds; 0 for any other."""
    first = data[at]
    if first <= _SPACE:
        return 1 if first >= 28 or 9 <= first <= 13 else 0
    if first < 0xC2 or first > 0xE3:
        return 0
    if first == 0xC2:
        return 2 if data[at + 1] == 0x85 or data[at + 1] == 0xA0 else 0
    if first < 0xE1:
        return 0
    sign = (first & 15) << 12 | (data[at + 1] & 63) << 6 | (data[at + 2] & 63)
    spaces = 0x2000 <= sign <= 0x200A or sign == 0x2028 or sign == 0x2029 or sign == 0x202F or sign == 0x205F
    return 3 if spaces or sign == 0x1680 or sign == 0x3000 else 0


def number_tokens(
    data: Integers, ends: Integers, slots: Integers, starts: Integers, seen: Integers, n_seen: int
) -> tuple[Integers, Integers, Integers, int]:
    """The number of each token, and that of its sentence; how many tokens each text has; and how many are known then.

    `ends` says where in `data` each text ends. `seen` holds the bytes of the `n_seen` tokens known before, a line feed behind each, and
    `starts` where each begins in it; `slots`, by hash, their numbers from 1. New ones are added to all three, where room must be.
    """
    most = len(data) // 2 + 1
    tokens, sentences, n_tokens = np.empty(most, dtype=np.int32), np.empty(most, dtype=np.int32), np.zeros(len(ends), dtype=np.int64)
    at = n = sentence = 0
    for text in range(len(ends)):
        n_before = n
        while at < ends[text]:
            width = _space_width(data, at)
            if width:
                sentence += data[at] == _LINE_FEED
                at += width
                continue
            begin, mixed = at, 0
            while _SPACE < data[at] < 0xC2 or not _space_width(data, at):
                mixed = (mixed ^ data[at]) * _HASH_PRIME
                at += 1
            slot = (mixed ^ (mixed >> 32)) & (len(slots) - 1)
            while slots[slot] and not _is_token(data, begin, at, seen, starts[slots[slot] - 1]):
                slot = (slot + 1) & (len(slots) - 1)
            if not slots[slot]:
                end = starts[n_seen] + at - begin
                for place in range(at - begin):
                    seen[starts[n_seen] + place] = data[begin + place]
                seen[end] = _LINE_FEED
                n_seen += 1
                starts[n_seen] = end + 1
                slots[slot] = n_seen
            tokens[n], sentences[n] = slots[slot] - 1, sentence
            n += 1
        n_tokens[text] = n - n_before
    return tokens[:n], sentences[:n], n_tokens, n_seen


@register_jitable
def _is_token(data: Integers, begin: int, end: int, seen: Integers, start: int) -> bool:
    """Whether the token from `begin` to `end` is the one that begins at `start` among those seen."""
    for place in range(end - begin):
        if seen[start + place] != data[begin + place]:
            return False
    return bool(seen[start + end - begin] == _LINE_FEED)


def count_words(
    tokens: Integers,
    sentences: Integers,
    n_tokens: Integers,
    first: Integers,
    forms: Integers,
    opened: Integers,
    counts: Integers,
    spelled: Integers,
    case: Integers,
) -> tuple[Integers, Integers]:
    """COUNTS of each text, and the numbers of all words in normal spelling, text behind text.

    `tokens` and `sentences` hold the number of each token and of its sentence, `n_tokens` how many each text has. By token, `first` says
    where its words begin in `forms` and `opened` (whether a quotation mark opens before the word). By form: WORD_COUNTS of one that is no
    name; its number in normal spelling; LOWER, INSIDE or 0. Names are told as `capitalized_only` tells them.
    """
    totals = np.zeros((len(n_tokens), 1 + counts.shape[1]), dtype=np.int64)
    written = np.empty(np.sum(first[tokens + 1] - first[tokens]), dtype=np.int32)
    words = np.empty(len(written), dtype=np.int32)
    lower, inside = np.full(len(spelled), -1, dtype=np.int32), np.full(len(spelled), -1, dtype=np.int32)  # the last text that had it so
    end = n = 0
    for text in range(len(n_tokens)):
        begin, end, n_before, sentence = end, end + n_tokens[text], n, -1
        for place in range(begin, end):
            for at in range(first[tokens[place]], first[tokens[place] + 1]):
                form, opens = forms[at], sentences[place] != sentence
                sentence = sentences[place]
                totals[text, 0] += opens
                for k in range(counts.shape[1]):
                    totals[text, 1 + k] += counts[form, k]
                written[n], words[n] = form, spelled[form]
                if case[form] == LOWER:
                    lower[words[n]] = text
                elif case[form] == INSIDE and not (opens or opened[at]):
                    inside[words[n]] = text
                n += 1
        for place in range(n_before, n):
            if inside[words[place]] == text and lower[words[place]] != text:
                totals[text, 1 + _COMPLEX] -= counts[written[place], _COMPLEX]
                totals[text, 1 + _DIFFICULT] -= counts[written[place], _DIFFICULT]
    return totals, words


def compare_words(
    words: Integers, n_words: Integers, windows: Integers, n_first: int, threshold: float
) -> tuple[Integers, Integers, Integers]:
    """What the measures of diversity rest on: texts x windows, how many different words all stretches of so many words have together;
    texts x 2, `mtld_factors` forward and backward; by text, how many of the first `n_first` words stand there once only.

    `words` holds the numbers of all words in normal spelling, text behind text, `n_words` how many each text has.
    """
    different, once = np.zeros((len(n_words), len(windows)), dtype=np.int64), np.zeros(len(n_words), dtype=np.int64)
    factors = np.zeros((len(n_words), 2))
    n_numbers = np.max(words) + 1 if len(words) else 0
    seen = np.full((4, n_numbers), -1)
    last, again, ahead, back = seen[0], seen[1], seen[2], seen[3]
    end = 0
    for text in range(len(n_words)):
        begin, end, n = end, end + n_words[text], n_words[text]
        for place in range(n):
            word = words[begin + place]
            previous = max(last[word] - begin, -1)
            last[word] = begin + place
            for k in range(len(windows)):  # in how many stretches is it the first of its kind?
                first = max(place - windows[k], previous) + 1
                different[text, k] += max(min(place, n - windows[k]) - max(first, 0) + 1, 0)
            if place < n_first and previous < 0:
                once[text] += 1
            elif place < n_first and again[word] < begin:
                once[text] -= 1
                again[word] = begin
        own = words[begin:end]
        factors[text, 0] = _count_factors(own, begin, ahead, threshold)
        factors[text, 1] = _count_factors(own[::-1].copy(), begin, back, threshold)
    return different, factors, once


@register_jitable
def _count_factors(words: Integers, begin: int, last: Integers, threshold: float) -> float:
    """`mtld_factors` of a text. `last` says where each word stood last, counted through all texts; here counting goes on at `begin`."""
    factors, start, types = 0.0, begin, 0
    for at in range(begin, begin + len(words)):
        word = words[at - begin]
        types += last[word] < start
        last[word] = at
        if types / (at - start + 1) <= threshold:
            factors, start, types = factors + 1, at + 1, 0
    length = begin + len(words) - start
    return factors + (1 - types / length) / (1 - threshold) if length else factors
