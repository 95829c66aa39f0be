"""Facts about the texts of this study, one a row of facts.csv, found by reading and by hand: a further text adds rows and edits no test.

The place of a fact is a passage, a text, a table, or several texts: then it is read of these alone.
"""

from collections.abc import Callable

import pytest

from analysis.coding.claims import check_results, corroboration
from analysis.coding.events import date_disagreements, event_table
from analysis.coding.framing import credit_and_blame, missing_functions
from analysis.coding.guarantees import guarantor_sets, guarantor_table
from analysis.coding.quotations import extraction_quality, quotations_by_speaker, quotations_by_text
from analysis.coding.reliability import agreement_table
from analysis.coding.sources import dependencies, metadata_provenance, raw_vs_body
from analysis.coding.terms import coded_counts
from analysis.corpus.quotes import find_quote
from analysis.corpus.reader import Corpus
from analysis.corpus.segment import passages
from analysis.corpus.spans import coded_spans, find_coded_span
from analysis.corpus.speech import quotation_table
from analysis.corpus.texts import coding_status, source_table
from analysis.stylometry.keyness import author_words
from analysis.stylometry.naming import form_frequencies
from tests.support.corpora import of_texts
from tests.support.facts import FACTS, expected


def body(texts: Corpus, source_id: str) -> str:
    own = passages(texts).query("source_id == @source_id")
    return "\n".join(texts.raw[source_id][p.start : p.end] for p in own.itertuples())


def only(table, /, **values):
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


def quotations(texts, place, _about):
    row = only(extraction_quality(texts), source_id=place)
    return f"{row.hand}, {row.found} found by rule, {row.both} the same"


def open_ends(texts, place, _about):
    """How many quotations end without a mark."""
    table = quotation_table(texts).query("source_id == @place")
    return str(sum(texts.raw[place][end] not in "”’" for end in table.end))


def checks(texts, place, _about):
    row = check_results(texts).set_index("source_id").loc[place]
    return f"{row.checked}, {row['as in the document']} as in the document"


def against_record(texts, place, _about):
    """The dates of a text that contradict the record, each with the record's."""
    table = date_disagreements(texts).query("source_id == @place and against == 'record'")
    return "; ".join(f"{row.event}: {row.date}, not {row.other_date}" for row in table.itertuples())


def support(texts, _place, about):
    topic, position = about.split(": ")
    row = only(corroboration(texts), topic=topic, position=position)
    return f"{row.n_texts} texts in {row.n_clusters} clusters"


def role(texts, place, about):
    return only(guarantor_table(texts), passage_id=place, guarantor=about).role


def units_compared(texts, _place, about):
    table, variable = about.split(": ")
    return str(only(agreement_table(texts), table=table, variable=variable).n)


READ: dict[str, Callable[[Corpus, str, str], str]] = {
    "cluster": lambda texts, place, _: source_table(texts).set_index("source_id").cluster[place],
    "coding": lambda texts, place, _: coding_status(texts)[place],
    "quotations": quotations,
    "open ends": open_ends,
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
    "checks": checks,
    "dates against the record": against_record,
    "support": support,
    "role of a guarantor": role,
    "units compared": units_compared,
    "own words": lambda texts, place, _: str((author_words(texts).source_id == place).sum()),
    "texts": lambda texts, place, _: " ".join(source_id for source_id in expected("texts", place).split() if source_id in texts.raw),
    "quoted words of": lambda texts, place, about: str(only(quotations_by_speaker(texts), source_id=place, speaker=about).n_words),
}


@pytest.mark.parametrize("row", FACTS, ids=lambda row: " ".join(filter(None, (row["fact"], row["place"], row["about"]))))
def test_a_stated_fact_holds(texts, row):
    of = of_texts(texts, row["place"].split()) if " " in row["place"] else texts
    assert READ[row["fact"]](of, row["place"], row["about"]) == row["expected"], row["reason"]
