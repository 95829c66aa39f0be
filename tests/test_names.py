"""Naming choices against counts by reading; quotations apart; lines that show the words."""

import pytest

from analysis import names


@pytest.mark.parametrize(
    ("source_id", "form", "n", "n_quoted"),
    [  # counted by reading
        ("decamp2022", "war", 2, 1),
        ("decamp2022", "military operation", 1, 1),
        ("charap2022", "war", 3, 0),
        ("charap2022", "aggression", 1, 0),
        ("usip2022", "assault", 3, 0),
        ("observer2023", "hostilities", 1, 0),
        ("petrosnider2024", "incorporated", 1, 0),
        ("petrosnider2024", "annexed", 1, 0),
        ("usip2022", "occupied", 2, 1),
        ("petrosnider2024", "Communiqué", 2, 0),
        ("observer2023", "US or U.S.", 10, 0),
        ("usip2022", "Zelenskyy", 6, 0),
        ("decamp2022", "Kyiv or Kiev", 2, 0),
    ],
)
def test_forms_are_counted_as_by_reading(texts, source_id, form, n, n_quoted):
    row = names.names(texts).query("source_id == @source_id and form == @form").iloc[0]
    assert (row.n, row.n_quoted, row.n_author) == (n, n_quoted, n - n_quoted)
    words = {"decamp2022": 540, "usip2022": 1183, "charap2022": 305, "observer2023": 456, "petrosnider2024": 1109}[source_id]
    assert row.per_1000 == pytest.approx(1000 * n / words)


def test_world_wars_and_the_cold_war_are_not_this_war(texts):
    lines = names.concordance(texts, "the fighting since February 2022")
    assert not (lines.left + lines.hit).str.contains("World War|Cold War|pre-war").any()
    assert not names.concordance(texts, "the taking of land").right.str.contains("by Soviet").any()


def test_lines_are_verbatim_and_stay_within_their_paragraph(texts):
    for concept in names.concepts(texts):
        for row in names.concordance(texts, concept).itertuples():
            assert texts.raw[row.source_id][row.start : row.end] == row.left + row.hit + row.right
            assert "\n" not in row.left + row.right
            assert len(row.left.split()) <= names.AROUND + 1
            assert len(row.right.split()) <= names.AROUND + 1


def test_rates_are_uses_per_thousand_words(texts):
    table = names.rates(texts).set_index(["concept", "form"])
    assert len(table) == len(texts.tables["names.csv"])
    assert table.loc[("what was on the table", "proposal"), "Charap 2022"] == pytest.approx(1000 * 5 / 305)
    assert table.loc[("the taking of land", "annexed"), "USIP 2022"] == 0


def test_forms_of_a_concept_stand_side_by_side(texts):
    table = names.by_form(texts, "the taking of land").set_index("form")
    assert table.loc["breakaway"].to_list() == ["1", "–", "–", "–", "–"]
    assert table.loc["occupied", "USIP 2022"] == "1 + 1 quoted"
    spelled = names.spellings(texts).set_index("concept")
    assert spelled.loc["eastern region"].to_list() == ["Donbas", "Donbas", "Donbas", "–", "Donbass"]
    assert spelled.loc["eastern city and region", "USIP 2022"] == "Luhansk (quoted)"
