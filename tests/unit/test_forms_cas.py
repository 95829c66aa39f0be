"""Codings as a CAS of UIMA: there and back, opened by the library itself; what INCEpTION exports; files that are none."""

import io
import json
import re
import shutil
import warnings
import zipfile
from pathlib import Path

import cassis
import pytest
from hypothesis import given, settings

from analysis.coding.annotations import CODINGS, Annotation, code_columns, coded_annotations
from analysis.corpus.errors import DataError
from analysis.intake.anchoring import places_moved
from analysis.intake.cas import MAX_UNPACKED_BYTES, write_cas
from analysis.intake.cas_layers import coding_of_layer, layer_name, layers_file
from analysis.intake.forms import read_annotations, write_annotations
from tests.support.annotations import carried, coded_texts, readings
from tests.support.small import study as small_study

FORMS = Path(__file__).parents[1] / "support/forms"
TEXT = "arden1987"


def opened(packed):
    """The CAS of a zip, as the library reads it, and the names in the zip."""
    inside = zipfile.ZipFile(packed)
    (document,) = [name for name in inside.namelist() if name.endswith(".xmi")]
    system = cassis.load_typesystem(io.BytesIO(inside.read("TypeSystem.xml")))
    return cassis.load_cas_from_xmi(io.BytesIO(inside.read(document)), typesystem=system), inside.namelist()


def refused(path, corpus, source_id=TEXT):
    with pytest.raises(DataError) as error:
        read_annotations(path, corpus, source_id)
    (problem,) = error.value.problems
    assert problem.file == path.name
    assert problem.remedy
    return problem.message


@pytest.mark.parametrize("form", ["cas", "cas-json"])
def test_every_reading_of_every_text_goes_there_and_back(study, tmp_path, form):
    for source_id, which, given_ones in readings(study):
        path = tmp_path / f"{source_id}-{which}"
        write_annotations(path, form, study, source_id, given_ones)
        back = read_annotations(path, study, source_id)
        assert carried(back.annotations) == carried(given_ones)
        assert back.left_out == []


def test_the_library_opens_what_is_written(study, tmp_path):
    given_ones = coded_annotations(study, TEXT)
    write_annotations(tmp_path / "x.zip", "cas", study, TEXT, given_ones)
    cas, names = opened(tmp_path / "x.zip")
    assert names == [f"{TEXT}.xmi", "TypeSystem.xml", "layers.json"]
    assert cas.sofa_string == study.raw[TEXT]
    assert sum(len(cas.select(layer_name(coding))) for coding in CODINGS) == len(given_ones)
    first = cas.select("webanno.custom.Provisions")[0]
    assert (first.get_covered_text(), first.level) == ("agreed to share the berths", "agreed")
    sentences = [sentence.get_covered_text() for sentence in cas.select("Sentence")]
    assert "Boats at Lanne, May 1987" in sentences
    assert "“Vesk will pay no toll,” its premier, Ivo Dray, told Radio Sund." in sentences
    assert [document.documentTitle for document in cas.select("DocumentMetaData")] == [f"{TEXT}.txt"]
    write_annotations(tmp_path / "x.json", "cas-json", study, TEXT, given_ones)
    again = cassis.load_cas_from_json((tmp_path / "x.json").read_text(encoding="utf-8"))
    assert [fs.get_covered_text() for fs in again.select("webanno.custom.Claims")] == [
        one.quote for one in given_ones if one.coding == "claims"
    ]


def test_a_blank_one_holds_the_text_and_no_code(study, tmp_path):
    write_annotations(tmp_path / "x.zip", "cas", study, TEXT, [])
    cas, _ = opened(tmp_path / "x.zip")
    assert {fs.type.name.rpartition(".")[2] for fs in cas.select_all_fs()} == {"Sentence", "DocumentMetaData"}
    assert read_annotations(tmp_path / "x.zip", study, TEXT) == ([], [], ())


def test_the_same_codings_give_the_same_bytes(study):
    given_ones = coded_annotations(study, TEXT)
    packed = write_cas(study, TEXT, given_ones)
    assert packed == write_cas(study, TEXT, given_ones)
    assert {entry.date_time for entry in zipfile.ZipFile(io.BytesIO(packed)).infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_offsets_are_in_units_of_utf_16_and_come_back_as_code_points(tmp_path):
    corpus = small_study({"t": "A 😀 and 👩‍🚀 agreed on the toll."})
    raw = corpus.raw["t"]
    start = raw.index("agreed")
    one = Annotation(1, "provisions", "agreed", {"level": "agreed"}, "", start, start + 6)
    write_annotations(tmp_path / "x.zip", "cas", corpus, "t", [one])
    written = zipfile.ZipFile(tmp_path / "x.zip").read("t.xmi").decode()
    assert re.search(rf'<custom:Provisions [^>]*begin="{start + 3}" end="{start + 9}"', written)
    assert carried(read_annotations(tmp_path / "x.zip", corpus, "t").annotations) == carried([one])


@settings(max_examples=25)
@given(coded_texts())
def test_any_text_and_any_code_go_there_and_back_but_what_is_cut_within_a_word(tmp_path_factory, coded):
    corpus, given_ones = coded
    torn = places_moved(corpus, "t", [(one.start, one.end) for one in given_ones], "f")
    for form in ("cas", "cas-json"):
        path = tmp_path_factory.mktemp("any") / form
        write_annotations(path, form, corpus, "t", given_ones)
        if torn:
            assert "seem moved" in refused(path, corpus, "t")
        else:
            assert carried(read_annotations(path, corpus, "t").annotations) == carried(given_ones)


def test_what_inception_exports_is_read_and_what_no_coding_holds_is_listed(study, tmp_path):
    with zipfile.ZipFile(tmp_path / "export.zip", "w") as packed:
        packed.write(FORMS / "inception.xmi", "ann.xmi")
        packed.write(FORMS / "TypeSystem.xml", "TypeSystem.xml")
    beside = read_annotations(FORMS / "inception.xmi", study, TEXT)
    assert read_annotations(tmp_path / "export.zip", study, TEXT) == beside
    assert [(one.row, one.coding, one.quote) for one in beside.annotations] == [
        (1, "provisions", "agreed to share the berths"),
        (2, "provisions", "Vesk will pay no toll"),
        (3, "frames", "Vesk began the blockade"),
    ]
    assert beside.annotations[2].codes == {"function": "problem", "summary": "the harbour is closed", "voice": "author"}
    assert beside.left_out == [
        "1 annotation of the layer de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity: left out.",
        "1 annotation with the feature Certainty of webanno.custom.Provisions, which is no column of provisions: left out.",
        "1 annotation of the layer webanno.custom.Mood: left out.",
    ]


def test_xml_1_1_is_read_too(study, tmp_path):
    written = (FORMS / "inception.xmi").read_text(encoding="utf-8").replace('version="1.0"', 'version="1.1"', 1)
    (tmp_path / "ann.xmi").write_text(written, encoding="utf-8")
    shutil.copy(FORMS / "TypeSystem.xml", tmp_path)
    assert read_annotations(tmp_path / "ann.xmi", study, TEXT) == read_annotations(FORMS / "inception.xmi", study, TEXT)


def test_without_its_type_system_an_export_is_read_as_far_as_it_is_known(study, tmp_path):
    alone = tmp_path / "ann.xmi"
    alone.write_text((FORMS / "inception.xmi").read_text(encoding="utf-8").replace(' Certainty="high"', ""), encoding="utf-8")
    read = read_annotations(alone, study, TEXT)
    assert len(read.annotations) == 3
    assert len(read.left_out) == 2
    assert {name for sentence in read.left_out for name in ("NamedEntity", "Mood") if name in sentence} == {"NamedEntity", "Mood"}
    shutil.copy(FORMS / "inception.xmi", alone)
    assert "there is no TypeSystem.xml beside it" in refused(alone, study)


def test_other_line_ends_and_white_space_at_the_end_are_healed_and_said(study, tmp_path):
    written = (FORMS / "inception.xmi").read_text(encoding="utf-8")
    sofa = re.search(r'sofaString="([^"]*)"', written)[1]
    moved = study.raw[TEXT].replace("\n", "\r\n") + "\r\n\r\n"

    def behind(match):
        place = int(match[2])
        return f'{match[1]}="{place + study.raw[TEXT].count(chr(10), 0, place)}"'

    path = tmp_path / "ann.xmi"
    text = re.sub(r'\b(begin|end)="(\d+)"', behind, written).replace(sofa, moved.replace("\r\n", "&#13;&#10;"))
    path.write_text(text, encoding="utf-8")
    shutil.copy(FORMS / "TypeSystem.xml", tmp_path)
    read = read_annotations(path, study, TEXT)
    assert carried(read.annotations) == carried(read_annotations(FORMS / "inception.xmi", study, TEXT).annotations)
    assert "line ends" in read.left_out[0]
    assert "at its end" in read.left_out[1]


def test_another_text_is_refused_with_its_name_or_where_it_differs(study, tmp_path):
    assert refused(FORMS / "inception.xmi", study, "brill1987") == "holds the text arden1987, not brill1987"
    path = tmp_path / "ann.xmi"
    path.write_text((FORMS / "inception.xmi").read_text(encoding="utf-8").replace("Islands Near", "Islands near", 1), encoding="utf-8")
    shutil.copy(FORMS / "TypeSystem.xml", tmp_path)
    assert "from character 8 on it has 'near a Deal" in refused(path, study)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda text: text[: len(text) // 2], "no CAS in XMI"),
        (lambda text: text.replace('end="297"', 'end="29700"'), "outside the text"),
        (lambda text: text.replace('begin="276"', 'begin="many"'), "no CAS in XMI"),
        (lambda text: text.replace("<xmi:XMI", '<!DOCTYPE a [<!ENTITY b "c">]><xmi:XMI', 1), "DOCTYPE"),
        (lambda text: text.replace("http://www.omg.org/XMI", "http://www.tei-c.org/ns/1.0"), "is XML, but no XMI"),
    ],
)
def test_a_broken_file_gets_one_clear_error(study, tmp_path, change, message):
    path = tmp_path / "ann.xmi"
    path.write_text(change((FORMS / "inception.xmi").read_text(encoding="utf-8")), encoding="utf-8")
    shutil.copy(FORMS / "TypeSystem.xml", tmp_path)
    assert message in refused(path, study)


def test_a_span_without_words_and_a_feature_that_is_a_list_are_listed(study, tmp_path):
    text = (FORMS / "inception.xmi").read_text(encoding="utf-8").replace('begin="573" end="596" function', 'begin="573" end="573" function')
    (tmp_path / "ann.xmi").write_text(text, encoding="utf-8")
    shutil.copy(FORMS / "TypeSystem.xml", tmp_path)
    assert any("cover no words" in sentence for sentence in read_annotations(tmp_path / "ann.xmi", study, TEXT).left_out)


def zipped(path, files):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return path


def test_a_zip_that_is_none_of_one_document_is_refused(study, tmp_path):
    whole = zipped(tmp_path / "a.zip", {"annotation/a.txt/ann.zip": "", "exportedproject1.json": "{}", "annotation/b.json": "{}"})
    assert "holds 2 documents" in refused(whole, study)
    assert "holds 0 documents" in refused(zipped(tmp_path / "b.zip", {}), study)
    assert "unpacks to" in refused(zipped(tmp_path / "c.zip", {"a.xmi": b"\0" * (MAX_UNPACKED_BYTES + 1)}), study)
    cut = tmp_path / "d.zip"
    cut.write_bytes(write_cas(study, TEXT, [])[:300])
    assert "cannot be unpacked" in refused(cut, study)


@pytest.mark.parametrize(
    "content", ['{"%VIEWS": {}}', '{"%TYPES": {}, "%FEATURE_STRUCTURES": [{"%ID": 1}]}', '{"%VIEWS": ', '{"%VIEWS": 1}']
)
def test_a_broken_json_cas_gets_one_clear_error(study, tmp_path, content):
    (tmp_path / "a.json").write_text(content, encoding="utf-8")
    assert re.search("no CAS in JSON|holds another text", refused(tmp_path / "a.json", study))


def test_what_a_cas_cannot_hold_is_refused_and_nothing_is_written(study, tmp_path):
    nowhere = Annotation(1, "claims", "words", {})
    hostile = Annotation(1, "claims", "On", {"claim": "a\0b"}, "", 0, 2)
    for one in (nowhere, hostile):
        with pytest.raises(DataError):
            write_annotations(tmp_path / "x.zip", "cas", study, TEXT, [one])
    assert list(tmp_path.iterdir()) == []


def test_the_layers_have_the_values_of_the_codebook_as_tag_sets(study):
    layers = {layer["name"]: layer for layer in json.loads(layers_file(study))}
    provisions = layers["webanno.custom.Provisions"]
    assert [feature["name"] for feature in provisions["features"]] == code_columns("provisions")
    tags = {feature["name"]: feature["tag_set"] for feature in provisions["features"]}
    assert [tag["tag_name"] for tag in tags["level"]["tags"]] == ["mentioned", "proposed", "agreed", "disputed"]
    assert tags["dimension"]["tags"][0]["tag_name"] == "K1"
    assert tags["dimension"]["tags"][0]["tag_description"]
    assert tags["position"] is None
    assert not tags["level"]["create_tag"]
    speakers = {feature["name"]: feature["tag_set"] for feature in layers["webanno.custom.Quotations"]["features"]}["speaker"]
    assert speakers["create_tag"]
    assert (provisions["anchoring_mode"], provisions["overlap_mode"], provisions["cross_sentence"]) == ("CHARACTERS", "ANY_OVERLAP", True)
    kinds = {feature["name"]: feature["tag_set"] for feature in layers["webanno.custom.Guarantors"]["features"]}
    assert [tag["tag_name"] for tag in kinds["kind"]["tags"]] == ["state", "body", "group"]


def test_the_name_of_a_layer_leads_back_to_its_coding():
    assert {coding: coding_of_layer(layer_name(coding)) for coding in CODINGS} == {coding: coding for coding in CODINGS}
    assert coding_of_layer("webanno.custom.source_checks") == "source_checks"
    assert coding_of_layer("webanno.custom.Mood") == ""


def test_reading_warns_nobody(study):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        read_annotations(FORMS / "inception.xmi", study, TEXT)
