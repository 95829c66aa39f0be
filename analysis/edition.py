"""The edition of the book, as CITATION.cff gives it: the one place where title, authors and version are kept."""

import yaml

from analysis.corpus import DATA


def edition(file=DATA.parent / "CITATION.cff"):
    """The edition as {"title", "authors", "version", "year"}, all text."""
    given = yaml.safe_load(file.read_text(encoding="utf-8"))
    return {
        "title": given["title"],
        "authors": "; ".join(author["name"] for author in given["authors"]),
        "version": str(given["version"]),
        "year": str(given["date-released"])[:4],
    }
