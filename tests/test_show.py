"""What a chapter displays: escaped tables with headed rows, figures with their description, named numbers."""

import re

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from analysis import evidence, plots, provenance, show


@pytest.fixture
def displayed(monkeypatch):
    shown = []
    monkeypatch.setattr(show, "display", lambda *things, **options: shown.append((things, options)))
    return shown


def table(displayed, *arguments):
    show.table(*arguments)
    return BeautifulSoup(displayed[-1][0][0].data, "html.parser")


def test_a_table_scrolls_in_a_box_that_the_keyboard_reaches(displayed):
    box = table(displayed, pd.DataFrame({"name": ["a"], "n_words": [1234]}), "Words").div
    assert (box["tabindex"], box["role"], box["aria-label"], box.caption.text) == ("0", "region", "Words", "Words")
    assert [cell.text for cell in box.select("thead th")] == ["name", "n words"]
    assert [cell.name for cell in box.select("tbody tr > *")] == ["th", "td"]
    assert box.td.text == "1,234"
    assert "number" in box.td["class"]


def test_missing_values_and_decimals(displayed):
    box = table(displayed, pd.DataFrame({"name": ["a", "b"], "rate": [1.26, None], "year": ["1994", None]}), "Rates")
    assert [cell.text for cell in box.select("td")] == ["1.3", "1994", "none", "none"]


def test_ids_become_short_citations(displayed, texts):
    box = table(displayed, provenance.basis_by_text(texts), "Basis", texts)
    assert box.select("tbody th")[0].text == "DeCamp 2022"


def test_markup_in_data_is_shown_as_text(displayed):
    bad = '<script>alert(1)</script>" onfocus="x'
    box = table(displayed, pd.DataFrame({bad: [bad], bad + "2": [bad], "n": [1]}), bad)
    assert box.find("script") is None
    assert box.find("style") is None
    assert box.div["aria-label"] == bad
    assert "onfocus" not in box.div.attrs
    assert [cell.text for cell in box.select("thead th")] == [bad, bad + "2", "n"]
    assert "number" in box.select("thead th")[2]["class"]
    assert [cell.text for cell in box.select("tbody tr > *")] == [bad, bad, "1"]


def test_a_figure_is_displayed_with_its_description(displayed, texts):
    sources = provenance.sources(texts)
    show.figure(plots.composition, provenance.zone_words(texts), sources)
    ((bundle,), options), *others = displayed
    assert others == []
    wide, narrow, said = bundle["image/svg+xml"], bundle["application/vnd.figure.narrow+svg"], options["metadata"]["figure"]
    assert wide == plots.svg(plots.composition(provenance.zone_words(texts), sources))
    assert [re.search(r'width="([\d.]+)pt"', svg)[1] for svg in (wide, narrow)] == ["432", "280.8"]
    assert bundle["text/csv"] == show.csv_text(provenance.zone_words(texts))
    assert said["name"] == "fig-composition"
    assert said["maker"] == "analysis.plots.composition"
    assert said["caption"]
    assert said["alt"]


def test_the_data_of_a_figure_hold_no_quotation_that_the_book_cuts(executed, texts):
    tables = [output.data["text/csv"] for chapter in executed.values() for cell in chapter.cells for output in cell.get("outputs", [])
              if "figure" in output.get("metadata", {})]  # fmt: skip
    assert len(tables) == 15
    long = [quote for quote in evidence.spans(texts).quote if len(quote.split()) > 10]  # published tables show ten words at most
    assert len(long) > 50
    assert not [quote for quote in long for table in tables if quote in table]


def test_numbers_get_commas_and_texts_stay(monkeypatch):
    named = {}
    monkeypatch.setattr(show, "glue", lambda name, text, display: named.update({name: text}))
    show.numbers(words=3593, year="2022", share=29)
    assert named == {"words": "3,593", "year": "2022", "share": "29"}


def test_an_evidence_link_carries_the_words_and_leads_to_them(texts):
    span = evidence.resting(evidence.spans(texts), "usip2022-p03", "legally binding duty")
    link = BeautifulSoup(show.evidence_link(texts, span, "evidence.html"), "html.parser").a
    assert link["href"] == f"evidence.html#{span.anchor}"
    assert link.get_text() == f"USIP 2022, par. 3 “{span.shown}”"
    link = BeautifulSoup(show.evidence_link(texts, span, words="legally <binding"), "html.parser").a
    assert link.get_text() == "USIP 2022, par. 3 “legally <binding”"


def test_markup_in_a_quotation_is_shown_as_text(texts):
    span = evidence.resting(evidence.spans(texts), "usip2022-p03", "legally binding duty").copy()
    markup = "<img src=x onerror=alert(1)>"
    for words in (markup, None):
        span["quote"] = words or f"{span.quote[:8]} {markup}"
        link = BeautifulSoup(show.evidence_link(texts, span, words=words), "html.parser")
        assert link.img is None
    assert markup in BeautifulSoup(show.evidence_link(texts, span, words=markup), "html.parser").get_text()


def test_statements_are_folded_by_dimension_with_their_evidence(displayed, texts):
    show.statements(texts, "D01", "D17")
    first, last = (BeautifulSoup(things[0].data, "html.parser") for things, _ in displayed)
    rows = first.select("tbody tr")
    assert first.summary.get_text() == f"D01 NATO membership and non-alignment: {len(rows)} statements in 5 texts"
    assert all(row.select_one("a.ev") for row in rows)
    assert "Absent from all texts." in last.get_text()


def test_dates_do_not_break_and_other_columns_may(displayed):
    box = table(displayed, pd.DataFrame({"name": ["a", "b"], "date": ["2022-03-28/2022-03-31?", "–"], "note": ["2022 was", "x"]}), "Dates")
    assert ["date" in cell["class"] for cell in box.select("tbody tr:first-child td")] == [True, False]


def test_findings_name_their_passages_and_what_breaks_them(displayed, texts):
    show.findings(texts, "chapters/")
    page = BeautifulSoup(displayed[-1][0][0].data, "html.parser")
    items = page.select("ol.findings > li")
    assert len(items) == 6
    for item in items:
        assert len(item.select("a.ev")) > 1
        assert all(link["href"].startswith("chapters/evidence.html#ev-") for link in item.select("a.ev"))
        assert "holds in" in item.get_text()
    assert "It fails with: author's voice only, two passages at least." in items[0].get_text()
    assert items[0].select_one("p a:not(.ev)")["href"] == "chapters/proposals.html"


def test_the_csv_of_a_table_keeps_a_named_index_and_no_quotation():
    plain = pd.DataFrame({"text": ["a, b"], "n": [1], "quote": ["words of a text"]})
    assert show.csv_text(plain) == 'text,n\n"a, b",1\n'
    assert show.csv_text(plain.set_index("text")) == 'text,n\n"a, b",1\n'
