"""The words that stand around a coded span: enough to say something, and every negation and condition of its clause."""

from types import SimpleNamespace

import pytest

from analysis.corpus.context import (
    MOST_AROUND,
    MOST_SHOWN,
    clause_offsets,
    count_around,
    count_content,
    dropped_qualifiers,
    is_qualifier,
    places_around,
    words_around,
)
from tests.support.small import study


def around(raw: str, words: str):
    """The Corpus of one text, and the span of `words` in it."""
    start = raw.index(words)
    return study({"a": raw}), SimpleNamespace(source_id="a", start=start, end=start + len(words))


# A text, a span in it, what stands before it and behind it.
CASES = [
    ("The old harbour would stay open for boats.", "The old harbour", "", " would stay"),  # a condition behind, to its verb
    ("Orlo keeps its three harbours.", "Orlo keeps its three harbours", "", ""),  # says enough by itself
    ("The harbour of Orlo was sold.", "The harbour", "", " of Orlo was sold"),  # one content word: two more
    ("Then came Orlo and Vesk.", "and Vesk", "came Orlo ", ""),
    ("Orlo did not say that Vesk took the harbour.", "Vesk took the harbour", "not say that ", ""),  # a negation before
    ("Orlo didn’t sell Lanne harbour.", "sell Lanne harbour", "didn’t ", ""),
    ("If Vesk pays, Orlo opens its harbour.", "Orlo opens its harbour", "If Vesk pays, ", ""),  # a comma bounds no condition
    ("Vesk never paid; Orlo opened its harbour.", "Orlo opened its harbour", "", ""),  # another clause
    ("Vesk never paid—Orlo opened its harbour.", "Orlo opened its harbour", "", ""),
    ("It was plain: Vesk would not pay. Orlo opened its harbour.", "Orlo opened its harbour", "", ""),
    ("Vesk did not pay, while Orlo opened its harbour.", "Orlo opened its harbour", "", ""),
    ("Vesk did not pay, and Orlo has opened its harbour.", "Orlo has opened its harbour", "", ""),
    ("Vesk would give Orlo boats, tolls, and old berths.", "and old berths", "would give Orlo boats, tolls, ", ""),  # a list goes on
    ("Orlo sold berths which Vesk would not buy.", "Orlo sold berths", "", ""),
    ("Envoy Ada Finn of Norrland sold berths.", "sold berths", "Norrland ", ""),
    ("The envoy met Ada Finn today.", "Finn today", "Ada ", ""),
    ("Then old Ada Finn went.", "went", "Ada Finn ", ""),
    ("The tall United Islands agreed.", "agreed", "United Islands ", ""),
    (
        "Orlo would gain by joining Norrland—and selling its harbour.",
        "selling its harbour",
        "joining Norrland—and ",
        "",
    ),  # no "Norrland—and"
    ("Orlo gains by joining Norrland – and selling its harbour.", "selling its harbour", "joining Norrland – and ", ""),
    ("Orlo gains by joining Norrland… selling its harbour.", "selling its harbour", "joining Norrland… ", ""),
    ("Orlo saw it—boats left for Vesk.", "Orlo saw it", "", "—boats left"),
    ("Norrland—and its old harbour.", "its old harbour", "Norrland—and ", ""),  # there is no more of it
    ("Orlo gains by Norrland/Vesk harbour tolls.", "harbour tolls", "Vesk ", ""),  # a slash and marks of quotation part words
    ("Orlo gains by old “Vesk” harbour tolls.", "harbour tolls", "Vesk” ", ""),
    ("Orlo gains by deep-sea harbour tolls.", "harbour tolls", "deep-sea ", ""),  # a hyphen and an apostrophe do not
    ("Orlo gains by Vesk’s harbour tolls.", "harbour tolls", "Vesk’s ", ""),
    ("A plan of the United Islands and two envoys.", "and two envoys", "United Islands ", ""),  # two, three with the name whole
]


@pytest.mark.parametrize(("raw", "words", "before", "after"), CASES)
def test_a_span_has_as_many_words_around_it_as_it_takes(raw, words, before, after):
    assert words_around(*around(raw, words)) == (before, after)
    assert dropped_qualifiers(*around(raw, words)) == []


def test_a_negation_further_off_stands_there_with_an_ellipsis():
    far = " ".join(f"harbour{number}" for number in range(14))
    raw = f"Orlo would sell {far} to three rich islands."
    assert words_around(*around(raw, "three rich islands")) == ("Orlo would sell … ", "")
    raw = f"Three rich islands bought {far} if Vesk paid."
    assert words_around(*around(raw, "Three rich islands")) == ("", " … if Vesk")
    assert dropped_qualifiers(*around(raw, "Three rich islands")) == []


def test_no_more_than_twelve_words_stand_on_a_side_and_what_is_dropped_is_told():
    raw = f"Orlo {'would not buy and ' * 9}sell three rich islands."
    texts, span = around(raw, "three rich islands")
    assert count_around(texts, span) == MOST_AROUND
    assert dropped_qualifiers(texts, span) == [*["would", "not"] * 6, "would"]  # of nine pairs: "not" of the third last is the twelfth word


def test_no_run_is_longer_than_a_page_may_show():
    raw = f"Orlo would {'build ' * MOST_SHOWN}here."
    texts, span = around(raw, ("build " * MOST_SHOWN).strip())
    assert words_around(texts, span) == ("", "")
    assert dropped_qualifiers(texts, span) == ["would"]


def test_words_are_taken_from_other_sentences_of_the_paragraph_only_where_the_own_has_too_few():
    assert words_around(*around("Orlo sold berths. No! Vesk bought.", "No")) == ("Orlo sold berths. ", "")
    texts, span = around("Orlo sold.\nNo.", "No")
    assert words_around(texts, span) == ("", "")  # its paragraph has no more
    assert count_content(texts, span) == 0


def test_a_span_that_begins_within_a_word_shows_the_word_whole():
    assert words_around(*around("Three harbours sold outright.", "bours sold outright")) == ("har", "")


def test_a_span_without_words_has_nothing_around_it():
    assert words_around(*around("Orlo, Vesk.", ", ")) == ("", "")


def test_places_are_those_of_the_words():
    raw = "Orlo did not say that Vesk took the harbour."
    places = places_around(*around(raw, "Vesk took the harbour"))
    assert [raw[start:end] for start, end in places] == ["not", "say", "that"]


@pytest.mark.parametrize("word", ["not", "No", "never", "if", "Unless", "would", "didn't", "isn’t", "cannot", "nor"])
def test_negations_and_conditions(word):
    assert is_qualifier(word)
    assert not is_qualifier("notable")


@pytest.mark.parametrize(
    ("sentence", "clauses"),
    [
        ("One stays; the other goes.", ["One stays;", " the other goes."]),
        ("It left at 10:30 for Lanne.", ["It left at 10:30 for Lanne."]),
        ("It said: yes.", ["It said:", " yes."]),
        ("It went – late.", ["It went –", " late."]),
        ("A Vesk–Orlo deal", ["A Vesk–Orlo deal"]),
        ("It left, but came back.", ["It left,", " but came back."]),
        ("It left, selling boats.", ["It left,", " selling boats."]),
        ("It left islands, including Orlo.", ["It left islands, including Orlo."]),
        ("To win, it left.", ["To win,", " it left."]),
        ("If it wins, it leaves.", ["If it wins, it leaves."]),
        ("It left because it won.", ["It left ", "because it won."]),
        ("Orlo, Vesk, and Norrland met.", ["Orlo, Vesk, and Norrland met."]),
        ("Orlo went, and the Vesk boats were sold.", ["Orlo went,", " and the Vesk boats were sold."]),
        ("Orlo went, and were sold.", ["Orlo went, and were sold."]),
    ],
)
def test_what_bounds_a_clause(sentence, clauses):
    assert [sentence[start:end] for start, end in clause_offsets(sentence)] == clauses
