"""A new text is taken in with all rows that it needs, or not at all; its zones are shown, changed and taken in as a sheet."""

import hashlib

import pandas as pd
import pytest

from analysis.cli import main
from analysis.corpus.errors import DataError
from analysis.corpus.reader import load_corpus
from analysis.corpus.segment import passages
from analysis.intake.add_text import add_text
from analysis.intake.rezone import change_zones, sheet_of
from analysis.intake.source_row import bib_entry
from analysis.intake.zone_sheet import read_zone_sheet, zone_sheet, zones_of
from analysis.stylometry.syllables import ACCEPT_GUESSES
from analysis.validation.validate import data_problems
from tests.support.folders import contents
from tests.support.pages_of_texts import PAGE_OF_TEXT

URL = "https://example.org/ferrymen"


def row_of(folder, source_id):
    return load_corpus(folder).sources.set_index("source_id").loc[source_id]


def refused(folder, call):
    """What a DataError says of a call, by which no byte of the folder may change."""
    before = contents(folder)
    with pytest.raises(DataError) as error:
        call()
    assert contents(folder) == before
    return str(error.value)


def test_a_text_is_added_with_its_rows_and_only_guessed_syllables_are_left(folder, new_text):
    report = "\n".join(add_text(folder, new_text(), "marr1989", {"url": URL, "outlet": "Sund Post"}))
    row = row_of(folder, "marr1989")
    assert (row.short, row.title, row.title_basis) == ("Marr and Reyes 1989", "The Ferrymen of Lanne Harbour", "stated")
    assert (row.author, row.author_basis, row.date, row.date_basis) == ("Tove Marr; Olin Reyes", "stated", "1989-05-04", "stated")
    assert (row.outlet, row.outlet_basis, row.url_basis) == ("Sund Post", "stated+found:marr1989", "found:marr1989")
    assert (row.coding, row.cluster, row.argument, row.summary, row.genre) == ("uncoded", "marr1989", "", "", "article")
    assert row.sha256 == hashlib.sha256(PAGE_OF_TEXT.encode()).hexdigest()
    assert (folder / "sources/marr1989.txt").read_text(encoding="utf-8") == PAGE_OF_TEXT
    own = passages(load_corpus(folder)).query("source_id == 'marr1989'")
    assert (list(own.n_words), list(own.n_sentences)) == ([15, 6], [2, 1])
    assert all(problem.remedy == ACCEPT_GUESSES for problem in data_problems(folder))
    assert "Body: 21 words, 2 paragraphs, 3 sentences." in report
    assert "Next: analysis syllables --accept marr1989" in report


def test_a_work_at_the_same_address_is_named(folder, new_text):
    known = "https://example.org/islands-near-a-deal"
    report = add_text(folder, new_text(), "marr1989", {"url": known})
    said = "Its address stands in study/references.bib already, as arden1987: rows that cite that may speak of this very text."
    assert said in report
    assert not any("already" in line for line in add_text(folder, new_text(), "marr1990", {"url": URL}))


def test_only_lines_are_added_to_files_in_which_rows_of_others_stand(folder, new_text):
    before = contents(folder)
    add_text(folder, new_text(), "marr1989", {"url": URL})
    for name, content in contents(folder).items():
        lines = content.splitlines()
        assert all(line in lines for line in before.get(name, b"").splitlines()), name


def test_all_that_lacks_is_said_at_once_and_nothing_is_written(folder, new_text):
    file = new_text("Nobody wrote this down for anyone to read, and it has neither a title nor a date of its own.\n")
    said = refused(folder, lambda: add_text(folder, file, "marr1989", {}))
    assert "page.txt: what is neither in the file nor given: url, date, title. Remedy: add --url https://" in said
    assert said.count("Remedy") == 1


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"date": "3 May 1989"}, "'3 May 1989' is no date in EDTF. Remedy: write 1989-05-03."),
        ({"date": "spring"}, "'spring' is no date in EDTF. Remedy: write 2024-05-31, 2024-05, 2024-21 (spring) or 2024-05-01/2024-05-31."),
        ({"date": "1989-05/.."}, "'1989-05/..' is no date in EDTF"),
        ({"url": "example.org"}, "'example.org' is no address"),
        ({"short": "x" * 31}, "has 31 characters"),
        ({"cluster": "A b"}, "'A b' is not an id"),
        ({"short": "Arden 1987"}, "sources.csv: 'Arden 1987' is not allowed"),
    ],
)
def test_options_in_a_wrong_form_are_named(folder, new_text, given, said):
    assert said in refused(folder, lambda: add_text(folder, new_text(), "marr1989", {"url": URL, **given}))


@pytest.mark.parametrize(
    ("source_id", "said"),
    [
        ("arden1987", "there is a text 'arden1987' already"),
        ("Marr", "'Marr' is not an id"),
        ("../../etc/marr", "is not an id"),
        ("", "'' is not an id"),
        *((wrong, "is not an id") for wrong in ("x" * 41, "a\nb")),
    ],
)
def test_ids_that_are_taken_or_none_are_refused(folder, new_text, source_id, said):
    assert said in refused(folder, lambda: add_text(folder, new_text(), source_id, {"url": URL}))


def test_an_instrument_and_a_stray_file_keep_their_names(folder, new_text):
    instrument = load_corpus(folder).tables["instruments.csv"].instrument.iloc[0]
    assert "is the id of an instrument" in refused(folder, lambda: add_text(folder, new_text(), instrument, {"url": URL}))
    (folder / "sources/marr1989.txt").write_text("x", encoding="utf-8")
    assert "is there already, named by no row" in refused(folder, lambda: add_text(folder, new_text(), "marr1989", {"url": URL}))


def test_marks_and_line_ends_are_mended_and_it_is_said(folder, new_text):
    file = new_text(b"\xef\xbb\xbf" + PAGE_OF_TEXT.replace("\n", "\r\n").replace("sound", "so\u00ad\u200bund").encode())
    report = add_text(folder, file, "marr1989", {"url": URL})
    said = [
        "A byte-order mark was taken out.",
        "7 line ends were made LF.",
        "2 characters that nobody sees were taken out: 1 SOFT HYPHEN (U+00AD), 1 ZERO WIDTH SPACE (U+200B).",
    ]
    assert report[1:4] == said
    assert row_of(folder, "marr1989").note == " ".join(said)
    assert (folder / "sources/marr1989.txt").read_text(encoding="utf-8") == PAGE_OF_TEXT


@pytest.mark.parametrize(
    ("content", "said"), [(b"", "is empty"), (b"caf\xe9 talks", "is not UTF-8"), (b"a\0b", "NUL"), ("x " * 11_000, "characters in line 1")]
)
def test_files_that_cannot_be_mended_are_refused(folder, new_text, content, said):
    given = {"url": URL, "date": "1989", "title": "T"}
    assert said in refused(folder, lambda: add_text(folder, new_text(content), "marr1989", given))


def test_without_a_byline_the_outlet_is_the_author_and_without_that_the_host(folder, new_text):
    add_text(folder, new_text(PAGE_OF_TEXT.replace("By Tove Marr and Olin Reyes\n", "").replace("Published 4 May 1989\n", "")), "marr1989",
             {"url": "https://www.example.org/1989/05/04/ferrymen"})  # fmt: skip
    row = row_of(folder, "marr1989")
    assert (row.author, row.outlet, row.date, row.date_basis) == ("example.org", "example.org", "1989-05-04", "found:marr1989")
    assert row.note == "The date is in the address of the page. No author is shown or was given, so the outlet stands as author."


def test_names_that_stand_alone_in_a_byline_are_the_author(folder, new_text):
    add_text(folder, new_text(PAGE_OF_TEXT.replace("By Tove Marr and Olin Reyes", "Tove Marr")), "marr1989", {"url": URL})
    row = row_of(folder, "marr1989")
    assert (row.author, row.author_basis, row.short) == ("Tove Marr", "stated", "Marr 1989")


def test_short_names_fit_and_are_each_their_own(folder, new_text):
    given = {"url": URL, "author": "Institute for the Peaceful Settlement of Island Affairs"}
    add_text(folder, new_text(), "one1989", given)
    add_text(folder, new_text(PAGE_OF_TEXT.replace("night", "dawn")), "two1989", given)
    assert [row_of(folder, name).short for name in ("one1989", "two1989")] == ["IPSIA 1989", "IPSIA 1989b"]


def test_an_entry_of_the_references_shows_signs_that_mean_something_there_as_text():
    row = {
        "source_id": "a1",
        "author": "Ann Lee; The 5% Club",
        "title": "A {new} \\deal & more",
        "outlet": "O_O",
        "date": "1989-05",
        "url": URL,
    }
    entry = bib_entry(row)
    assert entry.startswith("\n@online{a1,\n  author = {Lee, Ann and {The 5\\% Club}},\n")
    assert "title = {{A (new) \\textbackslash deal \\& more}}" in entry


def test_a_sheet_gives_back_the_zones_and_each_fault_in_it_is_named(study):
    for source_id, text in study.raw.items():
        zones = zones_of(study, source_id)
        sheet = zone_sheet(text, zones, source_id)
        assert read_zone_sheet(text, zones, sheet, "s") == zones
        assert read_zone_sheet(text, zones, sheet.replace("\n", "\r\n"), "s") == zones
    lines = sheet.splitlines(keepends=True)
    first = next(place for place, line in enumerate(lines) if line.startswith("body"))
    faults = {
        "'bdy' is no zone": lines[first].replace("body", "bdy ", 1),
        "where the sheet has 'Xy": lines[first].replace("| ", "| Xy ", 1),
        "is no line of a sheet": "what is this\n",
        "a second time": lines[first] * 2,
        "is empty, or there is none": lines[first] + "body 999 | x\n",
        "lacks the text's line": "",
    }
    for said, line in faults.items():
        with pytest.raises(DataError, match=said):
            read_zone_sheet(text, zones, "".join([*lines[:first], line, *lines[first + 1 :]]), "s")
    with pytest.raises(DataError, match="gives no line the zone 'body'"):
        read_zone_sheet(text, zones, sheet.replace("\nbody  ", "\nteaser"), "s")


def test_noise_is_marked_in_a_sheet_by_marks_that_the_text_does_not_hold():
    text = "Talks [[x]] went (AP) on [1] for weeks.\n"
    at = text.index("(AP)")
    sheet = "body 1 | Talks [[x]] went ⟦caption: (AP)⟧ on ⟦[1]⟧ for weeks."
    zones = read_zone_sheet(text, [], sheet, "s")
    assert [(text[zone.start : zone.end], zone.zone) for zone in zones[1::2]] == [("(AP)", "caption"), ("[1]", "chrome")]
    assert zones[1].start == at
    assert read_zone_sheet(text, zones, zone_sheet(text, zones, "t"), "s") == zones


def test_a_text_is_added_with_an_edited_sheet(folder, new_text, tmp_path, capsys):
    sheet = new_text("".join(f"body {number} | {line}\n" for number, line in enumerate(PAGE_OF_TEXT.splitlines(), start=1)), "sheet")
    arguments = ["--data", str(folder), "add", str(new_text()), "--id", "marr1989", "--url", URL, "--title", "T", "--date", "1989"]
    assert main([*arguments, "--zones", str(sheet)]) == 0
    assert "Body: " in capsys.readouterr().out
    assert len(passages(load_corpus(folder)).query("source_id == 'marr1989'")) == 7
    assert row_of(folder, "marr1989").title_basis == "found:marr1989"


def test_other_zones_move_coded_rows_to_the_passages_in_which_their_words_stand(folder, new_text):
    before = load_corpus(folder)
    source_id = "arden1987"
    sheet = sheet_of(folder, source_id)
    assert change_zones(folder, source_id, new_text(sheet, "same")) == [f"The zones of {source_id} are as they were."]
    more = sheet.replace("\nheadline", "\nbody    ", 1)
    assert more != sheet
    said = change_zones(folder, source_id, new_text(more, "more"))
    assert "Passages were numbered again" in " ".join(said)
    after = load_corpus(folder)
    assert [problem for problem in data_problems(folder) if problem.remedy != ACCEPT_GUESSES] == []
    old, new = (corpus.tables["codings/provisions.csv"].query("source_id == 'arden1987'") for corpus in (before, after))
    assert list(new.passage_id) != list(old.passage_id)
    assert list(new.quote) == list(old.quote)
    change_zones(folder, source_id, new_text(sheet, "back"))
    back = load_corpus(folder)
    assert all(back.tables[name].equals(table) for name, table in before.tables.items() if "codings" in name or name == "book_table.csv")


def test_another_headline_gives_the_text_its_title_unless_that_was_given(folder, new_text):
    text = new_text(
        PAGE_OF_TEXT.replace("Menu\n", "Ferries, Boats and Harbours\n").replace("4 May 1989", "May 4. 1989").replace("Tove Marr", "SP/TM")
    )
    for source_id, given, title in (("marr1989", {}, "The Ferrymen of Lanne Harbour"), ("reyes1989", {"title": "A"}, "A")):
        add_text(folder, text, source_id, {"url": URL, **given})
        sheet = sheet_of(folder, source_id).replace("\nheadline", "\nchrome  ").replace("\ndeck    ", "\nheadline")
        said, row = change_zones(folder, source_id, new_text(sheet, "sheet")), row_of(folder, source_id)
        assert (row.title, row.date, row.author) == (title, "1989-05-04", "SP/TM; Olin Reyes")
        assert f"title = {{{{{title}}}}}" in (folder / "references.bib").read_text(encoding="utf-8")
        assert ("Its title is that of the headline: “The Ferrymen of Lanne Harbour”." in said) == (not given)


def test_zones_that_would_leave_coded_words_outside_are_refused_with_the_rows(folder, new_text):
    sheet = sheet_of(folder, "arden1987")
    place = sheet.index("\nbody")
    said = refused(folder, lambda: change_zones(folder, "arden1987", new_text(sheet[:place] + "\ndeck" + sheet[place + 5 :], "s")))
    assert "column passage_id: '" in said
    assert "would stand in no paragraph of the body" in said
    assert "there is no text 'nobody'" in refused(folder, lambda: change_zones(folder, "nobody", new_text(sheet, "s")))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["add", "x.txt"], "required: --id"),
        (["add", "--id", "a"], "add takes FILE, a new text, or --codings FILE"),
        (["add", "x.txt", "--codings", "y", "--id", "a"], "add takes FILE"),
        (["add", "--codings", "y", "--id", "a"], "--codings needs --pass"),
        (["add", "x.txt", "--id", "a", "--pass", "1"], "go with --codings"),
        (["add", "--codings", "y", "--id", "a", "--pass", "1", "--url", "u"], "--url goes with a new text"),
        (["add", "--codings", "y", "--id", "a", "--pass", "1", "--columns", "text"], "--columns takes OURS=THEIRS"),
        (["syllables", "x", "--accept", "y"], ""),
    ],
)
def test_options_that_do_not_go_together_are_named(arguments, said, capsys):
    with pytest.raises(SystemExit):
        main(arguments)
    assert said in capsys.readouterr().err


def test_the_commands_list_accept_and_correct_guesses(folder, new_text, capsys):
    def run(*arguments):
        code = main(["--data", str(folder), *arguments])
        return (code, *capsys.readouterr())

    assert run("syllables")[:2] == (0, "No word waits for its syllables to be accepted.\n")
    add_text(folder, new_text(PAGE_OF_TEXT.replace("Nobody", "Qixbury")), "marr1989", {"url": URL})
    listed = run("syllables")[1].split()
    assert "qixbury=3" in listed
    code, out, _ = run("check")
    assert (code, out.count("syllables.csv")) == (1, 1)
    assert "qixbury" in out
    assert "'nobody' is neither the id of a text nor a word and its count" in run("syllables", "--accept", "nobody")[2]
    assert "'nowhere' has no count to be corrected" in run("syllables", "--accept", "nowhere=3")[2]
    assert "no word of arden1987 waits" in run("syllables", "--accept", "arden1987")[2]
    assert run("syllables", "--accept", "marr1989", "qixbury=2")[:2] == (
        0,
        f"Accepted the syllables of {len(listed)} words.\n".replace("1 words", "1 word"),
    )
    table = pd.read_csv(folder / "syllables.csv", dtype=str, keep_default_na=False).set_index("word")
    assert tuple(table.loc["qixbury"]) == ("2", "", "")
    assert run("syllables", "--accept", "marr1989", "qixbury=3")[:2] == (0, "Accepted the syllables of 1 word.\n")  # on second thoughts
    again = pd.read_csv(folder / "syllables.csv", dtype=str, keep_default_na=False).set_index("word")
    assert again.loc["qixbury", "hand"] == "3"
    assert again.drop("qixbury").equals(table.drop("qixbury"))
    assert run("check")[0] == 0
