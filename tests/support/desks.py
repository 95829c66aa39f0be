"""A desk for coding in tests: its server and what it answers, and the page in a real browser."""

import json
import re
import threading
import urllib.error
import urllib.request
from contextlib import contextmanager

from analysis.intake.coding_draft import Reading, draft_path
from analysis.intake.coding_page import open_desk
from book.notebooks import ROOT
from tests.support import browsing

STUDY = ROOT / "tests/support/study"
PAGE = ROOT / "analysis/intake/page"
ROW = {"row": 1, "coding": "provisions", "codes": {"dimension": "K1", "position": "They share."}, "start": 412, "end": 438}
TERM = {
    "dimension": "K1",
    "document": "Sund plan",
    "holder": "both",
    "level": "agreed",
    "voice": "author",
    "position": "They share the berths.",
}


def never(*_given):
    raise AssertionError("nothing is taken in")


@contextmanager
def served(data, source_id="cole1988", which="2", coder="", take_in=never):
    """The server of a desk, while it runs."""
    server = open_desk(data, Reading(source_id, which, coder), take_in)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def ask(server, name="", given=None, address=None, **headers):
    """The status, the headers and the content of an answer; what is given is sent as JSON, with the token of the server."""
    sent = None if given is None else given if isinstance(given, bytes) else json.dumps(given).encode()
    token = {} if sent is None else {"X-Coding-Token": server.token}
    request = urllib.request.Request(
        address or server.address + name, sent, {**token, **{key.replace("_", "-"): value for key, value in headers.items()}}
    )
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as refusal:
        return refusal.code, refusal.headers, refusal.read()


def draft_of(server):
    return json.loads(ask(server, "draft.json")[2])


def keep(server, rows, version=None, form=None):
    status, _, content = ask(server, "keep", {"version": version or draft_of(server)["version"], "rows": rows, "form": form})
    return status, draft_of(server) if status == 200 else json.loads(content)


@contextmanager
def opened(browser, data, source_id="cole1988", which="2", take_in=never, size=browsing.DESKTOP, scheme="light", **options):
    """A window that shows the page; what it says on its console, and what it asks of other machines, makes the test fail."""
    with served(data, source_id, which, take_in=take_in) as server:
        window = browsing.context(browser, size, scheme, **options)
        page, said = window.new_page(), []
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
        page.goto(server.address)
        page.locator(".paragraph").first.wait_for()
        page.said, page.window, page.server = said, window, server
        yield page
        assert window.asked == []
        assert [one for one in said if "409" not in one and "422" not in one] == []  # the browser notes each refusal of the server
        window.close()


def drag(page, words):
    """Choose words with the mouse, from the first character to the last."""
    box = page.evaluate(
        """words => {
            const walk = document.createTreeWalker(document.getElementById("words"), NodeFilter.SHOW_TEXT), nodes = []
            while (walk.nextNode()) nodes.push(walk.currentNode)
            const from = nodes.map(node => node.data).join("").indexOf(words), range = document.createRange()
            let past = 0
            for (const node of nodes) {
                const begin = from - past, end = from + words.length - past
                if (begin >= 0 && begin < node.length) range.setStart(node, begin)
                if (end > 0 && end <= node.length) range.setEnd(node, end)
                past += node.length
            }
            const boxes = [...range.getClientRects()], first = boxes[0], last = boxes.at(-1)
            return [first.left + 1, first.top + first.height / 2, last.right - 1, last.top + last.height / 2]
        }""",
        words,
    )
    page.mouse.move(*box[:2])
    page.mouse.down()
    page.mouse.move(*box[2:], steps=4)
    page.mouse.up()


def fill(page, **codes):
    for column, value in codes.items():
        field = page.locator(f"#f-{column}")
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)


def kept(page):
    """The rows that the draft on disk holds, once the page says that they are kept."""
    page.locator("#kept", has_text=re.compile("^kept$")).wait_for()
    return {row["row"]: row for row in json.loads(draft_path(page.server.desk.data, page.server.desk.reading).read_text())["rows"]}


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def code_by_mouse(page, words="agreed to share the berths", **codes):
    drag(page, words)
    page.get_by_role("button", name="Code", exact=True).click()
    fill(page, **(TERM | codes))
    page.get_by_role("button", name="Save row").click()
