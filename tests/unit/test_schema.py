"""The declaration of the tables: it is cheap to import, and what is said of the tables elsewhere says the same."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from analysis.corpus import columns
from analysis.corpus.schema import INPUT_TABLES, cited_keys
from analysis.corpus.vocabulary import CODED_VARIABLES
from analysis.validation.rules import keeps

DATA = Path(__file__).parents[2] / "data"


def test_the_declaration_loads_no_library():
    loaded = "import sys, analysis.display.contract; print([name for name in ('numpy', 'pandas', 'pandera') if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_the_readmes_say_what_a_row_of_each_table_is():
    text = "".join((DATA / folder / "README.md").read_text(encoding="utf-8") for folder in ("", "codings"))
    said = dict(re.findall(r"^\| `([\w.]+)` \| (.*?) \|", text, flags=re.MULTILINE))
    rows = {name.removeprefix("codings/"): table.row for name, table in INPUT_TABLES.items() if ".pass" not in name}
    twice = {"strengths.csv"}  # a scale, and a coding on it
    assert {name: said[name] for name in rows.keys() - twice} == {name: rows[name] for name in rows.keys() - twice}
    assert all(f"| `strengths.csv` | {INPUT_TABLES[name].row} |" in text for name in ("strengths.csv", "codings/strengths.csv"))


def test_the_codebook_defines_the_values_of_the_columns_that_refer_to_it():
    referring = {
        column.name
        for table in INPUT_TABLES.values()
        for column in table.columns
        if column.refers and column.refers.file == columns.CODEBOOK.file
    }
    named = {"kind", "role"}  # what quotations and guarantors have; the columns themselves list their values
    assert referring == set(CODED_VARIABLES) - named


@pytest.mark.parametrize(
    ("rule", "kept", "broken"),
    [
        (columns.NAME, ["a", "a b", "x" * 60], ["", " a", "a ", "a\nb", "x" * 61]),
        (columns.at_most(2), ["one", " one\ntwo "], ["", " \n", "one two three"]),
        (columns.BASIS, ["stated", "stated+found:a1", "inferred:a;b"], ["found", "stated:a", "guessed:a", "found:a;"]),
        (columns.ALIASES, ["A", "A; B"], ["", ";", "A;;B", "A; ", " ;A"]),
        (columns.LOWER_CASE, ["a", "’s"], ["", " a", "A"]),
        (columns.PATTERN, ["a", r"\bwar"], ["a*", "(", ""]),
        (columns.EDTF_OR_NONE, ["", "2022-03"], ["2022-13"]),
        (columns.one_of(["a.b"]), ["a.b"], ["axb", "", "a.b "]),
    ],
)
def test_a_rule_lets_pass_what_it_says_and_no_more(rule, kept, broken):
    assert [value for value in kept if not keeps(rule, value)] == []
    assert [value for value in broken if keeps(rule, value)] == []


def test_keys_of_works_are_read_from_the_columns_that_cite():
    basis, works = columns.Column("x", "", columns.BASIS, columns.WORK), columns.Column("x", "", refers=columns.WORK)
    assert cited_keys(basis, "stated+found:a;b") == cited_keys(works, "a;b") == ["a", "b"]
    assert cited_keys(basis, "stated") == cited_keys(works, "") == cited_keys(columns.NOTE, "a;b") == []


WRITTEN = {  # by us, wherever they stand
    "act", "claim", "counter_example", "definition", "description", "evidence", "example", "excludes", "explanation", "includes", "label",
    "position", "record", "resolution", "statement", "summary",
}  # fmt: skip


def test_the_words_of_the_authors_are_looked_through_in_every_table():
    """A column that is declared without `words` would hide loaded words. What the passes wrote is kept as it was."""
    unread = {
        (name, column.name)
        for name, table in INPUT_TABLES.items()
        for column in table.columns
        if column.name in WRITTEN and not column.words and ".pass" not in name
    }
    assert unread == set()
    assert {column.name for table in INPUT_TABLES.values() for column in table.columns} >= WRITTEN
