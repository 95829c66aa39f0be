"""Figures in the built book: the form that fits the screen and the theme is shown, and its type can be read."""

import re

import pytest
from matplotlib.colors import to_hex

from analysis.figures.base import PALETTE, PAPER
from book.notebooks import ROOT, notebook_names
from book.pages.figures import figure_variants
from tests.support import browsing

# The ground of the page, and what it shows of its figures, once all of them have been scrolled to.
SHOWN = """async () => {
  const shown = [];
  for (const image of document.querySelectorAll("article figure img")) {
    if (getComputedStyle(image).display === "none") continue;
    image.scrollIntoView();
    await image.decode();
    const box = image.getBoundingClientRect(), figure = image.closest("figure").getBoundingClientRect();
    shown.push({name: image.closest("figure").id, theme: image.className, file: image.currentSrc.split("/").at(-1), width: box.width,
                height: box.height, natural: image.naturalWidth / image.naturalHeight, out: box.right - figure.right});
  }
  return {shown, ground: getComputedStyle(document.body).backgroundColor, over: document.documentElement.scrollWidth - innerWidth};
}"""


@pytest.fixture(scope="module")
def drawn(executed):
    return figure_variants(executed)


@pytest.fixture(scope="module")
def pages(executed):
    """The figures of each page: {name of the page: [name of a figure]}."""
    return {name: list(figure_variants({name: executed[name]})) for name in notebook_names(ROOT) if figure_variants({name: executed[name]})}


def points(svg):
    """The sizes of all type in an SVG of matplotlib, which draws type from outlines of 100 points."""
    return [100 * float(size) for size in re.findall(r"scale\(([\d.]+) -\1\)", svg)]


def test_every_figure_has_its_four_files_and_no_other_picture_is_published(html, drawn):
    assert len(drawn) == 20
    named = {f"{name}{end}.svg": svg for name, files in drawn.items() for end, svg in files.items()}
    assert set(named) == {f"{name}{end}.svg" for name in drawn for end in ("", "-narrow", "-dark", "-narrow-dark")}
    assert {file.name: file.read_text(encoding="utf-8") for file in (html / "_images").iterdir()} == named


@pytest.mark.parametrize(("size", "scheme"), browsing.VIEWS)
def test_the_form_that_fits_is_shown_and_can_be_read(browser, site, pages, drawn, size, scheme):
    page = browsing.context(browser, size, scheme).new_page()
    end = ("-narrow" if size == browsing.PHONE else "") + ("-dark" if scheme == "dark" else "")
    ground = PAPER if scheme == "light" else PALETTE[PAPER]
    for name, figures in pages.items():
        page.goto(f"{site}/{name}.html")
        seen = page.evaluate(SHOWN)
        assert seen["over"] <= 0, name
        assert [image["name"] for image in seen["shown"]] == figures
        assert to_hex([int(part) / 255 for part in re.findall(r"\d+", seen["ground"])]) == ground
        for image in seen["shown"]:
            svg = drawn[image["name"]][end]
            assert image["theme"] == f"only-{scheme}"
            assert image["file"] == f"{image['name']}{end}.svg"
            assert image["out"] <= 0
            assert image["width"] / image["height"] == pytest.approx(image["natural"], rel=0.01)
            assert min(points(svg)) * image["width"] / float(re.search(r'width="([\d.]+)pt"', svg)[1]) >= 10, image["name"]


def test_figures_are_shown_from_a_folder_without_javascript(browser, html, pages):
    page = browsing.context(browser, java_script_enabled=False).new_page()
    page.goto((html / "chapters/texts.html").as_uri())
    images = [image for image in page.locator("article figure img").all() if image.is_visible()]
    assert [image.get_attribute("class") for image in images] == ["only-light"] * len(pages["chapters/texts"])
    assert all(image.bounding_box()["width"] > 300 for image in images)
