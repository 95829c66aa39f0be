"""Krippendorff's alpha against published worked values; agreement of the passes against counts by hand."""

import numpy as np
import pandas as pd
import pytest

from analysis import reliability
from analysis.corpus import sentences
from analysis.reliability import agreement, alpha, alphas

# Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability" (repository.upenn.edu/asc_papers/43), examples A and B.
BINARY = ("0100000010", "1110010000", 0.095)
NOMINAL = ("aabbdcccedda", "babbbccceddd", 0.692)


@pytest.mark.parametrize(("first", "second", "published"), [BINARY, NOMINAL])
def test_alpha_equals_the_published_values(first, second, published):
    pairs = pd.DataFrame({"first": list(first), "second": list(second)})
    found = agreement(pairs)
    assert found["alpha"] == pytest.approx(published, abs=0.0005)
    assert found["n"] == len(first)
    assert found["low"] <= found["alpha"] <= found["high"]


def test_perfect_agreement_is_one_and_nothing_varying_is_undefined():
    assert agreement(pd.DataFrame({"first": list("abab"), "second": list("abab")}))["alpha"] == 1
    assert np.isnan(agreement(pd.DataFrame({"first": list("aaaa"), "second": list("aaaa")}))["alpha"])
    nothing = agreement(pd.DataFrame({"first": [], "second": []}))
    assert nothing.pop("n") == 0
    assert np.isnan(list(nothing.values())).all()


def test_on_an_ordinal_scale_a_near_miss_weighs_less():
    near, far = (np.array([[0, 0], [1, 1], [2, 2], [3, 3], [0, missed]]) for missed in (1, 3))
    assert alpha(near, "ordinal") > alpha(far, "ordinal")


@pytest.mark.parametrize("scale", ["nominal", "ordinal"])
@pytest.mark.parametrize(("n_units", "n_values"), [(1, 1), (1, 2), (2, 2), (7, 3), (40, 5), (90, 12)])
def test_many_samples_at_once_give_what_each_gives_alone(scale, n_units, n_values):
    chance = np.random.default_rng(n_units)
    codes = chance.integers(n_values, size=(n_units, 2))
    draws = chance.integers(n_units, size=(200, n_units))
    alone = [alpha(codes[draw], scale) for draw in draws]
    np.testing.assert_allclose(alphas(codes, draws, scale), alone, rtol=1e-12, atol=1e-12)


def test_the_interval_is_the_same_every_time():
    pairs = pd.DataFrame({"first": list(NOMINAL[0]), "second": list(NOMINAL[1])})
    assert agreement(pairs) == agreement(pairs)


def test_the_passes_are_compared_on_every_passage_and_dimension(texts):
    table = reliability.passes(texts).set_index(["table", "variable"])
    assert table.n["provisions", "described"] == 53 * 20
    assert table.n["provisions", "level of the cell"] == 5 * 20
    one, two = (texts.tables[f"codings/provisions.pass{number}.csv"] for number in (1, 2))
    cells = [set(zip(coded.passage_id, coded.dimension, strict=True)) for coded in (one, two)]
    assert table.agreement["provisions", "described"] == pytest.approx(1 - len(cells[0] ^ cells[1]) / 1060)
    assert table.n["provisions", "holder"] == len(cells[0] & cells[1])
    assert table.kind.str.contains("stability").all()


def test_judgements_and_functions_are_compared_on_every_passage(texts):
    table = reliability.passes(texts).set_index(["table", "variable"])
    assert table.n["responsibility", "credited or blamed"] == 53 * 7 * 2
    assert table.n["frames", "performed"] == 53 * 4
    for name, by, variable in (("responsibility", ["actor", "valence"], "credited or blamed"), ("frames", ["function"], "performed")):
        one, two = (texts.tables[f"codings/{name}.pass{number}.csv"] for number in (1, 2))
        cells = [set(coded[["passage_id", *by]].itertuples(index=False, name=None)) for coded in (one, two)]
        assert table.agreement[name, variable] == pytest.approx(1 - len(cells[0] ^ cells[1]) / table.n[name, variable])
        assert table.n[name, "voice"] == len(cells[0] & cells[1])


def test_events_and_claims_are_compared(texts):
    table = reliability.passes(texts).set_index(["table", "variable"])
    assert table.n["claims", "stated"] == 148
    one, two = (texts.tables[f"codings/events.pass{number}.csv"] for number in (1, 2))
    cells = [set(zip(coded.passage_id, coded.event_id, strict=True)) for coded in (one, two)]
    assert table.n["events", "date"] == len(cells[0] & cells[1])
    assert table.n["events", "mentioned"] == 53 * len({*one.event_id, *two.event_id})


def test_every_variable_is_compared_once_and_as_counted(texts):
    table = reliability.passes(texts)
    assert list(zip(table.table, table.variable, strict=True)) == [
        ("provisions", "described"), ("provisions", "level of the cell"), ("provisions", "level"), ("provisions", "holder"),
        ("provisions", "document"), ("provisions", "voice"), ("guarantors", "named"), ("responsibility", "credited or blamed"),
        ("responsibility", "matter"), ("responsibility", "voice"), ("frames", "performed"), ("frames", "voice"),
        ("events", "mentioned"), ("events", "date"), ("events", "date_basis"), ("claims", "stated"),
    ]  # fmt: skip
    one, two = (texts.tables[f"codings/claims.pass{number}.csv"] for number in (1, 2))
    same = [
        ((one.source_id == s.source_id) & (one.start < s.end) & (s.start < one.end)).any()
        == ((two.source_id == s.source_id) & (two.start < s.end) & (s.start < two.end)).any()
        for s in sentences(texts).itertuples()
    ]
    assert table.agreement.iloc[-1] == pytest.approx(sum(same) / 148)
    assert table.agreement.iloc[-1] < 1
    first, second = (texts.tables[f"codings/guarantors.pass{number}.csv"] for number in (1, 2))
    planted = pd.concat([second, second.head(1).assign(guarantor="Atlantis")])
    spoiled = type(texts)(texts.path, texts.tables | {"codings/guarantors.pass2.csv": planted}, texts.raw)
    assert reliability.guarantor_pairs(spoiled)[0][2].shape[0] == 45 * (len({*first.guarantor, *second.guarantor}) + 1)  # not Observer 2023


def test_several_values_of_a_unit_are_one_label_and_the_highest_level_counts():
    coded = pd.DataFrame({"source_id": "t", "passage_id": "t-p01", "dimension": "D01", "level": ["mentioned", "agreed"]})
    labels = reliability.values(coded, coded.head(1), ["passage_id", "dimension"], "level")
    assert labels.to_numpy().tolist() == [["agreed + mentioned", "mentioned"]]
    assert reliability.highest(coded).item() == 3


def test_a_planted_disagreement_lowers_alpha(texts):
    spoiled = texts.tables["codings/provisions.pass2.csv"].assign(level="mentioned")
    tables = texts.tables | {"codings/provisions.pass2.csv": spoiled}
    other = type(texts)(texts.path, tables, texts.raw)
    before, after = (reliability.passes(corpus).set_index(["table", "variable"]).alpha["provisions", "level"] for corpus in (texts, other))
    assert after < before
