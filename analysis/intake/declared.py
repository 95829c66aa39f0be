"""The people and events that annotations declare: new rows, and new aliases of people whom the table has."""

from collections.abc import Iterable
from dataclasses import replace

import pandas as pd

from analysis.coding.annotations import DECLARED, Annotation
from analysis.corpus.reader import Corpus
from analysis.corpus.schema import DECLARED_TABLES
from analysis.intake.rows import Cells, with_rows
from analysis.number_words import listed, plural


def with_declared(corpus: Corpus, given: list[Annotation]) -> Corpus:
    """`corpus` with the people and the events that annotations add."""
    tables = {}
    for coding, name in DECLARED.items():
        key, held = DECLARED_TABLES[name].names[0], corpus.tables[name]
        new = pd.DataFrame([one.codes for one in given if one.coding == coding], columns=held.columns, dtype=object)
        tables[name] = pd.concat([held[~held[key].isin(set(new[key]))], new.fillna("")], ignore_index=True)
    return replace(corpus, tables=corpus.tables | tables)


def declared_rows(corpus: Corpus, given: Iterable[Annotation]) -> tuple[list[Annotation], list[str]]:
    """An annotation for each row that the tables get, of those that declare somebody or something; and what becomes of the others.

    Whom people.csv has already keeps kind and side, and gets the aliases that it lacks.
    """
    held = {coding: {next(iter(row.values())): row for row in corpus.tables[name].to_dict("records")} for coding, name in DECLARED.items()}
    rows: dict[tuple[str, str], Annotation] = {}
    for one in given:
        name = one.codes.get(DECLARED_TABLES[DECLARED[one.coding]].names[0], "")
        row = rows.get((one.coding, name)) or one._replace(codes=held[one.coding].get(name, one.codes))
        if one.coding == "people":
            row = row._replace(codes={**row.codes, "aliases": _joined(row.codes["aliases"], one.codes["aliases"])})
        rows[one.coding, name] = row
    known = {key: row for key, row in rows.items() if key[1] in held[key[0]]}
    grown = {key: row for key, row in known.items() if dict(row.codes) != held[key[0]][key[1]]}
    said = [f"{name} has the aliases {row.codes['aliases']} now." for (_, name), row in grown.items()]
    same = [name for key, row in known.items() if key not in grown for name in [key[1]]]
    if same:
        said.append(f"{plural(len(same), 'name')} declared stood there already, with nothing to add: {listed(same)}.")
    return [row for key, row in rows.items() if key not in known or key in grown], said


def _joined(*aliases: str) -> str:
    """Lists of aliases as one, each alias once."""
    return ";".join(dict.fromkeys(form.strip() for one in aliases for form in one.split(";") if form.strip()))


def with_declared_rows(content: str, rows: Iterable[Cells]) -> str:
    """A table of people or events with rows in place of those of the same name, or at its end."""
    for row in rows:
        key, name = next(iter(row.items()))
        content = with_rows(content, [row], lambda old, key=key, name=name: old[key] == name)  # type: ignore[misc]
    return content
