"""How much of each text the book shows: measured whole, refused where it is too much, printed where it is not."""

import json
import random
import re

import nbformat
import pytest
from bs4 import BeautifulSoup

from analysis.corpus import words
from analysis.evidence import visible
from book import shares
from book.notebooks import BookError
from book.pipeline import build


def stretch(texts, count, source_id="usip2022", first=0):
    """`count` words of a body from its word `first` on, with the marks between them."""
    own = words(texts).query("source_id == @source_id")
    return texts.raw[source_id][own.start.iloc[first] : own.end.iloc[first + count - 1]]


def of(measured, source_id):
    return next(row for row in measured if row.source_id == source_id)


def notebook(text):
    return nbformat.writes(nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(text)]))


@pytest.fixture
def site(tmp_path):
    """A function that writes files into a folder and returns the folder."""

    def make(**files):
        for name, text in files.items():
            file = tmp_path / "site" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        return tmp_path / "site"

    return make


FORMS = {
    "a.html": lambda text: f"<p>Before. {text} After.</p>",
    "in lines.html": lambda text: "<p>" + text.replace(" ", "\n") + "</p>",
    "in bold.html": lambda text: "<p>" + " ".join(f"<b>{word}</b><span> </span>" for word in text.split()) + "</p>",
    "with a comment.html": lambda text: "<p>" + text.replace(" ", " <!-- here -->", 7) + "</p>",
    "alt.html": lambda text: f'<p><img src="x.svg" alt="{text}"></p>',
    "alt in lines.html": lambda text: '<img alt="' + text.replace(" ", "\n") + '">',
    "title.html": lambda text: f'<div title="{text}"></div>',
    "aria.html": lambda text: f'<div aria-label="{text}"></div>',
    "data.html": lambda text: f'<div data-words="{text}"></div>',
    "script.html": lambda text: f"<script type='application/ld+json'>{json.dumps(text, ensure_ascii=False)}</script>",
    "drawing.svg": lambda text: f'<svg xmlns="http://www.w3.org/2000/svg"><desc>{text}</desc></svg>',
    "table.csv": lambda text: f'a,b\n1,"{text}"\n',
    "index.js": lambda text: f"x({json.dumps(text)})",
    "list.json": lambda text: json.dumps({"a": [1, {"b": text}]}),
    "_sources/page.ipynb": notebook,
    "cite/page.bib": lambda text: f"@misc{{x,\n note = {{{text}}},\n}}",
    "shout.txt": lambda text: text.upper().replace("’", "'").replace(",", " -"),
}


@pytest.mark.promise("quotations")
@pytest.mark.parametrize("name", FORMS)
def test_a_run_of_more_than_60_words_is_refused_wherever_it_stands(texts, site, name):
    folder = site(**{name: FORMS[name](stretch(texts, 60)), "other.html": "<p>Other.</p>"})
    assert (of(shares.shares(texts, folder), "usip2022").longest, of(shares.shares(texts, folder), "usip2022").longest_in) == (60, name)
    shares.offer_shares(texts, folder)
    site(**{name: FORMS[name](stretch(texts, 61))})
    with pytest.raises(BookError, match=rf"^{re.escape(name)}: shows 61 words of USIP 2022 in a row, more than 60\. Remedy: shorten"):
        shares.offer_shares(texts, folder)


@pytest.mark.parametrize(
    "parted",
    ["<table><tr><td>{}</td><td>{}</td></tr></table>", "<ul><li>{}</li><li>{}</li></ul>", "<p>{}</p><p>{}</p>", "<p>{} and so on {}</p>",
     '<p title="{}">{}</p>'],
)  # fmt: skip
def test_what_stands_apart_makes_no_run(texts, site, parted):
    folder = site(**{"a.html": parted.format(stretch(texts, 40), stretch(texts, 40, first=40))})
    assert of(shares.shares(texts, folder), "usip2022").longest == 40


def test_neighbouring_fields_make_no_run(texts, site):
    folder = site(**{"a.csv": f'"{stretch(texts, 40)}","{stretch(texts, 40, first=40)}"\n'})
    assert of(shares.shares(texts, folder), "usip2022").longest == 40


def test_five_words_count_and_four_do_not_and_each_counts_once(texts, site):
    body = words(texts).query("source_id == 'usip2022'")
    seen = [start in visible(texts)["usip2022"] for start in body.start]
    first = next(at for at in range(len(seen)) if not any(seen[at : at + 8]))
    quoted = of(shares.shares(texts, site(**{"a.html": "<p></p>"})), "usip2022").shown
    assert quoted == sum(seen)
    for count, more in ((4, 0), (5, 5), (8, 8)):
        text = f"<p>{stretch(texts, count, first=first)}</p>"
        measured = of(shares.shares(texts, site(**{"a.html": text, "b.html": text + text})), "usip2022")
        assert measured.shown - quoted == more
        assert measured.share == measured.shown / 1183


def test_words_are_counted_by_hand_in_a_text_of_which_nothing_is_quoted(texts, site):
    tables = {name: table.head(0) if "quote" in table or name == "names.csv" else table for name, table in texts.tables.items()}
    bare = type(texts)(texts.path, tables, texts.raw)
    halves = {"a.html": f"<p>{stretch(bare, 55, 'charap2022')}</p><p>{stretch(bare, 55, 'charap2022', 50)}</p>",
              "b.csv": stretch(bare, 48, "charap2022", 104).replace(",", "").replace('"', "")}  # fmt: skip
    measured = of(shares.shares(bare, site(**halves)), "charap2022")
    assert (measured.words, measured.shown, measured.longest) == (305, 152, 55)
    shares.refuse(bare, [measured])
    more = of(shares.shares(bare, site(**{"c.txt": stretch(bare, 5, "charap2022", 148)})), "charap2022")
    assert more.shown == 153
    with pytest.raises(
        BookError, match=r"^Charap 2022: the book shows 50\.2 percent of its words, more than 50; .* a\.html shows most, as in “At this"
    ):
        shares.refuse(bare, [more])


def test_words_of_evidence_links_count_however_few(texts, site):
    before = of(shares.shares(texts, site(**{"a.html": "<p></p>"})), "usip2022").shown
    body = words(texts).set_index(["source_id", "start"]).word
    span = next(row for row in texts.tables["codings/claims.csv"].query("source_id == 'usip2022'").itertuples()
                if row.end - row.start > 30 and row.quote.split()[1].isalpha()
                and row.start + len(row.quote.split()[0]) + 1 not in visible(texts)["usip2022"])  # fmt: skip
    quoted = span.quote.split()[1]
    assert body["usip2022", span.start + len(span.quote.split()[0]) + 1] == quoted
    link = f"See {{ev}}`{span.passage_id}: {span.quote.split()[0]} {quoted}`."
    assert of(shares.shares(texts, site(**{"_sources/page.ipynb": notebook(link)})), "usip2022").shown >= before + 1


def test_runs_are_those_that_a_plain_search_finds():
    draw = random.Random(5)
    body, text = ([draw.choice("abc") for _ in range(60)] for _ in range(2))
    found = shares.runs({"x": body}, [("file", " ".join(text))])["x"]["file"]
    plain = set()
    for at in range(len(body)):
        for place in range(len(text)):
            length = 0
            while at + length < len(body) and place + length < len(text) and body[at + length] == text[place + length]:
                length += 1
            if length >= shares.RUN and not (at and place and body[at - 1] == text[place - 1]):
                plain.add((at, length))
    assert found == plain != set()


@pytest.mark.promise("quotations")
def test_a_book_that_shows_too_much_is_not_published(texts, tiny_book):
    pieces = [stretch(texts, 61), *(stretch(texts, 30, "charap2022", first) for first in range(0, 180, 30))]
    root = tiny_book("# Title", *(f"code: print({piece!r})" for piece in pieces))
    (root / "_build/html").mkdir(parents=True)
    (root / "_build/html/index.html").write_text("the book that stood here")
    with pytest.raises(BookError) as caught:
        build(root, lambda _line: None)
    assert "index.html: shows 61 words of USIP 2022 in a row, more than 60. Remedy: " in str(caught.value)
    assert re.search(r"Charap 2022: the book shows \d\d\.\d percent of its words, more than 50; beyond its quotations \S*index\.\w+ shows most, as in “",
                     str(caught.value))  # fmt: skip
    assert (root / "_build/html/index.html").read_text() == "the book that stood here"


@pytest.mark.promise("quotations")
def test_the_book_shows_at_most_half_of_each_text_and_prints_how_much(texts, html):
    measured = shares.shares(texts, html)
    assert [row.source_id for row in measured] == list(texts.raw)
    assert all(0.3 < row.share <= 0.5 and 5 <= row.longest <= 60 for row in measured)
    section = BeautifulSoup((html / shares.PAGE).read_text(encoding="utf-8"), "html.parser").select_one("section#shown")
    printed = [[cell.text for cell in row.select("th, td")] for row in section.select("tbody tr")]
    short = texts.sources.set_index("source_id").short
    assert printed == [
        [short[row.source_id], f"{row.words:,}", f"{row.shown:,}", f"{100 * row.shown / row.words:.1f}", str(row.longest)]
        for row in measured
    ]


def test_the_section_is_filled_again_from_scratch(texts, site):
    folder = site(**{shares.PAGE: '<h2>One</h2>\n<section id="shown"><p>As committed.</p></section>\n<p>After.</p>'})
    shares.offer_shares(texts, folder)
    once = (folder / shares.PAGE).read_text()
    shares.offer_shares(texts, folder)
    assert (folder / shares.PAGE).read_text() == once
    assert "As committed" not in once
    assert once.endswith("</section>\n<p>After.</p>")


@pytest.mark.promise("quotations")
def test_the_printed_book_shows_no_more_than_60_words_in_a_row(texts, paper):
    pages = "\n".join(page.extract_text() for page in paper.pages)
    bodies = {source_id: list(own.word) for source_id, own in words(texts).groupby("source_id", sort=False)}
    found = shares.runs(bodies, [("pdf", re.sub(r"[-\u00ad\u2010]\n", "", pages))])
    assert all(5 <= max(length for _, length in own["pdf"]) <= 60 for own in found.values())
