"""Bad data get a message with file, row, column and remedy."""

import inspect
from collections import Counter, defaultdict

import pytest

from analysis.corpus.errors import DataError
from analysis.corpus.reader import load_corpus
from analysis.validation.validate import data_problems
from tests.support.corpora import STUDY
from tests.support.spoiled import FAULTS, drop, swap


def test_the_study_is_sound():
    assert data_problems(STUDY) == []


def batches():
    """The names of FAULTS in groups that are planted together: no two in one file; those in what other tables refer to stand alone."""
    groups, seen = defaultdict(list), Counter()
    for name, (spoil, _) in FAULTS.items():
        file = inspect.getclosurevars(spoil).nonlocals.get("name", "sources")
        alone = file.startswith(("sources", "zones", "codebook", "instruments", "people", "references", "cmudict"))
        groups[name if alone else seen[file]].append(name)
        seen[file] += 1
    return list(groups.values())


@pytest.mark.promise("bad input")
@pytest.mark.parametrize("names", batches(), ids=lambda names: f"{names[0]}{', ...' * (len(names) > 1)}")
def test_every_fault_is_named_with_its_remedy(folder, names):
    for name in names:
        FAULTS[name][0](folder)
    found = [str(problem) for problem in data_problems(folder)]
    assert [name for name in names if not any(FAULTS[name][1] in problem for problem in found)] == []
    assert all(". Remedy: " in problem and problem.startswith("study/") for problem in found)


def test_a_cell_may_stay_silent_beside_rows_of_its_dimension_if_its_note_says_why(folder):
    told = "unspecified,both flags stay,mentioned,provisions:brill1987-p03:430-477,,"
    swap("book_table.csv", told, ",not mentioned,,,,")(folder)
    (problem,) = map(str, data_problems(folder))
    assert "is 'not mentioned' although there is provisions:brill1987-p03:430-477. Remedy: say in a few words" in problem
    swap("book_table.csv", "reef,K5,brill1987,,not mentioned,,,,", "reef,K5,brill1987,,not mentioned,,,,Of flags alone.")(folder)
    assert data_problems(folder) == []


@pytest.mark.parametrize(
    "name",
    [
        "a missing text", "an altered byte", "a text in Latin-1", "an empty text", "a byte-order mark", "CRLF line ends",
        "a zone gap", "a zone overlap", "a zone past the end", "a zone that is not a number", "a text without a body",
        "an id that is a path", "a missing column", "a renamed column", "a row too short", "a missing table",
    ],
)  # fmt: skip
def test_a_corpus_with_broken_texts_or_tables_does_not_load(folder, name):
    spoil, message = FAULTS[name]
    spoil(folder)
    with pytest.raises(DataError) as caught:
        load_corpus(folder)
    assert message in str(caught.value)


def test_rows_of_texts_that_are_coded_as_said_are_sound(folder):
    """A text coded twice may lack rows in any file; one coded once may hold a second pass that nobody adjudicated yet."""
    for name in ("guarantors", "guarantors.pass1", "guarantors.pass2", "strengths"):
        file = folder / f"codings/{name}.csv"
        file.write_text("".join(line for line in file.open(encoding="utf-8") if not line.startswith("brill1987")), encoding="utf-8")
    swap("codings/provisions.csv", "islands use the berths", "islands use " + "the " * 20 + "berths")(folder)  # 25 words, as many as may be
    assert data_problems(folder) == []
    swap("sources.csv", "brill,twice", "brill,once")(folder)
    assert data_problems(folder) == []
    swap("sources.csv", "brill,once", "brill,uncoded")(folder)
    coded = {problem.file for problem in data_problems(folder)}
    assert coded - {"study/book_table.csv", "study/sources.csv"} == {f"study/codings/{name}.csv" for name in
                     ("provisions", "provisions.pass1", "provisions.pass2", "relations", "responsibility", "responsibility.pass1",
                      "responsibility.pass2", "frames", "frames.pass1", "frames.pass2", "events", "events.pass1", "events.pass2",
                      "claims", "claims.pass1", "claims.pass2", "comparisons", "source_checks")}  # fmt: skip


def test_an_uncoded_text_may_lack_its_cells_or_leave_them_empty(folder):
    swap("sources.csv", "brill,twice", "brill,uncoded")(folder)
    swap("book_table.csv", "unspecified,shared,mentioned,provisions:brill1987-p03:362-378", ",,,")(folder)
    drop("book_table.csv", [8])(folder)
    assert [problem for problem in data_problems(folder) if problem.file.endswith("book_table.csv")] == []


def test_a_text_may_be_silent_on_what_another_cell_of_it_tells(folder):
    """Cole tells of K1 under the berths; the flags, widened to K1, may then be silent of it: the rows are told."""
    for source_id in ("note1987", "arden1987", "brill1987", "cole1988"):
        swap("book_table.csv", f"reef,K5,{source_id}", f"reef,K5;K1,{source_id}")(folder)
    assert data_problems(folder) == []


def test_not_agreed_is_no_agreement(folder):
    swap("book_table.csv", "both flags stay", "flags not agreed")(folder)
    assert data_problems(folder) == []
