"""Where the texts come from: what cleaning removed, how metadata are known, how the texts depend on each other."""

import re

import pandas as pd

from analysis.corpus.bibliography import reference_names
from analysis.corpus.reader import Corpus
from analysis.corpus.schema import METADATA_FIELDS
from analysis.corpus.segment import passages, quotation_offsets, running_text, sentence_offsets, word_offsets

_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")


def metadata_provenance(corpus: Corpus) -> pd.DataFrame:
    """How each fact about each text is known: source_id, fact, value, basis (stated, found, inferred), reference.

    `metadata_provenance` is "stated" where the file says it, "found" where a reference does, "inferred" where it is concluded from
    references, "stated, found" where file and reference agree; `reference` holds keys of references.bib.
    """
    rows = []
    for source in corpus.sources.itertuples():
        for fact in [*METADATA_FIELDS, "url"]:
            kinds, _, reference = getattr(source, f"{fact}_basis").partition(":")
            rows.append((source.source_id, fact, getattr(source, fact), kinds.replace("+", ", "), reference))
    return pd.DataFrame(rows, columns=["source_id", "fact", "value", "basis", "reference"])


def metadata_provenance_by_text(corpus: Corpus) -> pd.DataFrame:
    """The table of `metadata_provenance` with a row a text and a column a fact."""
    table = metadata_provenance(corpus).pivot(index="source_id", columns="fact", values="basis")
    return table.loc[list(corpus.raw), [*METADATA_FIELDS, "url"]].rename_axis(columns=None).reset_index()


def words_by_zone(corpus: Corpus) -> pd.DataFrame:
    """How many words of each raw file lie in each zone: a row a text, a column a zone, counts."""
    zones = corpus.zones.assign(
        words=[len(word_offsets(corpus.raw[zone.source_id][zone.start : zone.end])) for zone in corpus.zones.itertuples()]
    )
    table = zones.pivot_table(index="source_id", columns="zone", values="words", aggfunc="sum", fill_value=0)
    return table.loc[list(corpus.raw)]


def raw_vs_body(corpus: Corpus) -> pd.DataFrame:
    """What a reader would measure in the raw file and in the body, side by side.

    Columns: source_id; stage (raw, body); words; sentences; words_per_sentence; quotations (stretches between
    quotation marks); latest_year (the latest year that the stage names, text, missing where none).
    """
    rows = []
    for source_id, text in corpus.raw.items():
        own = passages(corpus).query("source_id == @source_id")
        body = [running_text(corpus, source_id)[p.start : p.end] for p in own.itertuples()]
        for stage, paragraphs in (("raw", text.split("\n")), ("body", body)):
            years = [year for paragraph in paragraphs for year in _YEAR.findall(paragraph)]
            words = sum(len(word_offsets(paragraph)) for paragraph in paragraphs)
            sentences = sum(len(sentence_offsets(paragraph)) for paragraph in paragraphs)
            quotations = sum(len(quotation_offsets(paragraph)) for paragraph in paragraphs)
            rows.append((source_id, stage, words, sentences, words / sentences, quotations, max(years, default=None)))
    columns = ["source_id", "stage", "words", "sentences", "words_per_sentence", "quotations", "latest_year"]
    return pd.DataFrame(rows, columns=columns)


def dependencies(corpus: Corpus) -> pd.DataFrame:
    """How the texts are tied to each other and to works outside: the columns of dependencies.csv, and work.

    `work` is the short name of what `depends_on` points to: "Smith and Jones 2024".
    """
    names = reference_names(corpus.path / "references.bib")
    ties = corpus.tables["dependencies.csv"]
    return ties.assign(work=ties.depends_on.map(names))
