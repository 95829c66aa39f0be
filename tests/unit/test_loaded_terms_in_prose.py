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
def test_every_column_of_our_words_is_read(data, places, remedy):
    for name in places:
        file = data / name
        table = pd.read_csv(file, dtype=str, keep_default_na=False)
        for column in places[name]:
            table.loc[0, column] = "a sham"
        table.to_csv(file, index=False)
    found = {(problem.file, problem.column) for problem in data_problems(data)
             if problem.row == 2 and problem.message.startswith("uses the loaded word 'sham'") and remedy in problem.remedy}  # fmt: skip
    assert found == {(f"data/{name}", column) for name, columns in places.items() for column in columns}


@pytest.mark.parametrize(
    ("paraphrase", "message"),
    [
        ("invading Ukraine", "uses the loaded word 'invading'"),
        ("the “invasion of Ukraine”", None),
        ("the “Brutal Invasion” of Ukraine", None),
        ("the “unprovoked invasion” of Ukraine", "quotes 'unprovoked invasion', which its quotation does not hold"),
        ("the “war” on Ukraine", None),  # no loaded word: another rule's matter
    ],
)
def test_a_paraphrase_quotes_a_loaded_word_only_from_its_evidence(data, paraphrase, message):
    file = data / "codings/responsibility.csv"
    table = pd.read_csv(file, dtype=str, keep_default_na=False)
    row = table.index[table.quote == "Russia’s brutal invasion of Ukraine"][0]
    table.loc[row, "act"] = paraphrase
    table.to_csv(file, index=False)
    problems = [problem for problem in data_problems(data) if problem.file.endswith("responsibility.csv")]
    assert [problem.row for problem in problems] == [row + 2] * bool(message)
    assert all(problem.message.startswith(message) for problem in problems)


def test_a_claim_that_names_another_word_than_its_text_is_found(data):
    """The text says "incorporated": a paraphrase that said "annexed" would misreport it, in quotation marks or without."""
    file = data / "codings/claims.csv"
    file.write_text(file.read_text().replace("Russia “incorporated” the Kherson", "Russia “annexed” the Kherson"))
    (problem,) = data_problems(data)
    assert problem.message == "quotes 'annexed', which its quotation does not hold"


@pytest.mark.parametrize(
    ("row", "column"),
    [("sham,x,an insult,any side,why,instead", "kind"), ("sham2,x,naming choice,for nobody,why,instead", "leans"),
     ("sham3,x(,naming choice,any side,why,instead", "pattern"), ("sham4,x*,naming choice,any side,why,instead", "pattern"),
     ("sham5,x,naming choice,any side,,instead", "why"), ("sham,x,naming choice,any side,why,instead", "term")],
)  # fmt: skip
def test_a_row_of_the_list_that_is_none_is_named(data, row, column):
    with open(data / LOADED_LIST, "a") as file:
        file.write(f"{row}\n")
    assert column in {problem.column for problem in data_problems(data) if problem.file == f"data/{LOADED_LIST}"}


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
