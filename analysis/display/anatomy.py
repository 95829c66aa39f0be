"""The anatomy strip: each text as a row of blocks, a block a sentence, as long as the sentence and coloured by what it does."""

import html
from typing import Any

from analysis.coding.anatomy import KINDS, kind_shares, sentence_kinds
from analysis.corpus.reader import Corpus
from analysis.corpus.spans import cite, span_id
from analysis.corpus.texts import STATUS_WORDS, coded_sources, source_table
from analysis.display.notebook import display_html_table, display_named, reader_columns
from analysis.number_words import plural

_NAME = "fig-anatomy"

_CAPTION = "What each sentence does. A block is a sentence, as long as it has words; each text runs from its first sentence to its last."

_LETTERS = dict(zip(KINDS, ["Q", "T", "B", "R", "E", ""], strict=True))

_SCALE, _HEIGHT = 2, 28  # pixels: of a word, and of a block

_ROOM = 14  # pixels that a letter needs


def display_anatomy(texts: Corpus) -> None:
    """Display what each sentence does, text by text, with `kind_shares` as its data.

    Pointing at a block, or reaching it by the keyboard, shows what the sentence says in other words, and its code; the block leads to the
    evidence. The words of the text are not in it.
    """
    table, sources = sentence_kinds(texts), source_table(texts)
    rows = "".join(
        f'<li><p class="anatomy-name">{html.escape(source.short)}<span>{_size(source)}</span></p>'
        f'<p class="anatomy-bar">{"".join(_block(texts, row) for row in own.itertuples())}</p></li>\n'
        for source in sources.itertuples()
        for own in [table[table.source_id == source.source_id]]
    )
    legend = "".join(f"<li>{_swatch(kind)} {html.escape(kind)}</li>" for kind in KINDS)
    content = (
        f'<div class="anatomy" id="{_NAME}" role="group" aria-label="{html.escape(_CAPTION)}">\n'
        f'<ul class="anatomy-legend" aria-label="What the colours mean">{legend}</ul>\n<ol class="anatomy-texts">\n{rows}</ol>\n'
        f'<p class="anatomy-caption">{html.escape(_CAPTION)}</p></div>'
    )
    display_named(content, kind_shares(texts), _CAPTION, _NAME)


def _size(source: Any) -> str:
    """How long a text is, and how far it is coded where that is not to the end."""
    return ", ".join(filter(None, (plural(source.body_words, "word"), STATUS_WORDS[source.coding])))


def display_sentences(texts: Corpus) -> None:
    """Display what each sentence does, what it says in other words, and its code, as a table to sort, search and filter."""
    table = sentence_kinds(texts)
    shown = reader_columns(table.drop(columns=["passage_id", "start", "end"]), texts).rename(columns={"n words": "words"})
    shown["evidence"] = [cite(texts, passage_id) for passage_id in table.passage_id]
    links = {"evidence": [_citation(texts, row) for row in table.itertuples()]}
    filters = {"text": list(coded_sources(texts).short), "kind": KINDS}
    display_html_table(shown, table, "What each sentence does", links=links, filters=filters)


def _block(texts: Corpus, row: Any) -> str:
    """A sentence as a block that shows what it says and leads to the evidence; as one that does neither where no coding rests on it."""
    drawn = _drawn(_LETTERS[row.kind], _SCALE * row.n_words)
    place = f"{cite(texts, row.passage_id)}, {plural(row.n_words, 'word')}"
    named = html.escape(f"{place}: {row.kind}. {row.gist}{row.also and f'. Also {row.also}'}")
    if row.start < 0:
        return f'<span class="anatomy-block {_look(row.kind)}" role="img" aria-label="{named}">{drawn}</span>'
    said = "".join(
        f'<span class="{part}">{html.escape(words)}</span>'
        for part, words in (
            ("anatomy-gist", row.gist),
            ("anatomy-code", f"{row.kind}: {row.code}"),
            ("anatomy-code", row.also and f"also {row.also}"),
            ("anatomy-place", place),
        )
        if words
    )
    return (
        f'<a class="ev anatomy-block {_look(row.kind)}" href="{_address(row)}" aria-label="{named}">'
        f'{drawn}<span class="ev-words">{said}</span></a>'
    )


def _swatch(kind: str) -> str:
    return f'<span class="anatomy-block {_look(kind)}">{_drawn(_LETTERS[kind], _HEIGHT)}</span>'


def _drawn(letter: str, width: int) -> str:
    """What gives a block its size, with its letter where there is room for it."""
    written = f'<text x="50%" y="50%" text-anchor="middle" dominant-baseline="central">{letter}</text>' * (width >= _ROOM)
    return f'<svg width="{width}" height="{_HEIGHT}" aria-hidden="true">{written}</svg>'


def _look(kind: str) -> str:
    """The class by which the style sheet knows a kind: "anatomy-terms"."""
    return f"anatomy-{kind.split()[0]}"


def _address(row: Any) -> str:
    return f"evidence.html#{span_id(row.passage_id, row.start, row.end)}"


def _citation(texts: Corpus, row: Any) -> str:
    """A sentence's paragraph, as a link to the evidence where a coding rests on it."""
    place = html.escape(cite(texts, row.passage_id))
    return place if row.start < 0 else f'<a href="{_address(row)}">{place}</a>'
