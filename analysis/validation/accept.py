"""A reading from outside, taken into the data folder only where the check finds nothing wrong with it."""

from collections.abc import Iterable
from dataclasses import replace

from analysis.atomic_write import write_atomic
from analysis.coding.passes import CodedQuote, joined_pass, other_coders, pass_rows, person_file
from analysis.corpus.errors import DataError, Problem
from analysis.corpus.reader import Corpus
from analysis.validation.validate import refused_values, unlisted_values


def accept_pass(corpus: Corpus, coding: str, coder: str, given: Iterable[CodedQuote], file: str) -> int:
    """Write what a person read, from `file`, to the person's pass of `coding`, in place of the rows that it has of the same texts.

    Returns the number of rows. Raises DataError with every fault, by its row in `file`, and writes nothing then.
    """
    coded = [one._replace(codes={**one.codes, "coder": coder}) for one in given]
    if not coded:
        raise DataError([Problem(file, None, None, "has no coded row", "fill a row for each stretch that the codebook asks for")])
    rows, problems = pass_rows(corpus, coding, coded, file)
    name = person_file(coding)
    data = replace(corpus, tables=corpus.tables | {name: rows.astype(str)})
    problems += [problem._replace(file=file) for problem in (*refused_values(data, name), *unlisted_values(data, name))]
    problems += other_coders(corpus, coding, rows, file)
    if problems:
        raise DataError(sorted(problems, key=lambda problem: problem.row or 0))
    write_atomic(corpus.path / name, joined_pass(corpus, coding, rows).to_csv(index=False, lineterminator="\n"))
    return len(rows)
