"""No loaded word in the authors' voice: in prose, captions and alternative texts; for their words in the data see `analysis.validation`.

A word in italics, as code, between quotation marks or in the evidence beside a sentence is mentioned, not used.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from analysis.corpus.loaded_terms import LOADED_LIST, find_loaded_terms, loaded_term_rows
from analysis.corpus.reader import read_table
from book.lint.prose import Pages, author_text
from book.notebooks import cell_location, code_cells

_SAID = {"figure": {"caption": "caption", "alt": "alternative text"}, "table": {"caption": "caption"}}


def loaded_terms(root: Path, pages: Pages = None) -> list[str]:
    """Every loaded word that the prose and the captions of `pages` use, with its place and what to write instead."""
    words = loaded_term_rows(read_table(root / "data", LOADED_LIST))
    found = []
    for paragraph in author_text(root, pages):
        text = paragraph.text("plain", "bold")
        found += [_fault(paragraph.where(match.start(), text), match, row) for match, row in find_loaded_terms(text, words)]
    return found


def loaded_terms_of_outputs(root: Path, executed: Mapping[str, NotebookNode]) -> list[str]:
    """The same for what the chapters of `executed` made: captions and alternative texts of figures, captions of tables."""
    words = loaded_term_rows(read_table(root / "data", LOADED_LIST))
    return [
        _fault(f"{cell_location(name, number, cell)}, {what} of a {kind}", match, row)
        for name, chapter in executed.items()
        for number, cell in code_cells(chapter)
        for kind, what, text in output_texts(cell)
        for match, row in find_loaded_terms(text, words)
    ]


def output_texts(cell: NotebookNode) -> Iterator[tuple[str, str, str]]:
    """What the outputs of a cell say of themselves, as (figure or table, caption or alternative text, the words)."""
    for output in cell.outputs:
        for kind, fields in _SAID.items():
            said = output.get("metadata", {}).get(kind, {})
            yield from ((kind, what, said[field]) for field, what in fields.items() if field in said)


def _fault(where: str, match: re.Match[str], row: Any) -> str:
    return (
        f"{where}: the loaded word {match.group()!r} ({row.kind}, {row.leans}: it {row.why}). Remedy: write {row.instead}; or, where the "
        "word itself is the matter, set it in italics or quotation marks."
    )
