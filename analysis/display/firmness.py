"""What the texts call the deal, and which explanations of why the talks stopped they tell, as tables that lead to their words."""

import html

import pandas as pd

from analysis.coding.explanations import explanations_by_text, told_explanations
from analysis.coding.firmness import firmness_table
from analysis.corpus.reader import Corpus
from analysis.corpus.spans import coded_spans, span_id
from analysis.corpus.texts import STATUS_WORDS, by_publication_date, coded_sources, source_table
from analysis.display.evidence_tables import evidence_link
from analysis.display.notebook import display_html_table, reader_columns
from analysis.figures.sources import lag_words

_INNER_MARKS = str.maketrans("“”", "‘’")  # a quotation within one


def display_firmness(texts: Corpus) -> None:
    """Display the strongest words of each text for the deal, whole, with their step, and how long before or after the meeting they are.

    A text without a row in firmness.csv is shown as not placed yet, or not yet coded.
    """
    rows, whose = firmness_table(texts), coded_spans(texts).set_index("anchor").whose
    rows = rows.assign(
        from_the_meeting=[lag_words(row) for row in rows.itertuples()],
        its_words=[f"“{quote.translate(_INNER_MARKS)}”" for quote in rows.quote],
        whose=[whose[span_id(row.passage_id, row.start, row.end)] for row in rows.itertuples()],
    )
    columns = ["source_id", "from_the_meeting", "its_words", "whose", "step"]
    left = source_table(texts)[lambda table: ~table.source_id.isin(rows.source_id)]
    left = left.assign(
        from_the_meeting=[lag_words(row) for row in left.itertuples()],
        its_words="–",
        whose="–",
        step=[STATUS_WORDS["uncoded"] if row.coding == "uncoded" else "not placed yet" for row in left.itertuples()],
    )
    every = by_publication_date(texts, pd.concat([rows[columns], left[columns]], ignore_index=True))
    links = {row.source_id: evidence_link(texts, row) for row in rows.itertuples()}
    data = rows[["source_id", "from_the_meeting", "whose", "rank", "step", "passage_id", "start", "end", "note"]]
    shown = reader_columns(every, texts).assign(evidence="")
    links_of_rows = {"evidence": [links.get(source_id, "") for source_id in every.source_id]}
    display_html_table(shown, data, "What each text calls the deal, in its strongest words", links=links_of_rows)


def display_explanations_by_text(texts: Corpus) -> None:
    """Display how each text stands to each explanation (see `explanations_by_text`); what is told or hinted leads to its words."""
    table, told = explanations_by_text(texts), told_explanations(texts)
    links = {}
    for row in coded_sources(texts).itertuples():
        own = told[told.source_id == row.source_id].sort_values("stance", ascending=False, kind="stable").drop_duplicates("explanation")
        linked = {span.explanation: evidence_link(texts, span, label=span.stance) for span in own.itertuples()}
        links[row.short] = [linked.get(name, html.escape(stance)) for name, stance in zip(table.explanation, table[row.short], strict=True)]
    display_html_table(table, table, "Explanations of why the talks stopped, by text", links=links)
