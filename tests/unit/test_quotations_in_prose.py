"""Quotations in prose: word for word, each beside its link; a planted misquotation is named with its place."""

import pytest

from analysis.corpus.loaded_terms import PARAPHRASE_COLUMNS
from book.lint import quotations
from book.notebooks import ROOT

LINK = "{ev}`usip2022-p03: legally binding duty`"


@pytest.mark.promise("quotations")
def test_every_quotation_of_the_book_is_verbatim_and_carries_its_link(texts):
    assert quotations.misquotations(texts, ROOT) == []


@pytest.mark.promise("quotations")
@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (
            'USIP 2022 has a "legally binding promise" ({ev}`usip2022-p03: legally binding duty`).',
            "“legally binding promise” stands in no text",
        ),
        ("USIP 2022 has a “legally binding duty”.", "“legally binding duty” has no evidence link"),
        (f'A "legally binding duty".\nElsewhere {LINK}.', "“legally binding duty” has no evidence link"),
        (f'A "legally binding, duty" {LINK}.', "“legally binding, duty” has no evidence link"),
        (f'A "legally binding duty to send" {LINK}.', "“legally binding duty to send” has no evidence link"),
        (f'A "duty" and a "guarantor states" {LINK}.', "“guarantor states” has no evidence link"),
        ("USIP 2022 writes *annexed*.", "*annexed* stands in no text that the line names"),
    ],
)
def test_a_planted_misquotation_is_named_with_its_place(texts, tiny_book, line, fault):
    faults = quotations.misquotations(texts, tiny_book("# Title", "code: 1", f"First.\n\n{line}"))
    assert [found[: found.index(". Remedy: ")] for found in faults] == [f"index.ipynb, cell 3, line 3: {fault}"]


@pytest.mark.parametrize(
    "line",
    [
        f"USIP 2022 has a “Legally binding duty,” as it says ({LINK}).",
        f'A "binding duty" {LINK}.',
        '`x = "no prose"` and <a title="no prose">this</a> and {cite}`"no prose"` and [a link](page "no prose").',
        "```\n\"no prose\"\n```",
        "USIP 2022 writes *seized* and **what is bold**.",
        "*A term* is defined here.",
    ],
)  # fmt: skip
def test_what_is_right_or_no_quotation_passes(texts, tiny_book, line):
    assert quotations.misquotations(texts, tiny_book("# Title", line)) == []


def test_the_list_allows_what_it_names_and_nothing_else(texts, tiny_book, monkeypatch):
    root = tiny_book("# Title", 'What is "so called" and what is "as it were".')
    monkeypatch.setattr(
        quotations, "NOT_QUOTED", {("index", "so called"): "a reason", ("chapters/gone", "x"): "a page that this book lacks"}
    )
    assert quotations.misquotations(texts, root) == [
        "index.ipynb, cell 2, line 1: “as it were” stands in no text. Remedy: copy the words, or list them in book/lint/quotations.py."
    ]


@pytest.mark.promise("quotations")
@pytest.mark.parametrize("name", ["NOT_QUOTED", "TERMS"])
def test_an_entry_that_nothing_needs_is_a_fault(texts, tiny_book, monkeypatch, name):
    monkeypatch.setattr(quotations, name, {("index", "so called"): "a reason"})
    assert quotations.misquotations(texts, tiny_book("# Title")) == [
        "book/lint/quotations.py: nothing in index needs the entry 'so called'. Remedy: take it out."
    ]


@pytest.mark.parametrize(("name", "column"), [(name, column) for name, (column,) in PARAPHRASE_COLUMNS.items()])
def test_what_a_coding_quotes_stands_in_its_text(texts, name, column):
    table = texts.tables[name].copy()
    table.loc[1, column] = f"{table.loc[1, column]} “these words are nowhere”"
    spoilt = type(texts)(texts.path, texts.tables | {name: table}, texts.raw)
    assert quotations._coding_faults(spoilt) == [
        f"data/{name}, row 3, column {column}: “these words are nowhere” does not stand in {table.source_id[1]}. Remedy: copy the words."
    ]
