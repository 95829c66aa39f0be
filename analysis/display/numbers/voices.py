"""The numbers of the chapter Voices."""

from analysis.coding.quotations import quotations_by_text
from analysis.corpus.reader import Corpus
from analysis.corpus.speech import direct_speech
from analysis.corpus.texts import coded_sources, source_table
from analysis.display.numbers.shared import Numbers, chosen, name_of_most, whole
from analysis.number_words import in_words, listed


def voices_numbers(corpus: Corpus, *of_texts: str) -> Numbers:
    """Who quotes nobody and who most, who is quoted and who by more than one text, of how many quotations an outlet or reporter is named.

    `of_texts` names the numbers of single texts that are wanted: "<source_id>_<side>_share", and "<speaker>_words" over all texts.
    """
    spoken, short = direct_speech(corpus), source_table(corpus).set_index("source_id").short
    shares = quotations_by_text(corpus).set_index("source_id").share
    silent = [row.short for row in coded_sources(corpus).itertuples() if shares.isna()[row.source_id]]
    said, texts_of = spoken.groupby("speaker").n_words.sum(), spoken.groupby("speaker", sort=False).source_id.nunique()
    return {
        "silent_texts": listed(silent) or "no text",
        "shared_speakers": listed(texts_of.index[texts_of > 1]) or "none",
        "n_voiced": len(spoken),
        "n_through": in_words(int((spoken.via != "").sum())),
        "n_speakers": spoken.speaker.nunique(),
        "most_quoting": short.get(name_of_most(shares), "none"),
        "most_quoting_share": whole(shares.max()),
        **chosen(_sides(corpus) | {f"{speaker.replace(' ', '_')}_words": int(n) for speaker, n in said.items()}, of_texts),
    }


def _sides(corpus: Corpus) -> Numbers:
    """The percent of the quoted words of each text that each side speaks."""
    own = direct_speech(corpus).groupby(["source_id", "side"]).n_words.sum()
    shares = 100 * own / own.groupby("source_id").transform("sum")
    return {f"{source_id}_{side.replace(' ', '_')}_share": round(float(share)) for (source_id, side), share in shares.items()}
