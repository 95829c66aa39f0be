"""The numbers of the chapter Responsibility."""

from analysis.coding.framing import credit_and_blame, frame_table, issue_counts, judgement_table, judgement_voices, units_blaming, upheld
from analysis.coding.reliability import adjudications
from analysis.corpus.reader import Corpus
from analysis.corpus.vocabulary import AUTHOR, FUNCTIONS
from analysis.display.numbers.shared import Numbers, chosen
from analysis.number_words import in_words


def responsibility_numbers(corpus: Corpus, *single: str) -> Numbers:
    """How many judgements and functions, and in whose voice.

    `single` names the numbers of single texts, actors and matters that are wanted: see `_judgements`, `_moral` and `_sums`.
    """
    kinds = issue_counts(corpus)
    return {
        "n_judgements": len(upheld(judgement_table(corpus))),
        "n_credited": int(kinds.credited.sum()),
        "n_blamed": int(kinds.blamed.sum()),
        "n_attributed": int(judgement_voices(corpus).attributed.sum()),
        "n_functions": in_words(len(FUNCTIONS)),
        "n_frames": len(upheld(frame_table(corpus))),
        **chosen(_judgements(corpus) | _moral(corpus) | _sums(corpus), single),
        "n_resolved_framing": len(adjudications(corpus, "responsibility")) + len(adjudications(corpus, "frames")),
    }


def _judgements(corpus: Corpus) -> Numbers:
    """How often each text credits and blames each actor, of these in others' voice, and the percent of its judgements in others' voice.

    "<source_id>_<actor>_<valence>", with "_others" behind it; "<source_id>_judged_others_share".
    """
    judged, voices = credit_and_blame(corpus), judgement_voices(corpus).set_index("source_id")
    shares = (100 * voices.attributed / (voices.author + voices.attributed)).dropna()
    return {
        **{f"{row.unit}_{row.actor}_{row.valence}": row.n for row in judged.itertuples()},
        **{f"{row.unit}_{row.actor}_{row.valence}_others": row.attributed for row in judged.itertuples()},
        **{f"{source_id}_judged_others_share": round(float(share)) for source_id, share in shares.items()},
    }


def _moral(corpus: Corpus) -> Numbers:
    """How many moral judgements each text makes, and how many in its own voice: "<source_id>_moral_rows", "<source_id>_moral_own"."""
    moral = frame_table(corpus).query("function == 'moral'").groupby("source_id").voice
    return {
        **{f"{source_id}_moral_rows": len(voice) for source_id, voice in moral},
        **{f"{source_id}_moral_own": int((voice == AUTHOR).sum()) for source_id, voice in moral},
    }


def _sums(corpus: Corpus) -> Numbers:
    """How often actors are credited and blamed for a matter, and how many texts and clusters blame an actor, over all texts.

    "<matter>_credited", "<matter>_blamed"; "<actor>_blaming_texts", "<actor>_blaming_clusters".
    """
    kinds = issue_counts(corpus).set_index("matter")
    return {
        **{f"{matter}_{valence}": int(n) for valence, counts in kinds.items() for matter, n in counts.items()},
        **{f"{actor}_blaming_texts": in_words(n) for actor, n in units_blaming(corpus).items()},
        **{f"{actor}_blaming_clusters": in_words(n) for actor, n in units_blaming(corpus, merge=True).items()},
    }
