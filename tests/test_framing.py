"""Credit, blame and the four functions: against counts by hand."""

import pytest

from analysis import framing


def row(table, **values):
    for name, value in values.items():
        table = table[table[name] == value]
    (found,) = table.itertuples()
    return found


@pytest.mark.parametrize(
    ("unit", "actor", "valence", "n", "attributed"),
    [  # by reading the codings
        ("charap2022", "Russia", "blamed", 2, 0),
        ("observer2023", "US", "blamed", 3, 0),
        ("petrosnider2024", "West", "blamed", 2, 1),
        ("petrosnider2024", "mediator", "credited", 2, 0),
        ("decamp2022", "West", "blamed", 1, 1),
        ("usip2022", "US", "blamed", 0, 0),
    ],
)
def test_passages_that_credit_or_blame_are_counted_once(texts, unit, actor, valence, n, attributed):
    found = row(framing.credit_and_blame(texts), unit=unit, actor=actor, valence=valence)
    assert (found.n, found.attributed, found.author) == (n, attributed, n - attributed)


def test_every_actor_and_text_has_both_valences(texts):
    table = framing.credit_and_blame(texts)
    assert len(table) == 7 * 5 * 2
    rows = framing.responsibility(texts)
    for found in table.itertuples():
        own = rows[(rows.actor == found.actor) & (rows.source_id == found.unit) & (rows.valence == found.valence)]
        assert found.n == own.passage_id.nunique()
        assert found.author == own[own.voice == "author"].passage_id.nunique()


def test_dependent_texts_can_be_merged(texts):
    whole, merged = framing.credit_and_blame(texts), framing.credit_and_blame(texts, merge=True)
    for actor in framing.actors(texts):
        parts = [row(whole, unit=name, actor=actor, valence="blamed").n for name in ("observer2023", "petrosnider2024")]
        assert row(merged, unit="snider", actor=actor, valence="blamed").n == sum(parts)
    assert "observer2023" not in set(framing.credit_and_blame(texts, leave_out=["observer2023"]).unit)


def test_the_table_for_readers_says_what_the_counts_say(texts):
    table = framing.credit_and_blame_table(texts).set_index("actor")
    assert table.loc["US"].to_list() == ["−1", "–", "–", "−3", "–"]
    assert table.loc["West", "Petro and Snider 2024"] == "−2 (1)"


def test_dependent_texts_stand_in_one_column(texts):
    table = framing.by_cluster(texts).set_index("actor")
    assert list(table.columns) == ["DeCamp 2022", "USIP 2022", "Charap 2022", "Observer 2023 with Petro and Snider 2024"]
    assert table.loc["US"].to_list() == ["−1", "–", "–", "−3"]


def test_a_passage_in_two_voices_counts_as_the_authors(texts):
    rows, counts = framing.frames(texts), framing.function_counts(texts)
    for found in counts.itertuples():
        own = rows[(rows.source_id == found.source_id) & (rows.function == found.function)]
        assert found.author == own[own.voice == "author"].passage_id.nunique()


def test_functions_are_counted_by_passage_and_voice(texts):
    table = framing.function_counts(texts)
    assert len(table) == 5 * 4
    assert row(table, source_id="decamp2022", function="moral").n == 0
    assert row(table, source_id="decamp2022", function="remedy").author == 0
    assert dict(framing.absent(texts).itertuples(index=False))["decamp2022"] == "moral, remedy"
    assert dict(framing.absent(texts).itertuples(index=False))["usip2022"] == "none"


def test_voices_and_matters_add_up_to_the_rows(texts):
    rows, voices = framing.responsibility(texts), framing.voices_of_judgement(texts)
    assert (voices.author + voices.attributed).sum() == len(rows)
    assert "Turkish officials" in voices.set_index("source_id").voices["observer2023"]
    matters = framing.matters(texts)
    assert (matters.credited + matters.blamed).sum() == len(rows.drop_duplicates(["passage_id", "actor", "valence", "matter"]))


def test_both_sides_of_the_war_are_credited_and_blamed_in_some_text(texts):
    rows = framing.responsibility(texts)
    for actor in ("Ukraine", "Russia", "both"):
        assert set(rows.valence[rows.actor == actor]) == {"credited", "blamed"}
