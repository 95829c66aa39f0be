"""The published tables: what makes each, and how they are written. No cell of theirs is a formula, see `characters.harmless`."""

import errno
import json
import os
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from analysis import chronology, claims, corpus, framing, keyness, measures, names, proposals, provenance, reliability, voices
from analysis.characters import harmless
from analysis.contract import PACKAGE_FILE, PUBLISHED_TABLES, data_package
from analysis.corpus import Corpus
from analysis.files import put

MAKERS: dict[str, Callable[[Corpus], pd.DataFrame]] = {
    "sources": provenance.sources,
    "zones": lambda texts: texts.zones,
    "passages": corpus.passages,
    "provisions": proposals.provisions,
    "guarantors": proposals.guarantors,
    "quotations": voices.quotations,
    "responsibility": framing.responsibility,
    "frames": framing.frames,
    "events": chronology.events,
    "claims": claims.claims,
    "comparisons": claims.comparisons,
    "source_checks": claims.source_checks,
    "reliability": reliability.passes,
    "names": names.names,
    "measures": measures.measures,
    "keyness": keyness.keyness,
}


def make(name: str, texts: Corpus) -> pd.DataFrame:
    """The published table `name` from the Corpus `texts`, with the columns of `contract.PUBLISHED_TABLES`.

    Raises KeyError for a name that stands for no table.
    """
    return MAKERS[name](texts)[PUBLISHED_TABLES[name].names]


def write_tables(texts: Corpus, out: Path | str) -> list[Path]:
    """Write every published table to the folder `out` as `<name>.csv` in UTF-8, and `datapackage.json`, which explains their columns.

    Returns the paths of the tables. An apostrophe stands before a text that a spreadsheet would run as a
    formula (`characters.harmless`). None is ever half written (`files.put`).
    """
    made = {name: make(name, texts) for name in MAKERS}
    out = Path(out)
    out.mkdir(parents=True, exist_ok=True)
    files = {out / f"{name}.csv": harmless(table) for name, table in made.items()}
    for path in (*files, out / PACKAGE_FILE):
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    for path, table in files.items():
        put(path, table.to_csv(index=False, lineterminator="\n"))
    put(out / PACKAGE_FILE, json.dumps(data_package(), ensure_ascii=False, indent=1) + "\n")
    return list(files)
