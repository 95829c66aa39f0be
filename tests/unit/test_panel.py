"""The specification panel: every word and bar of it says what its tables say."""

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from analysis.coding.multiverse import FAILS, HOLDS, UNASKED, one_change
from analysis.display import notebook
from analysis.display.panel import display_specification_panel, specification_panel

CHANGES = pd.DataFrame({"as stated": [HOLDS, HOLDS], "without <A> 1987": [UNASKED, FAILS]}, index=["berths", "tolls & fees"])
COUNTS = pd.DataFrame({"held": [3, 20], "asked": [4, 20]}, index=["berths", "tolls & fees"])


@pytest.fixture
def page():
    return BeautifulSoup(specification_panel(CHANGES, COUNTS), "html.parser")


def test_a_cell_says_in_a_word_what_a_choice_does(page):
    rows = {row.th.get_text(): [cell.get_text() for cell in row.select("td")] for row in page.select("tbody tr")[1:]}
    assert rows == {"as stated": ["yes", "yes"], "without <A> 1987": ["–cannot be asked", "no"]}
    assert [head.get_text() for head in page.select("thead th")] == ["berths", "tolls & fees"]


def test_a_bar_is_as_full_as_the_share_and_its_numbers_stand_beside_it(page):
    bars = page.select(".combinations .bar")
    assert [bar.get_text() for bar in bars] == ["3 of 4", "20 of 20"]
    shares = [float(bar.select_one(".held")["height"]) / float(bar.select_one(".all")["height"]) for bar in bars]
    assert shares == [0.75, 1]
    assert all(float(bar.select_one(".held")["y"]) + float(bar.select_one(".held")["height"]) == 60 for bar in bars)


def test_what_can_never_be_asked_has_an_empty_bar():
    bar = BeautifulSoup(specification_panel(CHANGES, COUNTS.assign(held=0, asked=0)), "html.parser").select_one(".bar")
    assert (bar.get_text(), bar.select_one(".held")["height"]) == ("0 of 0", "0")


def test_a_study_is_shown_with_its_data(study, monkeypatch):
    shown = []
    monkeypatch.setattr(notebook, "display", lambda *things, **options: shown.append((things, options)))
    display_specification_panel(study)
    ((bundle,), options) = shown[0]
    page = BeautifulSoup(bundle["text/html"], "html.parser")
    assert page.select_one(f"#{options['metadata']['table']['name']} table")
    assert len(page.select("tbody tr")) == 1 + len(one_change(study).columns) - 1
    assert bundle["text/csv"].startswith("choice,berths,agreement\nheld,")
