"""What every page says of itself: tags in its head, a banner with a box to cite it below its title, the version in its foot.

A part of book.extension. It also writes the citations of all pages as files, `cite/<page>.bib` and `.ris`.
"""

import html
import shutil
from pathlib import Path

import lxml.html
from markupsafe import Markup
from sphinx.errors import ExtensionError

from book import citation
from book.notebooks import BookError, documents

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
TRUST = "chapters/trust"  # the chapter that says how the codings were made
QUESTION = "Question."
FORMATS = {"bib": ("BibTeX", citation.bibtex), "ris": ("RIS", citation.ris)}


def setup(app):
    app.connect("config-inited", put_edition)
    app.connect("html-page-context", put_head)
    app.connect("html-page-context", escape_titles, priority=600)  # after the theme has put in the authors
    app.connect("build-finished", write_files)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def put_edition(app, config):
    """Give Sphinx and the theme what CITATION.cff says: title, author, year, version, the address of the site."""
    try:
        app.edition = edition = citation.load(app.srcdir)
    except BookError as error:
        raise ExtensionError(str(error)) from None
    config.html_title = config.project = edition.short_title
    config.author = "; ".join(edition.authors)
    config.copyright = edition.year
    config.version = config.release = edition.version
    config.html_baseurl = edition.address or ""
    foot = f'<p class="edition"><cite>{html.escape(edition.short_title)}</cite>, version {html.escape(edition.version)}.</p>\n'
    config.html_theme_options["extra_footer"] = foot + config.html_theme_options.get("extra_footer", "")


def put_head(app, name, _template, context, doctree):
    """Put the tags of a page into its head and the banner below its title; a page without a text of its own is not for search engines."""
    if doctree is None:
        context["metatags"] = context.get("metatags", "") + '\n<meta name="robots" content="noindex" />'
        return
    pages = pages_of(app.env)
    page = pages[name]
    page = page._replace(description=description(context["body"]) if page.position else app.edition.abstract)
    chapters = [] if page.position else [other for other in pages.values() if other.position]
    context["metatags"] = context.get("metatags", "") + "\n" + citation.head(app.edition, page, chapters)
    if context["pageurl"]:
        context["pageurl"] = citation.address(app.edition, page)
    links = {document: context["pathto"](document) for document in (app.config.root_doc, TRUST) if document in pages}
    downloads = {suffix: context["pathto"](citation.file_name(page, suffix), 1) for suffix in FORMATS}
    shown = banner(app.edition, page, len(app.texts.sources), links[app.config.root_doc], links.get(TRUST), downloads)
    context["body"] = context["body"].replace("</h1>", f"</h1>\n{shown}", 1)


def escape_titles(_app, _name, _template, context, _doctree):
    """Let the title of the book and its authors be text: of the theme's templates some escape them and some do not; `Markup` they leave."""
    for field in ("docstitle", "shorttitle", "project", "author"):
        if field in context:
            context[field] = Markup(html.escape(context[field]))


def pages_of(env):
    """The pages of the book without their descriptions, in reading order: {name: Page}."""
    names = [name for name in documents(env.srcdir) if name in env.titles]
    numbers = {name: ".".join(map(str, env.toc_secnumbers.get(name, {}).get("", ()))) or None for name in names}
    return {name: citation.Page(name, env.titles[name].astext(), position, numbers[name]) for position, name in enumerate(names)}


def description(body):
    """The question of a chapter, or the first paragraph of a page, as the reader sees it, from the HTML of its body."""
    page = lxml.html.fragment_fromstring(body, create_parent=True)
    for hidden in page.xpath("//*[contains(concat(' ', @class, ' '), ' ev-words ')]"):
        hidden.drop_tree()
    paragraphs = [citation.spaced(paragraph.text_content()) for paragraph in page.xpath("//section/p")]
    questions = [text.removeprefix(QUESTION).strip() for text in paragraphs if text.startswith(QUESTION)]
    return next(iter(questions or paragraphs), "")


def banner(edition, page, texts, home, trust, downloads):
    """What the page is, who says what, and how to cite it, as HTML.

    `texts` is how many texts the book reads; `home` and `trust` lead to the first page and to the chapter on the codings (None where there
    is none), `downloads` to the citation's files.
    """
    book = f"<cite>{html.escape(edition.short_title)}</cite>"
    if page.position:
        what = f"Chapter {page.number}" if page.number else "A chapter"
        what = f'{what} of <a href="{home}">{book}</a> (version {html.escape(edition.version)})'
    else:
        what = f"This is {book} (version {html.escape(edition.version)})"
    model = f'<a href="{trust}">a large language model</a>' if trust else "a large language model"
    count = NUMBERS[texts] if texts < len(NUMBERS) else texts
    return (
        f'<div class="landing">\n<p>{what}, a report by {html.escape("; ".join(edition.authors))} on how {count} short texts describe and '
        "frame the spring 2022 proposals for ending the war in Ukraine. What it says of the talks is what the named texts and records say; "
        f"the texts were coded by {model}.</p>\n{box(edition, page, downloads)}\n</div>"
    )


def box(edition, page, downloads):
    """The box that opens to the page's citation in every form."""
    forms = [form("reference", "Reference", citation.reference(edition, page))]
    for suffix, (name, write) in FORMATS.items():
        link = f' <a href="{downloads[suffix]}" download>Download as .{suffix}</a>'
        forms.append(form(suffix, name, write(edition, page).rstrip("\n"), link))
    return (
        f'<details class="cite screen-only">\n<summary>Cite this {"chapter" if page.position else "book"}</summary>\n'
        f'<div id="cite">\n{"".join(forms)}</div>\n</details>'
    )


def form(name, label, text, link=""):
    """One form of the citation: its name, a link to its file, and the text in a block that sphinx-copybutton finds."""
    return (
        f'<div role="group" aria-labelledby="cite-{name}"><p><span id="cite-{name}">{label}</span>{link}</p>\n'
        f'<div class="highlight notranslate"><pre>{html.escape(text, quote=False)}</pre></div></div>\n'
    )


def write_files(app, exception):
    """Write the citation of every page as files, and the picture that a shared link shows where the address is known."""
    if exception or app.builder.name != "html":
        return
    place = Path(app.outdir)
    shutil.rmtree(place / "cite", ignore_errors=True)
    (place / "cite").mkdir()
    for page in pages_of(app.env).values():
        for suffix, (_, write) in FORMATS.items():
            (place / citation.file_name(page, suffix)).write_text(write(app.edition, page), encoding="utf-8")
    if app.edition.address:
        shutil.copy(Path(app.srcdir) / "docs/book.png", place / citation.PICTURE)
