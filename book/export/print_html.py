"""All pages of the book as one HTML document, made ready for paper: first page, contents, chapters in reading order."""

from datetime import date
from html import escape
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import lxml.html
from lxml.html import HtmlElement

from book import citation
from book.citation import Edition
from book.notebooks import BookError, page_names, toc_parts

# What only a screen has use for. The code is left out too: it is on the pages and in the repository.
_LEFT_OUT = ("screen-only", "only-dark", "headerlink", "ev-words", "section-code")
_TAGS_LEFT_OUT = ("script", "style", "template", "button", "input", "nav")
_OUTSIDE = ("http", "https", "mailto")
# The page that _toc.yml names as root has the title of the book; on paper that is on the first page already.
_ROOT_TITLE = "About this book"
_BOOK = citation.Page("index", "", 0)


def print_html(root: Path, site: Path) -> str:
    """The pages in the folder `site`, rendered from the book in `root`, as one HTML document; pictures are named from `site` on.

    An element that a page calls `id` is called `page/id` here, so that ids that two pages share are kept apart.
    """
    heads = {name: _read_page(site, name) for name in page_names(root)}
    pages = {name: page.find(".//article") for name, page in heads.items()}
    for page in pages.values():
        _strip_screen_only(page)
    places = {name: {name} | {f"{name}/{place}" for place in page.xpath(".//@id")} for name, page in pages.items()}
    for name, page in pages.items():
        published = heads[name].xpath("string(//link[@rel='canonical']/@href)")
        _join(name, page, set().union(*places.values()), published)
        _name_headings(page)
    next(iter(pages.values())).find(".//h1").text = _ROOT_TITLE
    chapters = "\n".join(lxml.html.tostring(page, encoding="unicode", with_tail=False) for page in pages.values())
    edition = citation.load_edition(root)
    return f"{_head(edition)}<body>\n{_first_page(edition)}\n{_contents(root, pages)}\n{chapters}\n</body></html>\n"


def _read_page(site: Path, name: str) -> HtmlElement:
    """The page `name` of the built book, parsed. Raises BookError where it is not there."""
    file = site / f"{name}.html"
    try:
        return lxml.html.document_fromstring(file.read_bytes(), parser=lxml.html.HTMLParser(encoding="utf-8"))
    except OSError:
        raise BookError(f"{file}: is not there. Remedy: run `make book` first.") from None


def _strip_screen_only(page: HtmlElement) -> None:
    """Leave out what paper cannot use, open what is folded, and give each table a class that says how many columns it has."""
    for name in _LEFT_OUT:
        for element in page.find_class(name):
            element.drop_tree()
    for element in page.xpath("|".join(f".//{tag}" for tag in _TAGS_LEFT_OUT)):
        element.drop_tree()
    for fold in page.xpath(".//details"):
        _unfold(fold)
    for picture in page.xpath(".//picture[not(.//img)]"):  # the one for dark pages
        picture.drop_tree()
    for picture in page.xpath(".//picture"):
        widest = picture.xpath(".//source[contains(@media, 'min-width')]/@srcset")
        picture.find(".//img").set("src", (widest or picture.xpath(".//img/@src"))[0])
        for wrapping in (picture, *picture.xpath(".//source")):
            wrapping.drop_tag()
    for drawing in page.iter("svg"):  # a bar or a letter beside its words
        title = lxml.html.Element("title")
        title.text = _words(drawing) or "bar"
        drawing.insert(0, title)
    for link in page.find_class("ev"):
        link.text = (link.text or "").replace("par. ", "par.\u00a0")
    for table in page.iter("table"):
        table.classes.add(f"columns-{max(len(row) for row in table.iter('tr'))}")
        for cell in table.find_class("date"):
            cell.text = (cell.text or "").replace("/", "/\u200b")  # a span of dates may break here where its table is wide


def _unfold(fold: HtmlElement) -> None:
    """Make a folded part an open one, its summary a title; one that is empty, or was code alone, is left out."""
    summary = fold.find("summary")
    title = _words(summary)
    if _words(fold) == title and not fold.xpath(".//img"):
        fold.drop_tree()
        return
    fold.tag, summary.tag = "div", "p"
    summary.classes.add("unfolded")
    if title in map(_words, fold.iter("caption")):
        summary.drop_tree()


def _words(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def _join(name: str, page: HtmlElement, places: set[str], published: str) -> None:
    """Name all places of a page for the whole document, and lead its links there: a link to a file becomes plain text, unless the page
    has an address (`published`) from which the file can be reached.
    """
    for element in page.xpath(".//*[@id]"):
        element.set("id", f"{name}/{element.get('id')}")
    page.set("id", name)
    for picture in page.iter("img"):
        picture.set("src", urljoin(name, picture.get("src")))
    for link in page.xpath(".//a[@href]"):
        target = urlsplit(link.get("href"))
        file = unquote(urljoin(name, target.path) if target.path else f"{name}.html")
        place = file.removesuffix(".html") + (f"/{unquote(target.fragment)}" if target.fragment else "")
        address = urljoin(published, link.get("href"))
        if not target.scheme and place in places:
            link.set("href", f"#{place}")
        elif urlsplit(address).scheme in _OUTSIDE:
            link.set("href", address)
        else:
            link.drop_tag()


def _head(edition: Edition) -> str:
    told = {
        "author": "; ".join(edition.authors),
        "keywords": ", ".join(edition.keywords),
        "description": citation.reference(edition, _BOOK),
        "dcterms.created": edition.date,
        "dcterms.modified": edition.date,
    }
    metas = "".join(f'<meta name="{name}" content="{escape(text)}">' for name, text in told.items())
    return f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{escape(edition.title)}</title>{metas}</head>\n'


def _first_page(edition: Edition) -> str:
    title, _, subtitle = edition.title.partition(": ")
    return f"""<section id="first-page">
<p class="book-title">{escape(title)}</p>
<p class="book-subtitle">{escape(subtitle[:1].upper() + subtitle[1:])}</p>
<p class="book-authors">{escape("; ".join(edition.authors))}</p>
<p class="book-edition">Version {escape(edition.version)}, {date.fromisoformat(edition.date):%-d %B %Y}</p>
<div class="book-notes">
<p><strong>Cite as</strong> {escape(citation.reference(edition, _BOOK))}</p>
<p>This file was made from the pages of the book. It holds their whole text, every figure and every table, with what the pages fold away.
The code of the chapters is left out; the pages and the repository hold it. Links within the book lead from page to page of this file:
a citation such as “par. 6” leads to the words that it cites, in the chapter of evidence.</p>
</div>
</section>"""


def _contents(root: Path, pages: dict[str, HtmlElement]) -> str:
    """Parts, chapters and their sections, each with its page number (which the style sheet puts there)."""
    lines = []
    for caption, names in toc_parts(root):
        entries = "".join(f"<li>{_entry(name, pages[name].find('.//h1'))}<ol>{_sections(name, pages[name])}</ol></li>" for name in names)
        lines.append((f'<p class="part">{escape(caption)}</p>' if caption else "") + f"<ol>{entries}</ol>")
    return f'<section id="contents"><h1>Contents</h1>\n{"".join(lines)}</section>'


def _sections(name: str, page: HtmlElement) -> str:
    return "".join(f"<li>{_entry(place, heading)}</li>" for heading in page.iter("h2") if (place := heading.get("id")))


def _name_headings(page: HtmlElement) -> None:
    """Give each heading of a section a name of its own: the section may begin at the foot of the page before."""
    for heading in page.iter("h2"):
        section = heading.getparent()
        if section.tag == "section" and section.get("id") and not heading.get("id"):
            heading.set("id", f"{section.get('id')}/title")


def _entry(name: str, heading: HtmlElement) -> str:
    return f'<a href="#{escape(name)}">{escape(_words(heading))}</a>'
