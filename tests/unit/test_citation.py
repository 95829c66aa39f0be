"""How the book is cited: what is written is read back by parsers made for it, and every page carries it."""

import json
import re
from xml.etree import ElementTree

import extruct
import jsonschema
import pytest
import rispy
import yaml
from bs4 import BeautifulSoup
from check_jsonschema.builtin_schemas import get_builtin_schema
from pybtex.database import parse_string
from pybtex.richtext import Text

from analysis.citation_file import edition
from book import citation, citation_formats
from book.citation import Edition, Page
from book.notebooks import ROOT, BookError
from book.pages import metadata

HOSTILE = 'Who said "peace" & <why>? {Київ} costs 50% of $5: a_b #1 ~ ^ C:\\ </script><!-- } “Ґ” é'
BARE = Edition(
    "A Book: on two things",
    ("The Book & Co. Project", "Інша група"),
    "1.2.0",
    "2024-03-05",
    "It asks. It answers.",
    ("one",),
    ("CC-BY-4.0", "MIT"),
)
KNOWN = BARE._replace(address="https://book.example/site", repository="https://code.example/owner/book")
BOOK = Page("index", "A Book", 0, description="It asks. It answers.")
CHAPTER = Page("chapters/voices", HOSTILE, 3, description=HOSTILE)
EDITIONS = pytest.mark.parametrize("given", [BARE, KNOWN], ids=["without an address", "with an address"])


def read_latex(text):
    """LaTeX as its reader sees it; pybtex knows every command but these."""
    unknown = {r"{\textbraceleft}": "{", r"{\textbraceright}": "}", r"{\textasciicircum}": "^", r"\$": "$"}
    kept = {command: chr(0xE000 + place) for place, command in enumerate(unknown)}
    for command, mark in kept.items():
        text = text.replace(command, mark)
    seen = str(Text.from_latex(text))
    for command, mark in kept.items():
        seen = seen.replace(mark, unknown[command])
    return seen


def read_bibtex(text):
    """The only entry, as its type, its key, its authors and its fields."""
    ((key, entry),) = parse_string(text, "bibtex").entries.items()
    authors = [read_latex(re.fullmatch(r"\{(.*)\}", str(person))[1]) for person in entry.persons["author"]]
    return entry.type, key, authors, {name: value if name == "url" else read_latex(value) for name, value in entry.fields.items()}


def read_ris(text):
    (entry,) = rispy.loads(text)
    return entry


# What is written


@EDITIONS
def test_bibtex_of_a_chapter_is_read_back(given):
    kind, key, authors, fields = read_bibtex(citation_formats.bibtex(given, CHAPTER._replace(number="3")))
    assert (kind, key) == ("incollection", "a-book-2024-voices")
    assert authors == ["The Book & Co. Project", "Інша група"]
    url = {"url": "https://book.example/site/chapters/voices.html"} if given.address else {}
    assert fields == url | {
        "title": HOSTILE, "booktitle": "A Book: on two things", "chapter": "3", "year": "2024", "note": "Version 1.2.0",
        "publisher": "The Book & Co. Project; Інша група",
    }  # fmt: skip


@EDITIONS
def test_bibtex_of_the_book_is_read_back(given):
    kind, key, authors, fields = read_bibtex(citation_formats.bibtex(given, BOOK))
    assert (kind, key) == ("book", "a-book-2024")
    assert authors == ["The Book & Co. Project", "Інша група"]
    assert fields.pop("url", None) == ("https://book.example/site/" if given.address else None)
    assert fields.pop("title") == "A Book: on two things"
    assert set(fields) == {"publisher", "year", "note"}


@EDITIONS
def test_ris_is_read_back(given):
    text = citation_formats.ris(given, CHAPTER)
    assert text.startswith("TY  - CHAP\n")
    chapter = read_ris(text)
    assert chapter.pop("urls", None) == (["https://book.example/site/chapters/voices.html"] if given.address else None)
    assert chapter == {
        "type_of_reference": "CHAP", "id": "a-book-2024-voices", "authors": ["The Book & Co. Project", "Інша група"], "title": HOSTILE,
        "secondary_title": "A Book: on two things", "edition": "Version 1.2.0", "year": "2024", "date": "2024/03/05",
        "publisher": "The Book & Co. Project; Інша група", "language": "en",
    }  # fmt: skip
    book = read_ris(citation_formats.ris(given, BOOK))
    assert (book["type_of_reference"], book["title"], "secondary_title" in book) == ("BOOK", "A Book: on two things", False)
    assert read_ris(citation_formats.ris(given, CHAPTER._replace(number="2.1")))["section"] == "2.1"


@pytest.mark.parametrize(
    ("address", "written"),
    [
        ("https://book.example/a_b/50%25?c=~d&e=$f#g--h^", "https://book.example/a_b/50%25?c=~d&e=$f#g--h^"),
        ('https://book.example/{a}" \\b', "https://book.example/%7Ba%7D%22%20%5Cb"),
    ],
)
def test_an_address_stands_as_it_is(address, written):
    edition = BARE._replace(address=address)
    assert read_bibtex(citation_formats.bibtex(edition, CHAPTER))[3]["url"] == f"{written}/chapters/voices.html"
    assert read_ris(citation_formats.ris(edition, CHAPTER))["urls"] == [f"{address}/chapters/voices.html"]


def test_the_plain_reference_in_words():
    chapter = Page("chapters/voices", "Whose words", 5)
    assert citation.reference(BARE, chapter) == (
        "The Book & Co. Project; Інша група (2024). “Whose words.” In A Book: on two things, version 1.2.0."
    )
    assert citation.reference(KNOWN, chapter._replace(title="Whose words?", number="5")) == (
        "The Book & Co. Project; Інша група (2024). “Whose words?” In A Book: on two things, version 1.2.0, chapter 5. "
        "https://book.example/site/chapters/voices.html"
    )
    assert citation.reference(KNOWN, BOOK) == (
        "The Book & Co. Project; Інша група (2024). A Book: on two things. Version 1.2.0. https://book.example/site/"
    )


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("One. Two.", "One. Two."),
        ("One is 1.5 long. Two is far too long.", "One is 1.5 long."),
        ("A sentence that does not end in time", "A sentence that does…"),
        ("Is it? It is. And more follows here", "Is it? It is."),
    ],
)
def test_a_description_ends_with_a_sentence(text, short):
    assert citation.shorten(text, longest=25) == short


def test_the_description_is_what_the_reader_sees():
    asked = '<section><h1>T</h1><p>First.</p><p><strong>Question.</strong> Which of <span class="pasted-text">5</span>\ntexts, by <a class="ev" href="#x">USIP<span class="ev-words"> “words”</span></a>?</p></section>'
    assert metadata.page_description(asked) == "Which of 5 texts, by USIP?"
    assert metadata.page_description("<section><h1>T</h1><div><p>Output.</p></div><p>First.</p><p>Second.</p></section>") == "First."


# Heads of pages


def heads(given, page, chapters=()):
    """The head of a page: {name or property: [contents]}, and what extruct reads in it."""
    written = f"<html><head>{citation.head_tags(given, page, chapters)}</head><body></body></html>"
    return tags(BeautifulSoup(written, "html.parser")), extracted(written)


def tags(page):
    found = {}
    for tag in page.select("head meta[content]"):
        found.setdefault(tag.get("name") or tag.get("property"), []).append(tag["content"])
    return found


def extracted(written):
    """(JSON-LD, Open Graph, Dublin Core), the last as {name: [contents]}."""
    read = extruct.extract(written, syntaxes=["json-ld", "opengraph", "dublincore"])
    (data,), (graph,), core = read["json-ld"], read["opengraph"], {}
    for item in [item for record in read["dublincore"] for item in record["elements"] + record["terms"]]:
        core.setdefault(item["name"], []).append(item["content"])
    return data, dict(graph["properties"]), core


@EDITIONS
def test_the_head_of_a_chapter_with_a_hostile_title(given):
    found, (data, graph, _) = heads(given, CHAPTER)
    where = "https://book.example/site/chapters/voices.html" if given.address else None
    assert found["citation_title"] == [graph["og:title"]] == [data["name"]] == [HOSTILE]
    assert found["citation_author"] == [author["name"] for author in data["author"]] == list(given.authors)
    assert {author["@type"] for author in data["author"]} == {"Organization"}
    assert found["citation_publication_date"] == ["2024/03/05"]
    assert data["datePublished"] == "2024-03-05"
    assert found["citation_inbook_title"] == [data["isPartOf"]["name"]] == ["A Book: on two things"]
    assert found["description"] == [graph["og:description"]] == [data["description"]] == [HOSTILE]
    assert (data["@type"], data["isPartOf"]["@type"], data["position"], data["version"]) == ("Chapter", "Book", 3, "1.2.0")
    assert (graph["og:type"], graph["og:site_name"], graph["og:locale"]) == ("article", "A Book", "en_GB")
    assert graph.get("og:url") == data.get("url") == data.get("@id") == data.get("identifier") == where
    assert found.get("citation_fulltext_html_url") == ([where] if where else None)
    assert "citation_pdf_url" not in found  # the PDF holds the whole book
    assert data["isPartOf"].get("url") == ("https://book.example/site/" if where else None)


@EDITIONS
def test_the_head_of_the_first_page(given):
    found, (data, graph, core) = heads(given, BOOK, [CHAPTER])
    where = "https://book.example/site/" if given.address else None
    assert found["citation_title"] == [graph["og:title"]] == [data["name"]] == ["A Book: on two things"]
    assert "citation_inbook_title" not in found
    assert core["DC.rights"] == ["https://spdx.org/licenses/CC-BY-4.0.html"]
    assert core["DCTERMS.bibliographicCitation"] == [citation.reference(given, BOOK)]
    assert (data["@type"], data["version"], data["license"]) == ("Book", "1.2.0", "https://spdx.org/licenses/CC-BY-4.0.html")
    (part,) = data["hasPart"]
    assert (part["@type"], part["name"], part["position"]) == ("Chapter", HOSTILE, 3)
    assert part.get("url") == (f"{where}chapters/voices.html" if where else None)
    assert found.get("citation_pdf_url") == ([f"{where}a-book.pdf"] if where else None)
    assert graph.get("og:image") == (f"{where}cite/book.png" if where else None)
    assert data.get("isBasedOn") == (
        {"@type": "SoftwareSourceCode", "codeRepository": "https://code.example/owner/book"} if given.repository else None
    )


def test_nothing_in_a_title_ends_the_script_of_json_ld():
    written = citation.head_tags(BARE, CHAPTER)
    assert written.count("</script>") == 1
    assert "<!--" not in written
    assert ElementTree.fromstring(f"<head>{written.partition('<script')[0]}</head>") is not None


def test_a_banner_names_the_number_of_a_chapter_where_there_is_one():
    downloads = {"bib": "a.bib", "ris": "a.ris"}
    numbered = BeautifulSoup(metadata.banner(BARE, CHAPTER._replace(number="3"), "", "../index.html", None, downloads), "html.parser")
    assert numbered.p.get_text().startswith(
        "Chapter 3 of A Book (version 1.2.0), a report by The Book & Co. Project; Інша група: on two things."
    )
    assert "coded by" not in numbered.p.get_text()
    coded = metadata.banner(BARE, BOOK, "two <students>", "index.html", "chapters/trust.html", downloads)
    assert 'the texts were coded by <a href="chapters/trust.html">two &lt;students&gt;</a>.' in coded


# CITATION.cff and .zenodo.json


def test_citation_cff_is_what_its_format_allows():
    given = yaml.load((ROOT / "CITATION.cff").read_text(encoding="utf-8"), yaml.BaseLoader)
    schema = get_builtin_schema("vendor.citation-file-format")
    jsonschema.validate(given, schema, format_checker=jsonschema.FormatChecker())
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(given | {"type": "book"}, schema)


def test_an_address_is_used_from_the_moment_it_is_written(tmp_path):
    assert (citation.load_edition(ROOT).address, citation.load_edition(ROOT).repository) == (None, None)
    with_address(tmp_path)
    given = citation.load_edition(tmp_path)
    assert (given.address, given.repository) == ("https://book.example/site", "https://code.example/owner/book")


def with_address(root):
    """Write into `root` a CITATION.cff with addresses."""
    lines = '\nurl: "https://book.example/site/"\nrepository-code: "https://code.example/owner/book"\n'
    (root / "CITATION.cff").write_text((ROOT / "CITATION.cff").read_text(encoding="utf-8") + lines, encoding="utf-8")


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda file: file.unlink(), "CITATION.cff: No such file or directory. Remedy: restore the file."),
        (lambda file: file.write_text("title: A"), "CITATION.cff: lacks 'authors'. Remedy: restore the field."),
        (lambda file: file.write_text("title: ["), "CITATION.cff: is not YAML"),
    ],
)
def test_a_fault_of_citation_cff_is_named(tmp_path, spoil, message):
    with_address(tmp_path)
    spoil(tmp_path / "CITATION.cff")
    with pytest.raises(BookError, match=re.escape(message)):
        citation.load_edition(tmp_path)


def test_only_title_authors_and_version_reach_the_chapters():
    assert set(edition()) == {"title", "authors", "version"}


def test_the_deposit_at_zenodo_follows_citation_cff():
    committed = (ROOT / ".zenodo.json").read_text(encoding="utf-8")
    assert committed == citation.zenodo_text(citation.load_edition(ROOT)), "CITATION.cff changed. Remedy: run `make zenodo`"
    schema = json.loads((ROOT / "tests/schemas/zenodo.json").read_text(encoding="utf-8"))
    check = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    check.validate(json.loads(committed))
    known = citation.zenodo(KNOWN._replace(abstract="A & B <i>, written so that it is long enough."))
    check.validate(known)
    assert [link["identifier"] for link in known["related_identifiers"]] == [KNOWN.address, KNOWN.repository]
    for spoiled in (
        {"upload_type": "book"},
        {"publication_date": "2024"},
        {"creators": []},
        {"licence": "mit"},
        {"description": "No paragraph"},
    ):
        assert not check.is_valid(known | spoiled), spoiled


def test_the_settings_leave_title_and_authors_to_citation_cff():
    settings = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    assert not {"title", "author", "copyright"} & set(settings)
