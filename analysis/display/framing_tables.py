"""Short tables of the framing for the story, each statement with its evidence."""

import html
from typing import Any

from analysis.coding.framing import blame_over, own_remedies
from analysis.corpus.reader import Corpus
from analysis.corpus.texts import source_table
from analysis.corpus.vocabulary import AUTHOR
from analysis.display.evidence_tables import evidence_link
from analysis.display.notebook import display_html_table, reader_columns


def display_blame(texts: Corpus, matter: str, caption: str) -> None:
    """Display who is blamed over a matter, for what, and in whose words; charges that a text rejects are marked."""
    rows = blame_over(texts, matter)
    rows = rows.assign(blamed=rows.actor, for_what=rows.act, in_whose_words=[_whose_words(row) for row in rows.itertuples()])
    columns = ["source_id", "blamed", "for_what", "in_whose_words"]
    shown = reader_columns(rows[columns], texts).assign(evidence="")
    links = {"evidence": [evidence_link(texts, row) for row in rows.itertuples()]}
    display_html_table(shown, rows[[*columns, "passage_id", "start", "end"]], caption, links=links)


def _whose_words(row: Any) -> str:
    """In whose words a charge stands, for readers."""
    own = "the text's own" if row.voice == AUTHOR else row.voice
    return f"{own}; the text rejects it" if row.rejected_by else own


def display_own_remedies(texts: Corpus, caption: str) -> None:
    """Display what each text proposes in its author's voice, a row a text, each proposal with its evidence."""
    rows, sources = own_remedies(texts), source_table(texts)
    shown = reader_columns(sources[["source_id"]].assign(what_it_proposes=""), texts)
    lists = []
    for source_id in sources.source_id:
        own = rows[rows.source_id == source_id].itertuples()
        items = "".join(f"<li>{html.escape(row.summary)} ({evidence_link(texts, row)})</li>" for row in own)
        lists.append(f'<ul class="in-cell">{items}</ul>' if items else "nothing in its own words")
    data = rows[["source_id", "summary", "passage_id", "start", "end"]]
    display_html_table(shown, data, caption, links={"what it proposes": lists})
