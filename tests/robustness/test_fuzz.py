"""Data spoiled by chance, from a seed: `check` names what is wrong and never fails, and what it lets pass can be counted and shown."""

import csv
import hashlib
import io
import random
import shutil
from pathlib import Path

import pytest

from analysis.coding.events import event_counts
from analysis.coding.framing import credit_and_blame
from analysis.coding.sources import dependencies, raw_vs_body
from analysis.coding.terms import term_matrix
from analysis.corpus.errors import Problem
from analysis.corpus.reader import load_corpus
from analysis.corpus.schema import COLUMNS
from analysis.corpus.spans import coded_spans, shown_share
from analysis.display.published_tables import MAKERS, make_table
from analysis.stylometry.naming import concepts, concordance_lines
from analysis.validation.validate import data_problems
from tests.support.corpora import STUDY

NASTY = [
    "", " ", "\t", "\n", "NaN", "nan", "None", "null", "-1", "0", "1e309", "999999999", "99999999999999999999", "٣", "½", "1.5", "D01", "D99",
    "author", "attributed", "x;y", ";", ";;", ":", "|", ", ", "2022-02-30", "2022-13", "9999-99", "0000", "-0001", "9999-12-31", "0001-01-01",
    "y-170000002", "2022-XX", "20XX", "2022-03-16/..", "../2022", "2022-03?/2022-04~", "{2022,2023}", "{2022", "=cmd|' /C calc'!A0", "+1", "@x",
    "<script>pwned = 1</script>", "{{ x }}", "{role}`x`", "%s {0} %(a)s", "../x", "/etc/passwd", "a" * 101, "a" * 25_000, "word " * 50,
    "\u202e", "\u200b", "\x07", "\ufeff", "İ", "ß", "e\u0301", "😀", "שלום", "سلام\u200cها", "\U0001f468\u200d\U0001f469", "$x^2$", "$", "_x", "(", "[", "\\", "(?P<a>", "a*", "a{99999}",
    "\\b\\w+\\b", ".", "'", '"', "“", "—", "\xa0", "brill1987", "arden1987-p01", "arden1987-p99", "quote", "true",
]  # fmt: skip
TABLES = list(COLUMNS)
TEXTS = [f"sources/{file.name}" for file in sorted((STUDY / "sources").iterdir())]
FILES = [*TABLES, *TEXTS, "references.bib", "cmudict/corpora/cmudict/cmudict"]


def spoil_rows(change):
    """A fault of one table: `change`, from the draw and the rows with their header, to what it did and the rows."""

    def spoil(chance, data):
        name = chance.choice(TABLES)
        done, rows = change(chance, list(csv.reader(io.StringIO((data / name).read_text(encoding="utf-8"), newline=""))))
        content = io.StringIO(newline="")
        csv.writer(content, lineterminator="\n").writerows(rows)
        (data / name).write_text(content.getvalue(), encoding="utf-8", newline="")
        return change.__name__, name, done

    return spoil


def cells(chance, rows):
    """Some cells of a column become nasty values, or all of them one value, a nasty one or one of its own."""
    column, value = chance.randrange(len(rows[0])), chance.choice([chance.choice(NASTY), rows[1][0], ""])
    changed = (
        range(1, len(rows)) if chance.random() < 0.2 else [chance.randrange(1, len(rows)) for _ in range(chance.choice([1, 1, 1, 3, 30]))]
    )
    for row in changed:
        rows[row][column] = value if len(changed) == len(rows) - 1 else chance.choice(NASTY)
    return rows[0][column], rows


def exchanged(chance, rows):
    """Two values of a column change places, or one goes into another column."""
    one, other = chance.randrange(1, len(rows)), chance.randrange(1, len(rows))
    left, right = chance.randrange(len(rows[0])), chance.randrange(len(rows[0]))
    rows[one][left], rows[other][right] = rows[other][right], rows[one][left]
    return (rows[0][left], rows[0][right]), rows


def lines(chance, rows):
    """Lines are dropped, doubled or put in another order, or all but the header are gone."""
    place, how = chance.randrange(1, len(rows)), chance.choice(["drop", "drop many", "double", "shuffle", "header only", "first only"])
    body = {
        "drop": rows[1:place] + rows[place + 1 :], "drop many": rows[1:place], "double": rows[1 : place + 1] + rows[place:],
        "shuffle": chance.sample(rows[1:], len(rows) - 1), "header only": [], "first only": rows[1:2],
    }[how]  # fmt: skip
    return how, [rows[0], *body]


def header(chance, rows):
    """A column is renamed, dropped, doubled or moved."""
    place, how = chance.randrange(len(rows[0])), chance.choice(["rename", "drop", "double", "move"])
    if how == "rename":
        rows[0][place] = chance.choice(NASTY)
    else:
        for row in rows:
            value = row.pop(place)
            row[place:place] = {"drop": [], "double": [value, value], "move": []}[how]
            row.extend([value] * (how == "move"))
    return how, rows


def raw_bytes(chance, data):
    """Bytes are changed, put in or cut off, in any file."""
    name = chance.choice(FILES)
    content = bytearray((data / name).read_bytes())
    for _ in range(chance.choice([1, 1, 5, 200])):
        content[chance.randrange(len(content))] = chance.choice([0, 10, 13, 34, 44, 123, 125, 128, 255, chance.randrange(256)])
    if chance.random() < 0.3:
        del content[chance.randrange(len(content)) :]
    (data / name).write_bytes(bytes(content))
    return (name,)


def nasty_text(chance, data):
    """A text, or any file, becomes something else: empty, binary, one long line, JSON, HTML."""
    name = chance.choice(FILES)
    content = chance.choice([b"", b"\n", bytes(chance.randrange(256) for _ in range(300)), b"a" * 1_000_000, b"a " * 3_000_000, b"[{}]",
                             b"<html>", "“".encode() * 9000 + "»".encode() * 9000, b"@article{a,\n", b"@a{b, c={" * 2000])  # fmt: skip
    (data / name).write_bytes(content)
    return name, content[:10]


def no_file(chance, data):
    """A file is gone, a folder, a link to nowhere or to itself, or a pipe."""
    name, how = chance.choice(FILES), chance.choice(["gone", "folder", "dangling", "loop", "folder gone"])
    (data / name).unlink()
    if how == "folder":
        (data / name).mkdir()
    elif how == "dangling":
        (data / name).symlink_to("nowhere")
    elif how == "loop":
        (data / name).symlink_to((data / name).name)
    elif how == "folder gone" and "/" in name:
        shutil.rmtree((data / name).parent)
    return name, how


def changed_text(chance, data):
    """A text changes, and its digest with it; offsets may point elsewhere now."""
    name = chance.choice(TEXTS)
    text = (data / name).read_text(encoding="utf-8")
    place = chance.randrange(len(text))
    put = chance.choice(
        ["“", "\n", "\n\n", " ", "x", "İ", "😀", "e\u0301", ".", "U.S.", "<b>", "{{ x }}", "(" * 500, "“" * 500, "A. " * 500]
    )
    mended = text[:place] + put + text[place + chance.choice([0, len(put)]) :]
    (data / name).write_text(mended, encoding="utf-8", newline="")
    digests = [hashlib.sha256(version.encode()).hexdigest() for version in (text, mended)]
    sources = data / "sources.csv"
    sources.write_text(sources.read_text(encoding="utf-8").replace(*digests), encoding="utf-8")
    return name, place, put[:5]


def bibliography(chance, data):
    """A field of references.bib, or a part of its syntax, becomes something else."""
    file = data / "references.bib"
    parts = file.read_text(encoding="utf-8").split("\n")
    place = chance.randrange(len(parts))
    parts[place] = chance.choice(["", "}", "@", "@string{a = b}", "  author = {},", "  author = {{}},", "  author = { and and },", "  year = {},",
                                  "  url = {javascript:pwned = 1},", "  title = {{{},", "  title = \\undefined{x},", parts[place] * 2,
                                  parts[place - 1], "@comment{", "  author = {A, B, C, D, E},", "%", "\\"])  # fmt: skip
    file.write_text("\n".join(parts), encoding="utf-8")
    return place, parts[place]


FAULTS_OF_ROWS = [spoil_rows(change) for change in (cells, cells, cells, exchanged, lines, lines, header)]
MUTATIONS = [*FAULTS_OF_ROWS, raw_bytes, nasty_text, no_file, changed_text, bibliography]


def spoil(seed, data):
    """Spoil a copy of the data in one way, or in two at once; returns what was done."""
    chance = random.Random(seed)
    done = []
    for _ in range(chance.choice([1, 1, 2])):
        mutation = chance.choice(MUTATIONS)
        try:
            done.append((mutation.__name__, *mutation(chance, data)))
        except (OSError, ValueError, IndexError, csv.Error):  # the first change left nothing that the second could spoil
            continue
    return done


def faults_of(data):
    """What `check` says of a folder, each a Problem in one readable line with its remedy."""
    problems = data_problems(data)
    for problem in problems:
        assert isinstance(problem, Problem)
        assert str(problem).startswith(f"{Path(data).name}/")
        assert ". Remedy: " in str(problem)
    return problems


def use(data):
    """Make of data that passed all that the book makes of the tables."""
    texts = load_corpus(data)
    for name in MAKERS:
        make_table(name, texts)
    coded_spans(texts)
    shown_share(texts)
    for concept in concepts(texts)[:1]:
        concordance_lines(texts, concept)
    for make in (raw_vs_body, dependencies, term_matrix, credit_and_blame, event_counts):
        make(texts)


def try_seeds(seeds, folder):
    """How many spoiled folders were refused and how many passed; each that passed was used."""
    counts = {"refused": 0, "passed": 0}
    for seed in seeds:
        data = shutil.copytree(STUDY, folder / "data")
        done = spoil(seed, data)
        try:
            refused = faults_of(data)
            if not refused:
                use(data)
        except Exception as error:
            raise AssertionError(f"seed {seed}: {done}") from error
        counts["refused" if refused else "passed"] += 1
        shutil.rmtree(data)
    return counts


@pytest.mark.promise("bad input")
def test_data_spoiled_by_chance_are_refused_or_can_be_used(tmp_path):
    counts = try_seeds(range(20), tmp_path)
    assert min(counts.values()) > 0, counts


@pytest.mark.slow
def test_data_spoiled_in_many_ways_are_refused_or_can_be_used(tmp_path):
    counts = try_seeds(range(1000, 1060), tmp_path)
    assert min(counts.values()) > 3, counts
