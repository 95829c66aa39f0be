"""Findings as readers see them: statement, how sure, chapter by its title; in full with every passage."""

import json
import re

import pytest
from bs4 import BeautifulSoup

from analysis.coding.multiverse import evidence_rows
from analysis.coding.sureness import sureness
from analysis.corpus.spans import span_id
from analysis.display import evidence_tables
from analysis.display.chapters import chapter_title, title_in
from analysis.display.evidence_tables import display_findings, display_findings_in_full


@pytest.fixture
def displayed(monkeypatch):
    """A function that gives what was displayed last, as HTML."""
    shown = []
    monkeypatch.setattr(evidence_tables, "display", lambda made: shown.append(made.data))
    return lambda: BeautifulSoup(shown[-1], "html.parser")


def test_a_finding_is_told_in_a_sentence_with_how_sure_it_is_and_its_chapter_by_title(displayed, texts):
    display_findings(texts, "chapters/", most=3)
    items = displayed().select("ol.findings > li")
    told = texts.tables["findings.csv"]
    assert [item.strong.get_text() for item in items] == list(told.statement[:3])
    link = items[0].find("a")
    assert (link["href"], link.get_text()) == ("chapters/proposals.html", chapter_title(texts.path.parent, "proposals"))
    assert items[0].get_text() == f"{told.statement[0]} {sureness(texts, told.finding[0])} {link.get_text()}"
    assert not items[0].select("a.ev")


def test_findings_in_full_name_all_their_passages_and_on_what_they_hinge(displayed, texts):
    display_findings_in_full(texts)
    items = displayed().select("ol.findings > li")
    assert len(items) == len(texts.tables["findings.csv"])
    for item, name in zip(items, texts.tables["findings.csv"].finding, strict=True):
        rests = evidence_rows(texts, name).drop_duplicates("passage_id")
        assert {link["href"].partition("#")[2] for link in item.select("a.ev")} == {
            span_id(row.passage_id, row.start, row.end) for row in rests.itertuples()
        }
        assert all(re.match(r"evidence-\w+\.html#ev-", link["href"]) for link in item.select("a.ev"))
    assert "It fails by the authors' own words alone or if a text must say it twice." in items[0].get_text()


def test_a_title_is_the_first_heading_of_level_one(tmp_path):
    assert title_in(["words\n## Below", "# How it is\n\nWords", "# Other"]) == "How it is"
    assert chapter_title(tmp_path, "absent") == "absent"
    cells = [{"cell_type": "code", "source": ["# a comment"]}, {"cell_type": "markdown", "source": ["# The *harbour*\n", "words"]}]
    (tmp_path / "chapters").mkdir()
    (tmp_path / "chapters/harbour.ipynb").write_text(json.dumps({"cells": cells}))
    assert chapter_title(tmp_path, "harbour") == "The *harbour*"
