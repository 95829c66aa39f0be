"""A DataFrame as an HTML table in a box that scrolls; what the table's script sorts and filters by."""

import html
import json
import re
from collections.abc import Iterator
from typing import Any

import pandas as pd
from pandas.api.types import is_bool_dtype, is_float, is_integer, is_numeric_dtype

from analysis.corpus.dates import edtf_range, is_edtf, seasons_in_words

_DATES = re.compile(r"–|[\dX/~?%{},; .-]*\d[\dX]{3}[\dX/~?%{},; .-]*")

_PROSE = 60  # characters: columns with longer cells are given room to be read on a narrow screen

ByColumn = dict[str, list[str]]


def render_table(data: pd.DataFrame, caption: str, name: str, links: ByColumn | None = None, filters: ByColumn | None = None) -> str:
    """A DataFrame as an HTML table in a box that scrolls and that the keyboard reaches; `name` is its id.

    The first column heads the rows. Numbers show one decimal and commas for thousands, missing values "none". All cells are escaped.
    `links` holds HTML to show in place of the cells of a column: {column: list}. With `filters` (it may be empty) a reader with JavaScript
    can sort and search the table, and choose among the values of a column: {column: the values in the order in which they are offered}.
    A cell of such a column may hold several values, joined by ", ".
    """
    links = links or {}
    kinds = {column: "" if column in links else _kind(data[column]) for column in data}
    heads = "".join(_head(data[column], kinds[column], filters or {}) for column in data)
    columns = [_cells(data[column], kinds[column], links.get(column), filters is not None) for column in data]
    rows = "".join(
        f'<tr><th scope="row"{first}</th>{"".join(f"<td{cell}</td>" for cell in others)}</tr>\n'
        for first, *others in zip(*columns, strict=True)
    )
    title, browse = html.escape(caption), " browse" * (filters is not None)
    return (
        f'<div class="scroll{browse}" id="{name}" role="region" tabindex="0" aria-label="{title}">\n<table class="table">\n'
        f"<caption>{title}</caption>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}</tbody></table></div>"
    )


def _kind(column: pd.Series) -> str:
    """What a column holds, as the class of its cells: "number", "date", "prose", or "" for short text."""
    if is_numeric_dtype(column) and not is_bool_dtype(column):
        return "number"
    if _holds_dates(column):
        return "date"
    return "prose" * any(len(str(value)) > _PROSE for value in column)


def _holds_dates(values: pd.Series) -> bool:
    """Whether a column holds dates in EDTF, several of them or none: these must not break at their hyphens."""
    given = [str(value) for value in values if not _is_missing(value)]
    return len(given) > 0 and all(_DATES.fullmatch(value) for value in given)


def _head(column: pd.Series, its_kind: str, filters: ByColumn) -> str:
    """The heading of a column; `data-options` holds what a reader can choose from, as JSON."""
    shown = f' class="{its_kind}"' if its_kind == "number" else ""
    offered = json.dumps(choices(column, filters[column.name]), ensure_ascii=False) if column.name in filters else ""
    options = f' data-options="{html.escape(offered)}"' if offered else ""
    return f'<th scope="col"{shown}{options}>{html.escape(column.name)}</th>'


def choices(column: pd.Series, order: list[str]) -> list[str]:
    """The values that occur in a column, those of cells with several one by one: those of `order` first, then by the alphabet."""
    found = {part for value in column for part in written(value).split(", ")}
    return [value for value in order if value in found] + sorted(found - set(order), key=str.casefold)


def _cells(column: pd.Series, its_kind: str, links: list[str] | None, browsed: bool) -> Iterator[str]:
    """Attributes and content of the cells of a column, from the end of the tag's name; what is sorted by dates or missing says so."""
    shown = f' class="{its_kind}"' if its_kind else ""
    for place, value in enumerate(column):
        key = f' data-sort="{sort_key(value)}"' if browsed and (its_kind == "date" or _is_missing(value)) else ""
        content = links[place] if links else html.escape(written(value), quote=False)
        yield f"{shown}{key}>{seasons_in_words(content).replace('/', '/<wbr>') if its_kind == 'date' else content}"


def _is_missing(value: Any) -> bool:
    return bool(pd.isna(value)) or value == ""


def sort_key(date: Any) -> str:
    """What a date in EDTF is sorted by: the first and the last day that it allows; what only looks like one by itself; nothing for none."""
    if _is_missing(date):
        return ""
    return " ".join(day.isoformat() for day in edtf_range(str(date))) if is_edtf(str(date)) else html.escape(str(date))


def written(value: Any) -> str:
    """A value as readers see it."""
    if pd.isna(value):
        return "none"
    if is_integer(value):
        return f"{value:,}"
    return f"{value:,.1f}" if is_float(value) else str(value)
