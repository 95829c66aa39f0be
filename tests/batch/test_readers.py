"""Reading documents: what is said of each, and which files are refused, with the place and the remedy."""

import duckdb
import pytest

from analysis.corpus.errors import DataError
from batch import documents, readers
from batch.readers import count_documents, id_type, read_documents
from batch.reference import Unreadable
from tests.support.archives import write_documents

SUFFIXES = [".parquet", ".csv", ".jsonl"]


def read(path):
    """(id, text or the fault in its place) of each document."""
    return [(one.id, one.text.reason if isinstance(one.text, Unreadable) else one.text) for one in read_documents(path)]


def refusal(path):
    """What is said where a file is refused, by counting its documents as by reading them."""
    with pytest.raises(DataError) as caught:
        count_documents(path)
    (problem,) = caught.value.problems
    assert problem.file == str(path)
    assert problem.remedy
    return problem.message


@pytest.mark.parametrize(
    ("content", "documents"),
    [
        (
            b"id,text\n00042,One word.\nNA,null\n1e5,None\n,no id\n",
            [("00042", "One word."), ("NA", "null"), ("1e5", "None"), ("", "no id")],
        ),
        (b'text,id\r\n"He said ""no"".\r\nThen, yes.",a\r\n\r\n5" pipe,b', [("a", 'He said "no".\r\nThen, yes.'), ("b", '5" pipe')]),
        (b'\xef\xbb\xbf"id","text"\n"a",""\nb,"x""y"\n', [("a", ""), ("b", 'x"y')]),
        (
            b"id,text\nb\nc,four,five\n",
            [
                ("b", "the row that ends in line 2 has 1 fields, the header 2"),
                ("c", "the row that ends in line 3 has 3 fields, the header 2"),
            ],
        ),
    ],
)
def test_a_csv_file_is_read_as_it_is_written(tmp_path, content, documents):
    (tmp_path / "in.csv").write_bytes(content)
    assert read(tmp_path / "in.csv") == documents
    assert count_documents(tmp_path / "in.csv") == len(documents)


@pytest.mark.promise("archive")
@pytest.mark.parametrize(
    ("content", "line", "column"),
    [
        ('id,text\n1,"He said hello and left.\n2,Second document.\n3,Third document.\n', 2, 3),
        ('id,text\n"1,One.\n2,Two.\n', 2, 1),
        ('id,"text\n1,One.\n', 1, 4),
        ('\ufeff"id,text\n1,One.\n', 1, 1),
        ('id,text\n1,"One.\nTwo."\n2,"Three.\n3,Four.\n', 4, 3),
        ('id,more,text\r\n1,"a ""b"" c","open\r\n2,d,e\r\n', 2, 15),
        ('id,more,text\r\n1,"a\r\nb","c", "d"\r\n2,"e\r\nf","open\r\n', 5, 4),
        ('id,text\n1,"One.\n2,"Two."\n', 2, 3),
        ('id,text\n1,"One" and two.\n2,Three.\n', 2, 3),
        ('id,text\n1,"One.', 2, 3),
        ('id,text\n1,"', 2, 3),
    ],
)
def test_a_quotation_mark_that_does_not_close_its_field_is_named(tmp_path, content, line, column):
    (tmp_path / "in.csv").write_bytes(content.encode())
    assert f"has a quotation mark in line {line}, column {column}, which opens a field" in refusal(tmp_path / "in.csv")


@pytest.mark.parametrize(
    ("field", "said"),
    [('"long\n' + "x\n" * 90, "quotation mark in line 3, column 3"), ("x" * 101 + "\n", "has more than 100 characters in line 3")],
)
def test_a_field_takes_in_no_more_than_its_most(tmp_path, monkeypatch, field, said):
    monkeypatch.setattr(documents, "MAX_FIELD_CHARS", 100)
    (tmp_path / "in.csv").write_text(f"id,text\n1,One.\n2,{field}3,Three.\n")
    assert said in refusal(tmp_path / "in.csv")


@pytest.mark.promise("archive")
@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize(
    ("ids", "twice"),
    [(["a", "a"], ("a", 1, 2)), (["b", "a", None, "c", "a", "b"], ("a", 2, 5)), ([*map(str, range(3000)), "7"], ("7", 8, 3001))],
)
def test_an_id_that_comes_twice_is_named_with_both_places(tmp_path, suffix, ids, twice):
    path = write_documents(tmp_path / f"in{suffix}", ids, ["One."] * len(ids))
    identity, *places = twice
    first, second = (place + (suffix == ".csv") for place in places)  # a line for the header
    assert refusal(path) == f"has the id '{identity}' twice, in {'rows' if suffix == '.parquet' else 'lines'} {first} and {second}"


def test_ids_are_compared_as_they_are_written(tmp_path):
    (tmp_path / "in.jsonl").write_text('{"id": 1, "text": ""}\n\n{"id": "1"}\n')
    assert refusal(tmp_path / "in.jsonl") == "has the id '1' twice, in lines 1 and 3"
    (tmp_path / "in.csv").write_text('id,text\n1,"One.\nTwo."\n2,Three.\n1,Four.\n')
    assert refusal(tmp_path / "in.csv") == "has the id '1' twice, in lines 2 and 5"
    path = write_documents(tmp_path / "in.parquet", [3, 1, 3], ["One.", "Two.", "Three."])
    assert refusal(path) == "has the id '3' twice, in rows 1 and 3"
    assert id_type(path) == "BIGINT"


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_documents_without_an_id_and_ids_that_look_alike_pass(tmp_path, monkeypatch, suffix):
    ids = [None, "a", None, "A", " a", "", "a ", "", "01", "1"]
    path = write_documents(tmp_path / f"in{suffix}", ids, ["One."] * len(ids))
    assert count_documents(path) == len(ids)
    monkeypatch.setattr(readers, "hash", lambda _identity: 7, raising=False)  # all digests collide
    assert count_documents(path) == len(ids)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("none.csv", None, "is no file"),
        ("in.txt", "x", "is none of .parquet, .csv, .tsv, .jsonl, .json, .csv.gz"),
        ("columns.csv", "no,text\n", "has not one column id"),
        ("twice.csv", "text,id,text\n", "has not one column text"),
        ("empty.csv", "", "has not one column id and one column text; it has none"),
        ("broken.parquet", "PAR1", "cannot be read as Parquet ("),
    ],
)
def test_a_file_that_holds_no_documents_is_refused(tmp_path, name, content, said):
    if content is not None:
        (tmp_path / name).write_text(content)
    assert refusal(tmp_path / name).startswith(said)


def test_parquet_files_need_both_columns_and_hold_texts_of_any_plain_type(tmp_path):
    duckdb.sql(f"COPY (SELECT 1 AS id) TO '{tmp_path}/in.parquet' (FORMAT parquet)")
    assert refusal(tmp_path / "in.parquet") == "has not one column text; its column is id"
    duckdb.sql(f"COPY (SELECT 1 AS id, 5 AS text UNION ALL SELECT 2, NULL) TO '{tmp_path}/in.parquet' (FORMAT parquet)")
    assert read(tmp_path / "in.parquet") == [(1, 5), (2, None)]


def test_each_line_of_json_is_a_document_or_says_why_not(tmp_path):
    lines = [
        b'{"id": "a", "text": "One."}',
        b"nonsense",
        b"[1]",
        b'{"text": "Two."}',
        b'{"id": [7], "text": 3}',
        b"",
        b"[" * 100_000,
        b'{"id": "\\ud800", "text": "\\ud800"}',
        b'{"id": "b"}',
    ]
    (tmp_path / "in.jsonl").write_bytes(b"\n".join(lines))
    found = [(identity, text[:16] if isinstance(text, str) else text) for identity, text in read(tmp_path / "in.jsonl")]
    assert found == [
        ("a", "One."),
        (None, "line 2 is no JSO"),
        (None, "line 3 is no JSO"),
        (None, "Two."),
        ("[7]", 3),
        (None, "line 7 is no JSO"),
        ("\\ud800", "\ud800"),
        ("b", None),
    ]
    assert count_documents(tmp_path / "in.jsonl") == len(found)
