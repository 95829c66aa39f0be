"""The page for coding in a real browser: words are chosen by mouse, finger and keyboard, kept, changed, taken into the tables."""

import pandas as pd
import pytest

from analysis.corpus.errors import DataError, Problem
from analysis.intake.coding_draft import draft_path, version_of
from analysis.intake.take_in import take_in
from tests.support import browsing, small
from tests.support.browsing import violations
from tests.support.desks import ROW, TERM, code_by_mouse, drag, fill, keep, kept, opened, press

HOSTILE = "<img src=x onerror=pwned=1>"


def test_rows_are_coded_by_mouse_and_keyboard_and_outlive_the_window(chromium, study_folder):
    with opened(chromium, study_folder) as page:
        code_by_mouse(page)
        drag(page, "began in May")
        page.get_by_role("button", name="Code", exact=True).click()
        assert page.locator("#f-holder").input_value() == "both"  # as in the row before
        assert page.locator("#f-dimension").input_value() == ""
        fill(page, coding="responsibility")
        fill(page, actor="Vesk", valence="blamed", matter="blockade", act="began the blockade", voice="Ann Cole")
        page.get_by_role("button", name="Save row").click()
        assert len(kept(page)) == 2
        page.reload()
        page.locator("#list > li").nth(1).wait_for()
        rows = kept(page)
        assert [(row["coding"], row["quote"]) for row in rows.values()] == [
            ("provisions", "agreed to share the berths"),
            ("responsibility", "began in May"),
        ]
        assert rows[1]["codes"] == TERM
        assert page.locator(".run.coded").all_inner_texts() == ["agreed to share the berths", "began in May"]


def test_a_row_is_coded_by_keyboard_alone(chromium, study_folder):
    with opened(chromium, study_folder) as page:
        press(page, "Tab")
        assert page.evaluate("document.activeElement.textContent") == "Skip to the text"
        press(page, "Enter", "Home", "3", "ArrowDown", "ArrowRight", "Shift+ArrowRight", "Shift+ArrowRight", "Shift+ArrowLeft", "Enter")
        words = page.locator("#row-form blockquote").inner_text()
        assert page.locator("#f-coding").input_value() == "responsibility"
        assert page.evaluate("document.activeElement.id") == "f-actor"
        press(page, "V", "Tab", "Tab", "b", "Tab", "Tab", "b", "Tab", "Tab")
        page.keyboard.type("closed the harbour")
        press(page, "Tab")
        page.keyboard.type("author")
        press(page, "Control+Enter")
        assert page.evaluate("document.activeElement.id") == "words"  # the next row can begin at once
        [row] = kept(page).values()
        assert (row["quote"], row["codes"]) == (
            words,
            {"actor": "Vesk", "valence": "blamed", "matter": "blockade", "act": "closed the harbour", "voice": "author"},
        )
        assert len(words.split()) == 2
        press(page, "?")
        assert page.get_by_role("heading", name="How to code").is_visible()
        press(page, "Escape", "/")
        page.keyboard.type("berths")
        assert page.evaluate("document.activeElement.id") == "search"


def test_a_row_is_changed_deleted_and_brought_back(chromium, study_folder):
    with opened(chromium, study_folder) as page:
        code_by_mouse(page)
        page.get_by_role("button", name="Edit row 1").click()
        fill(page, position="One two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
             "nineteen twenty twenty-one twenty-two twenty-three twenty-four twenty-five twenty-six")  # fmt: skip
        assert "26 of at most 25 words" in page.locator(".count.over").inner_text()
        page.get_by_role("button", name="Save row").click()
        assert page.locator("#e-position").inner_text() == "use at most 25 words"
        fill(page, position="Shared berths.")
        page.get_by_role("button", name="Choose other words").click()
        page.get_by_role("button", name="End one character later").click()
        page.get_by_role("button", name="Use for the open row").click()
        page.get_by_role("button", name="Save row").click()
        [row] = kept(page).values()
        assert row["codes"]["position"] == "Shared berths."
        assert len(row["quote"]) == len("agreed to share the berths") + 1
        page.get_by_role("button", name="Delete row 1").click()
        assert kept(page) == {}
        page.get_by_role("button", name="Undo").click()
        assert kept(page) == {1: row}


def test_finishing_writes_the_rows_or_shows_each_problem_beside_its_row(chromium, study_folder):
    answers = [DataError([Problem("f", 1, "holder", "'both' is odd", "look again")]), ["Wrote 1 row to codings/provisions.pass2.csv."]]

    def answered(*_given):
        answer = answers.pop(0)
        if isinstance(answer, DataError):
            raise answer
        return answer

    with opened(chromium, study_folder, take_in=answered) as page:
        code_by_mouse(page)
        for said in ("Nothing was written: 1 problem.", "Written:"):
            page.get_by_role("button", name="Finish").click()
            page.get_by_role("button", name="Write the rows").click()
            page.locator("#finish-said", has_text=said).wait_for()
            if answers:
                assert "Row 1: 'both' is odd. Remedy: look again." in page.locator("#finish-said").inner_text()
            page.get_by_role("button", name="Go on").click()
            if answers:
                assert "holder: 'both' is odd. Remedy: look again." in page.locator("#row-1").inner_text()
        page.locator("#none").wait_for()  # the stub wrote nothing


def test_what_was_coded_stands_in_the_tables_in_the_end(chromium, study_folder):
    with opened(chromium, study_folder, take_in=take_in) as page:
        code_by_mouse(page)
        kept(page)
        page.get_by_role("button", name="Finish").click()
        page.get_by_role("button", name="Write the rows").click()
        page.locator("#finish-said", has_text="Written:").wait_for()
        assert "analysis status cole1988" in page.locator("#finish-said").inner_text()
        page.get_by_role("button", name="Go on").click()
        page.locator("#list > li").wait_for()
        assert not draft_path(study_folder, page.server.desk.reading).exists()
    table = pd.read_csv(study_folder / "codings/provisions.pass2.csv", dtype=str, keep_default_na=False)
    [row] = table[table.source_id == "cole1988"].to_dict("records")
    assert {column: row[column] for column in ("passage_id", "quote", "start", *TERM)} == {
        "passage_id": "cole1988-p03", "quote": "agreed to share the berths", "start": "412", **TERM
    }  # fmt: skip


def test_a_draft_with_a_fault_is_opened_where_it_is_wrong(chromium, study_folder):
    with opened(chromium, study_folder, which="1") as page:
        keep(page.server, [ROW | {"codes": TERM | {"position": "The siege ends."}, "drafted": "by rule"}])
        page.reload()
        page.get_by_role("button", name="Accept row 1").click()
        assert page.evaluate("document.activeElement.id") == "f-position"
        fill(page, position="They share.")
        page.route("**/keep", lambda route: None)  # it stays under way
        page.get_by_role("button", name="Save row").click()
        assert page.locator("#row-1").inner_text()
        assert page.locator("#row-1 .faults").count() == 0


def test_words_are_let_go_by_escape_and_chosen_anew_within(chromium, study_folder):
    with opened(chromium, study_folder) as page:
        drag(page, "agreed to share the berths")
        page.locator("#chosen", has_text="agreed to share the berths").wait_for()
        drag(page, "share the")
        page.locator("#chosen", has_text="share the").wait_for()
        page.wait_for_timeout(300)
        assert page.locator("#chosen").inner_text() == "share the"
        page.locator("#bar-coding").focus()
        page.locator("#help").focus()
        press(page, "Escape")
        assert not page.locator("#bar").is_visible()


def test_a_person_has_the_name_that_was_chosen(chromium, study_folder):
    with opened(chromium, study_folder) as page:
        drag(page, "agreed to share")
        page.get_by_role("button", name="Code", exact=True).click()
        page.locator("#f-coding").select_option("people")
        assert page.locator("#f-name").input_value() == "agreed to share"
        assert page.locator("#d-side option").count() > 0


def test_words_behind_an_emoji_have_the_offsets_of_python_and_hostile_words_stay_words(chromium, tmp_path):
    raw = f"Go on. {HOSTILE} 🕊️🏝️ \U0001d518 wanted peace, they said.\n"
    people = [{"name": HOSTILE, "kind": "person"}]
    values = [{"variable": "function", "value": HOSTILE, "definition": HOSTILE}]
    data = small.write(small.study({"dove2022": raw}, people=people, codebook_values=values), tmp_path / "data")
    with opened(chromium, data, "dove2022", "1") as page:
        drag(page, "anted pea")  # half words become whole ones
        page.locator("#bar-coding").select_option("frames")
        page.get_by_role("button", name="Code", exact=True).click()
        fill(page, function=HOSTILE, summary=HOSTILE, voice=HOSTILE)
        page.get_by_role("button", name="Save row").click()
        [row] = kept(page).values()
        assert (row["quote"], raw[row["start"] : row["end"]]) == ("wanted peace", "wanted peace")
        assert row["codes"] == {"function": HOSTILE, "summary": HOSTILE, "voice": HOSTILE}
        assert page.evaluate("typeof pwned") == "undefined"
        assert page.locator("img").count() == 0


def test_other_zones_cannot_be_coded(chromium, study_folder):
    with opened(chromium, study_folder) as page:
        box = page.locator(".other p").nth(1).bounding_box()
        end = page.locator(".paragraph p").first.bounding_box()
        page.mouse.move(box["x"] + 2, box["y"] + 5)
        page.mouse.down()
        page.mouse.move(end["x"] + 60, end["y"] + 20, steps=4)
        page.mouse.up()
        page.wait_for_timeout(300)
        code = page.get_by_role("button", name="Code", exact=True)
        chosen = page.locator("#chosen").text_content() if code.is_visible() else ""
        assert chosen in page.locator(".paragraph p").first.inner_text()


def test_a_step_brings_its_rank_and_a_fault_of_a_row_is_told_when_it_is_saved(chromium, study_folder):
    with opened(chromium, study_folder, which="1") as page:
        step, rank = pd.read_csv(study_folder / "firmness.csv", dtype=str).query("source_id != 'cole1988'")[["step", "rank"]].iloc[0]
        code_by_mouse(page, "agreed to share", position="The siege ends.")
        page.locator("#e-position", has_text="uses the loaded word 'siege'").wait_for()
        fill(page, position="They share.")
        page.get_by_role("button", name="Save row").click()
        kept(page)
        assert not page.locator("#row-form").is_visible()
        drag(page, "no delay and no reef")
        page.get_by_role("button", name="Code", exact=True).click()
        fill(page, coding="firmness")
        fill(page, step=step)
        assert page.locator("#f-rank").input_value() == rank
        assert page.locator("#d-step option").count() > 0
        assert not page.locator("#f-rank").is_visible()
        fill(page, step="a step of its own")
        assert page.locator("#f-rank").is_visible()
        assert page.locator("#f-rank").input_value() == ""


def test_words_over_the_limit_are_told_when_the_row_is_saved(chromium, study_folder):
    with opened(chromium, study_folder) as page:
        desk, form = page.server.desk, {"row": None, "coding": "provisions", "codes": TERM, "start": 229, "end": 581}
        desk.keep({"version": version_of(desk.draft()), "rows": [], "form": form})
        page.reload()
        page.get_by_role("button", name="Save row").click()
        assert page.locator("#e-quote").inner_text() == "choose at most 40 words"
        assert page.locator("#row-form").is_visible()


def test_a_finger_chooses_words_on_a_telephone(chromium, study_folder):
    with opened(chromium, study_folder, size=browsing.PHONE, has_touch=True, is_mobile=True) as page:
        page.evaluate("""() => {
            const node = document.querySelector(".paragraph .run:not(.cursor)").firstChild, range = document.createRange()
            range.setStart(node, 1); range.setEnd(node, 12); getSelection().addRange(range)
        }""")
        page.get_by_role("button", name="Code", exact=True).tap()
        assert page.locator("#row-form blockquote").is_visible()
        assert not page.locator("#words").is_visible()
        page.get_by_role("button", name="Cancel").tap()
        assert page.locator("#words").is_visible()


@pytest.mark.parametrize("size", [browsing.DESKTOP, browsing.PHONE])
def test_with_many_rows_only_the_parts_of_the_page_scroll(chromium, study_folder, size):
    with opened(chromium, study_folder, size=size) as page:
        keep(page.server, [ROW | {"row": row, "codes": TERM} for row in range(1, 61)])
        page.reload()
        page.locator(".paragraph").first.wait_for(state="attached")
        page.get_by_role("button", name="Rows").click()
        page.locator("#row-60").scroll_into_view_if_needed()
        assert page.evaluate("[document.documentElement.scrollHeight - innerHeight, scrollY]") == [0, 0]
        page.get_by_role("button", name="Edit row 60").click()
        for _ in range(12):
            press(page, "Tab")
            page.wait_for_function(
                """() => document.activeElement.closest(".acts") || document.activeElement.getBoundingClientRect().bottom
                    <= document.querySelector("#row-form > .acts").getBoundingClientRect().top"""
            )
        page.get_by_role("button", name="Help").click()
        assert page.evaluate("document.getElementById('help-dialog').scrollTop") == 0
        assert page.evaluate("document.activeElement.id") == "h-help"


@pytest.mark.parametrize(("size", "scheme"), [((1680, 950), "light"), (browsing.PHONE, "dark")])  # the wide window shows all parts at once
def test_the_page_has_no_fault_that_axe_finds(chromium, study_folder, size, scheme):
    with opened(chromium, study_folder, "arden1987", "1", size=size, scheme=scheme) as page:
        page.locator("#words").focus()
        press(page, "ArrowRight", "Shift+ArrowRight")
        faults = {"text": violations(page)}
        press(page, "Enter")
        page.get_by_role("button", name="Save row").click()
        page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true })")
        faults["form"] = violations(page)
        for tab in ("Rows", "Codebook"):
            page.get_by_role("button", name=tab).click()
            faults[tab] = violations(page) if size == browsing.PHONE else []
            assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), tab
        for dialog in ("Help", "Finish"):
            page.get_by_role("button", name=dialog).click()
            faults[dialog] = violations(page, "dialog[open]")
            press(page, "Escape")
        assert {place: found for place, found in faults.items() if found} == {}
        page.said.clear()  # axe itself asks for style sheets by wrong addresses
