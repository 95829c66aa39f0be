"""The settlement terms that the texts describe: who offers what, in which document, on whose word.

Codings are rows of `codings/provisions.csv` and `codings/guarantors.csv`: one term, or one guarantor, in one passage, with the
words that carry it. What a text does not mention is absent from this text; that says nothing about a document.
"""

from itertools import combinations

import pandas as pd

from analysis.evidence import cite
from analysis.provenance import reference_instrument, reference_names, sources
from analysis.vocabulary import ABSENT, FITS, LEVELS, RELATIONS


def provisions(corpus):
    """Every coded term: the columns of provisions.csv, in the order of the texts' publication."""
    return in_order(corpus, corpus.tables["codings/provisions.csv"])


def guarantors(corpus):
    """Every state, body or group that a text names as a guarantor: the columns of guarantors.csv."""
    return in_order(corpus, corpus.tables["codings/guarantors.csv"])


def in_order(corpus, table):
    """`table` with its texts in order of publication."""
    order = {source_id: place for place, source_id in enumerate(sources(corpus).source_id)}
    return table.sort_values("source_id", key=lambda ids: ids.map(order), kind="stable").reset_index(drop=True)


def dimensions(corpus):
    """The dimensions of the codebook: dimension, label."""
    return corpus.tables["codebook.csv"][["dimension", "label"]]


def units(corpus, merge=False, leave_out=()):
    """Which unit each text counts as: {source_id: unit}, in order of publication.

    A unit is the text itself or, with `merge`, its cluster of dependent texts. Texts in `leave_out` have none.
    """
    table = sources(corpus)
    table = table[~table.source_id.isin(leave_out)]
    return dict(zip(table.source_id, table.cluster if merge else table.source_id, strict=True))


def documents(corpus):
    """Of which document each text's statements speak: a row a text, a column a document, counts of rows."""
    rows = provisions(corpus)
    known = corpus.tables["codebook_values.csv"].query("variable == 'document'").value
    table = pd.crosstab(rows.source_id, rows.document).reindex(index=units(corpus), columns=list(known), fill_value=0)
    return table.rename_axis(index="source_id", columns=None).reset_index()


def meanings(corpus, variable):
    """What the values of a coded variable mean, in short: value, definition."""
    return definitions(corpus, variable)[["value", "definition"]]


def coverage(corpus, merge=False, leave_out=(), levels=LEVELS):
    """How many coded rows at one of `levels` each unit (see `units`) has in each dimension: a row a dimension, a column a unit."""
    unit = units(corpus, merge, leave_out)
    rows = provisions(corpus).query("level in @levels").assign(unit=lambda table: table.source_id.map(unit)).dropna(subset="unit")
    counts = pd.crosstab(rows.dimension, rows.unit)
    return counts.reindex(index=dimensions(corpus).dimension, columns=dict.fromkeys(unit.values()), fill_value=0)


def statements(corpus, dimension):
    """What each text says in one dimension, statement by statement: the columns of provisions.csv, and label."""
    rows = provisions(corpus).query("dimension == @dimension")
    return rows.merge(dimensions(corpus), on="dimension")


def matrix(corpus):
    """What each text says in each dimension, in short: a row for each dimension, text and level that occurs.

    Columns: dimension, label, source_id, level, holders (joined by commas), documents, n (rows).
    """
    rows = provisions(corpus).merge(dimensions(corpus), on="dimension")
    rows["level"] = pd.Categorical(rows.level, LEVELS)
    names = {"holders": ("holder", joined), "documents": ("document", joined), "n": ("level", "size")}
    return rows.groupby(["dimension", "label", "source_id", "level"], observed=True, sort=True).agg(**names).reset_index()


def matrix_with_evidence(corpus):
    """`matrix` with what its figure and its table show: a row of level "absent" too for each dimension that a text does not describe.

    Further columns: passage_id, start, end, quote: the first statement of the text at this level (missing where absent).
    """
    first = provisions(corpus).drop_duplicates(["dimension", "source_id", "level"])
    first = first[["dimension", "source_id", "level", "passage_id", "start", "end", "quote"]].astype({"start": "Int64", "end": "Int64"})
    every = dimensions(corpus).merge(pd.Series(list(units(corpus)), name="source_id"), how="cross")
    rows = every.merge(matrix(corpus).astype({"level": str}), on=["dimension", "label", "source_id"], how="left")
    rows = rows.assign(level=rows.level.fillna(ABSENT), n=rows.n.fillna(0).astype(int))
    return rows.merge(first, on=["dimension", "source_id", "level"], how="left")


def joined(values):
    return ", ".join(dict.fromkeys(values))


def relations(corpus, merge=False, leave_out=()):
    """How the texts relate in each dimension: dimension, label, n_units, relation, contradictions.

    `relation` is "none" (no text describes it), "only one" (one unit does), or the strongest tension among all pairs of units:
    "agree", "differ in detail", "contradict" (codings/relations.csv). `contradictions` counts the contradicting pairs of texts. With
    `merge` dependent texts count as one unit, and pairs within it do not count; see `units`.
    """
    unit = units(corpus, merge, leave_out)
    covering = coverage(corpus, merge, leave_out).gt(0).sum(axis="columns")
    pairs = corpus.tables["codings/relations.csv"]
    pairs = pairs.assign(a=pairs.source_a.map(unit), b=pairs.source_b.map(unit)).dropna(subset=["a", "b"])
    pairs = pairs[pairs.a != pairs.b]
    rows = []
    for dimension, label in dimensions(corpus).itertuples(index=False):
        own = pairs.relation[pairs.dimension == dimension]
        n_units = int(covering[dimension])
        relation = {0: "none", 1: "only one"}.get(n_units) or max(own, key=RELATIONS.index)
        rows.append((dimension, label, n_units, relation, int((own == "contradict").sum())))
    return pd.DataFrame(rows, columns=["dimension", "label", "n_units", "relation", "contradictions"])


def contradictions(corpus):
    """The pairs of texts that contradict each other: dimension, label, source_a, source_b, note."""
    pairs = corpus.tables["codings/relations.csv"].query("relation == 'contradict'")
    return pairs.merge(dimensions(corpus), on="dimension")[["dimension", "label", "source_a", "source_b", "note"]]


def distances(corpus, merge=False, leave_out=(), levels=LEVELS):
    """How differently two units choose what to describe: a square table of Jaccard distances, 0 (the same dimensions) to 1 (none shared).

    The distance is the share of the dimensions described by either that only one describes. The last row and column are the
    reference instrument, by what was read of it (instruments.csv): points not read count as absent. It says nothing about what is said
    in a shared dimension.
    """
    described = {name: set(column[column > 0].index) for name, column in coverage(corpus, merge, leave_out, levels).items()}
    instruments = corpus.tables["instruments.csv"]
    benchmark = reference_instrument(corpus).instrument
    described[benchmark] = set(instruments.dimension[instruments.instrument == benchmark])
    table = pd.DataFrame(0.0, index=list(described), columns=list(described))
    for one, other in combinations(described, 2):
        table.loc[one, other] = table.loc[other, one] = jaccard_distance(described[one], described[other])
    return table


def distance_table(corpus):
    """The table of `distances` with short names and two decimals, as text: text, and a column each."""
    table = distances(corpus)
    names = {**sources(corpus).set_index("source_id").short, reference_instrument(corpus).instrument: "Communiqué"}
    shown = table.map(lambda value: "none" if pd.isna(value) else f"{value:.2f}").rename(index=names, columns=names)
    return shown.rename_axis("text").reset_index()


def nearest(table):
    """The two names of a square table of distances that lie closest to each other."""
    return min((pair for pair in combinations(table.index, 2) if pd.notna(table.loc[pair])), key=lambda pair: table.loc[pair])


def jaccard_distance(one, other):
    """1 - |intersection| / |union| (Jaccard 1912, doi:10.1111/j.1469-8137.1912.tb05611.x); NaN where both sets are empty."""
    return 1 - len(one & other) / len(one | other) if one | other else float("nan")


def guarantor_sets(corpus):
    """Which states and bodies are named as guarantors of a settlement: a row each, a column a text or instrument, True or False.

    Only `role` "proposed" counts, so that pledges of 1994 and refusals stay out, and only states and bodies, no groups such as
    "Western powers". The first column is the reference instrument. Texts that name none keep their (empty) column.
    """
    named = guarantors(corpus).query("role == 'proposed' and kind != 'group'")
    benchmark = reference_instrument(corpus).instrument
    plan = corpus.tables["instrument_guarantors.csv"].query("instrument == @benchmark")
    columns = [benchmark, *sources(corpus).source_id]
    rows = pd.concat([named[["guarantor", "source_id"]], plan.rename(columns={"instrument": "source_id"})[["guarantor", "source_id"]]])
    table = pd.crosstab(rows.guarantor, rows.source_id).reindex(columns=columns, fill_value=0) > 0
    return table.loc[table.sum(axis="columns").sort_values(ascending=False, kind="stable").index]


def guarantor_groups(corpus):
    """The groups, not states, that a text names as guarantors: source_id, group, role, paragraphs (their numbers, as text)."""
    rows = guarantors(corpus).query("kind == 'group'").rename(columns={"guarantor": "group"})
    return (
        rows.groupby(["source_id", "group", "role"], sort=False).passage_id.agg(lambda ids: paragraphs(ids)).reset_index(name="paragraphs")
    )


def paragraphs(passage_ids):
    """The numbers of passages as text: "3, 6"."""
    return ", ".join(str(int(passage_id.rsplit("-p", 1)[1])) for passage_id in passage_ids)


def guarantor_overlap(corpus):
    """How far each text's set of guarantor states and bodies matches that of the reference instrument.

    Columns: source_id; n (named by the text); shared (also in the instrument); only_text; only_communique (counts).
    """
    table = guarantor_sets(corpus)
    benchmark = reference_instrument(corpus).instrument
    plan = table[benchmark]
    rows = [
        (name, int(own.sum()), int((own & plan).sum()), int((own & ~plan).sum()), int((plan & ~own).sum()))
        for name, own in table.drop(columns=benchmark).items()
    ]
    return pd.DataFrame(rows, columns=["source_id", "n", "shared", "only_text", "only_communique"])


def strengths_scale(corpus):
    """The scale of obligation: rank by strength, 1 weakest to 5 strongest; 0: none or not described."""
    return corpus.tables["strengths.csv"].astype({"rank": int}).set_index("strength")["rank"]


def strengths(corpus):
    """Where each text and each instrument stands on the scale of how much a guarantee obliges.

    Columns: of (a short citation, or the short name of the instrument), kind (text, instrument), strength, rank (1 weakest to
    5 strongest; 0: none or not described), says (the instrument's position), source_id, passage_id, quote,
    start, end, document, instrument, reference, locator, grade, note.
    """
    scale = strengths_scale(corpus)
    texts = in_order(corpus, corpus.tables["codings/strengths.csv"])
    texts = texts.assign(of=texts.passage_id.map(lambda passage: cite(corpus, passage)), kind="text")
    given = corpus.tables["instruments.csv"].query("strength != ''")
    given = given.assign(of=given.short, kind="instrument", says=given.position)
    rows = pd.concat([texts, given]).assign(rank=lambda table: table.strength.map(scale))
    columns = ["of", "kind", "strength", "rank", "says", "source_id", "passage_id", "quote", "start", "end", "document",
               "instrument", "reference", "locator", "grade", "note"]  # fmt: skip
    return rows[columns].astype({"start": "Int64", "end": "Int64"}).reset_index(drop=True)


def instruments(corpus, *chosen):
    """What reference instruments say on the dimensions, with the source and grade of each fact.

    Columns: instrument (short name), dimension, position, reference (short name and place), grade (S: primary page or file
    read; S2: repost or report read; text: known through one of the five texts only).
    """
    table = corpus.tables["instruments.csv"]
    table = pd.concat([table[table.instrument == name] for name in chosen])
    works = table.reference.map(reference_names(corpus.path / "references.bib"))
    return table.assign(instrument=table.short, reference=works + ", " + table.locator)[
        ["instrument", "dimension", "position", "reference", "grade"]
    ]


def definitions(corpus, variable):
    """The values of a coded variable with their limits: value, definition, includes, excludes."""
    return corpus.tables["codebook_values.csv"].query("variable == @variable").drop(columns="variable")


def fits(corpus):
    """The nearest code of PA-X and of the Peace Accords Matrix for each dimension: dimension, label, codes, fits, note."""
    return corpus.tables["codebook.csv"][["dimension", "label", "pax_code", "pax_label", "pax_fit", "pam_code", "pam_fit", "note"]]


def misfit(corpus):
    """How well the standard codebooks of peace agreements cover the dimensions: fit, pax, pam (counts of dimensions)."""
    book = corpus.tables["codebook.csv"]
    fits = pd.DataFrame({"pax": book.pax_fit.value_counts(), "pam": book.pam_fit.value_counts()})
    return fits.reindex(FITS).fillna(0).astype(int).rename_axis("fit").reset_index()
