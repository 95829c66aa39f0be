"""What the book promises, by name. A test that proves one carries the mark `promise(name)`; the README's list is made from both.

`python -m tests.promises` (`make promises`) writes the list into the README.
"""

import ast
import re
import sys
from pathlib import Path

TESTS = Path(__file__).resolve().parent
README = TESTS.parent / "README.md"
_LIST = re.compile(r"(?<=<!-- promises -->\n).*?(?=<!-- end of promises -->)", re.DOTALL)

PROMISES = {
    "quotations": "No page shows more than 60 words of a text in a row; every quotation is verbatim.",
    "numbers": "Every number in the prose was computed by a cell, or stands on a reviewed list.",
    "true sentences": "A sentence that says how many texts, or which, was made from the data or stands under a condition that the build holds; a headline that fails stops it.",
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


def marked(source: str) -> set[str]:
    """The promises that the marks in the source of a file of tests name."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    return {ast.literal_eval(call.args[0]) for call in calls if ast.unparse(call.func) == "pytest.mark.promise"}


def proofs(tests: Path = TESTS) -> dict[str, list[str]]:
    """The files of tests that prove each promise. Raises ValueError for a promise without any, and for a mark that names no promise."""
    found: dict[str, list[str]] = {name: [] for name in PROMISES}
    for file in sorted(tests.rglob("test_*.py")):
        for name in marked(file.read_text(encoding="utf-8")):
            if name not in found:
                raise ValueError(f"{file.relative_to(tests)}: the mark {name!r} names no promise of tests/promises.py. Remedy: correct it")
            found[name].append(file.relative_to(tests).as_posix())
    if broken := [name for name, files in found.items() if not files]:
        raise ValueError(f"no test proves {', '.join(broken)}. Remedy: mark one, or make no such promise")
    return found


def promise_list(found: dict[str, list[str]]) -> str:
    """The list of the README, in Markdown: a line a promise, with links to the files that prove it."""
    links = {name: ", ".join(f"[{Path(file).stem.removeprefix('test_')}](tests/{file})" for file in files) for name, files in found.items()}
    return "".join(f"- {PROMISES[name]} ({links[name]})\n" for name in found)


def with_list(readme: str, made: str) -> str:
    """The text of the README with the list `made` in its place. Raises ValueError where it has no place for it."""
    if len(_LIST.findall(readme)) != 1:
        raise ValueError("README.md: has no place for the list of promises. Remedy: restore the lines <!-- promises --> and its end")
    return _LIST.sub(lambda _old: made, readme)


def main() -> None:
    try:
        README.write_text(with_list(README.read_text(encoding="utf-8"), promise_list(proofs())), encoding="utf-8")
    except ValueError as error:
        sys.exit(str(error))
    print(f"Wrote {len(PROMISES)} promises to README.md")


if __name__ == "__main__":
    main()
