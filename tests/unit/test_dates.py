"""Dates in EDTF: the days that they allow, how a reader says them, and that what has none is refused before anything needs it."""

from datetime import date

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from analysis.coding.events import date_disagreements
from analysis.corpus.dates import date_in_words, edtf_range, is_edtf, seasons_in_words
from analysis.display.html_table import render_table, sort_key
from analysis.validation.validate import data_problems
from tests.support.corpora import with_table


@pytest.mark.parametrize(
    ("edtf", "first", "last", "words"),
    [
        ("1987-05-04", (1987, 5, 4), (1987, 5, 4), "4 May 1987"),
        ("2022-03-29?", (2022, 3, 29), (2022, 3, 29), "29 March 2022 (uncertain)"),
        ("1988-03-01/1988-05-31", (1988, 3, 1), (1988, 5, 31), "1 March 1988 to 31 May 1988"),
        ("2023-09-10/2023-09-30", (2023, 9, 10), (2023, 9, 30), "10 to 30 September 2023"),
        ("2022-02-24/2022-12-24", (2022, 2, 24), (2022, 12, 24), "24 February 2022 to 24 December 2022"),
        ("2022-03-28/2022-04?", (2022, 3, 28), (2022, 4, 30), "28 March 2022 to April 2022 (uncertain)"),
        ("1988-02", (1988, 2, 1), (1988, 2, 29), "February 1988"),
        ("1987-02", (1987, 2, 1), (1987, 2, 28), "February 1987"),
        ("1904", (1904, 1, 1), (1904, 12, 31), "1904"),
        ("1954~", (1954, 1, 1), (1954, 12, 31), "1954 (about)"),
        ("{2010,2014}", (2010, 1, 1), (2014, 12, 31), "2010, 2014"),
        ("{2014,2010-03}", (2010, 3, 1), (2014, 12, 31), "2014, March 2010"),
        ("2022-21", (2022, 3, 1), (2022, 5, 31), "spring 2022"),
        ("2022-22~", (2022, 6, 1), (2022, 8, 31), "summer 2022 (about)"),
        ("2022-23?", (2022, 9, 1), (2022, 11, 30), "autumn 2022 (uncertain)"),
        ("2023-24", (2023, 12, 1), (2024, 2, 29), "winter 2023–2024"),
        ("2022-21/2022-06-10", (2022, 3, 1), (2022, 6, 10), "spring 2022 to 10 June 2022"),
        ("2022-XX", (2022, 1, 1), (2022, 12, 31), "2022"),
        ("1988-02-XX?", (1988, 2, 1), (1988, 2, 29), "February 1988 (uncertain)"),
        ("199X/2001", (1990, 1, 1), (2001, 12, 31), "1990s to 2001"),
        ("{2022-21,2023}", (2022, 3, 1), (2023, 12, 31), "spring 2022, 2023"),
    ],
)
def test_a_date_in_edtf_is_a_span_of_days_and_can_be_said(edtf, first, last, words):
    assert edtf_range(edtf) == (date(*first), date(*last))
    assert is_edtf(edtf)
    assert date_in_words(edtf) == words


NO_DATES = """4 May 1987|soon|1987-13-01|1987-02-30|1987-05-04/|1988-05-31/1988-03-01|0000|1987-5-4|1987-05-04T10:00|198x|1987-00|1987-13
2022-03/..|../2022|..|/|2022/|/2022|156u|15XX|2022-1X|2022-XX-01|2022-03-1X|2022-20|2022-25|2022-41|2022-21-04|9999-24|2022-%|2022%|[2022,2023]|{2022}
{2022..2024}|Y-17E7|2022-?03|?2022|open|2022-06/2022-21|2022-21/2022-21/2022-21""".replace("\n", "|").split("|")


@pytest.mark.parametrize("text", ["", *NO_DATES])
def test_what_has_no_first_and_last_day_is_no_date(text):
    assert not is_edtf(text)
    assert date_in_words(text) == text
    with pytest.raises(ValueError, match=r"."):
        edtf_range(text)


def test_seasons_alone_are_said_where_dates_stand_in_their_own_form():
    assert (
        seasons_in_words("2022-21/2022-06; 2022-24?; 2022-03-21; 2022-25") == "spring 2022/2022-06; winter 2022–2023?; 2022-03-21; 2022-25"
    )


def swapped(folder, name, old, new):
    content = (folder / name).read_text(encoding="utf-8")
    assert old in content
    (folder / name).write_text(content.replace(old, new, 1), encoding="utf-8")


def test_the_check_takes_seasons_and_names_what_has_no_first_and_last_day(folder):
    swapped(folder, "sources.csv", "1987-05-20", "1987-21")
    swapped(folder, "codings/events.csv", "1987-05-04,relative", "1987-21,relative")
    assert data_problems(folder) == []
    swapped(folder, "sources.csv", "1987-21", "2022-03/..")
    swapped(folder, "codings/events.csv", "1987-21,relative", "2022-1X,relative")
    told = "\n".join(map(str, data_problems(folder)))
    for place in ("sources.csv, row 3, column date: '2022-03/..'", "events.csv, row 2, column date: '2022-1X'"):
        assert f"{place} is not allowed. Remedy: write it in EDTF: a day, month, season (2022-21 is spring" in told


@pytest.mark.parametrize(("record", "agrees"), [("1987-04-30", True), ("1987-22", False), ("1987-21/1987-22", True), ("1986-24", False)])
def test_a_season_is_held_against_the_record(study, record, agrees):
    events, known = (study.tables[name] for name in ("codings/events.csv", "benchmark_events.csv"))
    named = events.event_id == "hale-4may"
    texts = with_table(study, "codings/events.csv", events.assign(date=events.date.mask(named, "1987-21"))[named].head(1))
    texts = with_table(texts, "benchmark_events.csv", known.assign(date=known.date.mask(known.event_id == "hale-4may", record)))
    assert list(date_disagreements(texts).other_date) == ([] if agrees else [record])


def test_tables_say_seasons_and_sort_them_by_their_days():
    assert sort_key("1987-21") == "1987-03-01 1987-05-31"
    table = render_table(pd.DataFrame({"date": ["1987-21", "1987-05-04/1987-22"]}), "Dates", "tab-dates")
    assert [cell.text for cell in BeautifulSoup(table, "html.parser").select("tbody tr > *")] == ["spring 1987", "1987-05-04/summer 1987"]
