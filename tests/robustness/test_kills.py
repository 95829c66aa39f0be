"""Killed before any call to the system, what is written stays whole: a file, and the folder of the book."""

import importlib
import io
import itertools
import os
import shutil
import signal
import sys

import pytest

from analysis.atomic_write import write_atomic
from book.pipeline import build, build_prepared
from book.run import lock
from book.run.fingerprint import fingerprint
from book.run.lock import build_lock, publish
from tests.support.books import files_of, silent


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


def killed_at(function, call, act):
    """Let `act` run in a process of its own that is killed where it calls `function`, by its dotted name, for the `call`th time."""
    child = os.fork()
    if child == 0:
        module, name = function.rsplit(".", 1)
        calls, whole = itertools.count(1), getattr(importlib.import_module(module), name)

        def kill(*arguments, **options):
            if next(calls) == call:
                os.kill(os.getpid(), signal.SIGKILL)
            return whole(*arguments, **options)

        setattr(sys.modules[module], name, kill)
        try:
            act()
        finally:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    assert status == signal.SIGKILL, f"{function} was not called"


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


# The parts of a build of the loop in their order, the last of them twice; what is in the book when it is killed at the begin of each.
PARTS = [
    ("book.pipeline.clear_work", 1, "old"),
    ("book.pipeline.run_chapters", 1, "old"),
    ("jupyter_book.sphinx.build_sphinx", 1, "old"),
    ("book.pages.extension._complete_site", 1, "old"),
    ("book.pipeline.assemble_site", 1, "old"),
    ("book.pipeline.publish", 1, "old"),
    ("book.export.downloads.publish_downloads", 1, "new pages"),
    ("book.pipeline.publish", 2, "new pages"),
    ("book.pipeline.record_fingerprint", 1, "new"),
]


@pytest.mark.slow
@pytest.mark.promise("faults")
def test_killed_between_two_parts_a_build_of_the_loop_leaves_the_pages_of_the_old_book_or_of_the_new_one(tiny_book, tmp_path):
    root, site, kept, looks = tiny_book("# Title", "Old words."), tmp_path / "_build/html", tmp_path / "kept", {}

    def look():
        return fingerprint({path.relative_to(site).as_posix(): path for path in site.rglob("*") if path.is_file()})

    def loop(published=lambda: None):
        build_prepared(root, lambda: None, published, silent)

    build(root, silent)
    shutil.copytree(root / "_build", kept)
    looks["old"] = look()
    tiny_book("# Title", "New words.")
    loop(lambda: looks.update({"new pages": look()}))
    looks["new"] = look()
    assert len(set(looks.values())) == 3
    for part, call, expected in PARTS:
        shutil.rmtree(root / "_build")
        shutil.copytree(kept, root / "_build")
        killed_at(part, call, loop)
        with build_lock(root):
            assert look() == looks[expected], part
    build(root, silent)
    assert look() == looks["new"]


def test_publishing_writes_only_what_changed_and_shares_no_file_with_the_folder_that_is_written_next(tmp_path):
    made, place = tmp_path / "made", tmp_path / "html"
    folder_with(made, "new")
    publish(made, place)
    first = {path.name: path.stat().st_ino for path in place.rglob("*.html")}
    (made / "index.html").write_text("other")
    publish(made, place)
    second = {path.name: path.stat().st_ino for path in place.rglob("*.html")}
    assert {name for name in first if first[name] != second[name]} == {"index.html"}
    assert files_of(place) == files_of(made)
    assert not {path.stat().st_ino for path in made.rglob("*.html")} & set(second.values())


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
