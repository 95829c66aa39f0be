"""All data held against what it must be; every fault named with its place and remedy."""

from pathlib import Path

import pandera.errors
import pybtex.database

from analysis import corpus
from analysis.problems import DataError, Problem
from analysis.schemas import SCHEMAS


def check(path=corpus.DATA):
    """Every Problem in the data folder `path`, in the order of its files; an empty list where all is well."""
    path = Path(path)
    problems, tables = [], {}
    for name in SCHEMAS:
        try:
            tables[name] = corpus.read_table(path, name)
        except DataError as error:
            problems += error.problems
        else:
            problems += value_problems(path, name, tables[name])
    keys, found = reference_keys(path)
    problems += found
    if "sources.csv" in tables:
        problems += text_problems(path, tables)
        for name in tables:
            problems += unknown_ids(path, name, tables[name], set(tables["sources.csv"].source_id))
    if not found:
        problems += unknown_references(path, tables, keys)
    return problems


def value_problems(path, name, table):
    """The values of `table` that its schema refuses."""
    try:
        SCHEMAS[name].validate(table, lazy=True)
    except pandera.errors.SchemaErrors as errors:
        cases = errors.failure_cases.sort_values("index", kind="stable").to_dict("records")
        return [
            Problem(corpus.file_name(path, name), int(case["index"]) + 2, case["column"],
                    f"{case['failure_case']!r} is not allowed", case["check"])
            for case in cases
        ]  # fmt: skip
    return []


def text_problems(path, tables):
    """Faults of the texts themselves: bytes, encoding, zones, files that no row names."""
    sources = tables["sources.csv"].drop_duplicates("source_id")
    raw, problems = corpus.read_texts(path, sources)
    listed = {corpus.text_file(source_id) for source_id in sources.source_id}
    problems += [
        Problem(corpus.file_name(path, f"sources/{file.name}"), None, None, "is named by no row of sources.csv",
                "add a row for it, or take the file away")
        for file in sorted((path / "sources").glob("*"))
        if f"sources/{file.name}" not in listed and file.name != "README.md"
    ]  # fmt: skip
    if "zones.csv" in tables:
        try:
            zones = corpus.with_offsets(path, "zones.csv", tables["zones.csv"])
        except DataError as error:
            problems += error.problems
        else:
            problems += corpus.zone_problems(path, zones, raw)
    return problems


def unknown_ids(path, name, table, known):
    """Rows whose source_id no row of sources.csv has."""
    return [
        Problem(corpus.file_name(path, name), row, "source_id", f"{source_id!r} is the id of no text",
                "use one of " + ", ".join(sorted(known)))
        for row, source_id in enumerate(table.source_id, start=2) if source_id not in known
    ]  # fmt: skip


def reference_keys(path):
    """The keys of references.bib and the Problems of the file itself."""
    try:
        text = corpus.read_text(path, "references.bib")
        return set(pybtex.database.parse_string(text, "bibtex").entries), []
    except DataError as error:
        return set(), error.problems
    except pybtex.database.PybtexError as error:
        return set(), [Problem(corpus.file_name(path, "references.bib"), None, None, f"is not BibTeX ({error})",
                               "mend the entry that the message names")]  # fmt: skip


def unknown_references(path, tables, keys):
    """Reference keys in the tables that references.bib does not hold."""
    problems = []
    for name, table in tables.items():
        for column in [c for c in table if c in ("reference", "depends_on") or c.endswith("_basis")]:
            for row, value in enumerate(table[column], start=2):
                cited = value.partition(":")[2] if column.endswith("_basis") else value
                problems += [
                    Problem(corpus.file_name(path, name), row, column, f"{key!r} is no key of references.bib",
                            "add the reference, or mend the key")
                    for key in cited.split(";") if key and key not in keys
                ]  # fmt: skip
    return problems
