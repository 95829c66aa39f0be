"""The study itself, five texts, of which these tests state facts."""

import pytest

from analysis.corpus.reader import Corpus, load_corpus


@pytest.fixture(scope="session")
def texts() -> Corpus:
    return load_corpus()
