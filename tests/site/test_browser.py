"""The built book in a real browser: accessible, reached by keyboard, searchable, and content with this machine."""

import re

import pytest

from book.lint.plain_english import main_pages
from book.notebooks import ROOT, page_names
from tests.support import browsing
from tests.support.browsing import violations

PAGES = [*page_names(ROOT), "search", "genindex", "_modules/index", "_modules/analysis/coding/terms"]  # one page of source stands for all
OTHERS = ["compare", "record-terms", "evidence", "evidence-terms", "codebook", "references", "status", "functions", "functions-corpus"]
OF_EACH_KIND = [
    *sorted(main_pages(ROOT)),
    *(f"chapters/{name}" for name in OTHERS),
    *PAGES[-4:],
]  # main chapters, and one of each other kind
OPEN_ALL = "document.querySelectorAll('details').forEach(part => { part.open = true })"


@pytest.mark.promise("no request")
@pytest.mark.parametrize(("size", "scheme", "names"), [(browsing.DESKTOP, "light", PAGES), (browsing.PHONE, "dark", OF_EACH_KIND)])
def test_no_page_has_a_fault_that_axe_finds_or_asks_for_anything_outside(browser, site, size, scheme, names):
    faults = {}
    window = browsing.context(browser, size, scheme)
    for name in names:
        page, said = window.new_page(), []
        page.on("console", lambda message, said=said: said.append(message.text) if message.type in ("error", "warning") else None)
        page.on("pageerror", lambda error, said=said: said.append(str(error)))
        page.goto(f"{site}/{name}.html")
        page.evaluate(OPEN_ALL)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        found = said + [f"{wide} px wider than the window"] * (wide > 0)
        found = found + violations(
            page
        )  # axe itself asks for style sheets by wrong addresses, so what is said while it runs does not count
        if found:
            faults[name] = found
        page.close()
    assert faults == {}
    assert window.asked == []
    window.close()


def test_axe_sees_a_planted_fault(browser, site):
    page = browser.new_page()
    page.goto(f"{site}/index.html")
    page.evaluate("document.querySelector('article').insertAdjacentHTML('beforeend', '<img src=\"x.png\"><p>pale</p>')")
    page.evaluate("document.querySelector('article').lastChild.style.color = '#ccc'")  # as an attribute the page's policy forbids it
    assert {fault.split()[0] for fault in violations(page)} >= {"image-alt", "color-contrast"}
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_menu_of_a_phone_and_the_search_have_no_fault_when_open(browser, site, scheme):
    window = browsing.context(browser, browsing.PHONE, scheme)
    page = window.new_page()
    page.goto(f"{site}/chapters/voices.html")
    page.locator("button.primary-toggle").click()
    page.locator("#pst-primary-sidebar-modal").get_by_role("link", name="The talks").wait_for()
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.keyboard.press("Control+k")
    page.locator("#pst-search-dialog input").wait_for()
    assert violations(page) == []
    window.close()


def focused(page):
    return page.evaluate("(document.activeElement.innerText || document.activeElement.ariaLabel || '').trim()")


def tab_to(page, wanted, most=60):
    """Press Tab until the focus is on an element whose name holds `wanted`."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if wanted in focused(page):
            return
    raise AssertionError(f"{wanted!r} was not reached in {most} steps; the focus is on {focused(page)!r}")


def test_the_keyboard_leads_past_the_menu_to_the_text(browser, site):
    page = browser.new_page()
    page.goto(f"{site}/chapters/voices.html")
    page.keyboard.press("Tab")
    assert focused(page) == "Skip to main content"
    page.keyboard.press("Enter")
    assert page.url.endswith("#main-content")
    page.close()


@pytest.mark.parametrize("size", [browsing.DESKTOP, browsing.PHONE])
def test_the_keyboard_leads_through_the_menu_to_another_chapter(browser, site, size):
    window = browsing.context(browser, size)
    page = window.new_page()
    page.goto(f"{site}/chapters/voices.html")
    if size == browsing.PHONE:
        tab_to(page, "Toggle primary sidebar")
        page.keyboard.press("Enter")
    tab_to(page, "The talks")
    outline = page.evaluate(
        "(s => s.outlineStyle != 'none' || s.boxShadow != 'none' || s.textDecorationLine != 'none')(getComputedStyle(document.activeElement))"
    )
    assert outline
    page.keyboard.press("Enter")
    page.wait_for_url("**/talks.html")
    window.close()


def test_an_evidence_link_shows_its_words_on_focus_and_leads_to_them(browser, site):
    page = browser.new_page()
    page.goto(f"{site}/chapters/proposals.html")
    link = page.locator("article p a.ev").first
    words = link.locator(".ev-words")
    assert not words.is_visible()
    link.focus()
    assert words.is_visible()
    page.keyboard.press("Escape")
    assert not words.is_visible()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("evidence-[a-z]+.html#ev-"))
    target = page.locator(":target")
    assert target.is_visible()
    assert target.evaluate("element => { const box = element.getBoundingClientRect(); return box.top >= 0 && box.top < innerHeight }")
    page.close()


def test_a_link_into_a_folded_table_opens_it_at_its_line(browser, site):
    page = browser.new_page()
    page.goto(f"{site}/chapters/language.html")
    link = page.locator("#tab-what-each-text-calls-it td a").first
    target, word = link.get_attribute("href").partition("#")[2], link.inner_text()
    link.click()
    line = page.locator(f"[id='{target}']")
    line.wait_for(state="visible")
    assert line.inner_text().lower() == word
    top = line.bounding_box()["y"]
    assert 0 < top < page.viewport_size["height"]


def test_the_first_tap_shows_the_words_and_the_second_follows_the_link(browser, site):
    window = browsing.context(browser, browsing.PHONE, has_touch=True)
    page = window.new_page()
    page.goto(f"{site}/chapters/proposals.html")
    link = page.locator("article p a.ev").first
    link.tap()
    assert link.locator(".ev-words").is_visible()
    assert page.url.endswith("proposals.html")
    link.tap()
    page.wait_for_url(re.compile("evidence-[a-z]+.html#ev-"))
    window.close()


@pytest.mark.parametrize("place", ["http", "file"])
def test_an_old_address_of_a_passage_leads_on_at_once(browser, site, html, place):
    window = browsing.context(browser)
    page = window.new_page()
    index = f"{site}/chapters/evidence.html" if place == "http" else (html / "chapters/evidence.html").as_uri()
    page.goto(index)
    assert page.url == index
    anchor = page.locator("li[id^=ev-] > a.ev-home").first.evaluate("(link) => link.parentElement.id")
    for address in (f"{index}#{anchor}", f"{index}#not-there"):
        page.goto("about:blank")
        page.goto(address)
        page.wait_for_url(re.compile(f"evidence-[a-z]+.html#{anchor}$") if anchor in address else address)
    page.goto(index)
    page.evaluate("(anchor) => { location.hash = anchor }", anchor)
    page.wait_for_url(re.compile(f"evidence-[a-z]+.html#{anchor}$"))
    assert page.locator(":target").is_visible()
    assert window.asked == []
    window.close()


def test_without_a_script_an_old_address_is_one_click_away(browser, site):
    window = browsing.context(browser, java_script_enabled=False)
    page = window.new_page()
    page.goto(f"{site}/chapters/evidence.html")
    anchor = page.locator("li[id^=ev-]").first.get_attribute("id")
    page.goto(f"{site}/chapters/evidence.html#{anchor}")
    page.locator(":target > a.ev-home").click()
    page.wait_for_url(re.compile(f"evidence-[a-z]+.html#{anchor}$"))
    assert page.locator("select").count() == 0
    window.close()


def test_the_passages_of_one_text_can_be_chosen(browser, site):
    page = browser.new_page()
    page.goto(f"{site}/chapters/evidence-guarantees.html")
    chosen, items = page.get_by_label("Show the passages of"), page.locator(".evidence li[data-text]")
    texts = [option for option in chosen.locator("option").all_inner_texts() if option != "all texts"]
    every = items.count()
    assert len(texts) > 1
    shown = 0
    for text in texts:
        chosen.select_option(text)
        seen = page.locator(".evidence li[data-text]:visible")
        assert {item.get_attribute("data-text") for item in seen.all()} == {text}
        assert all(part.locator("li[data-text]:visible").count() for part in page.locator(".subject:visible").all())
        shown += seen.count()
    assert shown == every
    chosen.select_option("all texts")
    assert page.locator(".evidence li[data-text]:visible").count() == every
    page.close()


@pytest.mark.parametrize("place", ["http", "file"])
def test_the_search_finds_words_of_the_chapters(browser, site, html, place):
    window = browsing.context(browser)
    page = window.new_page()
    page.goto(f"{site}/index.html" if place == "http" else (html / "index.html").as_uri())
    page.keyboard.press("Control+k")
    page.keyboard.type("Krippendorff")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=Krippendorff*")
    page.locator("#search-results a", has_text="How steady the codings are").wait_for()
    page.goto(page.url.replace("Krippendorff", "Naftogaz"))
    page.locator("#search-results", has_text="did not match any").wait_for()
    assert window.asked == []
    window.close()


def test_pages_work_from_the_disk(browser, html):
    window = browsing.context(browser)
    for name in OF_EACH_KIND:
        page, failed = window.new_page(), []
        page.on("requestfailed", lambda request, failed=failed: failed.append(request.url))
        page.on("pageerror", lambda error, failed=failed: failed.append(str(error)))
        page.goto((html / f"{name}.html").as_uri())
        assert failed == [], name
        assert page.locator("h1:visible").count() > 0
        page.close()
    assert window.asked == []
    window.close()


def test_the_reader_chooses_light_or_dark(browser, site):
    window = browsing.context(browser)
    page = window.new_page()
    page.goto(f"{site}/index.html")
    shades = set()
    for _ in range(3):
        page.locator(".theme-switch-button").first.click()
        shades.add(page.evaluate("document.documentElement.dataset.theme"))
    assert shades == {"light", "dark"}
    window.close()


def test_the_first_chapter_is_interactive_after_less_than_a_second_of_work(browser, site):
    """In seconds of the page's own thread until it is loaded: time by the clock would measure what else the machine does."""
    window = browsing.context(browser)
    page = window.new_page()
    tools = window.new_cdp_session(page)
    tools.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.goto(f"{site}/chapters/texts.html", wait_until="load")
    spent = {metric["name"]: metric["value"] for metric in tools.send("Performance.getMetrics")["metrics"]}
    window.close()
    assert 0.01 < spent["TaskDuration"] < 1
