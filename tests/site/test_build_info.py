"""The page Status tells what the kept runs and the files say; times are in files beside it and filled in by a few lines of script."""

import csv
import hashlib
import json
import platform
import re
import subprocess
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


@pytest.fixture(scope="module")
def kept(html):
    """What is kept of the run of each chapter: {name: metadata}."""
    return {name: read_notebook(ROOT / "_build/executed", name).metadata for name in notebook_names(ROOT)}


@pytest.fixture(scope="module")
def tables(html):
    """The tables of the page: for each, rows of cells as text."""
    page = BeautifulSoup((html / "chapters/build_info.html").read_text(encoding="utf-8"), "html.parser")
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


def test_chapters_stand_with_the_digest_that_their_outputs_were_made_from_and_without_times(tables, kept):
    assert [row[1:] for row in tables[1]] == [["–", run.digest] for run in kept.values()]
    assert tables[1][0][0] == "Neutrality for Guarantees"


def test_every_file_of_the_data_stands_with_its_hash(tables):
    files = {str(file.relative_to(ROOT)): file for file in (ROOT / "data").rglob("*") if file.is_file()}
    assert {row[0]: row[2] for row in tables[2]} == {name: hashlib.sha256(file.read_bytes()).hexdigest() for name, file in files.items()}
    assert {row[0]: int(row[1].replace(",", "")) for row in tables[2]} == {name: file.stat().st_size for name, file in files.items()}


def test_the_files_beside_the_page_tell_the_same(html, kept, tables):
    seconds = {name: run.run.seconds for name, run in kept.items()}
    assert all(value > 0 for value in seconds.values())
    with open(html / "status/times.csv", encoding="utf-8", newline="") as file:
        assert {row["chapter"]: float(row["seconds"]) for row in csv.DictReader(file)} == seconds
    told = json.loads((html / "status/build_info.json").read_text(encoding="utf-8"))
    assert told["chapters"] == {name: run.digest for name, run in kept.items()}
    assert list(told["versions"].items()) == [tuple(row) for row in tables[0]]
    assert told["data"] == {row[0]: row[2] for row in tables[2]}


def test_the_line_of_the_page_that_checks_the_data_is_true(html, tmp_path):
    page = BeautifulSoup((html / "chapters/build_info.html").read_text(encoding="utf-8"), "html.parser")
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
    (root / "chapters/build_info.md").write_text("# Status\n\n```{status} chapters\n```\n")
    with (root / "_toc.yml").open("a") as file:
        file.write("- file: chapters/status\n")
    page = build(root, lambda _line: None).parent / "chapters/build_info.html"
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

    table = build_info.versions(ROOT, {"one": run("2.0"), "two": run("1.0")}).set_index("what").version
    assert table["pandas"] == "1.0, 2.0"
    assert table["sphinx"] == "1"


@pytest.mark.parametrize("over", ["http", "file"])
@pytest.mark.parametrize("size", [browsing.DESKTOP, browsing.PHONE])
def test_the_times_are_filled_in(browser, site, html, kept, over, size):
    window = browsing.context(browser, size)
    tab = window.new_page()
    tab.goto(f"{site}/chapters/build_info.html" if over == "http" else (html / "chapters/build_info.html").as_uri())
    shown = tab.eval_on_selector_all("[data-chapter]", "places => places.map(place => [place.dataset.chapter, place.textContent])")
    assert shown == [[name, f"{run.run.seconds:.1f}"] for name, run in kept.items()]
    assert tab.evaluate("document.documentElement.scrollWidth") <= size[0]
    assert window.asked == []


def test_without_scripts_the_page_offers_the_times_as_a_file(browser, html):
    tab = browsing.context(browser, java_script_enabled=False).new_page()
    tab.goto((html / "chapters/build_info.html").as_uri())
    assert (html / "chapters" / tab.get_attribute("a[href$='times.csv']", "href")).resolve().exists()
