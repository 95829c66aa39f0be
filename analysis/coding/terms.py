"""The settlement terms that the texts describe: who offers what, in which document, on whose word.

A row of `codings/provisions.csv` is one term in one passage, with the words that carry it. What a text does not mention is absent from this
text; that says nothing about a document.
"""

from collections.abc import Collection, Iterable
from itertools import combinations

import pandas as pd

from analysis.coding.units import dimensions, units
from analysis.corpus.reader import Corpus
from analysis.corpus.texts import by_publication_date, coding_status, reference_instrument, source_table
from analysis.corpus.vocabulary import ABSENT, FITS, LEVELS, NOT_COMPARED, RECALLED, RELATIONS


def provision_table(corpus: Corpus) -> pd.DataFrame:
    """Every coded term: the columns of provisions.csv, in the order of the texts' publication."""
    return by_publication_date(corpus, corpus.tables["codings/provisions.csv"])


def described_terms(corpus: Corpus) -> pd.DataFrame:
    """The rows of `provision_table` by which a text describes a settlement: none that recalls an act or a rule of another time or state."""
    table = provision_table(corpus)
    return table[table.basis != RECALLED].reset_index(drop=True)


def documents_by_text(corpus: Corpus) -> pd.DataFrame:
    """Of which document each text's statements speak: a row a text, a column a document, counts of rows."""
    rows = provision_table(corpus)
    known = corpus.tables["codebook_values.csv"].query("variable == 'document'").value
    table = pd.crosstab(rows.source_id, rows.document).reindex(index=units(corpus), columns=list(known), fill_value=0)
    return table.rename_axis(index="source_id", columns=None).reset_index()


def coded_counts(corpus: Corpus, merge: bool = False, leave_out: Collection[str] = (), levels: Collection[str] = LEVELS) -> pd.DataFrame:
    """How many coded rows at one of `levels` each unit (see `units`) has in each dimension: a row a dimension, a column a unit."""
    unit = units(corpus, merge, leave_out)
    rows = described_terms(corpus).query("level in @levels").assign(unit=lambda table: table.source_id.map(unit)).dropna(subset="unit")
    counts = pd.crosstab(rows.dimension, rows.unit)
    return counts.reindex(index=dimensions(corpus).dimension, columns=dict.fromkeys(unit.values()), fill_value=0)


def terms_in_dimension(corpus: Corpus, dimension: str) -> pd.DataFrame:
    """What each text says in one dimension, statement by statement: the columns of provisions.csv, and label."""
    rows = provision_table(corpus).query("dimension == @dimension")
    return rows.merge(dimensions(corpus), on="dimension")


def term_matrix(corpus: Corpus) -> pd.DataFrame:
    """What each text says in each dimension, in short: a row for each dimension, text and level that occurs.

    Columns: dimension, label, source_id, level, holders (joined by commas), documents, n (rows).
    """
    rows = described_terms(corpus).merge(dimensions(corpus), on="dimension")
    rows["level"] = pd.Categorical(rows.level, LEVELS)
    names = {"holders": ("holder", _join_unique), "documents": ("document", _join_unique), "n": ("level", "size")}
    return rows.groupby(["dimension", "label", "source_id", "level"], observed=True, sort=True).agg(**names).reset_index()


def term_matrix_with_spans(corpus: Corpus) -> pd.DataFrame:
    """`term_matrix` with what its figure and its table show: a row of level "absent" too for each dimension that a text does not describe.

    Further columns: passage_id, start, end, quote: the first statement of the text at this level (missing where absent).
    """
    first = described_terms(corpus).drop_duplicates(["dimension", "source_id", "level"])
    first = first[["dimension", "source_id", "level", "passage_id", "start", "end", "quote"]].astype({"start": "Int64", "end": "Int64"})
    every = dimensions(corpus).merge(pd.Series(list(units(corpus)), name="source_id"), how="cross")
    rows = every.merge(term_matrix(corpus).astype({"level": str}), on=["dimension", "label", "source_id"], how="left")
    rows = rows.assign(level=rows.level.fillna(ABSENT), n=rows.n.fillna(0).astype(int))
    return rows.merge(first, on=["dimension", "source_id", "level"], how="left")


def _join_unique(values: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(values))


def dimension_relations(corpus: Corpus, merge: bool = False, leave_out: Collection[str] = ()) -> pd.DataFrame:
    """How the texts relate in each dimension: dimension, label, n_units, relation, contradictions.

    `relation` is "none" (no text describes it), "only one" (one unit does), or the strongest tension among all pairs of units:
    "agree", "differ in detail", "contradict" (codings/relations.csv), or "not compared yet" where no pair was compared. `contradictions`
    counts the contradicting pairs of texts; a column `not_compared` is there where pairs are left that nobody compared. With `merge`
    dependent texts count as one unit, and pairs within it do not count; see `units`.
    """
    unit = units(corpus, merge, leave_out)
    covering = coded_counts(corpus, merge, leave_out).gt(0).sum(axis="columns")
    pairs = corpus.tables["codings/relations.csv"]
    pairs = pairs.assign(a=pairs.source_a.map(unit), b=pairs.source_b.map(unit)).dropna(subset=["a", "b"])
    pairs, rows = pairs[pairs.a != pairs.b], []
    for dimension, label in dimensions(corpus).itertuples(index=False):
        given = pairs.relation[pairs.dimension == dimension]
        own = given[given != NOT_COMPARED]
        n_units = int(covering[dimension])
        relation = {0: "none", 1: "only one"}.get(n_units) or max(own, key=RELATIONS.index, default=NOT_COMPARED)
        rows.append((dimension, label, n_units, relation, int((own == "contradict").sum()), len(given) - len(own)))
    table = pd.DataFrame(rows, columns=["dimension", "label", "n_units", "relation", "contradictions", "not_compared"])
    return table if table.not_compared.any() else table.drop(columns="not_compared")


def contradicting_pairs(corpus: Corpus) -> pd.DataFrame:
    """The pairs of texts that contradict each other: dimension, label, source_a, source_b, note."""
    pairs = corpus.tables["codings/relations.csv"].query("relation == 'contradict'")
    return pairs.merge(dimensions(corpus), on="dimension")[["dimension", "label", "source_a", "source_b", "note"]]


def jaccard_matrix(corpus: Corpus, merge: bool = False, leave_out: Collection[str] = (), levels: Collection[str] = LEVELS) -> pd.DataFrame:
    """How differently two units choose what to describe: a square table of Jaccard distances, 0 (the same dimensions) to 1 (none shared).

    The distance is the share of the dimensions described by either that only one describes. The last row and column are the
    reference instrument, by what was read of it (instruments.csv): points not read count as absent. It says nothing about what is said
    in a shared dimension. A text that is not coded has no row.
    """
    silent = coding_status(corpus).loc[lambda status: status == "uncoded"].index
    counts = coded_counts(corpus, merge, {*leave_out, *silent}, levels)
    described = {name: set(column[column > 0].index) for name, column in counts.items()}
    instruments = corpus.tables["instruments.csv"]
    benchmark = reference_instrument(corpus).instrument
    described[benchmark] = set(instruments.query("instrument == @benchmark and seen != 'no'").dimension)
    table = pd.DataFrame(0.0, index=list(described), columns=list(described))
    for one, other in combinations(described, 2):
        table.loc[one, other] = table.loc[other, one] = jaccard_distance(described[one], described[other])
    return table


def jaccard_table(corpus: Corpus) -> pd.DataFrame:
    """The table of `jaccard_matrix` with short names and two decimals, as text: text, and a column each."""
    table = jaccard_matrix(corpus)
    reference = reference_instrument(corpus)
    names = {**source_table(corpus).set_index("source_id").short, reference.instrument: reference.short}
    shown = table.map(lambda value: "none" if pd.isna(value) else f"{value:.2f}").rename(index=names, columns=names)
    return shown.rename_axis("text").reset_index()


def closest_pair(table: pd.DataFrame) -> tuple[str, str] | None:
    """The two names of a square table of distances that lie closest to each other; None where no two have a distance."""
    pairs = [pair for pair in combinations(table.index, 2) if pd.notna(table.loc[pair])]
    return min(pairs, key=lambda pair: table.loc[pair], default=None)


def jaccard_distance(one: set[str], other: set[str]) -> float:
    """1 - |intersection| / |union| (Jaccard 1912, doi:10.1111/j.1469-8137.1912.tb05611.x); NaN where both sets are empty."""
    return 1 - len(one & other) / len(one | other) if one | other else float("nan")


def codebook_crosswalk(corpus: Corpus) -> pd.DataFrame:
    """The nearest code of PA-X and of the Peace Accords Matrix for each dimension: dimension, label, codes, fits, note."""
    return corpus.tables["codebook.csv"][["dimension", "label", "pax_code", "pax_label", "pax_fit", "pam_code", "pam_fit", "note"]]


def codebook_fit_summary(corpus: Corpus) -> pd.DataFrame:
    """How well the standard codebooks of peace agreements cover the dimensions: fit, pax, pam (counts of dimensions)."""
    book = corpus.tables["codebook.csv"]
    fits = pd.DataFrame({"pax": book.pax_fit.value_counts(), "pam": book.pam_fit.value_counts()})
    return fits.reindex(FITS).fillna(0).astype(int).rename_axis("fit").reset_index()
