"""The line under each figure and table: its data as CSV, the code that made it, the version of book and data.

A figure or table of a chapter brings its data with it as an output of type text/csv (`analysis.show`); the functions are read from
its cell.
"""

import ast
import hashlib
import html
from pathlib import Path

from docutils import nodes

from analysis.edition import edition
from book.chapters import code_cells
from book.functions import code_address, public

CSV = "text/csv"


def setup(app):
    app.connect("builder-inited", note_versions)
    app.connect("doctree-resolved", put_lines)
    app.connect("build-finished", write_data)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def note_versions(app):
    app.versions = edition()["version"], data_version(app.srcdir)


def data_version(root):
    """The version of the data in `root`/data as eight letters: a digest of all files there, names and contents."""
    data, total = Path(root) / "data", hashlib.sha256()
    for file in sorted(file for file in data.rglob("*") if file.is_file()):
        total.update(f"{file.relative_to(data).as_posix()}\0".encode() + hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()[:8]


def makers(chapter):
    """The functions of `analysis` and `batch` that each code cell calls, outermost first: {number of cell: ["analysis.plots.timeline"]}.

    The functions of `show` count only where a cell calls no other.
    """
    known, found = {}, {}
    for number, cell in code_cells(chapter):
        tree = ast.parse(cell.source)
        for statement in ast.walk(tree):
            if isinstance(statement, ast.ImportFrom) and statement.module in ("analysis", "batch"):
                known |= {alias.asname or alias.name: f"{statement.module}.{alias.name}" for alias in statement.names}
        named = [(known[node.value.id], node.attr) for node in ast.walk(tree)
                 if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in known]  # fmt: skip
        used = [f"{module}.{name}" for module, name in dict.fromkeys(named) if name in public(module)]
        found[number] = [name for name in used if not name.startswith("analysis.show.")] or used
    return found


def with_lines(app, name, chapter):
    """`chapter` (a notebook with outputs) with the line under each table, within its fold where it is folded. See also `put_lines`."""
    functions = makers(chapter)
    for number, cell in code_cells(chapter):
        for output in cell.outputs:
            if CSV in output.get("data", {}) and "text/html" in output.data:
                line = made_line(app, name, called(output), functions[number])
                content, fold, _ = output.data["text/html"].partition("</details>")
                output.data["text/html"] = content + line + fold
    return chapter


def put_lines(app, doctree, page):
    """Put the line under each figure of a page: there, because MyST-NB makes of every output of its cell a figure."""
    if app.builder.format != "html" or page not in app.executed:
        return
    functions = makers(app.executed[page])
    lines = {called(output): made_line(app, page, called(output), functions[number]) for number, cell in code_cells(app.executed[page])
             for output in cell.outputs if output.get("metadata", {}).get("figure")}  # fmt: skip
    for figure in list(doctree.findall(nodes.figure)):
        for name in figure["names"]:
            if name in lines:
                figure.parent.insert(figure.parent.index(figure) + 1, nodes.raw("", lines[name], format="html"))


def called(output):
    """The name of a figure or table."""
    return (output.metadata.get("figure") or output.metadata.get("table"))["name"]


def made_line(app, page, name, functions):
    """The line for the figure or table `name` of a page, as HTML."""
    up = "../" * page.count("/")
    code = ", ".join(
        f'<a href="{code_address(app, page, function)}">{html.escape(function.partition(".")[2])}</a>' for function in functions
    )
    book, data = app.versions
    status = app.builder.get_relative_uri(page, "chapters/status")
    return (
        f'<p class="made screen-only">Data: <a href="{up}{data_file(page, name)}" download>CSV</a>. Code: {code}. '
        f'Version {html.escape(book)}, data <a href="{status}">{data}</a>.</p>'
    )


def data_file(page, name):
    """Where the data of a figure or table lie in the site."""
    return f"data/{Path(page).name}/{name}.csv"


def write_data(app, failed):
    """Write the data of all figures and tables into the site."""
    if failed or app.builder.format != "html":
        return
    for page, chapter in app.executed.items():
        for cell in chapter.cells:
            for output in cell.get("outputs", []):
                if CSV in output.get("data", {}):
                    file = Path(app.outdir) / data_file(page, called(output))
                    file.parent.mkdir(parents=True, exist_ok=True)
                    file.write_text(output.data[CSV], encoding="utf-8")
