"""The numbers of the chapter Proposals."""

from analysis.coding.terms import documents_by_text
from analysis.corpus.reader import Corpus
from analysis.display.numbers.shared import Numbers, chosen


def proposals_numbers(corpus: Corpus, *of_texts: str) -> Numbers:
    """How many statements on terms single texts make, in all and of each document.

    `of_texts` names the numbers that are wanted: "<source_id>_statements", "<source_id>_<document>".
    """
    said = documents_by_text(corpus).set_index("source_id")
    said = said.rename(columns=lambda name: name.replace(" ", "_").replace("-", "_")).assign(statements=said.sum(axis="columns"))
    return chosen({f"{source_id}_{name}": int(n) for source_id, own in said.iterrows() for name, n in own.items()}, of_texts)
