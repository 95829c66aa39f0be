"""Annotations in the form of the W3C (https://www.w3.org/TR/annotation-model/), and as Hypothesis gives its own out.

Read are an array, an AnnotationCollection, an AnnotationPage, a graph, one annotation, or one a line (JSON lines); of Hypothesis what its
API and its client export. Our own form is written by `analysis.display.web_annotations`.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

from analysis.coding.annotations import ANNOTATED, Annotation, AnnotationFile, code_columns
from analysis.corpus.errors import DataError, Problem
from analysis.corpus.reader import Corpus
from analysis.corpus.schema import DECLARED_TABLES
from analysis.intake.anchoring import places_moved
from analysis.intake.codes import CodeError, named_text, resolve_codes
from analysis.intake.faults import MOVED, LeftOut, annotation_file
from analysis.intake.selectors import read_selectors

_HOLDERS = ("annotations", "rows", "replies", "items", "@graph", "first", "next")  # what holds annotations, in the forms that are read

_REPLY = "a reply to another annotation, left out"


class _Bodies(NamedTuple):
    """What the bodies of an annotation say: the coding, where one classifies it; tags; comments."""

    coding: str
    tags: list[str]
    comments: list[str]


def read_web_annotations(file: str, text: str, corpus: Corpus, source_id: str) -> AnnotationFile:
    """The annotations of a text in `text`, the content of `file`.

    Raises DataError where it is no JSON, holds no annotations or those of another text, and for a tag that is no code of the codebook.
    """
    left: LeftOut = defaultdict(list)
    found: list[Annotation] = []
    problems: list[Problem] = []
    others: LeftOut = defaultdict(list)
    bare: list[tuple[int, int]] = []
    items = list(_items(file, _parsed(file, text), left))
    for row, item in enumerate(items, start=1):
        for target in _targets(item):
            if other := _other_text(corpus, source_id, item, target):
                others[other].append(row)
                continue
            try:
                found += _read_target(corpus.raw[source_id], corpus, item, target, row, left, bare)
            except CodeError as error:
                problems.append(Problem(file, row, "tags", str(error), error.remedy))
            except ValueError as error:
                problems.append(Problem(file, row, "selector", str(error), "export the annotations again from the text itself"))
    if moved := places_moved(corpus, source_id, bare, file):
        raise DataError([moved])
    return annotation_file(file, source_id, found, problems, others, left)


def _parsed(file: str, text: str) -> Any:
    """What JSON says; a line each where the whole is none but its first line is."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        lines = [line for line in text.splitlines() if line.strip()]
        if len(lines) > 1 and error.msg == "Extra data":
            return [_parsed(file, line) for line in lines]
        message = f"is no JSON from line {error.lineno}, column {error.colno} on ({error.msg})"
        raise DataError([Problem(file, None, None, message, "export it again: it may be cut off")]) from None
    except (RecursionError, ValueError) as error:
        message = "nests too deeply" if isinstance(error, RecursionError) else "holds a number of thousands of digits"
        raise DataError([Problem(file, None, None, message, "export it again from the tool")]) from None


def _items(file: str, document: Any, left: LeftOut) -> Iterator[dict[str, Any]]:
    """The annotations of a document, whatever holds them."""
    if isinstance(document, list):
        for part in document:
            yield from _items(file, part, left)
    elif not isinstance(document, dict):
        raise DataError(
            [Problem(file, None, None, f"holds {repr(document)[:40]} where an annotation belongs", "give a file of annotations")]
        )
    elif "target" in document or document.get("type") == "Annotation":
        yield document
    elif parts := [document[name] for name in _HOLDERS if document.get(name) is not None]:
        for part in parts:
            if isinstance(part, str):
                left[f"a further page, which the file does not hold ({part}), left out"]  # a reason that holds for no number
            else:
                yield from _items(file, part, left)
    elif document.get("type") not in ("AnnotationCollection", "AnnotationPage"):
        message = f"is JSON, but holds no annotations (it has {', '.join(sorted(document)[:5]) or 'nothing'})"
        remedy = "export annotations, as JSON-LD of the W3C, as JSON of Hypothesis or as UIMA CAS"
        raise DataError([Problem(file, None, None, message, remedy)])


def _targets(item: dict[str, Any]) -> list[Any]:
    return _listed(item.get("target")) or [None]


def _other_text(corpus: Corpus, source_id: str, item: dict[str, Any], target: Any) -> str:
    """The id of the text that an annotation names, where it is another than `source_id`; else empty."""
    source = target.get("source") if isinstance(target, dict) else target
    given = [source.get("id") if isinstance(source, dict) else source, item.get("uri")]
    named = [text for text in (named_text(corpus, name) for name in given if isinstance(name, str)) if text]
    return named[0] if named and source_id not in named else ""


def _read_target(
    raw: str, corpus: Corpus, item: dict[str, Any], target: Any, row: int, left: LeftOut, bare: list[tuple[int, int]]
) -> Iterator[Annotation]:
    """The Annotation that one target of `item` makes; what it cannot hold goes to `left`, its place to `bare` where no words tell it."""
    if item.get("references") or "replying" in _listed(item.get("motivation")):
        left[_REPLY].append(row)
        return
    bodies = _read_bodies(item, row, left)
    selected, unused = read_selectors(raw, target.get("selector") if isinstance(target, dict) else None)
    for name in unused:
        left[f"{name} is not read" + ("; the words decide" if selected.quote else ", left out")].append(row)
    if not selected.quote:
        left["without words of the text, left out"].append(row)
        return
    if not bodies.coding and not bodies.tags:
        left["without a tag, left out"].append(row)
        return
    if selected.bare and selected.start is not None and selected.end is not None:
        bare.append((selected.start, selected.end))
    if selected.moved:
        left[MOVED].append(row)
    coding, codes = resolve_codes(corpus, bodies.tags, bodies.coding)
    if bodies.comments:
        column = _comment_column(coding)
        if column and column not in codes:
            codes[column] = " ".join(bodies.comments)
        else:
            left["a comment for which its coding has no empty column, left out"].append(row)
    yield Annotation(row, coding, selected.quote, codes, "", selected.start, selected.end, selected.prefix, selected.suffix)


def _comment_column(coding: str) -> str:
    """The column of a coding that holds the paraphrase or, where it has none, the note."""
    columns = {column.name: column.words for column in DECLARED_TABLES[ANNOTATED[coding]].columns if column.name in code_columns(coding)}
    return next((name for name, words in columns.items() if words == "paraphrase"), "note" if "note" in columns else "")


def _read_bodies(item: dict[str, Any], row: int, left: LeftOut) -> _Bodies:
    coding, comments = "", []
    tags = [tag for tag in _listed(item.get("tags")) if isinstance(tag, str)]
    for value, purposes in _body_texts(item):
        if value is None:
            left["a body that is no text, left out"].append(row)
        elif "replying" in purposes:
            left[_REPLY].append(row)
        elif "classifying" in purposes and value in ANNOTATED and not coding:
            coding = value
        elif {"tagging", "classifying", "identifying"} & {*purposes}:
            tags.append(value)
        elif value.strip():
            comments.append(value)
    return _Bodies(coding, tags, comments)


def _body_texts(item: dict[str, Any]) -> Iterator[tuple[str | None, list[str]]]:
    """The text of each body, None where it is none, with its purposes: its own, or those of the annotation."""
    motivations = [str(motivation) for motivation in _listed(item.get("motivation"))]
    for body in _listed(item.get("body")):
        textual = (
            isinstance(body, dict) and "TextualBody" in _listed(body.get("type", "TextualBody")) and isinstance(body.get("value"), str)
        )
        own = [str(purpose) for purpose in _listed(body.get("purpose"))] if isinstance(body, dict) else []
        yield body["value"] if textual else None, own or motivations
    if isinstance(item.get("bodyValue"), str):
        yield item["bodyValue"], motivations
    if isinstance(item.get("text"), str):  # the comment, in the form of Hypothesis
        yield item["text"], []


def _listed(value: Any) -> list[Any]:
    """A value of JSON-LD, which stands for a list of one, as a list."""
    return value if isinstance(value, list) else [] if value is None else [value]
