"""Annotations of the tests: those of the frozen study, some that hypothesis makes on any text, and what is the same in all forms."""

from hypothesis import strategies as st

from analysis.coding.annotations import CODINGS, Annotation, code_columns, coded_annotations
from tests.support.any_text import LEGAL
from tests.support.small import study

READINGS = ["1", "2", "adjudicated"]


def readings(corpus):
    """Every reading of every text, as (source_id, which, Annotations); those without rows are left out."""
    found = [(source_id, which, coded_annotations(corpus, source_id, which)) for source_id in corpus.raw for which in READINGS]
    return [reading for reading in found if reading[2]]


def carried(annotations):
    """What each form carries of Annotations: coding, words, codes, place."""
    return [(one.coding, one.quote, dict(one.codes), one.start, one.end) for one in annotations]


@st.composite
def coded_texts(draw, text=LEGAL):
    """A Corpus of one text that hypothesis makes, and Annotations on stretches of it, with any legal values as codes."""
    raw = draw(text.filter(str.strip))
    given = []
    for row in range(1, draw(st.integers(1, 4)) + 1):
        start = draw(st.integers(0, len(raw) - 1))
        end = draw(st.integers(start + 1, len(raw)))
        coding = draw(st.sampled_from(list(CODINGS)))
        column = draw(st.sampled_from(code_columns(coding)))
        value = draw(LEGAL.map(str.strip).filter(bool))
        given.append(Annotation(row, coding, raw[start:end], {column: value}, "", start, end))
    return study({"t": raw}), given
