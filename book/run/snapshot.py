"""What a chapter computed, and the committed results it is held against: the numbers of its prose, the data of its figures and tables."""

import difflib
import json
import re
from pathlib import Path

from analysis.files import put

PREFIX = "application/papermill.record/"
FRACTION = re.compile(r"-?\d+\.\d+(?:e[-+]?\d+)?")


def results(executed):
    """The results of an executed notebook: {name: value as text} for numbers, {name: lines of CSV} for figures and tables.

    Fractions in CSV are rounded to six digits: beyond that, machines may differ. Names that are given twice raise ValueError.
    """
    found = {}
    for cell in executed.cells:
        for output in cell.get("outputs", []):
            name, value = named(output.get("metadata", {}), output.get("data", {}))
            if name in found:
                raise ValueError(f"{name} is named twice")
            if name:
                found[name] = value
    return found


def named(metadata, data):
    """(name, value) of an output that is a result; (None, None) for any other."""
    if name := metadata.get("scrapbook", {}).get("name"):
        return name, data[f"{PREFIX}text/plain"]
    if name := (metadata.get("figure") or metadata.get("table") or {}).get("name"):
        return name, FRACTION.sub(lambda number: f"{float(number[0]):.6g}", data["text/csv"]).splitlines()
    return None, None


def expected_file(root, name):
    return Path(root) / "tests/expected" / f"{name}.json"


def as_text(values):
    """Results as they are committed: one line a value or a row, in the order of their names."""
    return json.dumps(values, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def changes(root, executed):
    """How the results of executed notebooks differ from the committed ones, as a unified diff; "" where they do not."""
    return "".join(change(expected_file(root, name), name, as_text(results(notebook))) for name, notebook in executed.items())


def change(file, name, now):
    before = file.read_text(encoding="utf-8") if file.exists() else ""
    lines = difflib.unified_diff(before.splitlines(), now.splitlines(), f"{name}, committed", f"{name}, now", n=0, lineterm="")
    return "".join(f"{line}\n" for line in lines)


def write_expected(root, executed):
    """Write the results of all executed notebooks as the expected ones; returns the files."""
    files = []
    for name, notebook in executed.items():
        file = expected_file(root, name)
        file.parent.mkdir(parents=True, exist_ok=True)
        put(file, as_text(results(notebook)))
        files.append(file)
    return files
