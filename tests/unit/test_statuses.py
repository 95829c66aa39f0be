"""How far the texts are coded, as pages say it: in a sentence, above the page, on the first page, in figures."""

from types import SimpleNamespace

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from docutils import nodes
from docutils.utils import new_document

from analysis.coding.framing import credit_and_blame, missing_functions
from analysis.coding.quotations import extraction_quality, quotation_routes
from analysis.corpus.texts import coded_sources, source_table
from analysis.display import front_page, notebook, statuses
from analysis.display.front_page import display_book_table, display_cards, display_line
from analysis.display.statuses import coding_in_words, display_further_texts, finding_as_stated, joined_later, status_note
from analysis.figures.voices import plot_sourcing
from book.pages.extension import _HoldsRole
from book.pages.status_note import _put_notes
from tests.support.corpora import with_table
from tests.support.statuses import with_uncoded


def all_twice(study):
    return with_table(study, "sources.csv", study.sources.assign(coding="twice"))


@pytest.fixture
def shown(monkeypatch):
    found = []
    for module in (front_page, statuses):
        monkeypatch.setattr(module, "display", lambda made: found.append(made.data))
    monkeypatch.setattr(notebook, "display", lambda data, **_: found.append(data["text/html"]))
    return lambda: BeautifulSoup(found.pop(), "html.parser")


def test_a_sentence_says_how_far_the_texts_are_coded(study):
    assert coding_in_words(study) == "Arden 1987 and Brill 1987 are coded twice; Cole 1988 is coded once"
    assert coding_in_words(with_uncoded(study)) == "Arden 1987 and Brill 1987 are coded twice; Cole 1988 is not yet coded"
    assert coding_in_words(all_twice(study)) == "every text is coded twice"


def test_a_note_says_what_follows_and_is_none_where_all_are_coded_twice(study):
    assert status_note(study) == "Cole 1988 is coded once: no second reading has settled its codings yet."
    assert status_note(with_uncoded(study)).startswith("Cole 1988 is not yet coded: it enters no count of codings")
    assert status_note(all_twice(study)) == ""
    several = with_table(study, "sources.csv", study.sources.assign(coding="uncoded"))
    assert status_note(several).startswith("Arden 1987, Brill 1987 and Cole 1988 are not yet coded: they enter no count")


def noted_page(study, root, *cells):
    """What stands in a chapter of the story that has these code and markdown cells, after its notes are put."""
    (root / "_toc.yml").write_text("format: jb-book\nroot: index\nparts:\n- {caption: The story, chapters: [{file: chapters/a}]}\n")
    chapter = SimpleNamespace(cells=[SimpleNamespace(cell_type=kind, source=source) for kind, source in cells])
    book = SimpleNamespace(texts=study, executed={"chapters/a": chapter, "index": chapter})
    shown = []
    for name in ("chapters/a", "index"):
        page = new_document(name)
        page += nodes.section("", nodes.title("", "A"), nodes.paragraph("", "Words."))
        _put_notes(SimpleNamespace(book=book, srcdir=root, env=SimpleNamespace(docname=name)), page)
        shown.append([part.astext() for part in page[0]])
    return shown


@pytest.mark.parametrize(("cell", "noted"), [("texts = load_corpus()", True), ("results.cost_numbers()", False)])
def test_the_note_stands_below_the_title_of_a_chapter_that_reads_the_texts(study, tmp_path, cell, noted):
    for page in noted_page(study, tmp_path, ("code", cell)):
        assert page == ["A", *[status_note(study)] * noted, "Words."]


def joining(study, *ids):
    """The study with these texts as if they had joined since its sentences were read over."""
    sources = study.sources
    return with_table(study, "sources.csv", sources.assign(in_prose=sources.in_prose.where(~sources.source_id.isin(ids), "no")))


def test_a_chapter_of_the_story_notes_the_coded_texts_that_joined_since_it_was_read_over(study, tmp_path):
    study, cells = all_twice(study), [("code", "texts = load_corpus()"), ("markdown", "Words.")]
    assert noted_page(study, tmp_path, *cells)[0] == ["A", "Words."]
    chapter, first = noted_page(joining(study, "cole1988"), tmp_path, *cells)
    assert chapter[1].startswith("Cole 1988 joined the book after this chapter was written: it stands in the tables")
    assert first == ["A", "Words."]
    assert joined_later(joining(study, "brill1987", "cole1988")).startswith("Brill 1987 and Cole 1988 joined the book")
    assert joined_later(joining(with_uncoded(study), "cole1988")) == ""


def test_a_finding_that_a_later_text_makes_false_says_whom_it_leaves_out(study):
    findings = study.tables["findings.csv"].assign(statement="Two texts have the islands share the berths.")
    tests = study.tables["finding_tests.csv"].replace("arden1987;brill1987;cole1988", "arden1987;brill1987")
    study = with_table(with_table(study, "findings.csv", findings), "finding_tests.csv", tests)
    assert finding_as_stated(study, "berths") == ("Two texts have the islands share the berths.", study)
    later = joining(study, "cole1988")
    statement, own = finding_as_stated(later, "berths")
    assert statement == "Two texts have the islands share the berths. (This leaves out Cole 1988, which joined later.)"
    assert list(own.sources.source_id) == ["arden1987", "brill1987"]
    assert finding_as_stated(later, "agreement")[1] is later  # as true with the later text


@pytest.mark.parametrize(
    ("statement", "printed"),
    [
        ("none: provisions; level == 'agreed'", ["(This leaves out Arden 1987 and Cole 1988, which joined later.)"]),
        ("only brill1987: provisions; dimension == 'K5'", []),
    ],
)
def test_the_mark_behind_a_sentence_prints_whom_it_leaves_out_or_nothing(study, monkeypatch, statement, printed):
    book = SimpleNamespace(texts=joining(study, "arden1987", "cole1988"))
    monkeypatch.setattr(_HoldsRole, "env", SimpleNamespace(app=SimpleNamespace(book=book)))
    role = _HoldsRole()
    role.text = statement
    made, faults = role.run()
    assert ([node.astext() for node in made], faults) == (printed, [])


def test_the_first_page_shows_a_text_that_is_not_coded(shown, study):
    study = with_uncoded(study)
    study = with_table(
        study, "sources.csv", study.sources.assign(argument=study.sources.argument.where(study.sources.coding != "uncoded", ""))
    )
    study = with_table(study, "book_table.csv", study.tables["book_table.csv"].query("source_id != 'cole1988'"))
    display_line(study, "On a line", "blockade")
    assert "Cole 1988 (not yet coded)" in [item.get_text() for item in shown().select("figure.line strong")]
    display_cards(study, "the note")
    card = shown().select("ol.cards > li")[-1]
    assert card.select_one(".when").get_text().endswith("; not yet coded")
    assert card.select("p")[-1].get_text() == "What it argues is not yet written."
    display_book_table(study, "The table")
    page = shown()
    assert page.select("thead th")[-1].small.get_text().endswith("; not yet coded")
    assert {row.select("td")[-1].get_text() for row in page.select("tbody tr")} == {"not yet coded"}


def test_texts_that_the_prose_leaves_out_are_named_with_what_they_argue(shown, study):
    display_further_texts(study, "arden1987", "brill1987")
    (item,) = shown().select("li")
    row = study.sources.set_index("source_id").loc["cole1988"]
    assert item.get_text().startswith(f"Cole 1988, {row.genre}, {row.outlet}; coded once.")
    assert item.select("p")[-1].get_text() == f"{row.argument} {row.summary}".strip()


def test_an_uncoded_text_enters_no_count(study):
    study = with_uncoded(study)
    assert list(coded_sources(study).source_id) == ["arden1987", "brill1987"]
    assert "cole1988" not in set(credit_and_blame(study).unit)
    assert "cole1988" not in set(missing_functions(study).source_id)
    assert "cole1988" not in set(extraction_quality(study).source_id)


def test_of_a_text_that_quotes_many_the_least_quoted_are_drawn_as_one(study):
    routes, sources = quotation_routes(study), source_table(study)
    own = routes[routes.source_id == "arden1987"].head(1)
    many = pd.concat([own.assign(speaker=f"Speaker {n}", n_words=100 - n) for n in range(40)], ignore_index=True)
    figure, said = plot_sourcing(many, sources)
    words = [text.get_text().replace("\n", " ") for text in figure.axes[0].texts]
    assert "Speaker 12\xa0(88)" in words
    assert f"27 others\xa0({sum(100 - n for n in range(13, 40))})" in words
    assert not any("Speaker 13" in text for text in words)
    assert "27 others" in said.alt
