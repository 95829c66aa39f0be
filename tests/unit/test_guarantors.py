"""Who counts as a guarantor: states and bodies that are proposed, and nobody else."""

import pytest

from analysis.coding.guarantees import guarantor_groups, guarantor_overlap, guarantor_sets
from tests.support.small import study

RAW = "Ann, Bob and Cy shall keep the peace."


@pytest.mark.parametrize("role", ["proposed", "refusing", "earlier"])
@pytest.mark.parametrize("kind", ["state", "body", "group"])
def test_only_proposed_states_and_bodies_are_guarantors(role, kind):
    named = [
        {"quote": "Ann", "guarantor": "Ann", "kind": "state", "role": "proposed"},
        {"quote": "Bob", "guarantor": "Bob", "kind": kind, "role": role},
    ]
    plan = [{"instrument": "plan2022", "guarantor": name} for name in ("Ann", "Cy")] + [
        {"instrument": "nato1949", "guarantor": "Dee"}
    ]
    texts = study({"a": RAW, "b": RAW}, guarantors=named, instrument_guarantors=plan)
    table = guarantor_sets(texts)
    counts = role == "proposed" and kind != "group"
    assert {name: set(table.index[table[name]]) for name in table} == {
        "plan2022": {"Ann", "Cy"}, "a": {"Ann", "Bob"} if counts else {"Ann"}, "b": set()}  # fmt: skip
    assert table.index[0] == "Ann"  # whom most name
    overlap = guarantor_overlap(texts).set_index("source_id")
    assert tuple(overlap.loc["a"]) == (1 + counts, 1, int(counts), 1)
    assert tuple(overlap.loc["b"]) == (0, 0, 0, 2)
    groups = guarantor_groups(texts).to_dict("records")
    assert groups == ([{"source_id": "a", "group": "Bob", "role": role, "paragraphs": "1"}] if kind == "group" else [])
