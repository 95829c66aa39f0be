"""Guarantors, and how much a guarantee obliges them; what reference instruments say."""

from collections.abc import Callable, Iterable

import pandas as pd

from analysis.coding.book_table import NOT_SEEN
from analysis.corpus.bibliography import format_references
from analysis.corpus.reader import Corpus
from analysis.corpus.spans import cite
from analysis.corpus.texts import by_publication_date, coded_sources, reference_instrument
from analysis.corpus.vocabulary import STATED, UNMARKED


def guarantor_table(corpus: Corpus) -> pd.DataFrame:
    """Every state, body or group that a text names as a guarantor: the columns of guarantors.csv."""
    return by_publication_date(corpus, corpus.tables["codings/guarantors.csv"])


def guarantor_sets(corpus: Corpus) -> pd.DataFrame:
    """Which states and bodies are named as guarantors of a settlement: a row each, a column a text or instrument, True or False.

    Only rows of role "proposed" and basis "stated" count, so that earlier pledges, refusals and guesses stay out, and only states and
    bodies, no groups such as "key allies". The first column is the reference instrument, without what it brackets. Texts that name
    none keep their (empty) column.
    """
    named = guarantor_table(corpus).query(f"role == 'proposed' and basis == '{STATED}' and kind != 'group'")
    benchmark = reference_instrument(corpus).instrument
    plan = corpus.tables["instrument_guarantors.csv"].query("instrument == @benchmark and bracketed == 'no'")
    columns = [benchmark, *coded_sources(corpus).source_id]
    rows = pd.concat([named[["guarantor", "source_id"]], plan.rename(columns={"instrument": "source_id"})[["guarantor", "source_id"]]])
    table = pd.crosstab(rows.guarantor, rows.source_id).reindex(columns=columns, fill_value=0) > 0
    return table.loc[table.sum(axis="columns").sort_values(ascending=False, kind="stable").index]


def guarantor_groups(corpus: Corpus) -> pd.DataFrame:
    """The groups, not states, that a text names as guarantors: source_id, group, role, paragraphs (their numbers, as text)."""
    rows = guarantor_table(corpus).query("kind == 'group'").rename(columns={"guarantor": "group"})
    return (
        rows.groupby(["source_id", "group", "role"], sort=False)
        .passage_id.agg(lambda ids: paragraph_numbers(ids))
        .reset_index(name="paragraphs")
    )


def guarantor_words(corpus: Corpus, *instruments: str) -> pd.DataFrame:
    """What each of `instruments` and each text says of each guarantor, in words: a row each time, without earlier pledges.

    Columns: source_id (of the text, or the instrument), guarantor, kind (state, body, group), passage_id, start, end, quote (of texts), and
    said: "Named"; "Refuses, the text states"; the note of a guess, and of what an instrument brackets; "In ... alone" where one account
    names it.
    """
    named = guarantor_table(corpus).query("role != 'earlier'")
    guessed, refused = named.basis != STATED, named.role == "refusing"
    said = pd.Series("Named", named.index).mask(refused, "Refuses, the text states").mask(guessed, named.note.str.rstrip("."))
    span = ["passage_id", "start", "end", "quote"]
    given = corpus.tables["instrument_guarantors.csv"]
    given = pd.concat([given[given.instrument == name] for name in instruments]).rename(columns={"instrument": "source_id"})
    works = pd.Series([format_references(corpus, keys) for keys in given.reference], given.index, dtype=str)
    open_points = given.note.str.rstrip(".").mask(given.bracketed == "unclear", "In " + works + " alone")
    given = given.assign(kind=given.guarantor.map(_kinds(corpus)), said=open_points.where(given.bracketed != "no", "Named"))
    table = pd.concat([given, named.assign(said=said)], ignore_index=True)
    return table[["source_id", "guarantor", "kind", "said", *span]].astype({"start": "Int64", "end": "Int64"})


def _kinds(corpus: Corpus) -> Callable[[str], str]:
    """Of what kind a guarantor is: as the texts' rows have it, "state" where no text names it."""
    kinds = dict(corpus.tables["codings/guarantors.csv"][["guarantor", "kind"]].itertuples(index=False))
    return lambda guarantor: kinds.get(guarantor, "state")


def paragraph_numbers(passage_ids: Iterable[str]) -> str:
    """The numbers of passages as text: "3, 6"."""
    return ", ".join(str(int(passage_id.rsplit("-p", 1)[1])) for passage_id in passage_ids)


def guarantor_overlap(corpus: Corpus) -> pd.DataFrame:
    """How far each text's set of guarantor states and bodies matches that of the reference instrument.

    Columns: source_id; n (named by the text); shared (also in the instrument); only_text; only_communique (counts).
    """
    table = guarantor_sets(corpus)
    benchmark = reference_instrument(corpus).instrument
    plan = table[benchmark]
    rows = [
        (name, int(own.sum()), int((own & plan).sum()), int((own & ~plan).sum()), int((plan & ~own).sum()))
        for name, own in table.drop(columns=benchmark).items()
    ]
    return pd.DataFrame(rows, columns=["source_id", "n", "shared", "only_text", "only_communique"])


def strength_ranks(corpus: Corpus) -> pd.Series:
    """The scale of obligation: rank by strength, 1 weakest to 5 strongest; 0: none or not described."""
    return corpus.tables["strengths.csv"].astype({"rank": int}).set_index("strength")["rank"]


def commitment_scores(corpus: Corpus) -> pd.DataFrame:
    """Where each text and each instrument stands on the scale of how much a guarantee obliges.

    What a text supposes or recalls stands on no rung. An instrument whose sides differ has a row a side.

    Columns: of (a short citation; or the short name of the instrument, with the side where it is not the paper), kind (text,
    instrument), strength, rank (1 weakest to 5 strongest; 0: none or not described), says (the instrument's position), source_id,
    passage_id, quote, start, end, document, instrument, reference, locator, grade, note.
    """
    scale = strength_ranks(corpus)
    texts = by_publication_date(corpus, corpus.tables["codings/strengths.csv"].query(f"basis == '{STATED}'"))
    texts = texts.assign(of=texts.passage_id.map(lambda passage: cite(corpus, passage)), kind="text")
    given = corpus.tables["instruments.csv"].query("strength != ''")
    sides = given.side.where(given.side != UNMARKED, "")
    given = given.assign(of=given.short + sides.map(lambda side: side and f" ({side})"), kind="instrument", says=given.position)
    rows = pd.concat([texts, given]).assign(rank=lambda table: table.strength.map(scale))
    first = ["of", "kind", "strength", "rank", "says", "source_id", "passage_id", "quote", "start", "end"]
    others = ["document", "instrument", "reference", "locator", "grade", "note"]
    return rows[[*first, *others]].astype({"start": "Int64", "end": "Int64"}).reset_index(drop=True)


def instrument_positions(corpus: Corpus, *chosen: str) -> pd.DataFrame:
    """What instruments say on the dimensions, or that it was not in the part seen, with the source and grade of each fact.

    Columns: instrument (short name), dimension, side, position, point, reference (short name and place), grade (see `GRADES`).
    """
    table = corpus.tables["instruments.csv"]
    table = pd.concat([table[table.instrument == name] for name in chosen])
    table = table.assign(position=table.position.where(table.seen != "no", NOT_SEEN))
    works = pd.Series([format_references(corpus, keys) for keys in table.reference], table.index)
    return table.assign(instrument=table.short, reference=works + ", " + table.locator)[
        ["instrument", "dimension", "side", "position", "point", "reference", "grade"]
    ]
