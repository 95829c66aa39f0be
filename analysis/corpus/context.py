"""The words around a coded span: as many as it takes to say something, and not to say the opposite of what the text says.

A span is shown whole. Where it holds fewer than three content words, or stands apart from a negation or a condition of its clause, words
of the text stand around it: whole words, at most twelve a side, and no more than are needed. Behind the span a negation or condition goes
on to the next content word, if room is left, and no name is parted. One that lies further off stands there with its neighbours, and an
ellipsis says that words are left out between.

What bounds a clause (`clause_offsets`): the ends of its sentence, semicolons, colons, dashes; "which", "who", "because", "while",
"although" and their like; and a comma, where another statement begins behind it: with one of `_OPENERS`, with a participle, or with "and"
or "or", a subject and a verb. A comma also bounds what such a word or "to" has begun ("While talks went on, ..."). Other commas bound
nothing: they part the items of a list, or what is put in, and a "would" before the first item holds of the last one too. Nor does a comma
bound a condition: "If it is attacked, they help" is one clause. This is grammar without a parser; in doubt a clause is the wider one.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from functools import cache
from typing import Any, NamedTuple

from analysis.corpus.reader import Corpus
from analysis.corpus.segment import passages, running_text, sentences, tokens

MOST_AROUND = 12  # words a side
MOST_SHOWN = 60  # words of a text in a row
CONTENT_WORDS = 3


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_CONDITIONS = _words("if unless")
# What turns a statement round, or makes it depend on something.
QUALIFIERS = _CONDITIONS | _words("not no never would cannot neither nor none nobody nothing without")
_OPENERS = _words(
    "but nor so yet which who whom whose where while whereas although though because since after before until when that according"
)
_NO_PARTICIPLES = _words("including during regarding nothing something anything everything")
_FINITE = _words("is are was were has have had will would could should can may might must do does did")
# Words that say little by themselves: all others are content words.
_FUNCTION_WORDS = QUALIFIERS | _OPENERS | _FINITE | _words(
    "well including according a an the this these those such some any all both each every either other another one there here what "
    "how why whether and or as than then i me my we us our you your he him his she her it its they them their too also just only even "
    "still very more most much many less least own same of in on at by for from with to into onto upon over under between among "
    "against within through during about around out up down off toward towards despite per via am be been being having doing done "
    "shall someone anyone everyone"
)  # fmt: skip
_BREAK = re.compile(
    r"(?P<hard>[;—]|:(?=\s)|(?<=\s)[–-](?=\s))|,[”’\"']?(?=\s)|(?P<opens>\b(?:which|whom?|whose|because|while|whereas|although|though)\b)"
)
_PARTING = re.compile(r"[;:—–…]|\.\.\.")
_CONDITIONAL = re.compile(r"\W*(?:if|unless)\b", re.IGNORECASE)
_SUBORDINATE = re.compile(rf"\W*(?:to|{'|'.join(sorted(_OPENERS - {'but', 'nor', 'so', 'yet'}))})\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_NEGATED = re.compile(r"n['’]t$")
_Range = tuple[int, int]


class Around(NamedTuple):
    """The words of a text before and after a span, with the marks and spaces between them and it; "" for none."""

    before: str
    after: str


class Shown(NamedTuple):
    """What a reader sees of a span and the words around it, as numbers of words of its text, each pair with its end exclusive."""

    span: _Range
    run: _Range  # the span with what stands right around it
    before: list[_Range]  # what is shown from further off, an ellipsis apart
    after: list[_Range]


class _Words(NamedTuple):
    """The words of the passages of a text: where each begins and ends, what it is, and the parts that they stand in."""

    starts: list[int]
    ends: list[int]
    words: list[str]
    parts: list[list[_Range]]  # the clauses, the sentences, the passages, as pairs of words


def words_around(corpus: Corpus, span: Any) -> Around:
    """The words that have to stand around a span (a row with source_id, start, end) to be understood. None stands outside its passages."""
    shown, own, text = _shown(corpus, span), _words_of(corpus, span.source_id), corpus.raw[span.source_id]
    if shown is None:
        return Around("", "")
    pieces = [[text[own.starts[first] : own.ends[last - 1]] for first, last in side] for side in (shown.before, shown.after)]
    before = text[min(own.starts[shown.run[0]], span.start) : span.start]
    after = text[span.end : max(own.ends[shown.run[1] - 1], span.end)]
    return Around("".join(f"{piece} … " for piece in pieces[0]) + before, after + "".join(f" … {piece}" for piece in pieces[1]))


def count_content(corpus: Corpus, span: Any) -> int:
    """How many content words a span shows with the words around it."""
    words = _words_of(corpus, span.source_id).words
    return sum(_is_content(words[at]) for at in _places(_shown(corpus, span)))


def count_around(corpus: Corpus, span: Any) -> int:
    """How many words stand around a span."""
    return len(places_around(corpus, span))


def places_around(corpus: Corpus, span: Any) -> list[_Range]:
    """Where the words around a span stand in the raw text, as (start, end) pairs."""
    shown, own = _shown(corpus, span), _words_of(corpus, span.source_id)
    return [(own.starts[at], own.ends[at]) for at in _places(shown) if shown and not shown.span[0] <= at < shown.span[1]]


def dropped_qualifiers(corpus: Corpus, span: Any) -> list[str]:
    """The negations and conditions in the clause of a span that its reader does not see."""
    shown, own = _shown(corpus, span), _words_of(corpus, span.source_id)
    seen = set(_places(shown))
    return [own.words[at] for at in _qualifiers(own, shown) if at not in seen] if shown else []


def is_qualifier(word: str) -> bool:
    """Whether a word turns its statement round or makes it depend on something: "not", "didn't", "if", "would"."""
    return word.lower() in QUALIFIERS or _NEGATED.search(word.lower()) is not None


def _is_content(word: str) -> bool:
    return word.lower() not in _FUNCTION_WORDS and not is_qualifier(word)


def _places(shown: Shown | None) -> list[int]:
    return [at for first, last in (*shown.before, shown.run, *shown.after) for at in range(first, last)] if shown else []


@cache
def _shown_at(corpus: Corpus, source_id: str, start: int, end: int) -> Shown | None:
    own = _words_of(corpus, source_id)
    span = begin, stop = bisect_right(own.ends, start), bisect_left(own.starts, end)
    if begin >= stop:
        return None
    run, far = span, []
    for at in sorted(_qualifiers(own, Shown(span, span, [], [])), key=lambda at: max(begin - at, at - stop)):
        wider = [(min(run[0], at), max(run[1], end)) for end in (_carried(own, at) if at >= stop else at + 1, at + 1)]
        run = next((stretch for stretch in wider if _fits(stretch, span)), run)
        if not run[0] <= at < run[1]:
            far.append(at)
    for part in range(len(own.parts)):
        if found := _with_content(own, corpus.raw[source_id], run, _limits(own, part, span), span):
            run = found
            break
    run = _whole_names(own, corpus.raw[source_id], run, span)
    room = max(0, MOST_SHOWN - (run[1] - run[0]))
    before = _pieces((at for at in far if at < begin), own, span, min(room, MOST_AROUND - (begin - run[0])), (0, run[0]))
    room -= sum(last - first for first, last in before)
    after = _pieces((at for at in far if at >= stop), own, span, min(room, MOST_AROUND - (run[1] - stop)), (run[1], len(own.words)))
    return Shown(span, run, before, after)


def _shown(corpus: Corpus, span: Any) -> Shown | None:
    """What is shown of a span; None where it holds no word of a passage."""
    return _shown_at(corpus, span.source_id, int(span.start), int(span.end))


def _qualifiers(own: _Words, shown: Shown) -> list[int]:
    """The negations and conditions in the clauses of a span, outside it."""
    first, last = _limits(own, 0, shown.span)
    return [at for at in range(first, last) if is_qualifier(own.words[at]) and not shown.span[0] <= at < shown.span[1]]


def _fits(run: _Range, span: _Range) -> bool:
    return span[0] - run[0] <= MOST_AROUND and run[1] - span[1] <= MOST_AROUND and run[1] - run[0] <= max(MOST_SHOWN, span[1] - span[0])


def _with_content(own: _Words, text: str, run: _Range, limits: _Range, span: _Range) -> _Range | None:
    """The narrowest stretch around `run` and within `limits` that holds enough content words, of two the earlier; None where none does.

    A word that a dash or the like parts from the rest stands there with its neighbour: "the Note—and the toll", not "Note—and the toll".
    """
    begins, ends = {first for first, _ in own.parts[0]}, {last for _, last in own.parts[0]}

    def is_torn(first: int, last: int) -> bool:
        alone = [first] * (first < run[0] and first not in begins) + [last - 2] * (last > run[1] and last not in ends)
        return any(_PARTING.search(text[own.ends[at] : own.starts[at + 1]]) for at in alone)

    wider = [
        (first, last)
        for first in range(run[0], min(limits[0], run[0]) - 1, -1)
        for last in range(run[1], max(limits[1], run[1]) + 1)
        if _fits((first, last), span) and sum(map(_is_content, own.words[first:last])) >= CONTENT_WORDS and not is_torn(first, last)
    ]
    return min(wider, key=lambda stretch: (stretch[1] - stretch[0], stretch[0]), default=None)


def _carried(own: _Words, at: int) -> int:
    """The end of what a negation or condition says: behind the first content word after it in its sentence, if that stands near."""
    end = min(_limits(own, 1, (at, at + 1))[1], at + 5)
    return next((place + 1 for place in range(at + 1, end) if _is_content(own.words[place])), at + 1)


def _whole_names(own: _Words, text: str, run: _Range, span: _Range) -> _Range:
    """`run` with the names whole that stand at its ends outside the span: "Port Lanne", not "Lanne"."""

    def joined(at: int) -> bool:
        return all(own.words[place][0].isupper() for place in (at, at + 1)) and text[own.ends[at] : own.starts[at + 1]] == " "

    first, last = run
    while 0 < first < span[0] and joined(first - 1) and _fits((first - 1, last), span):
        first -= 1
    while span[1] < last < len(own.words) and joined(last - 1) and _fits((first, last + 1), span):
        last += 1
    return first, last


def _pieces(far: Iterable[int], own: _Words, span: _Range, room: int, limits: _Range) -> list[_Range]:
    """What is shown of the words `far` from a span: each with its neighbours where there is room, in the order of the text."""
    clause = _limits(own, 0, span)
    low, high = max(limits[0], clause[0]), min(limits[1], clause[1])
    places = sorted(far)
    for near in (True, False):
        pieces: list[_Range] = []
        for at in places[: max(room, 0)]:
            ahead = near and own.words[at].lower() not in _CONDITIONS  # what a condition opens says more than what stands before it
            first, last = max(low, at - ahead), min(high, _carried(own, at) if near else at + 1)
            if pieces and first <= pieces[-1][1]:
                pieces[-1] = (pieces[-1][0], max(last, pieces[-1][1]))
            else:
                pieces.append((first, last))
        if sum(last - first for first, last in pieces) <= room:
            break
    return pieces


def _limits(own: _Words, part: int, span: _Range) -> _Range:
    """The words of the clauses (`part` 0), sentences (1) or passages (2) in which a span stands."""
    inside = [stretch for stretch in own.parts[part] if stretch[0] < span[1] and span[0] < stretch[1]]
    return inside[0][0], inside[-1][1]


@cache
def _words_of(corpus: Corpus, source_id: str) -> _Words:
    inside, lines, own = (table[table.source_id == source_id] for table in (sentences(corpus), passages(corpus), tokens(corpus)))
    text, starts, ends = running_text(corpus, source_id), list(own.start), list(own.end)
    clauses = [
        (row.start + start, row.start + end) for row in inside.itertuples() for start, end in clause_offsets(text[row.start : row.end])
    ]
    parts = [clauses, *(list(zip(table.start, table.end, strict=True)) for table in (inside, lines))]
    words = [[(bisect_left(starts, first), bisect_left(starts, last)) for first, last in part] for part in parts]
    return _Words(starts, ends, list(own.word), words)


def clause_offsets(sentence: str) -> list[tuple[int, int]]:
    """The clauses of a sentence as (start, end) pairs, which together are the whole of it; see the module for what bounds a clause."""
    bounds = [0]
    for found in _BREAK.finditer(sentence):
        before = sentence[bounds[-1] : found.start()]
        if found["hard"] or found["opens"]:
            bounds.append(found.end() if found["hard"] else found.start("opens"))
        elif not _CONDITIONAL.match(before) and (_SUBORDINATE.match(before) or _begins_statement(sentence[found.end() :])):
            bounds.append(found.end())
    return [(start, end) for start, end in zip(bounds, [*bounds[1:], len(sentence)], strict=True) if start < end]


def _begins_statement(behind: str) -> bool:
    """Whether what stands behind a comma is a statement of its own: an opening word, a participle, or "and" with a subject and a verb."""
    words = [word.lower() for word in _WORD.findall(re.split(r"[,;:—]", behind)[0])]
    if not words:
        return False
    if words[0] in ("and", "or"):
        return len(words) > 1 and words[1] not in _FINITE and not _FINITE.isdisjoint(words[2:9])
    return words[0] in _OPENERS or (words[0].endswith("ing") and words[0] not in _NO_PARTICIPLES)
