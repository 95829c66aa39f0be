"""Coding row after row on the page: one click saves, the same words are coded again, a row waits for another."""

import threading

from tests.support.desks import code_by_mouse, drag, fill, kept, opened, press


def code(page, words, coding, button="Code", **codes):
    drag(page, words)
    page.locator("#bar-coding").select_option(coding)
    page.get_by_role("button", name=button, exact=True).click()
    fill(page, **codes)


def test_the_buttons_of_the_form_stand_still_under_the_mouse(chromium, study_folder):
    with opened(chromium, study_folder, size=(1280, 560)) as page:
        code(page, "began in May", "benchmark_events", event_id="e-may", label="It begins", date="1987-05")
        page.locator("#f-label").evaluate("""field => {
            const part = [document.getElementById("form"), field.closest("form > div")].find(one => one.scrollHeight > one.clientHeight)
            part.scrollTop = part.scrollHeight - part.clientHeight - 40  // nearly at its end
        }""")
        page.wait_for_timeout(100)
        box = page.locator("#row-form [type=submit]").bounding_box()
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        page.mouse.down()
        page.wait_for_timeout(100)
        assert page.locator("#row-form [type=submit]").bounding_box() == box
        page.mouse.up()
        page.locator("#row-1").wait_for()


def test_a_row_waits_while_what_it_lacks_is_coded(chromium, study_folder):
    with opened(chromium, study_folder) as page:
        given = {"actor": "Vesk", "valence": "blamed", "matter": "blockade", "act": "began the blockade", "voice": "Bo Nye"}
        code(page, "began in May", "responsibility", **given)
        page.get_by_role("button", name="Save row").click()
        assert "choose the words that name it and code them under people: this row waits" in page.locator("#e-voice").inner_text()
        for button in ("Cancel", "Save row"):
            code(page, "agreed to share", "people", "Code as a new row", name="Bo Nye", kind="person", side="Vesk")
            assert page.locator("#h-form").inner_text() == "New row, then back to row 1"
            page.get_by_role("button", name=button).click()
            assert page.locator("#h-form").inner_text() == "Row 1"
            assert {name: page.locator(f"#f-{name}").input_value() for name in given} == given
        page.get_by_role("button", name="Save row").click()
        assert {row: one["codes"].get("voice") for row, one in kept(page).items()} == {1: "Bo Nye", 2: None}
        page.locator("#filter").select_option("faults")
        page.locator("#none", has_text="No row has a fault.").wait_for()


def test_a_row_that_was_set_aside_is_among_the_rows_with_what_it_lacks(chromium, study_folder):
    with opened(chromium, study_folder) as page:
        code(page, "began in May", "responsibility", actor="Vesk")
        code(page, "agreed to share", "people", "Code as a new row", name="Bo Nye")
        page.get_by_role("button", name="Undo").click()
        assert page.locator("#f-actor").input_value() == "Vesk"
        page.get_by_role("button", name="Cancel").click()
        assert kept(page)[1]["codes"] == {"actor": "Vesk"}
        page.locator("#row-1 .faults", has_text="valence: is missing").wait_for()


def test_the_same_words_are_coded_again_without_being_chosen_anew(chromium, study_folder):
    with opened(chromium, study_folder) as page:
        code_by_mouse(page)
        press(page, "3", "Enter")
        assert page.locator("#f-coding").input_value() == "responsibility"
        assert page.locator("#row-form blockquote").inner_text() == "agreed to share the berths"
        page.get_by_role("button", name="Cancel").click()
        assert not page.locator("#bar").is_visible()
        page.get_by_role("button", name="Show row 1").click()
        assert page.locator("#chosen").inner_text() == "agreed to share the berths"
        drag(page, "began in May")
        page.locator("#chosen", has_text="began in May").wait_for()
        assert page.locator(".run.chosen").count() == 0


def test_a_row_is_kept_before_its_faults_are_known(chromium, study_folder):
    with opened(chromium, study_folder, which="1") as page:
        faults, looked = page.server.desk.faults, threading.Event()
        of = faults.of
        faults.of = lambda *given: looked.wait(20) and of(*given)
        code_by_mouse(page, position="The siege ends.")
        assert "The siege ends." in [row["codes"].get("position") for row in kept(page).values()]
        assert not looked.is_set()
        looked.set()
        page.locator("#e-position", has_text="uses the loaded word 'siege'").wait_for()
