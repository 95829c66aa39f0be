"""Cues: short strings of which every match of a pattern holds at least one, so that most text need not be searched for the pattern."""

import re
from collections.abc import Iterable
from itertools import product
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

UNCUT = re.compile(r"(?:\w\.){2,}|[\w-]+")
MAX_STRINGS = 32  # that a pattern may stand for
ZERO_WIDTH = (sre.AT, sre.ASSERT, sre.ASSERT_NOT)
REPEAT_OPERATORS = (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT)


def pattern_cues(pattern: str) -> set[str]:
    """Strings in which no sentence ends: every match of `pattern`, a regular expression, holds one of them.

    None, an empty set, where the pattern ignores case, stands for more than MAX_STRINGS strings, or for one without any word: then
    any text may hold a match.
    """
    parsed = _parser.parse(pattern)
    strings = None if parsed.state.flags & re.IGNORECASE else _sequence(parsed)
    cues = {max(UNCUT.findall(string), key=len, default="") for string in strings or ()}
    return cues if all(cues) else set()


def _sequence(items: Iterable[tuple[Any, Any]]) -> set[str] | None:
    """All strings that a parsed pattern can match; None where they are too many to tell."""
    run = {""}
    for operator, argument in items:
        longer = _spelled(operator, argument)
        run = {start + end for start, end in product(run, longer or ())}
        if not 0 < len(run) <= MAX_STRINGS:
            return None
    return run


def _spelled(operator: Any, argument: Any) -> set[str] | None:
    """All strings that one item of a parsed pattern can match; None where they are too many to tell."""
    if operator is sre.LITERAL:
        return {chr(argument)}
    if operator in ZERO_WIDTH:
        return {""}
    if operator is sre.IN and all(kind is sre.LITERAL for kind, _ in argument):
        return {chr(sign) for _, sign in argument}
    if operator is sre.SUBPATTERN and not argument[1]:
        return _sequence(argument[3])
    if operator in REPEAT_OPERATORS and argument[1] == 1:
        once = _sequence(argument[2])
        return once and (once if argument[0] else once | {""})
    if operator is sre.BRANCH:
        branches = [_sequence(branch) for branch in argument[1]]
        return set().union(*filter(None, branches)) if all(branches) else None
    return None
