"""How firm the deal is called, guarantors in words, the ladder of duties: against the frozen study, worked out by hand."""

import io

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from analysis.coding.firmness import firmness_table
from analysis.display import notebook
from analysis.display.firmness import display_explanations_by_text, display_firmness
from analysis.display.guarantees import display_all_guarantors, display_duties, display_guarantors
from tests.support.corpora import rows, with_table

NOTE = "note1987"


@pytest.fixture
def page(monkeypatch):
    """Shows with a function and gives what it showed: the HTML, the data, the metadata."""
    shown = []
    monkeypatch.setattr(notebook, "display", lambda bundle, **options: shown.append((bundle, options)))

    def show(function, *arguments):
        function(*arguments)
        bundle, options = shown.pop()
        return BeautifulSoup(bundle["text/html"], "html.parser"), pd.read_csv(io.StringIO(bundle["text/csv"])), options["metadata"]["table"]

    return show


def cells(soup):
    """The rows of a table, without the words that a link shows on demand."""
    for words in soup.select(".ev-words"):
        words.extract()
    return [[cell.text for cell in row.find_all(["th", "td"])] for row in soup.select("tr")]


def test_the_strongest_words_stand_in_order_of_time(study):
    assert rows(firmness_table(study), "short", "rank", "step", "lag_days") == [
        ("Arden 1987", 2, "close to a deal", 4),  # 4 May, from 30 April 1987
        ("Cole 1988", 1, "a draft", 397),  # 31 May 1988; Brill 1987 has no row
    ]


def test_the_words_are_whole_and_lead_to_their_passage(page, study):
    soup, data, said = page(display_firmness, study)
    assert [link["href"] for link in soup.select("a.ev")] == [
        "evidence-guarantees.html#ev-arden1987-p01-146-161",
        "evidence-guarantees.html#ev-cole1988-p02-248-285",
    ]
    assert cells(soup)[1:] == [
        ["Arden 1987", "4 days after", "“close to a deal”", "Maris Hale", "close to a deal", "Arden 1987, par. 1"],
        ["Brill 1987", "20 days after", "–", "–", "not placed yet", ""],
        [
            "Cole 1988",
            "306 to 397 days after",
            "“The draft gave it twenty patrol boats”",
            "the text itself",
            "a draft",
            "Cole 1988, par. 2",
        ],
    ]
    assert "quote" not in data
    assert said["name"] == "tab-what-each-text-calls-the-deal-in-its-strongest-words"


def test_what_is_told_or_hinted_leads_to_its_words(page, study):
    soup, data, said = page(display_explanations_by_text, study)
    assert [(link.contents[0], link["href"].partition("#")[2]) for link in soup.select("a.ev")] == [
        ("tells", "ev-cole1988-p02-226-246"),
        ("hints", "ev-brill1987-p02-254-288"),
    ]
    assert cells(soup)[1:] == [["Orlo broke them off", "absent", "absent", "tells"], ["Vesk left first", "absent", "hints", "absent"]]
    assert said["caption"] == "Explanations of why the talks stopped, by text"
    assert len(data) == 2


def test_guarantors_of_which_all_say_the_same_share_a_row(page, study):
    soup, _, _ = page(display_guarantors, study, NOTE)
    assert cells(soup) == [
        ["guarantor", "Lanne Note", "Arden 1987", "Brill 1987", "Cole 1988"],
        ["Norrland", "Named", "Named", "", ""],
        ["Ostmark", "Named", "", "", ""],
        ["Sund Council", "", "Named", "Named", ""],
        ["Groups, in the words of the text", "", "the neighbours", "", ""],
    ]
    given = study.tables["codings/guarantors.csv"]
    alike = with_table(study, "codings/guarantors.csv", given[given.kind == "group"])
    assert cells(page(display_guarantors, alike, NOTE)[0])[1] == ["Norrland, Ostmark", "Named", "", "", ""]


def test_states_in_a_row_lead_to_the_words_on_each(page, study):
    """Norrland and Ostmark are named by the note, and here by Arden 1987 too, in words of their own."""
    given = study.tables["codings/guarantors.csv"]
    other = given[given.guarantor == "Norrland"].iloc[:1].assign(guarantor="Ostmark", quote="the Sund Council", start=486, end=502)
    both = with_table(study, "codings/guarantors.csv", pd.concat([given.iloc[:1], other]))
    soup = page(display_guarantors, both, NOTE)[0]
    assert cells(soup)[1] == ["Norrland, Ostmark", "Named", "Named: Norrland, Ostmark", "", ""]
    assert [link.get_text() for link in soup.select("td a.ev")] == ["Norrland", "Ostmark"]


def test_a_refusal_stands_apart_from_the_groups(page, study):
    given = study.tables["codings/guarantors.csv"]
    refused = with_table(study, "codings/guarantors.csv", given.assign(role=given.role.where(given.kind != "group", "refusing")))
    assert cells(page(display_guarantors, refused, NOTE)[0])[-1] == [
        "Said to refuse, or not to be accepted", "", "the neighbours: refuses, the text states", "", "",
    ]  # fmt: skip


def test_the_full_table_has_a_row_for_each(page, study):
    soup, data, _ = page(display_all_guarantors, study, NOTE)
    assert [row[0] for row in cells(soup)[1:]] == ["Norrland", "Ostmark", "Sund Council", "the neighbours"]
    assert len(data) == 6
    assert soup.select_one(".browse")


def test_the_ladder_has_the_strongest_duty_on_top_and_each_description_on_its_rung(page, study):
    soup, data, said = page(display_duties, study)
    assert [
        ([name.text for name in rung.select(".name b")], [card.select_one("q, p").text for card in rung.select(".card")])
        for rung in soup.select(".rung")
    ] == [
        (["Duty to act."], ["with a duty to act at once"]),
        (["Consultation."], ["The neighbours would “consult” after a raid", "Two states confer when passage is stopped."]),
        (["None.", "Unclear."], ["Nobody guarantees passage."]),
    ]
    (note, charter) = soup.select(".instrument .where")
    assert (note.text, charter.text) == (
        "Lanne Note (Sund Council 1987, point 3; grade A)",
        "Old Charter (Brill 1987, par. 1; grade C)",
    )
    assert soup.select_one(f"#{said['name']}")
    assert len(data) == 4


def test_a_note_gives_works_by_their_names_and_hides_no_markup(page, study):
    given = study.tables["instruments.csv"]
    soup, _, _ = page(display_duties, with_table(study, "instruments.csv", given.assign(note="Rests on <b>cole1988</b>, herald1987.")))
    assert soup.select_one(".instrument .note").text == "Rests on <b>Cole 1988</b>, Sund Herald 1987."
