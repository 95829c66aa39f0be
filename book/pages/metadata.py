"""What every page says of itself: tags in its head, a line below its title that opens to its citation, the version in its foot.

A part of book.pages.extension. It also writes the citations of all pages as files, `cite/<page>.bib` and `.ris`.
"""

import html
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import lxml.html
from markupsafe import Markup
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment

from analysis.citation_file import read_citation
from analysis.corpus.texts import coders
from analysis.display.report import report_address
from book import citation, citation_formats
from book.citation import Edition, Page
from book.notebooks import page_names
from book.pages.context import book_of
from book.pages.written import write_folder

_TRUST = "chapters/trust"  # the chapter that says how the codings were made
_QUESTION = "Question."
_FORMATS = {"bib": ("BibTeX", citation_formats.bibtex), "ris": ("RIS", citation_formats.ris)}


def connect_metadata(app: Sphinx) -> None:
    """Called by Sphinx through `book.pages.extension`."""
    app.connect("config-inited", _use_edition)
    app.connect("html-page-context", _put_head)
    app.connect("html-page-context", _escape_titles, priority=600)  # after the theme has put in the authors


def _use_edition(app: Sphinx, config: Config) -> None:
    """Give Sphinx and the theme what CITATION.cff says: title, author, year, version, the address of the site."""
    book = book_of(app)
    edition = book.edition
    config.html_title = config.project = edition.short_title
    config.author = "; ".join(edition.authors)
    config.copyright = edition.year
    config.version = config.release = edition.version
    config.html_baseurl = edition.address or ""
    made = f"version {html.escape(edition.version)}, data {book.data_version}"
    foot = f'<p class="edition"><cite>{html.escape(edition.short_title)}</cite>, {made}.</p>\n'
    place = report_address(read_citation(Path(app.srcdir) / "CITATION.cff"), "Quotation of a text", "")
    told = f'<a href="{html.escape(place)}">say so here</a>' if place else "say so to whoever publishes this copy"
    foot += (
        f"<p>Texts and records were read as of {date.fromisoformat(edition.date):%-d %B %Y}. "
        f"Whoever owns a text and objects to its quotation here can {told}.</p>\n"
    )
    config.html_theme_options["extra_footer"] = foot + config.html_theme_options.get("extra_footer", "")


def _put_head(app: Sphinx, name: str, _template: str, context: dict[str, Any], doctree: object) -> None:
    """Put the tags of a page into its head and the banner below its title; a page without a text of its own is not for search engines."""
    tags = context.get("metatags", "")
    if doctree is None:
        context["metatags"] = tags + '\n<meta name="robots" content="noindex" />'
        return
    book, pages = book_of(app), _pages_of(app.env)
    page = pages[name]
    page = page._replace(description=page_description(context["body"]) if page.position else book.edition.abstract)
    chapters = [] if page.position else [other for other in pages.values() if other.position]
    context["metatags"] = f"{tags}\n{citation.head_tags(book.edition, page, chapters)}"
    if context["pageurl"]:
        context["pageurl"] = citation.page_address(book.edition, page)
    links = {document: context["pathto"](document) for document in (app.config.root_doc, _TRUST) if document in pages}
    downloads = {suffix: context["pathto"](citation.citation_path(page, suffix), 1) for suffix in _FORMATS}
    shown = banner(book.edition, page, coders(book.texts), links[app.config.root_doc], links.get(_TRUST), downloads)
    context["body"] = context["body"].replace("</h1>", f"</h1>\n{shown}", 1)


def _escape_titles(_app: Sphinx, _name: str, _template: str, context: dict[str, Any], _doctree: object) -> None:
    """Let the title of the book and its authors be text: of the theme's templates some escape them and some do not; `Markup` they leave."""
    for field in ("docstitle", "shorttitle", "project", "author"):
        if field in context:
            context[field] = Markup(html.escape(context[field]))


def _pages_of(env: BuildEnvironment) -> dict[str, Page]:
    """The pages of the book without their descriptions, in reading order: {name: Page}."""
    names = [name for name in page_names(Path(env.srcdir)) if name in env.titles]
    numbers = {name: ".".join(map(str, env.toc_secnumbers.get(name, {}).get("") or ())) or None for name in names}
    return {name: Page(name, env.titles[name].astext(), position, numbers[name]) for position, name in enumerate(names)}


def page_description(body: str) -> str:
    """The question of a chapter, or the first paragraph of a page, as the reader sees it, from the HTML of its body."""
    page = lxml.html.fragment_fromstring(body, create_parent=True)
    for hidden in page.xpath("//*[contains(concat(' ', @class, ' '), ' ev-words ')]"):
        hidden.drop_tree()
    paragraphs = [citation.spaced(paragraph.text_content()) for paragraph in page.xpath("//section/p")]
    questions = [text.removeprefix(_QUESTION).strip() for text in paragraphs if text.startswith(_QUESTION)]
    return next(iter(questions or paragraphs), "")


def banner(edition: Edition, page: Page, coded_by: str, home: str, trust: str | None, downloads: dict[str, str]) -> str:
    """One line that opens to what the page is, who says what, and its citation in every form, as HTML.

    `coded_by` says who coded the texts (nothing is said where it is empty); `home` and `trust` lead to the
    first page and to the chapter on the codings (None where there is none), `downloads` to the citation's files, {suffix: address}.
    """
    book = f"<cite>{html.escape(edition.short_title)}</cite>"
    if page.position:
        what = f"Chapter {page.number}" if page.number else "A chapter"
        what = f'{what} of <a href="{home}">{book}</a> (version {html.escape(edition.version)})'
    else:
        what = f"This is {book} (version {html.escape(edition.version)})"
    coder = html.escape(coded_by)
    coder = f'<a href="{trust}">{coder}</a>' if trust else coder
    about = html.escape("".join(edition.title.partition(":")[1:]))
    coded = f"; the texts were coded by {coder}" if coded_by else ""
    forms = [_cite_form("reference", "Reference", citation.reference(edition, page))]
    for suffix, (name, write) in _FORMATS.items():
        link = f' <a href="{downloads[suffix]}" download>Download as .{suffix}</a>'
        forms.append(_cite_form(suffix, name, write(edition, page).rstrip("\n"), link))
    return (
        f'<details class="cite screen-only">\n<summary>Cite this {"chapter" if page.position else "book"}</summary>\n<div id="cite">\n'
        f"<p>{what}, a report by {html.escape('; '.join(edition.authors))}{about}. "
        f"What it says of its matter is what the named texts and records say{coded}.</p>\n{''.join(forms)}</div>\n</details>"
    )


def _cite_form(name: str, label: str, text: str, link: str = "") -> str:
    """One form of the citation: its name, a link to its file, and the text in a block that sphinx-copybutton finds."""
    return (
        f'<div role="group" aria-labelledby="cite-{name}"><p><span id="cite-{name}">{label}</span>{link}</p>\n'
        f'<div class="highlight notranslate"><pre>{html.escape(text, quote=False)}</pre></div></div>\n'
    )


def write_citations(app: Sphinx) -> None:
    """Write the citation of every page as files, and the picture that a shared link shows where the address is known."""
    place, edition = Path(app.outdir), book_of(app).edition
    pages = _pages_of(app.env).values()
    files = {citation.citation_path(page, suffix): write(edition, page) for page in pages for suffix, (_, write) in _FORMATS.items()}
    write_folder(place, files, "cite/*")
    if edition.address:
        shutil.copy(Path(app.srcdir) / ".github/book.png", place / citation.PICTURE)
