"""Citations of evidence in a paragraph: where the text was the last one named, the paragraph alone is cited ("par. 8")."""

import re

from docutils import nodes
from sphinx.application import Sphinx

from book.pages.context import book_of


def connect_short_citations(app: Sphinx) -> None:
    """Called by Sphinx through `book.pages.extension`."""
    app.connect("doctree-resolved", _shorten)


def _shorten(app: Sphinx, doctree: nodes.document, _page: str) -> None:
    names = "|".join(map(re.escape, book_of(app).texts.sources.short))
    named, cited = re.compile(names), re.compile(rf'(<a class="ev"[^>]*>)({names}), (par\. \d+)(?=<span class="ev-words">)')
    for paragraph in doctree.findall(nodes.paragraph):
        last = ""
        for node in list(paragraph.findall(lambda node: isinstance(node, nodes.Text | nodes.raw))):
            link = cited.search(node.astext()) if isinstance(node, nodes.raw) else None
            if link:
                if link[2] == last:
                    node.replace_self(nodes.raw("", cited.sub(r"\1\3", node.astext()), format="html"))
                last = link[2]
            elif isinstance(node, nodes.Text):
                last = ([last, *named.findall(node.astext())])[-1]
