"""No headline finding that does not hold as stated; where one fails, the rows of the codings that changed it.

`tests/accepted_findings.json` holds the rows on which each finding rested when its results were last accepted (`make expected`).
"""

import json
from pathlib import Path

from analysis.atomic_write import write_atomic
from analysis.coding.multiverse import HOLDS, Specification, answer, evidence_rows
from analysis.corpus.reader import Corpus

_FILE = "tests/accepted_findings.json"


def headline_faults(texts: Corpus, root: Path) -> list[str]:
    """Every headline finding that the texts do not bear out as it is stated, with the rows that changed it, in words."""
    accepted = json.loads((root / _FILE).read_text(encoding="utf-8")) if (root / _FILE).exists() else {}
    return [
        f"data/findings.csv: {finding.finding!r} no longer holds as stated: “{finding.statement}” "
        f"{_changes(accepted.get(finding.finding, []), _rows(texts, finding.finding))} "
        "Remedy: mend the codings, or change the statement and its questions in finding_tests.csv."
        for finding in texts.tables["findings.csv"].itertuples()
        if answer(texts, finding.finding, Specification()) != HOLDS
    ]


def headline_rows(texts: Corpus) -> str:
    """The rows on which each finding rests, as they are committed, so that a later change of them can be named."""
    rows = {finding: _rows(texts, finding) for finding in texts.tables["findings.csv"].finding}
    return json.dumps(rows, indent=1, ensure_ascii=False) + "\n"


def write_headline_rows(texts: Corpus, root: Path) -> Path:
    """Write `headline_rows` into the committed results of the book in `root`; returns the file."""
    file = root / _FILE
    file.parent.mkdir(parents=True, exist_ok=True)
    write_atomic(file, headline_rows(texts))
    return file


def _rows(texts: Corpus, finding: str) -> list[str]:
    rows = evidence_rows(texts, finding).itertuples()
    return list(dict.fromkeys(f"{row.passage_id}{f', {row.value}' * (row.value != row.passage_id)}, of {row.asked}" for row in rows))


def _changes(before: list[str], now: list[str]) -> str:
    """The rows that are new and those that are gone, in words."""
    changes = [f"{row} is new" for row in now if row not in before] + [f"{row} is gone" for row in before if row not in now]
    return f"Since it was accepted: {'; '.join(changes)}." if changes else "Its rows are those that were accepted; its questions are not."
