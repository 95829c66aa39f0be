"""The codings as tables, by name, in the order of the texts' publication."""

from collections.abc import Callable

import pandas as pd

from analysis.coding.claims import check_table, claim_table, comparison_table
from analysis.coding.events import event_table
from analysis.coding.framing import frame_table, judgement_table
from analysis.coding.guarantees import guarantor_table
from analysis.coding.terms import provision_table
from analysis.corpus.reader import Corpus
from analysis.corpus.speech import quotation_table

CODED_TABLES: dict[str, Callable[[Corpus], pd.DataFrame]] = {
    "provisions": provision_table,
    "guarantors": guarantor_table,
    "quotations": quotation_table,
    "responsibility": judgement_table,
    "frames": frame_table,
    "events": event_table,
    "claims": claim_table,
    "comparisons": comparison_table,
    "source_checks": check_table,
}
