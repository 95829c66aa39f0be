"""A quotation and its place: offsets into the raw file, passage, short citation."""

from typing import NamedTuple

from analysis.corpus import passages

# Forms that a typist may not keep apart: quotation marks, apostrophes, dashes.
SAME = str.maketrans({**dict.fromkeys("“”„«»", '"'), **dict.fromkeys("‘’‚`´", "'"), **dict.fromkeys("‐‑–—", "-")})


class Evidence(NamedTuple):
    """A verbatim stretch of a text: `raw[source_id][start:end] == quote`; it begins in passage `passage_id`."""

    source_id: str
    passage_id: str
    start: int
    end: int
    quote: str


class QuoteError(ValueError):
    """A quotation that occurs nowhere in the text, or more than once with no position given."""


def find(corpus, source_id, quote, passage_id=None):
    """Find `quote` in the body of a text, where spaces, quotation marks and dashes may differ in form.

    `passage_id` chooses among several places. Returns the Evidence, its quote as the raw file has it. Raises
    QuoteError where the quotation occurs nowhere in the body, or more than once, and for an unknown text or passage.
    """
    if source_id not in corpus.raw:
        raise QuoteError(f"unknown text {source_id!r}; known are {', '.join(corpus.raw)}")
    own = passages(corpus).query("source_id == @source_id")
    if passage_id is not None and passage_id not in set(own.passage_id):
        raise QuoteError(f"unknown passage {passage_id!r}; {source_id} has {own.passage_id.iloc[0]} to {own.passage_id.iloc[-1]}")
    hits = [hit for hit in occurrences(corpus.raw[source_id], quote, own) if passage_id in (None, hit[0])]
    where = f"in the body of {source_id}" if passage_id is None else f"in {passage_id}"
    if not hits:
        raise QuoteError(f"{quote!r} occurs nowhere {where}")
    if len(hits) > 1:
        places = ", ".join(f"{passage} ({start})" for passage, start, _ in hits)
        raise QuoteError(f"{quote!r} occurs {len(hits)} times {where}: {places}; give a longer quotation or its passage")
    passage, start, end = hits[0]
    return Evidence(source_id, passage, start, end, corpus.raw[source_id][start:end])


def occurrences(raw, quote, own):
    """Where `quote` stands in the passages `own` of a text, as (passage_id, start, end); it may run on over several."""
    text, places = folded(raw)
    needle = folded(quote)[0].strip()
    body = [(p.passage_id, p.start, p.end) for p in own.itertuples()]
    hits, at = [], text.find(needle) if needle else -1
    while at >= 0:
        start, end = places[at], places[at + len(needle) - 1] + 1
        first = [passage for passage, begin, stop in body if begin <= start < stop]
        last = [passage for passage, begin, stop in body if begin < end <= stop]
        if first and last:
            hits.append((first[0], start, end))
        at = text.find(needle, at + 1)
    return hits


def folded(text):
    """`text` with one form of quotation mark, apostrophe and dash and every run of white space as one space.

    Returns (folded text, places): places[i] is the offset in `text` of the folded text's character i.
    """
    characters, places = [], []
    for place, character in enumerate(text.translate(SAME)):
        if character.isspace():
            if characters and characters[-1] == " ":
                continue
            character = " "
        characters.append(character)
        places.append(place)
    return "".join(characters), places


def cite(corpus, passage_id):
    """The short citation of a passage: "DeCamp 2022, par. 6". Raises KeyError for an unknown text."""
    source_id, number = passage_id.rsplit("-p", 1)
    short = corpus.sources.set_index("source_id").short[source_id]
    return f"{short}, par. {int(number)}"
