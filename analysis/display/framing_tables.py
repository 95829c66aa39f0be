"""Tables of the framing, each statement with its evidence: short ones for the story, whole ones for the record."""

import html
from typing import Any

import pandas as pd

from analysis.coding.framing import actor_in_words, blame_over, frame_table, judged_actors, judgement_table, own_remedies
from analysis.corpus.reader import Corpus
from analysis.corpus.spans import cite
from analysis.corpus.texts import coded_sources
from analysis.corpus.vocabulary import AUTHOR, FUNCTIONS, VALENCES
from analysis.display.evidence_tables import evidence_link
from analysis.display.html_table import ByColumn
from analysis.display.notebook import display_html_table, reader_columns


def display_blame(texts: Corpus, matter: str, caption: str) -> None:
    """Display who is blamed over a matter, for what, and in whose words; charges that a text rejects are marked."""
    rows = blame_over(texts, matter)
    rows = rows.assign(
        blamed=rows.actor.map(actor_in_words), for_what=rows.act, in_whose_words=[_whose_words(row) for row in rows.itertuples()]
    )
    columns = ["source_id", "blamed", "for_what", "in_whose_words"]
    shown = reader_columns(rows[columns], texts).assign(evidence=[cite(texts, place) for place in rows.passage_id])
    links = {"evidence": [evidence_link(texts, row) for row in rows.itertuples()]}
    display_html_table(shown, rows[[*columns, "passage_id", "start", "end"]], caption, links=links)


def _whose_words(row: Any) -> str:
    """In whose words a charge stands, for readers."""
    own = "the text's own" if row.voice == AUTHOR else row.voice
    if not row.rejected_by:
        return own
    return f"{own}; {'the text' if row.rejected_by == AUTHOR else row.rejected_by} rejects it"


def display_all_judgements(texts: Corpus) -> None:
    """Display every judgement with its evidence, to sort, search and filter; charges that a text rejects are marked."""
    rows = judgement_table(texts)
    rows = rows.assign(for_what=rows.act, in_whose_words=[_whose_words(row) for row in rows.itertuples()])
    filters: ByColumn = {"valence": VALENCES, "actor": judged_actors(texts), "matter": [], "in whose words": []}
    _display_to_filter(texts, rows, ["valence", "actor", "for_what", "matter", "in_whose_words"], "All judgements", filters)


def display_all_functions(texts: Corpus) -> None:
    """Display every problem, cause, moral judgement and remedy with its evidence, to sort, search and filter."""
    rows = frame_table(texts)
    rows = rows.assign(what_the_text_says=rows.summary, in_whose_words=[_whose_words(row) for row in rows.itertuples()])
    columns = ["function", "what_the_text_says", "in_whose_words"]
    _display_to_filter(texts, rows, columns, "All functions", {"function": FUNCTIONS, "in whose words": []})


def _display_to_filter(texts: Corpus, rows: pd.DataFrame, columns: list[str], caption: str, filters: ByColumn) -> None:
    """Display `columns` of coded rows behind their text, with a link to the evidence."""
    shown = reader_columns(rows[["source_id", *columns]], texts).assign(evidence=[cite(texts, place) for place in rows.passage_id])
    links = {"evidence": [evidence_link(texts, row) for row in rows.itertuples()]}
    by_text = {"text": list(coded_sources(texts).short)}
    display_html_table(shown, rows[["source_id", *columns, "passage_id", "start", "end"]], caption, links=links, filters=by_text | filters)


def display_own_remedies(texts: Corpus, caption: str) -> None:
    """Display the ways out that each text tells in its author's voice, a row a text, each with its evidence."""
    rows, sources = own_remedies(texts), coded_sources(texts)
    shown = reader_columns(sources[["source_id"]].assign(ways_out=""), texts)
    lists = []
    for source_id in sources.source_id:
        own = rows[rows.source_id == source_id].itertuples()
        items = "".join(f"<li>{html.escape(row.summary)} ({evidence_link(texts, row)})</li>" for row in own)
        lists.append(f'<ul class="in-cell">{items}</ul>' if items else "none in its own name")
    data = rows[["source_id", "summary", "passage_id", "start", "end"]]
    display_html_table(shown, data, caption, links={"ways out": lists})
