"""No sentence that says how many texts, or which, without data behind it: "every text", "only A", "all but B", a list of texts.

A sentence *quantifies* where a word of quantity stands at most five words before "text", "account" or the short name of a text ("no other
text"), "alone" or "only" directly behind one, or a superlative ("the last text", "A blames B most"); where "all", "both", "each", "none",
"neither" or "nobody" stands for a noun ("all are"); and where it names more than one text without evidence ({ev}) from each.

Where a statement is true but for texts that joined since the sentences were read over, the page says so behind the sentence.

Such a sentence quotes what a cell computed ({glue}), or a mark that prints nothing stands behind it: {holds}`only a2022: provisions; level
== 'agreed'`, a statement (`analysis.display.quantities`) that must be true; or {not-held}`reason`, where no data can say whether it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from analysis.corpus.joined import without_joined
from analysis.corpus.reader import Corpus
from book.lint.prose import MASK, QUOTED, Pages, Paragraph, of, page_paragraphs
from book.notebooks import page_names

if TYPE_CHECKING:
    from analysis.display.quantities import Tables

MARKS = ("holds", "not-held")
_SUPERLATIVE = "earliest|easiest|first|hardest|last|latest|longest|shortest"
_QUANTITY = "all|any|both|each|either|every|few|most|neither|no|none|only|several"
# Signs for private use stand for the roles of a paragraph: from _ROLE on for those that print, from _MARK on for marks.
_ROLE, _MARK = 0xE000, 0xF000
_PRINTED, _UNPRINTED = "\ue000-\uefff", "\uf000-\uf8ff"
_NEXT_SENTENCE = re.compile(rf"(?<=[.!?{_UNPRINTED}])\s+(?=[^\W\d_a-z]|[“\"({MASK}{_PRINTED}])")
_PRONOUN = (
    r"(?<!\bat )\b(?:all|both|each|neither|nobody|none)"
    r"(?=[,.;:)]| (?:also|are|but|can|could|describe|do|does|had|has|have|is|may|of them|stand|was|were)\b)"
)


class _Sentence(NamedTuple):
    """A sentence as it is read here: its place; its words, MASK for others' and for roles; its roles, as (name, content)."""

    place: str
    text: str
    roles: list[tuple[str, str]]


def quantifier_faults(texts: Corpus, root: Path, pages: Pages = None) -> list[str]:
    """Every sentence of `pages` that quantifies over texts with nothing behind it, or with a statement that is not true."""
    short = dict(zip(texts.sources.short, texts.sources.source_id, strict=True))
    quantity = _quantity_pattern(list(short))
    return [
        f"{sentence.place}: “{_shown(sentence.text)}” {fault}"
        for page in page_names(root)
        if of(pages, page)
        for paragraph in page_paragraphs(root, page)
        if paragraph.kind == "paragraph"
        for sentence in _sentences(paragraph)
        for fault in _faults(texts, sentence, _quantified(sentence, quantity, short))
    ]


def _what_holds(texts: Corpus, statement: str) -> str:
    """As `analysis.display.quantities.what_holds`."""
    from analysis.display.quantities import what_holds

    return what_holds(texts, statement, _tables())


@cache
def _tables() -> Tables:
    """What makes each table, once for all sentences on the same texts."""
    from analysis.display.published_tables import MAKERS
    from analysis.display.quantities import TABLES

    return {name: lru_cache(maxsize=4)(make) for name, make in {**MAKERS, **TABLES}.items()}


def _faults(texts: Corpus, sentence: _Sentence, quantified: str) -> Iterator[str]:
    """What is wrong with a sentence in which `quantified` quantifies ("" where nothing does), in words."""
    names = {name for name, _ in sentence.roles}
    for statement in (content for name, content in sentence.roles if name == "holds"):
        try:
            true = _what_holds(texts, statement)
        except ValueError as error:
            yield f"stands under {statement!r}, but {error}. Remedy: correct the condition."
            continue
        if true and not _holds_without_joined(texts, statement):
            yield f"is not true: it stands under {statement!r}, but the data say {true!r}. Remedy: change sentence and condition."
    if quantified and not names & {*MARKS, "glue:text"}:
        yield (
            f"says {quantified!r} of texts, and nothing holds it. Remedy: quote a cell with {{glue:text}}, put {{holds}}`which: condition` "
            "behind it, or {not-held}`reason`."
        )
    if "not-held" in names and not quantified:
        yield "needs no {not-held}. Remedy: take it out."


def _holds_without_joined(texts: Corpus, statement: str) -> bool:
    """Whether a statement that is not true of all texts is true without those that joined later: then the page says whom it leaves out."""
    before = without_joined(texts)
    try:
        return before is not texts and not _what_holds(before, statement)
    except ValueError:  # it names one of them
        return False


def statement_leaves_out(texts: Corpus, statement: str) -> bool:
    """Whether the sentence over a statement has to say that it leaves texts out that joined later."""
    return without_joined(texts) is not texts and bool(_what_holds(texts, statement)) and _holds_without_joined(texts, statement)


def _quantity_pattern(short: list[str]) -> re.Pattern[str]:
    """What finds a quantity of texts in a sentence."""
    noun = rf"(?:texts?|accounts?|{'|'.join(re.escape(name) for name in sorted(short, key=len, reverse=True))})"
    before = rf"\b(?:{_QUANTITY})\b(?:\s+(?:[\w'’]+|{MASK})){{0,5}}?\s+{noun}(?![\w-])"
    names = "|".join(re.escape(name) for name in sorted(short, key=len, reverse=True))
    superlative = rf"\b(?:{_SUPERLATIVE}) texts?(?![\w-])|(?<!\w)(?:{names})\b[^,;:.]*? (?:the )?most\b(?! of\b)"
    return re.compile(rf"{before}|(?<!\w){noun} (?:alone|only)\b|{superlative}|{_PRONOUN}", re.IGNORECASE)


def _quantified(sentence: _Sentence, quantity: re.Pattern[str], short: dict[str, str]) -> str:
    """What quantifies over texts in a sentence; "" where nothing does, and in a question."""
    if sentence.text.rstrip(f" {MASK}").endswith("?"):
        return ""
    if found := quantity.search(sentence.text):
        return " ".join(found[0].split())
    shown = {content.partition(":")[0].rpartition("-p")[0] for name, content in sentence.roles if name == "ev"}
    named = [name for name in short if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", sentence.text)]
    return " and ".join(named) if len(named) > 1 and not {short[name] for name in named} <= shown else ""


def _sentences(paragraph: Paragraph) -> Iterator[_Sentence]:
    """The sentences of a paragraph. A mark belongs to the sentence before it."""
    roles, joined = {}, ""
    for place, (kind, text) in enumerate(paragraph.pieces):
        if kind == "role":
            name, _, content = text.partition(" ")
            sign = chr((_MARK if name in MARKS else _ROLE) + place)
            roles[sign] = (name, content)
            joined += sign
        else:
            joined += text if kind in ("plain", "bold", "break") else MASK
    ends = [match.end() for match in _NEXT_SENTENCE.finditer(joined)]
    for begin, end in zip([0, *ends], [*ends, len(joined)], strict=True):
        words = joined[begin:end]
        text = QUOTED.sub(MASK, re.sub(f"[{_PRINTED}]", MASK, re.sub(f"[{_UNPRINTED}]", "", words)))
        yield _Sentence(paragraph.where(begin, joined), text.strip(), [roles[sign] for sign in words if sign in roles])


def _shown(text: str) -> str:
    """The words of a sentence, for a message."""
    return " ".join(text.replace(MASK, "…").split())
