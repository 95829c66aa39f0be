"""Passages, sentences, words and quoted stretches, with offsets into the raw file.

Inline noise, a stretch of another zone with body on both sides of it in its line, parts nothing: the paragraph and its sentences run over
it, and its words are not there (`running_text`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from analysis.corpus.reader import Corpus
from analysis.corpus.sentence_rules import sentence_ends

if TYPE_CHECKING:  # a command that asks for no table does without
    import pandas as pd

# Two or more "letter(s) + full stop" (U.S., Ph.D.); or letters and digits, joined by inner apostrophes and
# hyphens (harbour's, so-called), and digits by inner points and commas (10,000).
WORD = re.compile(
    r"[^\W\d_]{1,2}\.(?:[^\W\d_]\.)+"
    r"|[^\W_]+(?:(?:['’\-\u2010\u2011]|(?<=\d)[.,](?=\d))[^\W_]+)*"
)

_QUOTE_PAIRS = {"“": "”", "‘": "’", '"': '"', "'": "'", "«": "»", "„": "“"}

_SINGLE_MARKS = {"’", "'"}

LINE = re.compile(r"\S(?:[^\n]*\S)?")


class Passage(NamedTuple):
    """A paragraph of the body: its id, and its offsets in the raw file."""

    passage_id: str
    start: int
    end: int


class Body(NamedTuple):
    """The body of a text: its raw file, the same with spaces in the place of inline noise, and its paragraphs."""

    raw: str
    running: str
    passages: list[Passage]


@lru_cache(maxsize=64)
def passages(corpus: Corpus) -> pd.DataFrame:
    """The body's paragraphs, numbered from 1 in reading order within each text.

    A paragraph is what a line of the raw file has in body zones, from the first to the last character of it that is no white space.
    Columns: source_id, passage_id (`<source_id>-pNN`), start, end, n_words, n_sentences.
    """
    import pandas as pd

    rows = []
    for source_id in corpus.raw:
        body = body_of(corpus, source_id)
        for passage in body.passages:
            text = body.running[passage.start : passage.end]
            rows.append((source_id, *passage, len(word_offsets(text)), len(sentence_offsets(text))))
    return pd.DataFrame(rows, columns=["source_id", "passage_id", "start", "end", "n_words", "n_sentences"])


@lru_cache(maxsize=64)
def body_of(corpus: Corpus, source_id: str) -> Body:
    """The Body of a text of the corpus."""
    return read_body(source_id, corpus.raw[source_id], corpus.zones[corpus.zones.source_id == source_id].itertuples())


def read_body(source_id: str, text: str, zones: Iterable[Any]) -> Body:
    """The Body of a text, of which `zones` are the rows of zones.csv (`zone`, `start`, `end`)."""
    lines, position, parts = _body_lines(text, zones), 0, list[str]()
    for stretches in lines:
        for (_, start), (end, _) in pairwise(stretches):
            parts += [text[position:start], " " * (end - start)]
            position = end
    found = [Passage(f"{source_id}-p{number:02d}", own[0][0], own[-1][1]) for number, own in enumerate(lines, start=1)]
    return Body(text, "".join([*parts, text[position:]]), found)


def _body_lines(text: str, zones: Iterable[Any]) -> list[list[tuple[int, int]]]:
    """The body of each line of a text that has some, as its stretches; between two of one line stands inline noise."""
    lines = list[list[tuple[int, int]]]()
    for span in [line.span() for zone in zones if zone.zone == "body" for line in LINE.finditer(text, zone.start, zone.end)]:
        if lines and "\n" not in text[lines[-1][-1][1] : span[0]]:
            lines[-1].append(span)
        else:
            lines.append([span])
    return lines


def running_text(corpus: Corpus, source_id: str) -> str:
    """The raw text with spaces in the place of inline noise, so that offsets stay what they are: what words are counted and found in."""
    return body_of(corpus, source_id).running


@lru_cache(maxsize=64)
def sentences(corpus: Corpus) -> pd.DataFrame:
    """The sentences of the bodies: source_id, passage_id, start, end, sentence."""
    return tokenize_passages(corpus, sentence_offsets, "sentence")


@lru_cache(maxsize=64)
def tokens(corpus: Corpus) -> pd.DataFrame:
    """The words of the bodies: source_id, passage_id, start, end, word."""
    return tokenize_passages(corpus, word_offsets, "word")


def tokenize_passages(corpus: Corpus, spans: Callable[[str], list[tuple[int, int]]], name: str) -> pd.DataFrame:
    """What `spans` finds in each passage, with offsets into the raw file and the stretch itself, without inline noise, as `name`."""
    import pandas as pd

    running = {source_id: running_text(corpus, source_id) for source_id in corpus.raw}
    rows = [
        (p.source_id, p.passage_id, p.start + start, p.start + end, running[p.source_id][p.start + start : p.start + end])
        for p in passages(corpus).itertuples()
        for start, end in spans(running[p.source_id][p.start : p.end])
    ]
    return pd.DataFrame(rows, columns=["source_id", "passage_id", "start", "end", name])


def word_offsets(text: str) -> list[tuple[int, int]]:
    """The words of `text` as (start, end) pairs.

    A word is a run of letters and digits. Inner hyphens and apostrophes join it ("reef-like", "harbour's"),
    inner points and commas join digits ("10,000"), an abbreviation of single letters is one word ("U.S.");
    dashes and ellipses part words ("security—and", "to…peace").
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
