"""Relations that nobody compared, cells that nobody put in words, second passes that nobody adjudicated: shown as such, and never counted."""

import pandas as pd
import pytest

from analysis.coding.book_table import book_table, terms_by_difference
from analysis.coding.multiverse import Specification, answer
from analysis.coding.reliability import agreement_table
from analysis.coding.terms import contradicting_pairs, dimension_relations
from analysis.display.quantities import TABLES, what_holds
from analysis.intake.drafts import CHECK, cell_drafts, relation_drafts
from analysis.intake.shared_terms import terms_of
from analysis.validation.validate import data_problems
from tests.support.corpora import with_table

RELATIONS = "codings/relations.csv"


@pytest.fixture
def stubs(study):
    """The study with every relation of one text not compared yet."""
    pairs = study.tables[RELATIONS]
    new = pairs.assign(relation=pairs.relation.where((pairs[["source_a", "source_b"]] != "cole1988").all(axis=1), "not compared yet"))
    return with_table(study, RELATIONS, new)


def test_a_pair_that_nobody_compared_counts_as_none_of_the_relations(study, stubs):
    before, after = (dimension_relations(texts).set_index("dimension") for texts in (study, stubs))
    assert "not_compared" not in before
    assert after.not_compared.tolist()[:4] == [2, 2, 2, 0]
    assert (before.relation["K3"], after.relation["K3"], after.contradictions["K3"]) == ("contradict", "differ in detail", 0)
    assert "cole1988" not in set(contradicting_pairs(stubs).source_b)
    assert "cole1988" not in set(TABLES["relations"](stubs).source_id)
    assert what_holds(stubs, "arden1987, brill1987: relations; dimension == 'K1'; relation != 'contradict'") == ""


def test_a_dimension_of_which_no_pair_was_compared_says_so(stubs):
    pairs = stubs.tables[RELATIONS].assign(relation="not compared yet")
    table = dimension_relations(with_table(stubs, RELATIONS, pairs))
    assert set(table.relation[table.n_units > 1]) == {"not compared yet"}
    assert table.contradictions.sum() == 0


def test_the_check_takes_relations_and_cells_that_are_drafts(folder):
    for name, old, new in (
        (RELATIONS, "cole1988,contradict,", "cole1988,not compared yet,"),
        ("book_table.csv", "cole1988,Sund plan,shared,", "cole1988,Sund plan,not yet in words,"),
    ):
        content = (folder / name).read_text(encoding="utf-8")
        assert old in content
        (folder / name).write_text(content.replace(old, new), encoding="utf-8")
    assert data_problems(folder) == []


def test_a_cell_that_nobody_put_in_words_says_that_the_text_tells_of_it(study):
    cells = study.tables["book_table.csv"]
    drafted = with_table(study, "book_table.csv", cells.assign(gist=cells.gist.where(cells.source_id != "cole1988", "not yet in words")))
    own = book_table(drafted).query("source_id == 'cole1988'")
    assert set(own.gist) == {"told; not yet in words"}
    before, after = (terms_by_difference(texts).set_index("term") for texts in (study, drafted))
    assert (after.n_texts == before.n_texts).all()
    assert (after.n_gists <= before.n_gists).all()


def test_drafts_follow_the_codings_and_keep_what_was_written(study):
    assert relation_drafts(study, "cole1988") == study.tables[RELATIONS].query("source_b == 'cole1988'").to_dict("records")
    held = study.tables["book_table.csv"].query("source_id == 'cole1988'").to_dict("records")
    assert cell_drafts(study, "cole1988") == (held, [])
    rows = study.tables["codings/provisions.csv"]
    changed = with_table(study, "codings/provisions.csv", rows[(rows.source_id != "cole1988") | (rows.start != 412)])
    cells, told = cell_drafts(changed, "cole1988")
    assert told == ["berths"]
    assert [cell["gist"] for cell in cells if cell["term"] == "berths"] != ["not yet in words"]


def test_rows_of_a_dimension_that_two_terms_share_are_of_the_term_that_their_words_name_else_of_both(study):
    """K4 added to two terms with a dimension of their own: a row on it goes where a name of a term stands, else to both, marked."""
    cells, rows = study.tables["book_table.csv"], study.tables["codings/provisions.csv"]
    one, other = list(dict.fromkeys(cells.term))[:2]
    shared = "K9"
    wide = cells.assign(dimensions=cells.dimensions.where(~cells.term.isin([one, other]), cells.dimensions + f";{shared}"))
    bare = with_table(study, "book_table.csv", wide[(wide.source_id != "cole1988") | ~wide.term.isin([one, other])])
    own = rows[rows.source_id == "cole1988"].iloc[[0]].assign(dimension=shared, quote="later")
    for position, holders in ((f"The {one} wait.", [one]), (f"The {other} wait.", [other]), ("All wait.", [one, other])):
        corpus = with_table(bare, "codings/provisions.csv", pd.concat([rows, own.assign(position=position)], ignore_index=True))
        (row,) = (row for row in corpus.tables["codings/provisions.csv"].itertuples() if row.dimension == shared)
        assert terms_of(corpus, "cole1988")(row) == holders
        drafts = {cell["term"]: cell for cell in cell_drafts(corpus, "cole1988")[0]}
        assert {term for term in (one, other) if drafts[term].get("note") == CHECK} == ({one, other} if len(holders) > 1 else set())


def test_of_a_dimension_that_two_terms_share_wholly_each_is_drafted_and_marked(study):
    cells, again = study.tables["book_table.csv"], "berths again"
    [dimensions] = set(cells.dimensions[cells.term == "berths"])
    other = cells[(cells.term == "berths") & (cells.source_id != "cole1988")].assign(term=again)
    bare = pd.concat([cells[(cells.term != "berths") | (cells.source_id != "cole1988")], other], ignore_index=True)
    whole = {cell["term"]: cell for cell in cell_drafts(with_table(study, "book_table.csv", bare), "cole1988")[0]}
    assert [(whole[term]["gist"], whole[term]["note"]) for term in ("berths", again)] == [("not yet in words", CHECK)] * 2
    more = next(
        name for name in study.tables["codings/provisions.csv"].query("source_id == 'cole1988'").dimension if name not in dimensions
    )
    wider = bare.assign(dimensions=bare.dimensions.where(bare.term != again, f"{dimensions};{more}"))
    untold = wider[~(wider.dimensions.str.contains(more) & (wider.term != again))]
    drafts = {cell["term"]: cell["gist"] for cell in cell_drafts(with_table(study, "book_table.csv", untold), "cole1988")[0]}
    assert (drafts["berths"], drafts[again]) == ("not yet in words", "not yet in words")


def test_a_second_pass_that_is_not_adjudicated_enters_no_agreement_and_no_reading(study):
    both = study
    for coding in ("provisions", "claims", "events", "frames", "responsibility"):
        rows = study.tables[f"codings/{coding}.pass1.csv"]
        own = rows[rows.source_id == "cole1988"]
        both = with_table(
            both, f"codings/{coding}.pass2.csv", pd.concat([study.tables[f"codings/{coding}.pass2.csv"], own], ignore_index=True)
        )
    assert agreement_table(both).equals(agreement_table(study))
    adjudicated = with_table(both, "sources.csv", study.sources.assign(coding="twice"))
    assert not agreement_table(adjudicated).equals(agreement_table(study))
    findings, spec = study.tables["findings.csv"].finding, Specification(coding="pass2")
    assert [answer(both, name, spec) for name in findings] == [answer(study, name, spec) for name in findings]
