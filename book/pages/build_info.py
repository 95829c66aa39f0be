"""The page Status: what made this book. Versions, hashes and digests stand in the page; times stand beside it.

Times differ from run to run, and two builds of the same commit must give the same pages; so the seconds that each chapter took lie in the
folder `status` as times.csv and status.js. The script is a classic one that sets a variable, for a page opened as a file may not
fetch anything; `templates/times.js`, which this page alone loads, puts its numbers into the table.
"""

import hashlib
import json
import re
import shutil
from pathlib import Path

import pandas as pd
from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from analysis.edition import edition
from analysis.files import put
from analysis.grids import grid
from analysis.show import table_name
from book.notebooks import read
from book.run.execute import PACKAGES

FOLDER = "status"
FILL = '<script src="../status/status.js"></script>\n<script src="../_static/times.js"></script>\n'


def setup(app):
    app.add_directive("status", Status)
    app.connect("build-finished", put_script)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def put_script(app, failed):
    """Put the page's script into the site. In the book's own `_static` it would be loaded by every page."""
    if not failed and app.builder.format == "html":
        shutil.copy(Path(__file__).parent / "templates/times.js", Path(app.outdir) / "_static")


class Status(SphinxDirective):
    """```{status} chapters```, `versions` or `data`: one table of the page Status."""

    required_arguments = 1

    def run(self):
        root = Path(self.env.srcdir)
        executed = self.env.app.executed
        for name in executed:  # where a chapter or its kept run changes, so does this page
            self.env.note_dependency(str(root / f"{name}.ipynb"))
            self.env.note_dependency(str(root / "_build/executed" / f"{name}.ipynb"))
        made = {"chapters": chapters_html, "versions": versions_html, "data": data_html}[self.arguments[0]]
        return [nodes.raw("", made(root, executed), format="html")]


def chapters_html(root, executed):
    """The chapters with the digests of what their outputs were made from, and places for the seconds."""
    digests = [notebook.metadata.digest for notebook in executed.values()]
    rows = pd.DataFrame({"chapter": [title(root, name) for name in executed], "seconds": None, "digest": digests})
    places = [f'<span data-chapter="{name}">–</span>' for name in executed]
    return table(rows, "The chapters, and the digest of all that their outputs depend on", seconds=places, digest=coded(digests)) + FILL


def table(rows, caption, **links):
    """A table of the page as HTML; for `links` see `grids.grid`."""
    return grid(rows, caption, table_name(caption), links)


def coded(values):
    return [f"<code>{value}</code>" for value in values]


def title(root, name):
    """The heading of level 1 of a chapter."""
    text = "\n".join(cell.source for cell in read(root, name).cells if cell.cell_type == "markdown")
    return re.search(r"^# (.+)$", text, flags=re.MULTILINE)[1]


def versions_html(root, executed):
    """The versions of the book, of Python and of the packages that make results, as the kernels of the chapters saw them."""
    return table(versions(root, executed), "Versions of the book, Python and the packages that make results or pages")


def versions(root, executed):
    """The table of versions: what, version. Where kernels saw several versions of one thing, all are named."""
    seen = {"Python": {notebook.metadata.language_info.version for notebook in executed.values()}}
    seen |= {package: {notebook.metadata.run.packages[package] for notebook in executed.values()} for package in PACKAGES}
    rows = [("book and data", edition(root / "CITATION.cff")["version"])] + [
        (name, ", ".join(sorted(found))) for name, found in seen.items()
    ]
    return pd.DataFrame(rows, columns=["what", "version"])


def data_html(root, _executed):
    """Every file of the data with its SHA-256."""
    rows = data_hashes(root)
    return table(rows, "The files of the data", sha256=coded(rows.sha256))


def data_hashes(root):
    """The files of the folder `data`: file, bytes, sha256."""
    files = sorted(file for file in (root / "data").rglob("*") if file.is_file())
    rows = [(file.relative_to(root).as_posix(), file.stat().st_size, hashlib.sha256(file.read_bytes()).hexdigest()) for file in files]
    return pd.DataFrame(rows, columns=["file", "bytes", "sha256"])


def write(root, executed, out):
    """Write to the folder `out` what the page Status offers: the times as times.csv and status.js, all else it tells as status.json, and
    data.sha256, which `sha256sum --check` reads.
    """
    seconds = {name: notebook.metadata.run.seconds for name, notebook in executed.items()}
    hashes = data_hashes(root)
    told = {
        "versions": dict(versions(root, executed).itertuples(index=False)),
        "chapters": {name: notebook.metadata.digest for name, notebook in executed.items()},
        "data": dict(hashes[["file", "sha256"]].itertuples(index=False)),
    }
    files = timed(seconds) | {
        "status.json": json.dumps(told, indent=1) + "\n",
        "data.sha256": "".join(f"{row.sha256}  {row.file}\n" for row in hashes.itertuples()),
    }
    out.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        put(out / name, text)


def timed(seconds):
    """The files that hold the seconds of each chapter: {name: content}."""
    rows = "".join(f"{chapter},{value}\n" for chapter, value in [("chapter", "seconds"), *seconds.items()])
    return {"times.csv": rows, "status.js": f"var chapterSeconds = {json.dumps(seconds)};\n"}
