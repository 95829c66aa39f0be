"""Running chapters: planted faults go red and name the cell; whatever is stale runs again, and only that."""

import inspect
from pathlib import Path

import nbformat
import pytest

from book.notebooks import ROOT, BookError, notebook_names, page_names, read_notebook
from book.run.execute import execute
from tests.support.books import silent


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ("raise ValueError('planted')", "ValueError: planted"),
        ("import time; time.sleep(60)", "took longer than 3 s"),
        ("import os; os._exit(1)", "the kernel died"),
        ("print('x' * 20_000_000)", "put out 20 MB. Remedy: show less"),
        ("import sys; print('planted', file=sys.stderr)", "wrote to stderr: planted"),
        ("import urllib.request; urllib.request.urlopen('http://192.0.2.1/')", "chapters run without network"),
        ("import socket; socket.socket().connect(('192.0.2.1', 80))", "asked for '192.0.2.1'"),
        ("import socket; socket.gethostbyname('example.org')", "asked for 'example.org'"),
        ("import subprocess; subprocess.run(['true'])", "chapters start no other programs"),
        ("import socket; socket.socket(type=socket.SOCK_DGRAM).sendto(b'', ('192.0.2.1', 9))", "asked for '192.0.2.1'"),
    ],
)
def test_a_planted_fault_names_chapter_and_cell(tiny_book, cell, message):
    root = tiny_book("# Title", "code: x = 1", f"code: {cell}")
    with pytest.raises(BookError) as caught:
        execute(root, silent, timeout=3)
    assert str(caught.value).startswith(f"index.ipynb, cell 3 (begins: {cell[:60]}): ")
    assert message in str(caught.value)
    assert not (root / "_build/executed/index.ipynb").exists()


def test_all_failures_are_named_and_sound_chapters_are_kept(tiny_book):
    tiny_book("# Title", "code: 1")
    tiny_book("# Title", "code: 1/0", name="one")
    root = tiny_book("# Title", "code: missing", name="two")
    lines = []
    with pytest.raises(BookError) as caught:
        execute(root, lines.append, jobs=2)
    assert sorted(line.split(",")[0] for line in str(caught.value).splitlines()) == ["one.ipynb", "two.ipynb"]
    assert (root / "_build/executed/index.ipynb").exists()
    assert lines[0] == "Running 3 chapters, 2 at a time"
    assert sorted(line for line in lines if line.endswith(": running")) == ["  index: running", "  one: running", "  two: running"]
    assert [line.rsplit(" ", 2)[1] for line in lines if line.endswith(" left")] == ["2", "1", "0"]


def test_loopback_is_no_network(tiny_book):
    root = tiny_book(
        "# T", "code: import socket\ns = socket.create_server(('127.0.0.1', 0))\nsocket.create_connection(s.getsockname()).close()"
    )
    execute(root, silent)


def test_no_tag_lets_a_cell_fail_or_be_skipped(tiny_book):
    root = tiny_book("# Title", "code: 1/0")
    notebook = nbformat.read(root / "index.ipynb", as_version=4)
    for tag in ("raises-exception", "skip-execution"):
        notebook.cells[1].metadata["tags"] = [tag]
        nbformat.write(notebook, root / "index.ipynb")
        with pytest.raises(BookError, match="ZeroDivisionError"):
            execute(root, silent)


def test_cells_have_a_time_limit_and_a_kernel_that_cannot_start_is_named(tiny_book, monkeypatch):
    assert 0 < inspect.signature(execute).parameters["timeout"].default <= 600

    async def fail(*_arguments, **_options):
        raise OSError("no kernel")

    monkeypatch.setattr("book.run.execute.NotebookClient.async_execute", fail)
    with pytest.raises(BookError, match=r"^index\.ipynb: the kernel cannot start or answer \(OSError: no kernel\)\. Remedy"):
        execute(tiny_book("# Title", "code: 1"), silent)


def test_chapters_run_where_they_stand_and_with_a_fixed_hash_seed(tiny_book):
    root = tiny_book("# Title", "code: import os\nprint(os.getcwd() == __import__('sys').path[0], os.environ['PYTHONHASHSEED'])")
    assert execute(root, silent)["index"].cells[1].outputs[0].text == "True 0\n"


def test_kernels_take_no_ports(tiny_book):
    cell = "import ipykernel; about = ipykernel.get_connection_info(unpack=True); print(about['transport'], about['ip'])"
    (output,) = execute(tiny_book("# Title", f"code: {cell}"), silent)["index"].cells[1].outputs
    transport, place = output.text.split()
    assert transport == "ipc"
    assert not Path(place).parent.exists()  # nothing is left of it


def ran(root):
    lines = []
    execute(root, lines.append)
    return [line.split(":")[0].strip() for line in lines if line.endswith(" left")]


def test_what_is_stale_runs_again_and_only_that(tiny_book):
    cells = ["# Title", "code: from analysis.value import value\nprint(value, open('data/value.csv').read())"]
    tiny_book(*cells)
    root = tiny_book(*cells, name="other")
    (root / "analysis").mkdir()
    (root / "analysis/__init__.py").touch()
    (root / "analysis/value.py").write_text("value = 1")
    (root / "data/value.csv").write_text("1")

    def output():
        return read_notebook(root / "_build/executed", "index").cells[1].outputs[0].text

    assert sorted(ran(root)) == ["index", "other"]
    assert output() == "1 1\n"
    assert ran(root) == []
    (root / "analysis/value.py").write_text("value = 2")
    assert sorted(ran(root)) == ["index", "other"]
    assert output() == "2 1\n"
    (root / "data/value.csv").write_text("2")
    assert sorted(ran(root)) == ["index", "other"]
    assert output() == "2 2\n"
    (root / "index.ipynb").write_text((root / "index.ipynb").read_text().replace("# Title", "# Other title"))
    assert ran(root) == []
    (root / "index.ipynb").write_text((root / "index.ipynb").read_text().replace("print(", "print(0, "))
    assert ran(root) == ["index"]


def test_a_run_notes_how_long_its_kernel_took_to_start_and_how_much_it_computed(tiny_book):
    cells = [
        "code: import time",
        "code: end = time.process_time() + 1",
        "code: while time.process_time() < end: pass",
        "code: time.sleep(1)",
    ]
    noted = execute(tiny_book("# Title", *cells), silent)["index"].metadata.run
    assert 0.05 < noted.start_seconds < noted.seconds - 2
    assert 1 < noted.cpu_seconds < noted.seconds - 1


@pytest.mark.parametrize("content", ["{not json", "[]", '{"cells": 1, "nbformat": 4, "nbformat_minor": 5, "metadata": {}}', ""])
def test_what_is_not_a_notebook_gets_a_clear_line(tiny_book, content):
    root = tiny_book("# Title")
    (root / "index.ipynb").write_text(content)
    with pytest.raises(BookError, match=r"^index\.ipynb: is not a notebook \(.+\)\. Remedy: restore it"):
        execute(root, silent)


@pytest.mark.parametrize(
    "content", ["format: [", "format: jb-book\nrot: index\n", "format: jb-book\nroot: index\nchapters:\n- file: gone\n"]
)
def test_a_table_of_contents_that_cannot_be_followed_gets_a_clear_line(tiny_book, content):
    root = tiny_book("# Title")
    (root / "_toc.yml").write_text(content)
    with pytest.raises(BookError, match=r"^_toc\.yml: "):
        page_names(root)


def test_the_book_knows_its_pages_in_order():
    assert page_names(ROOT)[:2] == ["index", "chapters/texts"]
    assert set(notebook_names(ROOT)) == {
        str(file.relative_to(ROOT).with_suffix("")) for file in [ROOT / "index.ipynb", *(ROOT / "chapters").glob("*.ipynb")]
    }
