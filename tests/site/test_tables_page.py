"""The tables of the built book in a real browser: sorted, filtered, searched and scrolled, by keyboard, from a file, and without JavaScript."""

import re

import pandas as pd
import pytest

from analysis.display.html_table import render_table
from book.notebooks import ROOT
from tests.support import browsing
from tests.support.table_page import AT, BROWSED, OVERFLOWS, READ, SOUGHT, Opened, column_of, data_of, faults, folded, order, watched, wide

# Every table at a desk; the widest and the longest on a telephone too.
WINDOWS = [
    *((chapter, browsing.DESKTOP) for chapter in BROWSED),
    ("chapters/record-terms", browsing.PHONE),
    ("chapters/comparisons", browsing.PHONE),
]


@pytest.fixture(scope="module", params=WINDOWS, ids=lambda given: f"{given[0]}-{given[1][0]}")
def loaded(browser, site, request):
    chapter, size = request.param
    window = browsing.context(browser, size)
    yield Opened(watched(window, f"{site}/{chapter}.html"), chapter, size)
    window.close()


@pytest.fixture
def opened(loaded):
    """The page with its table as it was."""
    loaded.clear.click()
    loaded.box.evaluate("box => box.scrollTo(0, 0)")
    return loaded


@pytest.fixture(params=["light", "dark"])
def lit(opened, request):
    """The page in light and in dark."""
    opened.page.emulate_media(color_scheme=request.param)
    opened.page.wait_for_selector(f"html[data-theme={request.param}]")
    yield opened
    opened.page.emulate_media(color_scheme="light")
    opened.page.wait_for_selector("html[data-theme=light]")


def test_every_column_is_sorted_up_and_down_and_back(opened, executed, texts):
    before, data = opened.rows(), data_of(executed, opened.chapter)
    data = wide(data, texts) if "level" in data else data
    assert len(before) == len(data)
    for place in range(opened.heads.count()):
        head, button = opened.heads.nth(place), opened.buttons.nth(place)
        heading = head.inner_text().strip()
        keys = [folded(value) for value in data[heading]] if heading in data and "Charap 2022" in data else column_of(data, heading, texts)
        for falling, state in ((False, "ascending"), (True, "descending")):
            button.click()
            assert head.get_attribute("aria-sort") == state
            assert opened.rows() == [before[row] for row in order(keys, falling)], (heading, state)
        assert opened.box.locator("[aria-sort]").count() == 1
        button.click()
        assert opened.box.locator("[aria-sort]").count() == 0
        assert opened.rows() == before


def test_a_choice_leaves_the_rows_that_hold_it(opened):
    before = opened.rows()
    headings = [head.strip() for head in opened.heads.all_inner_texts()]
    for place in range(opened.selects.count()):
        select = opened.selects.nth(place)
        column = headings.index(select.locator("..").inner_text().partition("\n")[0].strip())
        offered = select.locator("option").all_inner_texts()
        assert offered[0] == "all"
        assert set(offered[1:]) == {value for row in before for value in row[column].split(", ")}
        for value in offered[1:]:
            select.select_option(value)
            left = [row for row in before if value in row[column].split(", ")]
            assert opened.rows() == left
            assert opened.status.inner_text().partition(",")[0] == f"{len(left)} of {len(before)} rows"
        select.select_option("all")
    assert opened.rows() == before


def test_choices_and_search_work_together_and_are_cleared(opened):
    before = opened.rows()
    word, select = folded(before[-1][0]).split()[0], opened.selects.last
    opened.search.fill(word)
    select.select_option(index=1)
    chosen = [row for row in before if select.input_value() in ", ".join(row).split(", ")]
    assert opened.rows() == [row for row in chosen if word in folded(" ".join(row))]
    opened.buttons.first.click()
    opened.clear.click()
    assert opened.rows() == before
    assert (opened.search.input_value(), select.input_value()) == ("", "")
    assert opened.status.inner_text().partition(",")[0] == f"{len(before)} of {len(before)} rows"


def test_all_words_must_occur_in_whatever_case_accent_and_form_of_marks(opened):
    before, sought = opened.rows(), SOUGHT[opened.chapter].replace('"', "")
    opened.search.fill(sought)
    found = [row for row in before if all(word in folded(" ".join(row)) for word in folded(sought).split())]
    assert 0 < len(found) < len(before)
    assert opened.rows() == found
    opened.search.fill("no such words anywhere")
    assert opened.rows() == []
    assert re.fullmatch(r"0 of \d+ rows: nothing fits", opened.status.inner_text())


def test_the_quoted_words_of_a_link_are_not_searched(opened):
    hidden = opened.box.locator(".ev-words").all_text_contents()
    shown = folded(" ".join(cell for row in opened.rows() for cell in row))
    words = [word for text in hidden for word in folded(text).strip(' "….').split() if word.isalpha() and word not in shown]
    if words:
        opened.search.fill(words[0])
        assert opened.rows() == []
    else:
        assert opened.chapter == "chapters/record-quotations"


def test_everything_is_reached_and_worked_by_keyboard(opened):
    page, total = opened.page, len(opened.rows())
    focused = "document.activeElement"
    opened.search.focus()
    page.keyboard.type("no such words")
    assert opened.rows() == []
    for _ in range(opened.selects.count() + 1):
        page.keyboard.press("Tab")
    assert page.evaluate(f"{focused}.textContent") == "Clear"
    page.keyboard.press("Enter")
    assert len(opened.rows()) == total
    assert page.evaluate(f"{focused}.textContent") == "Clear"
    page.keyboard.press("Tab")
    assert page.evaluate(f"{focused}.id") == BROWSED[opened.chapter]
    top = opened.box.evaluate("box => box.scrollTop")
    page.keyboard.press("PageDown")
    page.wait_for_function("([id, top]) => document.getElementById(id).scrollTop > top", arg=[BROWSED[opened.chapter], top])
    page.keyboard.press("Tab")
    for state in ("ascending", "descending", None):
        page.keyboard.press("Enter")
        assert opened.heads.first.get_attribute("aria-sort") == state
    assert page.evaluate(f"getComputedStyle({focused}).outlineStyle") == "solid"


def test_nothing_jumps(opened):
    opened.search.scroll_into_view_if_needed()
    places = [*opened.tools.locator("input, select, button, p").all(), *opened.heads.all()]
    before = [place.evaluate(AT) for place in places]
    opened.search.fill(SOUGHT[opened.chapter].split()[0])
    opened.buttons.first.click()
    after = [place.evaluate(AT) for place in places]
    for one, other in zip(before, after, strict=True):
        assert one == pytest.approx(other, abs=1)


def test_the_head_row_and_the_first_column_stay_in_view(lit):
    edge = lit.box.evaluate(AT)
    assert edge["height"] <= 0.76 * lit.size[1]
    lit.box.evaluate("box => box.scrollTo(200, 300)")
    corner = lit.heads.first.evaluate(AT)
    assert (corner["x"], corner["y"]) == pytest.approx((edge["x"], edge["y"]), abs=1)
    first = lit.table.locator("tbody th").nth(5)
    assert first.evaluate(AT)["x"] == pytest.approx(edge["x"], abs=1)
    behind = lit.page.evaluate("getComputedStyle(document.body).backgroundColor")
    for cell in (lit.heads.first, lit.heads.nth(1), first):
        assert cell.evaluate("cell => getComputedStyle(cell).backgroundColor") == behind
    assert behind.startswith("rgb(")  # opaque
    assert (sum(map(int, re.findall(r"\d+", behind))) > 382) == (lit.page.get_attribute("html", "data-theme") == "light")
    if lit.size == browsing.PHONE:
        assert first.evaluate(AT)["width"] <= 0.4 * edge["width"]
        assert lit.box.evaluate("box => box.scrollWidth > box.clientWidth + 40")


def test_captions_fit_the_window_controls_a_finger_and_prose_its_cell(opened):
    page = opened.page
    assert page.evaluate("document.documentElement.scrollWidth") <= opened.size[0]
    for caption in page.locator(".scroll:not(.browse) caption:visible").all():
        at = caption.evaluate(AT)
        assert at["x"] + at["width"] <= opened.size[0]
    for control in page.locator(".table-tools:visible :is(input, select, button), .browse th button").all():
        at = control.evaluate(AT)
        assert min(at["width"], at["height"]) >= 24
    for cell in page.locator(".scroll td.prose:visible").all()[:40] if opened.size == browsing.PHONE else ():
        assert cell.evaluate(AT)["width"] > 150


def test_a_box_is_a_tab_stop_where_it_overflows_and_nowhere_else(opened):
    opened.page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true; })")
    opened.page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    boxes = opened.page.locator(".scroll").all()
    assert len(boxes) > 3
    for box in boxes:
        assert (box.get_attribute("tabindex") == "0") == box.evaluate(OVERFLOWS), box.get_attribute("id")
        assert box.get_attribute("role") == "region"
        assert box.get_attribute("aria-label")


def test_on_paper_all_rows_stand_and_no_controls(opened):
    everything = len(opened.rows())
    opened.search.fill("no such words")
    opened.page.emulate_media(media="print")
    try:
        assert opened.table.locator("tbody tr:visible").count() == everything
        assert not opened.tools.is_visible()
        assert opened.table.locator("caption").evaluate(AT)["height"] > 10
        assert not opened.box.evaluate(OVERFLOWS) or opened.box.evaluate("box => getComputedStyle(box).overflow") == "visible"
    finally:
        opened.page.emulate_media(media="screen")


def test_no_script_complains(opened):
    assert faults(opened.page) == []


def test_tables_work_from_a_file(browser, html):
    window, chapter = browsing.context(browser), "chapters/record-events"
    opened = Opened(watched(window, (html / f"{chapter}.html").as_uri()), chapter, browsing.DESKTOP)
    before = opened.rows()
    opened.buttons.first.click()
    opened.buttons.first.click()
    assert opened.rows() != before
    opened.search.fill(SOUGHT[chapter].split()[0])
    assert 0 < len(opened.rows()) < len(before)
    assert (window.asked, faults(opened.page)) == ([], [])
    window.close()


@pytest.mark.parametrize("chapter", BROWSED)
def test_without_javascript_tables_are_plain_and_complete(browser, site, executed, chapter):
    window = browsing.context(browser, browsing.PHONE, java_script_enabled=False)
    page = window.new_page()
    page.goto(f"{site}/{chapter}.html")
    box, data = page.locator(f"#{BROWSED[chapter]}"), data_of(executed, chapter)
    assert box.locator("tbody tr:visible").count() == len(data.drop_duplicates("dimension") if "level" in data else data)
    assert page.locator(".table-tools, .browse th button").count() == 0
    assert box.get_attribute("tabindex") == "0"
    assert box.locator("caption").is_visible()
    assert box.locator("tbody th").first.evaluate("cell => getComputedStyle(cell).backgroundColor") == "rgb(255, 255, 255)"
    window.close()


NUMBERS = [3, None, -12.5, 1234, 3, 20]
DATES = ["2022-03-16", "", "2022-XX", "199X", "2022-03-14/2022-03-16", "2022-03~"]
WORDS = ["“zeta”", "Élan", "", "alpha – 2", "…beta", "Alpha – 1"]


def test_numbers_dates_with_unknown_parts_and_marked_words_stand_in_their_order(browser):
    data = pd.DataFrame({"row": list("abcdef"), "number": NUMBERS, "date": DATES, "words": WORDS})
    page = browser.new_page()
    page.set_content(render_table(data, "A table", "tab-a-table", filters={}))
    page.add_script_tag(path=ROOT / "_static/tables.js")
    table = page.locator("table")
    by_hand = {
        "number": ("caefdb", "dfaecb"),  # -12.5, 3, 3, 20, 1234; none
        "date": ("dcfeab", "aefcdb"),  # the nineties; the year; the month; 14 to 16 March; 16 March; none
        "words": ("fdebac", "abedfc"),  # Alpha 1, alpha 2, beta, Élan, zeta; none
    }
    for heading, (rising, falling) in by_hand.items():
        button = page.get_by_role("button", name=heading, exact=True)
        for expected in (rising, falling, "abcdef"):
            button.click()
            assert "".join(row[0] for row in table.evaluate(READ)) == expected, heading
    page.close()
