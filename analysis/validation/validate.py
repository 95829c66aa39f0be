"""All data held against what it must be; every fault named with its place and remedy."""

from collections.abc import Callable, Iterable, Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import pandas as pd
import pandera.errors
import pybtex.database

from analysis.corpus.columns import ADDRESS, CODEBOOK, TEXT, WORK, Reference
from analysis.corpus.dates import edtf_range, is_edtf
from analysis.corpus.errors import DataError, Problem, file_name
from analysis.corpus.intervals import contained_in
from analysis.corpus.loaded_terms import (
    AUTHOR_COLUMNS,
    LOADED_LIST,
    PARAPHRASE_COLUMNS,
    find_loaded_terms,
    loaded_term_rows,
    unsupported_quotes,
)
from analysis.corpus.reader import DATA_FOLDER, Corpus, read_table, read_text, read_texts, text_file, with_offsets
from analysis.corpus.schema import COLUMNS, INPUT_TABLES, cited_keys
from analysis.corpus.segment import passages
from analysis.corpus.zones import validate_zones
from analysis.stylometry.syllables import DICTIONARY_FILE, words_to_look_up
from analysis.validation.rules import SCHEMAS, is_pattern, keeps

_QUOTE_IT = "; or put the word between quotation marks, as the quotation has it"


def data_problems(path: Path | str = DATA_FOLDER) -> list[Problem]:
    """Every Problem in the data folder `path`; an empty list where all is well."""
    data, problems = _read(Path(path))
    for test, files in _CHECKS:
        if files <= data.tables.keys():
            problems += test(data)
    return problems


def _read(path: Path) -> tuple[Corpus, list[Problem]]:
    """What can be read of a data folder, and the Problems of all else.

    Left out are tables that are none, offsets of codings that are no numbers, zones with such offsets, and texts that are not sound.
    """
    data, problems = Corpus(path, {}, {}), []
    for name in COLUMNS:
        try:
            data.tables[name] = read_table(path, name)
            problems += _value_problems(data, name)
            data.tables[name] = with_offsets(path, name, data.tables[name])
        except DataError as error:
            problems += error.problems
            if name in data.tables:
                data.tables[name] = data.tables[name].drop(columns=["start", "end"])
    if "start" not in data.tables.get("zones.csv", ()):
        data.tables.pop("zones.csv", None)
    if "sources.csv" in data.tables:
        raw, faults = read_texts(path, data.sources.drop_duplicates("source_id"))
        data.raw.update(raw)
        problems += faults
    return data, problems


def _fault(data: Corpus, name: str, row: int | None, column: str | None, message: str, remedy: str) -> Problem:
    return Problem(file_name(data.path, name), row, column, message, remedy)


def _numbered(table: pd.DataFrame) -> Iterator[tuple[int, Any]]:
    """The rows of `table` with their numbers in the file."""
    return enumerate(table.itertuples(), start=2)


def _value_problems(data: Corpus, name: str) -> list[Problem]:
    """The values of a table that its schema refuses."""
    try:
        SCHEMAS[name].validate(data.tables[name], lazy=True)
    except pandera.errors.SchemaErrors as errors:
        cases = errors.failure_cases.sort_values("index", kind="stable").to_dict("records")
        return [
            _fault(data, name, int(case["index"]) + 2, case["column"], f"{case['failure_case']!r} is not allowed", case["check"])
            for case in cases
        ]
    return []


def _stray_files(data: Corpus) -> Iterator[Problem]:
    """Files among the texts that no row names."""
    listed = {text_file(source_id) for source_id in data.sources.source_id}
    for file in sorted((data.path / "sources").glob("*")):
        if f"sources/{file.name}" not in listed and file.name != "README.md":
            yield _fault(
                data, f"sources/{file.name}", None, None, "is named by no row of sources.csv", "add a row for it, or take the file away"
            )


def _zone_problems(data: Corpus) -> list[Problem]:
    """Zones that do not partition their text, and texts whose body holds no word."""
    n_words = passages(data).groupby("source_id").n_words.sum()
    return validate_zones(data.path, data.zones, data.raw) + [
        _fault(data, "zones.csv", None, None, f"the body of {source_id} has no words", "mark its running text as body")
        for source_id in data.raw
        if not n_words.get(source_id, 0)
    ]


def _unknown_values(data: Corpus) -> Iterator[Problem]:
    """Values that are not in the column that lists them."""
    for name, table in data.tables.items():
        for column in INPUT_TABLES[name].columns:
            if column.refers and column.refers.file in data.tables:
                known = _known_values(data, column.name, column.refers)
                remedy = "use one of " + (", ".join(sorted(known - {""})) or "those that you add there first")
                for row, value in enumerate(table[column.name], start=2):
                    if value not in known:
                        yield _fault(data, name, row, column.name, f"{value!r} {column.refers.message}", remedy)


def _known_values(data: Corpus, column: str, refers: Reference) -> set[str]:
    """The values that `column` may have."""
    listed = data.tables[refers.file]
    own = listed[listed.variable == column] if refers == CODEBOOK else listed
    return {*own[refers.column], *refers.also}


def _span_problems(data: Corpus) -> Iterator[Problem]:
    """Rows whose quotation is not, word for word, at its offsets and within its passage."""
    own = {passage.passage_id: passage for _, passage in _numbered(passages(data))}
    for name in [name for name, table in data.tables.items() if {"quote", "start"} <= {*table}]:
        for row, span in _numbered(data.tables[name]):
            if span.source_id in data.raw and (found := _span_fault(data, span, own.get(span.passage_id))):
                yield _fault(data, name, row, *found, f'enter what `python -m analysis find {span.source_id} "..."` prints')


def _span_fault(data: Corpus, span: Any, passage: Any) -> tuple[str, str] | None:
    """The column and the message for one coded span, None where it is as it must be; `passage` is that of its passage_id, or None."""
    if passage is None or not span.passage_id.startswith(f"{span.source_id}-p"):
        return "passage_id", f"{span.passage_id!r} is no passage of {span.source_id}"
    if data.raw[span.source_id][span.start : span.end] != span.quote:
        return "quote", f"the text has other words at {span.start} to {span.end}"
    if span.start >= span.end or not contained_in(span.start, span.end, passage.start, passage.end):
        return "start", f"{span.start} to {span.end} is not within {span.passage_id}"
    return None


def _uncounted_words(data: Corpus) -> Iterator[Problem]:
    """Words of the bodies whose syllables nobody counted, and words that nobody looked up in CMUdict, one Problem a text."""
    table = data.tables["syllables.csv"]
    known = (set(table.word[table.hand != ""]), set(table.word))
    lacking = {
        word: source_id
        for words, counted in zip(words_to_look_up(data), known, strict=True)
        for word, source_id in words.items()
        if word not in counted
    }
    remedy = "run `python -m analysis syllables CMUDICT`, then check the counts that it guessed"
    for source_id in data.raw:
        if own := sorted(word for word, first in lacking.items() if first == source_id):
            yield _fault(data, "syllables.csv", None, "hand", f"lacks {', '.join(own)} ({source_id})", remedy)


def _dictionary_problems(data: Corpus) -> list[Problem]:
    """Words that syllables.csv has from CMUdict and the folder of its entries lacks; that folder missing."""
    try:
        entries = {line.partition(" ")[0].lower() for line in read_text(data.path, DICTIONARY_FILE).splitlines()}
    except DataError as error:
        return error.problems
    table = data.tables.get("syllables.csv")
    lacking = [] if table is None else [word for word in table.word[table.cmudict != ""] if word not in entries]
    return [_fault(data, DICTIONARY_FILE, None, None, f"lacks {', '.join(lacking)}", "restore the file")] if lacking else []


def _event_problems(data: Corpus) -> Iterator[Problem]:
    """Events whose dating words are not in the text, or that have words although inferred, or none although not."""
    for name in [name for name, table in data.tables.items() if "dated_by" in table]:
        for row, event in _numbered(data.tables[name]):
            if (event.date_basis == "inferred") == bool(event.dated_by):
                message = f"{event.dated_by!r} does not go with the basis {event.date_basis}"
                yield _fault(data, name, row, "dated_by", message, "give the words that date the event, and none where it is inferred")
            elif event.dated_by not in data.raw.get(event.source_id, event.dated_by):
                yield _fault(data, name, row, "dated_by", f"{event.dated_by!r} is not in {event.source_id}", "copy the words from the file")


def _comparison_problems(data: Corpus) -> Iterator[Problem]:
    """Compared topics with one text only, or with two relations; claims that are none, or of another text."""
    name, claims = "codings/comparisons.csv", data.tables["codings/claims.csv"]
    owner = dict(zip(claims.claim_id, claims.source_id, strict=True))
    for topic, own in data.tables[name].groupby("topic", sort=False):
        n_texts, n_relations = own.source_id.nunique(), own.relation.nunique()
        if n_texts < 2 or n_relations > 1:
            message = f"{topic!r} has {n_texts} text(s) and {n_relations} relation(s)"
            yield _fault(data, name, None, "topic", message, "give each topic two texts or more, and one relation")
    for row, compared in _numbered(data.tables[name]):
        if owner.get(compared.claim_or_provision) != compared.source_id:
            message = f"{compared.claim_or_provision!r} is no claim of {compared.source_id}"
            yield _fault(data, name, row, "claim_or_provision", message, "give the claim_id of claims.csv")


def _unsourced(data: Corpus) -> Iterator[Problem]:
    """Facts of the record without a reference that are neither general knowledge nor known through the texts alone."""
    remedy = "name the reference, or grade the fact common (general knowledge) or text (known through the texts)"
    for name in [name for name in ("benchmark_events.csv", "codings/source_checks.csv") if name in data.tables]:
        for row, fact in _numbered(data.tables[name]):
            if (fact.grade in ("common", "text")) == bool(fact.reference):
                yield _fault(data, name, row, "reference", f"is {fact.reference!r} although the grade is {fact.grade}", remedy)


def _relation_problems(data: Corpus) -> Iterator[Problem]:
    """Pairs of texts that both describe a dimension and have no relation there, or two, or one too many."""
    name, needed_pairs = "codings/relations.csv", _pairs_of_texts(data)
    given = list(data.tables[name][["dimension", "source_a", "source_b"]].itertuples(index=False, name=None))
    for key in sorted(needed_pairs - {*given}):
        yield _fault(data, name, None, None, f"has no row for {', '.join(key)}", "say how the two texts relate in this dimension")
    for row, key in enumerate(given, start=2):
        if key not in needed_pairs or key in given[: row - 2]:
            message = f"{', '.join(key)} is there twice, or is no pair of texts that both describe the dimension"
            yield _fault(data, name, row, None, message, "take the row out, or mend it (the earlier text comes first)")


def _pairs_of_texts(data: Corpus) -> set[tuple[str, str, str]]:
    """(dimension, earlier text, later text) for all texts that both describe a dimension."""
    dated = [source for _, source in _numbered(data.sources.drop_duplicates("source_id")) if is_edtf(source.date)]
    order = [source.source_id for source in sorted(dated, key=lambda source: edtf_range(source.date)[::-1])]
    covering = data.tables["codings/provisions.csv"].groupby("dimension").source_id.agg(set)
    return {
        (str(dimension), *pair)
        for dimension, ids in covering.items()
        for pair in combinations([source_id for source_id in order if source_id in ids], 2)
    }


def _loaded_problems(data: Corpus) -> Iterator[Problem]:
    """Loaded words in the authors' words and paraphrases, and loaded words that a paraphrase quotes and its evidence does not hold."""
    if not all(map(is_pattern, data.tables[LOADED_LIST].pattern)):
        return
    loaded_words = loaded_term_rows(data.tables[LOADED_LIST])
    for places, more in ((AUTHOR_COLUMNS, ""), (PARAPHRASE_COLUMNS, _QUOTE_IT)):
        for name, row, column, text, _ in _own_words(data, places):
            for match, word in find_loaded_terms(text, loaded_words):
                message = f"uses the loaded word {match.group()!r} ({word.leans}: it {word.why})"
                yield _fault(data, name, row, column, message, f"write {word.instead}{more}")
    for name, row, column, text, quote in _own_words(data, PARAPHRASE_COLUMNS):
        for words in unsupported_quotes(text, quote, loaded_words):
            message = f"quotes {words!r}, which its quotation does not hold"
            yield _fault(data, name, row, column, message, "copy the words from the quotation, or write others")


def _own_words(data: Corpus, places: dict[str, list[str]]) -> Iterator[tuple[str, int, str, str, str]]:
    """The authors' words in the columns `places`, by file: file, row, column, words, and the quotation of the row."""
    for name, table in data.tables.items():
        for column in places.get(name, []):
            for row, (text, quote) in enumerate(zip(table[column], table.get("quote", table[column]), strict=True), start=2):
                yield name, row, column, text, quote


def _reference_problems(data: Corpus) -> Iterator[Problem]:
    """Entries of references.bib that cannot be cited, and keys in the tables that it does not hold; a file that is no BibTeX."""
    name = WORK.file
    try:
        entries = pybtex.database.parse_string(read_text(data.path, name), "bibtex").entries
    except DataError as error:
        yield from error.problems
        return
    except pybtex.database.PybtexError as error:
        yield _fault(data, name, None, None, f"is not BibTeX ({error})", "mend the entry that the message names")
        return
    for key, entry in entries.items():
        url = entry.fields.get("url", "https://none")
        if "author" not in entry.persons or "year" not in entry.fields:
            yield _fault(data, name, None, None, f"{key} has no author or no year", "add them: citations need both")
        if not keeps(ADDRESS, url):
            yield _fault(data, name, None, None, f"the url of {key} is {url!r}", ADDRESS.remedy)
    if entries:
        yield from _unknown_keys(data, set(entries))


def _unknown_keys(data: Corpus, keys: set[str]) -> Iterator[Problem]:
    """Keys in the tables that are not among the `keys` of references.bib."""
    for name, table in data.tables.items():
        for column in [column for column in INPUT_TABLES[name].columns if column.refers == WORK]:
            for row, value in enumerate(table[column.name], start=2):
                for key in cited_keys(column, value):
                    if key not in keys:
                        yield _fault(data, name, row, column.name, f"{key!r} {WORK.message}", "add the reference, or mend the key")


def _status_problems(data: Corpus) -> Iterator[Problem]:
    """Coded rows of texts that sources.csv has as uncoded, and rows of a second pass of texts that it has as coded once."""
    coding = dict(zip(data.sources.source_id, data.sources.coding, strict=True))
    for name in [name for name in data.tables if name.startswith("codings/")]:
        barred = {"uncoded", "once"} if ".pass2" in name else {"uncoded"}
        for column in [column for column in ("source_id", "source_a", "source_b") if column in data.tables[name]]:
            for row, source_id in enumerate(data.tables[name][column], start=2):
                if coding.get(source_id) in barred:
                    message = f"{source_id} is coded here, although sources.csv has it as {coding[source_id]}"
                    yield _fault(data, name, row, column, message, "change its coding in sources.csv, or take the row out")


def _instrument_problems(data: Corpus) -> Iterator[Problem]:
    """No instrument at all: the texts are held against the first, and their lags are counted from its date."""
    if data.tables["instruments.csv"].empty:
        yield _fault(data, "instruments.csv", None, None, "has no row", "add what the texts are held against")


# Each test, and the files without which it cannot be asked.
_CHECKS: list[tuple[Callable[[Corpus], Iterable[Problem]], set[str]]] = [
    (_stray_files, {TEXT.file}),
    (_zone_problems, {TEXT.file, "zones.csv"}),
    (_unknown_values, set()),
    (_span_problems, {TEXT.file, "zones.csv"}),
    (_uncounted_words, {TEXT.file, "zones.csv", "syllables.csv"}),
    (_dictionary_problems, set()),
    (_event_problems, set()),
    (_comparison_problems, {"codings/comparisons.csv", "codings/claims.csv"}),
    (_status_problems, {TEXT.file}),
    (_instrument_problems, {"instruments.csv"}),
    (_unsourced, set()),
    (_relation_problems, {TEXT.file, "codings/provisions.csv", "codings/relations.csv"}),
    (_loaded_problems, {LOADED_LIST}),
    (_reference_problems, set()),
]
