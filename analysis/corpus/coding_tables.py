"""The tables of `codings/`, declared: what was read in the texts, row by row, each row with the words on which it rests."""

from analysis.corpus import columns as shared
from analysis.corpus.columns import Column, Reference, Table, at_most, declare_table, one_of
from analysis.corpus.vocabulary import (
    AUTHOR,
    GUARANTOR_KINDS,
    GUARANTOR_ROLES,
    NOT_COMPARED,
    QUOTATION_KINDS,
    RECORD_LAYERS,
    RELATIONS,
    VERDICTS,
)

_RESOLUTION = Column("resolution", "where the passes differed, or a third reading changed both: how that was settled, and why", words="own")

_DOCUMENT = Column("document", "the paper of which the text speaks, as codebook_values.csv defines it", refers=shared.CODEBOOK)

_HOLDER = Column("holder", "whose term it is: who offers, demands, wants or refuses it", refers=shared.CODEBOOK)

_VOICE = Column("voice", "author, or attributed where the text gives the words to somebody", refers=shared.CODEBOOK)

_BASIS = Column(
    "basis",
    "stated, supposed (a guess, a worry, a hope) or recalled (an earlier or another's act, told as a model)",
    refers=shared.CODEBOOK,
)

_REJECTED = Column(
    "rejected_by",
    "who rejects the charge in the text that reports it: author, or a name of people.csv; empty where nobody does",
    refers=shared.VOICES._replace(also=(AUTHOR, "")),
)

_JUDGE = Column("voice", "author, or the name in people.csv of whoever gives the judgement, as the text says", shared.FILLED, shared.VOICES)


def _quote(words: int) -> tuple[Column, ...]:
    return (Column("quote", f"the words on which the row rests, as the file has them, at most {words}", at_most(words)), *shared.OFFSETS)


def _coding(name: str, row: str, *columns: Column, first: tuple[Column, ...] = (), last: tuple[Column, ...] = ()) -> dict[str, Table]:
    """The reconciled coding `name`, with the columns `first`, `last` and `resolution` more, and its two blind passes."""
    one_pass = tuple(column._replace(words="") for column in (*shared.ROW_KEY_COLUMNS, *columns))
    files = {f"codings/{name}.csv": Table(row, (*shared.ROW_KEY_COLUMNS, *first, *columns, *last, _RESOLUTION))}
    return files | {f"codings/{name}.pass{n}.csv": Table(f"{row}, as pass {n} of two coded it", one_pass) for n in (1, 2)}


CODING_TABLES: dict[str, Table] = {
    "codings/quotations.csv": declare_table(
        "a stretch of words that a body puts between quotation marks",
        *shared.ROW_KEY_COLUMNS,
        Column("speaker", "who says it, a name of people.csv; author, of a term that the text itself sets apart", refers=shared.VOICES),
        Column("kind", "speech, document, term (a name or a word set apart, which lets nobody speak) or title", one_of(QUOTATION_KINDS)),
        Column("via", "reporters through whom it came, as the text names them, nearest to the speaker first, joined by ' > '"),
        *_quote(60),
        shared.NOTE,
    ),
    **_coding(
        "provisions",
        "a term of a settlement that a text describes",
        shared.DIMENSION,
        _DOCUMENT,
        _HOLDER,
        Column("level", "mentioned, proposed, agreed or disputed, as the text has it", refers=shared.CODEBOOK),
        _VOICE,
        Column("attributed_to", "the person or body nearest to the term to whom the text credits it; empty where to nobody"),
        Column("position", "what the text says, in neutral words, at most 25", at_most(25), words="paraphrase"),
        *_quote(40),
        shared.NOTE,
        last=(_BASIS,),
    ),
    **_coding(
        "guarantors",
        "a state, body or group that a text names as a guarantor",
        Column("guarantor", "the state, body or group", shared.NAME),
        Column("kind", "what it is", one_of(GUARANTOR_KINDS)),
        Column("role", "proposed, refusing, or earlier (an earlier pledge)", one_of(GUARANTOR_ROLES)),
        _DOCUMENT,
        _VOICE,
        *_quote(40),
        shared.NOTE,
        last=(_BASIS,),
    ),
    "codings/strengths.csv": declare_table(
        "a description of what a guarantee obliges to",
        *shared.ROW_KEY_COLUMNS,
        Column("strength", "rung of strengths.csv", refers=shared.STRENGTHS),
        _HOLDER,
        _DOCUMENT,
        *_quote(40),
        shared.OWN_NOTE,
        _BASIS,
    ),
    "codings/relations.csv": declare_table(
        "how two texts relate in a dimension that both describe; each such pair has one row",
        shared.DIMENSION,
        Column("source_a", "id of the earlier text", refers=shared.TEXT),
        Column("source_b", "id of the later text", refers=shared.TEXT),
        Column(
            "relation",
            f"agree (same content, same level), differ in detail (compatible), contradict; or {NOT_COMPARED}",
            one_of([*RELATIONS, NOT_COMPARED]),
        ),
        Column("note", "why, at most 40 words", at_most(40), words="own"),
    ),
    **_coding(
        "responsibility",
        "a passage that credits or blames an actor",
        Column("actor", "who is credited or blamed", refers=shared.CODEBOOK),
        Column("valence", "credited or blamed", refers=shared.CODEBOOK),
        Column("matter", "for what: the field in which the act lies", refers=shared.CODEBOOK),
        Column("act", "the act, in neutral words, at most 20", at_most(20), words="paraphrase"),
        _JUDGE,
        *_quote(25),
        shared.NOTE,
        last=(_REJECTED,),
    ),
    **_coding(
        "frames",
        "one of Entman's four functions performed in a passage",
        Column("function", "problem, cause, moral or remedy", refers=shared.CODEBOOK),
        Column("summary", "what is said, in neutral words, at most 20", at_most(20), words="paraphrase"),
        _JUDGE,
        *_quote(25),
        shared.NOTE,
        last=(_REJECTED,),
    ),
    **_coding(
        "events",
        "a dated or datable event that a body mentions",
        Column("event_id", "id of the event in benchmark_events.csv", shared.FILLED, Reference("benchmark_events.csv", "event_id")),
        Column("date", "what the words say, not what is known, in EDTF; weeks run from Monday to the day of publication", shared.EDTF_DATE),
        Column("date_basis", "stated, relative or inferred", refers=shared.CODEBOOK),
        Column("dated_by", "the words that date it; none where it is inferred"),
        Column("description", "the event in neutral words, at most 16", at_most(16), words="paraphrase"),
        *_quote(12),
        shared.NOTE,
    ),
    **_coding(
        "claims",
        "a checkable statement of fact",
        Column("claim", "the statement in neutral words, at most 20", at_most(20), words="paraphrase"),
        Column("topic", "of what it speaks", refers=shared.CODEBOOK),
        Column("attributed_to", "author, or the name in people.csv of whoever is nearest to the statement", shared.FILLED, shared.VOICES),
        *_quote(15),
        shared.NOTE,
        first=(Column("claim_id", "id of the claim", shared.NAME, unique=True),),
    ),
    "codings/comparisons.csv": declare_table(
        "what one text says on a topic on which several texts agree, differ or contradict",
        Column("topic", "the topic; it has two texts or more, and one relation", shared.NAME, words="own"),
        Column("relation", "agree, differ in detail, or contradict (not all can be true)", one_of(RELATIONS)),
        *shared.ROW_KEY_COLUMNS,
        Column("position", "what the text says, at most 15 words; texts that say the same share it", at_most(15), words="paraphrase"),
        Column("claim_or_provision", "claim_id of the claim that says so"),
        Column("note", "what is particular to this text", words="own"),
        *_quote(15),
    ),
    "codings/source_checks.csv": declare_table(
        "a statement of a text held against the outside record",
        *shared.ROW_KEY_COLUMNS,
        Column("statement", "what the text says, at most 20 words", at_most(20), words="paraphrase"),
        Column("layer", "what it is held against: a document, or later reporting", one_of(RECORD_LAYERS)),
        Column(
            "finding",
            "the verdict in the words of version 0.7.0: fits, leaves out, goes further or differs; empty where not checkable",
            refers=shared.CODEBOOK._replace(also=("",)),
        ),
        Column("verdict", ", ".join(VERDICTS), refers=shared.CODEBOOK),
        Column("instrument", "the instrument that decides; empty where a report does"),
        Column("ground", "the point of the instrument on which the verdict rests, or the place in the reference"),
        Column("record", "what the record says, or why nothing can be said; at most 35 words", at_most(35), words="own"),
        shared.GRADE,
        shared.WORKS,
        *_quote(15),
    ),
}

# A person's own blind reading, one person a text; a data folder may lack these.
PERSON_TABLES: dict[str, Table] = {
    name.replace(".pass1", ".person"): Table(
        f"{CODING_TABLES[name.replace('.pass1', '')].row}, as a person coded it blind",
        (*table.columns, Column("coder", "who coded it, by name or initials", shared.NAME)),
    )
    for name, table in CODING_TABLES.items()
    if ".pass1" in name
}

BROUGHT, FURTHER_ALIAS = "brought.csv", "aliases"

OPTIONAL_TABLES: dict[str, Table] = PERSON_TABLES | {  # all that a data folder may lack
    BROUGHT: declare_table(
        "a row of another table, or the alias of a person, that came in with the codings of a text and goes with it",
        shared.SOURCE_ID,
        Column(
            "file",
            "the table that has the row, or aliases, those of people.csv",
            one_of(["people.csv", "benchmark_events.csv", FURTHER_ALIAS]),
        ),
        Column("name", "name or id of the row there, or the alias", shared.NAME),
    )
}


def is_blind(name: str) -> bool:
    """Whether the file `name` of a coding holds one reading of several as it was made: a pass, or a person's."""
    return name in PERSON_TABLES or ".pass" in name
