"""What is wrong with the data, worded for the person who can mend it."""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple


class Problem(NamedTuple):
    """One fault in one place of the data.

    `file` is relative to the folder that holds the data folder; `row` counts the rows of a table with
    its header as 1 (None: the whole file); `column` is None where the fault is not in one column.
    """

    file: str
    row: int | None
    column: str | None
    message: str
    remedy: str

    def __str__(self) -> str:
        place = self.file
        if self.row is not None:
            place += f", row {self.row}"
        if self.column is not None:
            place += f", column {self.column}"
        return f"{place}: {self.message}. Remedy: {self.remedy}."


class DataError(Exception):
    """Data that cannot be used as it is; `problems` lists every fault found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(map(str, self.problems)))


def file_name(path: Path | str, name: str) -> str:
    """A file as messages name it: relative to the folder that holds the data folder."""
    return f"{Path(path).resolve().name}/{name}"
