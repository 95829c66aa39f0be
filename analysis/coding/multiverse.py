"""The headline findings, and whether they hold in other ways of counting: with fewer texts, one voice, a higher bar.

A multiverse analysis (Steegen et al. 2016, doi:10.1177/1745691616658637). A way of counting is a `Specification`. `restrict` gives the
Corpus as it sees it; each finding asks its question of that Corpus. There it can hold, fail, or be out of the question, where the texts
that it speaks of are left out.
"""

from collections.abc import Callable, Collection
from functools import cache
from itertools import product
from typing import NamedTuple

import pandas as pd

from analysis.coding.claims import corroboration
from analysis.coding.framing import credit_and_blame
from analysis.coding.terms import coded_counts, dimension_relations, provision_table
from analysis.coding.units import units
from analysis.corpus.reader import Corpus
from analysis.corpus.texts import by_publication_date, source_table
from analysis.corpus.vocabulary import VALENCES
from analysis.number_words import in_words

_ANSWERS = {True: "holds", False: "fails", None: "no question"}

_PARALLEL, _EXCERPT = "observer2023", "charap2022"  # closely parallels another author's article; has three paragraphs

FEWEST = (1, 2)  # passages that count


_Answer = tuple[str, bool | None]  # a number in words, and whether the finding holds; None where it cannot be asked


class Specification(NamedTuple):
    """A way of counting: texts left out; dependent texts merged; only the author's own voice; the fewest passages that count."""

    leave_out: tuple[str, ...] = ()
    merge: bool = False
    author_only: bool = False
    passages: int = 1


class _Finding(NamedTuple):
    """A headline: its name; what it says; the chapter that carries it; the question it asks; the rows on which it rests.

    `ask` takes a Corpus and whether dependent texts are merged, and returns (figure, holds): a number in words, and True, False, or None
    where the texts it speaks of are not there. `rests_on` takes a Corpus and returns rows with spans.
    """

    name: str
    statement: str
    chapter: str
    ask: Callable[[Corpus, bool], _Answer]
    rests_on: Callable[[Corpus], pd.DataFrame]


def restrict(corpus: Corpus, cell: Specification) -> Corpus:
    """The Corpus as `cell` sees it: without texts left out, rows in others' voice, and terms and judgements of too few passages."""
    tables = {name: _without(table, cell.leave_out) for name, table in corpus.tables.items()}
    if cell.author_only:
        tables = {name: _own_voice(name, table, tables["codings/claims.csv"]) for name, table in tables.items()}
    for name, by in (
        ("codings/provisions.csv", ["source_id", "dimension"]),
        ("codings/responsibility.csv", ["source_id", "actor", "valence"]),
    ):
        tables[name] = tables[name][tables[name].groupby(by).passage_id.transform("nunique") >= cell.passages]
    return Corpus(corpus.path, tables, {source_id: text for source_id, text in corpus.raw.items() if source_id not in cell.leave_out})


def _without(table: pd.DataFrame, ids: Collection[str]) -> pd.DataFrame:
    for column in ("source_id", "source_a", "source_b"):
        if column in table:
            table = table[~table[column].isin(ids)]
    return table


def _own_voice(name: str, table: pd.DataFrame, stated: pd.DataFrame) -> pd.DataFrame:
    """The rows of a coding that stand in the author's own voice."""
    if name == "codings/comparisons.csv":
        return table[table.claim_or_provision.isin(stated.claim_id[stated.attributed_to == "author"])]
    if name in ("codings/provisions.csv", "codings/guarantors.csv", "codings/responsibility.csv"):
        return table[table.voice == "author"]
    return table[table.attributed_to == "author"] if name == "codings/claims.csv" else table


def specifications() -> list[Specification]:
    """The cells in which every finding is tried: two texts in or out, merged or not, all words or the author's, one or two passages."""
    leave = [
        tuple(name for name, out in zip((_PARALLEL, _EXCERPT), chosen, strict=True) if out) for chosen in product((False, True), repeat=2)
    ]
    return [Specification(*options) for options in product(leave, (False, True), (False, True), FEWEST)]


def _one_out(corpus: Corpus) -> dict[str, Specification]:
    """The cells that leave one text out each: {short name: Specification}."""
    return {source.short: Specification((source.source_id,)) for source in source_table(corpus).itertuples()}


def _describing(texts: Corpus, merge: bool, dimensions: list[str]) -> tuple[list[str], list[str]]:
    """The units that describe one of `dimensions`, and all units."""
    counts = coded_counts(texts, merge).loc[dimensions].sum()
    return list(counts.index[counts > 0]), list(counts.index)


def _ask_nato(texts: Corpus, merge: bool) -> _Answer:
    described, every = _describing(texts, merge, ["D01"])
    return f"{len(described)} of {len(every)} texts", described == every


def _ask_guarantees(texts: Corpus, merge: bool) -> _Answer:
    described, every = _describing(texts, merge, ["D03", "D04", "D20"])
    lacking = set(every) - set(described)
    return f"{len(described)} of {len(every)} texts", lacking == ({_PARALLEL} & set(texts.raw) if not merge else set())


def _ask_agreement(texts: Corpus, merge: bool) -> _Answer:
    """Whether terms described as accepted by both sides stand in Observer 2023 and Petro and Snider 2024 alone."""
    ids = set(provision_table(texts).query("level == 'agreed'").source_id)
    return f"{len(ids)} of {len(texts.raw)} texts", bool(ids) and ids <= {_PARALLEL, "petrosnider2024"}


def _ask_crimea(texts: Corpus, merge: bool) -> _Answer:
    row = dimension_relations(texts, merge).set_index("dimension").loc["D08"]
    return f"{row.contradictions} pair of texts", None if row.n_units < 2 else row.relation == "contradict"


def _ask_halting(texts: Corpus, merge: bool) -> _Answer:
    """Whether no position on who or what stopped the talks is taken by two independent units."""
    rows = corroboration(texts, merge).query("topic == 'who or what stopped the talks'")
    if rows.n_texts.sum() < 2:
        return f"{len(rows)} position", None
    return f"{len(rows)} positions", bool((rows.n_clusters == 1).all())


def _ask_russia(texts: Corpus, merge: bool) -> _Answer:
    """Whether Russia is credited most by the unit of Petro and Snider 2024, and blamed most by that of USIP 2022."""
    unit = units(texts, merge)
    if not {"petrosnider2024", "usip2022"} <= set(unit):
        return "none", None
    counts = credit_and_blame(texts, merge).query("actor == 'Russia'").set_index(["valence", "unit"]).n
    most = {valence: counts[valence].idxmax() for valence in VALENCES}
    held = most == {"credited": unit["petrosnider2024"], "blamed": unit["usip2022"]} and counts["credited"].max() > 0
    return f"{counts['credited', unit['petrosnider2024']]} and {counts['blamed', unit['usip2022']]} passages", bool(held)


def _rows_of(name: str, query: str) -> Callable[[Corpus], pd.DataFrame]:
    """A function from a Corpus to the rows of a coding that `query` chooses."""
    return lambda texts: by_publication_date(texts, texts.tables[f"codings/{name}.csv"].query(query))


_RUSSIA = (
    "actor == 'Russia' and (source_id == 'petrosnider2024' and valence == 'credited' or source_id == 'usip2022' and valence == 'blamed')"
)

HEADLINES = [
    _Finding(
        "NATO",
        "Every text describes Ukraine staying out of NATO.",
        "proposals",
        _ask_nato,
        _rows_of("comparisons", "topic == 'staying out of NATO'"),
    ),
    _Finding(
        "guarantees",
        "Every text but Observer 2023 describes security guarantees for Ukraine.",
        "guarantees",
        _ask_guarantees,
        _rows_of("comparisons", "topic == 'who would guarantee'"),
    ),
    _Finding(
        "agreement",
        "Only Observer 2023 and Petro and Snider 2024, tied to one author, describe terms as accepted by both sides.",
        "proposals",
        _ask_agreement,
        _rows_of("provisions", "level == 'agreed'"),
    ),
    _Finding(
        "Crimea",
        "On Crimea USIP 2022 and Petro and Snider 2024 exclude each other, if they describe one paper.",
        "proposals",
        _ask_crimea,
        _rows_of("comparisons", "topic == 'Crimea in the Istanbul paper'"),
    ),
    _Finding(
        "who stopped the talks",
        "No account of who or what stopped the talks stands in more than one independent text.",
        "comparisons",
        _ask_halting,
        _rows_of("comparisons", "topic == 'who or what stopped the talks'"),
    ),
    _Finding(
        "Russia",
        "By number of passages Petro and Snider 2024 credits Russia most often, and USIP 2022 blames it most often.",
        "responsibility",
        _ask_russia,
        _rows_of("responsibility", _RUSSIA),
    ),
]


@cache
def multiverse(corpus: Corpus) -> pd.DataFrame:
    """Every finding in every cell: finding, left_out (short names), merged, voice, passages, figure, holds (True, False, or None)."""
    short = source_table(corpus).set_index("source_id").short
    rows, views = [], {}
    for cell in specifications():
        if (same := cell._replace(merge=False)) not in views:
            views[same] = restrict(corpus, cell)
        view = views[same]
        left = ", ".join(short.get(source_id, source_id) for source_id in cell.leave_out) or "none"
        voice = "author" if cell.author_only else "all"
        rows += [(finding.name, left, cell.merge, voice, cell.passages, *finding.ask(view, cell.merge)) for finding in HEADLINES]
    return pd.DataFrame(rows, columns=["finding", "left_out", "merged", "voice", "passages", "figure", "holds"])


def finding_summary(corpus: Corpus) -> pd.DataFrame:
    """In how many cells each finding holds: finding, figure (of the first cell), holds, fails, no_question (numbers of cells)."""
    table, rows = multiverse(corpus), []
    for finding in HEADLINES:
        own = table[table.finding == finding.name]
        held = [sum(value is answer for value in own.holds) for answer in _ANSWERS]
        rows.append((finding.name, own.figure.iloc[0], *held))
    return pd.DataFrame(rows, columns=["finding", "figure", "holds", "fails", "no_question"])


def one_change(corpus: Corpus) -> pd.DataFrame:
    """Under which single change a finding fails: finding, and for each change of the grid "holds", "fails", or "no question"."""
    changes = {
        "all texts, all words": Specification(),
        "without Observer 2023": Specification((_PARALLEL,)),
        "without Charap 2022": Specification((_EXCERPT,)),
        "dependent texts merged": Specification(merge=True),
        "author's voice only": Specification(author_only=True),
        f"{in_words(max(FEWEST))} passages at least": Specification(passages=max(FEWEST)),
    }
    return verdicts(corpus, changes)


def robustness_grid(corpus: Corpus) -> pd.DataFrame:
    """Every cell of the grid with the answer of each finding: left_out, merged, voice, passages, and a column a finding."""
    table = multiverse(corpus).assign(answer=lambda rows: [_ANSWERS[value] for value in rows.holds])
    table["merged"] = table.merged.map({True: "yes", False: "no"})
    cells = ["left_out", "merged", "voice", "passages"]
    wide = table.pivot(index=cells, columns="finding", values="answer").reindex(columns=[finding.name for finding in HEADLINES])
    order = table[cells].drop_duplicates().itertuples(index=False, name=None)
    return wide.reindex(list(order)).rename_axis(columns=None).reset_index()


def leave_one_out(corpus: Corpus) -> pd.DataFrame:
    """Each finding without each text: finding, and a column a text with "holds", "fails", or "no question"."""
    return verdicts(corpus, _one_out(corpus))


def verdicts(corpus: Corpus, cells: dict[str, Specification]) -> pd.DataFrame:
    """What becomes of each finding in `cells`, by name: finding, and a column a cell with "holds", "fails", or "no question"."""
    columns = {}
    for name, cell in cells.items():
        view = restrict(corpus, cell)
        columns[name] = [_ANSWERS[finding.ask(view, cell.merge)[1]] for finding in HEADLINES]
    return pd.DataFrame({"finding": [finding.name for finding in HEADLINES], **columns})
