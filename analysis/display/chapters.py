"""The titles of the chapters, as their notebooks give them, and links to those that the book has; none is typed on another page."""

import json
import re
from collections.abc import Iterable
from pathlib import Path


def chapter_title(root: Path, chapter: str) -> str:
    """The heading of level 1 of a chapter of the book in `root`; where there is no such notebook, the name itself.

    A chapter whose code imports this module runs again when a title changes (`book.run.fingerprint`).
    """
    file = _file(root, chapter)
    cells = json.loads(file.read_text(encoding="utf-8"))["cells"] if file.is_file() else []
    return title_in("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown") or chapter


def chapter_link(root: Path, chapter: str, content: str, address: str, kind: str = "") -> str:
    """`content`, HTML, as a link of the class `kind` to a chapter of the book in `root`; alone where the book has no such chapter."""
    attribute = f' class="{kind}"' if kind else ""
    return f'<a{attribute} href="{address}">{content}</a>' if _file(root, chapter).is_file() else content


def _file(root: Path, chapter: str) -> Path:
    return root / "chapters" / f"{chapter}.ipynb"


def title_in(cells: Iterable[str]) -> str:
    """The first heading of level 1 in cells of Markdown; empty where there is none."""
    found = re.search(r"^# (.+)$", "\n".join(cells), flags=re.MULTILINE)
    return found[1].strip() if found else ""
