"""The strict build: planted faults in pages stop it and are named; the book that stands is replaced only by a better one."""

import contextlib
import copy
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from analysis.corpus.errors import DataError
from analysis.corpus.segment import tokens
from analysis.display.notebook import NARROW_SVG
from book.cli import run_command
from book.export import pdf
from book.lint.notebook_rules import page_faults
from book.notebooks import ROOT, BookError
from book.pages.extension import _check_table_names, _with_outputs
from book.pages.figures import figure_variants
from book.pipeline import build
from tests.support.books import silent

SVG = "<svg xmlns='http://www.w3.org/2000/svg' viewBox=\"0 0 9 9\" />"
SAID = {"name": "fig-x", "caption": "A caption.", "alt": "A square that is quite empty inside."}
PICTURE = f"""code: from IPython.display import display
svg = {SVG!r}
display({{"image/svg+xml": svg, "{NARROW_SVG}": svg}}, raw=True, metadata={{"figure": {SAID}}})"""
# Cells with a fault, each in a page of its own cell, and what is said of them.
FAULTS = {
    "See {ref}`nowhere`.": "line 1: WARNING: undefined label: 'nowhere'",
    "One line.\n\nSee [](missing.md).": "line 3: WARNING: 'myst' cross-reference target not found: 'missing.md'",
    "{glue:text}`missing`": "line 1: WARNING: No key 'missing' found",
    "{ev}`decamp2022-p06: no such words`": "line 1: WARNING: no coding rests on 'no such words' in decamp2022-p06",
    "{ev}`nobody2022-p06: plan`": "line 1: WARNING: no coding rests on 'plan' in nobody2022-p06",
    "```{nosuch}\n```": "line 1: WARNING: Unknown directive type: 'nosuch'",
    "{py:class}`nowhere`": "line 1: WARNING: py:class reference target not found: nowhere",
}


def test_every_fault_of_a_page_is_named_and_stops_the_build_whether_it_was_read_before_or_not(tiny_book):
    root = tiny_book("# Title", *FAULTS, "{cite}`nobody1900`")
    (root / "_build/html").mkdir(parents=True)
    (root / "_build/html/index.html").write_text("the book that stood here")
    for _ in range(2):
        with pytest.raises(BookError) as caught:
            build(root, silent)
        for number, said in enumerate(FAULTS.values(), start=2):
            assert f"index.ipynb, cell {number}, {said}" in str(caught.value)
        assert 'could not find bibtex key "nobody1900"' in str(caught.value)
        assert str(root) not in str(caught.value)
        assert (root / "_build/html/index.html").read_text() == "the book that stood here"


def test_a_cell_or_a_picture_with_a_fault_stops_the_build(tiny_book):
    for cell, said in (("code: 1/0", "ZeroDivisionError: division by zero"), (PICTURE.replace("A caption.", ""), "a picture without name")):
        with pytest.raises(BookError, match=rf"index\.ipynb, cell 2 \(begins: .+\): {said}"):
            build(tiny_book("# Title", cell), silent)


def notebook(*figures, wide=SVG, narrow=NARROW_SVG):
    """A notebook with an output for each figure, in a cell of its own."""

    def output(said):
        return nbformat.v4.new_output("display_data", {"image/svg+xml": wide, narrow: SVG}, metadata={"figure": said})

    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("draw()", outputs=[output(said)]) for said in figures])


def put_into_page(chapter):
    _with_outputs("index", copy.deepcopy(chapter), chapter)
    figure_variants({"index": chapter})


@pytest.mark.parametrize(
    ("chapter", "message"),
    [
        (notebook(SAID | {"name": ""}), "a picture without name, caption or alternative text. Remedy"),
        (notebook(SAID | {"alt": " "}), "a picture without name, caption or alternative text. Remedy"),
        (notebook(SAID, narrow="image/slim"), f"fig-x has no {NARROW_SVG}. Remedy: show it with display_figure"),
        (notebook(SAID, wide=SVG.replace("viewBox", "name")), "fig-x: an SVG says no size. Remedy"),
        (notebook(SAID, wide=SVG.replace(" />", ' fill="#abcdef"/>')), "fig-x: colour #abcdef has no partner for dark pages"),
        (notebook(SAID, SAID), "another figure is named fig-x too. Remedy: rename one of them"),
    ],
)
def test_a_faulty_picture_is_named(chapter, message):
    with pytest.raises(BookError, match=r"^index\.ipynb, cell \d \(begins: draw\(\)\): ") as caught:
        put_into_page(chapter)
    assert message in str(caught.value)


def test_two_pictures_of_a_cell_and_two_tables_of_a_name_are_named():
    chapter = notebook(SAID)
    chapter.cells[0].outputs *= 2
    with pytest.raises(BookError, match=r"more than one picture\. Remedy"):
        put_into_page(chapter)
    for output in chapter.cells[0].outputs:
        output.metadata = {"table": {"name": "tab-a"}}
    with pytest.raises(BookError, match=r"cell 1 .*: a second table named tab-a, as in index\.ipynb, cell 1 .*Remedy"):
        _check_table_names("index", chapter)


def test_plain_jupyter_book_is_as_strict_about_cells(tiny_book):
    root = tiny_book("# Title", "code: 1/0")
    command = [Path(sys.prefix) / "bin/jupyter-book", "build", root]
    done = subprocess.run(command, capture_output=True, text=True, env={"PATH": "/usr/bin:/bin", "HOME": str(root)})
    assert done.returncode != 0
    assert "index.ipynb, cell 2 (begins: 1/0): ZeroDivisionError" in done.stderr


def test_bad_data_stop_the_build_before_any_chapter_runs(tiny_book):
    root = tiny_book("# Title", "code: 1")
    (root / "data/zones.csv").unlink()
    with pytest.raises(DataError, match=r"data/zones\.csv: is missing"):
        build(root, silent)
    assert [path.name for path in (root / "_build").iterdir()] == ["lock"]


def test_a_sound_book_is_published_with_its_figure_and_follows_a_change(tiny_book):
    root = tiny_book("# Title", PICTURE, "See {numref}`fig-x`.", "code: print(open('data/value.csv').read())")
    (root / "data/value.csv").write_text("first value")
    page = build(root, silent)
    assert page == root.resolve() / "_build/html/index.html"
    assert page_faults(page.parent) == []
    assert 'alt="A square that is quite empty inside."' in page.read_text()
    assert "Fig. 1" in page.read_text()
    assert files_of_figures(page) == ["fig-x-dark.svg", "fig-x-narrow-dark.svg", "fig-x-narrow.svg", "fig-x.svg"]
    assert "first value" in page.read_text()
    (root / "data/value.csv").write_text("second value")
    build(root, silent)
    assert "second value" in page.read_text()
    assert (page.parent / "tables/sources.csv").exists()
    book = root / "index.ipynb"
    book.write_text(book.read_text(encoding="utf-8").replace("fig-x", "fig-y"), encoding="utf-8")
    for _ in range(2):  # the second time no page is rendered anew
        build(root, silent)
        assert page_faults(page.parent) == []
        assert files_of_figures(page) == ["fig-y-dark.svg", "fig-y-narrow-dark.svg", "fig-y-narrow.svg", "fig-y.svg"]


def files_of_figures(page):
    return sorted(file.name for file in (page.parent / "_images").iterdir())


def test_a_page_that_is_removed_is_published_no_more(tiny_book):
    root = tiny_book("# Title")
    (root / "chapters").mkdir()
    (root / "chapters/two.md").write_text("# Another\n")
    (root / "_toc.yml").write_text("format: jb-book\nroot: index\nchapters:\n- file: chapters/two\n")
    site = build(root, silent).parent
    assert (site / "chapters/two.html").exists()
    (root / "_toc.yml").write_text("format: jb-book\nroot: index\n")
    build(root, silent)
    assert not (site / "chapters/two.html").exists()


def test_evidence_links_follow_a_change_of_the_codings(tiny_book):
    root = tiny_book("# Title", "See {ev}`decamp2022-p06: exchange for protection`.")
    codings = root / "data/codings/provisions.csv"
    old = re.search(r"in exchange for protection,(\d+),", codings.read_text(encoding="utf-8"))
    start = int(old[1])
    assert f"#ev-decamp2022-p06-{start}-" in build(root, silent).read_text()
    new = f"exchange for protection,{start + len('in ')},"
    codings.write_text(codings.read_text(encoding="utf-8").replace(old[0], new), encoding="utf-8")
    cells = root / "data/book_table.csv"
    key = f"provisions:decamp2022-p06:{start}"
    cells.write_text(cells.read_text(encoding="utf-8").replace(key, key.replace(f"{start}", f"{start + len('in ')}")), encoding="utf-8")
    assert f"#ev-decamp2022-p06-{start + len('in ')}-" in build(root, silent).read_text()


def test_the_command_ends_with_one_line_that_says_where_to_look(html):
    done = subprocess.run([sys.executable, "-m", "book", "build"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0
    assert done.stdout.splitlines()[-1].endswith(f"open {html / 'index.html'}, or run `make serve`")


def test_the_command_names_the_fault_without_a_traceback(tiny_book):
    root = tiny_book("# Title", "code: 1/0")
    code = f"import pathlib, sys; from book.cli import run_command; sys.exit(run_command(['build'], pathlib.Path({str(root)!r})))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 1
    assert "ZeroDivisionError" in done.stderr
    assert "Traceback" not in done.stderr


SPOKEN = 'code: from IPython.display import display\ndisplay({"text/plain": "x", "text/csv": "a"}, raw=True, metadata=%r)'


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ("Their brutal regime.", r"'brutal'.*\n.*'regime'"),
        ("The texts hold 96 claims.", r"index\.ipynb, cell 2, line 1: the number '96'"),
        ("It says “nothing of the kind”.", "“nothing of the kind” stands in no text"),
        (
            (SPOKEN % {"table": {"name": "tab-x", "caption": "A brutal war"}}).replace("rutal", "' + 'rutal"),
            r"index\.ipynb, cell 2 \(begins: .+\), caption of a table: the loaded word 'brutal'",
        ),
        ("code: from myst_nb import glue\nglue('n', 1)", "defines the number 'n', which no prose quotes"),
    ],
)
def test_prose_that_breaks_a_rule_stops_the_build_before_a_page_is_rendered(tiny_book, cell, message):
    root = tiny_book("# Title", cell)
    with pytest.raises(BookError, match=message):
        build(root, silent)
    assert not list((root / "_build").rglob("index.html"))


def test_a_long_run_of_a_text_on_a_page_stops_the_build(tiny_book, texts):
    own = tokens(texts).query("source_id == 'usip2022'")
    for n, stopped in ((60, False), (61, True)):
        start, end = own.start.iloc[5], own.end.iloc[4 + n]  # read by the cell: written in it, the prose would be at fault first
        read = f"from pathlib import Path\nHTML(Path('data/sources/usip2022.txt').read_bytes().decode()[{start}:{end}])"
        root = tiny_book("# Title", f"code: from IPython.display import HTML\n{read}")
        with pytest.raises(BookError, match="shows more than 60 words of usip2022") if stopped else contextlib.nullcontext():
            build(root, silent)


def test_where_nothing_changed_nothing_is_done_and_a_spoiled_or_outdated_book_is_made_anew(tiny_book, capsys, monkeypatch):
    root = tiny_book("# Title", "code: print(6 * 7)")
    page = build(root, silent)
    made = page.read_bytes()

    def said():
        assert run_command(["build"], root) == 0
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
    monkeypatch.setattr(pdf, "print_html", lambda *_: "pages")
    monkeypatch.setattr(pdf, "print_pages", lambda *_: b"%PDF-1.7 pages\n%%EOF\n")
    assert run_command(["pdf"], root) == 0
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
    monkeypatch.setattr(pdf, "print_html", lambda *_: "pages")
    monkeypatch.setattr(pdf, "print_pages", lambda *_: b"%PDF-1.7 pages\n%%EOF\n")
    assert run_command(["pdf"], root) == 0
    build(root, silent)
    assert b"Other" not in page.read_bytes()
