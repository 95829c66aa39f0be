"""The headline findings, and whether they survive other ways of counting: with fewer texts, one voice, a higher bar.

A way of counting is a `Cell`. `viewed` gives the Corpus as a cell sees it; each finding asks its question of that Corpus. There it can
hold, fail, or be out of the question, where the texts that it speaks of are left out.
"""

from collections.abc import Callable
from functools import cache
from itertools import product
from typing import NamedTuple

import pandas as pd

from analysis import claims, framing, proposals
from analysis.corpus import Corpus
from analysis.numerals import in_words
from analysis.provenance import sources
from analysis.vocabulary import VALENCES

ANSWERS = {True: "holds", False: "fails", None: "no question"}
PARALLEL, EXCERPT = "observer2023", "charap2022"  # closely parallels another author's article; has three paragraphs

FEWEST = (1, 2)  # passages that count


class Cell(NamedTuple):
    """A way of counting: texts left out; dependent texts merged; only the author's own voice; the fewest passages that count."""

    leave_out: tuple = ()
    merge: bool = False
    author_only: bool = False
    passages: int = 1


class Finding(NamedTuple):
    """A headline: its name; what it says; the chapter that carries it; the question it asks; the rows on which it rests.

    `ask` takes a Corpus and whether dependent texts are merged, and returns (figure, holds): a number in words, and True, False, or None
    where the texts it speaks of are not there. `rests_on` takes a Corpus and returns rows with spans.
    """

    name: str
    statement: str
    chapter: str
    ask: Callable
    rests_on: Callable


def viewed(corpus, cell):
    """The Corpus as `cell` sees it: without texts left out, rows in others' voice, and terms and judgements of too few passages."""
    tables = {name: without(table, cell.leave_out) for name, table in corpus.tables.items()}
    if cell.author_only:
        tables = {name: own_voice(name, table, tables["codings/claims.csv"]) for name, table in tables.items()}
    for name, by in (
        ("codings/provisions.csv", ["source_id", "dimension"]),
        ("codings/responsibility.csv", ["source_id", "actor", "valence"]),
    ):
        tables[name] = tables[name][tables[name].groupby(by).passage_id.transform("nunique") >= cell.passages]
    return Corpus(corpus.path, tables, {source_id: text for source_id, text in corpus.raw.items() if source_id not in cell.leave_out})


def without(table, ids):
    for column in ("source_id", "source_a", "source_b"):
        if column in table:
            table = table[~table[column].isin(ids)]
    return table


def own_voice(name, table, stated):
    """The rows of a coding that stand in the author's own voice."""
    if name == "codings/comparisons.csv":
        return table[table.claim_or_provision.isin(stated.claim_id[stated.attributed_to == "author"])]
    if name in ("codings/provisions.csv", "codings/guarantors.csv", "codings/responsibility.csv"):
        return table[table.voice == "author"]
    return table[table.attributed_to == "author"] if name == "codings/claims.csv" else table


def grid():
    """The cells in which every finding is tried: two texts in or out, merged or not, all words or the author's, one or two passages."""
    leave = [
        tuple(name for name, out in zip((PARALLEL, EXCERPT), chosen, strict=True) if out) for chosen in product((False, True), repeat=2)
    ]
    return [Cell(*options) for options in product(leave, (False, True), (False, True), FEWEST)]


def one_out(corpus):
    """The cells that leave one text out each: {short name: Cell}."""
    return {source.short: Cell((source.source_id,)) for source in sources(corpus).itertuples()}


# The findings, each with the question that it asks of a corpus


def describing(texts, merge, dimensions):
    """The units that describe one of `dimensions`, and all units."""
    counts = proposals.coverage(texts, merge).loc[dimensions].sum()
    return list(counts.index[counts > 0]), list(counts.index)


def nato(texts, merge):
    described, every = describing(texts, merge, ["D01"])
    return f"{len(described)} of {len(every)} texts", described == every


def guarantees(texts, merge):
    described, every = describing(texts, merge, ["D03", "D04", "D20"])
    lacking = set(every) - set(described)
    return f"{len(described)} of {len(every)} texts", lacking == ({PARALLEL} & set(texts.raw) if not merge else set())


def agreement(texts, merge):
    """Whether terms described as accepted by both sides stand in Observer 2023 and Petro and Snider 2024 alone."""
    ids = set(proposals.provisions(texts).query("level == 'agreed'").source_id)
    return f"{len(ids)} of {len(texts.raw)} texts", bool(ids) and ids <= {PARALLEL, "petrosnider2024"}


def crimea(texts, merge):
    row = proposals.relations(texts, merge).set_index("dimension").loc["D08"]
    return f"{row.contradictions} pair of texts", None if row.n_units < 2 else row.relation == "contradict"


def halting(texts, merge):
    """Whether no position on who or what stopped the talks is taken by two independent units."""
    rows = claims.corroboration(texts, merge).query("topic == 'who or what stopped the talks'")
    if rows.n_texts.sum() < 2:
        return f"{len(rows)} position", None
    return f"{len(rows)} positions", bool((rows.n_clusters == 1).all())


def russia(texts, merge):
    """Whether Russia is credited most by the unit of Petro and Snider 2024, and blamed most by that of USIP 2022."""
    unit = proposals.units(texts, merge)
    if not {"petrosnider2024", "usip2022"} <= set(unit):
        return "none", None
    counts = framing.credit_and_blame(texts, merge).query("actor == 'Russia'").set_index(["valence", "unit"]).n
    most = {valence: counts[valence].idxmax() for valence in VALENCES}
    held = most == {"credited": unit["petrosnider2024"], "blamed": unit["usip2022"]} and counts["credited"].max() > 0
    return f"{counts['credited', unit['petrosnider2024']]} and {counts['blamed', unit['usip2022']]} passages", bool(held)


def rows_of(name, query):
    """A function from a Corpus to the rows of a coding that `query` chooses."""
    return lambda texts: proposals.in_order(texts, texts.tables[f"codings/{name}.csv"].query(query))


RUSSIA = (
    "actor == 'Russia' and (source_id == 'petrosnider2024' and valence == 'credited' or source_id == 'usip2022' and valence == 'blamed')"
)
FINDINGS = [
    Finding("NATO", "Every text describes Ukraine staying out of NATO.", "proposals", nato,
            rows_of("comparisons", "topic == 'staying out of NATO'")),
    Finding("guarantees", "Every text but Observer 2023 describes security guarantees for Ukraine.", "guarantees", guarantees,
            rows_of("comparisons", "topic == 'who would guarantee'")),
    Finding("agreement", "Only Observer 2023 and Petro and Snider 2024, tied to one author, describe terms as accepted by both sides.",
            "proposals", agreement, rows_of("provisions", "level == 'agreed'")),
    Finding("Crimea", "On Crimea USIP 2022 and Petro and Snider 2024 exclude each other, if they describe one paper.",
            "proposals", crimea, rows_of("comparisons", "topic == 'Crimea in the Istanbul paper'")),
    Finding("who stopped the talks", "No account of who or what stopped the talks stands in more than one independent text.", "comparisons",
            halting, rows_of("comparisons", "topic == 'who or what stopped the talks'")),
    Finding("Russia", "By number of passages Petro and Snider 2024 credits Russia most often, and USIP 2022 blames it most often.",
            "responsibility", russia, rows_of("responsibility", RUSSIA)),
]  # fmt: skip


@cache
def tried(corpus):
    """Every finding in every cell: finding, left_out (short names), merged, voice, passages, figure, holds (True, False, or None)."""
    short = sources(corpus).set_index("source_id").short
    rows, views = [], {}
    for cell in grid():
        if (same := cell._replace(merge=False)) not in views:
            views[same] = viewed(corpus, cell)
        view = views[same]
        left = ", ".join(short.get(source_id, source_id) for source_id in cell.leave_out) or "none"
        voice = "author" if cell.author_only else "all"
        rows += [(finding.name, left, cell.merge, voice, cell.passages, *finding.ask(view, cell.merge)) for finding in FINDINGS]
    return pd.DataFrame(rows, columns=["finding", "left_out", "merged", "voice", "passages", "figure", "holds"])


def robustness(corpus):
    """In how many cells each finding holds: finding, figure (of the first cell), holds, fails, no_question (numbers of cells)."""
    table, rows = tried(corpus), []
    for finding in FINDINGS:
        own = table[table.finding == finding.name]
        held = [sum(value is answer for value in own.holds) for answer in ANSWERS]
        rows.append((finding.name, own.figure.iloc[0], *held))
    return pd.DataFrame(rows, columns=["finding", "figure", "holds", "fails", "no_question"])


def breaking(corpus):
    """Under which single change a finding fails: finding, and for each change of the grid "holds", "fails", or "no question"."""
    changes = {
        "all texts, all words": Cell(),
        "without Observer 2023": Cell((PARALLEL,)),
        "without Charap 2022": Cell((EXCERPT,)),
        "dependent texts merged": Cell(merge=True),
        "author's voice only": Cell(author_only=True),
        f"{in_words(max(FEWEST))} passages at least": Cell(passages=max(FEWEST)),
    }
    return answers(corpus, changes)


def grid_table(corpus):
    """Every cell of the grid with the answer of each finding: left_out, merged, voice, passages, and a column a finding."""
    table = tried(corpus).assign(answer=lambda rows: [ANSWERS[value] for value in rows.holds])
    table["merged"] = table.merged.map({True: "yes", False: "no"})
    cells = ["left_out", "merged", "voice", "passages"]
    wide = table.pivot(index=cells, columns="finding", values="answer").reindex(columns=[finding.name for finding in FINDINGS])
    order = table[cells].drop_duplicates().itertuples(index=False, name=None)
    return wide.reindex(list(order)).rename_axis(columns=None).reset_index()


def leave_one_out(corpus):
    """Each finding without each text: finding, and a column a text with "holds", "fails", or "no question"."""
    return answers(corpus, one_out(corpus))


def answers(corpus, cells):
    """What becomes of each finding in `cells`, {name: Cell}: finding, and a column a cell with one of ANSWERS."""
    columns = {}
    for name, cell in cells.items():
        view = viewed(corpus, cell)
        columns[name] = [ANSWERS[finding.ask(view, cell.merge)[1]] for finding in FINDINGS]
    return pd.DataFrame({"finding": [finding.name for finding in FINDINGS], **columns})
