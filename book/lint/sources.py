"""All that a committed book is held against before it is built: what its authors wrote, and how its notebooks are kept."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from analysis.corpus.reader import Corpus
from book.lint.headlines import ACCEPTED, headline_faults
from book.lint.links import written_link_faults
from book.lint.loaded_terms import loaded_terms
from book.lint.notebook_rules import notebook_faults
from book.lint.plain_english import plain_english_faults
from book.lint.prose import NO_PAGE, Pages, of
from book.lint.quantifiers import quantifier_faults
from book.lint.quotations import misquotations
from book.lint.references import reference_faults
from book.lint.typed_numbers import typed_numbers
from book.notebooks import ROOT, notebook_names, page_names
from book.run.fingerprint import Recall, files_in, fingerprint

_RULES: tuple[Callable[[Corpus, Path, Pages], list[str]], ...] = (
    lambda _texts, root, pages: typed_numbers(root, pages),
    lambda _texts, root, pages: loaded_terms(root, pages),
    lambda texts, root, pages: headline_faults(texts, root) if of(pages, NO_PAGE) else [],
    quantifier_faults,
    plain_english_faults,
)


def prose_faults(texts: Corpus, root: Path, recall: Recall = lambda _key, compute: compute()) -> list[str]:
    """What the authors misquote; if nothing, typed numbers, loaded words, long sentences, and what they say of texts that is not true.

    With the `recall` of `remembered`, for which `texts` must be those in `root`, a page is read again only where its file changed, or a
    list that rules read.
    """
    lists = {name: root / name for name in ("_toc.yml", "_numbers.csv", ACCEPTED) if (root / name).exists()}
    sources = {name: files_in(root / f"{name}.ipynb", root / f"{name}.md") for name in page_names(root)}
    sources[NO_PAGE] = files_in(ROOT / "batch")
    found = [recall(fingerprint(lists | files, page), partial(_faults_of_page, texts, root, page)) for page, files in sources.items()]
    misquoted, others = ([fault for page in found for fault in page[kind]] for kind in ("misquoted", "others"))
    return misquoted or others


def _faults_of_page(texts: Corpus, root: Path, page: str) -> dict[str, list[str]]:
    others = [fault for rule in _RULES for fault in rule(texts, root, (page,))]
    return {"misquoted": misquotations(texts, root, (page,)), "others": others}


def source_faults(texts: Corpus, root: Path) -> list[str]:
    """`prose_faults`, and those of references, links and committed notebooks."""
    notebooks = [fault for name in notebook_names(root) for fault in notebook_faults(root, name)]
    return prose_faults(texts, root) + reference_faults(texts, root) + written_link_faults(root) + notebooks


def sentences_to_read_over(texts: Corpus, root: Path) -> list[str]:
    """Sentences and findings that leave out a text that joined later, since with it they are not true: place, words, and what would be."""
    read_over = replace(texts, tables=texts.tables | {"sources.csv": texts.sources.assign(in_prose="yes")})
    return headline_faults(read_over, root) + quantifier_faults(read_over, root)
