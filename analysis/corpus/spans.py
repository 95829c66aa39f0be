"""Every stretch of text that a coding rests on: its name, its citation, who says it, what rests on it."""

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any, NamedTuple

import pandas as pd

from analysis.corpus.context import places_around
from analysis.corpus.dates import date_in_words
from analysis.corpus.intervals import overlaps
from analysis.corpus.quotes import QuoteError, normalize_quotes
from analysis.corpus.reader import Corpus
from analysis.corpus.schema import ROW_KEY, SPAN
from analysis.corpus.segment import tokens
from analysis.corpus.vocabulary import AUTHOR, STATED


class Coding(NamedTuple):
    """What rests on a span: a row of the file of a coding, and what it says, in words."""

    file: str
    row: Any
    words: str


_ROLES: dict[str, str] = {"proposed": "named as guarantor", "refusing": "said to refuse to guarantee", "earlier": "gave an earlier pledge"}
_ACTORS: dict[str, str] = {"both": "both sides", "mediator": "a mediator", "other": "others"}
_STANCES: dict[str, str] = {"advances": "says", "denies": "denies an account of", "tells": "tells an account of", "hints": "hints"}
_FUNCTIONS: dict[str, str] = {"moral": "moral judgement"}
# What rests on a span, by the file of the coding: how one of its rows says it. The order is that in which a span finds its home page.
SUPPORTS: dict[str, Callable[[Any], str]] = {
    "codings/provisions.csv": lambda row: f"{row.level}{_basis(row)}: {row.position}",
    "codings/guarantors.csv": lambda row: f"{_ROLES.get(row.role, row.role)}{_basis(row)}: {row.guarantor}",
    "codings/strengths.csv": lambda row: f"what a guarantee would oblige to{_basis(row)}: {row.strength}",
    "explanations.csv": lambda row: f"{_STANCES.get(row.stance, row.stance)} why the talks stopped: {row.explanation}",
    "firmness.csv": lambda row: f"how firm the deal was: {row.step}",
    "codings/responsibility.csv": lambda row: f"{row.valence}: {_ACTORS.get(row.actor, row.actor)}, for {row.act}{_rejected(row)}",
    "codings/frames.csv": lambda row: f"{_FUNCTIONS.get(row.function, row.function)}: {row.summary}{_rejected(row)}",
    "codings/events.csv": lambda row: f"event, {date_in_words(row.date)}: {row.description}",
    "codings/claims.csv": lambda row: f"claim: {row.claim}",
    "codings/comparisons.csv": lambda row: f"compared with other texts, {row.topic}: {row.position}",
    "codings/source_checks.csv": lambda row: f"held against the record, {row.verdict}: {row.statement}",
    "codings/quotations.csv": lambda row: f"quotation: {voice_in_words(row.speaker)}",
}
# The page on which a span is shown, by the file of the first of its codings.
_PAGES = dict(zip(SUPPORTS, ["terms", *["guarantees"] * 4, *["framing"] * 2, "events", *["claims"] * 3, "quotations"], strict=True))
EVIDENCE_PAGES = list(dict.fromkeys(_PAGES.values()))


def _basis(row: Any) -> str:
    return "" if row.basis == STATED else f", {row.basis}"


def _rejected(row: Any) -> str:
    return f" (rejected by {voice_in_words(row.rejected_by)})" if row.rejected_by else ""


def cite(corpus: Corpus, passage_id: str) -> str:
    """The short citation of a passage: "Smith 2023, par. 6". Raises KeyError for an unknown text."""
    source_id, number = passage_id.rsplit("-p", 1)
    short = corpus.sources.set_index("source_id").short[source_id]
    return f"{short}, par. {int(number)}"


def span_id(passage_id: str, start: int, end: int) -> str:
    """The name of a span on the evidence page, for links: "ev-smith2023-p06-1535-1580". It never changes."""
    return f"ev-{passage_id}-{start}-{end}"


def coded_spans(corpus: Corpus) -> pd.DataFrame:
    """Every stretch of text that a coding rests on, once, in the order of the texts and of their words.

    Columns: anchor, source_id, passage_id, start, end, quote; whose (to whom the text gives the words, "the text itself" where to nobody);
    codings (what rests on it, a list of Coding); supports (the same in words); page (where it is shown: one of EVIDENCE_PAGES).
    """
    coded = [_spans_of_coding(corpus, name, corpus.tables[name]) for name in SUPPORTS]
    rows = pd.concat(coded, ignore_index=True)
    rows["anchor"] = [span_id(row.passage_id, row.start, row.end) for row in rows.itertuples()]
    same = ["anchor", "source_id", "passage_id", "start", "end", "quote"]
    merged = rows.groupby(same, sort=False).agg(whose=("whose", named_speakers), codings=("coding", list)).reset_index()
    merged["supports"] = [[coding.words for coding in codings] for codings in merged.codings]
    merged["page"] = [_PAGES[codings[0].file] for codings in merged.codings]
    order = {source_id: place for place, source_id in enumerate(corpus.raw)}
    return merged.sort_values(
        ["source_id", "start", "end"], key=lambda column: column.map(order) if column.name == "source_id" else column, ignore_index=True
    )


def _spans_of_coding(corpus: Corpus, name: str, table: pd.DataFrame) -> pd.DataFrame:
    """The spans of one coding, with whose words they are and what rests on them."""
    table = table[table.source_id != ""]
    rows = list(table.itertuples())
    return (
        table[[*ROW_KEY, *SPAN]]
        .astype({"start": int, "end": int})
        .assign(
            whose=[speaker_of(corpus, row) for row in rows], coding=[Coding(name, row, SUPPORTS[name](row).rstrip(".")) for row in rows]
        )
    )


@cache
def span_index(corpus: Corpus) -> dict[str, Any]:
    """The rows of `coded_spans` by their anchors."""
    return {span.anchor: span for span in coded_spans(corpus).itertuples()}


def evidence_page(corpus: Corpus, span: Any) -> str:
    """The page that shows a span (a row with passage_id, start, end): "evidence-terms". Raises KeyError where nothing rests on it."""
    return f"evidence-{span_index(corpus)[span_id(span.passage_id, span.start, span.end)].page}"


def speaker_of(corpus: Corpus, row: Any) -> str:
    """To whom the text gives the words of a coded row: as the row says or, where it does not, as the terms coded there say."""
    voice = getattr(row, "voice", getattr(row, "speaker", ""))
    if voice == AUTHOR:
        return voice_in_words(voice)
    if voice not in ("", "attributed"):
        return voice
    if credited := getattr(row, "attributed_to", ""):
        return voice_in_words(credited)
    names = [name for start, end, name in _attributed_terms(corpus)[row.source_id] if overlaps(start, end, row.start, row.end)]
    return named_speakers(names)


@cache
def _attributed_terms(corpus: Corpus) -> dict[str, list[tuple[int, int, str]]]:
    """The spans of the terms that each text attributes to others, as {source_id: [(start, end, name)]}."""
    terms = corpus.tables["codings/provisions.csv"].query("attributed_to != ''")
    columns = ["start", "end", "attributed_to"]
    return {source_id: list(terms.loc[terms.source_id == source_id, columns].itertuples(index=False)) for source_id in corpus.raw}


def voice_in_words(voice: str) -> str:
    """A voice as readers are told of it: a name, or "the text itself" for that of the text."""
    return "the text itself" if voice == AUTHOR else voice


def named_speakers(given: Iterable[str]) -> str:
    """The names given for one span, "the text itself" where none is a name.

    A name stands once: "Ann Lee (through the Times)" says all that "Ann Lee" does.
    """
    names = [name for name in dict.fromkeys(given) if name != "the text itself"]
    longest = [name for name in names if not any(other.startswith(f"{name} (") for other in names)]
    return ", ".join(longest) or "the text itself"


def find_coded_span(coded: pd.DataFrame, passage_id: str, quoted: str) -> pd.Series:
    """The row of `coded` (see `coded_spans`) with the shortest span of a passage that holds `quoted`.

    The form of spaces and marks may differ. Raises QuoteError where no coding rests on these words.
    """
    own = coded.query("passage_id == @passage_id")
    needle = normalize_quotes(quoted)[0].strip()
    hits = own[own.quote.map(lambda quote: needle in normalize_quotes(quote)[0])]
    if hits.empty:
        raise QuoteError(f"no coding rests on {quoted!r} in {passage_id}")
    return hits.loc[hits.quote.str.len().idxmin()]


def shown_share(corpus: Corpus) -> pd.DataFrame:
    """How much of each text the book shows: the coded spans, quotations among them, each whole, and the words that stand around them.

    Columns: source_id, n_words (of the body), share (of these words, in percent; a word counts once, and where a part of it is covered),
    around (the part of the share that only stands around spans, in percent of all words).
    """
    body = tokens(corpus).assign(covered=False, near=False)
    coded = pd.concat([corpus.tables[name][["source_id", "start", "end"]] for name in SUPPORTS])
    for source_id, own in body.groupby("source_id"):
        spans_of_text = coded[coded.source_id == source_id].drop_duplicates()
        first, last = own.end.searchsorted(spans_of_text.start, side="right"), own.start.searchsorted(spans_of_text.end)
        for begin, end in zip(first, last, strict=True):
            body.loc[own.index[begin:end], "covered"] = True
        near = {start for span in spans_of_text.itertuples() for start, _ in places_around(corpus, span)}
        body.loc[own.index[own.start.isin(near)], "near"] = True
    shown = body.assign(share=body.covered | body.near, around=body.near & ~body.covered)
    shares = shown.groupby("source_id", sort=False).agg(n_words=("share", "size"), share=("share", "mean"), around=("around", "mean"))
    return shares.assign(share=100 * shares.share, around=100 * shares.around).reset_index()
