"""The built book on localhost."""

import contextlib
import functools
import http.server
import webbrowser

from book.notebooks import ROOT, BookError
from book.run.lock import alone

PORTS = range(8000, 8020)


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_arguments):
        pass


def serve(root=ROOT, report=print):
    """Serve `_build/html` on the first free port until interrupted, and open it in the browser."""
    html = root / "_build/html"
    with contextlib.suppress(BookError, OSError), alone(root):
        pass  # what a killed build left is mended; a running one, or a checkout that cannot be written to, is no reason not to read
    if not (html / "index.html").exists():
        raise BookError("there is no book yet. Remedy: run `make book` first.")
    for port in PORTS:
        try:
            server = http.server.ThreadingHTTPServer(("127.0.0.1", port), functools.partial(Quiet, directory=html))
        except OSError:
            continue
        address = f"http://127.0.0.1:{port}/"
        report(f"The book is at {address} (stop with Ctrl+C)")
        try:
            with contextlib.suppress(OSError, webbrowser.Error):
                webbrowser.open(address)
            server.serve_forever()
        except KeyboardInterrupt:
            report("")
        return
    raise BookError(f"ports {PORTS.start} to {PORTS.stop - 1} are all in use. Remedy: stop one of the servers there.")
