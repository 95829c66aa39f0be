"""A quotation and its place: offsets into the raw file, passage, short citation; which of its words the book shows."""

import re
from functools import cache, lru_cache
from typing import NamedTuple

import pandas as pd

from analysis.corpus import CODED, SPAN, passages, word_spans, words

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
        raise QuoteError(f"{quote!r} occurs nowhere {where}; copy the words from the file")
    if len(hits) > 1:
        places = ", ".join(f"{passage} ({start})" for passage, start, _ in hits)
        raise QuoteError(f"{quote!r} occurs {len(hits)} times {where}: {places}; give a longer quotation or its passage")
    passage, start, end = hits[0]
    return Evidence(source_id, passage, start, end, corpus.raw[source_id][start:end])


def occurrences(raw, quote, own):
    """Where `quote` stands in the passages `own` of a text, as (passage_id, start, end); it may run on over several."""
    text, places = folded_text(raw)
    needle = folded(quote)[0].strip()
    body = [(p.passage_id, p.start, p.end) for p in own.itertuples()]
    hits, at = [], text.find(needle) if needle else -1
    while at >= 0:
        start, end = places[at], places[at + len(needle) - 1] + 1
        parts = [(passage, raw[max(start, begin) : min(end, stop)]) for passage, begin, stop in body if begin < end and start < stop]
        if sum(letters(part) for _, part in parts) == letters(raw[start:end]):  # nothing between the passages but white space
            hits.append((parts[0][0], start, end))
        at = text.find(needle, at + 1)
    return hits


def letters(text):
    """How many characters of `text` are not white space."""
    return sum(not character.isspace() for character in text)


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


folded_text = lru_cache(maxsize=64)(folded)  # of a whole text, in which many quotations are looked for


def cite(corpus, passage_id):
    """The short citation of a passage: "Smith 2023, par. 6". Raises KeyError for an unknown text."""
    source_id, number = passage_id.rsplit("-p", 1)
    short = corpus.sources.set_index("source_id").short[source_id]
    return f"{short}, par. {int(number)}"


def anchor(passage_id, start, end):
    """The name of a span on the evidence page, for links: "ev-smith2023-p06-1535-1580". It never changes."""
    return f"ev-{passage_id}-{start}-{end}"


def spans(corpus):
    """Every stretch of text that a coding rests on, once, in the order of the texts and of their words.

    Columns: anchor, source_id, passage_id, start, end, quote; shown (what the book shows of it); whose (to whom the text gives the words,
    "the text itself" where to nobody); supports (what rests on it: a list of "table: what").
    """
    coded = [named(corpus, name, table) for name, table in corpus.tables.items() if name in SUPPORTS]
    rows = pd.concat(coded, ignore_index=True)
    rows["anchor"] = [anchor(row.passage_id, row.start, row.end) for row in rows.itertuples()]
    same = ["anchor", "source_id", "passage_id", "start", "end", "quote"]
    merged = rows.groupby(same, sort=False).agg(whose=("whose", most_telling), supports=("supports", list)).reset_index()
    merged["shown"] = [cut(corpus, row.source_id, row.start, row.quote) for row in merged.itertuples()]
    order = {source_id: place for place, source_id in enumerate(corpus.raw)}
    return merged.sort_values(["source_id", "start", "end"], key=lambda column: column.map(order) if column.name == "source_id" else column,
                              ignore_index=True)  # fmt: skip


def named(corpus, name, table):
    """The spans of one coding, with whose words they are and what rests on them."""
    rows = list(table.itertuples())
    return table[[*CODED, *SPAN]].assign(whose=[whose(corpus, row) for row in rows], supports=[SUPPORTS[name](row) for row in rows])


def whose(corpus, row):
    """To whom the text gives the words of a coded row: as the row says or, where it does not, as the terms coded there say."""
    voice = getattr(row, "voice", "")
    if voice == "author":
        return "the text itself"
    if voice not in ("", "attributed"):
        return voice
    if credited := getattr(row, "attributed_to", ""):
        return "the text itself" if credited == "author" else credited
    names = [name for start, end, name in attributed(corpus)[row.source_id] if start < row.end and row.start < end]
    return ", ".join(dict.fromkeys(names)) or "the text itself"


@cache
def attributed(corpus):
    """The spans of the terms that each text attributes to others, as {source_id: [(start, end, name)]}."""
    terms = corpus.tables["codings/provisions.csv"].query("attributed_to != ''")
    columns = ["start", "end", "attributed_to"]
    return {source_id: list(terms.loc[terms.source_id == source_id, columns].itertuples(index=False)) for source_id in corpus.raw}


def most_telling(given):
    """The names given for one span, "the text itself" where none is a name."""
    names = [name for name in dict.fromkeys(given) if name != "the text itself"]
    return ", ".join(names) or "the text itself"


def resting(coded, passage_id, quoted):
    """The row of `coded` (see `spans`) with the shortest span of a passage that holds `quoted`, whatever the form of its spaces and marks.

    Raises QuoteError where no coding rests on these words.
    """
    own = coded.query("passage_id == @passage_id")
    needle = folded(quoted)[0].strip()
    hits = own[own.quote.map(lambda quote: needle in folded(quote)[0])]
    if hits.empty:
        raise QuoteError(f"no coding rests on {quoted!r} in {passage_id}")
    return hits.loc[hits.quote.str.len().idxmin()]


def verbatim(quote, quoted):
    """The stretch of `quote` that `quoted` stands for, whatever the form of its spaces and marks, as the file has it.

    Raises QuoteError where it is not there.
    """
    text, places = folded(quote)
    needle = folded(quoted)[0].strip()
    at = text.find(needle)
    if at < 0 or not needle:
        raise QuoteError(f"{quoted!r} is not in {quote!r}")
    return quote[places[at] : places[at + len(needle) - 1] + 1]


# The full texts are third-party works and are not republished piece by piece.
MOST_WORDS = 10  # of one span
LISTS = ("codings/events.csv", "codings/claims.csv")
MOST_SHARE = 0.45  # of the words of one body; the rest, up to one half, is for quotations in prose and words that paraphrases share
# Naming choices of which every place is shown, in a line.
IN_LINES = ("the fighting since February 2022", "the taking of land")


def excerpt(quote, words=MOST_WORDS):
    """The first `words` white-space separated words of `quote`, with an ellipsis where more follow."""
    begin = re.match(rf"\s*(?:\S+\s+){{{words - 1}}}\S+(?=\s+\S)", quote)
    return begin.group() + " …" if begin else quote


def cut(corpus, source_id, start, quote):
    """What the book shows of the span at `start`: its longest run of `visible` words, at most ten, with ellipses for the others."""
    seen, own, runs = visible(corpus)[source_id], word_spans(quote), [[]]
    for begin, end in own:
        if start + begin in seen:
            runs[-1].append((begin, end))
        elif runs[-1]:
            runs.append([])
    longest = max(runs, key=len)
    if len(longest) == len(own):
        return excerpt(quote)
    if not longest:
        return "…"
    first, last = longest[0] == own[0], longest[-1] == own[-1]  # then with the marks before or behind it
    shown = quote[0 if first else longest[0][0] : len(quote) if last else longest[-1][1]]
    return "… " * (not first) + excerpt(shown).removesuffix(" …") + " …" * (not last or len(shown.split()) > MOST_WORDS)


@cache
def visible(corpus):
    """The words that the book may show: {source_id: set of offsets at which they begin}.

    Naming choices in their lines, the words that date an event and those that a coding quotes in its remarks; then, while all together
    stay below MOST_SHARE of the body's words, the first ten words of one span after another: those on which most codings rest first
    (the long lists of events and claims, which tell their content, not counted), then the shorter ones; and the first word of every span
    that would show none.
    """
    return {source_id: visible_words(corpus, source_id) for source_id in corpus.raw}


def visible_words(corpus, source_id):
    coded = {}
    for name, start, quote in published(corpus, source_id):
        coded[start, quote] = coded.get((start, quote), 0) + (name not in LISTS)
    begins = {span: [span[0] + begin for begin, _ in word_spans(span[1])][:MOST_WORDS] for span in coded}
    body = words(corpus).query("source_id == @source_id")
    lines = naming_choices(corpus).query("source_id == @source_id and concept in @IN_LINES")[["start", "end"]]
    seen = set()
    for start, end in [*lines.values, *dating_words(corpus, source_id), *remarked_words(corpus, source_id)]:
        seen.update(body.start[(start < body.end) & (body.start < end)])
    for span in sorted(begins, key=lambda span: (-coded[span], len(begins[span]), span)):
        more = seen.union(begins[span])
        if len(more | first_words(begins, more)) <= MOST_SHARE * len(body):
            seen = more
    return seen | first_words(begins, seen)


def first_words(begins, seen):
    """The first words of those spans of `begins` of which no word is in `seen`."""
    return {own[0] for own in begins.values() if own and seen.isdisjoint(own)}


def dating_words(corpus, source_id):
    """Where the words stand that date the events of a text, as (start, end): their last place before the end of the event's passage."""
    raw, ends = corpus.raw[source_id], passages(corpus).set_index("passage_id").end
    events = corpus.tables["codings/events.csv"].query("source_id == @source_id and dated_by != ''")
    begins = [(raw.rfind(row.dated_by, 0, ends[row.passage_id]), len(row.dated_by)) for row in events.itertuples()]
    return [(begin, begin + length) for begin, length in begins]


def remarked_words(corpus, source_id):
    """Where the words stand that a row of a published coding quotes of its passage, apart from its `quote`, as (start, end)."""
    found, own = [], dict(list(passages(corpus).groupby("passage_id")))
    for table in [table for name, table in corpus.tables.items() if "quote" in table and ".pass" not in name]:
        for row in table[table.source_id == source_id].drop(columns=["quote", "start", "end"]).itertuples():
            for quoted in QUOTED.findall("\n".join(row[1:])):
                hits = occurrences(corpus.raw[source_id].lower(), quoted.lower(), own[row.passage_id])
                found += [(start, end) for _, start, end in hits]
    return found


def naming_choices(corpus):
    """Every place where a form of names.csv stands in a body: source_id, passage_id, concept, form, start, end."""
    patterns = [(row.concept, row.form, re.compile(row.pattern)) for row in corpus.tables["names.csv"].itertuples()]
    rows = [
        (passage.source_id, passage.passage_id, concept, form, *match.span())
        for passage in passages(corpus).itertuples() for concept, form, pattern in patterns
        for match in pattern.finditer(corpus.raw[passage.source_id], passage.start, passage.end)
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["source_id", "passage_id", "concept", "form", "start", "end"])


def published(corpus, source_id):
    """Every stretch of a text that a row of a published coding rests on, as (file of the coding, start, quote), once a row."""
    return [
        (name, row.start, row.quote)
        for name, table in corpus.tables.items() if "quote" in table and ".pass" not in name
        for row in table[table.source_id == source_id].itertuples()
    ]  # fmt: skip


def whole_share(corpus):
    """The share of each text's spans, 0 to 1, that are shown whole: a Series by source_id."""
    table = spans(corpus)
    return (table.shown == table.quote).groupby(table.source_id, sort=False).mean()
