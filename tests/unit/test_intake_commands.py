"""On a terminal `add` shows the proposed zones and asks; elsewhere it keeps them. Commands hand on what their functions say."""

import sys
from types import ModuleType

import pytest

from analysis.cli import main
from analysis.coding.annotations import Annotation, AnnotationFile
from analysis.corpus.reader import load_corpus
from analysis.corpus.segment import passages
from analysis.intake import commands
from tests.support.folders import contents
from tests.support.pages_of_texts import PAGE_OF_TEXT
from tests.unit.test_add_text import URL


@pytest.fixture
def asked(folder, tmp_path, monkeypatch, capsys):
    """A function that adds a text on a terminal with these answers and this editor; returns exit code, output, errors and its passages."""
    monkeypatch.setattr(commands, "on_terminal", lambda: True)
    (tmp_path / "page.txt").write_text(PAGE_OF_TEXT, encoding="utf-8")

    def add(*answers, editor="true", options=("--url", URL)):
        given = iter(answers)
        monkeypatch.setattr("builtins.input", lambda question: next(given))
        monkeypatch.setenv("VISUAL", editor)
        code = main(["--data", str(folder), "add", str(tmp_path / "page.txt"), "--id", "marr1989", *options])
        return (code, *capsys.readouterr(), len(passages(load_corpus(folder)).query("source_id == 'marr1989'")))

    return add


def test_zones_are_kept(asked):
    code, out, _, n_passages = asked("what", "k")
    assert (code, n_passages) == (0, 2)
    assert out.count("The Ferrymen of Lanne Harbour") == 4  # in the table, asked twice, and in the report twice


def test_zones_are_edited_in_the_editor_until_they_are_right(asked):
    assert asked("e", "k", editor="sed -i s/^headline/body/", options=("--url", URL, "--title", "T"))[3] == 3


def test_a_wrong_sheet_and_a_missing_editor_are_told_and_asked_again(asked):
    assert "'bodi' is no zone" in asked("e", "s", editor="sed -i s/^headline/bodi/")[1]
    assert "no-such-editor cannot be started" in asked("e", "s", editor="no-such-editor")[1]


def test_stopping_writes_nothing(asked, folder):
    before = contents(folder)
    code, out, _, _ = asked("s")
    assert (code, out.splitlines()[-1]) == (0, "Stopped; nothing was written.")
    assert contents(folder) == before


def test_what_lacks_is_said_before_anything_is_asked(asked):
    code, out, errors, _ = asked(options=())
    assert (code, out) == (1, "")
    assert "what is neither in the file nor given: url" in errors
    assert errors.endswith("1 problem found; nothing was written.\n")


@pytest.mark.parametrize(
    ("arguments", "module", "function", "given", "said"),
    [
        (["remove", "arden1987"], "removal", "remove_text", ["DATA", "arden1987"], ["gone"]),
        (["status"], "progress", "study_status", ["CORPUS"], ["all done"]),
        (["status", "arden1987"], "progress", "text_status", ["CORPUS", "arden1987"], ["done"]),
        (["code", "arden1987", "--pass", "2", "--port", "8", "--no-browser", "--coder", "Ann"], "coding_page", "serve_coding_page",
         ["DATA", "arden1987", "2", 8, False, "Ann"], None),
    ],
)  # fmt: skip
def test_commands_call_the_functions_of_their_modules(arguments, module, function, given, said, folder, monkeypatch, capsys):
    calls = []
    stand_in = ModuleType(module)
    for name in (function, "text_status", "study_status"):
        setattr(stand_in, name, lambda *values, name=name: calls.append((name, values)) or said)
    monkeypatch.setitem(sys.modules, f"analysis.intake.{module}", stand_in)
    assert main(["--data", str(folder), *arguments]) == 0
    ((name, values),) = calls
    assert name == function
    wanted = [folder if value == "DATA" else value for value in given if value != "CORPUS"]
    assert list(values)[-len(wanted) or 1 :] == wanted or not wanted
    assert capsys.readouterr().out == "".join(f"{line}\n" for line in said or [])


def test_codings_are_read_and_taken_in_and_what_was_left_out_is_told(folder, tmp_path, monkeypatch, capsys):
    calls = []
    forms, intake, one = ModuleType("forms"), ModuleType("take_in"), Annotation(1, "claims", "words", {})
    forms.read_annotations = lambda path, corpus, source_id, columns: (
        calls.append((path, source_id, columns)) or AnnotationFile([one], ["a star"])
    )
    intake.take_in = lambda *values: calls.append(values) or ["Wrote 3 rows."]
    monkeypatch.setitem(sys.modules, "analysis.intake.forms", forms)
    monkeypatch.setitem(sys.modules, "analysis.intake.take_in", intake)
    file = tmp_path / "c.csv"
    arguments = [
        "add",
        "--codings",
        str(file),
        "--id",
        "arden1987",
        "--pass",
        "person",
        "--coder",
        "Ann",
        "--columns",
        "quote=Zitat",
        "text=a=b",
    ]
    assert main(["--data", str(folder), *arguments]) == 0
    assert calls[0] == (file, "arden1987", {"quote": "Zitat", "text": "a=b"})
    assert calls[1] == (folder, "arden1987", [one], "person", "c.csv", "Ann")
    assert capsys.readouterr().out == "Wrote 3 rows.\nLeft out: a star\n"
