"""What the book promises, by name. A test that proves one carries the mark `promise(name)`; the README's table is made from both.

`python -m tests.promises` (`make promises`) writes the table into the README.
"""

import re
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parent
README = TESTS.parent / "README.md"
TABLE = re.compile(r"(?<=<!-- promises -->\n).*?(?=<!-- end of promises -->)", re.DOTALL)

PROMISES = {
    "quotations": "No page shows more than 60 words of a text in a row; every quotation is verbatim.",
    "numbers": "Every number in the prose was computed by a cell, or stands on a reviewed list.",
    "fair words": "The authors use none of the loaded words on a reviewed list in their own voice.",
    "references": "Every cite key has an entry, every entry is used, every link is well-formed.",
    "results": "A fresh run gives the committed results.",
    "notebooks": "Chapters are committed without outputs, with short cells, and nothing in them depends on machine or chance.",
    "same book": "Two builds of one commit give the same bytes, wherever and whenever they are made.",
    "faults": "Whatever stops a build, the book that stood stays whole, and the next build gives what a clean one gives.",
    "bad input": "Bad data are refused with file, row, column and remedy, never with a traceback.",
    "hostile input": "What a text or a coding holds is shown as text: it can run nothing, in a browser or a spreadsheet.",
    "no request": "No page asks anything of another machine, and its Content-Security-Policy would not let it.",
    "archive": "`measure` gives every document of an archive the numbers that the plain functions give, and loses none, killed or not.",
}


class Collected:
    """A plugin of pytest that keeps what was collected."""

    items = ()

    def pytest_collection_finish(self, session):
        self.items = tuple(session.items)


def collect():
    """Every test of the suite, none of them run. Raises ValueError where they cannot be read."""
    collected = Collected()
    quiet = ["-p", "no:terminal", "--override-ini", "addopts=--import-mode=importlib --strict-markers"]
    if pytest.main(["--collect-only", *quiet], plugins=[collected]) != pytest.ExitCode.OK:
        raise ValueError("the tests cannot be collected. Remedy: see what `pytest --collect-only` says")
    return collected.items


def unknown(items):
    """Marks that name no promise: "place: name"."""
    return [f"{item.nodeid}: {mark.args}" for item in items for mark in item.iter_markers("promise") if mark.args[:1] not in
            {(name,) for name in PROMISES}]  # fmt: skip


def proofs(items):
    """The tests that prove each promise: {name: {file: {function: whether all its cases are slow}}}."""
    found = {name: {} for name in PROMISES}
    for item in items:
        for mark in item.iter_markers("promise"):
            functions, slow = (
                found[mark.args[0]].setdefault(item.path.relative_to(TESTS).as_posix(), {}),
                item.get_closest_marker("slow") is not None,
            )
            functions[item.originalname] = slow and functions.get(item.originalname, True)
    return found


def table(found):
    """The table of the README, in Markdown. Raises ValueError for a promise that no test proves."""
    if broken := [name for name, tests in found.items() if not tests]:
        raise ValueError(f"no test proves {', '.join(broken)}. Remedy: mark one, or make no such promise")
    rows = [f"| {PROMISES[name]} | {'; '.join(map(proof, tests.items()))} |\n" for name, tests in found.items()]
    return "| what is promised | which tests prove it |\n|---|---|\n" + "".join(rows)


def proof(of_file):
    """The tests of one file as words, with a star where only `make test-all` runs them."""
    file, functions = of_file
    words = [name.removeprefix("test_").replace("_", " ") + "\\*" * slow for name, slow in functions.items()]
    return f"[{file}](tests/{file}): {', '.join(words)}"


def written(readme, made):
    """The text of the README with the table `made` in its place. Raises ValueError where it has no place for it."""
    if len(TABLE.findall(readme)) != 1:
        raise ValueError("README.md: has no place for the table of promises. Remedy: restore the lines <!-- promises --> and its end")
    return TABLE.sub(lambda _old: made, readme)


def main():
    try:
        made = table(proofs(collect()))
        README.write_text(written(README.read_text(encoding="utf-8"), made), encoding="utf-8")
    except ValueError as error:
        sys.exit(str(error))
    print(f"Wrote {len(PROMISES)} promises to README.md")


if __name__ == "__main__":
    main()
