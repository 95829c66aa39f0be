"""Other zones for a text that is there already: its passages are counted again, and what was coded in them moves with its words."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.corpus.errors import DataError, Problem, file_name
from analysis.corpus.reader import Corpus, load_corpus, read_text, read_utf8
from analysis.corpus.schema import COLUMNS, ROW_KEY, SPAN
from analysis.corpus.segment import passages, running_text
from analysis.intake.changes import apply_changes
from analysis.intake.rows import content_of, with_rows
from analysis.intake.source_row import DATE_OF_ADDRESS, NO_AUTHOR, bib_entry, source_row, unbraced
from analysis.intake.zone_rules import Zone
from analysis.intake.zone_sheet import read_zone_sheet, zone_sheet, zones_of
from analysis.number_words import plural
from analysis.stylometry.syllables import draft_entries, full_dictionary, syllable_files

_KEYS = ("book_table.csv", "rests_on")  # where rows are named by their passage and offsets


def sheet_of(data: Path, source_id: str) -> str:
    """The sheet of the zones of a text, see `zone_sheet`. Raises DataError for an unknown text."""
    corpus = _with_known(data, source_id)
    return zone_sheet(corpus.raw[source_id], zones_of(corpus, source_id), source_id)


def change_zones(data: Path, source_id: str, sheet: Path) -> list[str]:
    """Take in the edited sheet of the zones of a text: zones.csv, new words, and the passage of each coded row, by its offsets.

    Returns sentences that say what was written. Raises DataError, and writes nothing, where words of a coded row would no longer stand in
    one paragraph of the body.
    """
    corpus = _with_known(data, source_id)
    zones = read_zone_sheet(corpus.raw[source_id], zones_of(corpus, source_id), read_utf8(sheet.parent, sheet.name), sheet.name)
    rows = pd.DataFrame([(source_id, *zone) for zone in zones], columns=COLUMNS["zones.csv"])
    old = corpus.zones
    place = int(old.index[old.source_id == source_id][0])
    table = pd.concat([old[:place], rows, old[place:][old.source_id[place:] != source_id]])
    if table.astype(str).values.tolist() == old.astype(str).values.tolist():
        return [f"The zones of {source_id} are as they were."]
    changed = replace(corpus, tables=corpus.tables | {"zones.csv": table.reset_index(drop=True)})
    moved, problems = _moved_rows(corpus, changed, source_id)
    if problems:
        raise DataError(problems)
    changes: dict[str, str | None] = {name: content.to_csv(index=False, lineterminator="\n") for name, content in moved.items()}
    changes["zones.csv"] = table.to_csv(index=False, lineterminator="\n")
    described, on_it = _described(corpus, zones, source_id)
    changes.update(described)
    drafted, entries = draft_entries(changed, full_dictionary(data))
    if drafted:
        changes.update(syllable_files(changed, drafted, entries))
    apply_changes(data, changes, sheet.name)
    n_paragraphs = len(passages(changed).query("source_id == @source_id"))
    said = [f"Wrote the zones of {source_id}: {plural(len(zones), 'row')}, {plural(n_paragraphs, 'paragraph')}."]
    if moved:
        said.append(f"Passages were numbered again in {plural(len(moved), 'table')}. Where prose links to them, the build names the line.")
    said += on_it
    if drafted:
        said.append(f"New words: {plural(len(drafted), 'row')} of syllables.csv; `analysis syllables` lists those that await acceptance.")
    return said


def _described(corpus: Corpus, zones: list[Zone], source_id: str) -> tuple[dict[str, str], list[str]]:
    """sources.csv and references.bib with what headline and byline now say, as `analysis add` would have written it; and sentences on it.

    What was changed by hand since, and so is not what the zones before give, stays and is told.
    """
    text, row = corpus.raw[source_id], corpus.sources.set_index("source_id", drop=False).loc[source_id].to_dict()
    others = corpus.sources[corpus.sources.source_id != source_id]
    entry = _entry(corpus, source_id)
    try:
        old, new = (source_row(text, own, source_id, _given(row, entry), others, source_id) for own in (zones_of(corpus, source_id), zones))
    except DataError as error:  # the zones before, or those now, lack the date or the title, which the table has
        lacking = error.problems[0].message
        return {}, [f"Its title, author and date stay in sources.csv and references.bib ({lacking}): mend them there if they changed."]
    old, new = old | {"author": unbraced(old["author"])}, new | {"plain": unbraced(new["author"])}
    changed = {
        fact for fact in ("title", "author", "date", "short") if old[fact] != new["plain" if fact == "author" else fact] and new[fact]
    }
    ours = {fact for fact in changed if row[fact] == old[fact]}
    named = row | {fact: new["plain" if fact == "author" else fact] for fact in ours}
    named |= {f"{fact}_basis": new[f"{fact}_basis"] for fact in ours if fact != "short"}
    if "author" in ours and old["note"] in row["note"]:
        named["note"] = " ".join(f"{row['note'].replace(old['note'], '')} {new['note']}".split())
    said = [
        f"Its {fact} is {f'that of the headline: “{named[fact]}”' if fact == 'title' else f'{named[fact]} now'}." for fact in sorted(ours)
    ]
    by_hand = [f"Its {fact} was given or changed by hand and stays: {row[fact]}." for fact in sorted(changed - ours)]
    if named == row:
        return {}, by_hand
    entries = read_text(corpus.path, "references.bib")
    written = bib_entry(row | {"author": _braced(row["author"], entry)})
    if written not in entries:
        by_hand.append("Its entry of references.bib was changed by hand and stays.")
    return {
        "sources.csv": with_rows(content_of(corpus.path, "sources.csv"), [named], lambda one: one["source_id"] == source_id),
        "references.bib": entries.replace(written, bib_entry(named | {"author": new["author"] if "author" in ours else row["author"]})),
    }, [*said, *by_hand]


def _given(row: Mapping[str, str], entry: str) -> dict[str, str]:
    """What `analysis add` was given for a row of sources.csv: what it holds that the file does not state, but what `add` drew from it."""
    given = {fact: row[fact] for fact in ("url", "genre", "cluster", "outlet")}
    drawn = {"author": NO_AUTHOR in row["note"], "date": DATE_OF_ADDRESS in row["note"]}
    given |= {fact: row[fact] for fact in ("title", "author", "date") if row[f"{fact}_basis"] != "stated" and not drawn.get(fact)}
    return given | ({"author": _braced(given["author"], entry)} if "author" in given else {})


def _braced(authors: str, entry: str) -> str:
    """Authors, with braces around those that the entry of references.bib has so."""
    return "; ".join(f"{{{name}}}" if f"{{{name}}}" in entry else name for name in authors.split("; "))


def _entry(corpus: Corpus, source_id: str) -> str:
    """The line of the authors in the entry of a text."""
    found = re.search(rf"@\w+\{{{re.escape(source_id)},\s*author = (.*)", read_text(corpus.path, "references.bib"))
    return found[1] if found else ""


def _with_known(data: Path, source_id: str) -> Corpus:
    corpus = load_corpus(data)
    if source_id not in corpus.raw:
        message = f"there is no text {source_id!r}"
        raise DataError([Problem(file_name(data, "sources.csv"), None, "source_id", message, f"use one of {', '.join(corpus.raw)}")])
    return corpus


def _moved_rows(corpus: Corpus, changed: Corpus, source_id: str) -> tuple[dict[str, pd.DataFrame], list[Problem]]:
    """The tables whose rows of a text stand in other passages, changed so, and the rows whose words stand in none."""
    own = passages(changed).query("source_id == @source_id")
    bounds = list(own[["passage_id", "start", "end"]].itertuples(index=False, name=None))
    running = running_text(changed, source_id)

    def passage_of(start: int, end: int) -> str:
        inside = (passage for passage, first, last in bounds if first <= start and end <= last)
        return next(inside, "") if running[start:end].strip() else ""

    moved, problems = dict[str, pd.DataFrame](), []
    for name, table in corpus.tables.items():
        if not {*ROW_KEY, *SPAN} <= {*table}:
            continue
        for label, row in table[table.source_id == source_id].dropna(subset=["start"]).iterrows():
            passage = passage_of(int(row.start), int(row.end))
            if not passage:
                message = f"{row.quote!r} would stand in no paragraph of the body"
                remedy = f"leave the line of {row.passage_id} in the body and whole, or take the row out first"
                problems.append(Problem(file_name(corpus.path, name), int(str(label)) + 2, "passage_id", message, remedy))
            elif passage != row.passage_id:
                moved.setdefault(name, table.copy()).loc[label, "passage_id"] = passage
    name, column = _KEYS
    keys = corpus.tables[name][column]
    renamed = keys.map(partial(_renamed, source_id, passage_of))
    if not renamed.equals(keys):
        moved[name] = corpus.tables[name].assign(**{column: renamed})
    return moved, problems


def _renamed(source_id: str, passage_of: Callable[[int, int], str], keys: str) -> str:
    """`keys` of rows with the passages in which their words stand now."""

    def key(found: re.Match[str]) -> Any:
        return f"{passage_of(int(found[2]), int(found[3])) or found[1]}:{found[2]}-{found[3]}"

    return re.sub(rf"({source_id}-p\d+):(\d+)-(\d+)", key, keys)
