"""What the first page shows: the texts as cards, and the table of the book."""

import html
import re
from typing import Any

import pandas as pd
from IPython.display import HTML, display

from analysis.coding.book_table import book_table
from analysis.coding.events import reference_events, sort_by_date
from analysis.corpus.dates import date_in_words
from analysis.corpus.reader import Corpus
from analysis.corpus.texts import STATUS_WORDS, source_table
from analysis.corpus.unicode_checks import slug
from analysis.corpus.vocabulary import LEVELS, UNMARKED
from analysis.display.chapters import chapter_link
from analysis.display.evidence_tables import evidence_link
from analysis.display.notebook import display_named
from analysis.figures.sources import lag_words

_KEY = ", ".join(f'<span data-level="{level}">{level}</span>' for level in LEVELS)

_OF_PAPERS = "; the paper, or what a side said of it"

_ROOM = 40  # characters of names in a cell


def display_line(texts: Corpus, caption: str, *events: str) -> None:
    """Display a line on which the texts stand among `events` (ids of events of the record) in the order of their dates, in equal steps."""
    sources = source_table(texts)
    names = [f"{row.short} ({STATUS_WORDS[row.coding]})" if row.coding == "uncoded" else row.short for row in sources.itertuples()]
    own = pd.DataFrame({"date": sources.date, "what": names, "kind": "text"})
    record = reference_events(texts).query("event_id in @events")
    others = pd.DataFrame({"date": record.date, "what": record.label, "kind": "event"})
    rows = sort_by_date(pd.concat([own, others], ignore_index=True))
    items = "".join(
        f'<li class="{row.kind}"><span>{html.escape(date_in_words(row.date))}</span> <strong>{html.escape(row.what)}</strong></li>'
        for row in rows.itertuples()
    )
    name = "fig-line"
    content = f'<figure class="line" id="{name}"><ol>{items}</ol><figcaption>{html.escape(caption)}</figcaption></figure>'
    display_named(content, rows[["date", "what", "kind"]], caption, name)


def display_cards(texts: Corpus, place: str, root: str = "chapters/") -> None:
    """Display a card for each text, in order of publication: who wrote it, where, when, how long it is, what it argues.

    `place` is where the meeting was held from whose date the days count; `root` is the path from the page to the chapters.
    """
    cards = "".join(f"<li>{_card(texts, text, place, root)}</li>" for text in source_table(texts).itertuples())
    display(HTML(f'<ol class="cards">{cards}</ol>'))


def _card(texts: Corpus, text: Any, place: str, root: str) -> str:
    name = chapter_link(texts.path.parent, "texts", html.escape(text.short), f"{root}texts.html")
    author = "" if text.author == text.outlet else f"{html.escape(text.author.replace(';', ' and'))}, "
    facts = f"{author}<cite>{html.escape(text.outlet)}</cite>"
    status = f"; {STATUS_WORDS[text.coding]}" if STATUS_WORDS[text.coding] else ""
    argument = html.escape(text.argument) or "What it argues is not yet written."
    when = f"{date_in_words(text.date)}, {lag_words(text)} {place}"
    return (
        f"<p><strong>{name}</strong>: {facts}</p><p class='when'>{html.escape(when)}<br>{html.escape(text.genre)}, "
        f"{text.body_words:,} words{status}</p><p>{argument}</p>"
    )


def display_book_table(texts: Corpus, caption: str, root: str = "chapters/") -> None:
    """Display the table of the book: a row a term, a column a document or text; each cell leads to the words on which it rests."""
    table = book_table(texts)
    documents = table[table.kind == "instrument"].drop_duplicates("source_id")
    columns = pd.concat([documents, source_table(texts).assign(kind="text")], ignore_index=True)[["source_id", "short", "kind"]]
    names = dict(columns[["source_id", "short"]].itertuples(index=False))
    heads = "".join(
        f'<th scope="col" data-text="{row.source_id}">{html.escape(row.short)}<small>{_column_note(texts, row)}</small></th>'
        for row in columns.itertuples()
    )
    rows = "".join(
        f'<tr><th scope="row">{_compare_link(texts, str(term), html.escape(str(term)), root)}</th>'
        f"{_cells(texts, own, list(names), root)}</tr>\n"
        for term, own in table.groupby("term", sort=False)
    )
    name = "tab-book"
    content = (
        f'<div class="scroll book-table" id="{name}" role="region" tabindex="0" aria-label="{html.escape(caption)}">\n'
        f'<table class="table">\n'
        f'<caption>{html.escape(caption)}</caption>\n<thead><tr><th scope="col">term</th>{heads}</tr></thead>\n'
        f"<tbody>\n{rows}</tbody></table></div>"
        f'<p class="levels">How a text puts a term: {_KEY}.</p>'
    )
    display_named(content, table.drop(columns=["spans", "points"]), caption, name)


def _cells(texts: Corpus, own: pd.DataFrame, names: list[str], root: str) -> str:
    """The cells of a term, for each document and text in `names`; a text that has none is not yet coded."""
    cells = {cell.source_id: _cell(texts, cell, root) for cell in own.itertuples()}
    return "".join(cells.get(name, f'<td data-text="{name}" data-level="none">{STATUS_WORDS["uncoded"]}</td>') for name in names)


def _column_note(texts: Corpus, column: Any) -> str:
    """The day of a text or document, in words; how far a text is coded where that is not to the end."""
    if column.kind == "text":
        text = source_table(texts).set_index("source_id").loc[column.source_id]
        return html.escape("; ".join(filter(None, (date_in_words(text.date), STATUS_WORDS[text.coding]))))
    dates = texts.tables["instruments.csv"].drop_duplicates("instrument").set_index("instrument").date
    return html.escape(date_in_words(dates[column.source_id])) + _OF_PAPERS


def _cell(texts: Corpus, cell: Any, root: str) -> str:
    """A cell as HTML: its gist, which leads to the words; its levels and on whose word it is known."""
    level = cell.level.split(";")[-1] if cell.level else "none"
    gist = html.escape(cell.gist)
    if cell.spans:
        gist = evidence_link(texts, cell.spans[0], f"{root}evidence.html", label=cell.gist)
    elif cell.points:
        said = " ".join(f"{_point(row)}" for row in cell.points)
        words = f'<span class="ev-words"> {html.escape(said)}</span>'
        gist = _compare_link(texts, cell.term, f"{gist}{words}", root, "ev ev-point")
    notes = [_level_words(cell)] if cell.level else []
    notes += [f"on the word of {_whose(cell.whose_word)}"] * bool(cell.whose_word)
    small = f"<small>{html.escape('; '.join(notes))}</small>" if notes else ""
    return f'<td data-text="{cell.source_id}" data-level="{html.escape(level)}">{gist}{small}</td>'


def _compare_link(texts: Corpus, term: str, content: str, root: str, kind: str = "") -> str:
    """`content` as a link to the term's cards on the page Compare, where the book has one."""
    return chapter_link(texts.path.parent, "compare", content, f"{root}compare.html#{slug(term)}", kind)


def _whose(names: str) -> str:
    """On whose word a cell stands, without remarks; of many names the last, who is nearest to the text."""
    said = re.sub(r" \([^)]*\)", "", names).split("; ")
    return ", ".join(said) if sum(map(len, said)) < _ROOM else said[-1]


def _point(row: Any) -> str:
    """A position of an instrument, with its point and, where one is marked, its side."""
    side = "" if row.side == UNMARKED else f", {row.side}"
    return f"Point {row.point}{side}: {row.position}"


def _level_words(cell: Any) -> str:
    """The levels of a cell as readers see them: of a document, in the paper itself or said by a side."""
    levels = cell.level.split(";")
    if cell.kind == "text":
        return ", ".join(levels)
    sides = [level for level in levels if level != UNMARKED]
    return ", ".join([*["in the paper"] * (UNMARKED in levels), *[f"said by {side}’s side" for side in sides]])
