"""The numbers of the chapter Trust."""

from analysis.coding.reliability import PASSES, STABILITY, VARIABLE_LABELS, adjudications, agreement_table, texts_coded_by_persons
from analysis.corpus.reader import Corpus
from analysis.corpus.segment import passages
from analysis.corpus.texts import source_table
from analysis.display.numbers.shared import Numbers, chosen
from analysis.number_words import in_words, listed


def trust_numbers(corpus: Corpus, *of_texts: str) -> Numbers:
    """How far the passes agree, and how many differences were settled.

    `of_texts` names the numbers of single texts that are wanted: "<source_id>_paragraphs".
    """
    same = agreement_table(corpus)[lambda table: table.kind == STABILITY].agreement
    paragraphs = passages(corpus).source_id.value_counts()
    return {
        "n_passes": in_words(len(PASSES)),
        "n_variables": len(same),
        "agreement_lowest": round(100 * same.min()),
        "agreement_highest": round(100 * same.max()),
        "coded_by_persons": coded_by_persons(corpus),
        "n_settled": sum(len(adjudications(corpus, name)) for name in VARIABLE_LABELS),
        "n_texts_in_words": in_words(len(source_table(corpus))),
        **chosen({f"{source_id}_paragraphs": in_words(n) for source_id, n in paragraphs.items()}, of_texts),
    }


def coded_by_persons(corpus: Corpus) -> str:
    """The sentence that says how many persons have coded, and which texts."""
    coded = texts_coded_by_persons(corpus)
    if coded.empty:
        return "No person has coded the texts yet."
    n_persons, short = coded.coder.nunique(), corpus.sources.set_index("source_id").short
    who = f"{in_words(n_persons).capitalize()} {'person has' if n_persons == 1 else 'persons have'} coded"
    return f"{who} {listed(short[coded.source_id.unique()])}; how far that agrees with the adjudicated reading stands in the table."
