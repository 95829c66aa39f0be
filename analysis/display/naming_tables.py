"""What each text calls things: its own words side by side, and the lines in which they stand."""

import html
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from analysis.corpus.reader import Corpus
from analysis.corpus.texts import source_table
from analysis.corpus.unicode_checks import slug
from analysis.display.notebook import display_html_table, display_named, reader_columns, table_name
from analysis.number_words import plural
from analysis.stylometry.naming import concordance_lines, words_by_text


def display_names(texts: Corpus, matters: Mapping[str, Sequence[str]], caption: str, page: str) -> None:
    """Display what each text calls `matters`, {name for readers: concepts}: a row a matter, a column a text.

    Every word carries how often it stands there and leads to its first line on `page` (`display_concordance`); words that stand only
    between quotation marks are set apart. On a narrow screen each row is a card.
    """
    rows, short = words_by_text(texts, matters), source_table(texts).set_index("source_id").short
    heads = "".join(f'<th scope="col" role="columnheader">{html.escape(name)}</th>' for name in ("what is named", *short))
    cells = rows.groupby(["matter", "source_id"])
    body = ""
    for matter in matters:
        body += f'<tr role="row"><th scope="row" role="rowheader">{html.escape(matter)}</th>'
        for source_id, text in short.items():
            own = cells.get_group((matter, source_id)) if (matter, source_id) in cells.groups else rows.head(0)
            body += f'<td role="cell" data-text="{html.escape(text)}">{_names(own, page)}</td>'
        body += "</tr>\n"
    title, name = html.escape(caption), table_name(caption)
    content = (
        f'<div class="scroll names" id="{name}" role="region" tabindex="0" aria-label="{title}">\n<table class="table" role="table">\n'
        f'<caption>{title}</caption>\n<thead role="rowgroup"><tr role="row">{heads}</tr></thead>\n'
        f'<tbody role="rowgroup">\n{body}</tbody></table></div>'
    )
    display_named(content, rows, caption, name)


def _names(own: pd.DataFrame, page: str) -> str:
    """A cell: the words of one text for one matter, the author's own before those that it quotes."""
    parts = []
    for quoted, mark in ((False, ""), (True, '<span class="whose">quoted:</span> ')):
        words = ", ".join(
            f'<a href="{page}#{_line_anchor(row)}">{html.escape(row.words)}</a>&nbsp;<small>{row.n}</small>'
            for row in own[own.quoted == quoted].itertuples()
        )
        parts += [f'<p class="{"quoted" if quoted else "own"}">{mark}{words}</p>'] if words else []
    return "".join(parts) or '<p class="absent">absent</p>'


def _line_anchor(row: Any) -> str:
    """The name, for links, of the first line in which a text uses a form, apart for its own words and those between quotation marks."""
    return f"line-{row.source_id}-{slug(row.concept)}-{slug(row.form)}{'-quoted' * row.quoted}"


def display_concordance(texts: Corpus, concept: str, context: int = 4) -> None:
    """Display every use of a naming choice with `context` words on each side, folded, as lines that meet at the word."""
    rows = concordance_lines(texts, concept, context)
    title, name = f"{concept}: {plural(len(rows), 'line')}", table_name(f"{concept} lines")
    data = rows[["source_id", "left", "hit", "right"]].assign(whose_words=["quoted" if quoted else "own" for quoted in rows.quoted])
    shown = reader_columns(data.rename(columns={"left": "before", "hit": "word", "right": "after"}), texts)
    first = ~rows.duplicated(["source_id", "form", "quoted"])
    names = [f' id="{_line_anchor(row)}"' * row.first for row in rows.assign(concept=concept, first=first).itertuples()]
    lines = {
        "before": [f'<span class="left">{html.escape(words)}</span>' for words in rows.left],
        "word": [f"<b{name}>{html.escape(words)}</b>" for name, words in zip(names, rows.hit, strict=True)],
    }
    display_html_table(shown, data, title, name, lines, fold=True)
