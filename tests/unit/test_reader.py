"""Files and tables are read strictly: the longest that may be, and one more; zones that partition; characters that nobody sees."""

import hashlib

import pandas as pd
import pytest

from analysis.corpus.errors import DataError, Problem
from analysis.corpus.reader import load_corpus, read_table, read_text, read_utf8, with_offsets
from analysis.corpus.schema import COLUMNS
from analysis.corpus.segment import passages, sentences, tokens
from analysis.corpus.unicode_checks import describe_character, escape_csv_formulas, invisible_offsets, unescape_formula
from analysis.corpus.zones import validate_zones


def test_any_folder_of_the_same_form_loads(tmp_path):
    """One text in another script, with signs beyond the first plane before its body."""
    raw = "🕊 Titel\n\nDer erste Absatz. Zwei Sätze.\n\nДругий абзац.\n"
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources/other2024.txt").write_bytes(raw.encode())
    (tmp_path / "codings").mkdir()
    digest = hashlib.sha256(raw.encode()).hexdigest()
    rows = {
        "sources.csv": [
            f"other2024,Other 2024,T,stated,A,stated,O,stated,2024,stated,essay,https://example.org,stated,{digest},other,uncoded,"
        ],
        "zones.csv": ["other2024,0,9,headline,title", f"other2024,9,{len(raw)},body,text"],
    }
    for name, columns in COLUMNS.items():
        (tmp_path / name).write_text("\n".join([",".join(columns), *rows.get(name, [])]) + "\n")
    corpus = load_corpus(tmp_path)
    assert list(passages(corpus).n_sentences) == [2, 1]
    assert list(sentences(corpus).start) == [raw.index(begin) for begin in ("Der", "Zwei", "Другий")]
    assert list(tokens(corpus).word) == ["Der", "erste", "Absatz", "Zwei", "Sätze", "Другий", "абзац"]


def test_a_problem_says_place_message_and_remedy():
    assert str(Problem("data/a.csv", 3, "date", "is wrong", "mend it")) == "data/a.csv, row 3, column date: is wrong. Remedy: mend it."
    assert str(Problem("data/a.csv", None, None, "is wrong", "mend it")) == "data/a.csv: is wrong. Remedy: mend it."
    assert str(DataError(Problem("a", None, None, text, "mend it") for text in "xy")) == "a: x. Remedy: mend it.\na: y. Remedy: mend it."


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"a" * 20_000 + b"\n" + b"b" * 20_000, None),
        (b"a\n" + b"b" * 20_001, "has 20,001 characters in line 2"),
        ((b"a" * 99 + b"\n") * 50_000, None),  # five million bytes
        ((b"a" * 99 + b"\n") * 50_000 + b"a", "has 5,000,001 bytes"),
        (b" \n\t", "is empty"),
        (b"a\nb\0", "holds a NUL character in line 2"),
        (b"a\nb\r\n", "has a carriage return in line 2"),
        (b"a\n\xe9", "is not UTF-8 (byte 2, line 2)"),
        (b"\xef\xbb\xbfa", "begins with a byte-order mark"),
        (b"\xfe\xff\0a", "begins with a byte-order mark"),
    ],
)
def test_a_file_is_plain_text_of_lines_that_can_be_read(tmp_path, content, message):
    (tmp_path / "file.txt").write_bytes(content)
    if message is None:
        assert read_utf8(tmp_path, "file.txt") == content.decode()
    else:
        with pytest.raises(DataError, match=rf"^{tmp_path.name}/file.txt: ") as caught:
            read_utf8(tmp_path, "file.txt")
        assert message in str(caught.value)


def test_a_character_that_nobody_sees_is_named_with_its_line(tmp_path):
    (tmp_path / "text.txt").write_text("one\ntwo\u200b\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"holds ZERO WIDTH SPACE \(U\+200B\) in line 2"):
        read_text(tmp_path, "text.txt")


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (["K1,one,1,x,S"], None),
        (["K1,one,1,x"], "row 2: has 4 fields, the header 5. Remedy: give every column a field"),
        (["K1,one,1,x,S", "K1,one,1,x,S,T"], "row 3: has 6 fields, the header 5. Remedy: give every column a field"),
        (["K1,one,1,x,S", ""], "row 3: has 0 fields, the header 5. Remedy: delete the empty line"),
        (['K1,"one,1,x,S'], "is not a CSV table"),
        (["K1,one," + "1" * 20_000 + ",x,S"], f"has {7 + 20_000 + 4:,}"),  # the line is longer than the cell may be
        (['K1,"' + ("1" * 9_999 + "\n") * 2 + '",x,y,S'], None),  # a cell of twenty thousand characters in two lines
        (['K1,"' + ("1" * 9_999 + "\n") * 2 + '1",x,y,S'], "row 2, column guarantor: has 20,001 characters"),
        (["K1,o\u00adne,1,x,S"], "row 2, column guarantor: holds SOFT HYPHEN (U+00AD) as character 2"),
    ],
)  # fmt: skip
def test_a_table_has_its_columns_in_every_row(tmp_path, lines, message):
    name = "instrument_guarantors.csv"
    (tmp_path / name).write_text("\n".join([",".join(COLUMNS[name]), *lines]) + "\n", encoding="utf-8")
    if message is None:
        table = read_table(tmp_path, name)
        assert (list(table.columns), len(table)) == (COLUMNS[name], len(lines))
    else:
        with pytest.raises(DataError) as caught:
            read_table(tmp_path, name)
        assert message in str(caught.value)


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


@pytest.mark.parametrize(
    ("zones", "found"),
    [
        ([(0, 4, "body"), (4, 9, "promo")], []),
        ([(1, 9, "body")], [(2, "start", "gap in t: characters 0 to 1 have no zone")]),
        ([(0, 4, "body"), (5, 9, "promo")], [(3, "start", "gap in t: characters 4 to 5 have no zone")]),
        ([(0, 4, "body"), (3, 9, "promo")], [(3, "start", "overlap in t: the row before ends at 4, this one begins at 3")]),
        ([(0, 8, "body")], [(2, "end", "the zones of t end at 8, the text at 9")]),
        ([(0, 10, "body")], [(2, "end", "the zones of t end at 10, the text at 9")]),
        ([(0, 9, "body"), (9, 9, "promo")], [(3, "end", "the zone ends at 9, before it begins (9)")]),
        ([(0, 9, "promo")], [(None, None, "t has no zone 'body'")]),
        ([], [(None, None, "t has no zones")]),
        ([(4, 9, "body"), (0, 4, "promo")], [(2, "start", "gap in t: characters 0 to 4 have no zone"),
                                             (3, "start", "overlap in t: the row before ends at 9, this one begins at 0")]),
    ],
)  # fmt: skip
def test_zones_partition_a_text_in_order(zones, found):
    table = pd.DataFrame([("t", *zone) for zone in zones], columns=["source_id", "start", "end", "zone"])
    assert [(problem.row, problem.column, problem.message) for problem in validate_zones("data", table, {"t": "nine long"})] == found


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("plain\ttext\n", []),
        ("a\u200bb\u202ec", [1, 3]),  # a zero-width space, an override of direction
        ("a\u2028", [1]),
        ("\ufeffa\x07", [0, 2]),
        ("\ufdd0\ufdef\ufdcf\ufdf0", [0, 1]),  # code points that are no characters, and their neighbours, which are
        ("\U0001fffe\U0001ffff\U0001fffd", [0, 1]),
        ("سلام\u200cها", []),  # a joiner behind an Arabic letter
        ("क्\u200dष", []),  # and behind an Indic virama
        ("a\u200c", [1]),
        ("\u200dक", [0]),
    ],
)
def test_characters_that_nobody_sees(text, places):
    assert invisible_offsets(text) == places


def test_a_character_is_named():
    assert describe_character("\u200b") == "ZERO WIDTH SPACE (U+200B)"
    assert describe_character("\x07") == "a control character (U+0007)"


@pytest.mark.parametrize(
    ("cell", "marked"),
    [
        ("=1", "'=1"),
        ("@a", "'@a"),
        ("\ta", "'\ta"),
        ("+a", "'+a"),
        ("-a", "'-a"),
        ("＝a", "'＝a"),
        ("'=1", "''=1"),
        ("-1.5", "-1.5"),
        ("+2,000", "+2,000"),
        ("-1e-5%", "-1e-5%"),
        ("-1-1", "'-1-1"),
        ("'tis", "'tis"),
        ("a=1", "a=1"),
        ("", ""),
        (7, 7),
    ],
)
def test_what_a_spreadsheet_would_run_is_marked(cell, marked):
    table = escape_csv_formulas(pd.DataFrame({cell: [cell]}, index=[cell]))
    assert (table.columns[0], table.index[0], table.iloc[0, 0]) == (marked, marked, marked)
    assert marked == cell or unescape_formula(marked) == cell
    assert cell == 7 or unescape_formula("'tis") == "'tis"
