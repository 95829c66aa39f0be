"""The page Compare in a real browser: chosen by keyboard, kept in the address, saved as files, and whole without JavaScript."""

import io
import re

import pandas as pd
import pytest

from analysis.citation_file import edition
from analysis.coding.compared import compared_cells, compared_rows
from analysis.corpus.unicode_checks import escape_csv_formulas, slug
from tests.support import browsing
from tests.support.browsing import violations

CHOSEN = "?with=communique2022,usip2022,petrosnider2024&on=crimea,what-guarantors-owe"
WATCH = "window.blocked = []; addEventListener('securitypolicyviolation', (event) => blocked.push(event.effectiveDirective));"
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def every_row(texts):
    """The rows of the page, as a download must have them."""
    given = edition()
    return compared_rows(texts, compared_cells(texts)).assign(book=given["title"], version=given["version"])


@pytest.fixture(params=["http", "file"])
def start(request, site, html):
    return f"{site}/chapters/compare.html" if request.param == "http" else (html / "chapters/compare.html").as_uri()


@pytest.fixture
def window(browser):
    window = browsing.context(browser, accept_downloads=True)
    window.add_init_script(WATCH)
    yield window
    assert window.asked == []
    window.close()


def opened(window, address):
    page = window.new_page()
    page.faults = []
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.goto(address)
    return page


def chosen_rows(every_row, sources, terms):
    return every_row[every_row.source_id.isin(sources) & every_row.term.map(slug).isin(terms)].reset_index(drop=True)


def shown_cards(page):
    """The terms and texts of the cards that are to be seen."""
    cards = page.locator(".compare-card:visible").all()
    return {(card.evaluate("card => card.closest('section').id"), card.get_attribute("data-source")) for card in cards}


def count(page):
    return page.locator(".compare-count").inner_text()


def test_all_is_shown_at_first(window, start, every_row):
    page = opened(window, start)
    assert shown_cards(page) == set(zip(every_row.term.map(slug), every_row.source_id, strict=True))
    assert count(page).startswith("2 documents, 5 texts, 10 terms, ")
    assert "?" not in page.url


def test_everything_is_chosen_by_keyboard_and_kept_in_the_address(window, start, every_row):
    page = opened(window, start)
    page.get_by_role("button", name="None: texts and documents").focus()
    page.keyboard.press("Enter")
    assert shown_cards(page) == set()
    assert count(page).startswith("Nothing is chosen")
    for key in ("Shift+Tab", "Shift+Tab", "Space"):  # past the button All to the last text
        page.keyboard.press(key)
    page.get_by_role("button", name="None: terms").focus()
    page.keyboard.press("Enter")
    page.get_by_role("group", name="Terms").get_by_role("checkbox", name="Crimea").focus()
    page.keyboard.press("Space")
    assert page.evaluate("getComputedStyle(document.activeElement.closest('label')).outlineStyle") == "solid"
    assert shown_cards(page) == {("crimea", "petrosnider2024")}
    passages = len(chosen_rows(every_row, ["petrosnider2024"], ["crimea"]))
    assert count(page) == f"1 text, 1 term, {passages} passages"
    assert page.url == f"{start}?with=petrosnider2024&on=crimea"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.value") == "donbas"
    page.reload()
    assert shown_cards(page) == {("crimea", "petrosnider2024")}
    page.get_by_role("button", name="All: texts and documents").click()
    page.get_by_role("button", name="All: terms").click()
    assert page.url == start
    assert page.faults == []


def test_unknown_names_are_left_out_and_named(window, start):
    page = opened(window, f"{start}?with=usip2022,<b>nobody</b>&on=nowhere&theme=x")
    assert shown_cards(page) == {(name, "usip2022") for name, _ in shown_cards(page)}
    assert len(shown_cards(page)) == 10
    assert page.locator(".compare-note").inner_text() == "Not known here, and left out: <b>nobody</b>, nowhere."
    page.get_by_role("checkbox", name="Donbas").uncheck()
    assert page.locator(".compare-note").inner_text() == ""
    assert "theme=x" in page.url
    assert "nobody" not in page.url


def test_none_of_the_texts_is_a_choice_that_is_kept(window, start):
    page = opened(window, f"{start}?with=&on=crimea")
    assert shown_cards(page) == set()
    assert page.locator(".compare-note").inner_text() == ""


def saved(page, name):
    with page.expect_download() as waited:
        page.get_by_role("button", name=name).click()
    return waited.value.suggested_filename, waited.value.path().read_bytes().decode()


def test_the_table_that_is_saved_holds_the_chosen_rows_with_their_whole_words(window, start, every_row, texts):
    page = opened(window, start + CHOSEN)
    name, content = saved(page, "Download CSV")
    expected = chosen_rows(every_row, ["communique2022", "usip2022", "petrosnider2024"], ["crimea", "what-guarantors-owe"])
    found = pd.read_csv(io.StringIO(content), dtype=str, keep_default_na=False)
    assert name == "compare.csv"
    pd.testing.assert_frame_equal(found, escape_csv_formulas(expected))
    assert len(found) > 6
    assert all(row.quote in texts.raw[row.source_id] for row in found.itertuples() if row.quote)
    assert page.evaluate("blocked") == []
    assert page.faults == []


def test_the_prose_that_is_saved_cites_each_passage(window, start, every_row):
    page = opened(window, start + CHOSEN)
    name, content = saved(page, "Download Markdown")
    plain = re.sub(r"\\(.)", r"\1", content)
    expected = chosen_rows(every_row, ["communique2022", "usip2022", "petrosnider2024"], ["crimea", "what-guarantors-owe"])
    assert name == "compare.md"
    blocks = [block for block in plain.split("\n\n") if block.startswith("> ")]
    assert blocks == [f"> {row.quote or row.says}" for row in expected.itertuples() if row.says]
    for row in expected.itertuples():
        if row.kind == "text":
            assert f"{row.author}, “{row.title}”, {row.outlet}, {row.date}, {row.place}. <{row.address}>." in plain
        else:
            assert f"grade {row.grade}, {row.reference}." in plain
    assert plain.count(f"version {edition()['version']}.") == len(blocks)
    assert "compare.html?with=communique2022,usip2022,petrosnider2024&on=crimea,what-guarantors-owe" in plain
    assert "/_build/" not in plain
    assert [line for line in plain.splitlines() if line.startswith("## ")] == ["## what guarantors owe", "## Crimea"]


def test_the_address_is_copied(window, site):
    window.grant_permissions(["clipboard-read", "clipboard-write"])
    page = opened(window, f"{site}/chapters/compare.html{CHOSEN}")
    page.get_by_role("button", name="Copy address").click()
    page.locator(".compare-note", has_text="The address is copied.").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == page.url


def test_without_javascript_all_is_there_and_no_control(browser, html, every_row):
    window = browsing.context(browser, java_script_enabled=False)
    page = window.new_page()
    page.goto((html / "chapters/compare.html").as_uri())
    assert page.locator(".compare-card:visible").count() == len(every_row.drop_duplicates(["term", "source_id"]))
    assert page.locator(".compare-tools:visible").count() == 0
    assert page.locator(".compare li[data-row]").count() == (every_row.says != "").sum()
    window.close()


@pytest.mark.parametrize(("size", "scheme"), browsing.VIEWS)
def test_a_choice_has_no_fault_that_axe_finds_and_fits_the_window(browser, site, size, scheme):
    window = browsing.context(browser, size, scheme)
    page = opened(window, f"{site}/chapters/compare.html{CHOSEN},nonsense")
    assert page.evaluate(WIDER) <= 0
    tracks = page.locator("#crimea .compare-cards").evaluate("grid => getComputedStyle(grid).gridTemplateColumns").split()
    assert len([track for track in tracks if track != "0px"]) == (1 if size == browsing.PHONE else 3)
    assert violations(page) == []
    window.close()
