"""How the book and its pages are cited: a plain reference, BibTeX, RIS, what a page's head says of it, and the deposit at Zenodo.

Pure functions of an Edition (what CITATION.cff says) and a Page. Nothing here knows Sphinx.
"""

import html
import json
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import rispy
import yaml
from pybtex.database import BibliographyData, Entry, Person
from pybtex.database.output.bibtex import Writer

from analysis.citation_file import read_citation
from book.notebooks import BookError

_LANGUAGE, _LOCALE = "en", "en_GB"
PDF = "neutrality-for-guarantees.pdf"  # in the root of the published site
PICTURE, _PICTURE_ALT = "cite/book.png", "The first page of the book"
_TEXTS = "The texts in data/sources belong to their authors; no licence to them is given."
_MAX_DESCRIPTION = 300  # characters of a description
# What means something to LaTeX and is left alone by pybtex; a brace, even behind a backslash, would end a field of BibTeX.
_LATEX = str.maketrans(
    {"\\": r"{\textbackslash}", "{": r"{\textbraceleft}", "}": r"{\textbraceright}", "$": r"\$", "^": r"{\textasciicircum}"}
)


class Edition(NamedTuple):
    """What CITATION.cff says; the addresses are None as long as they are not known, and end without a slash."""

    title: str
    authors: tuple[str, ...]
    version: str
    date: str  # YYYY-MM-DD
    abstract: str
    keywords: tuple[str, ...]
    licenses: tuple[str, ...]  # SPDX; the first is that of the prose
    address: str | None = None
    repository: str | None = None

    @property
    def year(self) -> str:
        return self.date[:4]

    @property
    def short_title(self) -> str:
        return self.title.partition(":")[0]


class Page(NamedTuple):
    """A page of the book."""

    name: str  # as in the table of contents, as in chapters/voices
    title: str
    position: int  # 0 for the first page, which stands for the whole book
    number: str | None = None  # of the chapter, where chapters are numbered
    description: str = ""


def load_edition(root: Path) -> Edition:
    """The Edition of the book in `root`. Raises BookError where CITATION.cff is missing, lacks a field, or has one of another kind."""
    try:
        given = read_citation(Path(root) / "CITATION.cff")
        return Edition(
            title=spaced(given["title"]),
            authors=tuple(spaced(author["name"]) for author in given["authors"]),
            version=str(given["version"]),
            date=date.fromisoformat(str(given["date-released"])).isoformat(),
            abstract=spaced(given["abstract"]),
            keywords=tuple(given["keywords"]),
            licenses=tuple(given["license"]),
            address=given["url"].rstrip("/") if "url" in given else None,
            repository=given["repository-code"].rstrip("/") if "repository-code" in given else None,
        )
    except OSError as error:
        raise BookError(f"CITATION.cff: {error.strerror}. Remedy: restore the file.") from None
    except KeyError as error:
        raise BookError(f"CITATION.cff: lacks {error}. Remedy: restore the field.") from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise BookError(f"CITATION.cff: is not YAML ({spaced(str(error))}). Remedy: mend the line, or restore the file.") from None
    except (TypeError, AttributeError, ValueError) as error:
        raise BookError(f"CITATION.cff: a field is not of its kind ({error}). Remedy: mend or restore it.") from None


def spaced(text: str) -> str:
    """`text` with every run of white space as one space."""
    return " ".join(text.split())


def page_title(edition: Edition, page: Page) -> str:
    """The title under which a page is cited: its own, and that of the book for the first page."""
    return page.title if page.position else edition.title


def page_address(edition: Edition, page: Page) -> str | None:
    """Where a page is published; None as long as that is not known."""
    if edition.address is None:
        return None
    return f"{edition.address}/{page.name}.html" if page.position else f"{edition.address}/"


def citation_path(page: Page, suffix: str) -> str:
    """The file of a citation, from the root of the site."""
    return f"cite/{page.name.replace('/', '-')}.{suffix}"


def _key(edition: Edition, page: Page) -> str:
    """The name of a citation: the book's, and for a chapter the last part of its page's name."""
    words = re.findall(r"[a-z0-9]+", edition.short_title.lower())
    return "-".join([*words, edition.year, *([page.name.rpartition("/")[2]] if page.position else [])])


def reference(edition: Edition, page: Page) -> str:
    """The plain reference."""
    authors, where = "; ".join(edition.authors), page_address(edition, page)
    if page.position:
        chapter = f", chapter {page.number}" if page.number else ""
        words = f"{authors} ({edition.year}). “{_with_full_stop(page.title)}” In {edition.title}, version {edition.version}{chapter}."
    else:
        words = f"{authors} ({edition.year}). {_with_full_stop(edition.title)} Version {edition.version}."
    return f"{words} {where}" if where else words


def _with_full_stop(sentence: str) -> str:
    return sentence if sentence.endswith((".", "?", "!")) else f"{sentence}."


def bibtex(edition: Edition, page: Page) -> str:
    """The citation in BibTeX, as text."""
    fields = {
        "title": page_title(edition, page),
        "booktitle": edition.title if page.position else None,
        "chapter": page.number,
        "publisher": "; ".join(edition.authors),
        "year": edition.year,
        "note": f"Version {edition.version}",
    }
    entry = Entry("incollection" if page.position else "book", {name: _latex(value) for name, value in fields.items() if value})
    if where := page_address(edition, page):
        entry.fields["url"] = where
    entry.persons["author"] = [Person(f"{{{_latex(author)}}}") for author in edition.authors]
    return str(Writer().to_string(BibliographyData({_key(edition, page): entry})))


def _latex(text: str) -> str:
    return re.sub("-(?=-)", "-{}", text.translate(_LATEX))  # LaTeX would join two hyphens to a dash


class _Ris(rispy.RisWriter):  # type: ignore[misc]
    """RIS without a line above the first field, which not every reader takes."""

    def set_header(self, _count: int) -> str:
        return ""


def ris(edition: Edition, page: Page) -> str:
    """The citation in RIS, as text."""
    where = page_address(edition, page)
    fields = {
        "type_of_reference": "CHAP" if page.position else "BOOK",
        "id": _key(edition, page),
        "authors": list(edition.authors),
        "title": page_title(edition, page),
        "secondary_title": edition.title if page.position else None,
        "section": page.number,
        "edition": f"Version {edition.version}",
        "year": edition.year,
        "date": edition.date.replace("-", "/"),
        "publisher": "; ".join(edition.authors),
        "language": _LANGUAGE,
        "urls": [where] if where else None,
    }
    return str(rispy.dumps([{name: value for name, value in fields.items() if value}], implementation=_Ris))


def shorten(text: str, longest: int = _MAX_DESCRIPTION) -> str:
    """`text`, cut behind the last sentence that ends within `longest` characters; behind a word where the first sentence is longer."""
    if len(text) <= longest:
        return text
    ends = [match.end() for match in re.finditer(r"[.?!](?= )", text[: longest + 1])]
    return text[: ends[-1]] if ends else f"{text[: longest - 1].rpartition(' ')[0]}…"


def highwire(edition: Edition, page: Page) -> list[tuple[str, str]]:
    """What Google Scholar and Zotero read, as pairs of name and content."""
    where = page_address(edition, page)
    return [
        ("citation_title", page_title(edition, page)),
        *(("citation_author", author) for author in edition.authors),
        ("citation_publication_date", edition.date.replace("-", "/")),
        *([("citation_inbook_title", edition.title)] if page.position else []),
        ("citation_publisher", "; ".join(edition.authors)),
        ("citation_language", _LANGUAGE),
        ("citation_keywords", "; ".join(edition.keywords)),
        *([("citation_fulltext_html_url", where)] if where else []),
        *([("citation_pdf_url", f"{where}{PDF}")] if where and not page.position else []),
    ]


def dublin_core(edition: Edition, page: Page) -> list[tuple[str, str]]:
    """What Dublin Core says beyond `highwire`, as pairs of name and content."""
    return [
        ("DC.type", "Text"),
        ("DC.rights", _license_address(edition)),
        ("DCTERMS.bibliographicCitation", reference(edition, page)),
    ]


def _license_address(edition: Edition) -> str:
    return f"https://spdx.org/licenses/{edition.licenses[0]}.html"


def open_graph(edition: Edition, page: Page) -> list[tuple[str, str]]:
    """What a page shows where a link to it is shared, as pairs of property and content."""
    where = page_address(edition, page)
    return [
        ("og:title", page_title(edition, page)),
        ("og:type", "article" if page.position else "book"),
        ("og:site_name", edition.short_title),
        ("og:description", shorten(page.description)),
        ("og:locale", _LOCALE),
        *([("og:url", where), ("og:image", f"{edition.address}/{PICTURE}"), ("og:image:alt", _PICTURE_ALT)] if where else []),
    ]


def json_ld(edition: Edition, page: Page, chapters: Sequence[Page] = ()) -> dict[str, Any]:
    """The page as schema.org describes it: a Chapter that is part of the Book, or the Book with all its `chapters`."""
    parts = [{"@type": "Chapter", "name": part.title, "position": part.position} | _located(edition, part) for part in chapters]
    said = {"@context": "https://schema.org", "@type": "Chapter" if page.position else "Book", "name": page_title(edition, page)}
    said |= _located(edition, page) | _common(edition) | {"description": page.description}
    if page.position:
        book = {"@type": "Book", "name": edition.title} | _located(edition, Page("index", edition.title, 0)) | _common(edition)
        return said | {"position": page.position, "isPartOf": book}
    code = {"isBasedOn": {"@type": "SoftwareSourceCode", "codeRepository": edition.repository}} if edition.repository else {}
    return said | {"keywords": list(edition.keywords), "hasPart": parts} | code


def _common(edition: Edition) -> dict[str, Any]:
    """What is true of the book and of each part of it."""
    return {
        "author": [{"@type": "Organization", "name": author} for author in edition.authors],
        "version": edition.version,
        "datePublished": edition.date,
        "inLanguage": _LANGUAGE,
        "license": _license_address(edition),
    }


def _located(edition: Edition, page: Page) -> dict[str, str]:
    where = page_address(edition, page)
    return {"@id": where, "identifier": where, "url": where} if where else {}


def head_tags(edition: Edition, page: Page, chapters: Sequence[Page] = ()) -> str:
    """All that the head of a page says of it, as HTML; the canonical address comes from Sphinx."""
    data = json.dumps(json_ld(edition, page, chapters), ensure_ascii=False)
    for mark in "<>&":  # nothing in a title may end the script
        data = data.replace(mark, f"\\u{ord(mark):04x}")
    metas = [("description", shorten(page.description)), *highwire(edition, page), *dublin_core(edition, page)]
    tags = [_meta(*pair) for pair in metas] + [_meta(*pair, kind="property") for pair in open_graph(edition, page)]
    return "\n".join([*tags, f'<script type="application/ld+json">{data}</script>'])


def _meta(name: str, content: str, kind: str = "name") -> str:
    return f'<meta {kind}="{name}" content="{html.escape(content)}" />'


def zenodo(edition: Edition) -> dict[str, Any]:
    """The metadata of a deposit at Zenodo, as .zenodo.json holds them."""
    prose, code = edition.licenses
    related = [
        {"identifier": where, "relation": relation, "scheme": "url"}
        for where, relation in [(edition.address, "isIdenticalTo"), (edition.repository, "isSupplementedBy")]
        if where
    ]
    return {
        "title": edition.title,
        "upload_type": "publication",
        "publication_type": "book",
        "description": f"<p>{html.escape(edition.abstract, quote=False)}</p>",
        "creators": [{"name": author} for author in edition.authors],
        "version": edition.version,
        "publication_date": edition.date,
        "language": "eng",
        "keywords": list(edition.keywords),
        "access_right": "open",
        "license": prose.lower(),
        "notes": f"Prose, figures and data: {prose}. Code: {code}. {_TEXTS}",
    } | ({"related_identifiers": related} if related else {})


def zenodo_text(edition: Edition) -> str:
    """.zenodo.json as it is committed."""
    return json.dumps(zenodo(edition), indent=2, ensure_ascii=False) + "\n"
