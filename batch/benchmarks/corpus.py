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
from collections.abc import Iterable, Iterator
from pathlib import Path

import duckdb
import pandas as pd

from analysis.corpus.segment import WORD

PAPERS = re.compile(r".*\.(?:md|rst|txt)|METADATA|(?:LICEN[CS]E|COPYING|NOTICE|AUTHORS|README|CHANGE|NEWS|HISTORY)[\w.-]*")
SENTENCE_END = re.compile(r"[a-z][.?!](?:\s|$)")
DOCUMENT_WORDS = (40, 300)  # the fewest and the most that are asked for
ROW_GROUP = 5000  # documents
MAX_PROSE_BYTES = 2_000_000  # of a file that is read
SHUFFLE_SEED = 20220329


def make_documents(folder: Path, sizes: Iterable[int], files: Iterable[Path] = ()) -> None:
    """Write `documents-N.parquet` (id, text) with the first N documents for each of `sizes` to `folder`, and `corpus.json` with its counts.

    `files` hold the prose; those of the installed packages unless given. Raises ValueError where there is none.
    """
    paragraphs = list(dict.fromkeys(line for file in sorted(files or _prose_files()) for line in _prose_in(file)))
    texts = _shuffled_documents(paragraphs, max(sizes))
    table = pd.DataFrame({"id": [f"d{number:06d}" for number in range(len(texts))], "text": texts})
    with duckdb.connect() as database:
        database.register("documents", table)
        for size in sizes:
            database.execute(f"COPY (FROM documents LIMIT {size}) TO '{folder}/documents-{size}.parquet' (ROW_GROUP_SIZE {ROW_GROUP})")
    counts = {"n_distinct_words": _n_words(paragraphs), "n_words": {size: _n_words(texts[:size]) for size in sizes}}
    (folder / "corpus.json").write_text(json.dumps(counts), encoding="utf-8")


def _n_words(texts: list[str]) -> int:
    return sum(len(WORD.findall(text)) for text in texts)


def _prose_files() -> Iterator[Path]:
    """The files that may hold prose: of the packages of this environment, and Python's own library without other packages in it."""
    for folder in map(Path, (sysconfig.get_path("purelib"), sysconfig.get_path("stdlib"))):
        for file in folder.rglob("*"):
            parts = set(file.relative_to(folder).parts)
            if (file.suffix == ".py" or PAPERS.fullmatch(file.name)) and not parts & {"site-packages", "dist-packages", "__pycache__"}:
                yield file


def _prose_in(file: Path) -> Iterator[str]:
    """The paragraphs of a file that read like prose, each in one line; of a Python file, those of its docstrings."""
    if not file.is_file() or file.stat().st_size > MAX_PROSE_BYTES:
        return
    content = file.read_text(encoding="utf-8", errors="ignore")
    for text in _docstrings(content) if file.suffix == ".py" else [content]:
        lines = (" ".join(paragraph.split()) for paragraph in re.split(r"\n\s*\n", text))
        yield from filter(reads_like_prose, lines)


def _docstrings(code: str) -> list[str]:
    try:
        with warnings.catch_warnings(action="ignore"):
            tree = ast.parse(code)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []
    holders = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    return [said for node in ast.walk(tree) if isinstance(node, holders) and (said := ast.get_docstring(node))]


def reads_like_prose(line: str) -> bool:
    """Whether a paragraph has eight words or more, a sentence's end, and hardly anything but words between spaces."""
    plain = sum(character.isalpha() or character == " " for character in line)
    return len(line) <= 5000 and plain >= 0.9 * len(line) and line.count(" ") >= 7 and SENTENCE_END.search(line) is not None


def _shuffled_documents(paragraphs: list[str], number: int) -> list[str]:
    """`number` documents of some lengths from `paragraphs`, a line each, which come again in another order where there are too few.

    The order is that of SHUFFLE_SEED. Raises ValueError where there are no paragraphs.
    """
    if not paragraphs:
        raise ValueError("no file holds prose. Remedy: run it in the environment of the book (`make bench`).")
    chance, texts = random.Random(SHUFFLE_SEED), list[str]()
    while len(texts) < number:
        chance.shuffle(shuffled := paragraphs.copy())
        lines, n_words, enough = [], 0, chance.randint(*DOCUMENT_WORDS)
        for line in shuffled:
            lines.append(line)
            n_words += line.count(" ") + 1
            if n_words >= enough:
                texts.append("\n".join(lines))
                lines, n_words, enough = [], 0, chance.randint(*DOCUMENT_WORDS)
    return texts[:number]


if __name__ == "__main__":
    make_documents(Path(sys.argv[1]), [int(size) for size in sys.argv[2:]])
