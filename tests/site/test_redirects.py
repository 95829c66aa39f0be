"""Addresses that others cite: none is lost, what moved says so."""

import shutil

import pytest
from bs4 import BeautifulSoup

from analysis.corpus.errors import DataError
from book.notebooks import ROOT, BookError
from book.pages.redirects import _relative, add_addresses, addresses, listed_addresses, read_redirects
from book.pipeline import build

LIST = ROOT / "tests/addresses.txt"
FIRST = "old,new,version,reason\n"


def test_every_address_that_the_book_ever_had_leads_somewhere(html):
    lost = set(listed_addresses(LIST)) - set(addresses(html)) - {row["old"] for row in read_redirects(ROOT)}
    assert not lost, f"gone: {sorted(lost)[:5]}. Remedy: keep them, or say in _moved.csv where they went."


def test_every_address_of_the_book_is_on_the_list(html):
    new = set(addresses(html)) - set(listed_addresses(LIST))
    assert not new, f"not listed: {sorted(new)[:5]}. Remedy: `make addresses`, and commit tests/addresses.txt."


def test_the_list_holds_pages_figures_tables_evidence_terms_and_references():
    kinds = {"#fig-", "#tab-", "#ev-", "#ref-", "#D01", "tables/", "chapters/talks.html"}
    assert [kind for kind in kinds if not any(kind in address for address in listed_addresses(LIST))] == []
    assert listed_addresses(LIST) == sorted(set(listed_addresses(LIST)))


def test_the_list_grows_and_never_shrinks(html, tmp_path):
    file = tmp_path / "addresses.txt"
    file.write_text("chapters/gone.html\n")
    assert add_addresses(html, file) == len(addresses(html))
    assert set(listed_addresses(file)) == {"chapters/gone.html", *addresses(html)}
    assert add_addresses(html, file) == 0


@pytest.mark.parametrize(
    ("address", "page", "seen"),
    [
        ("chapters/talks.html#fig-timeline", "chapters/texts.html", "talks.html#fig-timeline"),
        ("chapters/talks.html#fig-timeline", "chapters/talks.html", "#fig-timeline"),
        ("chapters/talks.html", "index.html", "chapters/talks.html"),
        ("index.html", "chapters/talks.html", "../index.html"),
    ],
)
def test_addresses_as_seen_from_a_page(address, page, seen):
    assert _relative(address, page) == seen


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("old,new\n", r"_moved.csv, row 1: has the wrong columns \(missing: version, reason\)"),
        (f"{FIRST}a.html,b.html,,x\n", "_moved.csv, row 2, column version: is empty"),
    ],
)
def test_a_bad_list_of_what_moved_is_named(tmp_path, text, message):
    (tmp_path / "_moved.csv").write_text(text)
    with pytest.raises((BookError, DataError), match=message):
        read_redirects(tmp_path)


def test_a_moved_page_redirects_and_a_withdrawn_address_says_so(tiny_book):
    root = tiny_book("# Title")
    (root / "_moved.csv").write_text(
        f"{FIRST}chapters/was.html,index.html,0.9.0,renamed\nindex.html#ev-a-p01-1-2,index.html#title,0.9.0,coded <anew>\n"
        "index.html#ev-a-p01-3-4,,0.9.1,no longer coded\n"
    )
    page = build(root, lambda _line: None)
    assert "../index.html" in (page.parent / "chapters/was.html").read_text()
    assert "Content-Security-Policy" in (page.parent / "chapters/was.html").read_text()
    text = BeautifulSoup(page.read_text(), "html.parser")
    assert text.find(id="ev-a-p01-1-2").get_text() == "ev-a-p01-1-2: moved to index.html#title in version 0.9.0 (coded <anew>)"
    assert text.find(id="ev-a-p01-1-2").a["href"] == "#title"
    assert text.find(id="ev-a-p01-3-4").get_text() == "ev-a-p01-3-4: withdrawn in version 0.9.1 (no longer coded)"
    shutil.rmtree(root / "_build")
