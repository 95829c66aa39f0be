"""The loop of an author: seconds from a saved change to the page that holds it: `python -m batch.benchmarks.loop FOLDER [ROUNDS]`.

With `make watch`, that is the page that stands open in a browser; with `make book`, the end of the command.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import nbformat
from playwright.sync_api import Error, Page, sync_playwright

from batch.benchmarks.builds import CHANGED
from batch.benchmarks.fresh import REPOSITORY, Failed, run_measured
from batch.benchmarks.run import Row
from book.notebooks import notebook_names
from book.reproduce import NOT_COPIED

CHANGES = 10
_PAUSE = 10.0  # seconds between two changes, as an author makes them
_PATIENCE = 300.0
_MARK = "loopmark"
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]


def loop_rounds(root: Path, place: Path, rounds: int = CHANGES) -> list[Row]:
    """Change a word and a cell of a copy of the book of `root` below `place`, `rounds` times each; returns a row for each change.

    Its columns: what (the command, and what changed), round, seconds. Raises Failed.
    """
    copy = shutil.copytree(root, place / "book", ignore=NOT_COPIED)
    names = notebook_names(copy)
    page = names[min(CHANGED, len(names) - 1)]
    file, build = copy / f"{page}.ipynb", [sys.executable, "-m", "book", "build"]
    run_measured(*build, root=copy)
    rows: list[Row] = []
    for number in range(rounds):
        for kind in ("word", "cell"):
            change(file, kind, number)
            rows.append({"what": f"make book, a {kind}", "round": number + 1, "seconds": run_measured(*build, root=copy).seconds})
    with _watched(copy, place / "watch.log") as address, _open_page(f"{address}{page}.html") as shown:
        for number in range(rounds, 2 * rounds):
            for kind in ("word", "cell"):
                time.sleep(_PAUSE)
                words, begin = change(file, kind, number), time.perf_counter()
                shown.get_by_text(words).first.wait_for(state="attached", timeout=_PATIENCE * 1000)
                rows.append({"what": f"make watch, a {kind}", "round": number - rounds + 1, "seconds": time.perf_counter() - begin})
    return rows


def change(file: Path, kind: str, number: int) -> str:
    """Change a word of a notebook, or what a cell prints; returns the words that its page holds then."""
    notebook, words = nbformat.read(file, 4), f"{_MARK} {kind} {'abcdefghij'[number // 10]}{'abcdefghij'[number % 10]}"
    cell = [cell for cell in notebook.cells if cell.cell_type == ("markdown" if kind == "word" else "code")][-1]
    cell.source = re.sub(rf"\n+.*{_MARK}.*", "", cell.source) + (f"\n\nA {words}." if kind == "word" else f"\nprint({words!r})")
    nbformat.write(notebook, file)
    return words


@contextmanager
def _watched(root: Path, said: Path) -> Iterator[str]:
    """Where `make watch` serves the book in `root`; what it says goes into the file `said`."""
    with open(said, "w") as log:
        command, quiet = [sys.executable, "-m", "book", "watch"], os.environ | {"BROWSER": "true"}
        process = subprocess.Popen(command, cwd=root, env=quiet, stdout=log, stderr=log, start_new_session=True)
    try:
        end = time.monotonic() + _PATIENCE
        while not (address := re.search(r"http://\S+/", said.read_text())):
            if time.monotonic() > end or process.poll() is not None:
                raise Failed(f"make watch served nothing; see {said}")
            time.sleep(0.1)
        yield address[0]
    finally:
        os.killpg(process.pid, signal.SIGTERM)  # who runs in the background hears no SIGINT
        process.wait()


@contextmanager
def _open_page(address: str) -> Iterator[Page]:
    """A page that stands open in Chromium. Raises Failed, too where a change did not come into it."""
    browser = next(filter(None, map(shutil.which, _BROWSERS)), None)
    if browser is None:
        raise Failed("the loop is measured in Chromium, which is not installed")
    try:
        with sync_playwright() as driver:
            page = driver.chromium.launch(executable_path=browser, args=_FLAGS).new_page()
            page.goto(address)
            yield page
    except Error as error:
        raise Failed(str(error)) from error


if __name__ == "__main__":
    if Path(sys.argv[1]).exists():
        sys.exit(f"{sys.argv[1]} is there already. Remedy: name a folder that is not, for the copy that is measured.")
    print(json.dumps(loop_rounds(REPOSITORY, Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else CHANGES)))
