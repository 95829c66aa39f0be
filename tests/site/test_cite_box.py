"""The line that opens to what a page is and how to cite it, in a browser."""

import pytest

from tests.support import browsing

PAGES = ["index", "chapters/voices", "chapters/comparisons", "chapters/references", "chapters/trust"]


@pytest.mark.parametrize("name", PAGES)
def test_the_closed_line_stands_in_the_first_screen_of_a_telephone(browser, site, name):
    page = browsing.context(browser, browsing.PHONE).new_page()
    page.goto(f"{site}/{name}.html")
    place = page.locator("details.cite").bounding_box()
    assert place["y"] >= 0
    assert place["y"] + place["height"] <= browsing.PHONE[1]
    assert place["height"] < 40  # one line
    assert place["x"] + place["width"] <= browsing.PHONE[0]
    assert page.locator("details.cite").get_attribute("open") is None


def test_the_box_opens_by_keyboard_and_copies_exactly_the_bibtex(browser, site, html):
    window = browsing.context(browser, permissions=["clipboard-read", "clipboard-write"])
    page = window.new_page()
    page.goto(f"{site}/chapters/voices.html")
    page.wait_for_selector("details.cite button.copybtn", state="attached")
    page.locator("details.cite > summary").focus()
    assert page.evaluate("document.activeElement.textContent") == "Cite this chapter"
    page.keyboard.press("Enter")
    assert page.locator("details.cite").get_attribute("open") is not None
    for stop in ("Neutrality for Guarantees", "a large language model", "Copy to clipboard", "Download as .bib", "Copy to clipboard"):
        page.keyboard.press("Tab")
        assert stop in page.evaluate("document.activeElement.textContent")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    page.wait_for_selector("details.cite [aria-labelledby=cite-bib] .copybtn.success")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == (html / "cite/chapters-voices.bib").read_text(encoding="utf-8").rstrip("\n")
    assert window.asked == []


def test_the_box_opens_without_scripts_and_offers_its_files(browser, site):
    page = browsing.context(browser, browsing.PHONE, java_script_enabled=False).new_page()
    page.goto(f"{site}/index.html")
    page.locator("details.cite > summary").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download as .ris").click()
    assert download.value.suggested_filename == "index.ris"


def test_the_link_of_the_first_page_leads_into_the_box(browser, site):
    page = browsing.context(browser).new_page()
    page.goto(f"{site}/index.html")
    page.get_by_role("link", name="Cite this book").click()
    page.wait_for_function("document.querySelector('details.cite').open")


@pytest.mark.parametrize(("size", "scheme"), browsing.VIEWS)
def test_the_open_box_has_no_fault_that_axe_finds(browser, site, size, scheme):
    from axe_playwright_python.sync_playwright import Axe

    page = browsing.context(browser, size, scheme).new_page()
    page.goto(f"{site}/chapters/voices.html")
    page.wait_for_selector("details.cite button.copybtn", state="attached")
    page.locator("details.cite > summary").click()
    page.wait_for_timeout(400)  # the colours of the buttons change slowly
    found = Axe().run(page, context="details.cite").response["violations"]
    assert [(fault["id"], [node["html"] for node in fault["nodes"]]) for fault in found] == []
