"""The numbers of the chapter Proposals."""

from analysis.coding.reliability import adjudications
from analysis.coding.terms import closest_pair, coded_counts, dimension_relations, documents_by_text, jaccard_matrix, provision_table
from analysis.corpus.reader import Corpus
from analysis.corpus.texts import reference_instrument, source_table
from analysis.corpus.vocabulary import LEVELS, RELATIONS
from analysis.display.numbers.shared import Numbers, chosen


def proposals_numbers(corpus: Corpus, *of_texts: str) -> Numbers:
    """What the texts describe, how they relate, and which are nearest.

    `of_texts` names the numbers of single texts that are wanted: "<source_id>_statements", "<source_id>_<document>".
    """
    resolved = adjudications(corpus).resolution
    return {
        "n_provisions": len(provision_table(corpus)),
        **_coverage(corpus),
        **_relations(corpus),
        **_nearest(corpus),
        **chosen(_documents(corpus), of_texts),
        "n_overruled": int(resolved.str.startswith("Both passes").sum()),
        "n_added": int(resolved.str.startswith("Third reading").sum()),
    }


def _coverage(corpus: Corpus) -> Numbers:
    """How many dimensions all texts, all clusters, none, and the texts with most and with fewest describe."""
    covered = coded_counts(corpus).gt(0)
    counts = covered.sum().rename(source_table(corpus).set_index("source_id").short)
    return {
        "n_dimensions": len(covered),
        "n_all_texts": int(covered.all(axis="columns").sum()),
        "n_all_clusters": int(coded_counts(corpus, merge=True).gt(0).all(axis="columns").sum()),
        "n_absent": int((~covered.any(axis="columns")).sum()),
        "most_covering": counts.idxmax(),
        "most_covered": int(counts.max()),
        "least_covering": counts.idxmin(),
        "least_covered": int(counts.min()),
    }


def _relations(corpus: Corpus) -> Numbers:
    """How many dimensions stand in each relation, between texts ("n_agree") and between clusters ("merged_agree")."""
    return {
        f"{prefix}_{name.replace(' ', '_')}": int((table.relation == name).sum())
        for prefix, table in (("n", dimension_relations(corpus)), ("merged", dimension_relations(corpus, merge=True)))
        for name in ("only one", *RELATIONS)
    }


def _nearest(corpus: Corpus) -> Numbers:
    """The two texts nearest to each other in what they describe, and their distance with and without what is only mentioned."""
    short, table = source_table(corpus).set_index("source_id").short, jaccard_matrix(corpus)
    benchmark = reference_instrument(corpus).instrument
    one, other = closest_pair(table.drop(index=benchmark, columns=benchmark))
    return {
        "nearest_one": short[one],
        "nearest_other": short[other],
        "nearest_distance": f"{table[one][other]:.2f}",
        "nearest_without_mentioned": f"{jaccard_matrix(corpus, levels=LEVELS[1:])[one][other]:.2f}",
    }


def _documents(corpus: Corpus) -> Numbers:
    """How many statements each text makes, in all and of each document."""
    said = documents_by_text(corpus).set_index("source_id")
    said = said.rename(columns=lambda name: name.replace(" ", "_").replace("-", "_")).assign(statements=said.sum(axis="columns"))
    return {f"{source_id}_{name}": int(n) for source_id, own in said.iterrows() for name, n in own.items()}
