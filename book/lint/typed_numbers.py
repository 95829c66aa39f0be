"""No typed number: each number in the authors' words is computed by a cell, or allowed by a rule or by the list `_numbers.csv`; and no
number for nothing: each that a chapter defines is quoted by its prose.

A number is a row of digits or a number word from two upwards, also within a compound ("fifteen-point"); "one", "both", "once" and ordinals
are none. Allowed are dates, years, legal articles, paragraphs, what stands between quotation marks or as code, and what the evidence beside
it says in the same line. The list has the columns page, words, reason: these words of that page may hold a number.
"""

import re
from collections.abc import Mapping
from pathlib import Path

from nbformat import NotebookNode

from analysis.corpus.reader import read_table
from analysis.number_words import FRACTION_WORDS, LARGE_NUMBER_WORDS, MULTIPLIER_WORDS, TEN_WORDS, UNIT_WORDS
from book.lint.prose import MASK, NO_PAGE, WORDS, Pages, Paragraph, author_text, evidence_words, page_roles
from book.notebooks import BookError, page_names

_LIST = "_numbers.csv"
_COLUMNS = ["page", "words", "reason"]
_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_ALLOWED = re.compile(
    rf"\b\d{{1,2}}(?: (?:and|to|or) \d{{1,2}})? {_MONTH}\b"  # 24 February; 16 and 17 May
    r"|(?<![\w.,])(?:1[89]|20)\d\d(?!\w|[.,]\d)"  # a year, also that of a short citation; a count has a comma from 1,000 on
    r"|\bArticles? \d+(?:(?:, | and | to | or )\d+)*"
    r"|\bpar\. \d+"
)
_NUMBER = re.compile(
    r"(?<![\w.,])[.,]?\d[\d.,]*(?<![.,])"  # 15, 1,000, .667; not K01
    rf"|\b(?:{'|'.join([*UNIT_WORDS[2:], *TEN_WORDS, *LARGE_NUMBER_WORDS, *FRACTION_WORDS, *MULTIPLIER_WORDS])})\b",
    re.IGNORECASE,
)


def typed_numbers(root: Path, pages: Pages = None) -> list[str]:
    """Every typed number on `pages`, with page, cell, line and remedy, and every entry of the list for them that stands nowhere."""
    entries, found, used = _listed(root), [], set()
    for paragraph in author_text(root, pages):
        text, known = paragraph.text(*WORDS), _in_evidence(paragraph)
        for row in (row for row in entries if row["page"] == paragraph.page):
            text, n = re.subn(rf"(?<!\w){re.escape(row['words'])}(?!\w)", _hidden, text)
            used |= {(row["page"], row["words"])} if n else set()
        text = _ALLOWED.sub(_hidden, text)
        found += [
            f"{paragraph.where(match.start(), text)}: the number {match.group()!r} in {_around(text, match)!r} is typed. Remedy: compute "
            f"it, name it with define_numbers and quote it with {{glue:text}}, or list it in {_LIST} with a reason."
            for match in _NUMBER.finditer(text)
            if (text.count("\n", 0, match.start()), match.group().lower()) not in known
        ]
    return found + [
        f"{_LIST}, row {number}: {row['words']!r} no longer stands in {row['page']}. Remedy: take the row out."
        for number, row in enumerate(entries, start=2)
        if (row["page"], row["words"]) not in used
        and (pages is None or (row["page"] if row["page"] in page_names(root) else NO_PAGE) in pages)
    ]


def _in_evidence(paragraph: Paragraph) -> set[tuple[int, str]]:
    """The numbers that stand in the evidence of each line, so that a text says them and not the authors: {(line from 0, number)}."""
    return {
        (number - paragraph.line, match.group().lower())
        for number, pieces in paragraph.lines()
        for piece in pieces
        for match in _NUMBER.finditer(evidence_words(piece))
    }


def _listed(root: Path) -> list[dict[str, str]]:
    """The rows of `_numbers.csv` as dictionaries; none where there is no such file.

    Raises DataError where it is no strict CSV with these columns, and BookError for an empty cell.
    """
    if not (root / _LIST).exists():
        return []
    rows: list[dict[str, str]] = read_table(root, _LIST, _COLUMNS).to_dict("records")
    for number, row in enumerate(rows, start=2):
        for column in _COLUMNS:
            if not row[column].strip():
                raise BookError(f"{_LIST}, row {number}, column {column}: is empty. Remedy: fill it in.")
    return rows


def _hidden(match: re.Match[str]) -> str:
    """A match as MASKs of the same length, lines kept, so that places stay."""
    return re.sub(r"[^\n]", MASK, match.group())


def _around(text: str, match: re.Match[str]) -> str:
    """The words around a match, for a message."""
    return " ".join(text[max(0, match.start() - 30) : match.end() + 30].replace(MASK, "…").split())


def unquoted_numbers(root: Path, executed: Mapping[str, NotebookNode]) -> list[str]:
    """Every number that an executed chapter defines and no role of the same page quotes, with the remedy."""
    return [
        f"{page}.ipynb: defines the number {name!r}, which no prose quotes. Remedy: quote it with {{glue:text}}, or do not define it."
        for page, notebook in executed.items()
        for name in sorted(_defined_names(notebook) - _quoted_names(root, page))
    ]


def _defined_names(notebook: NotebookNode) -> set[str]:
    """The names of the numbers that an executed chapter defines; its figures and tables are none."""
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    return {name for output in outputs if (name := output.get("metadata", {}).get("scrapbook", {}).get("name"))}


def _quoted_names(root: Path, page: str) -> set[str]:
    """The names of the numbers that the prose of a page quotes."""
    return {name.partition(":")[0] for _, role, name in page_roles(root, page) if role == "glue:text"}
