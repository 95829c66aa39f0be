"""Which texts a condition on a table holds for, in words for a sentence, and whether a sentence that says which ones is true.

A *condition* is "table; query; query ...": the name of a table of `TABLES`, and what its rows must be, each query asked of the rows that
the one before it left ("provisions; level == 'agreed'"). It holds for a text that has such a row.

A *statement* is "which: condition". `which` is "every"; "none"; "only" or "all but" and ids of texts, with commas; or ids alone: for these
at least. Of a table that rests on codings, "every" and "all but" speak of the coded texts: one that is not coded yet is not silent and
enters no count.
"""

from collections.abc import Callable, Collection, Mapping

import pandas as pd

from analysis.coding.anatomy import sentence_kinds
from analysis.coding.claims import checked_texts, claim_table, corroboration
from analysis.coding.events import date_disagreements, shared_events
from analysis.coding.explanations import told_explanations
from analysis.coding.firmness import firmness_table
from analysis.coding.framing import credit_and_blame_rates, frame_table, issue_counts, judgement_table, judgement_voices, upheld
from analysis.coding.guarantees import guarantor_overlap
from analysis.coding.tables import CODED_TABLES
from analysis.coding.terms import described_terms
from analysis.corpus.reader import Corpus
from analysis.corpus.segment import passages
from analysis.corpus.speech import direct_speech
from analysis.corpus.texts import coded_sources, coding_status, source_table
from analysis.corpus.vocabulary import NOT_COMPARED, STATED
from analysis.number_words import listed

Tables = Mapping[str, Callable[[Corpus], pd.DataFrame]]


def _in_pairs(corpus: Corpus) -> pd.DataFrame:
    """relations.csv with a row for each text of a pair, named in source_id; without the pairs that are not compared yet."""
    pairs = corpus.tables["codings/relations.csv"].query(f"relation != '{NOT_COMPARED}'")
    return pd.concat([pairs.assign(source_id=pairs[column]) for column in ("source_a", "source_b")], ignore_index=True)


def _sums(table: pd.DataFrame, by: str) -> pd.DataFrame:
    """The sum of `n` for each text and value of `by`: source_id, `by`, n, and whether the text has `most` of this."""
    counts = table.groupby(["source_id", by], as_index=False).n.sum()
    return counts.assign(most=counts.n == counts.groupby("source_id").n.transform("max"))


def _judgement_rates(corpus: Corpus) -> pd.DataFrame:
    """`credit_and_blame_rates` with source_id and share: passages that judge, of all of the text."""
    table = credit_and_blame_rates(corpus).rename(columns={"unit": "source_id"})
    return table.assign(share=table.n / table.source_id.map(passages(corpus).source_id.value_counts()))


def _tellings(corpus: Corpus) -> pd.DataFrame:
    """The explanations that texts tell, with `n_clusters`: how many independent texts tell the same one."""
    told = told_explanations(corpus).query("stance == 'tells'")
    clusters = told.source_id.map(corpus.sources.set_index("source_id").cluster)
    return told.assign(n_clusters=clusters.groupby(told.explanation).transform("nunique"))


TABLES: Tables = {
    **CODED_TABLES,
    # Of these what a text says itself: no term that it recalls, no charge that it rejects, no guess at a duty.
    "provisions": described_terms,
    "responsibility": lambda texts: upheld(judgement_table(texts)),
    "frames": lambda texts: upheld(frame_table(texts)),
    "strengths": lambda texts: texts.tables["codings/strengths.csv"].query(f"basis == '{STATED}'"),
    "claim_topics": lambda texts: _sums(claim_table(texts).assign(n=1), "topic"),
    "coders": coded_sources,
    "date_disagreements": date_disagreements,
    "dependencies": lambda texts: texts.tables["dependencies.csv"],
    "firmness": firmness_table,
    "guarantor_lists": guarantor_overlap,
    "judgement_rates": _judgement_rates,
    "judgement_voices": judgement_voices,
    "matters": issue_counts,
    "positions": corroboration,
    "quoted_sides": lambda texts: _sums(direct_speech(texts).rename(columns={"n_words": "n"}), "side"),
    "relations": _in_pairs,
    "sentence_kinds": lambda texts: _sums(sentence_kinds(texts).rename(columns={"n_words": "n"}), "kind"),
    "shared_events": shared_events,
    "sources": source_table,
    "speech": direct_speech,
    "tellings": _tellings,
}


_OF_UNCODED = ("dependencies", "keyness", "measures", "names", "passages", "sources", "zones")  # tables that hold uncoded texts too

_CHECKED = "source_checks"  # made after the codings, see `checked_texts`


def matching_rows(corpus: Corpus, condition: str, tables: Tables = TABLES) -> pd.DataFrame:
    """The rows of one of `tables` that a condition asks for. Raises ValueError, in words, where it cannot be asked."""
    name, *queries = [part.strip() for part in condition.split(";")]
    if name not in tables:
        raise ValueError(f"there is no table {name!r}, only {', '.join(sorted(tables))}")
    rows = tables[name](corpus)
    for query in queries:
        try:
            rows = rows.query(query, engine="python")
        except Exception as error:  # pandas raises what its parser, its names and its types raise
            raise ValueError(f"{query!r} cannot be asked of the table {name}: {error}") from None
    return rows


def texts_in_words(corpus: Corpus, condition: str, tables: Tables = TABLES) -> str:
    """The texts that a condition on `tables` holds for, as words to stand behind a preposition.

    "every text", "no text", "every text but A", "A and B alone"; "coded text" where one is not coded yet.
    """
    having = _texts_of(corpus, matching_rows(corpus, condition, tables))
    if is_check := _table(condition) == _CHECKED:
        having = [source_id for source_id in having if source_id in checked_texts(corpus)]
    asked = _asked(corpus, condition, having)
    lacking = [source_id for source_id in asked if source_id not in having]
    noun = "text" if len(asked) == len(source_table(corpus)) else "fully checked text" if is_check else "coded text"
    short = source_table(corpus).set_index("source_id").short
    if not having:
        return f"no {noun}"
    if not lacking:
        return f"every {noun}"
    if len(lacking) < len(having):
        return f"every {noun} but {listed(short[lacking])}"
    return f"{listed(short[having])} alone"


def what_holds(corpus: Corpus, statement: str, tables: Tables = TABLES) -> str:
    """What would be true in place of a statement on `tables`, as "which: condition", and the passages that decide it; "" where it is true.

    Raises ValueError, in words, where it cannot be asked.
    """
    which, colon, condition = statement.partition(":")
    if not colon:
        raise ValueError("it lacks the colon between which texts and the condition")
    rows = matching_rows(corpus, condition, tables)
    having = _texts_of(corpus, rows)
    asked = _asked(corpus, condition, having)
    word, named = _which(which.strip(), set(source_table(corpus).source_id))
    if word == "at least":
        wrong = named - set(having)
    else:
        wrong = {"every": set(asked), "none": set(), "only": named, "all but": set(asked) - named}[word] ^ set(having)
    if not wrong and not (word == "none" and len(rows)):
        return ""
    true = "there is one" if _of_no_text(rows) else _as_which(having, asked)
    return f"{true}:{condition}{_decided_by(rows, wrong)}"


def _of_no_text(rows: pd.DataFrame) -> bool:
    """Whether there are rows, and they are of no one text."""
    return len(rows) > 0 and "source_id" not in rows


def _decided_by(rows: pd.DataFrame, wrong: set[str]) -> str:
    """The rows that contradict a statement, for a message: the passages of the texts in `wrong`, or rows that are of no one text, whole."""
    if "source_id" in rows:
        rows = rows[rows.source_id.isin(wrong)]
        places = list(rows.get("passage_id", ()))
    else:
        places = [", ".join(map(str, row)) for row in rows.itertuples(index=False)]
    return f" (decided by {'; '.join(dict.fromkeys(places))})" if places else ""


def _texts_of(corpus: Corpus, rows: pd.DataFrame) -> list[str]:
    """The ids of the texts that have one of these rows, in order of publication."""
    having = set(rows.get("source_id", ()))
    return [source_id for source_id in source_table(corpus).source_id if source_id in having]


def _asked(corpus: Corpus, condition: str, having: Collection[str]) -> list[str]:
    """The texts that "every" speaks of: all, or where the table of the condition rests on codings, the coded ones and those in `having`.

    Of the checks of statements: the texts that were checked to the end, and those in `having`.
    """
    status, name = coding_status(corpus), _table(condition)
    if name == _CHECKED:
        return [source_id for source_id in status.index if source_id in {*checked_texts(corpus), *having}]
    return [source_id for source_id in status.index if name in _OF_UNCODED or status[source_id] != "uncoded" or source_id in having]


def _table(condition: str) -> str:
    return condition.partition(";")[0].strip()


def _which(which: str, known: set[str]) -> tuple[str, set[str]]:
    """The quantity of a statement: its word ("at least" where there is none) and the texts that it names."""
    word = next((word for word in ("every", "none", "only", "all but") if f"{which} ".startswith(f"{word} ")), "at least")
    named = {name.strip() for name in which.removeprefix(word).split(",") if name.strip()}
    if unknown := sorted(named - known):
        raise ValueError(f"{unknown[0]!r} is no text")
    if (word in ("every", "none")) == bool(named):
        raise ValueError(f"{which!r} is neither every, none, only, all but nor ids of texts")
    return word, named


def _as_which(having: Collection[str], asked: Collection[str]) -> str:
    """The quantity that is true of the texts in `having`, among those `asked`."""
    lacking = [source_id for source_id in asked if source_id not in having]
    if not having or not lacking:
        return "every" if having else "none"
    return f"all but {', '.join(lacking)}" if len(lacking) < len(having) else f"only {', '.join(having)}"
