"""What is not done again: nothing where nothing changed, and all of it as soon as anything that it rests on did."""

import os
import sys
import sysconfig

import grimp
import nbformat
import pytest

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


# Chapters

BASE = [("markdown", "words", []), ("code", "1", ["hide-input"]), ("code", "2", [])]


def of_chapter(root, *cells):
    """The digest of a notebook of `cells`: (type, source, tags)."""
    new = {"code": nbformat.v4.new_code_cell, "markdown": nbformat.v4.new_markdown_cell}
    notebook = nbformat.v4.new_notebook(cells=[new[kind](source, metadata={"tags": tags}) for kind, source, tags in cells])
    return fingerprint.chapter_fingerprints(root, {"one": notebook})["one"]


@pytest.mark.parametrize(
    ("cells", "same"),
    [
        ([("markdown", "other words", ["a-tag"]), *BASE[1:]], True),
        ([BASE[0], ("code", "1", ["hide-input"]), ("code", "3", [])], False),
        ([BASE[0], ("code", "1", []), BASE[2]], False),
        ([BASE[0], ("code", "1", ["hide-input", "remove-output"]), BASE[2]], False),
        ([BASE[0], ("code", "1", []), ("code", "2", ["hide-input"])], False),
        ([BASE[0], ("code", "2", []), ("code", "1", ["hide-input"])], False),
        ([BASE[0], BASE[1]], False),
    ],
)
def test_the_code_and_the_tags_of_a_chapter_count_and_its_words_do_not(root, cells, same):
    assert (of_chapter(root, *cells) == of_chapter(root, *BASE)) == same


@pytest.mark.parametrize(("module", "same"), [("analysis.display.chapters", False), ("analysis.display.passages", True)])
def test_a_chapter_that_reads_titles_rests_on_them(root, module, same):
    write(root, module.replace(".", "/") + ".py")
    cells = [("markdown", "# A title", []), ("code", f"import {module}", [])]
    assert (of_chapter(root, *cells) == of_chapter(root, ("markdown", "# Another\n\nWords", []), cells[1])) == same
    assert of_chapter(root, *cells) == of_chapter(root, ("markdown", "# A title\n\nOther words", []), cells[1])


@pytest.mark.parametrize(
    ("changed", "counts"),
    [
        ("analysis/used.py", True),
        ("analysis/__init__.py", True),
        ("analysis/below.py", True),
        ("batch/lazy.py", True),
        ("analysis/unused.py", False),
        ("batch/other.py", False),
        ("data/one.csv", True),
        ("data/benchmarks/one.csv", False),
        ("requirements.txt", True),
        ("CITATION.cff", True),
        ("_config.yml", False),
    ],
)
def test_a_chapter_rests_on_what_it_imports_at_any_depth_and_on_the_data(root, changed, counts):
    modules = {
        "analysis/__init__.py": "", "analysis/used.py": "import os\nfrom analysis import (\n    below,\n)\n", "analysis/unused.py": "",
        "analysis/below.py": "def late():\n    import batch.lazy as lazy, sys\n", "batch/__init__.py": "", "batch/lazy.py": "", "batch/other.py": "",
    }  # fmt: skip
    for name, text in modules.items():
        write(root, name, text)
    for name in ("data/one.csv", "data/benchmarks/one.csv"):
        write(root, name)
    before = of_chapter(root, ("code", "from analysis.used import x", []))
    write(root, changed, modules.get(changed, "") + "# a comment\n")
    assert (of_chapter(root, ("code", "from analysis.used import x", [])) != before) == counts


def test_results_of_benchmarks_count_for_what_names_them(root):
    write(root, "data/benchmarks/one.csv")
    cell = ("code", "read('../data/benchmarks/one.csv')", [])
    before = of_chapter(root, cell)
    write(root, "data/benchmarks/one.csv", "other")
    assert of_chapter(root, cell) != before


def test_the_way_chapters_are_run_and_python_count(root, monkeypatch):
    found = [of_chapter(root, *BASE)]
    monkeypatch.setattr(fingerprint, "_RUNNERS", fingerprint._RUNNERS[1:])
    found.append(of_chapter(root, *BASE))
    monkeypatch.setattr(sys, "version", "another Python")
    assert len({*found, of_chapter(root, *BASE)}) == 3


def test_imports_are_followed_as_grimp_follows_them():
    graph = grimp.build_graph("analysis", "book", "batch", cache_dir=None)
    for module in graph.modules:
        above = {".".join(module.split(".")[:end]) for end in range(1, module.count(".") + 1)}
        used = {*graph.find_upstream_modules(module), module} | above
        packages = {".".join(name.split(".")[:end]) for name in used for end in range(1, name.count(".") + 1)}
        assert set(fingerprint.imported_modules(fingerprint.ROOT, [f"import {module}"])) == used | packages, module


def test_what_was_computed_is_remembered_while_data_and_code_are_the_same_and_never_where_it_is_spoiled(root):
    computed = []

    def ask(key):
        with fingerprint.remembered(root, "squares") as recall:
            return recall(key, lambda: computed.append(key) or [key * 2, 1.1])

    assert ask("a") == ask("a") == ["aa", 1.1]
    assert ask("b") == ["bb", 1.1]
    assert ask("a") == ["aa", 1.1]
    assert computed == ["a", "b"]
    (file,) = (root / "_build/remembered").iterdir()
    for spoiled in (file.read_bytes()[:-5], b"[]", b'{"rests_on": 1}'):
        file.write_bytes(spoiled)
        assert ask("a") == ["aa", 1.1]
    assert computed == ["a", "b", "a", "a", "a"]
    (root / "data/other.csv").write_text("1")
    ask("a")
    assert computed[5:] == ["a"]


def test_an_error_is_not_remembered(root):
    for _ in range(2):
        with pytest.raises(ZeroDivisionError), fingerprint.remembered(root, "errors") as recall:
            recall("a", lambda: 1 / 0)
