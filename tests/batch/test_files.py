"""Files as other tools write them: read rightly, as they are or with what is said of them, or refused in one clear line."""

import codecs
import gzip
import io
import json
import os
import random
import tracemalloc
import zipfile

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.cli import main
from analysis.corpus.errors import DataError
from batch import documents, jobs, json_documents, partitions
from batch.documents import PLAIN, Layout
from batch.readers import count_documents, read_documents
from batch.reference import Unreadable
from batch.vectorized import measure_batch
from tests.support.archives import read_rows

TWO = [("00042", "One word."), ("NA", "null")]
ONE = [("1", "The talks began, slowly.")]
CURLY = [("1", "Lanne’s café closed."), ("2", "Fine.")]
PLAIN_CSV = "id,text\n00042,One word.\nNA,null\n"


def packed(content):
    return gzip.compress(content.encode() if isinstance(content, str) else content)


def zipped(content):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("in.csv", content)
    return file.getvalue()


def documents_of(path, layout):
    """(id, text or the fault in its place) of each document."""
    return [(one.id, one.text.reason if isinstance(one.text, Unreadable) else one.text) for one in read_documents(path, layout)]


READ = {
    "semicolons": ("in.csv", 'id;text\n1;"The talks began, slowly."\n', {}, ONE),
    "semicolons, named": ("in.csv", 'id;text\n1;"The talks began, slowly."\n', {"delimiter": ";"}, ONE),
    "bars, other columns": ("in.csv", "no|id|text\n7|1|The talks began, slowly.\n", {}, ONE),
    "a sign that is not looked for": ("in.csv", "id^text\n1^The talks began, slowly.\n", {"delimiter": "^"}, ONE),
    "tabs": ("in.tsv", "id\ttext\n1\tThe talks began, slowly.\n", {}, ONE),
    "tabs, named CSV": ("in.csv", "id\ttext\n1\tThe talks began, slowly.\n", {}, ONE),
    "commas, named TSV": ("in.tsv", PLAIN_CSV, {}, TWO),
    "a delimiter told to Excel": ("in.csv", "sep=;\nid;text\n1;The talks began, slowly.\n", {}, ONE),
    "a delimiter told to Excel, with its mark": ("in.csv", "\ufeff\"sep=|\"\r\nid|text\r\n1|The talks began, slowly.\r\n", {}, ONE),
    "UTF-16 from Windows": ("in.csv", codecs.BOM_UTF16_LE + PLAIN_CSV.replace("\n", "\r\n").encode("utf-16-le"), {}, TWO),
    "UTF-16, big end first": ("in.csv", codecs.BOM_UTF16_BE + PLAIN_CSV.encode("utf-16-be"), {}, TWO),
    "UTF-16 without a mark": ("in.csv", PLAIN_CSV.encode("utf-16-le"), {"encoding": "utf-16-le"}, TWO),
    "UTF-32": ("in.csv", codecs.BOM_UTF32_LE + PLAIN_CSV.encode("utf-32-le"), {}, TWO),
    "UTF-16 lines of JSON": ("in.jsonl", codecs.BOM_UTF16_LE + '{"id": "1", "text": "The talks began, slowly."}\n'.encode("utf-16-le"), {}, ONE),
    "UTF-8 with its mark": ("in.csv", codecs.BOM_UTF8 + PLAIN_CSV.encode(), {"encoding": "utf-8"}, TWO),
    "Windows-1252": ("in.csv", "id,text\n1,Lanne’s café closed.\n2,Fine.\n".encode("cp1252"), {"encoding": "windows-1252"}, CURLY),
    "columns of other names": ("in.csv", "doc_id,body\n00042,One word.\nNA,null\n", {"id": "doc_id", "text": "body"}, TWO),
    "keys of other names": ("in.jsonl", '{"key": "1", "t": "The talks began, slowly."}', {"id": "key", "text": "t"}, ONE),
    "columns with spaces and capitals": ("in.csv", "ID , Text\n00042,One word.\nNA,null\n", {}, TWO),
    "keys with capitals": ("in.json", '[{"Id": "1", "TEXT": "The talks began, slowly."}]', {}, ONE),
    "a column of nearly the same name": ("in.csv", "ID,id,text\nx,00042,One word.\ny,NA,null\n", {}, TWO),
    "an array": ("in.json", '[{"id": "00042", "text": "One word."},\n {"id": "NA", "text": "null"}]\n', {}, TWO),
    "an array, named JSON lines": ("in.jsonl", '\n [{"id": "00042", "text": "One word."}, {"id": "NA", "text": "null"}]', {}, TWO),
    "lines, named JSON": ("in.json", '{"id": "00042", "text": "One word."}\n{"id": "NA", "text": "null"}', {}, TWO),
    "an empty array": ("in.json", " [ ] ", {}, []),
    "NaN for what is missing": ("in.json", '[{"id": NaN, "text": NaN}]', {}, [(None, None)]),
    "no object in an array": ("in.json", '[{"id": "1", "text": "One."},\n[{"id": "2"}], 3]', {}, [("1", "One."), (None, "line 2 is no JSON object"), (None, "line 2 is no JSON object")]),
    "a key twice": ("in.jsonl", '{"id": "1", "text": "One."}\n{"id": "2", "id": "3", "text": "Two."}', {}, [("1", "One."), (None, "line 2 has the key 'id' twice")]),
    "a broken line of JSON": ("in.jsonl", '{"id": "1", "text": "One."}\n{"id": "2", "text": "Two.",}\n{"id": "3", "text": "Three."}', {}, [("1", "One."), (None, "line 2 is no JSON (Expecting property name enclosed in double quotes, column 28)"), ("3", "Three.")]),
    "packed CSV": ("in.csv.gz", packed(PLAIN_CSV), {}, TWO),
    "packed in two goes": ("in.CSV.GZ", packed("id,text\n00042,One word.\n") + packed("NA,null\n"), {}, TWO),
    "packed lines of JSON": ("in.jsonl.gz", packed('{"id": "1", "text": "The talks began, slowly."}\n'), {}, ONE),
    "packed UTF-16": ("in.tsv.gz", packed(codecs.BOM_UTF16_LE + PLAIN_CSV.replace(",", "\t").encode("utf-16-le")), {}, TWO),
    "line ends of three kinds": ("in.csv", "id,text\r00042,One word.\r\nNA,null\n", {}, TWO),
    "rows of other lengths": ("in.csv", "id,text\n00042,One word.\nx\n", {}, [TWO[0], ("x", "the row that ends in line 3 has 1 fields, the header 2")]),
    "a quotation mark inside a field": ("in.csv", 'id,text\n1,The 5" pipe burst\n', {}, [("1", 'The 5" pipe burst')]),
    "a field of ten million characters": ("in.csv", "id,text\n1," + "word " * 2_000_000 + "\n", {}, [("1", "word " * 2_000_000)]),
    "ids that are missing or white space": ("in.csv", "id,text\n,One.\n,Two.\n ,Three.\n ,Four.\n", {}, [("", "One."), ("", "Two."), (" ", "Three."), (" ", "Four.")]),
    "a NUL inside": ("in.csv", "id,text\n1,One.\n2\0,T\0wo.\n", {}, [("1", "One."), ("2\0", "T\0wo.")]),
    "only a header": ("in.csv", "id,text\n", {}, []),
    "an empty file of JSON lines": ("in.jsonl", "", {}, []),
}  # fmt: skip

REFUSED = {
    "no columns": ("in.csv", "doc_id,body\n1,One.\n", {}, "has not one column id and one column text; its columns are doc_id, body"),
    "no columns, parted by semicolons": ("in.csv", "doc;body;more, really\n1;One.;x\n", {}, "its columns are doc, body, more, really"),
    "no such column": ("in.csv", PLAIN_CSV, {"text": "body"}, "has not one column body; its columns are id, text"),
    "another delimiter than is said": ("in.csv", PLAIN_CSV, {"delimiter": ";"}, "its column is id,text"),
    "many columns": ("in.csv", ",".join(f"c{number}" for number in range(30)) + "\n", {}, "c18, c19 and 10 more"),
    "a column twice but for capitals": ("in.csv", "Id,ID,text\n1,2,One.\n", {}, "has not one column id; its columns are Id, ID, text"),
    "no keys": ("in.jsonl", '{"doc": "1", "text": "One."}\n', {}, "has not one column id; its columns are doc, text"),
    "an object around the array": ("in.json", '{"data": [{"id": "1", "text": "One."}]}', {}, "its column is data"),
    "one object over many lines": ("in.json", json.dumps({"id": "1", "text": "One."}, indent=1), {}, "holds no document: line 1 is no JSON"),
    "Windows-1252 without a word of it": ("in.csv", "id,text\n1,Fine.\n2,café\n".encode("cp1252"), {}, "is not UTF-8 (byte 21, line 3)"),
    "not UTF-8 behind its mark": ("in.csv", codecs.BOM_UTF8 + b"id,text\n1,caf\xe9\n", {}, "is not UTF-8 (byte 16, line 2)"),
    "JSON that is not UTF-8": ("in.jsonl", '{"id": "1", "text": "café"}'.encode("cp1252"), {}, "is not UTF-8 (byte 24, line 1)"),
    "UTF-8 that is cut": ("in.csv", "id,text\n1,café".encode()[:-1], {}, "is not UTF-8 (byte 13, line 2)"),
    "UTF-8 that is cut late, packed": ("in.csv.gz", packed(("id,text\n" + "1,é\n" * 600_000).encode() + b"\xc3"), {}, f"is not UTF-8 (byte {8 + 5 * 600_000}, line 600002)"),
    "bytes that Windows-1252 has not": ("in.csv", b"id,text\n1,\x81\n", {"encoding": "windows-1252"}, "is not WINDOWS-1252 (byte 10, line 2)"),
    "UTF-16 that is cut": ("in.csv", codecs.BOM_UTF16_LE + "id,text\n1,x".encode("utf-16-le") + b"x", {}, "is not UTF-16-LE (byte 24, line 2)"),
    "UTF-16 unsaid": ("in.csv", PLAIN_CSV.encode("utf-16-le"), {}, "holds a NUL character in line 1, as UTF-16 does"),
    "an empty file": ("in.csv", "", {}, "has not one column id and one column text; it has none"),
    "blank lines": ("in.tsv", "\n\n", {}, "it has none"),
    "an empty file of JSON": ("in.json", "", {}, "is empty"),
    "its header again": ("in.csv", PLAIN_CSV + PLAIN_CSV, {}, "has its header again in line 4"),
    "a quotation mark that never closes, of tabs": ("in.tsv", 'id\ttext\n1\t"One.\n2\tTwo.\n', {}, "has a quotation mark in line 2, column 3, which opens"),
    "and of semicolons, told to Excel": ("in.csv", 'sep=;\nid;text\n1;"One.\n2;Two.\n', {}, "has a quotation mark in line 3, column 3, which opens"),
    "packed and cut": ("in.csv.gz", packed(PLAIN_CSV + "x,y\n" * 50)[:-12], {}, "cannot be unpacked (Compressed file ended before"),
    "packed and damaged": ("in.csv.gz", packed(PLAIN_CSV)[:12] + b"\xff" * 30, {}, "cannot be unpacked ("),
    "packed in name only": ("in.csv.gz", PLAIN_CSV, {}, "cannot be unpacked (Not a gzipped file"),
    "packed, unsaid": ("in.csv", packed(PLAIN_CSV), {}, "is packed by gzip"),
    "zipped, unsaid": ("in.csv", zipped(PLAIN_CSV), {}, "is a zip archive, as workbooks of Excel are"),
    "zipped and packed": ("in.csv.gz", packed(zipped(PLAIN_CSV)), {}, "is a zip archive"),
    "Parquet, unsaid": ("in.csv", b"PAR1....PAR1", {}, "is Parquet"),
    "an array with a comma too many": ("in.json", '[{"id": "1", "text": "One."},\n]', {}, "is no JSON in line 2, behind 1 whole documents (Expecting value)"),
    "an array with a comment": ("in.json", '[\n// one\n{"id": "1", "text": "One."}]', {}, "is no JSON in line 2, behind 0 whole documents"),
    "an array without a comma": ("in.json", '[{"id": "1", "text": "One."}\n{"id": "2", "text": "Two."}]', {}, "is no JSON in line 2, behind 1 whole documents (a comma is missing)"),
    "an array that is cut": ("in.json", '[{"id": "1", "text": "One."},\n{"id": "2", "te', {}, "is no JSON in line 2, behind 1 whole documents (Unterminated string"),
    "an array that does not end": ("in.json", '[{"id": "1", "text": "One."}', {}, "behind 1 whole documents (the array does not end)"),
    "two arrays": ("in.json", '[{"id": "1", "text": "One."}]\n[]', {}, "is no JSON in line 2, behind 1 whole documents (more follows behind the array)"),
    "a line end in a string": ("in.json", '[\n{"id": "1", "text": "One.\nTwo."}]', {}, "is no JSON in line 2, behind 0 whole documents (Invalid control character"),
    "nested too deep": ("in.json", "[" * 200_000, {}, "is no JSON in line 1, behind 0 whole documents"),
    "no object anywhere": ("in.json", "[[1], 2]", {}, "holds no document: line 1 is no JSON object"),
    "a table, named JSON lines": ("in.jsonl", PLAIN_CSV, {}, "holds no document: line 1 is no JSON"),
}  # fmt: skip


def put(folder, name, content):
    (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return folder / name


@pytest.mark.promise("archive")
@pytest.mark.parametrize(("name", "content", "said", "expected"), READ.values(), ids=READ)
def test_a_file_is_read_as_it_was_written(tmp_path, name, content, said, expected):
    path, layout = put(tmp_path, name, content), PLAIN._replace(**said)
    assert documents_of(path, layout) == expected
    assert count_documents(path, layout) == len(expected)


@pytest.mark.promise("archive")
@pytest.mark.parametrize(("name", "content", "said", "message"), REFUSED.values(), ids=REFUSED)
def test_a_file_that_cannot_be_read_gets_one_line_and_nothing_is_written(tmp_path, capsys, name, content, said, message):
    path = put(tmp_path, name, content)
    options = [f"--{option}={value}" for option, value in said.items()]
    assert main(["measure", *options, str(path), str(tmp_path / "out.csv")]) == 1
    first, *rest = capsys.readouterr().err.splitlines()
    assert first.startswith(f"{path}: ")
    assert message in first
    assert "Remedy: " in first
    assert rest == ["1 problem found."]
    assert [file.name for file in tmp_path.iterdir()] == [name]


def test_a_folder_and_a_pipe_are_no_files_and_one_that_is_shut_says_so(tmp_path, monkeypatch):
    (tmp_path / "folder.csv").mkdir()
    os.mkfifo(tmp_path / "pipe.csv")
    for name in ("folder.csv", "pipe.csv"):
        with pytest.raises(DataError, match="is no file"):
            count_documents(tmp_path / name)

    def shut(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(documents, "_open_bytes", shut)
    with pytest.raises(DataError, match=r"cannot be read \(Permission denied\)"):
        count_documents(put(tmp_path, "in.csv", PLAIN_CSV))


@pytest.mark.parametrize(
    ("columns", "said", "message"),
    [
        ("[1] AS id, 'x' AS text", {}, r"holds in its column id values of the type INTEGER\[\]"),
        ("1 AS id, {'de': 'x'} AS text", {}, r"holds in its column text values of the type STRUCT"),
        ("1 AS id, 'x'::BLOB AS text", {}, "holds in its column text values of the type BLOB"),
        ('1 AS doc, \'x\' AS "a ""b"""', {}, 'its columns are doc, a "b"'),
        ('1 AS doc, \'x\' AS "a ""b""", [{\'deep\': 1}] AS more', {"id": "doc", "text": 'a "b"'}, None),
    ],
)
def test_columns_of_parquet_hold_one_value_a_row(tmp_path, columns, said, message):
    duckdb.sql(f"COPY (SELECT {columns}) TO '{tmp_path}/in.parquet' (FORMAT parquet)")
    path, layout = tmp_path / "in.parquet", PLAIN._replace(**said)
    if message is None:
        assert documents_of(path, layout) == [(1, "x")]
    else:
        with pytest.raises(DataError, match=message):
            count_documents(path, layout)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)


@given(st.lists(JSON, max_size=5), st.sampled_from([None, 0, 1]), st.booleans(), st.integers(1, 30))
def test_an_array_is_read_in_parts_as_in_one(values, indent, is_ascii, size):
    text = json.dumps(values, indent=indent, ensure_ascii=is_ascii)
    whole, json_documents.READ_CHARS = json_documents.READ_CHARS, size
    try:
        found = list(json_documents._array_values("in.json", io.StringIO(text)))
    finally:
        json_documents.READ_CHARS = whole
    assert [value for value, _ in found] == values
    if indent is not None:
        assert [line for _, line in found] == [
            2 + sum(json.dumps(one, indent=indent).count("\n") + 1 for one in values[:n]) for n in range(len(values))
        ]


@pytest.mark.parametrize(
    ("name", "before", "between", "behind"), [("in.json", "[", ",", "]"), ("in.csv.gz", "id,text\n", "\n", ""), ("in.jsonl", "", "\n", "")]
)
def test_memory_does_not_grow_with_the_file(tmp_path, name, before, between, behind):
    def peak(n):
        rows = [
            json.dumps({"id": number, "text": "word " * 2000}) if "json" in name else f"{number},{'word ' * 2000}" for number in range(n)
        ]
        content = before + between.join(rows) + behind
        path = put(tmp_path, name, packed(content) if name.endswith(".gz") else content)
        del rows, content
        tracemalloc.start()
        assert sum(1 for _ in read_documents(path, PLAIN)) == n
        used = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return used

    few, many = peak(500), peak(2000)  # 5 and 20 MB of text
    assert many < few * 1.2
    assert many < 8_000_000


@pytest.mark.parametrize("suffix", [".parquet", ".csv", ".tsv", ".jsonl", ".json", ".csv.gz", ".tsv.gz", ".jsonl.gz", ".json.gz"])
def test_measures_are_written_in_every_form(tmp_path, capsys, suffix):
    ids = random.Random(3).sample(range(10_000), 50)
    path = put(tmp_path, "in.csv", "id;text\n" + "".join(f"{one:05};The talks of {one} went on.\n" for one in ids) + "x;y;z\n")
    assert main(["measure", str(path), str(tmp_path / f"out{suffix}")]) == 0
    assert capsys.readouterr().out == f"51 read, 50 measured, 1 with an error (its column error says which): {tmp_path}/out{suffix}\n"
    source = f"read_json('{tmp_path}/out{suffix}')" if "json" in suffix else f"'{tmp_path}/out{suffix}'"
    found = read_rows(tmp_path / f"out{suffix}") if "json" not in suffix else duckdb.sql(f"SELECT * FROM {source}").df()
    assert [str(one).zfill(5) for one in found.id[:50]] == [f"{one:05}" for one in ids]
    assert set(found.n_words[:50].astype(int)) == {6}


@pytest.mark.parametrize(
    ("option", "said"),
    [
        ("--delimiter=ab", "'ab' is no delimiter; give one sign"),
        ('--delimiter="', "is no delimiter"),
        ("--encoding=klingon", "'klingon' is no encoding"),
        ("--encoding=hex", "'hex' is no encoding"),
    ],
)
def test_what_is_said_of_a_file_must_be_possible(tmp_path, capsys, option, said):
    with pytest.raises(SystemExit) as ended:
        main(["measure", option, str(put(tmp_path, "in.csv", PLAIN_CSV)), str(tmp_path / "out.csv")])
    assert ended.value.code == 2
    assert said in capsys.readouterr().err


def test_what_is_measured_is_kept_for_one_way_of_reading_alone(tmp_path, monkeypatch):
    path = put(tmp_path, "in.csv", "id,text,body\n1,One.,One two.\n")
    monkeypatch.setattr(jobs, "_join", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        jobs.measure_file(path, tmp_path / "out.csv")
    monkeypatch.undo()
    assert jobs.measure_file(path, tmp_path / "out.csv", layout=Layout(text="body")) == (1, 0)
    assert read_rows(tmp_path / "out.csv").n_words.tolist() == [2]


def test_a_file_that_changes_meanwhile_and_a_row_that_is_lost_are_told(tmp_path, monkeypatch):
    monkeypatch.setattr(partitions, "PARTITION_DOCUMENTS", 100)
    file, target = put(tmp_path, "in.csv", "id,text\n" + "".join(f"{number},One.\n" for number in range(300))), tmp_path / "out.csv"
    target.write_text("as it was")

    def grows(done, _total, _words):
        if done == 200:
            with open(file, "a") as more:
                more.write("300,One more.\n")

    with pytest.raises(DataError, match=r"in.csv: was changed while it was read\. Remedy: run the same command again"):
        jobs.measure_file(file, target, progress=grows)
    assert target.read_text() == "as it was"
    monkeypatch.setattr(partitions, "measure_batch", lambda ids, texts, rules: measure_batch(ids[1:], texts[1:], rules))
    with pytest.raises(DataError, match=r"parts: holds 297 rows for 301 documents that were read\. Remedy: delete the folder"):
        jobs.measure_file(file, target)
    assert target.read_text() == "as it was"
