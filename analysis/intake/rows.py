"""Rows of a CSV file taken out and put in, with every other byte of the file as it was."""

import csv
import io
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from analysis.corpus.reader import parse_csv, read_utf8
from analysis.corpus.schema import DECLARED_TABLES

Cells = dict[str, str]


def content_of(data: Path, name: str) -> str:
    """The content of a table of the data folder; the header alone of one that the folder may lack and lacks."""
    return read_utf8(data, name) if (data / name).exists() else as_csv([DECLARED_TABLES[name].names])


def as_csv(rows: Iterable[Iterable[object]]) -> str:
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator="\n").writerows(rows)
    return written.getvalue()


def split_rows(content: str) -> list[str]:
    """The rows of a CSV file as they are written, each with its line end (the last may lack it in the file), the header first."""
    rows, held = [], ""
    for line in content.removesuffix("\n").split("\n"):
        held += line + "\n"
        if held.count('"') % 2 == 0:  # no quotation mark is open
            rows.append(held)
            held = ""
    return rows


def rows_of(content: str) -> list[Cells]:
    """The rows of a CSV file, by its columns."""
    header, *rows = parse_csv("", content)
    return [dict(zip(header, row, strict=True)) for row in rows]


def without_rows(content: str, goes: Callable[[Cells], bool]) -> str:
    """A CSV file without the rows that go."""
    header, *written = split_rows(content)
    return header + "".join(text for text, row in zip(written, rows_of(content), strict=True) if not goes(row))


def with_rows(content: str, added: Iterable[Mapping[str, object]], goes: Callable[[Cells], bool] = lambda row: False) -> str:
    """A CSV file with the rows `added` in place of those that go: where these stood side by side, else behind them, or at the end.

    What is there already in the same words stays as it is written; where the same rows come as go, in whatever order, nothing changes.
    """
    header, *written = split_rows(content)
    columns, old = parse_csv("", header)[0], rows_of(content)
    places = [place for place, row in enumerate(old) if goes(row)]
    new = [tuple(str(row.get(column, "")) for column in columns) for row in added]
    kept = defaultdict(list)
    for place in places:
        kept[tuple(old[place].values())].append(place)
    if sorted(new) == sorted(key for key, own in kept.items() for _ in own):
        return content
    apart = places != list(range(places[0], places[-1] + 1)) if places else True
    texts, stay = [], set[int]()
    for cells in new:
        same = kept[cells].pop(0) if kept[cells] else None
        if same is not None and apart:
            stay.add(same)
        else:
            texts.append(as_csv([cells]) if same is None else written[same])
    last = places[-1] + 1 if places else len(written)
    left = [text if place not in places or place in stay else "" for place, text in enumerate(written)]
    return header + "".join([*left[:last], *texts, *left[last:]])


def row_numbers(content: str, wanted: Iterable[Mapping[str, object]]) -> list[int | None]:
    """The numbers in a CSV file of the rows `wanted`, the header being row 1; None for one that is not there."""
    places = defaultdict(list)
    header, *rows = parse_csv("", content)
    for number, row in enumerate(rows, start=2):
        places[tuple(row)].append(number)
    keys = [tuple(str(row.get(column, "")) for column in header) for row in wanted]
    return [places[key].pop(0) if places[key] else None for key in keys]
