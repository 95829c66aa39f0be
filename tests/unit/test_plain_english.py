"""Plain English in the main chapters: which these are, how a sentence is counted, and what the build says."""

import pytest

from analysis.corpus.reader import load_corpus
from book.lint import plain_english
from book.lint.plain_english import main_pages, plain_english_faults
from book.notebooks import ROOT
from tests.support.books import add_notebook

THIRTY = "Of " + "one and " * 14 + "all"  # words
PARTS = "format: jb-book\nroot: index\nparts:\n- caption: {}\n  chapters:\n  - file: told\n- caption: The record\n  chapters:\n  - file: record\n"


@pytest.fixture
def told(tmp_path):
    """A book of three pages with the same cell, of which the first two tell the story."""

    def make(cell, caption="The story"):
        for name in ("index", "told", "record"):
            add_notebook(tmp_path, "# Title", cell, name=name)
        (tmp_path / "_toc.yml").write_text(PARTS.format(caption))
        return tmp_path

    return make


def faults(root):
    return plain_english_faults(load_corpus(root / "data"), root)


def test_the_main_chapters_of_the_book_are_in_plain_english():
    assert faults(ROOT) == []


def test_main_are_the_first_page_and_those_of_the_story(told):
    assert main_pages(told("Words.")) == ["index", "told"]
    assert main_pages(told("Words.", caption="The texts")) == []


def test_a_long_sentence_of_a_main_chapter_is_named_with_its_place_beginning_and_length(told):
    long = f"A short one.\n{THIRTY} too."
    found = faults(told(long))
    assert found == [
        f"{page}.ipynb, cell 2, line 1: the sentence “Of one and one and one …” has 31 words, more than 30. "
        "Remedy: make two of it, or leave out what the reader can do without."
        for page in ("index", "told")
    ]
    assert faults(told(long, caption="The texts")) == []


@pytest.mark.parametrize(
    "cell",
    [
        f"{THIRTY}.",
        f"{THIRTY} ({{ev}}`usip2022-p01: Russia’s brutal invasion`, {{cite}}`flesch1948`).",  # no words of the sentence
        f"{THIRTY}.\n{{holds}}`every: provisions`",
        f"**Question.** {THIRTY}?",
        f"- {THIRTY}\n- {THIRTY}",
        f"## {THIRTY} too",
        f"code: said = '{THIRTY} too'",
        f"```\n{THIRTY} too\n```",
        "Of " + "one and " * 13 + "one and {glue:text}`many`.",  # what a cell computed is one word
    ],
)
def test_what_a_reader_reads_as_thirty_words_may_stand(told, cell):
    assert faults(told(cell)) == []


@pytest.mark.parametrize("cell", [f"- An item.\n- {THIRTY} too.", f"{THIRTY} {{glue:text}}`n`.", f"*{THIRTY}* [too](index)."])
def test_items_numbers_and_links_are_read(told, cell):
    assert len(faults(told(cell))) == 2


def test_an_id_of_the_codebook_is_named(told):
    found = faults(told("It is coded as D08, not as D99."))
    assert [fault.partition(": ")[2] for fault in found] == [
        "D08 is an id of the codebook. Remedy: say what it stands for in plain words."
    ] * 2


def test_the_limit_is_the_one_that_the_guide_names():
    assert str(plain_english.MOST_WORDS) in (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").partition("Plain English")[2]
