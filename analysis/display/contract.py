"""The published tables, declared: every column of `<name>.csv` in its order, and the data package that explains them.

Other people's scripts read these files by these names. What a column of the data folder holds is said in `schema` and comes from there.
"""

from typing import Any

from analysis.corpus.columns import OFFSETS, ROW_KEY_COLUMNS, SOURCE_ID, Column, Table, declare_table
from analysis.corpus.schema import INPUT_TABLES

PACKAGE_FILE = "datapackage.json"

ANNOTATIONS_FILE = "annotations.jsonld"

ANNOTATIONS_SAID = (
    "Every coded stretch of the texts as an annotation in the form of the W3C (JSON-LD): its words, its place in the raw file, and one tag "
    "`column: value` a code."
)

_KEYS = {"source_id": "sources", "passage_id": "passages"}  # columns that name a row of another table

_FORMULAS = (
    "An apostrophe stands before a text that begins with =, +, -, @ or the like, since a spreadsheet would run it as a formula. "
    "Offsets do not count it."
)


def _from_data(name: str, first: str, *computed: Column) -> Table:
    """The columns of the data file `name` and those `computed` from it: those named in `first`, then the others in their order."""
    known = {column.name: column for column in (*INPUT_TABLES[name].columns, *computed)}
    order = dict.fromkeys([*first.split(), *known])
    return Table(INPUT_TABLES[name].row, tuple(known[column] for column in order))


def _integer(name: str, description: str) -> Column:
    return Column(name, description, type="integer")


def _number(name: str, description: str) -> Column:
    return Column(name, description, type="number")


PUBLISHED_TABLES: dict[str, Table] = {
    "sources": _from_data(
        "sources.csv",
        "source_id title author outlet date date_basis genre url file sha256 raw_words body_words lag_days cluster coder",
        Column("file", "the raw file, relative to the data folder"),
        _integer("raw_words", "words of the raw file"),
        _integer("body_words", "words of the body"),
        _integer(
            "lag_days",
            "days from the reference instrument (the first of instruments.csv) to the latest day that the date allows; negative: before it",
        ),
        _integer("lag_days_low", "the same to the earliest day that the date allows"),
    ),
    "zones": INPUT_TABLES["zones.csv"],
    "passages": declare_table(
        "a paragraph of a body",
        *ROW_KEY_COLUMNS,
        *OFFSETS,
        _integer("n_words", "words of the paragraph"),
        _integer("n_sentences", "sentences of the paragraph"),
    ),
    "provisions": _from_data("codings/provisions.csv", "source_id passage_id dimension document holder level position quote start end"),
    "guarantors": _from_data("codings/guarantors.csv", "source_id passage_id guarantor document quote start end"),
    "quotations": INPUT_TABLES["codings/quotations.csv"],
    "responsibility": _from_data("codings/responsibility.csv", "source_id passage_id actor valence matter voice quote start end"),
    "frames": _from_data("codings/frames.csv", "source_id passage_id function summary voice quote start end"),
    "events": _from_data(
        "codings/events.csv",
        "source_id passage_id event_id date date_basis description quote start end",
        Column("label", "name of the event"),
    ),
    "claims": _from_data("codings/claims.csv", "source_id passage_id claim_id claim attributed_to quote start end"),
    "comparisons": _from_data("codings/comparisons.csv", "topic relation source_id claim_or_provision note quote start end"),
    "source_checks": _from_data(
        "codings/source_checks.csv", "source_id passage_id statement record verdict grade reference quote start end"
    ),
    "instruments": _from_data("instruments.csv", "instrument dimension side position strength point seen grade reference"),
    "explanations": _from_data(
        "explanations.csv", "explanation advanced_by date reference grade source_id passage_id quote start end stance evidence"
    ),
    "multiverse": declare_table(
        "a headline finding, asked under one set of choices",
        Column("finding", "name of the finding, see findings.csv in the data folder"),
        Column("left_out", "short name of the text left out, or none"),
        Column("merged", "whether texts that depend on each other count as one: yes, no"),
        Column("coding", "the reading: adjudicated, pass1, pass2"),
        Column("voice", "whose words count: all, or the author's own"),
        _integer("passages", "in how many passages at least a text must say so"),
        Column("per", "to what counts are held: text, paragraph, 1000 words"),
        Column("holds", "whether the finding holds: yes, no, cannot be asked"),
    ),
    "reliability": declare_table(
        "how far two readings agree on a variable",
        Column("table", "the coding"),
        Column("variable", "what both readings decided, unit by unit"),
        _integer("n", "units compared"),
        _number("agreement", "share of the units on which both readings have the same value, 0 to 1"),
        _number("alpha", "Krippendorff's alpha: 1 is perfect agreement, 0 what chance gives; empty where nothing varies"),
        Column("kind", "what the agreement speaks for: of two passes of one model, or between a person and the adjudicated reading"),
    ),
    "names": declare_table(
        "a naming choice (a word or a spelling) in a text",
        SOURCE_ID,
        Column("concept", "the thing named"),
        Column("form", "the word or spelling chosen for it"),
        _integer("n", "how often it stands in the body"),
        _number("per_1000", "the same for 1,000 words of the body"),
        _integer("n_author", "how often in the author's own words"),
        _integer("n_quoted", "how often between quotation marks"),
    ),
    "measures": declare_table(
        "a measure of how a text is written",
        SOURCE_ID,
        Column("measure", "name of the measure"),
        Column("scope", "all: the whole body; author: its sentences without quoted speech"),
        _number("value", "the value, on the scale that `scale` names; empty where the text is too short"),
        _number("low", "lower end of the 95 % interval over resampled sentences of the text; empty where there is none"),
        _number("high", "upper end of that interval"),
        _integer("n", "sentences or words counted, see `unit`"),
        _integer("minimum", "how many the measure needs"),
        Column("status", "ok, or n/a with the reason"),
        Column("unit", "what `n` and `minimum` count"),
        Column("method", "how it was computed: by the published formula, or by textstat"),
        Column("scale", "unit of the value"),
        Column("direction", "what a higher value means"),
    ),
    "keyness": declare_table(
        "a word and how far it sets a text apart from the others",
        SOURCE_ID,
        Column("word", "the word in lower case, as it stands in the authors' own words"),
        _integer("n", "how often it stands in the text"),
        _integer("n_rest", "how often in all the other texts together"),
        _number("log_odds", "log-odds of the word, text against rest; above 0: more in the text"),
        _number("z", "log_odds in its standard errors"),
        _number("low", "log_odds - 1.96 standard errors of the model"),
        _number("high", "log_odds + 1.96 standard errors of the model"),
        _integer("prior", "strength of the prior, in words"),
    ),
}


def data_package() -> dict[str, Any]:
    """The published tables as a Frictionless Data Package (datapackage.org, profile of version 1): what `datapackage.json` holds."""
    resources = [_resource(name, declared) for name, declared in PUBLISHED_TABLES.items()]
    return {
        "profile": "tabular-data-package",
        "name": "tables",
        "description": f"{_FORMULAS} {ANNOTATIONS_FILE}, beside them: {ANNOTATIONS_SAID}",
        "resources": resources,
    }


def _resource(name: str, declared: Table) -> dict[str, Any]:
    fields = [{"name": column.name, "type": column.type, "description": column.description} for column in declared.columns]
    schema: dict[str, Any] = {"fields": fields}
    if unique := [column.name for column in declared.columns if column.unique or _KEYS.get(column.name) == name]:
        schema["primaryKey"] = unique[0]
    if keys := [column for column in declared.names if _KEYS.get(column, name) != name]:
        schema["foreignKeys"] = [{"fields": key, "reference": {"resource": _KEYS[key], "fields": key}} for key in keys]
    return {
        "profile": "tabular-data-resource",
        "name": name,
        "path": f"{name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "description": f"A row is {declared.row}.",
        "schema": schema,
    }
