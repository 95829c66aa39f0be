"""The numbers of the chapter Trust."""

from analysis.coding.multiverse import FEWEST, finding_summary, specifications
from analysis.coding.reliability import PASSES, RELIABLE, TENTATIVE, VARIABLE_LABELS, adjudications, agreement_table
from analysis.corpus.reader import Corpus
from analysis.corpus.segment import passages
from analysis.corpus.texts import source_table
from analysis.display.numbers.shared import Numbers, chosen
from analysis.number_words import in_words


def trust_numbers(corpus: Corpus, *of_texts: str) -> Numbers:
    """How far the passes agree, and how many findings hold in how many ways of counting.

    `of_texts` names the numbers of single texts that are wanted: "<source_id>_paragraphs".
    """
    alphas, robust = agreement_table(corpus).alpha, finding_summary(corpus)
    settled = [len(adjudications(corpus, name)) for name in VARIABLE_LABELS]
    paragraphs = passages(corpus).source_id.value_counts()
    return {
        "n_passes": in_words(len(PASSES)),
        "alpha_reliable": f"{RELIABLE:.3f}".lstrip("0"),
        "alpha_tentative": f"{TENTATIVE:.3f}".lstrip("0"),
        "alpha_lowest": f"{alphas.min():.2f}",
        "alpha_highest": f"{alphas.max():.2f}",
        "n_variables": len(alphas),
        "n_settled": sum(settled),
        "n_cells": len(specifications()),
        "most_asked": in_words(max(FEWEST)),
        "n_texts_in_words": in_words(len(source_table(corpus))),
        **chosen({f"{source_id}_paragraphs": in_words(n) for source_id, n in paragraphs.items()}, of_texts),
        "n_findings": len(robust),
        "n_everywhere": int((robust.fails == 0).sum()),
    }
