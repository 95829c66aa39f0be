"""Coded words as a reader sees them: whole, the words around them in grey, who says them, where they stand, where the outlet has them."""

import html
from functools import cache
from typing import Any

from analysis.corpus.context import words_around
from analysis.corpus.reader import Corpus
from analysis.corpus.segment import word_offsets
from analysis.corpus.spans import cite, evidence_page, span_id, span_index
from analysis.corpus.speech import direct_speech
from analysis.corpus.text_fragment import source_address


def passage_block(texts: Corpus, span: Any, page: str = "evidence.html") -> str:
    """A coded span as HTML: its words, whole; to whom the text gives them; links to its place among the evidence and to the outlet's page.

    `span` is a row of a coding or of `coded_spans`; `page` is the address of the page Evidence.
    """
    words, said = span_words(texts, span), html.escape(who_says(texts, span))
    place = f'<a href="{home_address(texts, span, page)}">{html.escape(cite(texts, span.passage_id))}</a>'
    links = "".join(f", {link}" for link in [source_link(texts, span)] if link)
    return f'<blockquote class="passage"><p>{words}</p><p class="where">{said}{place}{links}</p></blockquote>'


def span_words(texts: Corpus, span: Any, marked: str = "") -> str:
    """The words of a span as a quotation in HTML, with what stands around them in the text; `marked` are those of them to be set off."""
    around = words_around(texts, span)
    words = html.escape(span.quote)
    if marked and marked != span.quote:
        words = words.replace(html.escape(marked), f"<b>{html.escape(marked)}</b>", 1)
    before, after = (f'<span class="ev-around">{html.escape(side)}</span>' if side else "" for side in around)
    return f'<q>{before}<span class="ev-span">{words}</span>{after}</q>'


def who_says(texts: Corpus, span: Any) -> str:
    """To whom a text gives the words of a span, to stand before its citation.

    "Ann Lee, in " where all the words stand between quotation marks, "On the word of Ann Lee, in " where the text reports her in words of
    its own, "In its own voice: ".
    """
    row = span_index(texts)[span_id(span.passage_id, span.start, span.end)]
    speaker = _quoted_speaker(texts, row)
    if row.whose == "the text itself":
        return f"{speaker}, in " if speaker else "In its own voice: "
    return f"{row.whose}, in " if speaker else f"On the word of {row.whose}, in "


def _quoted_speaker(texts: Corpus, span: Any) -> str:
    """Whose quotation holds each word of a span, the innermost; "" where none does."""
    words = [(span.start + start, span.start + end) for start, end in word_offsets(span.quote)]
    if not words:
        return ""
    (begin, _), (_, end) = words[0], words[-1]
    holding = [(last - first, name) for first, last, name in _speech(texts)[span.source_id] if first <= begin and end <= last]
    return min(holding)[1] if holding else ""


@cache
def _speech(texts: Corpus) -> dict[str, list[tuple[int, int, str]]]:
    """The quotations in which somebody speaks, as {source_id: [(start, end, speaker)]}."""
    table = direct_speech(texts)
    columns = ["start", "end", "speaker"]
    return {source_id: list(table.loc[table.source_id == source_id, columns].itertuples(index=False, name=None)) for source_id in texts.raw}


def home_address(texts: Corpus, span: Any, page: str = "evidence.html") -> str:
    """Where a span is shown with all that rests on it; `page` is the address of the page Evidence, which lies in the same folder."""
    folder = page[: page.rfind("/") + 1]
    return f"{folder}{evidence_page(texts, span)}.html#{span_id(span.passage_id, span.start, span.end)}"


def source_link(texts: Corpus, span: Any) -> str:
    """A link to the words on the outlet's own page, as HTML; "" where no such page is known."""
    address = source_address(texts, span)
    return f'<a class="source" href="{html.escape(address)}">read it at the source</a>' if address else ""
