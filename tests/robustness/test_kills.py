"""Killed before any call to the system, what is written stays whole: a file, and the folder of the book."""

import io
import itertools
import os
import shutil
import signal
import sys

import pytest

from analysis.atomic_write import write_atomic
from book.run import lock
from book.run.lock import build_lock, publish
from tests.support.books import files_of


def killed_before(step, act):
    """Let `act` run in a process of its own that is killed before call number `step` to the system; whether it came to its end."""
    child = os.fork()
    if child == 0:
        left = itertools.count(step, -1)

        def watch(_frame, event, called):
            asks = event == "c_call" and (called.__module__ == "posix" or called is open or isinstance(called.__self__, io.IOBase))
            if asks and not next(left):
                os.kill(os.getpid(), signal.SIGKILL)

        sys.setprofile(watch)
        try:
            act()
        except BaseException:
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert status in (0, signal.SIGKILL), "the act failed of itself"
    return status == 0


def folder_with(place, text):
    shutil.rmtree(place, ignore_errors=True)
    for name in ("index.html", "chapters/one.html"):
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text(text * 100)
    return files_of(place)


@pytest.mark.promise("faults")
def test_killed_at_any_moment_publishing_leaves_the_old_book_or_the_new_one(tmp_path):
    build = tmp_path / "_build"
    new, place = folder_with(build / "made", "new"), build / "html"
    stood = set()
    for step in itertools.count():
        for name in ("html.new", "html.old"):
            lock.remove(build / name)
        old = folder_with(place, "old")
        ended = killed_before(step, lambda: publish(build / "made", place))
        stood.add(place.exists())
        with build_lock(tmp_path):
            assert files_of(place) in (old, new)
        publish(build / "made", place)
        assert files_of(place) == new
        assert {path.name for path in build.iterdir()} - {"lock"} == {"html", "made"}
        if ended:
            break
    assert step > 30
    assert stood == {True, False}, "no kill fell between the two renames"


@pytest.mark.promise("faults")
def test_killed_at_any_moment_a_file_is_the_old_one_or_the_new_one(tmp_path):
    file = tmp_path / "file"
    for step in itertools.count():
        file.write_text("old")
        ended = killed_before(step, lambda: write_atomic(file, "new"))
        assert file.read_text() in ("old", "new")
        if ended:
            break
    assert step > 3
