"""A quotation and its place in a text, whatever the form of its marks and spaces."""

import re
from functools import lru_cache
from typing import NamedTuple

from analysis.corpus.intervals import overlaps
from analysis.corpus.reader import Corpus
from analysis.corpus.segment import Body, Passage, body_of

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
    return find_in_body(source_id, body_of(corpus, source_id), quote, passage_id)


def find_in_body(source_id: str, body: Body, quote: str, passage_id: str | None = None) -> Evidence:
    """`find_quote` in the body of one text."""
    own = [passage.passage_id for passage in body.passages]
    if passage_id is not None and passage_id not in own:
        raise QuoteError(f"unknown passage {passage_id!r}; {source_id} has {own[0]} to {own[-1]}")
    hits = [hit for hit in find_places(body, quote) if passage_id in (None, hit[0])]
    where = f"in the body of {source_id}" if passage_id is None else f"in {passage_id}"
    if not hits:
        raise QuoteError(f"{quote!r} occurs nowhere {where}; copy the words from the file")
    if len(hits) > 1:
        places = ", ".join(f"{passage} ({start})" for passage, start, _ in hits)
        raise QuoteError(f"{quote!r} occurs {len(hits)} times {where}: {places}; give a longer quotation or its passage")
    passage, start, end = hits[0]
    return Evidence(source_id, passage, start, end, body.raw[start:end])


def find_places(body: Body, quote: str) -> list[tuple[str, int, int]]:
    """Where `quote` stands in a body, as `find_all` says it: without inline noise or, where it is nowhere so, with it."""
    raw, running, own = body
    if (found := find_all(running, quote, own)) or raw == running:
        return found
    return [hit for hit in find_all(raw, quote, own) if running[hit[1]].strip() and running[hit[2] - 1].strip()]


def find_all(raw: str, quote: str, own: list[Passage]) -> list[tuple[str, int, int]]:
    """Where `quote` stands in the passages `own` of a text, as (passage_id, start, end); it may run on over several."""
    text, places = _normalize_text(raw)
    needle = normalize_quotes(quote)[0].strip()
    hits, at = [], text.find(needle) if needle else -1
    while at >= 0:
        start, end = places[at], places[at + len(needle) - 1] + 1
        parts = [(passage, raw[max(start, begin) : min(end, stop)]) for passage, begin, stop in own if overlaps(begin, stop, start, end)]
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
