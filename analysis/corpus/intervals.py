"""Stretches of a text as pairs of offsets, end exclusive: whether two overlap, and whether one holds the other."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

_Relation = Callable[[int, int, int, int], bool]


def overlaps(a_start: int, a_end: int, b_start: int, b_end: int) -> bool:
    """Whether the stretches a and b share a character; stretches that only touch do not."""
    return a_start < b_end and b_start < a_end


def contained_in(a_start: int, a_end: int, b_start: int, b_end: int) -> bool:
    """Whether a lies wholly in b; a stretch lies in itself."""
    return b_start <= a_start and a_end <= b_end


def count_spans(rows: pd.DataFrame, others: pd.DataFrame, relation: _Relation) -> list[int]:
    """For each of `rows` with how many of `others` of the same text it stands in `relation`; both have source_id, start and end."""
    spans = {source_id: list(zip(own.start, own.end, strict=True)) for source_id, own in others.groupby("source_id")}
    return [
        sum(relation(start, end, *span) for span in spans.get(source_id, []))
        for source_id, start, end in zip(rows.source_id, rows.start, rows.end, strict=True)
    ]
