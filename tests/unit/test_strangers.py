"""Speakers whom people.csv lacks: their names, what is drafted of them, and what is left out and told until somebody codes them."""

import shutil

import pytest

from analysis.coding.annotations import Annotation, coded_annotations
from analysis.corpus.reader import load_corpus
from analysis.intake.progress import text_status
from analysis.intake.quotations import drafted, quotation_drafts
from analysis.intake.strangers import like_listed, people_drafts
from analysis.intake.take_in import take_in
from analysis.intake.values import code_problems
from analysis.validation.validate import data_problems
from tests.support.desks import STUDY, draft_of, keep, served
from tests.support.small import study
from tests.support.uncoded import uncode

PEOPLE = [{"name": "Una Rell", "kind": "person", "side": "Orlo", "aliases": "Una Rell;Rell"}]

LEFT = "1 quotation has a speaker who is not in people.csv (Dray): code the name as `people`, or the quotation with its speaker"


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("“We were ready,” Bo Nye, an Orlan pilot, told reporters.", [("Bo Nye", "speech")]),
        ("“We were ready,” said another Orlan pilot at the quay, Bo Nye.", [("Bo Nye", "speech")]),
        ("Bo Nye came. “We were ready,” said Nye.", [("Bo Nye", "speech")]),
        ("“We were ready,” Foreign Minister Bo Nye said.", [("Bo Nye", "speech")]),
        ("On Monday, Nye said “we were ready.”", [("Nye", "speech")]),
        ("“We were ready,” Nye told Rell, who said nothing.", [("Nye", "speech")]),
        ("“We were ready,” said Rell.", [("Una Rell", "speech")]),
        ("The “Orlan plan” of May was shelved, and nobody said so.", [("author", "term")]),
        ("They went home “with nothing at all but a map of reefs”.", [("author", "speech")]),
    ],
)
def test_a_name_beside_a_verb_of_saying_speaks_though_nobody_knows_it(raw, expected):
    corpus = study({"a": f"{raw}\n"}, people=PEOPLE)
    assert [(one.speaker, one.kind) for one in drafted(corpus, "a")] == expected


def test_of_a_stranger_a_row_is_drafted_with_the_forms_of_the_name():
    raw = "“We were ready,” said Bo Nye.\n“We came,” said Nye, and “we went home” again.\n"
    corpus = study({"a": raw}, people=PEOPLE)
    [person] = people_drafts(corpus, "a", quotation_drafts(corpus, "a"), "n")
    assert raw[person.start : person.end] == person.quote == "Bo Nye"
    assert person.codes == {"name": "Bo Nye", "kind": "person", "aliases": "Bo Nye;Nye", "note": "n"}


@pytest.mark.parametrize(
    ("name", "listed"),
    [
        ("Oona Rell", "Una Rell"),
        ("Rel", "Una Rell"),
        ("Una Rell", ""),
        ("Una Nye", ""),
        ("the Rells", "Una Rell"),
        ("", ""),
        ("a reef", ""),
    ],
)
def test_another_spelling_of_a_listed_person_is_told(name, listed):
    corpus = study({"a": "Rell came.\n"}, people=[*PEOPLE, {"name": "the reef", "kind": "group", "side": "Orlo", "aliases": "the reef"}])
    assert like_listed(corpus, name) == listed
    claim = Annotation(1, "claims", "Rell came", {"claim": "Rell came.", "attributed_to": name or "nobody"})
    told = {problem.column: str(problem) for problem in code_problems(corpus, claim, "f")}.get("attributed_to", "")
    asked = (
        f"Remedy: is this {listed}? Then write that name, and add {name!r} to its aliases in people.csv if the text has it; else add the"
    )
    assert (asked in told) == bool(listed)


@pytest.fixture
def folder(tmp_path):
    """The study with a text uncoded, one of whose speakers has an alias that people.csv lacks."""
    data = uncode(shutil.copytree(STUDY, tmp_path / "data"), "cole1988")
    people = data / "people.csv"
    people.write_text(people.read_text().replace("Ivo Dray;Dray", "Ivo Dray"))
    return data


def test_what_a_stranger_says_is_left_out_and_told_until_the_name_is_coded(folder, study):
    before = data_problems(folder)
    frames = [one for one in coded_annotations(study, "cole1988", "1") if one.coding == "frames"]
    assert f"{LEFT}." in take_in(folder, "cole1988", frames, "1", "f")
    corpus = load_corpus(folder)
    assert len(corpus.tables["codings/quotations.csv"].query("source_id == 'cole1988'")) == 3
    assert any(line.endswith(LEFT) for line in text_status(corpus, "cole1988"))
    name = Annotation(1, "people", "Dray", {"name": "Ivo Dray", "kind": "person", "side": "Vesk"})
    take_in(folder, "cole1988", [name], "1", "f")
    corpus = load_corpus(folder)
    rows = corpus.tables["codings/quotations.csv"].query("source_id == 'cole1988'")
    assert (len(rows), list(rows.speaker[rows.quote == "We were ready,"])) == (4, ["Ivo Dray"])
    assert not any("not in people.csv" in line for line in text_status(corpus, "cole1988"))
    assert len(data_problems(folder)) <= len(before)


def test_on_the_page_one_form_is_left_to_fill(folder):
    with served(folder, which="1") as server:
        rows = draft_of(server)["rows"]
        faults = keep(server, rows)[1]["faults"]
    [person] = [row for row in rows if row["coding"] == "people"]
    assert (person["quote"], person["drafted"], person["codes"]["name"]) == ("Dray", "by rule", "Dray")
    ((row, [fault]),) = faults.items()
    assert (row, fault["column"], fault["message"].partition(":")[0]) == (str(person["row"]), "side", "is missing")
