"""Entries of references.bib that nothing uses."""

import re
from pathlib import Path

from pybtex.database import parse_file

from analysis import corpus
from analysis.schema import INPUT_TABLES, cited_keys
from book.chapters import documents

CITED = re.compile(r"\{cite(?::\w+)?\}`([^`]+)`")


def unused(root):
    """The keys of references.bib that no page cites and no table of the data names, in the order of the file."""
    used = cited(Path(root)) | named(Path(root) / "data")
    return [key for key in parse_file(Path(root) / "data/references.bib", "bibtex").entries if key not in used]


def cited(root):
    """The keys that the pages of the book in `root` cite."""
    sources = [file for name in documents(root) for file in (root / f"{name}.ipynb", root / f"{name}.md") if file.exists()]
    roles = [keys for file in sources for keys in CITED.findall(file.read_text(encoding="utf-8"))]
    return {key.strip() for keys in roles for key in keys.split(",")}


def named(data):
    """The keys that the tables of the folder `data` name; the id of a text is one too."""
    keys = set()
    for name, declared in INPUT_TABLES.items():
        table = corpus.read_table(data, name)
        keys.update(key for column in declared.columns for value in table[column.name] for key in cited_keys(column, value))
        keys.update(table.get("source_id", ()))
    return keys
