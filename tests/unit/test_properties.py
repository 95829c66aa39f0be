"""Rules that hold for any text whatever: offsets, zones, sentences, words, quotations, cells of a CSV file.

Hypothesis makes the texts, always the same ones: letters of many scripts, signs beyond the first plane, combining and direction marks.
"""

import itertools
import re

import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from analysis.corpus.quotes import QUOTE_VARIANTS, Evidence, QuoteError, find_all, find_quote, match_in_source, normalize_quotes
from analysis.corpus.segment import body_of, passages, quotation_offsets, running_text, sentence_offsets, sentences, tokens, word_offsets
from analysis.corpus.unicode_checks import escape_csv_formulas, unescape_formula
from analysis.corpus.zones import validate_zones
from analysis.stylometry.naming import left_context
from tests.support.any_text import MARKED, TEXT, corpora


@given(corpora())
def test_every_passage_sentence_and_word_is_the_stretch_that_its_offsets_name(corpus):
    text = running_text(corpus, "t")
    for row in [*sentences(corpus).itertuples(), *tokens(corpus).itertuples()]:
        assert text[row.start : row.end] == row[5] != ""
    for passage in passages(corpus).itertuples():
        line = text[passage.start : passage.end]
        assert line == line.strip() != ""
        assert "\n" not in line
        assert passage.n_words == len(word_offsets(line))
        assert passage.n_sentences == len(sentence_offsets(line))


@given(corpora())
def test_passages_begin_and_end_in_body_zones_in_order_and_lose_nothing_but_white_space(corpus):
    body = corpus.zones.query("zone == 'body'")
    own = passages(corpus)
    assert all(((body.start <= place) & (place < body.end)).any() for row in own.itertuples() for place in (row.start, row.end - 1))
    assert all(one.end <= other.start for one, other in zip(own.itertuples(), list(own.itertuples())[1:], strict=False))
    kept = "".join(running_text(corpus, "t")[row.start : row.end] for row in own.itertuples())
    given_ = "".join(corpus.raw["t"][zone.start : zone.end] for zone in body.itertuples())
    assert "".join(kept.split()) == "".join(given_.split())


@given(corpora(), st.data())
def test_zones_that_partition_a_text_with_a_body_have_no_problem_and_others_have_one(corpus, data):
    assume((corpus.zones.zone == "body").any())
    assert validate_zones("data", corpus.zones, corpus.raw) == []
    place = data.draw(st.integers(0, len(corpus.zones) - 1))
    column = data.draw(st.sampled_from(["start", "end"]))
    shifted = corpus.zones.copy()
    shifted.loc[place, column] += data.draw(st.sampled_from([-1, 1]))
    assert validate_zones("data", shifted, corpus.raw)


@given(TEXT)
def test_words_do_not_overlap_hold_no_white_space_and_begin_and_end_as_words_do(text):
    found = word_offsets(text)
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(found))
    for start, end in found:
        assert not re.search(r"\s", text[start:end])
        assert text[start].isalnum()
        assert text[end - 1].isalnum() or text[end - 1] == "."
    assert all(
        any(start <= place < end for start, end in found) for place, sign in enumerate(text) if sign.isalpha() and re.match(r"\w", sign)
    )


@given(TEXT.map(lambda text: text.replace("\n", " ")))
def test_sentences_lie_in_order_in_their_paragraph_and_cover_all_its_words(paragraph):
    found = sentence_offsets(paragraph)
    assert all(0 <= start < end <= len(paragraph) for start, end in found)
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(found))
    covered = {place for start, end in found for place in range(start, end)}
    assert all(place in covered for start, end in word_offsets(paragraph) for place in range(start, end))


@given(st.one_of(TEXT, MARKED))
def test_quoted_stretches_lie_behind_a_mark_within_the_paragraph_and_nest(text):
    found = quotation_offsets(text)
    assert found == sorted(found)
    for start, end in found:
        assert 1 <= start <= end <= len(text)
        assert text[start - 1] in "“‘\"'«„"
    for one in found:
        assert all(other[0] >= one[1] or other[1] <= one[1] for other in found if other[0] > one[0])


def quoted_again(text):
    """The rule of `quoted_spans` once more, in the plainest way, quadratic."""
    closing, spans, stack = {"“": "”", "‘": "’", '"': '"', "'": "'", "«": "»", "„": "“"}, {}, []
    for place, sign in enumerate(text):
        before, after = text[:place][-1:], text[place + 1 :][:1]
        letter_follows = sign in "’'" and after.isalnum()
        waiting = [mark for mark, _ in stack]
        if waiting and waiting[-1] == sign and not letter_follows:
            spans[stack.pop()[1]] = place
        elif sign in closing and not before.isalnum() and after.strip():
            stack.append((closing[sign], place + 1))
            spans[place + 1] = len(text)
        elif sign in waiting and sign not in "’'":
            while stack[-1][0] != sign:
                del spans[stack.pop()[1]]
            spans[stack.pop()[1]] = place
    return sorted(spans.items())


@given(st.one_of(TEXT, MARKED))
def test_quoted_stretches_are_those_of_the_plain_rule(text):
    assert quotation_offsets(text) == quoted_again(text)


@given(corpora(), st.data())
def test_a_stretch_of_the_body_is_found_where_it_stands(corpus, data):
    raw, own = corpus.raw["t"], passages(corpus)
    assume(len(own) and running_text(corpus, "t") == raw)  # with inline noise: test_noise
    passage = own.iloc[data.draw(st.integers(0, len(own) - 1))]
    start = data.draw(st.integers(passage.start, passage.end - 1))
    end = data.draw(st.integers(start + 1, passage.end))
    quote = raw[start:end].strip()
    assume(quote)
    start = raw.index(quote, start)
    hits = find_all(raw, quote, body_of(corpus, "t").passages)
    assert (passage.passage_id, start, start + len(quote)) in hits
    same = normalize_quotes(quote)[0].strip()
    assert all(normalize_quotes(raw[begin:stop])[0] == same for _, begin, stop in hits)
    if len(hits) == 1:
        assert find_quote(corpus, "t", quote) == Evidence("t", passage.passage_id, start, start + len(quote), quote)
    else:
        with pytest.raises(QuoteError, match=f"occurs {len(hits)} times"):
            find_quote(corpus, "t", quote)


@given(TEXT)
def test_folding_keeps_a_place_for_every_character_and_is_done_once(text):
    plain, places = normalize_quotes(text)
    assert len(plain) == len(places)
    assert places == sorted(set(places))
    assert normalize_quotes(plain)[0] == plain == plain.translate(QUOTE_VARIANTS)
    assert not re.search(r"\s\s|[^\S ]", plain)
    assert "".join(plain.split()).translate(QUOTE_VARIANTS) == "".join(text.split()).translate(QUOTE_VARIANTS)


@given(TEXT, st.data())
def test_verbatim_words_are_those_of_the_quotation_however_they_were_typed(quote, data):
    start = data.draw(st.integers(0, len(quote)))
    stretch = quote[start : data.draw(st.integers(start, len(quote)))].strip()
    assume(normalize_quotes(stretch)[0].strip())
    found = match_in_source(quote, normalize_quotes(stretch)[0])
    assert found in quote
    assert normalize_quotes(found)[0] == normalize_quotes(stretch)[0]


@given(TEXT)
def test_a_line_of_a_concordance_begins_at_most_four_words_before(text):
    left = left_context(text)
    assert text.endswith(left)
    assert left == re.search(r"(?:\S+\s+){0,4}\S*$", text.lstrip()).group()


@given(TEXT)
def test_what_spreadsheets_run_is_marked_and_the_mark_can_be_taken_away(text):
    marked = escape_csv_formulas(pd.DataFrame({"text": [text]})).text[0]
    assert marked in (text, f"'{text}")
    assert unescape_formula(marked) == text
