"""What a committed notebook and a built page must be; each function lists the faults it finds, in words."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from bs4 import BeautifulSoup, Tag

from book.notebooks import cell_location, read_notebook

METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
_MOST_LINES = 15  # of a code cell, its imports apart
_COMMAND = re.compile(r"^\s*[!%]|^[^\"'#]*=\s*[!%]\s*\w", re.MULTILINE)
_ABSOLUTE = re.compile(r"/\w|~/|[A-Za-z]:[\\/]|file://")
# Calls whose result is another each time, those that are so without a seed, and modules of which only the latter may be imported by name.
_NONDETERMINISTIC = re.compile(
    r"(np|numpy)\.random\.(?!default_rng|Generator|seed)\w+|random\.(?!Random|seed)\w+|secrets\.\w+|(os\.)?urandom|(uuid\.)?uuid[14]"
    r"|(\w+\.)*(now|today|utcnow)|time\.\w+"
)
_SEEDED = re.compile(r"((np|numpy)\.random\.)?(default_rng|seed)|(random\.)?Random|random\.seed")
_NONDETERMINISTIC_MODULES = {"random", "numpy.random", "secrets", "uuid", "time"}
_SEEDABLE = {"Random", "default_rng"}
_SEEDED_METHOD = re.compile(r".*\.sample")  # of pandas, with random_state
_MACHINE_PATH = re.compile(r"(?<![\w.:/])/(?:home|root|Users|work|tmp|mnt)/")


def notebook_faults(root: Path, name: str) -> list[str]:
    """Outputs, execution counts, foreign metadata, paths of a machine, other than one heading of level 1, and faults of the code."""
    notebook, faults = read_notebook(root, name), []
    if notebook.metadata != METADATA:
        faults.append(f"{name}.ipynb: its metadata differ from those of the other notebooks")
    titles = 0
    for number, cell in enumerate(notebook.cells, start=1):
        here = cell_location(name, number, cell) if cell.source.strip() else f"{name}.ipynb, cell {number} (empty)"
        if not cell.source.strip():
            faults.append(f"{here}: has no content")
        if cell.get("outputs") or cell.get("execution_count") is not None:
            faults.append(f"{here}: is committed with its output")
        if _MACHINE_PATH.search(cell.source):
            faults.append(f"{here}: holds a path of one machine")
        if cell.cell_type == "code":
            faults += [f"{here}: {fault}" for fault in code_faults(cell.source)]
        if cell.cell_type == "markdown":
            titles += len(re.findall(r"^# ", cell.source, flags=re.MULTILINE))
    if titles != 1:
        faults.append(f"{name}.ipynb: has {titles} headings of level 1, not one")
    return faults


def code_faults(source: str) -> Iterator[str]:
    """Too many lines, commands of the shell or of IPython, absolute paths, and what chance or the clock decides."""
    lines = [line for line in source.splitlines() if not line.startswith(("from ", "import "))]
    if len(lines) > _MOST_LINES:
        yield f"has {len(lines)} lines, more than {_MOST_LINES}. Remedy: move what it computes into a function of analysis"
    if _COMMAND.search(source) or "get_ipython" in source:
        yield "runs a command of the shell or of IPython. Remedy: write it in Python"
        return
    try:
        tree = ast.parse(source)
    except SyntaxError as error:
        yield f"is not Python ({error.msg}, line {error.lineno})"
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and _ABSOLUTE.match(node.value):
            yield f"holds an absolute path ({node.value!r}). Remedy: name the place from the folder of the chapter"
        if isinstance(node, ast.ImportFrom) and node.module in _NONDETERMINISTIC_MODULES and {name.name for name in node.names} - _SEEDABLE:
            yield f"imports what depends on chance or on the clock from {node.module}. Remedy: give it a fixed seed, or do without"
        if isinstance(node, ast.Call) and _is_nondeterministic(ast.unparse(node.func), node):
            yield f"depends on chance or on the clock ({ast.unparse(node.func)}). Remedy: give it a fixed seed, or do without"


def _is_nondeterministic(name: str, call: ast.Call) -> bool:
    """Whether the result of a call is another each time."""
    if _SEEDED_METHOD.fullmatch(name):
        return "random_state" not in {keyword.arg for keyword in call.keywords}
    return bool(_NONDETERMINISTIC.fullmatch(name) or (_SEEDED.fullmatch(name) and not call.args and not call.keywords))


def page_faults(html: Path) -> list[str]:
    """Pictures of the article without an alternative text in words, outside a figure with caption and name, or not there in all forms."""
    faults: list[str] = []
    for file in sorted(html.rglob("*.html")):
        page = BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser")
        for image in page.select("article img, main img"):
            faults += [f"{file.name}: {image.get('src', '')} {fault}" for fault in _image_faults(file, image)]
        for figure in page.select("article figure, main figure"):
            faults += [f"{file.name}: {figure.get('id', 'a figure')} {fault}" for fault in _figure_faults(figure)]
    return faults


def _image_faults(file: Path, image: Tag) -> Iterator[str]:
    """What is wrong with an <img> of the page `file`."""
    figure, picture = image.find_parent("figure"), image.find_parent("picture")
    if not _says_something(image):
        yield f"has no alternative text that says what it shows ({image.get('alt', '')!r})"
    if figure is None or not figure.get("id") or not figure.select_one("figcaption"):
        yield "has no name or no caption"
    narrow = picture.select_one("source[media][srcset]") if picture else None
    if narrow is None:
        yield "has no form for narrow screens"
    for form, source in ((image, "src"), (narrow, "srcset")):
        if form is not None and not (form.get("width") and form.get("height")):
            yield f"has a {source} without width and height"
        if form is not None and not (file.parent / str(form.get(source, ""))).is_file():
            yield f"has a {source} that is not there: {form.get(source)}"


def _says_something(image: Tag) -> bool:
    return len(str(image.get("alt", "")).split()) >= 5


def _figure_faults(figure: Tag) -> Iterator[str]:
    """What is wrong with a <figure>: it shows one picture on light pages and one on dark ones, and they say the same."""
    images = figure.select("img")
    themes = [theme for image in images for theme in image.get_attribute_list("class") if str(theme).startswith("only-")]
    if images and themes != ["only-light", "only-dark"]:
        yield "does not have one picture for light pages and one for dark ones"
    elif len({image.get("alt") for image in images if _says_something(image)}) > 1:
        yield "says different things on light pages and on dark ones"
