"""A sixth text needs data files only: every table and figure takes it without a change of code (the chapters: test_hostile)."""

import shutil

import pytest

from analysis.coding.claims import corroboration
from analysis.coding.events import event_counts
from analysis.coding.framing import credit_and_blame
from analysis.coding.multiverse import HOLDS, one_change
from analysis.coding.quotations import quotations_by_text
from analysis.coding.reliability import agreement_table
from analysis.coding.terms import coded_counts
from analysis.corpus.reader import DATA_FOLDER, load_corpus
from analysis.corpus.segment import passages, quotation_offsets, tokenize_passages
from analysis.corpus.speech import quotation_table
from analysis.corpus.texts import source_table
from analysis.display.published_tables import MAKERS, make_table
from analysis.figures.base import to_svg
from analysis.stylometry.keyness import prior_sensitivity
from analysis.stylometry.measures import measure_table
from analysis.stylometry.naming import form_frequencies
from analysis.validation.validate import data_problems
from tests.support.hostile import add_sixth

ID, SHORT = "quill2022", "Nobody 2022"


@pytest.fixture
def six_folder(data):
    """A copy of the data with the sixth text."""
    add_sixth(data)
    return data


@pytest.fixture(scope="module")
def six(tmp_path_factory):
    data = shutil.copytree(DATA_FOLDER, tmp_path_factory.mktemp("six") / "data")
    add_sixth(data)
    return load_corpus(data)


def test_its_data_are_sound_but_for_words_whose_syllables_nobody_counted(six_folder):
    assert data_problems(six_folder) == []
    shutil.copy(DATA_FOLDER / "syllables.csv", six_folder)
    (problem,) = data_problems(six_folder)
    assert "lacks ada" in str(problem)
    assert "(quill2022)" in str(problem)


def test_every_table_has_it(six):
    for name in MAKERS:
        table = make_table(name, six)
        assert name in ("instruments", "multiverse", "reliability") or ID in set(table.source_id), name


def test_every_figure_shows_it(six, figures):
    for name, (figure, text) in figures(six).items():
        assert to_svg(figure)
        assert name in ("tool_rates", "growth") or SHORT in text.alt, name


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
    before, after = (agreement_table(texts).set_index(["table", "variable"]) for texts in (load_corpus(), six))
    assert after.n["provisions", "described"] == before.n["provisions", "described"] + 5 * 21
    assert after.alpha["responsibility", "credited or blamed"] < 1
    assert event_counts(six)[ID].sum() == 3
    assert corroboration(six).query('position == "Russia\'s attack"').n_clusters.item() == 1
    assert set(one_change(six)["as stated"]) == {HOLDS}
    assert "without Nobody 2022" in one_change(six)


def test_its_scores_are_missing_with_the_reason(six):
    table = measure_table(six).query("source_id == @ID and scope == 'all' and method != 'textstat'").set_index("measure")
    assert table.status["SMOG"] == "n/a: 9 sentences, needs 30"
    assert table.status["hapax share"].startswith("n/a: ")
    assert table.value.isna().equals(table.status != "ok")
    assert table.low.isna().all()  # too few sentences for an interval
    assert ID in set(prior_sensitivity(six).source_id)
