"""A fresh run of the chapters gives the results that were committed."""

import json

import nbformat
import pytest

from book.lint.links import link_faults, other_sites
from book.lint.loaded_terms import loaded_terms_of_outputs
from book.lint.typed_numbers import unquoted_numbers
from book.notebooks import ROOT, notebook_names
from book.run.snapshot import _PREFIX, _diff, changed_results, notebook_results, write_expected

CHAPTERS = notebook_names(ROOT)


@pytest.mark.promise("results")
@pytest.mark.parametrize("name", CHAPTERS)
def test_a_fresh_run_gives_the_expected_results(executed, name):
    assert changed_results(ROOT, {name: executed[name]}) == ""


def test_there_are_expected_results_for_every_chapter_and_no_others():
    files = {str(file.relative_to(ROOT / "tests/expected").with_suffix("")) for file in (ROOT / "tests/expected").rglob("*.json")}
    assert files == set(CHAPTERS)


def test_a_changed_result_is_shown_as_a_difference(tiny_book, executed):
    root = tiny_book("# Title")
    write_expected(root, {"index": executed["index"]})
    assert changed_results(root, {"index": executed["index"]}) == ""
    changed = nbformat.from_dict(json.loads(json.dumps(executed["index"])))
    (output,) = (output for cell in changed.cells for output in cell.get("outputs", []) if scrap(output) == "n_texts_in_words")
    output.data[f"{_PREFIX}text/plain"] = "'six'"
    shown = changed_results(root, {"index": changed}).splitlines()
    assert shown[:2] == ["--- index, committed", "+++ index, now"]
    assert [line.rstrip(",") for line in shown[3:]] == ['- "n_texts_in_words": "\'five\'"', '+ "n_texts_in_words": "\'six\'"']


def scrap(output):
    return output.get("metadata", {}).get("scrapbook", {}).get("name")


def test_the_rows_of_tables_and_figures_are_results_too(executed):
    found = notebook_results(executed["chapters/texts"])
    assert found["fig-publication-lag"][0].startswith("source_id,")
    assert len(found["fig-publication-lag"]) == 6
    changed = nbformat.from_dict(json.loads(json.dumps(executed["chapters/texts"]).replace("usip2022,", "usip2023,")))
    assert len([name for name, value in notebook_results(changed).items() if value != found[name]]) == 2


def test_a_missing_file_of_expected_results_is_a_difference(tmp_path):
    assert _diff(tmp_path / "none.json", "one", "{}\n") == "--- one, committed\n+++ one, now\n@@ -0,0 +1 @@\n+{}\n"


def test_a_name_given_twice_is_refused(executed):
    twice = nbformat.from_dict({"cells": executed["index"].cells * 2})
    with pytest.raises(ValueError, match="is named twice"):
        notebook_results(twice)


@pytest.mark.promise("fair words")
def test_no_caption_or_alternative_text_uses_one(executed):
    assert loaded_terms_of_outputs(ROOT, executed) == []


@pytest.mark.promise("references")
def test_every_link_of_the_book_is_well_formed(html):
    assert link_faults(html) == []
    assert len(other_sites(html)) > 20


@pytest.mark.promise("numbers")
def test_no_chapter_defines_a_number_that_its_prose_does_not_quote(executed):
    assert unquoted_numbers(ROOT, executed) == []
