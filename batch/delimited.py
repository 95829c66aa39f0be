"""Reading documents from a table of text: CSV and its kin, strictly, with the delimiter that its header has."""

import csv
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from analysis.corpus.errors import DataError
from analysis.corpus.open_quotes import open_quotation_mark
from batch import documents
from batch.documents import Document, Layout, column_places, data_error, find_columns, open_text, text_lines
from batch.reference import Unreadable

DELIMITERS = ",;\t|"
SEPARATOR_LINE = re.compile(r'"?sep=([^"\r\n])"?\s*')  # with which Excel is told a delimiter


def read_delimited(path: Path, layout: Layout) -> Iterator[Document]:
    """The documents of a table of text; a row that is longer or shorter than the header is one that cannot be read.

    Raises DataError where it lacks one of the two columns, has its header again, or a quotation mark opens a field and does not close it.
    """
    csv.field_size_limit(documents.MAX_FIELD_CHARS)
    delimiter, skipped = _find_delimiter(path, layout)
    with open_text(path, layout) as file:
        rows = csv.reader(islice(text_lines(path, file), skipped, None), delimiter=delimiter, strict=True)
        begin = skipped + 1
        try:
            header = next(filter(None, rows), [])
            at_id, at_text = find_columns(path, header, layout)
            begin = skipped + rows.line_num + 1
            for row in rows:
                if len(row) == len(header):
                    if row == header:
                        raise data_error(path, f"has its header again in line {begin}", "take that line out")
                    yield Document(row[at_id], row[at_text], begin)
                elif row:
                    end = skipped + rows.line_num
                    text = Unreadable(f"the row that ends in line {end} has {len(row)} fields, the header {len(header)}")
                    yield Document(row[at_id] if len(row) > at_id else None, text, begin)
                begin = skipped + rows.line_num + 1
        except csv.Error as error:
            raise _csv_error(path, layout, delimiter, begin, skipped + rows.line_num, error) from None


def _find_delimiter(path: Path, layout: Layout) -> tuple[str, int]:
    """The delimiter of a table, and how many lines stand before it: that which is named, or under which its header has both columns."""
    with open_text(path, layout) as file:
        number, first = next(((number, line) for number, line in enumerate(text_lines(path, file), start=1) if line.strip()), (0, ""))
    if named := SEPARATOR_LINE.fullmatch(first):
        return layout.delimiter or named[1], number
    candidates = layout.delimiter or DELIMITERS
    fitting = (sign for sign in candidates if None not in column_places(_header(path, layout, sign), layout))
    return next(fitting, max(candidates, key=first.count)), 0


def _header(path: Path, layout: Layout, delimiter: str) -> list[str]:
    with open_text(path, layout) as file:
        try:
            return next(filter(None, csv.reader(text_lines(path, file), delimiter=delimiter, strict=True)), [])
        except csv.Error:  # said where the table is read
            return []


def _csv_error(path: Path, layout: Layout, delimiter: str, begin: int, end: int, error: csv.Error) -> DataError:
    """What is wrong with the row that begins in line `begin` and cannot be read from line `end` on: mostly an open quotation mark."""
    with open_text(path, layout) as file:
        place = open_quotation_mark("".join(islice(text_lines(path, file), begin - 1, end)), begin, delimiter)
    if place is None:
        return data_error(path, f"cannot be read from line {begin} on ({error})", "mend the line")
    remedy = "close it before the next delimiter or the end of the line, and double each quotation mark inside a field"
    return data_error(path, f"has a quotation mark in {place}, which opens a field and does not close it", remedy)
