"""The code of a page, out of the way: the cells of each section are gathered behind its text, and one switch in the header shows them.

Without JavaScript the code of a section is folded at its end (`_static/page.js` works the switch and remembers it).
"""

from typing import Any

from docutils import nodes
from myst_nb.sphinx_ import HideCodeCellNode
from sphinx.application import Sphinx

_BEGIN = '<details class="section-code"><summary>Code of this section</summary>'


def connect_code(app: Sphinx) -> None:
    """Called by Sphinx through `book.pages.extension`."""
    app.connect("doctree-resolved", _gather_code)
    app.connect("html-page-context", _offer_switch)


def _gather_code(app: Sphinx, doctree: nodes.document, _page: str) -> None:
    """Move the cells of each section to its end, before the sections within it, and drop boxes that are empty then."""
    if app.builder.format != "html":
        return
    gathered: dict[nodes.Element, list[nodes.Node]] = {}
    for hidden in list(doctree.findall(HideCodeCellNode)):
        above = (above for above in _ancestors(hidden) if isinstance(above, nodes.section))
        section = next(above, None) or next(doctree.findall(nodes.section), doctree)  # what stands above the title goes below it
        gathered.setdefault(section, []).extend(hidden.children)
        box = hidden.parent
        box.remove(hidden)
        if not box.children:
            box.parent.remove(box)
    for section, cells in gathered.items():
        place = next((place for place, child in enumerate(section.children) if isinstance(child, nodes.section)), len(section))
        raw = [nodes.raw("", part, format="html") for part in (_BEGIN, "</details>")]
        section[place:place] = [raw[0], *cells, raw[1]]


def _ancestors(node: nodes.Node) -> list[nodes.Element]:
    """What a node stands in, the nearest first."""
    found, above = [], node.parent
    while above is not None:
        found.append(above)
        above = above.parent
    return found


def _offer_switch(_app: Sphinx, _page: str, _template: str, context: dict[str, Any], _doctree: object) -> None:
    """Tell the template of the header whether the page has code to show."""
    context["has_code"] = _BEGIN in context.get("body", "")
