"""Rules of counting words, sentences, syllables and dates, case by case, each worked out by hand."""

from datetime import date

import pandas as pd
import pytest

from analysis.coding.sources import metadata_provenance, raw_vs_body, words_by_zone
from analysis.corpus.dates import edtf_range, is_edtf
from analysis.corpus.segment import quotation_offsets, sentence_offsets, word_offsets
from analysis.corpus.texts import source_table
from analysis.stylometry.counts import (
    COUNT_COLUMNS,
    candidate_stems,
    capitalized_only,
    full_stop_offsets,
    is_complex,
    is_dale_chall_familiar,
    word_counts,
)
from analysis.stylometry.diversity import mattr
from analysis.stylometry.naming import concepts, concordance_lines, form_frequencies, forms_by_text, left_context, naming_rates, spellings
from analysis.stylometry.readability import safe_divide
from analysis.stylometry.sensitivity import signed
from analysis.stylometry.syllables import syllables_of, vowel_group_syllables
from tests.support.small import study


@pytest.mark.parametrize(
    ("word", "n"),
    [("war", 1), ("Peace", 1), ("agreed", 2), ("stopped", 1), ("started", 2), ("needed", 2), ("forces", 2), ("boxes", 2), ("judges", 2),
     ("talkes", 1), ("apple", 2), ("be", 1), ("hmm", 1), ("étude", 2), ("queue", 1), ("rhythm", 1), ("faced", 1), ("tried", 1), ("b", 1), ("NATO’s", 2)],
)  # fmt: skip
def test_syllables_by_groups_of_vowels(word, n):
    assert vowel_group_syllables(word) == n


@pytest.mark.parametrize(("phones", "n"), [("K W IH1 L", 1), ("AA1 N V OY0", 2), ("AH0 B AW1 T", 2), ("HH M", 0)])
def test_syllables_of_phones_are_those_with_a_stress(phones, n):
    assert syllables_of(phones) == n


SYLLABLES = {"agreement": 3, "negotiations": 5, "reported": 3, "converges": 3, "relinquishes": 4, "self": 1, "protection": 3, "no": 1, "fly": 1, "zelensky": 3, "advances": 3,
             "invaded": 3, "emphases": 3, "differences": 4, "separate": 3}  # fmt: skip


@pytest.mark.parametrize(
    ("word", "is_hard"),
    [("agreement", True), ("Zelensky", False), ("no-fly", False), ("self-protection", True), ("-protection", True), ("reported", False), ("converges", False),
     ("negotiations", True), ("advances", False), ("invaded", False), ("emphases", False), ("relinquishes", True), ("separate", True)],
)  # fmt: skip
def test_hard_words_by_gunning(word, is_hard):
    assert is_complex(word, {"zelensky"}, lambda part: SYLLABLES.get(part, 1)) == is_hard


@pytest.mark.parametrize(
    ("word", "is_known"),
    [("war", True), ("wars", True), ("stopped", True), ("hoping", True), ("tries", True), ("tried", True), ("Kyiv", True), ("2022", True), ("15-point", True),
     ("country’s", True), ("boys'", True), ("bigger", True), ("slowly", True), ("so-called", True), ("boxes", True), ("neutrality", False), ("war-neutrality", False),
     ("communiqué", False), ("kyivx", False)],
)  # fmt: skip
def test_familiar_words_by_dale_and_chall(word, is_known):
    assert is_dale_chall_familiar(word, {"kyiv"}) == is_known


@pytest.mark.parametrize(
    ("word", "stems"),
    [("stopped", ["stopp", "stoppe", "stoppy", "stop"]), ("tries", ["tr", "tre", "try"]), ("add", ["ad", "ade", "ady"]), ("ed", ["", "e", "y"]), ("dog's", ["dog", "doge", "dogy", "dog"]),
     ("a", []), ("adding", ["add", "adde", "addy", "ad"])],
)  # fmt: skip
def test_what_a_word_may_be_a_form_of(word, stems):
    assert candidate_stems(word) == [word, *stems]


def test_a_name_has_a_capital_inside_a_sentence_and_never_none():
    sentences = ["The Ann met Bob and the Press.", "“Cy said “Dee left.", 'ann is here; ‘Eve and "Fay', "The U.S. and 5 press", "Gus’s dog"]
    assert capitalized_only(sentences) == {"bob", "u.s."}
    assert capitalized_only(["It was Gus’s dog."]) == {"gus's"}


@pytest.mark.parametrize(
    ("paragraph", "sentences"),
    [
        ("One. Two! Three? Four", ["One.", " Two!", " Three?", " Four"]),
        ("The U.S. left...", ["The U.", "S.", " left..."]),
        ("...!", []),
        ("", []),
    ],
)
def test_sentences_where_every_full_stop_ends_one(paragraph, sentences):
    assert [paragraph[start:end] for start, end in full_stop_offsets(paragraph)] == sentences


def test_the_counts_of_a_sentence_by_hand():
    """ "Ann's 15-point agreement neutralized Bob": syllables 1 + 2 + 3 + 4 + 1, letters 4 + 5 + 9 + 11 + 3, two digits."""
    lengths = {"Ann's": 1, "15-point": 2, "agreement": 3, "neutralized": 4, "Bob": 1}
    counts = word_counts(list(lengths), {"bob", "ann's"}, lambda word: lengths.get(word, 1))
    assert dict(zip(COUNT_COLUMNS[1:], counts, strict=True)) == {
        "n_words": 5, "n_letters": 32, "n_characters": 34, "n_syllables": 11, "n_polysyllables": 2, "n_complex": 2, "n_difficult": 2}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "words"),
    [("It cost 10,000.5, or 3.x", ["It", "cost", "10,000.5", "or", "3", "x"]), ("U.S.-made Ph.D. a.b", ["U.S.", "made", "Ph.D.", "a", "b"]), ("x_y o'clock' -a- b--c", ["x", "y", "o'clock", "a", "b", "c"]),
     ("Non‑nuclear co‐op", ["Non‑nuclear", "co‐op"])],
)  # fmt: skip
def test_words(text, words):
    assert [text[start:end] for start, end in word_offsets(text)] == words


def test_a_stretch_without_a_word_is_no_sentence():
    assert [("One. — Two."[start:end]) for start, end in sentence_offsets("One. — Two.")] == ["One.", "— Two."]
    assert sentence_offsets("* * *") == []


@pytest.mark.parametrize(
    ("paragraph", "quoted"),
    [("“a ‘b’ c” d", ["a ‘b’ c", "b"]), ("«a» „b“", ["a", "b"]), ("“a ‘b c” d", ["a ‘b c"]), ("‘it isn’t’", ["it isn’t"]), ("x“a”", []), ("“ a” b", []), ("a ”b” c", []),
     ("“a\u00a0", ["a\u00a0"]), ("\"a 'b' c\" 'd'", ["a 'b' c", "b", "d"]), ("“a", ["a"]), ("the dogs’ “a” and ‘b", ["a", "b"]), ("'a \"b' c\" d'", ["a \"b' c\" d", "b' c"])],
)  # fmt: skip
def test_stretches_between_marks(paragraph, quoted):
    assert [paragraph[start:end] for start, end in quotation_offsets(paragraph)] == quoted


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [("2022-03-29", (2022, 3, 29), (2022, 3, 29)), ("2022-02", (2022, 2, 1), (2022, 2, 28)), ("2024", (2024, 1, 1), (2024, 12, 31)), ("2022-03/2022-04-02", (2022, 3, 1), (2022, 4, 2))],
)  # fmt: skip
def test_the_days_that_a_date_allows(value, first, last):
    assert edtf_range(value) == (date(*first), date(*last))
    assert is_edtf(value)


@pytest.mark.parametrize(
    "value", ["", "2022-13-01", "2022-3-1", "29 March", "2022-03-30/2022-03-29", "2022/", "0000", "2022-03-29T00:00", "x2022", "2022x"]
)
def test_what_is_no_date(value):
    assert not is_edtf(value)


@pytest.mark.parametrize("value", ["2014~", "2022?", "{2022,2024}", "2022-03-29~/2022-04"])
def test_what_is_about_a_date_is_one(value):
    assert is_edtf(value)


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("one two three four five ", "two three four five "),
        ("one two three four fi", "one two three four fi"),
        ("zero one two three four fi", "one two three four fi"),
        ("one ", "one "),
        ("", ""),
    ],
)
def test_the_last_four_whole_words_before_a_hit(text, end):
    assert left_context(text) == end


def test_lines_of_a_naming_choice_and_its_counts():
    raw = "one two three four five war six seven eight nine ten. A war-like “war”.\nWar of war"
    forms = [
        {"concept": "spelling: w", "form": "war", "pattern": r"\bwar\b"},
        {"concept": "spelling: w", "form": "War", "pattern": "War"},
        {"concept": "c", "form": "x", "pattern": "zzz"},
    ]
    texts = study({"a": raw, "b": "War."}, names=forms, quotations=[{"quote": "war”"[:3] + "”", "kind": "speech"}])
    lines = concordance_lines(texts, "spelling: w").query("form == 'war'")
    assert lines[["left", "hit", "right", "quoted"]].to_numpy().tolist() == [
        ["two three four five ", "war", " six seven eight nine", False],
        ["eight nine ten. A ", "war", "-like “war”.", False],
        ["nine ten. A war-like “", "war", "”.", True],
        ["War of ", "war", "", False],
    ]
    assert all(raw[row.start : row.end] == row.left + row.hit + row.right for row in lines.itertuples())
    table = form_frequencies(texts).set_index(["source_id", "form"])
    assert table.loc[("a", "war"), ["n", "n_author", "n_quoted"]].to_list() == [4, 3, 1]
    assert table.per_1000["a", "war"] == pytest.approx(4000 / 17)
    assert table.per_1000["b", "War"] == 1000
    assert forms_by_text(texts, "spelling: w").to_numpy().tolist() == [["war", "3 + 1 quoted", "–"], ["War", "1", "1"]]
    assert spellings(texts).to_numpy().tolist() == [["w", "war and War", "War"]]
    assert naming_rates(texts).round(3).to_numpy().tolist() == [
        ["spelling: w", "war", 235.294, 0],
        ["spelling: w", "War", 58.824, 1000],
        ["c", "x", 0, 0],
    ]
    assert concepts(texts) == ["spelling: w", "c"]


def test_what_cleaning_takes_away():
    raw = "Ad 2024 “x”. More.\nOne two. Three “four” in 1994.\n"
    zones = [{"source_id": "a", "start": 0, "end": 19, "zone": "promo"}, {"source_id": "a", "start": 19, "end": len(raw), "zone": "body"}]
    texts = study({"a": raw}, zones=zones)
    assert raw_vs_body(texts).to_dict("records") == [
        {"source_id": "a", "stage": "raw", "words": 10, "sentences": 4, "words_per_sentence": 2.5, "quotations": 2, "latest_year": "2024"},
        {"source_id": "a", "stage": "body", "words": 6, "sentences": 2, "words_per_sentence": 3, "quotations": 1, "latest_year": "1994"},
    ]
    assert words_by_zone(texts).to_dict("records") == [{"body": 6, "promo": 4}]
    row = source_table(texts).iloc[0]
    assert (row.raw_words, row.body_words, row.lag_days, row.lag_days_low, row.file) == (10, 6, 0, 0, "sources/a.txt")


def test_how_a_fact_is_known():
    source = {
        "source_id": "a",
        "date": "2022",
        "title": "T",
        "title_basis": "stated",
        "author_basis": "stated+found:k",
        "outlet_basis": "inferred:k;l",
        "url_basis": "found:k",
    }
    table = metadata_provenance(study({"a": "One."}, sources=[source])).set_index("fact")
    assert table.basis.to_dict() == {"title": "stated", "author": "stated, found", "outlet": "inferred", "date": "", "url": "found"}
    assert table.reference.to_dict() == {"title": "", "author": "k", "outlet": "k;l", "date": "", "url": "k"}
    assert table.value["title"] == "T"


@pytest.mark.parametrize(("words", "share"), [("aa", 1 / 2), ("abac", 1), ("aabb", 2 / 3), ("ab", 1)])
def test_variety_falls_with_repetition(words, share):
    assert mattr(list(words), 2) == pytest.approx(share)


def test_counts_without_a_whole_are_undefined():
    assert safe_divide(1, 2) == 0.5
    assert pd.isna(safe_divide(1, 0))
    assert signed(-1.25) == "−1.2"
    assert signed(0.06) == "+0.1"
