"""The theme without its icon scripts: every icon is drawn by the book, and nothing is left of what no page uses."""

import re
from types import SimpleNamespace

from bs4 import BeautifulSoup

from book.pages.theme import ICONS, _use_templates, icon_styles


def test_every_icon_of_the_pages_is_drawn(html):
    used = set()
    for file in html.rglob("*.html"):
        page = BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser")
        used |= {name for tag in page.select("i[class], span[class]") for name in tag["class"] if name.startswith("fa-")}
    used -= {"fa-solid", "fa-brands", "fa-lg"}
    assert used
    assert used <= {f"fa-{name}" for name in ICONS}
    assert all(f".fa-{name} {{ --icon: url(" in icon_styles() for name in ICONS)


def test_the_books_own_files_are_loaded_in_one_order_whatever_the_disk_says():
    config = SimpleNamespace(templates_path=[], html_js_files=["tables.js", "evidence.js"], html_css_files=["tables.css", "book.css"])
    _use_templates(None, config)
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
