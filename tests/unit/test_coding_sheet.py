"""The sheet on which a person codes a text blind: what it shows, what of it is taken in, and how far it agrees, worked out by hand."""

import codecs
import csv
import io
from dataclasses import replace

import pandas as pd
import pytest

from analysis.cli import main
from analysis.coding.passes import person_codings
from analysis.coding.reliability import BETWEEN_CODERS, agreement_for_readers, agreement_table
from analysis.coding.sheets import blank_sheet, read_sheet, write_sheet
from analysis.corpus.reader import load_corpus
from analysis.corpus.segment import sentences
from analysis.display.numbers.trust import coded_by_persons, trust_numbers
from analysis.validation.coding_checks import status_problems
from analysis.validation.document_checks import document_problems
from analysis.validation.validate import data_problems
from tests.support import small
from tests.support.corpora import STUDY, rows

HEADER = ["passage_id", "sentence", "dimension", "document", "holder", "level", "voice", "attributed_to", "position", "quote", "note"]

# What a person read in Arden: by the row of the sheet, the codes in the order of HEADER. The adjudicated reading has a row for K3 in the second
# paragraph, too, and none for K1 in the third; on four terms of the five that both have, one code differs.
CODED = [
    (3, "K1", "Sund plan", "both", "agreed", "attributed", "Maris Hale", "The berths are for both.", "agreed to share the berths", ""),
    (4, "K2", "unspecified", "Vesk", "disputed", "attributed", "Ivo Dray", "Vesk pays nothing.", "Vesk will pay no toll", ""),
    (6, "K2", "unspecified", "Orlo", "proposed", "author", "", "A boat pays.", "a toll of 1.5 crowns a boat", "a fee"),
    (7, "K4", "unspecified", "other", "proposed", "attributed", "Ada Finn", "Two vouch.", "the Sund Council guarantee free passage", ""),
    (7, "K1", "unspecified", "Orlo", "mentioned", "attributed", "Ada Finn", "Boats may pass.", "free passage", ""),
    (10, "K3", "Sund plan", "both", "proposed", "author", "", "Five boats each.", "leaves five patrol boats to each island", ""),
]

# For each variable the units, those with one value, and alpha: 1 - (N - 1) x disagreements / the products of the counts of different values.
BY_HAND = {
    "described": (4 * 6, 22, 1 - 47 * 2 / (36 * 12)),
    "level": (5, 4, 1 - 9 / (2 * 7 + 2 * 1 + 7 * 1)),  # agreed, proposed, disputed
    "holder": (5, 4, 1 - 9 / (4 * 2 + 4 * 3 + 4 * 1 + 2 * 3 + 2 * 1 + 3 * 1)),  # both, Vesk, Orlo, other
    "document": (5, 4, 1 - 9 / (4 * 5 + 4 * 1 + 5 * 1)),  # Sund plan, unspecified, Orlo's draft
    "voice": (5, 4, 1 - 9 / (7 * 3)),  # attributed, author
}


def filled(*changes: tuple[int, str, str]) -> list[list[str]]:
    """The sheet of Arden with the rows of CODED, then with `changes`: (place in CODED, column, value)."""
    own = rows(sentences(load_corpus(STUDY)).query("source_id == 'arden1987'"), "passage_id", "sentence")
    coded = [[*own[row - 2], *codes] for row, *codes in CODED]
    for place, column, value in changes:
        coded[place][HEADER.index(column)] = value
    by_sentence = {sentence: [row for row in coded if row[1] == sentence] for _, sentence in own}
    return [HEADER, *(row for key in own for row in by_sentence[key[1]] or [[*key, *[""] * 9]])]


def as_saved(sheet: list[list[str]], delimiter: str = ",", mark: bytes = b"", line_end: str = "\n") -> bytes:
    """A sheet as a spreadsheet writes it."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator=line_end).writerows(sheet)
    return mark + text.getvalue().encode()


@pytest.fixture
def take_in(folder, tmp_path, capsys):
    """A function that takes a saved sheet into the copy of the study; returns the exit code, the output and the errors."""

    def take_in(content: bytes, coder: str = "A. B."):
        (tmp_path / "filled.csv").write_bytes(content)
        code = main(["--data", str(folder), "coding-sheet", "--read", str(tmp_path / "filled.csv"), "--coder", coder])
        return (code, *capsys.readouterr())

    return take_in


def test_the_blank_sheet_holds_each_sentence_once_and_reads_as_uncoded(study, tmp_path, capsys, take_in):
    out = tmp_path / "blank.csv"
    assert main(["--data", str(STUDY), "coding-sheet", "arden1987", "--out", str(out)]) == 0
    assert capsys.readouterr().out == f"Wrote {out} and {tmp_path / 'blank.codebook.md'}.\n"
    head, *printed = csv.reader(out.open(encoding="utf-8-sig", newline=""))
    assert out.read_bytes().startswith(codecs.BOM_UTF8)
    own = sentences(study).query("source_id == 'arden1987'")
    assert (head, [tuple(row[:2]) for row in printed]) == (HEADER, rows(own, "passage_id", "sentence"))
    assert {cell for row in printed for cell in row[2:]} == {""}
    assert read_sheet(out, "provisions") == ([], 10, "commas")
    assert "has no coded row" in take_in(out.read_bytes())[2]


@pytest.mark.parametrize("coding", person_codings())
def test_neither_file_depends_on_what_anybody_coded(study, tmp_path, coding):
    uncoded = replace(
        study, tables={name: table.iloc[:0] if name.startswith("codings/") else table for name, table in study.tables.items()}
    )
    for name, corpus in {"coded": study, "uncoded": uncoded}.items():
        (tmp_path / name).mkdir()
        write_sheet(corpus, "brill1987", coding, tmp_path / name / "sheet.csv")
    for file in ("sheet.csv", "sheet.codebook.md"):
        assert (tmp_path / "coded" / file).read_bytes() == (tmp_path / "uncoded" / file).read_bytes()
    assert (blank_sheet(study, "brill1987", coding).drop(columns=["passage_id", "sentence"]) == "").all(axis=None)


def test_no_words_of_a_reading_stand_in_the_files_and_each_value_has_its_meaning(study, tmp_path):
    said = "\n".join(
        path.read_text(encoding="utf-8") for path in (tmp_path / "s.csv", write_sheet(study, "arden1987", "provisions", tmp_path / "s.csv"))
    )
    for ending in ("", ".pass1", ".pass2"):
        own = study.tables[f"codings/provisions{ending}.csv"]
        words = {*own.position, *own.note, *own.attributed_to} - {"", "author"}
        assert [value for value in words if value in said and value not in study.raw["arden1987"]] == []
    for row in study.tables["codebook.csv"].itertuples():
        assert (
            f"### {row.dimension} {row.label}\n\nQuestion: {row.question}\n\nDefinition: {row.definition}\n\nIncludes: {row.includes}\n\nExcludes: {row.excludes}\n\nExample: {row.example}\n"
            in said
        )
    for row in study.tables["codebook_values.csv"].query("variable in ['level', 'holder', 'document', 'voice']").itertuples():
        assert f"### {row.value}\n\nDefinition: {row.definition}\n" in said


def test_a_sentence_is_no_formula_and_the_codebook_no_markup(tmp_path):
    corpus = small.study(
        {"a2000": "=1+1 is two. So it is."}, codebook_values=[{"variable": "level", "value": "<b>", "definition": "<script>"}]
    )
    codebook = write_sheet(corpus, "a2000", "provisions", tmp_path / "s.csv")
    assert "'=1+1 is two." in (tmp_path / "s.csv").read_text(encoding="utf-8")
    assert "### &lt;b>\n\nDefinition: &lt;script>" in codebook.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nobody1900", "--out", "new.csv"], "nobody1900: is no text. Remedy: use one of arden1987, brill1987, cole1988."),
        (
            ["arden1987", "--coding", "dreams", "--out", "new.csv"],
            "dreams: is no coding that persons make. Remedy: use one of provisions, guarantors",
        ),
        (["arden1987", "--out", "kept.csv"], "kept.csv: exists already. Remedy: name another file"),
        (["arden1987", "--out", "half.csv"], "half.codebook.md: exists already. Remedy: name another file"),
        (["--read", "kept.csv", "--coding", "dreams", "--coder", "A. B."], "dreams: is no coding that persons make"),
        (["--read", "none.csv", "--coder", "A. B."], "none.csv: is missing"),
    ],
)
def test_a_request_that_cannot_be_met_is_refused_and_nothing_written(tmp_path, monkeypatch, capsys, arguments, message):
    monkeypatch.chdir(tmp_path)
    for name in ("kept.csv", "half.codebook.md"):
        (tmp_path / name).write_text("mine")
    assert main(["--data", str(STUDY), "coding-sheet", *arguments]) == 1
    error = capsys.readouterr().err
    assert message in error
    assert error.endswith("found; nothing was written.\n")
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"kept.csv": "mine", "half.codebook.md": "mine"}


@pytest.mark.parametrize("arguments", [[], ["arden1987"], ["--out", "x.csv"], ["--read", "x.csv"], ["arden1987", "--coder", "A. B."]])
def test_half_a_request_is_no_request(arguments):
    with pytest.raises(SystemExit) as stopped:
        main(["--data", str(STUDY), "coding-sheet", *arguments])
    assert stopped.value.code == 2


SAVED = {"commas": (",", b"", "\n"), "semicolons": (";", codecs.BOM_UTF8, "\r\n"), "tabs": ("\t", codecs.BOM_UTF8, "\r")}


@pytest.mark.parametrize("parted_by", SAVED)
def test_a_filled_sheet_becomes_a_reading_with_offsets(folder, take_in, parted_by):
    code, out, _ = take_in(as_saved(filled((0, "quote", " agreed  to share the berths ")), *SAVED[parted_by]))
    assert (code, f"parted by {parted_by}: 6 of 11 rows coded." in out, "Wrote 6 rows to study/codings/provisions.person.csv." in out) == (
        0,
        True,
        True,
    )
    corpus = load_corpus(folder)
    reading = corpus.tables["codings/provisions.person.csv"]
    assert rows(reading, *HEADER[2:]) == [tuple(codes) for _, *codes in CODED]
    assert [corpus.raw["arden1987"][row.start : row.end] for row in reading.itertuples()] == list(reading.quote)
    assert set(rows(reading, "source_id", "coder")) == {("arden1987", "A. B.")}
    assert data_problems(folder) == []


def test_a_reading_that_was_spoilt_is_named_by_the_check(folder, take_in):
    take_in(as_saved(filled()))
    file = folder / "codings/provisions.person.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("194,220", "195,221").replace("disputed", "argued"), encoding="utf-8")
    problems = [str(problem) for problem in data_problems(folder)]
    assert [problem.partition(". Remedy")[0] for problem in problems] == [
        "study/codings/provisions.person.csv, row 3, column level: 'argued' is not in the codebook",
        "study/codings/provisions.person.csv, row 2, column quote: the text has other words at 195 to 221",
    ]


def test_agreement_of_a_person_with_the_adjudicated_reading_is_as_counted_by_hand(study, folder, take_in):
    take_in(as_saved(filled()))
    found = agreement_table(load_corpus(folder))
    pd.testing.assert_frame_equal(found[found.kind != BETWEEN_CODERS], agreement_table(study))
    person = found[found.kind == BETWEEN_CODERS].set_index("variable")
    assert set(person.index) == {*BY_HAND, "level of the cell"}
    for variable, (units, same, alpha) in BY_HAND.items():
        assert (person.n[variable], person.agreement[variable], person.alpha[variable]) == (
            units,
            pytest.approx(same / units),
            pytest.approx(alpha),
        )
    assert (person.n["level of the cell"], person.agreement["level of the cell"]) == (6, pytest.approx(5 / 6))  # K2: disputed, proposed
    assert "kind" not in agreement_for_readers(study)
    assert set(agreement_for_readers(load_corpus(folder)).kind) == set(found.kind)


def test_a_reading_stands_as_it_was_made(folder, take_in):
    """A paper that no words name, and a text that nobody else has coded: as a pass they are faults, as a person's reading they are not."""
    take_in(as_saved(filled((1, "document", "Orlo's draft"))))
    corpus = load_corpus(folder)
    uncoded = {name: corpus.tables[name] for name in ("sources.csv", "zones.csv", "document_names.csv")}
    uncoded["sources.csv"] = uncoded["sources.csv"].assign(coding="uncoded", coder="")
    reading = corpus.tables["codings/provisions.person.csv"]
    for name, n_problems in {"codings/provisions.person.csv": (0, 0), "codings/provisions.pass1.csv": (1, 6)}.items():
        data = replace(corpus, tables={**uncoded, name: reading})
        assert (len(list(document_problems(data))), len(list(status_problems(data)))) == n_problems


FAULTS = {
    "an unknown dimension": ((1, "dimension", "K9"), "row 4, column dimension: 'K9' is not in the codebook. Remedy: use one of K1, K2"),
    "an unknown level": ((1, "level", "maybe"), "row 4, column level: 'maybe' is not in the codebook. Remedy: use one of agreed, disputed"),
    "no holder": ((1, "holder", ""), "row 4, column holder: '' is not in the codebook"),
    "no position": ((1, "position", ""), "row 4, column position: '' is not allowed. Remedy: use 1 to 25 words"),
    "words of another passage": ((2, "quote", "agreed to share"), "row 6, column quote: 'agreed to share' occurs nowhere in arden1987-p03. Remedy: copy the words"),
    "words that stand there twice": ((0, "quote", "the"), "row 3, column quote: 'the' occurs 3 times in arden1987-p01"),
    "no words": ((0, "quote", ""), "row 3, column quote: '' occurs nowhere"),
    "an unknown passage": ((2, "passage_id", "arden1987-p09"), "row 6, column passage_id: 'arden1987-p09' is no passage of a text"),
    "a formula": ((2, "note", "=HYPERLINK(1)"), "row 6, column note: '=HYPERLINK(1)' begins as a formula does"),
}  # fmt: skip


def test_all_faults_of_a_sheet_are_named_at_once_and_nothing_is_written(folder, take_in):
    for change, message in FAULTS.values():
        assert f"filled.csv, {message}" in take_in(as_saved(filled(change)))[2]
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    code, _, error = take_in(as_saved(filled(*(FAULTS[name][0] for name in ("an unknown level", "words of another passage", "a formula")))))
    assert (code, error.splitlines()[-1]) == (1, "3 problems found; nothing was written.")
    assert [line.partition(":")[0] for line in error.splitlines()[:-1]] == [
        "filled.csv, row 4, column level",
        "filled.csv, row 6, column quote",
        "filled.csv, row 6, column note",
    ]
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (as_saved([[*HEADER[:-1], "remark"], *filled()[1:]]), "row 1: has the wrong columns (missing: note; unknown: remark)"),
        (as_saved([*filled(), ["arden1987-p01"]]), "row 13: has 1 fields, the header 11"),
        (as_saved(filled()).decode().encode("cp1252", "replace"), "is not UTF-8"),
        (as_saved(filled()).decode().encode("utf-16"), "is not UTF-8"),
        (as_saved(filled()) + b'"', "row 13: is not a CSV table from line 13 on"),
        (as_saved(filled((2, "note", "a\u200bb"))), "row 6, column note: holds ZERO WIDTH SPACE (U+200B)"),
        (b" \n", "is empty"),
    ],
)
def test_what_is_no_sheet_is_refused_with_a_remedy(take_in, content, message):
    code, _, error = take_in(content)
    assert code == 1
    assert message in error
    assert "Remedy: " in error


def test_a_text_has_one_coder_whose_later_reading_takes_the_place_of_the_earlier(folder, take_in):
    file = folder / "codings/provisions.person.csv"
    take_in(as_saved(filled((0, "position", "Other words."))))
    assert "arden1987 is coded by 'A. B.' already" in take_in(as_saved(filled()), "C. D.")[2]
    assert "Other words." in file.read_text(encoding="utf-8")
    take_in(as_saved(filled()))
    once = file.read_bytes()
    assert b"Other words." not in once
    passage, sentence = rows(sentences(load_corpus(folder)).query("source_id == 'brill1987'"), "passage_id", "sentence")[0]
    take_in(
        as_saved([HEADER, [passage, sentence, "K1", "unspecified", "author", "mentioned", "author", "", "A view.", sentence, ""]]), "C. D."
    )
    assert file.read_bytes().startswith(once)
    assert list(load_corpus(folder).tables["codings/provisions.person.csv"].coder) == ["A. B."] * 6 + ["C. D."]
    assert coded_by_persons(load_corpus(folder)) == "two persons have coded Arden 1987 and Brill 1987"


def test_the_chapter_says_who_has_coded(study, folder, take_in):
    take_in(as_saved(filled()))
    before, after = trust_numbers(study), trust_numbers(load_corpus(folder))
    assert after.pop("coded_by_persons") == "one person has coded Arden 1987"
    assert before.pop("coded_by_persons") == "no person has coded a text anew yet"
    assert after == before  # the passes of the model are counted without the person
