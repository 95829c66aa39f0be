"""The table of measures: every formula on every text."""

from collections.abc import Callable
from functools import cache, partial
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from analysis.corpus.bibliography import reference_names
from analysis.corpus.reader import Corpus
from analysis.corpus.texts import source_table
from analysis.stylometry.counts import COUNT_COLUMNS, SCOPES, scoped_sentences, sentence_counts, words_of
from analysis.stylometry.diversity import HAPAX_WORDS, WINDOWS, hapax_share, mattr, mtld
from analysis.stylometry.readability import (
    automated_readability,
    coleman_liau,
    dale_chall,
    flesch_kincaid_grade,
    flesch_reading_ease,
    gunning_fog,
    smog,
    words_per_sentence,
)
from analysis.stylometry.syllables import normalize_word, use_dictionary

DRAWS = 2000

_SEED = 20220329

FEWEST_SENTENCES = 20  # for an interval: from fewer, resampling says too little


class _Measure(NamedTuple):
    """A measure: its formula, and the same in words; its scale; which way it runs; its source; its name in textstat; the fewest `unit`."""

    formula: Callable[..., Any]
    words: str
    scale: str
    direction: str
    reference: str = ""
    textstat: str = ""
    minimum: int = 100
    unit: str = "words"


_HARDER, EASIER, VARIED = "higher means harder", "higher means easier", "higher means more varied"


def _grade(formula: Callable[..., Any], words: str, reference: str, textstat_name: str) -> _Measure:
    return _Measure(formula, f"{words}, in US school grades", "US grade", _HARDER, reference, textstat_name)


COUNT_FORMULAS = {
    "words per sentence": _Measure(
        words_per_sentence,
        "n_words / n_sentences: the mean length of a sentence in words",
        "words",
        "higher means longer",
        minimum=1,
        unit="sentences",
    ),
    "Flesch Reading Ease": _Measure(
        flesch_reading_ease,
        "206.835 - 1.015 n_words / n_sentences - 84.6 n_syllables / n_words, in points, mostly 0 to 100",
        "points",
        EASIER,
        "flesch1948",
        "flesch_reading_ease",
    ),
    "Flesch-Kincaid": _grade(
        flesch_kincaid_grade, "0.39 n_words / n_sentences + 11.8 n_syllables / n_words - 15.59", "kincaid1975", "flesch_kincaid_grade"
    ),
    "Gunning Fog": _grade(gunning_fog, "0.4 (n_words / n_sentences + 100 n_complex / n_words)", "gunning1952", "gunning_fog"),
    "SMOG": _grade(smog, "3.1291 + 1.0430 sqrt(30 n_polysyllables / n_sentences)", "mclaughlin1969", "smog_index")._replace(
        minimum=30, unit="sentences"
    ),
    "Coleman-Liau": _grade(
        coleman_liau, "0.0588 L - 0.296 S - 15.8 with L letters and S sentences per 100 words", "colemanliau1975", "coleman_liau_index"
    ),
    "ARI": _grade(
        automated_readability,
        "4.71 n_characters / n_words + 0.5 n_words / n_sentences - 21.43",
        "senter1967",
        "automated_readability_index",
    ),
    "Dale-Chall": _Measure(
        dale_chall,
        "0.1579 P + 0.0496 n_words / n_sentences + 3.6365 with P difficult words per 100 words, on a scale of its own",
        "scale of its own",
        _HARDER,
        "dalechall1948",
        "dale_chall_readability_score",
    ),
}


def _mattr(window: int) -> _Measure:
    words = "The share of different words in a stretch of window words, the mean over all such stretches, 0 to 1"
    return _Measure(partial(mattr, window=window), words, "share", VARIED, "covington2010", minimum=window)


DIVERSITY_FORMULAS = {
    **{f"MATTR {window}": _mattr(window) for window in WINDOWS},
    "MTLD": _Measure(
        mtld, "The mean length in words of a stretch whose share of different words stays above 0.72", "words", VARIED, "mccarthy2010"
    ),
    "hapax share": _Measure(
        hapax_share, "The share of the first 300 words that stand there once only, 0 to 1", "share", VARIED, minimum=HAPAX_WORDS
    ),
}

MEASURES = COUNT_FORMULAS | DIVERSITY_FORMULAS

BY_FORMULA = "published formula"


@cache
def measure_table(corpus: Corpus) -> pd.DataFrame:
    """Every measure of every text, in each scope, by the published formula and, where it has the score, by textstat.

    Columns: source_id; measure; scope (see `SCOPES`); value; low, high (95 % interval over resampled sentences of the text: how far the
    score depends on which of its own sentences are counted; NaN for fewer than 20 sentences and where resampling would bias the measure);
    n, unit (what the minimum counts), minimum; status ("ok", or "n/a" with the reason: then value is NaN); method; scale; direction.
    """
    use_dictionary(corpus)
    rows = []
    for scope in SCOPES:
        table = sentence_counts(corpus, scoped_sentences(corpus, scope))
        for source_id in source_table(corpus).source_id:
            rows += measure_text(source_id, scope, table[table.source_id == source_id])
    return pd.DataFrame(
        rows,
        columns=["source_id", "measure", "scope", "value", "low", "high", "n", "unit", "minimum", "status", "method", "scale", "direction"],
    )


def readability_scores(corpus: Corpus) -> pd.DataFrame:
    """The rows of `measure_table` that the figure of readability shows: two scores of each whole text."""
    return measure_table(corpus).query("scope == 'all' and measure in ['Flesch Reading Ease', 'Coleman-Liau']").reset_index(drop=True)


def measure_text(source_id: str, scope: str, own: pd.DataFrame) -> list[tuple[Any, ...]]:
    """The rows of `measure_table` for the sentences `own` of one text and scope."""
    totals, drawn = own[COUNT_COLUMNS].sum(), bootstrap_totals(own)
    words = [normalize_word(word) for sentence in own.sentence for word in words_of(sentence)]
    text = " ".join(own.sentence)
    rows = []
    for name, measure in MEASURES.items():
        n = int(totals[f"n_{measure.unit}"])
        fits, counted = n >= measure.minimum, name in COUNT_FORMULAS
        status = "ok" if fits else f"n/a: {n} {measure.unit}, needs {measure.minimum}"
        for method in (BY_FORMULA, "textstat") if measure.textstat else (BY_FORMULA,):
            value = low = high = np.nan
            if fits and method == "textstat":
                from textstat import textstat  # see `syllables.textstat_syllables`

                value = getattr(textstat, measure.textstat)(text)
            elif fits:
                value = float(measure.formula(totals if counted else words))
                low, high = percentile_interval(measure.formula(drawn)) if counted and drawn is not None else (np.nan, np.nan)
            limits = (n, measure.unit, measure.minimum, status)
            rows.append((source_id, name, scope, value, low, high, *limits, method, measure.scale, measure.direction))
    return rows


def bootstrap_totals(own: pd.DataFrame) -> pd.DataFrame | None:
    """The totals of as many sentences as `own` has, drawn from it with replacement, `DRAWS` times; None for too few sentences."""
    if len(own) < FEWEST_SENTENCES:
        return None
    draw = np.random.default_rng(_SEED)
    chosen = draw.integers(len(own), size=(DRAWS, len(own)))
    return pd.DataFrame(own[COUNT_COLUMNS].to_numpy()[chosen].sum(axis=1), columns=COUNT_COLUMNS)


def percentile_interval(values: np.ndarray) -> tuple[float, float]:
    """The 2.5th and the 97.5th percentile."""
    low, high = np.percentile(values, [2.5, 97.5])
    return float(low), float(high)


def wide_table(corpus: Corpus, method: str, scope: str = "all") -> pd.DataFrame:
    """The table of `measure_table` for readers: a row a measure, a column a text, values as text, "n/a" below a minimum."""
    table = measure_table(corpus).query("method == @method and scope == @scope")
    cells = [f"{row.value:.2f}" if row.scale == "share" else f"{row.value:.1f}" for row in table.itertuples()]
    cells = [cell if status == "ok" else "n/a" for cell, status in zip(cells, table.status, strict=True)]
    wide = table.assign(value=cells).pivot(index="measure", columns="source_id", values="value")
    names = source_table(corpus).set_index("source_id").short
    wide = wide.reindex(index=[name for name in MEASURES if name in wide.index], columns=names.index).rename(columns=names)
    return wide.rename_axis(columns=None).reset_index()


def measures_below_minimum(corpus: Corpus) -> pd.DataFrame:
    """Which measures a text is too short for, and why: source_id, measure, scope, status."""
    table = measure_table(corpus).query("status != 'ok' and method == @BY_FORMULA")
    return table[["source_id", "measure", "scope", "status"]].reset_index(drop=True)


def measure_definitions(corpus: Corpus) -> pd.DataFrame:
    """What each measure is: measure, formula (in words), scale, direction, minimum, reference (the short name of the work)."""
    works = reference_names(corpus.path / "references.bib")
    rows = [
        (
            name,
            measure.words,
            measure.scale,
            measure.direction,
            f"{measure.minimum} {measure.unit}",
            works.get(measure.reference, ""),
        )
        for name, measure in MEASURES.items()
    ]
    return pd.DataFrame(rows, columns=["measure", "formula", "scale", "direction", "minimum", "reference"])
