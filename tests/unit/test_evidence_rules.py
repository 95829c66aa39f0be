"""From a quotation to its place, and from a coded row to the name of whoever speaks: on small texts."""

import re

import pandas as pd
import pytest

from analysis.corpus.quotes import Evidence, QuoteError, find_quote, match_in_source, normalize_quotes
from analysis.corpus.spans import coded_spans, find_coded_span, named_speakers, speaker_of
from analysis.stylometry.naming import form_matches
from tests.support.small import study

RAW = "Ann’s “plan”—now.\n\nBob said: plan.\nNever more"
ZONES = [{"source_id": "a", "start": 0, "end": 35, "zone": "body"}, {"source_id": "a", "start": 35, "end": 45, "zone": "promo"}]
TEXTS = study({"a": RAW, "b": "Cy"}, zones=[*ZONES, {"source_id": "b", "start": 0, "end": 2, "zone": "body"}])


@pytest.mark.parametrize(
    ("quote", "passage", "place"),
    [
        ("Ann's", None, ("a-p01", 0, 5)),
        ('  "plan" - now', None, None),
        ('"plan"-now', None, ("a-p01", 6, 16)),
        ("now.\n \n Bob  said", None, ("a-p01", 13, 27)),
        ("plan", "a-p02", ("a-p02", 29, 33)),
        ("plan", "a-p01", ("a-p01", 7, 11)),
        ("plan.", None, ("a-p02", 29, 34)),
        ("Bob said: plan.", None, ("a-p02", 19, 34)),
    ],
)
def test_a_quotation_is_found_with_its_place(quote, passage, place):
    if place is None:
        with pytest.raises(QuoteError):
            find_quote(TEXTS, "a", quote, passage)
    else:
        name, start, end = place
        assert find_quote(TEXTS, "a", quote, passage) == Evidence("a", name, start, end, RAW[start:end])


@pytest.mark.parametrize(
    ("source_id", "quote", "passage", "message"),
    [
        ("c", "plan", None, "unknown text 'c'; known are a, b"),
        ("a", "plan", "a-p03", "unknown passage 'a-p03'; a has a-p01 to a-p02"),
        ("a", "Never", None, "'Never' occurs nowhere in the body of a; copy the words from the file"),
        ("a", "plan. Never", None, "'plan. Never' occurs nowhere in the body of a; copy the words from the file"),
        ("a", "Bob", "a-p01", "'Bob' occurs nowhere in a-p01; copy the words from the file"),
        ("a", "bob", None, "'bob' occurs nowhere in the body of a; copy the words from the file"),
        ("a", " ", None, "' ' occurs nowhere in the body of a; copy the words from the file"),
        ("a", "plan", None, "'plan' occurs 2 times in the body of a: a-p01 (7), a-p02 (29); give a longer quotation or its passage"),
    ],
)
def test_a_quotation_without_one_place_is_refused(source_id, quote, passage, message):
    with pytest.raises(QuoteError, match=f"^{re.escape(message)}$"):
        find_quote(TEXTS, source_id, quote, passage)


def test_folding_keeps_the_place_of_every_character():
    text = " „a”  ‘b`\u00a0\n–c«"
    plain, places = normalize_quotes(text)
    assert plain == ' "a" \'b\' -c"'
    assert [text[place] for place in places] == list(" „a” ‘b`\u00a0–c«")


CODED = {
    "provisions": [
        {"quote": "said: plan", "dimension": "D01", "level": "agreed", "position": "a plan", "voice": "attributed", "attributed_to": "Bob"},
        {"quote": "Ann’s", "dimension": "D02", "level": "proposed", "position": "hers", "voice": "author"},
    ],
    "guarantors": [{"quote": "Bob", "guarantor": "Bob", "role": "proposed", "voice": "attributed"}],
    "codings_strengths": [{"quote": "plan", "strength": "strong"}],
    "responsibility": [{"quote": "plan.", "valence": "blamed", "actor": "Bob", "matter": "talks", "act": "planning", "voice": "Ann"}],
    "frames": [{"quote": "plan.", "function": "remedy", "summary": "a plan", "voice": "author"}],
    "events": [{"quote": "Bob said", "date": "2022", "date_basis": "stated", "description": "he spoke"}],
    "claims": [{"quote": "Bob said", "claim_id": "a-c01", "claim": "Bob spoke", "attributed_to": "Ann"}, {"quote": "Cy", "source_id": "b", "claim_id": "b-c01",
               "claim": "Cy is", "attributed_to": "author"}],
    "comparisons": [{"quote": "said: plan", "topic": "plans", "position": "one"}],
    "source_checks": [{"quote": "Ann’s", "finding": "fits", "statement": "it is Ann's"}],
}  # fmt: skip
STUDY = study({"a": RAW.replace("“plan”", "plan"), "b": "Cy"}, **CODED)


def test_each_span_stands_once_with_whose_words_it_is_and_all_that_rests_on_it():
    table = coded_spans(STUDY)
    assert list(zip(table.anchor, table.whose, table.supports, strict=True)) == [
        ("ev-a-p01-0-5", "the text itself", ["provisions, D02, proposed: hers", "held against the record, fits: it is Ann's"]),
        ("ev-a-p01-6-10", "the text itself", ["strength of the guarantee: strong"]),
        ("ev-a-p03-17-20", "the text itself", ["guarantors: Bob (proposed)"]),
        ("ev-a-p03-17-25", "Bob, Ann", ["event, 2022 (stated): he spoke", "claim a-c01: Bob spoke"]),
        ("ev-a-p03-21-31", "Bob", ["provisions, D01, agreed: a plan", "compared, plans: one"]),
        ("ev-a-p03-27-32", "Ann", ["blamed, Bob, talks: planning", "remedy: a plan"]),
        ("ev-b-p01-0-2", "the text itself", ["claim b-c01: Cy is"]),
    ]
    for row in table.itertuples():
        assert STUDY.raw[row.source_id][row.start : row.end] == row.quote


def test_the_shortest_span_that_holds_the_words_carries_them():
    table = coded_spans(STUDY)
    assert find_coded_span(table, "a-p03", "said").anchor == "ev-a-p03-17-25"
    assert find_coded_span(table, "a-p01", "Ann's").anchor == "ev-a-p01-0-5"
    with pytest.raises(QuoteError, match=r"^no coding rests on 'said' in a-p01$"):
        find_coded_span(table, "a-p01", "said")
    assert match_in_source("the “plan” — now", '"plan" -  now') == "“plan” — now"
    for missing in ("plans", " "):
        with pytest.raises(QuoteError, match=f"^'{missing}' is not in 'a plan'$"):
            match_in_source("a plan", missing)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (["the text itself"], "the text itself"),
        (["the text itself", "Ann", "Ann"], "Ann"),
        (["Bob", "the text itself", "Ann"], "Bob, Ann"),
        ([], "the text itself"),
    ],
)
def test_names_tell_more_than_the_text_itself(given, told):
    assert named_speakers(given) == told


@pytest.mark.parametrize(
    ("row", "whose"),
    [
        ({"voice": "author", "attributed_to": "Bob"}, "the text itself"),
        ({"voice": "Ann", "attributed_to": "Bob"}, "Ann"),
        ({"voice": "attributed", "attributed_to": "Cy"}, "Cy"),
        ({"voice": "", "attributed_to": "author"}, "the text itself"),
        ({"voice": "attributed", "attributed_to": ""}, "Bob, Dee"),  # the terms coded there
        ({}, "Bob, Dee"),
    ],
)
def test_a_row_says_itself_who_speaks_before_the_terms_around_it_do(row, whose):
    terms = [{"quote": "said: plan", "voice": "attributed", "attributed_to": name} for name in ("Bob", "Dee", "Bob")]
    texts = study({"a": RAW}, provisions=terms)
    coded = pd.DataFrame([{"source_id": "a", "start": 24, "end": 27} | row])
    assert speaker_of(texts, next(coded.itertuples())) == whose


def test_every_form_of_a_name_is_found_in_the_bodies_alone():
    forms = [{"concept": "c", "form": "f", "pattern": "plan|Never"}, {"concept": "d", "form": "g", "pattern": "Bob"}]
    table = form_matches(study({"a": RAW}, zones=ZONES, names=forms))
    assert table.to_numpy().tolist() == [
        ["a", "a-p01", "c", "f", 7, 11, False],
        ["a", "a-p02", "c", "f", 29, 33, False],
        ["a", "a-p02", "d", "g", 19, 22, False],
    ]
    assert list(table) == ["source_id", "passage_id", "concept", "form", "start", "end", "quoted"]
