"""Syllables: by hand, by rule, by dictionary; words that nobody looked up."""

import gzip

import pandas as pd
import pytest

from analysis.corpus.errors import DataError
from analysis.corpus.reader import DATA_FOLDER
from analysis.stylometry.counts import words_of
from analysis.stylometry.syllables import (
    DICTIONARY_FILE,
    FULL_DICTIONARY,
    append_syllables,
    draft_entries,
    full_dictionary,
    hand_counts,
    normalize_word,
    read_pronunciations,
    syllable_counter,
    syllables_of,
    textstat_syllables,
    use_dictionary,
    words_to_look_up,
)
from tests.support.corpora import with_table

DICTIONARY = "quill K W IH1 L\nquill(2) K W IY1 L\nenvoy AA1 N V OY0 # a note\nalone AH0 L OW1 N\n"


# {syllables: words that nobody counted}, by the part of the rule.
BY_RULE = {
    "groups of vowels without a silent ending": {
        1: "war peace stopped b leaves reed the yes",
        2: "neutral agreed started forces NATO table café added classes",
        4: "neutralizing",
    },
    "figures": {1: "2022 2019 1,500 20,000 10 3.5 1990s 5th G7", 2: "15-point mid-2022 F-16", 3: "20,000-strongly"},
    "contractions": {
        1: "can't won’t don't aren't weren’t that's there's they're we've I'm he'd she’ll you're",
        2: "hadn't couldn’t didn't isn't haven’t it'll that’ll it'd could've wouldn't",
        3: "couldn’t've",
    },
    "possessives": {1: "week’s world's states", 2: "Putinʼs Poland’s Russia's church’s France's Bush’s", 3: "alliance’s"},
    "hyphens": {2: "so-called cease-fire no\u2011fly", 3: "decades-long decades\u2010long"},
    "initialisms": {2: "U.S. U.N. TV e.g.", 3: "Ph.D. BBC", 5: "W.H.O."},
}


@pytest.mark.parametrize(("part", "n"), [(part, n) for part, words in BY_RULE.items() for n in words])
def test_words_that_nobody_counted_have_the_syllables_of_the_rule(part, n):
    count = syllable_counter({})
    assert {word: count(word) for word in BY_RULE[part][n].split()} == dict.fromkeys(BY_RULE[part][n].split(), n)


@pytest.mark.parametrize(
    ("text", "n"), [("15%", 1), ("$10", 1), ("9/11", 2), ("1,500", 1), ("the 1990s", 2), ("May 16–17", 3), ("a 15-point plan", 4)]
)
def test_a_figure_has_one_syllable_whatever_sign_is_beside_it(text, n):
    assert sum(map(syllable_counter({}), words_of(text))) == n


def test_counts_by_hand_come_first_in_compounds_and_stems_too_but_never_for_figures():
    count = syllable_counter({"osce": 4, "uk": 2, "kyiv": 2, "2022": 5, "so-so": 3})
    assert [count(word) for word in ("OSCE-led", "UK’s", "Kyiv’s", "2022", "so-so")] == [5, 2, 2, 1, 3]


def test_the_dictionary_is_read_with_its_variants():
    found = read_pronunciations(DICTIONARY)
    assert found == {"quill": ["K W IH1 L", "K W IY1 L"], "envoy": ["AA1 N V OY0"], "alone": ["AH0 L OW1 N"]}
    assert [syllables_of(phones[0]) for phones in found.values()] == [1, 2, 2]


def test_a_word_is_listed_in_small_letters_with_straight_apostrophes_and_plain_hyphens():
    assert [normalize_word(word) for word in ("Orlo’s", "Orloʼs", "Co\u2010op", "Co\u2011op")] == ["orlo's", "orlo's", "co-op", "co-op"]


def test_counts_by_hand_are_numbers_of_the_words_of_the_bodies(study):
    known = hand_counts(study)
    assert (known["u.n."], known["guarantee"], known["so-called"]) == (2, 3, 2)
    assert "socalled" not in known  # a string of textstat


def test_words_that_must_be_looked_up_are_ours_and_those_of_textstat(study):
    ours, theirs = words_to_look_up(study)
    assert set(theirs) - set(ours) == {"un", "us", "socalled"}  # U.N., U.S., so-called; not 15 of 1.5
    assert (ours["quarrel"], ours["the"], ours["so-called"], theirs["us"]) == ("brill1987", "arden1987", "cole1988", "cole1988")
    assert set(ours) | set(theirs) == set(study.tables["syllables.csv"].word)


def test_missing_words_are_looked_up_and_guessed(study):
    table = study.tables["syllables.csv"]
    without = with_table(study, "syllables.csv", table.query("word not in ['alone', 'lannay', 'un']"))
    rows, entries = draft_entries(without, DICTIONARY)
    assert rows == [("alone", 2, 2, ""), ("lannay", 2, "", "guess"), ("un", "", "", "made by textstat")]
    assert entries == ["ALONE 1 AH0 L OW1 N"]
    assert draft_entries(study, DICTIONARY) == ([], [])
    several, entries = draft_entries(
        with_table(study, "syllables.csv", table.query("word != 'envoy'")), "envoy AA1 N\nenvoy(2) EH1 N V OY0\n"
    )
    assert (several, entries) == ([("envoy", 1, 1, "guess")], ["ENVOY 1 AA1 N", "ENVOY 2 EH1 N V OY0"])


def test_a_word_listed_without_a_count_is_counted_and_its_row_replaced(study, folder):
    table = study.tables["syllables.csv"]
    uncounted = type(study)(
        folder, study.tables | {"syllables.csv": table.assign(hand=table.hand.where(table.word != "lannay", ""))}, study.raw
    )
    rows, entries = draft_entries(uncounted, DICTIONARY)
    assert rows == [("lannay", 2, "", "guess")]
    append_syllables(uncounted, [*rows, ("aardvark", 2, 2, "")], [*entries, "AARDVARK 1 AA1 R D V AA2 R K"])
    written = pd.read_csv(folder / "syllables.csv", dtype=str, keep_default_na=False)
    assert list(written.word) == sorted([*table.word, "aardvark"])
    assert written.query("word == 'lannay'").note.item() == "guess"
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


def test_cmudict_ships_whole_and_packed_without_a_time(folder):
    text = full_dictionary(folder)  # the study has none of its own
    assert len(read_pronunciations(text)) > 120_000
    assert (DATA_FOLDER / FULL_DICTIONARY).read_bytes()[4:8] == bytes(4)
    (folder / FULL_DICTIONARY).write_bytes(gzip.compress(DICTIONARY.encode()))
    assert full_dictionary(folder) == DICTIONARY
    (folder / FULL_DICTIONARY).write_bytes(b"no gzip")
    with pytest.raises(DataError, match="cannot be unpacked"):
        full_dictionary(folder)


def test_a_count_on_which_rule_and_dictionary_agree_or_whose_parts_were_counted_is_no_guess(study):
    table = study.tables["syllables.csv"]
    own = table[~table.word.isin(["alone", "envoy", "lannay", "quill", "so-called"])]
    dictionary = "alone AH0 L OW1 N\nenvoy AA1 N V OY0 AH0\nso S OW1\n"
    rows = {row[0]: row[1:] for row in draft_entries(with_table(study, "syllables.csv", own), dictionary)[0]}
    assert rows["alone"] == (2, 2, "")
    assert rows["envoy"] == (3, 3, "guess")  # by rule 2
    assert rows["lannay"] == (2, "", "guess")
    assert rows["so-called"] == (2, "", "")
    other = pd.concat([own.assign(hand=own.hand.where(own.word != "called", "2")), own.head(1).assign(word="so", hand="1")])
    rows = {row[0]: row[1:] for row in draft_entries(with_table(study, "syllables.csv", other), "")[0]}
    assert rows["so-called"] == (3, "", "")  # by rule 2, but its parts were counted
