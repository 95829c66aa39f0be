"""Quotations drafted by rule: speakers and kinds on made-up sentences, and how many of those coded by hand the rule finds."""

import pytest

from analysis.corpus.reader import DATA_FOLDER, load_corpus
from analysis.corpus.speech import direct_speech, quotation_table
from analysis.intake.quotations import DRAFTED, drafted, quotation_drafts
from tests.support.small import study

PEOPLE = [
    {"name": "Una Rell", "kind": "person", "side": "Orlo", "aliases": "Una Rell;Rell"},
    {"name": "Ivo Dray", "kind": "person", "side": "Vesk", "aliases": "Ivo Dray;Dray"},
    {"name": "the Herald", "kind": "body", "side": "press", "aliases": "the Herald;Herald"},
    {"name": "the Pact", "kind": "document", "side": "papers", "aliases": "the Pact"},
]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("“We were ready,” Rell said.", [("Una Rell", "speech")]),
        ("“We were ready,” said Rell, and Dray said nothing.", [("Una Rell", "speech")]),
        ("Rell spoke first. “We were ready,” she said.", [("Una Rell", "speech")]),
        ("But, said Dray, “we were ready.”", [("Ivo Dray", "speech")]),
        ("Dray was there when Rell said “we were ready.”", [("Una Rell", "speech")]),
        ("“We were ready,” Rell told the Herald. “They were not ready at all.”", [("Una Rell", "speech"), ("Una Rell", "speech")]),
        ("“We,” Rell said, “were ready for it.”", [("Una Rell", "speech"), ("Una Rell", "speech")]),
        ("The plan was “a good plan,” according to Dray.", [("Ivo Dray", "speech")]),
        ("The Herald reported that the talks “were over.”", [("the Herald", "document")]),
        ("Rell wants what she calls a “paper toll” there.", [("Una Rell", "term")]),
        ("The pilots took “assurances” made in the Pact.", [("the Pact", "term")]),
        ("The so-called “reef war” was a myth.", [("author", "term")]),
        ("Dray is named, with allegations that he advised/urged Vesk to “keep fighting.”", [("Ivo Dray", "speech")]),
        ("Nye is named, with allegations that he advised/urged Vesk to “keep fighting.” Bo Nye left.", [("Bo Nye", "speech")]),
        ("In Lanne, he urged them to “keep fighting.”", [("author", "term")]),
        ("Rell demanded “reef rights” of them.", [("Una Rell", "speech")]),
        ("Dray heard of it, and Rell rejected the charge as “a tale that nobody believes.”", [("Una Rell", "speech")]),
        ("“Dray said ‘we were ready’ to me,” Rell said.", [("Una Rell", "speech"), ("Ivo Dray", "speech")]),
        ("It stands in the book “The Harbour of Lanne” of 1987.", [("author", "title")]),
    ],
)
def test_who_says_a_quotation_and_of_what_kind_it_is(raw, expected):
    corpus = study({"a": f"{raw}\n"}, people=PEOPLE)
    assert [(one.speaker, one.kind) for one in drafted(corpus, "a")] == expected


def test_drafts_are_annotations_with_their_place_and_a_note_and_none_is_too_long():
    raw = f"“We were ready,” Rell said.\n“{'word ' * 61}\n"
    (one,) = quotation_drafts(study({"a": raw}, people=PEOPLE), "a")
    assert raw[one.start : one.end] == one.quote == "We were ready,"
    assert one.codes == {"speaker": "Una Rell", "kind": "speech", "note": DRAFTED}


def test_a_text_s_own_words_between_marks_let_nobody_speak():
    rows = [{"quote": "reef war", "speaker": "author", "kind": kind} for kind in ("term", "speech")]
    corpus = study({"a": "The so-called “reef war” was a myth.\n"}, people=PEOPLE, quotations=rows)
    assert len(quotation_table(corpus)) == 2
    assert direct_speech(corpus).empty


FIVE = ["decamp2022", "usip2022", "charap2022", "observer2023", "petrosnider2024"]


@pytest.mark.parametrize(("whole", "hand", "spans", "speakers", "kinds"), [(True, 37, 36, 34, 36), (False, 8, 8, 5, 6)])
def test_the_rule_against_the_quotations_coded_by_hand(study, whole, hand, spans, speakers, kinds):
    """The five texts, of which the rule was made, and the frozen study, of which it was not."""
    corpus = load_corpus(DATA_FOLDER) if whole else study
    own = corpus.tables["codings/quotations.csv"].query("source_id in @FIVE" if whole else "source_id == source_id")
    coded = {(row.source_id, row.start, row.end): row for row in own.itertuples()}
    found = [(coded[key], one) for name in corpus.raw for one in drafted(corpus, name) if (key := (name, one.start, one.end)) in coded]
    assert len(coded) == hand
    assert len(found) == spans
    assert sum(row.speaker == one.speaker for row, one in found) >= speakers
    assert sum(row.kind == one.kind for row, one in found) >= kinds
