"""Annotations taken into the tables of a data folder: placed, filled up, held against the codebook, and written all or none."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from analysis.coding.annotations import ANNOTATED, CODINGS, DECLARED, Annotation
from analysis.coding.passes import person_file
from analysis.corpus.coding_tables import BROUGHT, FURTHER_ALIAS, PERSON_TABLES
from analysis.corpus.errors import Problem, file_name
from analysis.corpus.reader import Corpus, load_corpus
from analysis.corpus.schema import DECLARED_TABLES
from analysis.intake.anchoring import anchor, short_quote
from analysis.intake.changes import write_all
from analysis.intake.claims import with_claims
from analysis.intake.declared import declared_rows, with_declared, with_declared_rows
from analysis.intake.drafts import drafted_tables, with_rows_of
from analysis.intake.faults import faults_after, refuse
from analysis.intake.quotations import quotation_drafts
from analysis.intake.rows import Cells, content_of, with_rows
from analysis.intake.strangers import STRANGERS_REMEDY, not_coded, strangers_among, strangers_said
from analysis.intake.values import code_problems, filled, unknown_columns
from analysis.number_words import listed, plural

TABLE_ENDS = {"1": ".pass1", "2": ".pass2", "adjudicated": "", "person": ".person"}  # which reading a file is, and how its tables end

IN_PASSES = [name for name in CODINGS if person_file(name) in PERSON_TABLES]  # the codings that are made in passes


def take_in(data: Path, source_id: str, given: Sequence[Annotation], which: str, file: str, coder: str = "") -> list[str]:
    """Take the annotations of `file` into the tables of a text, in place of its rows in the codings that the file has rows of.

    `which` is "1" or "2" for a pass, "adjudicated" for the reading that settled both, "person" for that of `coder`. Of a text that is not
    adjudicated the first pass is what the reconciled tables hold, too, and its `coder` ("a person" where none is named) who coded the text.
    Codings that are made once go into their one table. What rests on the codings is drafted: quotations where there are none, relations,
    cells of the table of the book.

    Returns sentences on what was written. Raises DataError, with every fault by its row in `file`, and writes nothing then.
    """
    corpus = load_corpus(data)
    refuse(_request_problems(corpus, source_id, given, which, file, coder))
    refuse(_name_problems(given, which, file))
    anchored = anchor(corpus, source_id, given, file)
    if not anchored.annotations:
        refuse(anchored.problems)
    ready, problems, declared = _with_codes(corpus, source_id, anchored.annotations, file)
    refuse([*anchored.problems, *problems])
    once = list({(one.coding, one.start, one.end, *sorted(one.codes.items())): one for one in reversed(ready)}.values())[::-1]
    said = [
        *anchored.said,
        *declared,
        *([f"{plural(len(ready) - len(once), 'row')} stood there twice, and count once."] * (len(ready) > len(once))),
    ]
    coded = _by_table(corpus, source_id, once, which)
    tables = {name: [_row(name, source_id, one, coder) for one in own] for name, own in coded.items()}
    if which != "person" and _status(corpus, source_id, which, once) != "uncoded":
        said += _draft(corpus, source_id, tables, [one for one in once if one.coding in DECLARED])
    changes = _changes(data, corpus, source_id, tables, once, which, coder)
    refuse(faults_after(data, changes, tables, coded, file))
    write_all(data, changes)
    return [*_written(data, tables, changes), *said, *_status_said(corpus, source_id, which, once)]


def _request_problems(corpus: Corpus, source_id: str, given: Sequence[Annotation], which: str, file: str, coder: str) -> Iterator[Problem]:
    """What is wrong with what is asked for, whatever the annotations say."""
    if source_id not in corpus.raw:
        yield Problem(file, None, "source_id", f"{short_quote(source_id)} is the id of no text", f"use one of {', '.join(corpus.raw)}")
        return
    if which not in TABLE_ENDS:
        yield Problem(file, None, None, f"{short_quote(which)} is no reading", f"use one of {', '.join(TABLE_ENDS)}")
    if not given:
        yield Problem(file, None, None, "holds no annotation", "code a stretch of the text; or name the file that holds the codings")
    if which == "person" and not coder.strip():
        yield Problem(file, None, None, "is a person's reading, and nobody says whose", "give the name or the initials of the coder")
    if which == "2" and _coding_of(corpus, source_id) == "uncoded":
        yield Problem(file, None, None, f"is a second pass, but {source_id} has no first", "take in the first pass before it")
    lacking = [number for number in ("1", "2") if not _has_rows(corpus, source_id, TABLE_ENDS[number])]
    if which == "adjudicated" and lacking:
        message = f"settles two passes, but of {source_id} there is no pass {listed(lacking)}"
        yield Problem(file, None, None, message, "take in both passes first")
    other = [
        row.coder
        for name in PERSON_TABLES
        if which == "person" and name in corpus.tables
        for row in corpus.tables[name].itertuples()
        if row.source_id == source_id and row.coder != coder
    ]
    for name in dict.fromkeys(other):
        remedy = "one person codes a text: take out the rows of the one, or give the same name"
        yield Problem(file, None, "coder", f"{source_id} is coded by {short_quote(name)} already", remedy)


def _coding_of(corpus: Corpus, source_id: str) -> str:
    return str(corpus.sources.set_index("source_id").coding[source_id])


def _has_rows(corpus: Corpus, source_id: str, end: str) -> bool:
    return any(source_id in set(corpus.tables[f"codings/{name}{end}.csv"].source_id) for name in IN_PASSES)


def _name_problems(given: Iterable[Annotation], which: str, file: str) -> Iterator[Problem]:
    """Codings and columns that are none, or that this reading has not."""
    made = IN_PASSES if which == "person" else [*CODINGS, *DECLARED]
    known = {name: _columns(name) for name in made}
    for one in given:
        if one.coding not in known:
            what = "is not coded by persons" if one.coding in CODINGS else "is no coding"
            yield Problem(file, one.row, "coding", f"{short_quote(one.coding)} {what}", f"use one of {', '.join(known)}")
        else:
            yield from unknown_columns(one, file, known[one.coding])


def _columns(coding: str) -> set[str]:
    """The columns of a coding, of its passes too, that an annotation may fill."""
    return {*DECLARED_TABLES[ANNOTATED[coding]].names, "coder"} - {"source_id", "passage_id", "quote", "start", "end"}


def _with_codes(corpus: Corpus, source_id: str, anchored: list[Annotation], file: str) -> tuple[list[Annotation], list[Problem], list[str]]:
    """The annotations with all their codes, and what is wrong with these; and sentences on the people and events that they declare."""
    declared, said = declared_rows(corpus, [filled(corpus, source_id, one) for one in anchored if one.coding in DECLARED])
    whole = with_declared(corpus, declared)
    coded = [filled(whole, source_id, one) for one in anchored if one.coding in CODINGS]
    ready, unclaimed = with_claims(corpus, source_id, [*declared, *coded], file)
    told = {(problem.row, problem.column) for problem in unclaimed}
    problems = [problem for one in ready for problem in code_problems(whole, one, file) if (problem.row, problem.column) not in told]
    return ready, [*unclaimed, *problems], said


def _by_table(corpus: Corpus, source_id: str, ready: list[Annotation], which: str) -> dict[str, list[Annotation]]:
    """The annotations by the tables that get a row of each, in the order of the words."""
    settled = which == "adjudicated" or (which == "1" and _coding_of(corpus, source_id) != "twice")
    tables: dict[str, list[Annotation]] = {}
    for one in sorted(ready, key=lambda one: (one.start or 0, one.end or 0)):
        name = ANNOTATED[one.coding]
        apart = one.coding in IN_PASSES
        files = [name.replace(".csv", f"{TABLE_ENDS[which]}.csv")] if apart else [name]
        for file in dict.fromkeys([*files, *([name] if apart and settled else [])]):
            tables.setdefault(file, []).append(one)
    return tables


def _row(file: str, source_id: str, one: Annotation, coder: str) -> Cells:
    """The row of a table that an annotation makes."""
    place = {"source_id": source_id, "passage_id": one.passage_id, "quote": one.quote, "start": str(one.start), "end": str(one.end)}
    row = {**one.codes, "coder": coder, **(place if one.coding in CODINGS else {})}
    return {column: row.get(column, "") for column in DECLARED_TABLES[file].names}


def _draft(corpus: Corpus, source_id: str, tables: dict[str, list[Cells]], declared: list[Annotation]) -> list[str]:
    """Add to `tables` what follows for the text from its codings; returns sentences on it."""
    said: list[str] = []
    if "codings/quotations.csv" not in tables:
        rows, said = _quotations_drafted(corpus, _with(corpus, source_id, tables, declared), source_id)
        if rows:
            held = corpus.tables["codings/quotations.csv"].query("source_id == @source_id").astype(str).to_dict("records")
            tables["codings/quotations.csv"] = [*held, *rows]
    more, changed = drafted_tables(_with(corpus, source_id, tables, declared), source_id)
    tables |= more
    if changed:
        said.append(f"The rows changed on which cells of book_table.csv rest: look over {listed(changed)}.")
    return said


def _quotations_drafted(before: Corpus, after: Corpus, source_id: str) -> tuple[list[Cells], list[str]]:
    """The drafts that the table of quotations gets: all where the text has none there, else those whose speakers are known only now."""
    first = source_id not in set(before.tables["codings/quotations.csv"].source_id)
    drafts = not_coded(before, source_id, quotation_drafts(after, source_id))
    if not first:
        waited = {one.start for one in strangers_among(before, quotation_drafts(before, source_id))}
        drafts = [one for one in drafts if one.start in waited]
    strangers = strangers_among(after, drafts)
    rows = [_row("codings/quotations.csv", source_id, one, "") for one in drafts if one not in strangers]
    said = [f"{plural(len(rows), 'quotation')} drafted by rule: look over speaker, kind and via."] if rows else []
    return rows, [*said, *([f"{strangers_said(strangers)}: {STRANGERS_REMEDY}."] if strangers else [])]


def _with(corpus: Corpus, source_id: str, tables: Mapping[str, list[Cells]], declared: list[Annotation]) -> Corpus:
    """`corpus` with the rows that its text will have."""
    new = {
        name: with_rows_of(corpus, name, source_id, rows)
        for name, rows in tables.items()
        if name not in {*DECLARED.values(), *PERSON_TABLES}
    }
    status = corpus.sources.assign(coding=corpus.sources.coding.where(corpus.sources.source_id != source_id, "once"))
    return with_declared(replace(corpus, tables=corpus.tables | {"sources.csv": status} | new), declared)


def _changes(
    data: Path, corpus: Corpus, source_id: str, tables: Mapping[str, list[Cells]], ready: list[Annotation], which: str, coder: str
) -> dict[str, str | None]:
    """The new content of the files."""
    changes: dict[str, str | None] = {}
    for name, rows in tables.items():
        if name in DECLARED.values():
            changes[name] = with_declared_rows(content_of(data, name), rows)
        else:
            changes[name] = with_rows(
                content_of(data, name), rows, lambda row: source_id in (row.get("source_id"), row.get("source_a"), row.get("source_b"))
            )
    if new := list(_new_names(corpus, tables)):
        brought = [{"source_id": source_id, "file": name, "name": key} for name, key in new]
        changes[BROUGHT] = with_rows(content_of(data, BROUGHT), brought, lambda row: (row["file"], row["name"]) in new)
    status, own = _status(corpus, source_id, which, ready), corpus.sources.query("source_id == @source_id")
    sources = own.assign(coding=status, coder=_coder(own.iloc[0].coder, status, which, coder.strip())).to_dict("records")
    changes["sources.csv"] = with_rows(content_of(data, "sources.csv"), sources, lambda row: row["source_id"] == source_id)
    return {name: content for name, content in changes.items() if content != content_of(data, name) or not (data / name).exists()}


def _new_names(corpus: Corpus, tables: Mapping[str, list[Cells]]) -> Iterator[tuple[str, str]]:
    """What brought.csv notes of the rows that come in: table and name of each new one, FURTHER_ALIAS and each new alias of a known one."""
    for name in DECLARED.values():
        held = corpus.tables[name].set_index(DECLARED_TABLES[name].names[0])
        for row in tables.get(name, []):
            key = next(iter(row.values()))
            if key not in held.index:
                yield name, key
            elif "aliases" in row:
                yield from ((FURTHER_ALIAS, alias) for alias in row["aliases"].split(";") if alias not in held.aliases[key].split(";"))


def _status(corpus: Corpus, source_id: str, which: str, ready: list[Annotation]) -> str:
    """How far the text is coded when the annotations are in."""
    now = _coding_of(corpus, source_id)
    if which == "person" or not any(one.coding in CODINGS for one in ready):
        return now
    return "twice" if which == "adjudicated" else "once" if now == "uncoded" else now


def _coder(now: str, status: str, which: str, coder: str) -> str:
    """Who coded the text when the annotations are in: whoever made its first pass, then who else made a reading of it."""
    if status == "uncoded" or which == "person":
        return now
    if which == "1" and status == "once":
        return coder or now or "a person"
    return "; ".join(dict.fromkeys(filter(None, [*now.split("; "), coder])))


def _written(data: Path, tables: Mapping[str, list[Cells]], changes: Mapping[str, str | None]) -> list[str]:
    """Sentences on the tables that changed and on those that hold the same rows already."""
    rows = {name: f"{plural(len(rows), 'row')} of {file_name(data, name)}" for name, rows in tables.items() if rows}
    written, same = ([words for name, words in rows.items() if (name in changes) == new] for new in (True, False))
    if not written and not same:
        return ["Nothing is new: nothing was written."]
    unchanged = f"Unchanged: {listed(same)}" + ("." if written else "; nothing was written.")
    return [*([f"Wrote {listed(written)}."] if written else []), *([unchanged] if same else [])]


def _status_said(corpus: Corpus, source_id: str, which: str, ready: list[Annotation]) -> list[str]:
    """Sentences on how far the text is coded now."""
    said, status = [], _status(corpus, source_id, which, ready)
    if status != _coding_of(corpus, source_id):
        said.append({"once": f"{source_id} is coded once now.", "twice": f"{source_id} is coded twice and adjudicated now."}[status])
    elif which == "2" and status == "once":
        said.append(f"The second pass of {source_id} is in, not yet adjudicated: the book counts the first.")
    if (
        status == "once"
        and not any(one.coding == "provisions" for one in ready)
        and source_id not in set(corpus.tables["codings/provisions.csv"].source_id)
    ):
        said.append(f"{source_id} has no row in provisions: the book says now that it mentions no term.")
    return said
