"""The frozen study on which the unit tests run: as a Corpus, and as a copy of its folder to spoil."""

import shutil
from pathlib import Path

import pytest

from analysis.corpus.reader import Corpus, load_corpus
from tests.support.corpora import STUDY


@pytest.fixture(scope="session")
def study() -> Corpus:
    return load_corpus(STUDY)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the study's data folder."""
    return shutil.copytree(STUDY, tmp_path / "study")
