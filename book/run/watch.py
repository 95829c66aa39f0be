"""The book on localhost while it is written: a change rebuilds what it touches, and the open page reloads.

A fault is said in the terminal and in the page, which stays as it was; the next build that passes takes it away. The script that does both
is added by this server alone: no published file holds it. Where more than pages changed, data, code (this module too) or settings, the
program begins anew, on the same port.
"""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import watchfiles

from book.notebooks import ROOT, BookError, page_names
from book.run.execute import Report
from book.run.fingerprint import CODE, book_parts, files_in
from book.run.living import Build, Ended, living
from book.run.serve import QuietHandler, open_browser, open_server

_PORT = "BOOK_WATCH_PORT"  # the variable by which the program, begun anew, knows its port
_STARTS = "import book.cli, book.run.watch"  # what has to work for the program to begin
_SWAP_SECONDS = 0.5  # in which one book takes the place of the other, at most
_NO_BOOK = b"<!DOCTYPE html><title>No book yet</title><body><p>There is no book yet: it comes when a build passes.</p></body>"
_SCRIPT = b"""const mine = document.currentScript.dataset.built;
let shown;
setInterval(async () => {
  const answer = await fetch("/_built").catch(() => null);
  if (!answer) return;
  const {built, fault} = await answer.json();
  if (built && String(built) !== mine) location.reload();
  if (fault === shown) return;
  shown = fault;
  document.getElementById("build-fault")?.remove();
  if (!shown) return;
  const box = document.createElement("pre");
  box.id = "build-fault";
  box.role = "alert";
  box.textContent = shown;
  Object.assign(box.style, {position: "fixed", inset: "auto 0 0 0", zIndex: 9999, margin: 0, padding: "1rem", maxHeight: "50vh",
    overflow: "auto", whiteSpace: "pre-wrap", color: "#fff", background: "#8b1a1a"});
  document.body.append(box);
}, 100);
"""


class _ReloadingHandler(QuietHandler):
    """Serves the pages with a script that asks when the book was built, and what is wrong with it now."""

    built, fault = 0.0, ""  # the time of the last build by this program, 0 before

    def do_GET(self) -> None:
        path = self._file()
        if self.path == "/_built":
            self._send(json.dumps({"built": self.built, "fault": self.fault}).encode(), "application/json")
        elif self.path == "/_reload.js":
            self._send(_SCRIPT, "text/javascript")
        elif path.suffix == ".html" and path.is_file():
            self._send_page(path.read_bytes())
        elif path == Path(self.directory) / "index.html":
            self._send_page(_NO_BOOK)
        else:
            super().do_GET()

    def _file(self) -> Path:
        """The file that is asked for; while one book takes the place of the other there is none, so that is waited for."""
        end = time.monotonic() + _SWAP_SECONDS
        while not Path(self.directory).is_dir() and time.monotonic() < end:
            time.sleep(0.01)
        path = Path(self.translate_path(self.path))
        return path / "index.html" if path.is_dir() or path == Path(self.directory) else path

    def _send_page(self, page: bytes) -> None:
        script = f'<script src="/_reload.js" data-built="{self.built}"></script></body>'.encode()
        self._send(page.replace(b"</body>", script), "text/html; charset=utf-8")

    def _send(self, content: bytes, kind: str) -> None:
        self.send_response(200)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(content)), "Cache-Control": "no-store"}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)


def watch(root: Path, build: Build, report: Report = print) -> None:
    """Build the book in `root`, serve it until interrupted, and build it again after every change of what it is made from.

    `build`: see `book.run.living`.
    """
    port, known = os.environ.pop(_PORT, None), set(files_in(*book_parts(root), *CODE))
    with living(root, build) as build_now:
        server = open_server(root / "_build/html", _ReloadingHandler, int(port) if port else None)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        shown, outdated = bool(port), False  # whether the browser shows the book, and whether this program is of old code
        for changed in _changes(root, known):
            if changed:
                report(f"Changed: {', '.join(os.path.relpath(path, root) for path in sorted(changed))}")
            outdated = outdated or not changed <= _pages(root)
            fault = _start_fault() if outdated else ""
            if outdated and not fault:
                break
            try:
                fault = fault or build_now()
            except Ended as error:
                fault, outdated = str(error), True
            _ReloadingHandler.fault = fault
            _ReloadingHandler.built = _ReloadingHandler.built if fault else time.time()
            report(fault or "The pages are published")
            if not shown:
                open_browser(server, report)
                shown = True
        else:
            return  # interrupted
    _begin_anew(server.server_port)


def _changes(root: Path, known: set[str]) -> Iterator[set[Path]]:
    """First, when changes are heard, nothing; then, after each, what changed of what the book in `root` is made from.

    `known` are its files at the start: what an editor made and removed again is no change.
    """
    ignored = watchfiles.DefaultFilter(
        ignore_dirs=[*watchfiles.DefaultFilter.ignore_dirs, ".ipynb_checkpoints"],
        ignore_entity_patterns=[*watchfiles.DefaultFilter.ignore_entity_patterns, r"^\."],
        ignore_paths=[root / "_build"],
    )
    heard = False
    heard_from = watchfiles.watch(
        *_folders(root), watch_filter=ignored, recursive=False, raise_interrupt=False,
        debounce=200, step=50, rust_timeout=200, yield_on_timeout=True,
    )  # fmt: skip
    for changes in heard_from:
        changed = {Path(path) for _, path in changes if path in known or Path(path).exists()}
        if changed or not heard:
            heard = True
            yield changed


def _folders(root: Path) -> Iterator[Path]:
    """The folders that hold what the book is made from."""
    yield root
    for part in dict.fromkeys([*book_parts(root), *CODE]):
        if part.is_dir():
            yield from (Path(place) for place, _, _ in os.walk(part) if not place.endswith("__pycache__"))


def _pages(root: Path) -> set[Path]:
    """The files of the pages."""
    try:
        return {file for name in page_names(root) for file in (root / f"{name}.ipynb", root / f"{name}.md") if file.exists()}
    except BookError:
        return set()


def _start_fault() -> str:
    """Why this program could not begin anew, in words; "" where it can."""
    tried = subprocess.run([sys.executable, "-c", _STARTS], cwd=ROOT, stderr=subprocess.PIPE, text=True)
    return tried.stderr if tried.returncode else ""


def _begin_anew(port: int) -> NoReturn:
    """Begin this program again, with its code as it is now."""
    os.environ[_PORT] = str(port)
    os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])
