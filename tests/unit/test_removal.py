"""A text taken out again: every file is as it was before it came."""

import hashlib
import shutil

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.coding.annotations import Annotation
from analysis.corpus.coding_tables import BROUGHT
from analysis.corpus.errors import DataError
from analysis.corpus.reader import DATA_FOLDER, load_corpus
from analysis.corpus.segment import passages
from analysis.intake.removal import remove_text
from analysis.intake.take_in import take_in
from analysis.stylometry.syllables import append_syllables, draft_entries
from analysis.validation.validate import data_problems
from tests.support.corpora import STUDY
from tests.support.folders import contents
from tests.support.hostile import add_sixth

ID = "quill2022"

TEXT = "Rell said the berths are shared. Zorbles of Lanne were not asked.\nThe toll is gone, “for good,” Rell said.\n"

NEW_ENTRY = "\n@misc{new1989,\n  author = {New, Ann},\n  title = {{A Harbour}},\n  year = {1989}\n}\n"


def add_new(data):
    """Add an uncoded text to a folder, as its rows would be written by hand."""
    (data / "sources/new1989.txt").write_text(TEXT, encoding="utf-8")
    digest = hashlib.sha256(TEXT.encode()).hexdigest()
    for name, row in {
        "sources.csv": f"new1989,New 1989,A Harbour,stated,Ann New,stated,Post,found:new1989,1989-01-05,stated,essay,,,https://example.org,outlet,stated,{digest},new,uncoded,,no,\n",
        "zones.csv": f"new1989,0,{len(TEXT)},body,running text\n",
        "references.bib": NEW_ENTRY,
    }.items():
        with (data / name).open("a", encoding="utf-8", newline="") as file:
            file.write(row)
    texts = load_corpus(data)
    rows, entries = draft_entries(texts, "zorbles Z AO1 R B AH0 L Z\n")
    append_syllables(texts, [(*row[:3], "") for row in rows], entries)


@st.composite
def codings(draw):
    """Claims, a person and an event on words of the new text, and a term."""
    words = TEXT.replace("\n", " ").split(" ")
    claims = [
        Annotation(
            number,
            "claims",
            " ".join(words[start : start + 3]),
            {
                "claim": f"Statement {number}.",
                "topic": "terms",
                "attributed_to": draw(st.sampled_from(["author", "Una Rell", "the zorbles"])),
            },
        )
        for number, start in enumerate(sorted(draw(st.sets(st.sampled_from([0, 1, 2, 6, 7, 12, 13, 14]), min_size=1))), start=1)
    ]
    person = Annotation(90, "people", "Zorbles of Lanne", {"name": "the zorbles", "kind": "group", "side": "outside"})
    event = Annotation(91, "benchmark_events", "", {"event_id": "asking", "label": "Nobody is asked"})
    return [*claims, person, *([event] if draw(st.booleans()) else [])]


@pytest.fixture(scope="module")
def before(tmp_path_factory):
    """The study, and its bytes, with syllables and dictionary as the program writes them."""
    data = shutil.copytree(STUDY, tmp_path_factory.mktemp("before") / "study")
    append_syllables(load_corpus(data), [], [])
    return data, contents(data)


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(codings())
def test_what_is_added_coded_and_removed_leaves_every_byte(before, tmp_path_factory, given):
    folder, old = before
    data = shutil.copytree(folder, tmp_path_factory.mktemp("added") / "study")
    topic = load_corpus(data).tables["codebook_values.csv"].query("variable == 'topic'").value.iloc[0]
    add_new(data)
    problems = data_problems(data)
    assert problems == [], problems
    take_in(
        data, "new1989", [one._replace(codes={**one.codes, "topic": topic}) if one.coding == "claims" else one for one in given], "1", "f"
    )
    said = remove_text(data, "new1989")
    assert contents(data) == old
    assert "study/people.csv: 1 row taken out (the zorbles)." in said
    assert "study/references.bib: the entry new1989 taken out." in said


def test_a_text_with_rows_in_every_table_is_taken_out_whole(tmp_path):
    data = shutil.copytree(DATA_FOLDER, tmp_path / "data")
    add_sixth(data)
    said = remove_text(data, ID)
    assert {name: content for name, content in contents(data).items() if content != (DATA_FOLDER / name).read_bytes()} == {}
    assert "data/people.csv: 3 rows taken out (Ada Quill, one envoy, the envoy's note)." in said
    assert said[-1] == "data/sources/quill2022.txt: deleted."


def test_a_text_of_the_study_goes_with_its_topics_and_leaves_sound_data(folder):
    expected = load_corpus(folder).tables["finding_tests.csv"].expected
    assert expected.str.contains("cole1988").any()
    said = remove_text(folder, "cole1988")
    assert data_problems(folder) == []
    kept = load_corpus(folder).tables["finding_tests.csv"].expected
    assert kept.tolist() == [";".join(name for name in own.split(";") if name != "cole1988") for own in expected]
    assert (
        "study/finding_tests.csv: a question of the finding 'berths' now expects arden1987;brill1987; see whether it still holds." in said
    )
    assert any("of topics left with one text" in sentence for sentence in said)
    assert not any("cole1988" in content.decode() for name, content in contents(folder).items() if name.startswith("codings/"))
    assert "cole1988" not in set(passages(load_corpus(folder)).source_id)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("nobody2022", "is the id of no text. Remedy: use one of arden1987, brill1987, cole1988"),
        ("../people", "is the id of no text"),
        ("brill1987", "expects brill1987 alone. Remedy: take out the finding"),
    ],
)
def test_a_text_that_cannot_go_is_refused_and_nothing_is_taken(folder, name, told):
    tests = folder / "finding_tests.csv"
    tests.write_text(tests.read_text().replace(",arden1987;cole1988", ",brill1987"))
    before = contents(folder)
    with pytest.raises(DataError) as error:
        remove_text(folder, name)
    assert told in str(error.value)
    assert contents(folder) == before


def test_a_group_that_the_text_alone_quotes_and_an_alias_that_is_the_name_go_again(before, tmp_path):
    """A group of which other texts have the words but no row came with the text; a name that no other text has is an alias of it alone."""
    folder, _ = before
    data = shutil.copytree(folder, tmp_path / "study")
    people = data / "people.csv"
    people.write_text(people.read_text() + "Zorbles of Lanne,person,outside,Una Rell\n")
    old = contents(data)
    words = {"name": "both islands", "kind": "group", "side": "outside", "aliases": "Both islands"}
    assert any("Both islands" in text for text in load_corpus(data).raw.values())
    add_new(data)
    topic = load_corpus(data).tables["codebook_values.csv"].query("variable == 'topic'").value.iloc[0]
    codes = {"claim": "All share.", "topic": topic, "attributed_to": "both islands"}
    known = {"name": "Zorbles of Lanne", "kind": "person", "side": "outside"}
    given = [
        Annotation(1, "people", "", words),
        Annotation(2, "people", "Zorbles of Lanne", known),
        Annotation(3, "claims", "the berths are shared", codes),
    ]
    take_in(data, "new1989", given, "1", "f")
    said = remove_text(data, "new1989")
    assert contents(data) == old
    assert "study/people.csv: 1 row taken out (both islands)." in said
    assert "study/people.csv: the alias Zorbles of Lanne of Zorbles of Lanne taken out." in said


def test_an_alias_that_was_there_before_the_text_stays_though_no_other_text_has_it(before, tmp_path):
    data = shutil.copytree(before[0], tmp_path / "study")
    people = data / "people.csv"
    people.write_text(people.read_text().replace("Ivo Dray;", "Ivo Dray;Zorbles;", 1))
    old = contents(data)
    add_new(data)
    remove_text(data, "new1989")
    assert contents(data) == old


@pytest.fixture
def read(before, tmp_path):
    """A folder whose explanations speak of somebody whom people.csv lacks; its bytes; and the same with a text whose reading brings who it is."""
    data = shutil.copytree(before[0], tmp_path / "study")
    explanations = data / "explanations.csv"
    rows = pd.read_csv(explanations, dtype=str, keep_default_na=False)
    record = rows.assign(advanced_by="Zorbles of Lanne")[rows.source_id == ""].head(1)
    explanations.write_text(pd.concat([rows, record]).to_csv(index=False), encoding="utf-8")
    old = contents(data)
    add_new(data)
    event = {
        "event_id": "asking",
        "label": "Nobody is asked",
        "date": "1989-21",
        "reference": "new1989",
        "grade": "B",
        "lane": "disclosure",
    }
    topic = load_corpus(data).tables["codebook_values.csv"].query("variable == 'topic'").value.iloc[0]
    given = [
        Annotation(1, "people", "Zorbles of Lanne", {"name": "Zorbles of Lanne", "kind": "person", "side": "outside"}),
        Annotation(2, "benchmark_events", "", event),
        Annotation(3, "events", "were not asked", {"event_id": "asking"}),
        Annotation(4, "claims", "the berths are shared", {"claim": "All share.", "topic": topic, "attributed_to": "Zorbles of Lanne"}),
    ]
    take_in(data, "new1989", given, "1", "f")
    return data, old


def test_who_and_what_came_with_a_text_goes_with_it_though_the_record_speaks_of_them(read):
    data, old = read
    assert (data / BROUGHT).read_text() == "source_id,file,name\nnew1989,people.csv,Zorbles of Lanne\nnew1989,benchmark_events.csv,asking\n"
    said = remove_text(data, "new1989")
    assert contents(data) == old
    assert "study/people.csv: 1 row taken out (Zorbles of Lanne)." in said
    assert "study/benchmark_events.csv: 1 row taken out (asking)." in said
    assert [sentence for sentence in said if "kept" in sentence] == ["study/people.csv: kept, as rows of other texts name them: Una Rell."]


def test_who_came_with_a_text_stays_where_another_text_names_them_and_what_nobody_brought_stays_and_is_told(read):
    data, _ = read
    claims = data / "codings/claims.csv"
    rows = pd.read_csv(claims, dtype=str, keep_default_na=False)
    other = rows.source_id == "cole1988"
    claims.write_text(rows.assign(attributed_to=rows.attributed_to.mask(other, "Zorbles of Lanne")).to_csv(index=False), encoding="utf-8")
    brought = data / BROUGHT
    brought.write_text(brought.read_text().replace("new1989,benchmark_events.csv,asking\n", ""))
    said = remove_text(data, "new1989")
    assert "study/people.csv: kept, as rows of other texts name them: Una Rell, Zorbles of Lanne." in said
    told = "kept, as the record alone names them (take out by hand what came with the text): asking."
    assert f"study/benchmark_events.csv: {told}" in said
    assert "Zorbles of Lanne" in (data / "people.csv").read_text()
    assert data_problems(data) == []
    assert not brought.exists()


def test_aliases_and_unfinished_readings_go_and_chapters_that_name_the_text_are_told(before, tmp_path):
    folder, old = before
    data = shutil.copytree(folder, tmp_path / "study")
    add_new(data)
    alias = Annotation(1, "people", "Zorbles", {"name": "Una Rell", "kind": "person", "side": "Orlo"})
    take_in(data, "new1989", [alias], "1", "f")
    assert ";Zorbles" in (data / "people.csv").read_text()
    assert "new1989,aliases,Zorbles\n" in (data / "brought.csv").read_text()
    for name, words in {
        "_coding/new1989.pass1.json": "{}",
        "_coding/other.pass1.json": "{}",
        "chapters/a.md": "New 1989 says",
        "chapters/b.md": "no",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(words)
    said = remove_text(data, "new1989")
    assert contents(data) == old
    assert [path.name for path in (tmp_path / "_coding").iterdir()] == ["other.pass1.json"]
    assert said[-2:] == [
        "_coding/new1989.pass1.json: deleted, an unfinished reading of the text.",
        "Its name stands still, and is to be taken out by hand, in chapters/a.md.",
    ]
    assert "study/people.csv: the alias Zorbles of Una Rell taken out." in said
