"""The zones of a text as one small file that a person can read and change: a line for each line of the text."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from analysis.corpus.errors import DataError, Problem
from analysis.corpus.reader import Corpus, line_of
from analysis.corpus.segment import LINE
from analysis.corpus.vocabulary import ZONES
from analysis.intake.zone_rules import Zone

_BODY, _NOISE = "body", "chrome"  # the zone that wins a line which has several, and that of marked stretches without a name

_BY_HAND = "set by hand"

_MARKS = [("[[", "]]"), ("⟦", "⟧"), ("{{", "}}"), ("\u2e28", "\u2e29")]

_ROW = re.compile(r"\s*(?P<zone>\w+)\s+(?P<line>\d+)\s*\|(?P<text>.*)")

_HEAD = """\
# The zones of {source_id}: zone, number of the line, | and the line. Change the zone before a line; leave its number and its words.
# A zone is one of {zones}.
# Each line of the body is a paragraph. Words in it that are not its own (a time stamp, the text of a link) stand between {opens} {closes};
# put these marks around others, or take them away. Stretches of another zone than chrome say so: {opens}caption: (AP photo){closes}.
"""


class _Stretch(NamedTuple):
    """A part of a line in one zone, by its offsets in the raw file."""

    start: int
    end: int
    zone: str


def zones_of(corpus: Corpus, source_id: str) -> list[Zone]:
    """The rows of zones.csv of a text."""
    own = corpus.zones[corpus.zones.source_id == source_id]
    return [Zone(int(row.start), int(row.end), row.zone, row.note) for row in own.itertuples()]


def zone_sheet(text: str, zones: Sequence[Zone], source_id: str) -> str:
    """The sheet of a raw text with its zones, which `read_zone_sheet` takes in again."""
    sheets = [_sheet(text, zones, source_id, marks) for marks in _candidates(text)]
    return next((sheet for sheet in sheets if _says(text, zones, sheet)), sheets[0])


def _says(text: str, zones: Sequence[Zone], sheet: str) -> bool:
    try:
        return read_zone_sheet(text, zones, sheet, "") == list(zones)
    except DataError:
        return False


def _sheet(text: str, zones: Sequence[Zone], source_id: str, marks: tuple[str, str]) -> str:
    """The sheet with inline stretches between `marks`."""
    lines = [_HEAD.format(source_id=source_id, zones=", ".join(ZONES), opens=marks[0], closes=marks[1])]
    for line in LINE.finditer(text):
        stretches = [
            _Stretch(max(zone.start, line.start()), min(zone.end, line.end()), zone.zone)
            for zone in zones
            if zone.start < line.end() and line.start() < zone.end
        ]
        main = _BODY if _BODY in {part.zone for part in stretches} else max(stretches, key=lambda part: part.end - part.start).zone
        words = "".join(_marked(text, part, main, *marks) for part in stretches)
        lines.append(f"{main:<12} {line_of(text, line.start()):>4} | {words}\n")
    return "".join(lines)


def _candidates(text: str) -> list[tuple[str, str]]:
    """The pairs of marks that the text itself does not hold; the last of all, where it holds the others."""
    return [pair for pair in _MARKS if not any(mark in text for mark in pair)] or _MARKS[-1:]


def _marked(text: str, part: _Stretch, main: str, opens: str, closes: str) -> str:
    words = text[part.start : part.end]
    if part.zone == main:
        return words
    named = part.zone != _NOISE or main == _NOISE or re.match(rf"(?:{'|'.join(ZONES)}): ", words)
    return f"{opens}{f'{part.zone}: ' * bool(named)}{words}{closes}"


def read_zone_sheet(text: str, zones: Sequence[Zone], sheet: str, file: str) -> list[Zone]:
    """The zones that a filled `sheet`, the content of `file`, gives a raw text.

    Rows of `zones` that stay as they were keep their ends and their note. Raises DataError, a Problem for each line of the sheet that has
    an unknown zone or other words than the text, and for lines that lack.
    """
    problems: list[Problem] = []
    given: dict[int, tuple[int, str, str]] = {}
    for row, content in enumerate(sheet.lstrip("\ufeff").replace("\r", "").split("\n"), start=1):
        if not content.strip() or content.lstrip().startswith("#"):
            continue
        found = _ROW.fullmatch(content)
        if not found:
            problems.append(Problem(file, row, None, f"{content[:40]!r} is no line of a sheet", "write zone, number, | and the words"))
        elif (number := int(found["line"])) in given:
            problems.append(Problem(file, row, None, f"gives line {number} a second time", "keep one of the two"))
        else:
            given[number] = row, found["zone"], found["text"].strip()
    marks = next((pair for pair in _candidates(text) if any(pair[0] in words for _, _, words in given.values())), _candidates(text)[0])
    stretches = []
    numbers = {line_of(text, line.start()): line for line in LINE.finditer(text)}
    problems += [
        Problem(file, given[number][0], None, f"line {number} of the text is empty, or there is none", "take this line out")
        for number in given
        if number not in numbers
    ]
    if lacking := [str(number) for number in numbers if number not in given]:
        shown = ", ".join(lacking[:10]) + " and others" * (len(lacking) > 10)
        problems.append(Problem(file, None, None, f"lacks the text's line {shown}", "print the sheet again with `analysis zones`"))
    for number, line in numbers.items():
        if number in given:
            row, zone, words = given[number]
            if zone not in ZONES:
                problems.append(Problem(file, row, "zone", f"{zone!r} is no zone", f"use one of {', '.join(ZONES)}"))
                continue
            parts = list(_parts(words, zone, marks))
            said = "".join(part for part, _ in parts)
            if said != line[0]:
                problems.append(Problem(file, row, None, _changed(said, line[0], number), "write the words as they are in the text"))
                continue
            at = line.start()
            for part, name in parts:
                stretches.append(_Stretch(at, at := at + len(part), name))
    if not problems and not any(part.zone == _BODY and text[part.start : part.end].strip() for part in stretches):
        problems = [Problem(file, None, "zone", "gives no line the zone 'body'", "mark the running text as body")]
    if problems:
        raise DataError(problems)
    return _rows(text, zones, stretches)


def _parts(words: str, zone: str, marks: tuple[str, str]) -> Iterator[tuple[str, str]]:
    """The parts of a line of the sheet without their marks, each with its zone."""
    opens, closes = map(re.escape, marks)
    names = "|".join(ZONES)
    form = re.compile(rf"{opens}(?!{re.escape(marks[0][0])}(?:{names}): )(?:({names}): )?(.+?){closes}(?!{re.escape(marks[1][-1])})")
    position = 0
    for found in form.finditer(words):
        if before := words[position : found.start()]:
            yield before, zone
        yield found[2], found[1] or _NOISE
        position = found.end()
    if words[position:]:
        yield words[position:], zone


def _changed(said: str, text: str, number: int) -> str:
    """How a line of the sheet differs from that of the text: the first words that do."""
    at = next((place for place, (one, other) in enumerate(zip(said, text, strict=False)) if one != other), min(len(said), len(text)))
    begin = max(0, said.rfind(" ", 0, at) + 1)
    return f"line {number} of the text reads {text[begin : begin + 40]!r} where the sheet has {said[begin : begin + 40]!r}"


def _rows(text: str, zones: Sequence[Zone], stretches: list[_Stretch]) -> list[Zone]:
    """The stretches as zones that partition the text, those of one zone that follow each other as one, unless they were two before."""
    begins: list[tuple[int, str, str, int]] = []
    for part in stretches:
        old = next((place for place, zone in enumerate(zones) if zone.start <= part.start < zone.end and zone.zone == part.zone), -1)
        if begins and begins[-1][1] == part.zone and begins[-1][3] == old:
            continue
        kept = old >= 0 and not text[zones[old].start : part.start].strip()
        note = zones[old].note if old >= 0 else _BY_HAND
        begins.append((zones[old].start if kept else part.start, part.zone, note, old))
    ends = [begin[0] for begin in begins[1:]] + [len(text)]
    return [
        Zone(start if place else 0, end, zone, note) for place, ((start, zone, note, _), end) in enumerate(zip(begins, ends, strict=True))
    ]
