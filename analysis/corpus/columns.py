"""What tables are declared with: columns, rules for their values, references to other tables, and the columns that several tables share."""

import re
from typing import NamedTuple

from analysis.corpus.vocabulary import AUTHOR, GRADES


class Rule(NamedTuple):
    """What a value must be: `form`, a regular expression for the whole of it, and the remedy where it is not.

    Where the form is empty, code tests the value, see `_TESTS`.
    """

    form: str
    remedy: str


class Reference(NamedTuple):
    """Where the values of a column are listed: in a column of another file, and those of `also`; `message` says of others what is wrong."""

    file: str
    column: str
    message: str = "is not in the codebook"
    also: tuple[str, ...] = ()


class Column(NamedTuple):
    """A column: its name; what it holds, in words; what its values must be; its type as Frictionless names it.

    `words` says whose words they are, where those that take a side are looked for: the authors' "own", or a "paraphrase" of a text.
    """

    name: str
    description: str
    rule: Rule | None = None
    refers: Reference | None = None
    words: str = ""
    unique: bool = False
    type: str = "string"


class Table(NamedTuple):
    """A table: what a row is, in words, and its columns in their order."""

    row: str
    columns: tuple[Column, ...]

    @property
    def names(self) -> list[str]:
        return [column.name for column in self.columns]


def declare_table(row: str, *columns: Column) -> Table:
    return Table(row, columns)


def one_of(values: list[str]) -> Rule:
    return Rule("|".join(map(re.escape, values)), "use one of " + ", ".join(values))


def at_most(words: int, least: int = 1) -> Rule:
    form = rf"\s*\S+(\s+\S+){{0,{words - 1}}}\s*"
    return Rule(form if least else f"({form})?", f"use {least} to {words} words")


def _name(longest: int) -> Rule:
    """For what stands in figures, headings and links."""
    return Rule(rf"\S(.{{0,{longest - 2}}}\S)?", f"use 1 to {longest} characters in one line, without spaces around them")


FILLED = Rule(r"\s*\S[\s\S]*", "fill it in")

SHORT, NAME = _name(30), _name(60)

CODERS = Rule(f"({NAME.form})?", "use up to 60 characters in one line, without spaces around them, or none")

LABEL = Rule("[a-z][a-z0-9]{0,39}", "use up to 40 lower-case letters and digits, as in smith2023")

BASIS = Rule(
    "stated|(stated[+])?(found|inferred):[a-z0-9]+(;[a-z0-9]+)*",
    "write stated, found:<key>, stated+found:<key> or inferred:<key>;<key>, with keys of references.bib",
)

ADDRESS = Rule(r"https?://[^\s<>\"]+", "give an address that begins with https://")

SHA256 = Rule("[0-9a-f]{64}", "enter what `sha256sum` prints for the file")

COUNT = Rule("[0-9]{0,2}", "give a whole number, or nothing")

CONDITIONS = Rule(r"[^@()`]+", "compare columns with values by ==, !=, in, and, or")

OFFSET_OR_NONE = Rule("[0-9]{0,9}", "enter an offset into the raw file, or nothing")

DIGIT = Rule("[0-9]", "give the rung as one digit")

DIMENSION_ID = Rule("[A-Z][A-Z0-9]{0,9}", "use up to 10 capital letters and digits, a letter first")

DIMENSIONS = Rule("[A-Z][A-Z0-9]{0,9}(;[A-Z][A-Z0-9]{0,9})*", "join ids of dimensions by semicolons")

ALIASES = Rule(r"\s*[^;\s][^;]*(;\s*[^;\s][^;]*)*", "part the forms by single semicolons")

ONE_KEY = Rule("[^;]+", "name one work")

_EDTF = (
    "write it in EDTF: a day, month, season (2022-21 is spring, 24 winter), year or decade (199X), with ? or ~ where unsure, first/last, "
    "or {one,other}; what is open gets the first or last day that is meant"
)

EDTF_DATE = Rule("", _EDTF)

EDTF_OR_NONE = Rule("", f"{_EDTF}; or leave it empty")

PATTERN = Rule("", "write a regular expression of Python that finds at least one character")

LOWER_CASE = Rule("", "write it in lower case")

TEXT = Reference("sources.csv", "source_id", "is the id of no text")

TEXT_OR_NONE = TEXT._replace(also=("",))

WORK = Reference("references.bib", "", "is no key of references.bib")

CODEBOOK = Reference("codebook_values.csv", "value")  # the rows whose `variable` is the name of the column

_DIMENSIONS = Reference("codebook.csv", "dimension")

STRENGTHS = Reference("strengths.csv", "strength")

VOICES = Reference("people.csv", "name", "is neither author nor a name of people.csv", (AUTHOR,))

SOURCE_ID = Column("source_id", "id of the text: lower-case letters and digits", refers=TEXT)

ROW_KEY_COLUMNS = (SOURCE_ID, Column("passage_id", "paragraph of the body, <source_id>-pNN, numbered from 1 in reading order"))

OFFSETS = (
    Column("start", "offset of the first character in the raw file, in Unicode code points from 0", type="integer"),
    Column("end", "offset behind the last character in the raw file: raw[start:end] is the stretch", type="integer"),
)

NOTE = Column("note", "the rule behind a hard decision, or what could mislead")

OWN_NOTE = NOTE._replace(words="own")

DIMENSION = Column("dimension", "dimension of a settlement, as codebook.csv defines it", DIMENSION_ID, _DIMENSIONS)

WORKS = Column("reference", "where it was read: keys of references.bib, joined by semicolons", refers=WORK)

FILLED_WORKS = WORKS._replace(rule=FILLED)

LOCATOR = Column("locator", "place in the work that `reference` names")

GRADE = Column(
    "grade",
    "how the fact is known: A, the primary page or file was read; A*, the same through a translation; B, a report or a copy was read; C, "
    "partisan copies alone, or general knowledge without a reference; empty where it is known through the texts alone",
    one_of(["", *GRADES]),
)
