"""The codings of texts in the form of the W3C (https://www.w3.org/TR/annotation-model/), which tools for annotation read."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from analysis.coding.annotations import Annotation, coded_annotations
from analysis.corpus.reader import Corpus, text_file
from analysis.corpus.spans import span_id

_CONTEXT = "http://www.w3.org/ns/anno.jsonld"

_AROUND = 32  # characters of a prefix or a suffix, as Hypothesis takes them


def published_annotations(corpus: Corpus) -> str:
    """The adjudicated codings of all texts, as `annotations.jsonld` holds them."""
    return web_annotations(corpus, {source_id: coded_annotations(corpus, source_id) for source_id in corpus.raw})


def web_annotations(corpus: Corpus, codings: Mapping[str, Sequence[Annotation]]) -> str:
    """The Annotations of texts, by their ids, as one AnnotationCollection in JSON-LD.

    Each annotation says the coding in a body that classifies and each code in a body that tags, as `column: value`; its target is the raw
    file (`source`), as found at an address (`scope`). Selectors are the words and the place, which counts code points of the raw file; a
    prefix and a suffix stand where the words alone stand at several places. Its id is that of its span on the pages of the evidence, the
    coding and, from the second row of both on, a number: the same codings have the same ids.
    """
    seen: Counter[str] = Counter()
    sources = corpus.sources.set_index("source_id")
    items = [
        _item(source_id, one, corpus.raw[source_id], sources.url[source_id], seen) for source_id, given in codings.items() for one in given
    ]
    names = ", ".join(sources.short[list(codings)])
    collection = {
        "@context": _CONTEXT,
        "id": "#codings",
        "type": "AnnotationCollection",
        "label": f"Codings of {names}",
        "total": len(items),
    }
    if items:  # an empty collection has no page
        collection["first"] = {"id": "#page", "type": "AnnotationPage", "startIndex": 0, "items": items}
    return json.dumps(collection, ensure_ascii=False, indent=1) + "\n"


def _item(source_id: str, one: Annotation, raw: str, address: str, seen: Counter[str]) -> dict[str, Any]:
    tags = [_body("tagging", f"{column}: {value}") for column, value in one.codes.items()]
    target: dict[str, Any] = {"source": text_file(source_id)}
    if address:
        target["scope"] = address
    if selectors := _selectors(raw, one):
        target["selector"] = selectors
    return {
        "id": _item_id(source_id, one, seen),
        "type": "Annotation",
        "motivation": "classifying",
        "body": [_body("classifying", one.coding), *tags],
        "target": target,
    }


def _item_id(source_id: str, one: Annotation, seen: Counter[str]) -> str:
    place = f"ev-{source_id}" if one.start is None or one.end is None else span_id(one.passage_id or source_id, one.start, one.end)
    name = f"#{place}-{one.coding}"
    seen[name] += 1
    return name if seen[name] == 1 else f"{name}-{seen[name]}"


def _body(purpose: str, value: str) -> dict[str, str]:
    return {"type": "TextualBody", "purpose": purpose, "value": value}


def _selectors(raw: str, one: Annotation) -> list[dict[str, Any]]:
    """How the words of an Annotation are found: by themselves, with what stands around where they stand twice, and by their place."""
    found: list[dict[str, Any]] = []
    if one.quote:
        prefix, suffix = one.prefix, one.suffix
        if not prefix and not suffix and one.start is not None and one.end is not None and raw.find(one.quote) != raw.rfind(one.quote):
            prefix, suffix = raw[max(0, one.start - _AROUND) : one.start], raw[one.end : one.end + _AROUND]
        around = {name: words for name, words in (("prefix", prefix), ("suffix", suffix)) if words}
        found.append({"type": "TextQuoteSelector", "exact": one.quote, **around})
    if one.start is not None and one.end is not None:
        found.append({"type": "TextPositionSelector", "start": one.start, "end": one.end})
    return found
