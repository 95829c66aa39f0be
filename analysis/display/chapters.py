"""The titles of the chapters, as their notebooks give them: none is typed where a page links to another."""

import json
import re
from collections.abc import Iterable
from pathlib import Path


def chapter_title(root: Path, chapter: str) -> str:
    """The heading of level 1 of a chapter of the book in `root`; where there is no such notebook, the name itself.

    A chapter whose code imports this module runs again when a title changes (`book.run.fingerprint`).
    """
    file = root / "chapters" / f"{chapter}.ipynb"
    cells = json.loads(file.read_text(encoding="utf-8"))["cells"] if file.is_file() else []
    return title_in("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown") or chapter


def title_in(cells: Iterable[str]) -> str:
    """The first heading of level 1 in cells of Markdown; empty where there is none."""
    found = re.search(r"^# (.+)$", "\n".join(cells), flags=re.MULTILINE)
    return found[1].strip() if found else ""
