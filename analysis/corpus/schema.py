"""The tables of the data folder, declared once: columns, order, types, what each column holds, and what its values must be.

The loader (`reader`), the validation (`validation`) and the published tables (`display.contract`) are made from this. A file of CSV is
UTF-8 with commas, LF line ends and one header row. Offsets count Unicode code points in the raw file, end exclusive.
"""

from analysis.corpus.coding_tables import CODING_TABLES
from analysis.corpus.columns import (
    ADDRESS,
    ALIASES,
    BASIS,
    CODEBOOK,
    COUNT,
    COUNTED,
    DIGIT,
    DIMENSION,
    DIMENSION_ID,
    EDTF_DATE,
    EDTF_OR_NONE,
    FILLED,
    FILLED_WORKS,
    GRADE,
    LABEL,
    LOCATOR,
    LOWER_CASE,
    NAME,
    OFFSETS,
    ONE_KEY,
    OWN_NOTE,
    PATTERN,
    ROW_KEY_COLUMNS,
    SHA256,
    SHORT,
    SOURCE_ID,
    STRENGTHS,
    WORK,
    WORKS,
    Column,
    Reference,
    Table,
    at_most,
    declare_table,
    one_of,
)
from analysis.corpus.vocabulary import CODED_VARIABLES, CODING_STATUSES, FITS, LOADED_KINDS, PEOPLE_KINDS, TIES, ZONES

INPUT_TABLES: dict[str, Table] = {
    "sources.csv": declare_table(
        "a text",
        SOURCE_ID._replace(rule=FILLED, unique=True),
        Column("short", "short name of the text, as prose gives it", SHORT, unique=True),
        Column("title", "title of the text", FILLED),
        Column("title_basis", "how the title is known: stated in the file, found or inferred from references", BASIS, WORK),
        Column("author", "its authors, joined by semicolons", FILLED),
        Column("author_basis", "how the authors are known", BASIS, WORK),
        Column("outlet", "where it appeared", FILLED),
        Column("outlet_basis", "how the outlet is known", BASIS, WORK),
        Column("date", "day or days on which it may have appeared, in EDTF", EDTF_DATE),
        Column("date_basis", "how the date is known", BASIS, WORK),
        Column("genre", "kind of text", NAME),
        Column("url", "address at which it was found", ADDRESS),
        Column("url_basis", "how the address is known", BASIS, WORK),
        Column("sha256", "SHA-256 of the raw file, 64 hexadecimal digits", SHA256),
        Column("cluster", "texts of one cluster depend on each other, and are never counted as independent", LABEL),
        Column("coding", "how far it is coded: uncoded, once, twice (and adjudicated)", one_of(CODING_STATUSES)),
        OWN_NOTE,
    ),
    "zones.csv": declare_table(
        "a stretch of a raw file; the rows of a text partition it",
        SOURCE_ID,
        *OFFSETS,
        Column(
            "zone",
            "body (each of its lines is a paragraph), headline, deck (a line under the title), subhead, byline, caption, teaser (for "
            "another text), chrome (menus, addresses, forms of a site), front_matter, or promo (a site praising itself)",
            one_of(ZONES),
        ),
        Column("note", "why the stretch is in this zone", FILLED),
    ),
    "dependencies.csv": declare_table(
        "a tie between a text and a work outside",
        SOURCE_ID,
        Column("depends_on", "the work, a key of references.bib", ONE_KEY, WORK),
        Column("kind", "kind of tie", one_of(TIES)),
        Column("note", "what ties them", FILLED, words="own"),
        Column("reference", "where it is seen: keys of references.bib, joined by semicolons", FILLED, WORK),
    ),
    "codebook.csv": declare_table(
        "a dimension of a settlement, with limits, examples, and the nearest code of PA-X and PAM",
        Column("dimension", "id of the dimension", DIMENSION_ID, unique=True),
        Column("label", "its name", NAME, words="own"),
        Column("question", "the question that a sentence has to answer", FILLED, words="own"),
        Column("definition", "what the dimension is", FILLED, words="own"),
        Column("includes", "what belongs to it", FILLED, words="own"),
        Column("excludes", "what does not, and where it belongs", FILLED, words="own"),
        Column("example", "a sentence that belongs to it, made up", FILLED, words="own"),
        Column("counter_example", "a sentence that does not, made up", FILLED, words="own"),
        Column("pax_code", "nearest code of the Peace Agreements Database PA-X"),
        Column("pax_label", "name of that code"),
        Column("pax_fit", "how well it fits", one_of(FITS)),
        Column("pam_code", "nearest provision of the Peace Accords Matrix"),
        Column("pam_fit", "how well it fits", one_of(FITS)),
        Column("other_anchor", "another scheme that has the dimension"),
        OWN_NOTE,
    ),
    "codebook_values.csv": declare_table(
        "a value of a coded column",
        Column("variable", "the coded column", one_of(CODED_VARIABLES)),
        Column("value", "the value", NAME),
        Column("definition", "what it means", FILLED, words="own"),
        Column("includes", "what belongs to it", words="own"),
        Column("excludes", "what does not, and where it belongs", words="own"),
    ),
    "strengths.csv": declare_table(
        "a rung of the scale of what a guarantee obliges to",
        Column("strength", "name of the rung", NAME, unique=True),
        Column("rank", "1 weakest to 5 strongest; 0: none, or not described", DIGIT),
        Column("definition", "what it obliges to", FILLED, words="own"),
    ),
    "instruments.csv": declare_table(
        "what a reference instrument says in a dimension",
        Column("instrument", "id of the instrument", LABEL),
        Column("short", "its short name", SHORT),
        Column("title", "its full name"),
        Column("date", "its date, in EDTF", EDTF_DATE),
        Column("status", "whether it was signed, and how far it is in force"),
        DIMENSION,
        Column("position", "what it says, in neutral words, at most 25", at_most(25), words="own"),
        Column(
            "strength",
            "rung of strengths.csv, in one row of each instrument that promises or denies a guarantee; empty in others",
            refers=STRENGTHS._replace(also=("",)),
        ),
        FILLED_WORKS,
        LOCATOR._replace(rule=FILLED),
        GRADE,
        OWN_NOTE,
    ),
    "instrument_guarantors.csv": declare_table(
        "a guarantor that a reference instrument names",
        Column("instrument", "id of the instrument", refers=Reference("instruments.csv", "instrument")),
        Column("guarantor", "the state or body", NAME),
        FILLED_WORKS,
        LOCATOR,
        GRADE,
    ),
    "people.csv": declare_table(
        "a speaker of a quotation, a voice to which a text gives a judgement, or a person of the talks whom a body names",
        Column("name", "the name by which codings mean them", NAME, unique=True),
        Column("kind", "what they are", one_of(PEOPLE_KINDS)),
        Column("side", "the side for which they speak", NAME),
        Column("aliases", "forms of the name in the texts, joined by semicolons", ALIASES),
    ),
    "benchmark_events.csv": declare_table(
        "an event, and its date in the record where there is one",
        Column("event_id", "id of the event, shared by all texts that mention it", NAME, unique=True),
        Column("label", "its name", NAME, words="own"),
        Column("date", "its date in the record, in EDTF; empty where it is known through the texts alone", EDTF_OR_NONE),
        WORKS,
        LOCATOR,
        GRADE,
    ),
    "names.csv": declare_table(
        "a form that a naming choice can take",
        Column("concept", "the thing named; concepts that begin with 'spelling: ' are shown together", NAME),
        Column("form", "how readers see the form", NAME),
        Column("pattern", "regular expression of Python that finds it", PATTERN),
        Column("note", "what the pattern leaves out"),
    ),
    "loaded_words.csv": declare_table(
        "a word that takes a side or judges, which the authors do not use in their own voice",
        Column("term", "the word", NAME, unique=True),
        Column("pattern", "regular expression of Python for whole words, capitals or not", PATTERN),
        Column("kind", "whether it names a thing or judges it", one_of(LOADED_KINDS)),
        Column("leans", "for or against whom the word is used in this war", refers=CODEBOOK),
        Column("why", "what it says beside the fact: the end of a sentence that begins with 'it'", FILLED),
        Column("instead", "what to write", FILLED),
    ),
    "syllables.csv": declare_table(
        "a word of the bodies, or a string that textstat makes of them",
        Column("word", "the word in lower case", LOWER_CASE, unique=True),
        Column("hand", "its syllables, counted by ear in careful American speech; empty for strings that only textstat makes", COUNT),
        Column("cmudict", "syllables of its first pronunciation in CMUdict; empty where CMUdict lacks it", COUNT),
        Column("note", "how a numeral, an abbreviation or an uncertain word was read", COUNTED),
    ),
    **CODING_TABLES,
}

COLUMNS = {name: table.names for name, table in INPUT_TABLES.items()}

ROW_KEY = [column.name for column in ROW_KEY_COLUMNS]

SPAN = ["quote", "start", "end"]

METADATA_FIELDS = ["title", "author", "outlet", "date"]  # each with its `..._basis`, in sources.csv


def columns_in_words(words: str) -> dict[str, list[str]]:
    """The columns that hold words of a kind (see `Column`), by the file: {"codings/frames.csv": ["summary"]}."""
    found = {name: [column.name for column in table.columns if column.words == words] for name, table in INPUT_TABLES.items()}
    return {name: columns for name, columns in found.items() if columns}


def cited_keys(column: Column, value: str) -> list[str]:
    """The keys of references.bib that a value of `column` names; none where it cites nothing."""
    if column.refers != WORK:
        return []
    cited = value.partition(":")[2] if column.rule == BASIS else value
    return [key for key in cited.split(";") if key]
