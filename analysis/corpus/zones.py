"""Zones: the rows of a text partition its raw file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.corpus.errors import Problem, file_name

if TYPE_CHECKING:
    import pandas as pd


def validate_zones(path: Path | str, zones: pd.DataFrame, raw: dict[str, str]) -> list[Problem]:
    """Every place where the rows of `zones` do not partition a text of `raw` in order: no gap, no overlap."""
    file, rows = file_name(path, "zones.csv"), zones.assign(row=range(2, len(zones) + 2))
    return [
        Problem(file, *fault)
        for source_id, text in raw.items()
        for fault in zone_faults(source_id, len(text), list(rows[rows.source_id == source_id].itertuples()))
    ]


def zone_faults(source_id: str, length: int, own: Sequence[Any]) -> Iterator[tuple[int | None, str | None, str, str]]:
    """(row, column, message, remedy) of every fault in the zones (`row`, `zone`, `start`, `end`) of a text of `length` characters."""
    position, last = 0, None
    for zone in own:
        if zone.start > position:
            message = f"gap in {source_id}: characters {position} to {zone.start} have no zone"
            yield zone.row, "start", message, f"begin this zone at {position}, add a row for the gap, or put the rows in order"
        elif zone.start < position:
            message = f"overlap in {source_id}: the row before ends at {position}, this one begins at {zone.start}"
            yield zone.row, "start", message, f"begin this zone at {position}, end the row before at {zone.start}, or put the rows in order"
        if zone.end <= zone.start:
            yield zone.row, "end", f"the zone ends at {zone.end}, before it begins ({zone.start})", "give the end after the start"
        position, last = max(position, zone.end), zone.row
    if last is None:
        yield None, None, f"{source_id} has no zones", "add rows that cover the whole text"
        return
    if position != length:
        yield last, "end", f"the zones of {source_id} end at {position}, the text at {length}", f"let the last zone end at {length}"
    if "body" not in {zone.zone for zone in own}:
        yield None, None, f"{source_id} has no zone 'body'", "mark the running text as body"
