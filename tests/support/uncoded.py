"""A text of a data folder made uncoded: in again what `analysis add` would leave of it."""

from pathlib import Path

from analysis.corpus.schema import INPUT_TABLES
from analysis.intake.rows import content_of, rows_of, with_rows, without_rows


def uncode(data: Path, source_id: str) -> Path:
    """Take all codings of a text out of a data folder, and say so in sources.csv; returns the folder."""
    for name in (
        name for name in INPUT_TABLES if name.startswith("codings/") or name in ("explanations.csv", "firmness.csv", "book_table.csv")
    ):
        kept = without_rows(
            content_of(data, name), lambda row: source_id in (row.get("source_id"), row.get("source_a"), row.get("source_b"))
        )
        (data / name).write_text(kept, encoding="utf-8", newline="")
    sources = content_of(data, "sources.csv")
    own = [{**row, "coding": "uncoded", "coder": ""} for row in rows_of(sources) if row["source_id"] == source_id]
    (data / "sources.csv").write_text(with_rows(sources, own, lambda row: row["source_id"] == source_id), encoding="utf-8", newline="")
    return data
