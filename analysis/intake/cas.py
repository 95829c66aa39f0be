"""Codings as a CAS of UIMA, which INCEpTION and the tools of DKPro read and write: XMI, and JSON of version 0.4.

To code a text in INCEpTION: unpack the zip that `write_cas` makes, import `layers.json` in the settings of a project (see `cas_layers`) and
the `.xmi` as a document in the format "UIMA CAS XMI (XML 1.0)". What comes back is the export of one document, of an annotator or of the
curation, in that format or as UIMA CAS JSON. A CAS counts its offsets in units of UTF-16; the library turns them into code points.
"""

import io
import json
import warnings
import zipfile
from collections import Counter
from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import Any

import cassis

from analysis.coding.annotations import Annotation, AnnotationFile, code_columns
from analysis.corpus.errors import DataError, Problem
from analysis.corpus.reader import Corpus, text_file
from analysis.corpus.segment import sentence_offsets
from analysis.intake.anchoring import places_moved
from analysis.intake.cas_layers import DOCUMENT, SENTENCE, coding_of_layer, coding_type_system, layer_name, layers_file
from analysis.reproducible_zip import zip_files

TYPE_SYSTEM_FILE = "TypeSystem.xml"

MAX_UNPACKED_BYTES = 50_000_000

_AGAIN = "export the document again from the tool"

_VIEW = "_InitialView"

# What every CAS of these tools holds beside annotations by hand; nothing of it is lost.
_STRUCTURE = (
    "uima.",
    "de.tudarmstadt.ukp.dkpro.core.api.segmentation.",
    "de.tudarmstadt.ukp.dkpro.core.api.metadata.",
    "de.tudarmstadt.ukp.clarin.webanno.api.type.",
    "org.dkpro.core.api.xml.",
)


def write_cas(corpus: Corpus, source_id: str, annotations: Iterable[Annotation]) -> bytes:
    """A zip of a text with its Annotations, none for a blank one: `<source_id>.xmi`, `TypeSystem.xml` and `layers.json`."""
    cas = _made(corpus, source_id, annotations)
    files = {f"{source_id}.xmi": cas.to_xmi(), TYPE_SYSTEM_FILE: cas.typesystem.to_xml(), "layers.json": layers_file(corpus)}
    return zip_files((name, content.encode()) for name, content in files.items())


def write_json_cas(corpus: Corpus, source_id: str, annotations: Iterable[Annotation]) -> str:
    """A text with its Annotations as UIMA CAS JSON 0.4, the types within it."""
    return str(_made(corpus, source_id, annotations).to_json()) + "\n"


def _made(corpus: Corpus, source_id: str, annotations: Iterable[Annotation]) -> cassis.Cas:
    types, raw = coding_type_system(), corpus.raw[source_id]
    cas = cassis.Cas(types)
    cas.sofa_string, cas.sofa_mime = raw, "text"
    name = PurePosixPath(text_file(source_id)).name
    cas.add(types.get_type(DOCUMENT)(begin=0, end=len(raw), language="en", documentTitle=name, documentId=name, isLastSegment=False))
    sentence = types.get_type(SENTENCE)
    cas.add_all(sentence(begin=start, end=end) for start, end in sentence_offsets(raw))
    problems = []
    for one in annotations:
        if one.start is None or one.end is None:
            message = f"the words {one.quote!r} have no place in the text, which a CAS needs"
            problems.append(Problem(text_file(source_id), one.row, None, message, "write another form, or give `start` and `end`"))
        else:
            cas.add(types.get_type(layer_name(one.coding))(begin=one.start, end=one.end, **one.codes))
    if problems:
        raise DataError(problems)
    return cas


def read_cas_zip(file: str, content: bytes, corpus: Corpus, source_id: str) -> AnnotationFile:
    """The annotations of a zip of one document: an `.xmi` with its TypeSystem.xml, or a JSON. Raises DataError for any other zip."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            names = [name for name in packed.namelist() if not name.endswith("/") and not name.startswith("__MACOSX/")]
            size = sum(entry.file_size for entry in packed.infolist())
            if size > MAX_UNPACKED_BYTES:
                message = f"unpacks to {size:,} bytes"
                raise DataError([Problem(file, None, None, message, f"give a document of at most {MAX_UNPACKED_BYTES:,}")])
            documents = [name for name in names if name.lower().endswith((".xmi", ".json")) and not name.endswith("layers.json")]
            if len(documents) != 1:
                held = ", ".join(names[:5]) + ", ..." * (len(names) > 5)
                message = f"holds {len(documents)} documents as .xmi or .json, not one (it has {held or 'nothing'})"
                remedy = "export one document; of the zip of a project take one from its folder `annotation` or `curation`"
                raise DataError([Problem(file, None, None, message, remedy)])
            types = next((packed.read(name) for name in names if PurePosixPath(name).name == TYPE_SYSTEM_FILE), None)
            inside = packed.read(documents[0])
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise DataError([Problem(file, None, None, f"is a zip that cannot be unpacked ({error})", _AGAIN)]) from None
    read = read_xmi if documents[0].lower().endswith(".xmi") else read_json_cas
    return read(file, inside, corpus, source_id, types)


def read_xmi(file: str, content: bytes, corpus: Corpus, source_id: str, types: bytes | None = None) -> AnnotationFile:
    """The annotations of a CAS in XMI; `types` is the TypeSystem.xml that came with it: without it, it may hold our layers alone."""
    for part, name in ((content, file), (types or b"", TYPE_SYSTEM_FILE)):
        if b"<!DOCTYPE" in part or b"<!ENTITY" in part or b"\0" in part:
            raise DataError([Problem(file, None, None, f"has a DOCTYPE or NUL characters ({name}), which no CAS has", _AGAIN)])
    missing = "" if types else f"; there is no {TYPE_SYSTEM_FILE} beside it"
    try:
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always")
            system = cassis.load_typesystem(io.BytesIO(types)) if types else coding_type_system()
            cas = cassis.load_cas_from_xmi(io.BytesIO(content), typesystem=system, lenient=True)
    except Exception as error:  # whatever the library meets in a file that is none
        raise DataError([Problem(file, None, None, f"is no CAS in XMI that can be read ({_one_line(error)}){missing}", _AGAIN)]) from None
    return _annotations(file, cas, corpus, source_id, told)


def read_json_cas(file: str, content: bytes, corpus: Corpus, source_id: str, _types: bytes | None = None) -> AnnotationFile:
    """The annotations of a CAS in JSON."""
    try:
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always")
            cas = cassis.load_cas_from_json(content.decode("utf-8-sig"), typesystem=_types_of_json(content), lenient=True)
    except Exception as error:
        raise DataError([Problem(file, None, None, f"is no CAS in JSON that can be read ({_one_line(error)})", _AGAIN)]) from None
    return _annotations(file, cas, corpus, source_id, told)


def _types_of_json(content: bytes) -> cassis.TypeSystem:
    """Our own types where the file brings none, else none: it brings what it needs."""
    return cassis.TypeSystem() if json.loads(content.decode("utf-8-sig")).get("%TYPES") else coding_type_system()


def _one_line(error: Exception) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())[:200]


def _annotations(file: str, cas: cassis.Cas, corpus: Corpus, source_id: str, told: list[warnings.WarningMessage]) -> AnnotationFile:
    """The annotations of the layers that are codings, in the order in which they were made; all others are counted."""
    if any("offset" in str(warning.message) for warning in told):
        message = "has annotations that begin or end outside the text, or within a character"
        raise DataError([Problem(file, None, None, message, _AGAIN)])
    view = cas.get_view(_VIEW)
    starts, remarks = _offsets(file, view.sofa_string, corpus, source_id)
    found: list[Annotation] = []
    raw, left = corpus.raw[source_id], Counter[str]()
    for fs in sorted(view.select_all_fs(), key=lambda fs: int(fs.xmiID)):
        coding = coding_of_layer(fs.type.name)
        if not coding or None in (getattr(fs, "begin", None), getattr(fs, "end", None)):
            left[f"of the layer {fs.type.name}"] += not fs.type.name.startswith(_STRUCTURE)
            continue
        codes, lost = _codes(fs, coding)
        left.update(f"with the feature {name} of {fs.type.name}, which is no column of {coding}" for name in lost)
        start, end = starts[fs.begin], starts[fs.end]
        if start >= end:
            left[f"of the layer {fs.type.name} that cover no words"] += 1
            continue
        found.append(Annotation(len(found) + 1, coding, raw[start:end], codes, "", start, end))
    if moved := places_moved(corpus, source_id, ((one.start or 0, one.end or 0) for one in found), file):
        raise DataError([moved])
    said = [f"{number} annotation{'s' * (number > 1)} {what}: left out." for what, number in left.items() if number]
    said += [f"{warning.message} Left out." for warning in told if not any(name in str(warning.message) for name in _STRUCTURE)]
    said += [f"The view {other.sofa.sofaID}: left out." for other in cas.views if other.sofa.sofaID != _VIEW]
    return AnnotationFile(found, [*remarks, *dict.fromkeys(said)])


def _codes(fs: Any, coding: str) -> tuple[dict[str, str], list[str]]:
    """{column: value} of an annotation, and its filled features that are no column of its coding or no text."""
    codes, lost = {}, []
    for feature in fs.type.all_features:
        value = fs[feature.name]
        if feature.name in ("sofa", "begin", "end") or value in (None, ""):
            continue
        if feature.name in code_columns(coding) and isinstance(value, str | int | float):
            codes[feature.name] = str(value)
        else:
            lost.append(feature.name)
    return codes, lost


def _offsets(file: str, text: str | None, corpus: Corpus, source_id: str) -> tuple[list[int], list[str]]:
    """The offset in the raw file of each offset in the text of a CAS, and what differs: line ends, and white space at the end, may.

    Raises DataError where the CAS holds another text.
    """
    raw, given, remarks = corpus.raw[source_id], text or "", []
    skipped = [at for at in range(len(given)) if given[at : at + 2] == "\r\n"]
    plain = given.replace("\r\n", "\n").replace("\r", "\n")
    if plain.rstrip() != raw.rstrip():
        raise DataError([_another_text(file, plain, corpus, source_id)])
    if "\r" in given:
        remarks.append("The text of the file has other line ends: places were counted anew.")
    if plain != raw:
        remarks.append("The text of the file has other white space at its end, which changes no place.")
    starts, gone = [], 0
    for at in range(len(given) + 1):
        starts.append(min(at - gone, len(raw)))
        gone += gone < len(skipped) and skipped[gone] == at
    return starts, remarks


def _another_text(file: str, given: str, corpus: Corpus, source_id: str) -> Problem:
    """The Problem with a CAS that holds another text: which, or where it differs."""
    own = [known for known, raw in corpus.raw.items() if raw.rstrip() == given.rstrip()]
    if own:
        return Problem(
            file, None, None, f"holds the text {own[0]}, not {source_id}", f"take it in for {own[0]}, or give the file for {source_id}"
        )
    raw = corpus.raw[source_id]
    at = next((place for place, (one, other) in enumerate(zip(given, raw, strict=False)) if one != other), min(len(given), len(raw)))
    message = (
        f"holds another text than {text_file(source_id)}: from character {at} on it has {given[at : at + 20]!r}, not {raw[at : at + 20]!r}"
    )
    return Problem(file, None, None, message, f"code the file that `analysis export {source_id}` writes")
