"""Measures on the sequence of words, for many texts side by side: MATTR, MTLD and the share of words that come once."""

import numpy as np

from analysis.measures import HAPAX_WORDS, MTLD_THRESHOLD, ON_WORDS, WINDOWS, per
from batch.token_cache import Integers

MTLD_STEP = 64  # words by which a stretch of MTLD grows at a time


def word_diversity(spelled: Integers, lengths: Integers) -> dict[str, Integers]:
    """`measures.ON_WORDS` for each text; where a text is too short, the value means nothing.

    `spelled` holds the numbers of all words in normal spelling, text behind text, `lengths` how many each text has.
    """
    begin = np.cumsum(lengths) - lengths
    place = np.arange(len(spelled)) - np.repeat(begin, lengths)  # of a word in its text
    n = np.repeat(lengths, lengths)
    previous, following = _neighbours(spelled, place)
    varied = {}
    for window in WINDOWS:
        first = np.maximum(place - window, previous) + 1
        windows = np.maximum(np.minimum(place, n - window) - np.maximum(first, 0) + 1, 0)  # in how many the word is the first of its kind
        varied[f"MATTR {window}"] = per(sums_of_runs(windows, lengths), window * (lengths - window + 1))
    long = np.flatnonzero(lengths >= ON_WORDS["MTLD"].minimum)
    backward = np.empty_like(previous)
    backward[np.arange(len(spelled)) + n - 1 - 2 * place] = np.where(following < n, n - 1 - following, -1)
    both = [per(lengths[long], _mtld_factors(way, begin[long], lengths[long])) for way in (previous, backward)]
    varied["MTLD"] = np.full(len(lengths), np.nan)
    varied["MTLD"][long] = np.mean(both, axis=0)
    once = (place < HAPAX_WORDS) & (previous < 0) & (following >= HAPAX_WORDS)
    varied["hapax share"] = sums_of_runs(once, lengths) / HAPAX_WORDS
    return varied


def sums_of_runs(values: Integers, lengths: Integers) -> Integers:
    """The sums of `values` over stretches of these lengths, one behind the other."""
    sums = np.zeros((len(values) + 1, *values.shape[1:]), dtype=np.int64)
    np.cumsum(values, axis=0, out=sums[1:])
    return np.diff(sums[np.cumsum(lengths)], axis=0, prepend=0)


def _neighbours(spelled: Integers, place: Integers) -> tuple[Integers, Integers]:
    """Where in its text each word stood before, or -1; and where it comes again, or a number past the end of all texts."""
    n, bits = len(spelled), len(spelled).bit_length()
    order = np.sort((spelled.astype(np.int64) << bits) + np.arange(n)) & ((1 << bits) - 1)  # by word, then by place
    word, at = spelled[order], place[order]
    same = (word[:-1] == word[1:]) & (order[1:] - order[:-1] == at[1:] - at[:-1])  # the same word of the same text
    previous, following = np.full(n, -1), np.full(n, np.iinfo(np.int64).max)
    previous[order[1:][same]], following[order[:-1][same]] = at[:-1][same], at[1:][same]
    return previous, following


def _mtld_factors(previous: Integers, begin: Integers, lengths: Integers) -> Integers:
    """`measures.mtld_factors` of many texts side by side, in steps of MTLD_STEP words.

    `previous` says where in its text each word stood before; the words of a text are those from its `begin` on, as many as its length.
    """
    found = np.zeros(len(lengths))
    start, done, types = (np.zeros(len(lengths), dtype=np.int64) for _ in range(3))  # of the stretch that each text is at
    step = np.arange(MTLD_STEP)
    active = np.flatnonzero(lengths)
    while len(active):
        place = (start + done)[active, None] + step
        inside = place < lengths[active, None]
        stood = previous[np.where(inside, begin[active, None] + place, 0)]
        seen = types[active, None] + np.cumsum(inside & (stood < start[active, None]), axis=1)
        falls = inside & (seen / (done[active, None] + step + 1) <= MTLD_THRESHOLD)
        fell = falls.any(axis=1)
        whole, rest = active[fell], active[~fell]
        found[whole] += 1
        start[whole] += done[whole] + falls[fell].argmax(axis=1) + 1
        done[whole] = types[whole] = 0
        types[rest] = seen[~fell, -1]
        done[rest] = np.minimum(done[rest] + MTLD_STEP, lengths[rest] - start[rest])
        over = start[rest] + done[rest] == lengths[rest]
        found[rest[over]] += (1 - types[rest[over]] / done[rest[over]]) / (1 - MTLD_THRESHOLD)
        active = np.concatenate([whole[start[whole] < lengths[whole]], rest[~over]])
    return found
