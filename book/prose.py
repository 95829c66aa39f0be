"""What the authors of the book wrote themselves: the sentences of its pages, the texts in its code, the headline findings.

Markdown is read as markdown-it reads it, so what is code, a role, a link or in italics is known and not guessed.
"""

import ast
import re
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from lxml import html
from markdown_it import MarkdownIt
from mdit_py_plugins.myst_role import myst_role_plugin

from analysis.findings import FINDINGS
from book.chapters import documents, read

GAP = "□"  # stands for words that are not looked at
QUOTED = re.compile(r'“[^”]*”|"[^"]*"')
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
    figures = described("analysis/plots", "analysis/plots.py", plots)
    return [block for name in documents(root) for block in page_blocks(root, name)] + headlines + figures


def page_blocks(root, name):
    """The Blocks of one page, a notebook or a Markdown file."""
    file = Path(root) / f"{name}.md"
    if file.exists():
        return markdown_blocks(name, f"{name}.md", file.read_text(encoding="utf-8"))
    made = {"markdown": markdown_blocks, "code": code_blocks}
    cells = enumerate(read(root, name).cells, start=1)
    return [
        block
        for number, cell in cells
        if cell.cell_type in made
        for block in made[cell.cell_type](name, f"{name}.ipynb, cell {number}", cell.source)
    ]


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


def code_blocks(page: str, place: str, source: str) -> list[Block]:
    """The texts in a code cell, however they come to be shown: as a caption, a heading of a column, a variable.

    A bare lower-case word is none: it names a thing of the code.
    """
    blocks = [text_block(page, place, text) for text in texts_in(ast.parse(source))]
    return [block for block in blocks if not re.fullmatch("[a-z]+", block.text(*WORDS))]


def described(page: str, place: str, source: str) -> list[Block]:
    """The captions and alternative texts that `source`, in Python, hands to `Description` after a name, by place or by name."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call) and "Description" in ast.unparse(node.func)]
    said = [argument for call in calls for argument in (*call.args[1:], *(named.value for named in call.keywords if named.arg != "name"))]
    return [text_block(page, place, text) for text in said]


def texts_in(node: ast.AST) -> Iterator[ast.AST]:
    """The texts in a piece of code, an f-string as one."""
    if isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str)):
        yield node
    else:
        for part in ast.iter_child_nodes(node):
            yield from texts_in(part)


def text_block(page: str, place: str, text: ast.AST) -> Block:
    """A text in code as a Block; what an f-string computes is "code"."""
    return Block(page, place, text.lineno, "caption", list(literals(text)))


def literals(node: ast.AST) -> Iterator[Piece]:
    """The Pieces of a text in code. An underscore is a space, as in the heading of a column."""
    if isinstance(node, ast.FormattedValue):
        yield Piece("code", "computed")
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield Piece("plain", node.value.replace("_", " "))
    else:
        for part in ast.iter_child_nodes(node):
            yield from literals(part)
