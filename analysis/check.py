"""All data held against what it must be; every fault named with its place and remedy."""

from itertools import combinations
from pathlib import Path

import pandera.errors
import pybtex.database

from analysis import corpus
from analysis.framing import AUTHOR
from analysis.loaded import LIST, OWN, PARAPHRASES, borrowed, rows, uses
from analysis.problems import DataError, Problem
from analysis.pronunciation import ENTRIES, needed
from analysis.provenance import date_span
from analysis.schemas import ADDRESS, SCHEMAS, is_edtf, is_pattern

# Columns that hold names of people.csv, and columns that hold values of their own, by the beginnings of their files.
NAMES_IN = {"voice": ("codings/responsibility", "codings/frames"), "attributed_to": ("codings/claims",)}
# The columns whose values codebook_values.csv defines.
VARIABLES = ("level", "holder", "document", "voice", "actor", "valence", "matter", "function", "date_basis", "topic", "finding", "leans")
OWN_VALUES = {"voice": NAMES_IN["voice"], "topic": ("codings/comparisons",)}

QUOTE_IT = "; or put the word between quotation marks, as the quotation has it"


def check(path=corpus.DATA):
    """Every Problem in the data folder `path`, in the order of its files; an empty list where all is well."""
    path = Path(path)
    problems, tables = [], {}
    for name in SCHEMAS:
        try:
            tables[name] = corpus.read_table(path, name)
        except DataError as error:
            problems += error.problems
        else:
            problems += value_problems(path, name, tables[name])
    keys, found = reference_keys(path)
    problems += found
    if "sources.csv" in tables:
        raw, faults = text_problems(path, tables)
        problems += faults
        known = set(tables["sources.csv"].source_id)
        for name, table in tables.items():
            for column in ("source_id", "source_a", "source_b"):
                problems += unknown_values(path, name, table, column, known, "is the id of no text")
        problems += span_problems(path, tables, raw)
        problems += uncounted_words(path, tables, raw)
        problems += event_problems(path, tables, raw)
        problems += status_problems(path, tables)
    problems += dictionary_problems(path, tables)
    for column, known in vocabulary(tables).items():
        for name, table in tables.items():
            if name.startswith(("codings/", "instrument", LIST)) and not name.startswith(OWN_VALUES.get(column, "-")):
                problems += unknown_values(path, name, table, column, known, "is not in the codebook")
    for column, files in NAMES_IN.items() if "people.csv" in tables else ():
        known = {AUTHOR, *tables["people.csv"].name}
        for name in [name for name in tables if name.startswith(files)]:
            problems += unknown_values(path, name, tables[name], column, known, "is neither author nor a name of people.csv")
    problems += comparison_problems(path, tables)
    problems += instrument_problems(path, tables)
    problems += unsourced(path, tables)
    problems += relation_problems(path, tables)
    problems += loaded_problems(path, tables)
    if keys:
        problems += unknown_references(path, tables, keys)
    return problems


def value_problems(path, name, table):
    """The values of `table` that its schema refuses."""
    try:
        SCHEMAS[name].validate(table, lazy=True)
    except pandera.errors.SchemaErrors as errors:
        cases = errors.failure_cases.sort_values("index", kind="stable").to_dict("records")
        return [
            Problem(corpus.file_name(path, name), int(case["index"]) + 2, case["column"],
                    f"{case['failure_case']!r} is not allowed", case["check"])
            for case in cases
        ]  # fmt: skip
    return []


def text_problems(path, tables):
    """(raw, problems): the sound texts, and the faults of bytes, encoding, zones, and of files that no row names."""
    sources = tables["sources.csv"].drop_duplicates("source_id")
    raw, problems = corpus.read_texts(path, sources)
    listed = {corpus.text_file(source_id) for source_id in sources.source_id}
    problems += [
        Problem(corpus.file_name(path, f"sources/{file.name}"), None, None, "is named by no row of sources.csv",
                "add a row for it, or take the file away")
        for file in sorted((path / "sources").glob("*"))
        if f"sources/{file.name}" not in listed and file.name != "README.md"
    ]  # fmt: skip
    if "zones.csv" in tables:
        try:
            tables["zones.csv"] = corpus.with_offsets(path, "zones.csv", tables["zones.csv"])
        except DataError as error:
            problems += error.problems
            del tables["zones.csv"]
        else:
            problems += corpus.zone_problems(path, tables["zones.csv"], raw)
            problems += wordless_bodies(path, tables, raw)
    return raw, problems


def wordless_bodies(path, tables, raw):
    """Texts whose body holds no word."""
    n_words = corpus.passages(corpus.Corpus(path, tables, raw)).groupby("source_id").n_words.sum()
    return [
        Problem(corpus.file_name(path, "zones.csv"), None, None, f"the body of {source_id} has no words", "mark its running text as body")
        for source_id in raw if not n_words.get(source_id, 0)
    ]  # fmt: skip


def uncounted_words(path, tables, raw):
    """Words of the bodies whose syllables nobody counted, and words that nobody looked up in CMUdict, one Problem a text."""
    if not {"zones.csv", "syllables.csv"} <= set(tables):
        return []
    table = tables["syllables.csv"]
    ours, theirs = needed(corpus.Corpus(path, tables, raw))
    counted = set(table.word[table.hand != ""])
    lacking = {word: source_id for words, known in ((ours, counted), (theirs, set(table.word))) for word, source_id in words.items()
               if word not in known}  # fmt: skip
    return [
        Problem(corpus.file_name(path, "syllables.csv"), None, "hand", f"lacks {', '.join(sorted(own))} ({source_id})",
                "run `python -m analysis syllables CMUDICT`, then check the counts that it guessed")
        for source_id in raw if (own := [word for word, first in lacking.items() if first == source_id])
    ]  # fmt: skip


def dictionary_problems(path, tables):
    """Words that syllables.csv has from CMUdict and the folder of its entries lacks; that folder missing."""
    try:
        entries = {line.partition(" ")[0].lower() for line in corpus.read_text(path, ENTRIES).splitlines()}
    except DataError as error:
        return error.problems
    table = tables.get("syllables.csv")
    lacking = [] if table is None else [word for word in table.word[table.cmudict != ""] if word not in entries]
    return [Problem(corpus.file_name(path, ENTRIES), None, None, f"lacks {', '.join(lacking)}", "restore the file")] if lacking else []


def span_problems(path, tables, raw):
    """Rows whose quotation is not, word for word, at its offsets and within its passage."""
    if "zones.csv" not in tables:
        return []
    own = corpus.passages(corpus.Corpus(path, tables, raw)).set_index("passage_id")
    problems = []
    for name in [name for name, table in tables.items() if "quote" in table]:
        try:
            table = corpus.with_offsets(path, name, tables[name])
        except DataError as error:
            problems += error.problems
            continue
        for row, span in enumerate(table.itertuples(), start=2):
            where = corpus.file_name(path, name)
            remedy = f'enter what `python -m analysis find {span.source_id} "..."` prints'
            if span.source_id not in raw:
                continue
            if span.passage_id not in own.index or not span.passage_id.startswith(f"{span.source_id}-p"):
                problems.append(Problem(where, row, "passage_id", f"{span.passage_id!r} is no passage of {span.source_id}", remedy))
            elif raw[span.source_id][span.start : span.end] != span.quote:
                problems.append(Problem(where, row, "quote", f"the text has other words at {span.start} to {span.end}", remedy))
            elif not own.start[span.passage_id] <= span.start < span.end <= own.end[span.passage_id]:
                problems.append(Problem(where, row, "start", f"{span.start} to {span.end} is not within {span.passage_id}", remedy))
    return problems


def status_problems(path, tables):
    """Coded rows of texts that sources.csv has as uncoded, and rows of a second pass of texts that it has as coded once."""
    coding = dict(zip(tables["sources.csv"].source_id, tables["sources.csv"].coding, strict=True))
    return [
        Problem(
            corpus.file_name(path, name),
            row,
            column,
            f"{source_id} is coded here, although sources.csv has it as {coding[source_id]}",
            "change its coding in sources.csv, or take the row out",
        )
        for name, table in tables.items()
        for column in ("source_id", "source_a", "source_b")
        for row, source_id in enumerate(table.get(column, ()), start=2)
        if is_barred(name, coding.get(source_id))
    ]


def is_barred(name, status):
    """Whether the file `name` may hold no row of a text with this status of coding."""
    return name.startswith("codings/") and (status == "uncoded" or (status == "once" and ".pass2" in name))


def vocabulary(tables):
    """The values that a coded column may have: {column: set of values}, from the codebook, the people and the scale of strengths."""
    known = {}
    if "codebook_values.csv" in tables:
        known |= {variable: set() for variable in VARIABLES} | tables["codebook_values.csv"].groupby("variable").value.agg(set).to_dict()
    if "codebook.csv" in tables:
        known["dimension"] = set(tables["codebook.csv"].dimension)
    if "instruments.csv" in tables:
        known["instrument"] = set(tables["instruments.csv"].instrument)
    if "people.csv" in tables:
        known["speaker"] = set(tables["people.csv"].name)
    if "strengths.csv" in tables:
        known["strength"] = set(tables["strengths.csv"].strength)
    if "benchmark_events.csv" in tables:
        known["event_id"] = set(tables["benchmark_events.csv"].event_id)
    return known


def event_problems(path, tables, raw):
    """Events whose dating words are not in the text, or that have words although inferred, or none although not."""
    problems = []
    for name in [name for name in tables if name.startswith("codings/events")]:
        for row, event in enumerate(tables[name].itertuples(), start=2):
            where = (corpus.file_name(path, name), row, "dated_by")
            if (event.date_basis == "inferred") == bool(event.dated_by):
                problems.append(Problem(*where, f"{event.dated_by!r} does not go with the basis {event.date_basis}",
                                        "give the words that date the event, and none where it is inferred"))  # fmt: skip
            elif event.dated_by not in raw.get(event.source_id, event.dated_by):
                problems.append(Problem(*where, f"{event.dated_by!r} is not in {event.source_id}", "copy the words from the file"))
    return problems


def comparison_problems(path, tables):
    """Compared topics with one text only, or with two relations; claims that are none, or of another text."""
    if "codings/comparisons.csv" not in tables or "codings/claims.csv" not in tables:
        return []
    table, owner = tables["codings/comparisons.csv"], dict(tables["codings/claims.csv"][["claim_id", "source_id"]].itertuples(index=False))
    file = corpus.file_name(path, "codings/comparisons.csv")
    problems = [
        Problem(file, None, "topic", f"{topic!r} has {own.source_id.nunique()} text(s) and {own.relation.nunique()} relation(s)",
                "give each topic two texts or more, and one relation")
        for topic, own in table.groupby("topic", sort=False) if own.source_id.nunique() < 2 or own.relation.nunique() > 1
    ]  # fmt: skip
    return problems + [
        Problem(file, row, "claim_or_provision", f"{compared.claim_or_provision!r} is no claim of {compared.source_id}",
                "give the claim_id of claims.csv")
        for row, compared in enumerate(table.itertuples(), start=2)
        if owner.get(compared.claim_or_provision) != compared.source_id
    ]  # fmt: skip


def instrument_problems(path, tables):
    """No instrument at all: the texts are held against the first, and their lags are counted from its date."""
    table = tables.get("instruments.csv")
    missing = table is not None and table.empty
    return [Problem(corpus.file_name(path, "instruments.csv"), None, None, "has no row", "add what the texts are held against")] * missing


def unsourced(path, tables):
    """Facts of the record without a reference that are neither general knowledge nor known through the texts alone."""
    return [
        Problem(corpus.file_name(path, name), row, "reference", f"is {fact.reference!r} although the grade is {fact.grade}",
                "name the reference, or grade the fact common (general knowledge) or text (known through the texts)")
        for name in ("benchmark_events.csv", "codings/source_checks.csv") if name in tables
        for row, fact in enumerate(tables[name].itertuples(), start=2)
        if (fact.grade in ("common", "text")) == bool(fact.reference)
    ]  # fmt: skip


def relation_problems(path, tables):
    """Pairs of texts that both describe a dimension and have no relation there, or two, or one too many."""
    names = ("codings/provisions.csv", "codings/relations.csv", "sources.csv")
    if not all(name in tables for name in names):
        return []
    provisions, relations, sources = (tables[name] for name in names)
    dated = [source for source in sources.drop_duplicates("source_id").itertuples() if is_edtf(source.date)]
    order = [source.source_id for source in sorted(dated, key=lambda source: date_span(source.date)[::-1])]
    covering = provisions.groupby("dimension").source_id.agg(set)
    needed = {(dimension, *pair) for dimension, ids in covering.items()
              for pair in combinations([source_id for source_id in order if source_id in ids], 2)}  # fmt: skip
    file = corpus.file_name(path, "codings/relations.csv")
    given = list(relations[["dimension", "source_a", "source_b"]].itertuples(index=False, name=None))
    missing = [Problem(file, None, None, f"has no row for {', '.join(key)}", "say how the two texts relate in this dimension")
               for key in sorted(needed - set(given))]  # fmt: skip
    wrong = [Problem(file, row, None, f"{', '.join(key)} is there twice, or is no pair of texts that both describe the dimension",
                     "take the row out, or mend it (the earlier text comes first)")
             for row, key in enumerate(given, start=2) if key not in needed or key in given[: row - 2]]  # fmt: skip
    return missing + wrong


def unknown_values(path, name, table, column, known, message):
    """Rows of `table` whose value in `column`, where it has that column, is not `known`."""
    if column not in table:
        return []
    remedy = "use one of " + (", ".join(sorted(known - {""})) or "those that you add there first")
    return [
        Problem(corpus.file_name(path, name), row, column, f"{value!r} {message}", remedy)
        for row, value in enumerate(table[column], start=2)
        if value not in known and not (value == "" and name == "instruments.csv")  # most facts about instruments have no strength
    ]  # fmt: skip


def loaded_problems(path, tables):
    """Loaded words in the authors' words and paraphrases, and loaded words that a paraphrase quotes and its evidence does not hold."""
    if LIST not in tables or not all(map(is_pattern, tables[LIST].pattern)):
        return []
    loaded_words = rows(tables[LIST])
    found = [
        Problem(corpus.file_name(path, name), row, column, f"uses the loaded word {match.group()!r} ({word.leans}: it {word.why})",
                f"write {word.instead}" + QUOTE_IT * (name in PARAPHRASES and column in PARAPHRASES[name]))
        for name, column, row, text, _ in own_words(tables) for match, word in uses(text, loaded_words)
    ]  # fmt: skip
    return found + [
        Problem(corpus.file_name(path, name), row, column, f"quotes {words!r}, which its quotation does not hold",
                "copy the words from the quotation, or write others")
        for name, column, row, text, quote in own_words(tables, PARAPHRASES) for words in borrowed(text, quote, loaded_words)
    ]  # fmt: skip


def own_words(tables, *places):
    """The authors' words in `tables`: (file, column, row, words, quotation of the row); from OWN and PARAPHRASES or those given."""
    return [
        (name, column, row, text, quote)
        for where in places or (OWN, PARAPHRASES)
        for name in where if name in tables
        for column in where[name]
        for row, (text, quote) in enumerate(zip(tables[name][column], tables[name].get("quote", tables[name][column]), strict=True), 2)
    ]  # fmt: skip


def reference_keys(path):
    """The keys of references.bib and the Problems of the file itself."""
    try:
        text = corpus.read_text(path, "references.bib")
        entries = pybtex.database.parse_string(text, "bibtex").entries
        file = corpus.file_name(path, "references.bib")
        unnamed = [
            Problem(file, None, None, f"{key} has no author or no year", "add them: citations need both")
            for key, entry in entries.items() if "author" not in entry.persons or "year" not in entry.fields
        ]  # fmt: skip
        return set(entries), unnamed + [
            Problem(file, None, None, f"the url of {key} is {entry.fields['url']!r}", "give an address that begins with https://")
            for key, entry in entries.items() if not ADDRESS.fullmatch(entry.fields.get("url", "https://none"))
        ]  # fmt: skip
    except DataError as error:
        return set(), error.problems
    except pybtex.database.PybtexError as error:
        return set(), [Problem(corpus.file_name(path, "references.bib"), None, None, f"is not BibTeX ({error})",
                               "mend the entry that the message names")]  # fmt: skip


def unknown_references(path, tables, keys):
    """Reference keys in the tables that references.bib does not hold."""
    problems = []
    for name, table in tables.items():
        for column in [c for c in table if c in ("reference", "depends_on") or c.endswith("_basis")]:
            for row, value in enumerate(table[column], start=2):
                if column == "depends_on" and (not value or ";" in value):
                    problems.append(Problem(corpus.file_name(path, name), row, column, f"{value!r} is not one key", "name one work"))
                cited = value.partition(":")[2] if column.endswith("_basis") else value
                problems += [
                    Problem(corpus.file_name(path, name), row, column, f"{key!r} is no key of references.bib",
                            "add the reference, or mend the key")
                    for key in cited.split(";") if key and key not in keys
                ]  # fmt: skip
    return problems
