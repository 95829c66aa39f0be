"""The theme without its icon scripts: every icon is drawn by the book, and nothing is left of what no page uses."""

import re
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup

from book.pages.theme import ICONS, icon_styles, mended, use_templates


def test_every_icon_of_the_pages_is_drawn(html):
    used = set()
    for file in html.rglob("*.html"):
        page = BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser")
        used |= {name for tag in page.select("i[class], span[class]") for name in tag["class"] if name.startswith("fa-")}
    used -= {"fa-solid", "fa-brands", "fa-lg"}
    assert used
    assert used <= {f"fa-{name}" for name in ICONS}
    assert all(f".fa-{name} {{ --icon: url(" in icon_styles() for name in ICONS)


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        ('<html data-theme="auto"><p data-theme="auto">', '<html data-theme="light"><p data-theme="auto">'),
        ('<script defer src="a/fontawesome.js?digest=1"></script><script src="b.js"></script>', '<script src="b.js"></script>'),
        (
            '<link href="_static/mystnb.0af.css?v=1b" /><link href="b.css?v=1b" />',
            '<link href="_static/mystnb.0af.css" /><link href="b.css?v=1b" />',
        ),
        ('<script data-cfasync="false">\n1 < 2</script><script src="b.js"></script>', '<script src="b.js"></script>'),
        ("<noscript>\n<style>\np {}\n</style>\n</noscript><noscript>Words</noscript>", "<noscript>Words</noscript>"),
        ("<script type=\"text/x-thebe-config\">\n{}</script><script>kernelName = 'python3'</script><p>", "<p>"),
        ("<script>\n  // Activate the search field on page load\n</script><p>", "<p>"),
        ('<button onclick="toggleFullScreen()" class="btn">', '<button data-press="fullscreen" class="btn">'),
        ('<button onclick="window.print()">', '<button data-press="print">'),
        ('<table style="width: 100%" class="indextable">', '<table class="indextable">'),
        ('<td class="a" style="top: 0"><p style="top: 0">', '<td class="a"><p style="top: 0">'),
        (
            "<p>&lt;td style=&quot;top: 0&quot;&gt; <script>other()</script>",
            "<p>&lt;td style=&quot;top: 0&quot;&gt; <script>other()</script>",
        ),
    ],
)
def test_a_page_is_mended(page, shown):
    assert mended(page) == shown


def test_the_books_own_files_are_loaded_in_one_order_whatever_the_disk_says():
    config = SimpleNamespace(templates_path=[], html_js_files=["tables.js", "evidence.js"], html_css_files=["tables.css", "book.css"])
    use_templates(None, config)
    assert (config.html_js_files, config.html_css_files) == (["evidence.js", "tables.js"], ["book.css", "tables.css"])


def test_a_page_has_its_colours_without_javascript(browser, html):
    window = browser.new_context(java_script_enabled=False)
    page = window.new_page()
    page.goto((html / "index.html").as_uri())
    assert page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--pst-color-text-base')").strip()
    window.close()


def test_nothing_is_left_of_what_no_page_uses(html):
    for file in html.rglob("*.html"):
        loaded = re.findall(r'<(?:script|link)[^>]*(?:src|href)="([^"]*)"', file.read_text(encoding="utf-8"))
        assert not [address for address in loaded if re.search("fontawesome|thebe|togglebutton|unpkg|jsdelivr", address)], file
        assert "THEBE" not in file.read_text(encoding="utf-8")
    names = {file.name for file in html.rglob("*") if file.is_file()}
    assert "book.css" in names
    assert not [name for name in names if name.endswith((".map", ".woff2", ".ttf")) or "thebe" in name]
