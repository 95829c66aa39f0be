"""The pages of evidence: every coded span once, whole, by subject, with all that rests on it; the index; where to report a fault."""

import pytest
from bs4 import BeautifulSoup

from analysis.corpus.context import words_around
from analysis.corpus.spans import EVIDENCE_PAGES, cite, coded_spans, evidence_page, shown_share, span_id
from analysis.display import evidence_pages
from analysis.display.evidence_pages import display_evidence_index, display_evidence_page
from analysis.display.evidence_tables import evidence_link
from analysis.display.passages import passage_block, who_says
from analysis.display.report import report_address
from tests.support.small import study


@pytest.fixture
def displayed(monkeypatch):
    shown = []
    monkeypatch.setattr(evidence_pages, "display", shown.append)
    return shown


def html_of(shown):
    return BeautifulSoup(shown.data, "html.parser")


@pytest.fixture
def evidence(displayed, texts):
    """The pages of evidence as they are displayed: {name: page}."""
    for page in EVIDENCE_PAGES:
        display_evidence_page(texts, page)
    return dict(zip(EVIDENCE_PAGES, map(html_of, displayed), strict=True))


def test_every_coded_span_has_one_home_that_shows_it_whole_and_what_rests_on_it(evidence, texts):
    items = {item["id"]: (name, item) for name, page in evidence.items() for item in page.select("li[id]")}
    coded = coded_spans(texts)
    assert sorted(items) == sorted(coded.anchor)
    assert sum(len(page.select("li[id]")) for page in evidence.values()) == len(coded)
    assert coded.quote.str.split().str.len().max() > 30
    for span in coded.itertuples():
        name, item = items[span.anchor]
        around = words_around(texts, span)
        assert evidence_page(texts, span) == f"evidence-{name}"
        assert item.select_one(".ev-span").get_text() == span.quote
        assert item.q.get_text() == around.before + span.quote + around.after
        assert item.select_one(".where").get_text().startswith(f"{who_says(texts, span)}{cite(texts, span.passage_id)}")
        assert [line.get_text() for line in item.select("ul > li")] == span.supports


def test_spans_stand_under_the_subject_of_their_first_coding_and_are_linked_from_those_of_the_others(evidence, texts):
    labels = texts.tables["codebook.csv"].set_index("dimension").label
    heads = [head.get_text() for head in evidence["terms"].select("h2")]
    assert heads == [label for label in labels if label in heads]
    for page in evidence.values():
        assert [link["href"] for link in page.select(".jumps a")] == [f"#{part['id']}" for part in page.select(".subject")]
    terms = texts.tables["codings/provisions.csv"]
    several = terms.groupby(["passage_id", "start", "end"]).dimension.agg(list)
    (passage, start, end), both = next((place, found) for place, found in several.items() if len(set(found)) > 1)
    anchor = span_id(passage, start, end)
    assert evidence["terms"].find(id=anchor).find_parent(class_="subject").h2.get_text() == labels[both[0]]
    other = next(part for part in evidence["terms"].select(".subject") if part.h2.get_text() == labels[both[1]])
    assert other.select_one(f".also a[href='evidence-terms.html#{anchor}']")


def test_no_page_of_evidence_follows_a_text(evidence, texts):
    place = {anchor: number for number, anchor in enumerate(coded_spans(texts).anchor)}
    for page in evidence.values():
        order = [place[item["id"]] for item in page.select("li[id]")]
        assert order != sorted(order)


def test_the_outlets_page_and_the_place_for_reports_are_named_where_they_are_known(displayed, texts, monkeypatch):
    monkeypatch.setattr(evidence_pages, "read_citation", lambda _file: {"repository-code": "https://github.com/a/b"})
    display_evidence_page(texts, "guarantees")
    items = html_of(displayed[-1]).select("li[id]")
    kinds = texts.sources.set_index("short").url_kind
    for item in items:
        links = {link.get_text(): link["href"] for link in item.select(".where a")}
        assert ("read it at the source" in links) == (kinds[item["data-text"]] == "outlet")
        assert links["report a miscoding"].startswith(f"https://github.com/a/b/issues/new?title=Miscoding%3A%20{item['id']}&body=")
    monkeypatch.setattr(evidence_pages, "read_citation", lambda _file: {})
    display_evidence_page(texts, "guarantees")
    assert "report" not in html_of(displayed[-1]).get_text()


def test_the_index_names_every_span_in_other_words_and_leads_to_its_home(displayed, texts):
    display_evidence_index(texts)
    items = {item["id"]: item for page in map(html_of, displayed) for item in page.select("li[id]")}
    coded = coded_spans(texts)
    assert list(items) == list(coded.anchor)
    for span in coded.itertuples():
        assert items[span.anchor].a["href"] == f"{evidence_page(texts, span)}.html#{span.anchor}"
        assert items[span.anchor].a.get_text().startswith(span.supports[0])


MARKUP = "<img src=x onerror=alert(1)>"


def test_markup_in_a_quotation_or_a_coding_is_shown_as_text(displayed):
    texts = study({"a": f"One {MARKUP} two."}, provisions=[{"quote": f"One {MARKUP}", "position": MARKUP, "level": "agreed"}])
    (span,) = texts.tables["codings/provisions.csv"].itertuples()
    display_evidence_page(texts, "terms")
    display_evidence_index(texts)
    link = BeautifulSoup(evidence_link(texts, span, words=MARKUP, label=MARKUP), "html.parser")
    for page in (link, BeautifulSoup(passage_block(texts, span), "html.parser"), *map(html_of, displayed)):
        assert page.img is None
        assert MARKUP in page.get_text()


@pytest.mark.parametrize(
    ("words", "voice", "who"),
    [
        ("We left", "Ann", "Ann, in "),
        ("“We left the port.”", "Ann", "Ann, in "),  # the marks are no words
        ("We left", "author", "Ann, in "),  # a coding that has no name of its own
        ("hear “go”", "Ann", "Ann, in "),
        ("go", "author", "Bob, in "),  # within what Ann says
        ("said: “We left", "Ann", "On the word of Ann, in "),
        ("the harbour is shut", "Bob", "On the word of Bob, in "),
        ("“free”", "author", "In its own voice: "),  # a term lets nobody speak
        ("It was cold", "author", "In its own voice: "),
    ],
)
def test_who_says_tells_a_quoted_person_from_a_reported_one(words, voice, who):
    raw = "Ann said: “We left the port.” Then “I hear “go”,” she said. Bob thinks the harbour is shut. It was “free”. It was cold."
    quoted = [("We left the port.", "Ann", "speech"), ("I hear “go”,", "Ann", "speech"), ("go", "Bob", "speech"), ("free", "", "term")]
    texts = study(
        {"a": raw},
        responsibility=[{"quote": words, "voice": voice, "valence": "blamed"}],
        quotations=[{"quote": quote, "speaker": speaker, "kind": kind} for quote, speaker, kind in quoted],
    )
    (span,) = texts.tables["codings/responsibility.csv"].itertuples()
    assert who_says(texts, span) == who


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ({"repository-code": "https://github.com/a/b"}, "https://github.com/a/b/issues/new?title=A%20%26%20b&body=c%0Ad"),
        ({"repository-code": "https://github.com/a/b.git"}, "https://github.com/a/b/issues/new?title=A%20%26%20b&body=c%0Ad"),
        ({"repository-code": "https://gitlab.com/a/b"}, None),
        ({"contact": [{"name": "A", "email": "a@b.org"}]}, "mailto:a@b.org?subject=A%20%26%20b&body=c%0Ad"),
        ({"repository-code": "https://gitlab.com/a/b", "contact": [{"email": "a@b.org"}]}, "mailto:a@b.org?subject=A%20%26%20b&body=c%0Ad"),
        ({"contact": [{"email": "a@b.org?cc=c"}]}, None),
        ({"contact": []}, None),
        ({}, None),
    ],
)
def test_a_report_goes_to_the_repository_or_by_mail_or_nowhere(given, address):
    assert report_address(given, "A & b", "c\nd") == address


def test_the_share_that_is_shown_counts_the_words_around_spans_once():
    texts = study(
        {"a": "Orlo did not say that Vesk took the harbour. Ada came.", "b": "Orlo came."},
        provisions=[{"quote": "Vesk took the harbour"}, {"quote": "say that Vesk took the harbour"}],
    )
    shares = shown_share(texts).set_index("source_id")
    assert shares.n_words.to_list() == [11, 2]
    assert shares.share.round(1).to_list() == [63.6, 0]  # "not say that Vesk took the harbour": 7 of 11
    assert shares.around.round(1).to_list() == [9.1, 0]  # "not": 1 of 11
