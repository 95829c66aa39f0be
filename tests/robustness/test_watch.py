"""The book while it is written: a change is in the open page soon, a fault is said there, code is read again, and no kill spoils the book."""

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from http.client import HTTPException

import psutil
import pytest

from batch.benchmarks import loop
from book.notebooks import ROOT
from book.reproduce import NOT_COPIED, differences
from book.run.fingerprint import FINISHED
from tests.support import browsing
from tests.support.books import add_notebook, files_of
from tests.support.waiting import wait_for

pytestmark = pytest.mark.slow
CODE = "code: from analysis.greeting import GREETING\nprint(GREETING)"


def write(root, prose, code=CODE, name="index"):
    add_notebook(root, "# Title", prose, code, name=name)


def greet(root, source):
    (root / "analysis/greeting.py").write_text(source)


def edit(file, old, new):
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """The root of a small book with the code of this one, in a folder of its own."""
    root = tmp_path_factory.mktemp("watch") / "book"
    root.mkdir()
    for folder in ("analysis", "batch", "book", "data", "_static"):
        shutil.copytree(ROOT / folder, root / folder, ignore=NOT_COPIED)
    shutil.copy(ROOT / "requirements.txt", root)
    greet(root, "GREETING = 'A greeting'")
    write(root, "A chapter.", name="chapter")
    write(root, "First words.")
    return root


@pytest.fixture(scope="module")
def process(book, tmp_path_factory):
    """`make watch`; `said()` is what it printed."""
    lines = tmp_path_factory.mktemp("said") / "lines"
    with open(lines, "w") as log:
        command, environment = [sys.executable, "-m", "book", "watch"], os.environ | {"BROWSER": "true", "PYTHONPATH": ""}
        started = subprocess.Popen(command, cwd=book, env=environment, stdout=log, stderr=log, start_new_session=True)
    started.said = lines.read_text
    yield started
    os.killpg(started.pid, signal.SIGINT)
    started.wait(120)


@pytest.fixture(scope="module")
def address(process):
    """Where the watched book is served."""
    wait_for(lambda: "http://" in process.said() or process.poll() is not None)
    assert process.poll() is None, process.said()
    return re.search(r"http://\S+/", process.said())[0]


@pytest.fixture(scope="module")
def page(address):
    """What the watched book serves, as a function of the path."""

    def read(path):
        with contextlib.suppress(OSError, HTTPException):  # the program begins anew
            return urllib.request.urlopen(address + path, timeout=30).read().decode()
        return ""

    return read


def fault(page):
    return json.loads(page("_built") or '{"fault": ""}')["fault"]


def clean_build(book, place):
    """The site of a clean build of a copy of the book."""
    clean = shutil.copytree(book, place / "clean", ignore=NOT_COPIED)
    subprocess.run([sys.executable, "-m", "book", "build"], cwd=clean, env=os.environ | {"PYTHONPATH": ""}, check=True)
    return clean / "_build/html"


def test_after_all_kinds_of_edits_the_book_is_that_of_a_clean_build_byte_for_byte(book, page, tmp_path):
    assert "First words." in page("index.html")
    write(book, "Other words.")
    wait_for(lambda: "Other words." in page("index.html"))
    write(book, "Other words.", CODE + "\nprint('more')")
    wait_for(lambda: "more\n" in page("index.html"))
    greet(book, "GREETING = 'Another greeting'")
    wait_for(lambda: "Another greeting" in page("index.html") and "Another greeting" in page("chapter.html"))
    write(book, "A new file.", name="new")
    wait_for(lambda: "A new file." in page("new.html"))
    (book / "chapter.ipynb").unlink()
    wait_for(lambda: "_toc.yml: names chapter, but there is no chapter.ipynb" in fault(page))
    assert "A chapter." in page("chapter.html")
    write(book, "Without a chapter.")  # which writes the table of contents anew
    wait_for(lambda: "Without a chapter." in page("index.html"))
    write(book, "A page that {ref}`nowhere` leads to.")  # which Sphinx refuses
    wait_for(lambda: "nowhere" in fault(page))
    assert "Without a chapter." in page("index.html")
    write(book, "It leads on.", CODE + "\nprint('mended')")
    wait_for(lambda: "It leads on." in page("index.html"))
    clean = clean_build(book, tmp_path)
    assert not (clean / "chapter.html").exists()
    wait_for(lambda: not differences(book / "_build/html", clean))


def test_a_fault_is_said_in_terminal_and_open_page_which_stays_until_the_next_build_passes(book, process, page, address):
    write(book, "Words before the fault.")
    wait_for(lambda: "Words before the fault." in page("index.html"))
    with browsing.chromium() as browser:
        shown = browsing.context(browser).new_page()
        shown.set_default_timeout(120_000)
        shown.goto(address)
        shown.get_by_text("Words before the fault.").wait_for()
        write(book, "The texts hold 96 claims <b>.")
        box = shown.get_by_role("alert")
        box.wait_for()
        said = "index.ipynb, cell 2, line 1: the number '96'"
        assert box.inner_text().startswith(said)
        assert said in process.said()
        assert shown.get_by_text("Words before the fault.").is_visible()
        write(book, "No number.")
        shown.get_by_text("No number.").wait_for()
        assert not box.is_visible()
    assert not fault(page)


def test_a_file_that_is_no_notebook_is_a_fault_until_it_is_one_again(book, page):
    (book / "index.ipynb").write_text("{")
    wait_for(lambda: "index.ipynb: is not a notebook" in fault(page))
    time.sleep(3)  # the next build has met the fault too, and waits
    write(book, "A notebook again.")
    wait_for(lambda: "A notebook again." in page("index.html"))
    wait_for(lambda: not fault(page))


def test_what_an_editor_leaves_for_a_moment_or_hides_is_no_change(book, process):
    before = process.said().count("Changed: ")
    for name in ("4913", ".index.ipynb.swp", ".ipynb_checkpoints/index-checkpoint.ipynb"):
        (book / name).parent.mkdir(exist_ok=True)
        (book / name).write_text("{}")
    (book / "4913").unlink()
    time.sleep(2)
    assert process.said().count("Changed: ") == before


def test_code_is_read_again_and_what_is_wrong_with_it_is_said(book, page):
    greet(book, "GREETING = 'A third greeting'")
    wait_for(lambda: "A third greeting" in page("index.html"))
    greet(book, "GREETING = ")
    wait_for(lambda: "SyntaxError" in fault(page))
    assert "A third greeting" in page("index.html")
    greet(book, "GREETING = 'The last greeting'")
    wait_for(lambda: "The last greeting" in page("index.html"))
    wait_for(lambda: not fault(page))


def test_an_edit_of_the_watching_itself_begins_it_anew_on_the_same_port_unless_it_could_not_begin(book, process, page):
    own, whole = book / "book/run/watch.py", (book / "book/run/watch.py").read_text()
    assert '"build-fault"' in page("_reload.js")
    edit(own, '"build-fault"', '"fault-of-the-build"')
    wait_for(lambda: '"fault-of-the-build"' in page("_reload.js"))
    edit(book / "book/run/serve.py", '"""The built book on localhost."""', "1 +")
    wait_for(lambda: "SyntaxError" in fault(page))
    write(book, "Words while it is broken.")
    wait_for(lambda: process.said().rstrip().endswith("SyntaxError: invalid syntax"))
    assert "Words while it is broken." not in page("index.html")
    assert "SyntaxError" in fault(page)
    edit(book / "book/run/serve.py", "1 +", '"""The built book on localhost."""')
    wait_for(lambda: "Words while it is broken." in page("index.html"))
    own.write_text(whole)
    wait_for(lambda: '"build-fault"' in page("_reload.js"))
    wait_for(lambda: process.said().rstrip().endswith("The pages are published"))
    assert process.said().count("The book is at") == 1, "the browser was opened once more"
    assert process.poll() is None


def test_the_benchmark_of_the_loop_sees_each_change(book, tmp_path, monkeypatch):
    browsing.require()
    monkeypatch.setattr(loop, "_PAUSE", 1)
    rows = loop.loop_rounds(book, tmp_path, 1)
    assert [row["what"] for row in rows] == ["make book, a word", "make book, a cell", "make watch, a word", "make watch, a cell"]
    assert {row["round"] for row in rows} == {1}
    assert all(row["seconds"] > 0 for row in rows)


@pytest.mark.promise("faults")
def test_killed_at_any_moment_what_builds_leaves_a_whole_book_and_the_next_change_is_built(book, process, page, tmp_path):
    for name, moment in {"a": 0.0, "b": 0.5, "c": 1.0, "d": 1.5}.items():
        wait_for((book / FINISHED).exists)
        old = files_of(book / "_build/html")
        write(book, f"Words number {name}.")
        time.sleep(moment)
        for child in psutil.Process(process.pid).children(recursive=True):
            with contextlib.suppress(psutil.NoSuchProcess):
                child.kill()
        stands = files_of(book / "_build/html")
        assert stands == old or (stands.keys() == old.keys() and f"Words number {name}." in page("index.html"))
        time.sleep(1)
        write(book, f"Words after kill {name}.")
        wait_for(lambda words=f"Words after kill {name}.": words in page("index.html"))
        wait_for(lambda: not fault(page))
    clean = clean_build(book, tmp_path)
    wait_for(lambda: not differences(book / "_build/html", clean))
