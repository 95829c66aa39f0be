"""With a sixth text, coded once, every unit test that reads the study's own data passes: each says of the code what holds for any texts."""

import os
import re
import shutil
import subprocess
import sys

import pytest

from book.notebooks import ROOT
from book.reproduce import NOT_COPIED
from tests.support.statuses import add_in_status

pytestmark = pytest.mark.slow


def test_the_unit_tests_that_read_the_data_pass_with_a_sixth_text(tmp_path):
    copy = shutil.copytree(ROOT, tmp_path / "copy", ignore=NOT_COPIED)
    add_in_status(copy / "data", "once")
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "tests.support.real_data", "tests/unit"]
    done = subprocess.run(command, cwd=copy, env=os.environ | {"PYTHONPATH": str(copy)}, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-1000:]
    (passed,) = re.findall(r"(\d+) passed", done.stdout)
    assert int(passed) > 80  # so many read the data
