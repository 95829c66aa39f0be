"""The numbers of the chapter Guarantees and of its record."""

from analysis.coding.guarantees import guarantor_overlap, guarantor_sets, guarantor_table, strength_ranks
from analysis.corpus.reader import Corpus
from analysis.corpus.texts import reference_instrument
from analysis.display.numbers.shared import Numbers, chosen, whole


def guarantees_numbers(corpus: Corpus, *of_texts: str) -> Numbers:
    """How many states the reference instrument lists, and how many the texts: "<source_id>_states", "<source_id>_shared" (with it)."""
    counts: Numbers = {}
    for row in guarantor_overlap(corpus).itertuples():
        counts |= {f"{row.source_id}_states": whole(row.n), f"{row.source_id}_shared": whole(row.shared)}
    return {
        "reference_n": int(guarantor_sets(corpus)[reference_instrument(corpus).instrument].sum()),
        **chosen(counts, of_texts),
    }


def guarantees_record_numbers(corpus: Corpus) -> Numbers:
    """How many texts name states as guarantors, and the rungs of the scale."""
    return {
        "n_naming_states": guarantor_table(corpus).query("role == 'proposed' and kind == 'state'").source_id.nunique(),
        "n_rungs": int(strength_ranks(corpus).max()),
    }
