"""Several windows of the page for coding, and windows and servers that end: nothing that was typed is lost."""

from tests.support.desks import code_by_mouse, drag, fill, kept, opened, served


def test_a_row_that_is_half_filled_outlives_the_window(chromium, study_folder):
    with opened(chromium, study_folder) as page:
        drag(page, "agreed to share")
        page.get_by_role("button", name="Code", exact=True).click()
        fill(page, dimension="K1", position="They sh")
        page.wait_for_timeout(400)
        kept(page)
        page.reload()
        page.locator("#row-form").wait_for()
        assert (page.locator("#f-dimension").input_value(), page.locator("#f-position").input_value()) == ("K1", "They sh")
        assert page.locator("#row-form blockquote").inner_text() == "agreed to share"


def second_window(page):
    other = page.window.new_page()
    other.server = page.server
    other.goto(page.server.address)
    other.locator(".paragraph").first.wait_for()
    return other


def test_what_two_windows_add_is_put_together(chromium, study_folder):
    with opened(chromium, study_folder) as page:
        other = second_window(page)
        code_by_mouse(page)
        kept(page)
        code_by_mouse(other, "began in May")
        rows = kept(other)
        assert [row["quote"] for row in rows.values()] == ["agreed to share the berths", "began in May"]
        assert other.locator("#list > li").count() == 2
        assert not other.get_by_role("alert").is_visible()


def test_a_row_that_two_windows_changed_is_asked_for(chromium, study_folder):
    with opened(chromium, study_folder) as page:
        code_by_mouse(page)
        kept(page)
        other = second_window(page)
        for window, words in ((page, "Berths are shared."), (other, "They share berths.")):
            window.get_by_role("button", name="Edit row 1").click()
            fill(window, position=words)
            window.get_by_role("button", name="Save row").click()
            window.locator("#kept", has_text="kept").wait_for()
        other.get_by_role("alert").get_by_text("another window changed row 1 in another way").wait_for()
        assert kept(page)[1]["codes"]["position"] == "Berths are shared."
        other.get_by_role("button", name="Show the newer rows").click()
        other.locator("#list .paraphrase", has_text="Berths are shared.").wait_for()


def test_what_was_typed_outlives_browser_and_server(chromium, study_folder):
    with opened(chromium, study_folder) as page:
        server = page.server
        port = server.server_port
        server.shutdown()
        server.server_close()
        code_by_mouse(page)
        page.get_by_role("alert").get_by_text("Run “analysis code cole1988 --pass 2” again").wait_for()
        drag(page, "began in May")
        page.get_by_role("button", name="Code", exact=True).click()
        fill(page, position="It beg")
        other = page.window.new_page()
        page.close(run_before_unload=False)
        with served(study_folder) as again:
            other.server = again
            assert again.server_port == port
            other.goto(again.address)
            other.locator("#row-form").wait_for()
            assert other.locator("#f-position").input_value() == "It beg"
            assert [row["quote"] for row in kept(other).values()] == ["agreed to share the berths"]
            assert other.evaluate("localStorage.length") == 0
        page.said.clear()  # the chromium notes that nobody answered
