"""The build of the book against stock Jupyter Book on the same chapters, each in a copy of its own: `python -m benchmarks.builds`."""

import json
import shutil
import sys
from pathlib import Path

import nbformat
import yaml

from benchmarks.fresh import ROOT, Failed, fresh
from book.notebooks import notebook_names
from book.reproduce import NOT_COPIED

CHANGED = 5  # the place, among the notebook_names, of the one whose code is changed
OBSERVED = [sys.executable, "-m", "benchmarks.observed"]


def round_of_builds(root, place):
    """Build the book of `root` in copies below `place`: cold, again, with one chapter changed, and with stock; returns a row for each."""
    shutil.rmtree(place, ignore_errors=True)
    own, stock = (shutil.copytree(root, place / name, ignore=NOT_COPIED) for name in ("own", "stock"))
    rows = [row("cold", fresh(*OBSERVED, root=own)), row("nothing changed", fresh(*OBSERVED, root=own))]
    change_code(own)
    rows.append(row("one chapter changed", fresh(*OBSERVED, root=own)))
    make_stock(stock)
    command = [str(Path(sys.prefix) / "bin/jupyter-book"), "build", str(stock)]
    rows.append({"build": "stock", "seconds": fresh(*command, root=stock, MPLCONFIGDIR=str(stock / "matplotlib")).seconds,
                 "chapters_run": len(notebook_names(stock))})  # fmt: skip
    if failed := sorted(file.name for file in (stock / "_build").rglob("*.err.log")):
        raise Failed(f"the stock build could not run {', '.join(failed)}")
    return rows


def row(name, outcome):
    return {"build": name, "seconds": outcome.seconds} | json.loads(outcome.said.splitlines()[-1])


def change_code(root):
    """Add a line to the first code cell of one chapter: to its code, not to what it does."""
    names = notebook_names(root)
    file = root / f"{names[min(CHANGED, len(names) - 1)]}.ipynb"
    notebook = nbformat.read(file, 4)
    next(cell for cell in notebook.cells if cell.cell_type == "code").source += "\n# changed"
    nbformat.write(notebook, file)


def make_stock(root):
    """Let Jupyter Book itself run the chapters, one after another, and render them without the book's extension."""
    file = root / "_config.yml"
    settings = yaml.safe_load(file.read_text(encoding="utf-8"))
    settings["execute"]["execute_notebooks"] = "force"
    del settings["sphinx"]["local_extensions"]
    file.write_text(yaml.safe_dump(settings), encoding="utf-8")


if __name__ == "__main__":
    print(json.dumps(round_of_builds(ROOT, Path(sys.argv[1]))))
