"""The table of the book held against the codings and the instruments: its cells, the rows that they rest on, and what their words say."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

import pandas as pd

from analysis.coding.book_table import NOT_MENTIONED, NOT_SEEN, cell_rows, parse_row_key, row_keys, rows_of_key
from analysis.corpus.errors import Problem
from analysis.corpus.reader import Corpus
from analysis.corpus.vocabulary import LEVELS, RECALLED
from analysis.validation.rules import fault, numbered_rows

TABLE_OF_BOOK = "book_table.csv"

_CODINGS = ("provisions", "guarantors", "strengths")

NEEDED = {TABLE_OF_BOOK, "sources.csv", "instruments.csv", *(f"codings/{coding}.csv" for coding in _CODINGS)}

_Fault = tuple[str | None, str, str]  # column, message, remedy

_KEY_FORM = "write `provisions:<passage>:<start>-<end>` or `instruments:<instrument>:<dimension>[:<side>]:<point>[:<first words>]`"


def book_table_problems(data: Corpus) -> Iterator[Problem]:
    """Cells that lack, are there twice, or rest on what is not there; levels, papers and words that are not those of their rows."""
    if any("start" not in data.tables[name] for name in NEEDED if name.startswith("codings/")):
        return
    yield from _lacking(data)
    cells, told = data.tables[TABLE_OF_BOOK], _told(data)
    for row, cell in numbered_rows(cells):
        before = cells.iloc[: row - 2]
        for found in (*_place_faults(data, cell, before), *_key_faults(data, cell), *_content_faults(data, cell, told)):
            yield fault(data, TABLE_OF_BOOK, row, *found)


def _lacking(data: Corpus) -> Iterator[Problem]:
    """Terms without a cell of a coded text, of the reference instrument, or of a document that has one elsewhere in the table."""
    cells, instruments = data.tables[TABLE_OF_BOOK], data.tables["instruments.csv"].instrument
    coded = data.sources.source_id[data.sources.coding != "uncoded"]
    documents = [name for name in dict.fromkeys(instruments) if name in {*cells.source_id, *instruments[:1]}]
    for term, own in cells.groupby("term", sort=False):
        for name in [*coded, *documents]:
            if name not in set(own.source_id):
                message = f"has no cell of {name} for {term!r}"
                yield fault(data, TABLE_OF_BOOK, None, "source_id", message, "add one, if only to say that nothing is said")


def _told(data: Corpus) -> dict[str, set[str]]:
    """The dimensions of which each text or document tells in any cell of the table."""
    told: dict[str, set[str]] = {}
    for cell in data.tables[TABLE_OF_BOOK].itertuples():
        told.setdefault(cell.source_id, set()).update(row.dimension for row in cell_rows(data, cell) if hasattr(row, "dimension"))
    return told


def _place_faults(data: Corpus, cell: Any, before: pd.DataFrame) -> Iterator[_Fault]:
    """What is wrong with where a cell stands; `before` are the cells above it."""
    if cell.source_id not in {*data.sources.source_id, *data.tables["instruments.csv"].instrument}:
        yield "source_id", f"{cell.source_id!r} is neither a text nor an instrument", "use an id of sources.csv or of instruments.csv"
    above = before[before.term == cell.term]
    if cell.source_id in set(above.source_id):
        yield "source_id", f"{cell.source_id} has two cells for {cell.term!r}", "make one of them"
    if not above.empty and cell.dimensions != above.dimensions.iloc[0]:
        message = f"are {cell.dimensions!r}, but {above.dimensions.iloc[0]!r} in an earlier row of {cell.term!r}"
        yield "dimensions", message, "make them the same"


def _key_faults(data: Corpus, cell: Any) -> Iterator[_Fault]:
    """Keys of a cell that have no such form, or name no row, or rows elsewhere."""
    instruments = data.tables["instruments.csv"]
    for key in row_keys(cell.rests_on):
        parsed = parse_row_key(key, instruments.side)
        if parsed is None:
            yield "rests_on", f"{key!r} is no key", _KEY_FORM
            continue
        every = rows_of_key(data, key, {*data.tables["codings/provisions.csv"].dimension, *instruments.dimension})
        own = {row.instrument if parsed.table == "instruments" else row.source_id for row in every}
        if not every:
            yield "rests_on", f"{key!r} names no row", "mend the key, or take it out"
        elif own != {cell.source_id}:
            yield "rests_on", f"{key!r} is of {', '.join(sorted(own))}, not of {cell.source_id}", "name a row of its own"
        elif not rows_of_key(data, key, cell.dimensions.split(";")):
            yield "rests_on", f"{key!r} names no row of {cell.dimensions}", "name a row of these dimensions, or mend the dimensions"
        elif parsed.table == "instruments" and len(every) > 1:
            yield "rests_on", f"{key!r} names {len(every)} rows", "add the side, or the first words of the position"


def _content_faults(data: Corpus, cell: Any, told: dict[str, set[str]]) -> Iterable[_Fault]:
    """What is wrong with what a cell says, given the rows that it rests on."""
    coding = dict(zip(data.sources.source_id, data.sources.coding, strict=True))
    silence = NOT_MENTIONED if cell.source_id in coding else NOT_SEEN
    if coding.get(cell.source_id) == "uncoded":
        filled = [column for column in ("gist", "paper", "level", "rests_on", "whose_word") if getattr(cell, column)]
        return [(column, f"is filled although {cell.source_id} is uncoded", "leave it empty until the text is coded") for column in filled]
    if not row_keys(cell.rests_on):
        return [*_silence_faults(cell, silence), *_not_silent(data, cell, told.get(cell.source_id, set()))]
    if cell.gist in ("", NOT_MENTIONED, NOT_SEEN):
        return [("gist", f"is {cell.gist!r} although the cell rests on rows", "say in a few words what they say")]
    return [*_level_faults(data, cell, silence), *_gist_faults(cell, silence)]


def _silence_faults(cell: Any, silence: str) -> Iterator[_Fault]:
    """A cell without rows that says something."""
    if cell.gist != silence:
        yield "gist", f"is {cell.gist!r} although the cell rests on no row", f"name the rows, or write {silence!r}"
    for column in ("level", "paper", "whose_word"):
        if value := getattr(cell, column):
            yield column, f"is {value!r} although the cell rests on no row", "name the rows, or leave it empty"


def _not_silent(data: Corpus, cell: Any, told: set[str]) -> Iterator[_Fault]:
    """A cell that says nothing, without a note that says why, although there are rows on its matter: in a dimension of which no other cell
    of its column tells.
    """
    asked = {*cell.dimensions.split(";")} - told
    provisions, instruments = data.tables["codings/provisions.csv"], data.tables["instruments.csv"]
    described = provisions[(provisions.source_id == cell.source_id) & (provisions.basis != RECALLED)]
    seen = instruments[(instruments.instrument == cell.source_id) & (instruments.seen != "no")]
    rows = [f"provisions:{row.passage_id}:{row.start}-{row.end}" for row in described.itertuples() if row.dimension in asked]
    rows += [f"instruments:{row.instrument}:{row.dimension}:{row.point}" for row in seen.itertuples() if row.dimension in asked]
    if rows and not cell.note:
        remedy = "say in a few words what it says, and name it in rests_on; if it says nothing on this, say why in note"
        yield "gist", f"is {cell.gist!r} although there is {rows[0]}", remedy


def _level_faults(data: Corpus, cell: Any, silence: str) -> Iterator[_Fault]:
    """Levels (of an instrument: sides) and paper that are not those of the rows."""
    rows = cell_rows(data, cell)
    if silence == NOT_SEEN:
        levels = [row.side for row in rows if row.table == "instruments"]
        others = data.tables[TABLE_OF_BOOK].query("source_id == @cell.source_id and paper != ''").paper
        papers = list(others[:1])
    else:
        levels = [row.level for row in rows if row.table == "provisions"]
        papers = [row.document for row in rows if row.table != "instruments"][:1]
    expected = ";".join(dict.fromkeys(levels))
    if levels and cell.level != expected:
        yield "level", f"is {cell.level!r}, but the rows have {expected!r}", f"write {expected!r}, or name other rows"
    if papers and cell.paper != papers[0]:
        where = "the first row" if silence == NOT_MENTIONED else "an earlier cell"
        yield "paper", f"is {cell.paper!r}, but {where} has {papers[0]!r}", f"write {papers[0]!r}, or name other rows"


def _gist_faults(cell: Any, silence: str) -> Iterator[_Fault]:
    """Words for a level in a gist of which no row has that level; a dispute in a document on which one side alone has a row."""
    given = cell.level.split(";")
    for level in LEVELS:
        if not re.search(rf"(?<!\bnot )\b{level}\b", cell.gist):
            continue
        if silence == NOT_MENTIONED and level not in given:
            yield "gist", f"says {level!r}, which is the level of no row", f"use other words, or name a row that is {level}"
        if silence == NOT_SEEN and level == "disputed" and len(given) < 2:
            yield "gist", "says 'disputed', but rests on one side alone", "use other words, or name a row of each side"
