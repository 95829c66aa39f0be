"""What the texts say on a term, side by side: a card a text, with the gist, the coded words whole, and whose word it is."""

import html
from collections.abc import Sequence
from typing import Any

import pandas as pd

from analysis.coding.book_table import book_table, place_in_words
from analysis.corpus.bibliography import format_references
from analysis.corpus.reader import Corpus
from analysis.corpus.spans import speaker_of
from analysis.corpus.vocabulary import UNMARKED
from analysis.display.evidence_tables import evidence_link
from analysis.display.notebook import display_named
from analysis.display.passages import passage_block
from analysis.number_words import listed

LEVELS_IN_WORDS = {
    "mentioned": "raised, with no side's position",
    "proposed": "told as a proposal",
    "agreed": "told as agreed",
    "disputed": "told as disputed",
}

_NO_PAPER = {"unspecified": "names no paper", "other": "of no paper of the talks"}


def display_side_by_side(texts: Corpus, terms: Sequence[str], caption: str, name: str, documents: bool = False) -> None:
    """Display a block of cards for each of `terms`: a card a text that tells of the term; with `documents` also what the documents say.

    A card shows the first passage that its cell of the table of the book rests on, whole, and links the others. Texts that do not mention
    the term are named below its cards.
    """
    cells = book_table(texts)
    cells = cells[cells.term.isin(terms) & (documents | (cells.kind == "text"))]
    papers = {cell.paper: cell.short for cell in book_table(texts).itertuples() if cell.kind == "instrument" and cell.paper}
    blocks = "".join(_block(texts, cells[cells.term == term], papers) for term in terms)
    content = f'<figure class="side" id="{name}">{blocks}<figcaption>{html.escape(caption)}</figcaption></figure>'
    display_named(content, _data(cells), caption, name)


def _data(cells: pd.DataFrame) -> pd.DataFrame:
    """The cells of a picture, with the places of all passages and points that they rest on."""
    places = [
        "; ".join([f"{span.passage_id}:{span.start}-{span.end}" for span in cell.spans] + [point.point for point in cell.points])
        for cell in cells.itertuples()
    ]
    return cells.drop(columns=["spans", "points", "dimensions"]).assign(rests_on=places)


def _block(texts: Corpus, cells: pd.DataFrame, papers: dict[str, str]) -> str:
    """One term: its name, its cards, and who does not mention it."""
    telling = [cell for cell in cells.itertuples() if cell.spans or cell.points]
    cards = "".join(
        _card(cell, width, *(_text_words(texts, cell, papers) if cell.kind == "text" else _document_words(texts, cell)))
        for cell, width in zip(telling, card_widths(len(telling)), strict=True)
    )
    silent = [cell.short for cell in cells.itertuples() if cell.kind == "text" and cell.gist and not cell.spans]
    below = f'<p class="side-silent">Not mentioned in {html.escape(listed(silent))}.</p>' if silent else ""
    title = html.escape(_capital(cells.term.iloc[0]))
    head = f'<section class="side-term" aria-label="{title}"><p class="side-title">{title}</p>'
    return f'{head}<div class="side-cards">{cards}</div>{below}</section>'


def card_widths(n: int) -> list[str]:
    """The widths of n cards, so that each row of a wide screen is full: rows of two ("half"), then rows of three ("third")."""
    halves = min(n, {0: 0, 1: 4, 2: 2}[n % 3])
    return ["whole"] if n == 1 else ["half"] * halves + ["third"] * (n - halves)


def _card(cell: Any, width: str, told: str, words: str) -> str:
    return (
        f'<div class="side-card side-{cell.kind} side-{width}"><p class="side-of">{html.escape(cell.short)}</p>'
        f'<p class="side-gist">{html.escape(_capital(cell.gist))}</p><p class="side-told">{html.escape(told)}</p>{words}</div>'
    )


def _and(names: str) -> str:
    """Names joined by semicolons as a reader says them."""
    return listed(names.split("; "))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _text_words(texts: Corpus, cell: Any, papers: dict[str, str]) -> tuple[str, str]:
    """How far a text says that a term had come, of which paper, and on whose word where the passage has it not; its words, as HTML."""
    levels = "; also ".join(LEVELS_IN_WORDS.get(level, level) for level in cell.level.split(";"))
    paper = _NO_PAPER.get(cell.paper) or f"of the {papers.get(cell.paper, cell.paper)}"
    first, *others = cell.spans
    links = ", ".join(evidence_link(texts, span) for span in others)
    more = f'<p class="side-more">Also {links}.</p>' if links else ""
    whose = f"; on the word of {_and(cell.whose_word)}" if cell.whose_word not in ("", speaker_of(texts, first)) else ""
    return f"{_capital(levels)}; {paper}{whose}.", passage_block(texts, first) + more


def _document_words(texts: Corpus, cell: Any) -> tuple[str, str]:
    """Whose word stands beside a document; and what it says, point by point, with side, place, reference and grade, as HTML."""
    points = "".join(
        f"<li>{html.escape(point.position)} <small>({html.escape(_whose_point(point))}; "
        f"{html.escape(format_references(texts, point.reference))}, grade {html.escape(point.grade)})</small></li>"
        for point in cell.points
    )
    told = "A document, in our words." + (f" Not the paper but the word of {_and(cell.whose_word)}." if cell.whose_word else "")
    return told, f"<ul>{points}</ul>"


def _whose_point(point: Any) -> str:
    """Where a point stands, and on which side's word it is known where it is not marked as the paper's own."""
    return place_in_words(point.point) if point.side == UNMARKED else f"{point.side}, {place_in_words(point.point)}"
