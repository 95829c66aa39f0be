"""The numbers of the page of all quotations."""

from analysis.coding.quotations import extraction_quality
from analysis.corpus.reader import Corpus
from analysis.corpus.speech import direct_speech, quotation_table
from analysis.display.numbers.shared import Numbers, name_of_most, whole


def record_quotations_numbers(corpus: Corpus) -> Numbers:
    """How many quotations there are, whose side speaks most, and how well a rule finds the hand table."""
    quality, sides = extraction_quality(corpus).set_index("source_id").loc["all"], direct_speech(corpus).groupby("side").n_words.sum()
    return {
        "n_quotations": len(quotation_table(corpus)),
        "largest_side": name_of_most(sides),
        "largest_side_share": whole(100 * sides.max() / sides.sum()),
        "n_found": int(quality.found),
        "precision": f"{quality.precision:.2f}",
        "recall": f"{quality.recall:.2f}",
    }
