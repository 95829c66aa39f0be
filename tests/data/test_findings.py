"""Headline findings in other ways of counting: against reading, and against data changed on purpose."""

from analysis.coding.multiverse import (
    HEADLINES,
    Specification,
    finding_summary,
    leave_one_out,
    multiverse,
    one_change,
    restrict,
    robustness_grid,
    specifications,
)


def holds(texts, name, cell=None):
    cell = cell or Specification()
    (finding,) = (finding for finding in HEADLINES if finding.name == name)
    return finding.ask(restrict(texts, cell), cell.merge)


def without(texts, name, query):
    table = texts.tables[f"codings/{name}.csv"]
    return type(texts)(texts.path, texts.tables | {f"codings/{name}.csv": table.drop(table.query(query).index)}, texts.raw)


def test_all_findings_hold_as_they_are_told(texts):
    for finding in HEADLINES:
        assert finding.ask(texts, False)[1] is True, finding.name
        assert len(finding.rests_on(texts)) > 1
        assert finding.statement.endswith(".")


def test_each_finding_fails_where_the_data_say_otherwise(texts):
    assert holds(without(texts, "provisions", "dimension == 'D01' and source_id == 'charap2022'"), "NATO") == ("4 of 5 texts", False)
    assert holds(without(texts, "provisions", "dimension in ['D03', 'D04', 'D20'] and source_id == 'charap2022'"), "guarantees")[1] is False
    assert holds(without(texts, "provisions", "level == 'agreed'"), "agreement") == ("0 of 5 texts", False)
    agree = texts.tables["codings/relations.csv"].assign(relation="agree")
    assert holds(type(texts)(texts.path, texts.tables | {"codings/relations.csv": agree}, texts.raw), "Crimea")[1] is False
    one = texts.tables["codings/comparisons.csv"].assign(position="the same")
    assert holds(type(texts)(texts.path, texts.tables | {"codings/comparisons.csv": one}, texts.raw), "who stopped the talks")[1] is False
    assert holds(without(texts, "responsibility", "source_id == 'usip2022' and valence == 'blamed'"), "Russia")[1] is False


def test_a_finding_asks_for_the_texts_that_it_names(texts):
    table = texts.tables["codings/provisions.csv"]
    given = table.assign(source_id=table.source_id.where(table.index != table.query("dimension == 'D03'").index[0], "observer2023"))
    given = given[~((given.source_id == "charap2022") & given.dimension.isin(["D03", "D04", "D20"]))]
    assert holds(type(texts)(texts.path, texts.tables | {"codings/provisions.csv": given}, texts.raw), "guarantees") == (
        "4 of 5 texts",
        False,
    )
    early = table.assign(
        level=table.level.replace("agreed", "proposed").where(table.index != table.query("source_id == 'usip2022'").index[0], "agreed")
    )
    assert holds(type(texts)(texts.path, texts.tables | {"codings/provisions.csv": early}, texts.raw), "agreement") == (
        "1 of 5 texts",
        False,
    )
    assert holds(texts, "guarantees", Specification(merge=True)) == ("4 of 4 texts", True)
    assert holds(without(texts, "provisions", "dimension == 'D08' and source_id != 'usip2022'"), "Crimea")[1] is None
    lone = "topic == 'who or what stopped the talks' and source_id != 'charap2022'"
    assert holds(without(texts, "comparisons", lone), "who stopped the talks")[1] is None


def test_a_text_left_out_is_left_out_everywhere(texts):
    view = restrict(texts, Specification(("usip2022",)))
    assert "usip2022" not in view.raw
    for table in view.tables.values():
        for column in ("source_id", "source_a", "source_b"):
            assert column not in table or "usip2022" not in set(table[column])
    assert holds(texts, "Russia", Specification(("usip2022",)))[1] is None


def test_only_the_authors_voice_and_only_repeated_terms(texts):
    view = restrict(texts, Specification(author_only=True))
    assert set(view.tables["codings/provisions.csv"].voice) == {"author"}
    assert set(view.tables["codings/responsibility.csv"].voice) == {"author"}
    assert set(view.tables["codings/claims.csv"].attributed_to) == {"author"}
    # By reading: Petro and Snider 2024 gives NATO on Schroeder's and Arakhamia's word, DeCamp 2022 on the newspaper's.
    assert holds(texts, "NATO", Specification(author_only=True)) == ("3 of 5 texts", False)
    assert set(view.tables["codings/guarantors.csv"].voice) == {"author"}
    own = set(view.tables["codings/claims.csv"].claim_id)
    assert set(view.tables["codings/comparisons.csv"].claim_or_provision) <= own
    twice = restrict(texts, Specification(passages=2)).tables
    assert (twice["codings/provisions.csv"].groupby(["source_id", "dimension"]).passage_id.nunique() >= 2).all()
    assert (twice["codings/responsibility.csv"].groupby(["source_id", "actor", "valence"]).passage_id.nunique() >= 2).all()


def test_the_grid_has_every_combination_once(texts):
    cells = specifications()
    assert len(cells) == len(set(cells)) == 4 * 2 * 2 * 2
    table = multiverse(texts)
    assert len(table) == len(cells) * len(HEADLINES)
    summed = finding_summary(texts)
    assert (summed[["holds", "fails", "no_question"]].sum(axis="columns") == len(cells)).all()
    assert 5 <= len(HEADLINES) <= 7
    for row in summed.itertuples():
        assert row.figure == holds(texts, row.finding)[0]
    for cell, answer in zip(robustness_grid(texts).itertuples(index=False), cells, strict=True):
        assert (cell.merged, cell.voice, cell.passages) == (
            "yes" if answer.merge else "no",
            "author" if answer.author_only else "all",
            answer.passages,
        )
    singles = one_change(texts).set_index("finding")
    assert list(singles.columns[3:]) == ["dependent texts merged", "author's voice only", "two passages at least"]
    assert singles.loc["Crimea", "two passages at least"] == "no question"
    wide = robustness_grid(texts)
    assert len(wide) == len(cells)
    for row in summed.itertuples():
        assert (wide[row.finding] == "holds").sum() == row.holds
        assert (wide[row.finding] == "fails").sum() == row.fails


def test_leaving_one_text_out_shows_what_hangs_on_it(texts):
    table = leave_one_out(texts).set_index("finding")
    assert table.loc["Crimea", "USIP 2022"] == "fails"
    assert table.loc["Crimea", "Charap 2022"] == "holds"
    assert table.loc["Russia", "Petro and Snider 2024"] == "no question"
    assert one_change(texts).set_index("finding").loc["NATO", "author's voice only"] == "fails"
