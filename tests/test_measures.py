"""Counts against counts by hand; formulas against published and hand-worked values; the table's gates; textstat beside it."""

import re
from collections import Counter
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from analysis import measures
from analysis.corpus import DATA
from analysis.measures import COUNTS, MEASURES, mattr, mtld, scoped_sentences, sentence_counts
from analysis.pronunciation import by_hand
from book.notebooks import ROOT

# A made-up text of 2 sentences: 20 words, 90 letters, 92 characters, 30 syllables, 4 of 3 or more, 3 complex, 5 difficult.
N = SimpleNamespace(n_sentences=2, n_words=20, n_letters=90, n_characters=92, n_syllables=30, n_polysyllables=4, n_complex=3, n_difficult=5)
NOTHING = SimpleNamespace(**dict.fromkeys(vars(N), 0))


@pytest.mark.parametrize(
    ("formula", "by_hand"),
    [
        (measures.words_per_sentence, 10),
        (measures.flesch_reading_ease, 206.835 - 10.15 - 126.9),  # 10 words a sentence, 1.5 syllables a word
        (measures.flesch_kincaid_grade, 3.9 + 17.7 - 15.59),
        (measures.gunning_fog, 0.4 * (10 + 15)),  # 15 complex words in a hundred
        (measures.smog, 3.1291 + 1.0430 * 7.745967),  # the root of 30 x 4 / 2 = 60
        (measures.coleman_liau, 26.46 - 2.96 - 15.8),  # 450 letters and 10 sentences per 100 words
        (measures.automated_readability, 21.666 + 5 - 21.43),  # 4.6 characters a word
        (measures.dale_chall, 3.9475 + 0.496 + 3.6365),  # 25 difficult words in a hundred
    ],
)
def test_formulas_by_hand_and_undefined_without_words(formula, by_hand):
    assert formula(N) == pytest.approx(by_hand, abs=1e-4)
    assert np.isnan(formula(NOTHING))
    assert list(formula(pd.DataFrame([vars(N), vars(NOTHING)]))) == pytest.approx([by_hand, np.nan], abs=1e-4, nan_ok=True)


def test_smog_of_a_perfect_square_gives_the_published_short_form():
    """McLaughlin 1969: count the polysyllables of 30 sentences, take the root of the nearest perfect square, add 3."""
    for polysyllables, grade in ((25, 8), (49, 10), (100, 13)):
        found = measures.smog(SimpleNamespace(n_polysyllables=polysyllables, n_sentences=30))
        assert found == pytest.approx(grade, abs=0.6)


def test_every_formula_says_its_direction_and_runs_that_way():
    """From an easy text to a hard one every score moves as its docstring says."""
    easy = SimpleNamespace(
        n_sentences=10, n_words=60, n_letters=220, n_characters=220, n_syllables=70, n_polysyllables=1, n_complex=1, n_difficult=2
    )
    hard = SimpleNamespace(
        n_sentences=2, n_words=60, n_letters=330, n_characters=330, n_syllables=110, n_polysyllables=14, n_complex=12, n_difficult=25
    )
    for measure in measures.ON_COUNTS.values():
        falls = measure.formula(hard) < measure.formula(easy)
        assert ("Higher means easier" in measure.formula.__doc__) == falls == (measure.direction == measures.EASIER)
    varied, repeated = [f"w{number}" for number in range(400)] * 2, ["a", "b", "c", "d"] * 200
    assert all(measure.formula(repeated) < measure.formula(varied) for measure in measures.ON_WORDS.values())


def test_moving_average_type_token_ratio_by_hand():
    # Windows of three: a b a, b a c, a c c -> 2/3, 3/3, 2/3.
    assert mattr(["a", "b", "a", "c", "c"], 3) == pytest.approx((2 / 3 + 1 + 2 / 3) / 3)
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


def test_hapax_share_counts_within_the_first_three_hundred_words():
    words = [f"w{number}" for number in range(150)] + ["again"] * 150
    assert measures.hapax_share([*words, "w0", "w1"]) == 0.5
    assert np.isnan(measures.hapax_share(words[:299]))


@pytest.fixture(scope="module")
def totals(texts):
    return sentence_counts(texts, scoped_sentences(texts)).groupby("source_id")[COUNTS].sum()


@pytest.fixture(scope="module")
def golden(texts):
    """Counts made without the code under test: words and sentences of tests/golden, syllables word by word from the hand table."""
    counts = pd.read_csv(ROOT / "tests/golden/counts.csv")
    counts["source_id"] = counts.passage_id.str.partition("-")[0]
    golden = counts.groupby("source_id")[["sentences", "words"]].sum()
    hand, rows = pd.read_csv(DATA / "syllables.csv", dtype=str, keep_default_na=False).set_index("word").hand, {}
    for source_id, raw in texts.raw.items():
        zones = texts.zones.query("source_id == @source_id and zone == 'body'")
        body = "\n".join(raw[zone.start : zone.end] for zone in zones.itertuples())
        found = Counter(re.findall(r"(?:[A-Za-z]{1,2}\.){2,}|\w+(?:[-’'](?=\w)\w+|(?<=\d),(?=\d)\w+)*", body))
        types = Counter({word.lower().replace("’", "'"): 0 for word in found})
        for word, n in found.items():
            types[word.lower().replace("’", "'")] += n
        letters = sum(n * sum(c.isalpha() for c in word) for word, n in types.items())
        digits = sum(n * sum(c.isdigit() for c in word) for word, n in types.items())
        rows[source_id] = {
            "letters": letters,
            "characters": letters + digits,
            "syllables": sum(int(hand[word]) * n for word, n in types.items()),
            "long": sum(n for word, n in types.items() if int(hand[word]) >= 3),
        }
    return golden.join(pd.DataFrame(rows).T)


def test_counts_equal_the_counts_by_hand(totals, golden):
    for ours, hand in (("n_words", "words"), ("n_sentences", "sentences"), ("n_letters", "letters"), ("n_characters", "characters"),
                       ("n_syllables", "syllables"), ("n_polysyllables", "long")):  # fmt: skip
        assert totals[ours].to_dict() == golden[hand].to_dict(), ours


def test_scores_equal_a_hand_computation_to_two_decimals(texts, golden):
    table = measures.measures(texts).query("scope == 'all' and method == @measures.BY_FORMULA").set_index(["source_id", "measure"]).value
    for source_id, n in golden.iterrows():
        w, s, syllables, letters = n.words, n.sentences, n.syllables, n.letters
        by_hand = {
            "words per sentence": w / s,
            "Flesch Reading Ease": 206.835 - 1.015 * w / s - 84.6 * syllables / w,
            "Flesch-Kincaid": 0.39 * w / s + 11.8 * syllables / w - 15.59,
            "Coleman-Liau": 0.0588 * 100 * letters / w - 0.296 * 100 * s / w - 15.8,
            "ARI": 4.71 * n.characters / w + 0.5 * w / s - 21.43,
        }
        for name, value in by_hand.items():
            assert table[source_id, name] == pytest.approx(value, abs=0.005), (source_id, name)


def test_complex_and_familiar_words_by_the_published_rules(texts):
    known, names = by_hand(texts), {"zelensky", "ukrainian"}

    def syllables(word):
        return known.get(word.lower(), 1)

    # Gunning: three syllables, but not names, compounds of short words, or -ed and -es endings.
    judged = {"agreement": True, "Zelensky": False, "no-fly": False, "self-protection": True, "reported": False, "negotiations": True}
    assert {word: syllables(word) >= 3 and measures.is_complex(word, names, syllables) for word in judged} == judged
    # Dale and Chall: words of the list, their regular forms, names and numerals are familiar.
    familiar = ["war", "wars", "stopped", "hoping", "tries", "Zelensky", "2022", "country's", "bigger", "slowly", "so-called"]
    assert [word for word in familiar if not measures.is_familiar(word, names)] == []
    assert not any(measures.is_familiar(word, names) for word in ("neutrality", "communiqué", "diplomacy"))


def test_names_are_words_with_a_capital_inside_a_sentence_and_never_without(texts):
    names = measures.proper_names(texts)
    assert {"putin", "kyiv", "nato", "wednesday", "president"} <= names["decamp2022"] | names["usip2022"]
    assert not {"the", "on", "neutral", "additionally", "we", "limits"} & names["decamp2022"]


def test_the_authors_scope_has_no_quoted_words(texts):
    whole, own = (scoped_sentences(texts, scope) for scope in ("all", "author"))
    assert len(whole) == 148
    assert not own.sentence.str.contains("negotiating table|Let them resume").any()
    assert own[own.source_id == "charap2022"].equals(whole[whole.source_id == "charap2022"])
    assert own.sentence.str.contains("broad array of states").any()
    assert own.sentence.str.contains("“rightly”").any()  # a word set apart lets nobody speak


def test_a_text_below_a_minimum_has_no_value_and_the_reason(texts):
    table = measures.measures(texts)
    short = table[table.status != "ok"]
    assert short.value.isna().all()
    assert table[table.status == "ok"].value.notna().all()
    smog = table.query("measure == 'SMOG' and scope == 'all' and method == 'textstat'").set_index("source_id")
    assert smog.status["charap2022"] == "n/a: 11 sentences, needs 30"
    assert list(smog.index[smog.status == "ok"]) == ["usip2022", "petrosnider2024"]
    assert set(measures.missing(texts).measure) == {"SMOG"}


def test_intervals_hold_the_score_and_are_the_same_every_time(texts):
    measures.measures.cache_clear()
    first = measures.measures(texts)
    measures.measures.cache_clear()
    assert first.equals(measures.measures(texts))
    spread = first.dropna(subset="low")
    assert ((spread.low < spread.value) & (spread.value < spread.high)).all()
    assert set(spread.measure) <= set(measures.ON_COUNTS)
    assert "charap2022" not in set(spread.source_id)  # eleven sentences


def test_a_text_of_equal_sentences_has_an_interval_of_no_width(texts):
    own = pd.DataFrame([vars(N)] * 30)[COUNTS]
    drawn = measures.resampled(own)
    assert measures.interval(measures.flesch_reading_ease(drawn)) == pytest.approx([69.785, 69.785])
    assert measures.resampled(own.head(19)) is None


def test_minimum_lengths_and_percentiles_are_as_told(texts):
    assert measures.resampled(pd.DataFrame([vars(N)] * 20)[COUNTS]) is not None
    assert measures.interval(range(1001)) == (25, 975)
    table = measures.shown(texts, measures.BY_FORMULA).set_index("measure")
    assert table.loc["SMOG", "Charap 2022"] == "n/a"
    counts = measures.textstat_counts(texts)
    assert np.allclose(counts.difference, 100 * (counts.textstat / counts.by_reading - 1))


def test_textstat_is_offline_and_differs_as_the_book_says(texts):
    changes = measures.sensitivity(texts).query("variation == 'textstat'").pivot(index="source_id", columns="measure", values="change")
    assert changes["Flesch Reading Ease"].between(2, 6.5).all()
    assert changes["Flesch-Kincaid"].between(-1.5, -0.2).all()
    assert changes["Dale-Chall"].between(2, 3.5).all()
    counts = measures.textstat_counts(texts).set_index(["source_id", "count"])
    assert counts.textstat["usip2022", "sentences"] > counts.by_reading["usip2022", "sentences"] == 43  # "U.S."
    assert (counts.difference.xs("syllables", level="count") < 0).all()


def test_each_variation_moves_only_what_it_can_move(texts):
    table = measures.sensitivity(texts).set_index(["variation", "measure", "source_id"]).change.sort_index()
    for name in ("syllables as textstat counts them", "syllables by groups of vowels"):
        assert (table[name, "ARI"] == 0).all()
        assert (table[name, "Flesch Reading Ease"] != 0).all()
    assert (table["every full stop ends a sentence", "Flesch Reading Ease"] >= 0).all()
    assert (table["without sentences that quote", "ARI", "charap2022"]) == 0
    assert table["raw file, not cleaned", "Flesch Reading Ease", "charap2022"] > 10


def test_every_measure_is_defined_for_readers(texts):
    table = measures.definitions(texts).set_index("measure")
    assert list(table.index) == list(MEASURES)
    assert (table[["formula", "scale", "direction", "minimum"]] != "").all().all()
    assert table.reference["Dale-Chall"] == "Dale and Chall 1948"
