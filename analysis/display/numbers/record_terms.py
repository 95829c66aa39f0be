"""The numbers of the record page on the terms."""

from analysis.coding.reliability import adjudications
from analysis.coding.terms import closest_pair, coded_counts, dimension_relations, jaccard_matrix, provision_table
from analysis.corpus.reader import Corpus
from analysis.corpus.texts import reference_instrument, source_table
from analysis.corpus.vocabulary import LEVELS, NOT_COMPARED, RELATIONS
from analysis.display.numbers.shared import Numbers, name_of_most, whole


def record_terms_numbers(corpus: Corpus) -> Numbers:
    """What the texts describe, how they relate, which are nearest, and what the third reading changed."""
    resolved = adjudications(corpus).resolution
    return {
        "n_provisions": len(provision_table(corpus)),
        **_coverage(corpus),
        **_relations(corpus),
        **_nearest(corpus),
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
        "most_covering": name_of_most(counts),
        "most_covered": whole(counts.max()),
        "least_covering": name_of_most(-counts),
        "least_covered": whole(counts.min()),
    }


def _relations(corpus: Corpus) -> Numbers:
    """How many dimensions stand in each relation, between texts ("n_agree") and between clusters ("merged_agree")."""
    tables = {"n": dimension_relations(corpus), "merged": dimension_relations(corpus, merge=True)}
    asked = [("n", NOT_COMPARED), *((prefix, name) for prefix in tables for name in ("only one", *RELATIONS))]
    return {f"{prefix}_{name.replace(' ', '_')}": int((tables[prefix].relation == name).sum()) for prefix, name in asked}


def _nearest(corpus: Corpus) -> Numbers:
    """The two texts nearest to each other in what they describe, and their distance with and without what is only mentioned."""
    short, table = source_table(corpus).set_index("source_id").short, jaccard_matrix(corpus)
    benchmark = reference_instrument(corpus).instrument
    nearest = closest_pair(table.drop(index=benchmark, columns=benchmark))
    if nearest is None:
        return dict.fromkeys(("nearest_one", "nearest_other", "nearest_distance", "nearest_without_mentioned"), "none")
    one, other = nearest
    return {
        "nearest_one": short[one],
        "nearest_other": short[other],
        "nearest_distance": f"{table[one][other]:.2f}",
        "nearest_without_mentioned": f"{jaccard_matrix(corpus, levels=LEVELS[1:])[one][other]:.2f}",
    }
