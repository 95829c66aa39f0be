"""Faults of the machine: whatever stops a run, and whenever, the book that stood stays whole, and the next run gives what a clean one gives."""

import contextlib
import ctypes
import errno
import io
import itertools
import json
import os
import random
import re
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

import book.pdf
import nbformat
import pandas as pd
import pytest
from matplotlib.font_manager import FontManager

from analysis import tables
from book import reproduce
from book.__main__ import main
from book.notebooks import ROOT, BookError
from book.pages import redirects
from book.run import execute, lock, serve, snapshot
from book.run.lock import alone, publish
from tests.conftest import add_notebook

PLANTED = '''"""An extension that stops Jupyter Book where the environment says so."""
import os, signal

def setup(app):
    if os.environ.get("STOP_AT") == "pages":
        app.connect("html-page-context", stop)

def stop(app, name, *_):
    if name == "two":  # the page before is written
        os.killpg(0, signal.SIGKILL)
'''
# Runs a command on a book in another folder, with a fault planted; check and tables, which have tests of their own, take little time.
COMMAND = """
import os, signal, sys, time
from pathlib import Path
import analysis.check, analysis.tables, book.__main__, book.build, book.downloads, book.execute, book.pdf, book.safety
def stop(*_arguments, **_options):
    os.killpg(0, signal.SIGKILL)
signal.signal(signal.SIGINT, signal.default_int_handler)  # it is ignored below a test run in the background
root, command, fault = sys.argv[1:]
analysis.check.check = lambda _data: []
analysis.tables.MAKERS = {name: analysis.tables.MAKERS[name] for name in ("sources", "zones")}
exec(fault)
sys.exit(book.__main__.main([command], Path(root)))
"""


def silent(_line):
    pass


def start(root, command="build", fault="", **options):
    """Begin a command on the book in `root` in a process group of its own."""
    return subprocess.Popen(
        [sys.executable, "-c", COMMAND, root, command, fault],
        cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
        **options | {"env": os.environ | options.get("env", {})},
    )  # fmt: skip


def run(root, command="build", fault="", **options):
    """Run a command to its end; returns its exit code, what it printed, and the lines of its complaint."""
    process = start(root, command, fault, **options)
    out, err = process.communicate()
    assert "Traceback" not in out + err
    return SimpleNamespace(code=process.returncode, out=out, lines=err.strip().splitlines())


def files(folder):
    """What the files of a folder hold: {path: bytes}."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in Path(folder).rglob("*") if path.is_file()}


def full(*_arguments, **_options):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "somewhere")


def small_files(limit):
    """Let no file of a child process grow beyond `limit` bytes: the system refuses to write, as on a full disk."""
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))


def without_power():
    """Take from a child process of root the right to write where the permissions forbid it."""
    if os.geteuid() == 0 and ctypes.CDLL(None).prctl(24, 1, 0, 0, 0):  # PR_CAPBSET_DROP, CAP_DAC_OVERRIDE
        raise OSError("the right of root cannot be dropped")


def alive(process_id):
    with contextlib.suppress(OSError):
        return "State:\tZ" not in Path(f"/proc/{process_id}/status").read_text() if Path("/proc").exists() else not os.kill(process_id, 0)
    return False


def wait_for(what, seconds=60):
    """Wait until `what()` is true."""
    for _ in range(seconds * 20):
        if what():
            return
        time.sleep(0.05)
    raise AssertionError(f"still not so after {seconds} s")


# Killed before any call to the system


def killed_before(step, act):
    """Let `act` run in a process of its own that is killed before call number `step` to the system; whether it came to its end."""
    child = os.fork()
    if child == 0:
        left = itertools.count(step, -1)

        def watch(_frame, event, called):
            if (
                event == "c_call"
                and (called.__module__ == "posix" or called is open or isinstance(called.__self__, io.IOBase))
                and not next(left)
            ):
                os.kill(os.getpid(), signal.SIGKILL)

        sys.setprofile(watch)
        try:
            act()
        except BaseException:
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert status in (0, signal.SIGKILL), "the act failed of itself"
    return status == 0


def every_kill(act, prepare, judge):
    """`prepare`, kill `act` and `judge`, for every call of `act` to the system; returns how many there are."""
    for step in itertools.count():
        prepare()
        ended = killed_before(step, act)
        judge()
        if ended:
            return step


def folder_with(place, text, names=("index.html", "chapters/one.html")):
    shutil.rmtree(place, ignore_errors=True)
    for name in names:
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text(text * 100)
    return files(place)


@pytest.mark.promise("faults")
def test_killed_at_any_moment_publishing_leaves_the_old_book_or_the_new_one(tmp_path):
    build = tmp_path / "_build"
    new, place = folder_with(build / "made", "new"), build / "html"
    stood = set()

    def prepare():
        for name in ("html.new", "html.old"):
            lock.remove(build / name)
        prepare.old = folder_with(place, "old")

    def judge():
        stood.add(place.exists())
        with alone(tmp_path):
            assert files(place) in (prepare.old, new)
        publish(build / "made", place)
        assert files(place) == new
        assert {path.name for path in build.iterdir()} == {"html", "made", "lock"}

    assert every_kill(lambda: publish(build / "made", place), prepare, judge) > 30
    assert stood == {True, False}, "no kill fell between the two renames"


def writers(folder, texts):
    """What writes files that outlive a run: {name: (function, files)}."""
    executed = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("new " * 100)])
    chapter = {"index": nbformat.v4.new_notebook(cells=[])}
    site = folder / "site"
    site.mkdir()
    (site / "index.html").write_text("<article>new</article>")
    return {
        "a table": (lambda: tables.write_tables(texts, folder), ["one.csv", "two.csv", "datapackage.json"]),
        "kept outputs": (lambda: execute.keep(folder, "index", executed, "digest"), ["_build/executed/index.ipynb"]),
        "expected results": (lambda: snapshot.write_expected(folder, chapter), ["tests/expected/index.json"]),
        "addresses": (lambda: redirects.write_list(site, folder / "addresses.txt"), ["addresses.txt"]),
        "the PDF": (lambda: book.pdf.make_pdf(folder, site, silent), ["_build/pdf/kept.pdf"]),
    }


@pytest.mark.promise("faults")
@pytest.mark.parametrize("name", ["a table", "kept outputs", "expected results", "addresses", "the PDF"])
def test_killed_at_any_moment_a_file_is_the_old_one_or_the_new_one(tmp_path, texts, monkeypatch, name):
    for made in ("one", "two"):
        monkeypatch.setitem(PUBLISHED_TABLES, made, Table("new", (Column("a", "new"),)))
    monkeypatch.setattr(tables, "MAKERS", dict.fromkeys(("one", "two"), lambda _texts: pd.DataFrame({"a": ["new"] * 9})))
    monkeypatch.setattr(book.pdf, "manuscript", lambda *_: "new")
    monkeypatch.setattr(book.pdf, "digest", lambda *_: "")
    monkeypatch.setattr(book.pdf, "print_pages", lambda *_: b"%PDF new %%EOF")
    monkeypatch.setattr(book.pdf, "kept", lambda root, _digest: root / "_build/pdf/kept.pdf")
    act, names = writers(tmp_path, texts)[name]
    act()

    def prepare():
        for file in names:
            (tmp_path / file).write_bytes(b"old\n")

    prepare()
    act()
    new = [(tmp_path / file).read_bytes() for file in names]
    assert b"old\n" not in new

    def judge():
        now = [(tmp_path / file).read_bytes() for file in names]
        assert all(found in (b"old\n", whole) for found, whole in zip(now, new, strict=True)), now
        act()
        assert [(tmp_path / file).read_bytes() for file in names] == new

    assert every_kill(act, prepare, judge) > 3


def test_what_outlives_a_run_is_written_in_one_way():
    """Otherwise only parts of the extension write, into a folder that a killed run makes untrusted, and `links`, into a temporary one."""
    others = {"analysis/files.py", "book/figures.py", "book/head.py", "book/links.py", "book/look.py", "book/made.py"}
    code = {str(file.relative_to(ROOT)): file.read_text() for folder in ("analysis", "book") for file in (ROOT / folder).glob("*.py")}
    writes = re.compile(r"\.write_(?:text|bytes)\(|os\.replace|open\([^)]*[\"'][wx]b?[\"']|\.to_csv\((?!index)")
    assert {name for name, text in code.items() if writes.search(text)} == others


# A full disk


def test_a_file_that_finds_no_room_leaves_the_old_one_and_nothing_beside(tmp_path):
    (tmp_path / "file").write_text("old")
    code = f"from analysis.files import put; put({str(tmp_path / 'file')!r}, 'new' * 1000)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, preexec_fn=small_files(1000))
    assert f"OSError: [Errno {errno.EFBIG}] {os.strerror(errno.EFBIG)}: '{tmp_path / 'file'}'" in done.stderr
    assert files(tmp_path) == {"file": b"old"}


@pytest.mark.parametrize("refused", ["shutil.copytree", "pathlib.Path.rename", "second rename"])
def test_a_book_that_cannot_be_put_in_its_place_leaves_the_old_one(tmp_path, monkeypatch, refused):
    folder_with(tmp_path / "made", "new")
    old, real, calls = folder_with(tmp_path / "html", "old"), Path.rename, []

    def second(path, target):
        calls.append(path)
        return full() if len(calls) == 2 else real(path, target)

    with monkeypatch.context() as patched:
        patched.setattr(*(("pathlib.Path.rename", second) if refused == "second rename" else (refused, full)))
        with pytest.raises(OSError, match="No space left"):
            publish(tmp_path / "made", tmp_path / "html")
    assert files(tmp_path / "html") == old
    assert {path.name for path in tmp_path.iterdir()} == {"html", "made"}


@pytest.mark.promise("faults")
@pytest.mark.parametrize(
    ("limit", "gone", "place"),
    [
        (1_000, "_build/executed/index.ipynb", "_build/executed/index.ipynb: File too large"),
        (30_000, "_build/work/finished", "_build/work: File too large"),  # the notes of Sphinx
        (200_000, "_build/work/finished", "_build/work: File too large"),  # the files of the theme, of which Sphinx only warns
        (100_000, None, "neutrality-for-guarantees.zip: File too large"),
        (350_000, None, "File too large: "),  # the copy
    ],
)
def test_a_full_disk_gets_one_line_and_the_old_book_stands(small_book, limit, gone, place):
    stood = files(small_book / "_build/html")
    changed(small_book)
    if gone:
        (small_book / gone).unlink()
    done = run(small_book, preexec_fn=small_files(limit))
    assert (done.code, len(done.lines)) == (1, 1), done.lines
    assert place in done.lines[0]
    assert done.lines[0].endswith(". Remedy: make room there, or make it a folder that can be written to.")
    assert files(small_book / "_build/html") == stood
    assert not (small_book / "_build/html.new").exists()


def test_a_disk_too_full_for_the_pdf_gets_one_line_and_keeps_the_old_one(tmp_path):
    folder_with(tmp_path / "_build/pdf", "old", ["old.pdf"])
    fault = "book.export.pdf.manuscript = lambda *_: ''; book.pdf.print_pages = lambda *_: bytes(2000)"
    done = run(tmp_path, "pdf", fault, preexec_fn=small_files(1000))
    assert (done.code, len(done.lines)) == (1, 1)
    assert re.search(r"\.pdf: File too large\. Remedy: make room there", done.lines[0])
    assert [path.name for path in (tmp_path / "_build/pdf").iterdir()] == ["old.pdf"]


# Folders that cannot be written to, or are none


@pytest.mark.promise("faults")
@pytest.mark.parametrize(("built", "refused"), [(False, "_build"), (True, "_build/lock")])
def test_a_checkout_that_cannot_be_written_to_gets_one_line(small_book, built, refused):
    if not built:
        shutil.rmtree(small_book / "_build")
    before, everything = files(small_book), [small_book, *small_book.rglob("*")]
    modes = {path: path.stat().st_mode for path in everything}
    for path in everything:
        path.chmod(modes[path] & 0o555)
    try:
        done = run(small_book, preexec_fn=without_power)
    finally:
        for path in everything:
            path.chmod(modes[path])
    assert done.code == 1
    assert done.lines == [
        f"{small_book / refused}: Permission denied. Remedy: make room there, or make it a folder that can be written to."
    ]
    assert files(small_book) == before


@pytest.mark.parametrize("place", ["_build", "_build/executed"])
def test_a_file_in_place_of_a_folder_gets_one_line(small_book, place):
    changed(small_book)
    shutil.rmtree(small_book / place)
    (small_book / place).write_text("a file")
    done = run(small_book)
    assert (done.code, len(done.lines)) == (1, 1)
    assert done.lines[0].startswith(f"{small_book / place}")
    assert ". Remedy: make room there, or make it a folder" in done.lines[0]


@pytest.mark.parametrize("kind", ["file", "link", "broken link"])
def test_what_stands_in_the_place_of_the_book_gives_way(tmp_path, kind):
    new, place = folder_with(tmp_path / "made", "new"), tmp_path / "html"
    elsewhere = folder_with(tmp_path / "elsewhere", "not of the book")
    place.write_text("a file") if kind == "file" else place.symlink_to(tmp_path / ("elsewhere" if kind == "link" else "gone"))
    for leftover in ("html.new", "html.old"):
        (tmp_path / leftover).write_text("a file")
    for _ in range(2):
        publish(tmp_path / "made", place)
        assert files(place) == new
    assert {path.name for path in tmp_path.iterdir()} == {"html", "made", "elsewhere"}
    assert files(tmp_path / "elsewhere") == elsewhere


# A whole book, killed and built again


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """A small book with its first pages built, and what a clean build gives of its second: root, kept copy, files."""
    root = tmp_path_factory.mktemp("faults") / "root"
    root.mkdir()
    for name in ("index", "two"):
        add_notebook(
            root,
            "# The other page" if name == "two" else "# The first page",
            "code: import os, time\nprint(open('data/value.csv').read())",
            name=name,
        )
    (root / "planted.py").write_text(PLANTED)
    config = root / "_config.yml"
    config.write_text(config.read_text().replace("book.extension: .", "book.extension: .\n    planted: ."))
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


def changed(root):
    """Let a file of the book change on which no page rests, so that the book is made anew."""
    (root / "planted.py").write_text(PLANTED + "# changed\n")


def compared(root):
    """What the published files hold that have to be the same every time."""
    return {name: path.read_bytes() for name, path in reproduce.files(root / "_build/html").items()}


STAGES = {
    "a chapter runs": {"fault": "book.run.execute.keep = stop"},
    "pages are written": {"env": {"STOP_AT": "pages"}},
    "tables are written": {"fault": "analysis.tables.put = stop"},
    "the book is packed": {"fault": "book.export.downloads.put = stop"},
    "the book is copied": {"fault": "import shutil; shutil.copystat = stop"},
    "the book takes its place": {
        "fault": "rename = Path.rename; Path.rename = lambda path, to: stop() if path.suffix == '.new' else rename(path, to)"
    },
    "the old book is removed": {"fault": "book.run.lock.remove = lambda path: path.name == 'html.old' and path.exists() and stop()"},
}


FAST = ("pages are written", "the book takes its place")


@pytest.mark.promise("faults")
@pytest.mark.parametrize(
    "stage",
    [*FAST, *(pytest.param(stage, marks=pytest.mark.slow) for stage in STAGES if stage not in FAST)],
)  # fmt: skip
def test_killed_and_run_again_a_build_gives_what_a_clean_one_gives(world, small_book, stage):
    (small_book / "data/value.csv").write_text("second")
    assert run(small_book, **STAGES[stage]).code == -signal.SIGKILL
    wait_for(lambda: free(small_book), 10)
    assert compared(small_book) in (world.clean["first"], world.clean["second"])
    assert run(small_book).code == 0
    assert differing(compared(small_book), world.clean["second"]) == []
    assert {path.name for path in (small_book / "_build").glob("html*")} == {"html"}


def differing(one, other):
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


@pytest.mark.slow
@pytest.mark.promise("faults")
def test_killed_at_random_moments_a_build_still_gives_what_a_clean_one_gives(world, small_book):
    moments, stopped = random.Random(2022), 0
    changed(small_book)
    begin = time.monotonic()
    assert run(small_book).code == 0
    usual = time.monotonic() - begin
    for value in ["second", "first"] * 4:
        (small_book / "data/value.csv").write_text(value)
        process = start(small_book)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(moments.uniform(0, 1.5 * usual))
        stopped += process.poll() is None
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        wait_for(lambda: free(small_book), 10)
        assert compared(small_book) in world.clean.values()
        if moments.random() < 0.5:  # else the next begins from what this one left
            assert run(small_book).code == 0
            assert differing(compared(small_book), world.clean[value]) == []
    assert run(small_book).code == 0
    assert differing(compared(small_book), world.clean[value]) == []
    assert stopped > 2


@pytest.mark.promise("faults")
def test_what_was_kept_and_is_spoiled_is_made_anew(world, small_book):
    kept = small_book / "_build/executed/index.ipynb"
    for file in [kept, *(small_book / "_build/work").rglob("*.doctree"), *(small_book / "_build/work").rglob("environment.pickle")]:
        file.write_bytes(file.read_bytes()[:100])
    for file in (small_book / "_build/html").rglob("*.html"):
        file.write_text("garbage")
    (small_book / "_build/html/stray.txt").write_text("garbage")
    done = run(small_book)
    assert done.code == 0, done.lines
    assert "  index: running" in done.out
    assert differing(compared(small_book), world.clean["first"]) == []


@pytest.mark.parametrize("content", [b"", b'{"cells": [', b"\xff\xfe", None])
def test_a_kept_chapter_that_is_spoiled_runs_again(tiny_book, content):
    root = tiny_book("# Title", "code: print(6 * 7)")
    kept = root / "_build/executed/index.ipynb"
    execute.execute(root, silent)
    kept.write_bytes(kept.read_bytes()[:-10] if content is None else content)
    assert execute.execute(root, silent)["index"].cells[1].outputs[0].text == "42\n"


# Stopped by hand


def sleeping(book_root):
    """The small book with a chapter that says which process runs it and then sleeps; the file that says so."""
    code = "code: import os, time\nfrom pathlib import Path\nPath('_build/kernel').write_text(str(os.getpid()))\ntime.sleep(100)"
    add_notebook(book_root, "# Title", code)
    return book_root / "_build/kernel"


@pytest.mark.promise("faults")
@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 130), (signal.SIGKILL, -signal.SIGKILL)])
def test_stopped_while_a_chapter_runs_a_build_leaves_no_kernel_and_the_old_book(small_book, sent, code):
    stood, said = files(small_book / "_build/html"), sleeping(small_book)
    process = start(small_book)
    wait_for(lambda: said.exists() and said.read_text())
    process.send_signal(sent)
    _, err = process.communicate(timeout=30)
    assert process.returncode == code
    assert err.strip() == ("Stopped. The book that stood in _build/html is whole; the next run takes up what is done." if code > 0 else "")
    wait_for(lambda: not alive(int(said.read_text())), 20)
    assert files(small_book / "_build/html") == stood


def test_stopped_while_pages_are_rendered_a_build_leaves_no_program_and_the_old_book(small_book):
    stood = files(small_book / "_build/html")
    changed(small_book)
    process = start(small_book)
    assert any(line.startswith("Rendering") for line in iter(process.stdout.readline, ""))
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert (process.returncode, len(err.strip().splitlines())) == (130, 1)
    wait_for(lambda: free(small_book), 10)  # Jupyter Book, which inherits the lock, has ended too
    assert files(small_book / "_build/html") == stood


def free(root):
    """Whether no build runs in `root`; what a killed one left is mended then."""
    with contextlib.suppress(BookError), alone(root):
        return True


# Two at a time


@pytest.mark.promise("faults")
@pytest.mark.parametrize("command", ["build", "pdf", "expected"])
def test_a_second_build_at_the_same_time_gets_one_line_and_touches_nothing(small_book, command):
    with alone(small_book):
        before = files(small_book)
        done = run(small_book, command)
        assert files(small_book) == before
    assert done.code == 1
    assert done.lines == [f"another build is running here (begun by process {os.getpid()}). Remedy: wait for it to end, or stop it."]


def test_the_lock_goes_with_its_holder_and_with_what_the_holder_started(tmp_path):
    code = f"""import subprocess, sys
from book.run.lock import alone
with alone({str(tmp_path)!r}):
    print(subprocess.Popen(["sleep", "100"], close_fds=False, stdout=subprocess.DEVNULL).pid, flush=True)
    sys.stdin.read()"""
    holder = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    started = int(holder.stdout.readline())
    for process_id in (holder.pid, started):
        with pytest.raises(BookError, match=rf"begun by process {holder.pid}\b"), alone(tmp_path):
            pass
        os.kill(process_id, signal.SIGKILL)
        if process_id == holder.pid:
            holder.communicate()
    wait_for(lambda: not alive(started))
    with alone(tmp_path):
        pass
    with alone(tmp_path):
        pass


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
def test_a_missing_kernel_gets_one_line(tiny_book, monkeypatch):
    monkeypatch.setitem(sys.modules, "ipykernel.kernelspec", None)
    with pytest.raises(BookError) as caught:
        execute.execute(tiny_book("# Title", "code: 1"), silent)
    assert re.fullmatch(
        r"index\.ipynb: the kernel cannot start or answer \(NoSuchKernel: .*\)\. Remedy: .*`make clean`.*", str(caught.value)
    )


@pytest.mark.parametrize(("kernel", "fault"), [("import time; time.sleep(99)", "in 3 seconds"), ("1/0", "Kernel died")])
def test_a_kernel_that_does_not_answer_gets_one_line(tiny_book, kernel, fault):
    planted = f"import ipykernel.kernelspec as k; k.make_ipkernel_cmd = lambda *_, **__: [sys.executable, '-c', {kernel!r}]"
    done = run(tiny_book("# Title", "code: 1"), fault=f"{planted}; book.execute.execute.__defaults__ = (print, 3, None)")
    assert (done.code, len(done.lines)) == (1, 1)
    assert re.match(rf"index\.ipynb: the kernel cannot start or answer \(RuntimeError: .*{fault}.*\)\. Remedy", done.lines[0])


def test_what_killed_kernels_left_does_not_stop_the_next(tiny_book):
    root = tiny_book("# Title", "code: import matplotlib.pyplot\nprint('drawn')")
    lock = root / f"_build/matplotlib/fontlist-v{FontManager.__version__}.json.matplotlib-lock"
    leftovers = [lock, root / "_build/executed/.index.ipynb.123", root / "_build/html/.index.html.123"]
    for file in leftovers:
        file.parent.mkdir(parents=True)
        file.touch()
    with alone(root):
        assert execute.execute(root, silent)["index"].cells[1].outputs[0].text == "drawn\n"
    assert not [file for file in leftovers if file.exists()]


# The PDF and the server


@pytest.mark.promise("faults")
def test_a_kept_pdf_that_is_cut_short_is_printed_again(tmp_path, monkeypatch):
    monkeypatch.setattr(book.pdf, "manuscript", lambda *_: "pages")
    monkeypatch.setattr(book.pdf, "print_pages", lambda *_: b"%PDF-1.7 pages\n%%EOF\n")
    kept = book.pdf.make_pdf(tmp_path, tmp_path, silent)
    whole = kept.read_bytes()
    kept.write_bytes(whole[:-9])
    (kept.parent / ".leftover.123").touch()
    assert book.pdf.current(tmp_path, tmp_path) is None
    assert book.pdf.make_pdf(tmp_path, tmp_path, silent).read_bytes() == whole
    assert list(kept.parent.iterdir()) == [kept]


@pytest.fixture
def ports(monkeypatch, tmp_path):
    """Three ports, of which the first two are in use, and a book to serve."""
    for first in range(20_000, 60_000, 10):
        taken = []
        with contextlib.suppress(OSError):
            taken = [socket.create_server(("127.0.0.1", first + step)) for step in range(3)]
            break
    taken.pop().close()
    monkeypatch.setattr(serve, "PORTS", range(first, first + 3))
    monkeypatch.setattr("http.server.ThreadingHTTPServer.serve_forever", lambda _server: None)
    monkeypatch.setattr(webbrowser, "open", lambda _address: None)
    folder_with(tmp_path / "_build/html", "book")
    yield range(first, first + 3)
    for server in taken:
        server.close()


@pytest.mark.promise("faults")
def test_a_port_in_use_is_passed_over_and_none_free_gets_one_line(ports, tmp_path, monkeypatch):
    lines = []
    serve.serve(tmp_path, lines.append)
    assert lines == [f"The book is at http://127.0.0.1:{ports.stop - 1}/ (stop with Ctrl+C)"]
    monkeypatch.setattr(serve, "PORTS", ports[:2])
    with pytest.raises(BookError, match=rf"^ports {ports.start} to {ports.start + 1} are all in use\. Remedy: stop one"):
        serve.serve(tmp_path, silent)


def test_a_browser_that_cannot_be_opened_does_not_stop_the_server(ports, tmp_path, monkeypatch):
    served = []
    monkeypatch.setattr("http.server.ThreadingHTTPServer.serve_forever", lambda server: served.append(server))

    def fail(_address):
        raise webbrowser.Error("no browser")

    monkeypatch.setattr(webbrowser, "open", fail)
    serve.serve(tmp_path, silent)
    assert len(served) == 1


def test_the_server_brings_back_a_book_that_a_killed_build_put_aside(ports, tmp_path):
    shutil.rmtree(tmp_path / "_build/html")
    with pytest.raises(BookError, match=r"^there is no book yet\. Remedy: run `make book`"):
        serve.serve(tmp_path, silent)
    folder_with(tmp_path / "_build/html.old", "book")
    serve.serve(tmp_path, silent)
    assert (tmp_path / "_build/html/index.html").exists()


# The environment


@pytest.mark.promise("faults")
def test_an_installation_that_was_killed_is_made_again_from_the_first_package(tmp_path):
    tools = tmp_path / ".venv/bin"
    tools.mkdir(parents=True)
    (tmp_path / "requirements.txt").touch()
    (tmp_path / ".venv/uv").touch()
    (tools / "uv").write_text(f'#!/bin/sh\necho "$@" >> {tmp_path}/asked\ntest ! -e {tmp_path}/stop || kill -9 $PPID $$\n')
    (tools / "uv").chmod(0o755)

    def make():
        command = ["make", "--no-print-directory", "-f", ROOT / "Makefile", ".venv/ready"]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True).returncode

    (tmp_path / "stop").touch()
    assert make() != 0
    assert not (tmp_path / ".venv/ready").exists()
    (tmp_path / "stop").unlink()
    assert [make(), make()] == [0, 0]
    assert ["--reinstall" in line for line in (tmp_path / "asked").read_text().splitlines()] == [False, True]
    os.utime(tmp_path / "requirements.txt", (time.time() + 9, time.time() + 9))  # a new lock: only what changed
    assert make() == 0
    assert "--reinstall" not in (tmp_path / "asked").read_text().splitlines()[2]


# Files of the book that are not what they must be

CITATION = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
MOVED = "old,new,version,reason\n"
BAD_INPUTS = {
    "no table of contents": ("_toc.yml", None, "_toc.yml: [Errno 2] No such file"),
    "an empty table of contents": ("_toc.yml", "", "_toc.yml: toc is not a mapping"),
    "a table of contents in Latin-1": ("_toc.yml", b"format: jb-book\nroot: ind\xe9x\n", "_toc.yml: 'utf-8' codec can't decode byte"),
    "a table of contents that names a page twice": ("_toc.yml", "format: jb-book\nroot: index\nchapters:\n- file: index\n", "_toc.yml: document file used multiple"),
    "a table of contents that leads out of the book": ("_toc.yml", "format: jb-book\nroot: index\nchapters:\n- file: ../x\n", "_toc.yml: names ../x, but there is no"),
    "no settings": ("_config.yml", None, "_config.yml: No such file"),
    "settings that are not YAML": ("_config.yml", "html: [\n", "_config.yml: is not YAML (while parsing a flow node"),
    "settings in Latin-1": ("_config.yml", b"author: \xe9\n", "_config.yml: is not YAML ('utf-8' codec"),
    "settings that are a list": ("_config.yml", "- html\n", "_config.yml: names no book.extension"),
    "settings without the extension": ("_config.yml", "sphinx:\n  local_extensions:\n", "_config.yml: names no book.extension"),
    "no citation": ("CITATION.cff", None, "CITATION.cff: No such file"),
    "an empty citation": ("CITATION.cff", "", "CITATION.cff: a field is not of its kind"),
    "a citation in Latin-1": ("CITATION.cff", b"title: \xe9\n", "CITATION.cff: is not YAML ('utf-8' codec"),
    "a citation that is not YAML": ("CITATION.cff", "title: [\n", "CITATION.cff: is not YAML (while parsing a flow node"),
    "a citation without a title": ("CITATION.cff", "authors: []\n", "CITATION.cff: lacks 'title'"),
    "a citation without a day": ("CITATION.cff", CITATION.replace("date-released: ", "date-released: soon # "), "CITATION.cff: a field is not of its kind (Invalid isoformat string: 'soon')"),
    "a citation whose title is a number": ("CITATION.cff", "title: 2022\n", "CITATION.cff: a field is not of its kind"),
    "moved addresses in Latin-1": ("_moved.csv", MOVED.encode() + b"a.html,b.html,1.0,\xe9\n", "_moved.csv: is not UTF-8 (byte 41, line 2)"),
    "a moved address with too few fields": ("_moved.csv", MOVED + "a.html,b.html\n", "_moved.csv, row 2: has 2 fields, the header 4"),
    "a moved address with too many fields": ("_moved.csv", MOVED + "a.html,b.html,1.0,this, that\n", "_moved.csv, row 2: has 5 fields, the header 4"),
    "a quotation mark in the moved addresses that never closes": ("_moved.csv", MOVED + '"a.html,b.html,1.0,x\nb.html,c.html,1.0,y\n', "_moved.csv, row 2: is not a CSV table from line 2 on"),
    "a moved address out of the book": ("_moved.csv", MOVED + "../../a.html,index.html,1.0,x\n", "_moved.csv, row 2, column old: leads out of the book"),
}  # fmt: skip


@pytest.mark.promise("bad input")
@pytest.mark.parametrize("name", BAD_INPUTS)
def test_a_file_of_the_book_that_is_not_what_it_must_be_gets_one_line_before_any_work(tiny_book, name, capsys):
    root, (file, content, message) = tiny_book("# Title"), BAD_INPUTS[name]
    (root / file).unlink(missing_ok=True)
    if content is not None:
        (root / file).write_bytes(content if isinstance(content, bytes) else content.encode())
    assert main(["build"], root) == 1
    said = capsys.readouterr().err.strip()
    assert said.removeprefix(f"{root.name}/").startswith(message)
    assert ". Remedy: " in said
    assert "\n" not in said
    assert [path.name for path in (root / "_build").iterdir()] == ["lock"]


def test_a_list_of_addresses_in_another_encoding_gets_one_line(tmp_path):
    (tmp_path / "addresses.txt").write_bytes(b"index.html\n\xe9\n")
    with pytest.raises(BookError, match=r"^addresses\.txt: is not UTF-8 .*Remedy"):
        redirects.listed(tmp_path / "addresses.txt")
