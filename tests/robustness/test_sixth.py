"""A sixth text needs data files only: every table, figure and chapter takes it without a change of code."""

import shutil
import subprocess
import sys

import pytest
from bs4 import BeautifulSoup

from analysis.coding.claims import corroboration
from analysis.coding.events import event_counts
from analysis.coding.framing import credit_and_blame
from analysis.coding.multiverse import Specification, verdicts
from analysis.coding.quotations import quotations_by_text
from analysis.coding.reliability import agreement_table
from analysis.coding.terms import coded_counts
from analysis.corpus.reader import load_corpus
from analysis.corpus.segment import passages, quotation_offsets, tokenize_passages
from analysis.corpus.speech import quotation_table
from analysis.corpus.texts import source_table
from analysis.display.published_tables import MAKERS, make_table
from analysis.figures.base import narrow_width, to_svg
from analysis.stylometry.keyness import prior_sensitivity
from analysis.stylometry.measures import measure_table
from analysis.stylometry.naming import form_frequencies
from analysis.validation.validate import data_problems
from book.notebooks import ROOT, notebook_names
from tests.support.hostile import add_sixth

ID, SHORT = "quill2022", "Nobody 2022"


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """A copy of the project with the sixth text in its data."""
    root = tmp_path_factory.mktemp("six") / "project"
    ignored = shutil.ignore_patterns(".venv", "_build", ".git", "tests", ".pytest_cache", ".ruff_cache", "__pycache__")
    shutil.copytree(ROOT, root, ignore=ignored)
    add_sixth(root / "data")
    return root


@pytest.fixture(scope="module")
def six(root):
    return load_corpus(root / "data")


@pytest.fixture(scope="module")
def built(root):
    """The pages of the book with six texts: {name: BeautifulSoup}."""
    run = subprocess.run([sys.executable, "-m", "book", "build"], cwd=root, capture_output=True,
                         text=True, check=False)  # fmt: skip
    assert run.returncode == 0, run.stdout + run.stderr
    html = root / "_build/html"
    return {name: BeautifulSoup((html / f"{name}.html").read_text(encoding="utf-8"), "html.parser") for name in notebook_names(root)}


def test_its_data_are_sound(root):
    assert data_problems(root / "data") == []


def test_the_banner_counts_it(built):
    assert "how six short texts describe" in built["index"].select_one(".landing").text


def test_a_word_whose_syllables_nobody_counted_is_named(root, tmp_path):
    data = shutil.copytree(root / "data", tmp_path / "data")
    shutil.copy(ROOT / "data/syllables.csv", data)
    (problem,) = data_problems(data)
    assert "lacks 1.5, 2, ada" in str(problem)
    assert "(quill2022)" in str(problem)


def test_every_table_has_it(six):
    for name in MAKERS:
        table = make_table(name, six)
        assert name == "reliability" or ID in set(table.source_id), name


def test_every_figure_shows_it(six, figures):
    with narrow_width():
        narrow = figures(six)
    for name, figure in [*figures(six).items(), *narrow.items()]:
        assert to_svg(figure)
        assert name in ("agreement", "tool_rates", "growth") or SHORT in figure.description.alt, name


def test_its_traps_are_read_as_by_hand(six):
    own = passages(six).query("source_id == @ID")
    assert list(own.n_sentences) == [2, 1, 2, 2, 2]
    # Par. 1, counted by hand: "Ph.D.", "1.5" and "U.S." are one word each.
    assert own.n_words.iloc[0] == 37
    tables = (tokenize_passages(six, quotation_offsets, "quote"), quotation_table(six))
    found, hand = (set(zip(table.source_id, table.start, table.end, strict=True)) for table in tables)
    assert {span for span in found if span[0] == ID} == {span for span in hand if span[0] == ID}
    assert quotations_by_text(six).set_index("source_id").speakers[ID] == 2


def test_what_it_says_is_counted(six):
    assert list(coded_counts(six)[ID].loc[lambda column: column > 0].index) == ["D01", "D03", "D04", "D17"]
    counts = credit_and_blame(six).query("unit == @ID and n > 0")
    assert set(zip(counts.actor, counts.valence, strict=True)) == {("Russia", "blamed"), ("Ukraine", "credited"), ("mediator", "credited")}
    assert source_table(six).set_index("source_id").cluster[ID] == "sixth"
    assert form_frequencies(six).query("source_id == @ID and form == 'Ukraine'").n.item() == 2
    before, after = (agreement_table(texts).set_index(["table", "variable"]) for texts in (load_corpus(ROOT / "data"), six))
    assert after.n["provisions", "described"] == before.n["provisions", "described"] + 5 * 20
    assert after.alpha["responsibility", "credited or blamed"] < 1
    assert event_counts(six)[ID].sum() == 3
    assert corroboration(six).query('position == "Russia\'s attack"').n_clusters.item() == 1
    assert verdicts(six, {"all": Specification()})["all"].to_list() == ["holds", "holds", "holds", "holds", "holds", "holds"]


def test_its_scores_are_missing_with_the_reason(six):
    table = measure_table(six).query("source_id == @ID and scope == 'all' and method != 'textstat'").set_index("measure")
    assert table.status["SMOG"] == "n/a: 9 sentences, needs 30"
    assert table.status["hapax share"].startswith("n/a: ")
    assert table.value.isna().equals(table.status != "ok")
    assert table.low.isna().all()  # too few sentences for an interval
    assert ID in set(prior_sensitivity(six).source_id)


def test_every_chapter_takes_it(built):
    for name, page in built.items():
        if name not in ("index", "chapters/codebook", "chapters/findings", "chapters/cost"):  # these name no text of themselves
            assert SHORT in page.get_text(), name
    assert "This book reads 6 short texts" in built["index"].get_text()


def test_its_signs_are_shown_as_text(built):
    page = built["chapters/evidence"]
    assert not [b for b in page.find_all("b") if b.get_text() == "anything"]
    assert page.find(id=ID)
