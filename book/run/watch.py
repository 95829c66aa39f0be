"""The book on localhost while it is written: a change rebuilds what it touches, and the open page reloads.

Each rebuild is a process of its own, so it sees code as it is now; it is forked from one that has the libraries loaded already. A fault is
said in the terminal, and the page stays as it was. The script that reloads is added by this server alone: no published file holds it.
"""

import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import watchfiles

from book.run.execute import Report
from book.run.fingerprint import book_parts
from book.run.serve import QuietHandler, open_browser, open_server

_LIBRARIES = ["jupyter_book.sphinx", "myst_nb.sphinx_ext", "sphinx_book_theme", "sphinxcontrib.bibtex", "sphinx.ext.autodoc", "nbclient",
              "matplotlib.figure", "pandas", "pandera.pandas", "lxml.html", "textstat", "rispy"]  # fmt: skip
_SCRIPT = b"""let built;
setInterval(async () => {
  const now = await (await fetch("/_built")).text();
  if (now !== (built ??= now)) location.reload();
}, 300);
"""


class _ReloadingHandler(QuietHandler):
    """Serves the pages with a script that asks how often the book was built, and reloads when that changes."""

    n_built = 0

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if self.path == "/_built":
            self._send(str(self.n_built).encode(), "text/plain")
        elif self.path == "/_reload.js":
            self._send(_SCRIPT, "text/javascript")
        elif path.suffix == ".html" and path.is_file():
            self._send(path.read_bytes().replace(b"</body>", b'<script src="/_reload.js"></script></body>'), "text/html; charset=utf-8")
        else:
            super().do_GET()

    def _send(self, content: bytes, kind: str) -> None:
        self.send_response(200)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(content)), "Cache-Control": "no-store"}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)


def watch(root: Path, build: Callable[[Path], object], report: Report = print) -> None:
    """Build the book in `root`, serve it until interrupted, and build it again after every change of what it is made from.

    `build` is a function at the top of a module, which raises what stops it.
    """
    forked = multiprocessing.get_context("forkserver")
    forked.set_forkserver_preload(_LIBRARIES)

    def rebuild() -> None:
        process = forked.Process(target=build, args=(root,), daemon=True)  # it ends with this one
        process.start()
        process.join()
        _ReloadingHandler.n_built += process.exitcode == 0

    rebuild()
    server = open_server(root / "_build/html", _ReloadingHandler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    open_browser(server, report)
    for changes in watchfiles.watch(*_folders(root), recursive=False, debounce=200, step=50, raise_interrupt=False):
        report(f"Changed: {', '.join(sorted(os.path.relpath(path, root) for _, path in changes))}")
        rebuild()


def _folders(root: Path) -> Iterator[Path]:
    """The folders that hold what the book is made from."""
    yield root
    for part in book_parts(root):
        if part.is_dir():
            yield from (Path(place) for place, _, _ in os.walk(part) if not place.endswith("__pycache__"))
