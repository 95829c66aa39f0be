"""A text taken out of a data folder again, with all that came with it and that nothing else needs."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pybtex.database

from analysis.coding.quotations import mentions
from analysis.corpus.coding_tables import BROUGHT, FURTHER_ALIAS, OPTIONAL_TABLES
from analysis.corpus.columns import VOICES, WORK
from analysis.corpus.errors import DataError, Problem, file_name
from analysis.corpus.joined import TEXT_IDS, without_texts
from analysis.corpus.reader import Corpus, load_corpus, read_utf8, text_file
from analysis.corpus.schema import DECLARED_TABLES, cited_keys
from analysis.intake.changes import apply_changes
from analysis.intake.coding_draft import drafts_of
from analysis.intake.declared import with_declared_rows
from analysis.intake.rows import Cells, content_of, rows_of, with_rows, without_rows
from analysis.number_words import listed, plural
from analysis.stylometry.syllables import DICTIONARY_FILE, normalize_word, words_to_look_up

_FEW = 12  # names that a sentence lists

_EVENTS, _TESTS = "benchmark_events.csv", "finding_tests.csv"

_BY_HAND = "take out by hand what came with the text"

_NOBODY = "nobody"  # whom a question would expect that goes


def remove_text(data: Path, source_id: str) -> list[str]:
    """Take a text and all its rows out of a data folder; returns sentences on what was taken, a table each.

    With it go what it alone needs: words of syllables.csv and CMUdict, people and events that nothing else names, its entry of
    references.bib, compared topics that would be left with one text. People and events that came in with its codings (`BROUGHT`) stay only
    where rows of another text name them; those that were there before stay where anything else does.

    Raises DataError, and takes nothing, for an unknown text, the last one, and one that alone a finding expects.
    """
    corpus = load_corpus(data)
    if problems := list(_refused(corpus, source_id)):
        raise DataError(problems)
    changes: dict[str, str | None] = {}
    said = []

    def take(name: str, goes: Callable[[Cells], bool], of: str = "") -> None:
        """Plan to take the rows that go out of a table."""
        before = changes.get(name) or content_of(data, name)
        after = without_rows(before, goes)
        if n_gone := len(rows_of(before)) - len(rows_of(after)):
            changes[name] = None if name in OPTIONAL_TABLES and not rows_of(after) else after
            said.append(f"{file_name(data, name)}: {plural(n_gone, 'row')} taken out{of}.")

    topics = _topics_of_one(corpus, source_id)
    for name in corpus.tables:
        take(name, lambda row: source_id in [row.get(column) for column in TEXT_IDS])
    take("codings/comparisons.csv", lambda row: row["topic"] in topics, f", of topics left with one text: {listed(sorted(topics) or [''])}")
    left = _without(corpus, source_id, topics)
    changes |= _expected_without(data, source_id, said)
    words, people, events = _words_gone(corpus, left), _people_gone(corpus, left, source_id), _events_gone(corpus, left, source_id)
    gone = {"people.csv": people, _EVENTS: events, "syllables.csv": words}
    left = replace(left, tables=left.tables | {_EVENTS: left.tables[_EVENTS][~left.tables[_EVENTS].event_id.isin(events)]})
    for name, names in gone.items():
        some = ", ".join(sorted(names)[:_FEW]) + ", ..." * (len(names) > _FEW)
        take(name, lambda row, names=names: next(iter(row.values())) in names, f" ({some})")  # type: ignore[misc]
    said += [*_people_kept(corpus, left, source_id, people), *_events_kept(corpus, left)]
    changes |= _aliases_without(data, corpus, left, source_id, changes, said)
    changes |= _dictionary_without(data, words, said)
    changes |= _references_without(data, left, source_id, said)
    changes[text_file(source_id)] = None
    apply_changes(data, changes, file_name(data, text_file(source_id)))
    said.append(f"{file_name(data, text_file(source_id))}: deleted.")
    return [*said, *_unfinished_deleted(data, source_id), *_still_named(data, corpus, source_id)]


def _unfinished_deleted(data: Path, source_id: str) -> Iterator[str]:
    """Delete what the page for coding keeps of readings of the text that nobody finished; a sentence on each."""
    for path in sorted(drafts_of(data, source_id)):
        path.unlink()
        yield f"{path.parent.name}/{path.name}: deleted, an unfinished reading of the text."


def _still_named(data: Path, corpus: Corpus, source_id: str) -> Iterator[str]:
    """The sentence on the chapters that still name the text, where chapters stand beside the data folder."""
    beside = data.resolve().parent
    names = [source_id, corpus.sources.set_index("source_id").short[source_id]]
    files = [*beside.glob("*.ipynb"), *(path for end in ("ipynb", "md", "csv") for path in (beside / "chapters").rglob(f"*.{end}"))]
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(name) for name in names if name)})(?!\w)")
    named = [path.relative_to(beside).as_posix() for path in sorted(files) if pattern.search(path.read_text(encoding="utf-8"))]
    if named:
        yield f"Its name stands still, and is to be taken out by hand, in {listed(named)}."


def _refused(corpus: Corpus, source_id: str) -> Iterator[Problem]:
    """Why a text cannot be taken out."""
    file = file_name(corpus.path, "sources.csv")
    if source_id not in corpus.raw:
        yield Problem(file, None, "source_id", f"{source_id!r} is the id of no text", f"use one of {', '.join(corpus.raw)}")
    elif len(corpus.raw) == 1:
        yield Problem(file, None, "source_id", f"{source_id} is the only text", "add another text before it goes")
    tests = corpus.tables[_TESTS]
    for row, test in enumerate(tests.itertuples(), start=2):
        if test.expected == source_id and set(tests.expected[tests.finding == test.finding]) == {source_id}:
            message = f"the finding {test.finding!r} expects {source_id} alone"
            yield Problem(file_name(corpus.path, _TESTS), row, "expected", message, "take out the finding, or let it expect another text")


def _expected_without(data: Path, source_id: str, said: list[str]) -> dict[str, str | None]:
    """finding_tests.csv with the text taken out of `expected`, and without the questions that expect it alone."""
    content = content_of(data, _TESTS)
    rows = rows_of(content)
    for row in rows:
        but = "all but " * row["expected"].startswith("all but ")
        ids = row["expected"].removeprefix(but).split(";")
        if source_id in ids:
            left = ";".join(name for name in ids if name != source_id)
            row["expected"] = f"{but}{left}" if left else "every" if but else _NOBODY
            what = f"now expects {row['expected']}" if row["expected"] != _NOBODY else "is taken out, as it expected this text alone"
            said.append(f"{file_name(data, _TESTS)}: a question of the finding {row['finding']!r} {what}; see whether it still holds.")
    after = with_rows(content, [row for row in rows if row["expected"] != _NOBODY], lambda row: True)
    return {_TESTS: after} if after != content else {}


def _topics_of_one(corpus: Corpus, source_id: str) -> set[str]:
    """The compared topics that have this text and only one other."""
    texts = corpus.tables["codings/comparisons.csv"].groupby("topic").source_id.agg(set)
    return {topic for topic, own in texts.items() if source_id in own and len(own) == 2}


def _without(corpus: Corpus, source_id: str, topics: set[str]) -> Corpus:
    """The Corpus that is left."""
    left, name = without_texts(corpus, [source_id]), "codings/comparisons.csv"
    return replace(left, tables=left.tables | {name: left.tables[name][~left.tables[name].topic.isin(topics)]})


def _people_gone(corpus: Corpus, left: Corpus, source_id: str) -> set[str]:
    """The people of whom the text speaks, and nothing else: no row, and of persons no words of another text.

    Of those who came with it no row of another text speaks; what others say of them outside the texts, and unasked, does not keep them.
    """
    people = corpus.tables["people.csv"]
    named, still = ({name for name in people.name if name in set(_voices(texts))} for texts in (corpus, left))
    for row in people.itertuples():
        forms = [form.strip() for form in row.aliases.split(";")]
        if row.kind == "person" and any(mentions(text, form) for text in left.raw.values() for form in forms):
            still.add(row.name)
        elif any(mentions(corpus.raw[source_id], form) for form in forms):
            named.add(row.name)
    return (named - still) | (_brought(corpus, source_id, "people.csv") - set(_voices(_in_texts(left))))


def _brought(corpus: Corpus, source_id: str, file: str) -> set[str]:
    """The names of the rows of a table that came in with the codings of a text."""
    if BROUGHT not in corpus.tables:
        return set()
    return set(corpus.tables[BROUGHT].query("source_id == @source_id and file == @file").name)


def _in_texts(corpus: Corpus) -> Corpus:
    """`corpus` with the rows that are of a text, and without those of the record."""
    return replace(corpus, tables={name: table[table.source_id != ""] for name, table in corpus.tables.items() if "source_id" in table})


def _people_kept(corpus: Corpus, left: Corpus, source_id: str, gone: set[str]) -> Iterator[str]:
    """The sentences on the people whom rows of the text name and who stay: named by other texts, too, or by the record alone."""
    tables = {name: table[table.source_id == source_id] for name, table in corpus.tables.items() if "source_id" in table}
    own, texts = set(_voices(replace(corpus, tables=tables))), set(_voices(_in_texts(left)))
    people = [name for name in corpus.tables["people.csv"].name if name in own and name not in gone]
    for kept, why in (
        ([name for name in people if name in texts], "as rows of other texts name them"),
        ([name for name in people if name not in texts and name in set(_voices(left))], f"as the record alone names them ({_BY_HAND})"),
    ):
        if kept:
            yield f"{file_name(corpus.path, 'people.csv')}: kept, {why}: {', '.join(kept[:_FEW])}{', ...' * (len(kept) > _FEW)}."


def _aliases_without(
    data: Path, corpus: Corpus, left: Corpus, source_id: str, changes: Mapping[str, str | None], said: list[str]
) -> dict[str, str | None]:
    """people.csv without the aliases that came with the text and that no other text has, of people who stay."""
    brought = _brought(corpus, source_id, FURTHER_ALIAS)
    before = content = changes.get("people.csv") or content_of(data, "people.csv")
    for row in rows_of(content):
        forms = row["aliases"].split(";")
        alone = [form for form in forms if form.strip() in brought and not any(mentions(text, form.strip()) for text in left.raw.values())]
        if alone and len(alone) < len(forms):
            content = with_declared_rows(content, [row | {"aliases": ";".join(form for form in forms if form not in alone)}])
            said.append(f"{file_name(data, 'people.csv')}: the alias {listed(alone)} of {row['name']} taken out.")
    return {"people.csv": content} if content != before else {}


def _voices(corpus: Corpus) -> Iterator[str]:
    """The people whom rows name: as voices, as those to whom words are credited, as those through whom they came."""
    for name, table in corpus.tables.items():
        for column in DECLARED_TABLES[name].columns:
            if column.refers and column.refers.file == VOICES.file:
                yield from table[column.name]
        for credited in {"attributed_to", "advanced_by", "whose_word", "via"} & {*table}:
            yield from (part.strip() for value in table[credited] for part in [value, *value.replace(" > ", ";").split(";")])


def _events_gone(corpus: Corpus, left: Corpus, source_id: str) -> set[str]:
    """The events that no other text mentions, and that came with the text, or that it mentions and no picture of the record draws."""
    drawn = set(corpus.tables[_EVENTS].event_id[corpus.tables[_EVENTS].lane != ""])
    return ((_mentioned(corpus) - drawn) | _brought(corpus, source_id, _EVENTS)) - _mentioned(left)


def _events_kept(corpus: Corpus, left: Corpus) -> Iterator[str]:
    """The sentence on the events that the text alone mentions and that stay, as a picture of the record draws them."""
    kept = [event for event in left.tables[_EVENTS].event_id if event in _mentioned(corpus) - _mentioned(left)]
    if kept:
        yield f"{file_name(corpus.path, _EVENTS)}: kept, as the record alone names them ({_BY_HAND}): {', '.join(kept)}."


def _mentioned(corpus: Corpus) -> set[str]:
    """The events that texts mention."""
    return {event for table in corpus.tables.values() if {"event_id", "passage_id"} <= {*table} for event in table.event_id}


def _words_gone(corpus: Corpus, left: Corpus) -> set[str]:
    """The words that had to be looked up for the text alone."""
    had, has = ({word for words in words_to_look_up(texts) for word in words} for texts in (corpus, left))
    return had - has


def _dictionary_without(data: Path, words: set[str], said: list[str]) -> dict[str, str | None]:
    """CMUdict's entries without those of words that no text has."""
    before = read_utf8(data, DICTIONARY_FILE)
    lines = before.splitlines(keepends=True)
    kept = [line for line in lines if normalize_word(line.partition(" ")[0]) not in words]
    if len(kept) == len(lines) or not kept:
        return {}
    said.append(f"{file_name(data, DICTIONARY_FILE)}: {plural(len(lines) - len(kept), 'line')} taken out.")
    return {DICTIONARY_FILE: "".join(kept)}


def _references_without(data: Path, left: Corpus, source_id: str, said: list[str]) -> dict[str, str | None]:
    """references.bib without the entry of the text, where nothing else cites it."""
    content = read_utf8(data, WORK.file)
    cited = {
        key
        for name, table in left.tables.items()
        for column in DECLARED_TABLES[name].columns
        if column.refers == WORK
        for value in table[column.name]
        for key in cited_keys(column, value)
    }
    if source_id in cited or source_id not in pybtex.database.parse_string(content, "bibtex").entries:
        return {}
    entry = _entry_of(content, source_id)
    if not entry:
        return {}
    said.append(f"{file_name(data, WORK.file)}: the entry {source_id} taken out.")
    return {WORK.file: content.replace(entry, "", 1)}


def _entry_of(content: str, key: str) -> str:
    """The entry of a key as it is written, with the empty line that parts it from its neighbour; "" where it is not found."""
    entry = rf"@\w+\{{\s*{re.escape(key)}\s*,(?:(?!\n\}}\n).)*\n\}}\n"
    found = re.search(rf"{entry}\n|\n{entry}\Z|{entry}", content, re.DOTALL)
    return found[0] if found else ""
