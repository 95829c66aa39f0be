"""What texts and documents say on each term of the table of the book, passage by passage and point by point, to be set side by side."""

from collections.abc import Iterable
from typing import Any, NamedTuple

import pandas as pd

from analysis.coding.book_table import NOT_SEEN, book_table, cell_rows
from analysis.coding.terms import described_terms
from analysis.coding.units import dimensions
from analysis.corpus.bibliography import reference_names, reference_urls
from analysis.corpus.reader import Corpus
from analysis.corpus.spans import speaker_of
from analysis.corpus.texts import source_table
from analysis.corpus.vocabulary import GUARANTOR_ROLES, STATED, UNMARKED

RESTS, FURTHER = "the cell rests on it", "further in these matters"

# The columns of `compared_rows`, by what they say something of.
COMPARED_COLUMNS = {
    "term": ["term"],
    "text": ["source_id", "short", "kind", "author", "title", "outlet", "date", "address"],
    "cell": ["paper", "gist", "level", "whose_word"],
    "item": ["evidence", "says", "quote", "place", "side", "seen", "grade", "reference", "reference_address"],
}


class Statement(NamedTuple):
    """What a coding or a document says: in plain words, how firmly, on whose word ("" where that is the text's own)."""

    what: str
    how: str
    whose: str

    @property
    def manner(self) -> str:
        """How firmly and on whose word, together."""
        return "; ".join(filter(None, (self.how, self.whose and f"on the word of {self.whose}")))

    def __str__(self) -> str:
        return f"{self.what} ({self.manner})" if self.manner else self.what


class ComparedItem(NamedTuple):
    """A passage of a text, or a point of a document: its columns, what it states, and the coded row that has the words of a passage."""

    columns: dict[str, str]
    statements: list[Statement]
    span: Any = None


class _Works(NamedTuple):
    """The short names of the works, and the addresses of those that have one."""

    names: dict[str, str]
    urls: dict[str, str]


def compared_cells(corpus: Corpus) -> pd.DataFrame:
    """The cells of `book_table`, each with `items`: the passages or points that it rests on, then what else is coded in its dimensions.

    A text's other described provisions of these dimensions stand there, each under the longest coded passage that holds its words; a
    document's other points, and the dimensions of which nothing was seen of it. A cell on which nothing is said has none.
    """
    cells = corpus.tables["book_table.csv"]
    rests = cells.set_index(["term", "source_id"]).rests_on
    table = book_table(corpus)
    table = table.assign(rests_on=[rests[cell.term, cell.source_id] for cell in table.itertuples()])
    described = described_terms(corpus).assign(table="provisions")
    file = corpus.path / "references.bib"
    works = _Works(reference_names(file), reference_urls(file))
    return table.assign(
        items=[
            _passage_items(corpus, cell, described) if cell.kind == "text" else _point_items(corpus, cell, works)
            for cell in table.itertuples()
        ]
    )


def compared_rows(corpus: Corpus, cells: pd.DataFrame) -> pd.DataFrame:
    """The items of `compared_cells` as a table: a row a passage or point, and one for a cell that has none.

    Columns: those of `COMPARED_COLUMNS`.
    """
    known = text_columns(corpus)
    columns = [column for own in COMPARED_COLUMNS.values() for column in own]
    rows = [
        {column: getattr(cell, column) for column in ("term", *COMPARED_COLUMNS["cell"])} | known[cell.source_id] | columns_of_item
        for cell in cells.itertuples()
        for columns_of_item in ([item.columns for item in cell.items] or [{}])
    ]
    return pd.DataFrame(rows, columns=columns, dtype=object).fillna("")


def text_columns(corpus: Corpus) -> dict[str, dict[str, str]]:
    """What is known of each text and document: {its id: {column: value}}, see `COMPARED_COLUMNS`."""
    texts = source_table(corpus).assign(kind="text", address=lambda table: table.url)
    documents = corpus.tables["instruments.csv"].drop_duplicates("instrument")
    documents = documents.assign(source_id=documents.instrument, kind="document", author="", outlet="", address="")
    rows = pd.concat([texts, documents])[COMPARED_COLUMNS["text"]]
    return {row["source_id"]: row for row in rows.to_dict("records")}


def _passage_items(corpus: Corpus, cell: Any, described: pd.DataFrame) -> list[ComparedItem]:
    """The passages of a text in a cell: those that it rests on first, each half in the order of the text."""
    resting = cell_rows(corpus, cell)
    places = {_place(row) for row in resting if row.table == "provisions"}
    own = described[(described.source_id == cell.source_id) & described.dimension.isin(cell.dimensions.split(";"))]
    others = [row for row in own.itertuples(index=False) if _place(row) not in places]
    marked = [(row, RESTS) for row in resting] + [(row, FURTHER) for row in others]
    items = [_passage_item(corpus, rows) for rows in _by_longest_passage(marked)]
    return sorted(items, key=lambda item: item.columns["evidence"] != RESTS)


def _passage_item(corpus: Corpus, rows: list[tuple[Any, str]]) -> ComparedItem:
    """The longest passage, first of `rows`, with what they all say."""
    longest, statements = rows[0][0], _statements(corpus, [row for row, _ in rows])
    columns = {
        "evidence": RESTS if any(mark == RESTS for _, mark in rows) else FURTHER,
        "says": " | ".join(map(str, statements)),
        "quote": longest.quote,
        "place": f"par. {int(longest.passage_id.rsplit('-p', 1)[1])}",
    }
    return ComparedItem(columns, statements, longest)


def _statements(corpus: Corpus, rows: list[Any]) -> list[Statement]:
    """What coded rows say: the terms, the guarantors of one kind and voice together, what the guarantee obliges to."""
    said = [Statement(row.position, *_manner(corpus, row, row.level)) for row in rows if row.table == "provisions"]
    named: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        if row.table == "guarantors":
            named.setdefault(_manner(corpus, row, "" if row.role == GUARANTOR_ROLES[0] else row.role), []).append(row.guarantor)
    said += [Statement(f"Named as guarantors: {', '.join(dict.fromkeys(names))}.", *manner) for manner, names in named.items()]
    said += [Statement(f"Duty: {row.strength}.", *_manner(corpus, row, "")) for row in rows if row.table == "strengths"]
    return list(dict.fromkeys(said))


def _manner(corpus: Corpus, row: Any, how: str) -> tuple[str, str]:
    """How firmly a row speaks, with its basis where that is another than stated; on whose word, "" where on the text's own."""
    whose, basis = speaker_of(corpus, row), "" if row.basis == STATED else row.basis
    return ", ".join(filter(None, (how, basis))), "" if whose == "the text itself" else whose


def _point_items(corpus: Corpus, cell: Any, works: _Works) -> list[ComparedItem]:
    """The points of a document in a cell: those that it rests on first, each half in the order of the file."""
    table = corpus.tables["instruments.csv"].assign(table="instruments")
    own = table[(table.instrument == cell.source_id) & table.dimension.isin(cell.dimensions.split(";"))]
    resting, labels = cell_rows(corpus, cell), dict(dimensions(corpus).itertuples(index=False))
    rows = [(row, RESTS if tuple(row) in {tuple(other) for other in resting} else FURTHER) for row in own.itertuples(index=False)]
    items = [_point_item(row, mark, labels[row.dimension], works) for row, mark in rows]
    return sorted(items, key=lambda item: item.columns["evidence"] != RESTS)


def _point_item(row: Any, evidence: str, label: str, works: _Works) -> ComparedItem:
    """A point of a document or, where it has no position, that nothing was seen on `label`."""
    what = row.position or f"{label}: {NOT_SEEN}."
    keys = [key for key in row.reference.split(";") if key]
    columns = {
        "evidence": evidence,
        "says": what,
        "place": row.point,
        "side": "" if row.side == UNMARKED else row.side,
        "seen": row.seen,
        "grade": row.grade,
        "reference": f"{'; '.join(works.names[key] for key in keys)}, {row.locator}",
        "reference_address": next((works.urls[key] for key in keys if key in works.urls), ""),
    }
    return ComparedItem(columns, [Statement(what, "", "")])


def _place(row: Any) -> tuple[str, int, int]:
    return row.passage_id, row.start, row.end


def _by_longest_passage(marked: list[tuple[Any, str]]) -> Iterable[list[tuple[Any, str]]]:
    """Rows with their marks in the order of the text, those together whose words lie within those of the first."""
    groups: list[list[tuple[Any, str]]] = []
    for row, mark in sorted(marked, key=lambda pair: (pair[0].passage_id, pair[0].start, -pair[0].end)):
        holder = groups[-1][0][0] if groups else None
        if holder is not None and holder.passage_id == row.passage_id and row.end <= holder.end:
            groups[-1].append((row, mark))
        else:
            groups.append([(row, mark)])
    return groups
