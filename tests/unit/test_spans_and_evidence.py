"""Finding a quotation: tolerant of form, strict about words and places."""

import pytest

from analysis.corpus.quotes import QuoteError, find_quote, match_in_source
from analysis.corpus.segment import tokens
from analysis.corpus.spans import SUPPORTS, cite, coded_spans, find_coded_span, shown_share, span_id


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
    found = find_quote(texts, source_id, quote)
    assert found.passage_id == passage_id
    assert texts.raw[source_id][found.start : found.end] == found.quote
    assert len(found.quote) == len(" ".join(quote.split()))


def test_a_quotation_may_run_on_into_the_next_paragraph(texts):
    found = find_quote(texts, "charap2022", "suspended their diplomatic efforts. Amid the gloom")
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
        find_quote(texts, source_id, quote)


def test_a_position_chooses_among_several_places(texts):
    assert find_quote(texts, "usip2022", "Putin", "usip2022-p12").passage_id == "usip2022-p12"
    with pytest.raises(QuoteError, match=r"occurs 2 times in usip2022-p01: usip2022-p01 \(314\)"):
        find_quote(texts, "usip2022", "Putin", "usip2022-p01")
    with pytest.raises(QuoteError, match="unknown passage"):
        find_quote(texts, "usip2022", "Putin", "usip2022-p99")


def test_short_citation(texts):
    assert cite(texts, "decamp2022-p06") == "DeCamp 2022, par. 6"
    assert cite(texts, "petrosnider2024-p11") == "Petro and Snider 2024, par. 11"


def test_every_coded_span_stands_once_with_all_that_rests_on_it(texts):
    table = coded_spans(texts)
    assert table.anchor.is_unique
    coded = sum(len(texts.tables[name]) for name in SUPPORTS)
    assert len(SUPPORTS) == 9
    assert table.supports.map(len).sum() == coded
    assert (table.whose != "").all()
    for span in table.itertuples():
        assert texts.raw[span.source_id][span.start : span.end] == span.quote
        assert span.anchor == span_id(span.passage_id, span.start, span.end)


def test_evidence_names_the_person_to_whom_the_text_gives_the_words(texts):
    assert (
        find_coded_span(coded_spans(texts), "decamp2022-p07", "participation of a number of guarantor countries").whose
        == "Mykhailo Podolyak"
    )
    assert find_coded_span(coded_spans(texts), "decamp2022-p04", "a number of guarantor states").whose == "Mykhailo Podolyak"
    assert find_coded_span(coded_spans(texts), "petrosnider2024-p08", "key Ukrainian allies").whose == "Gerhard Schroeder"
    assert find_coded_span(coded_spans(texts), "observer2023-p05", "it wanted the conflict to continue").whose == "Turkish officials"
    assert find_coded_span(coded_spans(texts), "usip2022-p03", "legally binding duty").whose == "the text itself"


def test_the_shortest_span_is_chosen_whatever_the_form_of_the_marks(texts):
    assert find_coded_span(coded_spans(texts), "usip2022-p06", 'security "assurances"').quote == "security “assurances”"
    with pytest.raises(QuoteError, match="no coding rests on"):
        find_coded_span(coded_spans(texts), "usip2022-p06", "the sea")


def test_the_words_of_the_file_stand_for_words_typed_in_another_form():
    assert match_in_source("in the “Ukrainian model” — now", 'the "Ukrainian model" - now') == "the “Ukrainian model” — now"
    with pytest.raises(QuoteError, match="is not in"):
        match_in_source("one two", "three")


def test_each_word_of_a_body_counts_once_as_shown(texts):
    own = tokens(texts).query("source_id == 'charap2022'")
    tables = {name: table.head(0) if "quote" in table else table for name, table in texts.tables.items()}
    few = type(texts)(texts.path, tables, texts.raw)
    assert set(shown_share(few).share) == {0}
    places = {"codings/claims.csv": (0, 4), "codings/frames.csv": (2, 7), "codings/quotations.csv": (20, 21)}  # first and last word
    for name, (first, last) in places.items():
        row = texts.tables["codings/claims.csv"].head(1)
        few.tables[name] = row.assign(
            source_id="charap2022", start=own.start.iloc[first], end=own.end.iloc[last] - 1
        )  # within its last word
    shares = shown_share(few).set_index("source_id")
    assert list(shares.index) == list(texts.raw)
    assert tuple(shares.loc["charap2022"]) == pytest.approx((305, 100 * (8 + 2) / 305))
    assert shares.share.drop("charap2022").eq(0).all()
