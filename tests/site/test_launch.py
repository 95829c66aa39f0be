"""Rerun: launch buttons where an address is known and none where not, the box at the foot of chapters, Binder's files, the functions."""

import functools
import importlib
import inspect
import os
import re
import shutil
import subprocess
from types import SimpleNamespace

import lxml.html
import pytest
import yaml
from bs4 import BeautifulSoup
from docutils.core import publish_doctree

from book.citation import load_edition
from book.notebooks import ROOT, BookError, notebook_names
from book.pages import api_docs as listing
from book.pages import launch
from book.pipeline import build
from tests.support import browsing
from tests.support.books import add_notebook, silent

HERE = "https://github.com/owner/a-book"
LAUNCHERS = ("mybinder.org", "colab.research.google.com", "hub/user-redirect")


@functools.cache
def soup(file):
    return BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser")


def commands(page):
    return page.select_one("details.rerun .highlight-bash pre").get_text().splitlines()


# Launch buttons


def test_a_book_without_an_address_has_no_launch_button_and_no_link_to_one(html):
    assert load_edition(ROOT).repository is None, "with an address, this test must look at a book without one"
    for file in html.rglob("*.html"):
        text = file.read_text(encoding="utf-8")
        assert not any(launcher in text for launcher in (*LAUNCHERS, "launch-buttons", "source-repository-button", "executablebooks")), file


@pytest.fixture(scope="module")
def launched(tmp_path_factory):
    """The HTML of a tiny book with an address: {name of the page: soup}."""
    root = tmp_path_factory.mktemp("launched")
    (root / "chapters").mkdir()
    for name in ("chapters/one", "index"):
        add_notebook(root, "# Title", name=name)
    (root / "chapters/two.md").write_text("# No notebook\n")
    (root / "_toc.yml").write_text("format: jb-book\nroot: index\nchapters:\n- file: chapters/one\n- file: chapters/two\n")
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    (root / "CITATION.cff").write_text(f"{citation}repository-code: {HERE}.git\n", encoding="utf-8")
    shutil.copy(ROOT / "requirements.txt", root)
    html = build(root, silent).parent
    return {name: soup(html / f"{name}.html") for name in ("index", "chapters/one", "chapters/two")}


@pytest.fixture(scope="module")
def tag():
    return "v" + str(yaml.safe_load((ROOT / "CITATION.cff").read_text())["version"])


@pytest.mark.parametrize("name", ["index", "chapters/one"])
def test_with_an_address_each_notebook_has_buttons_that_lead_to_it_at_the_version_of_the_book(launched, tag, name):
    links = [link["href"] for link in launched[name].select(".dropdown-launch-buttons a")]
    assert links == [f"https://mybinder.org/v2/gh/owner/a-book/{tag}?urlpath=lab/tree/{name}.ipynb"]
    lines = [f"git clone --branch {tag} {HERE}.git && cd a-book", "make book", f"make lab PAGE={name}.ipynb"]
    assert commands(launched[name]) == lines


def test_with_an_address_every_page_leads_to_the_repository_and_only_notebooks_are_launched(launched):
    for page in launched.values():
        assert page.select_one(".btn-source-repository-button")["href"] == HERE
    assert not launched["chapters/two"].select(".dropdown-launch-buttons, details.rerun")


@pytest.mark.parametrize(
    ("given", "address", "name"),
    [
        ("https://github.com/owner/a-book/", HERE, "a-book"),
        ("https://gitlab.com/group/part/book.git", "https://gitlab.com/group/part/book", "book"),
    ],
)
def test_an_address_is_read_whatever_its_ending(given, address, name):
    assert launch.repository(load_edition(ROOT)._replace(repository=given))[::2] == (address, name)


@pytest.mark.parametrize("given", ["github.com/owner/name", "https://github.com/", "owner/name", "https://github.com/a b/c"])
def test_what_is_no_address_is_named_with_a_remedy(given):
    with pytest.raises(BookError, match=r"CITATION\.cff: repository-code is .* Remedy: give the full address"):
        launch.repository(load_edition(ROOT)._replace(repository=given))


# The box, and what it says to type


def test_every_notebook_page_has_the_box_before_the_way_on_and_no_other_page_has_it(html):
    boxed = {str(file.relative_to(html).with_suffix("")) for file in html.rglob("*.html") if 'details class="rerun' in file.read_text()}
    assert boxed == set(notebook_names(ROOT))
    for name in boxed:
        page = soup(html / f"{name}.html")
        assert commands(page)[1:] == ["make book", f"make lab PAGE={name}.ipynb"]
        text = str(page)
        assert text.index("Rerun this chapter") < text.index("prev-next-area")


@pytest.fixture
def fake_lab(tmp_path):
    """A function that runs `make lab` with an environment whose JupyterLab prints what it was asked for."""
    for name in ("requirements.txt", "pyproject.toml", ".venv/uv", ".venv/ready", ".venv/bin/jupyter"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text('#!/bin/sh\necho "$@"\n')
        (tmp_path / name).chmod(0o755)
    for at, name in enumerate((".venv/uv", "pyproject.toml", "requirements.txt", ".venv/ready")):
        os.utime(tmp_path / name, (at, at))
    (tmp_path / "index.ipynb").touch()
    return lambda *words: subprocess.run(
        ["make", "--no-print-directory", "-f", ROOT / "Makefile", "lab", *words], cwd=tmp_path, capture_output=True, text=True
    )


def test_make_lab_opens_the_first_page_or_the_one_that_is_named(fake_lab):
    assert fake_lab().stdout == "lab index.ipynb\n"
    assert fake_lab("PAGE=index.ipynb").stdout == "lab index.ipynb\n"


def test_make_lab_says_that_a_page_is_missing(fake_lab):
    done = fake_lab("PAGE=nowhere.ipynb")
    assert done.returncode != 0
    assert done.stdout == ""
    assert done.stderr.startswith("There is no nowhere.ipynb. Remedy: name a notebook")


def test_the_download_button_still_offers_the_source_and_a_print(html):
    for name, kind in {"chapters/voices": ".ipynb", "chapters/references": ".md", "chapters/functions": ".md"}.items():
        page = soup(html / f"{name}.html")
        (link,) = page.select("a.btn-download-source-button")
        assert link["href"] == f"../_sources/{name}{kind}"
        assert (html / f"_sources/{name}{kind}").exists()
        assert page.select_one("button.btn-download-pdf-button")
    assert '"outputs": []' in (html / "_sources/chapters/voices.ipynb").read_text()


# Binder


def test_binder_gets_the_locked_packages_and_a_python_that_is_tested():
    lines = [line for line in (ROOT / ".binder/requirements.txt").read_text().splitlines() if not line.startswith("#")]
    assert lines == ["-r ../requirements.txt"]  # pip reads it relative to this file
    assert (ROOT / ".binder" / lines[0].split()[1]).resolve() == ROOT / "requirements.txt"
    version = (ROOT / ".binder/runtime.txt").read_text().strip().removeprefix("python-")
    tested = yaml.safe_load((ROOT / ".github/workflows/book.yml").read_text())["jobs"]["test"]["strategy"]["matrix"]["python"]
    assert version in tested
    assert f"--python-version {version}" in (ROOT / "Makefile").read_text()
    assert re.search(r"^jupyterlab==", (ROOT / "requirements.txt").read_text(), flags=re.MULTILINE)


# The functions


@pytest.fixture(scope="module")
def listed(html):
    """The pages of functions: {full name: its entry}."""
    return {entry["id"]: entry for page in sorted(html.glob("chapters/functions*.html")) for entry in soup(page).select("dt.sig[id]")}


def test_every_public_function_with_a_docstring_is_listed_below_its_module_and_no_other(html, listed):
    heads = {
        page.stem: [title.get_text().rstrip("#¶") for title in soup(page).select("article h2")][:-1]
        for page in html.glob("chapters/functions*.html")
    }
    titles = [title for own in heads.values() for title in own]
    assert sorted(titles) == sorted(name.removeprefix("analysis.") for name in listing.documented_modules())
    assert all(title.startswith(f"{page.removeprefix('functions-')}.") for page, own in heads.items() if "-" in page for title in own)
    for name in listing.documented_modules():
        own = vars(importlib.import_module(name))
        spoken = {
            key
            for key, value in own.items()
            if inspect.isroutine(value) and value.__module__ == name and inspect.getdoc(value) and not key.startswith("_")
        }
        assert {key.rpartition(".")[2] for key in listed if key.rpartition(".")[0] == name} == spoken, name


def test_each_function_leads_to_its_source(html, listed):
    pages = {}
    for name, entry in listed.items():
        link = entry.select_one("a.reference")["href"]
        app = SimpleNamespace(builder=SimpleNamespace(get_relative_uri=lambda page, to: f"../{to}.html"))
        assert listing.code_address(app, "chapters/functions", name) == link
        file, _, anchor = link.partition("#")
        if file not in pages:
            pages[file] = lxml.html.parse(html / "chapters" / file).getroot()
        assert f"def {name.rpartition('.')[2]}(" in pages[file].get_element_by_id(anchor).text_content()
    assert len(pages) == len(listing.documented_modules())


@pytest.mark.parametrize(
    "name", ["analysis.figures.base.nothing", "analysis.figures.base.BLUE", "analysis.nothing.at_all", "book.pages.theme._write_icons"]
)
def test_what_is_not_listed_has_no_address(name):
    with pytest.raises(KeyError, match="Remedy"):
        listing.code_address(None, "index", name)


def test_docstrings_come_through_as_words_and_code(listed):
    said = listed["analysis.coding.terms.jaccard_distance"].find_next_sibling("dd").get_text()
    assert said.startswith("1 - |intersection| / |union| (Jaccard 1912")
    entry = listed["analysis.coding.terms.dimension_relations"].find_next_sibling("dd")
    assert "units" in [code.get_text() for code in entry.select("code")]
    assert not any("`" in entry.find_next_sibling("dd").get_text() for entry in listed.values())


@pytest.mark.parametrize("line", ["a*b and *c", "n_ and x_", "|a|", "back\\slash", "`a_` and `b*`", "as {c}`d`e"])
def test_no_sign_of_a_docstring_means_anything_but_the_backtick(line):
    lines = [line]
    listing._as_restructured_text(None, "function", "", None, None, lines)
    tree = publish_doctree(lines[0], settings_overrides={"report_level": 1, "halt_level": 2})
    assert tree.astext() == line.replace("`", "")


def test_the_box_copies_its_lines(browser, site):
    window = browsing.context(browser, permissions=["clipboard-read", "clipboard-write"])
    tab = window.new_page()
    tab.goto(f"{site}/chapters/voices.html")
    tab.click("details.rerun summary")
    tab.hover("details.rerun .highlight-bash")
    tab.click("details.rerun .highlight-bash button.copybtn")
    assert "make lab PAGE=chapters/voices.ipynb" in tab.evaluate("navigator.clipboard.readText()")
