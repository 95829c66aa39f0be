"""Readability: formulas on counts.

A formula takes the counts of `stylometry.counts` as attributes of `n`, numbers or columns alike, and is NaN where there are no words.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


def safe_divide(part: npt.ArrayLike, whole: npt.ArrayLike) -> Floats:
    """`part` / `whole`, NaN where `whole` is 0."""
    part, whole = np.asarray(part, dtype=float), np.asarray(whole, dtype=float)
    quotient: Floats = np.divide(part, whole, out=np.full(np.broadcast(part, whole).shape, np.nan), where=whole > 0)
    return quotient


def words_per_sentence(n: Any) -> Floats:
    """n_words / n_sentences: the mean length of a sentence in words. Higher means longer."""
    return safe_divide(n.n_words, n.n_sentences)


def flesch_reading_ease(n: Any) -> Floats:
    """206.835 - 1.015 n_words / n_sentences - 84.6 n_syllables / n_words, in points, mostly 0 to 100. Higher means easier.

    Made for samples of 100 words. Flesch 1948, doi:10.1037/h0057532.
    """
    return 206.835 - 1.015 * safe_divide(n.n_words, n.n_sentences) - 84.6 * safe_divide(n.n_syllables, n.n_words)


def flesch_kincaid_grade(n: Any) -> Floats:
    """0.39 n_words / n_sentences + 11.8 n_syllables / n_words - 15.59, in US school grades. Higher means harder.

    The same two ratios as Flesch Reading Ease with other weights. Kincaid, Fishburne, Rogers and Chissom 1975, report 8-75, ADA006655.
    """
    return 0.39 * safe_divide(n.n_words, n.n_sentences) + 11.8 * safe_divide(n.n_syllables, n.n_words) - 15.59


def gunning_fog(n: Any) -> Floats:
    """0.4 (n_words / n_sentences + 100 n_complex / n_words), in US school grades. Higher means harder.

    Made for passages of about 100 words. Gunning 1952, The Technique of Clear Writing.
    """
    return 0.4 * (safe_divide(n.n_words, n.n_sentences) + 100 * safe_divide(n.n_complex, n.n_words))


def smog(n: Any) -> Floats:
    """3.1291 + 1.0430 sqrt(30 n_polysyllables / n_sentences), in US school grades. Higher means harder.

    Made for 30 sentences. McLaughlin 1969, Journal of Reading 12(8), 639-646.
    """
    return 3.1291 + 1.0430 * np.sqrt(30 * safe_divide(n.n_polysyllables, n.n_sentences))


def coleman_liau(n: Any) -> Floats:
    """0.0588 L - 0.296 S - 15.8 with L letters and S sentences per 100 words, in US school grades. Higher means harder.

    Coleman and Liau 1975, doi:10.1037/h0076540.
    """
    return 0.0588 * 100 * safe_divide(n.n_letters, n.n_words) - 0.296 * 100 * safe_divide(n.n_sentences, n.n_words) - 15.8


def automated_readability(n: Any) -> Floats:
    """4.71 n_characters / n_words + 0.5 n_words / n_sentences - 21.43, in US school grades. Higher means harder.

    Senter and Smith 1967, AMRL-TR-66-220.
    """
    return 4.71 * safe_divide(n.n_characters, n.n_words) + 0.5 * safe_divide(n.n_words, n.n_sentences) - 21.43


def dale_chall(n: Any) -> Floats:
    """0.1579 P + 0.0496 n_words / n_sentences + 3.6365 with P difficult words per 100 words, on a scale of its own. Higher means harder.

    Made for samples of 100 words. Dale and Chall 1948, Educational Research Bulletin 27(1), 11-20.
    """
    return 0.1579 * 100 * safe_divide(n.n_difficult, n.n_words) + 0.0496 * safe_divide(n.n_words, n.n_sentences) + 3.6365
