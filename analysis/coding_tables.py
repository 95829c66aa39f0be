"""The tables of `codings/`, declared: what was read in the texts, row by row, each row with the words on which it rests."""

from analysis import columns as c
from analysis.columns import Column, Reference, Table, table
from analysis.vocabulary import GUARANTOR_KINDS, GUARANTOR_ROLES, LAYERS, QUOTATION_KINDS, RELATIONS

RESOLUTION = Column("resolution", "where the passes differed, or a third reading changed both: how that was settled, and why", words="own")
DOCUMENT = Column("document", "the paper of which the text speaks, as codebook_values.csv defines it", refers=c.CODEBOOK)
HOLDER = Column("holder", "whose term it is: who offers, demands, wants or refuses it", refers=c.CODEBOOK)
VOICE = Column("voice", "author, or attributed where the text gives the words to somebody", refers=c.CODEBOOK)
JUDGE = Column("voice", "author, or the name in people.csv of whoever gives the judgement, as the text says", c.FILLED, c.VOICES)


def _quote(words: int) -> tuple[Column, ...]:
    return (Column("quote", f"the words on which the row rests, as the file has them, at most {words}", c.at_most(words)), *c.OFFSETS)


def _coding(name: str, row: str, *columns: Column, adjudicated: tuple[Column, ...] = ()) -> dict[str, Table]:
    """The reconciled coding `name`, with the columns `adjudicated` and `resolution` more, and its two blind passes."""
    one_pass = tuple(column._replace(words="") for column in (*c.ROW_KEY_COLUMNS, *columns))
    files = {f"codings/{name}.csv": Table(row, (*c.ROW_KEY_COLUMNS, *adjudicated, *columns, RESOLUTION))}
    return files | {f"codings/{name}.pass{n}.csv": Table(f"{row}, as pass {n} of two coded it", one_pass) for n in (1, 2)}


CODING_TABLES: dict[str, Table] = {
    "codings/quotations.csv": table(
        "a stretch of words that a body puts between quotation marks",
        *c.ROW_KEY_COLUMNS,
        Column("speaker", "who says it, a name of people.csv", refers=Reference("people.csv", "name")),
        Column("kind", "speech, document, term (a name or a word set apart, which lets nobody speak) or title", c.one_of(QUOTATION_KINDS)),
        Column("via", "reporters through whom it came, as the text names them, nearest to the speaker first, joined by ' > '"),
        *_quote(60),
        c.NOTE,
    ),
    **_coding(
        "provisions",
        "a term of a settlement that a text describes",
        c.DIMENSION,
        DOCUMENT,
        HOLDER,
        Column("level", "mentioned, proposed, agreed or disputed, as the text has it", refers=c.CODEBOOK),
        VOICE,
        Column("attributed_to", "the person or body nearest to the term to whom the text credits it; empty where to nobody"),
        Column("position", "what the text says, in neutral words, at most 25", c.at_most(25), words="paraphrase"),
        *_quote(40),
        c.NOTE,
    ),
    **_coding(
        "guarantors",
        "a state, body or group that a text names as a guarantor",
        Column("guarantor", "the state, body or group", c.NAME),
        Column("kind", "what it is", c.one_of(GUARANTOR_KINDS)),
        Column("role", "proposed, refusing, or earlier (an earlier pledge)", c.one_of(GUARANTOR_ROLES)),
        DOCUMENT,
        VOICE,
        *_quote(40),
        c.NOTE,
    ),
    "codings/strengths.csv": table(
        "a description of what a guarantee obliges to",
        *c.ROW_KEY_COLUMNS,
        Column("strength", "rung of strengths.csv", refers=c.STRENGTHS),
        HOLDER,
        DOCUMENT,
        *_quote(40),
        c.OWN_NOTE,
    ),
    "codings/relations.csv": table(
        "how two texts relate in a dimension that both describe; each such pair has one row",
        c.DIMENSION,
        Column("source_a", "id of the earlier text", refers=c.TEXT),
        Column("source_b", "id of the later text", refers=c.TEXT),
        Column("relation", "agree (same content, same level), differ in detail (compatible), contradict", c.one_of(RELATIONS)),
        Column("note", "why, at most 40 words", c.at_most(40), words="own"),
    ),
    **_coding(
        "responsibility",
        "a passage that credits or blames an actor",
        Column("actor", "who is credited or blamed", refers=c.CODEBOOK),
        Column("valence", "credited or blamed", refers=c.CODEBOOK),
        Column("matter", "for what: the field in which the act lies", refers=c.CODEBOOK),
        Column("act", "the act, in neutral words, at most 20", c.at_most(20), words="paraphrase"),
        JUDGE,
        *_quote(25),
        c.NOTE,
    ),
    **_coding(
        "frames",
        "one of Entman's four functions performed in a passage",
        Column("function", "problem, cause, moral or remedy", refers=c.CODEBOOK),
        Column("summary", "what is said, in neutral words, at most 20", c.at_most(20), words="paraphrase"),
        JUDGE,
        *_quote(25),
        c.NOTE,
    ),
    **_coding(
        "events",
        "a dated or datable event that a body mentions",
        Column("event_id", "id of the event in benchmark_events.csv", c.FILLED, Reference("benchmark_events.csv", "event_id")),
        Column("date", "what the words say, not what is known, in EDTF; weeks run from Monday to the day of publication", c.EDTF_DATE),
        Column("date_basis", "stated, relative or inferred", refers=c.CODEBOOK),
        Column("dated_by", "the words that date it; none where it is inferred"),
        Column("description", "the event in neutral words, at most 16", c.at_most(16), words="paraphrase"),
        *_quote(12),
        c.NOTE,
    ),
    **_coding(
        "claims",
        "a checkable statement of fact",
        Column("claim", "the statement in neutral words, at most 20", c.at_most(20), words="paraphrase"),
        Column("topic", "of what it speaks", refers=c.CODEBOOK),
        Column("attributed_to", "author, or the name in people.csv of whoever is nearest to the statement", c.FILLED, c.VOICES),
        *_quote(15),
        c.NOTE,
        adjudicated=(Column("claim_id", "id of the claim", c.NAME, unique=True),),
    ),
    "codings/comparisons.csv": table(
        "what one text says on a topic on which several texts agree, differ or contradict",
        Column("topic", "the topic; it has two texts or more, and one relation", c.NAME, words="own"),
        Column("relation", "agree, differ in detail, or contradict (not all can be true)", c.one_of(RELATIONS)),
        *c.ROW_KEY_COLUMNS,
        Column("position", "what the text says, at most 15 words; texts that say the same share it", c.at_most(15), words="paraphrase"),
        Column("claim_or_provision", "claim_id of the claim that says so"),
        Column("note", "what is particular to this text", words="own"),
        *_quote(15),
    ),
    "codings/source_checks.csv": table(
        "a statement of a text held against the outside record",
        *c.ROW_KEY_COLUMNS,
        Column("statement", "what the text says, at most 20 words", c.at_most(20), words="paraphrase"),
        Column("layer", "what it is held against: a document, or later reporting", c.one_of(LAYERS)),
        Column("finding", "how the statement stands to the record: fits, leaves out, goes further or differs", refers=c.CODEBOOK),
        Column("record", "what the record says, at most 35 words", c.at_most(35), words="own"),
        c.GRADE,
        c.WORKS,
        *_quote(15),
    ),
}
