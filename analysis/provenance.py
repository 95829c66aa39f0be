"""Where the texts come from: dates and lags, what cleaning removed, and how the texts depend on each other."""

import re
from datetime import date
from functools import cache, lru_cache

import edtf
import pandas as pd
import pybtex.database

from analysis.corpus import passages, quoted_spans, sentence_spans, text_file, word_spans
from analysis.schema import METADATA_FIELDS

YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
DAY = r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?[?~]?"
EDTF = re.compile(rf"{DAY}(/{DAY})?|\{{{DAY}(,{DAY})+\}}")


def reference_instrument(corpus):
    """The instrument that the texts are held against, and from whose date their lags count: the first row of instruments.csv."""
    return corpus.tables["instruments.csv"].iloc[0]


def coding_status(corpus) -> pd.Series:
    """How far each text is coded, by source_id in order of publication: "uncoded", "once", or "twice" (and adjudicated).

    An uncoded text has no coded rows, and is not silent; a text coded once has none in the second pass. `check` holds both.
    """
    return sources(corpus).set_index("source_id").coding


@lru_cache(maxsize=64)
def sources(corpus):
    """One row a text, in order of publication.

    Columns: those of sources.csv; file (relative to the data folder); raw_words and body_words (counts); lag_days and
    lag_days_low (days from the date of the reference instrument to the latest and the earliest day that the date allows; negative: before).
    """
    spans = corpus.sources.date.map(date_span)
    _, talks = date_span(reference_instrument(corpus).date)
    body_words = passages(corpus).groupby("source_id").n_words.sum()
    table = corpus.sources.assign(
        file=corpus.sources.source_id.map(text_file),
        raw_words=[len(word_spans(corpus.raw[source_id])) for source_id in corpus.sources.source_id],
        body_words=corpus.sources.source_id.map(body_words),
        lag_days=[(last - talks).days for _, last in spans],
        lag_days_low=[(first - talks).days for first, _ in spans],
    )
    return table.sort_values(["lag_days", "source_id"]).reset_index(drop=True)


@cache
def date_span(value):
    """The first and the last day that an EDTF date allows, as two dates. Raises what edtf raises, or ValueError, for other text."""
    if ISO_DAY.fullmatch(value):  # most are, and the parser takes a hundredth of a second for each
        return (date.fromisoformat(value),) * 2
    parsed = edtf.parse_edtf(value)
    return tuple(date(*moment[:3]) for moment in (parsed.lower_strict(), parsed.upper_strict()))


def is_edtf(value: str) -> bool:
    """Whether `value` is a day, month or year in EDTF, an interval or a set of them, so that it has a first and a last day."""
    return EDTF.fullmatch(value) is not None and has_span(value)


def has_span(value: str) -> bool:
    """Whether `value` has a first and a last day; see `date_span`."""
    try:
        first, last = date_span(value)
    except (edtf.parser.edtf_exceptions.EDTFParseException, ValueError, TypeError, AttributeError, OverflowError):
        return False
    return first <= last


def basis(corpus):
    """How each fact about each text is known: source_id, fact, value, basis (stated, found, inferred), reference.

    `basis` is "stated" where the file says it, "found" where a reference does, "inferred" where it is concluded from
    references, "stated, found" where file and reference agree; `reference` holds keys of references.bib.
    """
    rows = []
    for source in corpus.sources.itertuples():
        for fact in [*METADATA_FIELDS, "url"]:
            kinds, _, reference = getattr(source, f"{fact}_basis").partition(":")
            rows.append((source.source_id, fact, getattr(source, fact), kinds.replace("+", ", "), reference))
    return pd.DataFrame(rows, columns=["source_id", "fact", "value", "basis", "reference"])


def basis_by_text(corpus):
    """The table of `basis` with a row a text and a column a fact."""
    table = basis(corpus).pivot(index="source_id", columns="fact", values="basis")
    return table.loc[list(corpus.raw), [*METADATA_FIELDS, "url"]].rename_axis(columns=None).reset_index()


def zone_words(corpus):
    """How many words of each raw file lie in each zone: a row a text, a column a zone, counts."""
    zones = corpus.zones.assign(
        words=[len(word_spans(corpus.raw[zone.source_id][zone.start : zone.end])) for zone in corpus.zones.itertuples()]
    )
    table = zones.pivot_table(index="source_id", columns="zone", values="words", aggfunc="sum", fill_value=0)
    return table.loc[list(corpus.raw)]


def cleaning(corpus):
    """What a reader would measure in the raw file and in the body, side by side.

    Columns: source_id; stage (raw, body); words; sentences; words_per_sentence; quotations (stretches between
    quotation marks); latest_year (the latest year that the stage names, text, missing where none).
    """
    rows = []
    for source_id, text in corpus.raw.items():
        own = passages(corpus).query("source_id == @source_id")
        body = [text[p.start : p.end] for p in own.itertuples()]
        for stage, paragraphs in (("raw", text.split("\n")), ("body", body)):
            years = [year for paragraph in paragraphs for year in YEAR.findall(paragraph)]
            words = sum(len(word_spans(paragraph)) for paragraph in paragraphs)
            sentences = sum(len(sentence_spans(paragraph)) for paragraph in paragraphs)
            quotations = sum(len(quoted_spans(paragraph)) for paragraph in paragraphs)
            rows.append((source_id, stage, words, sentences, words / sentences, quotations, max(years, default=None)))
    columns = ["source_id", "stage", "words", "sentences", "words_per_sentence", "quotations", "latest_year"]
    return pd.DataFrame(rows, columns=columns)


def dependencies(corpus):
    """How the texts are tied to each other and to works outside: the columns of dependencies.csv, and work.

    `work` is the short name of what `depends_on` points to: "Smith and Jones 2024".
    """
    names = reference_names(corpus.path / "references.bib")
    ties = corpus.tables["dependencies.csv"]
    return ties.assign(work=ties.depends_on.map(names))


def reference_names(file):
    """Short names of the works in a BibTeX file: {key: "Smith and Jones 2024"}."""
    works = pybtex.database.parse_file(file).entries
    return {
        key: " and ".join(" ".join(person.last_names).strip("{}") for person in work.persons["author"]) + f" {work.fields['year']}"
        for key, work in works.items() if "author" in work.persons
    }  # fmt: skip
