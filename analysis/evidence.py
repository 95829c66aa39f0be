"""A quotation and its place: offsets into the raw file, passage, short citation; every span that a coding rests on."""

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any, NamedTuple

import pandas as pd

from analysis.corpus import Corpus, passages, words
from analysis.intervals import overlaps
from analysis.schema import ROW_KEY, SPAN

# Forms that a typist may not keep apart: quotation marks, apostrophes, dashes.
SAME = str.maketrans({**dict.fromkeys("“”„«»", '"'), **dict.fromkeys("‘’‚`´", "'"), **dict.fromkeys("‐‑–—", "-")})

# A stretch between double quotation marks.
QUOTED = re.compile(r'["“”„]([^"“”„\n]+)["“”]')

# What rests on a span, by the file of the coding: how one of its rows says it.
SUPPORTS = {
    "codings/provisions.csv": lambda row: f"provisions, {row.dimension}, {row.level}: {row.position}",
    "codings/guarantors.csv": lambda row: f"guarantors: {row.guarantor} ({row.role})",
    "codings/strengths.csv": lambda row: f"strength of the guarantee: {row.strength}",
    "codings/responsibility.csv": lambda row: f"{row.valence}, {row.actor}, {row.matter}: {row.act}",
    "codings/frames.csv": lambda row: f"{row.function}: {row.summary}",
    "codings/events.csv": lambda row: f"event, {row.date} ({row.date_basis}): {row.description}",
    "codings/claims.csv": lambda row: f"claim {row.claim_id}: {row.claim}",
    "codings/comparisons.csv": lambda row: f"compared, {row.topic}: {row.position}",
    "codings/source_checks.csv": lambda row: f"held against the record, {row.finding}: {row.statement}",
}


class Evidence(NamedTuple):
    """A verbatim stretch of a text: `raw[source_id][start:end] == quote`; it begins in passage `passage_id`."""

    source_id: str
    passage_id: str
    start: int
    end: int
    quote: str


class QuoteError(ValueError):
    """A quotation that occurs nowhere in the text, or more than once with no position given."""


def find(corpus: Corpus, source_id: str, quote: str, passage_id: str | None = None) -> Evidence:
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
        raise QuoteError(f"{quote!r} occurs nowhere {where}; copy the words from the file")
    if len(hits) > 1:
        places = ", ".join(f"{passage} ({start})" for passage, start, _ in hits)
        raise QuoteError(f"{quote!r} occurs {len(hits)} times {where}: {places}; give a longer quotation or its passage")
    passage, start, end = hits[0]
    return Evidence(source_id, passage, start, end, corpus.raw[source_id][start:end])


def occurrences(raw: str, quote: str, own: pd.DataFrame) -> list[tuple[str, int, int]]:
    """Where `quote` stands in the passages `own` of a text, as (passage_id, start, end); it may run on over several."""
    text, places = folded_text(raw)
    needle = folded(quote)[0].strip()
    body = [(p.passage_id, p.start, p.end) for p in own.itertuples()]
    hits, at = [], text.find(needle) if needle else -1
    while at >= 0:
        start, end = places[at], places[at + len(needle) - 1] + 1
        parts = [(passage, raw[max(start, begin) : min(end, stop)]) for passage, begin, stop in body if overlaps(begin, stop, start, end)]
        if sum(letters(part) for _, part in parts) == letters(raw[start:end]):  # nothing between the passages but white space
            hits.append((parts[0][0], start, end))
        at = text.find(needle, at + 1)
    return hits


def letters(text: str) -> int:
    """How many characters of `text` are not white space."""
    return sum(not character.isspace() for character in text)


def folded(text: str) -> tuple[str, list[int]]:
    """`text` with one form of quotation mark, apostrophe and dash and every run of white space as one space.

    Returns (folded text, places): places[i] is the offset in `text` of the folded text's character i.
    """
    characters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text.translate(SAME)):
        if character.isspace():
            if characters and characters[-1] == " ":
                continue
            character = " "
        characters.append(character)
        places.append(place)
    return "".join(characters), places


folded_text = lru_cache(maxsize=64)(folded)  # of a whole text, in which many quotations are looked for


def cite(corpus: Corpus, passage_id: str) -> str:
    """The short citation of a passage: "Smith 2023, par. 6". Raises KeyError for an unknown text."""
    source_id, number = passage_id.rsplit("-p", 1)
    short = corpus.sources.set_index("source_id").short[source_id]
    return f"{short}, par. {int(number)}"


def anchor(passage_id: str, start: int, end: int) -> str:
    """The name of a span on the evidence page, for links: "ev-smith2023-p06-1535-1580". It never changes."""
    return f"ev-{passage_id}-{start}-{end}"


def spans(corpus: Corpus) -> pd.DataFrame:
    """Every stretch of text that a coding rests on, once, in the order of the texts and of their words.

    Columns: anchor, source_id, passage_id, start, end, quote; whose (to whom the text gives the words, "the text itself" where to nobody);
    supports (what rests on it: a list of "table: what").
    """
    coded = [named(corpus, name, table) for name, table in corpus.tables.items() if name in SUPPORTS]
    rows = pd.concat(coded, ignore_index=True)
    rows["anchor"] = [anchor(row.passage_id, row.start, row.end) for row in rows.itertuples()]
    same = ["anchor", "source_id", "passage_id", "start", "end", "quote"]
    merged = rows.groupby(same, sort=False).agg(whose=("whose", most_telling), supports=("supports", list)).reset_index()
    order = {source_id: place for place, source_id in enumerate(corpus.raw)}
    return merged.sort_values(["source_id", "start", "end"], key=lambda column: column.map(order) if column.name == "source_id" else column,
                              ignore_index=True)  # fmt: skip


def named(corpus: Corpus, name: str, table: pd.DataFrame) -> pd.DataFrame:
    """The spans of one coding, with whose words they are and what rests on them."""
    rows = list(table.itertuples())
    return table[[*ROW_KEY, *SPAN]].assign(whose=[whose(corpus, row) for row in rows], supports=[SUPPORTS[name](row) for row in rows])


def whose(corpus: Corpus, row: Any) -> str:
    """To whom the text gives the words of a coded row: as the row says or, where it does not, as the terms coded there say."""
    voice = getattr(row, "voice", "")
    if voice == "author":
        return "the text itself"
    if voice not in ("", "attributed"):
        return voice
    if credited := getattr(row, "attributed_to", ""):
        return "the text itself" if credited == "author" else credited
    names = [name for start, end, name in attributed(corpus)[row.source_id] if overlaps(start, end, row.start, row.end)]
    return ", ".join(dict.fromkeys(names)) or "the text itself"


@cache
def attributed(corpus: Corpus) -> dict[str, list[tuple[int, int, str]]]:
    """The spans of the terms that each text attributes to others, as {source_id: [(start, end, name)]}."""
    terms = corpus.tables["codings/provisions.csv"].query("attributed_to != ''")
    columns = ["start", "end", "attributed_to"]
    return {source_id: list(terms.loc[terms.source_id == source_id, columns].itertuples(index=False)) for source_id in corpus.raw}


def most_telling(given: Iterable[str]) -> str:
    """The names given for one span, "the text itself" where none is a name."""
    names = [name for name in dict.fromkeys(given) if name != "the text itself"]
    return ", ".join(names) or "the text itself"


def resting(coded: pd.DataFrame, passage_id: str, quoted: str) -> pd.Series:
    """The row of `coded` (see `spans`) with the shortest span of a passage that holds `quoted`, whatever the form of its spaces and marks.

    Raises QuoteError where no coding rests on these words.
    """
    own = coded.query("passage_id == @passage_id")
    needle = folded(quoted)[0].strip()
    hits = own[own.quote.map(lambda quote: needle in folded(quote)[0])]
    if hits.empty:
        raise QuoteError(f"no coding rests on {quoted!r} in {passage_id}")
    return hits.loc[hits.quote.str.len().idxmin()]


def verbatim(quote: str, quoted: str) -> str:
    """The stretch of `quote` that `quoted` stands for, whatever the form of its spaces and marks, as the file has it.

    Raises QuoteError where it is not there.
    """
    text, places = folded(quote)
    needle = folded(quoted)[0].strip()
    at = text.find(needle)
    if at < 0 or not needle:
        raise QuoteError(f"{quoted!r} is not in {quote!r}")
    return quote[places[at] : places[at + len(needle) - 1] + 1]


def shown_share(corpus: Corpus) -> pd.DataFrame:
    """How much of each text the coded spans cover, quotations among them, all of which the book shows whole.

    Columns: source_id, n_words (of the body), share (of these words, in percent; a word counts once, and where a part of it is covered).
    """
    body = words(corpus).assign(covered=False)
    coded = pd.concat([corpus.tables[name][["source_id", "start", "end"]] for name in (*SUPPORTS, "codings/quotations.csv")])
    for source_id, own in body.groupby("source_id"):
        spans_of_text = coded[coded.source_id == source_id].drop_duplicates()
        first, last = own.end.searchsorted(spans_of_text.start, side="right"), own.start.searchsorted(spans_of_text.end)
        for begin, end in zip(first, last, strict=True):
            body.loc[own.index[begin:end], "covered"] = True
    shares = body.groupby("source_id", sort=False).covered.agg(n_words="size", share="mean").reset_index()
    return shares.assign(share=100 * shares.share)
