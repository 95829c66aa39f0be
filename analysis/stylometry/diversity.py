"""Lexical diversity: formulas on a sequence of words."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

HAPAX_WORDS = 300

WINDOWS = (50, 100)  # words, for MATTR

MTLD_THRESHOLD = 0.72


def mattr(words: Sequence[str], window: int) -> float:
    """The share of different words in a stretch of `window` words, the mean over all such stretches, 0 to 1. Higher means more varied.

    NaN for fewer words than `window`. Covington and McFall 2010, doi:10.1080/09296171003643098.
    """
    if len(words) < window:
        return np.nan
    return float(np.mean([len(set(words[start : start + window])) / window for start in range(len(words) - window + 1)]))


def mtld(words: Sequence[str]) -> float:
    """The mean length in words of a stretch whose share of different words stays above 0.72. Higher means more varied.

    The mean of a run forward and a run backward; NaN where no word comes again. McCarthy and Jarvis 2010, doi:10.3758/BRM.42.2.381.
    """
    factors = [mtld_factors(words), mtld_factors(words[::-1])]
    return float(np.mean([len(words) / n for n in factors])) if all(factors) else np.nan


def mtld_factors(words: Sequence[str]) -> float:
    """How often the share of different words falls to the threshold from the start of a stretch; the rest counts in part."""
    factors, seen, length = 0, set(), 0
    for word in words:
        seen.add(word)
        length += 1
        if len(seen) / length <= MTLD_THRESHOLD:
            factors, seen, length = factors + 1, set(), 0
    return factors + (1 - len(seen) / length) / (1 - MTLD_THRESHOLD) if length else factors


def hapax_share(words: Sequence[str]) -> float:
    """The share of the first 300 words that stand there once only, 0 to 1. Higher means more varied. NaN for a shorter text.

    It falls with length; so all texts are cut to one length.
    """
    if len(words) < HAPAX_WORDS:
        return np.nan
    return float((pd.Series(words[:HAPAX_WORDS]).value_counts() == 1).sum() / HAPAX_WORDS)
