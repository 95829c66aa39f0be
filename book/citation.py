"""How the book and its pages are cited: a plain reference, what a page's head says of it, and the deposit at Zenodo.

Pure functions of an Edition (what CITATION.cff says) and a Page. Nothing here knows Sphinx.
"""

import html
import json
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from analysis.citation_file import read_citation
from analysis.corpus.unicode_checks import slug
from book.notebooks import BookError

LANGUAGE, _LOCALE = "en", "en_GB"
PICTURE, _PICTURE_ALT = "cite/book.png", "The first page of the book"
_TEXTS = "The texts in data/sources belong to their authors; no licence to them is given."
_MAX_DESCRIPTION = 300  # characters of a description


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

    @property
    def file_name(self) -> str:  # of the book to take away, without suffix
        return slug(self.short_title) or "book"


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
    file = f"{page.name}.html" if page.position else ""
    return None if edition.address is None else f"{edition.address}/{file}"


def citation_path(page: Page, suffix: str) -> str:
    """The file of a citation, from the root of the site."""
    return f"cite/{page.name.replace('/', '-')}.{suffix}"


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
        ("citation_language", LANGUAGE),
        ("citation_keywords", "; ".join(edition.keywords)),
        *([("citation_fulltext_html_url", where)] if where else []),
        *([("citation_pdf_url", f"{where}{edition.file_name}.pdf")] if where and not page.position else []),
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
        "inLanguage": LANGUAGE,
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
