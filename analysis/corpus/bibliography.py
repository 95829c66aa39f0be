"""Short names of the works in references.bib."""

import pybtex.database


def reference_names(file):
    """Short names of the works in a BibTeX file: {key: "Smith and Jones 2024"}."""
    works = pybtex.database.parse_file(file).entries
    return {
        key: " and ".join(" ".join(person.last_names).strip("{}") for person in work.persons["author"]) + f" {work.fields['year']}"
        for key, work in works.items()
        if "author" in work.persons
    }


def format_references(corpus, references):
    """The short names of the works in a list of keys joined by semicolons, "general knowledge" for none."""
    names = reference_names(corpus.path / "references.bib")
    return "; ".join(names[key] for key in references.split(";") if key) or "general knowledge"
