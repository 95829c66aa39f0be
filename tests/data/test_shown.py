"""What the chapters Evidence, Codebook and Findings show, row by row: they offer no CSV that could be held against anything.

After a wanted change, and once a further text has its rows in facts.csv: `python -m pytest tests/data/test_shown.py --snapshot-update`, then read the difference as a reader would.
"""

import pytest

from analysis.coding.multiverse import evidence_rows, one_change
from analysis.coding.sureness import hinges
from analysis.corpus.spans import coded_spans, span_id
from tests.support.facts import KNOWN


@pytest.mark.parametrize("source_id", KNOWN)
def test_readers_see_the_spans_that_they_saw(texts, snapshot, source_id):
    """Each span of a text by its place, which the digest of the text pins to its words; whose it is; what rests on it, a line each."""
    table = coded_spans(texts).query("source_id == @source_id")
    assert in_lines(table[["anchor", "whose", "supports"]].explode("supports")) == snapshot


def in_lines(table):
    assert len(table) > 5
    return table.to_csv(index=False, sep="|", lineterminator="\n")


def codebook(texts):
    return texts.tables["codebook.csv"].drop(
        columns=[column for column in texts.tables["codebook.csv"] if column.startswith(("pax", "pam"))]
    )


def values(texts):
    return texts.tables["codebook_values.csv"]


def findings(texts):
    rows = one_change(texts).merge(texts.tables["findings.csv"], on="finding")
    rests = [
        ", ".join(span_id(row.passage_id, row.start, row.end) for row in evidence_rows(texts, name).itertuples()) for name in rows.finding
    ]
    return rows.assign(hinges=[hinges(texts, name) for name in rows.finding], rests_on=rests)


@pytest.mark.parametrize("shown", [codebook, values, findings])
def test_readers_see_what_they_saw(told, snapshot, shown):
    assert in_lines(shown(told)) == snapshot
