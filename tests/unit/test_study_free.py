"""The code names no text, person, place or dimension of the study: those words live in `data/` and `chapters/`.

What the frozen study and the study have in common, such as the levels and roles of the codebook, and the names of tables and columns
belong to the method.
"""

import csv
import re
from pathlib import Path

import pytest
import yaml

from analysis.corpus.schema import COLUMNS
from analysis.corpus.unicode_checks import slug
from tests.support.corpora import STUDY

ROOT = Path(__file__).parents[2]
CODE = ("analysis", "book", "batch", "_static")

# Where the data name the things of the study: {file: columns}. A cell may hold several, with semicolons between.
NAMES = {
    "sources.csv": ["source_id", "short", "author", "outlet", "cluster"],
    "codebook.csv": ["dimension", "label"],
    "instruments.csv": ["instrument", "short"],
    "instrument_guarantors.csv": ["guarantor"],
    "codings/guarantors.csv": ["guarantor"],
    "people.csv": ["name", "side", "aliases"],
    "benchmark_events.csv": ["event_id", "label"],
    "names.csv": ["concept", "form"],
    "document_names.csv": ["document", "pattern"],
    "findings.csv": ["finding"],
    "explanations.csv": ["explanation", "advanced_by"],
    "book_table.csv": ["term"],
    "codings/comparisons.csv": ["topic"],
}
COMMON = {"side", "finding", "form"}  # columns in which a single word in small letters is one of the language, such as "draft"
LABELS = {"holder", "document", "actor", "side"}  # variables of the codebook whose values are of a study
PLACES = {"Ukraine", "Russia", "Istanbul", "NATO", "Crimea"}


def cells(data: Path, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((data / name).open(encoding="utf-8", newline="")))


def words_of(data: Path) -> set[str]:
    """The names in a folder of data."""
    held = [(row[column], column) for name, columns in NAMES.items() for row in cells(data, name) for column in columns]
    named = {
        word.strip()
        for cell, column in held
        for word in cell.split(";")
        if not (column in COMMON and word.strip().isalpha() and word.islower())
    }
    return named - {""} | {row["value"] for row in cells(data, "codebook_values.csv") if row["variable"] in LABELS}


def words_of_the_study() -> set[str]:
    """The names of the study, with the short title of its book in both its forms."""
    title = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))["title"].partition(":")[0]
    tables = {Path(name).stem for name in COLUMNS} | {column for columns in COLUMNS.values() for column in columns}
    return words_of(ROOT / "data") - words_of(STUDY) - tables | PLACES | {title, slug(title)}


def naming(code: str, words: set[str]) -> list[str]:
    """The `words` that `code` names: as words of their own or, where they might be common words ("war", "US"), as a whole string."""
    common = {word for word in words if word.isalpha() and (len(word) < 3 or word.islower())}
    patterns = [rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(words - common, key=len, reverse=True)))})(?!\w)",
                rf"[\"'](?:{'|'.join(map(re.escape, sorted(common)))})[\"']"]  # fmt: skip
    return [found for pattern in patterns for found in re.findall(pattern, code)]


def test_no_file_of_the_code_names_anything_of_the_study():
    files = [
        file for folder in CODE for file in sorted((ROOT / folder).rglob("*")) if file.suffix in (".py", ".html", ".js", ".css", ".svg")
    ]
    words = words_of_the_study()
    assert len(files) > 100
    assert {"usip2022", "Zelenskyy", "Crimea", "D01", "UN Security Council", "the West"} <= words
    found = {str(file.relative_to(ROOT)): sorted(set(own)) for file in files if (own := naming(file.read_text(encoding="utf-8"), words))}
    assert found == {}, f"Remedy: derive these words from the data, or let examples name Smith 2023 and inventions: {found}"


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ('row.loc["K1"]', ["K1"]),
        ("# as in arden1987", ["arden1987"]),
        ("CHART1 = K12", []),
        ('first["war"] - first["old-war"]', ["old-war", '"war"']),
        ("the war of words", []),
        ("# Ivo Dray says", ["Ivo Dray"]),
        ("'US'", ["'US'"]),
        ("US grade", []),
    ],
)
def test_a_name_counts_as_a_word_of_its_own_and_a_common_word_as_a_whole_string(code, found):
    assert naming(code, {"K1", "arden1987", "war", "old-war", "Ivo Dray", "US", "Dray"}) == found
