"""Dates in EDTF, and the days that they allow."""

import re
from datetime import date
from functools import cache

import edtf

_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

_DAY = r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?[?~]?"

_EDTF_PATTERN = re.compile(rf"{_DAY}(/{_DAY})?|\{{{_DAY}(,{_DAY})+\}}")


@cache
def edtf_range(value: str) -> tuple[date, date]:
    """The first and the last day that an EDTF date allows, as two dates. Raises what edtf raises, or ValueError, for other text."""
    if _ISO_DAY.fullmatch(value):  # most are, and the parser takes a hundredth of a second for each
        return date.fromisoformat(value), date.fromisoformat(value)
    parsed = edtf.parse_edtf(value)
    return date(*parsed.lower_strict()[:3]), date(*parsed.upper_strict()[:3])


def is_edtf(value: str) -> bool:
    """Whether `value` is a day, month or year in EDTF, an interval or a set of them, so that it has a first and a last day."""
    return _EDTF_PATTERN.fullmatch(value) is not None and has_range(value)


def has_range(value: str) -> bool:
    """Whether `value` has a first and a last day; see `edtf_range`."""
    try:
        first, last = edtf_range(value)
    except (edtf.parser.edtf_exceptions.EDTFParseException, ValueError, TypeError, AttributeError, OverflowError):
        return False
    return first <= last


def written_date(value: str) -> str:
    """An EDTF date as prose has it: "16 March 2022"; of more days than one the first and the last: "10 to 30 September 2023"."""
    first, last = edtf_range(value)
    words = f"{last.day} {last:%B %Y}"
    if first == last:
        return words
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {words}"
    return f"{first.day} {first:%B}{'' if first.year == last.year else f' {first.year}'} to {words}"
