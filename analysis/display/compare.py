"""The page on which a reader picks texts and terms and has the passages side by side; `_static/compare.js` does the picking.

The page holds every row whole, so that it works from a file and without JavaScript. What a row of the downloads says stands as JSON in
`data-row` attributes of the term, of the text's checkbox, of the card and of the passage, and together they make the row.
"""

import html
import json
import re
from collections.abc import Iterable
from typing import Any

import pandas as pd

from analysis.citation_file import edition
from analysis.coding.book_table import NOT_MENTIONED, NOT_SEEN
from analysis.coding.compared import COMPARED_COLUMNS, RESTS, ComparedItem, Statement, compared_rows, text_columns
from analysis.corpus.reader import Corpus
from analysis.corpus.spans import speaker_of
from analysis.corpus.texts import STATUS_WORDS, coding_status, source_table
from analysis.corpus.unicode_checks import is_formula, slug
from analysis.corpus.vocabulary import LEVELS, UNMARKED
from analysis.display.notebook import display_named
from analysis.display.passages import passage_block
from analysis.number_words import listed

_NAME = "tab-compare"
_BOOK = ["book", "version"]
_NO_PAPER = {"unspecified": "not named", "other": "another source"}


def display_compare(texts: Corpus, cells: pd.DataFrame) -> None:
    """Display `compared_cells`: a section a term, in it a card for each document and text, with its passages whole."""
    given = edition()
    data = compared_rows(texts, cells).assign(book=given["title"], version=given["version"])
    display_named(compare_html(texts, cells, given), data, "Terms, text by text, with the passages", _NAME)


def compare_html(texts: Corpus, cells: pd.DataFrame, given: dict[str, str]) -> str:
    """The controls and the sections of the page, of `compared_cells` and the edition of the book as `edition` gives it."""
    columns = [column for own in COMPARED_COLUMNS.values() for column in own] + _BOOK
    book = _row({"book": given["title"], "version": given["version"]})
    sections = "".join(_section(texts, str(term), own) for term, own in cells.groupby("term", sort=False))
    return (
        f'<div class="compare" id="{_NAME}" data-columns="{html.escape(json.dumps(columns))}"{book}>\n'
        f"{_tools(texts, cells)}\n{_uncoded_note(texts)}{sections}</div>"
    )


def _uncoded_note(texts: Corpus) -> str:
    """Which texts have no cards, since they are not yet coded; "" where all are coded."""
    names = source_table(texts).query("coding == 'uncoded'").short
    return f"<p>{html.escape(listed(names))}: {STATUS_WORDS['uncoded']}, so without cards here.</p>\n" if len(names) else ""


def _row(columns: dict[str, str]) -> str:
    """An attribute that holds the filled `columns` as JSON, none of them a formula."""
    safe = {column: f"'{value}" if is_formula(value) else value for column, value in columns.items() if value}
    return f' data-row="{html.escape(json.dumps(safe, ensure_ascii=False))}"'


def _tools(texts: Corpus, cells: pd.DataFrame) -> str:
    """What readers choose with; hidden until there is a script that works it."""
    known = text_columns(texts)
    sources = [(name, known[name]["short"], _row(known[name])) for name in dict.fromkeys(cells.source_id)]
    sources.sort(key=lambda source: known[source[0]]["kind"] != "document")
    terms = [(slug(term), _capital(term), "") for term in dict.fromkeys(cells.term)]
    return (
        '<div class="compare-tools screen-only" hidden>'
        f"{_fieldset('with', 'Texts and documents', sources)}{_fieldset('on', 'Terms', terms)}"
        '<p class="compare-count" role="status"></p>'
        '<div class="compare-acts"><button type="button" data-act="address">Copy address</button>'
        '<button type="button" data-act="csv">Download CSV</button><button type="button" data-act="md">Download Markdown</button>'
        '<p class="compare-note" role="status"></p></div></div>'
    )


def _fieldset(axis: str, legend: str, options: Iterable[tuple[str, str, str]]) -> str:
    """A box for each option (value, label, attributes), with buttons for all of them and none."""
    boxes = "".join(
        f'<label><input type="checkbox" name="{axis}" value="{html.escape(value)}" autocomplete="off" checked{more}> '
        f"{html.escape(label)}</label>"
        for value, label, more in options
    )
    buttons = "".join(
        f'<button type="button" data-set="{axis}" data-to="{to}" aria-label="{word}: {legend.lower()}">{word}</button>'
        for word, to in (("All", "all"), ("None", ""))
    )
    return f'<fieldset><legend>{legend}</legend><div class="compare-boxes">{boxes}{buttons}</div></fieldset>'


def _capital(words: str) -> str:
    """`words` with a capital at their beginning."""
    return words[:1].upper() + words[1:]


def _section(texts: Corpus, term: str, cells: pd.DataFrame) -> str:
    """A term with its cards."""
    name, title = slug(term), html.escape(_capital(term))
    cards = "\n".join(_card(texts, cell) for cell in cells.itertuples())
    return (
        f'<section class="compare-term" id="{name}"{_row({"term": term})}><h2>{title}'
        f'<a class="headerlink" href="#{name}" title="Link to this heading">#</a></h2>\n'
        f'<div class="compare-cards">{cards}</div></section>\n'
    )


def _card(texts: Corpus, cell: Any) -> str:
    """What one text or document says on a term."""
    columns = {column: getattr(cell, column) for column in COMPARED_COLUMNS["cell"]}
    first = [item for item in cell.items if item.columns["evidence"] == RESTS]
    others = [item for item in cell.items if item.columns["evidence"] != RESTS]
    absent = " is-absent" if cell.gist in (NOT_MENTIONED, NOT_SEEN) else ""
    more = f"<details><summary>Further on this: {len(others)}</summary>{_items(texts, others)}</details>" if others else ""
    title = html.escape(cell.short) + _status(texts, cell)
    return (
        f'<div class="compare-card{absent}" data-source="{html.escape(cell.source_id)}"{_row(columns)}>'
        f'<h3>{title}</h3><p class="gist">{html.escape(_capital(cell.gist))}</p>{_levels(cell)}{_facts(cell)}'
        f"{_items(texts, first)}{more}</div>"
    )


def _status(texts: Corpus, cell: Any) -> str:
    """That a text is coded once, as HTML; "" for others."""
    words = STATUS_WORDS[coding_status(texts)[cell.source_id]] if cell.kind == "text" else ""
    return f" <small>({words})</small>" if words else ""


def _levels(cell: Any) -> str:
    """How firmly it is said, or by which side of a document, each in a word with a tint."""
    marks = [level for level in cell.level.split(";") if level]
    tags = "".join(f'<span class="{_tint(mark)}">{html.escape(_level_word(mark))}</span> ' for mark in marks)
    return f'<p class="levels">{tags}</p>' if tags else ""


def _tint(mark: str) -> str:
    return f"level-{mark}" if mark in (*LEVELS, UNMARKED) else "level-side"


def _level_word(mark: str) -> str:
    """A level of a text as it is; of a document whether its text says it, or a side."""
    if mark in LEVELS:
        return mark
    return "in the document" if mark == UNMARKED else f"position of {mark}"


def _facts(cell: Any) -> str:
    """Of which paper a text speaks there, and on whose word."""
    said = [("Paper", _NO_PAPER.get(cell.paper, cell.paper) if cell.kind == "text" else ""), ("On the word of", cell.whose_word)]
    items = "".join(f"<div><dt>{name}:</dt> <dd>{html.escape(value)}</dd></div>" for name, value in said if value)
    return f"<dl>{items}</dl>" if items else ""


def _items(texts: Corpus, items: list[ComparedItem]) -> str:
    """Passages or points as a list."""
    entries = "".join(f"<li{_row(item.columns)}>{_item(texts, item)}</li>" for item in items)
    return f'<ul class="compare-items">{entries}</ul>' if entries else ""


def _item(texts: Corpus, item: ComparedItem) -> str:
    """A passage whole with what it says, or a point of a document with where it stands and how it is known."""
    if item.span is not None:
        speaker = speaker_of(texts, item.span)
        said = "".join(_said(statement, speaker) for statement in item.statements)
        return f'{passage_block(texts, item.span)}<ul class="says">{said}</ul>'
    return f'<p class="point">{html.escape(item.columns["says"])}</p><p class="where">{_known(item.columns)}</p>'


def _said(statement: Statement, speaker: str) -> str:
    """What a passage says, and how; on whose word where that is another than the passage's speaker."""
    how = (statement._replace(whose="") if statement.whose == speaker else statement).manner
    return f"<li>{html.escape(statement.what)}{f' <span>{html.escape(_capital(how))}.</span>' if how else ''}</li>"


def _known(columns: dict[str, str]) -> str:
    """Whose position a point is, where it stands, whether it was seen, and in which work, as HTML."""
    place = columns["place"]
    seen = {"yes": "read", "part": "read in part", "no": "not in the part seen"}[columns["seen"]]
    parts = [
        f"Position of {columns['side']}" if columns["side"] else "",
        f"point {place}" if re.match(r"[A-Z]?\d", place) else place,
        seen,
        f"grade {columns['grade']}",
    ]
    work = html.escape(columns["reference"])
    if columns["reference_address"]:
        work = f'<a href="{html.escape(columns["reference_address"])}">{work}</a>'
    return f"{html.escape(_capital(', '.join(filter(None, parts))))}. {work}."
