"""Codings held against the texts that they code and against each other; the words of the authors held against the list of loaded words."""

from collections.abc import Iterator
from itertools import combinations
from typing import Any

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
from analysis.validation.rules import fault, is_pattern, numbered_rows

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
    """Events whose dating words are not in the text, or that have words although inferred, or none although not."""
    for name in [name for name, table in data.tables.items() if "dated_by" in table]:
        for row, event in numbered_rows(data.tables[name]):
            if (event.date_basis == "inferred") == bool(event.dated_by):
                message = f"{event.dated_by!r} does not go with the basis {event.date_basis}"
                yield fault(data, name, row, "dated_by", message, "give the words that date the event, and none where it is inferred")
            elif event.dated_by not in data.raw.get(event.source_id, event.dated_by):
                yield fault(data, name, row, "dated_by", f"{event.dated_by!r} is not in {event.source_id}", "copy the words from the file")


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
    """Coded rows of texts that sources.csv has as uncoded, and rows of a second pass of texts that it has as coded once."""
    coding = dict(zip(data.sources.source_id, data.sources.coding, strict=True))
    for name in [name for name in data.tables if name.startswith("codings/")]:
        barred = {"uncoded", "once"} if ".pass2" in name else {"uncoded"}
        for column in [column for column in ("source_id", "source_a", "source_b") if column in data.tables[name]]:
            for row, source_id in enumerate(data.tables[name][column], start=2):
                if coding.get(source_id) in barred:
                    message = f"{source_id} is coded here, although sources.csv has it as {coding[source_id]}"
                    yield fault(data, name, row, column, message, "change its coding in sources.csv, or take the row out")


def unsourced_facts(data: Corpus) -> Iterator[Problem]:
    """Facts of the record whose grade does not go with their reference: without one they are C (general knowledge) or without a grade."""
    remedy = "name the reference; or grade the fact C (general knowledge), or not at all (known through the texts alone)"
    for name in [name for name in ("benchmark_events.csv", "codings/source_checks.csv") if name in data.tables]:
        for row, fact in numbered_rows(data.tables[name]):
            if not fact.grade if fact.reference else fact.grade not in ("", "C"):
                yield fault(data, name, row, "reference", f"is {fact.reference!r} although the grade is {fact.grade}", remedy)


def relation_problems(data: Corpus) -> Iterator[Problem]:
    """Pairs of texts that both describe a dimension and have no relation there, or two, or one too many."""
    name, needed_pairs = "codings/relations.csv", _pairs_of_texts(data)
    given = list(data.tables[name][["dimension", "source_a", "source_b"]].itertuples(index=False, name=None))
    for key in sorted(needed_pairs - {*given}):
        yield fault(data, name, None, None, f"has no row for {', '.join(key)}", "say how the two texts relate in this dimension")
    for row, key in enumerate(given, start=2):
        if key not in needed_pairs or key in given[: row - 2]:
            message = f"{', '.join(key)} is there twice, or is no pair of texts that both describe the dimension"
            yield fault(data, name, row, None, message, "take the row out, or mend it (the earlier text comes first)")


def _pairs_of_texts(data: Corpus) -> set[tuple[str, str, str]]:
    """(dimension, earlier text, later text) for all texts that both describe a dimension."""
    dated = [source for _, source in numbered_rows(data.sources.drop_duplicates("source_id")) if is_edtf(source.date)]
    order = [source.source_id for source in sorted(dated, key=lambda source: edtf_range(source.date)[::-1])]
    covering = data.tables["codings/provisions.csv"].groupby("dimension").source_id.agg(set)
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
