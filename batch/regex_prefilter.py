"""Cues: short strings of which every match of a pattern holds at least one, so that most text need not be searched for the pattern."""

import re
from collections.abc import Iterable, Iterator
from itertools import product
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

MAX_STRINGS = 32  # that a stretch of a pattern may stand for
ZERO_WIDTH = (sre.AT, sre.ASSERT, sre.ASSERT_NOT)
REPEATS = (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT)

Strings = set[str] | None  # None: too many to tell


def pattern_cues(pattern: str) -> Strings:
    """A set of strings without white space: every match of `pattern`, a regular expression, holds one of them.

    None where no such set can be told, as of a pattern that ignores case.
    """
    parsed = _parser.parse(pattern)
    return None if parsed.state.flags & re.IGNORECASE else _best(_required(parsed))


def _required(items: Iterable[tuple[Any, Any]]) -> Iterator[set[str]]:
    """The sets of strings of which each match of the parsed pattern `items` holds one string each."""
    run = {""}
    for operator, argument in items:
        if longer := _joined(run, _spelled(operator, argument)):
            run = longer
        else:
            yield run
            run = {""}
            yield from _inner(operator, argument)
    yield run


def _inner(operator: Any, argument: Any) -> Iterator[set[str]]:
    """What `_required` finds inside one item of a parsed pattern."""
    if operator is sre.SUBPATTERN and not argument[1]:
        yield from _required(argument[3])
    elif operator is sre.ATOMIC_GROUP:
        yield from _required(argument)
    elif operator in REPEATS and argument[0]:
        yield from _required(argument[2])
    elif operator is sre.BRANCH:
        branches = [_best(_required(branch)) for branch in argument[1]]
        if all(branches):
            yield set().union(*filter(None, branches))


def _spelled(operator: Any, argument: Any) -> Strings:
    """All strings that one item of a parsed pattern can match."""
    if operator is sre.LITERAL:
        return {chr(argument)}
    if operator in ZERO_WIDTH:
        return {""}
    if operator is sre.IN and all(kind is sre.LITERAL for kind, _ in argument):
        return {chr(sign) for _, sign in argument}
    if operator is sre.SUBPATTERN and not argument[1]:
        return _sequence(argument[3])
    if operator in REPEATS and argument[1] == 1:
        once = _sequence(argument[2])
        return once and (once if argument[0] else once | {""})
    if operator is sre.BRANCH:
        branches = [_sequence(branch) for branch in argument[1]]
        return set().union(*filter(None, branches)) if all(branches) else None
    return None


def _sequence(items: Iterable[tuple[Any, Any]]) -> Strings:
    """All strings that a parsed pattern can match."""
    run: Strings = {""}
    for operator, argument in items:
        run = run and _joined(run, _spelled(operator, argument))
    return run


def _joined(run: set[str], more: Strings) -> Strings:
    """Each string of `run` with each of `more` behind it."""
    longer = {start + end for start, end in product(run, more or ())}
    return longer if 0 < len(longer) <= MAX_STRINGS else None


def _best(sets: Iterable[set[str]]) -> Strings:
    """Of sets of strings, the one whose shortest string is longest, each cut to its longest part without white space; None if empty."""
    cut = [{max(string.split(), key=len, default="") for string in strings} for strings in sets]
    chosen = max(cut, key=lambda strings: min(map(len, strings)), default={""})
    return chosen if all(chosen) else None
