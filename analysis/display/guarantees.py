"""Guarantors in words, and duties as a ladder: each cell and each rung leads to the words that it rests on."""

import html
import re
from typing import Any

import pandas as pd

from analysis.coding.guarantees import commitment_scores, guarantor_words
from analysis.corpus.bibliography import format_references, reference_names
from analysis.corpus.reader import Corpus
from analysis.corpus.texts import coded_sources
from analysis.display.evidence_tables import evidence_link
from analysis.display.notebook import display_html_table, display_named
from analysis.display.passages import passage_block

_GROUPS, _AGAINST = "Groups, in the words of the text", "Said to refuse, or not to be accepted"


def display_guarantors(texts: Corpus, *instruments: str) -> None:
    """Display who is named as a guarantor, in words: a column for each of `instruments` and each text.

    States and bodies of which all say the same share a row; groups share one, and so do refusals and guesses at them.
    """
    rows = guarantor_words(texts, *instruments)
    is_named = ~rows.kind.eq("group") | rows.said.eq("Named")
    groups = rows.kind.eq("group")
    single = rows[~groups]
    alike = single.groupby("guarantor", sort=False)[["source_id", "said"]].apply(
        lambda own: tuple(sorted(set(own.itertuples(index=False))))
    )
    heads = alike.groupby(alike, sort=False).transform(lambda own: ", ".join(own.index))
    single = single.assign(who=single.guarantor.map(heads), label=single.said)
    group = rows[groups].assign(
        who=pd.Series(_GROUPS, rows.index).where(is_named, _AGAINST),
        label=rows.guarantor.where(is_named, rows.guarantor + ": " + rows.said.str[0].str.lower() + rows.said.str[1:]),
    )
    parts = [single, group[group.who == _GROUPS], group[group.who == _AGAINST]]
    _display_words(texts, pd.concat(parts), instruments, "Who would be a guarantor, in words")


def display_all_guarantors(texts: Corpus, *instruments: str) -> None:
    """Display every state, body and group that is named as a guarantor, a row each, to sort and search; see `display_guarantors`."""
    rows = guarantor_words(texts, *instruments)
    rows = rows.sort_values("kind", key=lambda kinds: kinds.map(["state", "body", "group"].index), kind="stable")
    _display_words(texts, rows.assign(who=rows.guarantor, label=rows.said), instruments, "Every guarantor, in words", browse=True)


def _display_words(texts: Corpus, rows: pd.DataFrame, instruments: tuple[str, ...], caption: str, browse: bool = False) -> None:
    """Display `rows`, of which `who` heads a row of the table and `label` is what a cell says, in a column for each instrument and text."""
    shorts = texts.tables["instruments.csv"].drop_duplicates("instrument").set_index("instrument").short
    heads = {**{name: shorts[name] for name in instruments}, **coded_sources(texts).set_index("source_id").short}
    cells = dict(iter(rows.groupby(["who", "source_id"], sort=False)))
    said, links = (
        pd.DataFrame({name: {who: made.get((who, name), "") for who in rows.who.unique()} for name in heads})
        for made in (
            {place: "; ".join(own.label.unique()) for place, own in cells.items()},
            {place: _linked(texts, own) for place, own in cells.items()},
        )
    )
    shown = said.rename(columns=heads).rename_axis(columns=None).rename_axis("guarantor").reset_index()
    shown_links = {heads[name]: links[name].to_list() for name in heads}
    display_html_table(shown, rows.drop(columns=["who", "label"]), caption, links=shown_links, filters={} if browse else None)


def _linked(texts: Corpus, rows: pd.DataFrame) -> str:
    """What a cell says, as HTML: each thing once, where a text says it with its words, and with those on each guarantor if they differ."""
    parts = []
    for label, own in rows.groupby("label", sort=False):
        spans = own.dropna(subset="quote").drop_duplicates(["start", "end"])
        if spans.guarantor.nunique() > 1 and own.kind.ne("group").all():
            parts.append(
                f"{html.escape(str(label))}: "
                + ", ".join(evidence_link(texts, row, label=str(row.guarantor)) for row in spans.itertuples())
            )
        elif len(spans):
            parts.append(evidence_link(texts, next(spans.itertuples()), label=str(label)))
        else:
            parts.append(html.escape(str(label)))
    return "; ".join(parts)


def display_duties(texts: Corpus) -> None:
    """Display the scale of duties as a ladder, strongest on top: on each rung the texts, in their words whole, and the instruments."""
    scores, caption = commitment_scores(texts), "A ladder of duties: what a guarantor would have to do"
    scale = texts.tables["strengths.csv"].astype({"rank": int})
    rungs = [_rung(texts, own, scores[scores["rank"] == rank]) for rank, own in reversed(list(scale.groupby("rank")))]
    content = (
        f'<div class="duties" id="fig-duties" role="group" aria-label="{caption}">\n<p class="title">{caption}</p>\n{"".join(rungs)}</div>'
    )
    display_named(content, scores, caption, "fig-duties")


def _rung(texts: Corpus, steps: pd.DataFrame, scores: pd.DataFrame) -> str:
    """A rung as HTML: its names and definitions, and what stands on it."""
    names = " ".join(f"<b>{html.escape(step.strength.capitalize())}.</b> {html.escape(step.definition)}" for step in steps.itertuples())
    cards = "".join(_of_text(texts, row) if row.kind == "text" else _of_instrument(texts, row) for row in scores.itertuples())
    place = "above" if steps["rank"].iloc[0] else "off"
    return f'<div class="rung {place}"><p class="name">{names}</p><div class="cards">{cards or "<p>Nothing stands here.</p>"}</div></div>\n'


def _of_text(texts: Corpus, row: Any) -> str:
    return f'<div class="card">{passage_block(texts, row)}{_note(texts, row)}</div>'


def _of_instrument(texts: Corpus, row: Any) -> str:
    works = html.escape(f"{format_references(texts, row.reference)}, {row.locator}; grade {row.grade}")
    where = f'<p class="where">{html.escape(row.of)} ({works})</p>'
    return f'<div class="card instrument"><p>{html.escape(row.says)}</p>{where}{_note(texts, row)}</div>'


def _note(texts: Corpus, row: Any) -> str:
    """The coder's note, with works and texts by their short names in place of their keys."""
    names = reference_names(texts.path / "references.bib") | dict(texts.sources[["source_id", "short"]].itertuples(index=False))
    said = re.sub(r"\b[a-z]+\d{4}[a-z]*\b", lambda key: names.get(key[0], key[0]), row.note)
    return f'<p class="note">{html.escape(said)}</p>' if said else ""
