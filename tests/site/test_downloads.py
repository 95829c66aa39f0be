"""The zip of the site, and the links of the first page to what can be taken away."""

import io
import re
import shutil
import zipfile

import pytest
from bs4 import BeautifulSoup

from book.export import downloads
from book.export.downloads import publish_downloads, zip_site
from book.notebooks import ROOT, page_names
from tests.support.books import DOWNLOAD_NAME


@pytest.fixture
def site(tmp_path):
    site = tmp_path / "html"
    for name in ("index.html", "a/b.html", "a/b.js.map", ".buildinfo", "book.zip", "_static/.hidden"):
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(f'<p id="print">{name}</p>')
    return site


@pytest.fixture
def packed(html):
    return zipfile.ZipFile(html / f"{DOWNLOAD_NAME}.zip")


def test_the_zip_holds_the_pages_in_a_folder(site):
    with zipfile.ZipFile(io.BytesIO(zip_site(site, "book", {"index.html": b"another"}))) as read:
        assert read.namelist() == ["book/a/b.html", "book/index.html"]
        assert read.read("book/index.html") == b"another"
        assert read.read("book/a/b.html") == b'<p id="print">a/b.html</p>'


def test_the_same_pages_give_the_same_zip(site):
    made = []
    for mode in (0o644, 0o600):
        (site / "index.html").chmod(mode)
        (site / "index.html").write_text("the same")
        made.append(zip_site(site, "book", {}))
    assert made[0] == made[1]
    assert {entry.date_time for entry in zipfile.ZipFile(io.BytesIO(made[0])).infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_published_zip_is_whole_and_small(html, packed):
    names = {name.removeprefix(f"{DOWNLOAD_NAME}/") for name in packed.namelist()}
    assert {f"{name}.html" for name in page_names(ROOT)} | {"tables/sources.csv", "_static/book.css"} <= names
    assert not [name for name in names if name.endswith((".map", ".zip")) or "buildinfo" in name]
    assert packed.testzip() is None
    for name in ("chapters/talks.html", "tables/sources.csv"):
        assert packed.read(f"{DOWNLOAD_NAME}/{name}") == (html / name).read_bytes()


def offered(page):
    """The links of the paragraph on printing, and its words."""
    paragraph = BeautifulSoup(page, "html.parser").select_one("p#print")
    return [link["href"] for link in paragraph.select("a")], paragraph.get_text()


def test_the_first_page_of_the_zip_offers_no_zip(packed):
    links, words = offered(packed.read(f"{DOWNLOAD_NAME}/index.html"))
    assert set(links) <= {f"{DOWNLOAD_NAME}.pdf"} & {name.removeprefix(f"{DOWNLOAD_NAME}/") for name in packed.namelist()}
    assert "copy for reading offline" in words


@pytest.mark.parametrize("printed", [True, False])
def test_the_first_page_offers_what_is_there_with_its_size(site, tmp_path, monkeypatch, printed):
    kept = tmp_path / "kept.pdf"
    kept.write_bytes(bytes(2_340_000))
    monkeypatch.setattr(downloads, "current_pdf", lambda *_: kept if printed else None)
    (site / f"{DOWNLOAD_NAME}.pdf").write_text("of an older book")
    shutil.copy(ROOT / "CITATION.cff", tmp_path)
    for _ in range(2):
        publish_downloads(tmp_path, site)
        links, words = offered((site / "index.html").read_text())
        assert links == [f"{DOWNLOAD_NAME}.pdf"] * printed + [f"{DOWNLOAD_NAME}.zip"]
        assert all((site / link).exists() for link in links)
        assert (site / f"{DOWNLOAD_NAME}.pdf").exists() == printed
        assert ("(2.3 MB)" in words) == printed
        assert ("make pdf" in words) != printed
        assert re.search(r"zip \(0\.0 MB\)", words)
        inside = zipfile.ZipFile(site / f"{DOWNLOAD_NAME}.zip")
        assert offered(inside.read(f"{DOWNLOAD_NAME}/index.html"))[0] == [f"{DOWNLOAD_NAME}.pdf"] * printed
        assert (f"{DOWNLOAD_NAME}/{DOWNLOAD_NAME}.pdf" in inside.namelist()) == printed
    assert not [path.name for path in site.iterdir() if path.name.startswith(f".{DOWNLOAD_NAME}") or path.name.startswith(".index")]


def test_the_published_first_page_offers_the_pdf_that_is_published(paper, html):
    links, words = offered((html / "index.html").read_text(encoding="utf-8"))
    assert links == [f"{DOWNLOAD_NAME}.pdf", f"{DOWNLOAD_NAME}.zip"]
    for link in links:
        assert f"({(html / link).stat().st_size / 1e6:.1f} MB)" in words


def test_as_committed_the_first_page_has_no_dead_link():
    (paragraph,) = re.findall(r"<p id=.*?</p>", (ROOT / "index.ipynb").read_text(encoding="utf-8"))
    assert "href" not in paragraph
    assert "make pdf" in paragraph
