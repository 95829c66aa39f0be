"""Codings held against the texts that they code and against each other; the words of the authors held against the list of loaded words."""

from collections.abc import Iterator
from itertools import combinations
from typing import Any

import pandas as pd

from analysis.corpus.coding_tables import PERSON_TABLES, is_blind
from analysis.corpus.columns import TEXT
from analysis.corpus.dates import edtf_range, is_edtf
from analysis.corpus.errors import Problem
from analysis.corpus.intervals import contained_in
from analysis.corpus.loaded_terms import (
    AUTHOR_COLUMNS,
    LOADED_LIST,
    PARAPHRASE_COLUMNS,
    find_loaded_terms,
    loaded_term_rows,
    unsupported_quotes,
)
from analysis.corpus.reader import Corpus
from analysis.corpus.segment import passages
from analysis.corpus.vocabulary import RECALLED, UNCHECKED
from analysis.number_words import listed
from analysis.validation.rules import fault, is_pattern, numbered_rows

_ONE_RANK_A_STEP = (
    "give each step a rank of its own, from 1 (loosest) on; to put a step between two, first raise by one the rank of every row above it"
)

_QUOTE_IT = "; or put the word between quotation marks, as the quotation has it"


def span_problems(data: Corpus) -> Iterator[Problem]:
    """Rows whose quotation is not, word for word, at its offsets and within its passage."""
    own = {passage.passage_id: passage for _, passage in numbered_rows(passages(data))}
    for name in [name for name, table in data.tables.items() if {"quote", "start"} <= {*table}]:
        for row, span in numbered_rows(data.tables[name]):
            if span.source_id in data.raw and (found := _span_fault(data, span, own.get(span.passage_id))):
                yield fault(data, name, row, *found, f'enter what `python -m analysis find {span.source_id} "..."` prints')


def _span_fault(data: Corpus, span: Any, passage: Any) -> tuple[str, str] | None:
    """The column and the message for one coded span, None where it is as it must be; `passage` is that of its passage_id, or None."""
    if passage is None or not span.passage_id.startswith(f"{span.source_id}-p"):
        return "passage_id", f"{span.passage_id!r} is no passage of {span.source_id}"
    if data.raw[span.source_id][span.start : span.end] != span.quote:
        return "quote", f"the text has other words at {span.start} to {span.end}"
    if span.start >= span.end or not contained_in(span.start, span.end, passage.start, passage.end):
        return "start", f"{span.start} to {span.end} is not within {span.passage_id}"
    return None


def event_problems(data: Corpus) -> Iterator[Problem]:
    """Events whose dating words are not in the text, or have words although inferred, or none although not, or no date of the record."""
    dated = set(data.tables["benchmark_events.csv"].query("date != ''").event_id) if "benchmark_events.csv" in data.tables else None
    for name in [name for name, table in data.tables.items() if "dated_by" in table]:
        for row, event in numbered_rows(data.tables[name]):
            if (event.date_basis == "inferred") == bool(event.dated_by):
                message = f"{event.dated_by!r} does not go with the basis {event.date_basis}"
                yield fault(data, name, row, "dated_by", message, "give the words that date the event, and none where it is inferred")
            elif event.dated_by not in data.raw.get(event.source_id, event.dated_by):
                yield fault(data, name, row, "dated_by", f"{event.dated_by!r} is not in {event.source_id}", "copy the words from the file")
            if event.date_basis == "inferred" and dated is not None and event.event_id not in dated and not is_blind(name):
                message = f"is inferred, but {event.event_id!r} has no date in the record"
                yield fault(data, name, row, "date_basis", message, "give benchmark_events.csv its date, or take the row out")


def comparison_problems(data: Corpus) -> Iterator[Problem]:
    """Compared topics with one text only, or with two relations; claims that are none, or of another text."""
    name, claims = "codings/comparisons.csv", data.tables["codings/claims.csv"]
    owner = dict(zip(claims.claim_id, claims.source_id, strict=True))
    for topic, own in data.tables[name].groupby("topic", sort=False):
        n_texts, n_relations = own.source_id.nunique(), own.relation.nunique()
        if n_texts < 2 or n_relations > 1:
            message = f"{topic!r} has {n_texts} text(s) and {n_relations} relation(s)"
            yield fault(data, name, None, "topic", message, "give each topic two texts or more, and one relation")
    for row, compared in numbered_rows(data.tables[name]):
        if owner.get(compared.claim_or_provision) != compared.source_id:
            message = f"{compared.claim_or_provision!r} is no claim of {compared.source_id}"
            yield fault(data, name, row, "claim_or_provision", message, "give the claim_id of claims.csv")


def status_problems(data: Corpus) -> Iterator[Problem]:
    """Coded rows of texts that sources.csv has as uncoded, but for a person's; coded texts without a coder, and the other way round."""
    for row, text in numbered_rows(data.sources):
        if (text.coding == "uncoded") == bool(text.coder):
            message = f"{text.coder!r} does not go with {text.coding}"
            yield fault(data, "sources.csv", row, "coder", message, "say who coded a coded text, and nobody of an uncoded one")
    coding = dict(zip(data.sources.source_id, data.sources.coding, strict=True))
    for name in [name for name in data.tables if name.startswith("codings/") and name not in PERSON_TABLES]:
        for column in [column for column in ("source_id", "source_a", "source_b") if column in data.tables[name]]:
            for row, source_id in enumerate(data.tables[name][column], start=2):
                if coding.get(source_id) == "uncoded":
                    message = f"{source_id} is coded here, although sources.csv has it as {coding[source_id]}"
                    yield fault(data, name, row, column, message, "change its coding in sources.csv, or take the row out")


def verdict_problems(data: Corpus) -> Iterator[Problem]:
    """Verdicts without ground, or that rest on what was not seen or on one side's copies; findings that do not go with them."""
    name, instruments = "codings/source_checks.csv", data.tables["instruments.csv"]
    seen = set(instruments.query("seen != 'no'")[["instrument", "point"]].itertuples(index=False, name=None))
    for row, check in numbered_rows(data.tables[name]):
        given = check.verdict != UNCHECKED
        if given and not check.ground:
            yield fault(
                data, name, row, "ground", f"is empty although the verdict is {check.verdict}", f"name the point, or write {UNCHECKED}"
            )
        if check.instrument and (check.instrument, check.ground) not in seen:
            message = f"{check.ground!r} is no point of {check.instrument} that was seen"
            yield fault(data, name, row, "ground", message, f"give a point of instruments.csv, or write {UNCHECKED}")
        if given and check.grade == "C" and check.reference:
            yield fault(data, name, row, "verdict", f"is {check.verdict!r} on grade C", f"find a better reference, or write {UNCHECKED}")
        if given != bool(check.finding):
            yield fault(data, name, row, "finding", f"is {check.finding!r} although the verdict is {check.verdict}", "mend one of the two")


def instrument_problems(data: Corpus) -> Iterator[Problem]:
    """No instrument at all (the texts are held against the first); what is said although not seen, or not said although seen."""
    name = "instruments.csv"
    if data.tables[name].empty:
        yield fault(data, name, None, None, "has no row", "add what the texts are held against")
    for row, said in numbered_rows(data.tables[name]):
        for column in ("side", "position", "point"):
            if (said.seen == "no") == bool(getattr(said, column)):
                message = f"{column} is {getattr(said, column)!r} although seen is {said.seen}"
                yield fault(
                    data, name, row, column, message, "leave side, position and point empty where nothing was seen, and fill them else"
                )


def explanation_problems(data: Corpus) -> Iterator[Problem]:
    """Rows of texts without their place in the text; rows of the record with one."""
    table = data.tables["explanations.csv"]
    for row, given in numbered_rows(table) if "start" in table else ():
        place = {bool(given.source_id), bool(given.passage_id), bool(given.quote), pd.notna(given.start), pd.notna(given.end)}
        if len(place) > 1:
            message = "gives only a part of text, passage, quotation and offsets"
            yield fault(data, "explanations.csv", row, "source_id", message, "fill all of them for a text, none for the record")


def firmness_problems(data: Corpus) -> Iterator[Problem]:
    """Steps of firmness that have two ranks or two names; texts on two steps."""
    table = data.tables["firmness.csv"]
    for row, given in numbered_rows(table):
        same_rank, same_step = table["rank"] == given.rank, table.step == given.step
        if others := [*dict.fromkeys(table.step[same_rank & ~same_step])]:
            message = f"{given.rank} does not go with {given.step!r}: it is the rank of {listed(map(repr, others))}"
            yield fault(data, "firmness.csv", row, "rank", message, _ONE_RANK_A_STEP)
        if others := [*dict.fromkeys(table["rank"][same_step & ~same_rank])]:
            message = f"{given.rank} does not go with {given.step!r}, which has the rank {listed(others)} in other rows"
            yield fault(data, "firmness.csv", row, "rank", message, "give all rows of a step one rank")
        if (table.source_id == given.source_id).sum() > 1:
            yield fault(data, "firmness.csv", row, "source_id", f"{given.source_id} is there twice", "keep its strongest words alone")


def finding_problems(data: Corpus) -> Iterator[Problem]:
    """Findings without a question; questions that their table cannot answer, or that expect a text that is not there."""
    name, findings = "finding_tests.csv", data.tables["findings.csv"]
    for row, finding in numbered_rows(findings):
        if finding.finding not in set(data.tables[name].finding):
            yield fault(data, "findings.csv", row, "finding", f"{finding.finding!r} rests on no question", f"add one to {name}")
    for row, test in numbered_rows(data.tables[name]):
        table = data.tables.get(f"codings/{test.table}.csv")
        if table is None:
            continue
        if test.counted not in table:
            yield fault(data, name, row, "counted", f"{test.counted!r} is no column of {test.table}", "name one of its columns")
        try:
            table.query(test.rows)
        except (NameError, SyntaxError, TypeError, ValueError, KeyError) as error:
            yield fault(data, name, row, "rows", f"cannot be asked of {test.table} ({error})", "mend the condition")
        for source_id in test.expected.removeprefix("all but ").split(";"):
            if source_id not in {*data.sources.source_id, "every", ""}:
                yield fault(data, name, row, "expected", f"{source_id!r} {TEXT.message}", "give ids of sources.csv, joined by semicolons")


def unsourced_facts(data: Corpus) -> Iterator[Problem]:
    """Facts of the record whose grade does not go with their reference: without one they are C (general knowledge) or without a grade."""
    remedy = "name the reference; or grade the fact C (general knowledge), or not at all (known through the texts alone)"
    for name in sorted(data.tables.keys() & {"benchmark_events.csv", "codings/source_checks.csv", "explanations.csv"}):
        for row, fact in numbered_rows(data.tables[name]):
            if not fact.grade if fact.reference else fact.grade not in ("", "C"):
                yield fault(data, name, row, "reference", f"is {fact.reference!r} although the grade is {fact.grade}", remedy)


def relation_problems(data: Corpus) -> Iterator[Problem]:
    """Pairs of texts that both describe a dimension and have no relation there, or two, or one too many."""
    name, needed_pairs = "codings/relations.csv", pairs_of_texts(data)
    given = list(data.tables[name][["dimension", "source_a", "source_b"]].itertuples(index=False, name=None))
    for key in sorted(needed_pairs - {*given}):
        yield fault(data, name, None, None, f"has no row for {', '.join(key)}", "say how the two texts relate in this dimension")
    for row, key in enumerate(given, start=2):
        if key not in needed_pairs or key in given[: row - 2]:
            message = f"{', '.join(key)} is there twice, or is no pair of texts that both describe the dimension"
            yield fault(data, name, row, None, message, "take the row out, or mend it (the earlier text comes first)")


def pairs_of_texts(data: Corpus) -> set[tuple[str, str, str]]:
    """(dimension, earlier text, later text) for all texts that both describe a dimension."""
    dated = [source for _, source in numbered_rows(data.sources.drop_duplicates("source_id")) if is_edtf(source.date)]
    order = [source.source_id for source in sorted(dated, key=lambda source: edtf_range(source.date)[::-1])]
    provisions = data.tables["codings/provisions.csv"]
    covering = provisions[provisions.basis != RECALLED].groupby("dimension").source_id.agg(set)
    return {
        (str(dimension), *pair)
        for dimension, ids in covering.items()
        for pair in combinations([source_id for source_id in order if source_id in ids], 2)
    }


def loaded_problems(data: Corpus) -> Iterator[Problem]:
    """Loaded words in the authors' words and paraphrases, and loaded words that a paraphrase quotes and its evidence does not hold."""
    if not all(map(is_pattern, data.tables[LOADED_LIST].pattern)):
        return
    loaded_words = loaded_term_rows(data.tables[LOADED_LIST])
    for places, more in ((AUTHOR_COLUMNS, ""), (PARAPHRASE_COLUMNS, _QUOTE_IT)):
        for name, row, column, text, _ in _own_words(data, places):
            for match, word in find_loaded_terms(text, loaded_words):
                message = f"uses the loaded word {match.group()!r} ({word.leans}: it {word.why})"
                yield fault(data, name, row, column, message, f"write {word.instead}{more}")
    for name, row, column, text, quote in _own_words(data, PARAPHRASE_COLUMNS):
        for words in unsupported_quotes(text, quote, loaded_words):
            message = f"quotes {words!r}, which its quotation does not hold"
            yield fault(data, name, row, column, message, "copy the words from the quotation, or write others")


def _own_words(data: Corpus, places: dict[str, list[str]]) -> Iterator[tuple[str, int, str, str, str]]:
    """The authors' words in the columns `places`, by file: file, row, column, words, and the quotation of the row."""
    for name, table in data.tables.items():
        for column in places.get(name, []):
            for row, (text, quote) in enumerate(zip(table[column], table.get("quote", table[column]), strict=True), start=2):
                yield name, row, column, text, quote
