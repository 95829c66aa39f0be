"""What the chapters Evidence, Codebook and Findings show, row by row: they offer no CSV that could be held against anything.

After a wanted change: `python -m pytest tests/data/test_shown.py --snapshot-update`, then read the difference as a reader would.
"""

import pandas as pd
import pytest

from analysis.coding.multiverse import evidence_rows, one_change
from analysis.coding.sureness import hinges
from analysis.corpus.spans import coded_spans, span_id


def spans(texts):
    """Each span by its place, which the digest of the text pins to its words; whose it is; what rests on it, a line each."""
    table = coded_spans(texts)
    return table[["anchor", "whose", "supports"]].explode("supports")


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


@pytest.mark.parametrize("shown", [spans, codebook, values, findings])
def test_readers_see_what_they_saw(texts, snapshot, shown):
    table = pd.DataFrame(shown(texts))
    assert len(table) > 5
    assert table.to_csv(index=False, sep="|", lineterminator="\n") == snapshot
