"""The Content-Security-Policy: on every page, strict, held by the browser, and in the way of nothing that the book can do."""

import base64
import hashlib
import re
from collections import Counter
from string import Template

import pytest
from bs4 import BeautifulSoup

from book.notebooks import ROOT
from book.pages.theme import _GUARD
from tests.support import browsing

META = 'meta[http-equiv="Content-Security-Policy"]'
GOVERNED = "script, link, style, img, base, body, noscript"  # what must not stand before the policy
FEW = {"'none'", "'self'", "data:"}
HOSTILE = "https://elsewhere.example"
# What a text might try to bring along, and the directives that it breaks. `ran` tells what came to life, buttons and links are pressed.
PLANTED = {
    "<script>ran.push('script')</script>": "script-src-elem",
    "<svg><script>ran.push('drawing')</script></svg>": "script-src-elem",
    f"<script src='{HOSTILE}/script'></script>": "script-src-elem",
    "<details open ontoggle=\"ran.push('toggle')\">fold</details>": "script-src-attr",
    "<button onclick=\"ran.push('click')\">press</button>": "script-src-attr",
    "<a href=\"javascript:ran.push('link')\">press</a>": "script-src-elem",
    f"<img src='{HOSTILE}/picture'>": "img-src",
    f"<video src='{HOSTILE}/film'></video>": "media-src",
    f"<iframe src='{HOSTILE}/frame'></iframe>": "frame-src",
    f"<object data='{HOSTILE}/object'></object>": "object-src",
    f"<link rel='stylesheet' href='{HOSTILE}/style'>": "style-src-elem",
    "<style>#planted { top: 1px }</style>": "style-src-elem",
    "<p style='top: 1px'>moved</p>": "style-src-attr",
    f"<form action='{HOSTILE}/form' target='_blank'><button>press</button></form>": "form-action",
}  # fmt: skip
WATCH = """window.ran = []; window.blocked = []; window.printed = 0; window.print = () => { window.printed += 1 };
addEventListener("securitypolicyviolation", (event) => blocked.push(event.effectiveDirective));"""
FETCH = f"fetch('{HOSTILE}/fetch').then(() => 'asked', () => 'refused')"
# Not at once: what the test itself runs may use eval.
EVAL = "new Promise(done => setTimeout(() => { try { done((0, eval)('1')) } catch (error) { done(error.name) } }))"


def faults(text):
    """What a page and its policy have that they should not have."""
    page, found = BeautifulSoup(text, "html.parser"), []
    policies = page.select(META)
    if len(policies) != 1 or policies[0].parent.name != "head":
        return [f"{len(policies)} policies in the head"]
    found += [f"<{tag.name}> before the policy" for tag in policies[0].find_all_previous(GOVERNED.split(", "))]
    policy = dict(part.split(maxsplit=1) for part in policies[0]["content"].split("; "))
    found += [f"{what} is {policy.get(what)}" for what in ("default-src", "base-uri") if policy.get(what) != "'none'"]
    named = {source for sources in policy.values() for source in sources.split()}
    scripts = [tag.string for tag in page.select("script:not([src])") if tag.get("type") != "application/ld+json"]
    hashes = {f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'" for script in scripts}
    found += [f"{source} is allowed" for source in named - FEW - hashes] + [
        f"the script {digest} is not allowed" for digest in hashes - named
    ]
    for tag in page.find_all(True):
        found += [f"<{tag.name} {name}>" for name in tag.attrs if name.startswith("on") or name == "style"]
        found += [f"<{tag.name}> leads to a script" for name in ("href", "src", "action") if tag.get(name, "").startswith("javascript:")]
    return found + [f"<{tag.name}>" for tag in page.select("style, base, iframe, object, embed")]


@pytest.mark.promise("no request")
def test_every_page_has_one_strict_policy_and_nothing_that_it_would_forbid(html):
    pages = {str(file.relative_to(html)): faults(file.read_text(encoding="utf-8")) for file in sorted(html.rglob("*.html"))}
    assert {"index.html", "search.html", "genindex.html", "_modules/index.html", "chapters/status.html"} <= set(pages)
    assert {name: found for name, found in pages.items() if found} == {}


def moved_page():
    """The page that is left where a page moved to index.html, as sphinx-reredirects writes it."""
    return Template((ROOT / "book/pages/templates/redirect.html").read_text(encoding="utf-8")).substitute(to_uri="index.html")


def test_the_page_that_leads_on_has_a_policy_too():
    assert faults(moved_page()) == []
    assert "script-src 'sha256-" in moved_page()


@pytest.mark.parametrize(
    ("right", "wrong", "fault"),
    [
        (META[5:-1], "name='x'", "0 policies"),
        ("</title>", '</title><meta http-equiv="Content-Security-Policy" content="x y" />', "2 policies"),
        ('<meta charset="utf-8" />', '<meta charset="utf-8" /><script src="early.js"></script>', "<script> before the policy"),
        ("default-src 'none'", "default-src 'self'", "default-src is 'self'"),
        ("base-uri 'none'", "sandbox allow-scripts", "base-uri is None"),
        ("script-src 'self'", "script-src 'self' 'unsafe-inline'", "'unsafe-inline' is allowed"),
        ("script-src 'self'", "script-src 'self' https://cdn.example", "https://cdn.example is allowed"),
        ("script-src 'self'", "script-src 'self' 'sha256-AAAA'", "'sha256-AAAA' is allowed"),
        ("<p>", "<p><script>1</script>", "is not allowed"),
        ("<p>", "<p style='top: 0'>", "<p style>"),
        ("<p>", "<p onclick='go()'>", "<p onclick>"),
        ("<p>", "<p><a href='javascript:go()'>go</a>", "<a> leads to a script"),
        ("<p>", "<p><style>p {}</style>", "<style>"),
    ],
)
def test_a_page_with_a_fault_is_seen(right, wrong, fault):
    page = f'<html><head><meta charset="utf-8" />{_GUARD}<title>T</title></head><body><p>text</p></body></html>'
    assert faults(page) == []
    assert right in page
    assert any(fault in found for found in faults(page.replace(right, wrong)))


def planted(html):
    """The first page of the book with all that is planted in its article."""
    return (html / "index.html").read_text(encoding="utf-8").replace("</article>", f'<div id="planted">{"".join(PLANTED)}</div></article>')


def opened(window, address, text):
    """A tab at `address`, where `text` stands, after all that is planted was pressed."""
    window.add_init_script(WATCH)
    window.route(address, lambda route: route.fulfill(body=text, content_type="text/html; charset=utf-8"))
    page = window.new_page()
    page.goto(address)
    for place in page.locator("#planted :is(button, a)").all():
        place.dispatch_event("click")
    page.wait_for_timeout(300)
    return page


@pytest.mark.promise("no request")
@pytest.mark.promise("hostile input")
@pytest.mark.parametrize("over", ["http", "file"])
def test_what_is_planted_in_a_page_does_nothing(browser, site, html, over):
    window = browsing.context(browser)
    page = opened(window, f"{site}/planted.html" if over == "http" else (html / "planted.html").as_uri(), planted(html))
    assert page.evaluate("ran") == []
    assert Counter(page.evaluate("blocked")) == Counter(PLANTED.values())
    assert page.evaluate(FETCH) == "refused"
    assert page.evaluate(EVAL) == "EvalError"
    assert page.evaluate("blocked").count("connect-src") == 1
    assert window.asked == []
    window.close()


def test_without_the_policy_it_would(browser, site, html):
    window = browsing.context(browser)
    page = opened(window, f"{site}/planted.html", re.sub("<meta http-equiv[^>]*>", "", planted(html)))
    assert page.evaluate(EVAL) == 1
    assert set(page.evaluate("ran")) == {"script", "drawing", "toggle", "click", "link"}
    assert page.evaluate(FETCH) == "refused"
    wanted = set(re.findall(rf"{HOSTILE}/\w+", "".join(PLANTED))) | {f"{HOSTILE}/fetch"}
    assert wanted <= {address.rstrip("?") for address in window.asked}
    window.close()


class Reader:
    """Opens pages in one window and notes every complaint of a page: its console, its scripts, its policy."""

    def __init__(self, browser, start, size=browsing.DESKTOP):
        self.window, self.start, self.complaints = browsing.context(browser, size), start, []
        self.window.add_init_script(WATCH)
        self.window.on("console", lambda said: self.complaints.append(said.text) if said.type in ("error", "warning") else None)
        self.window.on("weberror", lambda error: self.complaints.append(str(error.error)))
        self.page = self.window.new_page()

    def at(self, name):
        self.page.goto(f"{self.start}/{name}")
        return self.page

    def said(self):
        return self.complaints + self.window.asked + self.page.evaluate("blocked")


@pytest.fixture(params=["http", "file"])
def start(request, site, html):
    """The address of the book, on a server and on the disk."""
    return site if request.param == "http" else html.as_uri()


def test_the_buttons_of_a_page_work_under_the_policy(browser, start):
    reader = Reader(browser, start)
    page = reader.at("chapters/voices.html")
    page.locator(".theme-switch-button").first.click()
    mode = page.evaluate("document.documentElement.dataset.mode")
    assert page.evaluate("document.documentElement.dataset.theme") in ("light", "dark")
    assert reader.at("chapters/voices.html").evaluate("document.documentElement.dataset.mode") == mode != "auto"
    page.locator("[data-press=fullscreen]").first.click()
    page.wait_for_function("document.fullscreenElement")
    page.locator("[data-press=fullscreen]").first.click()
    page.wait_for_function("!document.fullscreenElement")
    page.get_by_label("Download this page").click()
    page.locator("[data-press=print]").click()
    assert page.evaluate("printed") == 1
    page.locator("details.cite > summary").click()
    page.locator("details.cite .copybtn").first.click()
    page.wait_for_selector("details.cite .copybtn.success")
    page.locator("[data-press=code]").click()
    assert page.locator("details.section-code pre").first.is_visible()
    assert reader.said() == []
    reader.window.close()


def test_the_search_works_under_the_policy(browser, start):
    reader = Reader(browser, start)
    page = reader.at("index.html")
    page.keyboard.press("Control+k")
    page.keyboard.type("Krippendorff")
    page.keyboard.press("Enter")
    page.locator("#search-results a", has_text="How steady the codings are").wait_for()
    if start.startswith("http"):
        page.locator("#search-results p.context").first.wait_for()
    page.wait_for_timeout(300)
    assert reader.said() == []
    reader.window.close()


def test_a_moved_page_leads_on_with_the_place_within_it(browser, html, site):
    for start in (site, html.as_uri()):
        window = browsing.context(browser)
        window.route(f"{start}/was.html", lambda route: route.fulfill(body=moved_page(), content_type="text/html"))
        page = window.new_page()
        page.goto(f"{start}/was.html#cite")
        page.wait_for_url(f"{start}/index.html#cite")
        window.close()


def test_without_javascript_no_button_is_shown_that_needs_it(browser, html):
    window = browsing.context(browser, java_script_enabled=False)
    page = window.new_page()
    page.goto((html / "index.html").as_uri())
    assert page.locator(".pst-js-only").count() > 0
    assert page.locator(".pst-js-only:visible").count() == 0
    window.close()
