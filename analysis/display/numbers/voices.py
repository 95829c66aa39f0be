"""The numbers of the chapter Voices."""

from analysis.coding.quotations import extraction_quality, quotations_by_text
from analysis.corpus.reader import Corpus
from analysis.corpus.speech import direct_speech, quotation_table
from analysis.corpus.texts import source_table
from analysis.display.numbers.shared import Numbers, chosen


def voices_numbers(corpus: Corpus, *of_texts: str) -> Numbers:
    """How many quotations and speakers, who quotes most and whose side, and how well a rule finds the hand table.

    `of_texts` names the numbers of single texts that are wanted: "<source_id>_<side>_share".
    """
    texts, quality = quotations_by_text(corpus).set_index("source_id").share, extraction_quality(corpus).set_index("source_id").loc["all"]
    sides = direct_speech(corpus).groupby("side").n_words.sum()
    return {
        "n_quotations": len(quotation_table(corpus)),
        "n_speakers": direct_speech(corpus).speaker.nunique(),
        "n_quoting": int(texts.notna().sum()),
        "n_silent": int(texts.isna().sum()),
        "most_quoting": source_table(corpus).set_index("source_id").short[texts.idxmax()],
        "most_quoting_share": round(texts.max()),
        "largest_side": sides.idxmax(),
        "largest_side_share": round(100 * float(sides.max() / sides.sum())),
        **chosen(_sides(corpus), of_texts),
        "n_found": int(quality.found),
        "precision": f"{quality.precision:.2f}",
        "recall": f"{quality.recall:.2f}",
    }


def _sides(corpus: Corpus) -> Numbers:
    """The percent of the quoted words of each text that each side speaks."""
    own = direct_speech(corpus).groupby(["source_id", "side"]).n_words.sum()
    shares = 100 * own / own.groupby("source_id").transform("sum")
    return {f"{source_id}_{side.replace(' ', '_')}_share": round(float(share)) for (source_id, side), share in shares.items()}
