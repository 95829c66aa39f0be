"""A sixth text that would run, in a page, a spreadsheet or the machine that builds the book, if anything took its words for more than text.

It is the text of `tests/sixth` with payloads in every column that `check` lets hold prose or names.
"""

import csv
import hashlib
import io
import re
import shutil

import yaml

from analysis.corpus.reader import load_corpus
from analysis.stylometry.syllables import append_syllables, draft_entries
from book.notebooks import ROOT

SIXTH = ROOT / "tests/sixth"

IMAGE = "<svg/onload=pwned=1>"
SCRIPT = "</script><script>pwned=1</script>"
ROLES = "{{7*7}}{%x%}{ref}`x`"
LINK = "[x](javascript:pwned=1)"
REST = "|x_`*$x$\\(y\\)&lt;\"'"
FORMULA = "=cmd|'/C_calc'!A0"
PARTS = {"image": IMAGE, "script": SCRIPT, "roles": ROLES, "link": LINK, "rest": REST, "formula": FORMULA}

# What becomes of the words of the sixth text; those of a coded quotation stay within it.
WORDS = {
    "sanctions lifted": f"{FORMULA} sanctions{IMAGE} lifted",
    "halted the talks": f"halted{IMAGE} the{SCRIPT} talks",
    "Russia’s attack": f"@SUM(1){ROLES} Russia’s attack",
    "note of": f"-1+1{LINK} note of",
    "Ukraine would stay": f"+1{REST} Ukraine would stay",
    "are not dead": f"are{SCRIPT} not{IMAGE} dead",
    "a duty to": f"a{ROLES} duty to",
    "Norway": f"Norway{IMAGE}",
    "Is a treaty": f"Is{REST} a treaty",
    "Read more": f"```{{raw}} html {IMAGE} Read more",
}
# What becomes of names, labels and prose in the tables.
CELLS = {
    "Nobody 2022": f"={IMAGE}$x$|\"'",
    "Istanbul Communiqué": "$x$|{{7*7}}{ref}`x`\\&lt;\"'",
    "A Sixth Text, Made for the Tests": f"=Title{SCRIPT}{IMAGE}{ROLES}",
    "Lake Gazette": f"@Gazette{IMAGE}{ROLES}",
    "Ada Quill": f"+Ada {IMAGE}$x$ \"'|",
    "the envoy's note": f"-the envoy's note{SCRIPT}",
    "mediators": f"@mediators{IMAGE}$x$",
    "European Union": f"=Union{IMAGE}$x$",
    "a note on the talks": f"=a{SCRIPT}{ROLES}",
    "consultation": f"consultation{IMAGE}$x$",
    "terms": f"=terms{SCRIPT}|",
    "talks in Belarus": f"talks{IMAGE} in $x$ \"Belarus'",
    "the taking of land": f"the taking{IMAGE} of land",
    "seized": f"seized{SCRIPT}",
    "Made up for the tests.": f"Made up{IMAGE}",
    "made up": f"made up {SCRIPT}",
    "Nell Hand": f"=Nell{IMAGE}$x$",
}
PROSE = ["position", "claim", "description", "act", "summary", "statement", "record", "note", "definition", "includes", "excludes", "question",
         "example", "resolution"]  # fmt: skip
TITLE = f'Neutrality {SCRIPT}{IMAGE} {ROLES} $x$ \\LaTeX{{}} "q": &lt; </title>what they tell'
AUTHOR = f'The {SCRIPT}{IMAGE} "Project" {ROLES}'


_SPAN_OF_KEY = re.compile(r"(:quill2022-p\d+:)(\d+)-(\d+)")


def rows_of(file):
    return list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8"), newline="")))


def write_rows(file, rows):
    content = io.StringIO(newline="")
    writer = csv.DictWriter(content, rows[0], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    file.write_text(content.getvalue(), encoding="utf-8", newline="")


def add_sixth(data):
    """Add the rows and the text of `tests/sixth` to a folder of data, as they are."""
    for file in (file for file in SIXTH.rglob("*") if file.is_file() and file.name != "README.md"):
        place = data / file.relative_to(SIXTH)
        if place.exists():
            content = file.read_text(encoding="utf-8")
            added = content.partition("\n")[2] if file.suffix == ".csv" else content
            place.write_text(place.read_text(encoding="utf-8") + added, encoding="utf-8")
        else:
            shutil.copy(file, place)


def free_of_conditions(root):
    """Take from the chapters of a copy of the book the conditions under which sentences stand: a sixth text makes some of them false."""
    for file in [*root.glob("*.ipynb"), *root.glob("chapters/*.ipynb")]:
        source = file.read_text(encoding="utf-8")
        file.write_text(re.sub(r"\{holds\}`[^`]*`", "{holds}`none: sources; source_id == ''`", source), encoding="utf-8")


def make_hostile(data):
    """Add the hostile sixth text to a folder of data, so that `check` finds it sound."""
    add_sixth(data)
    file = data / "sources/quill2022.txt"
    old = file.read_text(encoding="utf-8")
    new, moved = changed(old)
    file.write_text(new, encoding="utf-8")
    for table in sorted(data.rglob("*.csv")):
        rows = rows_of(table)
        for row in rows:
            poison(table, row, new, moved)
        write_rows(table, rows)
    digests = [hashlib.sha256(version.encode()).hexdigest() for version in (old, new)]
    sources = data / "sources.csv"
    sources.write_text(sources.read_text(encoding="utf-8").replace(*digests), encoding="utf-8")
    references = data / "references.bib"
    references.write_text(
        references.read_text(encoding="utf-8").replace("title = {", f"title = {{{IMAGE}</script> $x$ ", 1), encoding="utf-8"
    )
    count_syllables(data)


def changed(text):
    """The hostile text, and a function from offsets of `text` to its own."""
    spans = sorted((match.start(), match.end(), new) for old, new in WORDS.items() for match in re.finditer(re.escape(old), text))

    def moved(offset):
        return offset + sum(len(new) - (end - start) for start, end, new in spans if end <= offset)

    for start, end, new in reversed(spans):
        text = text[:start] + new + text[end:]
    return text, moved


def poison(table, row, text, moved):
    """Put payloads into a row of a table, and its offsets right."""
    if row.get("source_id") == "quill2022" and "start" in row:
        row["start"], row["end"] = (str(moved(int(row[bound]))) for bound in ("start", "end"))
        if "quote" in row:
            row["quote"] = text[int(row["start"]) : int(row["end"])]
    if "quill2022" in row.get("rests_on", ""):
        row["rests_on"] = _SPAN_OF_KEY.sub(lambda key: f"{key[1]}{moved(int(key[2]))}-{moved(int(key[3]))}", row["rests_on"])
    for column, value in row.items():
        if column not in ("quote", "pattern", "source_id", "dated_by", "variable") and table.name != "syllables.csv":
            row[column] = CELLS.get(value, value)
        if column in PROSE and row[column] and (row.get("source_id") == "quill2022" or row.get("dimension") == "D17"):
            row[column] = f"{FORMULA[0]}{list(PARTS.values())[PROSE.index(column) % len(PARTS)]} {value}"


def count_syllables(data):
    """Add the words that the payloads made of the text, with syllables by rule."""
    texts = load_corpus(data)
    rows, entries = draft_entries(texts, "")
    append_syllables(texts, [(*row[:3], "") for row in rows], entries)


def make_hostile_citation(root):
    """Put payloads into the title, authors and abstract of CITATION.cff."""
    file = root / "CITATION.cff"
    given = yaml.safe_load(file.read_text(encoding="utf-8"))
    given |= {"title": TITLE, "authors": [{"name": AUTHOR}], "abstract": f"{TITLE}. Abstract.", "keywords": [TITLE, "peace"]}
    given["date-released"] = str(given["date-released"])
    file.write_text(yaml.safe_dump(given, allow_unicode=True), encoding="utf-8")
