"""What the prose refers to: entries of references.bib, and coded spans of the texts; and entries that nothing refers to."""

from collections.abc import Iterator
from pathlib import Path

from pybtex.database import parse_file

from analysis.corpus.quotes import QuoteError
from analysis.corpus.reader import Corpus, read_table
from analysis.corpus.schema import INPUT_TABLES, cited_keys
from analysis.corpus.spans import coded_spans, find_coded_span
from book.lint.prose import page_roles
from book.notebooks import page_names

_BIBLIOGRAPHY = "data/references.bib"


def reference_faults(texts: Corpus, root: Path) -> list[str]:
    """References of the book in `root` that lead nowhere, and entries of the bibliography that nothing uses, in words."""
    known, coded = _entries(root), coded_spans(texts)
    found = [
        f"{place}: cites {key}, which {_BIBLIOGRAPHY} lacks. Remedy: add it there, or correct the key."
        for place, key in _citations(root)
        if key not in known
    ]
    for name in page_names(root):
        for place, role, content in page_roles(root, name):
            passage_id, _, words = content.partition(":")
            try:
                _ = role == "ev" and find_coded_span(coded, passage_id.strip(), words.strip())
            except QuoteError as error:
                found.append(f"{place}: {error}. Remedy: copy the words of a coding.")
    return found + [f"{_BIBLIOGRAPHY}: nothing uses {key}. Remedy: cite it, or take it out." for key in unused_references(root)]


def unused_references(root: Path) -> list[str]:
    """The keys of references.bib that no page cites and no table of the data names, in the order of the file."""
    used = {key for _, key in _citations(root)} | _keys_in_tables(root / "data")
    return [key for key in _entries(root) if key not in used]


def _entries(root: Path) -> list[str]:
    """The keys of references.bib."""
    return list(parse_file(root / _BIBLIOGRAPHY, "bibtex").entries)


def _citations(root: Path) -> Iterator[tuple[str, str]]:
    """The keys that the pages of the book in `root` cite, as (place, key)."""
    for name in page_names(root):
        for place, role, content in page_roles(root, name):
            if role.partition(":")[0] == "cite":
                yield from ((place, key.strip()) for key in content.split(","))


def _keys_in_tables(data: Path) -> set[str]:
    """The keys that the tables of the folder `data` name; the id of a text is one too."""
    keys: set[str] = set()
    for name, declared in INPUT_TABLES.items():
        table = read_table(data, name)
        keys.update(key for column in declared.columns for value in table[column.name] for key in cited_keys(column, value))
        keys.update(table.get("source_id", ()))
    return keys
