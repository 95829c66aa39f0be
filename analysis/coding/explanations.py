"""Why the talks stopped: who gives which explanation, when and on what ground, and which texts tell it. None is judged.

Rows of `explanations.csv`: in the record somebody advances an explanation, hints at it or denies it; a text tells it (the talks stopped for
this) or hints at it (it names the same obstacle and does not say so), with the words on which that rests.
"""

import pandas as pd

from analysis.corpus.bibliography import format_references
from analysis.corpus.reader import Corpus
from analysis.corpus.texts import by_publication_date, coded_sources
from analysis.corpus.vocabulary import ABSENT


def told_explanations(corpus: Corpus) -> pd.DataFrame:
    """The rows of texts: the columns of explanations.csv, explanation by explanation, in the order of the texts' publication."""
    table = corpus.tables["explanations.csv"]
    rows = by_publication_date(corpus, table.query("source_id != ''"))
    return rows.sort_values("explanation", key=lambda names: names.map(list(table.explanation).index), kind="stable", ignore_index=True)


def explanations_by_text(corpus: Corpus) -> pd.DataFrame:
    """How each coded text stands to each explanation: explanation, and a column a text: "tells", "hints", or "absent"."""
    table, short = corpus.tables["explanations.csv"], coded_sources(corpus).set_index("source_id").short
    stances = table.query("source_id != ''").groupby(["explanation", "source_id"]).stance.max()  # "tells" comes after "hints"
    wide = stances.unstack().reindex(index=table.explanation.unique(), columns=short.index)
    return wide.astype(object).fillna(ABSENT).rename(columns=short).rename_axis(columns=None).reset_index()


def explanations_in_record(corpus: Corpus) -> pd.DataFrame:
    """Who gives or denies each explanation outside the texts: explanation, stance, by, date, evidence, reference (short name), grade."""
    rows = corpus.tables["explanations.csv"].query("source_id == ''")
    table = rows.assign(reference=[format_references(corpus, keys) for keys in rows.reference]).rename(columns={"advanced_by": "by"})
    return table[["explanation", "stance", "by", "date", "evidence", "reference", "grade"]].reset_index(drop=True)
