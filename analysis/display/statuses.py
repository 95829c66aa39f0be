"""How far the texts are coded, in words for readers: a sentence, the note of a page, and the texts that the prose does not describe yet."""

import html
from collections.abc import Collection

from IPython.display import HTML, display

from analysis.coding.multiverse import stated_of
from analysis.corpus.reader import Corpus
from analysis.corpus.texts import STATUS_WORDS, coded_sources, source_table
from analysis.number_words import listed

_MEANING = {
    "uncoded": "it enters no count of codings, and where this page says what texts say, a text is a coded text",
    "once": "no second reading has settled its codings yet",
}


def coding_in_words(corpus: Corpus) -> str:
    """The clause that says how far the texts are coded: "every text is coded twice", or which are so and which are not."""
    names = {coding: list(own.short) for coding, own in source_table(corpus).groupby("coding")}
    if set(names) <= {"twice"}:
        return "every text is coded twice"
    parts = [f"{listed(names[coding])} {_are(names[coding])} {words}" for coding, words in _WORDS.items() if coding in names]
    return "; ".join(parts)


_WORDS = {"twice": "coded twice", **{coding: words for coding, words in STATUS_WORDS.items() if words}}


def status_note(corpus: Corpus) -> str:
    """What a page says above its words while texts are not coded to the end, and what follows from that; "" where all are."""
    names = {coding: list(own.short) for coding, own in source_table(corpus).groupby("coding")}
    return " ".join(
        f"{listed(names[coding])} {_are(names[coding])} {STATUS_WORDS[coding]}: {_of_many(meaning, names[coding])}."
        for coding, meaning in _MEANING.items()
        if coding in names
    )


def joined_later(corpus: Corpus) -> str:
    """What a chapter says of the coded texts that joined since its sentences were read over; "" where there are none."""
    coded = coded_sources(corpus)
    names = list(coded.short[coded.in_prose == "no"])
    if not names:
        return ""
    stand, of_it = ("it stands", "it") if len(names) == 1 else ("they stand", "them")
    return (
        f"{listed(names)} joined the book after this chapter was written: {stand} in the tables, the pictures and the sentences that are "
        f"computed; others do not tell of {of_it}."
    )


def left_out(corpus: Corpus) -> str:
    """What stands behind a sentence that is true but for the texts that joined later."""
    names = source_table(corpus).query("in_prose == 'no'").short
    return f"(This leaves out {listed(names)}, which joined later.)"


def finding_as_stated(corpus: Corpus, finding: str) -> tuple[str, Corpus]:
    """The statement of a headline finding, with whom it leaves out, and the corpus of which it is stated (`stated_of`)."""
    statement, own = corpus.tables["findings.csv"].set_index("finding").statement[finding], stated_of(corpus, finding)
    return statement if own is corpus else f"{statement} {left_out(corpus)}", own


def _are(names: Collection[str]) -> str:
    return "is" if len(names) == 1 else "are"


def _of_many(words: str, names: Collection[str]) -> str:
    """`words` on one text, or on several."""
    return words if len(names) == 1 else words.replace("it enters", "they enter").replace("its", "their")


def display_further_texts(texts: Corpus, *described: str) -> None:
    """Display what is known of the texts that the prose of the page does not describe; nothing where it describes them all.

    `described` are the ids of those that it does.
    """
    items = "".join(
        f"<li><p><strong>{html.escape(row.short)}</strong>, {html.escape(row.genre)}, <cite>{html.escape(row.outlet)}</cite>"
        f"{'; ' * bool(STATUS_WORDS[row.coding])}{STATUS_WORDS[row.coding]}.</p>"
        f"<p>{html.escape(' '.join(filter(None, (row.argument, row.summary)))) or 'What it argues is not yet written.'}</p></li>"
        for row in source_table(texts).itertuples()
        if row.source_id not in described
    )
    if items:
        display(HTML(f'<ul class="further-texts">{items}</ul>'))
