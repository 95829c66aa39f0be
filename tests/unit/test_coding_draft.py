"""What a reading on the page for coding begins with, what is kept of it on disk, and what is wrong with its rows."""

import json
import shutil

import pandas as pd
import pytest

from analysis.coding.annotations import Annotation, coded_annotations
from analysis.corpus.errors import DataError
from analysis.corpus.reader import load_corpus
from analysis.intake.coding_draft import Reading, draft_path
from analysis.intake.coding_page import open_desk
from analysis.intake.quotations import DRAFTED
from analysis.intake.take_in import take_in
from tests.support import small
from tests.support.desks import ROW, STUDY, ask, draft_of, keep, never, served
from tests.support.uncoded import uncode


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(STUDY, tmp_path / "data")


WRONG = [
    {"rows": None},
    {"rows": [1]},
    {"rows": [ROW, ROW]},
    {"rows": [ROW], "form": 1},
    {"rows": [ROW | {"row": "1"}]},
    {"rows": [ROW | {"coding": "codings/../x"}]},
    {"rows": [ROW | {"coding": "quotations"}]},  # no coding of a second pass
    {"rows": [ROW | {"codes": {"dimension": 1}}]},
    {"rows": [ROW | {"codes": {"source_id": "x"}}]},
    {"rows": [ROW | {"codes": {"position": "x" * 5000}}]},
    {"rows": [ROW | {"end": 5000}]},
    {"rows": [ROW | {"start": -3}]},
    {"rows": [ROW | {"start": 30, "end": 40}]},  # the headline
    {"rows": [ROW | {"start": 50}]},  # from the headline on
    {"rows": [ROW | {"row": True}]},
    {"rows": [ROW | {"start": False}]},
    {"rows": [ROW | {"start": 412.0}]},
    {"rows": [ROW | {"coding": ["provisions"]}]},
    {"rows": [ROW | {"drafted": None}]},
    {"rows": [ROW | {"codes": {"position": "\ud83d"}}]},  # half a character, which no file can hold
    {"rows": [], "form": {"codes": {"position": "\ud83d"}}},
    {"rows": [], "form": {"start": float("nan")}},  # which a browser cannot read again
    {"rows": [], "form": {"more": "x" * 50_000}},
    {"rows": [ROW | {"row": row} for row in range(1, 5_002)]},
]


@pytest.mark.parametrize("given", WRONG)
def test_rows_that_no_page_sends_are_refused_and_change_nothing(folder, given):
    with served(folder) as server:
        before = draft_of(server)
        status, _, content = ask(server, "keep", given | {"version": before["version"]})
        assert status == 400
        assert json.loads(content)["error"]
        assert draft_of(server) == before
        assert not draft_path(folder, server.desk.reading).exists()


def test_rows_are_kept_on_disk_with_the_words_of_the_text_and_survive_the_server(folder):
    with served(folder) as server:
        status, kept = keep(server, [ROW | {"quote": "not these"}], form={"row": None, "codes": {"holder": "Orlo"}})
        assert status == 200
        assert kept["rows"][0]["quote"] == server.desk.corpus.raw["cole1988"][412:438]
        assert kept["rows"][0]["passage_id"] == "cole1988-p03"
        path = draft_path(folder, server.desk.reading)
        assert path == folder.parent / "_coding/cole1988.pass2.json"
        assert {one.name for one in path.parent.iterdir()} == {path.name, "secret"}
    with served(folder) as again:
        assert draft_of(again) == kept


def test_a_row_outlives_a_change_of_the_zones(folder):
    with served(folder) as server:
        keep(server, [ROW])
    zones = pd.read_csv(folder / "zones.csv", dtype=str)
    zones.loc[(zones.source_id == "cole1988") & (zones.zone == "body"), "end"] = "300"
    zones.loc[(zones.source_id == "cole1988") & (zones.zone == "promo"), "start"] = "300"
    zones.to_csv(folder / "zones.csv", index=False)
    with served(folder) as server:
        [row] = draft_of(server)["rows"]
        assert (row["quote"], row["passage_id"]) == ("agreed to share the berths", "")


def test_what_is_wrong_with_a_row_is_said_beside_it(folder):
    codes = {"dimension": "K9", "document": "unspecified", "level": "agreed", "voice": "author", "position": "x " * 26}
    with served(folder) as server:
        _, kept = keep(server, [ROW | {"codes": codes, "start": 55, "end": 581}])
    assert {one["column"]: one["message"] for one in kept["faults"]["1"]} == {
        "dimension": "'K9' is not in the codebook: use one of K1, K2, K3, K4, K5, K6",
        "holder": "is missing: use one of Orlo, Vesk, author, both, other",
        "position": f"'{'x ' * 25}x' is not allowed: use 1 to 25 words",
        "quote": "has 99 words: use 1 to 40 words",
    }


def test_only_rows_that_changed_are_looked_at_again_unless_others_rest_on_them(folder, monkeypatch):
    asked = []
    monkeypatch.setattr(
        "analysis.intake.coding_faults.row_faults",
        lambda corpus, source_id, which, rows: asked.append([one.row for one in rows]) or {rows[-1].row: [{"column": "position"}]},
    )
    step = {"coding": "firmness", "codes": {"step": "a deal", "rank": "2"}}
    declared = {"row": 9, "coding": "people", "codes": {"name": "Bo Nye", "kind": "person", "side": "press", "aliases": "Bo Nye"}}
    rows = [ROW, ROW | {"row": 2}, ROW | step | {"row": 3}, ROW | step | {"row": 4, "end": 430}]
    with served(folder, which="1") as server:
        assert keep(server, rows)[1]["faults"] == {"4": [{"column": "position"}]}
        keep(server, rows, form={"row": None})
        keep(server, [rows[0] | {"end": 430}, *rows[1:]])
        assert {*keep(server, rows[:3])[1]["faults"]} == {"3"}
        keep(server, [*rows[:2], ROW | declared])
    assert asked[-4:] == [[1, 2, 3, 4], [1], [1, 3], [9, 1, 2]]


def test_what_the_check_would_find_in_a_row_alone_is_said_when_it_is_kept(folder):
    codes = {
        "dimension": "K1",
        "document": "Sund plan",
        "holder": "both",
        "level": "agreed",
        "voice": "author",
        "position": "The siege ends.",
    }
    event = {
        "event_id": "blockade",
        "description": "It begins",
        "date": "1987-05",
        "date_basis": "stated",
        "dated_by": "in June",
    }
    rows = [
        ROW | {"codes": codes},
        ROW | {"row": 2, "coding": "events", "codes": event},
        ROW | {"row": 3, "codes": codes | {"position": "They share."}},
    ]
    with served(folder, "cole1988", "1") as server:
        faults = keep(server, rows)[1]["faults"]
    said = {(row, one["column"]): one["message"] for row, own in faults.items() for one in own if one["column"] != "event_id"}
    assert {*said} == {("1", "position"), ("2", "dated_by")}
    assert "uses the loaded word 'siege'" in said["1", "position"]
    assert "'in June' is not in cole1988: copy the words from the file" in said["2", "dated_by"]


def test_steps_and_guarantors_of_other_texts_are_offered_and_a_step_has_its_rank(folder):
    with served(folder, "cole1988", "1") as server:
        codings = {
            one["name"]: {column["name"]: column for column in one["columns"]}
            for one in json.loads(ask(server, "content.json")[2])["codings"]
        }
    others = pd.read_csv(folder / "firmness.csv", dtype=str).query("source_id != 'cole1988'")
    step = codings["firmness"]["step"]
    assert (step["in_use"], step["fills"]) == (sorted({*others.step}), {"rank": dict(zip(others.step, others["rank"], strict=True))})
    assert codings["guarantors"]["guarantor"]["in_use"]
    assert codings["guarantors"]["note"]["in_use"] == []
    assert codings["comparisons"]["topic"]["in_use"] == sorted({*pd.read_csv(folder / "codings/comparisons.csv").topic})
    assert codings["people"]["side"]["in_use"] == sorted({*pd.read_csv(folder / "people.csv").side})
    assert codings["explanations"]["reference"]["in_use"]
    assert codings["people"]["name"]["from_words"]
    assert {value["value"]: value["meaning"] for value in codings["people"]["kind"]["values"]}["group"] == {}


def test_a_person_whom_a_row_declares_may_speak_in_another(folder):
    judged = {"function": "cause", "summary": "x", "voice": "Bo Nye"}
    frame = ROW | {"row": 2, "coding": "frames", "codes": judged, "end": 430}
    declared = ROW | {"coding": "people", "codes": {"name": "Bo Nye", "kind": "person", "side": "press", "aliases": "Bo Nye"}}
    with served(folder) as server:
        assert [one["column"] for one in keep(server, [frame])[1]["faults"]["2"]] == ["voice"]
        assert keep(server, [frame, declared])[1]["faults"] == {}


def test_a_person_does_not_come_upon_the_draft_of_another(folder):
    with served(folder, which="person", coder="Bo") as server:
        keep(server, [ROW])
    with served(folder, which="person", coder="../Al") as server:
        assert draft_of(server)["rows"] == []
        assert draft_path(folder, server.desk.reading).parent == folder.parent / "_coding"


def test_a_reading_begins_with_what_the_tables_have_of_it(folder):
    counts = {}
    for source_id, which in [("arden1987", "2"), ("cole1988", "1"), ("cole1988", "2"), ("arden1987", "1"), ("cole1988", "adjudicated")]:
        with served(folder, source_id, which) as server:
            rows = draft_of(server)["rows"]
            counts[source_id, which] = {coding: sum(row["coding"] == coding for row in rows) for coding in ("provisions", "strengths")}
            assert [row["row"] for row in rows] == [*range(1, len(rows) + 1)]
    tables = {
        name: pd.read_csv(STUDY / f"codings/{name}.csv").source_id
        for name in ("provisions", "provisions.pass1", "provisions.pass2", "strengths")
    }
    n = {name: {text: int((own == text).sum()) for text in ("arden1987", "cole1988")} for name, own in tables.items()}
    assert counts == {
        ("arden1987", "2"): {"provisions": n["provisions.pass2"]["arden1987"], "strengths": 0},
        ("cole1988", "1"): {"provisions": n["provisions"]["cole1988"], "strengths": n["strengths"]["cole1988"]},
        ("cole1988", "2"): {"provisions": 0, "strengths": 0},
        ("arden1987", "1"): {"provisions": n["provisions.pass1"]["arden1987"], "strengths": n["strengths"]["arden1987"]},
        ("cole1988", "adjudicated"): {"provisions": n["provisions.pass1"]["cole1988"], "strengths": n["strengths"]["cole1988"]},
    }


def test_adjudication_begins_with_both_passes_and_says_what_one_alone_has(folder):
    sources = pd.read_csv(folder / "sources.csv", dtype=str, keep_default_na=False).assign(coding="once")
    sources.to_csv(folder / "sources.csv", index=False)
    with served(folder, "arden1987", "adjudicated") as server:
        found = {(row["coding"], row["quote"], row["drafted"]) for row in draft_of(server)["rows"]}
    assert ("events", "Vesk began the blockade", "") in found
    assert ("responsibility", "close to a deal", "pass 1 alone") in found
    assert ("responsibility", "after a raid", "pass 2 alone") in found


def test_drafted_quotations_are_shown_as_drafts(folder, monkeypatch):
    drafted = Annotation(7, "quotations", "x", {"speaker": "Ann Cole", "kind": "speech", "note": DRAFTED}, "cole1988-p03", 394, 410)
    monkeypatch.setattr("analysis.intake.coding_draft.quotation_drafts", lambda corpus, source_id: [drafted])
    table = pd.read_csv(folder / "codings/quotations.csv", dtype=str, keep_default_na=False)
    table[table.source_id != "cole1988"].to_csv(folder / "codings/quotations.csv", index=False)
    with served(folder, which="1") as server:
        assert [row["drafted"] for row in draft_of(server)["rows"] if row["coding"] == "quotations"] == ["by rule"]
    with served(folder, which="2") as server:
        assert draft_of(server)["rows"] == []


def test_a_draft_that_was_accepted_has_no_note_and_one_that_was_not_keeps_it(folder):
    uncode(folder, "cole1988")
    coded = [one for one in coded_annotations(load_corpus(STUDY), "cole1988", "1") if one.coding == "frames"]
    take_in(folder, "cole1988", coded, "1", "f")
    for accepted in (2, 4):
        with served(folder, which="1", take_in=take_in) as server:
            drafts = [row for row in draft_of(server)["rows"] if row["coding"] == "quotations"]
            assert [row["codes"].get("note") for row in drafts] == [None] * 4
            rows = [row | {"drafted": "" if row in drafts[:accepted] else row["drafted"]} for row in draft_of(server)["rows"]]
            _, kept = keep(server, rows)
            status, _, said = ask(server, "finish", {"version": kept["version"]})
            assert status == 200, said
        notes = load_corpus(folder).tables["codings/quotations.csv"].query("source_id == 'cole1988'").note
        assert notes.tolist() == [""] * accepted + [DRAFTED] * (4 - accepted)


def test_offsets_count_code_points_behind_an_emoji(tmp_path):
    raw = "“🕊️ Peace” \U0001d518 was near.\n"
    data = small.write(small.study({"dove2022": raw}), tmp_path / "data")
    start = raw.index("was")
    with served(data, "dove2022", "1") as server:
        content = json.loads(ask(server, "content.json")[2])
        assert [content["raw"][first:last] for first, last in content["blocks"][0]["words"]] == ["Peace", "\U0001d518", "was", "near"]
        assert keep(server, [ROW | {"start": start, "end": start + 8}])[1]["rows"][0]["quote"] == "was near"


@pytest.mark.parametrize("held", ["", "{", "[]", '{"sha256": "0"}', '{"rows": 1}'])
def test_a_spoiled_draft_is_named_and_left_alone(folder, held):
    path = draft_path(folder, Reading("cole1988", "2"))
    path.parent.mkdir()
    path.write_text(held)
    with pytest.raises(DataError, match=r"_coding/cole1988\.pass2\.json: is no draft of cole1988 that can be read"):
        open_desk(folder, Reading("cole1988", "2"), never)
    assert path.read_text() == held
