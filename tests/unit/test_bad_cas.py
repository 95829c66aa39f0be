"""Files of INCEpTION that are broken, hostile or of another text: one clear error, and no byte of the data folder changes."""

import json
from pathlib import Path

import pytest

from tests.support.coded_words import json_cas

FORMS = Path(__file__).parents[1] / "support/forms"

pytestmark = pytest.mark.promise("bad input")

XMI = (FORMS / "inception.xmi").read_text(encoding="utf-8")
TYPES = (FORMS / "TypeSystem.xml").read_bytes()
ENTITY = '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><xmi:XMI'
BOMB = '<!DOCTYPE r [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><xmi:XMI'
XMIS = {
    "an outer entity": (XMI.replace("<xmi:XMI", ENTITY, 1), "has a DOCTYPE"),
    "entities of entities": (XMI.replace("<xmi:XMI", BOMB, 1), "has a DOCTYPE"),
    "an outer entity in UTF-16": (XMI.replace("<xmi:XMI", ENTITY, 1).encode("utf-16"), "has a DOCTYPE"),
    "deep elements": (XMI.replace("<cas:NULL", "<a>" * 20_000 + "</a>" * 20_000 + "<cas:NULL", 1), "no CAS in XMI"),
    "one id twice": (XMI.replace('xmi:id="6"', 'xmi:id="5"'), "no CAS in XMI"),
    "no id": (XMI.replace(' xmi:id="6"', "", 1), "no CAS in XMI"),
    "a place before the text": (XMI.replace('begin="276"', 'begin="-5"'), "begin or end outside the text"),
    "a place behind the text": (XMI.replace('end="297"', 'end="29700"'), "begin or end outside the text"),
    "NaN as a place": (XMI.replace('begin="276"', 'begin="NaN"'), "no CAS in XMI"),
    "a fraction as a place": (XMI.replace('begin="276"', 'begin="276.5"'), "no CAS in XMI"),
    "thousands of digits": (XMI.replace('begin="276"', f'begin="{"9" * 5_000}"'), "no CAS in XMI"),
    "no text": (XMI.replace("<cas:Sofa", "<cas:Sofo"), "no CAS in XMI"),
    "a view of nothing": (XMI.replace('sofa="1"', 'sofa="77"'), "no CAS in XMI"),
    "nothing": ('<xmi:XMI xmlns:xmi="http://www.omg.org/XMI"/>', "holds another text than sources/arden1987.txt"),
    "cut off": (XMI[:3_000], "no CAS in XMI"),
    "UTF-16": (XMI.replace('"UTF-8"', '"UTF-16"', 1).encode("utf-16"), "no CAS in XMI"),
    "accents lost": (XMI.encode("latin-1", "replace"), "from character 145 on it has '?close"),
    "an unknown feature": (XMI.replace(" level=", " lvl="), "unexpected keyword argument 'lvl'"),
}


@pytest.mark.parametrize(("content", "message"), XMIS.values(), ids=XMIS)
def test_a_bad_cas_in_xmi(refused, content, message):
    said = refused(content, "arden1987", TYPES)
    assert message in said
    assert "root:" not in said


@pytest.mark.parametrize(
    ("types", "message"),
    [
        (b"<!DOCTYPE x><x/>", "has a DOCTYPE"),
        (b"<x/>", "Type with name [webanno.custom.Provisions] not found"),
        (b"<x", "no CAS in XMI"),
        (None, "there is no TypeSystem.xml beside it. Remedy"),
    ],
)
def test_a_bad_type_system(refused, types, message):
    assert message in refused(XMI, "arden1987", types)


@pytest.mark.parametrize(
    ("features", "message"),
    [
        ({"begin": float("nan")}, "begin or end outside the text"),
        ({"end": float("inf")}, "begin or end outside the text"),
        ({"begin": 487.5}, "begin or end outside the text"),
        ({"begin": "487"}, "begin or end outside the text"),
        ({"begin": -3}, "begin or end outside the text"),
        ({"end": 10**9}, "begin or end outside the text"),
        ({"begin": 505, "end": 487}, "that cover no words: left out. Remedy"),
        ({"begin": None}, "1 annotation of the layer webanno.custom.Frames: left out. Remedy"),
        ({"end": None}, "1 annotation of the layer webanno.custom.Frames: left out. Remedy"),
        ({"function": True}, "'True' is not in the codebook"),
        ({"function": ["problem"]}, "column function: is missing"),
        ({"summary": {"a": 1}}, "column summary: is missing"),
        ({"summary": "a\0b"}, "column summary: holds a control character"),
        ({"summary": "\ud83d"}, "holds half a character"),
        ({"%TYPE": "x.y.Z"}, "no CAS in JSON"),
        ({"%ID": "x"}, "no CAS in JSON"),
        ({"@sofa": 99}, "no CAS in JSON"),
    ],
)
def test_a_bad_annotation_of_a_cas_in_json(study, refused, features, message):
    assert message in refused(json.dumps(json_cas(study, **features)))


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda text: text[:-300], "no CAS in JSON"),
        (lambda text: f"[{text}]", "no CAS in JSON"),
        (lambda text: '{"%VIEWS":' + "[" * 100_000, "no CAS in JSON"),
        (lambda text: text.replace('"begin": 487', f'"begin": {"9" * 5_000}'), "no CAS in JSON"),
        (lambda text: text.replace('"%VIEWS"', '"views"'), "no CAS in JSON"),
        (lambda text: text.replace("Menu |", "\\ud83d |", 1), "no CAS in JSON"),
        (lambda text: text.replace("Menu |", "Menus |", 1), "holds another text than sources/cole1988.txt"),
    ],
)
def test_a_bad_cas_in_json(study, refused, spoil, message):
    text = json.dumps(json_cas(study))
    assert text != spoil(text)
    assert message in refused(spoil(text))
