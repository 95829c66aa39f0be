"""Cues: short strings of which every match of a pattern holds at least one, so that most text need not be searched for the pattern."""

import re
from itertools import product
from re import _constants as sre
from re import _parser

MOST = 32  # strings that a stretch of a pattern may stand for
ZERO_WIDTH = (sre.AT, sre.ASSERT, sre.ASSERT_NOT)
REPEATS = (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT)


def cues(pattern):
    """A set of strings without white space: every match of `pattern`, a regular expression, holds one of them.

    None where no such set can be told, as of a pattern that ignores case.
    """
    parsed = _parser.parse(pattern)
    return None if parsed.state.flags & re.IGNORECASE else best(required(parsed))


def required(items):
    """The sets of strings of which each match of the parsed pattern `items` holds one string each."""
    run = {""}
    for operator, argument in items:
        whole = spelled(operator, argument)
        longer = whole and {start + end for start, end in product(run, whole)}
        if longer and len(longer) <= MOST:
            run = longer
            continue
        yield run
        run = {""}
        yield from inner(operator, argument)
    yield run


def inner(operator, argument):
    """What `required` finds inside one item of a parsed pattern."""
    if operator is sre.SUBPATTERN and not argument[1]:
        yield from required(argument[3])
    elif operator is sre.ATOMIC_GROUP:
        yield from required(argument)
    elif operator in REPEATS and argument[0]:
        yield from required(argument[2])
    elif operator is sre.BRANCH:
        branches = [best(required(branch)) for branch in argument[1]]
        if all(branches):
            yield set().union(*branches)


def spelled(operator, argument):
    """All strings that one item of a parsed pattern can match, as a set; None where they are too many to tell."""
    if operator is sre.LITERAL:
        return {chr(argument)}
    if operator in ZERO_WIDTH:
        return {""}
    if operator is sre.IN and all(kind is sre.LITERAL for kind, _ in argument):
        return {chr(sign) for _, sign in argument}
    if operator is sre.SUBPATTERN and not argument[1]:
        return sequence(argument[3])
    if operator in REPEATS and argument[1] == 1:
        once = sequence(argument[2])
        return once and (once if argument[0] else once | {""})
    if operator is sre.BRANCH:
        branches = [sequence(branch) for branch in argument[1]]
        return set().union(*branches) if all(branches) else None
    return None


def sequence(items):
    """All strings that a parsed pattern can match; None where they are too many to tell."""
    run = {""}
    for operator, argument in items:
        whole = spelled(operator, argument)
        run = whole and {start + end for start, end in product(run, whole)}
        if not run or len(run) > MOST:
            return None
    return run


def best(sets):
    """Of sets of strings, the one whose shortest string is longest, each cut to its longest part without white space; None if empty."""
    cut = [{max(string.split(), key=len, default="") for string in strings} for strings in sets]
    chosen = max(cut, key=lambda strings: min(map(len, strings)), default={""})
    return chosen if all(chosen) else None
