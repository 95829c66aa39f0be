"""A headline that no longer holds stops the build, which names the rows that changed it; `make expected` does not accept it."""

import dataclasses

import pytest

from analysis.coding import multiverse
from book import cli
from book.lint import headlines
from book.notebooks import ROOT

PROVISIONS = "codings/provisions.csv"


def first_headline(monkeypatch, ask):
    """Let the book have one headline, on the level of terms, and return its name."""
    one = multiverse.HEADLINES[0]._replace(name="levels", statement="All levels are low.", ask=ask)
    monkeypatch.setattr(headlines, "HEADLINES", [one])


def changed(texts, table):
    return dataclasses.replace(texts, tables=texts.tables | {PROVISIONS: table})


def low(texts, _merge):
    """Whether no statement is "agreed" in passages of the text that came first."""
    own = texts.tables[PROVISIONS].query("source_id == 'decamp2022'")
    return f"{len(own)} statements", bool(len(own) and (own.level != "agreed").all() and (own.dimension == "D01").any())


@pytest.mark.promise("true sentences")
def test_every_headline_holds_as_stated(texts):
    assert headlines.headline_faults(texts, ROOT) == []


def test_the_committed_rows_are_those_of_the_codings(texts):
    assert (ROOT / "tests/accepted_codings.json").read_text(encoding="utf-8") == headlines.headline_rows(texts)


def test_the_rows_that_changed_a_headline_are_named_and_no_others(texts, tmp_path, monkeypatch):
    first_headline(monkeypatch, low)
    headlines.write_headline_rows(texts, tmp_path)
    table = texts.tables[PROVISIONS]
    own = table.index[table.source_id == "decamp2022"]
    other = table.index[table.source_id == "usip2022"][0]
    raised = table.assign(level=table.level.where(~table.index.isin([own[3], other]), "agreed"))
    (fault,) = headlines.headline_faults(changed(texts, raised), tmp_path)
    assert "levels no longer holds as stated: “All levels are low.”" in fault
    told = fault[fault.index("Rows that changed it: ") : fault.index(" Remedy")]
    assert told.count("new in ") + told.count("gone in ") == 1
    assert f"new in {PROVISIONS}: decamp2022, {table.passage_id[own[3]]}, {table.dimension[own[3]]}" in told
    (fault,) = headlines.headline_faults(changed(texts, table.query("source_id != 'decamp2022' or dimension != 'D01'")), tmp_path)
    assert f"gone in {PROVISIONS}: decamp2022, decamp2022-p06, D01" in fault


def test_two_rows_that_only_together_change_a_headline_are_both_named(texts, tmp_path, monkeypatch):
    first_headline(monkeypatch, low)
    headlines.write_headline_rows(texts, tmp_path)
    table = texts.tables[PROVISIONS]
    two = table.index[table.source_id == "decamp2022"][:2]
    (fault,) = headlines.headline_faults(changed(texts, table.assign(level=table.level.where(~table.index.isin(two), "agreed"))), tmp_path)
    assert fault.count("new in ") == 2


def test_without_committed_rows_it_says_so(texts, tmp_path, monkeypatch):
    first_headline(monkeypatch, lambda *_: ("0", None))
    (fault,) = headlines.headline_faults(texts, tmp_path)
    assert "nothing was accepted yet" in fault


@pytest.mark.promise("true sentences")
def test_results_are_not_accepted_while_a_headline_fails(tiny_book, monkeypatch, capsys):
    root = tiny_book("# Title", "code: 1")
    first_headline(monkeypatch, lambda *_: ("0", False))
    assert cli.run_command(["expected"], root) == 1
    assert "levels no longer holds as stated" in capsys.readouterr().err
    assert not (root / "tests").exists()
