"""The values that coded columns may hold."""

AUTHOR = "author"  # the voice of a text itself

ABSENT = "absent"  # what a text says of a dimension that it does not mention

CODING_STATUSES = ["uncoded", "once", "twice"]  # how far a text is coded; twice: and adjudicated

ADDRESS_KINDS = ["outlet", "copy"]  # whose page an address leads to

ZONES = ["body", "headline", "deck", "subhead", "byline", "caption", "teaser", "chrome", "front_matter", "promo"]

TIES = ["shared author", "same outlet", "closely parallels", "cites"]

LEVELS = ["mentioned", "proposed", "agreed", "disputed"]

RELATIONS = ["agree", "differ in detail", "contradict"]  # from the weakest tension to the strongest

NOT_COMPARED = "not compared yet"  # the relation of two texts that nobody held against each other: it counts as none of the others

VALENCES = ["credited", "blamed"]

FUNCTIONS = ["problem", "cause", "moral", "remedy"]  # Entman 1993, doi:10.1111/j.1460-2466.1993.tb01304.x

RECORD_LAYERS = ["document", "reporting"]

VERDICTS = ["as in the document", "goes further", "falls short", "differs", "not checkable"]

DIFFERS, UNCHECKED = VERDICTS[-2:]

GRADES = [
    "A",
    "A*",
    "B",
    "C",
]  # primary page or file read; the same through a translation; report or copy read; partisan copies, or none read

STATED, SUPPOSED, RECALLED = BASES = ["stated", "supposed", "recalled"]  # how a text puts a term

UNMARKED = "paper"  # the side of a point of an instrument that stands in its text with no side marked

IN_PROSE = ["yes", "no"]  # whether the sentences were read over since a text joined

SEEN = ["yes", "part", "no"]  # whether what an instrument says in a dimension could be read

BRACKETS = ["no", "yes", "unclear"]  # whether a guarantor stands between brackets, as not settled

STANCES = ["advances", "denies", "tells", "hints"]  # to an explanation

FITS = ["exact", "partial", "none"]

GUARANTOR_KINDS = ["state", "body", "group"]

GUARANTOR_ROLES = ["proposed", "refusing", "earlier"]

QUESTIONS = ["exactly", "most", "apart", "rising"]  # that a finding asks

CODINGS_ASKED = ["provisions", "guarantors", "quotations", "responsibility", "frames", "claims", "comparisons"]

QUOTATION_KINDS = ["speech", "document", "term", "title"]

PEOPLE_KINDS = ["person", "group", "body", "document"]

LANES = ["event", "disclosure"]  # in which the record is drawn beside the texts: what happened, and what came to light

LOADED_KINDS = ["naming choice", "evaluative word"]

# The coded columns whose values `codebook_values.csv` defines.
CODED_VARIABLES = [
    "level",
    "holder",
    "document",
    "voice",
    "actor",
    "valence",
    "matter",
    "function",
    "date_basis",
    "topic",
    "finding",
    "verdict",
    "basis",
    "kind",
    "role",
    "side",
    "leans",
]
