"""A reading that somebody made elsewhere, as rows of a pass: each a passage, words of it, and codes."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

import pandas as pd

from analysis.corpus.coding_tables import PERSON_TABLES
from analysis.corpus.errors import Problem
from analysis.corpus.quotes import QuoteError, find_quote
from analysis.corpus.reader import Corpus
from analysis.corpus.schema import ROW_KEY, SPAN
from analysis.corpus.segment import passages
from analysis.corpus.unicode_checks import is_formula


class CodedQuote(NamedTuple):
    """Words of a passage, `codes` from column to value, and `row`, where the reading has them, for messages."""

    row: int
    passage_id: str
    quote: str
    codes: Mapping[str, str]


def person_file(coding: str) -> str:
    return f"codings/{coding}.person.csv"


def person_codings() -> list[str]:
    """The codings that a person can make, too: those that were made in passes."""
    return [name.removeprefix("codings/").removesuffix(".person.csv") for name in PERSON_TABLES]


def coded_columns(coding: str) -> list[str]:
    """What a pass of `coding` says of a passage, its words among it: without the keys, the offsets and the coder."""
    return [column for column in PERSON_TABLES[person_file(coding)].names if column not in (*ROW_KEY, *SPAN[1:], "coder")]


def pass_rows(corpus: Corpus, coding: str, given: Iterable[CodedQuote], file: str) -> tuple[pd.DataFrame, list[Problem]]:
    """The rows of a person's pass of `coding`, labelled by their row in `file` less 2, and what is wrong with places and words.

    A quotation comes out as the text has it, with its offsets; where it is not found these are 0. Columns: those of the pass; one that the
    codes lack is empty.
    """
    given, known, rows, problems = list(given), set(passages(corpus).passage_id), [], []
    for one in given:
        source_id = one.passage_id.rpartition("-p")[0]
        place = {"source_id": source_id, "passage_id": one.passage_id, "quote": one.quote, "start": 0, "end": 0}
        try:
            if one.passage_id in known:
                place = find_quote(corpus, source_id, one.quote, one.passage_id)._asdict()
            else:
                message = f"{one.passage_id!r} is no passage of a text"
                problems.append(Problem(file, one.row, "passage_id", message, "give the passage_id of the blank sheet"))
        except QuoteError as error:
            message, _, remedy = str(error).rpartition("; ")
            problems.append(Problem(file, one.row, "quote", message, remedy))
        problems += _formulas(file, one)
        rows.append({**one.codes, **place})
    columns = PERSON_TABLES[person_file(coding)].names
    table = pd.DataFrame(rows, index=[one.row - 2 for one in given])
    return table.reindex(columns=columns).fillna(""), problems


def _formulas(file: str, one: CodedQuote) -> Iterator[Problem]:
    """Codes that a spreadsheet would run."""
    for column, value in one.codes.items():
        if is_formula(value):
            yield Problem(file, one.row, column, f"{value!r} begins as a formula does", "begin with a word")


def other_coders(corpus: Corpus, coding: str, rows: pd.DataFrame, file: str) -> list[Problem]:
    """The texts of `rows` that another person has coded already."""
    held = corpus.tables.get(person_file(coding), rows.iloc[:0])
    others = held[held.source_id.isin(rows.source_id) & ~held.coder.isin(rows.coder)].drop_duplicates("source_id")
    message, remedy = "{} is coded by {!r} already", "one person codes a text: take out the rows of the one, or give the same name"
    return [Problem(file, None, "coder", message.format(row.source_id, row.coder), remedy) for row in others.itertuples()]


def joined_pass(corpus: Corpus, coding: str, rows: pd.DataFrame) -> pd.DataFrame:
    """The person's pass of a data folder with `rows` in place of those that it has of their texts; in the order of the texts."""
    held = corpus.tables.get(person_file(coding), rows.iloc[:0])
    joined = pd.concat([held[~held.source_id.isin(rows.source_id)], rows], ignore_index=True)
    places = {source_id: place for place, source_id in enumerate(corpus.raw)}
    return joined.assign(place=joined.source_id.map(places)).sort_values(["place", "start", "end"], kind="stable").drop(columns="place")
