"""The edition of the book, as CITATION.cff gives it: the one place where title, authors and version are kept."""

import yaml

from analysis.corpus.reader import DATA_FOLDER


def read_citation(file=DATA_FOLDER.parent / "CITATION.cff"):
    """All that CITATION.cff says, as a mapping of its fields."""
    return yaml.safe_load(file.read_text(encoding="utf-8"))


def edition(file=DATA_FOLDER.parent / "CITATION.cff"):
    """The edition as {"title", "authors", "version"}, all text."""
    given = read_citation(file)
    return {
        "title": given["title"],
        "authors": "; ".join(author["name"] for author in given["authors"]),
        "version": str(given["version"]),
    }
