"""No typed number: what counts as one, what is allowed, and what the build says."""

import re
from types import SimpleNamespace

import pytest
import yaml

from analysis.corpus.errors import DataError
from analysis.number_words import UNIT_WORDS, in_words
from book.lint import prose
from book.lint.typed_numbers import _LIST, typed_numbers
from book.notebooks import ROOT, BookError


@pytest.mark.promise("numbers")
def test_no_number_of_the_book_is_typed():
    assert typed_numbers(ROOT) == []


@pytest.mark.promise("numbers")
@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("The texts hold 96 claims.", "96"),
        ("The texts hold 1,204 words.", "1,204"),
        ("Values from .667 are tentative.", ".667"),
        ("A share of 12 percent.", "12"),
        ("A share of 12.5%.", "12.5"),
        ("Two texts agree.", "Two"),
        ("They agree in twenty-one cases.", "twenty"),
        ("It was coded twice.", "twice"),
        ("Less than half of it.", "half"),
        ("A four-fold table of *three* rows.", "four three"),
        ("- an item of six", "six"),
        ("| head |\n|---|\n| seven |", "seven"),
        ("See [the three texts](index).", "three"),
        ("{glue:text}`n` of 14 texts.", "14"),
        ("In 2022 there were 2022.5 of them.", "2022.5"),
        ("15 years.\nIt says ({ev}`usip2022-p07: postpone for 15 years`).", "15"),  # evidence speaks for its own line
        ("<p>It holds <b>nine</b> <code>ten</code> words.</p>", "nine"),
        ("code: show.table(rows, 'The eight rows')", "eight"),
        ("code: show.folded_table(rows, f'The {n} rows of 11 texts')", "11"),
        ("code: show.table(rows, caption='The eight rows')", "eight"),
        ("code: show.folded_table(caption=f'The {n} rows of 11 texts', data=rows)", "11"),
        ("code: words = 'The eight rows'\nshow.table(rows, words)", "eight"),
        ("code: from analysis.show import table as put\nput(rows, 'The eight rows')", "eight"),
        ("code: show.table(rows.rename(columns={'n': 'share of 96 claims', 'm': 'of_12'}), 'The rows')", "96 12"),
        ("code: show.table(rows.assign(**{'of 96': rows.n}), 'The rows')", "96"),
        ("code: display(HTML('<p>It holds nine words.</p>'))", "nine"),
    ],
)
def test_a_typed_number_is_named(tiny_book, cell, number):
    found = typed_numbers(tiny_book("# Title", cell))
    assert [re.search(r"the number '(.+?)'", fault)[1] for fault in found] == number.split()
    assert all(fault.startswith("index.ipynb, cell 2, line ") and "{glue:text}" in fault and _LIST in fault for fault in found)


@pytest.mark.parametrize(
    "cell",
    [
        "On 29 March 2022, in spring 1999, by 16 and 17 May 2024, on 24 February.",
        "DeCamp 2022 and Petro and Snider 2024, 2022.",
        "Article 5, Articles 5 and 6; DeCamp 2022, par. 6.",
        'It says “within three days” and "for 15\nyears".',
        "{glue:text}`n_texts` texts, {cite}`nyt2024treaty`, {numref}`fig-2`, `2022-03-28/2022-03-31`.",
        "Put off for 15 years ({ev}`usip2022-p07: postpone for 15 years`).",
        "One text, both texts, once, the first and the second, D01, S2, v0.",
        "[A link](https://example.org/30/40).",
        "    indented code 12\n\n```\nfenced 12\n```",
        "code: n = 12  # of 13\nshow.table(rows[:14], 'The rows')",
        "code: show.figure(plots.f, rows, 'two')",
        "code: show.table(rows, f'The {len(rows) + 12:,} rows')",
    ],
)
def test_what_is_no_typed_number_passes(tiny_book, cell):
    assert typed_numbers(tiny_book("# Title", cell)) == []


def test_a_markdown_page_is_read_too(tiny_book):
    root = tiny_book("# Title")
    (root / "notes.md").write_text("# Notes\n\nOn the list are\nfive things.\n")
    (root / "_toc.yml").write_text("format: jb-book\nroot: index\nchapters:\n- file: notes\n")
    (fault,) = typed_numbers(root)
    assert fault.startswith("notes.md, line 4: the number 'five'")


def test_the_words_of_figures_and_headlines_are_read(monkeypatch, tmp_path):
    (tmp_path / "analysis").mkdir()
    (tmp_path / "analysis/plots.py").write_text(
        'FigureText("fig-2", "Two dots.", f"Dots: {n}." + " Of six.")\nplots.FigureText(name="3 fig", alt="Of nine.", caption="Ten.")'
    )
    monkeypatch.setattr(prose, "find_spec", lambda _: SimpleNamespace(origin=tmp_path / "analysis/__init__.py"))
    (tmp_path / "data").mkdir()
    (tmp_path / "data/findings.csv").write_text("finding,statement,chapter\nNATO,In 3 texts.,proposals\n")
    monkeypatch.setattr(prose, "page_names", lambda _root: [])
    places = [fault.partition(" in ")[0] for fault in typed_numbers(tmp_path)]
    assert places == ["data/findings.csv, finding NATO, line 1: the number '3'", "analysis/plots.py, line 1: the number 'Two'",
                      "analysis/plots.py, line 1: the number 'six'", "analysis/plots.py, line 2: the number 'nine'",
                      "analysis/plots.py, line 2: the number 'Ten'"]  # fmt: skip


def test_the_list_allows_its_words_on_its_page_only_and_grows_no_moss(tiny_book):
    tiny_book("# One", "A ten-point plan.", name="one")
    root = tiny_book("# Title", "A ten-point plan of ten points.")
    (root / _LIST).write_text("page,words,reason\nindex,ten-point plan,a name\nindex,six,gone\n")
    found = typed_numbers(root)
    assert [fault.partition(": ")[0] for fault in found] == ["index.ipynb, cell 2, line 1", "one.ipynb, cell 2, line 1", f"{_LIST}, row 3"]
    assert "take the row out" in found[-1]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("page,words\nindex,six\n", "row 1: has the wrong columns (missing: reason)"),
        ('page,words,reason\nindex,"six,gone\nindex,ten,gone\n', "row 2: is not a CSV table from line 2 on"),
        ("page,words,reason\nindex,six,\n", "row 2, column reason: is empty"),
    ],
)
def test_a_list_that_is_none_is_refused(tiny_book, text, message):
    root = tiny_book("# Title", "A plan of six.")
    (root / _LIST).write_text(text)
    with pytest.raises((BookError, DataError), match=re.escape(message)):
        typed_numbers(root)


def test_the_title_of_the_book_is_one_and_counts_no_texts():
    subtitle = yaml.safe_load((ROOT / "CITATION.cff").read_text())["title"].partition(": ")[2]
    assert not re.search(rf"\b(?:{'|'.join(UNIT_WORDS)}|\d+) texts", subtitle)
    for file in ("README.md", "index.ipynb", "pyproject.toml"):
        assert f"W{subtitle[1:]}" in (ROOT / file).read_text(encoding="utf-8"), file


def test_small_numbers_are_words():
    assert [in_words(n) for n in (0, 2, 12, 13, 1000)] == ["zero", "two", "twelve", "13", "1,000"]
