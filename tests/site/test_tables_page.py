"""The tables of the built book in a real browser: sorted, filtered, searched and scrolled, by keyboard, from a file, and without JavaScript."""

import io
import re
import unicodedata
from itertools import product

import pandas as pd
import pytest
from axe_playwright_python.sync_playwright import Axe
from bs4 import BeautifulSoup

from analysis.corpus.dates import edtf_range
from analysis.display.html_table import render_table
from book.notebooks import ROOT, notebook_names
from tests.support import browsing

BROWSED = {
    "chapters/proposals": "tab-dimensions-by-text-and-level",
    "chapters/voices": "tab-all-quotations",
    "chapters/talks": "tab-all-events",
    "chapters/comparisons": "tab-all-claims",
}
# What is looked for: marks and accents in another form than in the table, words in another order.
SOUGHT = {
    "chapters/proposals": "FÓRCES ukraine’s",
    "chapters/voices": "course,' \"of",
    "chapters/talks": "JOURNALISTS zélenskyy’s",
    "chapters/comparisons": "néutrality ukraine’s",
}
READ = """table => [...table.tBodies[0].rows].filter(row => !row.hidden).map(row => [...row.cells].map(cell => {
  const copy = cell.cloneNode(true);
  copy.querySelectorAll(".ev-words").forEach(words => words.remove());
  return copy.textContent.trim();
}))"""
OVERFLOWS = "box => box.scrollWidth > box.clientWidth + 1 || box.scrollHeight > box.clientHeight + 1"
AT = "element => { const {x, y, width, height} = element.getBoundingClientRect(); return {x, y, width, height}; }"


class Opened:
    """A page with an interactive table, and what is needed of it."""

    def __init__(self, page, chapter, size):
        self.page, self.chapter, self.size = page, chapter, size
        self.box = page.locator(f"#{BROWSED[chapter]}")
        self.table = self.box.locator("table")
        self.tools = page.locator(".table-tools")
        self.search, self.selects = self.tools.get_by_label("Search"), self.tools.locator("select")
        self.status, self.clear = self.tools.get_by_role("status"), self.tools.get_by_role("button", name="Clear")
        self.heads, self.buttons = self.box.locator("thead th"), self.box.locator("thead button")

    def rows(self):
        return self.table.evaluate(READ)


@pytest.fixture(scope="module", params=product(BROWSED, (browsing.DESKTOP, browsing.PHONE)), ids=lambda given: f"{given[0]}-{given[1][0]}")
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


def watched(window, address):
    """A page whose `faults` are the errors that its scripts and its console report."""
    page = window.new_page()
    page.faults = []
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.on("console", lambda message: page.faults.append(f"{message.text} {message.location['url']}") if message.type == "error" else None)
    page.goto(address)
    return page


def faults(page):
    """What `page` complained of, but for a name that the theme declares twice, and for files that are not there."""
    return [fault for fault in page.faults if "THEBE_JS_URL" not in fault and "status of 404" not in fault]


def axed(page, *how):
    """What axe finds. It writes styles into the page, and the page's policy complains of that: so these complaints are its own."""
    before = len(page.faults)
    result = Axe().run(page, *how)
    page.wait_for_timeout(100)
    del page.faults[before:]
    return result


def folded(text):
    plain = "".join(letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter)).lower()
    return " ".join(re.sub("[‐‑–—]", "-", re.sub("[‘’]", "'", re.sub("[“”]", '"', plain))).split())


def data_of(executed, chapter):
    """The CSV of the interactive table of a chapter."""
    outputs = (output for cell in executed[chapter].cells for output in cell.get("outputs", []))
    (found,) = (output for output in outputs if output.get("metadata", {}).get("table", {}).get("name") == BROWSED[chapter])
    return pd.read_csv(io.StringIO(found.data["text/csv"]), dtype=str, keep_default_na=False)


def column_of(data, heading, texts):
    """What a column of the page is sorted by, computed from the CSV: a key for each row, None where missing."""
    short = texts.sources.set_index("source_id").short
    if heading == "date":
        return [edtf_range(value) if value else None for value in data.date]
    if heading == "par.":
        return [int(passage_id[-2:]) for passage_id in data.passage_id]
    if heading == "evidence":
        words = [f"{short[passage_id[:-4]]}, par. {int(passage_id[-2:])}" for passage_id in data.passage_id]
    elif heading == "text":
        words = short[data.source_id]
    else:
        words = data[heading.replace(" ", "_")]
    return [re.sub(r"^[^a-z0-9]+", "", folded(value)) or None for value in words]


def order(keys, falling):
    """The places of `keys` in rising or falling order, equals as they stood, missing last."""
    given = [place for place, key in enumerate(keys) if key is not None]
    return sorted(given, key=keys.__getitem__, reverse=falling) + [place for place, key in enumerate(keys) if key is None]


def wide(data, texts):
    """The long CSV of the matrix as the page shows it: a row a dimension, a column a text."""
    short = texts.sources.set_index("source_id").short
    cells = data.groupby(["dimension", "label", "source_id"], sort=False)["level"].agg(", ".join).unstack()
    return cells.rename(columns=short).reset_index().assign(dimension=lambda table: table.dimension + " " + table.label)


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
            assert opened.status.inner_text() == f"{len(left)} of {len(before)} rows"
        select.select_option("all")
    assert opened.rows() == before


def test_choices_and_search_work_together_and_are_cleared(opened):
    before = opened.rows()
    word = folded(before[-1][0]).split()[0]
    select = opened.selects.last
    opened.search.fill(word)
    select.select_option(index=1)
    found = [
        row
        for row in before
        if word in folded(" ".join(row)) and select.input_value() in [part for cell in row for part in cell.split(", ")]
    ]
    assert opened.rows() == found
    opened.buttons.first.click()
    opened.clear.click()
    assert opened.rows() == before
    assert (opened.search.input_value(), select.input_value()) == ("", "")
    assert opened.status.inner_text() == f"{len(before)} of {len(before)} rows"


def test_all_words_must_occur_in_whatever_case_accent_and_form_of_marks(opened):
    before, words = opened.rows(), folded(SOUGHT[opened.chapter]).replace('"', "").split()
    opened.search.fill(SOUGHT[opened.chapter].replace('"', ""))
    found = [row for row in before if all(word in folded(" ".join(row)) for word in words)]
    assert 0 < len(found) < len(before)
    assert opened.rows() == found


def test_an_empty_result_says_so(opened):
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
        assert opened.chapter == "chapters/voices"


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


def test_no_page_or_caption_is_wider_than_the_window(opened):
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= opened.size[0]
    for caption in opened.page.locator(".scroll:not(.browse) caption:visible").all():
        at = caption.evaluate(AT)
        assert at["x"] + at["width"] <= opened.size[0]


def test_controls_are_large_enough_for_a_finger(opened):
    for control in opened.page.locator(".table-tools :is(input, select, button), .browse th button").all():
        at = control.evaluate(AT)
        assert min(at["width"], at["height"]) >= 24


def test_a_box_is_a_tab_stop_where_it_overflows_and_nowhere_else(opened):
    opened.page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true; })")
    opened.page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    boxes = opened.page.locator(".scroll").all()
    assert len(boxes) > 5
    for box in boxes:
        assert (box.get_attribute("tabindex") == "0") == box.evaluate(OVERFLOWS), box.get_attribute("id")
        assert box.get_attribute("role") == "region"
        assert box.get_attribute("aria-label")
    result = axed(opened.page, {"include": [[".scroll"]]}, {"runOnly": ["scrollable-region-focusable", "aria-valid-attr-value"]})
    assert result.violations_count == 0, result.generate_report()


def test_prose_in_a_table_has_room(opened):
    if opened.size == browsing.PHONE:
        for cell in opened.page.locator(".scroll td.prose:visible").all()[:40]:
            assert cell.evaluate(AT)["width"] > 150


def test_axe_finds_nothing_wrong_with_table_and_controls(lit):
    lit.search.fill(SOUGHT[lit.chapter].split()[0])
    lit.buttons.first.click()
    result = axed(lit.page, {"include": [[".table-tools"], [f"#{BROWSED[lit.chapter]}"]]})
    assert result.violations_count == 0, result.generate_report()


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


@pytest.mark.parametrize("chapter", BROWSED)
def test_tables_work_from_a_file(browser, html, chapter):
    window = browsing.context(browser)
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


def test_every_table_of_the_book_has_one_name_and_the_data_that_it_shows(html, executed):
    for chapter in notebook_names(ROOT):
        page = BeautifulSoup((html / f"{chapter}.html").read_text(encoding="utf-8"), "html.parser")
        boxes = {box["id"]: box for box in page.select("article .scroll")}
        assert len(boxes) == len(page.select("article table")), chapter
        assert all(re.fullmatch("tab-[a-z0-9]+(-[a-z0-9]+)*", name) for name in boxes)
        ids = [tag["id"] for tag in page.select("[id]")]
        assert all(ids.count(name) == 1 for name in boxes)
        outputs = [
            output for cell in executed[chapter].cells for output in cell.get("outputs", []) if "table" in output.get("metadata", {})
        ]
        assert [output.metadata["table"]["name"] for output in outputs] == [
            box["id"] for box in page.select("article .cell_output .scroll")
        ]
        for output in outputs:
            box, data = boxes[output.metadata["table"]["name"]], pd.read_csv(io.StringIO(output.data["text/csv"]))
            assert box.caption.get_text() == output.metadata["table"]["caption"]
            assert len(box.select("tbody tr")) == (data.dimension.nunique() if "browse" in box["class"] and "level" in data else len(data))
