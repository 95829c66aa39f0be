"""Which term of the table of the book a row belongs to, where several terms share its dimension: told by its words."""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

from analysis.coding.book_table import cell_rows
from analysis.corpus.reader import Corpus

_PLAIN = frozenset(  # words of no matter
    re.findall(
        r"\w+",
        "about after against also before been being between both could does down each either else even ever every firm from have "
        "here into itself made make more most much must named neither only other over said same says should since some such than "
        "that their them then there these they this those under until upon very were what when where which while will with within "
        "without words would ",
    )
)

_Words = Mapping[str, frozenset[str]]  # of each term, the words that tell of it


def terms_of(corpus: Corpus, source_id: str) -> Callable[[Any], list[str]]:
    """A function of a row of a text: the terms of the table that it belongs to, one where its dimension or its words tell.

    Of terms that share a dimension a row belongs to that whose name, or whose own dimension by its name, stands in its quotation or
    position; else to the only one of which words stand there: of the limits in the codebook, else of the rows of other texts. Where these
    tell of none, or of several, or where a term has no dimension of its own, it may be of any of them.
    """
    table = corpus.tables["book_table.csv"]
    dimensions = {term: set(own.split(";")) for term, own in zip(table.term, table.dimensions, strict=True)}

    def terms(row: Any) -> list[str]:
        shared = tuple(term for term, own in dimensions.items() if row.dimension in own)
        said = _words(f"{row.quote} {row.position}")
        common = set.intersection(*(dimensions[term] for term in shared)) if shared else set()
        if len(shared) < 2 or any(dimensions[term] <= common for term in shared):
            return list(shared)
        for told in _telling(corpus, source_id, shared):
            hits = [term for term in shared if said & told[term]]
            if len(hits) == 1:
                return hits
        return list(shared)

    return terms


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W\d_]{4,}", text.casefold())) - _PLAIN


@lru_cache(maxsize=64)
def _telling(corpus: Corpus, source_id: str, shared: tuple[str, ...]) -> list[_Words]:
    """The words that tell terms of one dimension apart, those that tell best first: names, limits, rows of the other texts."""
    table, codebook = corpus.tables["book_table.csv"], corpus.tables["codebook.csv"].set_index("dimension")
    dimensions = {term: set(table.dimensions[table.term == term].iloc[0].split(";")) for term in shared}
    common = set.intersection(*dimensions.values())
    names, limits, rows = {}, {}, {}
    for term, own in dimensions.items():
        known = codebook[codebook.index.isin(own - common)]
        names[term] = _words(" ".join([term, *known.label]))
        limits[term] = _words(" ".join([*known.definition, *known.includes]))
        cells = table[(table.term == term) & (table.source_id != source_id) & table.source_id.isin(corpus.raw)]
        own_rows = [row for cell in cells.to_dict("records") for row in cell_rows(corpus, SimpleNamespace(**cell))]
        rows[term] = _words(" ".join(row.quote for row in own_rows))
    return [_apart(words) for words in (names, limits, rows)]


def _apart(words: _Words) -> _Words:
    """The words of each term that no other has."""
    return {term: own - frozenset().union(*(other for name, other in words.items() if name != term)) for term, own in words.items()}
