"""The declared tables as pandera schemas: what every value of a data file must be. The text of a check is its remedy."""

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pandas as pd
import pandera.pandas as pa

from analysis.corpus.columns import EDTF_DATE, EDTF_OR_NONE, LOWER_CASE, PATTERN, Column, Rule
from analysis.corpus.dates import is_edtf
from analysis.corpus.errors import Problem, file_name
from analysis.corpus.reader import Corpus
from analysis.corpus.schema import DECLARED_TABLES


def is_pattern(value: str) -> bool:
    """Whether `value` is a regular expression that finds at least one character."""
    try:
        return not re.compile(value).match("")
    except re.error:
        return False


_TESTS: dict[Rule, Callable[[str], bool]] = {
    EDTF_DATE: is_edtf,
    EDTF_OR_NONE: lambda value: not value or is_edtf(value),
    PATTERN: is_pattern,
    LOWER_CASE: lambda value: value == value.strip().lower() != "",
}


def keeps(rule: Rule, value: str) -> bool:
    """Whether `value` is what `rule` says."""
    return _TESTS[rule](value) if rule in _TESTS else re.fullmatch(rule.form, value) is not None


def _is_first(values: pd.Series) -> pd.Series:
    return ~values.duplicated()


def _checks(column: Column) -> list[pa.Check]:
    kept = [pa.Check(partial(keeps, column.rule), element_wise=True, error=column.rule.remedy)] if column.rule else []
    return kept + ([pa.Check(_is_first, error="give every row its own")] if column.unique else [])


SCHEMAS = {
    name: pa.DataFrameSchema({column.name: pa.Column(str, _checks(column)) for column in table.columns})
    for name, table in DECLARED_TABLES.items()
}


def fault(data: Corpus, name: str, row: int | None, column: str | None, message: str, remedy: str) -> Problem:
    """A Problem in the file `name` of a data folder."""
    return Problem(file_name(data.path, name), row, column, message, remedy)


def numbered_rows(table: pd.DataFrame) -> Iterator[tuple[int, Any]]:
    """The rows of `table` with their numbers in the file."""
    return enumerate(table.itertuples(), start=2)
