"""All that a committed book is held against before it is built: what its authors wrote, and how its notebooks are kept."""

from pathlib import Path

from analysis.corpus.reader import Corpus
from book.lint.headlines import headline_faults
from book.lint.links import written_link_faults
from book.lint.loaded_terms import loaded_terms
from book.lint.notebook_rules import notebook_faults
from book.lint.plain_english import plain_english_faults
from book.lint.quantifiers import quantifier_faults
from book.lint.quotations import misquotations
from book.lint.references import reference_faults
from book.lint.typed_numbers import typed_numbers
from book.notebooks import notebook_names


def prose_faults(texts: Corpus, root: Path) -> list[str]:
    """What the authors misquote; if nothing, typed numbers, loaded words, long sentences, and what they say of texts that is not true."""
    return misquotations(texts, root) or (
        typed_numbers(root)
        + loaded_terms(root)
        + headline_faults(texts, root)
        + quantifier_faults(texts, root)
        + plain_english_faults(texts, root)
    )


def source_faults(texts: Corpus, root: Path) -> list[str]:
    """`prose_faults`, and those of references, links and committed notebooks."""
    notebooks = [fault for name in notebook_names(root) for fault in notebook_faults(root, name)]
    return prose_faults(texts, root) + reference_faults(texts, root) + written_link_faults(root) + notebooks
