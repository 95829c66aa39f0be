"""How a chapter shows what it computed: a figure, a table, numbers for its prose."""

import html
import io

from IPython.display import HTML, display
from myst_nb import glue


def figure(drawn):
    """Display a figure of `analysis.plots` as SVG, with the name, caption and alternative text that it carries."""
    buffer = io.StringIO()
    drawn.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    display({"image/svg+xml": buffer.getvalue()}, raw=True, metadata={"figure": drawn.description._asdict()})


def table(data, caption, texts=None):
    """Display a DataFrame as a table that scrolls in its own box on a narrow screen.

    The first column heads the rows. Underscores in column names become spaces; with `texts`, source ids become short
    citations; numbers show one decimal, missing values "none". All cells are escaped.
    """
    if texts is not None and "source_id" in data:
        data = data.assign(source_id=data.source_id.map(texts.sources.set_index("source_id").short))
        data = data.rename(columns={"source_id": "text"})
    data = data.rename(columns=lambda name: name.replace("_", " "))
    head = data.columns[0]
    body = data.set_index(head).rename_axis(index=None, columns=head)
    cells = body.to_html(border=0, na_rep="none", float_format="{:.1f}".format, classes="table", render_links=True)
    title = html.escape(caption)
    cells = cells.replace("<thead>", f"<caption>{title}</caption>\n<thead>", 1)
    display(HTML(f'<div class="scroll" role="region" tabindex="0" aria-label="{title}">\n{cells}\n</div>'))


def numbers(**values):
    """Give names to values that the prose of the book quotes as {glue:text}`name`."""
    for name, value in values.items():
        glue(name, value, display=False)
        print(f"{name} = {value}")
