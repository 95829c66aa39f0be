"""Krippendorff's alpha against published worked values; agreement of the passes over the study against counts by hand."""

import numpy as np
import pandas as pd
import pytest

from analysis.coding.reliability import (
    STABILITY,
    VARIABLE_LABELS,
    adjudications,
    agreement_for_readers,
    agreement_table,
    claim_pairs,
    highest_level,
    krippendorff_alpha,
    percent_agreement,
    value_pairs,
)
from tests.support.corpora import rows

# Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability" (repository.upenn.edu/asc_papers/43), examples A and B.
BINARY = ("0100000010", "1110010000", 0.095)
NOMINAL = ("aabbdcccedda", "babbbccceddd", 0.692)


@pytest.mark.parametrize(("first", "second", "published"), [BINARY, NOMINAL])
def test_alpha_equals_the_published_values(first, second, published):
    pairs = pd.DataFrame({"first": list(first), "second": list(second)})
    found = percent_agreement(pairs)
    assert found["alpha"] == pytest.approx(published, abs=0.0005)
    assert found["n"] == len(first)
    assert found["agreement"] == sum(one == other for one, other in zip(first, second, strict=True)) / len(first)


def test_perfect_agreement_is_one_and_nothing_varying_is_undefined():
    assert percent_agreement(pd.DataFrame({"first": list("abab"), "second": list("abab")}))["alpha"] == 1
    assert np.isnan(percent_agreement(pd.DataFrame({"first": list("aaaa"), "second": list("aaaa")}))["alpha"])
    nothing = percent_agreement(pd.DataFrame({"first": [], "second": []}))
    assert nothing.pop("n") == 0
    assert np.isnan(list(nothing.values())).all()


def test_on_an_ordinal_scale_a_near_miss_weighs_less():
    near, far = (np.array([[0, 0], [1, 1], [2, 2], [3, 3], [0, missed]]) for missed in (1, 3))
    assert krippendorff_alpha(near, "ordinal") > krippendorff_alpha(far, "ordinal")


def nominal(disagreements, *counts):
    """Alpha of two coders from how often each value was given, by either.

    1 - (N - 1) x disagreements / the sum of the products of the counts of two different values; N is the number of values given.
    """
    given = sum(counts)
    different = (given**2 - sum(n**2 for n in counts)) / 2
    return 1 - (given - 1) * disagreements / different


# Two texts, Arden and Brill, were coded in both passes: seven passages, twenty sentences. For each variable the units, those on which the
# passes agree, and the counts of each value over both passes: of 0 (no row) and 1 first.
BY_HAND = {
    ("provisions", "described"): (7 * 6, 41, [84 - 21, 11 + 10]),  # pass 2 lacks one of eleven
    ("provisions", "level"): (10, 9, [1, 4 + 4, 5 + 6]),  # agreed, proposed, mentioned
    ("provisions", "holder"): (10, 9, [2 + 3, 2, 4, 5 + 4]),  # both, Vesk, Orlo, author
    ("provisions", "document"): (10, 10, [4, 2, 14]),
    ("provisions", "voice"): (10, 10, [8, 12]),
    ("guarantors", "named"): (7 * 3, 20, [42 - 9, 5 + 4]),  # Norrland, Sund Council, the neighbours
    ("responsibility", "credited or blamed"): (7 * 5 * 2, 68, [140 - 10, 5 + 5]),  # five actors, two valences
    ("responsibility", "matter"): (4, 3, [2, 2, 1, 1, 2]),  # blockade; blockade + talks; terms against conduct; talks
    ("frames", "performed"): (7 * 4, 27, [56 - 11, 6 + 5]),
    ("frames", "voice"): (5, 4, [5 + 4, 0 + 1]),  # author, Ada Finn
    ("events", "mentioned"): (7 * 5, 34, [70 - 13, 6 + 7]),  # five events in either pass
    ("events", "date"): (6, 6, [2, 2, 2, 2, 2, 2]),
    ("events", "date_basis"): (6, 5, [3 + 2, 2 + 2, 1 + 2]),  # relative, stated, inferred
    ("claims", "stated"): (20, 19, [40 - 11, 6 + 5]),
}


@pytest.mark.parametrize("variable", BY_HAND, ids=" ".join)
def test_agreement_of_the_passes_is_as_counted_by_hand(study, variable):
    units, same, counts = BY_HAND[variable]
    found = agreement_table(study).set_index(["table", "variable"]).loc[variable]
    assert (found.n, found.agreement) == (units, pytest.approx(same / units))
    assert sum(counts) == 2 * units
    assert found.alpha == pytest.approx(nominal(units - same, *counts))


def test_every_variable_is_compared_once_and_all_say_what_they_measure(study):
    table = agreement_table(study)
    rest = {("provisions", "level of the cell"), ("responsibility", "voice")}
    assert set(rows(table, "table", "variable")) == set(BY_HAND) | rest
    assert len(table) == len(BY_HAND) + len(rest)
    assert set(table.kind) == {STABILITY}
    other = table.set_index(["table", "variable"])
    assert other.loc[("responsibility", "voice"), ["n", "agreement"]].to_list() == [4, 1]  # always the author's
    assert np.isnan(other.alpha["responsibility", "voice"])


def test_levels_of_cells_are_ordinal_and_the_highest_counts(study):
    """Twelve cells of two texts; they differ in K1 of Arden: agreed (3) against mentioned (1). The others are 2, 2, 2, 0, 0 and 1, 1, 1, 1, 1, 0.

    By either pass 0 was given 6 times, 1 eleven, 2 six, 3 once. The ordinal distance of two values is the number of values given from the one
    to the other, half of the two ends taken off: 1 to 3 is 11/2 + 6 + 1/2 = 12.
    """
    counts = [6, 11, 6, 1]
    distance = {(a, b): (sum(counts[a : b + 1]) - (counts[a] + counts[b]) / 2) ** 2 for a in range(4) for b in range(a + 1, 4)}
    expected = sum(distance[pair] * counts[pair[0]] * counts[pair[1]] for pair in distance)
    found = agreement_table(study).set_index(["table", "variable"]).loc[("provisions", "level of the cell")]
    assert (found.n, found.agreement) == (12, pytest.approx(11 / 12))
    assert found.alpha == pytest.approx(1 - 23 * distance[1, 3] / expected)


def test_texts_that_one_pass_lacks_do_not_count(study):
    """Cole is in the first pass only; with its row in the second, its passages and sentences count."""
    one, two = (study.tables[f"codings/claims.pass{number}.csv"] for number in (1, 2))
    more = pd.concat([two, one.query("source_id == 'cole1988'").head(1)])
    (_, _, pairs, _) = claim_pairs(study, one, more)[0]
    assert len(pairs) == 20 + 8
    assert (pairs["first"] != pairs.second).sum() == 1 + 4  # Cole's other four claims stand in four other sentences


@pytest.mark.parametrize(("first", "last", "hits"), [(0, 0, 1), (0, 1, 1), (0, 2, 2), (-1, 1, 2), (-1, 2, 3), (0, -3, 1)])
def test_a_claim_is_stated_in_each_sentence_that_it_overlaps(study, first, last, hits):
    """A claim on the second sentence of Cole's third paragraph, longer at its ends: two characters before it the sentence before ends, one after it is a space."""
    start, end = (study.raw["cole1988"].index(words) + plus for words, plus in (("The blockade began", 0), ("talks failed.", 13)))
    claims = pd.DataFrame([{"source_id": "cole1988", "start": start + 2 * first, "end": end + last}])
    (_, _, pairs, _) = claim_pairs(study, claims, claims)[0]
    assert pairs["first"].sum() == hits


def test_several_values_of_a_unit_are_one_label_and_the_highest_level_counts():
    coded = pd.DataFrame({"source_id": "t", "passage_id": "t-p01", "dimension": "K1", "level": ["mentioned", "agreed"]})
    labels = value_pairs(coded, coded.head(1), ["passage_id", "dimension"], "level")
    assert labels.to_numpy().tolist() == [["agreed + mentioned", "mentioned"]]
    assert highest_level(coded).item() == 3


def test_resolutions_are_the_rows_on_which_the_passes_differed(study):
    table = adjudications(study)
    assert rows(table, "passage_id", "dimension") == [("arden1987-p02", "K3"), ("brill1987-p03", "K4")]
    assert list(table.columns) == ["source_id", "passage_id", "dimension", "position", "resolution"]
    assert {name: len(adjudications(study, name)) for name in VARIABLE_LABELS} == {
        "provisions": 2, "responsibility": 3, "frames": 2, "events": 2, "claims": 1}  # fmt: skip


def test_agreement_for_readers_has_two_decimals(study):
    table = agreement_for_readers(study)
    assert rows(table.head(1), "table", "variable", "n", "agreement", "alpha") == [("provisions", "described", 42, "0.98", "0.94")]
