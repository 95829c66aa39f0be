"""A table of coded quotations as CSV, a row each, as people fill it in a spreadsheet.

Columns, found by their names whatever the case, or named by the caller: `text` (id, short name or file; empty: this text), `passage_id`,
`coding`, `quote`, `code` (codes parted by semicolons, resolved by the codebook), each column of the codings, and the place: `start`, `end`
(in code points of the raw file), `prefix`, `suffix`. All but `quote` may be missing.
"""

import codecs
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache

import pandas as pd

from analysis.coding.annotations import ANNOTATED, Annotation, AnnotationFile, code_columns
from analysis.corpus.errors import DataError, Problem
from analysis.corpus.reader import Corpus, parse_csv
from analysis.corpus.unicode_checks import escape_csv_formulas, unescape_formula
from analysis.intake.codes import CodeError, named_text, resolve_codes
from analysis.intake.faults import LeftOut, annotation_file

_PLACE = ["start", "end", "prefix", "suffix"]

_OWN = ["text", "passage_id", "coding", "quote", "code", *_PLACE]

_DELIMITERS = ",;\t"


@cache
def _code_columns() -> list[str]:
    """The columns of all that can be coded, once each."""
    return list(dict.fromkeys(column for coding in ANNOTATED for column in code_columns(coding)))


def write_quote_table(source_id: str, annotations: Iterable[Annotation]) -> bytes:
    """The Annotations of a text as CSV in UTF-8, with the byte-order mark by which spreadsheets know it; no cell is a formula."""
    rows = [
        {**one.codes, "text": source_id, **{name: getattr(one, name) for name in ("passage_id", "coding", "quote", *_PLACE)}}
        for one in annotations
    ]
    table = pd.DataFrame(rows, columns=["text", "passage_id", "coding", "quote", *_code_columns(), *_PLACE], dtype=object)
    cells = escape_csv_formulas(table.fillna("").astype(str))
    return codecs.BOM_UTF8 + str(cells.to_csv(index=False, lineterminator="\n")).encode()


def read_quote_table(file: str, content: bytes, corpus: Corpus, source_id: str, columns: Mapping[str, str]) -> AnnotationFile:
    """The coded rows of a table of quotations, `content` of `file`; `columns` maps our names to those of the file.

    Commas, semicolons or tabs; UTF-8, else Windows-1252. Raises DataError where it is no strict CSV, lacks a column for the quotations, is
    of another text, or for a code that the codebook does not know.
    """
    text, remarks = _decoded(file, content)
    rows = _rows(file, text)
    names, unknown = _named_columns(file, rows[0], columns)
    left: LeftOut = defaultdict(list)
    found: list[Annotation] = []
    problems: list[Problem] = []
    others: LeftOut = defaultdict(list)
    for number, row in enumerate(rows[1:], start=2):
        cells = {name: unescape_formula(cell) for name, cell in zip(names, row, strict=False) if name and cell.strip()}
        if not cells:
            continue
        if len(row) != len(names):
            message = f"has {len(row)} fields, the header {len(names)}"
            problems.append(Problem(file, number, None, message, "quote fields that hold the delimiter"))
        elif not cells.keys() - {"text", "passage_id", "quote", *_PLACE}:
            left["without a code, skipped"].append(number)
        elif (given := cells.get("text", source_id)) and named_text(corpus, given) not in ("", source_id):
            others[named_text(corpus, given)].append(number)
        else:
            try:
                found.append(_annotation(corpus, source_id, number, cells))
            except CodeError as error:
                problems.append(Problem(file, number, None, str(error), error.remedy))
    read = annotation_file(file, source_id, found, problems, others, left, "row")
    named = [f"The column {name!r} is none of ours, left out." for name in unknown]
    return read._replace(left_out=[*remarks, *named, *read.left_out])


def _annotation(corpus: Corpus, source_id: str, number: int, cells: dict[str, str]) -> Annotation:
    """The Annotation of a row, {column: cell}. Raises CodeError for what cannot be one."""
    if cells.get("text") and not named_text(corpus, cells["text"]):
        raise CodeError(f"names the text {cells['text']!r}, which is none", f"write {source_id}, or leave it empty")
    if not cells.get("quote"):
        raise CodeError("has codes and no quotation", "copy the words from the text")
    places = []
    for name in ("start", "end"):
        if not re.fullmatch(r"[0-9]{1,9}|", cells.get(name, "").strip()):
            raise CodeError(f"has {cells[name]!r} as {name}, which is no place in a text", "give a whole number, or leave it empty")
        places.append(int(cells[name]) if cells.get(name) else None)
    codes = {column: cells[column].strip() for column in _code_columns() if column in cells}
    tags = [*cells.get("code", "").split(";"), *(f"{column}: {value}" for column, value in codes.items())]
    coding = cells.get("coding", "").strip()
    if coding and coding not in ANNOTATED:
        raise CodeError(f"{coding!r} is no coding", f"use one of {', '.join(ANNOTATED)}")
    for column in codes:
        if coding and column not in code_columns(coding):
            raise CodeError(f"fills {column}, which {coding} does not have", f"use {', '.join(code_columns(coding))}")
    coding, codes = resolve_codes(corpus, tags, coding)
    around = (cells.get("prefix", ""), cells.get("suffix", ""))
    return Annotation(number, coding, cells["quote"], codes, cells.get("passage_id", "").strip(), places[0], places[1], *around)


def _decoded(file: str, content: bytes) -> tuple[str, list[str]]:
    """The text of a file with line feeds alone, and what is to be said of its encoding."""
    remarks = []
    try:
        text = content.decode()
    except UnicodeDecodeError:
        remarks = ["The file is not UTF-8: it was read as Windows-1252. Check accents and quotation marks."]
        try:
            text = content.decode("cp1252")
        except UnicodeDecodeError as error:
            message = f"is neither UTF-8 nor Windows-1252 (byte {error.start})"
            raise DataError([Problem(file, None, None, message, "save it again as CSV in UTF-8")]) from None
    return text.replace("\r\n", "\n").replace("\r", "\n"), remarks


def _rows(file: str, text: str) -> list[list[str]]:
    """The rows of a table, its header first, parted by what parts its header into most columns."""
    told = re.match(r"sep=([,;\t])\n", text)  # as some spreadsheets say it
    text = text[told.end() :] if told else text
    delimiter = told[1] if told else max(_DELIMITERS, key=text.partition("\n")[0].count)
    if place := _open_mark(text, delimiter):
        line, column = place
        message = f"has a quotation mark in line {line}, column {column}, that opens a field and is never closed"
        raise DataError([Problem(file, None, None, message, "close it, or double each mark within a field")])
    rows = parse_csv(file, text, delimiter)
    if len(rows) < 1 or not any(rows[0]):
        raise DataError([Problem(file, 1, None, "has no header", "name the columns in the first row")])
    return rows


def _open_mark(text: str, delimiter: str) -> tuple[int, int] | None:
    """The line and the column of a quotation mark that opens a field and is never closed."""
    place, size = 0, len(text)
    field = re.compile(rf"[^{delimiter}\n]*")
    closed = re.compile(r'"(?:[^"]|"")*+"')
    while place < size:
        if text[place] == '"':
            whole = closed.match(text, place)
            if not whole:
                return text.count("\n", 0, place) + 1, place - text.rfind("\n", 0, place)
            place = whole.end()
        place = field.match(text, place).end() + 1  # type: ignore[union-attr]  # it matches nothing, too
    return None


def _named_columns(file: str, header: list[str], columns: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """Our name of each column of the file, empty where it is none of ours; and the names that are none."""
    known = {name.casefold(): name for name in [*_OWN, *_code_columns()]}
    theirs = {name.strip().casefold(): ours for ours, name in columns.items()}
    plain = [name.strip().casefold() for name in header]
    problems = [
        Problem(file, 1, None, f"has no column {name!r}", f"name one of {', '.join(header)}")
        for name in columns.values()
        if name.strip().casefold() not in plain
    ]
    problems += [
        Problem(file, None, None, f"a column cannot be read as {ours!r}", f"use one of {', '.join(known)}")
        for ours in columns
        if ours not in known.values()
    ]
    names = [theirs.get(name) or ("" if known.get(name) in columns else known.get(name, "")) for name in plain]
    twice = [name for name in dict.fromkeys(names) if name and names.count(name) > 1]
    problems += [Problem(file, 1, name, "stands twice in the header", "keep one column of that name") for name in twice]
    if "quote" not in names and not problems:
        message = f"has no column for the quotations (it has {', '.join(header)[:200]})"
        problems.append(Problem(file, 1, None, message, "name the column `quote`, or say which it is"))
    if problems:
        raise DataError(problems)
    return names, [name for name, ours in zip(header, names, strict=True) if not ours and name.strip()]
