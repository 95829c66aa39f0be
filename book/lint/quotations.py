"""Quotations in the prose of the chapters: each stands word for word in a text and beside an evidence link that holds its words.

A quotation is a stretch between double quotation marks, straight or curly, outside code, tags and roles. Its link stands in the same
line, which is the same sentence. In a line that names a text ("Smith 2023"), words in italics are words of a text so named. What is
meant otherwise stands on a list, with its reason; an entry that nothing needs is a fault too. What a coding says of a text in the words
of this project quotes that text alone: its evidence is the row's own. And no built page holds a long run of any text.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, partial
from pathlib import Path

import lxml.html

from analysis.corpus.errors import file_name
from analysis.corpus.loaded_terms import PARAPHRASE_COLUMNS
from analysis.corpus.quotes import DOUBLE_QUOTED, normalize_quotes
from analysis.corpus.reader import Corpus
from analysis.corpus.segment import WORD, passages, running_text, tokens
from book.lint.prose import NO_PAGE, WORDS, Inline, Pages, evidence_words, of, page_paragraphs
from book.notebooks import BookError, page_names
from book.run.fingerprint import remembered, sha256

_MOST_IN_A_ROW = 60  # words of a text on a page
# Stretches between quotation marks that are no quotation of a text, by page.
NOT_QUOTED = {
    ("chapters/record-style", "U.S."): "an abbreviation as such, at which a rule for sentences fails",
}
# Words in italics beside the name of a text that are no words of it, by page.
TERMS = {
    ("chapters/record-texts", "cluster"): "a term that the book defines there",
}


def misquotations(texts: Corpus, root: Path, pages: Pages = None) -> list[str]:
    """Every fault of quotation in the prose of `pages`, in words."""
    names, used = [name for name in page_names(root) if of(pages, name)], set()
    found = _coding_faults(texts) if of(pages, NO_PAGE) else []
    short = dict(zip(texts.sources.source_id, texts.sources.short, strict=True))
    for page in names:
        for place, pieces in _lines(root, page):
            for kind, listed, problem in _line_faults(texts, short, pieces):
                if (page, listed) in kind:
                    used.add((page, listed))
                else:
                    found.append(f"{place}: {problem}")
    unused = [entry for entry in [*NOT_QUOTED, *TERMS] if entry[0] in names and entry not in used]
    return found + [f"book/lint/quotations.py: nothing in {page} needs the entry {words!r}. Remedy: take it out." for page, words in unused]


def _coding_faults(texts: Corpus) -> list[str]:
    """What a coding puts between quotation marks that does not stand in the text of its row, in words."""
    return [
        f"{file_name(texts.path, name)}, row {row}, column {column}: “{quoted}” does not stand in {source_id}. Remedy: copy the words."
        for name, (column,) in PARAPHRASE_COLUMNS.items()
        for row, (source_id, said) in enumerate(texts.tables[name][["source_id", column]].values, start=2)
        for quoted in DOUBLE_QUOTED.findall(said)
        if not _says(texts, source_id, quoted)
    ]


def _lines(root: Path, page: str) -> Iterator[tuple[str, list[Inline]]]:
    """The lines of prose of a page, as (how messages name the place, Inlines)."""
    for paragraph in page_paragraphs(root, page):
        if paragraph.kind != "caption":
            yield from ((f"{paragraph.place}, line {number}", pieces) for number, pieces in paragraph.lines())


def _line_faults(
    texts: Corpus, short: Mapping[str, str], pieces: Sequence[Inline]
) -> Iterator[tuple[Mapping[tuple[str, str], str], str, str]]:
    """What is wrong with the quotations of a line of prose, as (the list that may allow it, words, problem); `short` names the texts."""
    prose = "".join(piece.text if piece.kind in WORDS else " " for piece in pieces)
    links = [_comparable(words) for words in map(evidence_words, pieces) if words]
    for quoted in map(_trimmed, DOUBLE_QUOTED.findall(prose)):
        if not any(_says(texts, source_id, quoted) for source_id in texts.raw):
            yield NOT_QUOTED, quoted, f"“{quoted}” stands in no text. Remedy: copy the words, or list them in book/lint/quotations.py."
        elif not any(_comparable(quoted) in link for link in links):
            yield NOT_QUOTED, quoted, f"“{quoted}” has no evidence link. Remedy: add {{ev}}`passage: {quoted}` to its line."
    named = [source_id for source_id, name in short.items() if name in prose]
    for quoted in [piece.text for piece in pieces if piece.kind == "italics"] if named else []:
        if not any(_says(texts, source_id, quoted) for source_id in named):
            remedy = "Remedy: correct it, or list it in book/lint/quotations.py."
            yield TERMS, quoted, f"*{quoted}* stands in no text that the line names. {remedy}"


def _says(texts: Corpus, source_id: str, quoted: str) -> bool:
    """Whether the words of `quoted` stand together in the body of a text, whatever their case and the marks between them."""
    return f" {_letters(quoted)} " in _plain_body(texts, source_id)


@cache
def _plain_body(texts: Corpus, source_id: str) -> str:
    own = passages(texts).query("source_id == @source_id")
    return f" {' '.join(_letters(running_text(texts, source_id)[p.start : p.end]) for p in own.itertuples())} "


def _letters(text: str) -> str:
    """The runs of letters and digits in `text`, in one case, a space between them."""
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))


def _comparable(quoted: str) -> str:
    """`quoted` with one form of marks, spaces and case."""
    return str(normalize_quotes(_trimmed(quoted))[0]).casefold()


def _trimmed(quoted: str) -> str:
    """`quoted` without the marks that close a sentence or a part of it."""
    return re.sub(r"^[\s…]+|[\s…,;:?!]+$|(?<![A-Z])\.$", "", quoted)


def check_long_runs(texts: Corpus, root: Path, site: Path) -> None:
    """Raise BookError where a page of the book in `root`, as made in the folder `site`, holds more than 60 words of a text in a row,
    whatever their case and marks.
    """
    found = []

    def shown(page: Path) -> str | None:
        """The text of which a page shows too much, if any."""
        tree = lxml.html.document_fromstring(page.read_bytes(), parser=lxml.html.HTMLParser(encoding="utf-8"))
        grams, words = runs_of(texts), WORD.findall(" ".join(tree.itertext()))
        return next((grams[gram] for gram in _ngrams(words) if gram in grams), None)

    with remembered(root, "runs") as recall:
        pages = sorted([*site.glob("*.html"), *site.glob("chapters/*.html")])
        sources = {page: recall(sha256(page), partial(shown, page)) for page in pages}
    for page, source_id in sources.items():
        if source_id:
            name = page.relative_to(site).as_posix()
            found.append(f"{name}: shows more than {_MOST_IN_A_ROW} words of {source_id} in a row. Remedy: shorten the quotation.")
    if found:
        raise BookError("\n".join(found))


@cache
def runs_of(texts: Corpus) -> dict[tuple[str, ...], str]:
    """Every run of words that is too long for a page, and the text that it is of."""
    return {gram: source_id for source_id, own in tokens(texts).groupby("source_id") for gram in _ngrams(own.word)}


def _ngrams(run: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Every stretch of one word more than a page may show, without case and marks."""
    plain = [_fold_word(word) for word in run]
    return (tuple(plain[at : at + _MOST_IN_A_ROW + 1]) for at in range(len(plain) - _MOST_IN_A_ROW))


@cache
def _fold_word(word: str) -> str:
    """A word without case and marks: "U.K." and "UK" are the same, "Paris’s" and "Pariss" too."""
    return re.sub(r"[\W_]", "", word.casefold())
