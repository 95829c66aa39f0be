"""What is wrong with annotations, told by their rows in the file, each fault once; and what of a file no coding can hold."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from analysis.coding.annotations import Annotation, AnnotationFile
from analysis.corpus.errors import DataError, Problem
from analysis.intake.anchoring import short_quote
from analysis.intake.changes import new_problems, told
from analysis.intake.rows import Cells, row_numbers
from analysis.number_words import plural

LeftOut = dict[str, list[int]]  # why it is left out, and the numbers of the annotations (or rows) for which that holds

MOVED = "elsewhere than the file says"  # a reason by which nothing is left out

_MOST_SHOWN = 30  # faults of one file

_MOST_NUMBERS = 6  # that a sentence names

_LONGEST = 500  # characters of a message


def annotation_file(
    file: str,
    source_id: str,
    found: list[Annotation],
    problems: Iterable[Problem],
    others: LeftOut,
    left: LeftOut,
    what: str = "annotation",
) -> AnnotationFile:
    """What was read of `file`; `others` are the numbers of what it has of other texts, by their ids.

    Raises DataError for the `problems`, and for a file of other texts alone.
    """
    refuse(problems)
    if others and not found:
        message = f"annotates {' and '.join(others)}, not {source_id}"
        raise DataError([Problem(file, None, None, message, f"take it in for {next(iter(others))}, or give the file for {source_id}")])
    of_others = {f"of another text ({other}), left out": numbers for other, numbers in others.items()}
    reasons = {**left, **of_others}
    n_moved = len(reasons.pop(MOVED, ()))
    many = f"{n_moved} stretches stand elsewhere than the file says; their words decided."
    said = (many,) if n_moved > 1 else ("1 stretch stands elsewhere than the file says; its words decided.",) * n_moved
    sentences = [f"{reason[0].upper()}{reason[1:]}{_numbers(what, rows)}." for reason, rows in reasons.items()]
    return AnnotationFile(found, sentences, said)


def _numbers(what: str, rows: Iterable[int]) -> str:
    """Of which rows a reason holds, as ": annotation 3, 7, 9"; "" for one without numbers."""
    once = list(dict.fromkeys(rows))
    named, more = ", ".join(map(str, once[:_MOST_NUMBERS])), len(once) - _MOST_NUMBERS
    return f": {what} {named}{f' and {more} more' * (more > 0)}" if once else ""


def refuse(problems: Iterable[Problem]) -> None:
    """Raise the problems of a file, those in the same words once, and not more than one can read."""
    found: dict[tuple[str | None, str], list[Problem]] = {}
    for problem in problems:
        found.setdefault((problem.column, problem.message.partition(" (at ")[0]), []).append(problem)
    if not found:
        return
    once = [same[0]._replace(message=_brief(same[0].message) + _and_more(same), remedy=_brief(same[0].remedy)) for same in found.values()]
    once.sort(key=lambda problem: problem.row or 0)
    more = len(once) - _MOST_SHOWN
    last = [Problem(once[0].file, None, None, f"has {plural(more, 'more fault')}", "mend those above first")] if more > 0 else []
    raise DataError([*once[:_MOST_SHOWN], *last])


def _brief(words: str) -> str:
    """A message that names a value of the file, which may be of any length."""
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}..."


def _and_more(same: Sequence[Problem]) -> str:
    """How many other rows have a fault; the rows of a first pass are in two tables, and so may be their faults."""
    others = list(dict.fromkeys(problem.row for problem in same if problem.row != same[0].row))
    named = ", ".join(map(str, others[:_MOST_SHOWN])) + ", ..." * (len(others) > _MOST_SHOWN)
    return f"; and {plural(len(others), 'more row')} ({named})" if others else ""


def faults_after(
    data: Path, changes: Mapping[str, str | None], tables: Mapping[str, list[Cells]], coded: Mapping[str, Sequence[Annotation]], file: str
) -> Iterator[Problem]:
    """What the check would find after the changes, by the row of the annotation where it is one's.

    `coded` has the annotations of which the rows of a table were made, one a row, in their order.
    """
    for problem in new_problems(data, changes):
        name = problem.file.partition("/")[2]
        numbers = row_numbers(changes[name] or "", tables.get(name, [])) if name in changes else []
        own = dict(zip(numbers, coded.get(name, ()), strict=False)).get(problem.row) if problem.row else None
        if own:
            at = f" (at {short_quote(own.quote)})" if own.quote else ""
            yield Problem(file, own.row, problem.column, f"{problem.message}{at}", problem.remedy)
        else:
            yield Problem(file, None, problem.column, f"would put into {told(problem)}", problem.remedy)
