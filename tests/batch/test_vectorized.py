"""Measuring many documents at once: the numbers are those of the plain functions, on the texts of the book and on any text whatever."""

import math
import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from analysis import archive, measures, names
from analysis.archive import Unreadable, columns, load_rules, measure, reference
from analysis.chunks import ENDS, IRREGULAR, PLAIN, Chunks, ends
from analysis.corpus import passages, sentence_tokenizer
from analysis.cues import cues
from tests.test_properties import TEXT, WORDY

EXACT = 1e-9
RULES = load_rules()
MODEL = sentence_tokenizer().params

# Prose in which Punkt must decide: its abbreviations, collocations and first words, marks alone and in rows, spaces of all kinds.
BEFORE = (
    sorted(MODEL.abbrev_types)[::9]
    + sorted({word for pair in MODEL.collocations for word in pair})
    + ["end", "Word", "3", "J", "no", "No", "U.S", "p.m"]
)
MARKS = [
    ".",
    "?",
    "!",
    "...",
    "..",
    ". . .",
    "?!",
    "!!!",
    ".”",
    '."',
    ".)",
    "?’",
    ".'",
    "!]",
    ".]).",
    ",",
    ";",
    "",
    "",
    ".--",
    ".—",
    "…",
    '.,"',
    ".1",
]
SPACES = [" ", " ", " ", " ", "  ", "\n", "\t", "\r", "\u00a0", "\u2009", "\u2028", "\x1c", "\x85", ""]
AFTER = [
    *sorted(MODEL.sent_starters)[::7],
    "The",
    "he",
    "“He",
    '"And',
    "(see",
    "12",
    "--",
    "—but",
    ".",
    "...",
    "”",
    "' then",
    "’",
    "_x",
    "Cold War",
    "pre-war",
]
DECIDED = st.lists(st.tuples(*map(st.sampled_from, (BEFORE, MARKS, SPACES, AFTER, SPACES))).map("".join), max_size=40).map("".join)
LONG = st.lists(st.one_of(WORDY, DECIDED), min_size=4, max_size=12).map(" ".join)
SCOPE = "all"


def same(a, b):
    return (math.isnan(a) and math.isnan(b)) or abs(a - b) <= EXACT


def differing(texts):
    """Where `measure` and `reference` differ: (text, column, the one, the other)."""
    table = measure(range(len(texts)), texts, RULES)
    assert list(table.columns) == columns(RULES)
    assert table.id.tolist() == list(range(len(texts)))
    assert table.error.isna().all()
    rows = zip(texts, table.astype({name: float for name in measures.COUNTS}).to_dict("records"), strict=True)
    return [
        (text, name, row[name], value) for text, row in rows for name, value in reference(text, RULES).items() if not same(row[name], value)
    ]


def at_the_threshold():
    """A text of which each stretch of MTLD ends where its share of different words is the threshold itself, 18 of 25."""
    words = [f"{letter}o" for letter in "abcdefghijklmnopqr"]
    return " ".join((words + words[:7]) * 5)


@pytest.mark.promise("archive")
@example([at_the_threshold()])
@given(st.lists(st.one_of(TEXT, DECIDED, LONG), max_size=4))
@settings(max_examples=400)
@example(
    [
        "One word. . .Then two.",
        "word. ... Then",
        "e.g. ... Then",
        ". . . Then",
        "A. . b",
        "He said “No.” “Yes.",
        "U.S.) The",
        "\u00a0\u00a0 end.\u00a0The",
    ]
)
def test_fast_and_plain_give_the_same_numbers_for_any_text(texts):
    assert differing(texts) == []


def bodies(corpus):
    spans = passages(corpus)
    return {
        source_id: "\n".join(text[row.start : row.end] for row in spans[spans.source_id == source_id].itertuples())
        for source_id, text in corpus.raw.items()
    }


@pytest.mark.promise("archive")
def test_fast_and_plain_give_what_the_book_prints_of_its_texts(texts):
    own = bodies(texts)
    assert differing(list(own.values())) == []
    table = measure(own, own.values(), RULES).set_index("id")
    printed = measures.measures(texts).query("scope == @SCOPE and method == 'published formula'")
    assert len(printed) == len(own) * len(measures.MEASURES)
    for row in printed.itertuples():
        assert same(table.loc[row.source_id, row.measure], row.value), row
    short = dict(zip(texts.sources.source_id, texts.sources.short, strict=True))
    for row in names.rates(texts).to_dict("records"):
        for source_id, name in short.items():
            assert same(table.loc[source_id, f"{row['concept']}: {row['form']}"], row[name]), row
    assert table.n_words.to_dict() == passages(texts).groupby("source_id").n_words.sum().to_dict()


def test_how_the_work_is_cut_changes_nothing(texts, monkeypatch):
    own = [line for body in bodies(texts).values() for line in [body, *body.split("\n")]]
    whole = measure(range(len(own)), own, RULES)
    monkeypatch.setattr(archive, "AT_ONCE", 1)
    monkeypatch.setattr(archive, "STEP", 7)
    monkeypatch.setattr("analysis.chunks.MOST_CHUNKS", 50)
    assert measure(range(len(own)), own, RULES).equals(whole)
    assert len(archive.chunks_of(RULES)) < 2000


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
    table = measure(["a", "b", "c"], ["One word.", text, "Two more words."], RULES)
    assert table.id.tolist() == ["a", "b", "c"]
    assert table.error.tolist() == [None, error, None]
    assert table.drop(columns=["id", "error"]).loc[1].isna().all()
    assert table.n_words.tolist()[::2] == [2, 3]


@pytest.mark.parametrize("text", ["", "\n \n", "...", "😀"])
def test_a_text_without_words_has_counts_of_none_and_no_scores(text):
    table = measure(["a"], [text], RULES)
    assert table.error[0] is None
    assert (table.loc[0, measures.COUNTS] == 0).all()
    assert table.drop(columns=["id", "error", *measures.COUNTS]).loc[0].isna().all()


def test_no_documents_give_no_rows():
    assert measure([], [], RULES).shape == (0, len(columns(RULES)))


@pytest.mark.parametrize(
    ("chunk", "following", "outcome"),
    [
        ("Mr.", "Smith", PLAIN),
        ("home.", "The", ENDS),
        ("home.”", "The", ENDS),
        ("U.S.", "army", PLAIN),
        ("home?", "he", ENDS),
        ('end."And', "then", IRREGULAR),
        ("Jr.", "...", IRREGULAR),
    ],
)
def test_the_end_of_a_sentence_is_told_from_two_chunks(chunk, following, outcome):
    assert ends(chunk, following) == outcome


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (r"\bUkraine\b", {"Ukraine"}),
        (r"(?<!World )\b[Ww]ars?\b(?!-)", {"War", "war", "Wars", "wars"}),
        (r"\b(?:US\b|U\.S\.)", {"US", "U.S."}),
        (r"\b[Mm]ilitary operation\b", {"operation"}),
        (r"colou?r", {"color", "colour"}),
        (r"a+bcd.e", {"bcd"}),
        (r"(?:abc|de)\d(?:xyz|uvwx)", {"xyz", "uvwx"}),
        (r"(?:war\d|peace\d+)", {"war", "peace"}),
        (r"(?i)war", None),
        (r"\d+", None),
        (r"(?:war|\d)x?", None),
        (r"\s", None),
    ],
)
def test_every_match_of_a_pattern_holds_a_cue(pattern, expected):
    assert cues(pattern) == expected


@given(st.one_of(WORDY, DECIDED))
def test_no_use_of_a_name_is_without_a_cue(text):
    for _, _, pattern in RULES.forms:
        found = cues(pattern)
        assert all(any(cue in match.group() for cue in found) for match in re.finditer(pattern, text)), pattern


def test_a_pattern_without_a_cue_is_searched_everywhere():
    rules = archive.Rules(RULES.syllables, (("years", "a year", r"\b\d{4}\b"), ("case", "war", r"(?i)\bwar\b")))
    table = measure([0, 1], ["In 2022 and 2023 WAR.", "Nothing."], rules)
    assert table["years: a year"].tolist() == [400, 0]
    assert table["case: war"].tolist() == [200, 0]


def test_a_chunk_is_looked_at_once():
    chunks = Chunks({}, [])
    seen = []
    chunks.word = lambda word, plain=chunks.word: seen.append(word) or plain(word)
    assert [chunks[chunk] for chunk in ["war,", "peace", "war,", "war"]] == [0, 1, 0, 2]
    assert seen == ["war", "peace", "war"]


@pytest.mark.parametrize(("limit", "value"), [("MOST_CHUNKS", 2), ("MOST_CHARACTERS", 20)])
def test_chunks_are_forgotten_where_they_are_too_many_or_too_long(monkeypatch, limit, value):
    monkeypatch.setattr(f"analysis.chunks.{limit}", value)
    chunks = Chunks({}, [])
    for chunk in ("one", "two", "one", "two"):
        assert chunks[chunk] < 2
        assert not chunks.is_full()
    assert chunks["three-and-as-many-more"] == 2
    assert chunks.is_full()
    chunks.clear()
    assert not chunks.is_full()
    assert chunks["two"] == 0
