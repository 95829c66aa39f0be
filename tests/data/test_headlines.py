"""A headline that no longer holds stops the build, which names the rows that changed it; `make expected` does not accept it."""

import json

import pytest

from book import cli
from book.lint import headlines
from book.lint.quantifiers import quantifier_faults
from book.notebooks import ROOT
from tests.support.corpora import with_table, without_rows
from tests.support.facts import KNOWN

PROVISIONS = "codings/provisions.csv"


@pytest.mark.promise("true sentences")
def test_every_headline_holds_as_stated(texts):
    assert headlines.headline_faults(texts, ROOT) == []


@pytest.mark.promise("true sentences")
def test_every_quantifying_sentence_of_the_book_has_data_behind_it_that_bear_it_out(texts):
    assert quantifier_faults(texts, ROOT) == []


def test_the_committed_rows_are_those_of_the_codings(texts):
    committed = json.loads((ROOT / "tests/accepted_findings.json").read_text(encoding="utf-8"))
    assert of_known_texts(committed) == of_known_texts(json.loads(headlines.headline_rows(texts)))


def of_known_texts(rows):
    """Of the rows of each finding those of the texts of which facts are stated; `make expected` adds those of a further one."""
    return {finding: [row for row in own if row.partition("-p")[0] in KNOWN] for finding, own in rows.items()}


def test_the_rows_that_changed_a_headline_are_named_and_no_others(texts, tmp_path):
    headlines.write_headline_rows(texts, tmp_path)
    table = texts.tables[PROVISIONS]
    raised = table.index[table.source_id == "usip2022"][0]
    agreed = with_table(texts, PROVISIONS, table.assign(level=table.level.where(table.index != raised, "agreed")))
    fault = next(fault for fault in headlines.headline_faults(agreed, tmp_path) if "'agreement'" in fault)
    assert "'agreement' no longer holds as stated: “Only Observer Intl 2023 and" in fault
    assert (
        f"Since it was accepted: {table.passage_id[raised]}, of provisions where level == 'agreed' and basis != 'recalled' is new. Of"
        in fault
    )
    (fault,) = headlines.headline_faults(without_rows(texts, PROVISIONS, "dimension == 'D01' and source_id == 'charap2022'"), tmp_path)
    assert "'the exchange' no longer holds as stated" in fault
    assert "Since it was accepted: charap2022-p02, of provisions where dimension == 'D01' and basis != 'recalled' is gone. Of" in fault


def test_a_question_that_changed_is_told_from_rows_that_did(texts, tmp_path):
    headlines.write_headline_rows(texts, tmp_path)
    tests = texts.tables["finding_tests.csv"]
    other = with_table(texts, "finding_tests.csv", tests.assign(expected=tests.expected.where(tests.finding != "quotation", "usip2022")))
    (fault,) = headlines.headline_faults(other, tmp_path)
    assert (
        "Its rows are those that were accepted. Of quotations where kind in ['speech', 'document'] it expects exactly usip2022; there are rows"
        in fault
    )


@pytest.mark.promise("true sentences")
def test_results_are_not_accepted_while_a_headline_fails(tiny_book, capsys):
    root = tiny_book("# Title", "code: 1")
    file = root / "data/finding_tests.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("all but observer2023", "every"), encoding="utf-8")
    assert cli.run_command(["expected"], root) == 1
    assert "no longer holds as stated" in capsys.readouterr().err
    assert not (root / "tests").exists()
