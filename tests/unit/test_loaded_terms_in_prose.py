"""No loaded word in the authors' voice: the list, what counts as a use, and what the check and the build say."""

import re

import pandas as pd
import pytest

from analysis.citation_file import edition
from analysis.corpus.loaded_terms import AUTHOR_COLUMNS, LOADED_LIST, PARAPHRASE_COLUMNS, find_loaded_terms, loaded_term_rows
from analysis.corpus.reader import DATA_FOLDER, read_table
from analysis.validation.validate import data_problems
from book.lint.loaded_terms import loaded_terms
from book.notebooks import ROOT

SHOWN = 'code: from IPython.display import display\ndisplay({"text/plain": "x"}, raw=True, metadata=%r)'


@pytest.fixture(scope="module")
def listed():
    return read_table(DATA_FOLDER, LOADED_LIST)


@pytest.mark.promise("fair words")
def test_no_page_of_the_book_uses_a_loaded_word():
    assert loaded_terms(ROOT) == []


def test_no_reference_to_the_book_uses_one(listed):
    book = edition(ROOT / "CITATION.cff")
    assert [match.group() for match, _ in find_loaded_terms(f"{book['title']} {book.get('abstract', '')}", loaded_term_rows(listed))] == []


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("Russia's unprovoked invasion of Ukraine.", "unprovoked invasion"),
        ("The special military operation goes on.", "special military operation"),
        ("Russia annexed the regions; they were Incorporated.", "annexed Incorporated"),
        ("The Kyiv **regime** refused.", "regime"),
        ("- a proxy war against Russia", "proxy war"),
        ("The West sabotaged the deal, of course.", "sabotaged of course"),
        ("# The brutal war", "brutal"),
        ("See [the sham talks](index).", "sham"),
        ("They lied, and that is a lie.", "lied a lie"),
        ("code: show.table(rows, 'Heroic acts')", "Heroic"),
        ("<p>The junta.</p>", "junta"),
    ],
)
def test_a_loaded_word_in_prose_is_named(tiny_book, cell, words):
    found = loaded_terms(tiny_book("Text.", cell))
    assert " ".join(re.search(r"the loaded word '(.+?)'", fault)[1] for fault in found) == words
    assert all(fault.startswith("index.ipynb, cell 2, line 1: ") and "Remedy: write " in fault for fault in found)


@pytest.mark.parametrize(
    "cell",
    [
        "Petro and Snider 2024 uses *incorporated* and *annexed*.",
        'It calls the attack “brutal” and "heroic".',
        "It condemns the attack ({ev}`usip2022-p01: brutal invasion of Ukraine`).",
        "The column `lies` and {cite}`annexed2022`.",
        "    sham = 'brutal'\n\n```\nregime\n```",
        "[The table](regime)",
        "When the events lie, and where they differ; the attack of 24 February, the taking of land; a steady regimen; steps of de-escalation.",
        "code: regime = 'brutal'\nshow.figure(plots.sham, 'brutal')",
    ],
)
def test_a_mention_or_a_plain_word_passes(tiny_book, cell):
    assert loaded_terms(tiny_book("# Title", cell)) == []


# The data


@pytest.mark.promise("fair words")
@pytest.mark.parametrize(("places", "remedy"), [(AUTHOR_COLUMNS, ""), (PARAPHRASE_COLUMNS, "between quotation marks")])
def test_every_column_of_our_words_is_read(folder, places, remedy):
    for name in places:
        file = folder / name
        table = pd.read_csv(file, dtype=str, keep_default_na=False)
        table.loc[0, list(places[name])] = "a shameful thing"
        table.to_csv(file, index=False)
    found = {(problem.file, problem.column) for problem in data_problems(folder)
             if problem.row == 2 and problem.message.startswith("uses the loaded word 'shameful'") and remedy in problem.remedy}  # fmt: skip
    assert found == {(f"study/{name}", column) for name, columns in places.items() for column in columns}


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "being near a deal",
            "being near a “shameful deal”",
            "codings/responsibility.csv, row 2, column act: quotes 'shameful deal', which its quotation does not",
        ),
        ("being near a deal", "being “close to a deal”", None),
    ],
)
def test_a_paraphrase_quotes_a_loaded_word_only_from_its_evidence(folder, old, new, message):
    file = folder / "codings/responsibility.csv"
    file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    assert [str(problem).removeprefix("study/").startswith(message or "!") for problem in data_problems(folder)] == [True] * bool(message)


@pytest.mark.parametrize(
    ("row", "column"),
    [("sham,x,an insult,any side,why,instead", "kind"), ("sham,x(,naming choice,any side,why,instead", "pattern"),
     ("sham,x*,naming choice,any side,why,instead", "pattern"), ("sham,x,naming choice,any side,,instead", "why"),
     ("order,x,naming choice,any side,why,instead", "term")],
)  # fmt: skip
def test_a_row_of_the_list_that_is_none_is_named(folder, row, column):
    with open(folder / LOADED_LIST, "a") as file:
        file.write(f"{row}\n")
    assert column in {problem.column for problem in data_problems(folder) if problem.file == f"study/{LOADED_LIST}"}


def test_the_list_is_even(listed):
    # Most words may be turned on anybody; of the others both camps have their share.
    one, other = (sum(lean in leans for lean in listed.leans)
                  for leans in (("against Russia", "for Ukraine", "for the West"), ("for Russia", "against Ukraine", "against the West")))  # fmt: skip
    assert (listed.leans == "any side").mean() > 0.5
    assert min(one, other) / max(one, other) > 0.5


def test_each_pattern_finds_its_own_term(listed):
    for row in listed.itertuples():
        assert any(
            word.pattern == row.pattern
            for _, word in find_loaded_terms(row.term if row.term != "lie" else "a lie", loaded_term_rows(listed))
        ), row.term
