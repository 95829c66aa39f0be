"""No headline finding that does not hold as stated; where one fails, the rows of the codings that changed it.

`tests/accepted_codings.json` holds the codings as they were when the findings were last accepted (`make expected`), without quotations
and notes: {table: lines of CSV}.
"""

import io
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from analysis.atomic_write import write_atomic
from analysis.coding.multiverse import HEADLINES
from analysis.corpus.reader import Corpus

_FILE = "tests/accepted_codings.json"
_LEFT_OUT = ["quote", "note", "resolution"]  # what a text or a coder says of a row; no finding rests on it
_MOST_TRIED = 200  # changed rows, each tried alone
_MOST_SHOWN = 20

_Tables = dict[str, pd.DataFrame]


class _Change(NamedTuple):
    """A row of a table of codings that is new ("new"), or was there when the findings were accepted ("gone")."""

    table: str
    kind: str
    row: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.kind} in {self.table}: {', '.join(value for value in self.row if value)}"


def headline_faults(texts: Corpus, root: Path) -> list[str]:
    """Every headline finding that the texts do not bear out as it is stated, with the rows that changed it, in words."""
    failing = [finding for finding in HEADLINES if not _holds(finding, texts)]
    before = _accepted(root) if failing else {}
    return [
        f"The finding on {finding.name} no longer holds as stated: “{finding.statement}” {_causes(texts, before, finding)} "
        "Remedy: mend the codings, or change statement and question in analysis/coding/multiverse.py."
        for finding in failing
    ]


def _holds(finding: Any, texts: Corpus) -> bool:
    """Whether a headline holds for all texts as they are: the first way of counting."""
    _, holds = finding.ask(texts, False)
    return holds is True


def headline_rows(texts: Corpus) -> str:
    """The rows of all codings as they are committed, so that a later change of them can be named."""
    tables = {name: _comparable(table).to_csv(index=False, lineterminator="\n").splitlines() for name, table in _codings(texts).items()}
    return json.dumps(tables, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def write_headline_rows(texts: Corpus, root: Path) -> Path:
    """Write `headline_rows` into the committed results of the book in `root`; returns the file."""
    file = root / _FILE
    file.parent.mkdir(parents=True, exist_ok=True)
    write_atomic(file, headline_rows(texts))
    return file


def _codings(texts: Corpus) -> _Tables:
    """The codings on which findings can rest: the adjudicated ones."""
    return {name: table for name, table in texts.tables.items() if name.startswith("codings/") and ".pass" not in name}


def _comparable(table: pd.DataFrame) -> pd.DataFrame:
    return table.drop(columns=_LEFT_OUT, errors="ignore").astype(str)


def _accepted(root: Path) -> _Tables:
    """The committed codings; none where there is no such file."""
    file = root / _FILE
    kept = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    return {name: pd.read_csv(io.StringIO("\n".join(lines)), dtype=str, keep_default_na=False) for name, lines in kept.items()}


def _causes(texts: Corpus, before: _Tables, finding: Any) -> str:
    """Which changed rows made a finding fail: each that decides alone; else those of the tables that do; else all that changed."""
    changes = list(_changes(texts, before))
    if not changes:
        return "No row of the codings changed since the findings were accepted; the question did, or nothing was accepted yet."
    of_tables = [[change for change in changes if change.table == name] for name in dict.fromkeys(change.table for change in changes)]
    single = [[change] for change in changes] if len(changes) <= _MOST_TRIED else []
    alone, whole = (
        [change for own in tried if _holds(finding, _undone(texts, before, own)) for change in own] for tried in (single, of_tables)
    )
    told = alone or whole or changes
    more = f"; and {len(told) - _MOST_SHOWN} more" * (len(told) > _MOST_SHOWN)
    return f"Rows that changed it: {'; '.join(map(str, told[:_MOST_SHOWN]))}{more}."


def _changes(texts: Corpus, before: _Tables) -> Iterator[_Change]:
    """The rows in which the codings differ from those in `before`, by the columns that both have."""
    now = _codings(texts)
    for name in before.keys() & now.keys():
        columns = [column for column in before[name] if column in now[name]]
        new, gone = (_tuples(_comparable(table)[columns]) for table in (now[name], before[name]))
        yield from (_Change(name, "new", row) for row in new if row not in gone)
        yield from (_Change(name, "gone", row) for row in gone if row not in new)


def _undone(texts: Corpus, before: _Tables, changes: list[_Change]) -> Corpus:
    """The texts as they were before these changes of their codings."""
    tables = dict(texts.tables)
    for name in dict.fromkeys(change.table for change in changes):
        table = tables[name]
        columns = [column for column in before[name] if column in table]
        new, gone = ([change.row for change in changes if change.table == name and change.kind == kind] for kind in ("new", "gone"))
        kept = table[[row not in new for row in _tuples(_comparable(table)[columns])]]
        back = pd.DataFrame(gone, columns=columns).reindex(columns=table.columns, fill_value="").astype(table.dtypes)
        tables[name] = pd.concat([kept, back], ignore_index=True)
    return replace(texts, tables=tables)


def _tuples(table: pd.DataFrame) -> list[tuple[str, ...]]:
    return list(table.itertuples(index=False, name=None))
