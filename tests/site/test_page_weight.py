"""What pages weigh: counted as a browser loads them, printed by the build, below the limit."""

import gzip

import pytest

from book.lint.page_weight import page_weights

LIMIT = 500  # kB


def packed(text):
    return len(gzip.compress(text.encode(), 6)) / 1000


def test_a_page_weighs_what_it_loads(tmp_path):
    (tmp_path / "chapters").mkdir()
    page = (
        '<link rel="stylesheet" href="../s.css?v=1"><link rel="next" href="t.html"><script src="https://elsewhere/x.js"></script>'
        '<img src="../a.png"><img src="../a.png"><img class="only-dark" src="../b.png"><a href="../c.png">c</a>'
    )
    (tmp_path / "chapters/p.html").write_text(page)
    (tmp_path / "s.css").write_text("body {}" * 500)
    for name, size in (("a.png", 5_000), ("b.png", 70_000), ("c.png", 90_000)):
        (tmp_path / name).write_bytes(bytes(size))
    (tmp_path / "light.html").write_text("<p>light</p>")
    assert list(page_weights(tmp_path)) == ["chapters/p.html", "light.html"]
    assert page_weights(tmp_path)["chapters/p.html"] == pytest.approx(packed(page) + packed("body {}" * 500) + 5)


def test_no_page_weighs_more_than_the_limit(html):
    heaviest, weight = next(iter(page_weights(html).items()))
    assert weight < LIMIT, heaviest


def test_a_browser_loads_no_more_than_that(browser, site, html):
    window = browser.new_context()
    page, loaded = window.new_page(), {}
    page.on("response", lambda response: loaded.update({response.url: len(gzip.compress(response.body(), 6)) / 1000}))
    heaviest, weight = next(iter(page_weights(html).items()))
    page.goto(f"{site}/{heaviest}", wait_until="networkidle")
    window.close()
    assert len(loaded) > 10
    assert sum(loaded.values()) == pytest.approx(weight, rel=0.05)
