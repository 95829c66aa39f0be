"""The line under each figure and table: its data and its code; for each of them, on every page. The versions stand in the foot."""

import io
import shutil

import nbformat
import pandas as pd
import pytest
from bs4 import BeautifulSoup

from analysis.citation_file import edition
from book.notebooks import ROOT, notebook_names
from book.pages.attribution import functions_used
from book.pages.context import BookContext


@pytest.fixture(scope="module")
def pages(html):
    return {name: BeautifulSoup((html / f"{name}.html").read_text(encoding="utf-8"), "html.parser") for name in notebook_names(ROOT)}


def results(page):
    """The figures and tables that the cells of a page made: (name, the line that follows)."""
    for thing in page.select('article figure[id^="fig-"], article .cell_output .scroll[id^="tab-"]'):
        yield thing["id"], thing.find_next(class_="made")


def test_every_figure_and_table_has_its_line(pages):
    named = {(name, result) for name, page in pages.items() for result, line in results(page)}
    assert len(named) > 60
    for name, page in pages.items():
        lines = [line for _, line in results(page)]
        assert all(lines), name
        assert len({id(line) for line in lines}) == len(lines), f"{name}: two share one line"


LONG = (  # their data hold a row for each thing that stands in a cell
    "tab-dimensions-by-text-and-level", "tab-book", "tab-who-would-be-a-guarantor-in-words", "tab-every-guarantor-in-words",
    "tab-what-each-text-calls-it", "tab-ways-out-that-each-text-tells-in-its-own-name",
)  # fmt: skip


def test_the_data_are_there_and_hold_a_row_a_row(html, pages):
    for name, page in pages.items():
        for result, line in results(page):
            file = (html / name).parent / line.find("a", string="data (CSV)")["href"]
            assert file.name == f"{result}.csv"
            data = pd.read_csv(io.StringIO(file.read_text(encoding="utf-8")))
            assert len(data.columns) > 0
            table = page.find(id=result).select("tbody tr")
            assert not table or len(data) == len(table) or result in LONG, (name, result)


def test_the_code_is_there(html, pages):
    for name, page in pages.items():
        for result, line in results(page):
            links = [link for link in line.select("a") if "_modules" in link["href"]]
            assert links, (name, result)
            for link in links:
                file, _, function = link["href"].partition("#")
                source = (html / name).parent / file
                assert f'id="{function}"' in source.read_text(encoding="utf-8"), link
                assert link.get_text() == "code"


def test_a_screen_reader_can_tell_the_links_apart(pages):
    for name, page in pages.items():
        names = [link["aria-label"] for _, line in results(page) for link in line.select("a")]
        assert len(set(names)) == len(names), name
        assert all(label.startswith(("data (CSV) of ", "code of ")) for label in names)


def test_tables_are_numbered_in_their_order(pages):
    for name, page in pages.items():
        heads = [caption.get_text().partition(". ")[0] for caption in page.select("article .cell_output .scroll[id^=tab-] caption")]
        assert heads == [f"Table {number}" for number in range(1, len(heads) + 1)], name


def test_the_versions_of_book_and_data_stand_in_the_foot(pages):
    for page in pages.values():
        assert (
            f"version {edition()['version']}, data {BookContext(ROOT).data_version}"
            in page.select_one("footer.bd-footer-content").get_text()
        )


def test_a_changed_file_changes_the_version_of_the_data(tmp_path):
    shutil.copytree(ROOT / "data", tmp_path / "data")
    assert BookContext(tmp_path).data_version == BookContext(ROOT).data_version
    (tmp_path / "data/zones.csv").rename(tmp_path / "data/zones2.csv")
    assert BookContext(tmp_path).data_version != BookContext(ROOT).data_version


def test_functions_are_read_from_the_cells():
    cells = [
        """from analysis.coding.claims import claim_table as all_claims, comparison_table
from analysis.corpus.reader import load_corpus
from analysis.display.evidence_tables import display_claims
from analysis.display.notebook import display_figure, display_table
from analysis.figures.comparisons import SIZE, plot_positions
texts = load_corpus()""",
        "display_figure(plot_positions, comparison_table(texts))",
        "display_table(all_claims(texts).head(SIZE), 'A caption')",
        "display_claims(texts)",
    ]
    found = functions_used(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells]))
    assert found[2] == ["analysis.figures.comparisons.plot_positions", "analysis.coding.claims.comparison_table"]
    assert found[3] == ["analysis.coding.claims.claim_table"]
    assert found[4] == ["analysis.display.evidence_tables.display_claims"]
