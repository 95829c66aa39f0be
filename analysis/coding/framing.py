"""How the texts tell the story: who is credited or blamed for what, and Entman's four functions, in whose voice.

Codings are rows of `codings/responsibility.csv` (a passage that credits or blames an actor) and `codings/frames.csv` (a passage that
names a problem, a cause, a moral judgement or a remedy; Entman 1993, doi:10.1111/j.1460-2466.1993.tb01304.x). `voice` is "author", or
the person or body to whom the text gives the judgement. Counts are counts of coded passages; they are never added to one score.
"""

from collections.abc import Collection

import pandas as pd

from analysis.coding.units import units
from analysis.corpus.reader import Corpus
from analysis.corpus.segment import passages
from analysis.corpus.texts import by_publication_date, coded_sources
from analysis.corpus.vocabulary import AUTHOR, FUNCTIONS, VALENCES


def judgement_table(corpus: Corpus) -> pd.DataFrame:
    """Every passage that credits or blames an actor: the columns of responsibility.csv, in the order of the texts' publication."""
    return by_publication_date(corpus, corpus.tables["codings/responsibility.csv"])


def upheld(table: pd.DataFrame) -> pd.DataFrame:
    """The rows of a coding that the text does not reject: a charge that it reports in order to rebut is no charge of its own."""
    return table[table.rejected_by == ""]


def frame_table(corpus: Corpus) -> pd.DataFrame:
    """Every function performed in a passage: the columns of frames.csv, in the order of the texts' publication."""
    return by_publication_date(corpus, corpus.tables["codings/frames.csv"])


def judged_actors(corpus: Corpus) -> list[str]:
    """The actors of the codebook, in its order."""
    return list(corpus.tables["codebook_values.csv"].query("variable == 'actor'").value)


def actor_in_words(actor: str) -> str:
    """An actor of the codebook in words that stand alone: "both sides" for both; a state as it is."""
    return {"both": "both sides", "mediator": "go-betweens", "other": "others"}.get(actor, actor)


def credit_and_blame(corpus: Corpus, merge: bool = False, leave_out: Collection[str] = ()) -> pd.DataFrame:
    """How often each actor is credited and blamed: a row for each actor, unit (see `units`) and valence.

    Columns: actor, unit, valence, n (passages with at least one row), author (of these, with a row in the author's voice), attributed (the
    others).
    """
    unit = units(corpus, merge, leave_out)
    rows = upheld(judgement_table(corpus)).assign(unit=lambda table: table.source_id.map(unit)).dropna(subset="unit")
    rows["own"] = rows.voice == AUTHOR
    passage = rows.groupby(["actor", "unit", "valence", "passage_id"]).own.any()
    counts = passage.groupby(["actor", "unit", "valence"]).agg(n="size", author="sum")
    every = pd.MultiIndex.from_product([judged_actors(corpus), dict.fromkeys(unit.values()), VALENCES], names=["actor", "unit", "valence"])
    table = counts.reindex(every, fill_value=0).astype(int).reset_index()
    return table.assign(attributed=table.n - table.author)


def credit_and_blame_rates(corpus: Corpus) -> pd.DataFrame:
    """`credit_and_blame` of the texts, held to their length: also n_words (of its body), rate, author_rate (passages per 1,000 words)."""
    table = credit_and_blame(corpus)
    table["n_words"] = table.unit.map(passages(corpus).groupby("source_id").n_words.sum())
    return table.assign(rate=1000 * table.n / table.n_words, author_rate=1000 * table.author / table.n_words)


def blame_over(corpus: Corpus, matter: str) -> pd.DataFrame:
    """Who is blamed over a matter: the columns of responsibility.csv; charges that a text rejects are kept, last of its rows."""
    rows = judgement_table(corpus).query("matter == @matter and valence == 'blamed'")
    return by_publication_date(corpus, rows.assign(_last=rows.rejected_by != "").sort_values("_last", kind="stable")).drop(columns="_last")


def own_remedies(corpus: Corpus) -> pd.DataFrame:
    """What a text says in its author's voice would mend the problem, or should be done: the columns of frames.csv."""
    return upheld(frame_table(corpus)).query("function == 'remedy' and voice == @AUTHOR")


def credit_and_blame_table(corpus: Corpus) -> pd.DataFrame:
    """The same for readers: a row an actor, a column a text; "+3 (1) −2": 3 passages credit, 1 of them in another's voice, and 2 blame."""
    return _pivot_for_readers(credit_and_blame(corpus), coded_sources(corpus).set_index("source_id").short)


def credit_and_blame_by_cluster(corpus: Corpus) -> pd.DataFrame:
    """`credit_and_blame_table` with dependent texts merged: a row an actor, a column a cluster."""
    return _pivot_for_readers(credit_and_blame(corpus, merge=True), coded_sources(corpus).groupby("cluster").short.agg(" with ".join))


def _pivot_for_readers(counts: pd.DataFrame, names: pd.Series) -> pd.DataFrame:
    """`credit_and_blame` with a row an actor and a column a unit, by its name in `names`."""
    cells = [(*key, _format_cell(own)) for key, own in counts.groupby(["actor", "unit"], sort=False)]
    table = pd.DataFrame(cells, columns=["actor", "unit", "cell"]).pivot(index="actor", columns="unit", values="cell")
    ordered = table.reindex(index=counts.actor.unique(), columns=counts.unit.unique())
    return ordered.rename(columns=names).rename_axis(index="actor", columns=None).reset_index()


def _format_cell(own: pd.DataFrame) -> str:
    """One cell of `credit_and_blame_table`."""
    signs = dict(zip(VALENCES, "+−", strict=True))
    parts = [f"{signs[row.valence]}{row.n}" + (f" ({row.attributed})" if row.attributed else "") for row in own.itertuples() if row.n]
    return " ".join(parts) or "–"


def issue_counts(corpus: Corpus) -> pd.DataFrame:
    """For what the actors are credited or blamed, all texts together: matter, credited, blamed (each passage, actor and matter once)."""
    rows = upheld(judgement_table(corpus)).drop_duplicates(["passage_id", "actor", "valence", "matter"])
    order = corpus.tables["codebook_values.csv"].query("variable == 'matter'").value
    table = pd.crosstab(rows.matter, rows.valence).reindex(index=list(order), columns=VALENCES, fill_value=0)
    return table.rename_axis(columns=None).reset_index()


def judgement_voices(corpus: Corpus) -> pd.DataFrame:
    """In whose voice the judgements stand: source_id, author, attributed (counts of rows), voices (the names, most rows first)."""
    table = upheld(judgement_table(corpus))
    rows = []
    for source_id in coded_sources(corpus).source_id:
        own = table[table.source_id == source_id].voice
        others = own[own != AUTHOR].value_counts()
        rows.append((source_id, int((own == AUTHOR).sum()), int(others.sum()), ", ".join(others.index)))
    return pd.DataFrame(rows, columns=["source_id", "author", "attributed", "voices"])


def function_counts(corpus: Corpus) -> pd.DataFrame:
    """How many passages of each text perform each function: source_id, function; n, author, attributed as in `credit_and_blame`."""
    rows = upheld(frame_table(corpus)).assign(own=lambda table: table.voice == AUTHOR)
    passage = rows.groupby(["source_id", "function", "passage_id"]).own.any()
    counts = passage.groupby(["source_id", "function"]).agg(n="size", author="sum")
    every = pd.MultiIndex.from_product([coded_sources(corpus).source_id, FUNCTIONS], names=["source_id", "function"])
    table = counts.reindex(every, fill_value=0).astype(int).reset_index()
    return table.assign(attributed=table.n - table.author)


def missing_functions(corpus: Corpus) -> pd.DataFrame:
    """The functions that no passage of a text performs in its author's voice: source_id, functions (joined by commas)."""
    counts = function_counts(corpus).query("author == 0")
    found = counts.groupby("source_id").function.agg(", ".join)
    ids = coded_sources(corpus).source_id
    return pd.DataFrame({"source_id": ids, "functions": [found.get(source_id, "none") for source_id in ids]})


def units_blaming(corpus: Corpus, merge: bool = False) -> pd.Series:
    """How many units (see `units`) blame each actor: a Series by actor."""
    return credit_and_blame(corpus, merge).query("valence == 'blamed'").groupby("actor", sort=False).n.agg(lambda n: int((n > 0).sum()))
