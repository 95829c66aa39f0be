"""What is wrong with the rows of the page for coding while they are made: their codes, and the checks that one row alone can fail."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from analysis.coding.annotations import CODINGS, DECLARED, Annotation
from analysis.coding.passes import person_codings, person_file
from analysis.corpus.loaded_terms import LOADED_LIST
from analysis.corpus.reader import Corpus
from analysis.corpus.schema import DECLARED_TABLES
from analysis.intake.declared import declared_rows, with_declared
from analysis.intake.values import code_problems, filled
from analysis.validation import coding_checks
from analysis.validation.document_checks import NAMES, document_problems

_CHECKS = (
    coding_checks.event_problems,
    coding_checks.verdict_problems,
    coding_checks.firmness_problems,
    coding_checks.unsourced_facts,
    coding_checks.loaded_problems,
    document_problems,
)

_ASKED = (
    "sources.csv",
    "zones.csv",
    "instruments.csv",
    "benchmark_events.csv",
    "codings/source_checks.csv",
    "firmness.csv",
    LOADED_LIST,
    NAMES,
)


def row_faults(corpus: Corpus, source_id: str, which: str, given: Sequence[Annotation]) -> dict[int, list[dict[str, str]]]:
    """What is wrong with each row of a reading: {row: [{column, message}]}; what needs the whole study is left to the check."""
    declared, _ = declared_rows(corpus, [filled(corpus, source_id, one) for one in given if one.coding in DECLARED])
    whole = with_declared(corpus, declared)
    found: dict[int, dict[str, str]] = defaultdict(dict)
    own: dict[str, list[Annotation]] = defaultdict(list)
    for bare in given:
        one = filled(corpus if bare.coding == "quotations" else whole, source_id, bare)  # their drafts are found once a Corpus
        for problem in code_problems(whole, one, ""):
            found[one.row].setdefault(problem.column or "quote", f"{problem.message.partition(' (at ')[0]}: {problem.remedy}")
        if one.coding in CODINGS:
            own[_table(corpus, source_id, which, one.coding)].append(one)
    others = {name: (table := whole.tables[name])[table.source_id != source_id] for name in ("codings/source_checks.csv", "firmness.csv")}
    tables = {name: _rows(corpus, name, source_id, rows, others.get(name)) for name, rows in own.items()}
    placed = {name: (table := whole.tables[name])[table.source_id == source_id] for name in ("sources.csv", "zones.csv")}
    asked = replace(
        whole,
        tables={name: whole.tables[name] for name in _ASKED} | placed | others | tables,
        raw={source_id: corpus.raw[source_id]},
    )
    for check in _CHECKS:
        for problem in check(asked):
            name = problem.file.partition("/")[2]
            if name in own and problem.row and problem.row - 2 < len(own[name]):
                said = f"{problem.message}: {problem.remedy}"
                found[own[name][problem.row - 2].row].setdefault(problem.column or "quote", said)
    return {row: [{"column": column, "message": message} for column, message in faults.items()] for row, faults in found.items()}


def _table(corpus: Corpus, source_id: str, which: str, coding: str) -> str:
    """The table that holds a row in the end."""
    twice = corpus.sources.set_index("source_id").coding[source_id] == "twice"
    if coding not in person_codings() or which == "adjudicated" or (which == "1" and not twice):
        return CODINGS[coding]
    return person_file(coding) if which == "person" else CODINGS[coding].replace(".csv", f".pass{which}.csv")


def _rows(corpus: Corpus, name: str, source_id: str, rows: list[Annotation], others: pd.DataFrame | None) -> pd.DataFrame:
    """A table of the rows, behind which those of other texts stand where a check needs them."""
    cells = [
        {"source_id": source_id, "passage_id": one.passage_id, "quote": one.quote, "start": one.start, "end": one.end, **one.codes}
        for one in rows
    ]
    made = pd.DataFrame(cells, columns=DECLARED_TABLES[name].names, dtype=object).fillna("")
    return made if others is None else pd.concat([made, others.astype(object)], ignore_index=True)
