"""What the authors of the book wrote themselves: the sentences of its pages, the texts in its code, the headline findings.

Markdown is read as markdown-it reads it, so what is code, a role, a link or in italics is known and not guessed.
"""

import ast
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

from lxml import html
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.myst_role import myst_role_plugin

from analysis.corpus.reader import read_table
from book.notebooks import page_names, read_notebook

_FINDINGS = "findings.csv"
_FIGURE_TEXT = "FigureText"  # what a figure's name, caption and alternative text are called in code
MASK = "□"  # stands for words that are not looked at
QUOTED = re.compile(r'“[^”]*”|"[^"]*"')
_MARKS = {"em_open": "italics", "strong_open": "bold"}
WORDS = ("plain", "bold", "italics")
NO_PAGE = ""  # the name of the page, for what stands on none
Pages = Collection[str] | None  # names of pages, NO_PAGE among them; None for all
_EMPTY = re.compile(r"\s*\([\s,;]*\)")  # brackets that held citations only
_READER = MarkdownIt("commonmark").use(myst_role_plugin).enable("table")


class Inline(NamedTuple):
    """A stretch of a paragraph: "plain" words, or those in "italics", "bold" or "code"; a "role", name and content; a "break" of line."""

    kind: str
    text: str


class Paragraph(NamedTuple):
    """A paragraph, heading or caption. `page` has no suffix; `place` names file and cell; `line` is its first line there, from 1."""

    page: str
    place: str
    line: int
    kind: str
    pieces: list[Inline]

    def text(self, *kinds: str) -> str:
        """Its words of these `kinds`, lines kept; MASK for the rest, and for what stands between quotation marks."""
        joined = "".join("\n" if piece.kind == "break" else piece.text if piece.kind in kinds else MASK for piece in self.pieces)
        return QUOTED.sub(lambda match: MASK + "\n" * match.group().count("\n"), joined)

    def lines(self) -> list[tuple[int, list[Inline]]]:
        """Its lines, as (number in its place, from 1; Inlines)."""
        found: list[list[Inline]] = [[]]
        for piece in self.pieces:
            found[-1].append(piece)
            if piece.kind == "break":
                found.append([])
        return list(enumerate(found, start=self.line))

    def where(self, offset: int, text: str) -> str:
        """The place of the character at `offset` of `text`, which is a text of this block."""
        return f"{self.place}, line {self.line + text.count(chr(10), 0, offset)}"


def evidence_words(piece: Inline) -> str:
    """The words that an evidence link quotes; "" for any other Inline."""
    return piece.text.partition(":")[2].strip() if piece.kind == "role" and piece.text.startswith("ev ") else ""


def as_read(paragraph: Paragraph, values: Mapping[str, Any]) -> str:
    """The words of a paragraph as a reader reads them.

    Numbers are filled in from `values`; one that is not there is the word "it". Citations, links to evidence, and a bold heading in the
    line of the paragraph are left out.
    """
    kept = [piece for place, piece in enumerate(paragraph.pieces) if place or piece.kind != "bold"]
    text = "".join(_role_as_read(piece.text, values) if piece.kind == "role" else piece.text for piece in kept)
    return " ".join(re.sub(r" (?=[.,;:])", "", _EMPTY.sub("", text)).split())


def _role_as_read(role: str, values: Mapping[str, Any]) -> str:
    name, _, content = role.partition(" ")
    if name == "glue:text":
        return str(ast.literal_eval(values[content])) if content in values else "it"
    return "the figure" if name == "numref" else ""


def author_text(root: Path, pages: Pages = None) -> list[Paragraph]:
    """Every Paragraph that the authors wrote on `pages`, page by page; on `NO_PAGE`, the headline findings and what is said of figures."""
    own = [block for name in page_names(root) if of(pages, name) for block in page_paragraphs(root, name)]
    return own + (_headlines(root) + _figure_texts() if of(pages, NO_PAGE) else [])


def of(pages: Pages, name: str) -> bool:
    """Whether `name` is one of these pages."""
    return pages is None or name in pages


def _headlines(root: Path) -> list[Paragraph]:
    """The statements of the headline findings; none where the book has no list of them."""
    if not (root / "data" / _FINDINGS).exists():
        return []
    return [
        Paragraph("data/findings", f"data/{_FINDINGS}, finding {row.finding}", 1, "headline", [Inline("plain", row.statement)])
        for row in read_table(root / "data", _FINDINGS).itertuples()
    ]


def _figure_texts() -> list[Paragraph]:
    """What the modules of `analysis` and `batch` say of figures. They are not imported: Matplotlib takes half a second."""
    home = Path(str(find_spec("analysis").origin)).parents[1]  # type: ignore[union-attr]
    found = []
    for file in sorted([*home.glob("analysis/**/*.py"), *home.glob("batch/**/*.py")]):
        source, name = file.read_text(encoding="utf-8"), file.relative_to(home)
        if f"{_FIGURE_TEXT}(" in source:
            found += described_in(name.with_suffix("").as_posix(), name.as_posix(), source)
    return found


def page_paragraphs(root: Path, name: str) -> list[Paragraph]:
    """The Paragraphs of one page, a notebook or a Markdown file."""
    made = {"markdown": markdown_paragraphs, "code": _code_paragraphs}
    return [block for place, kind, source in _page_sources(root, name) for block in made[kind](name, place, source)]


def _page_sources(root: Path, name: str) -> list[tuple[str, str, str]]:
    """What a page is written in, as (place, "markdown" or "code", source)."""
    file = root / f"{name}.md"
    if file.exists():
        return [(f"{name}.md", "markdown", file.read_text(encoding="utf-8"))]
    notebook = root / f"{name}.ipynb"
    return _cells(root, name, notebook.read_bytes() if notebook.exists() else b"")


@cache
def _cells(root: Path, name: str, _content: bytes) -> list[tuple[str, str, str]]:
    """The same of a notebook that has this content."""
    cells = enumerate(read_notebook(root, name).cells, start=1)
    return [
        (f"{name}.ipynb, cell {number}", cell.cell_type, cell.source) for number, cell in cells if cell.cell_type in ("markdown", "code")
    ]


def page_roles(root: Path, name: str) -> Iterator[tuple[str, str, str]]:
    """The roles in the prose of a page, as (place, name of the role, content)."""
    for paragraph in page_paragraphs(root, name):
        for number, pieces in paragraph.lines():
            for role, _, content in (piece.text.partition(" ") for piece in pieces if piece.kind == "role"):
                yield f"{paragraph.place}, line {number}", role, content


def page_links(root: Path, name: str) -> Iterator[tuple[str, str]]:
    """The links in the prose of a page, as (place, address)."""
    for place, kind, source in _page_sources(root, name):
        for token in _READER.parse(source) if kind == "markdown" else ():
            yield from ((place, str(child.attrs["href"])) for child in token.children or () if child.type == "link_open")


@cache
def markdown_paragraphs(page: str, place: str, source: str) -> list[Paragraph]:
    """The paragraphs, headings, items and cells of `source`, a text in Markdown; blocks of code and directives are none."""
    blocks, kind = [], "paragraph"
    for token in _READER.parse(source):
        line = token.map[0] + 1 if token.map else 1
        if token.type == "heading_open":
            kind = "heading"
        elif token.type == "inline":
            blocks.append(Paragraph(page, place, line, kind, _inlines(token.children or [])))
            kind = "paragraph"
        elif token.type == "html_block":
            blocks.append(Paragraph(page, place, line, "html", _html_inlines(token.content)))
    return blocks


def _inlines(tokens: Sequence[Token]) -> list[Inline]:
    """The Inlines of a paragraph from its tokens; the address of a link is none, its words are."""
    found: list[Inline] = []
    open_marks: list[str] = []
    for token in tokens:
        if token.type in _MARKS:
            open_marks.append(_MARKS[token.type])
        elif token.type.removesuffix("_close") + "_open" in _MARKS:
            open_marks.pop()
        elif token.type == "text" and token.content:
            found.append(Inline("italics" if "italics" in open_marks else open_marks[-1] if open_marks else "plain", token.content))
        elif token.type == "code_inline":
            found.append(Inline("code", token.content))
        elif token.type == "myst_role":
            found.append(Inline("role", f"{token.meta['name']} {token.content}"))
        elif token.type in ("softbreak", "hardbreak"):
            found.append(Inline("break", "\n"))
    return found


def _html_inlines(source: str) -> list[Inline]:
    """The Inlines of a block of HTML."""
    tree = html.fragment_fromstring(source, create_parent=True)
    parents = ((text, text.getparent()) for text in tree.xpath(".//text()"))
    return [Inline("code" if text.is_text and parent.tag == "code" else "plain", str(text)) for text, parent in parents]


@cache
def _code_paragraphs(page: str, place: str, source: str) -> list[Paragraph]:
    """The texts in a code cell, however they come to be shown: as a caption, a heading of a column, a variable.

    A bare lower-case word is none: it names a thing of the code.
    """
    blocks = [_paragraph_of_code(page, place, text) for text in _texts_in(ast.parse(source))]
    return [block for block in blocks if not re.fullmatch("[a-z]+", block.text(*WORDS))]


def described_in(page: str, place: str, source: str) -> list[Paragraph]:
    """The captions and alternative texts that `source`, in Python, hands to `FigureText` after a name, by place or by name."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call) and _FIGURE_TEXT in ast.unparse(node.func)]
    said = [argument for call in calls for argument in (*call.args[1:], *(named.value for named in call.keywords if named.arg != "name"))]
    return [_paragraph_of_code(page, place, text) for text in said]


def _texts_in(node: ast.AST) -> Iterator[ast.expr]:
    """The texts in a piece of code, an f-string as one."""
    if isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str)):
        yield node
    else:
        for part in ast.iter_child_nodes(node):
            yield from _texts_in(part)


def _paragraph_of_code(page: str, place: str, text: ast.expr) -> Paragraph:
    """A text in code as a Paragraph; what an f-string computes is "code"."""
    return Paragraph(page, place, text.lineno, "caption", list(_literals(text)))


def _literals(node: ast.AST) -> Iterator[Inline]:
    """The Inlines of a text in code. An underscore is a space, as in the heading of a column."""
    if isinstance(node, ast.FormattedValue):
        yield Inline("code", "computed")
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield Inline("plain", node.value.replace("_", " "))
    else:
        for part in ast.iter_child_nodes(node):
            yield from _literals(part)
