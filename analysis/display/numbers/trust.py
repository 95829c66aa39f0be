"""The numbers of the chapter Trust."""

from analysis.coding.claims import check_table
from analysis.coding.multiverse import combinations
from analysis.coding.reliability import PASSES, STABILITY, agreement_table, texts_coded_by_persons
from analysis.corpus.reader import Corpus
from analysis.corpus.segment import passages
from analysis.corpus.texts import source_table
from analysis.corpus.vocabulary import DIFFERS, UNCHECKED
from analysis.display.numbers.shared import Numbers, chosen
from analysis.number_words import in_words, listed


def trust_numbers(corpus: Corpus, *of_texts: str) -> Numbers:
    """How far the readings agree, which findings seldom hold, how many statements differ from the record.

    `of_texts` names the numbers of single texts that are wanted: "<source_id>_paragraphs".
    """
    same = agreement_table(corpus)[lambda table: table.kind == STABILITY]
    counts, checks = combinations(corpus), check_table(corpus)
    least = same.loc[same.agreement.idxmin()]
    paragraphs = passages(corpus).source_id.value_counts()
    table = source_table(corpus)
    seldom = list(counts.finding[2 * counts.held < counts.asked])
    differing = set(checks.source_id[checks.verdict == DIFFERS])
    return {
        "n_findings": in_words(len(counts)),
        "n_seldom": in_words(len(seldom)),
        "hold_seldom": listed(seldom) or "no finding",
        "n_passes": in_words(len(PASSES)),
        **agreement_range(corpus),
        "least_steady": f"the {least.variable} of {least.table}",
        "coded_by_persons": coded_by_persons(corpus),
        "n_checks": len(checks),
        "n_differs": in_words(int((checks.verdict == DIFFERS).sum())),
        "n_not_checkable": int((checks.verdict == UNCHECKED).sum()),
        "without_differing": listed([row.short for row in table.itertuples() if row.source_id not in differing]) or "no text",
        "n_texts_in_words": in_words(len(table)),
        **chosen({f"{source_id}_paragraphs": in_words(n) for source_id, n in paragraphs.items()}, of_texts),
    }


def agreement_range(corpus: Corpus) -> Numbers:
    """The lowest and the highest share of units, in percent, in which both readings gave the same value."""
    same = agreement_table(corpus)[lambda table: table.kind == STABILITY].agreement
    return {"agreement_lowest": round(100 * same.min()), "agreement_highest": round(100 * same.max())}


def coded_by_persons(corpus: Corpus) -> str:
    """The clause that says how many persons have coded, and which texts."""
    coded = texts_coded_by_persons(corpus)
    if coded.empty:
        return "no person has coded the texts yet"
    n_persons, short = coded.coder.nunique(), corpus.sources.set_index("source_id").short
    who = f"{in_words(n_persons)} {'person has' if n_persons == 1 else 'persons have'} coded"
    return f"{who} {listed(short[coded.source_id.unique()])}"
