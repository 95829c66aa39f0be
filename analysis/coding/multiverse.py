"""The headline findings, each asked again under every other choice that could have been made.

A multiverse analysis (Steegen et al. 2016, doi:10.1177/1745691616658637), shown as a specification curve (Simonsohn et al. 2020,
doi:10.1038/s41562-020-0912-z). `findings.csv` holds the findings, `finding_tests.csv` the questions on which each rests: a finding holds
where all its questions do, fails where one does, and cannot be asked where one cannot. A question that does not react to a choice, or
that would compare texts that are gone, cannot be asked there.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from itertools import product
from typing import Any, NamedTuple

import pandas as pd

from analysis.coding.units import units
from analysis.corpus.joined import without_joined
from analysis.corpus.reader import Corpus
from analysis.corpus.segment import passages
from analysis.corpus.texts import coded_sources, coding_status, source_table
from analysis.corpus.vocabulary import AUTHOR, LEVELS, STATED

HOLDS, FAILS, UNASKED = ANSWERS = ("holds", "fails", "cannot be asked")

READING_SUFFIXES = {"adjudicated": "", "pass1": ".pass1", "pass2": ".pass2"}  # which reading counts, and how its files end

_VOICES = ("all", AUTHOR)  # whose words count

_FEWEST = (1, 2)  # passages in which a text must say so

_PER = ("text", "paragraph", "1000 words")  # to what counts of texts are held

_ADJUDICATED_ONLY = {"basis": STATED, "rejected_by": ""}  # what a pass lacks, and the value by which its rows count

_FIRMNESS = {level: rank for rank, level in enumerate(LEVELS)}


class Specification(NamedTuple):
    """One set of choices: the text left out ("" for none); dependent texts as one; reading; voice; fewest passages; measure of length."""

    left_out: str = ""
    merged: bool = False
    coding: str = "adjudicated"
    voice: str = "all"
    passages: int = 1
    per: str = "text"


class _View(NamedTuple):
    """What a question sees: the rows that it is about; the unit of each text that is there; the length of each unit; the expected texts."""

    rows: list[Any]
    unit: dict[str, str]
    length: Mapping[str, float]
    expected: list[str]


def specifications(corpus: Corpus) -> list[Specification]:
    """Every combination of the choices, the one of the book first: no text or one left out, and all that the constants above name."""
    left_out = ["", *coded_sources(corpus).source_id]
    return [Specification(*choices) for choices in product(left_out, (False, True), READING_SUFFIXES, _VOICES, _FEWEST, _PER)]


@cache
def multiverse(corpus: Corpus) -> pd.DataFrame:
    """Every finding under every Specification.

    Columns: finding, left_out (short name, or "none"), merged ("yes", "no"), coding, voice, passages, per, holds ("yes", "no", "cannot be
    asked").
    """
    said = {HOLDS: "yes", FAILS: "no", UNASKED: UNASKED}
    short = dict(source_table(corpus)[["source_id", "short"]].itertuples(index=False)) | {"": "none"}
    rows = [
        (finding, short[spec.left_out], "yes" if spec.merged else "no", *spec[2:], said[answer(corpus, finding, spec)])
        for finding in corpus.tables["findings.csv"].finding
        for spec in specifications(corpus)
    ]
    return pd.DataFrame(rows, columns=["finding", "left_out", "merged", "coding", "voice", "passages", "per", "holds"])


@cache
def answer(corpus: Corpus, finding: str, spec: Specification) -> str:
    """What becomes of a finding under one Specification: one of `ANSWERS`."""
    answers = [_test(corpus, test, spec) for test in _tests(corpus)[finding]]
    return UNASKED if None in answers else HOLDS if all(answers) else FAILS


def unmet_questions(corpus: Corpus, finding: str) -> list[tuple[Any, dict[str, int]]]:
    """The questions of a finding that are not answered as expected, each with what each text has: {source_id: how many values}."""
    unit, unmet = {name: name for name in _units(corpus, False, "", "adjudicated")}, []
    for test in _tests(corpus)[finding]:
        if not _test(corpus, test, Specification()):
            rows = [row for row in _rows_in_question(corpus, test.table, test.rows, "adjudicated", "all") if row.source_id in unit]
            having = _by_unit(_View(rows, unit, {}, []), rows, test.counted)
            unmet.append((test, {name: len(values) for name, values in having.items()}))
    return unmet


@cache
def _tests(corpus: Corpus) -> dict[str, list[Any]]:
    """The questions of each finding."""
    return {name: list(own.itertuples()) for name, own in corpus.tables["finding_tests.csv"].groupby("finding")}


@cache
def _units(corpus: Corpus, merged: bool, left_out: str, coding: str) -> dict[str, str]:
    """`units` of the texts of which there is a reading: one without is not silent, and enters no count."""
    lacking = ["uncoded", "once"] if coding == "pass2" else ["uncoded"]
    left = [source_id for source_id, status in coding_status(corpus).items() if status in lacking]
    return units(corpus, merged, (left_out, *left))


def _test(corpus: Corpus, test: Any, spec: Specification) -> bool | None:
    """Whether one question of a finding is answered as expected; None where it cannot be asked."""
    if not _reacts(corpus, test, spec):
        return None
    unit = _units(corpus, spec.merged, spec.left_out, spec.coding)
    rows = [row for row in _rows_in_question(corpus, test.table, test.rows, spec.coding, spec.voice) if row.source_id in unit]
    view = _View(rows, unit, _lengths(corpus, spec.merged, spec.per), expected_texts(test.expected, list(unit)))
    if test.expected and not view.expected:
        return None
    return _QUESTIONS[test.question](view, test.counted, spec.passages)


def _reacts(corpus: Corpus, test: Any, spec: Specification) -> bool:
    """Whether the question reads something that each choice other than the book's changes."""
    table = corpus.tables[f"codings/{test.table}.csv"]
    return (
        (spec.coding == "adjudicated" or f"codings/{test.table}.pass1.csv" in corpus.tables)
        and (spec.voice == "all" or not {"voice", "attributed_to", "claim_or_provision"}.isdisjoint(table))
        and (spec.passages == 1 or (test.question, test.counted) in (("exactly", "passage_id"), ("rising", "level")))
        and (spec.per == "text" or test.question == "most")
        and (not spec.merged or test.question != "rising")
    )


def expected_texts(expected: str, every: list[str]) -> list[str]:
    """The texts that a question expects, of those in `every`: "every", "all but a;b", or "a;b"."""
    named = expected.removeprefix("all but ").split(";")
    return [source_id for source_id in every if expected == "every" or (source_id in named) != expected.startswith("all but ")]


@cache
def _rows_in_question(corpus: Corpus, name: str, query: str, coding: str, voice: str) -> list[Any]:
    """The rows of a reading of the coding `name` that `query` chooses, or of these the ones in the author's own voice."""
    table = corpus.tables[f"codings/{name}{READING_SUFFIXES[coding]}.csv"]
    table = table.assign(**{column: value for column, value in _ADJUDICATED_ONLY.items() if column not in table}).query(query)
    return [row for row in table.itertuples() if voice == "all" or _voice(corpus, row) == AUTHOR]


def _voice(corpus: Corpus, row: Any) -> str:
    """Whose words a coded row gives: its voice or, for claims and what rests on them, to whom they are attributed."""
    if hasattr(row, "claim_or_provision"):
        return _vouchers(corpus)[row.claim_or_provision]
    return str(row.voice if hasattr(row, "voice") else row.attributed_to)


@cache
def _vouchers(corpus: Corpus) -> dict[str, str]:
    return dict(corpus.tables["codings/claims.csv"][["claim_id", "attributed_to"]].itertuples(index=False))


@cache
def _lengths(corpus: Corpus, merged: bool, per: str) -> Mapping[str, float]:
    """By what the counts of each unit are divided."""
    n_words = passages(corpus).groupby(passages(corpus).source_id.map(units(corpus, merged))).n_words
    counted = {"text": n_words.size() * 0 + 1, "paragraph": n_words.size(), "1000 words": n_words.sum() / 1000}
    return dict(counted[per].items())


def _by_unit(view: _View, rows: Iterable[Any], counted: str) -> dict[str, set[str]]:
    """The values of a column in the rows of each unit that has any."""
    found: dict[str, set[str]] = {}
    for row in rows:
        found.setdefault(view.unit[row.source_id], set()).add(getattr(row, counted))
    return found


def _ask_exactly(view: _View, counted: str, fewest: int) -> bool | None:
    """Do the expected units, and no others, have rows in enough passages? Not asked of a unit that holds expected texts and others."""
    expected = {view.unit[source_id] for source_id in view.expected}
    others = {unit for source_id, unit in view.unit.items() if source_id not in view.expected}
    if expected & others:
        return None
    return {unit for unit, values in _by_unit(view, view.rows, counted).items() if len(values) >= fewest} == expected


def _ask_most(view: _View, counted: str, _fewest: int) -> bool | None:
    """Has the expected unit more values than any other, for its length?"""
    shares = {unit: len(values) / view.length[unit] for unit, values in _by_unit(view, view.rows, counted).items()}
    own = shares.pop(view.unit[view.expected[0]], 0)
    return None if len(set(view.unit.values())) < 2 else own > max(shares.values(), default=0)


def _ask_apart(view: _View, counted: str, _fewest: int) -> bool | None:
    """Does each unit that takes a position take another one, the expected texts among them? Not asked where fewer than two do."""
    positions = _by_unit(view, view.rows, counted)
    if len(positions) < 2:
        return None
    every = [position for own in positions.values() for position in own]
    return len(every) == len(set(every)) and {row.source_id for row in view.rows} >= set(view.expected)


def _ask_rising(view: _View, _counted: str, fewest: int) -> bool | None:
    """Is the firmest level that a text reaches, in enough passages, never below that of an earlier text, and at last above the first?"""
    firmest = []
    for source_id in view.unit:
        places: dict[int, set[str]] = {}
        for row in view.rows:
            if row.source_id == source_id:
                places.setdefault(_FIRMNESS[row.level], set()).add(row.passage_id)
        firmest += [max(reached)] if (reached := [rank for rank, own in places.items() if len(own) >= fewest]) else []
    return None if len(firmest) < 2 else firmest == sorted(firmest) and firmest[-1] > firmest[0]


_QUESTIONS: dict[str, Callable[[_View, str, int], bool | None]] = {
    "exactly": _ask_exactly,
    "most": _ask_most,
    "apart": _ask_apart,
    "rising": _ask_rising,
}


def choices_in_words(corpus: Corpus) -> dict[str, Specification]:
    """Each single choice other than the book's, in words: {"without Smith 2023": Specification}."""
    return {
        **{f"without {row.short}": Specification(left_out=row.source_id) for row in coded_sources(corpus).itertuples()},
        "with dependent texts as one": Specification(merged=True),
        "by the first reading": Specification(coding="pass1"),
        "by the second reading": Specification(coding="pass2"),
        "by the authors' own words alone": Specification(voice=AUTHOR),
        "if a text must say it twice": Specification(passages=2),
        "if counted per paragraph": Specification(per="paragraph"),
        "if counted per 1,000 words": Specification(per="1000 words"),
    }


def one_change(corpus: Corpus) -> pd.DataFrame:
    """What a single other choice does to each finding: finding, "as stated", and a column a choice (see `choices_in_words`): `ANSWERS`."""
    choices = {"as stated": Specification(), **choices_in_words(corpus)}
    names = list(corpus.tables["findings.csv"].finding)
    columns = {words: [answer(corpus, name, spec) for name in names] for words, spec in choices.items()}
    return pd.DataFrame({"finding": names, **columns})


def stated_of(corpus: Corpus, finding: str) -> Corpus:
    """The corpus of which a finding is stated: without the texts that joined later where it holds without them alone."""
    before = without_joined(corpus)
    return before if answer(corpus, finding, Specification()) != HOLDS == answer(before, finding, Specification()) else corpus


def combinations(corpus: Corpus) -> pd.DataFrame:
    """In how many of all combinations of choices each finding holds: finding, held, asked (those in which it can be asked).

    Each is asked of the corpus of which it is stated (`stated_of`).
    """
    own = [multiverse(stated_of(corpus, name)).query("finding == @name") for name in corpus.tables["findings.csv"].finding]
    table = pd.concat([multiverse(corpus).head(0), *own])
    counts = pd.DataFrame({"held": table.holds == "yes", "asked": table.holds != UNASKED}).groupby(table.finding, sort=False).sum()
    return counts.reset_index()


def evidence_rows(corpus: Corpus, finding: str) -> pd.DataFrame:
    """The coded rows on which a finding rests, in order of publication.

    Columns: asked (the coding, and which of its rows), value (of the column that counts), source_id, passage_id, start, end, quote.
    """
    tables = [_rows_of_test(corpus, test) for test in _tests(corpus)[finding]]
    rows = pd.concat(tables)[["asked", "value", "source_id", "passage_id", "start", "end", "quote"]].drop_duplicates()
    return rows.sort_values("source_id", key=lambda ids: ids.map(list(units(corpus)).index), kind="stable", ignore_index=True)


def _rows_of_test(corpus: Corpus, test: Any) -> pd.DataFrame:
    """The rows that a question asks about, with `asked` and `value`; of rising levels those of the firmest level of each text."""
    own = corpus.tables[f"codings/{test.table}.csv"].query(test.rows)
    if test.question == "rising":
        rank = own.level.map(_FIRMNESS)
        own = own[rank == rank.groupby(own.source_id).transform("max")]
    return own.assign(asked=f"{test.table} where {test.rows}", value=own[test.counted])
