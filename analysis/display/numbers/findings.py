"""The numbers of the chapter Findings."""

from analysis.coding.multiverse import specifications
from analysis.corpus.reader import Corpus
from analysis.display.numbers.shared import Numbers, extent


def findings_numbers(corpus: Corpus) -> Numbers:
    """In how many ways of counting the findings are tried, over how many texts and clusters."""
    return {"n_cells": len(specifications()), **extent(corpus)}
