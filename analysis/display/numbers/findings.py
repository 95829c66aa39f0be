"""The numbers of the chapter Findings."""

from analysis.corpus import Corpus
from analysis.display.numbers.shared import Numbers, extent
from analysis.findings import grid


def findings_numbers(corpus: Corpus) -> Numbers:
    """In how many ways of counting the findings are tried, over how many texts and clusters."""
    return {"n_cells": len(grid()), **extent(corpus)}
