"""Zones proposed by rule: what of a page is its running text, and what stands around it.

Each line is first held against what such lines say on most sites (`page_words`). What is left are prose and short lines; the prose up to
the tail of the page (related articles, comments, a note on the author) is the body, and the place of a short line says what it is. A
proposal is to be looked at: no rule knows every site.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from analysis.corpus.segment import LINE, word_offsets
from analysis.intake.page_words import HEADINGS, LINES, NAME_ALONE, NOISE, NOTE_ON_AUTHOR, PAGE_LABEL, PERSON_NAMES, TAGLINE


class Zone(NamedTuple):
    """A stretch of a raw file, as a row of zones.csv has it."""

    start: int
    end: int
    zone: str
    note: str


class _Line(NamedTuple):
    """A line without the white space around it, and without the signs of Markdown before it (`plain`)."""

    start: int
    end: int
    text: str
    plain: str
    n_words: int


_LINKED = re.compile(r"(.*?(?<!!)\[)([^\]]+)(\]\(\S+\).*)")
_ENDED = re.compile(r".*[.!?…:;][\"”’')\]*_]*(?:\[\d+\])*")
_ON_AUTHOR = "note on the author"

_FRONT_MATTER = re.compile(r"---\n(?:[^\n]*\n){1,80}?---(?:\n|$)")

_LONG, _SHORT_PROSE, _DECK, _SUBHEAD, _NOTE, _FEW_NAMES, _SHORT_TITLE, _BYLINE = 25, 6, 45, 14, 80, 6, 4, 4  # words


def propose_zones(text: str) -> list[Zone]:
    """The zones of a raw text by rule, which partition it. The note of each says by which rule."""
    front = _FRONT_MATTER.match(text)
    begin = front.end() if front else 0
    lines = [_line(found) for found in LINE.finditer(text, begin)]
    stretches = [(0, "front_matter", "front matter")] if front else []
    for line, (zone, why) in zip(lines, _line_zones(lines), strict=True):
        stretches += _inside(line, zone, why)
    return partition(text, stretches)


def partition(text: str, stretches: Iterable[tuple[int, str, str]]) -> list[Zone]:
    """The zones that begin at `stretches`, (start, zone, note), in their order: neighbours of one zone as one, the first from 0 on."""
    begins: list[tuple[int, str, str]] = []
    for start, zone, note in stretches:
        if not begins or begins[-1][1] != zone:
            begins.append((start if begins else 0, zone, note))
    ends = [*(start for start, _, _ in begins[1:]), len(text)]
    return [Zone(start, end, zone, note) for (start, zone, note), end in zip(begins, ends, strict=False)]


def _line(found: re.Match[str]) -> _Line:
    plain = re.sub(r"^(?:[#>*_]+\s*)+|[*_#]+$", "", found[0]).strip() or found[0]
    return _Line(*found.span(), found[0], plain, len(word_offsets(found[0])))


def _line_zones(lines: list[_Line]) -> list[tuple[str, str]]:
    """The zone of each line, and why."""
    said = [_by_words(line) for line in lines]
    said = [("caption", "printed twice") if not known and _is_twice(lines, at) else known for at, known in enumerate(said)]
    said = _author_notes(lines, said)
    tail = _tail(lines, said)
    said = _author_notes(lines[:tail], said)
    head = _head(lines, said, tail)
    last = max((at for at in range(head, tail) if _is_prose(lines[at], said[at])), default=tail - 1)
    body = [said[at] or _body_zone(lines, at, is_last=at > last) for at in range(head, tail)]
    return [*_head_zones(lines[:head], said[:head]), *body, *_tail_zones(lines[tail:], said[tail:])]


_Said = tuple[str, str] | None


def _by_words(line: _Line) -> _Said:
    """What the words of a line alone say of it."""
    if heading := _heading(line):
        return _heading_zone(heading)
    return next(((zone, why) for zone, why, most, form in LINES if line.n_words <= most and form.fullmatch(line.plain)), None)


def _heading(line: _Line) -> str:
    """The zone of what follows on a heading such as "Related articles", "3 comments", "About the author"; "" for other lines."""
    return next((zone for zone, form in HEADINGS.items() if line.n_words <= 10 and form.fullmatch(line.plain)), "")


def _author_notes(lines: list[_Line], said: list[_Said]) -> list[_Said]:
    """`said` with the notes on the authors that stand behind all of `lines` but what `said` knows."""
    said = list(said)
    for at in range(len(lines) - 1, 0, -1):
        if lines[at].n_words <= _NOTE and NOTE_ON_AUTHOR.match(lines[at].plain):
            said[at] = "byline", _ON_AUTHOR
        elif not said[at]:
            break
    return said


def _heading_zone(heading: str) -> tuple[str, str]:
    return "byline" if heading == "byline" else "chrome", "heading of what follows"


def _is_twice(lines: list[_Line], at: int) -> bool:
    near = [lines[other].plain for other in (at - 1, at + 1) if 0 <= other < len(lines)]
    return lines[at].n_words >= _SUBHEAD and lines[at].plain in near


def _is_prose(line: _Line, known: _Said) -> bool:
    if known or line.text.startswith("#"):
        return False
    return line.n_words >= _LONG or (line.n_words >= _SHORT_PROSE and _ENDED.fullmatch(line.plain) is not None)


def _tail(lines: list[_Line], said: list[_Said]) -> int:
    """The first line of the tail: a heading for comments, or one behind which less than a quarter of the prose stands."""
    words = [line.n_words * _is_prose(line, known) for line, known in zip(lines, said, strict=True)]
    for at, line in enumerate(lines):
        heading = _heading(line)
        if heading and any(words[:at]) and (heading == "chrome" or sum(words[at:]) < sum(words) / 4):
            return at
    return len(lines)


def _tail_zones(lines: list[_Line], said: list[_Said]) -> list[tuple[str, str]]:
    """The zones of the lines behind the body: those that the heading before them tells, where their own words do not."""
    sections = {"teaser": ("teaser", "for another text"), "chrome": ("chrome", "comments"), "byline": ("byline", _ON_AUTHOR)}
    zones, section = [], sections["chrome"]
    for line, known in zip(lines, said, strict=True):
        if heading := _heading(line):
            section = sections[heading]
            zones.append(_heading_zone(heading))
        elif known and (section[0] != "teaser" or (known[0] not in ("byline", "caption") and known[1] != PAGE_LABEL)):
            zones.append(known)
        else:
            zones.append(section)
    return zones


def _head(lines: list[_Line], said: list[_Said], tail: int) -> int:
    """The first line of the body: prose, but a deck with a byline right behind it."""
    prose = [_is_prose(line, known) for line, known in zip(lines[:tail], said, strict=False)]
    for at in range(tail):
        behind = next((known for known in said[at + 1 : at + 4] if known), None) if not any(prose[at + 1 : at + 2]) else None
        if prose[at] and not (at and lines[at].n_words <= _DECK and behind and behind[0] == "byline"):
            return at
    return next((at for at in range(tail) if not said[at]), 0)


def _head_zones(lines: list[_Line], said: list[_Said]) -> list[tuple[str, str]]:
    """The zones of the lines before the body: the headline, and by their place what stands before and behind it."""
    free = [at for at, known in enumerate(said) if not known and not TAGLINE.fullmatch(lines[at].plain)]
    title = _title(lines, free)
    zones = []
    for at, (line, known) in enumerate(zip(lines, said, strict=True)):
        bylines = [other for other in said[at + 1 : at + 3] if other and other[0] == "byline"]
        if known:
            zones.append(known)
        elif at not in free:
            zones.append(("promo", "tagline of the site"))
        elif at <= title:
            zones.append(("headline", "title") if at == title else ("chrome", "before the title"))
        elif bylines and line.n_words <= _FEW_NAMES and PERSON_NAMES.fullmatch(line.plain):
            zones.append(("byline", "names"))
        elif at == len(lines) - 1 and not any(other and other[0] == "byline" for other in said) and _is_name(line):
            zones.append(("byline", "short line before the text"))
        else:
            zones.append(("deck", "between title and text"))
    return zones


def _is_name(line: _Line) -> bool:
    """Whether a line looks like the name of who wrote: a few words with capitals, no number, no end mark, no sign of a heading."""
    return line.n_words <= _BYLINE and line.text == line.plain and NAME_ALONE.fullmatch(line.plain) is not None


def _title(lines: list[_Line], free: list[int]) -> int:
    """Which of the lines `free` is the title: one marked so or else the first long one, its second printing where it stands twice."""
    marked = [at for mark in ("# ", "#") for at in free if lines[at].text.startswith(mark)]
    title = next(iter([*marked, *(at for at in free if lines[at].n_words >= _SHORT_TITLE), *free]), -1)
    again = [at for at in free if at > title and lines[at].n_words >= _SHORT_TITLE and lines[title].plain.startswith(lines[at].plain)]
    return again[0] if again else title


def _is_listed(lines: list[_Line], at: int) -> bool:
    """Whether a line is one of several short ones, at least two, behind one that ends in a colon."""
    begin = at
    while begin and not lines[begin].plain.endswith(":") and lines[begin].n_words <= _SUBHEAD:
        begin -= 1
    items = lines[begin + 1 : begin + 3]
    return begin < at and lines[begin].plain.endswith(":") and len(items) == 2 and all(item.n_words <= _SUBHEAD for item in items)


def _body_zone(lines: list[_Line], at: int, is_last: bool) -> tuple[str, str]:
    """The zone of a line in the body of which no words tell it; `is_last`: it stands behind all prose."""
    line = lines[at]
    if re.fullmatch(r"([-–—]\s?)\S.*\S(\s?[-–—])", line.text) and line.n_words <= _SUBHEAD:
        return "subhead", "between dashes"
    leads_on = line.plain.endswith(":") and line.n_words >= _SHORT_PROSE
    is_item = re.match(r"[-*•–]\s|\d+[.)]\s|[a-z“\"]", line.text) is not None
    if _is_listed(lines, at):
        return "body", "item of a list"
    if line.n_words > _SUBHEAD or is_item or leads_on or line.plain.endswith((".", "!", "…", "”", '"')):
        return "body", "running text"
    if at and _heading(lines[at - 1]) == "teaser":
        return "teaser", "for another text"
    return ("chrome", "behind the text") if is_last else ("subhead", "short line between paragraphs")


def _inside(line: _Line, zone: str, why: str) -> list[tuple[int, str, str]]:
    """The stretches of a line: its zone but for what stands inside it of another."""
    if zone in ("headline", "deck") and (linked := _LINKED.fullmatch(line.text)):
        opens = [(line.start, "chrome", "opening of a link")]
        return [*opens, (line.start + linked.start(2), zone, why), (line.start + linked.start(3), "chrome", "address of a link")]
    if zone != "body":
        return [(line.start, zone, why)]
    found = sorted((match.start(), match.end(), kind, rule) for kind, rule, form in NOISE for match in form.finditer(line.text))
    stretches, position = [(line.start, zone, why)], 0
    for start, end, kind, rule in found:
        if start >= position:
            stretches += [(line.start + start, kind, rule), *([(line.start + end, zone, why)] if end < len(line.text) else [])]
            position = end
    begins_with_noise = bool(found) and found[0][0] == 0  # so that no body stands before it
    return stretches[begins_with_noise:]
