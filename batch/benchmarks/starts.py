"""What a chapter waits for before its first line: `python -m batch.benchmarks.starts` prints seconds as JSON, each taken once."""

import ast
import json
import sys
import time

from jupyter_client.manager import start_new_kernel
from nbformat import NotebookNode

from batch.benchmarks.fresh import REPOSITORY, run_measured
from book.notebooks import code_cells, notebook_names, read_notebook

TIMED_IMPORTS = ["import pandas", "import matplotlib.pyplot"]
TIMED_CODE = "import time; begin = time.perf_counter(); exec({!r}); print(time.perf_counter() - begin)"


def _start_seconds() -> dict[str, float]:
    """The seconds of a bare kernel, of Python alone, and of imports: {what: seconds}."""
    begin = time.perf_counter()
    manager, client = start_new_kernel()
    found = {"a bare kernel": time.perf_counter() - begin}
    client.stop_channels()
    manager.shutdown_kernel(now=True)
    found["Python alone"] = run_measured(sys.executable, "-c", "").seconds
    chapters = {f"imports of {name}": import_lines(read_notebook(REPOSITORY, name)) for name in notebook_names(REPOSITORY)}
    for name, code in ({code: code for code in TIMED_IMPORTS} | chapters).items():
        found[name] = float(run_measured(sys.executable, "-c", TIMED_CODE.format(code)).said)
    return found


def import_lines(notebook: NotebookNode) -> str:
    """The lines of a notebook that import something, as code."""
    trees = [ast.parse(cell.source) for _, cell in code_cells(notebook)]
    return "\n".join(ast.unparse(line) for tree in trees for line in tree.body if isinstance(line, (ast.Import, ast.ImportFrom)))


if __name__ == "__main__":
    print(json.dumps(_start_seconds()))
