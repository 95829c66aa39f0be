"""The numbers of the chapter Voices."""

from analysis.coding.quotations import quotations_by_text
from analysis.corpus.reader import Corpus
from analysis.corpus.speech import direct_speech
from analysis.corpus.texts import coding_status, source_table
from analysis.display.numbers.shared import Numbers, chosen
from analysis.number_words import in_words, listed


def voices_numbers(corpus: Corpus, *of_texts: str) -> Numbers:
    """Who quotes nobody and who most, how many are quoted, of how many quotations an outlet or reporter is named, and whose side.

    `of_texts` names the numbers of single texts that are wanted: "<source_id>_<side>_share", and "<speaker>_words" over all texts.
    """
    spoken, short = direct_speech(corpus), source_table(corpus).set_index("source_id").short
    shares = quotations_by_text(corpus).set_index("source_id").share
    silent = [name for source_id, name in short.items() if shares.isna()[source_id] and coding_status(corpus)[source_id] != "uncoded"]
    said = spoken.groupby("speaker").n_words.sum()
    return {
        "silent_texts": listed(silent) if silent else "no text",
        "n_voiced": len(spoken),
        "n_through": in_words(int((spoken.via != "").sum())),
        "n_speakers": spoken.speaker.nunique(),
        "most_quoting": short[shares.idxmax()],
        "most_quoting_share": round(shares.max()),
        **chosen(_sides(corpus) | {f"{speaker.replace(' ', '_')}_words": int(n) for speaker, n in said.items()}, of_texts),
    }


def _sides(corpus: Corpus) -> Numbers:
    """The percent of the quoted words of each text that each side speaks."""
    own = direct_speech(corpus).groupby(["source_id", "side"]).n_words.sum()
    shares = 100 * own / own.groupby("source_id").transform("sum")
    return {f"{source_id}_{side.replace(' ', '_')}_share": round(float(share)) for (source_id, side), share in shares.items()}
