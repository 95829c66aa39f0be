"""How far readings agree: the two passes of one model, and a person with the adjudicated reading.

The former is test-retest, which Krippendorff calls stability, and no agreement between coders.
"""

from collections.abc import Callable, Iterable
from functools import cache
from typing import Literal

import krippendorff
import numpy as np
import pandas as pd

from analysis.coding.framing import judged_actors
from analysis.coding.units import dimensions
from analysis.corpus.coding_tables import PERSON_TABLES
from analysis.corpus.intervals import count_spans, overlaps
from analysis.corpus.reader import Corpus
from analysis.corpus.segment import passages, sentences
from analysis.corpus.texts import not_adjudicated
from analysis.corpus.vocabulary import FUNCTIONS, LEVELS, VALENCES

PASSES = (1, 2)  # as the files of the codings number them

STABILITY, BETWEEN_CODERS = "test-retest (stability)", "between a person and the adjudicated reading"

# Which readings are compared, by the ends of their files' names, and of what their agreement speaks.
_COMPARED = {STABILITY: tuple(f".pass{number}" for number in PASSES), BETWEEN_CODERS: (".person", "")}

_Scale = Literal["nominal", "ordinal"]

_Pairs = tuple[str, str, pd.DataFrame, _Scale]  # coding, variable, values of both readings, scale


@cache
def agreement_table(corpus: Corpus) -> pd.DataFrame:
    """Agreement of the two passes over each coding and, where a person has coded, of the person with the adjudicated reading.

    Columns: table; variable; n (units compared); agreement (share of units with the same value, 0 to 1); alpha (Krippendorff's
    alpha, 1 is perfect, 0 is chance; NaN where nothing varies or no unit was compared); kind (`STABILITY` or `BETWEEN_CODERS`).
    Only texts count that both readings coded, and that are adjudicated.

    The units. provisions: `described` a passage and dimension; `level of the cell` a text and dimension (ordinal, 0 absent to 4 disputed);
    the others the passages and dimensions that both readings describe. guarantors: a passage and name. responsibility:
    `credited or blamed` a passage, actor and valence; the others those that both have. frames: `performed` a passage and function;
    `voice` those that both have. events: `mentioned` a passage and event; the others those that both have. claims: `stated` a sentence.
    """
    rows = [
        {"table": table, "variable": variable, **percent_agreement(pairs, scale), "kind": kind}
        for kind, ends in _COMPARED.items()
        for name, pairs_of in _PAIRS.items()
        if (readings := _readings(corpus, name, ends))
        for table, variable, pairs, scale in pairs_of(corpus, *readings)
    ]
    return pd.DataFrame(rows)


def _readings(corpus: Corpus, name: str, ends: tuple[str, ...]) -> list[pd.DataFrame]:
    """Two readings of a coding, of the texts that are adjudicated; none where one of them was not made."""
    files, left = [f"codings/{name}{end}.csv" for end in ends], not_adjudicated(corpus)
    if not all(file in corpus.tables for file in files):
        return []
    return [table[~table.source_id.isin(left)] for table in (corpus.tables[file] for file in files)]


def _texts_of_both(corpus: Corpus, one: pd.DataFrame, two: pd.DataFrame) -> tuple[list[str], list[str]]:
    """The texts that both readings coded, and their passages."""
    coded = [source_id for source_id in corpus.raw if source_id in set(one.source_id) & set(two.source_id)]
    return coded, list(passages(corpus).query("source_id in @coded").passage_id)


def _provision_pairs(corpus: Corpus, one: pd.DataFrame, two: pd.DataFrame) -> list[_Pairs]:
    coded, read = _texts_of_both(corpus, one, two)
    by = ["passage_id", "dimension"]
    whole = pd.MultiIndex.from_product([coded, dimensions(corpus).dimension])
    return [
        ("provisions", "described", _presence([read, dimensions(corpus).dimension], one, two, by), "nominal"),
        ("provisions", "level of the cell", _paired(whole, highest_level(one), highest_level(two)), "ordinal"),
        *(
            ("provisions", variable, value_pairs(one, two, by, variable), "nominal")
            for variable in ("level", "holder", "document", "voice")
        ),
    ]


def _guarantor_pairs(corpus: Corpus, one: pd.DataFrame, two: pd.DataFrame) -> list[_Pairs]:
    _, read = _texts_of_both(corpus, one, two)
    named = sorted({*one.guarantor, *two.guarantor})
    return [("guarantors", "named", _presence([read, named], one, two, ["passage_id", "guarantor"]), "nominal")]


def _responsibility_pairs(corpus: Corpus, one: pd.DataFrame, two: pd.DataFrame) -> list[_Pairs]:
    _, read = _texts_of_both(corpus, one, two)
    by = ["passage_id", "actor", "valence"]
    return [
        ("responsibility", "credited or blamed", _presence([read, judged_actors(corpus), VALENCES], one, two, by), "nominal"),
        *(("responsibility", variable, value_pairs(one, two, by, variable), "nominal") for variable in ("matter", "voice")),
    ]


def _frame_pairs(corpus: Corpus, one: pd.DataFrame, two: pd.DataFrame) -> list[_Pairs]:
    _, read = _texts_of_both(corpus, one, two)
    by = ["passage_id", "function"]
    return [
        ("frames", "performed", _presence([read, FUNCTIONS], one, two, by), "nominal"),
        ("frames", "voice", value_pairs(one, two, by, "voice"), "nominal"),
    ]


def _event_pairs(corpus: Corpus, one: pd.DataFrame, two: pd.DataFrame) -> list[_Pairs]:
    _, read = _texts_of_both(corpus, one, two)
    by, known = ["passage_id", "event_id"], sorted({*one.event_id, *two.event_id})
    return [
        ("events", "mentioned", _presence([read, known], one, two, by), "nominal"),
        *(("events", variable, value_pairs(one, two, by, variable), "nominal") for variable in ("date", "date_basis")),
    ]


def claim_pairs(corpus: Corpus, one: pd.DataFrame, two: pd.DataFrame) -> list[_Pairs]:
    coded, _ = _texts_of_both(corpus, one, two)
    read = sentences(corpus)[lambda table: table.source_id.isin(coded)]

    def stated(claims: pd.DataFrame) -> pd.Series:
        return pd.Series([int(n > 0) for n in count_spans(read, claims, overlaps)])

    return [("claims", "stated", pd.DataFrame({"first": stated(one), "second": stated(two)}), "nominal")]


_PAIRS: dict[str, Callable[[Corpus, pd.DataFrame, pd.DataFrame], list[_Pairs]]] = {
    "provisions": _provision_pairs,
    "guarantors": _guarantor_pairs,
    "responsibility": _responsibility_pairs,
    "frames": _frame_pairs,
    "events": _event_pairs,
    "claims": claim_pairs,
}


def _presence(units: list[Iterable[str]], one: pd.DataFrame, two: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """For every combination of `units`, whether each reading has a row for it (1) or none (0)."""
    first, second = (pd.Series(1, index=pd.MultiIndex.from_frame(coded[by].drop_duplicates())) for coded in (one, two))
    return _paired(pd.MultiIndex.from_product(units), first, second)


def value_pairs(one: pd.DataFrame, two: pd.DataFrame, by: list[str], variable: str) -> pd.DataFrame:
    """The values of `variable` in the units that both readings have a row for; several values of one unit as one label."""
    first, second = (coded.groupby(by)[variable].agg(lambda group: " + ".join(sorted(set(group)))) for coded in (one, two))
    return _paired(first.index.intersection(second.index), first, second)


def highest_level(coded: pd.DataFrame) -> pd.Series:
    """The highest level of each text and dimension, 1 (mentioned) to 4 (disputed)."""
    return coded.level.map(LEVELS.index).add(1).groupby([coded.source_id, coded.dimension]).max()


def _paired(units: pd.Index, first: pd.Series, second: pd.Series) -> pd.DataFrame:
    """The values of both passes for each of `units`: columns first, second; a unit that a pass does not describe is 0."""
    return pd.DataFrame(
        {"first": first.astype(object).reindex(units, fill_value=0), "second": second.astype(object).reindex(units, fill_value=0)}
    )


def percent_agreement(pairs: pd.DataFrame, scale: _Scale = "nominal") -> dict[str, int | float]:
    """{n, agreement, alpha} of two codings, one row a unit; see `agreement_table`. Without units the last two are NaN.

    Krippendorff's alpha for two codings (Hayes and Krippendorff 2007, doi:10.1080/19312450709336664); `scale` is "nominal" or "ordinal".
    """
    if pairs.empty:
        return {"n": 0, "agreement": np.nan, "alpha": np.nan}
    codes = pd.factorize(pairs.to_numpy().ravel(), sort=True)[0].reshape(-1, 2)
    return {"n": len(pairs), "agreement": float((codes[:, 0] == codes[:, 1]).mean()), "alpha": krippendorff_alpha(codes, scale)}


def krippendorff_alpha(codes: np.ndarray, scale: _Scale) -> float:
    """Krippendorff's alpha of an array with a row a unit and a column a coder; NaN where all values are the same."""
    if len(np.unique(codes)) < 2:
        return np.nan
    return float(krippendorff.alpha(reliability_data=codes.T, level_of_measurement=scale))


VARIABLE_LABELS = {
    "provisions": ["dimension", "position"],
    "responsibility": ["actor", "valence", "act"],
    "frames": ["function", "summary"],
    "events": ["date", "description"],
    "claims": ["claim"],
}


def adjudications(corpus: Corpus, name: str = "provisions") -> pd.DataFrame:
    """The rows of a coding that the passes coded differently, or not at all.

    Columns: source_id, passage_id, what was coded (`VARIABLE_LABELS`), resolution.
    """
    rows = corpus.tables[f"codings/{name}.csv"].query("resolution != ''")
    return rows[["source_id", "passage_id", *VARIABLE_LABELS[name], "resolution"]]


def agreement_for_readers(corpus: Corpus) -> pd.DataFrame:
    """The table of `agreement_table` for readers, with two decimals; `kind` only where there are several."""
    table, number = agreement_table(corpus), "{:.2f}".format
    columns = ["table", "variable", *["kind"] * (table.kind.nunique() > 1), "n"]
    return table[columns].assign(agreement=table.agreement.map(number), alpha=table.alpha.map(number))


def texts_coded_by_persons(corpus: Corpus) -> pd.DataFrame:
    """Who has coded which text, of all codings, in the order of the texts: source_id, coder."""
    held = [corpus.tables[name] for name in PERSON_TABLES if name in corpus.tables]
    coded = pd.concat([pd.DataFrame(columns=["source_id", "coder"]), *held])[["source_id", "coder"]].drop_duplicates()
    return coded.sort_values("source_id", key=lambda ids: ids.map(list(corpus.raw).index), kind="stable", ignore_index=True)
