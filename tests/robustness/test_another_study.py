"""Another study needs data and prose alone: the frozen study builds as a book of its own, as CONTRIBUTING.md tells ("Begin another study")."""

import os
import re
import shutil
import subprocess
from pathlib import Path
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup

from book.lint.notebook_rules import page_faults
from book.notebooks import ROOT
from tests.support.corpora import STUDY
from tests.unit.test_study_free import naming, words_of_the_study

CODE = ("analysis", "book", "batch", "_static", "Makefile", "pyproject.toml", "_config.yml", "requirements.in", "requirements.txt")
KEPT = ("evidence*.ipynb", "status.md", "references.md")  # chapters that say nothing of a study
WORDS = (".html", ".csv", ".json", ".bib", ".ris", ".sha256", ".txt", ".ipynb")

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def other(tmp_path_factory):
    """The folder of the other study, its book built there by `make book`."""
    root = tmp_path_factory.mktemp("other")
    for name in CODE:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy2
        copy(ROOT / name, root / name)
    shutil.copytree(STUDY, root / "data")
    shutil.copytree(ROOT / "tests/support/another_study", root, dirs_exist_ok=True)
    for file in (file for pattern in KEPT for file in (ROOT / "chapters").glob(pattern)):
        shutil.copy(file, root / "chapters")
    add_cited_works(root)
    (root / ".venv").symlink_to((ROOT / ".venv").resolve())
    os.utime(root / "requirements.txt", (0, 0))  # installed already
    os.utime(root / "pyproject.toml", (0, 0))
    run(root, "make", "--no-print-directory", "book")
    return root


def add_cited_works(root):
    """Put the works that the kept chapters cite beside those of the study."""
    cited = {key for file in (root / "chapters").glob("*.md") for key in re.findall(r"\{cite\}`(\w+)`", file.read_text(encoding="utf-8"))}
    known = (ROOT / "data/references.bib").read_text(encoding="utf-8")
    works = [
        entry
        for entry in re.findall(r"^@\w+\{.+?^\}\n", known, flags=re.MULTILINE | re.DOTALL)
        if re.match(r"@\w+\{(\w+)", entry)[1] in cited
    ]
    assert len(works) == len(cited)
    with (root / "data/references.bib").open("a", encoding="utf-8") as file:
        file.writelines(f"\n{work}" for work in works)


def run(root, *command):
    """What a command says in the folder of the other study, with nothing of this one around it."""
    given = {"PATH": os.environ["PATH"], "HOME": str(root)}
    done = subprocess.run(command, cwd=root, env=given, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return done.stdout


def page(root, name):
    return BeautifulSoup((root / f"_build/html/{name}.html").read_text(encoding="utf-8"), "html.parser")


def test_its_chapter_shows_its_figures_tables_and_numbers(other):
    chapter = page(other, "chapters/harbour")
    assert chapter.h1.contents[0] == "The harbour"
    assert [figure["id"] for figure in chapter.select("figure")] == ["fig-publication-lag", "fig-settlement-matrix", "fig-guarantors"]
    assert "Lanne Note" in chapter.select_one("#fig-publication-lag").get_text()
    assert "The berths stand in every text." in " ".join(chapter.get_text().split())
    assert "K6" in chapter.select_one("table").get_text()
    first = page(other, "index")
    assert [card.strong.get_text() for card in first.select("ol.cards > li")] == ["Arden 1987", "Brill 1987", "Cole 1988"]
    assert [row.th.get_text() for row in first.select(".book-table tbody tr")] == ["berths", "reef"]


def test_its_statements_lead_to_their_words(other):
    (link,) = page(other, "chapters/harbour").select("p a.ev")
    address, _, anchor = link["href"].partition("#")
    assert address == "evidence-terms.html"
    entry = page(other, "chapters/evidence-terms").find(id=anchor)
    assert entry.q.get_text() == "agreed to share the berths"
    assert "On the word of Maris Hale, in Arden 1987" in entry.get_text()
    for file in (other / "chapters").glob("evidence*.ipynb"):
        assert page(other, f"chapters/{file.stem}").select(".evidence li[id], .evidence-index li[id]"), file.name


def test_it_is_cited_as_itself_and_says_who_coded(other):
    said = page(other, "chapters/harbour").select_one("details.cite").get_text()
    assert "A Shared Harbour (version 0.1.0), a report by The Harbour Project: what was offered at Lanne." in said
    assert "coded by two readers" in said
    assert (other / "_build/html/a-shared-harbour.zip").exists()


def test_nothing_leads_nowhere_and_nothing_names_the_first_study(other):
    site = other / "_build/html"
    assert page_faults(site) == []
    assert dead_links(site) == []
    words = words_of_the_study()
    files = [file for file in site.rglob("*") if file.name.endswith(WORDS) and "_static" not in file.parts]
    assert len(files) > 50
    named = {file.relative_to(site).as_posix(): own for file in files if (own := naming(file.read_text(encoding="utf-8"), words))}
    assert named == {}


def dead_links(site: Path) -> list[str]:
    """The links of pages to files that are not there, or to names that their page does not have."""
    pages = {file: BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser") for file in sorted(site.rglob("*.html"))}
    names = {file: {element["id"] for element in page.select("[id]")} for file, page in pages.items()}
    found = []
    for file, page in pages.items():
        for address in (link["href"] for link in page.select("a[href]") if not re.match(r"\w+:", link["href"])):
            path, _, name = address.partition("#")
            target = (file.parent / unquote(path.partition("?")[0])).resolve() if path else file
            if not target.exists() or (name and name not in names.get(target, {name})):
                found.append(f"{file.relative_to(site)}: {address}")
    return found


def test_it_passes_the_check_and_the_lint_and_is_not_built_twice(other):
    assert "sound" in run(other, ".venv/bin/python", "-m", "analysis", "check")
    run(other, ".venv/bin/python", "-m", "book", "lint")
    assert "Nothing changed since the last build" in run(other, "make", "--no-print-directory", "book")
