"""Measuring many documents at once: the numbers are those of the plain functions, on the texts of the book and on any text whatever."""

import json
import math
import random
import re
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from analysis.corpus.reader import load_corpus
from analysis.corpus.segment import passages
from analysis.stylometry.counts import COUNT_COLUMNS
from analysis.stylometry.measures import MEASURES, measure_table
from analysis.stylometry.naming import naming_rates
from batch import token_cache, vectorized
from batch.reference import Rules, Unreadable, load_rules, rate_columns, reference_measures
from batch.regex_prefilter import pattern_cues
from batch.token_cache import TokenCache
from batch.vectorized import measure_batch
from tests.support.prose import TEXT, WORDY

RULES = load_rules()
CASES = Path(__file__).parents[1] / "support/cases/sentences.jsonl"

# Prose in which the rule must decide: abbreviations of every kind, marks alone and in rows, spaces of all kinds.
BEFORE = [
    "end", "3", "J", "I", "No", "U.S", "e.g", "Mr", "Fig", "Sept", "St", "Co", "Inc", "al", "etc", "p.m", "plan", "Yahoo", "т.е",
    "Kyiv’s", "2022", "war", "plan B", "1", ""
]  # fmt: skip
MARKS = [*".?!,;…。؟", *["...", "..", "?!", ".”", '."', ".)", "?’", ".'", "!]", ".]).", ".--", ".—", '.,"', ".1"], ". . .", ""]
SPACES = [*"    \n\t\r\u00a0\u2009\u2028\x1c\x85", "  ", ""]
AFTER = [
    "The", "the", "“He", "(see", "12", "5th", "--", "—but", ".", "...", "”", "_x", "I", "V.", "B", "iPhone", "[3]", "¹", "Both", "Kyiv",
    "said", "U.S.", "asked", "President", "Moscow", "time", "他们", "'And", '"And', "' then", "Cold War", "Petrov asked", "Moscow time",
    "(It is.)"
]  # fmt: skip
DECIDED = st.lists(st.tuples(*map(st.sampled_from, (BEFORE, MARKS, SPACES, AFTER, SPACES))).map("".join), max_size=40).map("".join)
LONG = st.lists(st.one_of(WORDY, DECIDED), min_size=4, max_size=12).map(" ".join)
SIGNS_IN_ROWS = [
    "One. . .Then two.",
    "w. ... Then",
    "e.g. ... Then",
    ". . . Then",
    "A. . b",
    "“No.” “Yes.",
    "U.S.) The",
    "\xa0\xa0 end.\xa0The",
]
# Each stretch of MTLD ends where its share of different words is the threshold itself, 18 of 25.
AT_THE_THRESHOLD = " ".join([f"{letter}o" for letter in "abcdefghijklmnopqrabcdefg"] * 5)


@pytest.fixture(scope="module")
def corpus():
    return load_corpus()


@pytest.fixture(scope="module")
def bodies(corpus):
    spans = passages(corpus)
    return {
        source_id: "\n".join(text[row.start : row.end] for row in spans[spans.source_id == source_id].itertuples())
        for source_id, text in corpus.raw.items()
    }


def same(a, b):
    return (math.isnan(a) and math.isnan(b)) or abs(a - b) <= 1e-9


def differing(texts):
    """Where `measure_batch` and `reference_measures` differ: (text, column, the one, the other)."""
    table = measure_batch(range(len(texts)), texts, RULES)
    assert list(table.columns) == ["id", "error", *COUNT_COLUMNS, *MEASURES, *rate_columns(RULES)]
    assert table.id.tolist() == list(range(len(texts)))
    assert table.error.isna().all()
    rows = zip(texts, table.astype(dict.fromkeys(COUNT_COLUMNS, float)).to_dict("records"), strict=True)
    plain = ((text, row, reference_measures(text, RULES)) for text, row in rows)
    return [(text, name, row[name], value) for text, row, values in plain for name, value in values.items() if not same(row[name], value)]


@pytest.mark.promise("archive")
@given(st.lists(st.one_of(TEXT, DECIDED, LONG), max_size=4))
@settings(max_examples=40)
@example(SIGNS_IN_ROWS)
@example([AT_THE_THRESHOLD])
def test_fast_and_plain_give_the_same_numbers_for_any_text(texts):
    assert differing(texts) == []


def test_fast_and_plain_give_the_same_numbers_for_the_cases_of_sentences():
    assert differing([json.loads(line)["text"] for line in CASES.read_text(encoding="utf-8").splitlines()]) == []


@pytest.mark.slow
def test_fast_and_plain_give_the_same_numbers_for_ten_thousand_texts():
    draw, parts = random.Random(20220329), (BEFORE, MARKS, SPACES, AFTER, SPACES)
    texts = ["".join(draw.choice(part) for _ in range(draw.randint(0, 12)) for part in parts) for _ in range(10_000)]
    assert differing(texts) == []


@pytest.mark.promise("archive")
def test_fast_and_plain_give_what_the_book_prints_of_its_texts(corpus, bodies):
    assert differing(list(bodies.values())) == []
    table = measure_batch(bodies, list(bodies.values()), RULES).set_index("id")
    printed = measure_table(corpus).query("scope == 'all' and method == 'published formula'")
    assert len(printed) == len(bodies) * len(MEASURES)
    for row in printed.itertuples():
        assert same(table.loc[row.source_id, row.measure], row.value), row
    short = dict(zip(corpus.sources.source_id, corpus.sources.short, strict=True))
    for row in naming_rates(corpus).to_dict("records"):
        for source_id, name in short.items():
            assert same(table.loc[source_id, f"{row['concept']}: {row['form']}"], row[name]), row
    assert table.n_words.to_dict() == passages(corpus).groupby("source_id").n_words.sum().to_dict()


def test_how_the_work_is_cut_changes_nothing(bodies, monkeypatch):
    own = [line for body in bodies.values() for line in [body, *body.split("\n")]]
    whole = measure_batch(range(len(own)), own, RULES)
    monkeypatch.setattr(vectorized, "BATCH_CHARS", 1)
    monkeypatch.setattr(token_cache, "MAX_TOKENS", 50)
    assert measure_batch(range(len(own)), own, RULES).equals(whole)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        (None, "the text is missing"),
        (float("nan"), "the text is missing"),
        (7, "the text is no string (int)"),
        (b"bytes", "the text is no string (bytes)"),
        ("a " * 5_000_000, "a line has 10,000,000 characters, the most is 1,000,000"),
        ("half \ud83d", "the text holds half a surrogate pair, which is no character"),
        (Unreadable("line 3 is no JSON"), "line 3 is no JSON"),
    ],
)
def test_a_text_that_cannot_be_measured_is_a_row_with_an_error(text, error):
    table = measure_batch(["a", "b", "c"], ["One word.", text, "Two more words."], RULES)
    assert table.id.tolist() == ["a", "b", "c"]
    assert table.error.tolist() == [None, error, None]
    assert table.drop(columns=["id", "error"]).loc[1].isna().all()
    assert table.n_words.tolist()[::2] == [2, 3]


def test_a_text_without_words_has_counts_of_none_and_no_scores():
    table = measure_batch("abcd", ["", "\n \n", "...", "😀"], RULES)
    assert table.error.isna().all()
    assert (table[COUNT_COLUMNS] == 0).all(axis=None)
    assert table.drop(columns=["id", "error", *COUNT_COLUMNS]).isna().all(axis=None)
    assert measure_batch([], [], RULES).shape == (0, table.shape[1])


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (r"\bUkraine\b", {"Ukraine"}),
        (r"(?<!World )\b[Ww]ars?\b(?!-)", {"War", "war", "Wars", "wars"}),
        (r"\b(?:US\b|U\.S\.)", {"US", "U.S."}),
        (r"\b[Mm]ilitary operation\b", {"operation"}),
        (r"colou?r", {"color", "colour"}),
        (r"(?i)war", set()),
        (r"war(?i:s)", set()),
        (r"a+bcd", set()),
        (r"[a-z]ar", set()),
        (r"(?:war|\d)x?", set()),
        (r"[abcdef][abcdef]", set()),
        (r"(?:war)?", set()),
        (r"\s", set()),
    ],
)
def test_every_match_of_a_pattern_holds_a_cue(pattern, expected):
    assert pattern_cues(pattern) == expected


@given(st.one_of(WORDY, DECIDED))
def test_no_use_of_a_name_is_without_a_cue(text):
    for _, _, pattern in RULES.forms:
        assert all(any(cue in match.group() for cue in pattern_cues(pattern)) for match in re.finditer(pattern, text)), pattern


def test_a_pattern_without_a_cue_is_searched_everywhere():
    rules = Rules(RULES.syllables, (("years", "a year", r"\b\d{4}\b"), ("case", "war", r"(?i)\bwar\b")))
    table = measure_batch([0, 1], ["In 2022 and 2023 WAR.", "Nothing."], rules)
    assert table["years: a year"].tolist() == [400, 0]
    assert table["case: war"].tolist() == [200, 0]


def number(cache, *texts):
    """The numbers of the tokens of some texts, and how many tokens each text has."""
    encoded = [text.encode() + b"\n" for text in texts]
    data, ends = np.frombuffer(b"".join(encoded), np.uint8), np.cumsum([len(text) for text in encoded], dtype=np.int64)
    tokens, _, n_tokens = cache.number(data, ends)
    return tokens.tolist(), n_tokens.tolist()


@pytest.mark.parametrize(("limit", "value"), [("MAX_TOKENS", 2), ("MAX_TOKEN_BYTES", 20)])
def test_tokens_are_numbered_once_and_forgotten_where_they_are_too_many_or_too_long(monkeypatch, limit, value):
    monkeypatch.setattr(token_cache, limit, value)
    cache, seen = TokenCache(Rules((), ())), []
    plain = token_cache.word_counts
    monkeypatch.setattr(token_cache, "word_counts", lambda words, *more: seen.extend(words) or plain(words, *more))
    assert number(cache, "one, two " * 20, "", "two") == ([0, 1] * 20 + [1], [40, 0, 1])
    assert seen == ["one", "two"]
    assert number(cache, "three-and-as-many-more two") == ([2, 1], [2])
    assert number(cache, "two") == ([0], [1])
    assert seen == ["one", "two", "three-and-as-many-more", "two"]


def test_a_text_for_which_there_is_no_room_makes_room(monkeypatch):
    monkeypatch.setattr(token_cache, "MAX_TOKENS", 3)
    monkeypatch.setattr(token_cache, "MAX_TOKEN_BYTES", 10)
    words = [f"word{n}" for n in range(5000)]
    assert number(TokenCache(Rules((), ())), " ".join(words)) == (list(range(5000)), [5000])


def test_where_learning_fails_nothing_is_half_known(monkeypatch):
    cache = TokenCache(Rules((), ()))
    with monkeypatch.context() as broken:
        broken.setattr(token_cache, "word_counts", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            number(cache, "one two")
    assert number(cache, "two one") == ([0, 1], [2])
    assert list(cache.numbers) == ["two", "one"]


def test_white_space_is_what_python_takes_for_it():
    signs = [chr(n) for n in range(sys.maxunicode + 1) if not 0xD800 <= n < 0xE000]
    counted = number(TokenCache(Rules((), ())), *(f"a{sign}b" for sign in signs))[1]
    assert [n for n, sign in zip(counted, signs, strict=True) if (n == 2) != sign.isspace()] == []
