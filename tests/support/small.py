"""Small invented studies for unit tests: a Corpus from a few lines of text and a few rows."""

import hashlib
from functools import cache
from pathlib import Path

import pandas as pd

from analysis.corpus.reader import DATA_FOLDER, Corpus
from analysis.corpus.schema import COLUMNS

FILES = {name.removeprefix("codings/").removesuffix(".csv").replace(".", "_"): name for name in COLUMNS if name != "codings/strengths.csv"}
FILES["codings_strengths"] = "codings/strengths.csv"
INSTRUMENT = {"instrument": "plan2022", "short": "The Plan", "date": "2022-03-29"}
SOURCE = {"genre": "essay", "author": "A. Author", "title": "A Title", "outlet": "An Outlet", "url": "https://example.org"}


def study(texts: dict[str, str], /, **rows: list[dict]) -> Corpus:
    """A Corpus of `texts`, {source_id: raw}, each wholly body, in a cluster of its own, a day after the one before, from 29 March 2022.

    `rows` gives the rows of tables by the names of their files, as `provisions_pass1=[{...}]` (`codings_strengths` for that coding). A cell that is
    not given is empty; a row with a quote is of the first text unless it says otherwise, and gets its passage and place there.
    """
    given = {"sources": [], "zones": [], "instruments": [INSTRUMENT]} | {name: [dict(row) for row in own] for name, own in rows.items()}
    for day, (source_id, raw) in enumerate(texts.items()):
        own = {"source_id": source_id, "short": f"{source_id.capitalize()} 2022", "cluster": source_id, "date": f"2022-03-{29 + day}"}
        own["sha256"] = hashlib.sha256(raw.encode()).hexdigest()
        if "sources" not in rows:
            given["sources"].append(SOURCE | own)
        if "zones" not in rows:
            given["zones"].append({"source_id": source_id, "start": 0, "end": len(raw), "zone": "body"})
    tables = {FILES[name]: table(FILES[name], [placed(texts, row) for row in own]) for name, own in given.items()}
    return Corpus(DATA_FOLDER, empty() | tables, texts)


def write(corpus: Corpus, folder: Path) -> Path:
    """Write the tables and texts of a Corpus into `folder`, as `load_corpus` reads them."""
    for name, own in corpus.tables.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        own.to_csv(folder / name, index=False, lineterminator="\n")
    (folder / "sources").mkdir()
    for source_id, raw in corpus.raw.items():
        (folder / f"sources/{source_id}.txt").write_text(raw, encoding="utf-8", newline="")
    return folder


@cache
def empty() -> dict[str, pd.DataFrame]:
    return {name: table(name, []) for name in COLUMNS}


def table(name: str, rows: list[dict]) -> pd.DataFrame:
    made = pd.DataFrame([dict.fromkeys(COLUMNS[name], "") | row for row in rows], columns=COLUMNS[name], dtype=object)
    return made.astype({column: int if column in ("start", "end") else str for column in made})


def placed(texts: dict[str, str], row: dict) -> dict:
    """`row` with the text, passage, start and end of its quote, where it has one and does not say them."""
    if "quote" not in row:
        return row
    source_id = row.get("source_id", next(iter(texts)))
    start = texts[source_id].index(row["quote"])
    number = texts[source_id].count("\n", 0, start) + 1
    place = {"passage_id": f"{source_id}-p{number:02d}", "start": start, "end": start + len(row["quote"])}
    return {"source_id": source_id} | place | row
