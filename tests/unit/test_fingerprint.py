"""What is not done again: nothing where nothing changed, and all of it as soon as anything that it rests on did."""

import os
import sys
import sysconfig

import pytest

from analysis.corpus.errors import DataError
from book.cli import main
from book.export import pdf
from book.pipeline import build
from book.run import fingerprint

READ = ["index.ipynb", "_config.yml", "_toc.yml", "_numbers.csv", "_moved.csv", "CITATION.cff", "requirements.txt", "planted.py", ".hidden",
        "chapters/one.ipynb", "chapters/two.md", "analysis/part/one.py", "data/part/one.csv", "data/.hidden/one", "book/templates/one.html",
        "_static/one.css", "docs/book.png", "_build/pdf/one.pdf"]  # fmt: skip
NOT_READ = ["tests/test_one.py", ".git/HEAD", ".venv/bin/python", "_build/html/index.html", "_build/executed/index.ipynb", "_build/lock",
            "analysis/__pycache__/one.pyc"]  # fmt: skip


def silent(_line):
    pass


def write(root, name, text="first"):
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_text(text)


@pytest.fixture
def root(tmp_path):
    for name in [*READ, *NOT_READ]:
        write(tmp_path, name)
    return tmp_path


@pytest.mark.parametrize("name", READ)
def test_every_file_that_a_page_may_rest_on_counts(root, name):
    found = [fingerprint.input_fingerprint(root)]
    write(root, name, "other")
    found.append(fingerprint.input_fingerprint(root))
    (root / name).rename(root / f"{name}.new")
    found.append(fingerprint.input_fingerprint(root))
    (root / f"{name}.new").unlink()
    found.append(fingerprint.input_fingerprint(root))
    assert len(set(found)) == 4
    write(root, name)
    assert fingerprint.input_fingerprint(root) == found[0]


@pytest.mark.parametrize("name", NOT_READ)
def test_other_files_and_times_do_not(root, name):
    before = fingerprint.input_fingerprint(root)
    write(root, name, "other")
    os.utime(root / "index.ipynb", (1, 1))
    assert fingerprint.input_fingerprint(root) == before


def test_code_python_and_packages_count_wherever_they_are(root, monkeypatch, tmp_path_factory):
    code, packages = tmp_path_factory.mktemp("code"), tmp_path_factory.mktemp("packages")
    found = [fingerprint.input_fingerprint(root)]
    monkeypatch.setattr(fingerprint, "CODE", [code])
    found.append(fingerprint.input_fingerprint(root))
    write(code, "templates/one.js")
    found.append(fingerprint.input_fingerprint(root))
    monkeypatch.setattr(sysconfig, "get_path", lambda _kind: str(packages))
    found.append(fingerprint.input_fingerprint(root))
    (packages / "sphinx-7.dist-info").mkdir()
    found.append(fingerprint.input_fingerprint(root))
    monkeypatch.setattr(sys, "version", "another Python")
    found.append(fingerprint.input_fingerprint(root))
    assert len(set(found)) == len(found)


@pytest.mark.parametrize("fault", ["altered", "removed", "added", "emptied", "no book", "no mark", "a spoiled mark", "other inputs"])
def test_a_book_that_is_not_as_it_was_made_does_not_hold(root, fault):
    made_from, page = fingerprint.input_fingerprint(root), root / "_build/html/index.html"
    (root / "_build/work").mkdir()
    assert not fingerprint.is_fresh(root, made_from)
    fingerprint.record_fingerprint(root, made_from)
    assert fingerprint.is_fresh(root, made_from)
    faults = {
        "altered": lambda: page.write_text("other"),
        "removed": page.unlink,
        "added": lambda: write(root, "_build/html/chapters/stray.html"),
        "emptied": lambda: page.write_text(""),
        "no book": lambda: (page.unlink(), page.parent.rmdir()),
        "no mark": (root / fingerprint.FINISHED).unlink,
        "a spoiled mark": lambda: (root / fingerprint.FINISHED).write_text(""),
        "other inputs": lambda: write(root, "_toc.yml", "other"),
    }
    faults[fault]()
    assert not fingerprint.is_fresh(root, fingerprint.input_fingerprint(root))


def test_what_passed_once_is_done_again_when_anything_that_it_rests_on_changed(root):
    done = []

    def act(rests_on="first"):
        fingerprint.run_unless_fresh(root, "act", rests_on, lambda: (done.append(rests_on), write(root, "made/one.csv")), root / "made")
        return len(done)

    assert [act(), act()] == [1, 1]
    assert [act("other"), act("other"), act(), act()] == [2, 2, 3, 3]
    write(root, "made/one.csv", "altered")
    assert [act(), act()] == [4, 4]
    write(root, "made/stray.csv")
    assert act() == 5
    (root / "made/one.csv").unlink()
    assert act() == 6
    write(root, "_build/passed/act", "spoiled")
    assert [act(), act()] == [7, 7]


@pytest.mark.parametrize("fault", [ValueError, KeyboardInterrupt])
def test_what_failed_or_was_stopped_did_not_pass(root, fault):
    def fail():
        raise fault

    fingerprint.run_unless_fresh(root, "act", "first", silent_act := lambda: None)
    with pytest.raises(fault):
        fingerprint.run_unless_fresh(root, "act", "other", fail)
    for rests_on in ("other", "first"):  # nor does what passed before
        with pytest.raises(fault):
            fingerprint.run_unless_fresh(root, "act", rests_on, fail)
    fingerprint.run_unless_fresh(root, "act", "first", silent_act)
    fingerprint.run_unless_fresh(root, "act", "first", fail)


def test_where_nothing_changed_nothing_is_done_and_a_spoiled_or_outdated_book_is_made_anew(tiny_book, capsys, monkeypatch):
    root = tiny_book("# Title", "code: print(6 * 7)")
    page = build(root, silent)
    made = page.read_bytes()

    def said():
        assert main(["build"], root) == 0
        return capsys.readouterr().out.splitlines()

    first, last = said()
    assert first == "Nothing changed since the last build: the book is in _build/html"
    assert last.endswith(f"open {page.resolve()}, or run `make serve`")
    page.write_bytes(made.replace(b"42", b"43"))
    assert not any(line.endswith("running") for line in said())
    assert page.read_bytes() == made
    notebook = root / "index.ipynb"
    notebook.write_text(notebook.read_text().replace("6 * 7", "6 * 8"))
    assert "  index: running" in said()
    assert b"48" in page.read_bytes()
    monkeypatch.setattr(pdf, "manuscript", lambda *_: "pages")
    monkeypatch.setattr(pdf, "print_pages", lambda *_: b"%PDF-1.7 pages\n%%EOF\n")
    assert main(["pdf"], root) == 0
    capsys.readouterr()
    assert len(said()) == 2
    assert list(page.parent.glob("*.pdf"))
    (root / "_build/pdf").rename(root / "_build/gone")
    assert len(said()) > 2
    assert not list(page.parent.glob("*.pdf"))
    (root / "data/zones.csv").write_text("source_id\n")  # the data passed before
    with pytest.raises(DataError, match=r"data/zones\.csv"):
        build(root, silent)


def test_printing_a_spoiled_book_does_not_make_it_pass(tiny_book, monkeypatch):
    root = tiny_book("# Title")
    page = build(root, silent)
    made = page.read_bytes()
    page.write_bytes(made.replace(b"Title", b"Other"))
    monkeypatch.setattr(pdf, "manuscript", lambda *_: "pages")
    monkeypatch.setattr(pdf, "print_pages", lambda *_: b"%PDF-1.7 pages\n%%EOF\n")
    assert main(["pdf"], root) == 0
    build(root, silent)
    assert b"Other" not in page.read_bytes()
