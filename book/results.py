"""The numbers that a chapter computed for its prose, and the committed results they are held against."""

import json
from pathlib import Path

PREFIX = "application/papermill.record/"


def results(executed):
    """The named values of an executed notebook, as text: {name: value}. Names that are given twice raise ValueError."""
    found = {}
    for cell in executed.cells:
        for output in cell.get("outputs", []):
            name = output.get("metadata", {}).get("scrapbook", {}).get("name")
            if name in found:
                raise ValueError(f"{name} is named twice")
            if name:
                found[name] = output.data[f"{PREFIX}text/plain"]
    return found


def expected_file(root, name):
    return Path(root) / "tests/expected" / f"{name}.json"


def as_text(values):
    """Results as they are committed: one line a value, in the order of their names."""
    return json.dumps(values, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def write_expected(root, executed):
    """Write the results of all executed notebooks as the expected ones; returns the files."""
    files = []
    for name, notebook in executed.items():
        file = expected_file(root, name)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(as_text(results(notebook)), encoding="utf-8")
        files.append(file)
    return files
