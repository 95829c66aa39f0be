"""Credit, blame and the four functions: passages counted by reading the codings of the study."""

import pytest

from analysis.coding.framing import (
    blame_over,
    credit_and_blame,
    credit_and_blame_by_cluster,
    credit_and_blame_rates,
    credit_and_blame_table,
    function_counts,
    issue_counts,
    judgement_table,
    judgement_voices,
    missing_functions,
    own_remedies,
    units_blaming,
)
from tests.support.corpora import rows, with_table

# Passages that credit or blame: of these in the author's voice, and in another's.
BY_READING = {
    ("both", "arden1987", "credited"): (0, 1),
    ("Vesk", "arden1987", "blamed"): (1, 1),
    ("Vesk", "brill1987", "blamed"): (1, 0),  # two rows of one passage
    ("Orlo", "brill1987", "blamed"): (1, 0),
    ("Orlo", "brill1987", "credited"): (1, 0),
    ("Orlo", "cole1988", "blamed"): (2, 0),  # in one passage the author and a diplomat: the author's
    ("Vesk", "cole1988", "credited"): (0, 1),
}


def test_passages_that_credit_or_blame_are_counted_once(study):
    table = credit_and_blame(study)
    assert len(table) == 5 * 3 * 2  # actors, texts, valences
    counted = {key[:3]: key[4:] for key in rows(table, "actor", "unit", "valence", "n", "author", "attributed") if key[3]}
    assert counted == BY_READING
    assert (table.n == table.author + table.attributed).all()


def test_a_charge_that_is_reported_and_rejected_is_not_counted(study):
    """In brill1987 par. 2 Orlo is blamed once and named as a cause once: both rejected by the author."""
    charges, causes = study.tables["codings/responsibility.csv"].copy(), study.tables["codings/frames.csv"].copy()
    for table in (charges, causes):
        table.loc[table.quote == "Orlo raised the tolls first", "rejected_by"] = "author"
    rejected = with_table(with_table(study, "codings/responsibility.csv", charges), "codings/frames.csv", causes)
    own = "unit == 'brill1987' and actor == 'Orlo' and valence == 'blamed'"
    assert [list(credit_and_blame(texts).query(own).n) for texts in (study, rejected)] == [[1], [0]]
    cause = "source_id == 'brill1987' and function == 'cause'"
    assert [list(function_counts(texts).query(cause).n) for texts in (study, rejected)] == [[1], [0]]
    assert judgement_voices(rejected).author.sum() == judgement_voices(study).author.sum() - 1
    assert issue_counts(rejected).blamed.sum() == issue_counts(study).blamed.sum() - 1


def test_passages_are_held_to_the_length_of_their_text(study):
    """Arden has 107 words of body, Cole 99."""
    table = credit_and_blame_rates(study).set_index(["actor", "unit", "valence"])
    assert table.loc[("Vesk", "arden1987", "blamed"), ["n_words", "rate", "author_rate"]].to_list() == [107, 2000 / 107, 1000 / 107]
    assert table.loc[("Orlo", "cole1988", "blamed"), ["n_words", "rate", "author_rate"]].to_list() == [99, 2000 / 99, 2000 / 99]
    assert table.loc[("both", "cole1988", "credited"), ["rate", "author_rate"]].to_list() == [0, 0]


def test_blame_over_a_matter_keeps_what_a_text_rejects_and_puts_it_last(study):
    columns = ("source_id", "actor", "act", "rejected_by")
    found = [
        ("brill1987", "Vesk", "leaving the talks", ""),
        ("cole1988", "Orlo", "leaving the talks", ""),
        ("cole1988", "Orlo", "ending the talks", ""),
    ]
    assert rows(blame_over(study, "talks"), *columns) == found
    charges = study.tables["codings/responsibility.csv"].copy()
    charges.loc[charges.quote == "went home in April 1987", "rejected_by"] = "author"
    rejected = with_table(study, "codings/responsibility.csv", charges)
    assert rows(blame_over(rejected, "talks"), *columns) == [found[0], found[2], (*found[1][:3], "author")]


def test_own_remedies_are_those_in_the_author_s_voice_that_no_one_rejects(study):
    assert rows(own_remedies(study), "source_id", "summary") == [
        ("brill1987", "a treaty that shares the berths"),
        ("brill1987", "a guarantee with a duty"),
    ]
    frames = study.tables["codings/frames.csv"].copy()
    frames.loc[frames.summary == "a guarantee with a duty", "rejected_by"] = "author"
    assert rows(own_remedies(with_table(study, "codings/frames.csv", frames)), "summary") == [("a treaty that shares the berths",)]


def test_dependent_texts_can_be_merged_or_left_out(study):
    table = credit_and_blame(study, merge=True).query("n > 0")
    assert rows(table, "actor", "unit", "valence", "n", "author") == [
        ("Orlo", "brill", "credited", 1, 1),
        ("Orlo", "brill", "blamed", 1 + 2, 3),
        ("Vesk", "arden", "blamed", 2, 1),
        ("Vesk", "brill", "credited", 1, 0),
        ("Vesk", "brill", "blamed", 1, 1),
        ("both", "arden", "credited", 1, 0),
    ]
    assert set(credit_and_blame(study, leave_out=["brill1987"]).unit) == {"arden1987", "cole1988"}


def test_the_table_for_readers_says_what_the_counts_say(study):
    table = credit_and_blame_table(study)
    assert table.to_numpy().tolist() == [
        ["Orlo", "–", "+1 −1", "−2"],
        ["Vesk", "−2 (1)", "−1", "+1 (1)"],
        ["both", "+1 (1)", "–", "–"],
        ["mediator", "–", "–", "–"],
        ["other", "–", "–", "–"],
    ]
    assert list(table.columns) == ["actor", "Arden 1987", "Brill 1987", "Cole 1988"]
    merged = credit_and_blame_by_cluster(study)
    assert list(merged.columns) == ["actor", "Arden 1987", "Brill 1987 with Cole 1988"]
    assert merged.iloc[:2, 2].to_list() == ["+1 −3", "+1 (1) −1"]


def test_matters_count_each_passage_actor_and_matter_once(study):
    """Of twelve rows two say one thing: in Cole's second paragraph the author and the diplomat blame Orlo for its terms."""
    assert rows(issue_counts(study), "matter", "credited", "blamed") == [
        ("blockade", 0, 2),
        ("conduct", 0, 1),
        ("talks", 3, 3),
        ("terms", 0, 2),
    ]
    assert len(judgement_table(study)) == 12


def test_voices_of_judgement_are_counted_by_row(study):
    table = judgement_voices(study)
    assert rows(table, "source_id", "author", "attributed") == [("arden1987", 1, 2), ("brill1987", 4, 0), ("cole1988", 3, 2)]
    assert [set(filter(None, names.split(", "))) for names in table.voices] == [
        {"Maris Hale", "Ada Finn"},
        set(),
        {"a U.S. diplomat", "Ivo Dray"},
    ]
    more = study.tables["codings/responsibility.csv"]
    more = with_table(study, "codings/responsibility.csv", more.assign(voice=more.voice.where(more.matter != "blockade", "Ada Finn")))
    assert judgement_voices(more).voices[0] == "Ada Finn, Maris Hale"  # most rows first


@pytest.mark.parametrize(
    ("source_id", "by_reading"),
    [  # problem, cause, moral, remedy: passages, of these in the author's voice
        ("arden1987", [(1, 1), (0, 0), (0, 0), (1, 0)]),
        ("brill1987", [(1, 1), (1, 1), (1, 1), (1, 1)]),  # two remedies in one passage
        ("cole1988", [(1, 1), (1, 1), (1, 0), (0, 0)]),
    ],
)
def test_functions_are_counted_by_passage_and_voice(study, source_id, by_reading):
    table = function_counts(study).query("source_id == @source_id")
    assert list(table.function) == ["problem", "cause", "moral", "remedy"]
    assert rows(table, "n", "author", "attributed") == [(n, own, n - own) for n, own in by_reading]


def test_functions_that_no_author_performs(study):
    assert rows(missing_functions(study), "source_id", "functions") == [
        ("arden1987", "cause, moral, remedy"),
        ("brill1987", "none"),
        ("cole1988", "moral, remedy"),
    ]


def test_units_that_blame_are_counted_not_their_passages(study):
    assert units_blaming(study).to_dict() == {"Orlo": 2, "Vesk": 2, "both": 0, "mediator": 0, "other": 0}
    assert units_blaming(study, merge=True).to_dict() == {"Orlo": 1, "Vesk": 2, "both": 0, "mediator": 0, "other": 0}
