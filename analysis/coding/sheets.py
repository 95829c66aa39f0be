"""The blind sheet of a coding: a text by sentences and its codebook, for a person to code in a spreadsheet; and the filled sheet."""

import codecs
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from analysis.atomic_write import write_atomic
from analysis.coding.passes import CodedQuote, coded_columns, person_codings, person_file
from analysis.coding.units import value_definitions
from analysis.corpus.coding_tables import CODING_TABLES, PERSON_TABLES
from analysis.corpus.columns import CODEBOOK, DIMENSION, Column
from analysis.corpus.errors import DataError, Problem
from analysis.corpus.reader import Corpus, checked_table, decode_utf8, parse_csv, read_bytes
from analysis.corpus.segment import sentences
from analysis.corpus.unicode_checks import escape_csv_formulas, unescape_formula

_PRINTED = ["passage_id", "sentence"]  # the columns of a sheet that are filled from the start

_DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs"}  # as the spreadsheets of different countries write

_HOW_TO = (
    "Read the sentences in order. Where one holds what a row is for, fill its row; for a second one in the same sentence, repeat the row "
    "with the same `passage_id`. Leave the other rows empty. `quote` is copied from the passage, word for word. Save as CSV in UTF-8."
)


class FilledSheet(NamedTuple):
    """What was read of a filled sheet: its coded rows, how many rows it has, and how its columns were parted, in words."""

    coded: list[CodedQuote]
    n_rows: int
    parted_by: str


def write_sheet(corpus: Corpus, source_id: str, coding: str, out: Path) -> Path:
    """Write the blind sheet of a text to `out` and its codebook beside it, as `<name>.codebook.md`; returns the path of the latter.

    The sheet has a row a sentence of the body, in order: passage_id, sentence, then the columns of the coding, empty. It is CSV in UTF-8
    with the byte-order mark by which spreadsheets know it. Neither file holds a code of anybody. Raises DataError for an unknown text or
    coding, and where one of the files exists.
    """
    beside = out.with_suffix(".codebook.md")
    problems = _unknown(source_id, "text", list(corpus.raw)) + _unknown(coding, "coding that persons make", person_codings())
    problems += [
        Problem(str(path), None, None, "exists already", "name another file, or move it away") for path in (out, beside) if path.exists()
    ]
    if problems:
        raise DataError(problems)
    write_atomic(beside, codebook_text(corpus, coding))
    sheet = escape_csv_formulas(blank_sheet(corpus, source_id, coding)).to_csv(index=False, lineterminator="\n")
    write_atomic(out, codecs.BOM_UTF8 + sheet.encode())
    return beside


def _unknown(name: str, kind: str, known: list[str]) -> list[Problem]:
    """The Problem with a name of the command line that is not among the `known`; none where it is."""
    return [] if name in known else [Problem(name, None, None, f"is no {kind}", f"use one of {', '.join(known)}")]


def blank_sheet(corpus: Corpus, source_id: str, coding: str) -> pd.DataFrame:
    """The sentences of a text, one row each: passage_id, sentence, and the columns of `coding`, empty."""
    own = sentences(corpus).query("source_id == @source_id")[_PRINTED]
    return own.reset_index(drop=True).assign(**dict.fromkeys(coded_columns(coding), ""))


def codebook_text(corpus: Corpus, coding: str) -> str:
    """What a row of `coding` is, what each column holds, and what the dimensions and values mean, in Markdown."""
    row, asked = CODING_TABLES[f"codings/{coding}.csv"].row, coded_columns(coding)
    columns = [column for column in PERSON_TABLES[person_file(coding)].columns if column.name in asked]
    parts = [f"# Codebook of {coding}", f"A row is for {row}. {_HOW_TO}", "## Columns", *map(_column_line, columns)]
    for column in columns:
        parts += _values_of(corpus, column)
    return "\n\n".join(part.replace("<", "&lt;") for part in parts) + "\n"


def _column_line(column: Column) -> str:
    """What a column holds, and what its values must be."""
    return f"- `{column.name}`: {column.description}" + (f" ({column.rule.remedy})" if column.rule else "")


def _values_of(corpus: Corpus, column: Column) -> list[str]:
    """The values that a column may have, with their meaning where the codebook gives one; nothing for free text."""
    if column.refers is None:
        return []
    heading, listed = f"## Values of `{column.name}`", corpus.tables[column.refers.file]
    if column.refers == DIMENSION.refers:
        named = [(f"{row.dimension} {row.label}", row) for row in listed.itertuples()]
    elif column.refers == CODEBOOK:
        named = [(row.value, row) for row in value_definitions(corpus, column.name).itertuples()]
    else:
        return [heading, "; ".join([*column.refers.also, *listed[column.refers.column]])]
    return [heading, *(part for name, row in named for part in (f"### {name}", *_meaning(row)))]


def _meaning(row: tuple[str, ...]) -> list[str]:
    """The paragraphs that say what a value means."""
    given = {field: getattr(row, field, "") for field in ("question", "definition", "includes", "excludes", "example")}
    return [f"{field.capitalize()}: {said}" for field, said in given.items() if said]


def read_sheet(path: Path, coding: str) -> FilledSheet:
    """The filled rows of a sheet as a spreadsheet wrote it: UTF-8 with a byte-order mark or none, with commas, semicolons or tabs.

    Raises DataError where the coding is unknown, the file is missing, not UTF-8, no strict CSV, or has other columns.
    """
    if problems := _unknown(coding, "coding that persons make", person_codings()):
        raise DataError(problems)
    content = read_bytes(path.parent, path.name)
    text = decode_utf8(path.parent, path.name, content.removeprefix(codecs.BOM_UTF8)).replace("\r\n", "\n").replace("\r", "\n")
    head = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=head.count)
    columns = coded_columns(coding)
    table = checked_table(path.name, parse_csv(path.name, text, delimiter), [*_PRINTED, *columns])
    cells = table.map(lambda cell: unescape_formula(" ".join(cell.split())))
    filled = cells[(cells[columns] != "").any(axis=1)]
    coded = [CodedQuote(int(label) + 2, row["passage_id"], row["quote"], row[columns].to_dict()) for label, row in filled.iterrows()]
    return FilledSheet(coded, len(table), _DELIMITERS[delimiter])
