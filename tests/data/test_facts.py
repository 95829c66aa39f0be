"""Facts about the texts of this study, one a row of facts.csv, found by reading and by hand: a further text adds rows and edits no test."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from analysis.coding.events import event_table
from analysis.coding.framing import credit_and_blame, missing_functions
from analysis.coding.guarantees import guarantor_sets
from analysis.coding.quotations import quotations_by_speaker, quotations_by_text
from analysis.coding.sources import dependencies, metadata_provenance, raw_vs_body
from analysis.coding.terms import coded_counts
from analysis.corpus.quotes import find_quote
from analysis.corpus.reader import Corpus
from analysis.corpus.segment import passages
from analysis.corpus.spans import coded_spans, find_coded_span
from analysis.corpus.speech import quotation_table
from analysis.corpus.texts import source_table
from analysis.stylometry.naming import form_frequencies

FACTS = list(csv.DictReader((Path(__file__).parent / "facts.csv").open(encoding="utf-8", newline="")))


def body(texts: Corpus, source_id: str) -> str:
    own = passages(texts).query("source_id == @source_id")
    return "\n".join(texts.raw[source_id][p.start : p.end] for p in own.itertuples())


def only(table, **values):
    for name, value in values.items():
        table = table[table[name] == value]
    (row,) = table.itertuples()
    return row


def lag(texts, place, _about):
    row = only(source_table(texts), source_id=place)
    return f"{row.lag_days_low} to {row.lag_days}"


def outside(texts, place, about):
    return "yes" if about in texts.raw[place] and about not in body(texts, place) else "no"


def uses(texts, place, about):
    row = only(form_frequencies(texts), source_id=place, form=about)
    return f"{row.n}, {row.n_quoted} quoted"


def speaker(texts, place, about):
    table = quotation_table(texts)
    row = only(table[table.quote.str.startswith(about)], passage_id=place)
    return f"{row.speaker}, {row.kind}" + (f", via {row.via}" if row.via else "")


def event(texts, place, about):
    row = only(event_table(texts), passage_id=place, event_id=about)
    return f"{row.date}, {row.date_basis}"


def judged(texts, place, about):
    actor, valence = about.split()
    row = only(credit_and_blame(texts), unit=place, actor=actor, valence=valence)
    return f"{row.n}, {row.attributed} in other voices"


def guarantors(texts, place, _about):
    table = guarantor_sets(texts)
    return "; ".join(sorted(table.index[table[place]]))


def dimensions(texts, place, _about):
    counts = coded_counts(texts)[place]
    return " ".join(counts.index[counts > 0])


def place_of(texts, place, about):
    found = find_quote(texts, place.partition("-")[0], about)
    return "found" if found.passage_id == place and len(found.quote) == len(" ".join(about.split())) else found.passage_id


READ: dict[str, Callable[[Corpus, str, str], str]] = {
    "lag": lag,
    "begin of body": lambda texts, place, _: body(texts, place)[: len(expected("begin of body", place))],
    "end of body": lambda texts, place, _: body(texts, place)[-len(expected("end of body", place)) :],
    "paragraphs": lambda texts, place, _: str((passages(texts).source_id == place).sum()),
    "outside the body": outside,
    "uses of a form": uses,
    "speaker": speaker,
    "date of an event": event,
    "passages that judge": judged,
    "guarantors": guarantors,
    "dimensions": dimensions,
    "basis of a fact": lambda texts, place, about: only(metadata_provenance(texts), source_id=place, fact=about).basis,
    "raw and body": lambda texts, place, about: ", ".join(map(str, raw_vs_body(texts).query("source_id == @place")[about])),
    "tie": lambda texts, place, about: only(dependencies(texts), source_id=place, kind=about).work,
    "functions not performed": lambda texts, place, _: only(missing_functions(texts), source_id=place).functions,
    "whose words": lambda texts, place, about: find_coded_span(coded_spans(texts), place, about).whose,
    "place of a quotation": place_of,
    "rows": lambda texts, place, about: str(len(texts.tables[f"codings/{place}.csv"].query(about))),
    "quoted words": lambda texts, place, _: str(only(quotations_by_text(texts), source_id=place).words),
    "quoted words of": lambda texts, place, about: str(only(quotations_by_speaker(texts), source_id=place, speaker=about).n_words),
}


def expected(fact: str, place: str) -> str:
    (row,) = (row for row in FACTS if (row["fact"], row["place"]) == (fact, place))
    return row["expected"]


@pytest.mark.parametrize("row", FACTS, ids=lambda row: " ".join(filter(None, (row["fact"], row["place"], row["about"]))))
def test_a_stated_fact_holds(texts, row):
    assert READ[row["fact"]](texts, row["place"], row["about"]) == row["expected"], row["reason"]
