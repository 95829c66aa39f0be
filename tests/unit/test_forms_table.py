"""Tables of quotations: there and back, read by the module csv; as spreadsheets of several countries write them; files that are none."""

import csv
import io

import pytest
from hypothesis import given

from analysis.coding.annotations import Annotation, code_columns, coded_annotations
from analysis.corpus.errors import DataError
from analysis.intake.codes import CodeError, resolve_codes
from analysis.intake.forms import WRITERS, read_annotations, write_annotations
from analysis.intake.quote_table import write_quote_table
from tests.support.annotations import carried, coded_texts, readings
from tests.support.hostile import PARTS
from tests.support.small import study as small_study

TEXT = "arden1987"


def read(tmp_path, corpus, content, columns=None, source_id=TEXT):
    path = tmp_path / "a.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_annotations(path, corpus, source_id, columns)


def refused(tmp_path, corpus, content, columns=None):
    with pytest.raises(DataError) as error:
        read(tmp_path, corpus, content, columns)
    assert all(problem.file == "a.csv" and problem.remedy for problem in error.value.problems)
    return [(problem.row, problem.message) for problem in error.value.problems]


def test_every_reading_of_every_text_goes_there_and_back(study, tmp_path):
    for source_id, which, given_ones in readings(study):
        path = tmp_path / f"{source_id}-{which}.csv"
        write_annotations(path, "csv", study, source_id, given_ones)
        back = read_annotations(path, study, source_id)
        assert [one._replace(row=0) for one in back.annotations] == [one._replace(row=0) for one in given_ones]
        assert back.left_out == []


def test_the_module_csv_reads_what_is_written(study):
    given_ones = coded_annotations(study, TEXT)
    written = list(csv.DictReader(io.StringIO(write_quote_table(TEXT, given_ones).decode("utf-8-sig"), newline=""), strict=True))
    assert [row["quote"].lstrip("'") for row in written] == [one.quote.lstrip("'") for one in given_ones]
    assert {row["text"] for row in written} == {TEXT}
    assert [(int(row["start"]), int(row["end"])) for row in written] == [(one.start, one.end) for one in given_ones]
    assert [row["level"] for row in written if row["coding"] == "provisions"] == [
        one.codes["level"] for one in given_ones if one.coding == "provisions"
    ]


@given(coded_texts())
def test_any_text_and_any_code_go_there_and_back(tmp_path_factory, coded):
    corpus, given_ones = coded
    words = [one for one in given_ones if one.quote.strip()]
    path = tmp_path_factory.mktemp("any") / "a.csv"
    write_annotations(path, "csv", corpus, "t", words)
    assert carried(read_annotations(path, corpus, "t").annotations) == carried(words)


def test_no_cell_is_a_formula_and_hostile_words_stay_words(tmp_path):
    raw = " and ".join(PARTS.values())
    corpus = small_study({"t": raw})
    given_ones = [
        Annotation(row, "claims", part, {"claim": part}, "", raw.index(part), raw.index(part) + len(part))
        for row, part in enumerate([*PARTS.values(), "=cmd"], start=1)
    ]
    write_annotations(tmp_path / "a.csv", "csv", corpus, "t", given_ones)
    cells = [cell for row in csv.reader(io.StringIO((tmp_path / "a.csv").read_text(encoding="utf-8-sig"), newline="")) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    assert carried(read_annotations(tmp_path / "a.csv", corpus, "t").annotations) == carried(given_ones)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_delimiter_encoding_and_line_ends_are_found(study, tmp_path, delimiter, encoding, end):
    rows = [["Quote", "CODE", "position"], ['"“Vesk will pay no toll,”"', '"K2; proposed"', '"says ""no"", and more; so"']]
    content = ("\ufeff" if encoding == "utf-16-be" else "") + end.join(delimiter.join(row) for row in rows) + end
    result = read(tmp_path, study, content.encode(encoding))
    codes = {"dimension": "K2", "level": "proposed", "position": 'says "no", and more; so'}
    assert result == ([Annotation(2, "provisions", "“Vesk will pay no toll,”", codes)], [], ())


def test_windows_1252_is_read_with_a_remark(study, tmp_path):
    result = read(tmp_path, study, 'quote,code\n“consult”,"K4"\n'.encode("cp1252"))
    assert result.annotations[0].quote == "“consult”"
    assert "Windows-1252" in result.left_out[0]


def test_a_first_line_that_names_the_delimiter_is_heeded(study, tmp_path):
    assert read(tmp_path, study, "sep=;\nquote;code\nno toll, he said;K2\n").annotations[0].quote == "no toll, he said"


def test_columns_are_named_by_the_caller_and_unknown_ones_are_listed(study, tmp_path):
    content = "Zitat,Kode,Level,Farbe\nno toll,K2,proposed,red\n"
    result = read(tmp_path, study, content, {"quote": "zitat", "code": "Kode"})
    assert result.annotations == [Annotation(2, "provisions", "no toll", {"dimension": "K2", "level": "proposed"})]
    assert result.left_out == ["The column 'Farbe' is none of ours, left out."]
    assert refused(tmp_path, study, content) == [(1, "has no column for the quotations (it has Zitat, Kode, Level, Farbe)")]
    assert refused(tmp_path, study, content, {"quote": "Satz"}) == [(1, "has no column 'Satz'")]
    assert refused(tmp_path, study, content, {"words": "Zitat"}) == [(None, "a column cannot be read as 'words'")]
    assert refused(tmp_path, study, "quote,QUOTE\na,b\n") == [(1, "stands twice in the header")]


def test_rows_without_a_code_are_skipped_and_said_and_empty_ones_are_not(study, tmp_path):
    result = read(tmp_path, study, "quote,code,start\nno toll,K2,\nten boats,,3\n,,\nharbour,,\n")
    assert len(result.annotations) == 1
    assert result.left_out == ["Without a code, skipped: row 3, 5."]


def test_the_text_may_be_named_by_id_short_name_or_file(study, tmp_path):
    for name in ("arden1987", "Arden 1987", "ARDEN1987.txt", "sources/arden1987.txt", ""):
        assert len(read(tmp_path, study, f"text,quote,code\n{name},no toll,K2\n").annotations) == 1
    assert refused(tmp_path, study, "text,quote,code\nBrill 1987,no toll,K2\n") == [(None, "annotates brill1987, not arden1987")]
    assert refused(tmp_path, study, "text,quote,code\nNobody,no toll,K2\n") == [(2, "names the text 'Nobody', which is none")]
    both = read(tmp_path, study, "text,quote,code\nBrill 1987,no toll,K2\narden1987,no toll,K2\n")
    assert [one.row for one in both.annotations] == [3]
    assert both.left_out == ["Of another text (brill1987), left out: row 2."]


@pytest.mark.parametrize(
    ("content", "row", "message"),
    [
        ('quote,code\nno toll,"K2\nten boats,K3\n', None, "a quotation mark in line 2, column 9, that opens a field and is never closed"),
        ('quote,code\n"no" toll,K2\n', 2, "is not a CSV table from line 2 on"),
        ("quote,code\nno toll,K2,x,y\n", 2, "has 4 fields, the header 2"),
        ("quote,code\n,K2\n", 2, "has codes and no quotation"),
        ("quote,code,start\nno toll,K2,-3\n", 2, "has '-3' as start"),
        ("quote,code\nno toll,K22\n", 2, "'K22' is no coding and no code"),
        ("quote,code\nno toll,Orlo\n", 2, "'Orlo' can be provisions/holder"),
        ("quote,coding\nno toll,provision\n", 2, "'provision' is no coding"),
        ("quote,coding,actor\nno toll,provisions,Orlo\n", 2, "fills actor, which provisions does not have"),
        (b"quote,code\nno \x81,K2\n", None, "is neither UTF-8 nor Windows-1252"),
        ("quote,code\nno\0toll,K2\n", None, "is a binary file"),
        ("quote,code\nno\0toll,K2\n".encode("utf-16"), None, "is a binary file"),
        (b"\xff\xfea", None, "is no utf-16"),
        ("quote," + "x" * 200_000 + "\n", 1, "field larger than field limit"),
    ],
)
def test_a_broken_table_gets_one_clear_error(study, tmp_path, content, row, message):
    ((found_row, found),) = refused(tmp_path, study, content)
    assert found_row == row
    assert message in found


def test_every_wrong_row_is_named(study, tmp_path):
    found = refused(tmp_path, study, "quote,code\nno toll,nix\nno toll,K2\nten boats,nox\n")
    assert [row for row, _ in found] == [2, 4]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty"),
        (b"  \n\n", "is empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "is a binary file"),
        (b"PK\x03\x04nothing", "cannot be unpacked"),
        (b"<html><body>no toll</body></html>", "is XML, but no XMI"),
        (b"x" * 5_000_001, "has 5,000,001 bytes"),
        (b"Dear all,\nhere are my codes.\n", "has no column for the quotations"),
    ],
)
def test_a_file_in_no_form_gets_one_clear_error_whatever_it_is_called(study, tmp_path, content, message):
    for name in ("a.csv", "a.json", "a.xmi", "a.zip", "=a<b>.txt"):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(DataError, match=message) as error:
            read_annotations(tmp_path / name, study, TEXT)
        assert [problem.file.rpartition("/")[2] for problem in error.value.problems] == [name]


@pytest.mark.parametrize("form", WRITERS)
def test_the_form_is_found_by_the_content_and_the_same_bytes_are_written(study, tmp_path, form):
    given_ones = coded_annotations(study, TEXT)
    for name in ("a.dat", "b.csv"):
        write_annotations(tmp_path / name, form, study, TEXT, given_ones)
        assert carried(read_annotations(tmp_path / name, study, TEXT).annotations) == carried(given_ones)
    assert (tmp_path / "a.dat").read_bytes() == (tmp_path / "b.csv").read_bytes()


def test_what_exists_is_not_written_over_and_unknown_names_are_refused(study, tmp_path):
    (tmp_path / "a.csv").write_text("mine")
    for path, form, source_id, message in [
        (tmp_path / "a.csv", "csv", TEXT, "exists already"),
        (tmp_path / "b.csv", "tei", TEXT, "is no form of annotations"),
        (tmp_path / "b.csv", "csv", "nobody1987", "is no text"),
    ]:
        with pytest.raises(DataError, match=message):
            write_annotations(path, form, study, source_id, [])
    with pytest.raises(DataError, match="is no text"):
        read_annotations(tmp_path / "a.csv", study, "nobody1987")
    with pytest.raises(DataError, match="is missing"):
        read_annotations(tmp_path / "none.csv", study, TEXT)
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("a.csv", "mine")]


@pytest.mark.parametrize(
    ("tags", "found"),
    [
        (["K1"], ("provisions", {"dimension": "K1"})),
        (["k1", "AGREED"], ("provisions", {"dimension": "K1", "level": "agreed"})),
        (["holder: Orlo", "K1"], ("provisions", {"holder": "Orlo", "dimension": "K1"})),
        (["author", "K1"], None),
        (["author", "Orlo", "K1"], ("provisions", {"voice": "author", "holder": "Orlo", "dimension": "K1"})),
        (["Orlo", "K1", "voice: author"], ("provisions", {"holder": "Orlo", "dimension": "K1", "voice": "author"})),
        (["Orlo", "blamed"], ("responsibility", {"actor": "Orlo", "valence": "blamed"})),
        (["strengths/holder: Orlo"], ("strengths", {"holder": "Orlo"})),
        (["frames: cause"], ("frames", {"function": "cause"})),
        (["source checks/statement: It is: so"], ("source_checks", {"statement": "It is: so"})),
        (["people", "name: Bo Lund", "kind: person"], ("people", {"name": "Bo Lund", "kind": "person"})),
        (["benchmark_events", "label: a raid"], ("benchmark_events", {"label": "a raid"})),
        ([], None),
    ],
)
def test_tags_resolve_by_the_codebook(study, tags, found):
    if found:
        assert resolve_codes(study, tags) == found
    else:
        with pytest.raises(CodeError):
            resolve_codes(study, tags)


def test_every_value_of_every_coding_resolves_with_its_column(study):
    for one in coded_annotations(study, TEXT):
        tags = [f"{one.coding}/{column}: {value}" for column, value in one.codes.items()]
        assert resolve_codes(study, tags) == (one.coding, one.codes)
        assert set(one.codes) <= set(code_columns(one.coding))
