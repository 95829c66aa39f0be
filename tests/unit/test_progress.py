"""How far texts are: a line a text, and of one text what is left, with the command or the file."""

import pandas as pd
import pytest

from analysis.coding.annotations import coded_annotations
from analysis.corpus.errors import DataError
from analysis.corpus.reader import load_corpus
from analysis.intake.drafts import CHECK
from analysis.intake.progress import study_status, text_status
from analysis.intake.take_in import take_in
from tests.support.corpora import with_table
from tests.support.uncoded import uncode

ID = "cole1988"


@pytest.fixture
def coded(folder, study):
    """The study with one of its texts coded once, as a file of annotations leaves it."""
    uncode(folder, ID)
    take_in(
        folder,
        ID,
        [*coded_annotations(study, ID, "1"), *(one for one in coded_annotations(study, ID) if one.coding == "comparisons")],
        "1",
        "f",
    )
    return folder


def test_a_study_has_a_line_a_text_in_order_of_publication(study):
    lines = study_status(study)
    assert [line.partition(":")[0] for line in lines] == ["arden1987", "brill1987", "cole1988"]
    assert lines[0] == "arden1987: coded twice and adjudicated; 31 rows; nothing is left to be done"
    assert "coded once; 34 rows; next: pass 2: no row: analysis add --codings FILE --id cole1988 --pass 2" in lines[2]


def test_an_uncoded_text_is_to_be_coded(folder):
    lines = text_status(load_corpus(uncode(folder, ID)), ID)
    assert lines[0] == "cole1988: not coded yet"
    assert lines[-2] == "-> no coding: analysis code cole1988, or analysis add --codings FILE --id cole1988 --pass 1"
    assert lines[-1] == "The book can be built now: make book"


def test_what_was_drafted_is_left_to_be_done(coded):
    lines = text_status(load_corpus(coded), ID)
    assert lines[0] == "cole1988: coded once"
    assert "   pass 1: provisions 5, responsibility 5, frames 3, events 3, claims 5" in lines
    assert "-> 4 quotations drafted and not looked over: open analysis code cole1988 and look them over" in lines
    assert "   1 cell not in words (berths): write at most six words into gist in study/book_table.csv" in lines
    assert any(line.startswith("   not placed in firmness: code its strongest words") for line in lines)
    assert lines[-4:] == [
        "The book can be built now: make book",
        "What may wait:",
        "   5 relations of 6 not compared yet: write relation and note in study/codings/relations.csv",
        "   pass 2: no row: analysis add --codings FILE --id cole1988 --pass 2",
    ]


def test_a_drafted_cell_of_several_voices_or_of_unsure_rows_is_to_be_looked_at(coded):
    corpus = load_corpus(coded)
    rows, cells = corpus.tables["codings/provisions.csv"], corpus.tables["book_table.csv"]
    own = (cells.source_id == ID) & (cells.term == "berths")
    other = rows[rows.source_id == ID].iloc[[0]].assign(dimension="K1", attributed_to="Una Rell")
    key = f"provisions:{other.passage_id.iloc[0]}:{other.start.iloc[0]}-{other.end.iloc[0]}"
    mixed = with_table(corpus, "codings/provisions.csv", pd.concat([rows, other], ignore_index=True))
    unsure = cells.assign(rests_on=cells.rests_on.where(~own, cells.rests_on + f" ; {key}"), note=cells.note.where(~own, CHECK))
    lines = text_status(with_table(mixed, "book_table.csv", unsure), ID)
    assert any(line.startswith("   whose_word left empty in 1 cell of several voices (berths): write") for line in lines)
    assert any(line.startswith("   1 cell of which the words do not say what rows are theirs (berths): leave") for line in lines)
    assert not any("whose_word" in line or "do not say" in line for line in text_status(corpus, ID))


def test_a_cell_that_says_not_mentioned_although_rows_of_its_dimensions_tell_elsewhere_is_to_be_looked_at(study):
    cells = study.tables["book_table.csv"]
    shared = with_table(study, "book_table.csv", cells.assign(dimensions=cells.dimensions.where(cells.term != "reef", "K1;K5")))
    told = [line for line in text_status(shared, ID) if "although there are rows of their dimensions" in line]
    assert told == [
        "-> 1 cell not mentioned, although there are rows of their dimensions (reef): "
        "look in study/book_table.csv where the rows of these dimensions belong; if not here, say why in note"
    ]
    argued = shared.tables["book_table.csv"].assign(note="The rows tell of K1 alone.")
    assert not any("although there are rows" in line for line in text_status(with_table(study, "book_table.csv", argued), ID))
    assert not any("although there are rows" in line for line in text_status(study, ID))


def test_a_second_pass_waits_to_be_adjudicated(coded, study):
    take_in(coded, ID, coded_annotations(study, ID, "1"), "2", "f")
    lines = text_status(load_corpus(coded), ID)
    assert lines[0] == "cole1988: coded once; second pass in, not yet adjudicated"
    assert lines[-1].endswith("analysis add --codings FILE --id cole1988 --pass adjudicated")


def test_words_without_syllables_and_what_the_text_argues_are_named(study):
    syllables = study.tables["syllables.csv"]
    lacking = with_table(study, "syllables.csv", syllables[syllables.word != "blockade"])
    first = next(name for name, raw in study.raw.items() if "blockade" in raw.lower())
    assert any(
        line == f"-> syllables of 1 word not counted (blockade): analysis syllables --accept {first}"
        for line in text_status(lacking, first)
    )
    sources = study.sources.assign(argument="", summary="")
    assert "-> no argument and no summary: write it in study/sources.csv" in text_status(
        with_table(study, "sources.csv", sources), "arden1987"
    )


def test_an_unknown_text_is_told(study):
    with pytest.raises(DataError, match="'nobody' is the id of no text"):
        text_status(study, "nobody")


def test_a_spelling_that_no_form_finds_is_told_with_the_row_to_add(study):
    names = study.tables["names.csv"]
    others = names.assign(
        form=names.form.replace("Lanne", "Lannes"), pattern=names.pattern.str.replace(r"Lanne\b", r"Lannes\b", regex=False)
    )
    told = [line for line in text_status(with_table(study, "names.csv", others), "arden1987") if "names.csv" in line]
    assert told == [r"-> 1 spelling not in names.csv: add to study/names.csv: spelling: the town,Lanne,\bLanne\b,"]
    without = names[~names.concept.str.startswith("spelling: ")]
    assert not [line for line in text_status(with_table(study, "names.csv", without), "arden1987") if "names.csv" in line]
