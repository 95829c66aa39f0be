"""A quotation and its place in a text, whatever the form of its marks and spaces."""

import re
from functools import lru_cache
from typing import NamedTuple

import pandas as pd

from analysis.corpus.intervals import overlaps
from analysis.corpus.reader import Corpus
from analysis.corpus.segment import passages

# Forms that a typist may not keep apart: quotation marks, apostrophes, dashes.
QUOTE_VARIANTS = str.maketrans({**dict.fromkeys("“”„«»", '"'), **dict.fromkeys("‘’‚`´", "'"), **dict.fromkeys("‐‑–—", "-")})

# A stretch between double quotation marks.
DOUBLE_QUOTED = re.compile(r'["“”„]([^"“”„\n]+)["“”]')


class Evidence(NamedTuple):
    """A verbatim stretch of a text: `raw[source_id][start:end] == quote`; it begins in passage `passage_id`."""

    source_id: str
    passage_id: str
    start: int
    end: int
    quote: str


class QuoteError(ValueError):
    """A quotation that occurs nowhere in the text, or more than once with no position given."""


def find_quote(corpus: Corpus, source_id: str, quote: str, passage_id: str | None = None) -> Evidence:
    """Find `quote` in the body of a text, where spaces, quotation marks and dashes may differ in form.

    `passage_id` chooses among several places. Returns the Evidence, its quote as the raw file has it. Raises
    QuoteError where the quotation occurs nowhere in the body, or more than once, and for an unknown text or passage.
    """
    if source_id not in corpus.raw:
        raise QuoteError(f"unknown text {source_id!r}; known are {', '.join(corpus.raw)}")
    own = passages(corpus).query("source_id == @source_id")
    if passage_id is not None and passage_id not in set(own.passage_id):
        raise QuoteError(f"unknown passage {passage_id!r}; {source_id} has {own.passage_id.iloc[0]} to {own.passage_id.iloc[-1]}")
    hits = [hit for hit in find_all(corpus.raw[source_id], quote, own) if passage_id in (None, hit[0])]
    where = f"in the body of {source_id}" if passage_id is None else f"in {passage_id}"
    if not hits:
        raise QuoteError(f"{quote!r} occurs nowhere {where}; copy the words from the file")
    if len(hits) > 1:
        places = ", ".join(f"{passage} ({start})" for passage, start, _ in hits)
        raise QuoteError(f"{quote!r} occurs {len(hits)} times {where}: {places}; give a longer quotation or its passage")
    passage, start, end = hits[0]
    return Evidence(source_id, passage, start, end, corpus.raw[source_id][start:end])


def find_all(raw: str, quote: str, own: pd.DataFrame) -> list[tuple[str, int, int]]:
    """Where `quote` stands in the passages `own` of a text, as (passage_id, start, end); it may run on over several."""
    text, places = _normalize_text(raw)
    needle = normalize_quotes(quote)[0].strip()
    body = [(p.passage_id, p.start, p.end) for p in own.itertuples()]
    hits, at = [], text.find(needle) if needle else -1
    while at >= 0:
        start, end = places[at], places[at + len(needle) - 1] + 1
        parts = [(passage, raw[max(start, begin) : min(end, stop)]) for passage, begin, stop in body if overlaps(begin, stop, start, end)]
        if sum(_count_non_space(part) for _, part in parts) == _count_non_space(
            raw[start:end]
        ):  # nothing between the passages but white space
            hits.append((parts[0][0], start, end))
        at = text.find(needle, at + 1)
    return hits


def _count_non_space(text: str) -> int:
    """How many characters of `text` are not white space."""
    return sum(not character.isspace() for character in text)


def normalize_quotes(text: str) -> tuple[str, list[int]]:
    """`text` with one form of quotation mark, apostrophe and dash and every run of white space as one space.

    Returns (folded text, places): places[i] is the offset in `text` of the folded text's character i.
    """
    characters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text.translate(QUOTE_VARIANTS)):
        if character.isspace():
            if characters and characters[-1] == " ":
                continue
            character = " "
        characters.append(character)
        places.append(place)
    return "".join(characters), places


_normalize_text = lru_cache(maxsize=64)(normalize_quotes)  # of a whole text, in which many quotations are looked for


def match_in_source(quote: str, quoted: str) -> str:
    """The stretch of `quote` that `quoted` stands for, whatever the form of its spaces and marks, as the file has it.

    Raises QuoteError where it is not there.
    """
    text, places = normalize_quotes(quote)
    needle = normalize_quotes(quoted)[0].strip()
    at = text.find(needle)
    if at < 0 or not needle:
        raise QuoteError(f"{quoted!r} is not in {quote!r}")
    return quote[places[at] : places[at + len(needle) - 1] + 1]
