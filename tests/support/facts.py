"""The facts of tests/data/facts.csv, and of which texts they speak."""

import csv

from book.notebooks import ROOT

FACTS = list(csv.DictReader((ROOT / "tests/data/facts.csv").open(encoding="utf-8", newline="")))
KNOWN = [row["place"] for row in FACTS if row["fact"] == "coding"]  # the texts of which facts are stated; a further one joins by its rows


def expected(fact: str, place: str) -> str:
    """What facts.csv states of a place, where there is one row of it."""
    (row,) = (row for row in FACTS if (row["fact"], row["place"]) == (fact, place))
    return row["expected"]
