"""Every page says what it is and how it is cited."""

import pytest
from bs4 import BeautifulSoup

from analysis.citation_file import edition
from book import citation
from book.cli import run_command
from book.notebooks import ROOT, page_names
from book.pipeline import build
from tests.unit.test_citation import extracted, read_bibtex, read_ris, tags, with_address


@pytest.fixture(scope="module")
def pages(html):
    return {name: BeautifulSoup((html / f"{name}.html").read_text(encoding="utf-8"), "html.parser") for name in page_names(ROOT)}


@pytest.fixture(scope="module")
def read_heads(html):
    """What extruct reads in the head of each page, as `extracted` gives it."""
    return {name: extracted((html / f"{name}.html").read_text(encoding="utf-8").partition("<body")[0]) for name in page_names(ROOT)}


def test_every_page_says_what_it_is_and_how_to_cite_it(html, pages):
    given = citation.load_edition(ROOT)
    for name, page in pages.items():
        h1 = page.select_one("article h1")
        box = h1.find_next_sibling()
        assert box["class"] == ["cite", "screen-only"], name
        assert "what the 2022 Istanbul proposals offered, and how news and opinion tell it" in box.p.get_text()
        assert f"(version {given.version})" in box.p.get_text()
        title = h1.find(string=True)
        shown = [block.get_text() for block in box.select(".highlight pre")]
        assert title in shown[0]
        assert all(given.version in text for text in shown), name
        assert f"version {given.version}" in page.select_one("footer.bd-footer-content").get_text(), name
        kind, _, _, fields = read_bibtex(shown[1])
        ris = read_ris(shown[2])
        assert fields["title"] == ris["title"] == (given.title if name == "index" else title)
        assert (kind, ris["type_of_reference"]) == (("book", "BOOK") if name == "index" else ("incollection", "CHAP"))
        links = [link["href"] for link in box.select("a[download]")]
        assert [link.rpartition("/")[2] for link in links] == [f"{name.replace('/', '-')}.{suffix}" for suffix in ("bib", "ris")]
        files = [((html / name).parent / link).resolve().read_text(encoding="utf-8") for link in links]
        assert [file.rstrip("\n") for file in files] == shown[1:], name
        assert read_bibtex(files[0]) == read_bibtex(shown[1])
    assert len(list((html / "cite").iterdir())) == 2 * len(pages)


def test_every_head_agrees_with_its_page(pages, read_heads):
    given = citation.load_edition(ROOT)
    assert given.title.startswith(f"{given.short_title}: ")
    for name, page in pages.items():
        h1 = page.select_one("article h1").find(string=True)
        found, (data, graph, _) = tags(page), read_heads[name]
        title = given.title if name == "index" else h1
        assert found["citation_title"] == [graph["og:title"]] == [data["name"]] == [title], name
        assert page.title.get_text(strip=True) == f"{h1} — {given.short_title}"
        assert data["version"] == given.version
        assert found["citation_language"] == [data["inLanguage"]] == [page.html["lang"]]
        (description,) = found["description"]
        assert 20 < len(description) <= 300, name
        assert description.endswith((".", "?")), name
        if name != "index":
            seen = " ".join(page.article.get_text().split())
            assert (f"Question. {description}" if "Question. " in seen else description) in seen, name
            assert data["isPartOf"]["version"] == given.version
        assert not page.select("link[rel=canonical]")
        assert not {"og:url", "og:image", "citation_fulltext_html_url", "citation_pdf_url"} & set(found)
    parts = read_heads["index"][0]["hasPart"]
    assert [part["name"] for part in parts] == [read_heads[name][0]["name"] for name in page_names(ROOT)[1:]]
    assert [part["position"] for part in parts] == list(range(1, len(pages)))


def test_names_within_a_page_are_unique(pages):
    for name, page in pages.items():
        names = [tag["id"] for tag in page.select("[id]")]
        assert len(names) == len(set(names)), name


def test_search_and_index_are_not_for_search_engines(html):
    for name in ("search", "genindex"):
        page = BeautifulSoup((html / f"{name}.html").read_text(encoding="utf-8"), "html.parser")
        assert page.select_one("meta[name=robots]")["content"] == "noindex"
        assert not page.select("details.cite, [name^=citation_]")
        assert f"version {edition()['version']}" in page.select_one("footer.bd-footer-content").get_text()


def test_a_book_with_an_address_and_numbers_names_them_on_every_page(tiny_book):
    root = tiny_book("# One thing", "**Question.** Is it so?", name="chapters-one")
    root = tiny_book("# A Book", "It is a book.")
    contents = (root / "_toc.yml").read_text()
    (root / "_toc.yml").write_text(contents.replace("chapters:", "options:\n  numbered: true\nchapters:"))
    (root / ".github").mkdir()
    (root / ".github/book.png").write_bytes(b"picture")
    with_address(root)
    made = build(root, lambda _line: None).parent
    for name, where in {"index": "https://book.example/site/", "chapters-one": "https://book.example/site/chapters-one.html"}.items():
        written = (made / f"{name}.html").read_text(encoding="utf-8")
        page = BeautifulSoup(written, "html.parser")
        found, (data, graph, _) = tags(page), extracted(written)
        assert [link["href"] for link in page.select("link[rel=canonical]")] == [where]
        assert [graph["og:url"]] == [data["url"]] == found["citation_fulltext_html_url"] == [where]
        shown = [block.get_text() for block in page.select("details.cite pre")]
        assert shown[0].endswith(where)
        assert read_bibtex(shown[1])[3]["url"] == read_ris(shown[2])["urls"][0] == where
        assert (made / found["og:image"][0].removeprefix("https://book.example/site/")).read_bytes() == b"picture"
    assert found["description"] == ["Is it so?"]
    assert page.select_one("details.cite p").get_text().startswith("Chapter 1 of Neutrality for Guarantees (version ")
    assert read_bibtex(shown[1])[3]["chapter"] == "1"


def test_the_command_writes_the_deposit(capsys):
    before = (ROOT / ".zenodo.json").read_bytes()
    assert run_command(["zenodo"]) == 0
    assert capsys.readouterr().out == "Wrote .zenodo.json from CITATION.cff\n"
    assert (ROOT / ".zenodo.json").read_bytes() == before
