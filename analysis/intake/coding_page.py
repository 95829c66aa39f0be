"""The page on which a person codes a text, served on this machine alone: `serve_coding_page`."""

import contextlib
import json
import secrets
import shlex
import threading
import webbrowser
from collections.abc import Callable, Iterator
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from analysis.corpus.columns import NAME
from analysis.corpus.errors import DataError, Problem
from analysis.corpus.reader import load_corpus
from analysis.intake import coding_address, coding_draft
from analysis.intake.coding_draft import Reading, ReadingDraft, draft_path
from analysis.intake.coding_faults import KnownFaults
from analysis.intake.coding_form import page_content
from analysis.intake.take_in import take_in
from analysis.validation.rules import keeps

READINGS = ("1", "2", "adjudicated", "person")

TakeIn = Callable[..., list[str]]

_PAGE = Path(__file__).with_name("page")

_KINDS = {".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}

_ANALYSIS = "analysis"

_LONGEST_REQUEST = 20_000_000  # bytes

_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}

Answer = tuple[HTTPStatus, dict[str, Any]]

_CONFLICT = HTTPStatus.CONFLICT, {"error": "another window changed the rows since this one read them"}


class CodingDesk:
    """One reading of one text, on which several windows may work, one request at a time: what they show, what they keep, and its end."""

    def __init__(self, data: Path, reading: Reading, take_in: TakeIn) -> None:
        self.data, self.reading, self.take_in = data, reading, take_in
        self.lock = threading.Lock()
        self.corpus = load_corpus(data)
        self.faults = KnownFaults(reading.source_id, reading.which)
        self.held: tuple[object, ReadingDraft] | None = None  # the draft, and the state of the file from which it is
        if problems := _refused(self.corpus.raw, reading):
            raise DataError(problems)
        self.draft()

    def content(self) -> dict[str, Any]:
        """Text and codebook, as the data folder has them now."""
        self.corpus = load_corpus(self.data)
        source_id, which, coder = self.reading
        again = f"{_ANALYSIS} code {source_id} --pass {which}{f' --coder {shlex.quote(coder)}' if coder else ''}"
        return page_content(self.corpus, source_id, which) | {"pass": which, "coder": coder, "again": again}

    def draft(self) -> ReadingDraft:
        """The draft as it is on disk, which another server may have written."""
        state = (self.corpus, coding_draft.state_of(draft_path(self.data, self.reading)))
        if self.held is None or self.held[0] != state:
            self.held = (state, coding_draft.read_draft(self.corpus, self.reading))
        return self.held[1]

    def shown(self, draft: ReadingDraft) -> dict[str, Any]:
        """A draft as windows get it: its rows, its version, and what is wrong with each row."""
        rows = [one.annotation for one in draft.rows]
        faults = self.faults.of(self.corpus, rows)  # a row that is being typed is not among them yet
        return coding_draft.as_json(draft) | {"version": coding_draft.version_of(draft), "faults": faults}

    def keep(self, given: dict[str, Any]) -> Answer:
        """Keep the rows that a window sends, if it knew the newest ones; what is wrong with them is asked for by itself."""
        if given.get("version") != coding_draft.version_of(self.draft()):
            return _CONFLICT
        draft = coding_draft.parsed_draft(self.corpus, self.reading, given)
        coding_draft.write_draft(self.corpus, self.reading, draft)
        return HTTPStatus.OK, {"version": coding_draft.version_of(draft)}

    def finish(self, given: dict[str, Any]) -> Answer:
        """Take the rows into the data folder; the draft has then done its work."""
        draft = self.draft()
        if given.get("version") != coding_draft.version_of(draft):
            return _CONFLICT
        rows, file = coding_draft.annotations_of(draft), f"{coding_draft.DRAFT_FOLDER}/{self.reading.file}"
        try:
            if not rows:
                raise DataError([Problem(file, None, None, "has no row", "code a stretch of the text first")])
            written = self.take_in(self.data, self.reading.source_id, rows, self.reading.which, file, self.reading.coder)
        except DataError as error:
            return HTTPStatus.UNPROCESSABLE_ENTITY, {"problems": [problem._asdict() for problem in error.problems]}
        begun_with = {one.annotation.coding for one in coding_draft.first_rows(self.corpus, self.reading) if not one.drafted}
        emptied = sorted(begun_with - {one.coding for one in rows})
        written = [*written, *(f"No row of {coding} was left here: its table keeps those that it has." for coding in emptied)]
        draft_path(self.data, self.reading).unlink(missing_ok=True)
        self.corpus = load_corpus(self.data)
        return HTTPStatus.OK, {"written": written, "next": list(_what_is_next(self.reading))}


def _what_is_next(reading: Reading) -> Iterator[str]:
    """Sentences on what is to be done when a reading is in."""
    yield f"Run {_ANALYSIS} status {reading.source_id}: it says what is done and what is left."
    yield "This page may be closed then: Ctrl+C in the terminal ends the command that shows it."
    if reading.which in ("1", "adjudicated"):
        yield "Then write the text's argument and summary in sources.csv, and its cells of the book's table in book_table.csv."


def _refused(texts: dict[str, str], reading: Reading) -> list[Problem]:
    """What is wrong with the request for a page."""
    faults = [
        (reading.source_id in texts, reading.source_id, "is no text", f"use one of {', '.join(texts)}"),
        (reading.which in READINGS, f"--pass {reading.which}", "is no reading", f"use one of {', '.join(READINGS)}"),
        (reading.which != "person" or bool(reading.coder), "--coder", "is missing with --pass person", "name the person"),
        (not reading.coder or keeps(NAME, reading.coder), "--coder", "is no name", NAME.remedy),
    ]
    return [Problem(file, None, None, message, remedy) for holds, file, message, remedy in faults if not holds]


class CodingServer(ThreadingHTTPServer):
    """Serves one desk to whoever knows the token, which stays from start to start: http://127.0.0.1:<port>/<token>/."""

    def __init__(self, desk: CodingDesk, port: int) -> None:
        self.desk, self.token = desk, coding_address.token_of(desk.data, desk.reading)
        super().__init__(("127.0.0.1", port), _Handler)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/{self.token}/"


class _Handler(BaseHTTPRequestHandler):
    server: CodingServer
    server_version, sys_version, timeout = "coding", "", 60

    def do_GET(self) -> None:
        desk = self.server.desk
        made: dict[str, Callable[[], dict[str, Any]]] = {"content.json": desk.content, "draft.json": lambda: desk.shown(desk.draft())}
        name = self._asked()
        if name in made:
            self._answer_made(lambda: (HTTPStatus.OK, made[name]()))
        elif name is not None and (name or "coding.html") in {path.name for path in _PAGE.iterdir()}:
            path = _PAGE / (name or "coding.html")
            self._send(HTTPStatus.OK, path.read_bytes(), _KINDS[path.suffix])
        elif name is not None:
            self._say(HTTPStatus.NOT_FOUND, "there is no such page")

    def do_POST(self) -> None:
        made = {"keep": self.server.desk.keep, "finish": self.server.desk.finish}
        name = self._asked()
        if name is None:
            return
        if name not in made:
            self._say(HTTPStatus.NOT_FOUND, "there is no such page")
        elif not secrets.compare_digest(self.headers.get("X-Coding-Token", "").encode(), self.server.token.encode()):
            self._say(HTTPStatus.FORBIDDEN, "the token is missing")
        elif (given := self._given()) is not None:
            self._answer_made(lambda: made[name](given))

    def _asked(self) -> str | None:
        """The name behind the token; None, and the answer is given, where the request is not of this page."""
        port = self.server.server_port
        own = {f"{host}:{port}" for host in ("127.0.0.1", "localhost")}
        if self.headers.get("Host") not in own or self.headers.get("Origin", f"http://127.0.0.1:{port}").removeprefix("http://") not in own:
            self._say(HTTPStatus.FORBIDDEN, "this page is for its own machine")
            return None
        _, token, *names = self.path.partition("?")[0].split("/") if self.path.count("/") == 2 else ("", "", "")
        if not secrets.compare_digest(token.encode(), self.server.token.encode()):
            self._say(HTTPStatus.NOT_FOUND, "there is no such page; use the address that the command printed")
            return None
        return names[0]

    def _given(self) -> dict[str, Any] | None:
        """The JSON object that was sent; None, and the answer is given, where there is none."""
        length = self.headers.get("Content-Length", "")
        if not (length.isascii() and length.isdigit()) or int(length) > _LONGEST_REQUEST:
            self._say(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too much was sent, or it does not say how much")
            return None
        try:
            given = json.loads(self.rfile.read(int(length)), parse_constant=_no_number)
        except (ValueError, RecursionError):
            given = None
        if not isinstance(given, dict):
            self._say(HTTPStatus.BAD_REQUEST, "what was sent is no object in JSON")
            return None
        return given

    def _answer_made(self, make: Callable[[], Answer]) -> None:
        try:
            with self.server.desk.lock:
                status, answer = make()
        except UnicodeEncodeError:
            status, answer = HTTPStatus.BAD_REQUEST, {"error": "what was sent holds half a character"}
        except (ValueError, RecursionError) as error:
            status, answer = HTTPStatus.BAD_REQUEST, {"error": str(error)}
        except DataError as error:
            status, answer = HTTPStatus.INTERNAL_SERVER_ERROR, {"error": str(error)}
        except OSError as error:
            status, answer = HTTPStatus.INTERNAL_SERVER_ERROR, {"error": f"{error.filename}: {error.strerror}"}
        self._send(status, json.dumps(answer).encode(), "application/json")

    def _say(self, status: HTTPStatus, error: str) -> None:
        self._send(status, json.dumps({"error": error}).encode(), "application/json")

    def _send(self, status: HTTPStatus, content: bytes, kind: str) -> None:
        self.send_response(status)
        for name, value in {**_HEADERS, "Content-Type": f"{kind}; charset=utf-8", "Content-Length": str(len(content))}.items():
            self.send_header(name, value)
        self.end_headers()
        with contextlib.suppress(ConnectionError):  # the window was closed
            self.wfile.write(content)

    def log_message(self, *_arguments: object) -> None:
        pass


def _no_number(name: str) -> None:
    """Refuse what Python would read as a number and a browser would not: NaN, Infinity."""
    raise ValueError(f"{name} is no JSON")


def open_desk(data: Path, reading: Reading, take_in: TakeIn, port: int = 0) -> CodingServer:
    """A server of the page, without a `port` at that of the reading, or at a free one where that is in use.

    Raises DataError for an unknown text or reading, a spoiled draft, and a `port` that is in use.
    """
    desk = CodingDesk(data, reading, take_in)
    if not port:
        with contextlib.suppress(OSError):
            return CodingServer(desk, coding_address.port_of(data, reading))
    try:
        return CodingServer(desk, port)
    except (OSError, OverflowError):
        raise DataError([Problem(f"port {port}", None, None, "is in use or cannot be used", "give another, or none")]) from None


def serve_coding_page(data: Path, source_id: str, which: str, port: int = 0, open_browser: bool = True, coder: str = "") -> None:
    """Serve the page on which a reading of a text is coded, until it is interrupted; prints its address and opens it in the browser.

    `which` is "1", "2", "adjudicated" or "person", which needs the name of the `coder`. Raises DataError as `open_desk` does.
    """
    server = open_desk(data, Reading(source_id, which, coder), take_in, port)
    draft = draft_path(data, server.desk.reading)
    print(f"Code {source_id} at {server.address} (stop with Ctrl+C).")
    print(f"Each change is kept in {draft} until you finish.")
    if open_browser:
        with contextlib.suppress(OSError, webbrowser.Error):
            webbrowser.open(server.address)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        kept = f" What you coded is kept in {draft}; the same command goes on from there." if draft.exists() else ""
        print(f"\nStopped.{kept}")
    finally:
        server.server_close()
