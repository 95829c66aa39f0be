"""Files of annotations of each form that are broken, hostile or of another text: one clear error, and no byte of the data folder changes."""

import io
import json
import struct
import zipfile

import pytest

from analysis.corpus.reader import load_corpus
from tests.support.coded_words import ID, TAGS, WORDS, json_cas, placed, quoted, web

HEADER, ROW = "quote,coding,function,summary,voice", f"{WORDS},frames,problem,the talks ended,author"

pytestmark = pytest.mark.promise("bad input")


def nested(depth):
    """An annotation whose selector is refined by one that is refined, and so on."""
    return (
        '{"tags":["frames"],"target":{"selector":'
        + '{"type":"TextQuoteSelector","exact":"x","refinedBy":' * depth
        + "1"
        + "}" * (depth + 2)
    )


WEB = {
    "cut off": (web()[:-20], "is no JSON from line 1"),
    "a cut-off line": (f"{web()}\n{web()[:-9]}", "is no JSON from line 1"),
    "no annotation": ("[]", "holds no annotation"),
    "an empty object": ("{}", "holds no annotations (it has nothing)"),
    "another thing": ('{"name": "x", "version": 1}', "(it has name, version)"),
    "numbers": ("[1, 2]", "holds 1 where an annotation belongs"),
    "a long list of texts": (json.dumps(["x" * 5_000]), "where an annotation belongs"),
    "NaN as a place": (web(placed(float("nan"), 3)), "has nan as start"),
    "a fraction as a place": (web(placed(1.5, 3)), "has 1.5 as start"),
    "thousands of digits": (web(placed(7, 9)).replace("7", "7" * 5_000), "thousands of digits"),
    "a place behind the text": (web(placed(10**40, 10**41)), "of a text that has 610"),
    "an end before the start": (web(placed(50, 20)), "selects the characters 50 to 20"),
    "no width": (web(placed(50, 50)), "selects the characters 50 to 50"),
    "no words": (web(quoted("")), "Without words of the text, left out: annotation 1. Remedy"),
    "no tag": (web(tags=[]), "Without a tag, left out: annotation 1. Remedy"),
    "white space": (web(quoted(" \n ")), "occurs nowhere"),
    "a selector that is text": (web("p > q"), "Without words of the text"),
    "deep lists": ("[" * 200_000, "nests too deeply"),
    "deep pages": ('{"items":' * 50_000 + "[]" + "}" * 50_000, "nests too deeply"),
    "deep refinement": (nested(5_000), "nests too deeply"),
    "a tag of another study": (web(tags=["<script>alert(1)</script>"]), "'<script>alert(1)</script>' is no coding and no code"),
    "a path as a tag": (web(tags=["../../etc/passwd: x"]), "is no coding and no code"),
    "a long tag": (web(tags=["x" * 200_000]), "row 1, column tags: 'xxx"),
    "an unknown code": (web(tags=["frames", "function: nonsense", *TAGS[2:]]), "'nonsense' is not in the codebook"),
    "many times the same unknown code": ("[" + ",".join([web(tags=["nonsense"])] * 400) + "]", "'nonsense' is no coding and no code; and 399 more rows"),
    "NUL in a code": (web(tags=[*TAGS, "note: a\0b"]), "column note: holds a control character"),
    "a turn of direction in a code": (web(tags=[*TAGS, "note: a\u202eb"]), "column note: holds RIGHT-TO-LEFT OVERRIDE"),
    "a formula as a code": (web(tags=[*TAGS, "note: =1+1"]), "column note: '=1+1' begins as a formula does"),
    "half a character": (web(tags=[*TAGS, "note: \ud83d"]), "holds half a character"),
    "words that stand there twice": (web(quoted("the talks")), "'the talks' stands 2 times in the text"),
    "words of another text": ("[" + ",".join(web(quoted(words)) for words in ("Islands Near a Deal", "Orlo wants a toll", "Vesk will pay")) + "]",
                              "they are in arden1987"),
    "not in Unicode": (web().replace("ended", "\xe9").encode("latin-1"), "is not UTF-8"),
    "packed": (b"\x1f\x8b\x08" + b"\0" * 30, "is a binary file"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "message"), WEB.values(), ids=WEB)
def test_a_bad_file_of_web_annotations(refused, content, message):
    assert message in refused(content)


TABLES = {
    "a header alone": (HEADER, "holds no annotation"),
    "empty rows": (f"{HEADER}\n,,,,\n", "f.dat: holds no annotation. Remedy"),
    "no code": (f"{HEADER}\n{WORDS},,,,\n", "Without a code, skipped: row 2. Remedy"),
    "cut off": (f"{HEADER}\n{ROW}"[:-15], "has 4 fields, the header 5"),
    "an open mark": (f'{HEADER}\n"{ROW}\n', "opens a field and is never closed"),
    "a column twice": (f"quote,{HEADER}\nx,{ROW}\n", "column quote: stands twice in the header"),
    "NUL": (f"{HEADER}\n{ROW}\0\n", "is a binary file"),
    "UTF-16 without its mark": (f"{HEADER}\n{ROW}\n".encode("utf-16-be"), "is a binary file"),
    "half of UTF-16": (f"{HEADER}\n{ROW}\n".encode("utf-16")[:-1], "is no utf-16"),
    "UTF-32": (f"{HEADER}\n{ROW}\n".encode("utf-32"), "is a binary file"),
    "no encoding": (HEADER.encode() + b"\n\x81,frames,,,\n", "is neither UTF-8 nor Windows-1252"),
    "NaN as a place": (f"start,{HEADER}\nnan,{ROW}\n", "has 'nan' as start"),
    "a fraction as a place": (f"start,{HEADER}\n4.0,{ROW}\n", "has '4.0' as start"),
    "other digits as a place": (f"start,{HEADER}\n\u0664,{ROW}\n", "has '\u0664' as start"),
    "a place before the text": (f"start,{HEADER}\n-1,{ROW}\n", "has '-1' as start"),
    "a place without words": (f"start,end,{HEADER}\n487,505,,frames,problem,x,author\n", "has codes and no quotation"),
    "a long field": (f"{HEADER}\n{'x' * 140_000},frames,problem,x,author\n", "field larger than field limit"),
    "a long code": (f"{HEADER},code\n{ROW},{'z' * 100_000}\n", "row 2: 'zzz"),
    "a hostile id": (f"text,{HEADER}\n../../etc/passwd,{ROW}\n", "names the text '../../etc/passwd', which is none"),
    "a formula": (f"{HEADER}\n{WORDS},frames,problem,=cmd|x,author\n", "column summary: '=cmd|x' begins as a formula does"),
    "an escaped formula": (f"{HEADER}\n{WORDS},frames,problem,'=cmd|x,author\n", "column summary: '=cmd|x' begins as a formula does"),
    "another delimiter": (f"{HEADER}\n{ROW}\n".replace(",", "|"), "has no column for the quotations"),
    "a workbook": (b"PK\x03\x04" + b"x" * 50, "is a zip that cannot be unpacked"),
    "HTML": (f"<table><tr><td>{ROW}", "is XML, but no XMI of a CAS"),
    "the same fault in many rows": (f"{HEADER}\n" + f"{WORDS},frames,nix,x,author\n" * 90, "; and 89 more rows"),
}


@pytest.mark.parametrize(("content", "message"), TABLES.values(), ids=TABLES)
def test_a_bad_table(refused, content, message):
    assert message in refused(content)


def packed(*files):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, inside in files:
            archive.writestr(name, inside)
    return content.getvalue()


def lying():
    """A zip that says that it unpacks to ten bytes, which is not so."""
    content = bytearray(packed(("a.json", b"x" * 1_000_000)))
    place = content.rfind(b"PK\x01\x02")
    content[place + 24 : place + 28] = struct.pack("<I", 10)
    return bytes(content)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (packed(("a.xmi", b"\0" * 60_000_000)), "unpacks to 60,000,000 bytes"),
        (lying(), "cannot be unpacked"),
        (packed(("a.zip", packed(("a.json", "{}")))), "holds 0 documents"),
        (packed(("[Content_Types].xml", "<x/>"), ("xl/workbook.xml", "<x/>")), "holds 0 documents"),
        (packed(("a.json", "{}"), ("b.json", "{}")), "holds 2 documents"),
        (packed(("a.json", "{}"))[:-9], "cannot be unpacked"),
    ],
    ids=["bomb", "lying", "nested", "workbook", "two", "cut off"],
)
def test_a_bad_zip(refused, content, message):
    assert message in refused(content)


def test_what_macs_and_old_systems_put_into_a_zip_harms_nothing(study, take_in):
    code, out, _ = take_in(packed(("__MACOSX/._COLE.JSON", b"\0\5\26\7"), ("COLE.JSON", json.dumps(json_cas(study)))))
    assert code == 0
    assert "1 row of study/codings/frames.pass1.csv" in out


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le-bom"])
@pytest.mark.parametrize("form", ["web", "cas"])
def test_a_byte_order_mark_and_utf_16_are_no_fault(study, take_in, form, encoding):
    text = web() if form == "web" else json.dumps(json_cas(study))
    content = ("\ufeff" + text).encode("utf-16-le") if encoding == "utf-16-le-bom" else text.encode(encoding)
    code, out, _ = take_in(content)
    assert code == 0
    assert "1 row of study/codings/frames.pass1.csv" in out


@pytest.mark.parametrize(
    "words",
    [
        "Its\u00a0premier,\r\nUna Rell",  # spaces and line ends of a page
        "\u201ca \u2018paper toll\u2019 is no toll\u201d",  # the marks of typesetters
        "The block\u00adade be\u200bgan",  # hyphens and breaks that nobody sees
    ],
)
def test_words_are_found_whatever_the_form_in_which_a_tool_has_them(folder, take_in, words):
    code, _, errors = take_in(web(quoted(words)))
    assert code == 0, errors
    (row,) = load_corpus(folder).tables["codings/frames.csv"].query("source_id == @ID").itertuples()
    assert load_corpus(folder).raw[ID][row.start : row.end] == row.quote
