"""The build of the book against stock Jupyter Book on the same chapters, each in a copy of its own: `python -m batch.benchmarks.builds`."""

import json
import shutil
import sys
from pathlib import Path

import nbformat
import yaml

from batch.benchmarks.fresh import REPOSITORY, Failed, run_measured
from book.notebooks import notebook_names
from book.reproduce import NOT_COPIED

CHANGED = 5  # the place, among the notebooks, of the one whose code is changed


def build_rounds(root: Path, place: Path) -> list[dict[str, object]]:
    """Build the book of `root` in copies below `place`: cold, again, with one chapter changed, and with stock; returns a row for each."""
    shutil.rmtree(place, ignore_errors=True)
    own, stock = (shutil.copytree(root, place / name, ignore=NOT_COPIED) for name in ("own", "stock"))
    rows = [_observed_row("cold", own), _observed_row("nothing changed", own)]
    change_code(own)
    rows.append(_observed_row("one chapter changed", own))
    make_stock(stock)
    command = [f"{sys.prefix}/bin/jupyter-book", "build", str(stock)]
    seconds = run_measured(*command, root=stock, MPLCONFIGDIR=str(stock / "matplotlib")).seconds
    if failed := sorted(file.name for file in (stock / "_build").rglob("*.err.log")):
        raise Failed(f"the stock build could not run {', '.join(failed)}")
    return [*rows, {"build": "stock", "seconds": seconds, "chapters_run": len(notebook_names(stock))}]


def _observed_row(name: str, root: Path) -> dict[str, object]:
    outcome = run_measured(sys.executable, "-m", "batch.benchmarks.observed", root=root)
    return {"build": name, "seconds": outcome.seconds, **json.loads(outcome.said.splitlines()[-1])}


def change_code(root: Path) -> None:
    """Add a line to the first code cell of one chapter: to its code, not to what it does."""
    names = notebook_names(root)
    file = root / f"{names[min(CHANGED, len(names) - 1)]}.ipynb"
    notebook = nbformat.read(file, 4)
    next(cell for cell in notebook.cells if cell.cell_type == "code").source += "\n# changed"
    nbformat.write(notebook, file)


def make_stock(root: Path) -> None:
    """Let Jupyter Book itself run the chapters, one after another, and render them without the book's extension."""
    file = root / "_config.yml"
    config = yaml.safe_load(file.read_text(encoding="utf-8"))
    config["execute"]["execute_notebooks"] = "force"
    del config["sphinx"]["local_extensions"]
    file.write_text(yaml.safe_dump(config), encoding="utf-8")


if __name__ == "__main__":
    print(json.dumps(build_rounds(REPOSITORY, Path(sys.argv[1]))))
