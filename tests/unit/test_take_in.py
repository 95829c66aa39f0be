"""Annotations taken into the tables: what is filled up, drafted and said; one clear error a fault, and nothing changed by it."""

import time

import pytest

from analysis.coding.annotations import Annotation, coded_annotations
from analysis.corpus.errors import DataError
from analysis.corpus.reader import load_corpus
from analysis.corpus.texts import coders
from analysis.display.numbers.index import index_numbers
from analysis.display.numbers.trust import coded_by_persons
from analysis.intake.claims import with_claims
from analysis.intake.take_in import take_in
from analysis.validation.validate import data_problems
from tests.support.folders import contents
from tests.support.uncoded import uncode

ID = "cole1988"

MADE_ONCE = ("explanations", "firmness", "source_checks", "comparisons")


@pytest.fixture
def uncoded(folder):
    """The study with one of its texts uncoded."""
    return uncode(folder, ID)


@pytest.fixture
def first(study):
    """What the study has of the text: its first pass, and what is coded once."""
    return [*coded_annotations(study, ID, "1"), *(one for one in coded_annotations(study, ID) if one.coding in MADE_ONCE)]


def own_rows(folder, name):
    table = load_corpus(folder).tables[name]
    own = table[table.source_id == ID] if "source_id" in table else table[(table.source_a == ID) | (table.source_b == ID)]
    return own.reset_index(drop=True)


def refused(folder, given, which="1", coder=""):
    """The problems with which annotations are refused; nothing in the folder may change."""
    before = contents(folder)
    with pytest.raises(DataError) as error:
        take_in(folder, ID, given, which, "given.csv", coder)
    assert contents(folder) == before
    assert {problem.file for problem in error.value.problems} == {"given.csv"}
    return [str(problem) for problem in error.value.problems]


def test_the_first_pass_of_a_text_is_what_the_book_counts(uncoded, study, first):
    bare = [one._replace(start=None, end=None) for one in first]
    said = take_in(uncoded, ID, bare, "1", "given.csv")
    assert data_problems(uncoded) == []
    for coding in ("provisions", "responsibility", "frames", "events", "claims"):
        for name in (f"codings/{coding}.pass1.csv", f"codings/{coding}.csv"):
            kept = [column for column in study.tables[name] if column != "resolution"]
            held = study.tables[name].query("source_id == @ID")[kept].reset_index(drop=True)
            assert own_rows(uncoded, name)[kept].equals(held) or coding == "provisions", name
    assert set(own_rows(uncoded, "codings/provisions.csv").basis) == {"stated"}
    assert load_corpus(uncoded).sources.set_index("source_id").coding[ID] == "once"
    assert f"{ID} is coded once now." in said


def test_what_rests_on_the_codings_is_drafted(uncoded, first):
    take_in(uncoded, ID, first, "1", "given.csv")
    relations = own_rows(uncoded, "codings/relations.csv")
    assert len(relations) == 6
    assert set(relations.relation) == {"agree", "not compared yet"}
    cells = own_rows(uncoded, "book_table.csv").set_index("term")
    assert cells.loc["berths", ["gist", "paper", "level", "rests_on"]].tolist() == [
        "not yet in words", "Sund plan", "agreed", "provisions:cole1988-p03:412-438"]  # fmt: skip
    assert set(own_rows(uncoded, "codings/quotations.csv").note) == {"drafted by rule: look over speaker, kind and via"}


def test_taking_the_same_in_again_changes_no_byte(uncoded, first):
    take_in(uncoded, ID, first, "1", "given.csv")
    before = contents(uncoded)
    (said, *_) = take_in(uncoded, ID, first[::-1], "1", "given.csv")
    assert said.startswith("Unchanged: ")
    assert said.endswith("; nothing was written.")
    assert contents(uncoded) == before


def test_the_adjudicated_reading_needs_both_passes_and_words_of_cells_stay(uncoded, first):
    take_in(uncoded, ID, first, "1", "given.csv")
    assert "there is no pass 2" in refused(uncoded, first, "adjudicated")[0]
    second = [one for one in first if one.coding not in MADE_ONCE]
    said = take_in(uncoded, ID, second, "2", "given.csv")
    assert any("not yet adjudicated" in sentence for sentence in said)
    assert load_corpus(uncoded).sources.set_index("source_id").coding[ID] == "once"
    file = uncoded / "book_table.csv"
    file.write_text(file.read_text().replace("not yet in words", "berths are shared"))
    one = [one for one in second if one.coding != "provisions" or one.start != 412]
    said = take_in(uncoded, ID, one, "adjudicated", "given.csv")
    assert f"{ID} is coded twice and adjudicated now." in said
    assert data_problems(uncoded) == []


def test_an_order_of_readings_is_kept(uncoded, first):
    assert "has no first" in refused(uncoded, first, "2")[0]
    assert "is no reading" in refused(uncoded, first, "3")[0]
    assert "nobody says whose" in refused(uncoded, [one for one in first if one.coding == "claims"], "person")[0]
    assert "is not coded by persons" in refused(uncoded, first, "person", "AB")[0]


def test_a_person_has_a_pass_of_her_own(uncoded, first):
    claims = [one for one in first if one.coding == "claims"]
    take_in(uncoded, ID, claims, "person", "given.csv", "AB")
    assert set(own_rows(uncoded, "codings/claims.person.csv").coder) == {"AB"}
    assert own_rows(uncoded, "codings/claims.csv").empty
    assert load_corpus(uncoded).sources.set_index("source_id").coding[ID] == "uncoded"
    assert "is coded by 'AB' already" in refused(uncoded, claims, "person", "CD")[0]
    take_in(uncoded, ID, claims[:1], "person", "given.csv", "AB")
    assert len(own_rows(uncoded, "codings/claims.person.csv")) == 1


def test_people_and_events_come_with_the_words_that_name_them(uncoded):
    new = Annotation(1, "people", "Both islands", {"name": "both islands", "kind": "group", "side": "outside"})
    known = Annotation(2, "people", "", {"name": "Una Rell", "kind": "person", "side": "Orlo"})
    event = Annotation(3, "benchmark_events", "the talks failed", {"event_id": "failure"})
    claim = Annotation(
        4, "claims", "with no toll, no patrol", {"claim": "No toll is asked.", "topic": "terms", "attributed_to": "both islands"}
    )
    coded = Annotation(
        5, "events", "The blockade began in May 1987",
        {"event_id": "failure", "date": "1987-05", "date_basis": "stated", "dated_by": "May 1987", "description": "The talks fail"})  # fmt: skip
    topics = load_corpus(uncoded).tables["codebook_values.csv"].query("variable == 'topic'").value
    take_in(uncoded, ID, [new, known, event, claim._replace(codes={**claim.codes, "topic": topics.iloc[0]}), coded], "1", "given.csv")
    assert (uncoded / "people.csv").read_text().endswith("both islands,group,outside,Both islands\n")
    assert (uncoded / "benchmark_events.csv").read_text().endswith("failure,the talks failed,,,,,\n")
    assert own_rows(uncoded, "codings/claims.csv").claim_id.tolist() == ["cole1988-c01"]


def test_a_known_person_gets_the_aliases_that_the_table_lacks_each_once(uncoded):
    before = (uncoded / "people.csv").read_text()
    held = next(line for line in before.splitlines() if line.startswith("Una Rell,"))
    codes = {"name": "Una Rell", "kind": "person", "side": "outside", "aliases": "Una Rell;the islander;Una Rell"}
    given = [Annotation(row, "people", "", codes) for row in (2, 3)]
    said = take_in(uncoded, ID, given, "1", "given.csv")
    assert (uncoded / "people.csv").read_text() == before.replace(held, f"{held};the islander")
    assert any("Una Rell has the aliases" in sentence and sentence.endswith(";the islander now.") for sentence in said)
    said = take_in(uncoded, ID, given, "1", "given.csv")
    assert said == ["Nothing is new: nothing was written.", "1 name declared stood there already, with nothing to add: Una Rell."]
    assert [row.count("the islander") for row in (uncoded / "people.csv").read_text().splitlines() if "Una Rell" in row] == [1]


@pytest.mark.promise("bad input")
@pytest.mark.parametrize(
    ("column", "value", "message", "remedy"),
    [
        ("topic", "trems", "'trems' is not in the codebook", "use one of"),
        ("topic", "", "is missing", "use one of"),
        (
            "attributed_to",
            "Una Rel",
            "'Una Rel' is neither author nor a name of people.csv",
            "code the words that name the person as `people`",
        ),
        ("attributed_to", "Una Rel", "(at '", "Una Rell"),
        ("claim", "word " * 21, "is not allowed", "use 1 to 20 words"),
        ("claim", "=cmd|'/C calc'!A0", "begins as a formula does", "begin with a word"),
        ("claim", "no \u202etoll", "holds RIGHT-TO-LEFT OVERRIDE", "take it out"),
        ("claim", "no\x00 toll", "holds", "take it out"),
        ("claims", "x", "is no column of claims", "claim_id"),
        ("claim_id", "arden1987-c01", "is not allowed", "give every row its own"),
    ],
)
def test_an_unsound_code_is_told_with_its_words_and_what_to_do(uncoded, first, column, value, message, remedy):
    claims = [one for one in first if one.coding == "claims"]
    spoiled = claims[0]._replace(row=7, codes={**claims[0].codes, column: value})
    (problem,) = [problem for problem in refused(uncoded, [spoiled, *claims[1:]]) if f"column {column}: " in problem]
    assert problem.startswith(f"given.csv, row 7, column {column}: ")
    assert message in problem
    assert remedy in problem.partition("Remedy: ")[2] or remedy in problem


def test_a_comparison_without_a_claim_is_of_the_one_claim_on_its_words_else_each_is_told_with_the_candidates(uncoded, first):
    claims = [one._replace(codes={k: v for k, v in one.codes.items() if k != "claim_id"}) for one in first if one.coding == "claims"]
    compared = [one._replace(codes={k: v for k, v in one.codes.items() if k != "claim_or_provision"}) for one in first
                if one.coding == "comparisons"]  # fmt: skip
    one, words = claims[0], claims[0].quote
    part = compared[0]._replace(row=70, quote=words[1:-1], start=one.start + 1, end=one.end - 1, passage_id=one.passage_id)
    ready, problems = with_claims(load_corpus(uncoded), ID, [*claims, part], "given.csv")
    assert problems == []
    assert ready[-1].codes["claim_or_provision"] == next(each.codes["claim_id"] for each in ready if each.coding == "claims")
    twice = one._replace(codes={**one.codes, "claim": "Another."})
    far = [part._replace(row=row, start=0, end=1, quote=f"far {row}") for row in (71, 72)]
    _, problems = with_claims(load_corpus(uncoded), ID, [*claims, twice, part, *far], "given.csv")
    assert [(problem.row, problem.message.partition(" the words")[0]) for problem in problems] == [
        (70, "several claims stand on"), (71, "no claim stands on"), (72, "no claim stands on")]  # fmt: skip
    assert one.codes["claim"] in problems[0].remedy
    assert "Another." in problems[0].remedy
    own = sorted((each for each in ready if each.coding == "claims"), key=lambda each: each.start)
    last = max(own, key=lambda each: each.end)
    behind = part._replace(start=last.end + 1, end=last.end + 2, quote="behind")
    for where, nearest in ((far[0], own[0]), (behind, last)):
        _, [problem] = with_claims(load_corpus(uncoded), ID, [*claims, where], "given.csv")
        assert problem.remedy.startswith(
            f"code the words as a claim, too, or give one of the nearest: {nearest.codes['claim_id']} ({nearest.codes['claim']})"
        )


@pytest.mark.promise("bad input")
def test_each_fault_stands_there_once_and_not_more_than_one_can_read(uncoded, first):
    claim = next(one for one in first if one.coding == "claims")
    same = [claim._replace(row=row, codes={**claim.codes, "topic": "nothing"}) for row in range(2, 60)]
    (problem,) = refused(uncoded, same)
    assert "; and 57 more rows" in problem
    other = [claim._replace(row=row, codes={**claim.codes, "topic": f"nothing {row}"}) for row in range(2, 60)]
    problems = refused(uncoded, other)
    assert len(problems) == 31
    assert "has 28 more faults" in problems[-1]


@pytest.mark.promise("bad input")
@pytest.mark.parametrize("name", ["../../etc/passwd", "<script>", "=1+1", "cole1988\n", "", "COLE1988"])
def test_an_id_that_is_none_is_told(uncoded, first, name):
    before = contents(uncoded.parent)
    with pytest.raises(DataError, match="is the id of no text"):
        take_in(uncoded, name, first, "1", "given.csv")
    assert contents(uncoded.parent) == before


@pytest.mark.promise("bad input")
def test_a_file_without_annotations_or_with_unknown_codings_is_told(uncoded, first):
    assert "holds no annotation" in refused(uncoded, [])[0]
    assert "'relations' is no coding" in refused(uncoded, [first[0]._replace(coding="relations")])[0]


def test_the_same_row_twice_counts_once(uncoded, first):
    said = take_in(uncoded, ID, [*first, first[0]], "1", "given.csv")
    assert "1 row stood there twice, and count once." in said
    assert len(own_rows(uncoded, "codings/provisions.csv")) == 5


@pytest.mark.promise("bad input")
def test_what_the_check_finds_is_told_by_the_row_of_the_file(uncoded, first):
    event = next(one for one in first if one.coding == "events")
    spoiled = event._replace(row=9, codes={**event.codes, "date_basis": "stated", "dated_by": "in June"})
    (problem,) = refused(uncoded, [spoiled])
    assert problem.startswith("given.csv, row 9, column dated_by: 'in June' is not in cole1988 (at ")


@pytest.mark.promise("bad input")
def test_a_fault_stands_by_its_own_row_where_others_are_on_the_same_words(uncoded, first):
    """Rows of two codings, and two rows of one, on the same words: what only the check finds is told by the row that has it."""
    event = next(one for one in first if one.coding == "events")
    claim = next(one for one in first if one.coding == "claims")
    provision = next(one for one in first if one.coding == "provisions")
    words = {name: getattr(event, name) for name in ("quote", "passage_id", "start", "end")}
    undated = [
        event._replace(row=row, codes={**event.codes, "date_basis": "stated", "dated_by": day}) for row, day in ((3, "June"), (4, "July"))
    ]
    told = provision._replace(row=5, codes={**provision.codes, "position": "They end the siege."}, **words)
    said = refused(
        uncoded,
        [*undated, told, claim._replace(row=6, **words), claim._replace(row=7, codes={**claim.codes, "claim": "Another."}, **words)],
    )
    assert [problem.partition(": ")[0] for problem in said] == [f"given.csv, row {row}, column dated_by" for row in (3, 4)] + [
        "given.csv, row 5, column position"
    ]
    assert "'July' is not in" in said[1]


@pytest.mark.promise("bad input")
def test_ten_thousand_annotations_are_refused_in_seconds(uncoded, first):
    claim = next(one for one in first if one.coding == "claims")
    many = [claim._replace(row=row, quote=f"words {row}", start=row, end=row + 9) for row in range(2, 10_002)]
    before = time.process_time()
    (problem,) = refused(uncoded, many)
    assert "seems to be of another text" in problem
    placed = [claim._replace(row=row, codes={**claim.codes, "topic": f"topic {row}"}) for row in range(2, 10_002)]
    assert len(refused(uncoded, placed)) == 31
    assert time.process_time() - before < 10


def test_who_coded_a_text_is_kept(uncoded, first):
    def coder():
        return load_corpus(uncoded).sources.set_index("source_id").coder[ID]

    for which, name, kept in [("1", "", "a person"), ("1", "Ann Lee", "Ann Lee"), ("1", "", "Ann Lee"), ("person", "Bo Ray", "Ann Lee"),
                              ("2", "", "Ann Lee"), ("2", "Cy Orr", "Ann Lee; Cy Orr"), ("adjudicated", "Ann Lee", "Ann Lee; Cy Orr"),
                              ("1", "", "Ann Lee; Cy Orr")]:  # fmt: skip
        given = [one for one in first if which != "person" or one.coding == "claims"]
        take_in(uncoded, ID, given, which, "given.csv", name)
        assert coder() == kept, (which, name)
    assert coders(load_corpus(uncoded)) == "two readers (Cole 1988: Ann Lee and Cy Orr)"
    assert coded_by_persons(load_corpus(uncoded)) == "one person has coded Cole 1988; Cole 1988 was coded by Ann Lee and Cy Orr"
    assert index_numbers(load_corpus(uncoded))["who_coded"] == "Two readers (Cole 1988: Ann Lee and Cy Orr)"
