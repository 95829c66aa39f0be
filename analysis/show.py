"""How a chapter shows what it computed: a figure, a table, numbers for its prose."""

import html
import re

import pandas as pd
from IPython.display import HTML, display
from myst_nb import glue
from pandas.api.types import is_numeric_dtype
from pandas.io.formats.style import Styler

from analysis.plots import svg

STYLE_ELEMENT = re.compile(r"<style.*?</style>\n?", re.DOTALL)


def figure(drawn):
    """Display a figure of `analysis.plots` as SVG, with the name, caption and alternative text that it carries."""
    display({"image/svg+xml": svg(drawn)}, raw=True, metadata={"figure": drawn.description._asdict()})


def table(data, caption, texts=None):
    """Display a DataFrame as a table that scrolls in its own box on a narrow screen.

    The first column heads the rows. Underscores in column names become spaces; with `texts`, source ids become short
    citations; numbers show one decimal and commas for thousands, missing values "none". All cells are escaped.
    """
    if texts is not None and "source_id" in data:
        data = data.assign(source_id=data.source_id.map(texts.sources.set_index("source_id").short))
        data = data.rename(columns={"source_id": "text"})
    data = data.rename(columns=lambda name: name.replace("_", " "))
    head = data.columns[0]
    body = data.set_index([data.index, head]).rename_axis(index=[None, None], columns=html.escape(head))
    numeric = [is_numeric_dtype(body[name]) for name in body]
    classes = pd.DataFrame({name: "number" * is_number for name, is_number in zip(body, numeric, strict=True)}, index=body.index)
    styled = Styler(body, uuid=slug(caption), cell_ids=False).format(precision=1, thousands=",", na_rep="none", escape="html")
    styled = styled.format_index(escape="html", axis=0).format_index(escape="html", axis=1).hide(level=0)
    styled = styled.set_td_classes(classes).set_table_attributes('class="table"').set_caption(html.escape(caption))
    cells = STYLE_ELEMENT.sub("", styled.to_html(sparse_index=False))
    for column in (position for position, is_number in enumerate(numeric) if is_number):
        cells = cells.replace(f'class="col_heading level0 col{column}"', f'class="col_heading level0 col{column} number"')
    display(HTML(f'<div class="scroll" role="region" tabindex="0" aria-label="{html.escape(caption)}">\n{cells}</div>'))


def slug(text):
    """`text` as a name for links: lower-case words joined by hyphens."""
    return "-".join(re.findall(r"[a-z0-9]+", text.lower()))


def numbers(**values):
    """Give names to values that the prose of the book quotes as {glue:text}`name`; numbers get a comma for thousands."""
    for name, value in values.items():
        text = value if isinstance(value, str) else f"{value:,}"
        glue(name, text, display=False)
        print(f"{name} = {text}")
