"""No quantifying sentence without data behind it: which sentences quantify, what stands behind them, and what the build says."""

import re

import pytest

from book.lint.quantifiers import quantifier_faults, statement_leaves_out
from tests.support.corpora import with_table

TRUE = "{holds}`only brill1987: provisions; dimension == 'K5'`"


@pytest.mark.parametrize(
    ("line", "quantity"),
    [
        ("Every text describes the berths.", "Every text"),
        ("They are absent from all of the texts.", "all of the texts"),
        ("It stands in each text that names it.", "each text"),
        ("No account of the walkout is shared.", "No account"),
        ("Both older texts say so.", "Both older texts"),
        ("Only Brill 1987 names the reef.", "Only Brill 1987"),
        ("None of these words stands in Cole 1988.", "None of these words stands in Cole 1988"),
        ("The reef is in Brill 1987 alone.", "Brill 1987 alone"),
        ("The texts agree; all but one name a toll.", "all"),
        ("- All are short.", "All"),
        ("The signs are absent from all.", "all"),
        ("Arden 1987 and Cole 1988 name the toll.", "Arden 1987 and Cole 1988"),
        ("Arden 1987 names a toll ({ev}`arden1987-p02: no toll`), Cole 1988 too.", "Arden 1987 and Cole 1988"),
        (f"The reef is in Brill 1987 alone. {TRUE} No other text names it.", "No other text"),
        ("The last text names a reef.", "last text"),
        ("Arden 1987 credits Vesk most, for the toll.", "Arden 1987 credits Vesk most"),
        ("**Only this.**\nNo text names the signs.", "No text"),
    ],
)
def test_a_planted_quantity_without_data_is_named(study, tiny_book, line, quantity):
    (fault,) = quantifier_faults(study, tiny_book("# Title", line))
    assert fault.startswith(f"index.ipynb, cell 2, line {line.count(chr(10)) + 1}: “")
    assert re.search(r"says '(.*)' of texts", fault)[1] == quantity


@pytest.mark.parametrize(
    "line",
    [
        "Both sides kept hardly any boats at all, and each text-book says so.",
        "Which text names every toll, and which text none?",
        'It says "every text" and *no text* and `each text`.',
        "Arden 1987 ({ev}`arden1987-p02: no toll`) and Cole 1988 ({ev}`cole1988-p03: no toll`) name the toll.",
        "The toll stands in {glue:text}`toll` and not in one text alone.",
        f"Only Brill 1987 names the reef. {TRUE}",
        f"Only Brill 1987 names the reef.\n{TRUE}\nIt is a short reef.",
        "Arden 1987 tells it in most of the lines.",
        "An event that several texts mention is one event. {not-held}`a definition`",
    ],
)
def test_what_quantifies_no_texts_or_has_data_behind_it_passes(study, tiny_book, line):
    assert quantifier_faults(study, tiny_book("# Title", line)) == []


@pytest.mark.parametrize(
    ("statement", "leaves_out"),
    [
        ("only brill1987: provisions; dimension == 'K5'", False),  # true of all texts
        ("every: provisions; level == 'agreed'", False),  # true of none but Arden and Cole
        ("none: provisions; level == 'agreed'", True),  # true of Brill 1987 alone
        ("only cole1988: provisions; dimension == 'K5'", False),  # names a text that joined later, and is false
    ],
)
def test_a_sentence_that_is_true_but_for_texts_that_joined_later_says_so(study, tiny_book, statement, leaves_out):
    joined = study.sources.assign(in_prose=study.sources.in_prose.where(study.sources.source_id == "brill1987", "no"))
    later = with_table(study, "sources.csv", joined)
    book = tiny_book("# Title", f"A sentence.\n{{holds}}`{statement}`")
    assert statement_leaves_out(later, statement) == leaves_out
    assert not statement_leaves_out(study, statement)
    if leaves_out:
        assert quantifier_faults(later, book) == []
        (fault,) = quantifier_faults(study, book)
        assert "is not true" in fault


@pytest.mark.promise("true sentences")
def test_a_sentence_that_the_data_contradict_is_named_with_what_would_be_true(study, tiny_book):
    line = "First.\nOnly Cole 1988 names the reef. {holds}`only cole1988: provisions; dimension == 'K5'`"
    assert quantifier_faults(study, tiny_book("# Title", line)) == [
        'index.ipynb, cell 2, line 2: “Only Cole 1988 names the reef.” is not true: it stands under "only cole1988: provisions; '
        "dimension == 'K5'\", but the data say \"only brill1987: provisions; dimension == 'K5' (decided by brill1987-p03)\". Remedy: change "
        "sentence and condition."
    ]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("Only Cole 1988 has it. {holds}`only dole1988: provisions`", "'dole1988' is no text"),
        ("The sea is calm. {not-held}`a definition`", "needs no {not-held}"),
        ("The sea is calm. {holds}`none: provisions`", "is not true"),
    ],
)
def test_a_mark_that_cannot_be_or_does_nothing_is_named(study, tiny_book, line, fault):
    (found,) = quantifier_faults(study, tiny_book("# Title", line))
    assert fault in found
