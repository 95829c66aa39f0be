"""The book measured by its own instruments, in the same way as the texts, and held to plain English."""

import pytest
from bs4 import BeautifulSoup

from analysis.stylometry.comparison import compare_with_corpus, score_text
from analysis.stylometry.measures import BY_FORMULA, measure_table
from analysis.stylometry.sensitivity import score_sensitivity
from book.lint.plain_english import MOST_WORDS
from book.lint.prose import as_read, markdown_paragraphs
from book.notebooks import ROOT, page_names
from book.pages import book_readability
from book.pages.book_readability import BOOK, SCHOOL_GRADE, book_language, text_of_page
from tests.support.books import add_notebook


@pytest.fixture(scope="module")
def table(texts, executed):
    paragraphs = [text for name in page_names(ROOT) for text in text_of_page(ROOT, name, executed)]
    return compare_with_corpus(texts, paragraphs, BOOK).set_index("text")


@pytest.fixture(scope="module")
def pages(executed):
    return book_language(ROOT, executed)


def read(markdown, **values):
    return [as_read(block, values) for block in markdown_paragraphs("index", "index.ipynb", markdown) if block.kind == "paragraph"]


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("# Title\n\nIt has {glue:text}`n`\ntexts {cite}`lcil2022timeline`.", ["It has five texts."]),
        ("It says so ({ev}`usip2022-p01: a war`, {ev}`usip2022-p02: x`), and `no` more.", ["It says so, and no more."]),
        ("**Question.** *Who* is **bold**? [A link](texts) (see {numref}`fig-x`).", ["Who is bold? A link (see the figure)."]),
        ("- one\n- “two”\n\n```\ncode\n```", ["one", "“two”"]),
    ],
)
def test_prose_is_read_as_a_reader_reads_it(markdown, words):
    assert read(markdown, n="'five'") == words


def test_the_measures_of_a_small_text_are_those_counted_by_hand():
    # 10 words, 3 sentences, 30 letters, 11 syllables: "treaty" has two, the others one, 15 among them.
    own = score_text(["We met. They sat for 15 days.", "No treaty was."])
    assert (own["words"], own["sentences"], own["words per sentence"]) == (10, 3, 10 / 3)
    assert own["Flesch Reading Ease"] == pytest.approx(206.835 - 1.015 * 10 / 3 - 84.6 * 11 / 10)
    assert own["Flesch-Kincaid"] == pytest.approx(0.39 * 10 / 3 + 11.8 * 11 / 10 - 15.59)
    assert own["Coleman-Liau"] == pytest.approx(0.0588 * 100 * 30 / 10 - 0.296 * 100 * 3 / 10 - 15.8)


def test_a_text_without_numerals_has_the_scores_of_the_other_tables(texts, table):
    """Observer Intl 2023 has no numeral that stands alone, so both ways of counting must agree on it."""
    every = measure_table(texts)
    other = every[(every.source_id == "observer2023") & (every.scope == "all") & (every.method == BY_FORMULA)]
    other = other.set_index("measure").value
    for name in ("words per sentence", "Coleman-Liau", "MATTR 50"):
        assert table.loc["Observer Intl 2023", name] == pytest.approx(other[name]), name
    by_rule = score_sensitivity(texts).query("source_id == 'observer2023' and variation == 'syllables by groups of vowels'")
    assert table.loc["Observer Intl 2023", "Flesch Reading Ease"] == pytest.approx(
        by_rule.set_index("measure").value["Flesch Reading Ease"]
    )


def test_what_the_chapter_reads_from_the_table_holds(table):
    book, others = table.loc[BOOK], table.drop(index=BOOK)
    assert book["words per sentence"] < others["words per sentence"].min()
    assert book["Flesch Reading Ease"] > others["Flesch Reading Ease"].max()
    assert book["Flesch-Kincaid"] < others["Flesch-Kincaid"].min()
    assert book["Coleman-Liau"] < others["Coleman-Liau"].min()
    assert book["MATTR 50"] < others["MATTR 50"].min()


def test_the_page_shows_the_table(html, table):
    shown = BeautifulSoup((html / "chapters/record-style.html").read_text(encoding="utf-8"), "html.parser").find(
        id="tab-the-book-and-the-texts"
    )
    rows = {row.th.get_text(): [cell.get_text() for cell in row.find_all("td")] for row in shown.tbody.find_all("tr")}
    assert list(rows) == list(table.index)
    book = table.loc[BOOK]
    assert rows[BOOK] == [f"{book.words:,.0f}", f"{book.sentences:,.0f}", f"{book['words per sentence']:.1f}",
                          f"{book['Flesch Reading Ease']:.1f}", f"{book['Flesch-Kincaid']:.1f}", f"{book['Coleman-Liau']:.1f}", f"{book['MATTR 50']:.2f}"]  # fmt: skip


HARDEST, LONGEST = 11, 1800  # US grade; words of prose, as a reader reads them, of a main chapter


def test_no_main_chapter_is_hard_to_read_or_long(pages):
    main = pages[pages.main == "yes"]
    for page in main.itertuples():
        assert main.loc[page.Index, SCHOOL_GRADE] <= HARDEST, page.page
        assert page.words <= LONGEST, page.page
        assert main.loc[page.Index, "longest sentence"] <= MOST_WORDS, page.page


def test_a_page_is_measured_by_its_words_sentences_and_syllables(tmp_path):
    add_notebook(tmp_path, "# A page", "We met. They sat for {glue:text}`n` days.\n\n- No treaty was.", "code: n = 15", name="index")
    (page,) = book_language(tmp_path, {}).to_dict("records")
    grade = 0.39 * 10 / 3 + 11.8 * 11 / 10 - 15.59  # "treaty" has two syllables; a number that no cell defined is one word
    assert page == {"page": "A page", "main": "no", "words": 10, "sentences": 3, "longest sentence": 5, SCHOOL_GRADE: pytest.approx(grade)}


def test_the_status_page_shows_every_page(html, pages):
    shown = BeautifulSoup((html / "chapters/status.html").read_text(encoding="utf-8"), "html.parser").find(
        id="tab-the-language-of-the-book-page-by-page"
    )
    rows = [[cell.get_text() for cell in row.find_all(["th", "td"])] for row in shown.tbody.find_all("tr")]
    assert rows == [
        [
            page.page,
            page.main,
            f"{page.words:,}",
            f"{page.sentences:,}",
            str(pages.loc[page.Index, "longest sentence"]),
            f"{pages.loc[page.Index, SCHOOL_GRADE]:.1f}",
        ]
        for page in pages.itertuples()
    ]


def test_tables_on_all_pages_are_filled_in_again_and_again(tmp_path, monkeypatch):
    placed, other = tmp_path / "chapters/status.html", tmp_path / "index.html"
    placed.parent.mkdir()
    placed.write_text("<p>Before.</p><!-- book-language --><!-- /book-language --><p>Behind.</p>", encoding="utf-8")
    other.write_text("<p>No table.</p>", encoding="utf-8")
    for n_words in (7, 8):
        monkeypatch.setitem(book_readability._TABLES, "book-language", lambda _book, n_words=n_words: f"<table>\n{n_words}</table>")
        book_readability.fill_tables(None, tmp_path)
        table = f"<!-- book-language --><table>\n{n_words}</table><!-- /book-language -->"
        assert placed.read_text(encoding="utf-8") == f"<p>Before.</p>{table}<p>Behind.</p>"
    assert other.read_text(encoding="utf-8") == "<p>No table.</p>"
