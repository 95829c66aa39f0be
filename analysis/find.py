"""The command `find`: places of quotations in the texts, of which only those that are asked for are read, without pandas."""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from analysis.corpus.errors import DataError, Problem, file_name
from analysis.corpus.quotes import Evidence, QuoteError, find_in_body, find_places
from analysis.corpus.reader import read_rows, read_source
from analysis.corpus.segment import Body, read_body
from analysis.corpus.zones import zone_faults


class NumberedZone(NamedTuple):
    """A row of zones.csv, and its number."""

    row: int
    zone: str
    start: int
    end: int


class Bodies(dict[str, Body]):
    """The bodies of the texts of a data folder, each read when it is first asked for.

    Raises DataError where a table, a text or its zones are not sound, and QuoteError for an unknown text.
    """

    def __init__(self, data: Path) -> None:
        super().__init__()
        self.data = data
        self.sources = {source["source_id"]: (source["sha256"], row) for row, source in enumerate(read_rows(data, "sources.csv"), start=2)}
        zones = enumerate(read_rows(data, "zones.csv"), start=2)
        self.zones = [(zone["source_id"], NumberedZone(row, zone["zone"], int(zone["start"]), int(zone["end"]))) for row, zone in zones]

    def __missing__(self, source_id: str) -> Body:
        if source_id not in self.sources:
            raise QuoteError(f"unknown text {source_id!r}; known are {', '.join(self.sources)}")
        text = read_source(self.data, source_id, *self.sources[source_id])
        own = [zone for owner, zone in self.zones if owner == source_id]
        if problems := [Problem(file_name(self.data, "zones.csv"), *fault) for fault in zone_faults(source_id, len(text), own)]:
            raise DataError(problems)
        self[source_id] = read_body(source_id, text, own)
        return self[source_id]


def find_in(bodies: Bodies, source_id: str, quote: str, passage_id: str | None = None) -> Evidence:
    """`find_quote` in one of `bodies`; raises QuoteError as it does."""
    return find_in_body(source_id, bodies[source_id], quote, passage_id)


def find_in_any(bodies: Bodies, quote: str) -> Evidence:
    """The one place of `quote` in all `bodies`. Raises QuoteError where it stands nowhere, or more than once."""
    found = [(source_id, *hit) for source_id in bodies.sources for hit in find_places(bodies[source_id], quote)]
    if not found:
        raise QuoteError(f"{quote!r} occurs nowhere in the body of a text; copy the words from the file")
    if len(found) > 1:
        places = ", ".join(f"{passage} ({start})" for _, passage, start, _ in found)
        raise QuoteError(f"{quote!r} occurs {len(found)} times: {places}; write its text and a tab before it, or a longer quotation")
    source_id, passage, start, end = found[0]
    return Evidence(source_id, passage, start, end, bodies[source_id].raw[start:end])


def find_lines(bodies: Bodies, lines: Iterable[bytes], source_id: str | None = None) -> int:
    """Print the place of the quotation in each of `lines` as it comes; returns the exit code: 1 where one has no place.

    A line is a quotation of the text `source_id`; without it, the id of a text, a tab and a quotation, or one that all texts together
    hold once. What is wrong with a quotation is said on stderr, with the number of its line.
    """
    code = 0
    for number, line in _decoded(lines):
        owner, tab, quote = line.partition("\t") if source_id is None else (source_id, "\t", line)
        try:
            found = find_in(bodies, owner.strip(), quote) if tab else find_in_any(bodies, line)
        except QuoteError as error:
            print(f"line {number}: {error}", file=sys.stderr, flush=True)
            code = 1
        else:
            print(found_line(found).replace("\n", " "), flush=True)
    return code


def found_line(found: Evidence) -> str:
    return f"{found.passage_id},{found.start},{found.end}  {found.quote}"


def _decoded(lines: Iterable[bytes]) -> Iterator[tuple[int, str]]:
    """The lines that are not blank, with their numbers. Raises DataError for one that is not UTF-8."""
    for number, line in enumerate(lines, start=1):
        try:
            text = line.decode("utf-8-sig" if number == 1 else "utf-8").strip("\r\n")
        except UnicodeDecodeError as error:
            message = f"is not UTF-8 (line {number}, byte {error.start} of it)"
            raise DataError([Problem("standard input", None, None, message, "give the quotations in UTF-8")]) from None
        if text.strip():
            yield number, text
