"""How far the texts of a study are: what is done, what is left, and with which command or file."""

import re
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any, NamedTuple

from analysis.coding.annotations import CODINGS
from analysis.coding.book_table import NOT_IN_WORDS, NOT_MENTIONED, cell_rows
from analysis.coding.terms import described_terms
from analysis.corpus.errors import DataError, Problem, file_name
from analysis.corpus.reader import Corpus
from analysis.corpus.segment import passages, running_text
from analysis.corpus.texts import coding_status, source_table
from analysis.corpus.vocabulary import NOT_COMPARED
from analysis.intake.drafts import CHECK
from analysis.intake.quotations import DRAFTED, quotation_drafts
from analysis.intake.strangers import STRANGERS_REMEDY, not_coded, strangers_among, strangers_said
from analysis.intake.take_in import IN_PASSES
from analysis.number_words import listed, plural
from analysis.stylometry.naming import SPELLING
from analysis.stylometry.syllables import words_to_look_up

_SAID = {"uncoded": "not coded yet", "once": "coded once", "twice": "coded twice and adjudicated"}

_ANALYSIS = "analysis"

_FIRST, _LATER = "first", "later"

_BUILD = "The book can be built now: make book"

_LIKE = 0.8  # of two words, by difflib: Lanne and Lannes have 0.91, Lanne and Lanoy 0.6


class _Step(NamedTuple):
    """What there is of a text, and what to do where something is left; `how` is empty where nothing is, `when` says how soon it is."""

    words: str
    how: str = ""
    when: str = ""  # _FIRST: before the book can be built; _LATER: it may wait


def study_status(corpus: Corpus) -> list[str]:
    """A line a text, in order of publication: how it is coded, its rows, and what is next."""
    return [
        f"{source_id}: {_status(corpus, source_id)}; {plural(_n_rows(corpus, source_id), 'row')}; {_next(corpus, source_id)}"
        for source_id in source_table(corpus).source_id
    ]


def text_status(corpus: Corpus, source_id: str) -> list[str]:
    """What is done of a text and what is left, a line each, with the command or the file; the next step has an arrow before it.

    Raises DataError for an unknown text.
    """
    if source_id not in corpus.raw:
        file = file_name(corpus.path, "sources.csv")
        raise DataError([Problem(file, None, "source_id", f"{source_id!r} is the id of no text", f"use one of {', '.join(corpus.raw)}")])
    steps = list(_steps(corpus, source_id))
    following = _first_open(steps)
    now, later = ([_line(step, step is following) for step in steps if (step.when == _LATER) == waits] for waits in (False, True))
    build = [] if any(step.how and step.when == _FIRST for step in steps) else [_BUILD]
    return [f"{source_id}: {_status(corpus, source_id)}", *now, *build, *(["What may wait:"] if later else []), *later]


def _line(step: _Step, is_next: bool) -> str:
    return f"{'->' if is_next else '  '} {step.words}{f': {step.how}' if step.how else ''}"


def _next(corpus: Corpus, source_id: str) -> str:
    step = _first_open(list(_steps(corpus, source_id)))
    return f"next: {step.words}: {step.how}" if step else "nothing is left to be done"


def _first_open(steps: list[_Step]) -> _Step | None:
    """The step to be done next: what may wait comes last."""
    return next((step for step in sorted(steps, key=lambda step: step.when == _LATER) if step.how), None)


def _status(corpus: Corpus, source_id: str) -> str:
    status = str(coding_status(corpus)[source_id])
    waits = status == "once" and any(_rows_of(corpus, source_id, ".pass2").values())
    return f"{_SAID[status]}{'; second pass in, not yet adjudicated' * waits}"


def _steps(corpus: Corpus, source_id: str) -> Iterator[_Step]:
    """What there is of a text, in the order in which it is made."""
    status = coding_status(corpus)[source_id]
    yield _zones(corpus, source_id)
    yield _syllables(corpus, source_id)
    if status == "uncoded":
        code = f"{_ANALYSIS} code {source_id}, or {_ANALYSIS} add --codings FILE --id {source_id} --pass 1"
        yield _Step("no coding", code)
        return
    yield _Step(f"pass 1: {_counted(_rows_of(corpus, source_id, '.pass1'))}")
    yield from _left(corpus, source_id)
    yield from _settled(corpus, source_id, status)


def _zones(corpus: Corpus, source_id: str) -> _Step:
    zones, own = (table[table.source_id == source_id] for table in (corpus.zones, passages(corpus)))
    words = f"{plural(len(zones), 'zone')}, {plural(len(own), 'paragraph')}, {plural(int(own.n_words.sum()), 'word')} in the body"
    return _Step(words, *(() if len(own) else (f"{_ANALYSIS} zones {source_id}", _FIRST)))


def _syllables(corpus: Corpus, source_id: str) -> _Step:
    table = corpus.tables["syllables.csv"]
    needed = [{word for word, first in words.items() if first == source_id} for words in words_to_look_up(corpus)]
    lacking = (needed[0] - set(table.word[table.hand != ""])) | (needed[1] - set(table.word))
    guessed = needed[0] & set(table.word[table.note.str.startswith("guess")])
    if lacking or guessed:
        words = f"syllables of {plural(len(lacking | guessed), 'word')} not counted ({', '.join(sorted(lacking | guessed)[:6])})"
        return _Step(words, f"{_ANALYSIS} syllables --accept {source_id}", _FIRST)
    return _Step("syllables of all words counted")


def _settled(corpus: Corpus, source_id: str, status: str) -> Iterator[_Step]:
    """The second pass, and the rows that the book counts."""
    second, add = _rows_of(corpus, source_id, ".pass2"), f"{_ANALYSIS} add --codings FILE --id {source_id} --pass"
    counted = _rows_of(corpus, source_id, "") | {name: _n_of(corpus, CODINGS[name], source_id) for name in CODINGS if name not in IN_PASSES}
    yield _Step(f"pass 2: {_counted(second)}", *(() if any(second.values()) or status == "twice" else (f"{add} 2", _LATER)))
    waits = status == "once" and any(second.values())
    name = "adjudicated" if status == "twice" else "the book counts pass 1"
    yield _Step(f"{name}: {_counted(counted)}", *((f"{add} adjudicated", _LATER) if waits else ()))


def _rows_of(corpus: Corpus, source_id: str, end: str) -> dict[str, int]:
    return {name: _n_of(corpus, f"codings/{name}{end}.csv", source_id) for name in IN_PASSES}


def _n_of(corpus: Corpus, name: str, source_id: str) -> int:
    return int((corpus.tables[name].source_id == source_id).sum())


def _n_rows(corpus: Corpus, source_id: str) -> int:
    """The coded rows that the book counts."""
    return sum(_n_of(corpus, name, source_id) for name in CODINGS.values())


def _counted(rows: dict[str, int]) -> str:
    return ", ".join(f"{name} {n}" for name, n in rows.items() if n) or "no row"


def _left(corpus: Corpus, source_id: str) -> Iterator[_Step]:
    """What is still to be written or looked over by hand, each with its file."""
    places = {name: file_name(corpus.path, name) for name in corpus.tables}
    quotations, relations = (corpus.tables[name] for name in ("codings/quotations.csv", "codings/relations.csv"))
    if not _n_of(corpus, "codings/provisions.csv", source_id):
        yield _Step("no term coded, so that the book says that it mentions none", f"{_ANALYSIS} code {source_id}")
    drafts = int(((quotations.source_id == source_id) & (quotations.note == DRAFTED)).sum())
    if drafts:
        how = f"open {_ANALYSIS} code {source_id} and look them over"
        yield _Step(f"{plural(drafts, 'quotation')} drafted and not looked over", how)
    if strangers := strangers_among(corpus, not_coded(corpus, source_id, quotation_drafts(corpus, source_id))):
        yield _Step(strangers_said(strangers), STRANGERS_REMEDY)
    if lacking := _unknown_spellings(corpus, source_id):
        yield _Step(f"{plural(len(lacking), 'spelling')} not in names.csv", f"add to {places['names.csv']}: {' | '.join(lacking)}")
    source = corpus.sources.set_index("source_id").loc[source_id]
    if empty := [column for column in ("argument", "summary") if not source[column]]:
        yield _Step(f"no {' and no '.join(empty)}", f"write it in {places['sources.csv']}")
    yield from _cells_left(corpus, source_id, places["book_table.csv"])
    if terms := _told_elsewhere(corpus, source_id):
        how = f"look in {places['book_table.csv']} where the rows of these dimensions belong; if not here, say why in note"
        yield _Step(f"{plural(len(terms), 'cell')} not mentioned, although there are rows of their dimensions ({listed(terms)})", how)
    if source_id not in set(corpus.tables["firmness.csv"].source_id):
        how = f"code its strongest words for the deal as `firmness`, or add a row to {places['firmness.csv']}"
        yield _Step("not placed in firmness", how)
    if source.in_prose == "no":
        how = f"read over what `make lint` names, then write yes under in_prose in {places['sources.csv']}"
        yield _Step("not in the sentences of the book", how, _LATER)
    own = relations[(relations.source_a == source_id) | (relations.source_b == source_id)]
    stubs = int((own.relation == NOT_COMPARED).sum())
    if stubs:
        how = f"write relation and note in {places['codings/relations.csv']}"
        yield _Step(f"{plural(stubs, 'relation')} of {len(own)} not compared yet", how, _LATER)


def _cells_left(corpus: Corpus, source_id: str, place: str) -> Iterator[_Step]:
    """What the drafted cells of a text in the table of the book want: words, whose word they are, the rows that are theirs."""
    table = corpus.tables["book_table.csv"]
    cells = table[table.source_id == source_id]
    drafted = cells[cells.gist == NOT_IN_WORDS]
    if terms := list(drafted.term):
        yield _Step(f"{plural(len(terms), 'cell')} not in words ({listed(terms)})", f"write at most six words into gist in {place}")
    if terms := [cell.term for cell in drafted.itertuples() if not cell.whose_word and _is_mixed(corpus, cell)]:
        how = f"write into whose_word in {place} whose word is not the text's own, or leave it empty"
        yield _Step(f"whose_word left empty in {plural(len(terms), 'cell')} of several voices ({listed(terms)})", how)
    if terms := list(cells.term[cells.note == CHECK]):
        how = f"leave in rests_on in {place} the rows of each, and take out the note"
        yield _Step(f"{plural(len(terms), 'cell')} of which the words do not say what rows are theirs ({listed(terms)})", how)


def _is_mixed(corpus: Corpus, cell: Any) -> bool:
    """Whether some of the terms on which a cell rests are attributed and others are not."""
    names = {row.attributed_to for row in cell_rows(corpus, cell) if row.table == "provisions"}
    return "" in names and len(names) > 1


def _unknown_spellings(corpus: Corpus, source_id: str) -> list[str]:
    """The rows that names.csv lacks of a text: of words like a form of a spelling that no form finds, "concept,form,pattern,".

    Only forms of one capitalised word can be told so: no table says which other words name the same thing.
    """
    table = corpus.tables["names.csv"]
    text = running_text(corpus, source_id)
    found = {text[start:end] for pattern in table.pattern for start, end in map(re.Match.span, re.finditer(pattern, text))}
    known = table[table.concept.str.startswith(SPELLING) & table.form.str.fullmatch(r"[A-Z]\w+")]
    rows = []
    for word in dict.fromkeys(re.findall(r"\b[A-Z]\w{3,}", text)):
        like = get_close_matches(word, known.form, 1, _LIKE)
        if like and word not in set(table.form) and not any(word.startswith(form) or form.startswith(word) for form in found):
            rows.append(f"{known.concept[known.form == like[0]].iloc[0]},{word},\\b{word}\\b,")
    return rows


def _told_elsewhere(corpus: Corpus, source_id: str) -> list[str]:
    """The terms that a text coded once is said not to mention, without a note, although rows of their dimensions tell in another cell."""
    told = set(described_terms(corpus).query("source_id == @source_id").dimension)
    cells = corpus.tables["book_table.csv"]
    silent = cells[(cells.source_id == source_id) & (cells.gist == NOT_MENTIONED) & (cells.note == "")]
    if coding_status(corpus)[source_id] != "once":
        return []
    return [cell.term for cell in silent.itertuples() if told & {*cell.dimensions.split(";")}]
