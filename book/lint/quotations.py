"""Quotations in the prose of the chapters: each stands word for word in a text and beside an evidence link that holds its words.

A quotation is a stretch between double quotation marks, straight or curly, outside code, tags and roles. Its link stands in the same
line, which is the same sentence. In a line that names a text ("USIP 2022"), words in italics are words of a text so named. What is
meant otherwise stands on a list, with its reason; an entry that nothing needs is a fault too. What a coding says of a text in the words
of this project quotes that text alone: its evidence is the row's own.
"""

import re
from functools import cache

from analysis.corpus import file_name, passages
from analysis.evidence import QUOTED, folded
from analysis.loaded import PARAPHRASES
from book.lint.prose import WORDS, evidence_words, page_blocks
from book.notebooks import BookError, documents

# Stretches between quotation marks that are no quotation of a text, by page.
NOT_QUOTED = {
    ("chapters/language", "U.S."): "an abbreviation as such, at which a rule for sentences fails",
}
# Words in italics beside the name of a text that are no words of it, by page.
TERMS = {
    ("chapters/texts", "cluster"): "a term that the book defines there",
}


def check_quotations(texts, root):
    """Raise BookError where the prose of the book in `root` misquotes one of the Corpus `texts`, or quotes it without its evidence link."""
    found = faults(texts, root)
    if found:
        raise BookError("\n".join(found))


def faults(texts, root):
    """Every fault of quotation in the prose of the book in `root`, in words."""
    pages, used, found = documents(root), set(), coding_faults(texts)
    short = dict(zip(texts.sources.source_id, texts.sources.short, strict=True))
    for page in pages:
        for place, pieces in lines(root, page):
            for kind, listed, problem in line_faults(texts, short, pieces):
                if (page, listed) in kind:
                    used.add((page, listed))
                else:
                    found.append(f"{place}: {problem}")
    unused = [entry for entry in [*NOT_QUOTED, *TERMS] if entry[0] in pages and entry not in used]
    return found + [f"book/lint/quotations.py: nothing in {page} needs the entry {words!r}. Remedy: take it out." for page, words in unused]


def coding_faults(texts):
    """What a coding puts between quotation marks that does not stand in the text of its row, in words."""
    return [
        f"{file_name(texts.path, name)}, row {row}, column {column}: “{quoted}” does not stand in {source_id}. Remedy: copy the words."
        for name, (column,) in PARAPHRASES.items()
        for row, (source_id, said) in enumerate(texts.tables[name][["source_id", column]].values, start=2)
        for quoted in QUOTED.findall(said) if not says(texts, source_id, quoted)
    ]  # fmt: skip


def lines(root, page):
    """The lines of prose of a page, as (how messages name the place, Pieces)."""
    for block in page_blocks(root, page):
        if block.kind != "caption":
            yield from ((f"{block.place}, line {number}", pieces) for number, pieces in block.lines())


def line_faults(texts, short, pieces):
    """What is wrong with the quotations of a line of prose, as (the list that may allow it, words, problem); `short` names the texts."""
    prose = "".join(piece.text if piece.kind in WORDS else " " for piece in pieces)
    links = [same(words) for words in map(evidence_words, pieces) if words]
    for quoted in map(trimmed, QUOTED.findall(prose)):
        if not any(says(texts, source_id, quoted) for source_id in texts.raw):
            yield NOT_QUOTED, quoted, f"“{quoted}” stands in no text. Remedy: copy the words, or list them in book/lint/quotations.py."
        elif not any(same(quoted) in link for link in links):
            yield NOT_QUOTED, quoted, f"“{quoted}” has no evidence link. Remedy: add {{ev}}`passage: {quoted}` to its line."
    named = [source_id for source_id, name in short.items() if name in prose]
    for quoted in [piece.text for piece in pieces if piece.kind == "italics"] if named else []:
        if not any(says(texts, source_id, quoted) for source_id in named):
            yield TERMS, quoted, f"*{quoted}* stands in no text that the line names. Remedy: correct it, or list it in book/lint/quotations.py."


def says(texts, source_id, quoted):
    """Whether the words of `quoted` stand together in the body of a text, whatever their case and the marks between them."""
    return f" {letters(quoted)} " in plain_body(texts, source_id)


@cache
def plain_body(texts, source_id):
    own = passages(texts).query("source_id == @source_id")
    return f" {' '.join(letters(texts.raw[source_id][p.start : p.end]) for p in own.itertuples())} "


def letters(text):
    """The runs of letters and digits in `text`, in one case, a space between them."""
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))


def same(quoted):
    """`quoted` with one form of marks, spaces and case."""
    return folded(trimmed(quoted))[0].casefold()


def trimmed(quoted):
    """`quoted` without the marks that close a sentence or a part of it."""
    return re.sub(r"^[\s…]+|[\s…,;:?!]+$|(?<![A-Z])\.$", "", quoted)
