"""The commands: exit code 1 and a clear line for bad data, no traceback, nothing written."""

import json

import pytest

from analysis.cli import main
from tests.support.corpora import STUDY
from tests.support.spoiled import FAULTS


@pytest.fixture
def run(capsys):
    """A function that runs a command and returns its exit code, its output and its errors."""

    def run(*arguments):
        code = main([str(argument) for argument in arguments])
        return (code, *capsys.readouterr())

    return run


def test_the_command_prints_every_problem_and_exits_with_1(folder, run):
    assert run("--data", folder, "check") == (0, "The data are sound.\n", "")
    FAULTS["an unknown zone"][0](folder)
    code, out, _ = run("--data", folder, "check")
    assert (code, out.splitlines()[-1]) == (1, "1 problem found.")
    FAULTS["an altered byte"][0](folder)
    code, out, _ = run("--data", folder, "check")
    assert (code, out.splitlines()[-1]) == (1, "2 problems found.")
    assert "was altered" in out
    assert "'dek' is not allowed" in out


@pytest.mark.parametrize("name", ["an altered byte", "an unknown zone", "a date that is not EDTF", "a missing table"])
def test_no_table_is_written_from_bad_data(folder, tmp_path, run, name):
    FAULTS[name][0](folder)
    code, out, error = run("--data", folder, "tables", tmp_path / "out")
    assert (code, out) == (1, "")
    assert "Remedy" in error
    assert error.endswith("found; nothing was written.\n")
    assert not (tmp_path / "out").exists()


def test_tables_are_written_and_a_folder_that_cannot_be_written_gets_a_clear_line(tmp_path, run):
    code, out, _ = run("--data", STUDY, "tables", tmp_path / "out")
    assert (code, out.partition(":")[0]) == (0, f"Wrote 19 tables to {tmp_path / 'out'}")
    (tmp_path / "taken").write_text("a file")
    code, _, error = run("--data", STUDY, "tables", tmp_path / "taken")
    assert (code, error) == (1, f"{tmp_path / 'taken'}: File exists. Remedy: name a folder that can be written to.\n")


def test_sentences_are_told_with_offsets_or_what_is_wrong_with_the_file(run, tmp_path):
    file = tmp_path / "own.txt"
    file.write_text("\n He met Mr. Lund.  “Why?” \n\n — \nОстанні 5 слів", encoding="utf-8")
    code, out, error = run("sentences", file)
    told = [(2, 18, "He met Mr. Lund."), (20, 26, "“Why?”"), (33, 47, "Останні 5 слів")]
    assert (code, [tuple(json.loads(line).values()) for line in out.splitlines()], error) == (0, told, "")
    for content, fault in ((None, "is missing"), (b"", "is empty"), (b"caf\xe9.", "is not UTF-8 (byte 3, line 1)")):
        file.unlink(missing_ok=True)
        if content is not None:
            file.write_bytes(content)
        code, out, error = run("sentences", file)
        assert (code, out, f"own.txt: {fault}" in error) == (1, "", True)


def test_the_sentences_of_a_text_are_told_by_its_id_too(run):
    by_id, by_file = run("--data", STUDY, "sentences", "brill1987"), run("sentences", STUDY / "sources/brill1987.txt")
    assert by_id == by_file
    assert by_id[0] == 0


def test_lines_and_find_help_to_make_zones_and_codings(run):
    _, out, _ = run("lines", STUDY / "sources/cole1988.txt")
    assert out.splitlines()[:2] == ['      0      25  Menu | Home | "Subscribe"', "     27      53  Who Broke the Lanne Talks?"]
    assert out.endswith("    610 characters in all\n")
    start = (STUDY / "sources/arden1987.txt").read_text(encoding="utf-8").index("close to a deal")
    assert run("--data", STUDY, "find", "arden1987", "close to a deal") == (0, f"arden1987-p01,{start},{start + 15}  close to a deal\n", "")
    assert run("--data", STUDY, "find", "arden1987", "Vesk", "--passage", "arden1987-p02")[1] == "arden1987-p02,276,280  Vesk\n"
    assert run("--data", STUDY, "find", "arden1987", "no such words") == (
        1, "", "'no such words' occurs nowhere in the body of arden1987; copy the words from the file\n")  # fmt: skip


@pytest.mark.parametrize("arguments", [("check",), ("tables", "out"), ("find", "arden1987", "Vesk")])
def test_a_data_folder_that_is_none_gets_a_clear_line(run, arguments):
    assert run("--data", STUDY / "README.md", *arguments) == (
        1, "", f"{STUDY / 'README.md'}: is no folder. Remedy: name a folder that holds the data.\n")  # fmt: skip
