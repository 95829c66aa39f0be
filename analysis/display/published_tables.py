"""The published tables, and the codings as annotations beside them: what makes each, and how they are written.

No cell of theirs is a formula, see `escape_csv_formulas`.
"""

import errno
import json
import os
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from analysis.atomic_write import write_atomic
from analysis.coding.multiverse import multiverse
from analysis.coding.reliability import agreement_table
from analysis.coding.tables import CODED_TABLES
from analysis.corpus.reader import Corpus
from analysis.corpus.segment import passages
from analysis.corpus.texts import source_table
from analysis.corpus.unicode_checks import escape_csv_formulas
from analysis.display.contract import ANNOTATIONS_FILE, PACKAGE_FILE, PUBLISHED_TABLES, data_package
from analysis.display.web_annotations import published_annotations
from analysis.stylometry.keyness import keyness_table
from analysis.stylometry.measures import measure_table
from analysis.stylometry.naming import form_frequencies

MAKERS: dict[str, Callable[[Corpus], pd.DataFrame]] = {
    "sources": source_table,
    "zones": lambda texts: texts.zones,
    "passages": passages,
    **CODED_TABLES,
    "instruments": lambda texts: texts.tables["instruments.csv"],
    "explanations": lambda texts: texts.tables["explanations.csv"],
    "multiverse": multiverse,
    "reliability": agreement_table,
    "names": form_frequencies,
    "measures": measure_table,
    "keyness": keyness_table,
}


def make_table(name: str, texts: Corpus) -> pd.DataFrame:
    """The published table `name` from the Corpus `texts`, with the columns of `PUBLISHED_TABLES`.

    Raises KeyError for a name that stands for no table.
    """
    return MAKERS[name](texts)[PUBLISHED_TABLES[name].names]


def write_tables(texts: Corpus, out: Path | str) -> list[Path]:
    """Write every published table to the folder `out` as `<name>.csv` in UTF-8, and `datapackage.json`, which explains their columns.

    The codings are written as Web Annotations, too (`annotations.jsonld`). Returns the paths of the tables. An apostrophe stands before a
    text that a spreadsheet would run as a formula (`escape_csv_formulas`). None is ever half written (`write_atomic`).
    """
    made = {name: make_table(name, texts) for name in MAKERS}
    beside = {
        ANNOTATIONS_FILE: published_annotations(texts),
        PACKAGE_FILE: json.dumps(data_package(), ensure_ascii=False, indent=1) + "\n",
    }
    out = Path(out)
    out.mkdir(parents=True, exist_ok=True)
    files = {out / f"{name}.csv": escape_csv_formulas(table) for name, table in made.items()}
    for path in (*files, *(out / name for name in beside)):
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    for path, table in files.items():
        write_atomic(path, table.to_csv(index=False, lineterminator="\n"))
    for name, content in beside.items():
        write_atomic(out / name, content)
    return list(files)
