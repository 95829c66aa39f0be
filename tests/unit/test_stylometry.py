"""Counts of the study by hand; formulas against published and hand-worked values; the table's minimums; other rules, and textstat beside ours."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from analysis.stylometry.comparison import compare_with_corpus
from analysis.stylometry.counts import (
    COUNT_COLUMNS,
)
from analysis.stylometry.diversity import hapax_share, mattr, mtld, mtld_factors
from analysis.stylometry.measures import (
    BY_FORMULA,
    COUNT_FORMULAS,
    DIVERSITY_FORMULAS,
    DRAWS,
    EASIER,
    MEASURES,
    VARIED,
    bootstrap_totals,
    measure_definitions,
    measure_table,
    measure_text,
    measures_below_minimum,
    percentile_interval,
    readability_scores,
    wide_table,
)
from analysis.stylometry.readability import (
    automated_readability,
    coleman_liau,
    dale_chall,
    flesch_kincaid_grade,
    flesch_reading_ease,
    gunning_fog,
    safe_divide,
    smog,
    words_per_sentence,
)
from analysis.stylometry.sensitivity import ease_sensitivity, score_sensitivity, sensitivity_ranges, signed, textstat_counts
from analysis.stylometry.syllables import use_dictionary
from tests.support.corpora import rows

# A made-up text of 2 sentences: 20 words, 90 letters, 92 characters, 30 syllables, 4 of 3 or more, 3 complex, 5 difficult.
N = SimpleNamespace(n_sentences=2, n_words=20, n_letters=90, n_characters=92, n_syllables=30, n_polysyllables=4, n_complex=3, n_difficult=5)
NOTHING = SimpleNamespace(**dict.fromkeys(vars(N), 0))


@pytest.mark.parametrize(
    ("formula", "by_hand"),
    [
        (words_per_sentence, 10),
        (flesch_reading_ease, 206.835 - 10.15 - 126.9),  # 10 words a sentence, 1.5 syllables a word
        (flesch_kincaid_grade, 3.9 + 17.7 - 15.59),
        (gunning_fog, 0.4 * (10 + 15)),  # 15 complex words in a hundred
        (smog, 3.1291 + 1.0430 * 7.745967),  # the root of 30 x 4 / 2 = 60
        (coleman_liau, 26.46 - 2.96 - 15.8),  # 450 letters and 10 sentences per 100 words
        (automated_readability, 21.666 + 5 - 21.43),  # 4.6 characters a word
        (dale_chall, 3.9475 + 0.496 + 3.6365),  # 25 difficult words in a hundred
    ],
)
def test_formulas_by_hand_and_undefined_without_words(formula, by_hand):
    assert formula(N) == pytest.approx(by_hand, abs=1e-4)
    assert np.isnan(formula(NOTHING))
    assert list(formula(pd.DataFrame([vars(N), vars(NOTHING)]))) == pytest.approx([by_hand, np.nan], abs=1e-4, nan_ok=True)


def test_a_share_of_nothing_is_undefined():
    assert list(safe_divide([1, 1, 0], [0, 2, 1])) == pytest.approx([np.nan, 0.5, 0], nan_ok=True)


def test_smog_of_a_perfect_square_gives_the_published_short_form():
    """McLaughlin 1969: count the polysyllables of 30 sentences, take the root of the nearest perfect square, add 3."""
    for polysyllables, grade in ((25, 8), (49, 10), (100, 13)):
        found = smog(SimpleNamespace(n_polysyllables=polysyllables, n_sentences=30))
        assert found == pytest.approx(grade, abs=0.6)


def test_every_formula_says_its_direction_and_runs_that_way():
    """From an easy text to a hard one every score moves as it says."""
    easy = SimpleNamespace(
        n_sentences=10, n_words=60, n_letters=220, n_characters=220, n_syllables=70, n_polysyllables=1, n_complex=1, n_difficult=2
    )
    hard = SimpleNamespace(
        n_sentences=2, n_words=60, n_letters=330, n_characters=330, n_syllables=110, n_polysyllables=14, n_complex=12, n_difficult=25
    )
    for measure in COUNT_FORMULAS.values():
        assert (measure.formula(hard) < measure.formula(easy)) == (measure.direction == EASIER)
    varied, repeated = [f"w{number}" for number in range(400)] * 2, ["a", "b", "c", "d"] * 200
    assert all(measure.formula(repeated) < measure.formula(varied) for measure in DIVERSITY_FORMULAS.values())
    assert {measure.direction for measure in DIVERSITY_FORMULAS.values()} == {VARIED}


def test_moving_average_type_token_ratio_by_hand():
    # Windows of three: a b a, b a c, a c c -> 2/3, 3/3, 2/3.
    assert mattr(["a", "b", "a", "c", "c"], 3) == pytest.approx((2 / 3 + 1 + 2 / 3) / 3)
    assert mattr(["a", "b", "a"], 3) == pytest.approx(2 / 3)
    assert np.isnan(mattr(["a", "b"], 3))


def test_mtld_on_the_example_of_its_authors():
    """McCarthy and Jarvis 2010, p. 384: the ratio falls to .667 at the second "people", which makes one factor; the rest stays at 1.

    Backward the ratio falls to .60 at the fifth word, one factor again: 9 words / 1 factor both ways.
    """
    assert mtld(["of", "the", "people", "by", "the", "people", "for", "the", "people"]) == 9
    assert np.isnan(mtld(["a", "b", "c"]))


def test_mtld_counts_the_rest_in_part():
    # a b a a: 1, 1, .667 -> a factor after three words; the rest, "a", has the ratio 1 and adds nothing. Backward: a a .5 -> a factor after
    # two; b a: 1. Then with one word more, "a b a a b b": forward a factor at 3 and one at "a b b" (.667); backward b b .5, a a .5, b a: 1.
    assert mtld(["a", "b", "a", "a"]) == 4
    assert mtld(["a", "b", "a", "a", "b", "b"]) == 3
    # Four different words and one again: .8 is above .72, so (1 - .8) / (1 - .72) of a factor both ways.
    assert mtld(["a", "b", "c", "d", "a"]) == pytest.approx(5 / (0.2 / 0.28))
    # Eighteen different words of 25 are the threshold itself, .72: a factor.
    assert mtld_factors([*(f"w{number}" for number in range(18)), *["w17"] * 7]) == 1


def test_hapax_share_counts_within_the_first_three_hundred_words():
    words = [f"w{number}" for number in range(150)] + ["again"] * 150
    assert hapax_share([*words, "w0", "w1"]) == 0.5
    assert hapax_share(words) == 0.5
    assert np.isnan(hapax_share(words[:299]))


# The table


def test_a_text_one_word_below_a_minimum_has_no_value_and_the_reason(study):
    table = measure_table(study).query("scope == 'all'")
    status = table.query(f"method == '{BY_FORMULA}'").set_index(["source_id", "measure"]).status
    assert status["brill1987", "Flesch Reading Ease"] == "ok"  # 100 words, as many as it needs
    assert status["cole1988", "Flesch Reading Ease"] == "n/a: 99 words, needs 100"
    assert status["cole1988", "MATTR 50"] == "ok"
    assert status["arden1987", "SMOG"] == "n/a: 10 sentences, needs 30"
    assert status["brill1987", "hapax share"] == "n/a: 100 words, needs 300"
    assert ((table.status == "ok") == table.value.notna()).all()
    assert table.low.isna().all()  # fewer than twenty sentences: no interval
    assert len(table) == 3 * (len(MEASURES) + len([measure for measure in MEASURES.values() if measure.textstat]))
    assert rows(measures_below_minimum(study).query("scope == 'all' and source_id != 'cole1988'"), "source_id", "measure") == [
        (source_id, measure) for source_id in ("arden1987", "brill1987") for measure in ("SMOG", "hapax share")
    ]


def test_intervals_need_twenty_sentences_and_hold_the_score():
    own = pd.DataFrame([vars(N)] * 30)[COUNT_COLUMNS]
    assert percentile_interval(flesch_reading_ease(bootstrap_totals(own))) == pytest.approx([69.785, 69.785])  # all alike
    assert bootstrap_totals(own.head(19)) is None
    drawn = bootstrap_totals(own.head(20))
    assert (len(drawn), set(drawn.n_sentences)) == (DRAWS, {40})
    assert percentile_interval(range(1001)) == (25, 975)


def test_a_long_text_has_intervals_around_its_scores_by_formula(study):
    use_dictionary(study)
    own = pd.DataFrame(
        [
            {**vars(N), "n_words": 10 + place, "n_polysyllables": place, "n_complex": place % 7, "sentence": "One two three. " * 2}
            for place in range(30)
        ]
    )
    found = [dict(zip(("measure", "value", "low", "high", "method"), (row[1], row[3], row[4], row[5], row[10]), strict=True))
             for row in measure_text("t", "all", own)]  # fmt: skip
    spread = {row["measure"]: row for row in found if not np.isnan(row["low"])}
    assert set(spread) == set(COUNT_FORMULAS)
    assert all(row["low"] < row["value"] < row["high"] and row["method"] == BY_FORMULA for row in spread.values())


def test_scores_for_readers(study):
    table = wide_table(study, BY_FORMULA).set_index("measure")
    assert table.loc["words per sentence"].to_list() == ["10.7", "10.0", "12.4"]
    assert table.loc["MATTR 100"].to_list()[1:] == ["0.75", "n/a"]
    assert list(table.index) == list(MEASURES)
    author = wide_table(study, BY_FORMULA, "author").set_index("measure")
    assert author.loc["words per sentence"].to_list() == ["10.5", "10.0", "11.7"]  # 63 / 6, 100 / 10, 70 / 6
    assert set(readability_scores(study).measure) == {"Flesch Reading Ease", "Coleman-Liau"}


def test_every_measure_is_defined_for_readers(study):
    table = measure_definitions(study).set_index("measure")
    assert list(table.index) == list(MEASURES)
    assert (table[["formula", "scale", "direction", "minimum"]] != "").all().all()
    assert table.loc["SMOG", ["formula", "minimum"]].to_list() == [
        "3.1291 + 1.0430 sqrt(30 n_polysyllables / n_sentences), in US school grades", "30 sentences"]  # fmt: skip


# Other rules


def test_each_other_rule_moves_only_what_it_can_move(study):
    table = score_sensitivity(study).set_index(["variation", "measure", "source_id"]).sort_index()
    by_stop = table.loc["every full stop ends a sentence", "words per sentence"].value
    assert by_stop["arden1987"] == pytest.approx((107 + 2) / (10 + 3))  # "1." "5", "U." "N." are words, and sentences end in them
    assert by_stop["brill1987"] == 10
    change = table.change
    assert change["raw file, not cleaned", "words per sentence", "brill1987"] == pytest.approx(106 / 11 - 10)
    assert change["without sentences that quote", "ARI", "brill1987"] == 0
    assert change["without sentences that quote", "words per sentence", "arden1987"] == pytest.approx(63 / 6 - 10.7)
    assert (change["syllables by groups of vowels", "ARI"] == 0).all()
    assert "cole1988" not in set(ease_sensitivity(study).source_id)  # below the minimum
    assert set(ease_sensitivity(study).measure) == {"Flesch Reading Ease"}


def test_ranges_of_changes_are_signed(study):
    table = sensitivity_ranges(study).set_index("variation")
    assert table.loc["raw file, not cleaned", "words per sentence"] == "−2.2 to −0.4"  # 112 / 11 - 99 / 8 in Cole; 106 / 11 - 10 in Brill
    assert [signed(number) for number in (0.04, -1.25, 2)] == ["+0.0", "−1.2", "+2.0"]


def test_textstat_counts_beside_ours(study):
    table = textstat_counts(study).set_index(["source_id", "count"])
    assert table.loc[("brill1987", "words"), ["by_reading", "textstat", "difference"]].to_list() == [100, 100, 0]
    assert table.loc[("arden1987", "sentences"), "by_reading"] == 10
    assert table.loc[("brill1987", "syllables"), "by_reading"] == 129
    assert np.allclose(table.difference, 100 * (table.textstat - table.by_reading) / table.by_reading)


def test_another_text_is_measured_without_any_count_by_hand(study):
    table = compare_with_corpus(study, ["One two three. Four five 6.", "Seven."], "another").set_index("text")
    assert table.loc["another", ["words", "sentences", "words per sentence"]].to_list() == [7, 3, 7 / 3]
    assert table.loc["another", "Flesch Reading Ease"] == pytest.approx(206.835 - 1.015 * 7 / 3 - 84.6 * 8 / 7)  # se-ven; a figure has one
    assert np.isnan(table.loc["another", "MATTR 50"])
    assert table.loc["Brill 1987", ["words", "sentences"]].to_list() == [100, 10]
