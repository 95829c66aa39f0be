"""Faults of the machine: whatever stops a run, and whenever, the book that stood stays whole, and the next run gives what a clean one gives."""

import contextlib
import ctypes
import json
import os
import resource
import shutil
import signal
import socket
import subprocess
import sys
import time
import webbrowser
from pathlib import Path
from types import SimpleNamespace

import pytest

from book import reproduce
from book.cli import run_command
from book.export import pdf
from book.notebooks import ROOT, BookError
from book.run import execute, serve
from book.run.lock import build_lock
from tests.support.books import add_notebook, files_of, silent

# Builds a book in another folder, with a fault planted; what has tests of its own takes little time.
COMMAND = """
import os, signal, sys
from pathlib import Path
import analysis.display.published_tables as published, analysis.validation.validate as validate
import book.cli, book.export.downloads, book.pages.metadata, book.run.execute, book.run.lock
def stop(*_arguments, **_options):
    os.killpg(0, signal.SIGKILL)
signal.signal(signal.SIGINT, signal.default_int_handler)  # it is ignored below a test run in the background
root, fault = sys.argv[1:]
validate.data_problems = lambda _data: []
published.MAKERS = {name: published.MAKERS[name] for name in ("sources", "zones")}
exec(fault)
sys.exit(book.cli.run_command(["build"], Path(root)))
"""


def start(root, fault="", **options):
    """Begin a build of the book in `root` in a process group of its own."""
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, "start_new_session": True}
    return subprocess.Popen([sys.executable, "-c", COMMAND, root, fault], cwd=ROOT, **pipes, **options)


def run(root, fault="", **options):
    """Build to the end; returns its exit code, what it printed, and the lines of its complaint."""
    process = start(root, fault, **options)
    out, err = process.communicate()
    assert "Traceback" not in out + err
    return SimpleNamespace(code=process.returncode, out=out, lines=err.strip().splitlines())


def compared(root):
    """What the published files hold that have to be the same every time."""
    return {name: path.read_bytes() for name, path in reproduce._comparable_files(root / "_build/html").items()}


def small_files(limit):
    """Let no file of a child process grow beyond `limit` bytes: the system refuses to write, as on a full disk."""
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))


def without_power():
    """Take from a child process of root the right to write where the permissions forbid it."""
    if os.geteuid() == 0 and ctypes.CDLL(None).prctl(24, 1, 0, 0, 0):  # PR_CAPBSET_DROP, CAP_DAC_OVERRIDE
        raise OSError("the right of root cannot be dropped")


def wait_for(what, seconds=60):
    """Wait until `what()` is true."""
    for _ in range(seconds * 20):
        if what():
            return
        time.sleep(0.05)
    raise AssertionError(f"still not so after {seconds} s")


# A whole book, killed and built again


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """A small book with its first pages built, and what a clean build gives of its second: root, kept copy, files."""
    root = tmp_path_factory.mktemp("faults") / "root"
    root.mkdir()
    for name, title in {"index": "# The first page", "two": "# The other page"}.items():
        add_notebook(root, title, "code: print(open('data/value.csv').read())", name=name)
    clean = {}
    for value in ("second", "first"):
        (root / "data/value.csv").write_text(value)
        shutil.rmtree(root / "_build", ignore_errors=True)
        done = run(root)
        assert done.code == 0, done.lines
        clean[value] = compared(root)
    assert clean["first"] != clean["second"]
    kept = shutil.copytree(root, root.with_name("kept"))
    return SimpleNamespace(root=root, kept=kept, clean=clean)


@pytest.fixture
def small_book(world):
    """The root of the small book as its first build left it."""
    shutil.rmtree(world.root)
    return shutil.copytree(world.kept, world.root)


STAGES = {
    "a chapter runs": "book.run.execute._cache_outputs = stop",
    "pages are written": "book.pages.metadata.banner = lambda _edition, page, *_: stop() if page.name == 'two' else ''",
    "the book takes its place": "rename = Path.rename; Path.rename = lambda path, to: stop() if path.suffix == '.new' else rename(path, to)",
}


@pytest.mark.promise("faults")
def test_killed_at_one_stage_after_another_a_build_leaves_the_old_book_and_ends_as_a_clean_one(world, small_book):
    (small_book / "data/value.csv").write_text("second")
    for stage, fault in STAGES.items():
        assert run(small_book, fault=fault).code == -signal.SIGKILL, stage
        with build_lock(small_book):  # which mends what is half done
            assert compared(small_book) == world.clean["first"], stage
    assert run(small_book).code == 0
    assert compared(small_book) == world.clean["second"]
    assert {path.name for path in (small_book / "_build").glob("html*")} == {"html"}


@pytest.mark.promise("faults")
def test_what_was_kept_and_is_spoiled_is_made_anew(world, small_book):
    kept = small_book / "_build/executed/index.ipynb"
    kept.write_bytes(kept.read_bytes()[:100])
    for file in (small_book / "_build/html").rglob("*.html"):
        file.write_text("garbage")
    (small_book / "_build/html/stray.txt").write_text("garbage")
    done = run(small_book)
    assert done.code == 0, done.lines
    assert "  index: running" in done.out
    assert compared(small_book) == world.clean["first"]


@pytest.mark.promise("faults")
def test_a_full_disk_is_named_and_the_old_book_stands(small_book):
    stood = files_of(small_book / "_build/html")
    shutil.rmtree(small_book / "_build/work")
    (small_book / "data/value.csv").write_text("second")
    done = run(small_book, preexec_fn=small_files(30_000))
    assert done.code == 1
    assert "File too large" in "\n".join(done.lines)
    assert files_of(small_book / "_build/html") == stood


@pytest.mark.promise("faults")
def test_a_checkout_that_cannot_be_written_to_gets_one_line(small_book):
    shutil.rmtree(small_book / "_build")
    before, everything = files_of(small_book), [small_book, *small_book.rglob("*")]
    for path in everything:
        path.chmod(path.stat().st_mode & 0o555)
    try:
        done = run(small_book, preexec_fn=without_power)
    finally:
        for path in everything:
            path.chmod(path.stat().st_mode | 0o200)
    remedy = "Remedy: make room there, or make it a folder that can be written to."
    assert (done.code, done.lines) == (1, [f"{small_book / '_build'}: Permission denied. {remedy}"])
    assert files_of(small_book) == before


@pytest.mark.promise("faults")
@pytest.mark.parametrize(("sent", "code"), [(signal.SIGTERM, 130), (signal.SIGKILL, -signal.SIGKILL)])
def test_stopped_while_a_chapter_runs_a_build_leaves_no_kernel_and_the_old_book(small_book, sent, code):
    stood, said = files_of(small_book / "_build/html"), small_book / "_build/kernel"
    sleep = "from pathlib import Path\nPath('_build/kernel').write_text(str(os.getpid()))\ntime.sleep(100)"
    add_notebook(small_book, "# Title", f"code: import os, time\n{sleep}")
    process = start(small_book)
    wait_for(lambda: said.exists() and said.read_text())
    process.send_signal(sent)
    _, err = process.communicate(timeout=30)
    assert process.returncode == code
    assert err.strip() == ("Stopped. The book that stood in _build/html is whole; the next run takes up what is done." if code > 0 else "")
    wait_for(lambda: not alive(int(said.read_text())), 20)
    assert files_of(small_book / "_build/html") == stood


def alive(process_id):
    with contextlib.suppress(OSError):
        os.kill(process_id, 0)
        return "State:\tZ" not in Path(f"/proc/{process_id}/status").read_text()
    return False


def test_stopped_while_pages_are_rendered_a_build_leaves_the_old_book(small_book):
    stood = files_of(small_book / "_build/html")
    (small_book / "data/value.csv").write_text("second")
    process = start(small_book)
    assert any(line.startswith("Rendering") for line in iter(process.stdout.readline, ""))
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert (process.returncode, err.strip().splitlines()[-1][:8]) == (130, "Stopped.")
    assert files_of(small_book / "_build/html") == stood


@pytest.mark.promise("faults")
@pytest.mark.parametrize("command", ["build", "pdf", "expected"])
def test_a_second_build_at_the_same_time_gets_one_line_and_touches_nothing(small_book, command, capsys):
    with build_lock(small_book):
        before = files_of(small_book)
        assert run_command([command], small_book) == 1
        assert files_of(small_book) == before
    assert capsys.readouterr().err.splitlines() == ["another build is running here. Remedy: wait for it to end, or stop it."]


# Kernels


def test_a_kernel_of_the_users_own_does_not_run_the_chapters(tiny_book, monkeypatch, tmp_path_factory):
    kernels = tmp_path_factory.mktemp("jupyter")
    (kernels / "kernels/python3").mkdir(parents=True)
    spec = {"argv": ["/nowhere/python", "-f", "{connection_file}"], "display_name": "Mine", "language": "python"}
    (kernels / "kernels/python3/kernel.json").write_text(json.dumps(spec))
    monkeypatch.setenv("JUPYTER_PATH", str(kernels))
    root = tiny_book("# Title", "code: import sys\nprint(sys.executable)")
    assert execute.execute(root, silent)["index"].cells[1].outputs[0].text == f"{sys.executable}\n"


@pytest.mark.promise("faults")
@pytest.mark.parametrize(("kernel", "fault"), [("import time; time.sleep(99)", "in 3 seconds"), ("1/0", "Kernel died")])
def test_a_kernel_that_does_not_answer_gets_one_line(tiny_book, monkeypatch, kernel, fault):
    monkeypatch.setattr(execute, "_KERNEL", kernel)
    monkeypatch.setattr(execute, "_STARTUP_SECONDS", 3)
    with pytest.raises(BookError, match=rf"^index\.ipynb: the kernel cannot start or answer \(RuntimeError: .*{fault}.*\)\. Remedy"):
        execute.execute(tiny_book("# Title", "code: 1"), silent, timeout=3)


# The PDF and the server


@pytest.mark.promise("faults")
def test_a_kept_pdf_that_is_cut_short_is_printed_again(tmp_path, monkeypatch):
    monkeypatch.setattr(pdf, "print_html", lambda *_: "pages")
    monkeypatch.setattr(pdf, "print_pages", lambda *_: b"%PDF-1.7 pages\n%%EOF\n")
    kept = pdf.make_pdf(tmp_path, tmp_path, silent)
    whole = kept.read_bytes()
    kept.write_bytes(whole[:-9])
    (kept.parent / ".leftover.123").touch()
    assert pdf.current_pdf(tmp_path, tmp_path) is None
    assert pdf.make_pdf(tmp_path, tmp_path, silent).read_bytes() == whole
    assert list(kept.parent.iterdir()) == [kept]


@pytest.mark.promise("faults")
def test_a_port_in_use_is_passed_over_and_a_book_that_a_killed_build_put_aside_is_brought_back(tmp_path, monkeypatch):
    taken, free = (socket.create_server(("127.0.0.1", 0)) for _ in range(2))
    used, left = (server.getsockname()[1] for server in (taken, free))
    free.close()
    monkeypatch.setattr("http.server.ThreadingHTTPServer.serve_forever", lambda _server: None)
    monkeypatch.setattr(webbrowser, "open", lambda _address: (_ for _ in ()).throw(webbrowser.Error("no browser")))
    lines = []
    (tmp_path / "_build/html.old").mkdir(parents=True)
    (tmp_path / "_build/html.old/index.html").touch()
    monkeypatch.setattr(serve, "_PORTS", [used, left])
    serve.serve(tmp_path, lines.append)
    assert lines == [f"The book is at http://127.0.0.1:{left}/ (stop with Ctrl+C)"]
    assert (tmp_path / "_build/html/index.html").exists()
    monkeypatch.setattr(serve, "_PORTS", range(used, used + 1))
    with pytest.raises(BookError, match=rf"^ports {used} to {used} are all in use\. Remedy: stop one"):
        serve.serve(tmp_path, silent)
    taken.close()


# Files of the book that are not what they must be

MOVED = "old,new,version,reason\n"
BAD_INPUTS = {
    "no table of contents": ("_toc.yml", None, "_toc.yml: [Errno 2] No such file"),
    "a table of contents that leads out of the book": ("_toc.yml", "format: jb-book\nroot: index\nchapters:\n- file: ../x\n", "_toc.yml: names ../x, but there is no"),
    "settings that are not YAML": ("_config.yml", "html: [\n", "_config.yml: is not YAML (while parsing a flow node"),
    "settings without the extension": ("_config.yml", "sphinx:\n  local_extensions:\n", "_config.yml: names no book.pages.extension"),
    "a citation without a title": ("CITATION.cff", "authors: []\n", "CITATION.cff: lacks 'title'"),
    "a citation whose title is a number": ("CITATION.cff", "title: 2022\n", "CITATION.cff: a field is not of its kind"),
    "a moved address out of the book": ("_moved.csv", MOVED + "../../a.html,index.html,1.0,x\n", "_moved.csv, row 2, column old: leads out of the book"),
}  # fmt: skip


@pytest.mark.promise("bad input")
@pytest.mark.parametrize("name", BAD_INPUTS)
def test_a_file_of_the_book_that_is_not_what_it_must_be_gets_one_line_before_any_work(tiny_book, name, capsys):
    root, (file, content, message) = tiny_book("# Title"), BAD_INPUTS[name]
    (root / file).unlink(missing_ok=True)
    if content is not None:
        (root / file).write_bytes(content if isinstance(content, bytes) else content.encode())
    assert run_command(["build"], root) == 1
    said = capsys.readouterr().err.strip()
    assert said.startswith(message)
    assert ". Remedy: " in said
    assert "\n" not in said
    assert {path.name for path in (root / "_build").iterdir()} <= {"lock"}
