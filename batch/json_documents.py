"""Reading documents from JSON, a few at a time: a document a line, or an array of them."""

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TextIO

from batch import documents
from batch.documents import Document, Layout, column_places, data_error, find_columns, open_text, text_lines
from batch.reference import Unreadable

READ_CHARS = 1 << 20  # of an array at a time
SPACE = re.compile(r"[ \t\r\n]*+")
ENDS = frozenset(" \t\r\n,]")  # what may stand behind a number
MISSING = "a comma is missing"
LONGEST_TOKEN = 16  # characters of Infinity, \ud83d\ude00 and their kin, which the end of what was read may cut
FOLLOWS = {"[": ("]", True), ",": ("", True), "]": ("", False)}  # behind a sign of an array: the signs that may, and whether a value may


def read_json(path: Path, layout: Layout) -> Iterator[Document]:
    """The documents of a file of JSON, where NaN is as null; a line, or a value of the array, that is no object is one that cannot be read.

    Raises DataError where an array is no JSON, or none of the documents has the key for id, or for text.
    """
    with open_text(path, layout) as file:
        begin = next(filter(None, map(str.strip, iter(lambda: file.read(100), ""))), "")
    if not begin and ".jsonl" not in path.name.lower():
        raise data_error(path, "is empty", "name a file with documents")
    with open_text(path, layout) as file:
        values = _array_values(path, file) if begin.startswith("[") else _line_values(text_lines(path, file))
        yield from _documents(path, values, layout)


def _documents(path: Path, values: Iterable[tuple[Any, int]], layout: Layout) -> Iterator[Document]:
    """A document for each value and its line; the first object tells how the keys are written."""
    first: dict[str, Any] | None = None
    fault, missing = "", set[str]()
    for value, line in values:
        if isinstance(value, dict):
            if first is None:
                first, names = value, list(value)
                identity, text = (
                    name if place is None else names[place] for name, place in zip(layout, column_places(names, layout), strict=False)
                )
                missing = {identity, text}
            if missing:
                missing -= value.keys()
            yield Document(_writable_id(value.get(identity)), value.get(text), line)
        else:
            reason = f"line {line} {value.reason if isinstance(value, Unreadable) else 'is no JSON object'}"
            fault = fault or reason
            yield Document(None, Unreadable(reason), line)
    if missing:
        find_columns(path, list(first or ()), layout)
    if first is None and fault:
        raise data_error(path, f"holds no document: {fault}", "write an object with id and text in each line, or an array of them")


def _line_values(lines: Iterable[str]) -> Iterator[tuple[Any, int]]:
    """The value of each line that is not blank."""
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                yield DECODER.decode(line), number
            except json.JSONDecodeError as error:
                yield Unreadable(f"is no JSON ({error.msg}, column {error.colno})"), number
            except (ValueError, RecursionError) as error:
                yield Unreadable(f"is no JSON ({error})"), number


def _array_values(path: Path, file: TextIO) -> Iterator[tuple[Any, int]]:
    """The values of an array, each with the line in which it begins. Raises DataError where it is no JSON."""
    buffer, at, line, n_values = file.read(READ_CHARS), 0, 1, 0
    signs, value_may = "[", False
    while True:
        begin = _space_end(buffer, at)
        line, at, fault, is_cut = line + buffer.count("\n", at, begin), begin, "the array does not end", True
        sign = buffer[at : at + 1]
        if sign and sign in signs:
            signs, value_may = FOLLOWS[sign]
            at += 1
            continue
        if sign and value_may:
            try:
                value, end = DECODER.raw_decode(buffer, at)
                if buffer[end - 1] in '}]"' or buffer[end : end + 1] in ENDS:  # else a number that the end of what was read cuts
                    n_values += 1
                    yield value, line
                    line, at, signs, value_may = line + buffer.count("\n", at, end), end, ",]", False
                    continue
                fault, is_cut = MISSING, len(buffer) - end < LONGEST_TOKEN
            except json.JSONDecodeError as error:
                fault, is_cut = error.msg, error.pos > len(buffer) - LONGEST_TOKEN or error.msg.startswith("Unterminated string")
                line += 0 if is_cut else buffer.count("\n", at, error.pos)
            except (ValueError, RecursionError) as error:
                fault, is_cut = str(error), False
        elif sign:
            fault, is_cut = MISSING if signs else "more follows behind the array", False
        if is_cut and len(buffer) - at < documents.MAX_FIELD_CHARS and (more := file.read(max(READ_CHARS, len(buffer) - at))):
            buffer, at = buffer[at:] + more, 0
        elif not (sign or signs or value_may):
            return
        else:
            remedy = "mend it there; JSON knows no comment, and no comma before a bracket that closes"
            raise data_error(path, f"is no JSON in line {line}, behind {n_values:,} whole documents ({fault})", remedy)


def _space_end(text: str, at: int) -> int:
    found = SPACE.match(text, at)
    return found.end() if found else at


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any] | Unreadable:
    """An object of JSON, or what is wrong with it."""
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    keys = [key for key, _ in pairs]
    return Unreadable(f"has the key {next(key for key in keys if keys.count(key) > 1)!r} twice")


def _no_value(_name: str) -> None:
    """What NaN and Infinity, which JSON does not know, stand for."""


DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_constant=_no_value)


def _writable_id(identity: Any) -> str | None:
    """An id as text that can be written: a number or a list in JSON, a sign that is no character as its number."""
    if identity is None:
        return None
    text = identity if isinstance(identity, str) else json.dumps(identity)
    return text.encode("utf-8", "backslashreplace").decode()
