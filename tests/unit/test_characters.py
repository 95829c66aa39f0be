"""Characters that nobody sees, cells that a spreadsheet would run, and loaded words: rule by rule."""

import pandas as pd
import pytest

from analysis.corpus.loaded_terms import find_loaded_terms, loaded_term_rows, unsupported_quotes
from analysis.corpus.unicode_checks import describe_character, escape_csv_formulas, invisible_offsets, joins_letters, unescape_formula


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("plain\n\ttext “x” é", []),
        ("a\u200bb\u00adc", [1, 3]),
        ("\u202eabc", [0]),
        ("a\rb\x00\x7f", [1, 3, 4]),
        ("\u2028x\u2029", [0, 2]),
        ("\ufdd0\ufdef\ufdf0\ufdcf", [0, 1]),
        ("\ufffe\U0001ffff\ufffd", [0, 1]),
        ("\u0645\u06cc\u200c\u062e", []),  # Persian: behind an Arabic letter
        ("\u0915\u094d\u200d\u0937", []),  # Hindi: behind a virama
        ("a\u200cb", [1]),
        ("\u200cb", [0]),
        ("\u0915\u200d", [1]),  # no virama
        ("\u0645\u200b", [1]),  # no joiner
    ],
)
def test_what_nobody_sees_is_found_where_it_stands(text, places):
    assert invisible_offsets(text) == places


def test_a_joiner_joins_what_stands_before_it():
    assert joins_letters("\u0645\u200d", 1)
    assert not joins_letters("\u200d\u0645", 0)
    assert [describe_character("\u200b"), describe_character("\x01")] == ["ZERO WIDTH SPACE (U+200B)", "a control character (U+0001)"]


@pytest.mark.parametrize("text", ["=1+1", "+a", "-a", "@a", "\tx", "\rx", "\nx", "＝1", "＋a", "－a", "＠a", "'=1", "''@a", "-1x", "-1e5-"])
def test_a_formula_is_written_behind_an_apostrophe_and_read_without(text):
    table = escape_csv_formulas(pd.DataFrame({text: [text]}, index=[text]))
    assert (table.columns[0], table.index[0], table.iloc[0, 0]) == (f"'{text}",) * 3
    assert unescape_formula(f"'{text}") == text


@pytest.mark.parametrize("value", ["-1", "+1.5", "-1,000", "-2e5", "-2E+5", "-12%", "plain", "a=1", "'quoted'", "", -1, None])
def test_numbers_and_plain_texts_stay(value):
    assert escape_csv_formulas(pd.DataFrame({"c": [value]}, dtype=object)).iloc[0, 0] == value
    assert not isinstance(value, str) or unescape_formula(value) == value


ROWS = loaded_term_rows(pd.DataFrame({"term": ["sham", "regime"], "pattern": ["shams?", "regimes?(?! change)"]}))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A sham and a regime.", [("sham", "sham"), ("regime", "regime")]),
        ("Regimes, SHAMS", [("Regimes", "regime"), ("SHAMS", "sham")]),
        ("shambles, unsham, regimen", []),
        ("regime change", []),
        ("“a sham”, \"sham\", 'sham', and its' sham's sham", [("sham", "sham")] * 2),
        ("‘sham’", [("sham", "sham")]),
        ("“a\nsham” regime", [("regime", "regime")]),
        ("don't call 'it a\nsham' so", []),
    ],
)
def test_a_loaded_word_is_used_as_a_word_outside_quotation_marks(text, found):
    uses = find_loaded_terms(text, ROWS)
    assert [(match.group(), row.term) for match, row in uses] == found
    assert all(text[slice(*match.span())] == match.group() for match, _ in uses)


@pytest.mark.parametrize(
    ("paraphrase", "quote", "borrowed"),
    [
        ("calls it “a sham”", "this is A  Sham, he said", []),
        ("calls it “a sham”", "this is a shame", []),
        ("calls it “a regime”", "this is a sham", ["a regime"]),
        ("calls it “odd” and 'the regime'", "odd", ["the regime"]),
        ("calls it a regime", "none", []),
        ('says "that’s a sham"', "that's a sham", []),
    ],
)
def test_a_quoted_loaded_word_stands_in_the_evidence(paraphrase, quote, borrowed):
    assert unsupported_quotes(paraphrase, quote, ROWS) == borrowed
