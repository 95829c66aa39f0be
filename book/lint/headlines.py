"""No headline finding that does not hold as stated; where one fails, the rows of the codings that changed it.

`tests/accepted_findings.json` holds the rows on which each finding rested when its results were last accepted (`make expected`).
"""

import json
from pathlib import Path

from analysis.atomic_write import write_atomic
from analysis.coding.multiverse import HOLDS, Specification, answer, evidence_rows, stated_of, unmet_questions
from analysis.corpus.reader import Corpus

ACCEPTED = "tests/accepted_findings.json"


def headline_faults(texts: Corpus, root: Path) -> list[str]:
    """Every headline finding that the texts do not bear out as it is stated, with the rows that changed it, in words."""
    accepted = json.loads((root / ACCEPTED).read_text(encoding="utf-8")) if (root / ACCEPTED).exists() else {}
    return [
        f"data/findings.csv: {finding.finding!r} no longer holds as stated: “{finding.statement}” "
        f"{_changes(accepted.get(finding.finding, []), _rows(texts, finding.finding))}{_unmet(texts, finding.finding)} "
        "Remedy: mend the codings, or change the statement and its questions in finding_tests.csv."
        for finding in texts.tables["findings.csv"].itertuples()
        if answer(stated_of(texts, finding.finding), finding.finding, Specification()) != HOLDS
    ]


def headline_rows(texts: Corpus) -> str:
    """The rows on which each finding rests, as they are committed, so that a later change of them can be named."""
    rows = {finding: _rows(texts, finding) for finding in texts.tables["findings.csv"].finding}
    return json.dumps(rows, indent=1, ensure_ascii=False) + "\n"


def write_headline_rows(texts: Corpus, root: Path) -> Path:
    """Write `headline_rows` into the committed results of the book in `root`; returns the file."""
    file = root / ACCEPTED
    file.parent.mkdir(parents=True, exist_ok=True)
    write_atomic(file, headline_rows(texts))
    return file


def _rows(texts: Corpus, finding: str) -> list[str]:
    rows = evidence_rows(texts, finding).itertuples()
    return list(dict.fromkeys(f"{row.passage_id}{f', {row.value}' * (row.value != row.passage_id)}, of {row.asked}" for row in rows))


def _unmet(texts: Corpus, finding: str) -> str:
    """Which questions are not answered as expected, and what the texts have, in words."""
    return "".join(
        f" Of {test.table} where {test.rows} it expects {f'{test.question} {test.expected}'.strip()}; there are rows in "
        f"{', '.join(f'{name} ({n})' for name, n in having.items()) or 'no text'}."
        for test, having in unmet_questions(texts, finding)
    )


def _changes(before: list[str], now: list[str]) -> str:
    """The rows that are new and those that are gone, in words."""
    changes = [f"{row} is new" for row in now if row not in before] + [f"{row} is gone" for row in before if row not in now]
    return f"Since it was accepted: {'; '.join(changes)}." if changes else "Its rows are those that were accepted."
