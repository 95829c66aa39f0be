"""What a person has coded so far on the page for coding: the draft on disk, what it begins with, and rows as the page sends them."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from analysis.atomic_write import write_atomic
from analysis.coding.annotations import Annotation, code_columns, coded_annotations
from analysis.coding.passes import person_codings, person_file
from analysis.corpus.errors import DataError, Problem
from analysis.corpus.intervals import overlaps
from analysis.corpus.reader import Corpus
from analysis.corpus.schema import SPAN
from analysis.corpus.segment import passages
from analysis.intake.coding_form import Json, page_codings, page_columns
from analysis.intake.quotations import DRAFTED, quotation_drafts
from analysis.intake.strangers import not_coded, people_drafts, strangers_among

_BY_RULE = "by rule"  # who drafted a row that has the note DRAFTED in its table

DRAFT_FOLDER = "_coding"  # beside the data folder

_LONGEST_VALUE, _MOST_ROWS = 2_000, 5_000


class DraftRow(NamedTuple):
    """A row of the page: the annotation, and who drafted it where nobody has looked it over yet ("" where somebody has)."""

    annotation: Annotation
    drafted: str = ""


class ReadingDraft(NamedTuple):
    """The rows of a reading, and the row that is open in the form, as the page sent it."""

    rows: list[DraftRow]
    form: Json | None = None


class Reading(NamedTuple):
    """Whose reading of which text: `which` is "1", "2", "adjudicated" or "person", `coder` the person's name (else "")."""

    source_id: str
    which: str
    coder: str = ""

    @property
    def file(self) -> str:
        """The name of the draft. One coder cannot come upon the draft of another, so it names the coder."""
        coder = f"-{hashlib.sha256(self.coder.encode()).hexdigest()[:8]}" if self.coder else ""
        return f"{self.source_id}.{f'pass{self.which}' if self.which in ('1', '2') else self.which}{coder}.json"


def draft_path(data: Path, reading: Reading) -> Path:
    return data.resolve().parent / DRAFT_FOLDER / reading.file


def state_of(path: Path) -> object:
    """What tells that a file was written since; None where there is none."""
    try:
        held = path.stat()
    except FileNotFoundError:
        return None
    return held.st_ino, held.st_mtime_ns, held.st_size


def drafts_of(data: Path, source_id: str) -> list[Path]:
    """The drafts of all readings of a text."""
    return list((data.resolve().parent / DRAFT_FOLDER).glob(f"{source_id}.*.json"))


def version_of(draft: ReadingDraft) -> str:
    """A name for exactly this state of a draft, by which a window that shows an older one is known."""
    return hashlib.sha256(json.dumps(as_json(draft), sort_keys=True).encode()).hexdigest()[:16]


def as_json(draft: ReadingDraft) -> Json:
    """Rows and open form of a draft as the page and the file hold them."""
    rows = [{**one.annotation._asdict(), "codes": dict(one.annotation.codes), "drafted": one.drafted} for one in draft.rows]
    return {"rows": rows, "form": draft.form}


def read_draft(corpus: Corpus, reading: Reading) -> ReadingDraft:
    """The draft on disk, else what the reading begins with. Raises DataError where the file is spoiled or of another text."""
    path = draft_path(corpus.path, reading)
    if not path.exists():
        return ReadingDraft(list(first_rows(corpus, reading)))
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
        if held["sha256"] != _digest(corpus, reading.source_id):
            raise ValueError("it was made of another file of this text")
        return parsed_draft(corpus, reading, held, strict=False)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        message = f"is no draft of {reading.source_id} that can be read ({error})"
        raise DataError([Problem(f"{DRAFT_FOLDER}/{reading.file}", None, None, message, "move the file away to begin anew")]) from None


def write_draft(corpus: Corpus, reading: Reading, draft: ReadingDraft) -> None:
    """Write a draft, all at once. Raises OSError where it cannot be."""
    path = draft_path(corpus.path, reading)
    path.parent.mkdir(exist_ok=True)
    head = {"source_id": reading.source_id, "pass": reading.which, "coder": reading.coder, "sha256": _digest(corpus, reading.source_id)}
    write_atomic(path, json.dumps(head | as_json(draft), ensure_ascii=False, indent=1) + "\n")


def _digest(corpus: Corpus, source_id: str) -> str:
    return hashlib.sha256(corpus.raw[source_id].encode()).hexdigest()


def first_rows(corpus: Corpus, reading: Reading) -> Iterator[DraftRow]:
    """What a reading begins with: the rows that it has in the tables, else what was drafted; numbered from 1.

    A second pass and a person see nothing of other readings. A first pass, while the text is not coded twice, is what the reconciled
    tables hold. Adjudication begins with what both passes say alike, and what one says alone as a draft.
    """
    for number, row in enumerate(_first_rows(corpus, *reading), start=1):
        yield row._replace(annotation=row.annotation._replace(row=number))


def _first_rows(corpus: Corpus, source_id: str, which: str, coder: str) -> Iterator[DraftRow]:
    if which == "person":
        yield from map(DraftRow, _person_rows(corpus, source_id, coder))
    elif which == "2":
        yield from map(DraftRow, coded_annotations(corpus, source_id, "2"))
    else:
        reconciled, twice = coded_annotations(corpus, source_id), _status(corpus, source_id) == "twice"
        alone = [one for one in reconciled if one.coding not in person_codings()]
        if which == "adjudicated" and not twice:
            yield from _both_passes(corpus, source_id)
        else:
            made_in_passes = coded_annotations(corpus, source_id, "1") if twice and which == "1" else reconciled
            yield from (DraftRow(one) for one in made_in_passes if one.coding in person_codings())
        yield from map(_with_drafter, alone)
        drafts = quotation_drafts(corpus, source_id)
        if any(one.coding == "quotations" for one in alone):
            drafts = strangers_among(corpus, not_coded(corpus, source_id, drafts))
        yield from map(_with_drafter, [*people_drafts(corpus, source_id, drafts, DRAFTED), *drafts])


def _with_drafter(one: Annotation) -> DraftRow:
    """A row of the page, on which a draft has a mark instead of the note `DRAFTED`: whoever accepts or changes it takes that off."""
    by_rule = one.codes.get("note") == DRAFTED
    codes = {column: value for column, value in one.codes.items() if value != DRAFTED}
    return DraftRow(one._replace(codes=codes), _BY_RULE if by_rule else "")


def annotations_of(draft: ReadingDraft) -> list[Annotation]:
    """The rows of a draft as the tables take them, with the note `DRAFTED` on a quotation that nobody has looked over."""
    return [
        one.annotation._replace(codes={"note": DRAFTED, **one.annotation.codes})
        if one.drafted == _BY_RULE and one.annotation.coding == "quotations"
        else one.annotation
        for one in draft.rows
    ]


def _status(corpus: Corpus, source_id: str) -> str:
    return str(corpus.sources.set_index("source_id").loc[source_id, "coding"])


def _both_passes(corpus: Corpus, source_id: str) -> Iterator[DraftRow]:
    first, second = ({_key(one): one for one in coded_annotations(corpus, source_id, which)} for which in ("1", "2"))
    for key, one in {**first, **second}.items():
        yield DraftRow(one, "" if key in first and key in second else "pass 1 alone" if key in first else "pass 2 alone")


def _key(one: Annotation) -> tuple[object, ...]:
    return one.coding, one.start, one.end, *sorted(one.codes.items())


def _person_rows(corpus: Corpus, source_id: str, coder: str) -> Iterator[Annotation]:
    for coding in person_codings():
        if (table := corpus.tables.get(person_file(coding))) is None:
            continue
        for row in table.query("source_id == @source_id and coder == @coder").to_dict("records"):
            codes = {column.name: row[column.name] for column, _ in page_columns(coding, "person") if row[column.name]}
            yield Annotation(0, coding, row["quote"], codes, row["passage_id"], int(row["start"]), int(row["end"]))


def parsed_draft(corpus: Corpus, reading: Reading, given: Mapping[str, Any], strict: bool = True) -> ReadingDraft:
    """Rows and open form as the page sends them, their words and passages as the text has them. Raises ValueError where they are none.

    Not `strict`, rows may lie outside the running text: its zones can change after they were coded.
    """
    rows, form = given.get("rows"), given.get("form")
    if not isinstance(rows, list) or len(rows) > _MOST_ROWS or not (form is None or isinstance(form, dict)):
        raise ValueError("a draft has a list of rows and may have a form")
    if form is not None and len(json.dumps(form)) > _LONGEST_VALUE * 20:
        raise ValueError("the open row is too long")
    parsed = [_parsed_row(corpus, reading, row, strict) for row in rows]
    if len({one.annotation.row for one in parsed}) < len(parsed):
        raise ValueError("two rows have one number")
    return ReadingDraft(parsed, form)


def _parsed_row(corpus: Corpus, reading: Reading, given: Any, strict: bool) -> DraftRow:
    if not isinstance(given, dict):
        raise ValueError("a row is no object")
    number, coding, start, end = (given.get(name) for name in ("row", "coding", *SPAN[1:]))
    if type(number) is not int or not 0 < number < 10 * _MOST_ROWS:
        raise ValueError(f"{number!r} is no number of a row")
    if coding not in page_codings(reading.which):
        raise ValueError(f"row {number}: {coding!r} is no coding of this reading")
    codes, drafted = given.get("codes"), given.get("drafted", "")
    if not isinstance(codes, dict) or any(not isinstance(text, str) or len(text) > _LONGEST_VALUE for text in (*codes.values(), drafted)):
        raise ValueError(f"row {number}: its codes are no short texts")
    if strange := codes.keys() - {*code_columns(coding)}:
        raise ValueError(f"row {number}: {', '.join(sorted(strange))} is no column of {coding}")
    passage_id, quote = _words(corpus, reading.source_id, start, end, number, strict)
    filled = {column: value for column, value in codes.items() if value not in ("", DRAFTED)}
    return DraftRow(Annotation(number, coding, quote, filled, passage_id, start, end), drafted)


def _words(corpus: Corpus, source_id: str, start: Any, end: Any, number: int, strict: bool) -> tuple[str, str]:
    """The passage in which a stretch of the body begins, and its words."""
    raw = corpus.raw[source_id]
    if type(start) is not int or type(end) is not int or not 0 <= start < end <= len(raw):
        raise ValueError(f"row {number}: {start!r} to {end!r} is no stretch of the text")
    touched = [one for one in _passages(corpus, source_id) if overlaps(*one[1:], start, end)]
    between = zip([start, *(stop for _, _, stop in touched)], [*(begin for _, begin, _ in touched), end], strict=True)
    if strict and (not touched or any(raw[begin:stop].strip() for begin, stop in between)):
        raise ValueError(f"row {number}: characters {start} to {end} are not all of the running text")
    return touched[0][0] if touched else "", raw[start:end]


@lru_cache(maxsize=8)  # asked for each row of each change
def _passages(corpus: Corpus, source_id: str) -> list[tuple[str, int, int]]:
    own = passages(corpus).query("source_id == @source_id")
    return list(zip(own.passage_id, own.start.tolist(), own.end.tolist(), strict=True))
