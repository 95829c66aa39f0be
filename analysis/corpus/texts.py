"""The texts in order of publication."""

from functools import lru_cache

import pandas as pd

from analysis.corpus.dates import edtf_range
from analysis.corpus.reader import Corpus, text_file
from analysis.corpus.segment import passages, word_offsets
from analysis.number_words import listed

STATUS_WORDS = {"uncoded": "not yet coded", "once": "coded once", "twice": ""}  # what a reader is told of how far a text is coded


def reference_instrument(corpus: Corpus) -> pd.Series:
    """The instrument that the texts are held against, and from whose date their lags count: the first row of instruments.csv."""
    return corpus.tables["instruments.csv"].iloc[0]


def coding_status(corpus: Corpus) -> pd.Series:
    """How far each text is coded, by source_id in order of publication: "uncoded", "once", or "twice" (and adjudicated).

    An uncoded text has no coded rows, and is not silent: `check` holds it to that. A text coded once may have a second pass that nobody
    adjudicated yet; its one reading is what the tables hold.
    """
    return source_table(corpus).set_index("source_id").coding


def not_adjudicated(corpus: Corpus) -> set[str]:
    """The texts of which there are no two passes to compare, and no third reading that settled them."""
    return set(corpus.sources.source_id[corpus.sources.coding.isin(["uncoded", "once"])])


@lru_cache(maxsize=64)
def source_table(corpus: Corpus) -> pd.DataFrame:
    """One row a text, in order of publication.

    Columns: those of sources.csv; file (relative to the data folder); raw_words and body_words (counts); lag_days and
    lag_days_low (days from the date of the reference instrument to the latest and the earliest day that the date allows; negative: before).
    """
    spans = corpus.sources.date.map(edtf_range)
    _, talks = edtf_range(reference_instrument(corpus).date)
    body_words = passages(corpus).groupby("source_id").n_words.sum()
    table = corpus.sources.assign(
        file=corpus.sources.source_id.map(text_file),
        raw_words=[len(word_offsets(corpus.raw[source_id])) for source_id in corpus.sources.source_id],
        body_words=corpus.sources.source_id.map(body_words),
        lag_days=[(last - talks).days for _, last in spans],
        lag_days_low=[(first - talks).days for first, _ in spans],
    )
    return table.sort_values(["lag_days", "source_id"]).reset_index(drop=True)


def coded_sources(corpus: Corpus) -> pd.DataFrame:
    """The rows of `source_table` of the texts that are coded, once or twice: those that enter a count of codings."""
    table = source_table(corpus)
    return table[table.coding != "uncoded"].reset_index(drop=True)


def coders(corpus: Corpus) -> str:
    """Who coded the texts, in words: "a model (Arden 1987: two readers)" where most were coded by one and some by others; "" for none."""
    coded = coded_sources(corpus)
    by = coded[coded.coder != ""].groupby("coder", sort=False).short.agg(list).sort_values(key=lambda texts: -texts.map(len), kind="stable")
    first, *others = (listed([name.strip() for name in names.split(";")]) for names in by.index) if len(by) else ("",)
    apart = "; ".join(f"{listed(texts)}: {who}" for texts, who in zip(by[1:], others, strict=True))
    return f"{first} ({apart})" if apart else first


def by_publication_date(corpus: Corpus, table: pd.DataFrame) -> pd.DataFrame:
    """`table` with its texts in order of publication."""
    order = {source_id: place for place, source_id in enumerate(source_table(corpus).source_id)}
    return table.sort_values("source_id", key=lambda ids: ids.map(order), kind="stable").reset_index(drop=True)
