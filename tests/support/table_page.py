"""A page with a table that readers sort, search and filter, and what its order must be, computed anew from its CSV."""

import io
import re
import unicodedata

import pandas as pd

from analysis.corpus.dates import edtf_range

BROWSED = {
    "chapters/record-terms": "tab-dimensions-by-text-and-level",
    "chapters/record-quotations": "tab-all-quotations",
    "chapters/record-events": "tab-all-events",
    "chapters/comparisons": "tab-all-claims",
}
# What is looked for: marks and accents in another form than in the table, words in another order.
SOUGHT = {
    "chapters/record-terms": "FÓRCES ukraine’s",
    "chapters/record-quotations": "guarantees,' 'ÚKRAINIAN",
    "chapters/record-events": "JOURNALISTS zélenskyy’s",
    "chapters/comparisons": "néutrality ukraine’s",
}
READ = """table => [...table.tBodies[0].rows].filter(row => !row.hidden).map(row => [...row.cells].map(cell => {
  const copy = cell.cloneNode(true);
  copy.querySelectorAll(".ev-words").forEach(words => words.remove());
  return copy.textContent.trim();
}))"""
READ_ALL = f"""table => {{
  const [back, forth] = table.closest(".scroll").nextElementSibling.querySelectorAll("button"), found = [];
  while (!back.disabled) back.click();
  for (;;) {{
    found.push(...({READ})(table));
    if (forth.disabled) break;
    forth.click();
  }}
  while (!back.disabled) back.click();
  return found;
}}"""
OVERFLOWS = "box => box.scrollWidth > box.clientWidth + 1 || box.scrollHeight > box.clientHeight + 1"
AT = "element => { const {x, y, width, height} = element.getBoundingClientRect(); return {x, y, width, height}; }"


class Opened:
    """A page with an interactive table, and what is needed of it."""

    def __init__(self, page, chapter, size):
        self.page, self.chapter, self.size = page, chapter, size
        self.box = page.locator(f"#{BROWSED[chapter]}")
        self.table = self.box.locator("table")
        self.tools = page.locator(f".table-tools:has(+ #{BROWSED[chapter]})")
        self.search, self.selects = self.tools.get_by_label("Search"), self.tools.locator("select")
        self.status, self.clear = self.tools.get_by_role("status"), self.tools.get_by_role("button", name="Clear")
        self.heads, self.buttons = self.box.locator("thead th"), self.box.locator("thead button")

    def rows(self):
        """The rows of all pages of the table, which is left at its first."""
        return self.table.evaluate(READ_ALL)


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
