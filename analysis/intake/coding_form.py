"""What the page for coding shows of a text and of the codebook, as JSON holds it."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from analysis.coding.annotations import ANNOTATED, CODINGS, DECLARED, code_columns
from analysis.coding.passes import coded_columns, person_codings
from analysis.corpus.columns import WORK, Column, Rule
from analysis.corpus.intervals import overlaps
from analysis.corpus.reader import Corpus
from analysis.corpus.schema import DECLARED_TABLES
from analysis.corpus.segment import LINE, passages, sentence_offsets, word_offsets
from analysis.intake.codes import listed_values
from analysis.validation.rules import keeps

_REMEMBERED = {"document", "holder", "voice"}  # what the next row most often shares with the one before

# Free words that rows of several texts, or tables beside the codings, share: where a column finds those in use.
_SHARED = {
    ("firmness", "step"): (("firmness.csv", "step"),),
    ("guarantors", "guarantor"): (("codings/guarantors.csv", "guarantor"), ("instrument_guarantors.csv", "guarantor")),
    ("comparisons", "topic"): (("codings/comparisons.csv", "topic"),),
    ("explanations", "explanation"): (("explanations.csv", "explanation"),),
    ("source_checks", "instrument"): (("instruments.csv", "instrument"),),
    ("people", "side"): (("people.csv", "side"),),
}

# What is one with another column, and so is not asked for where that has a value in use: as `filled` takes it in.
_FOLLOWS = {("firmness", "step"): "rank", ("comparisons", "topic"): "relation", ("source_checks", "verdict"): "finding"}

_FROM_WORDS = {"people": "name", "benchmark_events": "label"}  # what the chosen words are, until somebody writes other ones

_FILLED = {("people", "aliases"), ("explanations", "advanced_by"), ("explanations", "date")}  # what may stay empty: taking in fills it

_MEANING = ("label", "question", "definition", "includes", "excludes", "example", "counter_example")

_AT_MOST = re.compile(r"use \d+ to (\d+) words")

_WORK_KEY = re.compile(r"^@(?!comment|string|preamble)\w+\{\s*([^,\s]+)", re.MULTILINE | re.IGNORECASE)

Json = dict[str, Any]


def page_codings(which: str) -> list[str]:
    """What a reading may hold: of a person the codings made in passes, of the second pass also people and events, else all."""
    passes = person_codings()
    return {"person": passes, "2": [*passes, *DECLARED]}.get(which, [*passes, *(name for name in CODINGS if name not in passes), *DECLARED])


def page_content(corpus: Corpus, source_id: str, which: str) -> Json:
    """The text by blocks and the codings that a reading may hold, with their columns and values. No code of anybody is among it."""
    source = corpus.sources.set_index("source_id").loc[source_id]
    return {
        "source_id": source_id,
        "short": source["short"],
        "title": source["title"],
        "raw": corpus.raw[source_id],
        "n_words": int(passages(corpus).query("source_id == @source_id").n_words.sum()),
        "blocks": list(_blocks(corpus, source_id)),
        "codings": [_shown_coding(corpus, source_id, coding, which) for coding in page_codings(which)],
    }


def _blocks(corpus: Corpus, source_id: str) -> Iterator[Json]:
    """The paragraphs of the body and, between them, the lines of other zones, in order; each parted where its zone changes."""
    raw, zones = corpus.raw[source_id], list(corpus.zones.query("source_id == @source_id").itertuples())
    place = 0
    for passage in [*passages(corpus).query("source_id == @source_id").itertuples(), None]:
        for line in LINE.finditer(raw, place, passage.start if passage else len(raw)):
            yield _block(raw, zones, "", *line.span())
        if passage:
            yield _block(raw, zones, passage.passage_id, passage.start, passage.end)
            place = passage.end


def _block(raw: str, zones: Sequence[Any], passage_id: str, start: int, end: int) -> Json:
    parts = [(max(zone.start, start), min(zone.end, end), zone.zone) for zone in zones if overlaps(zone.start, zone.end, start, end)]
    bodies = [(begin, stop) for begin, stop, zone in parts if zone == "body"] if passage_id else []
    return {
        "passage_id": passage_id,
        "start": start,
        "end": end,
        "parts": [{"start": begin, "end": stop, "zone": zone} for begin, stop, zone in parts],
        "words": [(begin + first, begin + last) for begin, stop in bodies for first, last in word_offsets(raw[begin:stop])],
        "sentences": [(start + first, start + last) for first, last in sentence_offsets(raw[start:end])] if passage_id else [],
    }


def page_columns(coding: str, which: str) -> list[tuple[Column, bool]]:
    """The columns that a reading fills in `coding`, each with whether it must be filled."""
    name = ANNOTATED[coding]
    in_pass = coded_columns(coding) if coding in person_codings() else code_columns(coding)
    asked = in_pass if which in ("2", "person") else code_columns(coding)
    columns = [column for column in DECLARED_TABLES[name].columns if column.name in asked and not (coding in CODINGS and column.unique)]
    late = set() if which == "adjudicated" else {*asked} - {*in_pass}  # what a first pass may leave to the table of both
    late |= {filled for name, filled in _FILLED if name == coding}
    return [(column, _must_be_filled(column) and column.name not in late) for column in columns if column.name != "quote"]


def _must_be_filled(column: Column) -> bool:
    listed = column.refers is not None and column.refers.file != WORK.file and "" not in column.refers.also
    return listed or (column.rule is not None and not keeps(column.rule, ""))


def _shown_coding(corpus: Corpus, source_id: str, coding: str, which: str) -> Json:
    table = DECLARED_TABLES[ANNOTATED[coding]]
    quote = next((column for column in table.columns if column.name == "quote"), None)
    return {
        "name": coding,
        "row": table.row,
        "words": word_limit(quote.rule) if quote else None,
        "columns": [
            _shown_column(corpus, column, required, coding) | _in_use(corpus, source_id, coding, column)
            for column, required in page_columns(coding, which)
        ],
    }


def _shown_column(corpus: Corpus, column: Column, required: bool, coding: str) -> Json:
    values = _shown_values(corpus, column, coding)
    return {
        "name": column.name,
        "description": column.description,
        "required": required,
        "words": word_limit(column.rule),
        "values": values,
        "may_add": column.refers is not None and column.refers.file in DECLARED.values(),  # by a row that declares a person or an event
        "listed_in": column.refers.file if column.refers else "",
        "remembered": column.name in _REMEMBERED,
        "from_words": _FROM_WORDS.get(coding) == column.name,
        "remedy": "" if column.rule is None or word_limit(column.rule) or values else column.rule.remedy,
    }


def _in_use(corpus: Corpus, source_id: str, coding: str, column: Column) -> Json:
    """What other texts and tables have in a column that no list holds; and what follows from each: {column: {value: other}}."""
    places = (_others(corpus, source_id, name)[shared] for name, shared in _SHARED.get((coding, column.name), ()))
    keys = _work_keys(corpus) if column.refers == WORK else ()
    follows = _FOLLOWS.get((coding, column.name))
    fills = {follows: _following(_others(corpus, source_id, CODINGS[coding]), column.name, follows)} if follows else {}
    return {"in_use": sorted({value for values in [*places, keys] for value in values} - {""}), "fills": fills}


def _work_keys(corpus: Corpus) -> list[str]:
    file = corpus.path / WORK.file
    return _WORK_KEY.findall(file.read_text(encoding="utf-8", errors="replace")) if file.exists() else []


def _others(corpus: Corpus, source_id: str, name: str) -> pd.DataFrame:
    table = corpus.tables[name]
    return table[table.source_id != source_id] if "source_id" in table else table


def _following(table: pd.DataFrame, column: str, other: str) -> dict[str, str]:
    """What `other` is in all rows that have the same in a column."""
    return {value: own.iloc[0] for value, own in table.groupby(column)[other] if value and own.nunique() == 1}


def word_limit(rule: Rule | None) -> int | None:
    """How many words a value may have; None where they are not counted."""
    found = _AT_MOST.fullmatch(rule.remedy) if rule else None
    return int(found[1]) if found else None


def _shown_values(corpus: Corpus, column: Column, coding: str) -> list[Json]:
    """The values that a column may have, with what the codebook says of them; none for free text.

    The codebook speaks of codings: a column of people or events that happens to have the name of another is not explained by it.
    """
    values = listed_values(corpus, column)
    fields = () if coding in DECLARED and column.refers is None else _MEANING
    return [{"value": value, "meaning": {field: row[field] for field in fields if row.get(field)}} for value, row in values.items()]
