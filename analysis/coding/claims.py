"""What the texts state as fact, where they agree, and how statements stand to the record.

Codings: `claims.csv` (a checkable statement in a passage, and to whom the text gives it); `comparisons.csv` (what two or more texts say of
one topic, position by position); `source_checks.csv` (a statement held against a document or against later reporting). Corroboration
counts clusters, never texts: texts that depend on each other are one witness.
"""

from collections.abc import Collection

import pandas as pd

from analysis.coding.units import units
from analysis.corpus.reader import Corpus
from analysis.corpus.texts import by_publication_date, coded_sources, source_table
from analysis.corpus.vocabulary import AUTHOR, VERDICTS


def claim_table(corpus: Corpus) -> pd.DataFrame:
    """Every checkable statement: the columns of claims.csv, in the order of the texts' publication."""
    return by_publication_date(corpus, corpus.tables["codings/claims.csv"])


def comparison_table(corpus: Corpus) -> pd.DataFrame:
    """What texts say of a shared topic: the columns of comparisons.csv, topic by topic, within a topic in the order of publication."""
    order = {source_id: place for place, source_id in enumerate(source_table(corpus).source_id)}
    table = corpus.tables["codings/comparisons.csv"]
    places = {topic: place for place, topic in enumerate(dict.fromkeys(table.topic))}
    key = pd.DataFrame({"topic": table.topic.map(places), "source": table.source_id.map(order)})
    return table.loc[key.sort_values(["topic", "source"], kind="stable").index].reset_index(drop=True)


def checked_texts(corpus: Corpus) -> list[str]:
    """The texts, in order of publication, of which all that can be was held against the record: of one coded once it may be a part."""
    table = source_table(corpus)
    checked = set(corpus.tables["codings/source_checks.csv"].source_id)
    return list(table.source_id[(table.coding == "twice") & table.source_id.isin(checked)])


def check_table(corpus: Corpus) -> pd.DataFrame:
    """Statements held against the record: the columns of source_checks.csv, in the order of the texts' publication."""
    return by_publication_date(corpus, corpus.tables["codings/source_checks.csv"])


def claims_by_topic(corpus: Corpus) -> pd.DataFrame:
    """How many claims each text makes on each topic: topic, and a column a text."""
    table = claim_table(corpus)
    topics = corpus.tables["codebook_values.csv"].query("variable == 'topic'").value
    short = coded_sources(corpus).set_index("source_id").short
    counts = pd.crosstab(table.topic, table.source_id).reindex(index=list(topics), columns=short.index, fill_value=0)
    return counts.rename(columns=short).rename_axis(columns=None).reset_index()


def claim_attribution(corpus: Corpus) -> pd.DataFrame:
    """On whose word the claims stand: source_id, author, others (counts), share_others (%), names (of the others, most claims first)."""
    table, rows = claim_table(corpus), []
    for source_id in coded_sources(corpus).source_id:
        own = table[table.source_id == source_id].attributed_to
        others = own[own != AUTHOR].value_counts()
        share = 100 * others.sum() / len(own) if len(own) else None
        rows.append((source_id, int((own == AUTHOR).sum()), int(others.sum()), share, ", ".join(others.index)))
    return pd.DataFrame(rows, columns=["source_id", "author", "others", "share_others", "names"])


def corroboration(corpus: Corpus, merge: bool = True, leave_out: Collection[str] = ()) -> pd.DataFrame:
    """Who supports each position on a topic: topic, relation, position, n_texts, n_clusters, texts (short names).

    `n_clusters` counts independent groups of texts. A position that one cluster alone takes is not corroborated by the texts.
    """
    unit, short = units(corpus, merge, leave_out), dict(source_table(corpus)[["source_id", "short"]].values)
    table = comparison_table(corpus).query("source_id in @unit.keys()")
    rows = []
    for (topic, relation, position), own in table.groupby(["topic", "relation", "position"], sort=False):
        ids = list(dict.fromkeys(own.source_id))
        n_clusters, texts = len({unit[source_id] for source_id in ids}), ", ".join(short[source_id] for source_id in ids)
        rows.append((topic, relation, position, len(ids), n_clusters, texts))
    return pd.DataFrame(rows, columns=["topic", "relation", "position", "n_texts", "n_clusters", "texts"])


def check_results(corpus: Corpus) -> pd.DataFrame:
    """How the checked statements of each text stand to the record: source_id, checked, and a column for each of `VERDICTS`."""
    table = check_table(corpus)
    counts = pd.crosstab(table.source_id, table.verdict).reindex(index=coded_sources(corpus).source_id, columns=VERDICTS, fill_value=0)
    counts.insert(0, "checked", counts.sum(axis="columns"))
    return counts.rename_axis(columns=None).reset_index()
