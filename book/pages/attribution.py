"""The line under each figure and table: its data as CSV, and the code that made it. Tables of a page are numbered here, figures by Sphinx.

A figure or table of a chapter brings its data with it as an output of type text/csv (`analysis.display.notebook`); the functions are read
from its cell.
"""

import ast
import html
from pathlib import Path

from docutils import nodes
from nbformat import NotebookNode
from sphinx.application import Sphinx

from book.notebooks import code_cells
from book.pages.api_docs import DOCUMENTED_PACKAGES, code_address, lists_functions, public_functions
from book.pages.context import book_of
from book.pages.written import write_folder

_CSV = "text/csv"
_DATA = "data"  # the folder of the site that holds them


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
    functions, tables = functions_used(chapter), 0
    for number, cell in code_cells(chapter):
        for output in cell.outputs:
            if _CSV in output.get("data", {}) and "text/html" in output.data:
                content, head = output.data["text/html"], ""
                if "<caption>" in content:
                    tables += 1
                    head = f"Table {tables}. "
                    content = _numbered(content, head)
                fold = "</details>" * content.endswith("</details>")
                output.data["text/html"] = content.removesuffix(fold) + _line(app, name, output, functions[number], head) + fold
    return chapter


def _numbered(content: str, head: str) -> str:
    """A table with its number before its caption, and before the title of its fold."""
    for tag in ("<caption>", "<summary>"):
        content = content.replace(tag, tag + head, 1)
    return content


def _put_lines(app: Sphinx, doctree: nodes.document, page: str) -> None:
    """Put the line under each figure of a page: there, because MyST-NB makes of every output of its cell a figure."""
    executed = book_of(app).executed
    if app.builder.format != "html" or page not in executed:
        return
    functions = functions_used(executed[page])
    lines = {
        output_name(output): _line(app, page, output, functions[number])
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


def _line(app: Sphinx, page: str, output: NotebookNode, functions: list[str], head: str = "") -> str:
    """The line for a figure or table of a page, as HTML; `head` is the number of a table."""
    name = output_name(output)
    what = html.escape(head + str((output.metadata.get("figure") or output.metadata.get("table"))["caption"]))
    links = [f'<a href="{"../" * page.count("/")}{_data_file(page, name)}" download aria-label="data (CSV) of {what}">data (CSV)</a>']
    if functions and lists_functions(app, functions[0].rpartition(".")[0]):
        links.append(f'<a href="{code_address(app, page, functions[0])}" aria-label="code of {what}">code</a>')
    return f'<p class="made screen-only">{" · ".join(links)}</p>'


def _data_file(page: str, name: str) -> str:
    """Where the data of a figure or table lie in the site."""
    return f"{_DATA}/{Path(page).name}/{name}.csv"


def write_data(app: Sphinx) -> None:
    """Write the data of all figures and tables into the site, and none of those of an earlier build."""
    files = {
        _data_file(page, output_name(output)): output.data[_CSV]
        for page, chapter in book_of(app).executed.items()
        for cell in chapter.cells
        for output in cell.get("outputs", [])
        if _CSV in output.get("data", {})
    }
    write_folder(Path(app.outdir), files, f"{_DATA}/**/*")
