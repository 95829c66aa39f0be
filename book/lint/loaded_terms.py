"""No loaded word in the authors' voice: in prose, captions and alternative texts; for their words in the data see `analysis.check`.

A word in italics, as code, between quotation marks or in the evidence beside a sentence is mentioned, not used.
"""

from pathlib import Path

from analysis import corpus
from analysis.loaded import LIST, rows, uses
from book.lint.prose import written
from book.notebooks import code_cells, place


def faults(root):
    """Every loaded word that the prose and the captions of the book in `root` use, with its place and what to write instead."""
    words = rows(corpus.read_table(Path(root) / "data", LIST))
    found = []
    for block in written(root):
        text = block.text("plain", "bold")
        found += [fault(block.where(match.start(), text), match, row) for match, row in uses(text, words)]
    return found


def output_faults(root, executed):
    """The same for what the chapters of `executed` made: captions and alternative texts of figures, captions of tables."""
    words = rows(corpus.read_table(Path(root) / "data", LIST))
    return [
        fault(f"{place(name, number, cell)}, {what} of a {kind}", match, row)
        for name, chapter in executed.items()
        for number, cell in code_cells(chapter)
        for kind, what, text in said(cell)
        for match, row in uses(text, words)
    ]


def said(cell):
    """What the outputs of a cell say of themselves, as (figure or table, caption or alternative text, the words)."""
    for output in cell.outputs:
        for kind, fields in {"figure": {"caption": "caption", "alt": "alternative text"}, "table": {"caption": "caption"}}.items():
            described = output.get("metadata", {}).get(kind, {})
            yield from ((kind, what, described[field]) for field, what in fields.items() if field in described)


def fault(where, match, row):
    """One fault in words."""
    return (
        f"{where}: the loaded word {match.group()!r} ({row.kind}, {row.leans}: it {row.why}). Remedy: write {row.instead}; or, where the "
        "word itself is the matter, set it in italics or quotation marks."
    )
