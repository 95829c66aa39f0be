"""The specification panel: every word and bar of it says what its tables say."""

import pytest
from bs4 import BeautifulSoup

from analysis.coding.sureness import coded_once, needs, overturned
from analysis.display import notebook
from analysis.display.panel import AskedFinding, display_specification_panel, specification_panel

FINDINGS = [
    AskedFinding("berths", "Every text has <berths>.", 3, 4, "Fails if a text must say it twice."),
    AskedFinding("tolls & fees", "No text has tolls.", 20, 20, "Fails under no other choice that was tried."),
]


@pytest.fixture
def page():
    return BeautifulSoup(specification_panel(FINDINGS), "html.parser")


def test_a_row_says_what_the_finding_is_and_what_changes_it(page):
    rows = {row.th.get_text(): row.select("td")[1].get_text() for row in page.select("tbody tr")}
    assert rows == {
        "Berths. Every text has <berths>.": "Fails if a text must say it twice.",
        "Tolls & fees. No text has tolls.": "Fails under no other choice that was tried.",
    }
    assert [head.get_text() for head in page.select("thead th")] == ["finding", "holds in", "what changes it"]


def test_a_bar_is_as_full_as_the_share_and_its_numbers_stand_beside_it(page):
    bars = page.select(".bar")
    assert [bar.get_text() for bar in bars] == ["3 of 4", "20 of 20"]
    shares = [float(bar.select_one(".held")["width"]) / float(bar.select_one(".all")["width"]) for bar in bars]
    assert shares == [0.75, 1]


def test_what_can_never_be_asked_has_an_empty_bar():
    bar = BeautifulSoup(specification_panel([FINDINGS[0]._replace(held=0, asked=0)]), "html.parser").select_one(".bar")
    assert (bar.get_text(), bar.select_one(".held")["width"]) == ("0 of 0", "0")


def test_a_study_is_shown_with_its_data(study, monkeypatch):
    shown = []
    monkeypatch.setattr(notebook, "display", lambda *things, **options: shown.append((things, options)))
    display_specification_panel(study)
    ((bundle,), options) = shown[0]
    page = BeautifulSoup(bundle["text/html"], "html.parser")
    rows = page.select(f"#{options['metadata']['table']['name']} tbody tr")
    findings = study.tables["findings.csv"]
    for row, name, statement in zip(rows, findings.finding, findings.statement, strict=True):
        assert row.th.get_text() == f"{name.capitalize()}. {statement}"
        told = row.select("td")[1].get_text()
        assert told.startswith(f"Fails {overturned(study, name)}.")
        assert told.endswith("It was coded once.") == coded_once(study, name)
        assert all(short in told for short in needs(study, name))
    assert bundle["text/csv"].startswith("choice,berths,agreement\nheld,")
