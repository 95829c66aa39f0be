"""Naming choices of the study counted by reading; quotations apart; lines that show the words."""

import pytest

from analysis.stylometry.naming import (
    concepts,
    concordance_lines,
    form_frequencies,
    form_matches,
    forms_by_text,
    left_context,
    naming_rates,
    spellings,
    words_by_text,
)
from tests.support import small
from tests.support.corpora import rows, with_table


def test_forms_are_counted_as_by_reading_in_the_order_of_the_list(study):
    words = {"arden1987": 107, "brill1987": 100, "cole1988": 99}
    by_reading = [  # n, of these quoted
        ("arden1987", "blockade", 1, 0),
        ("arden1987", "toll", 2, 1),
        ("arden1987", "Lanne", 1, 0),
        ("brill1987", "blockade", 2, 0),
        ("brill1987", "quarrel", 1, 0),
        ("brill1987", "toll", 2, 0),
        ("brill1987", "Lannay", 1, 0),
        ("brill1987", "reef", 1, 0),
        ("cole1988", "blockade", 1, 0),
        ("cole1988", "war", 1, 1),  # "reef war": a word set apart is quoted
        ("cole1988", "toll", 3, 2),
        ("cole1988", "reef", 2, 1),
    ]
    table = form_frequencies(study)
    assert rows(table, "source_id", "form", "n", "n_quoted") == by_reading
    assert (table.n_author == table.n - table.n_quoted).all()
    assert list(table.per_1000) == pytest.approx([1000 * n / words[source_id] for source_id, _, n, _ in by_reading])


def test_rates_are_uses_per_thousand_words(study):
    table = naming_rates(study)
    assert len(table) == len(study.tables["names.csv"])
    assert table.query("form == 'toll'").iloc[0].to_list() == [
        "the fee",
        "toll",
        pytest.approx(2000 / 107),
        pytest.approx(2000 / 100),
        pytest.approx(3000 / 99),
    ]
    assert table.query("form == 'closure'").iloc[0].to_list() == ["the closing of the harbour", "closure", 0, 0, 0]


def test_forms_of_a_concept_stand_side_by_side(study):
    assert forms_by_text(study, "the fee").to_numpy().tolist() == [["toll", "1 + 1 quoted", "2", "1 + 2 quoted"]]
    assert forms_by_text(study, "the quarrel").to_numpy().tolist() == [["quarrel", "–", "1", "–"], ["war", "–", "–", "0 + 1 quoted"]]
    assert list(forms_by_text(study, "the fee").columns) == ["form", "Arden 1987", "Brill 1987", "Cole 1988"]
    assert concepts(study) == ["the closing of the harbour", "the quarrel", "the fee", "spelling: the town", "spelling: the reef"]


def test_the_very_words_stand_text_by_text_the_most_frequent_first(study):
    table = words_by_text(study, {"the toll": ["the fee"], "the dispute": ["the quarrel", "the closing of the harbour"]})
    assert rows(table, "source_id", "matter", "words", "quoted", "n") == [
        ("arden1987", "the toll", "toll", True, 1),
        ("arden1987", "the toll", "toll", False, 1),
        ("arden1987", "the dispute", "blockade", False, 1),
        ("brill1987", "the toll", "toll, tolls", False, 2),
        ("brill1987", "the dispute", "blockade", False, 2),
        ("brill1987", "the dispute", "quarrel", False, 1),
        ("cole1988", "the toll", "toll", True, 2),
        ("cole1988", "the toll", "toll", False, 1),
        ("cole1988", "the dispute", "war", True, 1),
        ("cole1988", "the dispute", "blockade", False, 1),
    ]
    assert rows(table.query("words == 'war'"), "concept", "form") == [("the quarrel", "war")]


def test_a_word_that_also_begins_a_sentence_stands_once_and_a_name_keeps_its_capital():
    texts = small.study(
        {"one": "War is near. This war and those wars began at Reef."},
        names=[
            {"concept": "fight", "form": "war", "pattern": r"\b[Ww]ars?\b"},
            {"concept": "place", "form": "reef", "pattern": r"\b[Rr]eef\b"},
        ],
    )
    assert rows(words_by_text(texts, {"both": ["fight", "place"]}), "words", "n") == [("war, wars", 3), ("Reef", 1)]


def test_spellings_say_where_only_a_quotation_has_one(study):
    assert spellings(study).to_numpy().tolist() == [["the town", "Lanne", "Lannay", "–"], ["the reef", "–", "reef", "reef"]]
    table = study.tables["names.csv"]
    other = with_table(study, "names.csv", table.assign(concept=table.concept.replace("the quarrel", "spelling: the quarrel")))
    assert spellings(other).iloc[0].to_list() == ["the quarrel", "–", "quarrel", "war (quoted)"]


@pytest.mark.parametrize(
    ("first", "last", "kind", "quoted"),
    [  # a row around "quarrel" in Brill, which nobody quotes; the offsets count from its ends
        (0, 0, "term", True),
        (-1, 1, "speech", True),
        (1, 0, "term", False),
        (0, -1, "term", False),
        (-1, 1, "title", False),
    ],
)
def test_a_form_is_quoted_if_all_of_it_lies_between_marks_that_set_off_no_title(study, first, last, kind, quoted):
    start = study.raw["brill1987"].index("quarrel")
    row = (
        study.tables["codings/quotations.csv"]
        .head(1)
        .assign(source_id="brill1987", passage_id="brill1987-p01", kind=kind, start=start + first, end=start + len("quarrel") + last)
    )
    assert form_matches(with_table(study, "codings/quotations.csv", row)).query("form == 'quarrel'").quoted.to_list() == [quoted]


def test_lines_have_four_words_on_each_side_within_the_paragraph(study):
    assert rows(concordance_lines(study, "the fee"), "passage_id", "left", "hit", "right", "quoted") == [
        ("arden1987-p02", "“Vesk will pay no ", "toll", ",” its premier, Ivo Dray,", True),
        ("arden1987-p03", "Orlo wants a ", "toll", " of 1.5 crowns a", False),
        ("brill1987-p02", "but Orlo raised the ", "tolls", " first. In April the", False),
        ("brill1987-p03", "berths and end every ", "toll", ". All patrol boats should", False),
        ("cole1988-p01", "Rell, said \"a 'paper ", "toll", "' is no toll\" and", True),
        ("cole1988-p01", "'paper toll' is no ", "toll", '" and went home in', True),
        ("cole1988-p03", "the berths, with no ", "toll", ", no patrol, no delay", False),
    ]
    assert all(
        study.raw[row.source_id][row.start : row.end] == row.left + row.hit + row.right
        for row in concordance_lines(study, "the fee").itertuples()
    )
    assert rows(concordance_lines(study, "the quarrel").query("form == 'war'"), "left", "hit", "right") == [
        ('failed. The so-called "reef ', "war", '" was a myth.')
    ]


def test_a_line_can_have_fewer_words_around_it(study):
    first = concordance_lines(study, "the fee", context=2).iloc[0]
    assert first[["left", "hit", "right"]].to_list() == ["pay no ", "toll", ",” its premier,"]
    assert study.raw["arden1987"][first.start : first.end] == "pay no toll,” its premier,"


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("one two three four five ", "two three four five "),
        ("one two three four five", "one two three four five"),  # the last runs into what follows
        ("zero one two three four five", "one two three four five"),
        ("one ", "one "),
        ("", ""),
        ("  ", ""),
    ],
)
def test_the_left_side_has_four_whole_words(text, end):
    assert left_context(text) == end
