"""The citation of a page as BibTeX and as RIS: each field escaped by the rules of its format."""

import re
from typing import Any
from urllib.parse import quote

import rispy
from pybtex.database import BibliographyData, Entry, Person
from pybtex.database.output.bibtex import Writer

from book.citation import LANGUAGE, Edition, Page, page_address, page_title

_VERBATIM = "url"  # the field that LaTeX reads sign by sign, as in \url{...}
# What means something to LaTeX and is left alone by pybtex; a brace, even behind a backslash, would end a field of BibTeX.
_LATEX = str.maketrans(
    {"\\": r"{\textbackslash}", "{": r"{\textbraceleft}", "}": r"{\textbraceright}", "$": r"\$", "^": r"{\textasciicircum}"}
)


class _Bibtex(Writer):  # type: ignore[misc]
    """BibTeX with an address as it is."""

    def _write_field(self, stream: Any, type: str, value: str) -> None:
        if type == _VERBATIM:
            stream.write(f",\n    {type} = {self.quote(value)}")
        else:
            super()._write_field(stream, type, value)


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
        entry.fields[_VERBATIM] = re.sub(r'[\s{}"\\]', lambda sign: quote(sign[0]), where)  # what would end the field
    entry.persons["author"] = [Person(f"{{{_latex(author)}}}") for author in edition.authors]
    return str(_Bibtex().to_string(BibliographyData({_key(edition, page): entry})))


def _latex(text: str) -> str:
    return re.sub("-(?=-)", "-{}", text.translate(_LATEX))  # LaTeX would join two hyphens to a dash


def _key(edition: Edition, page: Page) -> str:
    """The name of a citation: the book's, and for a chapter the last part of its page's name."""
    words = re.findall(r"[a-z0-9]+", edition.short_title.lower())
    return "-".join([*words, edition.year, *([page.name.rpartition("/")[2]] if page.position else [])])


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
        "language": LANGUAGE,
        "urls": [where] if where else None,
    }
    return str(rispy.dumps([{name: value for name, value in fields.items() if value}], implementation=_Ris))
