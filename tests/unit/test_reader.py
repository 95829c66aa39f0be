"""Reading a folder of texts: what is sound comes back as it was; what is not is refused, every fault with its file, row, column and remedy."""

import hashlib
import re

import pandas as pd
import pytest

from analysis.corpus import reader
from analysis.corpus.errors import DataError, Problem
from analysis.corpus.reader import load_corpus, read_utf8, with_offsets
from analysis.corpus.schema import COLUMNS
from analysis.corpus.segment import passages, sentences, tokens
from tests.support.small import study, write

RAW = "A title\n\n  Ann spoke.  \n\nBob said “no”. Cy left.\nThe end"
ZONES = [
    {"source_id": "a", "start": 0, "end": 9, "zone": "headline"},
    {"source_id": "a", "start": 9, "end": 49, "zone": "body"},
    {"source_id": "a", "start": 49, "end": 56, "zone": "chrome"},
]


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "data").mkdir()
    return write(study({"a": RAW}, zones=ZONES, provisions=[{"quote": "Ann spoke.", "dimension": "D01"}]), tmp_path / "data")


def test_a_folder_comes_back_as_it_was_written(folder):
    texts = load_corpus(folder)
    assert texts.path == folder
    assert texts.raw == {"a": RAW}
    assert {name: list(table) for name, table in texts.tables.items()} == COLUMNS
    assert texts.zones.to_dict("records") == [zone | {"note": ""} for zone in ZONES]
    assert texts.sources.source_id.to_list() == ["a"]
    (term,) = texts.tables["codings/provisions.csv"].to_dict("records")
    assert (term["quote"], term["start"], term["end"], term["note"]) == ("Ann spoke.", 11, 21, "")


def test_a_passage_is_a_line_of_the_body_without_the_space_around_it(folder):
    assert passages(load_corpus(folder)).to_dict("records") == [
        {"source_id": "a", "passage_id": "a-p01", "start": 11, "end": 21, "n_words": 2, "n_sentences": 1},
        {"source_id": "a", "passage_id": "a-p02", "start": 25, "end": 48, "n_words": 5, "n_sentences": 2},
    ]


def put(name, content):
    """A fault: `content` in place of the file `name`."""
    return lambda folder: (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())


def swap(name, old, new):
    def spoil(folder):
        content = (folder / name).read_text(encoding="utf-8")
        assert old in content
        (folder / name).write_text(content.replace(old, new), encoding="utf-8")

    return spoil


def retext(raw):
    """A fault: another text, its digest right."""

    def spoil(folder):
        put("sources/a.txt", raw)(folder)
        swap("sources.csv", hashlib.sha256(RAW.encode()).hexdigest(), hashlib.sha256(raw.encode()).hexdigest())(folder)

    return spoil


def as_folder(folder):
    (folder / "names.csv").unlink()
    (folder / "names.csv").mkdir()


HEADER = "source_id,start,end,zone,note\n"
DIGEST = hashlib.sha256(b"Other.").hexdigest()
FAULTS = [
    (lambda folder: (folder / "zones.csv").unlink(), "data/zones.csv: is missing. Remedy: restore the file, or name the data folder that holds it."),
    (as_folder, "data/names.csv: cannot be read (it is no file). Remedy: make it a readable file."),
    (put("names.csv", " \n"), "data/names.csv: is empty. Remedy: restore its content."),
    (put("names.csv", b"\xef\xbb\xbfx"), "data/names.csv: begins with a byte-order mark. Remedy: save it as UTF-8 without a byte-order mark."),
    (put("names.csv", b"\xfe\xffx"), "data/names.csv: begins with a byte-order mark. Remedy: save it as UTF-8 without a byte-order mark."),
    (put("names.csv", b"a\nb\nc\xff"), "data/names.csv: is not UTF-8 (byte 5, line 3). Remedy: save it as UTF-8."),
    (put("names.csv", "a\n\0"), "data/names.csv: holds a NUL character in line 2. Remedy: take it out."),
    (put("names.csv", "a\n\nb\r"), "data/names.csv: has a carriage return in line 3. Remedy: save it with line ends of a single line feed (LF)."),
    (put("names.csv", "a\n" + "x" * 20_001), "data/names.csv: has 20,001 characters in line 2. Remedy: break it into lines under 20,000 characters."),
    (put("zones.csv", "source_id,start,end,zone\n"),
     "data/zones.csv, row 1: has the wrong columns (missing: note). Remedy: make the header read source_id,start,end,zone,note."),
    (put("zones.csv", "source_id,start,stop,zone,more\n"),
     "data/zones.csv, row 1: has the wrong columns (missing: end, note; unknown: stop, more). Remedy: make the header read source_id,start,end,zone,note."),
    (put("zones.csv", "start,source_id,end,zone,note\n"), "data/zones.csv, row 1: has the wrong columns (another order, or one twice). Remedy: "
     "make the header read source_id,start,end,zone,note."),
    (put("zones.csv", HEADER + "a,0,56,body,\na,0,1\n"), "data/zones.csv, row 3: has 3 fields, the header 5. Remedy: give every column a field, and quote "
     "fields that hold commas."),
    (put("zones.csv", HEADER + "\na,0,56,body,\n"), "data/zones.csv, row 2: has 0 fields, the header 5. Remedy: delete the empty line."),
    (put("zones.csv", HEADER + "a,0,56,body,x\u200bx\n"), "data/zones.csv, row 2, column note: holds ZERO WIDTH SPACE (U+200B) as character 2. Remedy: take it out."),
    (put("zones.csv", HEADER + "a,0,56,body," + '"' + "x\n" * 10_001 + '"\n'), "data/zones.csv, row 2, column note: has 20,002 characters. Remedy: keep each "
     "cell under 20,000 characters."),
    (put("zones.csv", HEADER + "a,-1,56,body,\na,0,five,body,\n"), "data/zones.csv, row 2, column start: '-1' is not a whole number. Remedy: enter an offset into "
     "the raw file.\ndata/zones.csv, row 3, column end: 'five' is not a whole number. Remedy: enter an offset into the raw file."),
    (put("sources/a.txt", "Other."), f"data/sources.csv, row 2, column sha256: sources/a.txt was altered: its sha256 is {DIGEST}. Remedy: restore the file; if it "
     "was meant to change, enter the new sha256 and check its zones."),
    (put("sources/a.txt", "One.\nTwo\u202e."), "data/sources/a.txt: holds RIGHT-TO-LEFT OVERRIDE (U+202E) in line 2. Remedy: take it out."),
    (swap("sources.csv", "\na,", "\nA/b,"), "data/sources.csv, row 2, column source_id: 'A/b' is not an id. Remedy: use up to 40 lower-case letters and digits, "
     "as in smith2023."),
    (swap("zones.csv", "a,9,49", "a,10,49"), "data/zones.csv, row 3, column start: gap in a: characters 9 to 10 have no zone. Remedy: begin this zone at 9, add a "
     "row for the gap, or put the rows in order."),
    (swap("zones.csv", "a,9,49", "a,8,49"), "data/zones.csv, row 3, column start: overlap in a: the row before ends at 9, this one begins at 8. Remedy: begin this "
     "zone at 9, end the row before at 8, or put the rows in order."),
    (swap("zones.csv", "a,9,49", "a,9,9"), "data/zones.csv, row 3, column end: the zone ends at 9, before it begins (9). Remedy: give the end after the start.\n"
     "data/zones.csv, row 4, column start: gap in a: characters 9 to 49 have no zone. Remedy: begin this zone at 9, add a row for the gap, or put the rows in "
     "order."),
    (swap("zones.csv", "49,56", "49,57"), "data/zones.csv, row 4, column end: the zones of a end at 57, the text at 56. Remedy: let the last zone end at 56."),
    (swap("zones.csv", "49,56", "49,55"), "data/zones.csv, row 4, column end: the zones of a end at 55, the text at 56. Remedy: let the last zone end at 56."),
    (swap("zones.csv", "body", "teaser"), "data/zones.csv: a has no zone 'body'. Remedy: mark the running text as body."),
    (put("zones.csv", HEADER), "data/zones.csv: a has no zones. Remedy: add rows that cover the whole text."),
]  # fmt: skip


@pytest.mark.parametrize(("spoil", "message"), FAULTS, ids=range(len(FAULTS)))
def test_what_is_not_sound_is_refused_with_place_and_remedy(folder, spoil, message):
    spoil(folder)
    with pytest.raises(DataError, match=f"^{re.escape(message)}$"):
        load_corpus(folder)


@pytest.mark.parametrize("content", ["x" * 20_000, "\u200c", "tab\there", "שלום", "🕊"])
def test_what_is_long_or_foreign_and_sound_passes(folder, content):
    raw = f"{content}\n{RAW}" if content != "\u200c" else f"\u0645\u06cc\u200c\u062e\n{RAW}"
    retext(raw)(folder)
    put("zones.csv", HEADER + f"a,0,{len(raw)},body,\n")(folder)
    assert load_corpus(folder).raw["a"] == raw


def test_a_file_has_five_million_bytes_at_most(folder, monkeypatch):
    for most, refused in ((len(RAW.encode()), False), (len(RAW.encode()) - 1, True)):
        monkeypatch.setattr(reader, "MAX_FILE_BYTES", most)
        if refused:
            with pytest.raises(DataError, match=r"data/sources/a.txt: has 60 bytes\. Remedy: keep each file under 59 bytes"):
                read_utf8(folder, "sources/a.txt")
        else:
            assert read_utf8(folder, "sources/a.txt") == RAW


def test_a_problem_names_its_place():
    assert str(Problem("f", None, None, "is bad", "mend it")) == "f: is bad. Remedy: mend it."
    assert str(Problem("f", 2, None, "is bad", "mend it")) == "f, row 2: is bad. Remedy: mend it."
    assert str(Problem("f", 2, "c", "is bad", "mend it")) == "f, row 2, column c: is bad. Remedy: mend it."
    error = DataError([Problem("f", None, None, "is bad", "mend it")] * 2)
    assert len(error.problems) == 2
    assert str(error) == "f: is bad. Remedy: mend it.\nf: is bad. Remedy: mend it."


def test_any_folder_of_the_same_form_loads(tmp_path):
    """One text in another script, with signs beyond the first plane before its body."""
    raw = "🕊 Titel\n\nDer erste Absatz. Zwei Sätze.\n\nДругий абзац.\n"
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources/other2024.txt").write_bytes(raw.encode())
    (tmp_path / "codings").mkdir()
    digest = hashlib.sha256(raw.encode()).hexdigest()
    rows = {
        "sources.csv": [
            f"other2024,Other 2024,T,stated,A,stated,O,stated,2024,stated,essay,,,https://example.org,outlet,stated,{digest},other,uncoded,,no,"
        ],
        "zones.csv": ["other2024,0,9,headline,title", f"other2024,9,{len(raw)},body,text"],
    }
    for name, columns in COLUMNS.items():
        (tmp_path / name).write_text("\n".join([",".join(columns), *rows.get(name, [])]) + "\n")
    corpus = load_corpus(tmp_path)
    assert list(passages(corpus).n_sentences) == [2, 1]
    assert list(sentences(corpus).start) == [raw.index(begin) for begin in ("Der", "Zwei", "Другий")]
    assert list(tokens(corpus).word) == ["Der", "erste", "Absatz", "Zwei", "Sätze", "Другий", "абзац"]


@pytest.mark.parametrize(
    ("value", "fits"), [("0", True), ("999999999", True), ("1000000000", False), ("-1", False), ("1.0", False), ("", False)]
)
def test_offsets_are_whole_numbers_of_at_most_nine_digits(value, fits):
    table = pd.DataFrame({"start": ["7", value], "end": "9", "note": "x"})
    if fits:
        assert with_offsets("data", "zones.csv", table).start.to_list() == [7, int(value)]
    else:
        with pytest.raises(DataError, match=r"zones.csv, row 3, column start: '.*' is not a whole number"):
            with_offsets("data", "zones.csv", table)
