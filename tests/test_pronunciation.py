"""Syllables: by hand, by rule, by dictionary; every word of the bodies was looked up."""

import pandas as pd
import pytest

from analysis import pronunciation
from analysis.pronunciation import by_rule, looked_up, pronunciations, syllables_of

DICTIONARY = "quill K W IH1 L\nquill(2) K W IY1 L\nenvoy AA1 N V OY0 # a note\nabout AH0 B AW1 T\n"


@pytest.mark.parametrize(
    ("word", "n"),
    [("war", 1), ("peace", 1), ("neutral", 2), ("agreed", 2), ("stopped", 1), ("started", 2), ("forces", 2), ("NATO", 2), ("b", 1)],
)
def test_the_rule_counts_groups_of_vowels(word, n):
    assert by_rule(word) == n


def test_the_dictionary_is_read_with_its_variants():
    found = pronunciations(DICTIONARY)
    assert found["quill"] == ["K W IH1 L", "K W IY1 L"]
    assert [syllables_of(found[word][0]) for word in ("quill", "envoy", "about")] == [1, 2, 2]


def test_every_word_of_the_bodies_was_looked_up_and_counted(texts):
    table = texts.tables["syllables.csv"].set_index("word")
    ours, theirs = pronunciation.needed(texts)
    assert (table.hand[list(ours)] != "").all()
    assert set(theirs) <= set(table.index)
    assert table.hand["zelenskyy"] == "3"
    assert table.cmudict["zelenskyy"] == ""


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


def test_missing_words_are_looked_up_and_guessed(texts):
    without = texts.tables["syllables.csv"].query("word not in ['about', 'zelensky']")
    rows, entries = looked_up(type(texts)(texts.path, texts.tables | {"syllables.csv": without}, texts.raw), DICTIONARY)
    assert rows == [("about", 2, 2, "guess: check by ear"), ("zelensky", 3, "", "guess: check by ear")]
    assert entries == ["ABOUT 1 AH0 B AW1 T"]


def test_a_word_listed_without_a_count_is_counted_and_its_row_replaced(data, texts):
    table = texts.tables["syllables.csv"]
    uncounted = table.assign(hand=table.hand.where(table.word != "zelensky", ""))
    own = type(texts)(data, texts.tables | {"syllables.csv": uncounted}, texts.raw)
    rows, entries = looked_up(own, DICTIONARY)
    assert rows == [("zelensky", 3, "", "guess: check by ear")]
    pronunciation.add(own, rows, entries)
    written = pd.read_csv(data / "syllables.csv", dtype=str, keep_default_na=False)
    assert written.word.is_unique
    assert len(written) == len(table)


def test_a_string_of_textstat_gets_no_count_by_hand(texts):
    table = texts.tables["syllables.csv"]
    string = table.word[table.hand == ""].iloc[0]
    without = type(texts)(texts.path, texts.tables | {"syllables.csv": table[table.word != string]}, texts.raw)
    assert looked_up(without, DICTIONARY)[0] == [(string, "", "", "made by textstat")]


def test_added_words_keep_the_tables_in_order(data, texts):
    own = type(texts)(data, texts.tables, texts.raw)
    pronunciation.add(own, [("aardvark", 2, 2, "")], ["AARDVARK 1 AA1 R D V AA2 R K"])
    table = pd.read_csv(data / "syllables.csv", dtype=str, keep_default_na=False)
    assert list(table.word) == sorted(table.word)
    assert "aardvark" in set(table.word)
    lines = (data / "cmudict/corpora/cmudict/cmudict").read_text(encoding="utf-8").splitlines()
    assert "AARDVARK 1 AA1 R D V AA2 R K" in lines
    assert lines == sorted(lines)
    assert not list(data.glob(".*"))
