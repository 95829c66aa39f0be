"""What each data file must hold, column by column; the text of a check is its remedy."""

import re

import pandera.pandas as pa

from analysis import loaded
from analysis.claims import LAYERS
from analysis.proposals import RELATIONS
from analysis.provenance import CODING, is_edtf

ZONES = ["body", "headline", "deck", "subhead", "byline", "caption", "teaser", "chrome", "front_matter", "promo"]
FITS = ["exact", "partial", "none"]
GRADES = ["S", "S2", "text", "common"]
KINDS = ["shared author", "same outlet", "closely parallels", "cites"]


def each(test, remedy):
    """A check of every value by itself, with the remedy that a failure prints."""
    return pa.Check(lambda value: bool(test(value)), element_wise=True, error=remedy)


def column(*checks, unique=False):
    once = [pa.Check(lambda values: ~values.duplicated(), error="give every row its own")] if unique else []
    return pa.Column(checks=[*checks, *once])


def schema(**columns):
    return pa.DataFrameSchema(columns)


ADDRESS = re.compile(r"https?://[^\s<>\"]+")
FILLED = each(lambda value: bool(value.strip()), "fill it in")


def name(longest):
    """A check of what stands in figures, headings and links."""
    return each(
        lambda value: re.fullmatch(rf"\S(.{{0,{longest - 2}}}\S)?", value),
        f"use 1 to {longest} characters in one line, without spaces around them",
    )


SHORT, NAME = name(30), name(60)
LABEL = each(lambda value: re.fullmatch(r"[a-z][a-z0-9]{0,39}", value), "use up to 40 lower-case letters and digits, as in smith2023")
BASIS = each(
    lambda value: re.fullmatch(r"stated|(stated\+)?(found|inferred):[a-z0-9]+(;[a-z0-9]+)*", value),
    "write stated, found:<key>, stated+found:<key> or inferred:<key>;<key>, with keys of references.bib",
)


def one_of(values):
    return each(lambda value: value in values, "use one of " + ", ".join(values))


def at_most(words):
    return each(lambda value: 0 < len(value.split()) <= words, f"use 1 to {words} words")


COUNT = each(lambda value: re.fullmatch("[0-9]{0,2}", value), "give a whole number, or nothing")
IS_EDTF = each(is_edtf, "write it in EDTF, as in 2022-03-31 or 2023-09-10/2023-09-30")
DIMENSIONS = each(lambda value: re.fullmatch(r"[A-Z][A-Z0-9]{0,9}", value), "use up to 10 capital letters and digits, a letter first")
SPAN = {"quote": column(at_most(40))}
PROVISIONS = {
    "dimension": column(DIMENSIONS),
    "position": column(at_most(25)),
    **SPAN,
}
GUARANTORS = {
    "guarantor": column(NAME),
    "kind": column(one_of(["state", "body", "group"])),
    "role": column(one_of(["proposed", "refusing", "earlier"])),
    **SPAN,
}


RESPONSIBILITY = {
    "act": column(at_most(20)),
    "voice": column(FILLED),
    "quote": column(at_most(25)),
}
FRAMES = {
    "summary": column(at_most(20)),
    "voice": column(FILLED),
    "quote": column(at_most(25)),
}


def is_pattern(value):
    """Whether `value` is a regular expression that finds at least one character."""
    try:
        return not re.compile(value).match("")
    except re.error:
        return False


PATTERN = each(is_pattern, "write a regular expression of Python that finds at least one character")
EVENTS = {
    "event_id": column(FILLED),
    "date": column(IS_EDTF),
    "description": column(at_most(16)),
    "quote": column(at_most(12)),
}
CLAIMS = {
    "claim": column(at_most(20)),
    "attributed_to": column(FILLED),
    "quote": column(at_most(15)),
}


SCHEMAS = {
    "sources.csv": schema(
        source_id=column(FILLED, unique=True),
        short=column(SHORT, unique=True),
        title=column(FILLED),
        title_basis=column(BASIS),
        author=column(FILLED),
        author_basis=column(BASIS),
        outlet=column(FILLED),
        outlet_basis=column(BASIS),
        date=column(IS_EDTF),
        date_basis=column(BASIS),
        genre=column(NAME),
        url=column(each(lambda value: ADDRESS.fullmatch(value), "give an address that begins with https://")),
        url_basis=column(BASIS),
        sha256=column(each(lambda value: re.fullmatch(r"[0-9a-f]{64}", value), "enter what `sha256sum` prints for the file")),
        cluster=column(LABEL),
        coding=column(one_of(CODING)),
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
    "codebook.csv": schema(
        dimension=column(DIMENSIONS, unique=True),
        label=column(NAME),
        **{name: column(FILLED) for name in ("question", "definition", "includes", "excludes", "example", "counter_example")},
        pax_fit=column(one_of(FITS)),
        pam_fit=column(one_of(FITS)),
    ),
    "codebook_values.csv": schema(variable=column(NAME), value=column(NAME), definition=column(FILLED)),
    "strengths.csv": schema(
        strength=column(NAME, unique=True),
        rank=column(each(lambda value: re.fullmatch("[0-9]", value), "give the rung as one digit")),
        definition=column(FILLED),
    ),
    "instruments.csv": schema(
        instrument=column(LABEL),
        short=column(SHORT),
        date=column(each(is_edtf, "write it in EDTF")),
        dimension=column(DIMENSIONS),
        position=column(at_most(25)),
        reference=column(FILLED),
        locator=column(FILLED),
        grade=column(one_of(GRADES)),
    ),
    "instrument_guarantors.csv": schema(guarantor=column(NAME), reference=column(FILLED), grade=column(one_of(GRADES))),
    "people.csv": schema(
        name=column(NAME, unique=True),
        kind=column(one_of(["person", "group", "body", "document"])),
        side=column(NAME),
        aliases=column(each(lambda value: all(alias.strip() for alias in value.split(";")), "part the forms by single semicolons")),
    ),
    "benchmark_events.csv": schema(
        event_id=column(NAME, unique=True),
        label=column(NAME),
        date=column(each(lambda value: not value or is_edtf(value), "write it in EDTF, or leave it empty")),
        grade=column(one_of(GRADES)),
    ),
    "names.csv": schema(
        concept=column(NAME),
        form=column(NAME),
        pattern=column(PATTERN),
    ),
    "loaded_words.csv": schema(
        term=column(NAME, unique=True),
        pattern=column(PATTERN),
        kind=column(one_of(loaded.KINDS)),
        why=column(FILLED),
        instead=column(FILLED),
    ),
    "syllables.csv": schema(
        word=column(each(lambda value: value == value.strip().lower() != "", "write it in lower case"), unique=True),
        hand=column(COUNT),
        cmudict=column(COUNT),
        note=column(each(lambda value: not value.startswith("guess"), "count the syllables by ear, then take out this note")),
    ),
    "codings/quotations.csv": schema(kind=column(one_of(["speech", "document", "term", "title"])), quote=column(at_most(60))),
    "codings/provisions.csv": schema(**PROVISIONS),
    "codings/provisions.pass1.csv": schema(**PROVISIONS),
    "codings/provisions.pass2.csv": schema(**PROVISIONS),
    "codings/guarantors.csv": schema(**GUARANTORS),
    "codings/guarantors.pass1.csv": schema(**GUARANTORS),
    "codings/guarantors.pass2.csv": schema(**GUARANTORS),
    "codings/strengths.csv": schema(**SPAN),
    "codings/responsibility.csv": schema(**RESPONSIBILITY),
    "codings/responsibility.pass1.csv": schema(**RESPONSIBILITY),
    "codings/responsibility.pass2.csv": schema(**RESPONSIBILITY),
    "codings/frames.csv": schema(**FRAMES),
    "codings/frames.pass1.csv": schema(**FRAMES),
    "codings/frames.pass2.csv": schema(**FRAMES),
    "codings/events.csv": schema(**EVENTS),
    "codings/events.pass1.csv": schema(**EVENTS),
    "codings/events.pass2.csv": schema(**EVENTS),
    "codings/claims.csv": schema(claim_id=column(NAME, unique=True), **CLAIMS),
    "codings/claims.pass1.csv": schema(**CLAIMS),
    "codings/claims.pass2.csv": schema(**CLAIMS),
    "codings/comparisons.csv": schema(
        topic=column(NAME),
        relation=column(one_of(RELATIONS)),
        position=column(at_most(15)),
        quote=column(at_most(15)),
    ),
    "codings/source_checks.csv": schema(
        statement=column(at_most(20)),
        layer=column(one_of(LAYERS)),
        record=column(at_most(35)),
        grade=column(one_of(GRADES)),
        quote=column(at_most(15)),
    ),
    "codings/relations.csv": schema(dimension=column(DIMENSIONS), relation=column(one_of(RELATIONS)), note=column(at_most(40))),
}  # fmt: skip
