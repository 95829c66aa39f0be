"""Tiny books for tests."""

import shutil
from pathlib import Path

import nbformat

from analysis.corpus.reader import DATA_FOLDER
from book.citation import load_edition
from book.lint.notebook_rules import METADATA
from book.notebooks import ROOT

DOWNLOAD_NAME = load_edition(ROOT).file_name


def add_notebook(root: Path, *cells: str, name: str = "index") -> Path:
    """Put a notebook, made from its cells ("code: ..." or Markdown), into the book in `root`, and return `root`."""
    made = [
        nbformat.v4.new_code_cell(cell.removeprefix("code: "), id=f"cell-{number}")
        if cell.startswith("code: ")
        else nbformat.v4.new_markdown_cell(cell, id=f"cell-{number}")
        for number, cell in enumerate(cells)
    ]
    nbformat.write(nbformat.v4.new_notebook(cells=made, metadata=METADATA), root / f"{name}.ipynb")
    others = sorted(file.stem for file in root.glob("*.ipynb") if file.stem != "index")
    listed = "".join(f"- file: {other}\n" for other in others)
    (root / "_toc.yml").write_text("format: jb-book\nroot: index\n" + (listed and f"chapters:\n{listed}"))
    for file in ("_config.yml", "CITATION.cff"):
        shutil.copy(ROOT / file, root)
    if not (root / "data").exists():
        shutil.copytree(DATA_FOLDER, root / "data")
    return root


def silent(_line: str) -> None:
    """A report to nobody."""


def files_of(folder: Path) -> dict[str, bytes]:
    """What the files of a folder hold: {path: bytes}."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
