"""The built book in a real browser."""

import pytest

from tests import browsing


@pytest.mark.parametrize(("size", "scheme"), browsing.VIEWS)
def test_the_first_page_opens(browser, site, size, scheme):
    window = browsing.context(browser, size, scheme)
    page = window.new_page()
    page.goto(f"{site}/index.html")
    assert page.title().startswith("Neutrality")
    assert window.asked == []
