"""Plain English where the book tells its story: no long sentence, and no id of the codebook, in the main chapters.

The main chapters are the first page and those of the part "The story" of the table of contents. A sentence is counted as a reader sees it
(`prose.as_read`), by the rules by which the texts are parted: what a cell computed is one word, evidence and citations are none, and each
item of a list and each cell of a table is read by itself.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from analysis.corpus.reader import Corpus
from analysis.corpus.segment import sentence_offsets, word_offsets
from book.lint.prose import Pages, Paragraph, as_read, of, page_paragraphs
from book.notebooks import toc_parts

STORY = "The story"  # the caption of the part
MOST_WORDS = 30  # of a sentence
_SHOWN_WORDS = 6  # of a sentence, in a message


def main_pages(root: Path) -> list[str]:
    """The names of the first page and of the pages of the part `STORY`; none where the table of contents has no such part."""
    (_, first), *parts = toc_parts(root)
    story = [name for caption, names in parts if caption == STORY for name in names]
    return [*first, *story] if story else []


def plain_english_faults(texts: Corpus, root: Path, pages: Pages = None) -> list[str]:
    """Every sentence of a main chapter among `pages` with more than `MOST_WORDS` words, every id of a dimension there, place and remedy."""
    ids = set(texts.tables["codebook.csv"].dimension)
    return [
        f"{paragraph.place}, line {paragraph.line}: {fault}"
        for page in main_pages(root)
        if of(pages, page)
        for paragraph in page_paragraphs(root, page)
        if paragraph.kind == "paragraph"
        for fault in _faults(paragraph, ids)
    ]


def _faults(paragraph: Paragraph, ids: set[str]) -> Iterator[str]:
    text = as_read(paragraph, {})
    for sentence in sentences_of(text):
        words = sentence.split()
        if (n := len(word_offsets(sentence))) > MOST_WORDS:
            yield (
                f"the sentence “{' '.join(words[:_SHOWN_WORDS])} …” has {n} words, more than {MOST_WORDS}. "
                "Remedy: make two of it, or leave out what the reader can do without."
            )
    for found in sorted(ids & set(re.findall(r"\w+", text))):
        yield f"{found} is an id of the codebook. Remedy: say what it stands for in plain words."


def sentences_of(text: str) -> list[str]:
    """The sentences of a paragraph."""
    return [text[start:end] for start, end in sentence_offsets(text)]
