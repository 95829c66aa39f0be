"""Weighted log-odds against hand-worked examples; whose words count; the filters."""

from math import log, sqrt

import numpy as np
import pandas as pd
import pytest

from analysis.stylometry.keyness import author_words, keyness_table, log_odds, prior_sensitivity, top_keywords
from tests.support.corpora import rows, with_table


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


@pytest.mark.parametrize(("y", "y_rest"), [([0, 0], [1, 2]), ([1, 2], [0, 0])])
def test_without_words_on_either_side_the_ratio_is_undefined(y, y_rest):
    assert np.isnan(log_odds(y, y_rest, [1, 1])).all()


# The authors' words, counted by reading: 107 - 17 quoted, 100, 99 - 9 quoted. "the" stands 8, 12 and 8 times in them; a prior of 500 words
# holds 500 x 28 / 280 = 50 of it. "no" stands ten times in Cole, three, three and four in its paragraphs, and once more in a quotation.
WORDS = {"arden1987": 90, "brill1987": 100, "cole1988": 90}


def test_words_of_quoted_speakers_and_possessives_do_not_count(study):
    table = author_words(study)
    assert table.groupby("source_id").size().to_dict() == WORDS
    spoken = {"deal", "pay", "ask", "ten", "consult"}
    assert not spoken & set(table.word[table.source_id == "arden1987"])
    assert {"reef", "war"} <= set(table.word[table.source_id == "cole1988"])  # a word set apart lets nobody speak
    raw = study.raw | {"arden1987": study.raw["arden1987"].replace("Orlo wants", "Orlo’s ants")}
    assert "orlo" in set(author_words(type(study)(study.path, study.tables, raw)).word)
    assert "orlo's" not in set(author_words(type(study)(study.path, study.tables, raw)).word)


@pytest.mark.parametrize(
    ("first", "last", "counts"),
    [
        (0, 0, []),  # the words "Lanne harbour" are quoted to their ends
        (1, 0, ["lanne"]),  # part of a word is not quoted: the word is the author's
        (0, -1, ["harbour"]),
    ],
)
def test_a_word_counts_as_quoted_only_if_all_of_it_is(study, first, last, counts):
    start = study.raw["arden1987"].index("Lanne harbour.")
    row = study.tables["codings/quotations.csv"].head(1).assign(start=start + first, end=start + len("Lanne harbour") + last, quote="x")
    other = with_table(study, "codings/quotations.csv", pd.concat([study.tables["codings/quotations.csv"], row]))
    own = author_words(other).query("passage_id == 'arden1987-p01'").word
    assert [word for word in ("lanne", "harbour") if word in set(own)] == counts


@pytest.mark.parametrize(
    ("source_id", "word", "n", "n_rest", "a"),
    [
        ("brill1987", "the", 12, 16, 50),
        ("arden1987", "the", 8, 20, 50),
        ("arden1987", "sund", 3, 3, 500 * 6 / 280),
        ("cole1988", "no", 10, 0, 500 * 10 / 280),
    ],
)
def test_the_ratio_of_a_word_is_that_of_the_formula(study, source_id, word, n, n_rest, a):
    (row,) = keyness_table(study).query("source_id == @source_id and word == @word and prior == 500").itertuples()
    whole = WORDS[source_id] + 500
    rest = 280 - WORDS[source_id] + 500
    delta = log((n + a) / (whole - n - a)) - log((n_rest + a) / (rest - n_rest - a))
    error = sqrt(1 / (n + a) + 1 / (n_rest + a))
    assert (row.n, row.n_rest) == (n, n_rest)
    assert row[5:9] == pytest.approx((delta, delta / error, delta - 1.96 * error, delta + 1.96 * error))


def test_only_words_in_three_paragraphs_of_a_text_are_listed_at_each_prior(study):
    """Vesk, on and a stand in three paragraphs of Arden or Cole only with quoted words."""
    listed = keyness_table(study)
    own = {("arden1987", "the"), ("arden1987", "sund"), ("brill1987", "the"), ("cole1988", "the"), ("cole1988", "no")}
    assert {prior: set(rows(table, "source_id", "word")) for prior, table in listed.groupby("prior")} == {100: own, 500: own, 1000: own}
    assert rows(listed.head(2), "source_id", "prior", "word") == [("arden1987", 100, "sund"), ("arden1987", 100, "the")]


def test_the_first_words_lie_above_zero_and_a_larger_prior_lets_none(study):
    assert rows(top_keywords(study), "source_id", "word") == [("cole1988", "no")]
    assert top_keywords(study, n=0).empty
    assert top_keywords(study, prior=1000).empty
    assert rows(prior_sensitivity(study), "source_id", "n", "stay", "words") == [
        ("arden1987", 0, 0, ""), ("brill1987", 0, 0, ""), ("cole1988", 1, 0, "")]  # fmt: skip


def test_a_word_that_one_text_alone_repeats_stays_at_every_prior(study):
    """With another word in place of "the", in 20 copies, Brill sets itself apart whatever the prior."""
    body = study.raw["brill1987"][35:].replace("the ", "zzz " * 20)
    raw = study.raw | {"brill1987": study.raw["brill1987"][:35] + body}
    zones = study.zones.assign(end=study.zones.end.where(study.zones.end != 584, 35 + len(body)))
    other = type(study)(study.path, with_table(study, "zones.csv", zones).tables, raw)
    assert top_keywords(other).query("source_id == 'brill1987'").word.iloc[0] == "zzz"
    assert prior_sensitivity(other).set_index("source_id").loc["brill1987"].to_list() == [1, 1, "zzz"]
