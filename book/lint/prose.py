"""What the authors of the book wrote themselves: the sentences of its pages, the captions in its code, the headline findings.

Markdown is read as markdown-it reads it, so what is code, a role, a link or in italics is known and not guessed.
"""

import ast
import re
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from lxml import html
from markdown_it import MarkdownIt
from mdit_py_plugins.myst_role import myst_role_plugin

from analysis.findings import FINDINGS
from book.notebooks import documents, read

GAP = "□"  # stands for words that are not looked at
QUOTED = re.compile(r'“[^”]*”|"[^"]*"')
CAPTIONED = ("table", "folded_table")  # functions of analysis.show that take a caption after their table
MARKS = {"em_open": "italics", "strong_open": "bold"}
WORDS = ("plain", "bold", "italics")
READER = MarkdownIt("commonmark").use(myst_role_plugin).enable("table")


class Piece(NamedTuple):
    """A stretch of a paragraph: "plain" words, or those in "italics", "bold" or "code"; a "role", name and content; a "break" of line."""

    kind: str
    text: str


class Block(NamedTuple):
    """A paragraph, heading or caption. `page` has no suffix; `place` names file and cell; `line` is its first line there, from 1."""

    page: str
    place: str
    line: int
    kind: str
    pieces: list

    def text(self, *kinds):
        """Its words of these `kinds`, lines kept; GAP for the rest, and for what stands between quotation marks."""
        joined = "".join("\n" if piece.kind == "break" else piece.text if piece.kind in kinds else GAP for piece in self.pieces)
        return QUOTED.sub(lambda match: GAP + "\n" * match.group().count("\n"), joined)

    def lines(self):
        """Its lines, as (number in its place, from 1; Pieces)."""
        found = [[]]
        for piece in self.pieces:
            found[-1].append(piece)
            if piece.kind == "break":
                found.append([])
        return list(enumerate(found, start=self.line))

    def where(self, offset, text):
        """The place of the character at `offset` of `text`, which is a text of this block."""
        return f"{self.place}, line {self.line + text.count(chr(10), 0, offset)}"


def evidence_words(piece):
    """The words that an evidence link quotes; "" for any other Piece."""
    return piece.text.partition(":")[2].strip() if piece.kind == "role" and piece.text.startswith("ev ") else ""


def written(root):
    """Every Block that the authors wrote, page by page, then the headline findings and what is said of figures in code."""
    file = "analysis/findings"
    headlines = [Block(file, f"{file}.py, finding {one.name}", 1, "headline", [Piece("plain", one.statement)]) for one in FINDINGS]
    plots = Path(find_spec("analysis.plots").origin).read_text(encoding="utf-8")  # not imported: Matplotlib takes half a second
    figures = described("analysis/plots", "analysis/plots.py", plots, ["Description"], slice(1, 3))
    return [block for name in documents(root) for block in page_blocks(root, name)] + headlines + figures


def page_blocks(root, name):
    """The Blocks of one page, a notebook or a Markdown file."""
    file = Path(root) / f"{name}.md"
    if file.exists():
        return markdown_blocks(name, f"{name}.md", file.read_text(encoding="utf-8"))
    made = {"markdown": markdown_blocks, "code": caption_blocks}
    return [
        block
        for number, cell in enumerate(read(root, name).cells, start=1) if cell.cell_type in made
        for block in made[cell.cell_type](name, f"{name}.ipynb, cell {number}", cell.source)
    ]  # fmt: skip


def markdown_blocks(page, place, source):
    """The paragraphs, headings, items and cells of `source`, a text in Markdown; blocks of code and directives are none."""
    blocks, kind = [], "paragraph"
    for token in READER.parse(source):
        if token.type == "heading_open":
            kind = "heading"
        elif token.type == "inline":
            blocks.append(Block(page, place, token.map[0] + 1, kind, pieces(token.children)))
            kind = "paragraph"
        elif token.type == "html_block":
            blocks.append(Block(page, place, token.map[0] + 1, "html", html_pieces(token.content)))
    return blocks


def pieces(tokens):
    """The Pieces of a paragraph from its tokens; the address of a link is none, its words are."""
    found, open_marks = [], []
    for token in tokens:
        if token.type in MARKS:
            open_marks.append(MARKS[token.type])
        elif token.type.removesuffix("_close") + "_open" in MARKS:
            open_marks.pop()
        elif token.type == "text" and token.content:
            found.append(Piece("italics" if "italics" in open_marks else open_marks[-1] if open_marks else "plain", token.content))
        elif token.type == "code_inline":
            found.append(Piece("code", token.content))
        elif token.type == "myst_role":
            found.append(Piece("role", f"{token.meta['name']} {token.content}"))
        elif token.type in ("softbreak", "hardbreak"):
            found.append(Piece("break", "\n"))
    return found


def html_pieces(source):
    """The Pieces of a block of HTML."""
    tree = html.fragment_fromstring(source, create_parent=True)
    parents = ((text, text.getparent()) for text in tree.xpath(".//text()"))
    return [Piece("code" if text.is_text and parent.tag == "code" else "plain", str(text)) for text, parent in parents]


def caption_blocks(page, place, source):
    """The captions that a code cell gives to its tables as text."""
    return described(page, place, source, CAPTIONED, slice(1, 2))


def described(page, place, source, functions, arguments):
    """The texts that `source`, in Python, hands to `functions` as those `arguments`, a Block each; what an f-string computes is "code"."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)
             and getattr(node.func, "attr", getattr(node.func, "id", "")) in functions]  # fmt: skip
    return [Block(page, place, text.lineno, "caption", list(literals(text))) for call in calls for text in call.args[arguments]]


def literals(node):
    """The Pieces of a text in code."""
    if isinstance(node, ast.FormattedValue):
        yield Piece("code", "computed")
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield Piece("plain", node.value)
    for part in ast.iter_child_nodes(node) if not isinstance(node, ast.FormattedValue) else ():
        yield from literals(part)
