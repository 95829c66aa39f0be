"""The numbers of the chapter Guarantees and of its record."""

from analysis.coding.guarantees import guarantor_overlap, guarantor_sets, guarantor_table, strength_ranks
from analysis.corpus.reader import Corpus
from analysis.corpus.texts import reference_instrument, source_table
from analysis.display.numbers.shared import Numbers


def guarantees_numbers(corpus: Corpus) -> Numbers:
    """The longest list of guarantors beside that of the reference instrument."""
    overlap = guarantor_overlap(corpus).set_index("source_id")
    longest = overlap.n.idxmax()
    return {
        "longest_list": source_table(corpus).set_index("source_id").short[longest],
        "longest_list_n": int(overlap.n[longest]),
        "longest_list_shared": int(overlap.shared[longest]),
        "communique_n": int(guarantor_sets(corpus)[reference_instrument(corpus).instrument].sum()),
    }


def guarantees_record_numbers(corpus: Corpus) -> Numbers:
    """How many texts name states as guarantors, and the rungs of the scale."""
    return {
        "n_naming_states": guarantor_table(corpus).query("role == 'proposed' and kind == 'state'").source_id.nunique(),
        "n_rungs": int(strength_ranks(corpus).max()),
    }
