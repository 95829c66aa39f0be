"""Explanations of why the talks stopped: against the rows of the study, worked out by reading them."""

import pandas as pd

from analysis.coding.explanations import explanations_by_text, explanations_in_record, told_explanations
from tests.support.corpora import rows, with_table

EXPLANATIONS = "explanations.csv"


def test_each_text_tells_hints_or_does_not_mention_it(study):
    table = explanations_by_text(study)
    assert rows(table, "explanation", "Arden 1987", "Brill 1987", "Cole 1988") == [
        ("Orlo broke them off", "absent", "absent", "tells"),
        ("Vesk left first", "absent", "hints", "absent"),
    ]


def test_a_text_that_hints_and_tells_tells(study):
    given = study.tables[EXPLANATIONS]
    both = pd.concat([given, given.query("stance == 'tells'").assign(stance="hints")], ignore_index=True)
    assert explanations_by_text(with_table(study, EXPLANATIONS, both))["Cole 1988"].to_list() == ["tells", "absent"]


def test_texts_stand_in_the_order_of_explanations_and_publication(study):
    turned = with_table(study, EXPLANATIONS, study.tables[EXPLANATIONS].iloc[[0, 2, 1]])
    assert list(told_explanations(turned).source_id) == ["cole1988", "brill1987"]  # the first explanation comes first
    assert list(told_explanations(study).quote) == ["Orlo broke the talks", "the premier of Vesk left the talks"]


def test_the_record_has_its_references_by_name(study):
    assert rows(explanations_in_record(study), "explanation", "stance", "by", "date", "reference", "grade") == [
        ("Orlo broke them off", "advances", "Sund Herald", "1987-05-01", "Sund Herald 1987", "B")
    ]
