"""Counts of the sentences and words of the study, by hand; which words are complex, familiar, or names."""

import pytest

from analysis.stylometry.counts import (
    COUNT_COLUMNS,
    candidate_stems,
    capitalized_only,
    full_stop_offsets,
    is_complex,
    is_dale_chall_familiar,
    scoped_sentences,
    sentence_counts,
    word_counts,
)
from analysis.stylometry.counts import _likely_proper_nouns as likely_proper_nouns
from analysis.stylometry.measures import BY_FORMULA, measure_table
from tests.support.corpora import rows


def test_counts_of_each_sentence_are_those_by_hand(study):
    """Brill, sentence by sentence: words, letters, digits, syllables (the-quar-rel-o-ver ...), and words of three or more: gua-ran-tee; 1954 has one."""
    words = [9, 10, 6, 13, 9, 8, 11, 5, 15, 14]
    letters = [42, 42, 28, 53, 35, 41, 45, 25, 57, 60]
    syllables = [9 + 5, 10 + 3, 6 + 3, 13 + 2, 9 + 2, 8 + 3, 11 + 2, 5 + 1, 15 + 1 + 1 + 1, 14 + 1 + 2 + 1 + 1]
    long = [0] * 9 + [1]
    table = sentence_counts(study, scoped_sentences(study)).query("source_id == 'brill1987'")
    assert rows(table, "n_words", "n_letters", "n_characters", "n_syllables", "n_polysyllables", "n_complex") == [
        (w, n, n + 4 * (w == 15), s, p, p) for w, n, s, p in zip(words, letters, syllables, long, strict=True)
    ]
    assert (table.n_sentences == 1).all()


def test_scores_of_a_text_are_those_of_its_counts(study):
    """Brill has 100 words in 10 sentences: 428 letters, 432 characters, 129 syllables, 1 complex word, 75 different words; "the" comes twelve times."""
    table = (
        measure_table(study).query(f"source_id == 'brill1987' and scope == 'all' and method == '{BY_FORMULA}'").set_index("measure").value
    )
    by_hand = {
        "words per sentence": 10,
        "Flesch Reading Ease": 206.835 - 1.015 * 10 - 84.6 * 1.29,
        "Flesch-Kincaid": 0.39 * 10 + 11.8 * 1.29 - 15.59,
        "Gunning Fog": 0.4 * (10 + 1),
        "Coleman-Liau": 0.0588 * 428 - 0.296 * 10 - 15.8,
        "ARI": 4.71 * 4.32 + 0.5 * 10 - 21.43,
        "MATTR 100": 0.75,
    }
    assert {name: table[name] for name in by_hand} == pytest.approx(by_hand)


def test_names_and_figures_do_not_count_as_complex(study):
    """Arden has three words of three syllables or more: delegate, guarantee, and Radio, which is part of a name."""
    (counts,) = rows(
        sentence_counts(study, scoped_sentences(study)).groupby("source_id")[COUNT_COLUMNS].sum().loc[["arden1987"]],
        "n_polysyllables",
        "n_complex",
    )
    assert counts == (3, 2)


SYLLABLES = {
    "agreement": 3,
    "no-fly": 2,
    "self-protection": 4,
    "protection": 3,
    "reported": 3,
    "negotiations": 5,
    "finances": 3,
    "committed": 3,
    "abilities": 4,
}


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("agreement", True), ("Hale", False), ("no-fly", False), ("self-protection", True), ("reported", False), ("committed", False),
        ("negotiations", True), ("finances", False), ("abilities", True),
    ],
)  # fmt: skip
def test_complex_words_by_gunning(word, expected):
    """Three syllables, but no name, no compound of short words, and not long by -ed or -es."""
    assert is_complex(word, {"hale"}, lambda part: SYLLABLES.get(part.lower(), 1)) == expected


@pytest.mark.parametrize(
    "word", ["war", "wars", "stopped", "hoping", "tries", "Hale", "2022", "country's", "bigger", "slowly", "so-called", "Country’s"]
)
def test_familiar_words_by_dale_and_chall(word):
    """Words of the list, their regular forms, names and numerals."""
    assert is_dale_chall_familiar(word, {"hale"})


@pytest.mark.parametrize("word", ["neutrality", "communiqué", "diplomacy", "so-diplomatic", "hale", "warped"])
def test_words_that_are_not_on_the_list_are_difficult(word):
    assert not is_dale_chall_familiar(word, set())


@pytest.mark.parametrize(
    ("sentences", "names"),
    [
        (["Dray told Rell."], {"rell"}),  # the first word says nothing
        (["He saw Rell.", "The rell saw him."], set()),  # once without
        (["He said “Never.”"], set()),  # behind a mark that opens
        (["He told Orlo’s envoy."], {"orlo's"}),
        (["In 1987 the U.N. came."], {"u.n."}),
    ],
)
def test_names_have_a_capital_inside_a_sentence_and_never_none(sentences, names):
    assert capitalized_only(sentences) == names


def test_each_text_has_its_own_names(study):
    names = likely_proper_nouns(study)
    assert {"finn", "hale", "radio", "u.n."} <= names["arden1987"]
    assert {source_id for source_id, own in names.items() if "rell" in own} == {"cole1988"}


def test_the_authors_scope_is_without_sentences_that_quote(study):
    """Arden without four sentences of 18, 12, 7 and 7 words, Cole without two of 17 and 12; "reef war" is a word set apart."""
    table = sentence_counts(study, scoped_sentences(study, "author"))
    assert table.groupby("source_id")[["n_sentences", "n_words"]].sum().to_numpy().tolist() == [
        [10 - 4, 107 - 18 - 12 - 7 - 7], [10, 100], [8 - 2, 99 - 17 - 12]]  # fmt: skip


@pytest.mark.parametrize(("first", "last", "left_out"), [(0, 0, 1), (1, 0, 1), (-2, 0, 2), (-1, 1, 1), (-1, 2, 2)])
def test_a_sentence_that_holds_a_quoted_character_is_left_out(study, first, last, left_out):
    """A quotation made of Brill's second sentence: between two sentences there is one space."""
    sentence = "Orlo holds the old charter, and Vesk holds the water."
    start = study.raw["brill1987"].index(sentence)
    row = (
        study.tables["codings/quotations.csv"]
        .head(1)
        .assign(source_id="brill1987", passage_id="brill1987-p01", start=start + first, end=start + len(sentence) + last, quote=sentence)
    )
    other = type(study)(study.path, study.tables | {"codings/quotations.csv": row}, study.raw)
    assert (scoped_sentences(other, "author").source_id == "brill1987").sum() == 10 - left_out


@pytest.mark.parametrize(("text", "n"), [("One. Two.", 2), ("It cost 1.5 crowns", 2), ("The U.N. came!", 3), ("...", 0), ("Why? “No.”", 2)])
def test_if_every_full_stop_ended_a_sentence(text, n):
    assert len(full_stop_offsets(text)) == n


@pytest.mark.parametrize(
    ("word", "stems"),
    [("stopped", ["stopp", "stoppe", "stoppy", "stop"]), ("tries", ["tr", "tre", "try"]), ("add", ["ad", "ade", "ady"]), ("ed", ["", "e", "y"]), ("dog's", ["dog", "doge", "dogy", "dog"]),
     ("a", []), ("adding", ["add", "adde", "addy", "ad"])],
)  # fmt: skip
def test_what_a_word_may_be_a_form_of(word, stems):
    assert candidate_stems(word) == [word, *stems]


def test_the_counts_of_a_sentence_by_hand():
    """ "Ann's 15-point agreement neutralized Bob": syllables 1 + 2 + 3 + 4 + 1, letters 4 + 5 + 9 + 11 + 3, two digits."""
    lengths = {"Ann's": 1, "15-point": 2, "agreement": 3, "neutralized": 4, "Bob": 1}
    counts = word_counts(list(lengths), {"bob", "ann's"}, lambda word: lengths.get(word, 1))
    assert dict(zip(COUNT_COLUMNS[1:], counts, strict=True)) == {
        "n_words": 5, "n_letters": 32, "n_characters": 34, "n_syllables": 11, "n_polysyllables": 2, "n_complex": 2, "n_difficult": 2}  # fmt: skip
