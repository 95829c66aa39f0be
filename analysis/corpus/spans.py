"""Every stretch of text that a coding rests on: its name, its citation, who says it, what rests on it."""

from collections.abc import Iterable
from functools import cache
from typing import Any

import pandas as pd

from analysis.corpus.intervals import overlaps
from analysis.corpus.quotes import QuoteError, normalize_quotes
from analysis.corpus.reader import Corpus
from analysis.corpus.schema import ROW_KEY, SPAN
from analysis.corpus.segment import tokens

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
    "codings/source_checks.csv": lambda row: f"held against the record, {row.verdict}: {row.statement}",
    "codings/quotations.csv": lambda row: f"quotation, {row.kind}: {row.speaker}",
    "firmness.csv": lambda row: f"how firm the deal was: {row.step}",
    "explanations.csv": lambda row: f"why the talks stopped, {row.stance}: {row.explanation}",
}


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
    supports (what rests on it: a list of "table: what").
    """
    coded = [_spans_of_coding(corpus, name, corpus.tables[name]) for name in SUPPORTS]
    rows = pd.concat(coded, ignore_index=True)
    rows["anchor"] = [span_id(row.passage_id, row.start, row.end) for row in rows.itertuples()]
    same = ["anchor", "source_id", "passage_id", "start", "end", "quote"]
    merged = rows.groupby(same, sort=False).agg(whose=("whose", named_speakers), supports=("supports", list)).reset_index()
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
        .assign(whose=[speaker_of(corpus, row) for row in rows], supports=[SUPPORTS[name](row) for row in rows])
    )


def speaker_of(corpus: Corpus, row: Any) -> str:
    """To whom the text gives the words of a coded row: as the row says or, where it does not, as the terms coded there say."""
    voice = getattr(row, "voice", getattr(row, "speaker", ""))
    if voice == "author":
        return "the text itself"
    if voice not in ("", "attributed"):
        return voice
    if credited := getattr(row, "attributed_to", ""):
        return "the text itself" if credited == "author" else credited
    names = [name for start, end, name in _attributed_terms(corpus)[row.source_id] if overlaps(start, end, row.start, row.end)]
    return ", ".join(dict.fromkeys(names)) or "the text itself"


@cache
def _attributed_terms(corpus: Corpus) -> dict[str, list[tuple[int, int, str]]]:
    """The spans of the terms that each text attributes to others, as {source_id: [(start, end, name)]}."""
    terms = corpus.tables["codings/provisions.csv"].query("attributed_to != ''")
    columns = ["start", "end", "attributed_to"]
    return {source_id: list(terms.loc[terms.source_id == source_id, columns].itertuples(index=False)) for source_id in corpus.raw}


def named_speakers(given: Iterable[str]) -> str:
    """The names given for one span, "the text itself" where none is a name."""
    names = [name for name in dict.fromkeys(given) if name != "the text itself"]
    return ", ".join(names) or "the text itself"


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
    """How much of each text the coded spans cover, quotations among them, all of which the book shows whole.

    Columns: source_id, n_words (of the body), share (of these words, in percent; a word counts once, and where a part of it is covered).
    """
    body = tokens(corpus).assign(covered=False)
    coded = pd.concat([corpus.tables[name][["source_id", "start", "end"]] for name in SUPPORTS])
    for source_id, own in body.groupby("source_id"):
        spans_of_text = coded[coded.source_id == source_id].drop_duplicates()
        first, last = own.end.searchsorted(spans_of_text.start, side="right"), own.start.searchsorted(spans_of_text.end)
        for begin, end in zip(first, last, strict=True):
            body.loc[own.index[begin:end], "covered"] = True
    shares = body.groupby("source_id", sort=False).covered.agg(n_words="size", share="mean").reset_index()
    return shares.assign(share=100 * shares.share)
