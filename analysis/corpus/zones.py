"""Zones: the rows of a text partition its raw file."""

from pathlib import Path

import pandas as pd

from analysis.corpus.errors import Problem, file_name


def validate_zones(path: Path | str, zones: pd.DataFrame, raw: dict[str, str]) -> list[Problem]:
    """Every place where the rows of `zones` do not partition a text of `raw` in order: no gap, no overlap."""
    problems, file = [], file_name(path, "zones.csv")

    def fault(row: int | None, column: str | None, message: str, remedy: str) -> None:
        problems.append(Problem(file, row, column, message, remedy))

    rows = zones.assign(row=range(2, len(zones) + 2))
    for source_id, text in raw.items():
        position, last = 0, None
        for zone in rows[rows.source_id == source_id].itertuples():
            if zone.start > position:
                fault(
                    zone.row,
                    "start",
                    f"gap in {source_id}: characters {position} to {zone.start} have no zone",
                    f"begin this zone at {position}, add a row for the gap, or put the rows in order",
                )
            elif zone.start < position:
                fault(
                    zone.row,
                    "start",
                    f"overlap in {source_id}: the row before ends at {position}, this one begins at {zone.start}",
                    f"begin this zone at {position}, end the row before at {zone.start}, or put the rows in order",
                )
            if zone.end <= zone.start:
                fault(zone.row, "end", f"the zone ends at {zone.end}, before it begins ({zone.start})", "give the end after the start")
            position, last = max(position, zone.end), zone.row
        if last is None:
            fault(None, None, f"{source_id} has no zones", "add rows that cover the whole text")
        elif position != len(text):
            fault(
                last, "end", f"the zones of {source_id} end at {position}, the text at {len(text)}", f"let the last zone end at {len(text)}"
            )
        if last is not None and not ((zones.source_id == source_id) & (zones.zone == "body")).any():
            fault(None, None, f"{source_id} has no zone 'body'", "mark the running text as body")
    return problems
