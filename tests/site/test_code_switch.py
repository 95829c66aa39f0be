"""The code of the pages: behind each section, shown by one switch, remembered; without JavaScript folded."""

from tests.support import browsing

PAGE = "chapters/voices"


def test_the_switch_shows_all_code_and_is_remembered(browser, site):
    page = browsing.context(browser).new_page()
    page.goto(f"{site}/{PAGE}.html")
    code, switch = page.locator("details.section-code .cell_input"), page.get_by_role("button", name="Code", exact=True)
    assert code.count() > 0
    assert not any(part.is_visible() for part in code.all())
    assert switch.get_attribute("aria-pressed") == "false"
    switch.focus()
    page.keyboard.press("Enter")
    assert all(part.is_visible() for part in code.all())
    assert switch.get_attribute("aria-pressed") == "true"
    page.goto(f"{site}/chapters/talks.html")
    page.locator("details.section-code .cell_input").first.wait_for(state="visible")
    page.get_by_role("button", name="Code", exact=True).click()
    page.reload()
    assert not page.locator("details.section-code").first.is_visible()


def test_without_scripts_the_code_is_folded_at_the_end_of_its_section(browser, site):
    page = browsing.context(browser, java_script_enabled=False).new_page()
    page.goto(f"{site}/{PAGE}.html")
    fold = page.locator("section details.section-code").first
    assert fold.is_visible()
    assert not fold.locator(".cell_input").first.is_visible()
    assert page.get_by_role("button", name="Code", exact=True).count() == 0
    after = page.locator("section > details.section-code ~ :not(section, details)")
    assert after.count() == 0  # nothing of a section stands behind its code but the sections within it


def test_a_page_without_code_has_no_switch(browser, site):
    page = browsing.context(browser).new_page()
    page.goto(f"{site}/chapters/references.html")
    assert page.get_by_role("button", name="Code", exact=True).count() == 0
