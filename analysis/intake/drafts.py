"""What follows for a text from its codings: its relations to other texts, and its cells in the table of the book."""

from collections.abc import Iterable, Mapping
from types import SimpleNamespace
from typing import Any

import pandas as pd

from analysis.coding.book_table import NOT_IN_WORDS, NOT_MENTIONED, cell_rows, row_keys, rows_of_key
from analysis.corpus.reader import Corpus
from analysis.corpus.vocabulary import NOT_COMPARED, RECALLED
from analysis.intake.rows import Cells
from analysis.intake.shared_terms import terms_of
from analysis.validation.coding_checks import pairs_of_texts

_BESIDE = ("guarantors", "strengths")  # codings on which a cell can rest beside the terms

CHECK = "check: the words do not say of which term each row is"  # the note of a cell that may rest on rows of another term

_AGREE = "Both say the same in the same words, at the same level."

_STUB = "Nobody has held the two against each other."


def relation_drafts(corpus: Corpus, source_id: str) -> list[Cells]:
    """The relations that a text needs by its terms: those that the table has, and a draft of each other.

    Two texts agree where they have the same positions at the same levels in a dimension, word for word. Others are not compared yet.
    """
    held = {(row["dimension"], row["source_a"], row["source_b"]): row for row in corpus.tables["codings/relations.csv"].to_dict("records")}
    needed = sorted(key for key in pairs_of_texts(corpus) if source_id in key[1:])
    said = _positions(corpus)
    drafts = []
    for dimension, one, other in needed:
        same = said[dimension, one] == said[dimension, other]
        made = {"relation": "agree", "note": _AGREE} if same else {"relation": NOT_COMPARED, "note": _STUB}
        drafts.append(held.get((dimension, one, other), {"dimension": dimension, "source_a": one, "source_b": other, **made}))
    return drafts


def _positions(corpus: Corpus) -> dict[tuple[str, str], set[tuple[str, str]]]:
    """What each text says in each dimension: its positions, with their levels."""
    found: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for row in corpus.tables["codings/provisions.csv"].query("basis != @RECALLED").itertuples():
        found.setdefault((row.dimension, row.source_id), set()).add((row.position.rstrip(". ").casefold(), row.level))
    return found


def cell_drafts(corpus: Corpus, source_id: str) -> tuple[list[Cells], list[str]]:
    """The cells of a text in the table of the book, one a term, and the terms whose words are to be looked over.

    A cell in words stays as long as the rows are there on which it rests; else its words stay, and it rests on all rows of the term. One
    that says that the term is not mentioned stays as long as other cells tell of all that the text says in its dimensions. A row of a
    dimension that several terms share is of the term that its words tell; where they tell none it is drafted for each, with a note `CHECK`.
    """
    table = corpus.tables["book_table.csv"]
    held = {row["term"]: row for row in table[table.source_id == source_id].to_dict("records")}
    in_words = {term: cell for term, cell in held.items() if cell["gist"] not in ("", NOT_MENTIONED, NOT_IN_WORDS)}
    told = _dimensions(corpus, in_words.values())
    cells, changed = [], []
    for term, dimensions in dict(zip(table.term, table.dimensions, strict=True)).items():
        draft, old = _cell(corpus, source_id, term, dimensions), held.get(term)
        if old and term in in_words:
            if all(rows_of_key(corpus, key, dimensions.split(";")) for key in row_keys(old["rests_on"])):
                draft = old
            elif draft["rests_on"]:
                draft |= {column: old[column] for column in ("gist", "whose_word", "note")}
                changed.append(term)
            else:
                changed.append(term)
        elif old and old["gist"] == NOT_MENTIONED and not _needed(corpus, source_id, term, {*dimensions.split(";")} - told):
            draft = old
        told |= _dimensions(corpus, [draft])
        cells.append(draft)
    return cells, changed


def _needed(corpus: Corpus, source_id: str, term: str, dimensions: set[str]) -> bool:
    """Whether a text has rows on a term in dimensions of which no other cell tells, or others that cells of the term rest on."""
    codings = ("provisions", *_beside(corpus, term))
    return any(_told(corpus, coding, source_id, [*dimensions], term) for coding in codings)


def _dimensions(corpus: Corpus, cells: Iterable[Mapping[Any, str]]) -> set[str]:
    """The dimensions of the rows on which cells rest."""
    return {row.dimension for row in _rows(corpus, cells) if hasattr(row, "dimension")}


def _cell(corpus: Corpus, source_id: str, term: str, dimensions: str) -> Cells:
    """The cell of a text on a term: that it is not mentioned, or the rows that tell of it, and that nobody has put them in words."""
    keys = [
        f"{coding}:{row.passage_id}:{row.start}-{row.end}"
        for coding in ("provisions", *_beside(corpus, term))
        for row in _told(corpus, coding, source_id, dimensions.split(";"), term)
    ]
    cell = {"term": term, "dimensions": dimensions, "source_id": source_id, "rests_on": " ; ".join(dict.fromkeys(keys))}
    if not keys:
        return {**cell, "gist": NOT_MENTIONED}
    rows = _rows(corpus, [cell])
    levels = dict.fromkeys(row.level for row in rows if row.table == "provisions")
    names = dict.fromkeys(row.attributed_to for row in rows if row.table == "provisions")
    whose = "" if "" in names else "; ".join(names)
    unsure = [
        row for row in _told(corpus, "provisions", source_id, dimensions.split(";"), term) if len(terms_of(corpus, source_id)(row)) > 1
    ]
    note = {"note": CHECK} if unsure else {}
    return {**cell, **note, "gist": NOT_IN_WORDS, "paper": rows[0].document, "level": ";".join(levels), "whose_word": whose}


def _rows(corpus: Corpus, cells: Iterable[Mapping[Any, str]]) -> list[Any]:
    """The rows on which cells rest."""
    return [row for cell in cells for row in cell_rows(corpus, SimpleNamespace(**cell))]


def _told(corpus: Corpus, coding: str, source_id: str, dimensions: list[str], term: str) -> list[Any]:
    """The rows of a coding that tell of a term: of its dimensions, where the coding has such, and not of another term by their words."""
    table = corpus.tables[f"codings/{coding}.csv"]
    own = table[(table.source_id == source_id) & (table.basis != RECALLED)]
    if "dimension" not in own:
        return list(own.itertuples())
    terms = terms_of(corpus, source_id)
    return [row for row in own[own.dimension.isin(dimensions)].itertuples() if term in terms(row)]


def _beside(corpus: Corpus, term: str) -> list[str]:
    """The codings on which most cells of a term rest beside its terms, of those that rest on rows."""
    cells = corpus.tables["book_table.csv"].query("term == @term and rests_on.str.contains('provisions:')").rests_on
    return [coding for coding in _BESIDE if len(cells) and 2 * cells.str.contains(f"{coding}:").sum() >= len(cells)]


def drafted_tables(corpus: Corpus, source_id: str) -> tuple[dict[str, list[Cells]], list[str]]:
    """The rows of a text in the tables that follow from its codings, by the tables, and the terms whose cells are to be looked over."""
    cells, changed = cell_drafts(corpus, source_id)
    return {"codings/relations.csv": relation_drafts(corpus, source_id), "book_table.csv": cells}, changed


def with_rows_of(corpus: Corpus, name: str, source_id: str, rows: list[Cells]) -> pd.DataFrame:
    """A table of a data folder with `rows` in place of those that a text has there, as the drafts need it."""
    table = corpus.tables[name]
    new = pd.DataFrame(rows, columns=table.columns).fillna("").astype({"start": int, "end": int} if "start" in table else {})
    return pd.concat([table[table.source_id != source_id], new.astype(table.dtypes.to_dict())], ignore_index=True)
