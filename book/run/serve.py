"""The built book on localhost."""

import contextlib
import functools
import http.server
import webbrowser
from collections.abc import Sequence
from pathlib import Path

from book.notebooks import BookError
from book.run.execute import Report
from book.run.lock import build_lock

_PORTS = range(8000, 8020)


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    """Serves the files of a folder, and says nothing of it."""

    def log_message(self, *_arguments: object) -> None:
        pass


def open_server(html: Path, handler: type[QuietHandler] = QuietHandler, port: int | None = None) -> http.server.ThreadingHTTPServer:
    """A server of the folder `html` on `port` of this machine, or on the first that is free. Raises BookError where none is."""
    ports: Sequence[int] = _PORTS if port is None else [port]
    for port in ports:
        with contextlib.suppress(OSError):
            return http.server.ThreadingHTTPServer(("127.0.0.1", port), functools.partial(handler, directory=str(html)))
    raise BookError(f"ports {ports[0]} to {ports[-1]} are all in use. Remedy: stop one of the servers there.")


def open_browser(server: http.server.ThreadingHTTPServer, report: Report) -> None:
    """Say where the book is, and open it in the browser."""
    address = f"http://127.0.0.1:{server.server_port}/"
    report(f"The book is at {address} (stop with Ctrl+C)")
    with contextlib.suppress(OSError, webbrowser.Error):
        webbrowser.open(address)


def serve(root: Path, report: Report = print) -> None:
    """Serve `_build/html` on the first free port until interrupted, and open it in the browser."""
    html = root / "_build/html"
    with contextlib.suppress(BookError, OSError), build_lock(root):
        pass  # what a killed build left is mended; a running one, or a checkout that cannot be written to, is no reason not to read
    if not (html / "index.html").exists():
        raise BookError("there is no book yet. Remedy: run `make book` first.")
    server = open_server(html)
    open_browser(server, report)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        report("")
