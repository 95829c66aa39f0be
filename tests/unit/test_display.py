"""What a chapter displays: escaped tables with headed rows, figures with their description, named numbers."""

import io
import json
import re

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from analysis.coding.claims import comparison_table
from analysis.coding.events import event_table
from analysis.coding.sources import metadata_provenance_by_text, words_by_zone
from analysis.coding.terms import described_terms, provision_table
from analysis.coding.units import dimensions
from analysis.corpus.spans import coded_spans, find_coded_span
from analysis.corpus.speech import quotation_table
from analysis.corpus.texts import coded_sources, source_table
from analysis.corpus.vocabulary import LEVELS
from analysis.display import evidence_tables, notebook
from analysis.display.evidence_tables import (
    display_checks,
    display_claims,
    display_commitments,
    display_comparisons,
    display_events,
    display_evidence_rows,
    display_functions,
    display_judgements,
    display_quotations,
    display_term_matrix,
    display_terms,
    evidence_link,
)
from analysis.display.html_table import choices, render_table, sort_key
from analysis.display.naming_tables import display_concordance, display_names
from analysis.display.notebook import csv_text, define_numbers, display_figure, display_folded_table, display_table
from analysis.figures.base import to_svg
from analysis.figures.sources import plot_composition
from analysis.stylometry.naming import concordance_lines


@pytest.fixture
def displayed(monkeypatch):
    shown = []
    for module in (notebook, evidence_tables):
        monkeypatch.setattr(module, "display", lambda *things, **options: shown.append((things, options)))
    return shown


def table(displayed, *arguments):
    display_table(*arguments)
    return html_of(displayed[-1])


def html_of(shown):
    (bundle,), _ = shown
    return BeautifulSoup(bundle["text/html"] if isinstance(bundle, dict) else bundle.data, "html.parser")


def csv_of(shown):
    (bundle,), _ = shown
    return pd.read_csv(io.StringIO(bundle["text/csv"]), keep_default_na=False)


def test_a_table_scrolls_in_a_box_that_the_keyboard_reaches(displayed):
    box = table(displayed, pd.DataFrame({"name": ["a"], "n_words": [1234]}), "Words").div
    assert (box["tabindex"], box["role"], box["aria-label"], box.caption.text) == ("0", "region", "Words", "Words")
    assert [cell.text for cell in box.select("thead th")] == ["name", "n words"]
    assert [cell.name for cell in box.select("tbody tr > *")] == ["th", "td"]
    assert box.td.text == "1,234"
    assert "number" in box.td["class"]


def test_a_table_is_one_display_with_its_name_and_csv(displayed, texts):
    bodies = source_table(texts)[["source_id", "raw_words"]]
    for show_it in (display_table, display_folded_table):
        show_it(bodies, "Words, raw: é & more", texts)
        (bundle,), options = displayed.pop()
        assert options == {"raw": True, "metadata": {"table": {"name": "tab-words-raw-e-more", "caption": "Words, raw: é & more"}}}
        assert set(bundle) == {"text/html", "text/csv"}
        assert bundle["text/csv"] == bodies.to_csv(index=False)
        box = BeautifulSoup(bundle["text/html"], "html.parser").select_one("#tab-words-raw-e-more")
        assert box["class"] == ["scroll"]
        assert len(box.select("tbody tr")) == len(bodies)


def test_every_table_of_evidence_has_its_place_in_the_csv_and_no_link(displayed, texts):
    others = (display_claims, display_comparisons, display_checks, display_judgements, display_functions, display_commitments)
    for show_it in (display_events, *others):
        show_it(texts)
    display_terms(texts, "D01")
    assert len(displayed) > 30
    for shown in displayed:
        data, links = csv_of(shown), html_of(shown).select("tbody a.ev")
        assert list(data.columns[-3:]) == ["passage_id", "start", "end"]
        places = [link["href"].partition("#ev-")[2] for link in links]
        assert places == [f"{row.passage_id}-{row.start}-{row.end}" for row in data.itertuples()]
        assert "<" not in shown[0][0]["text/csv"]


def test_the_name_of_a_folded_table_stays_when_its_count_changes(displayed, texts):
    rows = comparison_table(texts)
    for own in (rows, rows.head(1)):
        display_evidence_rows(texts, "forces", "statement", own, ["position"], remark=" (agree)")
    (many, few) = (options["metadata"]["table"] for _, options in displayed)
    assert (many["name"], few["name"]) == ("tab-forces-statements",) * 2
    assert few["caption"] == "forces (agree): 1 statement in 1 text"


def test_the_matrix_says_the_levels_of_every_text_or_absent(displayed, texts):
    display_term_matrix(texts)
    page, rows = html_of(displayed[-1]), described_terms(texts)
    order = coded_sources(texts)
    assert [head.text for head in page.select("thead th")] == ["dimension", *order.short]
    assert len(page.select("tbody tr")) == len(dimensions(texts))
    for line in page.select("tbody tr"):
        dimension = line.th.text.split()[0]
        for source_id, cell in zip(order.source_id, line.select("td"), strict=True):
            own = rows[(rows.source_id == source_id) & (rows.dimension == dimension)]
            levels = [link.contents[0] for link in cell.select("a.ev")]
            assert levels == [level for level in LEVELS if level in set(own.level)]
            assert bool(levels) == (cell.text != "absent")
            for link in cell.select("a.ev"):
                place = link["href"].partition("#ev-")[2]
                assert place in {f"{row.passage_id}-{row.start}-{row.end}" for row in own[own.level == link.contents[0]].itertuples()}
    data = csv_of(displayed[-1])
    assert data.groupby(["dimension", "source_id"]).ngroups == len(dimensions(texts)) * len(order)
    assert data.n.sum() == len(rows)
    assert "quote" not in data


def test_events_stand_in_the_order_of_their_dates(displayed, texts):
    display_events(texts)
    dates = [cell["data-sort"].split() for cell in html_of(displayed[-1]).select("tbody th")]
    assert dates == sorted(dates)
    assert dates[0] == ["1939-01-01", "1945-12-31"]
    assert len(dates) == len(event_table(texts))


def test_choices_stand_in_the_given_order_and_those_of_a_cell_one_by_one():
    column = pd.Series(["b, Absent", "c", None, "a", "c"], name="level")
    assert choices(column, ["c", "b", "unused"]) == ["c", "b", "a", "Absent", "none"]
    head = BeautifulSoup(render_table(column.to_frame(), "Levels", "tab-levels", filters={"level": ["c", "b"]}), "html.parser").thead.th
    assert json.loads(head["data-options"]) == ["c", "b", "a", "Absent", "none"]


@pytest.mark.parametrize(
    ("date", "key"),
    [
        ("2022-03-16", "2022-03-16 2022-03-16"),
        ("2022-03-28/2022-03-31?", "2022-03-28 2022-03-31"),
        ("2022-02~", "2022-02-01 2022-02-28"),
        ("2022-21", "2022-03-01 2022-05-31"),
        ("2022-XX", "2022-01-01 2022-12-31"),
        ("2022-1X", "2022-1X"),  # no date in EDTF that the data may hold
        ("", ""),
        (None, ""),
    ],
)
def test_dates_are_sorted_by_the_first_and_the_last_day(date, key):
    assert sort_key(date) == key


def test_a_table_without_filters_carries_nothing_to_sort_by(displayed):
    box = table(displayed, pd.DataFrame({"name": ["a", "b"], "date": ["2022", None]}), "Dates").div
    assert "browse" not in box["class"]
    assert not box.select("[data-sort], [data-options]")


def test_missing_values_and_decimals(displayed):
    box = table(displayed, pd.DataFrame({"name": ["a", "b"], "rate": [1.26, None], "year": ["1994", None]}), "Rates")
    assert [cell.text for cell in box.select("td")] == ["1.3", "1994", "none", "none"]


def test_ids_become_short_citations(displayed, texts):
    box = table(displayed, metadata_provenance_by_text(texts), "Basis", texts)
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
    sources = source_table(texts)
    display_figure(plot_composition, words_by_zone(texts), sources)
    ((bundle,), options), *others = displayed
    assert others == []
    wide, narrow, said = bundle["image/svg+xml"], bundle["application/vnd.figure.narrow+svg"], options["metadata"]["figure"]
    assert wide == to_svg(plot_composition(words_by_zone(texts), sources)[0])
    assert [re.search(r'width="([\d.]+)pt"', svg)[1] for svg in (wide, narrow)] == ["432", "280.8"]
    assert bundle["text/csv"] == csv_text(words_by_zone(texts))
    assert said["name"] == "fig-composition"
    assert said["maker"] == "analysis.figures.sources.plot_composition"
    assert all(said[field].endswith(".") for field in ("caption", "alt"))


def test_numbers_get_commas_and_texts_stay(monkeypatch):
    named = {}
    monkeypatch.setattr(notebook, "glue", lambda name, text, display: named.update({name: text}))
    define_numbers(words=3593, year="2022", share=29)
    assert named == {"words": "3,593", "year": "2022", "share": "29"}


def test_an_evidence_link_carries_the_whole_words_and_leads_to_them(texts):
    span = find_coded_span(coded_spans(texts), "usip2022-p03", "legally binding duty")
    link = BeautifulSoup(evidence_link(texts, span, "chapters/evidence.html", "legally binding"), "html.parser").a
    assert link["href"] == f"chapters/evidence-claims.html#{span.anchor}"
    assert link.contents[0] == "USIP 2022, par. 3"
    assert link.select_one(".ev-words .ev-span").get_text() == span.quote
    assert link.b.get_text() == "legally binding"
    assert link.small.get_text() == "In its own voice: USIP 2022, par. 3"
    plain = BeautifulSoup(evidence_link(texts, span, label="agreed"), "html.parser").a
    assert (plain.contents[0], plain["href"], plain.b) == ("agreed", f"evidence-claims.html#{span.anchor}", None)


def test_quotations_are_shown_whole_with_their_speakers(displayed, texts):
    display_quotations(texts)
    hand = quotation_table(texts)
    for lines in (csv_of(displayed[-1]), pd.DataFrame(read_rows(displayed[-1]))):
        assert list(lines.words) == list(hand.quote)
        assert list(lines.speaker) == list(hand.speaker.replace({"": "none" if "par." in lines else "", "author": "the text itself"}))


def read_rows(shown):
    page = html_of(shown)
    heads = [head.get_text() for head in page.select("thead th")]
    return [dict(zip(heads, (cell.get_text() for cell in row.select("th, td")), strict=True)) for row in page.select("tbody tr")]


def test_lines_of_a_concordance_are_shown_whole(displayed, texts):
    display_concordance(texts, "the taking of land")
    data, lines = csv_of(displayed[-1]), concordance_lines(texts, "the taking of land")
    for column in ("left", "hit", "right"):
        assert list(data[column]) == list(lines[column])


def test_each_word_of_a_text_carries_its_count_and_leads_to_its_first_line(displayed, study):
    display_names(study, {"the toll": ["the fee"], "the dispute": ["the quarrel"]}, "Words <b>", "record.html")
    page, data = html_of(displayed.pop()), {}
    for row in page.select("tbody tr"):
        data[row.th.get_text()] = {cell["data-text"]: [part.get_text() for part in cell.select("p")] for cell in row.select("td")}
    assert data == {
        "the toll": {
            "Arden 1987": ["toll\xa01", "quoted: toll\xa01"],
            "Brill 1987": ["toll, tolls\xa02"],
            "Cole 1988": ["toll\xa01", "quoted: toll\xa02"],
        },
        "the dispute": {"Arden 1987": ["absent"], "Brill 1987": ["quarrel\xa01"], "Cole 1988": ["quoted: war\xa01"]},
    }
    assert page.caption.get_text() == page.div["aria-label"] == "Words <b>"
    display_concordance(study, "the fee")
    display_concordance(study, "the quarrel", context=1)
    lines = {name["id"]: name.find_parent("tr") for shown in displayed for name in html_of(shown).select("b[id]")}
    links = [link["href"].removeprefix("record.html#") for link in page.select("tbody a")]
    assert sorted(links) == sorted(lines)
    said = [cell.get_text() for cell in lines["line-cole1988-the-fee-toll-quoted"].select("th, td")]
    assert said == ["Cole 1988", "Rell, said \"a 'paper ", "toll", "' is no toll\" and", "quoted"]
    assert lines["line-cole1988-the-quarrel-war-quoted"].select("td")[0].get_text() == '"reef '


def test_markup_in_the_name_of_a_matter_is_shown_as_text(displayed, study):
    display_names(study, {"<i>the</i> toll": ["the fee"]}, "Words", "record.html")
    page = html_of(displayed.pop())
    assert page.i is None
    assert page.select_one("tbody th").get_text() == "<i>the</i> toll"


def test_statements_are_folded_by_dimension_with_their_evidence(displayed, texts):
    display_terms(texts, "D01", "D17")
    first, last = map(html_of, displayed)
    rows, said = first.select("tbody tr"), provision_table(texts).query("dimension == 'D01'")
    n_texts = said.source_id.nunique()
    assert len(rows) == len(said)
    assert first.summary.get_text() == f"D01 NATO membership and non-alignment: {len(said)} statements in {n_texts} texts"
    assert all(row.select_one("a.ev") for row in rows)
    assert ("Absent from all texts." in last.get_text()) == provision_table(texts).query("dimension == 'D17'").empty


def test_dates_do_not_break_and_other_columns_may(displayed):
    box = table(displayed, pd.DataFrame({"name": ["a", "b"], "date": ["2022-03-28/2022-03-31?", "–"], "note": ["2022 was", "x"]}), "Dates")
    assert ["date" in cell.get("class", []) for cell in box.select("tbody tr:first-child td")] == [True, False]


def test_the_csv_of_a_table_keeps_a_named_index_and_no_quotation():
    plain = pd.DataFrame({"text": ["a, b"], "n": [1], "quote": ["words of a text"]})
    assert csv_text(plain) == 'text,n\n"a, b",1\n'
    assert csv_text(plain.set_index("text")) == 'text,n\n"a, b",1\n'
