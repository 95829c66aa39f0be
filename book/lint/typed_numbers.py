"""No typed number: each number in the authors' words is computed by a cell, or allowed by a rule or by the list `_numbers.csv`.

A number is a row of digits or a number word from two upwards, also within a compound ("fifteen-point"); "one", "both", "once" and ordinals
are none. Allowed are dates, years, legal articles, paragraphs, what stands between quotation marks or as code, and what the evidence beside
it says in the same line. The list has the columns page, words, reason: these words of that page may hold a number.
"""

import csv
import re
from pathlib import Path

from analysis.numerals import LARGE, PARTS, TENS, TIMES, UNITS
from book.lint.prose import GAP, WORDS, evidence_words, written
from book.notebooks import BookError

FILE = "_numbers.csv"
COLUMNS = ["page", "words", "reason"]
MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
ALLOWED = re.compile(
    rf"\b\d{{1,2}}(?: (?:and|to|or) \d{{1,2}})? {MONTH}\b"  # 24 February; 16 and 17 May
    r"|(?<![\w.,])(?:1[89]|20)\d\d(?!\w|[.,]\d)"  # a year, also that of a short citation; a count has a comma from 1,000 on
    r"|\bArticles? \d+(?:(?:, | and | to | or )\d+)*"
    r"|\bpar\. \d+"
)
NUMBER = re.compile(
    r"(?<![\w.,])[.,]?\d[\d.,]*(?<![.,])"  # 15, 1,000, .667; not D01
    rf"|\b(?:{'|'.join([*UNITS[2:], *TENS, *LARGE, *PARTS, *TIMES])})\b",
    re.IGNORECASE,
)


def faults(root):
    """Every typed number, with page, cell, line and remedy, and every entry of the list that stands nowhere."""
    entries, found, used = listed(root), [], set()
    for block in written(root):
        text, known = block.text(*WORDS), reported(block)
        for row in (row for row in entries if row["page"] == block.page):
            text, n = re.subn(rf"(?<!\w){re.escape(row['words'])}(?!\w)", hidden, text)
            used |= {(row["page"], row["words"])} if n else set()
        text = ALLOWED.sub(hidden, text)
        found += [
            f"{block.where(match.start(), text)}: the number {match.group()!r} in {around(text, match)!r} is typed. Remedy: compute it, "
            f"name it with show.numbers and quote it with {{glue:text}}, or list it in {FILE} with a reason."
            for match in NUMBER.finditer(text) if (text.count("\n", 0, match.start()), match.group().lower()) not in known
        ]  # fmt: skip
    return found + [
        f"{FILE}, row {number}: {row['words']!r} no longer stands in {row['page']}. Remedy: take the row out."
        for number, row in enumerate(entries, start=2) if (row["page"], row["words"]) not in used
    ]  # fmt: skip


def reported(block):
    """The numbers that stand in the evidence of each line, so that a text says them and not the authors: {(line from 0, number)}."""
    return {
        (number - block.line, match.group().lower())
        for number, pieces in block.lines() for piece in pieces for match in NUMBER.finditer(evidence_words(piece))
    }  # fmt: skip


def listed(root):
    """The rows of `_numbers.csv` as dictionaries; none where there is no such file. Raises BookError for other columns or an empty cell."""
    file = Path(root) / FILE
    if not file.exists():
        return []
    with open(file, encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines)
        rows = list(reader)
    if reader.fieldnames != COLUMNS:
        raise BookError(f"{FILE}: its columns are not {', '.join(COLUMNS)}. Remedy: restore the first line.")
    for number, row in enumerate(rows, start=2):
        for column in COLUMNS:
            if not (row[column] or "").strip():
                raise BookError(f"{FILE}, row {number}, column {column}: is empty. Remedy: fill it in.")
    return rows


def hidden(match):
    """A match as GAPs of the same length, lines kept, so that places stay."""
    return re.sub(r"[^\n]", GAP, match.group())


def around(text, match):
    """The words around a match, for a message."""
    return " ".join(text[max(0, match.start() - 30) : match.end() + 30].replace(GAP, "…").split())
