"""What a committed notebook and a built page must be; each function lists the faults it finds, in words."""

import re
from pathlib import Path

from bs4 import BeautifulSoup

from book.chapters import place, read

METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
MACHINE_PATH = re.compile(r"(?<![\w.:/])/(?:home|root|Users|work|tmp|mnt)/")


def notebook_faults(root, name):
    """Outputs, execution counts, foreign metadata, paths of a machine, and other than one heading of level 1."""
    notebook, faults = read(root, name), []
    if notebook.metadata != METADATA:
        faults.append(f"{name}.ipynb: its metadata differ from those of the other notebooks")
    titles = 0
    for number, cell in enumerate(notebook.cells, start=1):
        here = place(name, number, cell) if cell.source.strip() else f"{name}.ipynb, cell {number} (empty)"
        if not cell.source.strip():
            faults.append(f"{here}: has no content")
        if cell.get("outputs") or cell.get("execution_count") is not None:
            faults.append(f"{here}: is committed with its output")
        if MACHINE_PATH.search(cell.source):
            faults.append(f"{here}: holds a path of one machine")
        if cell.cell_type == "markdown":
            titles += len(re.findall(r"^# ", cell.source, flags=re.MULTILINE))
    if titles != 1:
        faults.append(f"{name}.ipynb: has {titles} headings of level 1, not one")
    return faults


def page_faults(html):
    """Pictures of the article without an alternative text in words, or outside a figure with a caption and a name."""
    faults = []
    for file in sorted(Path(html).rglob("*.html")):
        page = BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser")
        for picture in page.select("article img, main img"):
            alt, source = picture.get("alt", ""), picture.get("src", "")
            figure = picture.find_parent("figure")
            if len(alt.split()) < 5:
                faults.append(f"{file.name}: {source} has no alternative text that says what it shows ({alt!r})")
            if figure is None or not figure.get("id") or not figure.select_one("figcaption"):
                faults.append(f"{file.name}: {source} has no name or no caption")
    return faults
