"""What each data file must hold, column by column; the text of a check is its remedy."""

import re

import edtf
import pandera.pandas as pa

ZONES = ["body", "headline", "deck", "subhead", "byline", "caption", "teaser", "chrome", "front_matter", "promo"]
KINDS = ["shared author", "same outlet", "closely parallels", "cites"]


def is_edtf(value):
    """Whether `value` is a date or interval of days, months or years in EDTF that names a first and a last day."""
    try:
        parsed = edtf.parse_edtf(value)
        return all(len(moment) >= 3 for moment in (parsed.lower_strict(), parsed.upper_strict()))
    except (edtf.parser.edtf_exceptions.EDTFParseException, AttributeError, TypeError, ValueError, OverflowError):
        return False


def each(test, remedy):
    """A check of every value by itself, with the remedy that a failure prints."""
    return pa.Check(lambda value: bool(test(value)), element_wise=True, error=remedy)


def column(*checks, unique=False):
    once = [pa.Check(lambda values: ~values.duplicated(), error="give every row its own")] if unique else []
    return pa.Column(str, [*checks, *once])


def schema(**columns):
    return pa.DataFrameSchema(columns, strict=False)


FILLED = each(lambda value: bool(value.strip()), "fill it in")
LABEL = each(lambda value: re.fullmatch(r"[a-z][a-z0-9]*", value), "use lower-case letters and digits only, as in charap2022")
BASIS = each(
    lambda value: re.fullmatch(r"stated|(stated\+)?(found|inferred):[a-z0-9]+(;[a-z0-9]+)*", value),
    "write stated, found:<key>, stated+found:<key> or inferred:<key>;<key>, with keys of references.bib",
)


def one_of(values):
    return each(lambda value: value in values, "use one of " + ", ".join(values))


SCHEMAS = {
    "sources.csv": schema(
        source_id=column(LABEL, unique=True),
        short=column(FILLED, unique=True),
        title=column(FILLED),
        title_basis=column(BASIS),
        author=column(FILLED),
        author_basis=column(BASIS),
        outlet=column(FILLED),
        outlet_basis=column(BASIS),
        date=column(each(is_edtf, "write it in EDTF, as in 2022-03-31 or 2023-09-10/2023-09-30")),
        date_basis=column(BASIS),
        genre=column(FILLED),
        url=column(each(lambda value: re.fullmatch(r"https?://[^\s<>\"]+", value), "give an address that begins with https://")),
        url_basis=column(BASIS),
        sha256=column(each(lambda value: re.fullmatch(r"[0-9a-f]{64}", value), "enter what `sha256sum` prints for the file")),
        cluster=column(LABEL),
    ),
    "zones.csv": schema(
        zone=column(one_of(ZONES)),
        note=column(FILLED),
    ),
    "dependencies.csv": schema(
        kind=column(one_of(KINDS)),
        note=column(FILLED),
        reference=column(FILLED),
    ),
}  # fmt: skip
