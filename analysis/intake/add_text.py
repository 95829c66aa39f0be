"""A new text taken in: its file, digest, row and reference, its zones and the syllables of its words; nothing of it is coded yet."""

import codecs
import hashlib
import io
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

from analysis.corpus.columns import LABEL
from analysis.corpus.errors import DataError, Problem, file_name
from analysis.corpus.reader import Corpus, decode_utf8, load_corpus, read_bytes, read_utf8, text_file
from analysis.corpus.schema import COLUMNS
from analysis.corpus.segment import passages, sentences, word_offsets
from analysis.corpus.unicode_checks import describe_character, invisible_offsets
from analysis.intake.changes import apply_changes
from analysis.intake.rows import content_of, with_rows
from analysis.intake.source_row import bib_entry, source_row, unbraced
from analysis.intake.zone_rules import Zone, propose_zones
from analysis.intake.zone_sheet import read_zone_sheet
from analysis.number_words import listed, plural
from analysis.stylometry.counts import sentence_counts
from analysis.stylometry.measures import COUNT_FORMULAS
from analysis.stylometry.syllables import draft_entries, full_dictionary, guesses, syllable_files

_SCORES = ("words per sentence", "Flesch Reading Ease", "Flesch-Kincaid")

_FEWEST_WORDS = 100  # for scores

_REFERENCES = "references.bib"


def add_text(data: Path, file: Path, source_id: str, given: Mapping[str, str], zones: Path | None = None) -> list[str]:
    """Add a text to a data folder as uncoded: `file` as sources/<source_id>.txt, and all rows that it needs.

    `given` holds what the file does not say, by the names of columns (see `source_row`); `zones` is a filled sheet of zones, without it
    they are proposed by rule. Returns the lines of a report. Raises DataError, and writes nothing, where `check` would find a new Problem.
    """
    corpus = load_corpus(data)
    text, changed, own = proposed_text(corpus, file, source_id, given)
    if zones:
        own = read_zone_sheet(text, own, read_utf8(zones.parent, zones.name), zones.name)
    row = source_row(text, own, source_id, given, corpus.sources, file.name)
    row["note"] = " ".join([*changed, row["note"]]).strip()
    row["sha256"] = hashlib.sha256(text.encode()).hexdigest()
    longer, changes = _with_text(corpus, text, own, row)
    known = _known_work(corpus, row["url"])
    apply_changes(data, changes, file.name)
    return [
        f"Added {source_id} from {file.name}: {unbraced(row['author'])}, “{row['title']}”, {row['outlet']}, {row['date']}. "
        f"Short: {row['short']}.",
        *changed,
        *known,
        *zone_table(text, own),
        *_counted(longer, source_id),
        *_next(longer, source_id),
    ]


def proposed_text(corpus: Corpus, file: Path, source_id: str, given: Mapping[str, str]) -> tuple[str, list[str], list[Zone]]:
    """The text of a file as it would be taken in, what was changed for that, and its zones by rule. Raises DataError as `add_text` does."""
    _refuse_id(corpus, source_id)
    text, changed = clean_text(file)
    zones = propose_zones(text)
    source_row(text, zones, source_id, given, corpus.sources, file.name)
    return text, changed, zones


def _refuse_id(corpus: Corpus, source_id: str) -> None:
    """Raise a DataError for an id that is none, or is taken."""
    problem = None
    if not re.fullmatch(LABEL.form, source_id):
        problem = f"{source_id!r} is not an id", LABEL.remedy
    elif source_id in corpus.raw:
        problem = (
            f"there is a text {source_id!r} already",
            f"take another id; or to redo it, `analysis remove {source_id}` and this command again",
        )
    elif source_id in set(corpus.tables["instruments.csv"].instrument):
        problem = f"{source_id!r} is the id of an instrument", "take another id"
    elif (corpus.path / text_file(source_id)).exists():
        problem = f"{text_file(source_id)} is there already, named by no row", "take the file away, or take another id"
    if problem:
        raise DataError([Problem(file_name(corpus.path, "sources.csv"), None, "source_id", *problem)])


def clean_text(file: Path) -> tuple[str, list[str]]:
    """The content of a file as the data may hold it, and a sentence on each thing that was changed for it: none where nothing was.

    A byte-order mark and characters that nobody sees are taken out, other line ends become LF. Raises DataError for all else that
    `read_utf8` refuses.
    """
    content, changed = read_bytes(file.parent, file.name), []
    if content.startswith(codecs.BOM_UTF8):
        content = content.removeprefix(codecs.BOM_UTF8)
        changed.append("A byte-order mark was taken out.")
    text = decode_utf8(file.parent, file.name, content)
    lines = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
    if n_ends := len(lines.findall(text)):
        text = lines.sub("\n", text)
        changed.append(f"{n_ends:,} line ends were made LF.")
    if places := invisible_offsets(text):
        names = ", ".join(f"{n} {describe_character(sign)}" for sign, n in Counter(text[place] for place in places).items())
        hidden = set(places)
        text = "".join(sign for place, sign in enumerate(text) if place not in hidden)
        changed.append(f"{plural(len(places), 'character')} that nobody sees {'were' if len(places) > 1 else 'was'} taken out: {names}.")
    return text, changed


def _with_text(corpus: Corpus, text: str, zones: Sequence[Zone], row: Mapping[str, str]) -> tuple[Corpus, dict[str, str | None]]:
    """The Corpus with a text more, and the content of the files that it changes."""
    source_id, plain = row["source_id"], {**row, "author": unbraced(row["author"])}
    rows: dict[str, list[Mapping[str, object]]] = {
        "sources.csv": [plain],
        "zones.csv": [{"source_id": source_id, **zone._asdict()} for zone in zones],
    }
    tables = {
        name: pd.concat([corpus.tables[name], pd.DataFrame(new, columns=COLUMNS[name])], ignore_index=True) for name, new in rows.items()
    }
    longer = replace(corpus, tables=corpus.tables | tables, raw=corpus.raw | {source_id: text})
    changes: dict[str, str | None] = {name: with_rows(content_of(corpus.path, name), new) for name, new in rows.items()}
    changes[text_file(source_id)] = text
    references = read_utf8(corpus.path, _REFERENCES)
    if not re.search(rf"^@\w+\{{{source_id},", references, re.MULTILINE):
        changes[_REFERENCES] = references + bib_entry(row)
    drafted, entries = draft_entries(longer, full_dictionary(corpus.path))
    if drafted:
        files = syllable_files(longer, drafted, entries)
        changes.update(files)
        table = pd.read_csv(io.StringIO(files["syllables.csv"]), dtype=str, keep_default_na=False)
        longer = replace(longer, tables=longer.tables | {"syllables.csv": table})
    return longer, changes


def _known_work(corpus: Corpus, url: str) -> list[str]:
    """A sentence where references.bib has a work at the address of a new text already."""
    works = re.split(r"^(?=@)", read_utf8(corpus.path, _REFERENCES), flags=re.MULTILINE)
    keys = [work.partition("{")[2].partition(",")[0] for work in works if url and f"{{{url}}}" in work]
    where = file_name(corpus.path, _REFERENCES)
    return [f"Its address stands in {where} already, as {listed(keys)}: rows that cite that may speak of this very text."] if keys else []


def zone_table(text: str, zones: Sequence[Zone]) -> list[str]:
    """The zones of a text as the lines of a table: zone, words, why, the first words."""
    lines = [f"{'zone':<12} {'words':>6}  {'why':<32} first words"]
    for zone in zones:
        words = text[zone.start : zone.end]
        lines.append(f"{zone.zone:<12} {len(word_offsets(words)):>6}  {zone.note[:31]:<32} {' '.join(words.split())[:60]}")
    return lines


def _counted(corpus: Corpus, source_id: str) -> list[str]:
    """What was counted in the body of a text, and scores where it is long enough."""
    own = passages(corpus).query("source_id == @source_id")
    n_words, n_sentences = int(own.n_words.sum()), int(own.n_sentences.sum())
    lines = [f"Body: {plural(n_words, 'word')}, {plural(len(own), 'paragraph')}, {plural(n_sentences, 'sentence')}."]
    if n_words >= _FEWEST_WORDS:
        counts = sentence_counts(corpus, sentences(corpus).query("source_id == @source_id")).sum(numeric_only=True)
        scores = [f"{name} {COUNT_FORMULAS[name].formula(counts):.1f}" for name in _SCORES]
        lines.append(f"Measured: {', '.join(scores)}.")
    return lines


def _next(corpus: Corpus, source_id: str) -> list[str]:
    """What is to be done next, with the command for it."""
    lines = [f"Zones: `analysis zones {source_id}` prints them for a file to be edited, `analysis zones {source_id} FILE` takes it in."]
    if waiting := guesses(corpus, source_id):
        said = ", ".join(f"{word} {n}" for word, n in waiting.items())
        lines.append(f"Syllables that await acceptance: {said}.")
        lines.append(f"Next: analysis syllables --accept {source_id}   (word=3 behind it corrects a guess)")
        return lines
    return [*lines, f"Next: analysis code {source_id}   (or: analysis add --codings FILE --id {source_id} --pass 1)"]
