"""What a chapter computed, and the committed results it is held against: the numbers of its prose, the data of its figures and tables."""

import difflib
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from analysis.atomic_write import write_atomic

_PREFIX = "application/papermill.record/"
_FRACTION = re.compile(r"-?\d+\.\d+(?:e[-+]?\d+)?")


def notebook_results(executed: NotebookNode) -> dict[str, Any]:
    """The results of an executed notebook: {name: value as text} for numbers, {name: lines of CSV} for figures and tables.

    Fractions in CSV are rounded to six digits: beyond that, machines may differ. Names that are given twice raise ValueError.
    """
    found: dict[str, Any] = {}
    for cell in executed.cells:
        for output in cell.get("outputs", []):
            name, value = _named_result(output.get("metadata", {}), output.get("data", {}))
            if name in found:
                raise ValueError(f"{name} is named twice")
            if name:
                found[name] = value
    return found


def _named_result(metadata: Mapping[str, Any], data: Mapping[str, str]) -> tuple[str | None, Any]:
    """(name, value) of an output that is a result; (None, None) for any other."""
    if name := metadata.get("scrapbook", {}).get("name"):
        return name, data[f"{_PREFIX}text/plain"]
    if name := (metadata.get("figure") or metadata.get("table") or {}).get("name"):
        return name, _FRACTION.sub(lambda number: f"{float(number[0]):.6g}", data["text/csv"]).splitlines()
    return None, None


def expected_file(root: Path, name: str) -> Path:
    """Where the committed results of the notebook `name` stand."""
    return root / "tests/expected" / f"{name}.json"


def as_committed(values: dict[str, Any]) -> str:
    """Results as they are committed: one line a value or a row, in the order of their names."""
    return json.dumps(values, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def changed_results(root: Path, executed: Mapping[str, NotebookNode]) -> str:
    """How the results of executed notebooks differ from the committed ones, as a unified diff; "" where they do not."""
    return "".join(_diff(expected_file(root, name), name, as_committed(notebook_results(made))) for name, made in executed.items())


def _diff(file: Path, name: str, now: str) -> str:
    before = file.read_text(encoding="utf-8") if file.exists() else ""
    lines = difflib.unified_diff(before.splitlines(), now.splitlines(), f"{name}, committed", f"{name}, now", n=0, lineterm="")
    return "".join(f"{line}\n" for line in lines)


def write_expected(root: Path, executed: Mapping[str, NotebookNode]) -> list[Path]:
    """Write the results of all executed notebooks as the expected ones; returns the files."""
    files = []
    for name, notebook in executed.items():
        file = expected_file(root, name)
        file.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(file, as_committed(notebook_results(notebook)))
        files.append(file)
    return files
