"""The numbers of the chapter Responsibility."""

from analysis.coding.framing import credit_and_blame, issue_counts, judgement_table, judgement_voices, upheld
from analysis.corpus.reader import Corpus
from analysis.corpus.segment import passages
from analysis.display.numbers.shared import Numbers, chosen
from analysis.number_words import in_words


def responsibility_numbers(corpus: Corpus, *single: str) -> Numbers:
    """How many judgements there are, and in whose voice.

    `single` names the numbers of single texts, actors and matters that are wanted: see `judgement_numbers`, `_blind` and `_matters`.
    """
    kinds = issue_counts(corpus)
    return {
        "n_judgements": len(upheld(judgement_table(corpus))),
        "n_attributed": int(judgement_voices(corpus).attributed.sum()),
        "n_credited": int(kinds.credited.sum()),
        "n_blamed": int(kinds.blamed.sum()),
        **chosen(judgement_numbers(corpus) | _matters(corpus), single),
    }


def judgement_numbers(corpus: Corpus) -> Numbers:
    """How often each text credits and blames each actor, of these in others' voice, and the percent of its judgements in others' voice.

    "<source_id>_<actor>_<valence>", with "_others" behind it; "<source_id>_judged_others_share"; "<source_id>_paragraphs".
    """
    judged, voices = credit_and_blame(corpus), judgement_voices(corpus).set_index("source_id")
    shares = (100 * voices.attributed / (voices.author + voices.attributed)).dropna()
    return {
        **{f"{row.unit}_{row.actor}_{row.valence}": row.n for row in judged.itertuples()},
        **{f"{row.unit}_{row.actor}_{row.valence}_others": row.attributed for row in judged.itertuples()},
        **{f"{source_id}_judged_others_share": round(float(share)) for source_id, share in shares.items()},
        **{f"{source_id}_paragraphs": int(n) for source_id, n in passages(corpus).groupby("source_id").size().items()},
    }


def _matters(corpus: Corpus) -> Numbers:
    """How often actors are judged for a matter: "<matter>_credited", "<matter>_blamed"; how many charges texts reject: "n_rejected"."""
    kinds = issue_counts(corpus).set_index("matter")
    return {
        **{f"{matter}_{valence}": int(n) for valence, counts in kinds.items() for matter, n in counts.items()},
        "n_rejected": in_words(int((judgement_table(corpus).rejected_by != "").sum())),
    }
