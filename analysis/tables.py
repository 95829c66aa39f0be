"""The registry of published tables: name -> function, columns, description. No cell of theirs is a formula, see `characters.harmless`."""

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from analysis import chronology, claims, corpus, framing, keyness, measures, names, proposals, provenance, reliability, voices
from analysis.characters import harmless
from analysis.files import put


class Table(NamedTuple):
    """A published table: the function from a Corpus that makes it, the columns it promises, and what a row is."""

    make: Callable
    columns: list[str]
    description: str


TABLES = {
    "sources": Table(
        provenance.sources,
        ["source_id", "title", "author", "outlet", "date", "date_basis", "genre", "url", "file", "sha256",
         "raw_words", "body_words", "lag_days", "cluster"],
        "A row is a text.",
    ),
    "zones": Table(
        lambda texts: texts.zones,
        ["source_id", "start", "end", "zone", "note"],
        "A row is a stretch of a raw file; the rows of a text partition it.",
    ),
    "passages": Table(
        corpus.passages,
        ["source_id", "passage_id", "start", "end", "n_words", "n_sentences"],
        "A row is a paragraph of a body.",
    ),
    "provisions": Table(
        proposals.provisions,
        ["source_id", "passage_id", "dimension", "document", "holder", "level", "position", "quote", "start", "end"],
        "A row is a term of a settlement that a text describes.",
    ),
    "guarantors": Table(
        proposals.guarantors,
        ["source_id", "passage_id", "guarantor", "document", "quote", "start", "end"],
        "A row is a state, body or group that a text names as a guarantor.",
    ),
    "quotations": Table(
        voices.quotations,
        ["source_id", "passage_id", "speaker", "kind", "via", "quote", "start", "end"],
        "A row is a stretch of words that a body puts between quotation marks.",
    ),
    "responsibility": Table(
        framing.responsibility,
        ["source_id", "passage_id", "actor", "valence", "matter", "voice", "quote", "start", "end"],
        "A row is a passage that credits or blames an actor.",
    ),
    "frames": Table(
        framing.frames,
        ["source_id", "passage_id", "function", "summary", "voice", "quote", "start", "end"],
        "A row is one of Entman's four functions performed in a passage.",
    ),
    "events": Table(
        chronology.events,
        ["source_id", "passage_id", "event_id", "date", "date_basis", "description", "quote", "start", "end"],
        "A row is a dated or datable event that a body mentions.",
    ),
    "claims": Table(
        claims.claims,
        ["source_id", "passage_id", "claim_id", "claim", "attributed_to", "quote", "start", "end"],
        "A row is a checkable statement of fact.",
    ),
    "comparisons": Table(
        claims.comparisons,
        ["topic", "relation", "source_id", "claim_or_provision", "note", "quote", "start", "end"],
        "A row is what one text says on a topic on which several texts agree, differ or contradict.",
    ),
    "source_checks": Table(
        claims.source_checks,
        ["source_id", "passage_id", "statement", "record", "grade", "reference", "quote", "start", "end"],
        "A row is a statement of a text held against the outside record.",
    ),
    "reliability": Table(
        reliability.passes,
        ["table", "variable", "n", "agreement", "alpha", "low", "high", "kind"],
        "A row is how far the passes of coding agree on a variable.",
    ),
    "names": Table(
        names.names,
        ["source_id", "concept", "form", "n", "per_1000"],
        "A row is a naming choice (a word or a spelling) in a text.",
    ),
    "measures": Table(
        measures.measures,
        ["source_id", "measure", "scope", "value", "low", "high", "n", "minimum", "status"],
        "A row is a measure of how a text is written.",
    ),
    "keyness": Table(
        keyness.keyness,
        ["source_id", "word", "n", "n_rest", "log_odds", "z", "low", "high", "prior"],
        "A row is a word and how far it sets a text apart from the others.",
    ),
}  # fmt: skip


def make(name, texts):
    """The table `name` of the registry from the Corpus `texts`: its promised columns first, then any others.

    Raises KeyError for a name that the registry does not hold.
    """
    table = TABLES[name].make(texts)
    promised = TABLES[name].columns
    return table[promised + [column for column in table.columns if column not in promised]]


def write_tables(texts: corpus.Corpus, out: str | Path) -> list[Path]:
    """Write every table of the registry to the folder `out` as `<name>.csv` in UTF-8; returns the paths.

    An apostrophe stands before a text that a spreadsheet would run as a formula (`characters.harmless`). None is ever half written
    (`files.put`).
    """
    made = {name: make(name, texts) for name in TABLES}
    out = Path(out)
    out.mkdir(parents=True, exist_ok=True)
    for name in made:
        if (out / f"{name}.csv").is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(out / f"{name}.csv"))
    for name, table in made.items():
        put(out / f"{name}.csv", harmless(table).to_csv(index=False, lineterminator="\n"))
    return [out / f"{name}.csv" for name in made]
