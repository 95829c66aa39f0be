"""The table of measures: every formula on every text."""

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

import numpy as np
import pandas as pd
from textstat import textstat

from analysis.corpus.bibliography import reference_names
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
    """A measure: its formula, in what it counts, which way it runs, the fewest `unit` it needs, its source, its name in textstat."""

    formula: Callable
    scale: str
    direction: str
    minimum: int
    unit: str
    reference: str = ""
    textstat: str = ""


_HARDER, EASIER, VARIED = "higher means harder", "higher means easier", "higher means more varied"

COUNT_FORMULAS = {
    "words per sentence": _Measure(words_per_sentence, "words", "higher means longer", 1, "sentences"),
    "Flesch Reading Ease": _Measure(flesch_reading_ease, "points", EASIER, 100, "words", "flesch1948", "flesch_reading_ease"),
    "Flesch-Kincaid": _Measure(flesch_kincaid_grade, "US grade", _HARDER, 100, "words", "kincaid1975", "flesch_kincaid_grade"),
    "Gunning Fog": _Measure(gunning_fog, "US grade", _HARDER, 100, "words", "gunning1952", "gunning_fog"),
    "SMOG": _Measure(smog, "US grade", _HARDER, 30, "sentences", "mclaughlin1969", "smog_index"),
    "Coleman-Liau": _Measure(coleman_liau, "US grade", _HARDER, 100, "words", "colemanliau1975", "coleman_liau_index"),
    "ARI": _Measure(automated_readability, "US grade", _HARDER, 100, "words", "senter1967", "automated_readability_index"),
    "Dale-Chall": _Measure(dale_chall, "scale of its own", _HARDER, 100, "words", "dalechall1948", "dale_chall_readability_score"),
}

DIVERSITY_FORMULAS = {
    **{f"MATTR {n}": _Measure(lambda words, n=n: mattr(words, n), "share", VARIED, n, "words", "covington2010") for n in WINDOWS},
    "MTLD": _Measure(mtld, "words", VARIED, 100, "words", "mccarthy2010"),
    "hapax share": _Measure(hapax_share, "share", VARIED, HAPAX_WORDS, "words"),
}

MEASURES = COUNT_FORMULAS | DIVERSITY_FORMULAS

BY_FORMULA = "published formula"


@cache
def measure_table(corpus):
    """Every measure of every text, in each scope, by the published formula and, where it has the score, by textstat.

    Columns: source_id; measure; scope (see SCOPES); value; low, high (95 % interval over resampled sentences of the text: how far the score
    depends on which of its own sentences are counted; NaN for fewer than 20 sentences and where resampling would bias the measure);
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


def readability_scores(corpus):
    """The rows of `measure_table` that the figure of readability shows: two scores of each whole text."""
    return measure_table(corpus).query("scope == 'all' and measure in ['Flesch Reading Ease', 'Coleman-Liau']").reset_index(drop=True)


def measure_text(source_id, scope, own):
    """The rows of `measure_table` for the sentences `own` of one text and scope."""
    totals, drawn = own[COUNT_COLUMNS].sum(), bootstrap_totals(own)
    words = [normalize_word(word) for sentence in own.sentence for word in words_of(sentence)]
    text = " ".join(own.sentence)
    rows = []
    for name, measure in MEASURES.items():
        n = int(totals[f"n_{measure.unit}"])
        fits = n >= measure.minimum
        status = "ok" if fits else f"n/a: {n} {measure.unit}, needs {measure.minimum}"
        given = {BY_FORMULA: lambda measure=measure: float(measure.formula(totals if measure in COUNT_FORMULAS.values() else words))}
        if measure.textstat:
            given["textstat"] = lambda measure=measure: getattr(textstat, measure.textstat)(text)
        for method, value in given.items():
            spread = measure in COUNT_FORMULAS.values() and method == BY_FORMULA and fits
            low, high = percentile_interval(measure.formula(drawn)) if spread and drawn is not None else (np.nan, np.nan)
            rows.append(
                (
                    source_id,
                    name,
                    scope,
                    value() if fits else np.nan,
                    low,
                    high,
                    n,
                    measure.unit,
                    measure.minimum,
                    status,
                    method,
                    measure.scale,
                    measure.direction,
                )
            )
    return rows


def bootstrap_totals(own):
    """The totals of as many sentences as `own` has, drawn from it with replacement, DRAWS times; None for too few sentences."""
    if len(own) < FEWEST_SENTENCES:
        return None
    draw = np.random.default_rng(_SEED)
    chosen = draw.integers(len(own), size=(DRAWS, len(own)))
    return pd.DataFrame(own[COUNT_COLUMNS].to_numpy()[chosen].sum(axis=1), columns=COUNT_COLUMNS)


def percentile_interval(values):
    """The 2.5th and the 97.5th percentile."""
    return tuple(float(bound) for bound in np.percentile(values, [2.5, 97.5]))


def wide_table(corpus, method, scope="all"):
    """The table of `measure_table` for readers: a row a measure, a column a text, values as text, "n/a" below a minimum."""
    table = measure_table(corpus).query("method == @method and scope == @scope")
    cells = [f"{row.value:.2f}" if row.scale == "share" else f"{row.value:.1f}" for row in table.itertuples()]
    cells = [cell if status == "ok" else "n/a" for cell, status in zip(cells, table.status, strict=True)]
    wide = table.assign(value=cells).pivot(index="measure", columns="source_id", values="value")
    names = source_table(corpus).set_index("source_id").short
    wide = wide.reindex(index=[name for name in MEASURES if name in wide.index], columns=names.index).rename(columns=names)
    return wide.rename_axis(columns=None).reset_index()


def measures_below_minimum(corpus):
    """Which measures a text is too short for, and why: source_id, measure, scope, status."""
    table = measure_table(corpus).query("status != 'ok' and method == @BY_FORMULA")
    return table[["source_id", "measure", "scope", "status"]].reset_index(drop=True)


def measure_definitions(corpus):
    """What each measure is: measure, formula (in words), scale, direction, minimum, reference (the short name of the work)."""
    works = reference_names(corpus.path / "references.bib")
    rows = [
        (
            name,
            (measure.formula.__doc__ or mattr.__doc__).split(". ")[0].split("\n")[0].replace("`", ""),
            measure.scale,
            measure.direction,
            f"{measure.minimum} {measure.unit}",
            works.get(measure.reference, ""),
        )
        for name, measure in MEASURES.items()
    ]
    return pd.DataFrame(rows, columns=["measure", "formula", "scale", "direction", "minimum", "reference"])
