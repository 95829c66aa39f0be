"""What the tests of measuring a file share: rules that are read once, and small partitions."""

import pytest

from batch import jobs, partitions
from batch.reference import load_rules

RULES = load_rules()


@pytest.fixture(autouse=True)
def _rules_are_read_once(monkeypatch):
    monkeypatch.setattr(jobs, "load_rules", lambda _path: RULES)


@pytest.fixture
def small(monkeypatch):
    """Partitions of a hundred documents."""
    monkeypatch.setattr(partitions, "PARTITION_DOCUMENTS", 100)
