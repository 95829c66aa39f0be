"""How far two passes of coding agree. Both passes are one coder's kind of reading: stability, not agreement between people."""

import krippendorff
import numpy as np
import pandas as pd

from analysis.corpus import passages
from analysis.proposals import LEVELS, dimensions

DRAWS = 1000
SEED = 20220329
KIND = "stability of one coder over two blind passes"


def passes(corpus):
    """Agreement of the two passes over provisions, and over guarantors.

    Columns: table; variable; n (units compared); agreement (share of units with the same value, 0 to 1); alpha (Krippendorff's
    alpha, 1 is perfect, 0 is chance; NaN where nothing varies); low, high (95 % bootstrap interval of alpha over units: how it would
    move had other units been read); kind. Only texts that both passes coded count. The units: `described` a passage and dimension;
    `level of the cell` a text and dimension (ordinal, 0 absent to 4 disputed); the others the passages and dimensions that both
    passes describe; for guarantors a passage and name.
    """
    one, two = (corpus.tables[f"codings/provisions.pass{number}.csv"] for number in (1, 2))
    coded = [source_id for source_id in corpus.raw if source_id in set(one.source_id) & set(two.source_id)]
    read = passages(corpus).query("source_id in @coded").passage_id
    cells = pd.MultiIndex.from_product([read, dimensions(corpus).dimension])
    whole = pd.MultiIndex.from_product([coded, dimensions(corpus).dimension])
    rows = [
        ("provisions", "described", paired(cells, *(described(coded, "passage_id") for coded in (one, two))), "nominal"),
        ("provisions", "level of the cell", paired(whole, highest(one), highest(two)), "ordinal"),
    ]
    both = described(one, "passage_id").index.intersection(described(two, "passage_id").index)
    for variable in ("level", "holder", "document", "voice"):
        rows.append(("provisions", variable, paired(both, labels(one, variable), labels(two, variable)), "nominal"))
    first, second = (corpus.tables[f"codings/guarantors.pass{number}.csv"] for number in (1, 2))
    named = pd.MultiIndex.from_product([read, sorted({*first.guarantor, *second.guarantor})])
    rows.append(
        ("guarantors", "named", paired(named, *(described(coded, "passage_id", "guarantor") for coded in (first, second))), "nominal")
    )
    return pd.DataFrame(
        [{"table": table, "variable": variable, **agreement(pairs, scale), "kind": KIND} for table, variable, pairs, scale in rows]
    )


def described(coded, *by):
    """1 for each unit that `coded` has a row for; by passage and dimension unless other columns are named."""
    by = list(by) if len(by) > 1 else [*by, "dimension"]
    return pd.Series(1, index=pd.MultiIndex.from_frame(coded[by].drop_duplicates()))


def highest(coded):
    """The highest level of each text and dimension, 1 (mentioned) to 4 (disputed)."""
    return coded.level.map(LEVELS.index).add(1).groupby([coded.source_id, coded.dimension]).max()


def labels(coded, variable):
    """The set of values of each passage and dimension, as one label."""
    return coded.groupby(["passage_id", "dimension"])[variable].agg(lambda group: " + ".join(sorted(set(group))))


def paired(units, first, second):
    """The values of both passes for each of `units`: columns first, second; a unit that a pass does not describe is 0."""
    return pd.DataFrame(
        {"first": first.astype(object).reindex(units, fill_value=0), "second": second.astype(object).reindex(units, fill_value=0)}
    )


def agreement(pairs, scale="nominal"):
    """{n, agreement, alpha, low, high} of two codings, one row a unit; see `passes`.

    Krippendorff's alpha for two coders (Hayes and Krippendorff 2007, doi:10.1080/19312450709336664); `scale` is "nominal" or "ordinal".
    The interval is seeded, so that it is the same every time. Raises ValueError for an empty table.
    """
    if pairs.empty:
        raise ValueError("no units to compare")
    codes = pd.factorize(pairs.to_numpy().ravel(), sort=True)[0].reshape(-1, 2)
    draw = np.random.default_rng(SEED)
    drawn = [alpha(codes[draw.integers(len(codes), size=len(codes))], scale) for _ in range(DRAWS)]
    low, high = np.nanpercentile(drawn, [2.5, 97.5]) if not np.isnan(drawn).all() else (np.nan, np.nan)
    same = float((codes[:, 0] == codes[:, 1]).mean())
    return {"n": len(pairs), "agreement": same, "alpha": alpha(codes, scale), "low": low, "high": high}


def alpha(codes, scale):
    """Krippendorff's alpha of an array with a row a unit and a column a coder; NaN where all values are the same."""
    if len(np.unique(codes)) < 2:
        return np.nan
    return float(krippendorff.alpha(reliability_data=codes.T, level_of_measurement=scale))


def resolutions(corpus):
    """The rows of provisions.csv that the passes coded differently, or not at all, and how that was settled.

    Columns: source_id, passage_id, dimension, position, resolution.
    """
    rows = corpus.tables["codings/provisions.csv"].query("resolution != ''")
    return rows[["source_id", "passage_id", "dimension", "position", "resolution"]]


def shown(corpus):
    """The table of `passes` for readers: two decimals, the interval in one column."""
    table = passes(corpus)
    number = "{:.2f}".format
    interval = [f"{number(row.low)} to {number(row.high)}" for row in table.itertuples()]
    return table[["variable", "table", "n"]].assign(agreement=table.agreement.map(number), alpha=table.alpha.map(number), interval=interval)


def summary(corpus):
    """The numbers of this module that the prose of the book quotes: {name: number or text}."""
    alphas = passes(corpus).set_index("variable").alpha
    return {
        "alpha_described": f"{alphas['described']:.2f}",
        "alpha_holder": f"{alphas['holder']:.2f}",
        "alpha_level": f"{alphas['level of the cell']:.2f}",
        "n_resolved": len(resolutions(corpus)),
        "n_overruled": int(resolutions(corpus).resolution.str.startswith("Both passes").sum()),
        "n_added": int(resolutions(corpus).resolution.str.startswith("Third reading").sum()),
    }
