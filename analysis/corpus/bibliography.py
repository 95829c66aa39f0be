"""Short names of the works in references.bib."""

from pathlib import Path

import pybtex.database

from analysis.corpus.reader import Corpus


def reference_names(file: Path) -> dict[str, str]:
    """Short names of the works in a BibTeX file: {key: "Smith and Jones 2024"}."""
    works = pybtex.database.parse_file(file).entries
    return {
        key: " and ".join(" ".join(person.last_names).strip("{}") for person in work.persons["author"]) + f" {work.fields['year']}"
        for key, work in works.items()
        if "author" in work.persons
    }


def format_references(corpus: Corpus, references: str) -> str:
    """The short names of the works in a list of keys joined by semicolons; empty for none."""
    names = reference_names(corpus.path / "references.bib")
    return "; ".join(names[key] for key in references.split(";") if key)


def reference_urls(file: Path) -> dict[str, str]:
    """The addresses of those works in a BibTeX file that have one: {key: address}."""
    works = pybtex.database.parse_file(file).entries
    return {key: work.fields["url"] for key, work in works.items() if work.fields.get("url", "").startswith(("https://", "http://"))}
