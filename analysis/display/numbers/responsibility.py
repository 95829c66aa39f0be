"""The numbers of the chapter Responsibility."""

from analysis.corpus import Corpus
from analysis.display.numbers.shared import Numbers, chosen, stability
from analysis.framing import AUTHOR, FUNCTIONS, blaming, credit_and_blame, frames, matters, responsibility, voices_of_judgement
from analysis.numerals import in_words
from analysis.reliability import PASSES, resolutions


def responsibility_numbers(corpus: Corpus, *single: str) -> Numbers:
    """How many judgements and functions, in whose voice, and how far the passes agree.

    `single` names the numbers of single texts, actors and matters that are wanted: see `_judgements`, `_moral` and `_sums`.
    """
    kinds = matters(corpus)
    return {
        "n_judgements": len(responsibility(corpus)),
        "n_credited": int(kinds.credited.sum()),
        "n_blamed": int(kinds.blamed.sum()),
        "n_attributed": int(voices_of_judgement(corpus).attributed.sum()),
        "n_functions": in_words(len(FUNCTIONS)),
        "n_frames": len(frames(corpus)),
        **chosen(_judgements(corpus) | _moral(corpus) | _sums(corpus), single),
        "n_passes": in_words(len(PASSES)),
        "alpha_judged": stability(corpus, "responsibility", "credited or blamed"),
        "alpha_performed": stability(corpus, "frames", "performed"),
        "n_resolved_framing": len(resolutions(corpus, "responsibility")) + len(resolutions(corpus, "frames")),
    }


def _judgements(corpus: Corpus) -> Numbers:
    """How often each text credits and blames each actor, of these in others' voice, and the percent of its judgements in others' voice.

    "<source_id>_<actor>_<valence>", with "_others" behind it; "<source_id>_judged_others_share".
    """
    judged, voices = credit_and_blame(corpus), voices_of_judgement(corpus).set_index("source_id")
    shares = (100 * voices.attributed / (voices.author + voices.attributed)).dropna()
    return {
        **{f"{row.unit}_{row.actor}_{row.valence}": row.n for row in judged.itertuples()},
        **{f"{row.unit}_{row.actor}_{row.valence}_others": row.attributed for row in judged.itertuples()},
        **{f"{source_id}_judged_others_share": round(float(share)) for source_id, share in shares.items()},
    }


def _moral(corpus: Corpus) -> Numbers:
    """How many moral judgements each text makes, and how many in its own voice: "<source_id>_moral_rows", "<source_id>_moral_own"."""
    moral = frames(corpus).query("function == 'moral'").groupby("source_id").voice
    return {
        **{f"{source_id}_moral_rows": len(voice) for source_id, voice in moral},
        **{f"{source_id}_moral_own": int((voice == AUTHOR).sum()) for source_id, voice in moral},
    }


def _sums(corpus: Corpus) -> Numbers:
    """How often actors are credited and blamed for a matter, and how many texts and clusters blame an actor, over all texts.

    "<matter>_credited", "<matter>_blamed"; "<actor>_blaming_texts", "<actor>_blaming_clusters".
    """
    kinds = matters(corpus).set_index("matter")
    return {
        **{f"{matter}_{valence}": int(n) for valence, counts in kinds.items() for matter, n in counts.items()},
        **{f"{actor}_blaming_texts": in_words(n) for actor, n in blaming(corpus).items()},
        **{f"{actor}_blaming_clusters": in_words(n) for actor, n in blaming(corpus, merge=True).items()},
    }
