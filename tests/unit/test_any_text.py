"""Rules that hold for any text whatever: offsets, zones, sentences, words, quotations, links, tables, CSV, citations.

Hypothesis makes the texts, always the same ones: letters of many scripts, signs beyond the first plane, combining and direction marks.
"""

import io
import re

import lxml.html
import pandas as pd
import pybtex.database
import pytest
import rispy
from hypothesis import assume, given
from hypothesis import strategies as st

from analysis.corpus.unicode_checks import invisible_offsets, unescape_formula
from analysis.display.evidence_tables import evidence_link
from analysis.display.html_table import render_table, written
from analysis.display.notebook import csv_text, table_name
from book import citation, citation_formats
from tests.support.any_text import LEGAL, PROSE, TEXT
from tests.support.small import study

CELL = st.one_of(LEGAL, st.none(), st.integers(), st.floats(allow_infinity=False))


@pytest.mark.promise("hostile input")
@given(LEGAL, st.lists(st.tuples(CELL, CELL), min_size=1, max_size=4), LEGAL, LEGAL)
def test_a_table_shows_every_cell_head_caption_and_choice_as_text(caption, rows, one, other):
    assume(one != other)
    frame = pd.DataFrame(rows, columns=[one, other], dtype=object)
    made = lxml.html.fragment_fromstring(
        render_table(frame, caption, "tab-x", filters={one: []}), parser=lxml.html.HTMLParser(huge_tree=True)
    )
    assert {part.tag for part in made.iter()} <= {"div", "table", "caption", "thead", "tbody", "tr", "th", "td", "wbr"}
    assert {name for part in made.iter() for name in part.attrib} <= {
        "class", "id", "role", "tabindex", "aria-label", "scope", "data-options", "data-sort",
    }  # fmt: skip
    shown = [same(cell.text_content()) for cell in made.iter("th", "td")]
    assert shown == [same(value) for value in (one, other)] + [same(written(value)) for row in rows for value in row]
    assert same(made.find(".//caption").text_content()) == same(caption) == same(made.get("aria-label"))


def same(text):
    """`text` with white space alike."""
    return " ".join(text.split())


@pytest.mark.promise("hostile input")
@given(st.lists(st.tuples(LEGAL, LEGAL, st.integers()), min_size=1, max_size=6))
def test_a_table_comes_back_from_csv_as_it_went_and_no_cell_is_a_formula(rows):
    frame = pd.DataFrame(rows, columns=["=one", "two", "n"])
    back = pd.read_csv(io.StringIO(csv_text(frame), newline=""), dtype=str, keep_default_na=False, encoding="utf-8")
    assert [unescape_formula(name) for name in back] == list(frame)
    assert [(unescape_formula(one), unescape_formula(two), int(n)) for one, two, n in back.itertuples(index=False)] == rows
    for value in [*back, *back["'=one"], *back["two"]]:
        assert not re.match(r"[=@\t\n＝＋－＠]", value)
        assert not re.match(r"[+-]", value) or re.fullmatch(r"[+-][0-9.,]+(e[+-]?[0-9]+)?%?", value, re.IGNORECASE)


@given(TEXT)
def test_names_for_links_hold_safe_characters_only(text):
    assert re.fullmatch(r"tab-([a-z0-9]+(-[a-z0-9]+)*)?", table_name(text))


@pytest.mark.promise("hostile input")
@given(LEGAL, LEGAL, st.sampled_from(["<script>", "<img src=x onerror=y>", '"><b>', "'"]))
def test_an_evidence_link_holds_its_words_as_text_whatever_they_are(words, label, payload):
    words, label = words + payload, label + payload
    texts = study({"t": words}, provisions=[{"quote": words}])
    (span,) = texts.tables["codings/provisions.csv"].itertuples()
    link = lxml.html.fragment_fromstring(evidence_link(texts, span, words=words, label=label))
    assert [part.tag for part in link.iter()] == ["a", "span", "q", "span", "small"]
    assert set(link.attrib) == {"class", "href"}
    assert link.get("href") == f"evidence-terms.html#ev-t-p01-0-{len(words)}"
    assert same(link.text_content()) == same(f"{label} {words} In its own voice: T 2022, par. 1")


NAMED = st.one_of(PROSE, st.text(st.sampled_from("abc{}\\$%#_^~&\"'<>é—-  @=,/:"), max_size=30)).map(lambda text: " ".join(text.split()))
NAMED = NAMED.map(lambda text: "".join(sign for sign in text if not invisible_offsets(sign)).strip()).filter(bool)


def edition(title, author):
    return citation.Edition(title, (author,), "1.0", "2026-01-02", "About the book.", ("one",), ("CC-BY-4.0", "MIT"), "https://example.org")


@given(NAMED, NAMED)
def test_a_citation_comes_back_from_ris_as_it_went(title, author):
    (entry,) = rispy.loads(citation_formats.ris(edition(title, author), citation.Page("index", title, 0)))
    assert (entry["title"], entry["authors"]) == (title, [author])


@given(NAMED, NAMED)
def test_a_citation_in_bibtex_is_one_entry_with_the_fields_that_were_given(title, author):
    read = pybtex.database.parse_string(citation_formats.bibtex(edition(title, author), citation.Page("index", title, 0)), "bibtex")
    ((_, entry),) = read.entries.items()
    assert set(entry.fields) == {"title", "publisher", "year", "note", "url"}
    assert entry.fields["url"] == "https://example.org/"
    assert len(entry.persons["author"]) == 1


@pytest.mark.promise("hostile input")
@given(NAMED, NAMED)
def test_nothing_in_a_title_or_a_name_ends_the_tags_of_a_head(title, author):
    page = citation.Page("index", title, 0, description=title)
    head = lxml.html.document_fromstring(
        f"<html><head>{citation.head_tags(edition(title, author), page)}</head><body><p>x</p></body></html>"
    ).head
    assert {part.tag for part in head} <= {"meta", "link", "script"}
    (script,) = head.findall("script")
    assert not re.search("[<>&]", script.text)
    assert citation.json.loads(script.text)["name"] == title
    assert same(head.xpath("string(meta[@name='citation_title']/@content)")) == same(title)
