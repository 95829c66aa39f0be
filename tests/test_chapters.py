"""The committed notebooks are clean, and a fresh run gives the results that were committed."""

import json

import nbformat
import pytest

from book.chapters import ROOT, notebooks
from book.hygiene import notebook_faults
from book.results import as_text, expected_file, results, write_expected

CHAPTERS = notebooks(ROOT)


@pytest.mark.parametrize("name", CHAPTERS)
def test_committed_notebooks_are_clean(name):
    assert notebook_faults(ROOT, name) == []


@pytest.mark.parametrize("name", CHAPTERS)
def test_a_fresh_run_gives_the_expected_results(executed, name):
    assert as_text(results(executed[name])) == expected_file(ROOT, name).read_text(encoding="utf-8")


def test_there_are_expected_results_for_every_chapter_and_no_others():
    files = {str(file.relative_to(ROOT / "tests/expected").with_suffix("")) for file in (ROOT / "tests/expected").rglob("*.json")}
    assert files == set(CHAPTERS)


def spoiled(root, change):
    notebook = nbformat.read(root / "index.ipynb", as_version=4)
    change(notebook)
    nbformat.write(notebook, root / "index.ipynb")
    return notebook_faults(root, "index")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            lambda book: book.cells[1].outputs.append(nbformat.v4.new_output("stream", text="1")),
            "cell 2 (begins: x = 1): is committed with its output",
        ),
        (lambda book: book.cells[1].update(execution_count=1), "is committed with its output"),
        (lambda book: book.metadata.kernelspec.update(name="other"), "metadata differ"),
        (lambda book: book.cells[1].update(source="open('/home/me/data')"), "holds a path of one machine"),
        (lambda book: book.cells[0].update(source="Text"), "has 0 headings of level 1"),
        (lambda book: book.cells[0].update(source="# One\n\n# Two"), "has 2 headings of level 1"),
        (lambda book: book.cells[0].update(source=" "), "cell 1 (empty): has no content"),
    ],
)
def test_a_planted_fault_in_a_notebook_is_named(tiny_book, change, message):
    root = tiny_book("# Title", "code: x = 1")
    assert notebook_faults(root, "index") == []
    assert any(message in fault for fault in spoiled(root, change))


def test_a_changed_result_differs_from_the_expected_one(tiny_book, executed):
    root = tiny_book("# Title")
    (file,) = write_expected(root, {"index": executed["index"]})
    before = json.loads(file.read_text())
    assert before["n_texts"] == "'5'"
    executed_again = nbformat.from_dict(json.loads(json.dumps(executed["index"]).replace("'5'", "'6'")))
    assert as_text(results(executed_again)) != file.read_text()


def test_a_name_given_twice_is_refused(executed):
    twice = nbformat.from_dict({"cells": executed["index"].cells * 2})
    with pytest.raises(ValueError, match="is named twice"):
        results(twice)
