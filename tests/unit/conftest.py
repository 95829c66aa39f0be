"""The frozen study on which the unit tests run: as a Corpus, and as a copy of its folder to spoil; files that are taken in."""

import shutil
from pathlib import Path

import pytest

from analysis.cli import main
from analysis.corpus.reader import Corpus, load_corpus
from tests.support.coded_words import ID
from tests.support.corpora import STUDY
from tests.support.folders import contents
from tests.support.pages_of_texts import PAGE_OF_TEXT
from tests.support.uncoded import uncode


@pytest.fixture(scope="session")
def study() -> Corpus:
    return load_corpus(STUDY)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the study's data folder."""
    return shutil.copytree(STUDY, tmp_path / "study")


@pytest.fixture
def new_text(tmp_path):
    """A function that writes a file for a new text, by its content; by default PAGE_OF_TEXT."""

    def write(content=PAGE_OF_TEXT, name="page.txt"):
        (tmp_path / name).write_bytes(content.encode() if isinstance(content, str) else content)
        return tmp_path / name

    return write


@pytest.fixture
def take_in(folder, tmp_path, capsys):
    """A function that takes in a file of codings of an uncoded text; returns the exit code, the output and the errors."""
    uncode(folder, ID)

    def take_in(content, source_id=ID, types=None):
        (tmp_path / "f.dat").write_bytes(content if isinstance(content, bytes) else content.encode())
        if types is not None:
            (tmp_path / "TypeSystem.xml").write_bytes(types)
        code = main(["--data", str(folder), "add", "--codings", str(tmp_path / "f.dat"), "--id", source_id, "--pass", "1"])
        return (code, *capsys.readouterr())

    return take_in


@pytest.fixture
def refused(take_in, folder):
    """A function that takes in a file that must be refused with one problem; returns what is said of it."""

    def refused(content, source_id=ID, types=None):
        before = contents(folder)
        code, out, errors = take_in(content, source_id, types)
        problem, *rest = errors.splitlines()
        assert (code, out, rest) == (1, "", ["1 problem found; nothing was written."])
        assert contents(folder) == before
        assert ". Remedy: " in problem
        assert len(problem) < 1_200
        return problem

    return refused
