"""The code names no text, person, place or dimension of the study: those words live in `data/` and `chapters/`.

What still names one is counted, and the count may only fall: whoever takes a name out of a file lowers NAMING.
"""

import csv
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NAMING = 5  # files

# Where the data name the things of the study: {file: columns}.
NAMES = {
    "sources.csv": ["source_id", "short"],
    "codebook.csv": ["dimension"],
    "instruments.csv": ["instrument", "short"],
    "people.csv": ["name", "side", "aliases"],
    "benchmark_events.csv": ["event_id"],
    "names.csv": ["concept"],
}


def words_of_the_study() -> set[str]:
    rows = [
        (row, columns)
        for name, columns in NAMES.items()
        for row in csv.DictReader((ROOT / "data" / name).open(encoding="utf-8", newline=""))
    ]
    return {
        word for row, columns in rows for column in columns for word in row[column].split(";") if not (column == "side" and word.islower())
    }


def naming(code: str, words: set[str]) -> list[str]:
    """The `words` that `code` names: as words of their own or, where they might be common words ("war", "US"), as a whole string."""
    common = {word for word in words if word.isalpha() and (len(word) < 3 or word.islower())}
    patterns = [rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(words - common, key=len, reverse=True)))})(?!\w)",
                rf"[\"'](?:{'|'.join(map(re.escape, sorted(common)))})[\"']"]  # fmt: skip
    return [found for pattern in patterns for found in re.findall(pattern, code)]


def test_files_that_name_something_of_the_study_only_become_fewer():
    files = {file for folder in ("analysis", "book", "batch") for file in (ROOT / folder).rglob("*.py")}
    words = words_of_the_study()
    found = {
        str(file.relative_to(ROOT)): sorted(set(own)) for file in sorted(files) if (own := naming(file.read_text(encoding="utf-8"), words))
    }
    assert len(found) == NAMING, (
        f"{len(found)} files name something of the study. Remedy: take names out, then set NAMING to the number: {found}"
    )


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
