"""Addresses of words on others' pages, held against a matcher that follows the specification step by step."""

from types import SimpleNamespace
from urllib.parse import unquote

import pytest

from analysis.corpus.text_fragment import TextFragment, find_fragment, source_address
from tests.support.matcher import first_match
from tests.support.small import SOURCE, study

RAW = "Orlo sold the harbour.\nVesk, at last, sold the harbour & the far-off berths to Orlo in May, as it had said.\nVesk sold the boats."


def found(words, nth=0):
    start = -1
    for _ in range(nth + 1):
        start = RAW.index(words, start + 1)
    return find_fragment(RAW, start, start + len(words)), (start, start + len(words))


@pytest.mark.parametrize(
    ("words", "nth", "address"),
    [
        ("at last", 0, "#:~:text=at%20last"),  # stands there once
        ("sold the harbour", 0, "#:~:text=sold%20the%20harbour"),  # the first of two
        ("sold the harbour", 1, "#:~:text=sold%20the%20harbour,-%26%20the"),  # the second: only it has "& the" behind it
        ("Vesk", 1, "#:~:text=Vesk,-sold"),
        ("boats.", 0, "#:~:text=boats"),  # ends at a word
        ("harbour & the far-off", 0, "#:~:text=harbour%20%26%20the%20far%2Doff"),
        ("Vesk, at last, sold", 0, "#:~:text=Vesk%2C%20at%20last%2C%20sold"),
        ("the far-off berths to Orlo in May, as it had said", 0, "#:~:text=the%20far%2Doff%20berths,it%20had%20said"),  # a long one
    ],
)
def test_the_address_of_words(words, nth, address):
    fragment, place = found(words, nth)
    assert str(fragment) == address
    start, end = first_match(RAW, str(fragment))
    assert RAW[start:end].strip(".") == words.strip(".")
    assert start == place[0]


def test_a_prefix_tells_a_place_from_another():
    raw = "Orlo met Vesk\nAda met Vesk"
    start = raw.rindex("Vesk")
    assert find_fragment(raw, start, start + 4) == TextFragment("Vesk", prefix="Ada met")


def test_a_place_that_nothing_in_its_line_tells_from_another_has_no_fragment():
    assert find_fragment("Vesk\nVesk", 5, 9) is None


def test_marks_alone_have_no_fragment():
    assert find_fragment("Orlo, Vesk", 4, 6) is None


def test_case_accents_and_spaces_are_not_told_apart():
    assert find_fragment("the  Élan\nThe elan", 10, 18) is None
    assert str(find_fragment("the  Élan", 0, 9)) == "#:~:text=the%20%C3%89lan"


@pytest.mark.parametrize(
    ("kind", "url", "address"),
    [
        ("outlet", "https://example.org/a?b=1", "https://example.org/a?b=1#:~:text=Orlo"),
        ("outlet", "https://example.org/a#top", "https://example.org/a#:~:text=Orlo"),
        ("copy", "https://example.org/a", None),
        ("outlet", "", None),
    ],
)
def test_only_the_page_of_the_outlet_has_an_address(kind, url, address):
    row = SOURCE | {"source_id": "a", "short": "A 2022", "cluster": "a", "date": "2022-03-29", "url": url, "url_kind": kind}
    texts = study({"a": RAW}, sources=[row])
    assert source_address(texts, SimpleNamespace(source_id="a", start=0, end=4)) == address


@pytest.mark.parametrize(
    ("fragment", "marked"),
    [
        ("#:~:text=sold%20the%20harbour", (5, 21)),
        ("#:~:text=Vesk-,sold%20the%20boats", (113, 127)),
        ("#:~:text=old%20the%20harbour", None),  # begins within a word
        ("#:~:text=sold,boats", (5, 127)),
        ("#:~:text=nobody", None),
    ],
)
def test_the_matcher_itself_finds_what_the_specification_says(fragment, marked):
    assert first_match(RAW, fragment) == marked
    assert marked is None or RAW[slice(*marked)].split()[0] == "sold"
    assert unquote(fragment)
