"""The line under each figure and table: its data as CSV, the code that made it, the version of book and data.

A figure or table of a chapter brings its data with it as an output of type text/csv (`analysis.display.notebook`); the functions are read
from its cell.
"""

import ast
import html
import shutil
from pathlib import Path

from docutils import nodes
from nbformat import NotebookNode
from sphinx.application import Sphinx

from book.notebooks import code_cells
from book.pages.api_docs import DOCUMENTED_PACKAGES, code_address, public_functions
from book.pages.context import book_of

_CSV = "text/csv"


def connect_attribution(app: Sphinx) -> None:
    """Called by Sphinx through `book.pages.extension`."""
    app.connect("doctree-resolved", _put_lines)


def functions_used(chapter: NotebookNode) -> dict[int, list[str]]:
    """The listed functions that each code cell of a notebook calls, outermost first: {number of the cell: [dotted name, ...]}.

    Those that display count only where a cell calls no other.
    """
    known: dict[str, str] = {}
    found = {}
    for number, cell in code_cells(chapter):
        tree = ast.parse(cell.source)
        for statement in ast.walk(tree):
            if isinstance(statement, ast.ImportFrom) and (statement.module or "").split(".")[0] in DOCUMENTED_PACKAGES:
                known |= {alias.asname or alias.name: f"{statement.module}.{alias.name}" for alias in statement.names}
        named = dict.fromkeys(known[node.id] for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id in known)
        used = [name for name in named if name.rpartition(".")[2] in public_functions(name.rpartition(".")[0])]
        found[number] = [name for name in used if not name.startswith("analysis.display.")] or used
    return found


def add_attribution(app: Sphinx, name: str, chapter: NotebookNode) -> NotebookNode:
    """`chapter` (a notebook with outputs) with the line under each table, within its fold where it is folded. See also `_put_lines`."""
    functions = functions_used(chapter)
    for number, cell in code_cells(chapter):
        for output in cell.outputs:
            if _CSV in output.get("data", {}) and "text/html" in output.data:
                line = _line(app, name, output_name(output), functions[number])
                content = output.data["text/html"]
                fold = "</details>" if content.startswith("<details") else ""
                output.data["text/html"] = content.removesuffix(fold) + line + fold
    return chapter


def _put_lines(app: Sphinx, doctree: nodes.document, page: str) -> None:
    """Put the line under each figure of a page: there, because MyST-NB makes of every output of its cell a figure."""
    executed = book_of(app).executed
    if app.builder.format != "html" or page not in executed:
        return
    functions = functions_used(executed[page])
    lines = {
        output_name(output): _line(app, page, output_name(output), functions[number])
        for number, cell in code_cells(executed[page])
        for output in cell.outputs
        if output.get("metadata", {}).get("figure")
    }
    for figure in list(doctree.findall(nodes.figure)):
        for name in figure["names"]:
            if name in lines:
                figure.parent.insert(figure.parent.index(figure) + 1, nodes.raw("", lines[name], format="html"))


def output_name(output: NotebookNode) -> str:
    """The name of a figure or table."""
    return str((output.metadata.get("figure") or output.metadata.get("table"))["name"])


def _line(app: Sphinx, page: str, name: str, functions: list[str]) -> str:
    """The line for the figure or table `name` of a page, as HTML."""
    book = book_of(app)
    up = "../" * page.count("/")
    links = ((code_address(app, page, function), html.escape(function.removeprefix("analysis."))) for function in functions)
    code = ", ".join(f'<a href="{address}">{name}</a>' for address, name in links)
    status = app.builder.get_relative_uri(page, "chapters/status")
    return (
        f'<p class="made screen-only">Data: <a href="{up}{_data_file(page, name)}" download>CSV</a>. Code: {code}. '
        f'Version {html.escape(book.edition.version)}, data <a href="{status}">{book.data_version}</a>.</p>'
    )


def _data_file(page: str, name: str) -> str:
    """Where the data of a figure or table lie in the site."""
    return f"data/{Path(page).name}/{name}.csv"


def write_data(app: Sphinx) -> None:
    """Write the data of all figures and tables into the site, and none of those of an earlier build."""
    shutil.rmtree(Path(app.outdir) / "data", ignore_errors=True)
    for page, chapter in book_of(app).executed.items():
        for cell in chapter.cells:
            for output in cell.get("outputs", []):
                if _CSV in output.get("data", {}):
                    file = Path(app.outdir) / _data_file(page, output_name(output))
                    file.parent.mkdir(parents=True, exist_ok=True)
                    file.write_text(output.data[_CSV], encoding="utf-8")
