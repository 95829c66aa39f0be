"""The forms in which annotations come in and go out: a file of any of them read, whatever it is called, and written."""

import codecs
import re
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import NoReturn

from analysis.atomic_write import write_atomic
from analysis.coding.annotations import Annotation, AnnotationFile
from analysis.corpus.errors import DataError, Problem
from analysis.corpus.reader import Corpus, decode_utf8, read_bytes
from analysis.display.web_annotations import web_annotations
from analysis.intake.quote_table import read_quote_table, write_quote_table

_KNOWN = "give annotations as XMI or JSON of UIMA, alone or in a zip, as JSON-LD of the W3C, as JSON of Hypothesis, or as CSV"

_SURROGATE = re.compile("[\ud800-\udfff]")  # JSON can spell a half of a character, which no file in UTF-8 can hold


def read_annotations(path: Path, corpus: Corpus, source_id: str, columns: Mapping[str, str] | None = None) -> AnnotationFile:
    """The annotations of a text in a file, whose form is found by its content: a CAS of UIMA, Web Annotations, or a table of quotations.

    `columns` maps our names of columns to those of a table: {"quote": "Zitat"}. Beside an `.xmi` its TypeSystem.xml is read, too. Raises
    DataError, naming the file, where it is missing, empty, too large, cut off, in none of these forms or of another text, and for codes
    that the codebook does not know.
    """
    _known_text(corpus, source_id)
    read = _read(path, corpus, source_id, columns or {})
    problems = [
        Problem(path.name, one.row, None, "holds half a character (a lone surrogate)", "export the annotations again")
        for one in read.annotations
        if _SURROGATE.search("".join([one.quote, *one.codes.values(), one.prefix, one.suffix]))
    ]
    if problems:
        raise DataError(problems)
    return read


def _read(path: Path, corpus: Corpus, source_id: str, columns: Mapping[str, str]) -> AnnotationFile:
    """The annotations of a file, in whatever form it is."""
    content, name = _in_utf8(path.name, read_bytes(path.parent, path.name)), path.name
    refuse = partial(_refuse, name)
    if content.startswith(b"PK"):
        from analysis.intake.cas import read_cas_zip  # its library takes a moment to import

        return read_cas_zip(name, content, corpus, source_id)
    if b"\0" in content:
        refuse("is a binary file", _KNOWN)
    begin = content.lstrip()[:1]
    if begin == b"<":
        if b"http://www.omg.org/XMI" not in content[:20_000]:
            refuse("is XML, but no XMI of a CAS", _KNOWN)
        from analysis.intake.cas import TYPE_SYSTEM_FILE, read_xmi

        types = path.with_name(TYPE_SYSTEM_FILE)
        return read_xmi(name, content, corpus, source_id, read_bytes(types.parent, types.name) if types.is_file() else None)
    if begin in (b"{", b"["):
        if b'"%FEATURE_STRUCTURES"' in content or b'"%VIEWS"' in content:
            from analysis.intake.cas import read_json_cas

            return read_json_cas(name, content, corpus, source_id)
        from analysis.intake.web_annotation import read_web_annotations

        return read_web_annotations(name, decode_utf8(path.parent, name, content), corpus, source_id)
    return read_quote_table(name, content, corpus, source_id, columns)


def _in_utf8(file: str, content: bytes) -> bytes:
    """The content of `file` without a byte-order mark; in UTF-8, where the mark is that of UTF-16."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return content.decode("utf-16").encode()
        except UnicodeDecodeError as error:
            _refuse(file, f"is no utf-16 (byte {error.start})", "save it again in UTF-8")
    return content.removeprefix(codecs.BOM_UTF8)


def _cas(corpus: Corpus, source_id: str, annotations: Iterable[Annotation]) -> bytes:
    from analysis.intake.cas import write_cas

    return write_cas(corpus, source_id, annotations)


def _json_cas(corpus: Corpus, source_id: str, annotations: Iterable[Annotation]) -> str:
    from analysis.intake.cas import write_json_cas

    return write_json_cas(corpus, source_id, annotations)


WRITERS: dict[str, Callable[[Corpus, str, Iterable[Annotation]], str | bytes]] = {
    "cas": _cas,
    "cas-json": _json_cas,
    "web": lambda corpus, source_id, annotations: web_annotations(corpus, {source_id: list(annotations)}),
    "csv": lambda _, source_id, annotations: write_quote_table(source_id, annotations),
}


def write_annotations(path: Path, form: str, corpus: Corpus, source_id: str, annotations: Iterable[Annotation]) -> None:
    """Write the Annotations of a text, none for a blank file, in a form of WRITERS.

    "cas" is a zip of XMI for INCEpTION, "cas-json" UIMA CAS JSON, "web" JSON-LD of the W3C, "csv" a table of quotations. The same
    annotations give the same bytes. Raises DataError for an unknown form or text, where the file exists, and for what the form cannot hold.
    """
    _known_text(corpus, source_id)
    if form not in WRITERS:
        _refuse(form, "is no form of annotations", f"use one of {', '.join(WRITERS)}")
    if path.exists():
        _refuse(str(path), "exists already", "name another file, or move it away")
    try:
        content = WRITERS[form](corpus, source_id, annotations)
    except ValueError as error:  # XML cannot hold some characters
        _refuse(str(path), f"cannot be written as {form} ({error})", "take these characters out, or write another form")
    write_atomic(path, content)


def _known_text(corpus: Corpus, source_id: str) -> None:
    if source_id not in corpus.raw:
        _refuse(source_id, "is no text", f"use one of {', '.join(corpus.raw)}")


def _refuse(file: str, message: str, remedy: str) -> NoReturn:
    raise DataError([Problem(file, None, None, message, remedy)])
