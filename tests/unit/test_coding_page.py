"""The server of the page for coding, without a browser: whom it answers, what it shows of whose reading, and how it ends."""

import json
import shutil

import pandas as pd
import pytest

from analysis.corpus.errors import DataError, Problem
from analysis.intake.coding_draft import Reading, draft_path, version_of
from analysis.intake.coding_page import open_desk, serve_coding_page
from analysis.intake.take_in import take_in
from tests.support.desks import PAGE, ROW, STUDY, ask, draft_of, keep, never, served

SECRET = "only the other reading says this"


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(STUDY, tmp_path / "data")


def test_the_page_and_its_parts_are_shown_to_who_knows_the_token(folder):
    with served(folder) as server:
        for name, kind in {"": "text/html", "coding.js": "text/javascript", "coding.css": "text/css", "icon.svg": "image/svg+xml"}.items():
            status, headers, content = ask(server, name)
            assert (status, headers.get_content_type()) == (200, kind)
            assert content
        policy = ask(server)[1]["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy


def test_the_page_names_no_other_machine_and_makes_no_markup_of_texts():
    for path in PAGE.iterdir():
        words = path.read_text().replace("http://www.w3.org/2000/svg", "")
        assert "http" not in words, path.name
        assert not [risk for risk in ("innerHTML", "outerHTML", "insertAdjacent", "document.write", "eval(") if risk in words], path.name


@pytest.mark.parametrize("path", ["/", "/wrong/", "/wrong/draft.json", "/%2e%2e/draft.json", "//draft.json"])
def test_without_the_token_there_is_nothing(folder, path):
    with served(folder) as server:
        assert ask(server, address=f"http://127.0.0.1:{server.server_port}{path}")[0] == 404


@pytest.mark.parametrize("name", ["nothing", "../coding_page.py", "..%2fcoding_page.py", "page/coding.js", "keep"])
def test_what_is_no_part_of_the_page_is_not_found(folder, name):
    with served(folder) as server:
        assert ask(server, name)[0] == 404


def test_another_host_or_origin_is_refused(folder):
    with served(folder) as server:
        assert ask(server, "draft.json", Host="evil.example")[0] == 403
        assert ask(server, "draft.json", Host=f"localhost:{server.server_port}")[0] == 200
        assert ask(server, "keep", {}, Origin="http://evil.example")[0] == 403
        assert ask(server, "keep", {}, Origin=f"http://127.0.0.1:{server.server_port}")[0] == 409


def test_a_request_that_changes_something_needs_the_token_itself(folder):
    with served(folder) as server:
        assert ask(server, "keep", {}, X_Coding_Token="")[0] == 403
        assert ask(server, "finish", {}, X_Coding_Token="x")[0] == 403


@pytest.mark.parametrize("sent", [b"", b"[]", b"{", b"\xff", b"[" * 100_000])
def test_what_is_no_object_in_json_is_refused(folder, sent):
    with served(folder) as server:
        assert ask(server, "keep", sent)[0] == 400


def test_a_window_with_older_rows_is_told_and_changes_nothing(folder):
    with served(folder) as server:
        old = draft_of(server)["version"]
        _, kept = keep(server, [ROW])
        status, answer = keep(server, [], version=old)
        assert status == 409
        assert "another window" in answer["error"]
        assert ask(server, "finish", {"version": old})[0] == 409
        assert draft_of(server) == kept


def planted(folder, *kinds):
    """The tables of the kinds ("", ".pass1", ...) with the secret in the notes of every row."""
    for path in (folder / "codings").iterdir():
        if path.name.removesuffix(".csv").partition(".")[2] in kinds and "note" in (
            table := pd.read_csv(path, dtype=str, keep_default_na=False)
        ):
            table.assign(note=SECRET).to_csv(path, index=False, lineterminator="\n")


def every_answer(server):
    version = draft_of(server)["version"]
    asked = ["", "content.json", "draft.json", *(path.name for path in PAGE.iterdir())]
    sent = {"keep": {"version": version, "rows": [ROW]}, "finish": {"version": "old"}}
    return b"".join([*(ask(server, name)[2] for name in asked), *(ask(server, name, given)[2] for name, given in sent.items())])


BLIND = [("2", "", ["", "pass1", "person"]), ("1", "", ["pass2", "person"]), ("person", "Bo", ["", "pass1", "pass2"])]


@pytest.mark.parametrize(("which", "coder", "others"), BLIND)
@pytest.mark.parametrize("source_id", ["arden1987", "cole1988"])
def test_no_answer_holds_a_code_of_another_reading(folder, source_id, which, coder, others):
    planted(folder, *others)
    other = draft_path(folder, Reading(source_id, "1" if which == "2" else "2"))
    other.parent.mkdir()
    other.write_text(json.dumps({"note": SECRET}))
    with served(folder, source_id, which, coder) as server:
        told = every_answer(server)
    assert len(told) > 10_000
    assert SECRET.encode() not in told


def test_the_secret_would_be_seen(folder):
    planted(folder, "pass2")
    with served(folder, "arden1987", "2") as server:
        assert SECRET.encode() in every_answer(server)


def test_finishing_hands_the_rows_over_and_ends_the_draft(folder):
    taken = []

    def take_in(*given):
        taken.append(given)
        return ["Wrote 1 row."]

    with served(folder, take_in=take_in) as server:
        _, kept = keep(server, [ROW | {"row": 4}])
        status, _, content = ask(server, "finish", {"version": kept["version"]})
        assert (status, json.loads(content)["written"]) == (200, ["Wrote 1 row."])
        assert "analysis status cole1988" in json.loads(content)["next"][0]
        assert not draft_path(folder, server.desk.reading).exists()
        assert draft_of(server)["rows"] == []  # the stub wrote nothing
    [(data, source_id, rows, which, file, coder)] = taken
    assert (data, source_id, which, file, coder) == (folder, "cole1988", "2", "_coding/cole1988.pass2.json", "")
    assert [(one.row, one.coding, one.start, one.end, dict(one.codes)) for one in rows] == [(4, "provisions", 412, 438, ROW["codes"])]


def test_the_reading_of_a_person_goes_into_its_table_and_is_begun_with_there(folder):
    full = {"function": "problem", "summary": "the talks ended", "voice": "author"}
    row = ROW | {"coding": "frames", "codes": full}
    with served(folder, which="person", coder="Bo Nye", take_in=take_in) as server:
        _, kept = keep(server, [row])
        assert kept["faults"] == {}
        assert ask(server, "finish", {"version": kept["version"]})[0] == 200
        [again] = draft_of(server)["rows"]
    assert {name: again[name] for name in row} == row
    [written] = pd.read_csv(folder / "codings/frames.person.csv", dtype=str).to_dict("records")
    assert (written["coder"], written["quote"]) == ("Bo Nye", "agreed to share the berths")


def test_where_nothing_could_be_written_the_draft_stays_and_each_problem_has_its_row(folder):
    def take_in(*_given):
        raise DataError([Problem("f", 4, "holder", "is empty", "fill it in")])

    with served(folder, take_in=take_in) as server:
        _, kept = keep(server, [ROW | {"row": 4}])
        status, _, content = ask(server, "finish", {"version": kept["version"]})
        assert status == 422
        assert json.loads(content)["problems"] == [
            {"file": "f", "row": 4, "column": "holder", "message": "is empty", "remedy": "fill it in"}
        ]
        assert draft_of(server) == kept


def test_a_reading_without_rows_is_not_taken_in(folder):
    with served(folder) as server:
        assert ask(server, "finish", {"version": draft_of(server)["version"]})[0] == 422


@pytest.mark.parametrize(
    ("source_id", "which", "coder", "said"),
    [
        ("none1999", "1", "", "none1999: is no text. Remedy: use one of arden1987, brill1987, cole1988"),
        ("<b>../x", "1", "", "<b>../x: is no text"),
        ("cole1988", "3", "", "--pass 3: is no reading. Remedy: use one of 1, 2, adjudicated, person"),
        ("cole1988", "person", "", "--coder: is missing with --pass person"),
        ("cole1988", "person", "x" * 61, "--coder: is no name"),
    ],
)
def test_an_unknown_text_or_reading_is_named(folder, source_id, which, coder, said):
    with pytest.raises(DataError) as caught:
        open_desk(folder, Reading(source_id, which, coder), never)
    assert said in str(caught.value)


def test_a_port_in_use_is_named(folder):
    with served(folder) as server, pytest.raises(DataError, match=rf"port {server.server_port}: is in use"):
        open_desk(folder, Reading("cole1988", "2"), never, server.server_port)


def test_the_address_of_a_reading_stays_and_its_secret_is_its_owners(folder):
    with served(folder) as server, served(folder, which="1") as other, served(folder) as second:
        first = server.address
        assert len({server.token, other.token}) == len({second.server_port, server.server_port}) == 2
        assert second.token == server.token
    secret = folder.parent / "_coding/secret"
    assert secret.stat().st_mode & 0o777 == 0o600
    with served(folder) as server:
        assert server.address == first
    secret.chmod(0o644)  # others may have read it
    with served(folder) as server:
        assert server.address != first
        assert secret.stat().st_mode & 0o777 == 0o600


def test_the_page_knows_the_words_of_the_body_and_the_command_that_opens_it(folder):
    with served(folder, which="person", coder="Bo Nye") as server:
        content = json.loads(ask(server, "content.json")[2])
    assert content["again"] == "analysis code cole1988 --pass person --coder 'Bo Nye'"
    assert content["n_words"] == sum(len(block["words"]) for block in content["blocks"])


def test_the_command_says_where_the_page_is_and_ends_kindly(folder, monkeypatch, capsys):
    def interrupt(server):
        keep_row = ROW | {"quote": ""}
        desk = server.desk
        desk.keep({"version": version_of(desk.draft()), "rows": [keep_row]})
        raise KeyboardInterrupt

    monkeypatch.setattr("analysis.intake.coding_page.CodingServer.serve_forever", interrupt)
    opened = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    serve_coding_page(folder, "cole1988", "2")
    said = capsys.readouterr().out
    assert opened
    assert f"Code cole1988 at {opened[0]} (stop with Ctrl+C)." in said
    assert "Stopped. What you coded is kept in" in said
    serve_coding_page(folder, "cole1988", "2", open_browser=False)
    assert len(opened) == 1
