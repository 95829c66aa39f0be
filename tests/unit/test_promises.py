"""The README's table of promises is the one that the marks of the tests make."""

import subprocess
import sys
from types import SimpleNamespace

import pytest

from book.notebooks import ROOT
from tests import promises

MADE = "import sys; from tests import promises; items = promises.collect(); sys.stdout.write(promises.table(promises.proofs(items)))"


def test_the_table_of_the_readme_is_true():
    done = subprocess.run([sys.executable, "-c", MADE], cwd=ROOT, capture_output=True, text=True, check=True)
    readme = promises.README.read_text(encoding="utf-8")
    assert promises.written(readme, done.stdout) == readme, "run `make promises`"
    assert done.stdout.count("\n") == len(promises.PROMISES) + 2


def item(function, *marks):
    given = [SimpleNamespace(name=name, args=arguments) for name, *arguments in marks]
    return SimpleNamespace(
        nodeid=function,
        originalname=function,
        path=ROOT / "tests/test_x.py",
        iter_markers=lambda name: [SimpleNamespace(args=tuple(mark.args)) for mark in given if mark.name == name],
        get_closest_marker=lambda name: next((mark for mark in given if mark.name == name), None),
    )


def test_marks_make_the_table(monkeypatch):
    monkeypatch.setattr(promises, "PROMISES", {"one": "It holds.", "two": "It lasts."})
    items = [item("test_it_holds", ("promise", "one")), item("test_it_lasts", ("promise", "two"), ("slow",)), item("test_other")]
    assert promises.table(promises.proofs([*items, items[0]])).splitlines()[2:] == [
        "| It holds. | [test_x.py](tests/test_x.py): it holds |",
        "| It lasts. | [test_x.py](tests/test_x.py): it lasts\\* |",
    ]
    with pytest.raises(ValueError, match="no test proves two"):
        promises.table(promises.proofs(items[:1]))


def test_a_mark_without_a_promise_is_named():
    items = [item("test_a", ("promise", "numbers")), item("test_b", ("promise", "eternity")), item("test_c", ("promise",))]
    assert promises.unknown(items) == ["test_b: ('eternity',)", "test_c: ()"]


def test_a_readme_without_a_place_for_the_table_is_told():
    with pytest.raises(ValueError, match="no place for the table"):
        promises.written("# Title", "")
