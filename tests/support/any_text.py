"""Texts that Hypothesis makes, always the same ones: letters of many scripts, signs beyond the first plane, combining and direction marks."""

import itertools
from pathlib import Path

import pandas as pd
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from analysis.corpus.reader import Corpus
from analysis.corpus.unicode_checks import invisible_offsets

settings.register_profile(
    "repeatable", derandomize=True, deadline=None, database=None, max_examples=80, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("repeatable")

# Arbitrary Unicode without surrogates, which UTF-8 cannot hold, and prose of what makes rules stumble.
ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
SIGNS = ["“", "”", "‘", "’", '"', "'", "«", "»", "„", "`", "´", "-", "–", "—", "‑", "…", ".", "?", "!", ",", "U.S.", "Ph.D.", "10,000", "1.5", " ",
         "  ", "\u00a0", "\u2009", "\n", "\t", "war", "Kyiv’s", "e\u0301", "İ", "ß", "ﬁ", "𝔸", "😀", "👩\u200d🚀", "שלום", "سلام\u200cها", "क्ष",
         "\u202e", "\u200b", "<b>", "</script>", "&amp;", "&", "{{ x }}", "$", "_"]  # fmt: skip
PROSE = st.lists(st.one_of(st.sampled_from(SIGNS), st.text(st.characters(exclude_categories=["Cs"]), max_size=4)), max_size=40).map("".join)
WORDY = st.lists(st.sampled_from(SIGNS), max_size=30).map(" ".join)
TEXT = st.one_of(ANY, PROSE, WORDY)
MARKED = st.text(st.sampled_from("“”‘’\"'«»„ a."), max_size=30)
LEGAL = TEXT.map(lambda text: "".join(sign for sign in text if not invisible_offsets(sign)))  # what `check` lets pass


@st.composite
def corpora(draw):
    """A Corpus of one text, cut into zones of which some are body."""
    text = draw(TEXT.filter(bool))
    cuts = sorted({0, len(text), *draw(st.lists(st.integers(0, len(text)), max_size=4))})
    zones = [("t", start, end, draw(st.sampled_from(["body", "body", "caption"])), "") for start, end in itertools.pairwise(cuts)]
    tables = {
        "zones.csv": pd.DataFrame(zones, columns=["source_id", "start", "end", "zone", "note"]),
        "sources.csv": pd.DataFrame({"source_id": ["t"], "short": ["A Text"]}),
    }
    return Corpus(Path("data"), tables, {"t": text})
