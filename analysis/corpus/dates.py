"""Dates in EDTF, and the days that they allow."""

import re
from calendar import month_name
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


def date_in_words(value: str) -> str:
    """A date in EDTF as a reader says it: "2022-03-28/2022-03?" is "28 March 2022 to March 2022 (uncertain)"."""
    if not is_edtf(value):
        return value
    parts = re.split("[/,]", re.sub("[?~{}]", "", value))
    if "/" in value and all(_ISO_DAY.fullmatch(part) for part in parts) and parts[0][:7] == parts[1][:7]:
        parts[0] = parts[0][-2:].removeprefix("0")  # of one month: "10 to 30 September 2023"
    said = (" to " if "/" in value else ", ").join(_day_in_words(part) if len(part) > 2 else part for part in parts)
    marks = {"?": "uncertain", "~": "about"}
    return said + "".join(f" ({word})" for mark, word in marks.items() if mark in value)


def _day_in_words(value: str) -> str:
    year, *rest = value.split("-")
    numbers = [int(part) for part in rest]
    return " ".join([*(str(day) for day in numbers[1:]), *(month_name[month] for month in numbers[:1]), year])
