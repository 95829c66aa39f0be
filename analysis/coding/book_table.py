"""The table of the book: what each text and each document says on a term, in a few words, with the rows on which every cell rests."""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NamedTuple

import pandas as pd

from analysis.coding.units import dimensions
from analysis.corpus.reader import Corpus
from analysis.corpus.texts import source_table
from analysis.corpus.vocabulary import UNMARKED

NOT_MENTIONED = "not mentioned"  # the gist of a term on which a text is silent

NOT_SEEN = "not in the part seen"  # the gist of a term on which nothing was seen of a document

NOT_IN_WORDS = "not yet in words"  # the gist of a cell that rests on rows, and that nobody has put in words yet

SHOWN_NOT_IN_WORDS = f"told; {NOT_IN_WORDS}"  # the same as readers see it

_SPANS = re.compile(r"(?P<coding>provisions|guarantors|strengths):(?P<passage_id>[^:]+):(?P<start>\d{1,9})-(?P<end>\d{1,9})")


class RowKey(NamedTuple):
    """A key of `rests_on`, taken apart: of rows of a coding at a span, or of a point of an instrument; what it does not name is empty."""

    table: str
    passage_id: str = ""
    start: int = 0
    end: int = 0
    instrument: str = ""
    dimension: str = ""
    side: str = ""
    point: str = ""
    words: str = ""


def book_table(corpus: Corpus) -> pd.DataFrame:
    """The cells of book_table.csv with their evidence: a row a cell, terms in the order of the file.

    Within a term the documents stand first, in the order of the file, then the texts in order of publication.

    Columns: term, dimensions, source_id, short (name of text or document), kind ("text", "instrument"), paper, gist (as readers see it),
    level (joined by semicolons), whose_word; spans (of a text: list of the coded rows that the cell rests on, one a span, in the order of
    `rests_on`, with table, source_id, passage_id, start, end, quote and what else the coding has); points (of a document: list of rows of
    instruments.csv).
    A key that names no row adds none.
    """
    cells = corpus.tables["book_table.csv"]
    short = dict(zip(source_table(corpus).source_id, source_table(corpus).short, strict=True))
    order = {source_id: place for place, source_id in enumerate(short, start=1)}
    instruments = corpus.tables["instruments.csv"].drop_duplicates("instrument").set_index("instrument").short
    terms = list(dict.fromkeys(cells.term))
    rows = [cell_rows(corpus, cell) for cell in cells.itertuples()]
    table = cells.assign(
        gist=cells.gist.replace(NOT_IN_WORDS, SHOWN_NOT_IN_WORDS),
        short=[short.get(name, instruments.get(name, name)) for name in cells.source_id],
        kind=["text" if name in short else "instrument" for name in cells.source_id],
        spans=[_once_a_span(own) if cell in short else [] for own, cell in zip(rows, cells.source_id, strict=True)],
        points=[[] if cell in short else own for own, cell in zip(rows, cells.source_id, strict=True)],
        term_place=cells.term.map(terms.index),
        place=[order.get(name, 0) for name in cells.source_id],
    )
    columns = ["term", "dimensions", "source_id", "short", "kind", "paper", "gist", "level", "whose_word", "spans", "points"]
    return table.sort_values(["term_place", "place"], kind="stable", ignore_index=True)[columns]


def terms_by_difference(corpus: Corpus) -> pd.DataFrame:
    """How far the texts differ on each term, those that differ most first.

    First stand the terms on which more pairs of texts contradict each other (`codings/relations.csv`, in the dimensions of the term); then
    those with more different gists and levels, counted together, in the cells of the texts that tell of it; then as in the file.

    Columns: term, contradictions (pairs of texts), n_texts (that tell of it), n_gists, n_levels.
    """
    pairs = corpus.tables["codings/relations.csv"].query("relation == 'contradict'")
    told, rows = book_table(corpus), []
    for (term, asked), own in told.groupby(["term", "dimensions"], sort=False):
        cells = own[own.spans.map(len) > 0]
        against = pairs[pairs.dimension.isin(asked.split(";"))].drop_duplicates(["source_a", "source_b"])
        levels = {level for cell in cells.level for level in cell.split(";")}
        gists = cells.gist[cells.gist != SHOWN_NOT_IN_WORDS]
        rows.append((term, len(against), len(cells), gists.nunique(), len(levels)))
    table = pd.DataFrame(rows, columns=["term", "contradictions", "n_texts", "n_gists", "n_levels"])
    order = table.assign(different=table.n_gists + table.n_levels).sort_values(
        ["contradictions", "different"], ascending=False, kind="stable"
    )
    return table.loc[order.index].reset_index(drop=True)


def document_by_term(corpus: Corpus, instrument: str) -> pd.DataFrame:
    """What a document says, term by term, in the sentences on which its column of the table rests, and where each is known from.

    The last row names the dimensions that were not in the part seen and of which no row before it says so.

    Columns: matter (the term), says, known_from ("point 3", or whose words tell it).
    """
    cells = book_table(corpus).query("source_id == @instrument")
    rows = [(cell.term, " ".join(map(said_at, cell.points)) or NOT_SEEN, _known_from(cell)) for cell in cells.itertuples()]
    silent = {dimension for cell in cells.itertuples() if not cell.points for dimension in cell.dimensions.split(";")}
    unseen = corpus.tables["instruments.csv"].query("instrument == @instrument and seen == 'no'").dimension
    labels = dimensions(corpus).set_index("dimension").label
    if left := [labels[dimension] for dimension in dict.fromkeys(unseen) if dimension not in silent]:
        rows.append(("other matters", f"{NOT_SEEN}: {'; '.join(left)}", ""))
    return pd.DataFrame(rows, columns=["matter", "says", "known_from"])


def said_at(point: Any) -> str:
    """What a row of instruments.csv says, with the side whose position it is, where it is not that of the paper itself."""
    return point.position if point.side == UNMARKED else f"{point.side}: {point.position}"


def place_in_words(point: str) -> str:
    """A point of an instrument as a reader is told of it: "point 3", "points 1 and 4"; others, such as "Art. 5", as they are."""
    return f"point{'s' * (not point.isdigit())} {point}" if point[:1].isdigit() else point


def _known_from(cell: Any) -> str:
    """Where what a document's cell says is known from: points of the paper, and those whose words tell what it does not."""
    places = dict.fromkeys(place_in_words(point.point) for point in cell.points if point.side == UNMARKED)
    return "; ".join([*places, *([f"words of {cell.whose_word}, not the paper"] if cell.whose_word else [])])


def _once_a_span(rows: list[Any]) -> list[Any]:
    """The first row of each span."""
    first: dict[tuple[str, int, int], Any] = {}
    for row in rows:
        first.setdefault((row.passage_id, row.start, row.end), row)
    return list(first.values())


def cell_rows(corpus: Corpus, cell: Any) -> list[Any]:
    """The rows that a cell rests on, in the order of its keys: of provisions.csv and instruments.csv those of the cell's dimensions."""
    return [row for key in row_keys(cell.rests_on) for row in rows_of_key(corpus, key, cell.dimensions.split(";"))]


def row_keys(rests_on: str) -> list[str]:
    """The keys of a cell: those between ' ; '."""
    return [key.strip() for key in rests_on.split(" ; ") if key.strip()]


def parse_row_key(key: str, sides: Iterable[str]) -> RowKey | None:
    """A key taken apart; None where it has no such form.

    The words of a position may hold colons, so that a key is split at its first five only; `sides` are those that a point may have.
    """
    if found := _SPANS.fullmatch(key):
        return RowKey(found["coding"], found["passage_id"], int(found["start"]), int(found["end"]))
    table, *parts = key.split(":", 5)
    if table != "instruments" or len(parts) < 3 or not all(parts):
        return None
    instrument, dimension, *rest = parts
    side = rest.pop(0) if len(rest) > 1 and rest[0] in set(sides) else ""
    return RowKey(table, instrument=instrument, dimension=dimension, side=side, point=rest[0], words=":".join(rest[1:]))


def rows_of_key(corpus: Corpus, key: str, chosen: Iterable[str]) -> list[Any]:
    """The rows that a key names; of a table with dimensions those of the `chosen` ones. Each has the name of its table in `table`."""
    chosen, parsed = {*chosen}, parse_row_key(key, _sides(corpus))
    if parsed is None:
        return []
    if parsed.table == "instruments":
        rows = [row for row in _rows_by_place(corpus, "instruments.csv")[parsed.instrument,] if _is_point(row, parsed)]
    else:
        rows = _rows_by_place(corpus, f"codings/{parsed.table}.csv")[parsed.passage_id, parsed.start, parsed.end]
    return [row for row in rows if getattr(row, "dimension", None) in {*chosen, None}]


@lru_cache(maxsize=64)
def _sides(corpus: Corpus) -> frozenset[str]:
    return frozenset(corpus.tables["instruments.csv"].side)


@lru_cache(maxsize=256)
def _rows_by_place(corpus: Corpus, name: str) -> defaultdict[tuple[Any, ...], list[Any]]:
    """The rows of a table by what a key names first: an instrument, or passage, start and end; each with the name of its table."""
    rows = defaultdict(list)
    by = ["instrument"] if name == "instruments.csv" else ["passage_id", "start", "end"]
    table = name.removeprefix("codings/").removesuffix(".csv")
    for row in corpus.tables[name].assign(table=table).itertuples(index=False):
        rows[tuple(getattr(row, column) for column in by)].append(row)
    return rows


def _is_point(row: Any, key: RowKey) -> bool:
    """Whether a key names this row of instruments.csv; the words are the first of its position, whole."""
    same = (row.instrument, row.dimension, row.point) == (key.instrument, key.dimension, key.point)
    begins = row.position.startswith(key.words) and not (key.words and row.position[len(key.words) :][:1].isalnum())
    return same and key.side in ("", row.side) and begins
