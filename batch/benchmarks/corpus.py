"""A corpus of English prose from what installed packages ship, the same each time as long as these stay the same.

Taken are docstrings of Python's library and of the packages beside it, their licences, read-me files and papers: paragraphs that read like
prose, each once. Where these hold too few words, all paragraphs come again in another order, until there are enough documents.
"""

import ast
import json
import random
import re
import sys
import sysconfig
import warnings
from pathlib import Path

import duckdb
import pandas as pd

from analysis.corpus import WORD
from analysis.files import put

PAPERS = re.compile(r".*\.(?:md|rst|txt)|METADATA|(?:LICEN[CS]E|COPYING|NOTICE|AUTHORS|README|CHANGE|NEWS|HISTORY)[\w.-]*")
SENTENCE_END = re.compile(r"[a-z][.?!](?:\s|$)")
LENGTHS = (40, 300)  # words of a document: the fewest and the most that are asked for
ROW_GROUP = 5000  # documents
LARGEST = 2_000_000  # bytes of a file that is read
SEED = 20220329


def main(folder, sizes, files=None):
    """Write `documents-N.parquet` (id, text) with the first N documents for each of `sizes` to `folder`, and `corpus.json` with its counts.

    `files` hold the prose; those of the installed packages unless given.
    """
    folder = Path(folder)
    paragraphs = distinct(sorted(files or prose_files()))
    texts = documents(paragraphs, max(sizes))
    n_words = [len(WORD.findall(text)) for text in texts]
    table = pd.DataFrame({"id": [f"d{number:06d}" for number in range(len(texts))], "text": texts})
    with duckdb.connect() as database:
        database.register("documents", table)
        for size in sizes:
            database.execute(f"COPY (FROM documents LIMIT {size}) TO '{folder}/documents-{size}.parquet' (ROW_GROUP_SIZE {ROW_GROUP})")
    counts = {
        "n_distinct_words": sum(len(WORD.findall(paragraph)) for paragraph in paragraphs),
        "n_words": {size: sum(n_words[:size]) for size in sizes},
    }
    put(folder / "corpus.json", json.dumps(counts))


def prose_files():
    """The files that may hold prose: of the packages of this environment, and Python's own library without other packages in it."""
    installed, own = Path(sysconfig.get_path("purelib")), Path(sysconfig.get_path("stdlib"))
    for folder in (installed, own):
        for file in folder.rglob("*"):
            parts = set(file.relative_to(folder).parts)
            if (file.suffix == ".py" or PAPERS.fullmatch(file.name)) and not parts & {"site-packages", "dist-packages", "__pycache__"}:
                yield file


def distinct(files):
    """The paragraphs of `files` that read like prose, each once, in one line."""
    found = {}
    for file in files:
        if file.is_file() and file.stat().st_size <= LARGEST:
            for text in pieces(file):
                for paragraph in re.split(r"\n\s*\n", text):
                    line = " ".join(paragraph.split())
                    if reads_like_prose(line):
                        found[line] = None
    return list(found)


def pieces(file):
    """The docstrings of a Python file, or the whole of any other."""
    text = file.read_text(encoding="utf-8", errors="ignore")
    if file.suffix != ".py":
        return [text]
    try:
        with warnings.catch_warnings(action="ignore"):
            tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []
    holders = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    return [said for node in ast.walk(tree) if isinstance(node, holders) and (said := ast.get_docstring(node))]


def reads_like_prose(line):
    """Whether a paragraph has eight words or more, a sentence's end, and hardly anything but words between spaces."""
    plain = sum(character.isalpha() or character == " " for character in line)
    return len(line) <= 5000 and plain >= 0.9 * len(line) and line.count(" ") >= 7 and SENTENCE_END.search(line) is not None


def documents(paragraphs, number):
    """`number` documents of some lengths from `paragraphs`, a line each, which come again in another order where there are too few.

    The order is that of SEED. Raises ValueError where there are no paragraphs.
    """
    if not paragraphs:
        raise ValueError("no file holds prose. Remedy: run it in the environment of the book (`make bench`).")
    chance, texts = random.Random(SEED), []
    while len(texts) < number:
        shuffled = paragraphs.copy()
        chance.shuffle(shuffled)
        lines, n_words, enough = [], 0, chance.randint(*LENGTHS)
        for line in shuffled:
            lines.append(line)
            n_words += line.count(" ") + 1
            if n_words >= enough:
                texts.append("\n".join(lines))
                lines, n_words, enough = [], 0, chance.randint(*LENGTHS)
    return texts[:number]


if __name__ == "__main__":
    main(sys.argv[1], [int(size) for size in sys.argv[2:]])
