"""The numbers of the chapter Trust."""

import pandas as pd

from analysis.coding.claims import check_table, checked_texts
from analysis.coding.multiverse import combinations
from analysis.coding.reliability import PASSES, STABILITY, agreement_table, texts_coded_by_persons
from analysis.corpus.reader import Corpus
from analysis.corpus.segment import passages
from analysis.corpus.texts import coded_sources
from analysis.corpus.vocabulary import DIFFERS, UNCHECKED
from analysis.display.numbers.shared import Numbers, chosen, whole
from analysis.display.quantities import texts_in_words
from analysis.number_words import in_words, listed


def trust_numbers(corpus: Corpus, *of_texts: str) -> Numbers:
    """How far the readings agree, which findings seldom hold, how many statements differ from the record.

    `of_texts` names the numbers of single texts that are wanted: "<source_id>_paragraphs".
    """
    same = agreement_table(corpus)[lambda table: table.kind == STABILITY]
    counts, checks = combinations(corpus), check_table(corpus)
    least = same.dropna(subset="agreement").nsmallest(1, "agreement")
    paragraphs = passages(corpus).source_id.value_counts()
    checked = coded_sources(corpus)[lambda table: table.source_id.isin(checked_texts(corpus))]
    seldom = list(counts.finding[2 * counts.held < counts.asked])
    differing = set(checks.source_id[checks.verdict == DIFFERS])
    fitting = list(checked.short[~checked.source_id.isin(differing)])
    return {
        "n_findings": in_words(len(counts)),
        "n_seldom": in_words(len(seldom)),
        "hold_seldom": listed(seldom) if seldom else "no finding",
        "n_passes": in_words(len(PASSES)),
        **agreement_range(corpus),
        "least_steady": listed(f"the {row.variable} of {row.table}" for row in least.itertuples()) or "none",
        "coded_by_persons": coded_by_persons(corpus),
        "n_checks": len(checks),
        "n_differs": in_words(int((checks.verdict == DIFFERS).sum())),
        "n_not_checkable": int((checks.verdict == UNCHECKED).sum()),
        "without_differing": listed(fitting) if fitting else "no text",
        "checked_in": texts_in_words(corpus, "source_checks"),
        **chosen({f"{source_id}_paragraphs": in_words(n) for source_id, n in paragraphs.items()}, of_texts),
    }


def agreement_range(corpus: Corpus) -> Numbers:
    """The lowest and the highest share of units, in percent, in which both readings gave the same value."""
    same = agreement_table(corpus)[lambda table: table.kind == STABILITY].agreement
    return {"agreement_lowest": whole(100 * same.min()), "agreement_highest": whole(100 * same.max())}


def coded_by_persons(corpus: Corpus) -> str:
    """The clause that says how many persons have coded texts anew, and which, and which texts others coded than most texts."""
    coded, table = texts_coded_by_persons(corpus), coded_sources(corpus)
    most = table.coder.mode().iloc[0] if len(table) else ""
    apart = [
        f"{listed(own.short)} {'was' if len(own) == 1 else 'were'} coded by {listed(who.split('; '))}"
        for who, own in table[table.coder != most].groupby("coder", sort=False)
    ]
    return "; ".join([_coded_anew(corpus, coded), *apart])


def _coded_anew(corpus: Corpus, coded: pd.DataFrame) -> str:
    if coded.empty:
        return "no person has coded a text anew yet"
    n_persons, short = coded.coder.nunique(), corpus.sources.set_index("source_id").short
    who = f"{in_words(n_persons)} {'person has' if n_persons == 1 else 'persons have'} coded"
    return f"{who} {listed(short[coded.source_id.unique()])}"
