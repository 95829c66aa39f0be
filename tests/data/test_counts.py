"""Sentences, words, letters, syllables and scores of the texts, against counts made by hand and without the code under test."""

import csv
import re
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest

from analysis.corpus.reader import DATA_FOLDER
from analysis.corpus.segment import passages
from analysis.stylometry.counts import COUNT_COLUMNS, scoped_sentences, sentence_counts
from analysis.stylometry.measures import BY_FORMULA, measure_table
from analysis.stylometry.sensitivity import score_sensitivity, textstat_counts

GOLDEN = list(csv.DictReader((Path(__file__).parent / "golden/counts.csv").open(encoding="utf-8")))
COUNTED = {row["passage_id"].partition("-")[0] for row in GOLDEN}  # the texts that were counted by hand
WORD = re.compile(
    r"(?:[A-Za-z]{1,2}\.){2,}|\w+(?:[-’'](?=\w)\w+|(?<=\d),(?=\d)\w+)*"
)  # the words of these texts, in other terms than the code's


def test_every_passage_has_the_sentences_and_words_counted_by_hand(texts):
    own = passages(texts).query("source_id in @COUNTED")
    assert dict(zip(own.passage_id, zip(own.n_sentences, own.n_words, strict=True), strict=True)) == {
        row["passage_id"]: (int(row["sentences"]), int(row["words"])) for row in GOLDEN
    }


class Figures(dict):
    """Syllables by word, where each figure has one."""

    def __missing__(self, word):
        assert word[0].isdigit(), word
        return 2 if word == "15-point" else 1


@pytest.fixture(scope="module")
def golden(texts):
    """Counts by text, made without the code under test: words and sentences of golden/, syllables word by word from the hand table."""
    counts = pd.DataFrame(GOLDEN).astype({"sentences": int, "words": int})
    counts["source_id"] = counts.passage_id.str.partition("-")[0]
    table = pd.read_csv(DATA_FOLDER / "syllables.csv", dtype=str, keep_default_na=False).query("hand != ''")
    hand = Figures(dict(zip(table.word, table.hand.astype(int), strict=True)))
    rows = {}
    for source_id in COUNTED:
        raw = texts.raw[source_id]
        zones = texts.zones.query("source_id == @source_id and zone == 'body'")
        found = Counter(word.lower().replace("’", "'") for zone in zones.itertuples() for word in WORD.findall(raw[zone.start : zone.end]))
        letters, digits = (sum(n * sum(map(kind, word)) for word, n in found.items()) for kind in (str.isalpha, str.isdigit))
        rows[source_id] = {
            "letters": letters,
            "characters": letters + digits,
            "syllables": sum(hand[word] * n for word, n in found.items()),
            "long": sum(n for word, n in found.items() if hand[word] >= 3),
        }
    return counts.groupby("source_id")[["sentences", "words"]].sum().join(pd.DataFrame(rows).T)


def test_counts_equal_the_counts_by_hand(texts, golden):
    totals = sentence_counts(texts, scoped_sentences(texts)).groupby("source_id")[COUNT_COLUMNS].sum()
    for ours, hand in (("n_words", "words"), ("n_sentences", "sentences"), ("n_letters", "letters"), ("n_characters", "characters"),
                       ("n_syllables", "syllables"), ("n_polysyllables", "long")):  # fmt: skip
        assert totals[ours].loc[list(golden.index)].to_dict() == golden[hand].to_dict(), ours


def test_scores_equal_a_hand_computation_to_two_decimals(texts, golden):
    table = measure_table(texts).query(f"scope == 'all' and method == '{BY_FORMULA}'").set_index(["source_id", "measure"]).value
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


def test_textstat_differs_as_the_book_says(texts):
    changes = score_sensitivity(texts).query("variation == 'textstat'").pivot(index="source_id", columns="measure", values="change")
    assert changes["Flesch Reading Ease"].between(2, 6.5).all()
    assert changes["Flesch-Kincaid"].between(-1.5, -0.2).all()
    assert changes["Dale-Chall"].between(2, 3.5).all()
    assert (textstat_counts(texts).query("count == 'syllables'").difference < 0).all()


def test_the_counts_by_hand_agree_with_the_dictionary_but_for_a_few(texts):
    table = texts.tables["syllables.csv"].query("hand != '' and cmudict != ''")
    differ = table[table.hand != table.cmudict]
    assert len(differ) <= 0.02 * len(table)
    assert (differ.note != "").all()


def test_the_dictionary_folder_has_just_the_words_that_it_should(texts):
    lines = (texts.path / "cmudict/corpora/cmudict/cmudict").read_text(encoding="utf-8").splitlines()
    counts = {}
    for line in lines:
        word, number, *phones = line.split()
        if number == "1":
            counts[word.lower()] = str(sum(phone[-1].isdigit() for phone in phones))
    table = texts.tables["syllables.csv"]
    assert counts == dict(table[table.cmudict != ""][["word", "cmudict"]].itertuples(index=False))
