"""Where a row of CSV has a quotation mark that opens a field and does not close it."""

import re

_LINE_END = re.compile(r"\r\n?|\n")


def open_quotation_mark(row: str, line: int, delimiter: str = ",") -> str | None:
    """The place of that mark in `row`, which begins in `line`, in words: "line 2, column 3". None where every field closes."""
    sign, at = re.escape(delimiter), 0
    field = re.compile(rf'"(?:[^"]++|"")*+"(?=[{sign}\r\n]|\Z)|(?!")[^{sign}\r\n]*+')
    while at < len(row) and (closed := field.match(row, at)):
        at = closed.end() + 1
    if at >= len(row):
        return None
    above = _LINE_END.split(row[:at])
    return f"line {line + len(above) - 1}, column {len(above[-1]) + 1}"
