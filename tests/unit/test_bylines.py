"""Who wrote a new text: a name in its byline, an outlet, a body; and what another byline in its zones changes."""

import pytest

from analysis.intake.add_text import add_text
from analysis.intake.rezone import change_zones, sheet_of
from tests.support.pages_of_texts import PAGE_OF_TEXT
from tests.unit.test_add_text import URL, row_of


@pytest.mark.parametrize(
    ("byline", "given", "author", "entry", "short"),
    [
        ("Sund Monitoring", {}, "Sund Monitoring", "{{Sund Monitoring}}", "Sund Monitoring 1989"),
        ("SUND WIRE", {}, "SUND WIRE", "{{SUND WIRE}}", "SUND WIRE 1989"),
        ("Lanne Gazette", {"outlet": "Lanne Gazette"}, "Lanne Gazette", "{{Lanne Gazette}}", "Lanne Gazette 1989"),
        ("Tove Marr", {"author": "{Sund Wire}"}, "Sund Wire", "{{Sund Wire}}", "Sund Wire 1989"),
        ("Tove Marr", {}, "Tove Marr", "{Marr, Tove}", "Marr 1989"),
    ],
)
def test_a_short_line_before_the_text_is_the_byline_and_a_body_is_no_person(folder, new_text, byline, given, author, entry, short):
    text = PAGE_OF_TEXT.replace("By Tove Marr and Olin Reyes\nPublished 4 May 1989\n", f"{byline}\n")
    add_text(folder, new_text(text), "marr1989", {"url": URL, "date": "1989", **given})
    row = row_of(folder, "marr1989")
    assert (row.author, row.short, row.note) == (author, short, "")
    assert f"author = {entry}," in (folder / "references.bib").read_text(encoding="utf-8")


def test_another_byline_in_the_zones_gives_author_note_short_name_and_entry_unless_they_were_changed_by_hand(folder, new_text):
    text = new_text(PAGE_OF_TEXT.replace("By Tove Marr and Olin Reyes\nPublished 4 May 1989\n", "Tove Marr\n"))
    files = [folder / name for name in ("sources.csv", "references.bib")]
    add_text(folder, text, "marr1989", {"url": URL, "date": "1989", "outlet": "Sund Post"})
    as_added, sheet = [file.read_text() for file in files], sheet_of(folder, "marr1989")
    without = new_text(sheet.replace("\nbyline", "\ndeck  "), "without")
    change_zones(folder, "marr1989", without)
    row = row_of(folder, "marr1989")
    assert (row.author, row.short, row.note[:19]) == ("Sund Post", "Sund Post 1989", "No author is shown ")
    assert "author = {{Sund Post}}" in files[1].read_text()
    change_zones(folder, "marr1989", new_text(sheet, "back"))
    assert [file.read_text() for file in files] == as_added
    files[0].write_text(as_added[0].replace(",Tove Marr,", ",T. Marr,"))
    said = change_zones(folder, "marr1989", without)
    assert "Its author was given or changed by hand and stays: T. Marr." in said
    assert row_of(folder, "marr1989").author == "T. Marr"


def test_zones_that_give_no_date_leave_author_and_entry_and_say_so(folder, new_text):
    add_text(folder, new_text(PAGE_OF_TEXT), "marr1989", {"url": URL})
    files = [folder / name for name in ("sources.csv", "references.bib")]
    as_added, sheet = [file.read_text() for file in files], sheet_of(folder, "marr1989").replace("\nbyline", "\nchrome")
    said = change_zones(folder, "marr1989", new_text(sheet, "without"))
    assert [file.read_text() for file in files] == as_added
    lacking = "what is neither in the file nor given: date"
    assert f"Its title, author and date stay in sources.csv and references.bib ({lacking}): mend them there if they changed." in said
