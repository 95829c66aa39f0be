"""All data held against what it must be; every fault named with its place and remedy."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pandera.errors
import pybtex.database

from analysis.corpus.columns import ADDRESS, CODEBOOK, TEXT, WORK, Reference
from analysis.corpus.errors import DataError, Problem
from analysis.corpus.loaded_terms import LOADED_LIST
from analysis.corpus.reader import DATA_FOLDER, Corpus, read_table, read_text, read_texts, table_names, text_file, with_offsets
from analysis.corpus.schema import DECLARED_TABLES, cited_keys
from analysis.corpus.segment import passages
from analysis.corpus.zones import validate_zones
from analysis.stylometry.syllables import ACCEPT_GUESSES, DICTIONARY_FILE, FULL_DICTIONARY, guesses, words_to_look_up
from analysis.validation import book_table_checks, coding_checks
from analysis.validation.document_checks import NAMES, document_problems
from analysis.validation.rules import SCHEMAS, fault, keeps


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
    for name in table_names(path):
        try:
            data.tables[name] = read_table(path, name)
            problems += refused_values(data, name)
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


def refused_values(data: Corpus, name: str) -> list[Problem]:
    """The values of a table that its schema refuses; the number of a row is its label and 2."""
    try:
        SCHEMAS[name].validate(data.tables[name], lazy=True)
    except pandera.errors.SchemaErrors as errors:
        cases = errors.failure_cases.sort_values("index", kind="stable").to_dict("records")
        return [
            fault(data, name, int(case["index"]) + 2, case["column"], f"{case['failure_case']!r} is not allowed", case["check"])
            for case in cases
        ]
    return []


def _stray_files(data: Corpus) -> Iterator[Problem]:
    """Files among the texts that no row names."""
    listed = {text_file(source_id) for source_id in data.sources.source_id}
    for file in sorted((data.path / "sources").glob("*")):
        if f"sources/{file.name}" not in listed and file.name != "README.md":
            yield fault(
                data, f"sources/{file.name}", None, None, "is named by no row of sources.csv", "add a row for it, or take the file away"
            )


def _zone_problems(data: Corpus) -> list[Problem]:
    """Zones that do not partition their text, and texts whose body holds no word."""
    n_words = passages(data).groupby("source_id").n_words.sum()
    return validate_zones(data.path, data.zones, data.raw) + [
        fault(data, "zones.csv", None, None, f"the body of {source_id} has no words", "mark its running text as body")
        for source_id in data.raw
        if not n_words.get(source_id, 0)
    ]


def _unknown_values(data: Corpus) -> Iterator[Problem]:
    """Values that are not in the column that lists them."""
    for name in data.tables:
        yield from unlisted_values(data, name)


def unlisted_values(data: Corpus, name: str) -> Iterator[Problem]:
    """Values of one table that are not in the column that lists them; the number of a row is its label and 2."""
    for column in DECLARED_TABLES[name].columns:
        if column.refers and column.refers.file in data.tables:
            known = known_values(data, column.name, column.refers)
            remedy = "use one of " + (", ".join(sorted(known - {""})) or "those that you add there first")
            for label, value in data.tables[name][column.name].items():
                if value not in known:
                    yield fault(data, name, int(label) + 2, column.name, f"{value!r} {column.refers.message}", remedy)


def known_values(data: Corpus, column: str, refers: Reference) -> set[str]:
    """The values that `column` may have."""
    listed = data.tables[refers.file]
    own = listed[listed.variable == column] if refers.file == CODEBOOK.file else listed
    return {*own[refers.column], *refers.also}


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
    remedy = f"run `analysis syllables data/{FULL_DICTIONARY}`, then accept the counts that it guesses"
    for source_id in data.raw:
        if own := sorted(word for word, first in lacking.items() if first == source_id):
            yield fault(data, "syllables.csv", None, "hand", f"lacks {', '.join(own)} ({source_id})", remedy)


def _guessed_words(data: Corpus) -> Iterator[Problem]:
    """Words whose syllables nobody has accepted, one Problem for those of a text."""
    for source_id in data.raw:
        if words := guesses(data, source_id):
            message = f"the syllables of {', '.join(words)} ({source_id}) are guessed"
            yield fault(data, "syllables.csv", None, "note", message, ACCEPT_GUESSES)


def _dictionary_problems(data: Corpus) -> list[Problem]:
    """Words that syllables.csv has from CMUdict and the folder of its entries lacks; that folder missing."""
    try:
        entries = {line.partition(" ")[0].lower() for line in read_text(data.path, DICTIONARY_FILE).splitlines()}
    except DataError as error:
        return error.problems
    table = data.tables.get("syllables.csv")
    lacking = [] if table is None else [word for word in table.word[table.cmudict != ""] if word not in entries]
    return [fault(data, DICTIONARY_FILE, None, None, f"lacks {', '.join(lacking)}", "restore the file")] if lacking else []


def _reference_problems(data: Corpus) -> Iterator[Problem]:
    """Entries of references.bib that cannot be cited, and keys in the tables that it does not hold; a file that is no BibTeX."""
    name = WORK.file
    try:
        entries = pybtex.database.parse_string(read_text(data.path, name), "bibtex").entries
    except DataError as error:
        yield from error.problems
        return
    except pybtex.database.PybtexError as error:
        yield fault(data, name, None, None, f"is not BibTeX ({error})", "mend the entry that the message names")
        return
    for key, entry in entries.items():
        url = entry.fields.get("url", "https://none")
        if "author" not in entry.persons or "year" not in entry.fields:
            yield fault(data, name, None, None, f"{key} has no author or no year", "add them: citations need both")
        if not keeps(ADDRESS, url):
            yield fault(data, name, None, None, f"the url of {key} is {url!r}", ADDRESS.remedy)
    if entries:
        yield from _unknown_keys(data, set(entries))


def _unknown_keys(data: Corpus, keys: set[str]) -> Iterator[Problem]:
    """Keys in the tables that are not among the `keys` of references.bib."""
    for name, table in data.tables.items():
        for column in [column for column in DECLARED_TABLES[name].columns if column.refers == WORK]:
            for row, value in enumerate(table[column.name], start=2):
                for key in cited_keys(column, value):
                    if key not in keys:
                        yield fault(data, name, row, column.name, f"{key!r} {WORK.message}", "add the reference, or mend the key")


# Each test, and the files without which it cannot be asked.
_CHECKS: list[tuple[Callable[[Corpus], Iterable[Problem]], set[str]]] = [
    (_stray_files, {TEXT.file}),
    (_zone_problems, {TEXT.file, "zones.csv"}),
    (_unknown_values, set()),
    (coding_checks.span_problems, {TEXT.file, "zones.csv"}),
    (_uncounted_words, {TEXT.file, "zones.csv", "syllables.csv"}),
    (_guessed_words, {TEXT.file, "zones.csv", "syllables.csv"}),
    (_dictionary_problems, set()),
    (coding_checks.event_problems, set()),
    (coding_checks.comparison_problems, {"codings/comparisons.csv", "codings/claims.csv"}),
    (coding_checks.status_problems, {TEXT.file}),
    (coding_checks.verdict_problems, {"codings/source_checks.csv", "instruments.csv"}),
    (coding_checks.instrument_problems, {"instruments.csv"}),
    (coding_checks.explanation_problems, {"explanations.csv"}),
    (coding_checks.firmness_problems, {"firmness.csv"}),
    (document_problems, {TEXT.file, "zones.csv", NAMES}),
    (coding_checks.finding_problems, {TEXT.file, "findings.csv", "finding_tests.csv"}),
    (coding_checks.unsourced_facts, set()),
    (coding_checks.relation_problems, {TEXT.file, "codings/provisions.csv", "codings/relations.csv"}),
    (coding_checks.loaded_problems, {LOADED_LIST}),
    (book_table_checks.book_table_problems, book_table_checks.NEEDED),
    (_reference_problems, set()),
]
