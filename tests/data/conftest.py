"""What was worked out of some of the texts: the Corpus of these alone, so that a further text makes nothing of it false."""

import pytest

from analysis.corpus.reader import Corpus
from tests.support.corpora import of_texts
from tests.support.facts import expected


@pytest.fixture(scope="session")
def told(texts: Corpus) -> Corpus:
    """The texts of which the answers to findings under other choices were worked out, as facts.csv names them."""
    return of_texts(texts, expected("texts", "findings").split())
