"""The numbers of the chapter Comparisons."""

from analysis.coding.claims import claim_table, comparison_table, corroboration
from analysis.corpus.reader import Corpus
from analysis.corpus.vocabulary import RELATIONS
from analysis.display.numbers.shared import Numbers


def comparisons_numbers(corpus: Corpus) -> Numbers:
    """How many claims, topics by relation, and corroborated positions."""
    table, support = claim_table(corpus), corroboration(corpus)
    topics = comparison_table(corpus).drop_duplicates("topic").relation
    return {
        "n_claims": len(table),
        "n_claims_others": int((table.attributed_to != "author").sum()),
        "n_topics": len(topics),
        **{f"n_topics_{relation.replace(' ', '_')}": int((topics == relation).sum()) for relation in RELATIONS},
        "n_positions": len(support),
        "n_corroborated": int((support.n_clusters > 1).sum()),
    }
