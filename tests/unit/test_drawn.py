"""What every figure draws, at both widths, is what stands in the table that it draws: places, fills, looks, numbers, and its words."""

import string
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from datetime import date

import numpy as np
import pandas as pd
import pytest
from matplotlib.dates import date2num

from analysis.coding.claims import comparison_table
from analysis.coding.events import event_table, reference_events, what_was_known, with_date_range
from analysis.coding.firmness import firmness_table
from analysis.coding.framing import credit_and_blame, credit_and_blame_rates, function_counts
from analysis.coding.guarantees import commitment_scores, guarantor_sets
from analysis.coding.quotations import quotation_routes, quoted_words_by_side
from analysis.coding.sources import dependencies, words_by_zone
from analysis.coding.terms import term_matrix
from analysis.corpus.reader import Corpus
from analysis.corpus.texts import reference_instrument, source_table
from analysis.figures.base import narrow_width
from analysis.figures.comparisons import day_words
from analysis.figures.sources import lag_words
from analysis.stylometry.keyness import top_keywords
from analysis.stylometry.measures import readability_scores
from analysis.stylometry.sensitivity import ease_sensitivity
from batch.results import BASELINE, THIS_BOOK, growth_table, rate_table
from tests.support.artists import Mark, dot, line, marks, names, rounded, rule, text


def shades(sources: pd.DataFrame) -> Iterator[Mark]:
    """The columns of texts that have another of their cluster."""
    for place in np.flatnonzero(sources.cluster.duplicated(keep=False)):
        yield Mark("shade", low=place - 0.5, high=place + 0.5)


# What each figure must draw, from the table it is given; and what its alternative text must say of each row.


def publication_lag(texts: Corpus) -> Iterator[Mark]:
    yield from (rule(0), text("Istanbul Communiqué, 29 March 2022"))
    for row in source_table(texts).itertuples():
        yield line(row.short, row.lag_days_low, row.lag_days)
        yield dot(row.short, row.lag_days)
        yield text(lag_words(row), row.short)


ZONES = {
    "body": "body",
    "teaser": "other texts of another date",
    **dict.fromkeys(["headline", "deck", "subhead", "byline", "caption"], "its own headings, by-line and caption"),
    **dict.fromkeys(["chrome", "front_matter", "promo"], "the site around it"),
}
KINDS = {"body": True, "its own headings, by-line and caption": False, "other texts of another date": False, "the site around it": True}


def composition(texts: Corpus) -> Iterator[Mark]:
    shares = words_by_zone(texts).T.groupby(ZONES).sum()
    shares = 100 * shares / shares.sum()
    for source_id, name in names(texts).items():
        yield text(f"{shares[source_id]['body']:.0f}%", name)
        ends = shares[source_id][list(KINDS)].cumsum()
        for (kind, end), share in zip(ends.items(), shares[source_id][list(KINDS)], strict=True):
            if share:
                yield Mark("bar", name, end - share, end, kind, filled=KINDS[kind])


def dependence(texts: Corpus) -> Iterator[Mark]:
    ties = dependencies(texts)
    for tie in ties.itertuples():
        yield line(names(texts)[tie.source_id], 0, 1, look=tie.kind, column=tie.work)


def settlement_matrix(texts: Corpus) -> Iterator[Mark]:
    yield from shades(source_table(texts))
    for row in term_matrix(texts).itertuples():
        yield dot(f"{row.dimension} {row.label}", look=row.level, column=names(texts)[row.source_id], filled=row.level != "mentioned")


def guarantor_dots(texts: Corpus) -> Iterator[Mark]:
    for name, column in guarantor_sets(texts).items():
        head = names(texts).get(name, "Istanbul Communiqué")
        for guarantor, named in column.items():
            yield dot(guarantor, look="s" if head == "Istanbul Communiqué" else "o", column=head, filled=bool(named))


def strength_scale(texts: Corpus) -> Iterator[Mark]:
    rungs = texts.tables["strengths.csv"].groupby("rank").strength.agg(" or ".join)
    for row in commitment_scores(texts).itertuples():
        yield dot(rungs[str(row.rank)], look=row.kind, column=row.of, filled=row.rank > 0)


def firmness(texts: Corpus) -> Iterator[Mark]:
    yield from shades(firmness_table(texts))
    for row in firmness_table(texts).itertuples():
        yield dot(row.step, column=row.short, side="above")
        yield text(lag_words(row), row.step, column=row.short)


def sourcing(texts: Corpus) -> Iterator[Mark]:
    """A line from each text to each speaker for every way by which words came; behind a name the words of all these ways."""
    routes = quotation_routes(texts)
    words = routes.groupby(["source_id", "speaker"]).n_words.sum()
    looks = {"speech": "a person or group", "document": "a newspaper or document"}
    for row in routes.itertuples():
        look = {"": {"speech": "no outlet named", "document": "itself"}}.get(row.via, dict.fromkeys(looks, "through an outlet"))[row.kind]
        kind = f"{looks[row.kind]}{' ' if look == 'itself' else ', '}{look}"
        yield line(names(texts)[row.source_id], 0, 2, look=kind, column=f"{row.speaker} ({words[row.source_id, row.speaker]})")


def quoted_sides(texts: Corpus) -> Iterator[Mark]:
    counts, sources = quoted_words_by_side(texts), source_table(texts).set_index("source_id")
    for source_id, name in names(texts).items():
        own = counts.loc[source_id] if source_id in counts.index else pd.Series(dtype=int)
        head = f"{name}: {own.sum()} of {sources.body_words[source_id]:,} words" if len(own) else f"{name}: quotes nobody"
        for side, n in own[own > 0].items():
            yield Mark("bar", f"{head}: {side}", 0, n, "bar")
            yield text(str(n), f"{head}: {side}")


def voiced(row: tuple, place: dict, colour: str = "") -> Iterator[Mark]:
    """A bar for the author's voice, one behind it for the voice of others, and their sum."""
    for low, high, voice, filled in ((0, row.author, "author's voice", True), (row.author, row.n, "others' voice", False)):
        if high > low:
            yield Mark("bar", low=low, high=high, look=f"{colour}{voice}", filled=filled, **place)
    if row.n:
        yield Mark("text", low=row.n, high=row.n, look=str(row.n), **place)


def drawn_credit_and_blame(texts: Corpus) -> Iterator[Mark]:
    yield from shades(source_table(texts))
    for row in credit_and_blame(texts).itertuples():
        side = {"credited": "above", "blamed": "below"}[row.valence]
        yield from voiced(row, {"row": row.actor, "column": names(texts)[row.unit], "side": side}, f"{row.valence}, ")


IN_WORDS = {"both": "both sides", "mediator": "go-betweens", "other": "others"}


def diverging(texts: Corpus) -> Iterator[Mark]:
    """Credit to the right, blame to the left, each for 1,000 words: first the author's, then others'; behind it the counts."""
    sources = source_table(texts).set_index("source_id")
    yield rule(0)
    for row in credit_and_blame(texts).query("n > 0").itertuples():
        words = sources.body_words[row.unit]
        name = f"{names(texts)[row.unit]}, {words:,} words: {IN_WORDS.get(row.actor, row.actor)}"
        way = {"credited": 1000, "blamed": -1000}[row.valence] / words
        for start, end, voice in ((0, row.author, ""), (row.author, row.n, ", only in others' words")):
            if end > start:
                yield Mark("bar", name, way * start, way * end, f"{row.valence}{voice}", filled=not voice)
        yield text(f"{row.n} ({row.attributed})" if row.attributed else str(row.n), name)


def functions(texts: Corpus) -> Iterator[Mark]:
    yield from shades(source_table(texts))
    for row in function_counts(texts).itertuples():
        yield from voiced(row, {"row": row.function, "column": names(texts)[row.source_id]})


def readability(texts: Corpus) -> Iterator[Mark]:
    for row in readability_scores(texts).query("status == 'ok'").itertuples():
        place = {
            "row": names(texts)[row.source_id],
            "panel": f"{row.measure}\n({row.direction.removeprefix('higher means ')} to the right)",
        }
        ours = row.method == "published formula"
        yield dot(x=row.value, look="published formula, 95 % interval" if ours else "textstat", filled=ours, **place)
        if row.low == row.low:
            yield line(low=row.low, high=row.high, **place)


def sensitivity(texts: Corpus) -> Iterator[Mark]:
    yield rule(0)
    for row in ease_sensitivity(texts).itertuples():
        yield dot(row.variation, row.change, names(texts)[row.source_id], filled=False)


def timeline(texts: Corpus) -> Iterator[Mark]:
    events, record = with_date_range(event_table(texts)), reference_events(texts)
    published = pd.to_datetime(source_table(texts).lag_days, unit="D", origin=pd.Timestamp(reference_instrument(texts).date)).dt.date
    end = max([*published, *events["last"], *record["last"]]) + pd.Timedelta(days=30)
    for panel, first, last in (
        ("15 Feb – 12 Apr 2022", date(2022, 2, 15), date(2022, 4, 12)),
        ("after 12 April 2022", date(2022, 4, 12), end),
    ):
        for row in record.itertuples():
            if row.first <= last and row.last >= first:
                yield Mark("shade", low=date2num(row.first), high=date2num(row.last), panel=panel)
                yield line("the record", date2num(row.first), date2num(row.last), look="|", panel=panel)
        for row in events.itertuples():
            low, high, name = date2num(row.first), date2num(row.last), names(texts)[row.source_id]
            middle = np.floor((low + high) / 2)
            if row.first <= last and row.last >= first:
                yield line(name, max(low, date2num(first)), min(high, date2num(last)), panel=panel)
            if date2num(first) <= middle <= date2num(last):
                yield dot(name, middle, row.date_basis, filled=row.date_basis != "inferred", panel=panel)
        for name, day in zip(source_table(texts).short, published, strict=True):
            if first <= day <= last:
                yield dot(name, date2num(day), "publication", panel=panel)


LANES = {"event": (-1, "an event"), "disclosure": (1, "what came to light"), "publication": (1, "one of the texts")}


def lanes(texts: Corpus) -> Iterator[Mark]:
    for row in what_was_known(texts).itertuples():
        day, (side, meaning) = day_words(row.first, row.last, "?" in row.date), LANES[row.lane]
        yield dot(day, side, meaning)
        yield text(row.label, day)


def positions(texts: Corpus) -> Iterator[Mark]:
    yield from shades(source_table(texts))
    for topic, own in comparison_table(texts).groupby("topic", sort=False):
        letters = dict(zip(own.position.unique(), string.ascii_uppercase, strict=False))
        for source_id, taken in own.groupby("source_id"):
            place = {"row": topic, "column": names(texts)[source_id]}
            yield Mark("dot", look=own.relation.iloc[0], **place)
            yield Mark("text", look="".join(letters[position] for position in taken.position.unique()), **place)


def key_words(texts: Corpus) -> Iterator[Mark]:
    yield rule(0)
    for row in top_keywords(texts).itertuples():
        name = f"{names(texts)[row.source_id]}: {row.word} ({row.n} : {row.n_rest})"
        yield from (dot(name, row.log_odds), line(name, row.low, row.high))


def tool_rates(_texts: Corpus) -> Iterator[Mark]:
    rates = rate_table().dropna(subset="words_per_second")
    for row in rates[rates.n_documents == rates.n_documents.min()].itertuples():
        name = {THIS_BOOK: "this book", BASELINE: "floor"}.get(row.tool, row.tool)
        yield dot(name, row.words_per_second, "D" if name == "this book" else "o")
        yield text(f"{row.words_per_second:,.0f}", name)


def growth(_texts: Corpus) -> Iterator[Mark]:
    grown = growth_table()
    slope, start = np.polyfit(np.log(grown.n_documents), np.log(grown.seconds), 1)
    ends = np.exp(start + slope * np.log([grown.n_documents.min(), grown.n_documents.max()]))
    yield line(tuple(np.round(ends, 6)), grown.n_documents.min(), grown.n_documents.max())
    yield text(f"line fitted to the dots, exponent {slope:.2f}")
    for row in grown.itertuples():
        yield from (dot(row.seconds, row.n_documents), text(f"{row.seconds:.1f} s", row.seconds))


HELD: dict[str, tuple[Callable, Callable, str]] = {
    "publication_lag": (publication_lag, source_table, "{short}, {date}, "),
    "composition": (composition, lambda texts: source_table(texts), "{short} "),
    "dependence": (dependence, dependencies, "{source}, {kind}, {work}"),
    "settlement_matrix": (settlement_matrix, term_matrix, "{dimension}"),
    "guarantor_dots": (guarantor_dots, lambda texts: guarantor_sets(texts).reset_index(), "{guarantor}"),
    "strength_scale": (strength_scale, commitment_scores, "{of}: {strength}"),
    "firmness": (firmness, firmness_table, "{short}, "),
    "sourcing": (sourcing, lambda texts: quotation_routes(texts).replace({"via": {" > ": " from "}}, regex=True), "{speaker}"),
    "quoted_sides": (quoted_sides, lambda texts: sides_quoted(texts), "{side} {n}"),
    "credit_and_blame": (drawn_credit_and_blame, lambda texts: credit_and_blame(texts).query("n > 0"),
                         "{actor} {valence} {n} ({attributed} in others' voice)"),
    "credit_and_blame_rates": (diverging, lambda texts: credit_and_blame_rates(texts).query("n > 0"), "{rate:.1f} per 1,000 words"),
    "functions": (functions, function_counts, "{function} {n} ({attributed} in others' voice)"),
    "readability": (readability, lambda texts: readability_scores(texts).query("status == 'ok'"), "{measure}, {source}, {method}: {value:.1f}"),
    "sensitivity": (sensitivity, ease_sensitivity, "{source} {change:+.1f}"),
    "timeline": (timeline, lambda texts: event_table(texts).query("date >= '2022-03'"), "{label} {date}"),
    "what_was_known": (lanes, what_was_known, "{label}"),
    "positions": (positions, comparison_table, "{topic} ({relation}): "),
    "keyness": (key_words, top_keywords, "{word}"),
    "tool_rates": (tool_rates, lambda _: rate_table().query("n_documents == n_documents.min()"), " {words_per_second:,.0f}"),
    "growth": (growth, lambda _: growth_table(), "{n_documents:,} documents {seconds:.2f} seconds"),
}  # fmt: skip


def sides_quoted(texts: Corpus) -> pd.DataFrame:
    return quoted_words_by_side(texts).melt(ignore_index=False, var_name="side", value_name="n").reset_index().query("n > 0")


@pytest.fixture(scope="module", params=["wide", "narrow"])
def drawn(request, texts, figures):
    with narrow_width() if request.param == "narrow" else nullcontext():
        return figures(texts)


def test_every_figure_is_held(drawn):
    assert set(HELD) == set(drawn)


@pytest.mark.parametrize("name", HELD)
def test_a_figure_draws_its_table(texts, drawn, name):
    expected, table, said = HELD[name]
    (figure, text), short = drawn[name], names(texts)
    seen, wanted = Counter(marks(figure)), Counter(rounded(mark) for mark in expected(texts))
    if not figure.axes[0].axison:  # then the words beside marks are their names, and some marks only bear a name
        seen = Counter({mark: n for mark, n in seen.items() if mark.kind in {mark.kind for mark in wanted}})
    assert not (missing := list((wanted - seen).elements())), missing[:3]
    assert not (surplus := list((seen - wanted).elements())), surplus[:3]
    for row in table(texts).to_dict("records"):
        assert said.format_map(row | {"source": short.get(row.get("source_id"))}) in text.alt
