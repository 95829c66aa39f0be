"""The numbers of the page of all judgements and functions."""

from analysis.coding.framing import frame_table, judgement_table, judgement_voices, units_blaming, upheld
from analysis.coding.reliability import adjudications
from analysis.corpus.reader import Corpus
from analysis.corpus.vocabulary import AUTHOR, FUNCTIONS
from analysis.display.numbers.responsibility import judgement_numbers
from analysis.display.numbers.shared import Numbers, chosen
from analysis.number_words import in_words


def record_framing_numbers(corpus: Corpus, *single: str) -> Numbers:
    """How many judgements and functions there are, in whose voice, and how many were settled.

    `single` names the numbers of single texts and actors that are wanted: see `judgement_numbers`, `_moral` and `_blaming`.
    """
    return {
        "n_judgements": len(upheld(judgement_table(corpus))),
        "n_attributed": int(judgement_voices(corpus).attributed.sum()),
        "n_functions": in_words(len(FUNCTIONS)),
        "n_frames": len(upheld(frame_table(corpus))),
        "n_resolved_framing": len(adjudications(corpus, "responsibility")) + len(adjudications(corpus, "frames")),
        **chosen(judgement_numbers(corpus) | _moral(corpus) | _blaming(corpus), single),
    }


def _moral(corpus: Corpus) -> Numbers:
    """How many moral judgements each text makes, and how many in its own voice: "<source_id>_moral_rows", "<source_id>_moral_own"."""
    moral = frame_table(corpus).query("function == 'moral'").groupby("source_id").voice
    return {
        **{f"{source_id}_moral_rows": len(voice) for source_id, voice in moral},
        **{f"{source_id}_moral_own": int((voice == AUTHOR).sum()) for source_id, voice in moral},
    }


def _blaming(corpus: Corpus) -> Numbers:
    """How many texts and clusters blame an actor, in words: "<actor>_blaming_texts", "<actor>_blaming_clusters"."""
    return {
        **{f"{actor}_blaming_texts": in_words(n) for actor, n in units_blaming(corpus).items()},
        **{f"{actor}_blaming_clusters": in_words(n) for actor, n in units_blaming(corpus, merge=True).items()},
    }
