"""The values that coded columns may hold."""

AUTHOR = "author"  # the voice of a text itself

ABSENT = "absent"  # what a text says of a dimension that it does not mention

CODING_STATUSES = ["uncoded", "once", "twice"]  # how far a text is coded; twice: and adjudicated

ZONES = ["body", "headline", "deck", "subhead", "byline", "caption", "teaser", "chrome", "front_matter", "promo"]

TIES = ["shared author", "same outlet", "closely parallels", "cites"]

LEVELS = ["mentioned", "proposed", "agreed", "disputed"]

RELATIONS = ["agree", "differ in detail", "contradict"]  # from the weakest tension to the strongest

VALENCES = ["credited", "blamed"]

FUNCTIONS = ["problem", "cause", "moral", "remedy"]  # Entman 1993, doi:10.1111/j.1460-2466.1993.tb01304.x

RECORD_LAYERS = ["document", "reporting"]

CHECK_FINDINGS = ["fits", "leaves out", "goes further", "differs"]

GRADES = ["S", "S2", "text", "common"]

FITS = ["exact", "partial", "none"]

GUARANTOR_KINDS = ["state", "body", "group"]

GUARANTOR_ROLES = ["proposed", "refusing", "earlier"]

QUOTATION_KINDS = ["speech", "document", "term", "title"]

PEOPLE_KINDS = ["person", "group", "body", "document"]

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
    "leans",
]
