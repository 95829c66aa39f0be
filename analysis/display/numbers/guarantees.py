"""The numbers of the chapter Guarantees."""

from analysis.corpus import Corpus
from analysis.display.numbers.shared import Numbers
from analysis.proposals import guarantor_overlap, guarantor_sets, guarantors, strengths_scale
from analysis.provenance import reference_instrument, sources


def guarantees_numbers(corpus: Corpus) -> Numbers:
    """The longest list of guarantors beside the Communiqué's, how many texts name states, and the rungs of the scale."""
    overlap = guarantor_overlap(corpus).set_index("source_id")
    longest = overlap.n.idxmax()
    return {
        "longest_list": sources(corpus).set_index("source_id").short[longest],
        "longest_list_n": int(overlap.n[longest]),
        "longest_list_shared": int(overlap.shared[longest]),
        "communique_n": int(guarantor_sets(corpus)[reference_instrument(corpus).instrument].sum()),
        "n_naming_states": guarantors(corpus).query("role == 'proposed' and kind == 'state'").source_id.nunique(),
        "n_rungs": int(strengths_scale(corpus).max()),
    }
