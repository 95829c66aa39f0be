"""Weighted log-odds against a hand-worked example; the filters; whose words count."""

import numpy as np
import pytest

from analysis import keyness
from analysis.keyness import log_odds


def test_log_odds_by_hand():
    """Two words, a and b: 6 and 4 times in a text of 10 words, 2 and 18 times in the rest of 20; prior 1 and 1.

    a: ln[(6+1)/(10+2-6-1)] - ln[(2+1)/(20+2-2-1)] = ln(7/5) - ln(3/19) = 0.3365 + 1.8458 = 2.1823; its error is the root of
    1/7 + 1/3 = 0.6901. b is the mirror of a: ln(5/7) - ln(19/3) = -2.1823, its error the root of 1/5 + 1/19 = 0.5026.
    """
    delta, error = log_odds([6, 4], [2, 18], [1, 1])
    assert list(delta) == pytest.approx([2.1823, -2.1823], abs=1e-4)
    assert list(error) == pytest.approx([0.6901, 0.5026], abs=1e-4)


def test_equal_use_gives_zero_and_a_larger_prior_pulls_towards_it():
    assert log_odds([3, 7], [30, 70], [3, 7])[0] == pytest.approx([0, 0])
    weak, strong = (abs(log_odds([6, 4], [2, 18], [size, size])[0][0]) for size in (1, 100))
    assert 0 < strong < weak


def test_without_words_the_ratio_is_undefined():
    assert np.isnan(log_odds([0, 0], [1, 2], [1, 1])).all()


def test_words_of_quoted_speakers_do_not_count(texts):
    table = keyness.author_words(texts)
    decamp = set(table.word[table.source_id == "decamp2022"])
    assert "rigid" not in decamp  # Podolyak's
    assert {"said", "podolyak"} <= decamp
    assert "ukraine's" not in set(table.word)


def test_only_words_in_three_paragraphs_are_listed(texts):
    own, listed = keyness.author_words(texts), keyness.keyness(texts)
    spread = own.groupby(["source_id", "word"]).passage_id.nunique()
    assert all(spread[row.source_id, row.word] >= 3 for row in listed.itertuples())
    assert set(listed.prior) == {100, 500, 1000}
    n = own.groupby(["source_id", "word"]).size()
    assert all(n[row.source_id, row.word] == row.n for row in listed.itertuples())


def test_counts_and_priors_are_those_of_the_words(texts):
    own, table = keyness.author_words(texts), keyness.keyness(texts)
    every = own.word.value_counts()
    assert all(row.n + row.n_rest == every[row.word] for row in table.itertuples())
    row = table.query("source_id == 'decamp2022' and word == 'said' and prior == 500").iloc[0]
    n, whole = (own.source_id == "decamp2022").sum(), len(own)
    a = 500 * every["said"] / whole
    by_hand = np.log((row.n + a) / (n + 500 - row.n - a)) - np.log((row.n_rest + a) / (whole - n + 500 - row.n_rest - a))
    assert row.log_odds == pytest.approx(by_hand)
    assert (own.source_id == "charap2022").sum() == 305  # nothing is quoted there
    stays = keyness.prior_sensitivity(texts).set_index("source_id")
    tops = [set(keyness.top(texts, 5, a0).query("source_id == 'observer2023'").word) for a0 in keyness.PRIORS]
    assert set(stays.words["observer2023"].split(", ")) == set.intersection(*tops)


def test_ranges_are_two_errors_wide_and_the_first_words_lie_above_zero(texts):
    table = keyness.keyness(texts)
    assert np.allclose((table.high - table.low) / 2, 1.96 * table.log_odds / table.z)
    first = keyness.top(texts, 5)
    assert (first.low > 0).all()
    assert (first.groupby("source_id").size() <= 5).all()
    assert first.groupby("source_id").z.apply(lambda z: z.is_monotonic_decreasing).all()


def test_a_word_that_one_text_alone_repeats_comes_first(texts):
    raw = dict(texts.raw)
    own = texts.zones.query("source_id == 'observer2023' and zone == 'body'").iloc[0]
    raw["observer2023"] = (
        raw["observer2023"][: own.start]
        + raw["observer2023"][own.start : own.end].replace(" the ", " zzz ")
        + raw["observer2023"][own.end :]
    )
    changed = type(texts)(texts.path, texts.tables | {"codings/quotations.csv": texts.tables["codings/quotations.csv"].head(0)}, raw)
    assert keyness.top(changed).query("source_id == 'observer2023'").word.iloc[0] == "zzz"
