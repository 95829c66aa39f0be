"""What is wrong with the rows of the page for coding, asked anew only of the rows that changed: `KnownFaults`."""

from collections.abc import Sequence

from analysis.coding.annotations import DECLARED, Annotation
from analysis.corpus.reader import Corpus
from analysis.intake.row_checks import row_faults

Faults = dict[int, list[dict[str, str]]]

_TOGETHER = {"firmness"}  # codings of which one row is held against another


class KnownFaults:
    """The faults of a reading's rows. Each rests on the row, on who and what is declared, and in some codings on the rows beside it."""

    def __init__(self, source_id: str, which: str) -> None:
        self.source_id, self.which = source_id, which
        self.base: tuple[Corpus, list[Annotation]] | None = None
        self.known: dict[int, tuple[list[Annotation], list[dict[str, str]]]] = {}  # by row: what its faults rest on, and they

    def of(self, corpus: Corpus, rows: Sequence[Annotation]) -> Faults:
        """{row: [{column, message}]}, as `row_faults` says of all rows."""
        declared = [one for one in rows if one.coding in DECLARED]
        if self.base != (corpus, declared):
            self.base, self.known = (corpus, declared), {}
        rests = {one.row: [other for other in rows if _rests_on(one, other)] for one in rows}
        known = {row: self.known[row] for row, own in rests.items() if row in self.known and self.known[row][0] == own}
        changed = [one for one in rows if one.row not in known]
        asked = [*declared, *(one for one in changed if one.coding not in DECLARED)]
        found = row_faults(corpus, self.source_id, self.which, asked) if changed else {}
        self.known = known | {one.row: (rests[one.row], found.get(one.row, [])) for one in changed}
        return {one.row: faults for one in rows if (faults := self.known[one.row][1])}


def _rests_on(one: Annotation, other: Annotation) -> bool:
    return one is other or (one.coding in _TOGETHER and one.coding == other.coding)
