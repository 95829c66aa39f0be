"""Annotations and their places: by words, context, passage and offsets; what is moved is healed, what is unsure is told."""

from unicodedata import normalize

import pytest

from analysis.coding.annotations import Annotation
from analysis.intake.anchoring import anchor
from tests.support.small import study

RAW = "The Title\nTalks were held in May. Talks were held in June.\n“No toll,” said Rell. Talks were held in the harbour.\nMenu\n"
OTHER = "Quite another text, with words of its own. It has three sentences. This is the third.\n"


@pytest.fixture(scope="module")
def corpus():
    zones = [
        {"source_id": "a", "start": 0, "end": 10, "zone": "headline"},
        {"source_id": "a", "start": 10, "end": len(RAW) - 5, "zone": "body"},
        {"source_id": "a", "start": len(RAW) - 5, "end": len(RAW), "zone": "chrome"},
        {"source_id": "b", "start": 0, "end": len(OTHER), "zone": "body"},
    ]
    return study({"a": RAW, "b": OTHER}, zones=zones)


def place(corpus, **given):
    """The start of an annotation's place, or the problem with it."""
    one = Annotation(**{"row": 3, "coding": "claims", "quote": "", "codes": {}} | given)
    anchored = anchor(corpus, "a", [one], "given.csv")
    for found in anchored.annotations:
        assert RAW[found.start : found.end] == found.quote
        return found.start
    return str(anchored.problems[0])


FIRST, SECOND, THIRD = (RAW.index("Talks were held in " + where) for where in ("May", "June", "the"))


@pytest.mark.parametrize(
    ("given", "start"),
    [
        ({"quote": "Talks were held in June"}, SECOND),
        ({"quote": "Talks  were held\u00a0in June"}, SECOND),
        ({"quote": '"No toll,"'}, RAW.index("“No")),
        ({"quote": "Talks were held", "start": SECOND, "end": SECOND + 15}, SECOND),
        ({"quote": "Talks were held", "start": SECOND + 1, "end": SECOND + 16}, SECOND),  # moved: the nearest
        ({"quote": "held in June", "start": 0, "end": 12}, RAW.index("held in June")),  # moved, but there once
        ({"quote": "Talks were held", "passage_id": "a-p02"}, THIRD),
        ({"quote": "Talks were held", "suffix": " in June."}, SECOND),
        ({"quote": "Talks were held", "prefix": "held in May. "}, SECOND),
        ({"quote": "Talks were held", "prefix": "The Title ", "suffix": " in May"}, FIRST),
        ({"start": SECOND, "end": SECOND + 5}, SECOND),
        ({"quote": "The Title", "coding": "people"}, 0),
    ],
)
def test_a_place_is_found(corpus, given, start):
    assert place(corpus, **given) == start


@pytest.mark.promise("bad input")
@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"quote": "Talks were held"}, "'Talks were held' stands 3 times in the text: a-p01 (10), a-p01 (34), a-p02 (81). Remedy: give a longer quotation"),
        ({"quote": "Talks were held", "passage_id": "a-p01"}, "stands 2 times"),
        ({"quote": "Talks were not held"}, "occurs nowhere in a. Remedy: copy the words"),
        ({"quote": "The Title"}, "stands outside the body of a"),
        ({"quote": "June. “No toll"}, "runs on over several paragraphs"),
        ({"start": 0, "end": 9}, "is not within one paragraph of the body"),
        ({"start": SECOND, "end": SECOND + 3}, "seem moved: 1 of 1 stretches begin or end within a word, such as 'Tal'"),
        ({"start": 5, "end": 4000}, "is not within one paragraph"),
        ({"start": 9, "end": 9}, "is no stretch of the text"),
        ({"start": -5, "end": 3}, "is no stretch of the text"),
        ({}, "has neither a quotation nor offsets"),
        ({"quote": "\u202e=cmd|' /C'!A0"}, "occurs nowhere"),
    ],
)  # fmt: skip
def test_a_place_that_is_unsure_is_told_with_the_words(corpus, given, told):
    found = place(corpus, **given)
    assert found.startswith("given.csv, row 3, column quote: " if "seem moved" not in told else "given.csv: ")
    assert told in found


def test_moved_offsets_are_healed_and_said(corpus):
    moved = [
        Annotation(row, "claims", words, {}, start=start, end=start + 5)
        for row, (words, start) in enumerate([("in June", 3), ("in May", 90)])
    ]
    anchored = anchor(corpus, "a", moved, "given.csv")
    assert [one.start for one in anchored.annotations] == [RAW.index("in June"), RAW.index("in May")]
    assert anchored.said == ["Places that were not right, of 2 quotations, were found by the words: 'in June', 'in May'."]


@pytest.mark.parametrize(("held", "given"), [("NFC", "NFD"), ("NFD", "NFC")])
def test_accents_of_either_form_are_found(held, given):
    raw = normalize(held, "Doña Óscar spoke.\n")
    one = Annotation(1, "claims", normalize(given, "Doña Óscar"), {})
    (found,) = anchor(study({"a": raw}), "a", [one], "given.csv").annotations
    assert (found.start, found.end, found.quote) == (0, len(raw) - 8, raw[:-8])


def test_a_passage_that_is_not_that_of_the_words_is_said(corpus):
    anchored = anchor(corpus, "a", [Annotation(1, "claims", "held in June", {}, passage_id="a-p02")], "given.csv")
    assert anchored.annotations[0].passage_id == "a-p01"
    assert anchored.said == ["Places that were not right, of 1 quotation, were found by the words: 'held in June'."]


@pytest.mark.promise("bad input")
def test_a_file_of_another_text_is_told_once(corpus):
    words = ["Quite another text", "It has three sentences.", "This is the third.", "Talks were held in June"]
    given = [Annotation(row, "claims", quote, {}) for row, quote in enumerate(words)]
    (problem,) = anchor(corpus, "a", given, "given.csv").problems
    assert str(problem) == (
        "given.csv: seems to be of another text: 3 of 4 quotations are not in a, such as 'Quite another text'; they are in b. "
        "Remedy: give the id b, or the file of a."
    )
    (problem,) = anchor(corpus, "a", [one._replace(quote=f"unknown {one.row}") for one in given], "given.csv").problems
    assert "they are in" not in str(problem)
