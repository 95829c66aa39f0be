"""Two builds of one book in different surroundings give the same bytes; what differs is named, and how."""

import re
import shutil
import sys

import pytest

from book import reproduce
from book.export.downloads import DOWNLOAD_NAME
from book.notebooks import ROOT, BookError
from book.pipeline import build
from book.reproduce import _BUILDS, _build_copy, differences

FIGURE = """code: from analysis.corpus.reader import load_corpus
from analysis.corpus.texts import source_table
from analysis.display.notebook import display_figure
from analysis.figures.sources import plot_publication_lag
display_figure(plot_publication_lag, source_table(load_corpus("data")))"""
TABLE = """code: from analysis.corpus.reader import load_corpus
from analysis.display.notebook import display_table
from analysis.stylometry.naming import form_frequencies
display_table(form_frequencies(load_corpus("data")), "Names")"""


@pytest.fixture
def alone(monkeypatch):
    """Builds run the book in their folder with the code of this repository: a tiny book has none of its own."""
    code = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from pathlib import Path; "
    code += "from book.run.environment import restart_with_fixed_environment as fix; fix(Path()); "
    code += "from book.pipeline import build; build(Path())"
    monkeypatch.setattr(reproduce, "_COMMAND", [sys.executable, "-c", code])


@pytest.mark.promise("same book")
def test_a_book_is_the_same_in_all_surroundings(tiny_book, alone):
    root, lines = tiny_book("# Title", TABLE, FIGURE), []
    assert reproduce.reproduce(root, lines.append) > 50
    assert len([line for line in lines if line.startswith("Building in")]) == 2
    assert not (root / "_build/reproduce").exists()


def test_pages_that_depend_on_their_surroundings_are_named_and_kept(tiny_book, alone):
    for name, asked in (("folder", "os.getcwd()"), ("user", "os.environ['USER']"), ("clock", "time.time_ns()"), ("index", "'the same'")):
        root = tiny_book("# Title", f"code: import os, time\nprint('It is', {asked})", name=name)
    with pytest.raises(BookError, match=r"Two builds of one book differ\. Remedy") as caught:
        reproduce.reproduce(root, lambda _line: None)
    for name in ("folder", "user", "clock"):
        assert re.search(rf"^{name}\.html: line \d+ has .* in one, .* in the other$", str(caught.value), flags=re.MULTILINE)
    assert "index.html" not in str(caught.value)
    assert len(list((root / "_build/reproduce").glob("**/book/_build/html/clock.html"))) == 2


def test_a_build_that_fails_is_told(tiny_book, alone):
    with pytest.raises(BookError, match=r"(?s)ZeroDivisionError.*The build in .* failed\. Remedy"):
        reproduce.reproduce(tiny_book("# Title", "code: 1/0"), lambda _line: None)


def test_the_surroundings_differ_in_all_that_a_build_could_depend_on():
    one, other = _BUILDS
    for name in ("USER", "TZ", "LC_ALL", "PYTHONHASHSEED"):
        assert one.variables[name] != other.variables[name]
    assert one.folder != other.folder
    assert one.another_user != other.another_user


@pytest.mark.parametrize(
    ("one", "other", "message"),
    [
        (b"a\nsame x\n", b"a\nsame y\n", "page: line 2 has 'same x' in one, 'same y' in the other"),
        (b"a\n", b"a\nmore\n", "page: line 2 has '' in one, 'more' in the other"),
        (
            b"=" * 500 + b"x" * 500,
            b"=" * 500 + b"y" * 500,
            f"page: line 1 has '{'=' * 30}{'x' * 90}' in one, '{'=' * 30}{'y' * 90}' in the other",
        ),
        (b"a\n", b"a\r\n", "page: the ends of its lines differ"),
        (b"\xff\x00\x01", b"\xff\x00\x02\x03", "page: 3 and 4 bytes, the first that differs is number 3"),
    ],
)
def test_how_two_files_differ_is_said(tmp_path, one, other, message):
    for folder, content in (("one", one), ("other", other)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "page").write_bytes(content)
    assert differences(tmp_path / "one", tmp_path / "other") == [message]
    assert differences(tmp_path / "one", tmp_path / "one") == []


def test_files_of_one_book_alone_are_told_and_times_are_not_compared(tmp_path):
    for folder in ("one", "other"):
        (tmp_path / folder / "status").mkdir(parents=True)
        (tmp_path / folder / "status/times.csv").write_text(folder)
    (tmp_path / "other/new.html").write_text("new")
    assert differences(tmp_path / "one", tmp_path / "other") == [f"new.html: is in {tmp_path / 'other'} alone"]


def test_a_book_that_changed_and_changed_back_is_the_one_that_it_was(tiny_book, tmp_path):
    root = tiny_book("# Title", TABLE)
    first = shutil.copytree(build(root, lambda _line: None).parent, tmp_path / "first")
    page = (root / "index.ipynb").read_text(encoding="utf-8")
    for text in (page.replace("# Title", "# Another"), page):
        (root / "index.ipynb").write_text(text, encoding="utf-8")
        again = build(root, lambda _line: None).parent
        assert (differences(first, again) == []) == (text == page)


@pytest.mark.slow
@pytest.mark.promise("same book")
def test_the_book_is_the_same_in_all_surroundings_and_as_it_was_built_here(html, tmp_path):
    one, other = (_build_copy(ROOT, tmp_path, surroundings, print) for surroundings in _BUILDS)
    assert differences(one, other) == []
    here = {fault.split(":")[0] for fault in differences(html, one)}
    assert here <= {"index.html", f"{DOWNLOAD_NAME}.pdf", f"{DOWNLOAD_NAME}.zip"}  # the PDF that was printed here is offered here
