"""All pages as one document for paper: what is left out, what is opened, where links lead."""

import shutil

import lxml.html
import pytest

from book.export.print_html import _ROOT_TITLE, print_html
from book.notebooks import ROOT, BookError, page_names, toc_parts

FIRST = """<h1>The book<a class="headerlink" href="#top">#</a></h1><section id="same"><h2>Here<a class="headerlink" href="#same">#</a></h2></section>"""


@pytest.fixture
def merged(tmp_path):
    """A function that makes a book of a first page and the page chapters/one, whose article is given, and returns it as one document."""

    def merge(article, head=""):
        (tmp_path / "chapters").mkdir(exist_ok=True)
        shutil.copy(ROOT / "CITATION.cff", tmp_path)
        (tmp_path / "_toc.yml").write_text("format: jb-book\nroot: index\nparts:\n- caption: A part\n  chapters:\n  - file: chapters/one\n")
        for name, content in {"index": FIRST, "chapters/one": f"<h1>One</h1>{article}"}.items():
            (tmp_path / f"{name}.md").touch()
            (tmp_path / f"{name}.html").write_text(f"<html><head>{head}</head><body><article>{content}</article></body></html>")
        return lxml.html.document_fromstring(print_html(tmp_path, tmp_path))

    return merge


def chapter(document):
    return document.get_element_by_id("chapters/one")


@pytest.mark.parametrize(
    "left_out",
    [
        '<p class="screen-only">GONE</p>',
        '<figure class="only-dark">GONE</figure>',
        '<a class="ev" href="#x"><span class="ev-words">GONE</span></a>',
        '<details class="section-code"><summary>GONE</summary><div class="cell_input">GONE</div></details>',
        "<button>GONE</button>",
        "<script>GONE</script>",
        "<nav>GONE</nav>",
        '<details class="statements"><summary>GONE</summary></details>',
    ],
)
def test_what_is_for_a_screen_is_left_out(merged, left_out):
    words = chapter(merged(f"<p>before</p>{left_out}<p>after</p>")).text_content()
    assert words == "Onebeforeafter"


def test_what_is_for_paper_stays(merged):
    assert "on paper" in chapter(merged('<p class="print-only">on paper</p>')).text_content()


def test_folded_parts_are_open_and_say_their_title_once(merged):
    one = chapter(merged("<details><summary>A table</summary><table><caption>A table</caption><tr><td>cell</td></tr></table></details>"))
    assert one.text_content() == "OneA tablecell"
    one = chapter(merged('<details id="D01"><summary>A term</summary><dl><dt>Its meaning</dt></dl></details>'))
    assert one.text_content() == "OneA termIts meaning"
    assert not one.xpath(".//details|.//summary")


def test_places_that_two_pages_share_are_kept_apart(merged):
    document = merged('<section id="same"><h2>There</h2></section><a href="#same">a</a><a href="../index.html#same">b</a><a href="#">c</a>')
    assert len(set(document.xpath("//@id"))) == len(document.xpath("//@id"))
    targets = [document.get_element_by_id(link.get("href")[1:]) for link in chapter(document).iter("a")]
    assert [target.find(".//h2").text for target in targets] == ["There", "Here", "There"]


def test_a_link_to_a_file_leads_to_its_published_address_or_is_plain_text(merged):
    link = '<p>See <a href="../tables/x.csv">x.csv</a>, <a href="https://example.org/y">y</a>, <a href="data:text/plain,z">z</a>.</p>'
    one = chapter(merged(link))
    assert one.xpath(".//a/@href") == ["https://example.org/y"]
    assert "See x.csv, y, z." in one.text_content()
    one = chapter(merged(link, '<link rel="canonical" href="https://example.org/book/chapters/one.html">'))
    assert one.xpath(".//a/@href") == ["https://example.org/book/tables/x.csv", "https://example.org/y"]


def test_a_link_to_what_was_left_out_is_plain_text(merged):
    one = chapter(merged('<p id="form" class="screen-only">form</p><p><a href="#form">the form</a></p>'))
    assert not one.xpath(".//a")
    assert "the form" in one.text_content()


def test_a_picture_is_the_wide_and_light_one(merged):
    figure = (
        '<figure><picture class="only-light"><source media="(max-width: 600px)" srcset="../_images/narrow.svg"><img src="../_images/w.svg" alt="a">'
        '</picture><picture class="only-dark"><img src="../_images/dark.svg" alt="a"></picture></figure>'
    )
    assert chapter(merged(figure)).xpath(".//@src|.//@srcset") == ["_images/w.svg"]
    inside = figure.replace('<picture class="only-light">', "<picture>").replace("<img src", '<img class="only-light" src', 1)
    inside = inside.replace(
        '<picture class="only-dark"><img', '<picture><source srcset="../_images/dark-narrow.svg"><img class="only-dark"'
    )
    assert chapter(merged(inside)).xpath(".//@src|.//@srcset") == ["_images/w.svg"]
    wide = '<picture><source media="(min-width: 600px)" srcset="../_images/w.svg"><img src="../_images/narrow.svg" alt="a"></picture>'
    assert chapter(merged(wide)).xpath(".//@src|.//@srcset") == ["_images/w.svg"]


def test_the_contents_name_parts_chapters_and_sections(merged):
    contents = merged('<section id="a"><h2>A &lt;b&gt;</h2></section>').get_element_by_id("contents")
    assert [line.text_content() for line in contents.xpath(".//a|.//p")] == [_ROOT_TITLE, "Here", "A part", "One", "A <b>"]


def test_the_parts_hold_every_page_in_reading_order():
    assert [name for _, names in toc_parts(ROOT) for name in names] == page_names(ROOT)


def test_a_page_that_is_missing_is_named(tmp_path):
    (tmp_path / "_toc.yml").write_text("format: jb-book\nroot: index\n")
    (tmp_path / "index.md").touch()
    with pytest.raises(BookError, match=r"index\.html: is not there. Remedy: run `make book` first"):
        print_html(tmp_path, tmp_path)
