"""Every number that a cell defines is quoted, and a chapter can choose among the numbers of single texts."""

from types import SimpleNamespace

import nbformat
import pytest

from analysis.display.numbers.proposals import proposals_numbers
from analysis.display.numbers.record_framing import record_framing_numbers
from book.lint.typed_numbers import unquoted_numbers
from book.notebooks import BookError
from book.pipeline import lint_outputs
from book.run.snapshot import _PREFIX


def executed_with(*names):
    """A notebook that defined numbers of these names, and showed a table."""
    outputs = [
        nbformat.v4.new_output("display_data", {f"{_PREFIX}text/plain": "'5'"}, metadata={"scrapbook": {"name": name}}) for name in names
    ]
    shown = nbformat.v4.new_output("display_data", {"text/csv": "a\n1\n"}, metadata={"table": {"name": "tab-one", "caption": "One"}})
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("show.numbers()", outputs=[*outputs, shown])])


def test_a_number_that_its_own_page_does_not_quote_is_named_and_stops_the_build(tiny_book, texts):
    root = tiny_book("# Title", "- {glue:text}`one` and **{glue:text}`two`**\n\n| a |\n|---|\n| {glue:text}`three` |", "`four`, code: five")
    assert unquoted_numbers(root, {"index": executed_with("one", "two", "three")}) == []
    found = unquoted_numbers(root, {"index": executed_with("one", "four", "five")})
    assert [fault.partition(", which")[0] for fault in found] == [
        "index.ipynb: defines the number 'five'",
        "index.ipynb: defines the number 'four'",
    ]
    with pytest.raises(BookError, match=r"^index\.ipynb: defines the number 'four', .* Remedy: quote it"):
        lint_outputs(SimpleNamespace(root=root, executed={"index": executed_with("one", "four")}))


def test_numbers_of_single_texts_are_those_that_are_asked_for(texts):
    assert proposals_numbers(texts) == {}
    for source_id, own in texts.tables["codings/provisions.csv"].groupby("source_id"):
        name = f"{source_id}_statements"
        assert proposals_numbers(texts, name) == {name: len(own)}
    moral = texts.tables["codings/frames.csv"].query("function == 'moral' and source_id == 'usip2022'")
    found = record_framing_numbers(texts, "usip2022_moral_rows", "usip2022_moral_own")
    assert (found["usip2022_moral_rows"], found["usip2022_moral_own"]) == (len(moral), (moral.voice == "author").sum())
    with pytest.raises(KeyError, match="nobody2022_statements"):
        proposals_numbers(texts, "nobody2022_statements")
