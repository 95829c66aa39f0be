"""Entries of references.bib that nothing uses."""

import re
from pathlib import Path

from pybtex.database import parse_file

from analysis.corpus.reader import read_table
from analysis.corpus.schema import INPUT_TABLES, cited_keys
from book.notebooks import page_names

_CITED = re.compile(r"\{cite(?::\w+)?\}`([^`]+)`")


def unused_references(root: Path) -> list[str]:
    """The keys of references.bib that no page cites and no table of the data names, in the order of the file."""
    used = _cited_keys(root) | _keys_in_tables(root / "data")
    return [key for key in parse_file(root / "data/references.bib", "bibtex").entries if key not in used]


def _cited_keys(root: Path) -> set[str]:
    """The keys that the pages of the book in `root` cite."""
    sources = [file for name in page_names(root) for file in (root / f"{name}.ipynb", root / f"{name}.md") if file.exists()]
    roles = [keys for file in sources for keys in _CITED.findall(file.read_text(encoding="utf-8"))]
    return {key.strip() for keys in roles for key in keys.split(",")}


def _keys_in_tables(data: Path) -> set[str]:
    """The keys that the tables of the folder `data` name; the id of a text is one too."""
    keys: set[str] = set()
    for name, declared in INPUT_TABLES.items():
        table = read_table(data, name)
        keys.update(key for column in declared.columns for value in table[column.name] for key in cited_keys(column, value))
        keys.update(table.get("source_id", ()))
    return keys
