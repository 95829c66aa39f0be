"""Finding a quotation: tolerant of form, strict about words and places."""

import pandas as pd
import pytest

from analysis.corpus import words
from analysis.evidence import (
    IN_LINES,
    MOST_SHARE,
    SUPPORTS,
    QuoteError,
    anchor,
    cite,
    cut,
    dating_words,
    find,
    naming_choices,
    published,
    remarked_words,
    resting,
    spans,
    verbatim,
    visible,
    whole_share,
)


@pytest.mark.parametrize(
    ("source_id", "quote", "passage_id"),
    [
        ("petrosnider2024", "We are open to a dialogue on Ukraine", "petrosnider2024-p12"),  # no-break spaces in the file
        ("decamp2022", "Kyiv's neutrality", "decamp2022-p01"),  # a curly apostrophe in the file
        ("decamp2022", '"more realistic."', "decamp2022-p01"),  # curly quotation marks in the file
        ("decamp2022", "We propose a 'Ukrainian model of security guarantees,'", "decamp2022-p07"),
        ("usip2022", "declared  reason\nfor war-to deny", "usip2022-p01"),  # a long dash, odd white space
        ("charap2022", "guarantees from both its Western partners and from Russia", "charap2022-p02"),
        ("observer2023", "It is vital that all parties", "observer2023-p08"),
    ],
)
def test_a_quotation_is_found_whatever_the_form_of_its_marks(texts, source_id, quote, passage_id):
    found = find(texts, source_id, quote)
    assert found.passage_id == passage_id
    assert texts.raw[source_id][found.start : found.end] == found.quote
    assert len(found.quote) == len(" ".join(quote.split()))


def test_a_quotation_may_run_on_into_the_next_paragraph(texts):
    found = find(texts, "charap2022", "suspended their diplomatic efforts. Amid the gloom")
    assert found.passage_id == "charap2022-p01"
    assert "\n" in found.quote


@pytest.mark.parametrize(
    ("source_id", "quote", "message"),
    [
        ("decamp2022", "legally binding duty", "occurs nowhere in the body of decamp2022"),
        ("usip2022", "ISIS-K", "occurs nowhere"),  # in the file, but not in the body
        ("usip2022", "He has floated a compromise", "occurs nowhere"),  # a caption
        ("usip2022", "Putin", "occurs 15 times"),
        ("usip2022", "", "occurs nowhere"),
        ("usip2022", "ethnic Slavs on Russia’s border? In this week’s talks", "occurs nowhere"),  # a caption lies between
        ("usip2022", "peacefully assuring their own security. Related Publications", "occurs nowhere"),  # ends in a teaser
        ("usip2022", "zelenskyy has just expanded", "occurs nowhere"),  # capitals count
        ("nobody2022", "Putin", "unknown text"),
    ],
)
def test_what_cannot_be_placed_is_refused(texts, source_id, quote, message):
    with pytest.raises(QuoteError, match=message):
        find(texts, source_id, quote)


def test_a_position_chooses_among_several_places(texts):
    assert find(texts, "usip2022", "Putin", "usip2022-p12").passage_id == "usip2022-p12"
    with pytest.raises(QuoteError, match=r"occurs 2 times in usip2022-p01: usip2022-p01 \(314\)"):
        find(texts, "usip2022", "Putin", "usip2022-p01")
    with pytest.raises(QuoteError, match="unknown passage"):
        find(texts, "usip2022", "Putin", "usip2022-p99")


def test_short_citation(texts):
    assert cite(texts, "decamp2022-p06") == "DeCamp 2022, par. 6"
    assert cite(texts, "petrosnider2024-p11") == "Petro and Snider 2024, par. 11"


def test_every_coded_span_stands_once_with_all_that_rests_on_it(texts):
    table = spans(texts)
    assert table.anchor.is_unique
    coded = sum(len(texts.tables[name]) for name in SUPPORTS)
    assert len(SUPPORTS) == 9
    assert table.supports.map(len).sum() == coded
    assert (table.whose != "").all()
    for span in table.itertuples():
        assert texts.raw[span.source_id][span.start : span.end] == span.quote
        assert span.anchor == anchor(span.passage_id, span.start, span.end)


def test_evidence_names_the_person_to_whom_the_text_gives_the_words(texts):
    assert resting(spans(texts), "decamp2022-p07", "participation of a number of guarantor countries").whose == "Mykhailo Podolyak"
    assert resting(spans(texts), "decamp2022-p04", "a number of guarantor states").whose == "Mykhailo Podolyak"
    assert resting(spans(texts), "petrosnider2024-p08", "key Ukrainian allies").whose == "Gerhard Schroeder"
    assert resting(spans(texts), "observer2023-p05", "it wanted the conflict to continue").whose == "Turkish officials"
    assert resting(spans(texts), "usip2022-p03", "legally binding duty").whose == "the text itself"


def test_the_shortest_span_is_chosen_whatever_the_form_of_the_marks(texts):
    assert resting(spans(texts), "usip2022-p06", 'security "assurances"').quote == "security “assurances”"
    with pytest.raises(QuoteError, match="no coding rests on"):
        resting(spans(texts), "usip2022-p06", "the sea")


def share(texts, source_id):
    return len(visible(texts)[source_id]) / (words(texts).source_id == source_id).sum()


def test_quotations_leave_room_below_one_half_for_words_that_paraphrases_share(texts):
    assert list(visible(texts)) == list(texts.raw)
    assert all(0 < share(texts, source_id) <= MOST_SHARE < 0.5 for source_id in texts.raw)


def test_what_is_shown_is_a_run_of_the_span_and_visible(texts):
    for source_id in texts.raw:
        own = spans(texts).query("source_id == @source_id")
        marks = set()
        for span in own.itertuples():
            shown = span.shown.removeprefix("… ").removesuffix(" …")
            assert shown
            at = span.start + span.quote.index(shown)
            assert len(shown.split()) <= 10
            assert (shown == span.shown) == (shown == span.quote)
            marks |= set(range(at, at + len(shown)))
        counted = words(texts).query("source_id == @source_id")
        whole = [set(range(word.start, word.end)) <= marks for word in counted.itertuples()]
        assert sum(whole) / len(counted) <= share(texts, source_id) <= MOST_SHARE  # counted another way: a mark on every character


def test_a_text_of_which_little_is_coded_is_shown_ten_words_a_span(texts):
    tables = {name: table.head(0) if "quote" in table else table for name, table in texts.tables.items()}
    tables["codings/strengths.csv"] = texts.tables["codings/strengths.csv"]
    few = type(texts)(texts.path, tables, texts.raw)
    for span in texts.tables["codings/strengths.csv"].itertuples():
        assert len(cut(few, span.source_id, span.start, span.quote).removesuffix(" …").split()) == min(10, len(span.quote.split()))


def test_dating_words_and_naming_choices_in_lines_are_counted_as_shown(texts):
    lines = naming_choices(texts).query("concept in @IN_LINES")
    assert set(lines.concept) == set(IN_LINES)
    for source_id, raw in texts.raw.items():
        dates = texts.tables["codings/events.csv"].query("source_id == @source_id and dated_by != ''").dated_by
        places = dating_words(texts, source_id)
        assert [raw[start:end] for start, end in places] == list(dates)
        for start, end in [*places, *lines.query("source_id == @source_id")[["start", "end"]].values]:
            body = words(texts).query("source_id == @source_id")
            assert set(body.start[(start < body.end) & (body.start < end)]) <= visible(texts)[source_id]


def test_what_a_remark_quotes_is_counted_as_shown(texts):
    body = words(texts).query("passage_id == 'decamp2022-p07'").reset_index(drop=True)
    first = next(at for at in range(len(body)) if list(body.word[at : at + 2]) == ["We", "propose"])  # quoted in a note of provisions.csv
    assert (body.start[first], body.end[first + 1]) in remarked_words(texts, "decamp2022")
    assert set(body.start[first : first + 2]) <= visible(texts)["decamp2022"]


def test_the_words_of_the_file_stand_for_words_typed_in_another_form():
    assert verbatim("in the “Ukrainian model” — now", 'the "Ukrainian model" - now') == "the “Ukrainian model” — now"
    with pytest.raises(QuoteError, match="is not in"):
        verbatim("one two", "three")


def toy(texts, rows):
    """The Corpus with no spans but `rows`: (file, start, end) of Charap 2022; no naming choices, no dates."""
    tables = {name: table.head(0) if "quote" in table or name == "names.csv" else table for name, table in texts.tables.items()}
    for name, start, end in rows:
        like = texts.tables[name].query("source_id == 'charap2022'").head(1)
        row = like.assign(passage_id="charap2022-p01", start=start, end=end, quote=texts.raw["charap2022"][start:end])
        tables[name] = row if tables[name].empty else pd.concat([tables[name], row])
    return type(texts)(texts.path, tables, texts.raw)


def test_the_first_ten_words_of_a_span_may_be_shown_and_no_more(texts):
    own = words(texts).query("passage_id == 'charap2022-p01'")
    start, end = own.start.iloc[0], own.end.iloc[14]
    few = toy(texts, [("codings/provisions.csv", start, end)])
    assert visible(few)["charap2022"] == set(own.start.iloc[:10])
    assert cut(few, "charap2022", start, texts.raw["charap2022"][start:end]).endswith(" …")
    assert cut(few, "charap2022", own.start.iloc[12], texts.raw["charap2022"][own.start.iloc[12] : end]) == "…"


def test_the_longest_run_is_shown_with_ellipses_for_the_rest(texts):
    own = words(texts).query("passage_id == 'charap2022-p01'")
    few = toy(
        texts, [("codings/provisions.csv", own.start.iloc[3], own.end.iloc[7]), ("codings/claims.csv", own.start.iloc[0], own.end.iloc[0])]
    )
    whole = texts.raw["charap2022"][own.start.iloc[0] : own.end.iloc[9]]
    run = texts.raw["charap2022"][own.start.iloc[3] : own.end.iloc[7]]
    assert cut(few, "charap2022", own.start.iloc[0], whole) == f"… {run} …"


def test_lists_of_events_and_claims_come_after_the_other_codings(texts, monkeypatch):
    own = words(texts).query("passage_id == 'charap2022-p01'")
    rows = [("codings/claims.csv", own.start.iloc[0], own.end.iloc[3]), ("codings/provisions.csv", own.start.iloc[10], own.end.iloc[15])]
    monkeypatch.setattr("analysis.evidence.MOST_SHARE", 7.5 / 305)  # room for one of them, and the first word of the other
    assert visible(toy(texts, rows))["charap2022"] == {own.start.iloc[0], *own.start.iloc[10:16]}
    assert share(toy(texts, rows), "charap2022") == pytest.approx(7 / 305)


def test_the_first_word_of_a_span_is_shown_where_no_other_is(texts, monkeypatch):
    own = words(texts).query("passage_id == 'charap2022-p01'")
    rows = [("codings/provisions.csv", own.start.iloc[0], own.end.iloc[3]), ("codings/frames.csv", own.start.iloc[2], own.end.iloc[7]),
            ("codings/frames.csv", own.start.iloc[10], own.end.iloc[15])]  # fmt: skip
    monkeypatch.setattr("analysis.evidence.MOST_SHARE", 5.5 / 305)  # room for the shortest, and the first word of the last
    assert visible(toy(texts, rows))["charap2022"] == {*own.start.iloc[:4], own.start.iloc[10]}


def test_passes_are_not_published_and_empty_words_are_nowhere(texts):
    assert all(".pass" not in name for name, *_ in published(texts, "charap2022"))
    with pytest.raises(QuoteError, match="is not in"):
        verbatim("one", " ")
    table = spans(texts).query("source_id == 'usip2022'")
    assert whole_share(texts)["usip2022"] == (table.shown == table.quote).mean()
