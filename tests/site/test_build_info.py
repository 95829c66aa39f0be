"""The page Status tells what the kept runs and the files say; times are in a file beside it."""

import hashlib
import platform
import re
import subprocess
import zipfile
from importlib.metadata import version
from types import SimpleNamespace as Space

import pytest
from bs4 import BeautifulSoup

from analysis.citation_file import edition
from book.notebooks import ROOT, notebook_names, read_notebook
from book.pages import build_info
from book.pipeline import build
from book.run.execute import PACKAGES, execute
from tests.support import browsing
from tests.support.books import DOWNLOAD_NAME


@pytest.fixture(scope="module")
def kept(html):
    """What is kept of the run of each chapter: {name: metadata}."""
    return {name: read_notebook(ROOT / "_build/executed", name).metadata for name in notebook_names(ROOT)}


@pytest.fixture(scope="module")
def tables(html):
    """The tables of the page: for each, rows of cells as text."""
    page = BeautifulSoup((html / "chapters/status.html").read_text(encoding="utf-8"), "html.parser")
    return [
        [[cell.get_text(strip=True) for cell in row.select("th, td")] for row in table.select("tbody tr")]
        for table in page.select("article .scroll > table")
    ]


def test_versions_are_those_of_this_environment_and_of_the_lock(tables):
    shown = dict(tables[0])
    lock = dict(re.findall(r"^([\w.-]+)==([^\s;]+)", (ROOT / "requirements.txt").read_text(), flags=re.MULTILINE))
    assert shown.pop("book and data") == edition()["version"]
    assert shown.pop("Python") == platform.python_version()
    assert list(shown) == PACKAGES
    for package, found in shown.items():
        assert found == version(package)
        assert package == "numpy" or found == lock[package]  # the lock holds two of numpy


def test_chapters_stand_with_the_digest_that_their_outputs_were_made_from(tables, kept):
    assert [row[1:] for row in tables[1]] == [[run.digest] for run in kept.values()]
    assert tables[1][0][0] == "Neutrality for Guarantees"


def test_every_file_of_the_data_stands_with_its_hash(tables):
    files = {str(file.relative_to(ROOT)): file for file in (ROOT / "data").rglob("*") if file.is_file()}
    assert {row[0]: row[2] for row in tables[2]} == {name: hashlib.sha256(file.read_bytes()).hexdigest() for name, file in files.items()}
    assert {row[0]: int(row[1].replace(",", "")) for row in tables[2]} == {name: file.stat().st_size for name, file in files.items()}


def test_the_line_of_the_page_that_checks_the_data_is_true(html, tmp_path):
    page = BeautifulSoup((html / "chapters/status.html").read_text(encoding="utf-8"), "html.parser")
    line = page.select_one("article .highlight-bash pre").get_text().split()
    done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0
    assert done.stdout.count(": OK") > 30
    assert subprocess.run([*line[:-1], ROOT / line[-1]], cwd=tmp_path, capture_output=True).returncode != 0


def test_the_time_and_the_versions_are_kept_beside_the_digest_and_not_in_it(tiny_book):
    root = tiny_book("# Title", "code: import time\ntime.sleep(1)")
    first = execute(root, lambda _line: None)["index"].metadata
    assert 1 < first.run.seconds < 60
    assert first.run.packages == {package: version(package) for package in PACKAGES}
    (root / "_build/executed/index.ipynb").unlink()
    assert execute(root, lambda _line: None)["index"].metadata.digest == first.digest


def test_the_page_follows_a_change_of_a_chapter_whose_outputs_stay(tiny_book):
    tiny_book("# Title", "code: 1")
    root = tiny_book("# Other title", "code: 1", name="other")
    (root / "chapters").mkdir()
    (root / "chapters/status.md").write_text("# Status\n\n```{status} chapters\n```\n")
    with (root / "_toc.yml").open("a") as file:
        file.write("- file: chapters/status\n")
    page = build(root, lambda _line: None).parent / "chapters/status.html"
    before = read_notebook(root / "_build/executed", "other").metadata.digest
    assert before in page.read_text()
    (root / "other.ipynb").write_text((root / "other.ipynb").read_text().replace('"1"', '"0 + 1"').replace("Other title", "New title"))
    build(root, lambda _line: None)
    after = read_notebook(root / "_build/executed", "other").metadata.digest
    assert after != before
    assert after in page.read_text()
    assert "New title" in BeautifulSoup(page.read_text(), "html.parser").select_one("article table").get_text()


def test_versions_that_differ_between_chapters_are_all_named():
    def run(pandas):
        return Space(
            metadata=Space(language_info=Space(version="3.11.7"), run=Space(packages=dict.fromkeys(PACKAGES, "1") | {"pandas": pandas}))
        )

    table = build_info.seen_versions("1.0", {"one": run("2.0"), "two": run("1.0")}).set_index("what").version
    assert table["pandas"] == "1.0, 2.0"
    assert table["sphinx"] == "1"


def test_without_scripts_the_page_offers_the_times_as_a_file(browser, html):
    tab = browsing.context(browser, java_script_enabled=False).new_page()
    tab.goto((html / "chapters/status.html").as_uri())
    assert (html / "chapters" / tab.get_attribute("a[href$='times.csv']", "href")).resolve().exists()


def test_it_says_how_much_of_each_text_the_book_shows(tables, texts):
    shown = {row[0]: float(row[2]) for row in tables[-1]}
    assert set(shown) == set(texts.sources.short)
    assert all(0 < percent < 100 for percent in shown.values())


def test_the_times_of_the_chapters_lie_beside_the_page_and_in_no_zip(html, kept):
    lines = (html / "status/times.csv").read_text(encoding="utf-8").splitlines()
    assert lines == ["chapter,seconds", *(f"{name},{run.run.seconds}" for name, run in kept.items())]
    assert zipfile.ZipFile(html / f"{DOWNLOAD_NAME}.zip").read(f"{DOWNLOAD_NAME}/status/times.csv") == b"chapter,seconds\n"
