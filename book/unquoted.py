"""No number for nothing: each number that a chapter defines is quoted by its prose."""

from collections.abc import Mapping
from pathlib import Path

from nbformat import NotebookNode

from book.prose import page_blocks
from book.results import results


def unquoted_numbers(root: Path, executed: Mapping[str, NotebookNode]) -> list[str]:
    """Every number that an executed chapter defines and no role of the same page quotes, with the remedy."""
    return [
        f"{page}.ipynb: defines the number {name!r}, which no prose quotes. Remedy: quote it with {{glue:text}}, or do not define it."
        for page, notebook in executed.items()
        for name in sorted(defined_names(notebook) - quoted_names(root, page))
    ]


def defined_names(notebook: NotebookNode) -> set[str]:
    """The names of the numbers that an executed chapter defines; its figures and tables are none."""
    return {name for name, value in results(notebook).items() if isinstance(value, str)}


def quoted_names(root: Path, page: str) -> set[str]:
    """The names of the numbers that the prose of a page quotes."""
    roles = [piece.text.partition(" ") for block in page_blocks(root, page) for piece in block.pieces if piece.kind == "role"]
    return {name.partition(":")[0] for role, _, name in roles if role.startswith("glue")}
