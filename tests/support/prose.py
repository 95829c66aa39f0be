"""Texts that Hypothesis makes, always the same ones: letters of many scripts, signs beyond the first plane, and what makes rules stumble."""

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

settings.register_profile(
    "repeatable", derandomize=True, deadline=None, database=None, max_examples=80, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("repeatable")

# Arbitrary Unicode without surrogates, which UTF-8 cannot hold, and prose of what makes rules stumble.
ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
MARKS = "“”‘’\"'«»„`´-–—‑….?!,$_&"
WORDS = ["U.S.", "Ph.D.", "10,000", "1.5", "war", "Kyiv’s", "<b>", "</script>", "&amp;", "{{ x }}"]
SCRIPTS = ["e\u0301", "İ", "ß", "ﬁ", "𝔸", "😀", "👩\u200d🚀", "שלום", "سلام\u200cها", "क्ष", "\u202e", "\u200b"]
SIGNS = [*MARKS, *WORDS, *SCRIPTS, " ", "  ", "\u00a0", "\u2009", "\n", "\t"]
PROSE = st.lists(st.one_of(st.sampled_from(SIGNS), st.text(st.characters(exclude_categories=["Cs"]), max_size=4)), max_size=40).map("".join)
WORDY = st.lists(st.sampled_from(SIGNS), max_size=30).map(" ".join)
TEXT = st.one_of(ANY, PROSE, WORDY)
