"""Bad data get a message with file, row, column and remedy; exit code 1, no traceback, nothing written."""

import hashlib
import re
import subprocess
import sys

import pytest

from analysis.check import check
from analysis.columns import CODEBOOK
from analysis.corpus import DATA, load_corpus
from analysis.problems import DataError
from analysis.schema import INPUT_TABLES
from analysis.vocabulary import CODED_VARIABLES
from book.notebooks import ROOT


def swap(name, old, new):
    """A fault: the first `old` in the file `name` becomes `new`."""

    def spoil(data):
        content = (data / name).read_bytes()
        assert old.encode() in content
        (data / name).write_bytes(content.replace(old.encode(), new.encode(), 1))

    return spoil


def write(name, content):
    return lambda data: (data / name).write_bytes(content)


def delete(name):
    return lambda data: (data / name).unlink()


def change_line(name, number, change):
    """A fault: line `number` (from 1) of the file `name` becomes the lines that `change` makes of it."""

    def spoil(data):
        lines = (data / name).read_text(encoding="utf-8").splitlines(keepends=True)
        lines[number - 1 : number] = change(lines[number - 1])
        (data / name).write_text("".join(lines), encoding="utf-8")

    return spoil


def drop(name, number):
    return change_line(name, number, lambda line: [])


def twice(name, number):
    return change_line(name, number, lambda line: [line, line])


def shift(name, number):
    """Add 1 to every offset (three digits or more) of the line."""
    return change_line(name, number, lambda line: [re.sub(r"(?<=,)\d{3,}(?=,)", lambda match: str(int(match[0]) + 1), line)])


def blank_body(data):
    """The body of a text becomes dashes; digest and offsets are right."""
    file, sources = data / "sources/observer2023.txt", data / "sources.csv"
    old = file.read_bytes()
    new = old[:75] + b"-" * (2954 - 75) + old[2954:]
    file.write_bytes(new)
    digests = [hashlib.sha256(content).hexdigest() for content in (old, new)]
    sources.write_text(sources.read_text(encoding="utf-8").replace(*digests), encoding="utf-8")


def prefix(name, content):
    return lambda data: (data / name).write_bytes(content + (data / name).read_bytes())


FAULTS = {
    "a missing text": (delete("sources/usip2022.txt"), "data/sources/usip2022.txt: is missing"),
    "an altered byte": (swap("sources/decamp2022.txt", "Wednesday", "Thursday"), "sources.csv, row 2, column sha256: sources/decamp2022.txt was altered"),
    "a text in Latin-1": (write("sources/usip2022.txt", "Communiqué".encode("latin-1")), "is not UTF-8 (byte 9, line 1)"),
    "an empty text": (write("sources/usip2022.txt", b"\n"), "data/sources/usip2022.txt: is empty"),
    "a byte-order mark": (prefix("sources/usip2022.txt", b"\xef\xbb\xbf"), "begins with a byte-order mark"),
    "CRLF line ends": (swap("sources/observer2023.txt", "top of page\n", "top of page\r\n"), "has a carriage return in line 1"),
    "a text that no row names": (write("sources/stray2022.txt", b"text"), "data/sources/stray2022.txt: is named by no row of sources.csv"),
    "a folder in place of a text": (lambda data: (delete("sources/usip2022.txt")(data), (data / "sources/usip2022.txt").mkdir()), "cannot be read"),
    "a zone gap": (swap("zones.csv", "decamp2022,60,131", "decamp2022,61,131"), "zones.csv, row 3, column start: gap in decamp2022: characters 60 to 61 have no zone"),
    "a zone overlap": (swap("zones.csv", "decamp2022,60,131", "decamp2022,59,131"), "row 3, column start: overlap in decamp2022: the row before ends at 60"),
    "a zone past the end": (swap("zones.csv", "3572,3641", "3572,3642"), "row 6, column end: the zones of decamp2022 end at 3642, the text at 3641"),
    "a zone that ends before it begins": (swap("zones.csv", "decamp2022,60,131", "decamp2022,60,59"), "the zone ends at 59, before it begins (60)"),
    "a zone that is not a number": (swap("zones.csv", "decamp2022,60,", "decamp2022,sixty,"), "row 3, column start: 'sixty' is not a whole number"),
    "an unknown zone": (swap("zones.csv", ",deck,", ",dek,"), "zones.csv, row 3, column zone: 'dek' is not allowed. Remedy: use one of body, headline"),
    "a text without a body": (swap("zones.csv", "decamp2022,131,3551,body", "decamp2022,131,3551,teaser"), "decamp2022 has no zone 'body'"),
    "a text without zones": (lambda data: (data / "zones.csv").write_text("".join(line for line in (data / "zones.csv").open() if "observer" not in line)), "observer2023 has no zones"),
    "an unknown source id": (swap("zones.csv", "decamp2022,60", "decamp2023,60"), "row 3, column source_id: 'decamp2023' is the id of no text"),
    "a duplicate id": (swap("sources.csv", "\nusip2022,", "\ndecamp2022,"), "sources.csv, row 3, column source_id: 'decamp2022' is not allowed. Remedy: give every row its own"),
    "an id that is a path": (swap("sources.csv", "\nusip2022,", "\n../usip2022,"), "'../usip2022' is not an id"),
    "a date that is not EDTF": (swap("sources.csv", "2022-03-31", "31 March 2022"), "sources.csv, row 3, column date: '31 March 2022' is not allowed. Remedy: write it in EDTF"),
    "a month thirteen": (swap("sources.csv", "2022-03-31", "2022-13-31"), "column date: '2022-13-31' is not allowed"),
    "an unknown basis": (swap("sources.csv", "inferred:observer2023", "guessed:observer2023"), "column date_basis: 'guessed:observer2023;snider2023' is not allowed"),
    "an unknown reference": (swap("sources.csv", "inferred:observer2023;snider2023", "inferred:nobody1900"), "row 5, column date_basis: 'nobody1900' is no key of references.bib"),
    "an unknown kind of tie": (swap("dependencies.csv", "closely parallels", "copies"), "dependencies.csv, row 4, column kind: 'copies' is not allowed"),
    "a missing column": (swap("sources.csv", ",genre", ""), "sources.csv, row 1: has the wrong columns (missing: genre)"),
    "an extra column": (swap("zones.csv", "zone,note", "zone,note,more"), "zones.csv, row 1: has the wrong columns (unknown: more)"),
    "a renamed column": (swap("zones.csv", "zone,note", "area,note"), "has the wrong columns (missing: zone; unknown: area)"),
    "a row too short": (swap("zones.csv", "decamp2022,0,60,headline,title", "decamp2022,0,60"), "zones.csv, row 2: has 3 fields, the header 5"),
    "a quotation mark that never closes": (swap("zones.csv", "headline,title", 'headline,"title'), "zones.csv, row 2: is not a CSV table from line 2 on"),
    "UTF-16": (prefix("sources/usip2022.txt", b"\xff\xfe"), "begins with a byte-order mark"),
    "a lone carriage return": (swap("sources/observer2023.txt", "top of page", "top\rof page"), "has a carriage return in line 1"),
    "a NUL character": (swap("zones.csv", "headline,title", "headline,ti\0tle"), "zones.csv: holds a NUL character in line 2"),
    "zones that end too early": (swap("zones.csv", "3572,3641", "3572,3640"), "row 6, column end: the zones of decamp2022 end at 3640, the text at 3641"),
    "an empty zone": (swap("zones.csv", "decamp2022,60,131", "decamp2022,60,60"), "the zone ends at 60, before it begins (60)"),
    "a body without words": (blank_body, "the body of observer2023 has no words"),
    "two texts of one short name": (swap("sources.csv", "USIP 2022", "DeCamp 2022"), "row 3, column short: 'DeCamp 2022' is not allowed. Remedy: give every row its own"),
    "a date with an open end": (swap("sources.csv", "2022-03-31,", "2022-03-31/,"), "column date: '2022-03-31/' is not allowed"),
    "a date that ends before it begins": (swap("sources.csv", "2023-09-10/2023-09-30", "2023-09-30/2023-09-10"), "column date: '2023-09-30/2023-09-10' is not allowed"),
    "the year nought": (swap("sources.csv", "2022-03-31,", "0000,"), "column date: '0000' is not allowed"),
    "an unknown second reference": (swap("sources.csv", "observer2023;snider2023", "observer2023;nobody1900"), "'nobody1900' is no key of references.bib"),
    "a tie to an unknown work": (swap("dependencies.csv", "decamp2022,snider2023", "decamp2022,nobody1900"), "column depends_on: 'nobody1900' is no key"),
    "a tie to two works": (swap("dependencies.csv", "decamp2022,snider2023", "decamp2022,snider2023;usip2022"), "column depends_on: 'snider2023;usip2022' is not allowed. Remedy: name one work"),
    "a tie without reference": (swap("dependencies.csv", "decamp2022;snider2023", ""), "row 2, column reference: '' is not allowed"),
    "an address that is none": (swap("sources.csv", "https://news.antiwar", "news.antiwar"), "row 2, column url"),
    "a digest that is none": (swap("sources.csv", "88f3379f", "XX"), "row 2, column sha256: 'XX"),
    "a cluster in capitals": (swap("sources.csv", ",antiwar,", ",Antiwar,"), "row 2, column cluster: 'Antiwar' is not allowed"),
    "a header in another order": (swap("zones.csv", "start,end,zone", "end,start,zone"), "has the wrong columns (another order, or one twice)"),
    "a row too long": (swap("zones.csv", "headline,title", "headline,title,more"), "zones.csv, row 2: has 6 fields, the header 5"),
    "an empty line": (change_line("zones.csv", 2, lambda line: ["\n", line]), "row 2: has 0 fields, the header 5. Remedy: delete the empty line"),
    "a reference without a year": (swap("references.bib", "  year = {2022},", ""), "references.bib: charap2022 has no author or no year"),
    "a missing table": (delete("zones.csv"), "data/zones.csv: is missing"),
    "a table in Latin-1": (prefix("zones.csv", b"\xe9"), "zones.csv: is not UTF-8"),
    "a paraphrase": (swap("codings/provisions.csv", "if Kyiv declares neutrality", "if Kyiv declares itself neutral"), "provisions.csv, row 14, column quote: the text has other words at"),
    "a stale offset": (shift("codings/guarantors.csv", 2), "codings/guarantors.csv, row 2, column quote: the text has other words at"),
    "a span in another passage": (swap("codings/provisions.csv", "decamp2022,decamp2022-p01", "decamp2022,decamp2022-p02"), "is not within decamp2022-p02"),
    "an unknown passage": (swap("codings/provisions.csv", "decamp2022,decamp2022-p01", "decamp2022,decamp2022-p99"), "'decamp2022-p99' is no passage of decamp2022"),
    "a passage of another text": (swap("codings/provisions.csv", "decamp2022,decamp2022-p01", "decamp2022,usip2022-p01"), "'usip2022-p01' is no passage of decamp2022"),
    "an unknown dimension": (swap("codings/provisions.csv", "p01,D02", "p01,D21"), "row 2, column dimension: 'D21' is not allowed. Remedy: use D01 to D20"),
    "an unknown holder": (swap("codings/provisions.csv", "D02,other,both", "D02,other,NATO"), "row 2, column holder: 'NATO' is not in the codebook"),
    "an unknown level": (swap("codings/provisions.csv", "both,mentioned", "both,hinted"), "row 2, column level: 'hinted' is not in the codebook"),
    "an unknown document": (swap("codings/provisions.csv", "fifteen-point plan", "sixteen-point plan"), "column document: 'sixteen-point plan' is not in the codebook"),
    "an unknown voice": (swap("codings/guarantors.csv", ",author,", ",narrator,"), "column voice: 'narrator' is not in the codebook"),
    "a position of too many words": (swap("codings/provisions.csv", "are near a deal", "are near " + "and nearer " * 13 + "a deal"), "row 2, column position"),
    "a quotation cut short": (swap("codings/quotations.csv", "more realistic.", "more realistic"), "quotations.csv, row 2, column quote: the text has other words"),
    "an unknown speaker": (swap("codings/quotations.csv", "Sergey Lavrov", "Sergei Lavrov"), "quotations.csv, row 3, column speaker: 'Sergei Lavrov' is not in the codebook"),
    "an unknown kind of quotation": (swap("codings/quotations.csv", ",speech,", ",talk,"), "quotations.csv, row 2, column kind: 'talk' is not allowed"),
    "an unknown strength": (swap("codings/strengths.csv", "binding duty to act", "binding duty"), "row 2, column strength: 'binding duty' is not in the codebook"),
    "a strength left empty": (swap("codings/strengths.csv", "binding duty to act", ""), "row 2, column strength: '' is not in the codebook"),
    "a dimension that the codebook lacks": (drop("codebook.csv", 2), "column dimension: 'D01' is not in the codebook"),
    "guarantors of an unknown instrument": (swap("instrument_guarantors.csv", "ft2022plan", "ft2023plan"), "column instrument: 'ft2023plan' is not in the codebook"),
    "an empty form of a name": (swap("people.csv", "Mykhailo Podolyak;", "Mykhailo Podolyak;;"), "column aliases"),
    "an unknown grade": (swap("instruments.csv", ",S,", ",A,"), "instruments.csv, row 2, column grade: 'A' is not allowed"),
    "an instrument on an unknown work": (swap("instruments.csv", ",communique2022,points 1 and 4", ",nobody1900,points 1 and 4"), "row 2, column reference: 'nobody1900' is no key"),
    "a pair of texts without a relation": (drop("codings/relations.csv", 2), "relations.csv: has no row for D01, decamp2022, usip2022"),
    "a pair of texts given twice": (twice("codings/relations.csv", 2), "relations.csv, row 3: D01, decamp2022, usip2022 is there twice"),
    "a pair in the wrong order": (swap("codings/relations.csv", "D01,decamp2022,usip2022", "D01,usip2022,decamp2022"), "or is no pair of texts"),
    "an unknown relation": (swap("codings/relations.csv", "differ in detail", "quarrel"), "row 2, column relation: 'quarrel' is not allowed"),
    "an unknown actor": (swap("codings/responsibility.csv", ",Ukraine,credited", ",Kyiv,credited"), "column actor: 'Kyiv' is not in the codebook"),
    "an unknown valence": (swap("codings/responsibility.csv", ",credited,", ",praised,"), "responsibility.csv, row 2, column valence: 'praised' is not in the codebook"),
    "an unknown matter": (swap("codings/responsibility.csv", ",talks,", ",chats,"), "responsibility.csv, row 2, column matter: 'chats' is not in the codebook"),
    "an unknown function": (swap("codings/frames.csv", ",remedy,", ",cure,"), "column function: 'cure' is not in the codebook"),
    "a voice that is no name": (swap("codings/responsibility.csv", "Sergey Lavrov", "Lavrov"), "responsibility.csv, row 2, column voice: 'Lavrov' is neither author nor a name of people.csv"),
    "an act of too many words": (swap("codings/responsibility.csv", "being near", "being " + "very " * 20 + "near"), "responsibility.csv, row 2, column act"),
    "a paraphrase in a frame": (swap("codings/frames.csv", "clear legal obligations", "clear obligations"), "column quote: the text has other words at"),
    "a stale offset of a judgement": (shift("codings/responsibility.csv", 2), "responsibility.csv, row 2, column quote: the text has other words at"),
    "a pattern that is none": (swap("names.csv", "Ii]nva(", "Ii]nva(("), "names.csv, row 4, column pattern"),
    "a pattern that can be empty": (swap("names.csv", r"\b[Aa]ggression\b", "a*"), "names.csv, row 5, column pattern"),
    "a word without a count": (swap("syllables.csv", "zelensky,3,", "zelensky,,"), "syllables.csv, column hand: lacks zelensky (decamp2022)"),
    "a word that nobody looked up": (swap("syllables.csv", "\nzelensky,3,,", ""), "syllables.csv, column hand: lacks zelensky (decamp2022)"),
    "a count that was guessed": (swap("syllables.csv", "zelensky,3,,", "zelensky,3,,guess: check by ear"), "column note: 'guess: check by ear' is not allowed"),
    "a count that is no number": (swap("syllables.csv", "zelensky,3,", "zelensky,three,"), "column hand: 'three' is not allowed"),
    "a missing dictionary": (delete("cmudict/corpora/cmudict/cmudict"), "data/cmudict/corpora/cmudict/cmudict: is missing"),
    "a dictionary without a word": (swap("cmudict/corpora/cmudict/cmudict", "\nABOUT 1", "\nABOUTS 1"), "cmudict: lacks about"),
    "a word listed twice": (twice("syllables.csv", 9), "column word: "),
    "a voice of a frame that is no name": (swap("codings/frames.csv", "Mykhailo Podolyak", "Podolyak"), "column voice: 'Podolyak' is neither author nor a name"),
    "a string of textstat that nobody looked up": (swap("syllables.csv", "\nkyivs,,,made by textstat", ""), "lacks kyivs"),
    "a stated date without its words": (swap("codings/events.csv", ",relative,On Wednesday,", ",relative,,"), "events.csv, row 2, column dated_by: '' does not go with"),
    "wrong dating words in a pass": (swap("codings/events.pass1.csv", ",On Wednesday,", ",On Thursday,"), "events.pass1.csv, row 2, column dated_by"),
    "a reference for general knowledge": (swap("benchmark_events.csv", "1991-12,,,common", "1991-12,lcil2022timeline,,common"), "column reference: is 'lcil2022timeline' although"),
    "a comparison on a claim of another text": (swap("codings/comparisons.csv", "decamp2022-c28", "usip2022-c28"), "column claim_or_provision: 'usip2022-c28' is no claim of decamp2022"),
    "a date of an event that is not EDTF": (swap("codings/events.csv", "2022-03-16,relative", "16 March,relative"), "events.csv, row 2, column date: '16 March' is not allowed"),
    "an unknown event": (swap("codings/events.csv", "lavrov-16mar", "lavrov-17mar"), "events.csv, row 2, column event_id: 'lavrov-17mar' is not in the codebook"),
    "an unknown basis of a date": (swap("codings/events.csv", ",relative,", ",guessed,"), "row 2, column date_basis: 'guessed' is not in the codebook"),
    "dating words that are not in the text": (swap("codings/events.csv", ",On Wednesday,", ",On Thursday,"), "events.csv, row 2, column dated_by: 'On Thursday' is not in decamp2022"),
    "dating words of an inferred date": (swap("codings/events.csv", ",relative,On Wednesday", ",inferred,On Wednesday"), "does not go with the basis inferred"),
    "a claim twice": (twice("codings/claims.csv", 2), "claims.csv, row 3, column claim_id"),
    "a claim of nobody known": (swap("codings/claims.csv", "Sergey Lavrov", "Lavrov"), "claims.csv, row 2, column attributed_to: 'Lavrov' is neither author nor a name"),
    "an unknown topic": (swap("codings/claims.csv", ",status,", ",stage,"), "claims.csv, row 2, column topic: 'stage' is not in the codebook"),
    "a comparison on an unknown claim": (swap("codings/comparisons.csv", "decamp2022-c", "decamp2022-z"), "comparisons.csv, row 2, column claim_or_provision"),
    "a topic with two relations": (swap("codings/comparisons.csv", "talks in Belarus,agree", "talks in Belarus,contradict"), "'talks in Belarus' has 3 text(s) and 2 relation(s)"),
    "a topic of one text": (swap("codings/comparisons.csv", "talks in Belarus,agree", "talks,agree"), "'talks' has 1 text(s)"),
    "a check on an unknown work": (swap("codings/source_checks.csv", "times2022spencer", "times2023"), "source_checks.csv, row 2, column reference: 'times2023' is no key"),
    "a check without a work": (swap("codings/source_checks.csv", ",times2022spencer,", ",,"), "source_checks.csv, row 2, column reference: is '' although the grade is S"),
    "an unknown finding": (swap("codings/source_checks.csv", ",fits,", ",is true,"), "source_checks.csv, row 2, column finding: 'is true' is not in the codebook"),
    "an unknown layer": (swap("codings/source_checks.csv", ",reporting,", ",rumour,"), "source_checks.csv, row 2, column layer"),
    "a record without a work": (swap("benchmark_events.csv", "2022-02-24,lcil2022timeline", "2022-02-24,"), "benchmark_events.csv, row 14, column reference"),
    "broken BibTeX": (swap("references.bib", "{Charap, Samuel},", "{Charap, Samuel,"), "references.bib: is not BibTeX"),
}  # fmt: skip


def run(*arguments):
    return subprocess.run([sys.executable, "-m", "analysis", *map(str, arguments)], cwd=ROOT, capture_output=True, text=True)


def test_the_readmes_say_what_a_row_of_each_table_is():
    text = (DATA / "README.md").read_text() + (DATA / "codings/README.md").read_text()
    for name, table in INPUT_TABLES.items():
        assert ".pass" in name or f"| `{name.removeprefix('codings/')}` | {table.row} |" in text


def test_the_codebook_defines_the_values_of_every_column_that_refers_to_it():
    columns = {column.name for table in INPUT_TABLES.values() for column in table.columns if column.refers == CODEBOOK}
    assert columns == set(CODED_VARIABLES)


def test_the_data_are_sound():
    assert check() == []


@pytest.mark.promise("bad input")
@pytest.mark.parametrize("name", FAULTS)
def test_every_fault_is_named_with_its_remedy(data, name):
    spoil, message = FAULTS[name]
    spoil(data)
    found = [str(problem) for problem in check(data)]
    assert any(message in problem for problem in found), found
    assert all(". Remedy: " in problem and problem.startswith("data/") for problem in found)


@pytest.mark.parametrize(
    "name",
    [
        "a missing text", "an altered byte", "a text in Latin-1", "an empty text", "a byte-order mark", "CRLF line ends",
        "a zone gap", "a zone overlap", "a zone past the end", "a zone that is not a number", "a text without a body",
        "an id that is a path", "a missing column", "a renamed column", "a row too short", "a missing table",
    ],
)  # fmt: skip
def test_a_corpus_with_broken_texts_or_tables_does_not_load(data, name):
    spoil, message = FAULTS[name]
    spoil(data)
    with pytest.raises(DataError) as caught:
        load_corpus(data)
    assert message in str(caught.value)


def test_the_command_prints_every_problem_and_exits_with_1(data):
    for name in ("an altered byte", "an unknown zone", "an extra column"):
        FAULTS[name][0](data)
    done = run("--data", data, "check")
    assert done.returncode == 1
    assert "Traceback" not in done.stdout + done.stderr
    assert "was altered" in done.stdout
    assert "wrong columns" in done.stdout
    assert done.stdout.rstrip().endswith("problems found.")


def test_the_command_is_content_with_sound_data():
    done = run("check")
    assert (done.returncode, done.stdout) == (0, "The data are sound.\n")


@pytest.mark.parametrize("name", ["an altered byte", "an unknown zone", "a date that is not EDTF", "a missing table"])
def test_no_table_is_written_from_bad_data(data, tmp_path, name):
    FAULTS[name][0](data)
    done = run("--data", data, "tables", tmp_path / "out")
    assert done.returncode == 1
    assert "Remedy" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_written_gets_a_clear_line(tmp_path):
    (tmp_path / "taken").write_text("a file")
    done = run("tables", tmp_path / "taken")
    assert done.returncode == 1
    assert "Remedy: name a folder that can be written to" in done.stderr
    assert "Traceback" not in done.stderr


def test_lines_and_find_help_to_make_zones_and_codings():
    assert "     60     129  Financial Times reports" in run("lines", "data/sources/decamp2022.txt").stdout
    start = (DATA / "sources/decamp2022.txt").read_text(encoding="utf-8").index("rigid agreement")
    assert run("find", "decamp2022", "rigid agreement").stdout == f"decamp2022-p04,{start},{start + 15}  rigid agreement\n"
    again = run("find", "usip2022", "Zelenskyy's", "--passage", "usip2022-p07")
    assert again.stdout.startswith("usip2022-p07,")
    missing = run("find", "decamp2022", "no such words")
    assert (missing.returncode, missing.stderr) == (
        1,
        "'no such words' occurs nowhere in the body of decamp2022; copy the words from the file\n",
    )


@pytest.mark.parametrize("arguments", [("check",), ("tables", "out"), ("find", "usip2022", "Putin")])
def test_a_data_folder_that_is_none_gets_a_clear_line(arguments):
    done = run("--data", "README.md", *arguments)
    assert (done.returncode, done.stderr) == (1, "README.md: is no folder. Remedy: name a folder that holds the data.\n")
