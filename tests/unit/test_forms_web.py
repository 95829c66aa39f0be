"""Web Annotations: there and back, by the schema; what Hypothesis and Recogito export; files that are none; what is published."""

import json
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given

from analysis.coding.annotations import CODINGS, Annotation, coded_annotations
from analysis.corpus.errors import DataError
from analysis.display.published_tables import make_table, write_tables
from analysis.display.web_annotations import published_annotations, web_annotations
from analysis.intake.forms import read_annotations, write_annotations
from tests.support.annotations import carried, coded_texts, readings
from tests.support.hostile import PARTS
from tests.support.small import study as small_study

TESTS = Path(__file__).parents[1]
FORMS = TESTS / "support/forms"
TEXT = "arden1987"
SCHEMA = jsonschema.Draft202012Validator(json.loads((TESTS / "schemas/web_annotation.json").read_text(encoding="utf-8")))


def read(tmp_path, corpus, document, source_id=TEXT):
    """What is read of a document of JSON, or of text."""
    path = tmp_path / "a.jsonld"
    path.write_text(document if isinstance(document, str) else json.dumps(document, ensure_ascii=False), encoding="utf-8")
    return read_annotations(path, corpus, source_id)


def refused(tmp_path, corpus, document, source_id=TEXT):
    with pytest.raises(DataError) as error:
        read(tmp_path, corpus, document, source_id)
    assert all(problem.file == "a.jsonld" and problem.remedy for problem in error.value.problems)
    return "; ".join(problem.message for problem in error.value.problems)


def annotation(selector, *tags, **more):
    return {"type": "Annotation", "bodyValue": "", "body": [{"type": "TextualBody", "purpose": "tagging", "value": tag} for tag in tags],
            "target": {"source": "https://example.org/else", "selector": selector}} | more  # fmt: skip


def quoted(exact, **around):
    return {"type": "TextQuoteSelector", "exact": exact, **around}


def placed(start, end):
    return {"type": "TextPositionSelector", "start": start, "end": end}


def places(result):
    return [(one.quote, one.start, one.end) for one in result.annotations]


def test_every_reading_of_every_text_is_valid_and_goes_there_and_back(study, tmp_path):
    for source_id, which, given_ones in readings(study):
        path = tmp_path / f"{source_id}-{which}.jsonld"
        write_annotations(path, "web", study, source_id, given_ones)
        SCHEMA.validate(json.loads(path.read_text(encoding="utf-8")))
        back = read_annotations(path, study, source_id)
        assert carried(back.annotations) == carried(given_ones)
        assert back.left_out == []


def test_an_empty_collection_is_valid_and_empty(study, tmp_path):
    document = json.loads(web_annotations(study, {TEXT: []}))
    SCHEMA.validate(document)
    assert read(tmp_path, study, document) == ([], [], ())


@pytest.mark.parametrize("spoil", [
    lambda item: item.pop("target"), lambda item: item["target"].pop("source"), lambda item: item["body"][0].pop("value"),
    lambda item: item.update(motivation="coding"), lambda item: item["target"]["selector"][0].pop("exact"), lambda item: item.pop("id"),
])  # fmt: skip
def test_the_schema_refuses_what_is_no_web_annotation(study, spoil):
    document = json.loads(web_annotations(study, {TEXT: coded_annotations(study, TEXT)}))
    spoil(document["first"]["items"][3])
    assert not SCHEMA.is_valid(document)


@given(coded_texts())
def test_any_text_and_any_code_go_there_and_back(tmp_path_factory, coded):
    corpus, given_ones = coded
    path = tmp_path_factory.mktemp("any") / "a.jsonld"
    write_annotations(path, "web", corpus, "t", given_ones)
    SCHEMA.validate(json.loads(path.read_text(encoding="utf-8")))
    assert carried(read_annotations(path, corpus, "t").annotations) == carried(given_ones)


def test_all_adjudicated_codings_are_published_with_ids_that_are_unique_and_stay(study, tmp_path):
    write_tables(study, tmp_path)
    document = json.loads((tmp_path / "annotations.jsonld").read_text(encoding="utf-8"))
    SCHEMA.validate(document)
    items = document["first"]["items"]
    rows = {coding: (study.tables[name].source_id != "").sum() for coding, name in CODINGS.items()}
    assert document["total"] == len(items) == sum(rows.values())
    counted = [item["body"][0]["value"] for item in items]
    assert {coding: counted.count(coding) for coding in CODINGS} == rows
    for coding in ("provisions", "claims", "quotations"):
        assert counted.count(coding) == len(make_table(coding, study))
    ids = [item["id"] for item in items]
    assert len(set(ids)) == len(ids)
    assert "#ev-arden1987-p01-194-220-provisions" in ids
    assert ids == [item["id"] for item in json.loads(published_annotations(study))["first"]["items"]]
    back = [one for source_id in study.raw for one in read_annotations(tmp_path / "annotations.jsonld", study, source_id).annotations]
    assert carried(back) == carried(one for source_id in study.raw for one in coded_annotations(study, source_id))


def test_rows_on_the_same_words_have_ids_of_their_own(study):
    one = coded_annotations(study, TEXT)[0]
    document = json.loads(web_annotations(study, {TEXT: [one, one._replace(coding="claims"), one]}))
    ids = [item["id"].removeprefix(f"#ev-{one.passage_id}-{one.start}-{one.end}-") for item in document["first"]["items"]]
    assert ids == [one.coding, "claims", f"{one.coding}-2"]


def test_no_annotation_carries_more_words_than_its_quotation_needs(study):
    for item in json.loads(published_annotations(study))["first"]["items"]:
        quote, place = item["target"]["selector"]
        raw = study.raw[item["target"]["source"].removeprefix("sources/").removesuffix(".txt")]
        assert raw[place["start"] : place["end"]] == quote["exact"]
        assert ("prefix" in quote or "suffix" in quote) == (raw.count(quote["exact"]) > 1)


def test_what_hypothesis_exports_is_read(study):
    result = read_annotations(FORMS / "hypothesis.json", study, TEXT)
    assert [(one.coding, one.quote, one.codes) for one in result.annotations] == [
        ("provisions", "agreed to share the berths",
         {"dimension": "K1", "level": "agreed", "holder": "both", "position": "Both islands use the berths together."}),
        ("frames", "Vesk began the blockade", {"function": "problem"}),
    ]  # fmt: skip
    assert result.annotations[0].prefix == " on Lanne harbour. Both islands "
    assert result.left_out == [
        "RangeSelector is not read; the words decide: annotation 1, 2, 3.",
        "Without a tag, left out: annotation 3.",
        "Without words of the text, left out: annotation 4.",
        "A reply to another annotation, left out: annotation 5.",
    ]
    assert result.said == ("2 stretches stand elsewhere than the file says; their words decided.",)


def test_what_the_client_of_hypothesis_exports_is_read(study, tmp_path):
    rows = json.loads((FORMS / "hypothesis.json").read_text(encoding="utf-8"))["rows"]
    client = {"export_date": "2026-03-01T10:00:00Z", "export_userid": "ann", "client_version": "1.1600.0", "annotations": rows}
    assert read(tmp_path, study, client) == read_annotations(FORMS / "hypothesis.json", study, TEXT)


def test_what_recogito_exports_is_read(study):
    result = read_annotations(FORMS / "recogito.json", study, TEXT)
    assert [(one.coding, one.quote, one.start, one.codes) for one in result.annotations] == [
        ("provisions", "Vesk will pay no toll", 276,
         {"dimension": "K2", "level": "proposed", "holder": "Vesk", "position": "Vesk refuses to pay a toll."}),
        ("provisions", "ten boats on patrol", 352, {"dimension": "K3"}),
    ]  # fmt: skip
    assert result.left_out == [
        "A reply to another annotation, left out: annotation 2.",
        "Without a tag, left out: annotation 3.",
        "FragmentSelector is not read, left out: annotation 4.",
        "Without words of the text, left out: annotation 4.",
    ]


@pytest.mark.parametrize("hold", [
    lambda items: items, lambda items: {"type": "AnnotationPage", "items": items}, lambda items: {"@graph": items},
    lambda items: {"type": "AnnotationCollection", "first": {"type": "AnnotationPage", "items": items}},
    lambda items: "\n".join(map(json.dumps, items)) + "\n",
])  # fmt: skip
def test_annotations_are_found_whatever_holds_them(study, tmp_path, hold):
    items = [annotation(quoted("no toll"), "K2"), annotation(quoted("ten boats"), "K3")]
    assert places(read(tmp_path, study, hold(items))) == [("no toll", None, None), ("ten boats", None, None)]
    assert places(read(tmp_path, study, items[0])) == [("no toll", None, None)]


def test_a_further_page_that_the_file_lacks_is_said(study, tmp_path):
    page = {"type": "AnnotationPage", "items": [annotation(quoted("no toll"), "K2")], "next": "https://example.org/2"}
    assert read(tmp_path, study, page).left_out == ["A further page, which the file does not hold (https://example.org/2), left out."]


def test_selectors_say_the_same_or_refine_each_other(study, tmp_path):
    start = study.raw[TEXT].index("ten boats on patrol")
    same = ("ten boats", start, start + 9)
    cases = [
        [quoted("ten boats"), placed(start, start + 9)],
        placed(start, start + 9),
        quoted("ten boats", refinedBy=placed(start, start + 9)),
        placed(start, start + 19) | {"refinedBy": quoted("ten boats")},
        placed(start - 4, start + 19) | {"refinedBy": placed(4, 13)},
        {"type": "CssSelector", "value": "p", "refinedBy": [quoted("ten boats"), placed(start, start + 9)]},
    ]
    for selector in cases:
        assert places(read(tmp_path, study, annotation(selector, "K3"))) == [same], selector
    second = study.raw[TEXT].rindex("toll")
    twice = annotation(placed(second - 2, second + 4) | {"refinedBy": quoted("toll")}, "K2")
    assert places(read(tmp_path, study, twice)) == [("toll", second, second + 4)]
    within = read(tmp_path, study, annotation(quoted("ask for ten boats on patrol", refinedBy=placed(8, 17)), "K3")).annotations[0]
    assert (within.quote, within.start, within.prefix, within.suffix) == ("ten boats", None, "ask for ", " on patrol")


@pytest.mark.promise("bad input")
def test_places_alone_that_are_moved_into_words_are_refused_for_the_whole_file(study, tmp_path):
    start = study.raw[TEXT].index("ten boats on patrol")
    moved = [annotation(placed(start + by, start + 9 + by), "K3") for by in (0, 2)]
    with pytest.raises(DataError) as error:
        read(tmp_path, study, moved)
    assert [problem.message for problem in error.value.problems] == [
        f"the places seem moved: 1 of 2 stretches begin or end within a word, such as 'n boats o' at {start + 2} to {start + 11}"
    ]
    assert "sources/arden1987.txt" in error.value.problems[0].remedy
    assert places(read(tmp_path, study, annotation([quoted("ten boats"), placed(start + 3, start + 12)], "K3"))) == [
        ("ten boats", None, None)
    ]


def test_places_in_units_of_utf_16_are_understood(tmp_path):
    corpus = small_study({"t": "A 😀 and they agreed."}, codebook_values=[{"variable": "level", "value": "agreed"}])
    start = corpus.raw["t"].index("agreed")
    for at in (start, start + 1):
        item = annotation([quoted("agreed"), placed(at, at + 6)], "level: agreed")
        assert places(read(tmp_path, corpus, item, "t")) == [("agreed", start, start + 6)]


def test_several_targets_make_several_annotations(study, tmp_path):
    item = annotation(None, "K2", target=[{"selector": quoted("no toll")}, {"selector": quoted("ten boats")}])
    assert [(one.row, one.quote) for one in read(tmp_path, study, item).annotations] == [(1, "no toll"), (1, "ten boats")]


@pytest.mark.parametrize(
    ("tags", "message"),
    [
        (["agrred"], "'agrred' is no coding and no code"),
        (["Orlo"], "'Orlo' can be provisions/holder"),
        (["K1", "problem"], "codes of several codings"),
        (["agreed", "proposed"], "gives level twice"),
        (["provisions", "author"], "'author' can be provisions/holder, provisions/voice"),
    ],
)
def test_tags_that_are_no_codes_or_several_get_an_error_that_lists_the_choices(study, tmp_path, tags, message):
    assert message in refused(tmp_path, study, annotation(quoted("no toll"), *tags))


def test_every_wrong_tag_is_named_with_its_annotation(study, tmp_path):
    with pytest.raises(DataError) as error:
        read(tmp_path, study, [annotation(quoted("no toll"), "nix"), annotation(quoted("no toll"), "K2"), annotation(quoted("x"), "nox")])
    assert [(problem.row, problem.column) for problem in error.value.problems] == [(1, "tags"), (3, "tags")]


def test_annotations_of_another_text_are_refused_or_where_some_are_of_this_one_listed(study, tmp_path):
    own, other = ({"selector": quoted("toll"), "source": f"https://x.org/sources/{name}.txt"} for name in (TEXT, "cole1988"))
    assert refused(tmp_path, study, annotation(None, "K2", target=other)) == "annotates cole1988, not arden1987"
    both = read(tmp_path, study, [annotation(None, "K2", target=other), annotation(None, "K2", target=own)])
    assert len(both.annotations) == 1
    assert both.left_out == ["Of another text (cole1988), left out: annotation 1."]
    assert "annotates brill1987" in refused(
        tmp_path, study, {"rows": [{"uri": "https://example.org/a-harbour-for-two", "tags": ["K2"], "target": []}]}
    )


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ('[{"type": "Annotation", "target": ', "is no JSON from line 1"),
        ("[" * 100_000, "nests too deeply"),
        ({"name": "a", "version": 1}, "is JSON, but holds no annotations (it has name, version)"),
        ([1], "holds 1 where an annotation belongs"),
        (annotation(placed(10, 100_000), "K2"), "selects the characters 10 to 100000"),
        (annotation(placed("ten", 12), "K2"), "has 'ten' as start"),
        (annotation(quoted(["a"]), "K2"), "has ['a'] as exact"),
        ('{"target": {"selector": {"type": "TextQuoteSelector", "exact": "toll"}}, "tags": ["claim: \\ud83d"]}', "holds half a character"),
    ],
)
def test_a_broken_file_gets_one_clear_error(study, tmp_path, document, message):
    assert message in refused(tmp_path, study, document)


def test_hostile_words_stay_words(tmp_path):
    raw = " and ".join(PARTS.values())
    corpus = small_study({"t": raw})
    given_ones = [
        Annotation(row, "claims", part, {"claim": part}, "", raw.index(part), raw.index(part) + len(part))
        for row, part in enumerate(PARTS.values(), start=1)
    ]
    write_annotations(tmp_path / "a.jsonld", "web", corpus, "t", given_ones)
    assert carried(read_annotations(tmp_path / "a.jsonld", corpus, "t").annotations) == carried(given_ones)
