"""Two builds of one book in different surroundings give the same bytes; what differs is named, and how."""

import re
import shutil
import sys

import pytest

from book import reproduce
from book.notebooks import ROOT, BookError
from book.pipeline import build
from book.reproduce import _BUILDS, _build_copy, differences
from tests.support.books import DOWNLOAD_NAME

FIGURE = """code: from analysis.corpus.reader import load_corpus
from analysis.corpus.texts import reference_instrument, source_table
from analysis.display.notebook import display_figure
from analysis.figures.sources import plot_publication_lag
texts = load_corpus("data")
display_figure(plot_publication_lag, source_table(texts), reference_instrument(texts))"""
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
def test_pages_that_depend_on_their_surroundings_are_named_and_kept_and_no_others_are(tiny_book, alone):
    for name, asked in (("folder", "os.getcwd()"), ("user", "os.environ['USER']"), ("clock", "time.time_ns()")):
        tiny_book("# Title", f"code: import os, time\nprint('It is', {asked})", name=name)
    root = tiny_book("# Title", TABLE, FIGURE)
    with pytest.raises(BookError, match=r"Two builds of one book differ\. Remedy") as caught:
        reproduce.reproduce(root, lambda _line: None)
    pages = set(re.findall(r"^(\S+)\.html: line \d+ has .* in one, .* in the other$", str(caught.value), flags=re.MULTILINE))
    assert pages == {"folder", "user", "clock"}
    assert len(list((root / "_build/reproduce").glob("**/book/_build/html/clock.html"))) == 2


def test_books_that_are_the_same_are_counted_and_removed_and_a_build_that_fails_is_told(tiny_book, monkeypatch):
    root, lines = tiny_book("# Title"), []
    made = "import pathlib; place = pathlib.Path('_build/html'); place.mkdir(parents=True); (place / 'index.html').write_text('the same')"
    monkeypatch.setattr(reproduce, "_COMMAND", [sys.executable, "-c", made])
    assert reproduce.reproduce(root, lines.append) == 1
    assert len([line for line in lines if line.startswith("Building in")]) == 2
    assert not (root / "_build/reproduce").exists()
    monkeypatch.setattr(reproduce, "_COMMAND", [sys.executable, "-c", "1/0"])
    with pytest.raises(BookError, match=r"(?s)ZeroDivisionError.*The build in .* failed\. Remedy"):
        reproduce.reproduce(root, lambda _line: None)


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
    for text in (page.replace("# Title", "# Another").replace("Names", "Forms"), page):  # the table has another address, too
        (root / "index.ipynb").write_text(text, encoding="utf-8")
        again = build(root, lambda _line: None).parent
        assert (differences(first, again) == []) == (text == page)


@pytest.mark.slow
@pytest.mark.promise("same book")
def test_the_book_is_in_other_surroundings_the_one_that_was_built_here(html, tmp_path):
    there = _build_copy(ROOT, tmp_path, _BUILDS[1], print)
    differing = {fault.split(":")[0] for fault in differences(html, there)}
    assert differing <= {"index.html", f"{DOWNLOAD_NAME}.pdf", f"{DOWNLOAD_NAME}.zip"}  # the PDF that was printed here is offered here
    here, other = (
        re.sub(r'<p id="print".*?</p>', "", (site / "index.html").read_text(encoding="utf-8"), flags=re.DOTALL) for site in (html, there)
    )
    assert here == other
