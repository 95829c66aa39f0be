"""Dates in EDTF, and the days that they allow.

Days, months, seasons of the northern hemisphere, years and decades (199X), each of which may be uncertain or about; days and months that
are not known (2022-03-XX); intervals and sets of them. Other forms of EDTF have no first or no last day, or none that is a day of the
calendar, and are refused.
"""

import re
from calendar import month_name
from datetime import date, timedelta
from functools import cache

import edtf

_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

_SEASONS = {"21": "spring", "22": "summer", "23": "autumn", "24": "winter"}

_SEASON = re.compile(rf"([0-9]{{4}})-({'|'.join(_SEASONS)})")

_PART = rf"(?:[0-9]{{4}}(?:-[01][0-9](?:-(?:[0-9]{{2}}|XX))?|-XX)?|[0-9]{{3}}X|{_SEASON.pattern})[?~]?"

_FORM = re.compile(rf"{_PART}(?:/{_PART})?|\{{{_PART}(?:,{_PART})+\}}")


@cache
def edtf_range(value: str) -> tuple[date, date]:
    """The first and the last day that an EDTF date allows, as two dates. Raises ValueError for what is none of the forms above.

    Spring begins on 1 March; a winter is that which begins in December of its year.
    """
    if not _FORM.fullmatch(value):
        raise ValueError(f"{value!r} is no day, month, season, year or decade in EDTF, and no interval or set of them")
    bounds = [_bounds(part) for part in _parts(value)]
    if "/" in value:
        first, last = bounds[0][0], bounds[-1][1]
    else:
        first, last = min(own[0] for own in bounds), max(own[1] for own in bounds)
    if first > last:
        raise ValueError(f"{value!r} ends before it begins")
    return first, last


def _parts(value: str) -> list[str]:
    """The days, months, seasons, years and decades of a date in EDTF, without marks of doubt."""
    return re.split("[/,]", re.sub("[?~{}]", "", value))


def _bounds(part: str) -> tuple[date, date]:
    """The first and the last day of a day, month, season, year or decade."""
    if _ISO_DAY.fullmatch(part):  # most are, and the parser takes a hundredth of a second for each
        return date.fromisoformat(part), date.fromisoformat(part)
    try:
        parsed = edtf.parse_edtf(part)
    except edtf.parser.edtf_exceptions.EDTFParseException as error:
        raise ValueError(f"{part!r} is not in the calendar") from error
    first, last = date(*parsed.lower_strict()[:3]), date(*parsed.upper_strict()[:3])
    if _SEASON.fullmatch(part) and first.month == 12:  # edtf ends a winter with its year
        last = date(first.year + 1, 3, 1) - timedelta(days=1)
    return first, last


def is_edtf(value: str) -> bool:
    """Whether `edtf_range` has a first and a last day for `value`, so that it can be compared, sorted and said."""
    try:
        edtf_range(value)
    except ValueError:
        return False
    return True


def date_in_words(value: str) -> str:
    """A date in EDTF as a reader says it: "2022-03-28/2022-03?" is "28 March 2022 to March 2022 (uncertain)"; other text as it is."""
    if not is_edtf(value):
        return value
    parts = _parts(value)
    if "/" in value and all(_ISO_DAY.fullmatch(part) for part in parts) and parts[0][:7] == parts[1][:7]:
        parts[0] = parts[0][-2:].removeprefix("0")  # of one month: "10 to 30 September 2023"
    said = (" to " if "/" in value else ", ").join(_part_in_words(part) if len(part) > 2 else part for part in parts)
    marks = {"?": "uncertain", "~": "about"}
    return said + "".join(f" ({word})" for mark, word in marks.items() if mark in value)


def _part_in_words(part: str) -> str:
    if _SEASON.fullmatch(part):
        return seasons_in_words(part)
    year, *rest = part.replace("-XX", "").replace("X", "0s").split("-")
    numbers = [int(number) for number in rest]
    return " ".join([*(str(day) for day in numbers[1:]), *(month_name[month] for month in numbers[:1]), year])


def seasons_in_words(dates: str) -> str:
    """`dates` with each season said, which no reader knows by its number: "2022-21/2022-06" is "spring 2022/2022-06"."""

    def said(found: re.Match[str]) -> str:
        year, season = found.groups()
        return f"{_SEASONS[season]} {year}" + (f"–{int(year) + 1}" if season == "24" else "")

    return re.sub(rf"(?<![\w-]){_SEASON.pattern}(?![\w-])", said, dates)
