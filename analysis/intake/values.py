"""The codes of annotations: filled up where there is one thing that a silence can mean, and held against what each column may hold."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import cache, lru_cache

from analysis.coding.annotations import ANNOTATED, Annotation
from analysis.corpus.columns import CODEBOOK, VOICES, WORK, Column
from analysis.corpus.errors import Problem
from analysis.corpus.intervals import overlaps
from analysis.corpus.reader import Corpus
from analysis.corpus.schema import DECLARED_TABLES, ROW_KEY, SPAN
from analysis.corpus.unicode_checks import describe_character, invisible_offsets, is_formula
from analysis.corpus.vocabulary import AUTHOR, STATED
from analysis.intake.anchoring import short_quote
from analysis.intake.quotations import drafted
from analysis.intake.strangers import like_listed
from analysis.validation.rules import keeps
from analysis.validation.validate import known_values

_FEW = 12  # values that a remedy lists whole

_INFERRED = "inferred"  # the basis of an event that no words date

_ADD = {
    "people.csv": "add the person to people.csv, or code the words that name the person as `people` (name, kind, side)",
    "benchmark_events.csv": "add the event to benchmark_events.csv, or code the words that name it as `benchmark_events` (event_id, label, "
    "date)",
}


def filled(corpus: Corpus, source_id: str, one: Annotation) -> Annotation:
    """An annotation with the codes that follow from the others, from its words or from what the tables hold, where it gives none."""
    codes = {column: value.strip() for column, value in one.codes.items() if value.strip()}
    return one._replace(codes=dict(_defaults(corpus, source_id, one, codes)) | codes)


def _defaults(corpus: Corpus, source_id: str, one: Annotation, codes: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    if one.coding == "people":
        yield from (("name", one.quote), ("aliases", one.quote or codes.get("name", "")))
    if one.coding == "benchmark_events":
        yield "label", one.quote
    columns = {column.name: column for column in _columns(one.coding)}
    if "voice" in columns:
        yield "voice", "attributed" if codes.get("attributed_to") else AUTHOR
    if "basis" in columns:
        yield "basis", STATED
    if one.coding == "claims":
        yield "attributed_to", AUTHOR
    if one.coding == "explanations":
        yield from (("advanced_by", AUTHOR), ("date", corpus.sources.set_index("source_id").date[source_id]))
    if one.coding == "firmness":
        yield from _like(corpus, "firmness.csv", codes, "rank", "step")
    if one.coding == "comparisons":
        yield from _like(corpus, "codings/comparisons.csv", codes, "topic", "relation")
    if one.coding == "source_checks":
        yield from _like(corpus, "codings/source_checks.csv", codes, "verdict", "finding")
    if one.coding == "events":
        yield from _dated(corpus, codes)
    if one.coding == "quotations":
        yield from _spoken(corpus, source_id, one)


def _like(corpus: Corpus, name: str, codes: Mapping[str, str], *pair: str) -> Iterator[tuple[str, str]]:
    """What one of a pair of columns is in all rows that have the same in the other."""
    table = corpus.tables[name]
    for given, asked in (pair, pair[::-1]):
        if codes.get(given) and len(known := set(table[asked][table[given] == codes[given]])) == 1:
            yield asked, known.pop()


def _dated(corpus: Corpus, codes: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The date and the label that the record has of an event that no words date."""
    record = corpus.tables["benchmark_events.csv"].query("event_id == @event", local_dict={"event": codes.get("event_id", "")})
    for event in record.head(1).itertuples():
        yield "description", event.label
        if not codes.get("dated_by") and codes.get("date_basis", _INFERRED) == _INFERRED and event.date:
            yield from (("date", event.date), ("date_basis", _INFERRED))


def _spoken(corpus: Corpus, source_id: str, one: Annotation) -> Iterator[tuple[str, str]]:
    """Speaker and kind as the rule drafts them for the same words."""
    for draft in _drafts(corpus, source_id):
        if one.start is not None and one.end is not None and overlaps(draft.start, draft.end, one.start, one.end):
            yield from (("speaker", draft.speaker), ("kind", draft.kind))


_drafts = cache(lambda corpus, source_id: drafted(corpus, source_id))


def _columns(coding: str) -> tuple[Column, ...]:
    return DECLARED_TABLES[ANNOTATED[coding]].columns


def unknown_columns(one: Annotation, file: str, known: set[str]) -> Iterator[Problem]:
    """Codes of columns that the coding has not."""
    for column in [column for column in one.codes if column not in known]:
        remedy = f"use {_choice(column, known, f'columns of {one.coding}')}"
        yield Problem(file, one.row, column, f"is no column of {one.coding}", remedy)


def code_problems(corpus: Corpus, one: Annotation, file: str) -> Iterator[Problem]:
    """What is wrong with the codes and the words of an annotation, each fault with the words that it is about."""
    at = f" (at {short_quote(one.quote)})" if one.quote else ""
    for column in _columns(one.coding):
        value = one.quote if column.name == "quote" else one.codes.get(column.name, "")
        if column.name in {*ROW_KEY, *SPAN[1:], "claim_id"} and (column.name != "claim_id" or not value):
            continue
        if column.name == "quote":
            fault = (f"has {len(value.split())} words", column.rule.remedy) if column.rule and not keeps(column.rule, value) else None
        else:
            fault = _code_fault(corpus, column, value)
        if fault:
            yield Problem(file, one.row, column.name, f"{fault[0]}{at}", fault[1])


def _code_fault(corpus: Corpus, column: Column, value: str) -> tuple[str, str] | None:
    """(message, remedy) of a value that its column may not hold."""
    if hidden := invisible_offsets(value):
        return f"holds {describe_character(value[hidden[0]])}", "take it out"
    if is_formula(value):
        return f"{short_quote(value)} begins as a formula does", "begin with a word"
    if column.refers and column.refers != WORK and value not in (known := _known(corpus, column)):
        what = f"{short_quote(value)} {column.refers.message}" if value else "is missing"
        return what, _spelling(corpus, column, value) + _remedy(column, value, known)
    if column.rule and not keeps(column.rule, value):
        return (f"{short_quote(value)} is not allowed" if value else "is missing"), column.rule.remedy
    return None


@lru_cache(maxsize=64)  # the page for coding has another Corpus with each row that declares somebody
def _known(corpus: Corpus, column: Column) -> frozenset[str]:
    assert column.refers
    return frozenset(known_values(corpus, column.name, column.refers))


def _spelling(corpus: Corpus, column: Column, value: str) -> str:
    """What to do about a name that may be another spelling of one that people.csv has; "" where none is like it."""
    like = like_listed(corpus, value) if column.refers and column.refers.file == VOICES.file else ""
    if not like:
        return ""
    return f"is this {like}? Then write that name, and add {short_quote(value)} to its aliases in {VOICES.file} if the text has it; else "


def _remedy(column: Column, value: str, known: frozenset[str]) -> str:
    """What to do about a value that the column's list lacks: the values, or those like it and where the list stands."""
    assert column.refers
    where = column.refers.file + (f" (variable {column.name})" if column.refers.file == CODEBOOK.file else "")
    choice = f"use {_choice(value, set(known), where)}"
    add = _ADD.get(column.refers.file)
    also = f"{AUTHOR}, or " if column.refers == VOICES or AUTHOR in column.refers.also else ""
    return f"{add}; or {choice.replace('use ', f'use {also}', 1)}" if add else choice


def _choice(value: str, known: set[str], where: str) -> str:
    """The values that one may use, in words."""
    listed = sorted(known - {""})
    if len(listed) <= _FEW:
        return f"one of {', '.join(listed)}"
    near = get_close_matches(value.lower(), [one.lower() for one in listed], n=4, cutoff=0.5)
    like = [one for one in listed if one.lower() in near or (len(value) > 2 and value.lower() in one.lower())][:5]
    return f"one of the {len(listed)} in {where}" + (f", such as {', '.join(like)}" if like else "")
