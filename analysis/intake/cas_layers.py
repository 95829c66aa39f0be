"""The codings as layers of INCEpTION: a type system of UIMA and, with tag sets and what a layer allows, a file of layers.

A layer is a coding (`webanno.custom.SourceChecks`), a string feature one of its columns. In INCEpTION, a project takes them in by
Settings > Layers > Import: `layers.json` brings the values of the codebook as tag sets and lets annotations cross sentences, overlap and
begin within words; `TypeSystem.xml` brings the bare layers, and its crossing, overlapping and granularity are set by hand.
"""

import json
from typing import Any

import cassis

from analysis.coding.annotations import ANNOTATED, DECLARED, code_columns
from analysis.corpus.columns import Column
from analysis.corpus.reader import Corpus
from analysis.corpus.schema import DECLARED_TABLES
from analysis.intake.codes import listed_values

SENTENCE = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Sentence"

DOCUMENT = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData"

_PREFIX = "webanno.custom."  # the package in which INCEpTION makes its layers

_STRING = "uima.cas.String"

_DOCUMENT_FEATURES = ["documentTitle", "documentId", "documentUri", "collectionId", "documentBaseUri"]


def layer_name(coding: str) -> str:
    """The type of a coding: "source_checks" is webanno.custom.SourceChecks."""
    return _PREFIX + "".join(word.capitalize() for word in coding.split("_"))


def coding_of_layer(type_name: str) -> str:
    """The coding that a layer of INCEpTION stands for, by the last part of its name whatever its case; empty for any other layer."""
    plain = type_name.rpartition(".")[2].replace("_", "").casefold()
    return next((coding for coding in ANNOTATED if coding.replace("_", "") == plain), "")


def _columns(coding: str) -> list[Column]:
    names = code_columns(coding)
    return [column for column in DECLARED_TABLES[ANNOTATED[coding]].columns if column.name in names]


def coding_type_system() -> cassis.TypeSystem:
    """A type system with a span type a coding, and what INCEpTION needs to show a document: its metadata and its sentences."""
    types = cassis.TypeSystem()
    document = types.create_type(DOCUMENT, "uima.tcas.DocumentAnnotation")
    for feature in _DOCUMENT_FEATURES:
        types.create_feature(document, feature, _STRING)
    types.create_feature(document, "isLastSegment", "uima.cas.Boolean")
    types.create_feature(types.create_type(SENTENCE), "id", _STRING)
    for coding in ANNOTATED:
        layer = types.create_type(layer_name(coding), description=DECLARED_TABLES[ANNOTATED[coding]].row)
        for column in _columns(coding):
            types.create_feature(layer, column.name, _STRING, description=column.description)
    return types


def layers_file(corpus: Corpus) -> str:
    """The layers with their tag sets, in the form that INCEpTION exports and imports as JSON."""
    return json.dumps([_layer(corpus, coding) for coding in ANNOTATED], ensure_ascii=False, indent=1) + "\n"


def _layer(corpus: Corpus, coding: str) -> dict[str, Any]:
    return {
        "name": layer_name(coding),
        "features": [_feature(corpus, coding, column, rank) for rank, column in enumerate(_columns(coding))],
        "uiName": coding.replace("_", " ").capitalize(),
        "type": "span",
        "description": DECLARED_TABLES[ANNOTATED[coding]].row,
        "enabled": True,
        "built_in": False,
        "readonly": False,
        "attach_type": None,
        "attach_feature": None,
        "allow_stacking": True,
        "cross_sentence": True,
        "show_hover": True,
        "anchoring_mode": "CHARACTERS",
        "overlap_mode": "ANY_OVERLAP",
        "validation_mode": "NEVER",
        "lock_to_token_offset": False,
        "multiple_tokens": True,
        "linked_list_behavior": False,
    }


def _feature(corpus: Corpus, coding: str, column: Column, rank: int) -> dict[str, Any]:
    return {
        "name": column.name,
        "tag_set": _tag_set(corpus, coding, column),
        "uiName": column.name.replace("_", " "),
        "type": _STRING,
        "enabled": True,
        "visible": True,
        "include_in_hover": False,
        "required": False,
        "remember": False,
        "hideUnconstraintFeature": False,
        "description": column.description,
        "multi_value_mode": "NONE",
        "link_mode": "NONE",
        "curatable": True,
        "rank": rank,
    }


def _tag_set(corpus: Corpus, coding: str, column: Column) -> dict[str, Any] | None:
    """The values that a column may have, with what they mean; None where it is free or the data do not list them.

    A coder may add a person or an event, no value of the codebook.
    """
    values = listed_values(corpus, column)
    if not values:
        return None
    return {
        "name": f"{coding}: {column.name}",
        "description": column.description,
        "language": "en",
        "tags": [{"tag_name": value, "tag_description": row.get("definition")} for value, row in values.items()],
        "create_tag": column.refers is not None and column.refers.file in DECLARED.values(),
    }
