"""Small studies of any number of texts, made by hypothesis: sentences and codes of the frozen study, dealt anew among texts of any status."""

import hashlib
import re
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

from hypothesis import strategies as st

from analysis.corpus.reader import Corpus, load_corpus
from analysis.corpus.segment import sentences
from tests.support.corpora import STUDY
from tests.support.small import FILES, study

PASSES = ("provisions", "guarantors", "responsibility", "frames", "events", "claims")  # what is coded twice
ONCE = ("strengths", "comparisons", "source_checks")
OF_NO_TEXT = ("codebook", "codebook_values", "strengths", "instruments", "instrument_guarantors", "document_names", "people",
              "benchmark_events", "names", "loaded_words", "syllables")  # fmt: skip
RELATIONS = ("agree", "differ in detail", "contradict")
STATUSES = ("uncoded", "once", "twice")


@cache
def frozen() -> Corpus:
    return load_corpus(STUDY)


@cache
def templates(name: str) -> list[dict]:
    """The rows of a table of the frozen study, without what ties them to their text."""
    table = frozen().tables[FILES[name]]
    own = table[table.source_id != ""] if "source_id" in table else table
    return own.drop(columns=["source_id", "passage_id", "quote", "start", "end"], errors="ignore").to_dict("records")


@st.composite
def studies(draw, n: int) -> Corpus:
    """A valid small study of `n` texts: dates, clusters, statuses and codings at random."""
    pool = list(dict.fromkeys(sentences(frozen()).sentence))
    ids = draw(st.permutations([f"text{1980 + number}" for number in range(n)]))
    texts, sources, rows = {}, [], {name: [] for name in FILES}
    for name in OF_NO_TEXT:
        rows[name] = templates(name)
    for source_id in ids:
        told = draw(st.lists(st.sampled_from(pool), min_size=2, max_size=14, unique=True))
        texts[source_id] = "\n".join(told)
        status, day = draw(st.sampled_from(STATUSES)), date(1987, 4, 30) + timedelta(draw(st.integers(-40, 400)))
        given = (
            draw(st.sampled_from(templates("sources")))
            | {"source_id": source_id, "short": source_id.capitalize(), "coding": status}
            | ({"coder": ""} if status == "uncoded" else {})
        )
        given |= {"date": day.isoformat(), "cluster": draw(st.sampled_from(["one", "two", source_id]))}
        sources.append(given | {"sha256": hashlib.sha256(texts[source_id].encode()).hexdigest()})
        if status != "uncoded":
            code(draw, rows, source_id, told, status)
    coded = [source["source_id"] for source in sources if source["coding"] != "uncoded"]
    rows["relations"] = related(rows["provisions"], coded, draw)
    rows["book_table"] = cells(coded, [source["source_id"] for source in sources])
    made = study(texts, **{name: own for name, own in rows.items() if name != "zones"} | {"sources": sources})
    return replace(made, path=STUDY)


def code(draw, rows: dict[str, list[dict]], source_id: str, told: list[str], status: str) -> None:
    """Codings of a text: of each kind none to three, on sentences of its own; of what is in marks, quotations."""

    def place(row: dict) -> dict:
        return row | {"source_id": source_id, "quote": draw(st.sampled_from(told))}

    for name in PASSES:
        own = [place(row) for row in draw(st.lists(st.sampled_from(templates(name)), max_size=3))]
        own = [row | ({"claim_id": f"{source_id}-c{number:02d}"} if name == "claims" else {}) for number, row in enumerate(own, start=1)]
        rows[name] += own
        rows[f"{name}_pass1"] += [row for row in own if draw(st.booleans())]
        rows[f"{name}_pass2"] += [row for row in own if status == "twice" and draw(st.booleans())]
    for name in ONCE:
        table = f"codings_{name}" if name == "strengths" else name
        rows[table] += [place(row) for row in draw(st.lists(st.sampled_from(templates(table)), max_size=2))]
    for name in ("firmness", "explanations"):
        rows[name] += [place(row) for row in draw(st.lists(st.sampled_from(templates(name)), max_size=1))]
    for quoted in re.findall("“([^”]+)”", "\n".join(told)):
        rows["quotations"].append(draw(st.sampled_from(templates("quotations"))) | {"source_id": source_id, "quote": quoted})


def related(provisions: list[dict], coded: list[str], draw) -> list[dict]:
    """A relation for each two texts that describe one dimension."""
    described = {source_id: {row["dimension"] for row in provisions if row["source_id"] == source_id} for source_id in coded}
    return [
        {"dimension": dimension, "source_a": one, "source_b": other, "relation": draw(st.sampled_from(RELATIONS)), "note": "Read."}
        for place, one in enumerate(coded)
        for other in coded[place + 1 :]
        for dimension in sorted(described[one] & described[other])
    ]


def cells(coded: list[str], ids: list[str]) -> list[dict]:
    """The table of the book, in which the coded texts mention nothing."""
    terms = {row["term"]: row["dimensions"] for row in templates("book_table")}
    columns = [frozen().tables["instruments.csv"].instrument[0], *(source_id for source_id in ids if source_id in coded)]
    return [
        {"term": term, "dimensions": dimensions, "source_id": column, "gist": "not mentioned"}
        for term, dimensions in terms.items()
        for column in columns
    ]
