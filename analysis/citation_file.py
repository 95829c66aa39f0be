"""The edition of the book, as CITATION.cff gives it: the one place where title, authors and version are kept."""

from pathlib import Path
from typing import Any

import yaml

from analysis.corpus.reader import DATA_FOLDER


def read_citation(file: Path = DATA_FOLDER.parent / "CITATION.cff") -> dict[str, Any]:
    """All that CITATION.cff says, as a mapping of its fields."""
    given: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return given


def edition(file: Path = DATA_FOLDER.parent / "CITATION.cff") -> dict[str, str]:
    """The edition as {"title", "authors", "version"}, all text."""
    given = read_citation(file)
    return {
        "title": given["title"],
        "authors": "; ".join(author["name"] for author in given["authors"]),
        "version": str(given["version"]),
    }
