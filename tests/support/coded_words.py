"""One coded stretch of Cole 1988, of which the frozen study is made to know no coding: as a Web Annotation, as a CAS in JSON."""

import json

from analysis.coding.annotations import Annotation
from analysis.intake.forms import WRITERS

ID = "cole1988"
WORDS = "The blockade began"
CODES = {"function": "problem", "summary": "the talks ended", "voice": "author"}
TAGS = ["frames", *(f"{column}: {value}" for column, value in CODES.items())]


def quoted(exact=WORDS, **more):
    return {"type": "TextQuoteSelector", "exact": exact, **more}


def placed(start, end):
    return {"type": "TextPositionSelector", "start": start, "end": end}


def web(selector=None, tags=TAGS, **more):
    return json.dumps({"target": {"selector": selector or quoted()}, "tags": tags} | more)


def json_cas(study, **features):
    """The CAS of one coded stretch in JSON, with other features; None takes one out."""
    start = study.raw[ID].index(WORDS)
    document = json.loads(WRITERS["cas-json"](study, ID, [Annotation(1, "frames", WORDS, CODES, "", start, start + len(WORDS))]))
    coded = next(one for one in document["%FEATURE_STRUCTURES"] if one["%TYPE"].endswith("Frames"))
    coded.update(features)
    return document
