"""What a chapter waits for before its first line: `python -m benchmarks.starts` prints seconds as JSON, each taken once."""

import ast
import json
import sys
import time

from jupyter_client.manager import start_new_kernel

from benchmarks.fresh import ROOT, fresh
from book.notebooks import code_cells, notebook_names, read_notebook

IMPORTS = ["import pandas", "import matplotlib.pyplot"]
TIMED = "import time; begin = time.perf_counter(); exec({!r}); print(time.perf_counter() - begin)"


def starts(root=ROOT):
    """The seconds of a bare kernel, of Python alone, and of imports: {what: seconds}."""
    begin = time.perf_counter()
    manager, client = start_new_kernel()
    found = {"a bare kernel": time.perf_counter() - begin}
    client.stop_channels()
    manager.shutdown_kernel(now=True)
    found["Python alone"] = fresh(sys.executable, "-c", "").seconds
    chapters = {f"imports of {name}": imports(read_notebook(root, name)) for name in notebook_names(root)}
    for name, code in ({code: code for code in IMPORTS} | chapters).items():
        found[name] = float(fresh(sys.executable, "-c", TIMED.format(code), root=root).said)
    return found


def imports(notebook):
    """The lines of a notebook that import something, as code."""
    trees = [ast.parse(cell.source) for _, cell in code_cells(notebook)]
    return "\n".join(ast.unparse(line) for tree in trees for line in tree.body if isinstance(line, (ast.Import, ast.ImportFrom)))


if __name__ == "__main__":
    print(json.dumps(starts()))
