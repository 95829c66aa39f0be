"""What readers see of the coded spans of this study: enough to understand each, and nothing that turns it round left out."""

import pytest

from analysis.corpus.context import CONTENT_WORDS, MOST_AROUND, MOST_SHOWN, count_content, dropped_qualifiers, words_around
from analysis.corpus.segment import word_offsets
from analysis.corpus.spans import coded_spans
from analysis.corpus.text_fragment import find_fragment, source_address
from tests.support.matcher import first_match


@pytest.fixture(scope="module")
def spans(texts):
    return list(coded_spans(texts).itertuples())


def test_nearly_every_span_shows_three_content_words(texts, spans, capsys):
    enough = [count_content(texts, span) >= CONTENT_WORDS for span in spans]
    with capsys.disabled():
        print(f"\n{sum(enough)} of {len(spans)} spans show {CONTENT_WORDS} content words ({sum(enough) / len(spans):.1%})")
    assert sum(enough) >= 0.98 * len(spans)


def test_no_span_stands_without_the_negations_and_conditions_of_its_clause(texts, spans, capsys):
    dropped = {span.anchor: words for span in spans if (words := dropped_qualifiers(texts, span))}
    with capsys.disabled():
        print(f"\n{len(spans) - len(dropped)} of {len(spans)} spans show every negation and condition of their clause")
    assert dropped == {}


def test_what_stands_around_a_span_is_short_and_verbatim(texts, spans):
    for span in spans:
        sides, raw = words_around(texts, span), texts.raw[span.source_id]
        assert all(len(word_offsets(side)) <= MOST_AROUND for side in sides), span.anchor
        near = sides.before.rpartition("… ")[2] + span.quote + sides.after.partition(" …")[0]
        assert near in raw, span.anchor
        assert all(piece in raw for side in sides for piece in side.split(" … ")), span.anchor
        assert len(word_offsets(near)) <= MOST_SHOWN, span.anchor
        assert len(word_offsets(span.quote)) <= 40, span.anchor


def test_the_address_of_every_span_marks_its_words_in_the_raw_text(texts, spans):
    for span in spans:
        fragment, raw = find_fragment(texts.raw[span.source_id], span.start, span.end), texts.raw[span.source_id]
        words = word_offsets(span.quote)
        assert first_match(raw, str(fragment)) == (span.start + words[0][0], span.start + words[-1][1]), span.anchor


def test_only_pages_of_the_outlets_are_named(texts, spans):
    kinds = texts.sources.set_index("source_id").url_kind
    for span in spans:
        assert (source_address(texts, span) is None) == (kinds[span.source_id] != "outlet"), span.anchor
