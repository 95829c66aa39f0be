"""Chromium for tests: where it is, how it is started, what it may ask for."""

import contextlib
import os
import shutil

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
REMEDY = "no browser was found, so the pages were not tried in one. Remedy: install Chromium (on Debian and Ubuntu .ci/install does it)"

# The windows in which pages are tried: (width, height, colour scheme).
DESKTOP, PHONE = (1280, 900), (390, 844)
VIEWS = [(size, scheme) for size in (DESKTOP, PHONE) for scheme in ("light", "dark")]


def executable():
    """The path of the system's browser; None where there is none."""
    return next((path for path in map(shutil.which, NAMES) if path), None)


def require():
    """The path of the browser; see `lacking` for where there is none."""
    return executable() or lacking(REMEDY)


def lacking(remedy):
    """What the machine lacks lets the test that needs it be skipped, with the remedy; in continuous integration it fails."""
    (pytest.fail if os.environ.get("CI") else pytest.skip)(remedy)


@contextlib.contextmanager
def chromium():
    """The browser, driven by Playwright: while its driver runs, no chapter can."""
    from playwright.sync_api import sync_playwright

    path = require()
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


def violations(page, part=None):
    """What axe-core finds on a page, or in the part of it that a selector names: one line a place."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, context=part, options={"resultTypes": ["violations"]}).response["violations"]
    return [f"{rule['id']} ({rule['impact']}): {node['html'][:200]}" for rule in found for node in rule["nodes"]]


def context(browser, size=DESKTOP, scheme="light", **options):
    """A fresh browser window, as wide as a desk or a telephone, with `asked`: the addresses it asked for outside this machine (refused).

    Nothing moves in it: what fades in cannot be judged before it is there.
    """
    window = browser.new_context(viewport={"width": size[0], "height": size[1]}, color_scheme=scheme, reduced_motion="reduce", **options)
    window.asked = []

    def refuse(route):
        if route.request.url.startswith(("http://127.0.0.1:", "file:", "data:", "blob:")):
            return route.continue_()
        window.asked.append(route.request.url)
        return route.abort()

    window.route("**/*", refuse)
    return window
