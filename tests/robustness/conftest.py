"""A copy of the frozen study to spoil."""

import shutil
from pathlib import Path

import pytest

from tests.support.corpora import STUDY


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return shutil.copytree(STUDY, tmp_path / "study")
