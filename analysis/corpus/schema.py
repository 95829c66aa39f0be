"""The tables of the data folder, declared once: columns, order, types, what each column holds, and what its values must be.

The loader (`reader`), the validation (`validation`) and the published tables (`display.contract`) are made from this. A file of CSV is
UTF-8 with commas, LF line ends and one header row. Offsets count Unicode code points in the raw file, end exclusive.
"""

from analysis.corpus import columns as shared
from analysis.corpus.coding_tables import CODING_TABLES, OPTIONAL_TABLES
from analysis.corpus.columns import Column, Reference, Table, at_most, declare_table, one_of
from analysis.corpus.vocabulary import (
    ADDRESS_KINDS,
    BRACKETS,
    CODED_VARIABLES,
    CODING_STATUSES,
    CODINGS_ASKED,
    FITS,
    IN_PROSE,
    LANES,
    LOADED_KINDS,
    PEOPLE_KINDS,
    QUESTIONS,
    SEEN,
    STANCES,
    TIES,
    ZONES,
)

INPUT_TABLES: dict[str, Table] = {
    "sources.csv": declare_table(
        "a text",
        shared.SOURCE_ID._replace(rule=shared.FILLED, unique=True),
        Column("short", "short name of the text, as prose gives it", shared.SHORT, unique=True),
        Column("title", "title of the text", shared.FILLED),
        Column("title_basis", "how the title is known: stated in the file, found or inferred from references", shared.BASIS, shared.WORK),
        Column("author", "its authors, joined by semicolons", shared.FILLED),
        Column("author_basis", "how the authors are known", shared.BASIS, shared.WORK),
        Column("outlet", "where it appeared", shared.FILLED),
        Column("outlet_basis", "how the outlet is known", shared.BASIS, shared.WORK),
        Column("date", "day or days on which it may have appeared, in EDTF", shared.EDTF_DATE),
        Column("date_basis", "how the date is known", shared.BASIS, shared.WORK),
        Column("genre", "kind of text", shared.NAME),
        Column(
            "argument",
            "what it argues, in one sentence of our own, at most 35 words; may be empty",
            at_most(35, least=0),
            words="own",
        ),
        Column(
            "summary",
            "what it tells, from which sources, in which order, at most 90 words; may be empty",
            at_most(90, least=0),
            words="own",
        ),
        Column("url", "address at which it was found", shared.ADDRESS),
        Column("url_kind", "whether that is a page of its outlet or a copy elsewhere", one_of(ADDRESS_KINDS)),
        Column("url_basis", "how the address is known", shared.BASIS, shared.WORK),
        Column("sha256", "SHA-256 of the raw file, 64 hexadecimal digits", shared.SHA256),
        Column("cluster", "texts of one cluster depend on each other, and are never counted as independent", shared.LABEL),
        Column("coding", "how far it is coded: uncoded, once, twice (and adjudicated)", one_of(CODING_STATUSES)),
        Column("coder", "who coded it, joined by semicolons; empty while it is uncoded", shared.CODERS),
        Column("in_prose", "whether the sentences of the book were read over since it joined; where not, they say so", one_of(IN_PROSE)),
        shared.OWN_NOTE,
    ),
    "zones.csv": declare_table(
        "a stretch of a raw file; the rows of a text partition it",
        shared.SOURCE_ID,
        *shared.OFFSETS,
        Column(
            "zone",
            "body (each of its lines is a paragraph), headline, deck (a line under the title), subhead, byline, caption, teaser (for "
            "another text), chrome (menus, addresses, forms of a site), front_matter, or promo (a site praising itself)",
            one_of(ZONES),
        ),
        Column("note", "why the stretch is in this zone", shared.FILLED),
    ),
    "dependencies.csv": declare_table(
        "a tie between a text and a work outside",
        shared.SOURCE_ID,
        Column("depends_on", "the work, a key of references.bib", shared.ONE_KEY, shared.WORK),
        Column("kind", "kind of tie", one_of(TIES)),
        Column("note", "what ties them", shared.FILLED, words="own"),
        Column("reference", "where it is seen: keys of references.bib, joined by semicolons", shared.FILLED, shared.WORK),
    ),
    "codebook.csv": declare_table(
        "a dimension of a settlement, with limits, examples, and the nearest code of PA-X and PAM",
        Column("dimension", "id of the dimension", shared.DIMENSION_ID, unique=True),
        Column("label", "its name", shared.NAME, words="own"),
        Column("question", "the question that a sentence has to answer", shared.FILLED, words="own"),
        Column("definition", "what the dimension is", shared.FILLED, words="own"),
        Column("includes", "what belongs to it", shared.FILLED, words="own"),
        Column("excludes", "what does not, and where it belongs", shared.FILLED, words="own"),
        Column("example", "a sentence that belongs to it, made up", shared.FILLED, words="own"),
        Column("counter_example", "a sentence that does not, made up", shared.FILLED, words="own"),
        Column("pax_code", "nearest code of the Peace Agreements Database PA-X"),
        Column("pax_label", "name of that code"),
        Column("pax_fit", "how well it fits", one_of(FITS)),
        Column("pam_code", "nearest provision of the Peace Accords Matrix"),
        Column("pam_fit", "how well it fits", one_of(FITS)),
        Column("other_anchor", "another scheme that has the dimension"),
        shared.OWN_NOTE,
    ),
    "codebook_values.csv": declare_table(
        "a value of a coded column",
        Column("variable", "the coded column", one_of(CODED_VARIABLES)),
        Column("value", "the value", shared.NAME),
        Column("definition", "what it means", shared.FILLED, words="own"),
        Column("includes", "what belongs to it", words="own"),
        Column("excludes", "what does not, and where it belongs", words="own"),
    ),
    "strengths.csv": declare_table(
        "a rung of the scale of what a guarantee obliges to",
        Column("strength", "name of the rung", shared.NAME, unique=True),
        Column("rank", "1 weakest to 5 strongest; 0: none, or not described", shared.DIGIT),
        Column("definition", "what it obliges to", shared.FILLED, words="own"),
    ),
    "instruments.csv": declare_table(
        "what an instrument says in a dimension, point by point and side by side, or that it was not in the part seen",
        Column("instrument", "id of the instrument", shared.LABEL),
        Column("short", "its short name", shared.SHORT),
        Column("title", "its full name"),
        Column("date", "its date, in EDTF", shared.EDTF_DATE),
        Column("status", "whether it was signed, and how far it is in force"),
        shared.DIMENSION,
        Column(
            "side",
            "whose position it is: paper (no side marked) or that of a side; empty where not seen",
            refers=shared.CODEBOOK._replace(also=("",)),
        ),
        Column("position", "what it says, in neutral words, at most 25; empty where not seen", at_most(25, least=0), words="own"),
        Column(
            "strength",
            "rung of strengths.csv, in one row of each side of an instrument that promises or denies a guarantee; empty in others",
            refers=shared.STRENGTHS._replace(also=("",)),
        ),
        Column("point", "the point or article; empty where not seen"),
        Column("seen", "whether the dimension was in the part of the paper that was seen: yes, part, no", one_of(SEEN)),
        shared.FILLED_WORKS,
        shared.LOCATOR._replace(rule=shared.FILLED),
        shared.GRADE,
        shared.OWN_NOTE,
    ),
    "instrument_guarantors.csv": declare_table(
        "a guarantor that an instrument names",
        Column("instrument", "id of the instrument", refers=Reference("instruments.csv", "instrument")),
        Column("guarantor", "the state or body", shared.NAME),
        Column("bracketed", "whether it stands between brackets, as not settled: no, yes, unclear", one_of(BRACKETS)),
        shared.FILLED_WORKS,
        shared.LOCATOR,
        shared.GRADE,
        shared.OWN_NOTE,
    ),
    "explanations.csv": declare_table(
        "who gives or denies an explanation of why the talks stopped; or a text that tells or hints at it",
        Column("explanation", "why the talks stopped, in a few words: the rows of one explanation share it", shared.FILLED, words="own"),
        Column("stance", "advances or denies it (the record); tells it or hints at it (one of the texts)", one_of(STANCES)),
        Column("advanced_by", "who does so", shared.FILLED),
        Column("date", "when it was said, in EDTF", shared.EDTF_DATE),
        Column("evidence", "on what ground, in neutral words", shared.FILLED, words="own"),
        shared.WORKS,
        shared.GRADE,
        shared.SOURCE_ID._replace(
            description="id of the text that tells or hints at it; empty in rows of the record", refers=shared.TEXT_OR_NONE
        ),
        shared.ROW_KEY_COLUMNS[1],
        Column("quote", "the words on which the row rests, at most 40", at_most(40, least=0)),
        *(offset._replace(rule=shared.OFFSET_OR_NONE) for offset in shared.OFFSETS),
    ),
    "book_table.csv": declare_table(
        "a cell of the table of the book: what a text or an instrument says on a term, in a few words",
        Column("term", "the term, in plain words", shared.NAME, words="own"),
        Column("dimensions", "the dimensions that it takes together, joined by semicolons", shared.DIMENSIONS),
        Column("source_id", "id of the text or of the instrument", shared.LABEL),
        Column("paper", "the paper of which the words speak; empty where nothing is said"),
        Column(
            "gist",
            "what is said, at most six words; or not mentioned (a text), not in the part seen (an instrument); empty of a text that is "
            "uncoded",
            at_most(6, least=0),
            words="own",
        ),
        Column(
            "level",
            "the levels of the rows that it rests on, of an instrument their sides, joined by semicolons; empty where nothing is said",
        ),
        Column(
            "rests_on",
            "the rows that it rests on, joined by ' ; ': `provisions:<passage>:<start>-<end>`, so too guarantors and strengths, or "
            "`instruments:<instrument>:<dimension>[:<side>]:<point>[:<first words>]`",
        ),
        Column("whose_word", "on whose word it is known; empty where on that of the text or the paper itself"),
        shared.OWN_NOTE,
    ),
    "firmness.csv": declare_table(
        "a text, and the step of firmness on which its strongest words for the deal stand",
        *shared.ROW_KEY_COLUMNS,
        Column("rank", "1 loosest, and up; the rows of one step share it", shared.DIGIT),
        Column("step", "what the words call the deal: the name of the step, in words of our own", shared.NAME, words="own"),
        Column("quote", "the words on which the row rests, at most 40", at_most(40)),
        *shared.OFFSETS,
        shared.OWN_NOTE,
    ),
    "findings.csv": declare_table(
        "a headline finding",
        Column("finding", "its name", shared.NAME, unique=True),
        Column("statement", "what it says, at most 20 words", at_most(20), words="own"),
        Column("chapter", "the chapter that carries it", shared.LABEL),
    ),
    "finding_tests.csv": declare_table(
        "a question on which a finding rests: the finding holds where all its questions are answered as expected",
        Column("finding", "the finding", refers=Reference("findings.csv", "finding", "is the name of no finding")),
        Column("table", "the coding that it asks, a name of codings/", one_of(CODINGS_ASKED)),
        Column("rows", "which of its rows, as conditions on columns", shared.CONDITIONS),
        Column(
            "question",
            "exactly: the expected texts and no others have such rows; most: the expected text has most of them; apart: the expected texts "
            "have each its own; rising: the firmest level never falls with the date of the text",
            one_of(QUESTIONS),
        ),
        Column("counted", "the column whose different values count", shared.FILLED),
        Column("expected", "the expected texts: ids joined by semicolons, 'all but' before ids, or every"),
    ),
    "document_names.csv": declare_table(
        "words by which a text names or dates a paper",
        Column("document", "the paper", refers=shared.CODEBOOK),
        Column("kind", "name: these words name it; cue: they date it or point to it", one_of(["name", "cue"])),
        Column("pattern", "regular expression of Python that finds them", shared.PATTERN),
    ),
    "people.csv": declare_table(
        "a speaker of a quotation, a voice to which a text gives a judgement, or a person of the talks whom a body names",
        Column("name", "the name by which codings mean them", shared.NAME, unique=True),
        Column("kind", "what they are", one_of(PEOPLE_KINDS)),
        Column("side", "the side for which they speak", shared.NAME),
        Column("aliases", "forms of the name in the texts, joined by semicolons", shared.ALIASES),
    ),
    "benchmark_events.csv": declare_table(
        "an event, and its date in the record where there is one",
        Column("event_id", "id of the event, shared by all texts that mention it", shared.NAME, unique=True),
        Column("label", "its name", shared.NAME, words="own"),
        Column("date", "its date in the record, in EDTF; empty where it is known through the texts alone", shared.EDTF_OR_NONE),
        shared.WORKS,
        shared.LOCATOR,
        shared.GRADE,
        Column(
            "lane",
            "where the picture of what was known when draws it: event (what happened), disclosure (what came to light); empty: not drawn",
            one_of(["", *LANES]),
        ),
    ),
    "names.csv": declare_table(
        "a form that a naming choice can take",
        Column("concept", "the thing named; concepts that begin with 'spelling: ' are shown together", shared.NAME),
        Column("form", "how readers see the form", shared.NAME),
        Column("pattern", "regular expression of Python that finds it", shared.PATTERN),
        Column("note", "what the pattern leaves out"),
    ),
    "loaded_words.csv": declare_table(
        "a word that takes a side or judges, which the authors do not use in their own voice",
        Column("term", "the word", shared.NAME, unique=True),
        Column("pattern", "regular expression of Python for whole words, capitals or not", shared.PATTERN),
        Column("kind", "whether it names a thing or judges it", one_of(LOADED_KINDS)),
        Column("leans", "for or against whom the word is used in this war", refers=shared.CODEBOOK),
        Column("why", "what it says beside the fact: the end of a sentence that begins with 'it'", shared.FILLED),
        Column("instead", "what to write", shared.FILLED),
    ),
    "syllables.csv": declare_table(
        "a word of the bodies, or a string that textstat makes of them",
        Column("word", "the word in lower case", shared.LOWER_CASE, unique=True),
        Column(
            "hand", "its syllables, counted by ear in careful American speech; empty for strings that only textstat makes", shared.COUNT
        ),
        Column("cmudict", "syllables of its first pronunciation in CMUdict; empty where CMUdict lacks it", shared.COUNT),
        Column("note", "how an abbreviation or an uncertain word was read; guess: nobody has accepted the count yet"),
    ),
    **CODING_TABLES,
}

COLUMNS = {name: table.names for name, table in INPUT_TABLES.items()}

DECLARED_TABLES = INPUT_TABLES | OPTIONAL_TABLES  # with those that a data folder may lack

ROW_KEY = [column.name for column in shared.ROW_KEY_COLUMNS]

SPAN = ["quote", "start", "end"]

METADATA_FIELDS = ["title", "author", "outlet", "date"]  # each with its `..._basis`, in sources.csv


def columns_in_words(words: str) -> dict[str, list[str]]:
    """The columns that hold words of a kind (see `Column`), by the file: {"codings/frames.csv": ["summary"]}."""
    found = {name: [column.name for column in table.columns if column.words == words] for name, table in INPUT_TABLES.items()}
    return {name: columns for name, columns in found.items() if columns}


def cited_keys(column: Column, value: str) -> list[str]:
    """The keys of references.bib that a value of `column` names; none where it cites nothing."""
    if column.refers != shared.WORK:
        return []
    cited = value.partition(":")[2] if column.rule == shared.BASIS else value
    return [key for key in cited.split(";") if key]
