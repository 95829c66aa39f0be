"""Passages, sentences, words and quoted stretches, with offsets into the raw file."""

import re
from collections import Counter
from collections.abc import Callable
from functools import lru_cache

import pandas as pd

from analysis.corpus.reader import Corpus
from analysis.corpus.sentence_rules import sentence_ends

# Two or more "letter(s) + full stop" (U.S., Ph.D.); or letters and digits, joined by inner apostrophes and
# hyphens (harbour's, so-called), and digits by inner points and commas (10,000).
WORD = re.compile(
    r"[^\W\d_]{1,2}\.(?:[^\W\d_]\.)+"
    r"|[^\W_]+(?:(?:['’\-\u2010\u2011]|(?<=\d)[.,](?=\d))[^\W_]+)*"
)

_QUOTE_PAIRS = {"“": "”", "‘": "’", '"': '"', "'": "'", "«": "»", "„": "“"}

_SINGLE_MARKS = {"’", "'"}

LINE = re.compile(r"\S(?:[^\n]*\S)?")


@lru_cache(maxsize=64)
def passages(corpus: Corpus) -> pd.DataFrame:
    """The body's paragraphs, numbered from 1 in reading order within each text.

    A paragraph is a line of the raw file that lies in a body zone, without the white space around it.
    Columns: source_id, passage_id (`<source_id>-pNN`), start, end, n_words, n_sentences.
    """
    rows = []
    for source_id, text in corpus.raw.items():
        body = corpus.zones[(corpus.zones.source_id == source_id) & (corpus.zones.zone == "body")]
        spans = [line.span() for zone in body.itertuples() for line in LINE.finditer(text, zone.start, zone.end)]
        for number, (start, end) in enumerate(spans, start=1):
            passage = text[start:end]
            rows.append((source_id, f"{source_id}-p{number:02d}", start, end, len(word_offsets(passage)), len(sentence_offsets(passage))))
    return pd.DataFrame(rows, columns=["source_id", "passage_id", "start", "end", "n_words", "n_sentences"])


@lru_cache(maxsize=64)
def sentences(corpus: Corpus) -> pd.DataFrame:
    """The sentences of the bodies: source_id, passage_id, start, end, sentence."""
    return tokenize_passages(corpus, sentence_offsets, "sentence")


@lru_cache(maxsize=64)
def tokens(corpus: Corpus) -> pd.DataFrame:
    """The words of the bodies: source_id, passage_id, start, end, word."""
    return tokenize_passages(corpus, word_offsets, "word")


def tokenize_passages(corpus: Corpus, spans: Callable[[str], list[tuple[int, int]]], name: str) -> pd.DataFrame:
    """What `spans` finds in each passage, with offsets into the raw file and the stretch itself as `name`."""
    rows = [
        (p.source_id, p.passage_id, p.start + start, p.start + end, corpus.raw[p.source_id][p.start + start : p.start + end])
        for p in passages(corpus).itertuples()
        for start, end in spans(corpus.raw[p.source_id][p.start : p.end])
    ]
    return pd.DataFrame(rows, columns=["source_id", "passage_id", "start", "end", name])


def word_offsets(text: str) -> list[tuple[int, int]]:
    """The words of `text` as (start, end) pairs.

    A word is a run of letters and digits. Inner hyphens and apostrophes join it ("reef-like", "harbour's"),
    inner points and commas join digits ("10,000"), an abbreviation of single letters is one word ("U.S.");
    dashes and ellipses part words ("security—and", "to…neutrality").
    """
    return [match.span() for match in WORD.finditer(text)]


def sentence_offsets(text: str) -> list[tuple[int, int]]:
    """The sentences of `text` as (start, end) pairs, by the rule of `sentence_ends`; a line end always ends one.

    A stretch without any word is no sentence. The last one of a line may lack its full stop.
    """
    spans = []
    for line in LINE.finditer(text):
        start = 0
        for end in [*sentence_ends(line[0]), len(line[0])]:
            sentence = line[0][start:end].lstrip()
            if WORD.search(sentence):
                spans.append((line.start() + end - len(sentence), line.start() + end))
            start = end
    return spans


def quotation_offsets(paragraph: str) -> list[tuple[int, int]]:
    """The stretches between quotation marks in one paragraph, as (start, end) pairs without the marks, in order of their openings.

    Curly and straight, double and single marks, nested ones too. An apostrophe opens nothing, since a letter stands before it, and
    closes nothing where a letter follows. A quotation that does not close runs to the end of the paragraph.
    """
    spans: list[tuple[int, int]] = []
    stack: list[tuple[str, int]] = []  # the closing mark and the start of each stretch that is open
    awaited: Counter[str] = Counter()  # how often each closing mark is in the stack

    def pop() -> int:
        closing, start = stack.pop()
        awaited[closing] -= 1
        return start

    for place, sign in enumerate(paragraph):
        before, after = paragraph[place - 1 : place], paragraph[place + 1 : place + 2]
        if stack and sign == stack[-1][0] and not (sign in _SINGLE_MARKS and after.isalnum()):
            spans.append((pop(), place))
        elif sign in _QUOTE_PAIRS and not before.isalnum() and after.strip():
            stack.append((_QUOTE_PAIRS[sign], place + 1))
            awaited[_QUOTE_PAIRS[sign]] += 1
        elif awaited[sign] and sign not in _SINGLE_MARKS:
            while stack[-1][0] != sign:  # an inner mark that never closed was none
                pop()
            spans.append((pop(), place))
    return sorted([*spans, *((start, len(paragraph)) for _, start in stack)])
