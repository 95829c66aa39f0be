"""The numbers of the chapter Trust."""

from analysis.corpus import Corpus, passages
from analysis.display.numbers.shared import Numbers, chosen
from analysis.findings import FEWEST, grid, robustness
from analysis.numerals import in_words
from analysis.provenance import sources
from analysis.reliability import PASSES, RELIABLE, TENTATIVE, WHAT, passes, resolutions


def trust_numbers(corpus: Corpus, *of_texts: str) -> Numbers:
    """How far the passes agree, and how many findings hold in how many ways of counting.

    `of_texts` names the numbers of single texts that are wanted: "<source_id>_paragraphs".
    """
    alphas, robust = passes(corpus).alpha, robustness(corpus)
    settled = [len(resolutions(corpus, name)) for name in WHAT]
    paragraphs = passages(corpus).source_id.value_counts()
    return {
        "n_passes": in_words(len(PASSES)),
        "alpha_reliable": f"{RELIABLE:.3f}".lstrip("0"),
        "alpha_tentative": f"{TENTATIVE:.3f}".lstrip("0"),
        "alpha_lowest": f"{alphas.min():.2f}",
        "alpha_highest": f"{alphas.max():.2f}",
        "n_variables": len(alphas),
        "n_settled": sum(settled),
        "n_cells": len(grid()),
        "most_asked": in_words(max(FEWEST)),
        "n_texts_in_words": in_words(len(sources(corpus))),
        **chosen({f"{source_id}_paragraphs": in_words(n) for source_id, n in paragraphs.items()}, of_texts),
        "n_findings": len(robust),
        "n_everywhere": int((robust.fails == 0).sum()),
    }
