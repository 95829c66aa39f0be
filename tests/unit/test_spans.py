"""Which stretches of a text meet: one table of places, for every rule that asks whether two stretches overlap, or one lies in the other."""

import pytest

from analysis.coding.reliability import claim_pairs
from analysis.corpus.spans import speaker_of
from analysis.corpus.speech import direct_speech
from analysis.stylometry.counts import scoped_sentences
from analysis.stylometry.keyness import author_words
from analysis.stylometry.naming import form_matches
from tests.support.small import study

RAW = "one two “three four five” six seven. Eight."
SPAN = "three four five"
# A stretch; whether it overlaps the span; whether it lies within it.
PLACES = [
    ("one", False, False),
    ("two “", False, False),  # ends where the span begins
    ("two “three", True, False),
    ("“t", True, False),
    ("three", True, True),
    ("four", True, True),
    ("five", True, True),
    ("three four five", True, True),
    ("“three four five”", True, False),
    ("five” six", True, False),
    ("e”", True, False),
    ("” six", False, False),  # begins where the span ends
    ("seven", False, False),
]


@pytest.mark.parametrize(("words", "overlaps", "_within"), PLACES)
def test_words_that_overlap_an_attributed_term_are_its_speakers(words, overlaps, _within):
    term = {"quote": SPAN, "voice": "attributed", "attributed_to": "Ann"}
    other = {"quote": SPAN, "source_id": "b", "voice": "attributed", "attributed_to": "Bob"}  # at the same place of another text
    texts = study({"a": RAW, "b": RAW}, provisions=[term, other], comparisons=[{"quote": words}])
    (row,) = texts.tables["codings/comparisons.csv"].itertuples()
    assert speaker_of(texts, row) == ("Ann" if overlaps else "the text itself")


@pytest.mark.parametrize(("words", "overlaps", "_within"), PLACES)
def test_a_sentence_is_claimed_where_a_claim_overlaps_it(words, overlaps, _within):
    rows = {"claims_pass1": [{"quote": SPAN}], "claims_pass2": [{"quote": words}]}
    texts = study({"a": f"First.\n{SPAN}.".replace(SPAN, RAW), "b": RAW}, **rows)
    ((_, _, pairs, _),) = claim_pairs(texts, *(texts.tables[f"codings/claims.pass{number}.csv"] for number in (1, 2)))
    assert pairs.to_numpy().tolist() == [[0, 0], [1, 1], [0, 0]]  # "First.", the long one, "Eight."; text b is in no pass


@pytest.mark.parametrize(
    ("claim", "stated"), [("One.", [1, 0]), (" ", [0, 0]), (". ", [1, 0]), (" T", [0, 1]), ("Two.", [0, 1]), ("e. T", [1, 1])]
)
def test_a_claim_counts_for_each_sentence_that_it_overlaps(claim, stated):
    texts = study({"a": "One. Two.", "b": "One. Two."}, claims_pass1=[{"quote": claim}], claims_pass2=[{"quote": "One. Two."}])
    ((_, _, pairs, _),) = claim_pairs(texts, *(texts.tables[f"codings/claims.pass{number}.csv"] for number in (1, 2)))
    assert pairs["first"].to_list() == stated
    assert pairs["second"].to_list() == [1, 1]


@pytest.mark.parametrize(("words", "_overlaps", "within"), PLACES)
def test_a_form_counts_as_quoted_within_a_quotation_only(words, _overlaps, within):
    form = {"concept": "c", "form": "f", "pattern": f"{words}|sev"}
    quoted = [{"quote": SPAN, "kind": "speech"}, {"quote": SPAN, "kind": "speech", "source_id": "b"}, {"quote": "seven", "kind": "title"}]
    hits = form_matches(study({"a": RAW, "b": "…" * 20 + RAW}, names=[form], quotations=quoted)).query("source_id == 'a'")
    assert hits.quoted.to_list() == [within, *[False] * ("sev" not in words)]


def test_just_the_words_outside_quoted_speech_are_the_authors():
    quoted = [{"quote": SPAN, "kind": "speech"}, {"quote": "“three four five” six seven", "kind": "term"}]
    table = author_words(study({"a": RAW, "b": RAW}, quotations=quoted))
    assert table[table.source_id == "a"].word.to_list() == ["one", "two", "six", "seven", "eight"]
    assert table[table.source_id == "b"].word.to_list() == ["one", "two", "three", "four", "five", "six", "seven", "eight"]


@pytest.mark.parametrize(
    ("words", "kept"), [("One.", [" Two."]), (". T", []), (" ", ["One.", " Two."]), ("Two.", ["One."]), ("e.", [" Two."])]
)
def test_a_sentence_that_overlaps_quoted_speech_is_not_the_authors(words, kept):
    texts = study({"a": "One. Two.", "b": "Six."}, quotations=[{"quote": words, "kind": "speech"}])
    own = scoped_sentences(texts, "author")
    assert own[own.source_id == "a"].sentence.to_list() == [sentence.strip() for sentence in kept]
    assert own[own.source_id == "b"].sentence.to_list() == ["Six."]


@pytest.mark.parametrize(("words", "_overlaps", "within"), PLACES)
def test_words_in_a_quotation_within_another_count_once(words, _overlaps, within):
    quoted = [{"quote": SPAN, "kind": "speech", "speaker": "Ann"}, {"quote": words, "kind": "document", "speaker": "Bob"},
              {"quote": "four", "kind": "speech", "speaker": "Cy", "source_id": "b"}, {"quote": RAW, "kind": "term"}]  # fmt: skip
    people = [{"name": "Ann", "side": "x"}, {"name": "Bob", "side": "y"}, {"name": "Cy", "side": "x"}]
    table = direct_speech(study({"a": RAW, "b": RAW}, quotations=quoted, people=people)).set_index("speaker")
    around = words in (SPAN, "“three four five”")
    assert (table.n_words > 0).to_dict() == {"Ann": not around, "Bob": not within, "Cy": True}
    assert table.side.to_dict() == {"Ann": "x", "Bob": "y", "Cy": "x"}
