"""With a sixth text not coded yet, coded once or coded twice, each sentence of each page is true, or the build stops and names it."""

import json
import re
import shutil

import pandas as pd
import pytest

from analysis.corpus.reader import DATA_FOLDER, load_corpus
from analysis.display.published_tables import MAKERS
from analysis.display.quantities import TABLES, what_holds
from analysis.display.statuses import coding_in_words
from analysis.validation.validate import data_problems
from book.lint.headlines import headline_faults
from book.lint.quantifiers import quantifier_faults
from book.notebooks import ROOT, notebook_names
from book.run.snapshot import expected_file
from tests.support.chapters import run_chapter
from tests.support.corpora import with_table
from tests.support.statuses import ID, SHORT, STATUSES, add_in_status

# Pages whose numbers rest on words and on what is known of the texts, and so take in one that is not coded; figures and tables by dates.
OF_WORDS = {"chapters/language", "chapters/record-style", "chapters/record-texts"}
BY_DATE = {"fig-line", "fig-publication-lag", "fig-what-was-known"}
SAY_WHICH = {"coded", "n_texts_in_words"}  # the words that say how many texts are coded, and which
HOLDS = re.compile(r"\{holds\}`([^`]*)`")


@pytest.fixture(scope="module")
def studies(tmp_path_factory):
    """The data with the sixth text in each status."""
    found = {}
    for status in STATUSES:
        data = shutil.copytree(DATA_FOLDER, tmp_path_factory.mktemp(status) / "data")
        add_in_status(data, status)
        assert data_problems(data) == []
        found[status] = load_corpus(data)
    return found


@pytest.fixture(scope="module")
def uncoded(studies):
    """Every chapter with the text not coded yet."""
    return {name: run_chapter(name, studies["uncoded"]) for name in notebook_names(ROOT)}


def committed(name):
    return json.loads(expected_file(ROOT, name).read_text(encoding="utf-8"))


def statements(name):
    """The conditions that stand in a page."""
    cells = json.loads((ROOT / f"{name}.ipynb").read_text(encoding="utf-8"))["cells"]
    return [content for cell in cells for content in HOLDS.findall("".join(cell["source"]))]


def test_no_sentence_is_false_while_the_text_is_not_coded(studies):
    assert quantifier_faults(studies["uncoded"], ROOT) == []
    assert headline_faults(studies["uncoded"], ROOT) == []


@pytest.mark.slow
def test_a_text_that_is_not_coded_enters_no_count_of_codings(uncoded):
    changed = []
    for name in sorted(set(uncoded) - OF_WORDS):
        for key, before in committed(name).items():
            now = uncoded[name].results[key]
            if key in SAY_WHICH:
                assert now != before, (name, key)
            elif isinstance(before, str):
                changed += [(name, key, now)] * (now.replace("fully checked text", "text").replace("coded text", "text") != before)
            elif key not in BY_DATE:
                changed += [(name, key)] * (len(now) != len(before) or any(ID in row for row in now))
    assert changed == []
    for run in (uncoded[name] for name in set(uncoded) - OF_WORDS):
        for figure, alt in run.alts.items():
            assert figure in BY_DATE or alt.count(SHORT) == alt.count(f"{SHORT}: not yet coded") + alt.count(f"{SHORT}, not yet coded"), (
                figure
            )


@pytest.mark.slow
def test_its_words_are_measured_all_the_same(uncoded):
    assert uncoded["chapters/record-texts"].results["n_texts"] == "'6'"
    assert SHORT in uncoded["chapters/record-style"].alts["fig-readability"]
    assert SHORT in uncoded["chapters/language"].shown


@pytest.mark.slow
def test_the_pages_say_that_it_is_not_yet_coded(uncoded):
    front = uncoded["index"].shown
    assert f"<strong>{SHORT} (not yet coded)</strong>" in front  # on the line
    assert "106 words; not yet coded</p><p>What it argues is not yet written.</p>" in front  # its card
    assert front.count(f'<td data-text="{ID}" data-level="none">not yet coded</td>') == 10  # its column
    assert f"{SHORT}<span>106 words, not yet coded</span>" in uncoded["chapters/texts"].shown
    assert f"{SHORT}: not yet coded, so without cards here." in uncoded["chapters/compare"].shown
    assert re.search(rf"{SHORT}.*?not yet coded", uncoded["chapters/firmness"].shown, re.DOTALL)


@pytest.mark.parametrize("status", ["once", "twice"])
def test_each_condition_that_fails_is_named_with_its_sentence_and_what_would_be_true(studies, status):
    texts = studies[status]
    false = {content for name in notebook_names(ROOT) for content in statements(name) if what_holds(texts, content, {**MAKERS, **TABLES})}
    faults = quantifier_faults(texts, ROOT)
    assert len(false) > 1
    for content in false:
        assert any(f"it stands under {content!r}, but the data say " in fault for fault in faults), content
    for fault in faults:
        assert re.match(r"chapters/[\w-]+\.ipynb, cell \d+, line \d+: “[^”]+", fault), fault


@pytest.mark.parametrize("status", ["once", "twice"])
def test_until_the_sentences_are_read_over_none_stops_the_build(studies, status):
    sources = studies[status].sources
    joined = with_table(studies[status], "sources.csv", sources.assign(in_prose=sources.in_prose.where(sources.source_id != ID, "no")))
    assert quantifier_faults(joined, ROOT) == []
    assert headline_faults(joined, ROOT) == []


@pytest.mark.slow
def test_every_chapter_runs_on_a_text_coded_once(studies):  # coded twice: test_hostile
    for name in notebook_names(ROOT):
        assert run_chapter(name, studies["once"]).results or name.startswith("chapters/evidence-"), name


def test_a_text_coded_once_is_counted_and_marked(studies):
    front, texts_page, compared = (run_chapter(name, studies["once"]) for name in ("index", "chapters/texts", "chapters/compare"))
    assert front.results["n_texts_in_words"] == "'six'"
    assert "106 words; coded once</p>" in front.shown
    assert "; coded once</small></th>" in front.shown
    assert f"{SHORT}<span>106 words, coded once</span>" in texts_page.shown
    assert f"<h3>{SHORT} <small>(coded once)</small></h3>" in compared.shown
    assert coding_in_words(studies["once"]).endswith(f"are coded twice; {SHORT} is coded once")


# A row that contradicts a sentence, and the beginning of that sentence.
CONTRADICTIONS = [
    ("provisions", {"dimension": "D08"}, "Read from card to card"),
    ("strengths", {"strength": "binding duty to send forces"}, "A duty to fight"),
    ("source_checks", {"verdict": "differs"}, "These are the statements that differ"),
    ("responsibility", {"matter": "talks", "valence": "blamed", "actor": "Ukraine", "voice": "author"}, "No text, in its own name"),
    ("events", {"date": "1899-01-01"}, "Read by its dates"),
    ("events", {"event_id": "antalya"}, "A text of March 2022 could know"),
    ("comparisons", {"position": "both sides suspended them"}, "Who or what stopped"),
]


@pytest.mark.parametrize(("table", "cells", "sentence"), CONTRADICTIONS)
def test_a_row_that_contradicts_a_sentence_stops_the_build(studies, table, cells, sentence):
    name = f"codings/{table}.csv"
    rows = studies["once"].tables[name]
    if table == "comparisons":
        cells = {"position": rows.position[rows.source_id == "charap2022"][rows.topic == "who or what stopped the talks"].iloc[0]}
    own = rows[rows.source_id == ID].head(1).assign(**cells)
    faults = quantifier_faults(with_table(studies["once"], name, pd.concat([rows, own], ignore_index=True)), ROOT)
    assert any(f": “{sentence}" in fault for fault in faults), faults


def with_level(corpus, level):
    """The Corpus in which the sixth text has a level for neutrality."""
    rows = corpus.tables["codings/provisions.csv"]
    own = (rows.source_id == ID) & (rows.dimension == "D01")
    return with_table(corpus, "codings/provisions.csv", rows.assign(level=rows.level.mask(own, level)))


def test_a_row_that_contradicts_a_headline_stops_the_build(studies):
    faults = headline_faults(with_level(studies["once"], "agreed"), ROOT)
    assert any("'agreement' no longer holds" in fault and ID in fault for fault in faults)


def test_a_finding_that_leaves_a_text_out_does_not_rest_on_it(studies):
    sources = studies["once"].sources
    joined = with_table(studies["once"], "sources.csv", sources.assign(in_prose=sources.in_prose.where(sources.source_id != ID, "no")))
    items = re.findall(r"<li>.*?</li>", run_chapter("chapters/findings", with_level(joined, "agreed")).shown, re.DOTALL)
    rests = {("leaves out" in item, SHORT in item.partition("Rests on:")[2]) for item in items if "Rests on:" in item}
    assert (True, False) in rests
    assert (False, True) in rests
    assert (True, True) not in rests
