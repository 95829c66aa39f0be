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
    """Pictures of the article without an alternative text in words, outside a figure with caption and name, or not there in all forms."""
    faults = []
    for file in sorted(Path(html).rglob("*.html")):
        page = BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser")
        for image in page.select("article img, main img"):
            faults += [f"{file.name}: {image.get('src', '')} {fault}" for fault in image_faults(file, image)]
        for figure in page.select("article figure, main figure"):
            faults += [f"{file.name}: {figure.get('id', 'a figure')} {fault}" for fault in figure_faults(figure)]
    return faults


def image_faults(file, image):
    """What is wrong with an <img> of the page `file`."""
    figure, picture = image.find_parent("figure"), image.find_parent("picture")
    if not says_something(image):
        yield f"has no alternative text that says what it shows ({image.get('alt', '')!r})"
    if figure is None or not figure.get("id") or not figure.select_one("figcaption"):
        yield "has no name or no caption"
    narrow = picture.select_one("source[media][srcset]") if picture else None
    if narrow is None:
        yield "has no form for narrow screens"
    for form, source in ((image, "src"), (narrow, "srcset")):
        if form is not None and not (form.get("width") and form.get("height")):
            yield f"has a {source} without width and height"
        if form is not None and not (file.parent / form.get(source, "")).is_file():
            yield f"has a {source} that is not there: {form.get(source)}"


def says_something(image):
    return len(image.get("alt", "").split()) >= 5


def figure_faults(figure):
    """What is wrong with a <figure>: it shows one picture on light pages and one on dark ones, and they say the same."""
    images = figure.select("img")
    themes = [theme for image in images for theme in image.get("class", []) if theme.startswith("only-")]
    if images and themes != ["only-light", "only-dark"]:
        yield "does not have one picture for light pages and one for dark ones"
    elif len({image.get("alt") for image in images if says_something(image)}) > 1:
        yield "says different things on light pages and on dark ones"
