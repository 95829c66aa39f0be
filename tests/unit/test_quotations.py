"""Whose words: the hand table against the rule; words by text, side and speaker as counted by reading."""

import math

import pytest

from analysis.coding import quotations
from analysis.coding.quotations import (
    attribution_chains,
    extraction_quality,
    mentions,
    named_but_unquoted,
    quotation_routes,
    quotations_by_speaker,
    quotations_by_text,
    quoted_words_by_side,
    with_speakers,
)
from analysis.corpus.segment import quotation_offsets, tokenize_passages
from analysis.corpus.speech import direct_speech, quotation_table, top_level
from tests.support.corpora import rows, with_table, without_rows

HAND = "codings/quotations.csv"


def test_the_rule_finds_the_hand_table(study):
    found, hand = tokenize_passages(study, quotation_offsets, "quote"), quotation_table(study)
    assert rows(found, "passage_id", "start", "end", "quote") == rows(hand, "passage_id", "start", "end", "quote")
    quality = extraction_quality(study).set_index("source_id")
    assert quality.loc["all"].to_list() == [8, 8, 8, 1, 1]
    assert quality.loc["arden1987"].to_list() == [4, 4, 4, 1, 1]
    assert quality.loc["brill1987", ["hand", "found", "both"]].to_list() == [0, 0, 0]
    assert quality.loc["brill1987", ["precision", "recall"]].isna().all()


def test_a_missing_and_a_moved_row_lower_recall_and_precision(study):
    """Seven rows by hand, one of them moved: the rule finds eight, six of them in both."""
    table = study.tables[HAND].drop(index=0)
    table.loc[1, "end"] += 1
    quality = extraction_quality(with_table(study, HAND, table)).set_index("source_id")
    assert quality.loc["all"].to_list() == [7, 8, 6, 6 / 8, 6 / 7]
    assert quality.loc["arden1987"].to_list() == [3, 4, 2, 2 / 4, 2 / 3]


def test_each_word_of_speech_and_documents_counts_once(study):
    table = direct_speech(study)
    assert rows(table, "speaker", "side", "n_words") == [
        ("Maris Hale", "mediator", 4),  # close to a deal
        ("Ivo Dray", "Vesk", 5),  # Vesk will pay no toll
        ("Ivo Dray", "Vesk", 7),  # We ask for ten boats on patrol
        ("Orlo's draft", "Orlo", 1),  # consult: a document speaks too
        ("Una Rell", "Orlo", 6),  # a paper toll is no toll
        ("Ivo Dray", "Vesk", 0),  # paper toll: within hers
        ("Ivo Dray", "Vesk", 3),  # We were ready; a term such as "reef war" lets nobody speak
    ]


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        ((10, 20), 1),  # the same stretch twice: each lies in the other
        ((11, 20), 2),
        ((10, 19), 2),
        ((12, 15), 2),
        ((9, 12), 3),  # it overlaps and lies in none
        ((20, 25), 3),
    ],
)
def test_what_lies_in_another_quotation_is_not_outermost(study, inner, expected):
    spans = [("a", 10, 20), ("a", *inner), ("b", 11, 19)]
    table = quotation_table(study).head(3).assign(source_id=[s[0] for s in spans], start=[s[1] for s in spans], end=[s[2] for s in spans])
    assert len(top_level(table)) == expected


def test_quotation_in_each_text(study):
    (arden, brill, cole) = rows(quotations_by_text(study), "source_id", "quotations", "terms", "speakers", "words", "share")
    assert arden == ("arden1987", 4, 0, 3, 4 + 5 + 7 + 1, 100 * 17 / 107)
    assert brill[:5] == ("brill1987", 0, 0, 0, 0)
    assert math.isnan(brill[5])  # it lets nobody speak: no balance can be read from it
    assert cole == ("cole1988", 4, 1, 2, 6 + 3, 100 * 9 / 99)


def test_words_by_side_have_the_largest_side_first_and_no_silent_text(study):
    table = quoted_words_by_side(study)
    assert list(table.columns) == ["Vesk", "Orlo", "mediator"]  # 15, 7 and 4 words
    assert table.to_numpy().tolist() == [[12, 1, 4], [3, 6, 0]]
    assert list(table.index) == ["arden1987", "cole1988"]


def test_the_smallest_sides_stand_together(study, monkeypatch):
    monkeypatch.setattr(quotations, "_MOST_SIDES", 3)
    assert list(quoted_words_by_side(study).columns) == ["Vesk", "Orlo", "mediator"]
    monkeypatch.setattr(quotations, "_MOST_SIDES", 2)
    table = quoted_words_by_side(study)
    assert dict(table.sum()) == {"Vesk": 15, "other sides": 7 + 4}


def test_words_by_speaker_have_most_words_first_in_each_text(study):
    assert rows(quotations_by_speaker(study), "source_id", "speaker", "n", "n_words") == [
        ("arden1987", "Ivo Dray", 2, 12),
        ("arden1987", "Maris Hale", 1, 4),
        ("arden1987", "Orlo's draft", 1, 1),
        ("cole1988", "Una Rell", 1, 6),
        ("cole1988", "Ivo Dray", 2, 3),
    ]


def test_words_come_through_reporters(study):
    assert rows(attribution_chains(study), "source_id", "speaker", "via", "length", "n") == [
        ("arden1987", "Ivo Dray", "Radio Sund", 1, 2),
        ("cole1988", "Ivo Dray", "Una Rell", 1, 1),
        ("cole1988", "Ivo Dray", "Sund Herald > Radio Sund", 2, 1),
    ]


def test_ways_of_words_have_the_side_quoted_most_first_and_then_its_speakers(study):
    assert rows(quotation_routes(study), "source_id", "speaker", "side", "via", "kind", "n", "n_words") == [
        ("arden1987", "Ivo Dray", "Vesk", "Radio Sund", "speech", 2, 5 + 7),
        ("arden1987", "Maris Hale", "mediator", "", "speech", 1, 4),
        ("arden1987", "Orlo's draft", "Orlo", "", "document", 1, 1),
        ("cole1988", "Una Rell", "Orlo", "", "speech", 1, 6),
        ("cole1988", "Ivo Dray", "Vesk", "Sund Herald > Radio Sund", "speech", 1, 3),
        ("cole1988", "Ivo Dray", "Vesk", "Una Rell", "speech", 1, 0),  # within Rell's words
    ]


def test_people_named_and_not_quoted(study):
    names = named_but_unquoted(study).set_index("source_id").names
    assert names.to_dict() == {"arden1987": "Ada Finn", "brill1987": "nobody", "cole1988": "a U.S. diplomat"}
    silent = without_rows(study, HAND, "speaker == 'Una Rell'").tables[HAND]
    both = with_table(study, HAND, silent.assign(speaker=silent.speaker.replace("Ivo Dray", "Ivo Dray and Ada Finn")))
    assert named_but_unquoted(both).names.to_list() == ["nobody", "nobody", "Una Rell, a U.S. diplomat"]


def test_a_name_stands_in_a_body_as_words_of_its_own():
    assert mentions("Dray told them", "Dray")
    assert mentions("so Dray’s wish", "Dray")
    assert not mentions("a Drayman", "Dray")
    assert not mentions("Aa.S. man", "a.S.")  # a point is a point


def test_quotations_for_readers_have_paragraph_side_and_nothing_where_there_is_none(study):
    table = with_speakers(study)
    assert list(table.paragraph) == [1, 2, 2, 3, 1, 1, 2, 3]
    assert table.via.isna().to_list() == [True, False, False, True, True, False, False, True]
    assert list(table.side) == ["mediator", "Vesk", "Vesk", "Orlo", "Orlo", "Vesk", "Vesk", "press"]
