"""What stands side by side on the page Compare: passages whole, under the longest of those that overlap, and the rows of its downloads."""

import json

import pytest
from bs4 import BeautifulSoup

from analysis.citation_file import edition
from analysis.coding.compared import FURTHER, RESTS, Statement, compared_cells, compared_rows
from analysis.corpus.bibliography import reference_urls
from analysis.display import notebook
from analysis.display.compare import display_compare
from tests.support.corpora import rows, with_table

PROVISIONS, TABLE, INSTRUMENTS = "codings/provisions.csv", "book_table.csv", "instruments.csv"


def cell(corpus, term, source_id):
    return compared_cells(corpus).query("term == @term and source_id == @source_id").iloc[0]


def with_cell(corpus, term, source_id, **values):
    """`corpus` with another cell of the table of the book."""
    table = corpus.tables[TABLE].copy()
    table.loc[(table.term == term) & (table.source_id == source_id), list(values)] = list(values.values())
    return with_table(corpus, TABLE, table)


def with_dimension(corpus, begin, dimension, **values):
    """`corpus` with another dimension for the provision that begins at `begin`."""
    table = corpus.tables[PROVISIONS].copy()
    columns = {"dimension": dimension} | values
    table.loc[table.start == begin, list(columns)] = list(columns.values())
    return with_table(corpus, PROVISIONS, table)


def test_a_row_a_passage_or_point_and_one_for_a_silent_cell(study):
    found = compared_rows(study, compared_cells(study))
    assert rows(found, "term", "source_id", "kind", "gist", "quote", "says", "place") == [
        ("berths", "note1987", "document", "half to each island", "", "Each island has half of the berths.", "1"),
        (
            "berths", "arden1987", "text", "shared", "agreed to share the berths",
            "Both islands use the berths together. (agreed; on the word of Maris Hale)", "par. 1",
        ),
        ("berths", "brill1987", "text", "shared", "share the berths", "The berths are used together. (mentioned)", "par. 3"),
        ("berths", "cole1988", "text", "shared", "agreed to share the berths", "Both islands use the berths together. (agreed)", "par. 3"),
        ("reef", "note1987", "document", "not in the part seen", "", "", ""),
        ("reef", "arden1987", "text", "not mentioned", "", "", ""),
        (
            "reef", "brill1987", "text", "both flags stay", "Each island would keep its own flag on the reef",
            "Both flags stay on the reef. (mentioned)", "par. 3",
        ),
        ("reef", "cole1988", "text", "not mentioned", "", "", ""),
    ]  # fmt: skip
    assert list(found.evidence) == [RESTS] * 4 + ["", "", RESTS, ""]
    first, second = found.to_dict("records")[:2]
    assert (first["title"], first["date"], first["seen"], first["grade"]) == ("Note on Lanne Harbour", "1987-04-30", "yes", "A")
    assert first["reference"].endswith(", point 1")
    assert (second["author"], second["outlet"], second["date"], second["address"]) == (
        "Jo Arden", "Sund Post", "1987-05-04", "https://example.org/islands-near-a-deal",
    )  # fmt: skip


def test_what_else_is_described_follows_and_what_is_recalled_does_not(study):
    moved = with_dimension(study, 276, "K1")
    items = cell(moved, "berths", "arden1987")["items"]
    assert [(item.columns["evidence"], item.columns["quote"]) for item in items] == [
        (RESTS, "agreed to share the berths"),
        (FURTHER, "Vesk will pay no toll"),
    ]
    recalled = with_dimension(study, 276, "K1", basis="recalled")
    assert len(cell(recalled, "berths", "arden1987")["items"]) == 1


def test_words_within_a_longer_passage_stand_under_it(study):
    inner = with_dimension(study, 276, "K1", passage_id="arden1987-p01", start=204, end=220, quote="share the berths")
    (item,) = cell(inner, "berths", "arden1987")["items"]
    assert item.columns["quote"] == "agreed to share the berths"
    assert item.statements == [
        Statement("Both islands use the berths together.", "agreed", "Maris Hale"),
        Statement("Vesk refuses to pay a toll.", "proposed", "Ivo Dray"),
    ]


def test_guarantors_stand_together_and_a_duty_by_itself(study):
    keys = "provisions:arden1987-p03:473-525 ; guarantors:arden1987-p03:473-481 ; guarantors:arden1987-p03:486-502"
    changed = with_cell(study, "berths", "arden1987", dimensions="K4", rests_on=f"{keys} ; strengths:arden1987-p03:527-570")
    passage, duty = cell(changed, "berths", "arden1987")["items"]
    assert passage.columns["quote"] == "Norrland and the Sund Council guarantee free passage"
    assert passage.statements == [
        Statement("Two outsiders guarantee passage.", "proposed", "Ada Finn"),
        Statement("Named as guarantors: Norrland, Sund Council.", "", "Ada Finn"),
    ]
    assert duty.statements == [Statement("Duty: consultation.", "", "")]


def test_other_points_of_a_document_follow_and_unseen_ones_say_so(study):
    table = study.tables[INSTRUMENTS].copy()
    second, third = (
        (table.instrument == "note1987") & (table.dimension == "K4"),
        (table.instrument == "note1987") & (table.dimension == "K6"),
    )
    table.loc[second, ["dimension", "side"]] = ["K1", "Orlo"]
    table.loc[third, ["side", "position", "point", "seen"]] = ["", "", "", "no"]
    changed = with_cell(with_table(study, INSTRUMENTS, table), "berths", "note1987", dimensions="K1;K6")
    items = [item.columns for item in cell(changed, "berths", "note1987")["items"]]
    label = study.tables["codebook.csv"].set_index("dimension").label["K6"]
    assert [(item["evidence"], item["side"], item["says"]) for item in items] == [
        (RESTS, "", "Each island has half of the berths."),
        (FURTHER, "Orlo", "Two states confer when passage is stopped."),
        (FURTHER, "", f"{label}: not in the part seen."),
    ]


def test_works_without_an_address_have_none(tmp_path):
    file = tmp_path / "references.bib"
    file.write_text("@misc{a, title={A}, url={https://example.org/a}}\n@misc{b, title={B}}\n@misc{c, title={C}, url={javascript:1}}\n")
    assert reference_urls(file) == {"a": "https://example.org/a"}


@pytest.fixture
def page(monkeypatch):
    """A function that displays the page of a Corpus: its HTML parsed, and the data beside it."""

    def shown(corpus):
        kept = []
        monkeypatch.setattr(notebook, "display", lambda bundle, **_: kept.append(bundle))
        display_compare(corpus, compared_cells(corpus))
        return BeautifulSoup(kept[0]["text/html"], "html.parser")

    return shown


def texts_of(tags):
    return [tag.get_text(" ", strip=True) for tag in tags]


def test_a_section_a_term_and_a_card_a_text(study, page):
    shown = page(study)
    assert [section["id"] for section in shown.select("section")] == ["berths", "reef"]
    assert texts_of(shown.select("#berths h3")) == ["Lanne Note", "Arden 1987", "Brill 1987", "Cole 1988 (coded once)"]
    assert texts_of(shown.select("#berths .levels")) == ["in the document", "agreed", "mentioned", "agreed"]
    assert texts_of(shown.select("#reef .is-absent .gist")) == ["Not in the part seen", "Not mentioned", "Not mentioned"]
    arden = shown.select_one("#berths [data-source=arden1987]")
    assert texts_of(arden.select("dd")) == ["Sund plan", "Maris Hale"]
    assert "agreed to share the berths" in arden.q.get_text()
    assert texts_of(arden.select(".says li")) == ["Both islands use the berths together. Agreed."]  # the passage says on whose word


def test_all_is_chosen_until_there_is_a_script(study, page):
    shown = page(study)
    tools = shown.select_one(".compare-tools")
    assert tools.has_attr("hidden")
    assert [(box["name"], box["value"]) for box in tools.select("input[type=checkbox][checked]")] == [
        ("with", "note1987"), ("with", "arden1987"), ("with", "brill1987"), ("with", "cole1988"), ("on", "berths"), ("on", "reef"),
    ]  # fmt: skip
    assert texts_of(tools.select("fieldset > legend")) == ["Texts and documents", "Terms"]
    assert len(tools.select("[role=status]")) == 2


def test_the_rows_of_the_page_make_the_rows_of_the_table(study, page):
    shown = page(study)

    def row(tag):
        return json.loads(tag["data-row"])

    made = []
    for card in shown.select(".compare-card"):
        text = shown.select_one(f"input[value={card['data-source']}]")
        shared = row(shown.select_one(".compare")) | row(card.find_parent("section")) | row(text) | row(card)
        made += [shared | row(item) for item in card.select("li[data-row]")] or [shared]
    given = edition()
    expected = compared_rows(study, compared_cells(study)).assign(book=given["title"], version=given["version"])
    assert made == [{column: value for column, value in one.items() if value} for one in expected.to_dict("records")]
    assert json.loads(shown.select_one(".compare")["data-columns"]) == list(expected)


def test_words_of_the_data_are_text_and_no_formula(study, page):
    shown = page(with_cell(study, "reef", "brill1987", gist="=1+<b>2</b>", whose_word='"><i>x</i>'))
    card = shown.select_one("#reef [data-source=brill1987]")
    assert card.select("b, i") == []
    assert card.select_one(".gist").get_text() == "=1+<b>2</b>"
    assert json.loads(card["data-row"])["gist"] == "'=1+<b>2</b>"
