"""Syllables: by hand, by rule, by dictionary; words that nobody looked up."""

import pandas as pd
import pytest

from analysis.stylometry.syllables import (
    DICTIONARY_FILE,
    append_syllables,
    draft_entries,
    hand_counts,
    normalize_word,
    read_pronunciations,
    syllables_of,
    textstat_syllables,
    use_dictionary,
    vowel_group_syllables,
    words_to_look_up,
)
from tests.support.corpora import with_table

DICTIONARY = "quill K W IH1 L\nquill(2) K W IY1 L\nenvoy AA1 N V OY0 # a note\nalone AH0 L OW1 N\n"


@pytest.mark.parametrize(
    ("word", "n"),
    [
        ("war", 1), ("peace", 1), ("neutral", 2), ("agreed", 2), ("stopped", 1), ("started", 2), ("forces", 2), ("NATO", 2), ("b", 1),
        ("table", 2), ("Poland’s", 2), ("leaves", 1), ("reed", 1), ("the", 1), ("café", 2), ("yes", 1), ("added", 2), ("classes", 2),
    ],
)  # fmt: skip
def test_the_rule_counts_groups_of_vowels_without_a_silent_ending(word, n):
    assert vowel_group_syllables(word) == n


def test_the_dictionary_is_read_with_its_variants():
    found = read_pronunciations(DICTIONARY)
    assert found == {"quill": ["K W IH1 L", "K W IY1 L"], "envoy": ["AA1 N V OY0"], "alone": ["AH0 L OW1 N"]}
    assert [syllables_of(phones[0]) for phones in found.values()] == [1, 2, 2]


def test_a_word_is_listed_in_small_letters_with_straight_apostrophes():
    assert normalize_word("Orlo’s") == "orlo's"


def test_counts_by_hand_are_numbers_of_the_words_of_the_bodies(study):
    known = hand_counts(study)
    assert (known["1987"], known["u.n."], known["guarantee"], known["so-called"]) == (5, 2, 3, 2)
    assert "socalled" not in known  # a string of textstat


def test_words_that_must_be_looked_up_are_ours_and_those_of_textstat(study):
    ours, theirs = words_to_look_up(study)
    assert set(theirs) - set(ours) == {"15", "un", "us", "socalled"}  # 1.5, U.N., U.S., so-called
    assert (ours["quarrel"], ours["the"], ours["so-called"], theirs["us"]) == ("brill1987", "arden1987", "cole1988", "cole1988")
    assert set(ours) | set(theirs) == set(study.tables["syllables.csv"].word)


def test_missing_words_are_looked_up_and_guessed(study):
    table = study.tables["syllables.csv"]
    without = with_table(study, "syllables.csv", table.query("word not in ['alone', 'lannay', 'un']"))
    rows, entries = draft_entries(without, DICTIONARY)
    assert rows == [("alone", 2, 2, "guess: check by ear"), ("lannay", 2, "", "guess: check by ear"), ("un", "", "", "made by textstat")]
    assert entries == ["ALONE 1 AH0 L OW1 N"]
    assert draft_entries(study, DICTIONARY) == ([], [])
    several, entries = draft_entries(
        with_table(study, "syllables.csv", table.query("word != 'envoy'")), "envoy AA1 N\nenvoy(2) EH1 N V OY0\n"
    )
    assert (several, entries) == ([("envoy", 1, 1, "guess: check by ear")], ["ENVOY 1 AA1 N", "ENVOY 2 EH1 N V OY0"])


def test_a_word_listed_without_a_count_is_counted_and_its_row_replaced(study, folder):
    table = study.tables["syllables.csv"]
    uncounted = type(study)(
        folder, study.tables | {"syllables.csv": table.assign(hand=table.hand.where(table.word != "lannay", ""))}, study.raw
    )
    rows, entries = draft_entries(uncounted, DICTIONARY)
    assert rows == [("lannay", 2, "", "guess: check by ear")]
    append_syllables(uncounted, [*rows, ("aardvark", 2, 2, "")], [*entries, "AARDVARK 1 AA1 R D V AA2 R K"])
    written = pd.read_csv(folder / "syllables.csv", dtype=str, keep_default_na=False)
    assert list(written.word) == sorted([*table.word, "aardvark"])
    assert written.query("word == 'lannay'").note.item() == "guess: check by ear"
    lines = (folder / DICTIONARY_FILE).read_text(encoding="utf-8").splitlines()
    before = (study.path / DICTIONARY_FILE).read_text(encoding="utf-8").splitlines()
    assert lines == sorted([*before, "AARDVARK 1 AA1 R D V AA2 R K"])
    assert not list(folder.glob(".*"))


def test_each_corpus_is_counted_by_its_own_dictionary_whatever_was_measured_before(study, folder):
    (folder / DICTIONARY_FILE).write_text("QUILLS 1 K W IH1 L Z IY0 Z IY0\n", encoding="utf-8")
    use_dictionary(study)
    assert textstat_syllables("alone") == 2
    use_dictionary(type(study)(folder, study.tables, study.raw))
    assert textstat_syllables("quills") == 3
    use_dictionary(study)
    assert textstat_syllables("every") == 3  # as CMUdict has it
