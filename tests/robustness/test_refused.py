"""What `check` refuses at once, whatever its size and shape, and what prose may hold."""

import re
import time

import pytest

from analysis.corpus.quotes import normalize_quotes
from analysis.corpus.segment import quotation_offsets, sentence_offsets, word_offsets
from analysis.corpus.unicode_checks import MAX_LINE_CHARS
from analysis.stylometry.naming import left_context
from analysis.validation.validate import data_problems
from tests.support import hostile

UNSEEN = {
    "\u202e": "RIGHT-TO-LEFT OVERRIDE (U+202E)", "\u200b": "ZERO WIDTH SPACE (U+200B)", "\u00ad": "SOFT HYPHEN (U+00AD)",
    "\x1b": "a control character (U+001B)", "\u2028": "LINE SEPARATOR (U+2028)", "\U000e0041": "TAG LATIN CAPITAL LETTER A (U+E0041)",
    "a\u200d": "ZERO WIDTH JOINER (U+200D)",
}  # fmt: skip
LEGITIMATE = "- he said – \u00a0\u2009\te\u0301 😀 שלום سلام\u200cها क्\u200dष = 5 @orlo <b> {{ x }} \u3000"
IDS = ["../brill1987", "/etc/passwd", "..", "brill 1987", "u" * 300, "BRILL", "ünited1987", "٣", "con\n"]
CELLS = [*(("source_id", name) for name in IDS), *(("short", name) for name in ("n" * 31, " Brill", "Brill\n1987"))]
ADDRESSES = ["javascript:pwned=1", "data:text/html,x", "https://a b", 'https://x"><script>', "ftp://example.org"]


def found(folder):
    return [str(problem) for problem in data_problems(folder)]


def put_into(folder, table, column, value, row=1):
    """Another value in a cell of a table; rows are counted from 0."""
    rows = hostile.rows_of(folder / table)
    rows[row][column] = value
    hostile.write_rows(folder / table, rows)


@pytest.mark.promise("hostile input")
@pytest.mark.parametrize("character", UNSEEN)
def test_a_character_that_nobody_sees_is_refused_with_its_place_and_name(folder, character):
    text, works = folder / "sources/brill1987.txt", folder / "references.bib"
    text.write_text(f"One line.\n{character}" + text.read_text(encoding="utf-8"), encoding="utf-8")
    put_into(folder, "dependencies.csv", "note", f"x{character}")
    works.write_text(f"% {character}\n" + works.read_text(encoding="utf-8"), encoding="utf-8")
    name, place = UNSEEN[character], len(character) + 1
    assert {f"study/sources/brill1987.txt: holds {name} in line 2. Remedy: take it out.",
            f"study/dependencies.csv, row 3, column note: holds {name} as character {place}. Remedy: take it out.",
            f"study/references.bib: holds {name} in line 1. Remedy: take it out."} <= set(found(folder))  # fmt: skip


def test_what_prose_may_hold_is_not_refused(folder):
    put_into(folder, "dependencies.csv", "note", f"x{LEGITIMATE}x")
    assert found(folder) == []


@pytest.mark.promise("bad input")
@pytest.mark.parametrize(("column", "value"), CELLS)
def test_an_id_or_a_name_that_is_none_is_refused_in_its_cell(folder, column, value):
    put_into(folder, "sources.csv", column, value)
    assert any(f"sources.csv, row 3, column {column}: " in problem for problem in found(folder))


@pytest.mark.promise("bad input")
@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_of_a_reference_that_is_no_web_address_is_refused(folder, address):
    works = folder / "references.bib"
    works.write_text(re.sub("url = {.*}", f"url = {{{address}}}", works.read_text(encoding="utf-8"), count=1), encoding="utf-8")
    assert any("references.bib: " in problem and address in problem for problem in found(folder))


@pytest.mark.promise("bad input")
@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("sources/brill1987.txt", "a" * 10_000_000, "brill1987.txt: has 10,000,000 bytes. Remedy: keep each file under 5,000,000 bytes"),
        (
            "sources/brill1987.txt",
            "One.\n" + "“" * 1_000_000,
            "has 1,000,000 characters in line 2. Remedy: break it into lines under 20,000",
        ),
        (
            "zones.csv",
            'source_id,start,end,zone,note\nx,0,1,body,"' + "a\n" * 100_000 + '"',
            "zones.csv, row 2: is not a CSV table from line 2 on (field larger",
        ),
        ("references.bib", "@" * 4_000_000, "references.bib: has 4,000,000 characters in line 1"),
    ],
    ids=["a file", "a line", "a cell", "a bibliography"],
)
def test_what_is_too_long_is_refused_at_once(folder, name, content, message):
    (folder / name).write_text(content, encoding="utf-8")
    begin = time.process_time()
    assert any(message in problem for problem in found(folder))
    assert time.process_time() - begin < 10


@pytest.mark.parametrize("part", ["“", "“»", " '", "1,", "A. ", "?!", "war-", "abc.D", "<!--", "{{"])
def test_the_longest_line_is_read_in_seconds_whatever_it_holds(part):
    line = (part * MAX_LINE_CHARS)[:MAX_LINE_CHARS]
    begin = time.process_time()
    for read in (word_offsets, sentence_offsets, quotation_offsets, normalize_quotes, left_context):
        read(line)
    assert time.process_time() - begin < 5
