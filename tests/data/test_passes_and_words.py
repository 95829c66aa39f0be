"""What holds for the codings of these five texts, read from the files themselves: both passes, whose words, the figures' counts."""

import csv
import re
from collections import Counter

import pytest

from analysis.coding.quotations import quoted_words_by_side
from analysis.corpus.reader import DATA_FOLDER
from analysis.stylometry.keyness import author_words, keyness_table

# What a pass decides in each unit.
DECIDED = {
    "provisions": ["dimension", "document", "holder", "level", "voice"],
    "guarantors": ["guarantor", "kind", "role", "document", "voice"],
    "responsibility": ["actor", "valence", "matter", "voice"],
    "frames": ["function", "voice"],
    "events": ["event_id", "date", "date_basis"],
    "claims": ["topic", "attributed_to"],
}


def rows(name):
    with open(DATA_FOLDER / f"{name}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("name", DECIDED)
def test_a_row_on_which_the_passes_do_not_agree_says_why_it_stands(name):
    columns = ["passage_id", *DECIDED[name]]
    twice = {row["source_id"] for row in rows("sources") if row["coding"] == "twice"}
    one, two = ({tuple(row[column] for column in columns) for row in rows(f"codings/{name}.pass{number}")} for number in (1, 2))
    final = [row for row in rows(f"codings/{name}") if row["source_id"] in twice]
    assert len(final) > len(one & two) / 2
    silent = [row for row in final if not row["resolution"] and tuple(row[column] for column in columns) not in one & two]
    assert silent == []


WORD = re.compile(r"(?:[A-Za-z]{1,2}\.){2,}|[^\W_]+(?:(?:[-’'](?=[^\W_])|(?<=\d)[.,](?=\d))[^\W_]+)*")


def speeches(source_id):
    """The quotations of a text that let somebody speak, the longest first: (start, end, speaker)."""
    own = [row for row in rows("codings/quotations") if row["source_id"] == source_id and row["kind"] in ("speech", "document")]
    return sorted(((int(row["start"]), int(row["end"]), row["speaker"]) for row in own), key=lambda row: row[0] - row[1])


def words(texts, source_id):
    """The words of a body: (offset, word)."""
    for zone in rows("zones"):
        if zone["source_id"] == source_id and zone["zone"] == "body":
            yield from (
                (match.start(), match.group()) for match in WORD.finditer(texts.raw[source_id], int(zone["start"]), int(zone["end"]))
            )


def test_each_quoted_word_counts_for_the_side_of_its_outermost_speaker(texts):
    sides, counts = {row["name"]: row["side"] for row in rows("people")}, Counter()
    for source_id in texts.raw:
        spans = speeches(source_id)
        for offset, _ in words(texts, source_id):
            speaker = next((name for start, end, name in spans if start <= offset < end), None)
            counts.update([(source_id, sides[speaker])] if speaker else [])
    table = quoted_words_by_side(texts)
    assert len(counts) > 8
    assert {(source_id, side): n for source_id, row in table.iterrows() for side, n in row.items() if n} == counts


def test_just_the_words_that_nobody_else_speaks_are_the_authors(texts):
    own = author_words(texts)
    for source_id in texts.raw:
        spans = speeches(source_id)
        unquoted = [word for offset, word in words(texts, source_id) if not any(start <= offset < end for start, end, _ in spans)]
        plain = [word.lower().replace("’", "'").removesuffix("'s") for word in unquoted]
        assert own[own.source_id == source_id].word.to_list() == plain


def test_every_word_in_three_paragraphs_of_a_text_is_ranked(texts):
    spread = author_words(texts).groupby(["source_id", "word"]).passage_id.nunique()
    ranked = keyness_table(texts).groupby("prior")[["source_id", "word"]]
    assert len(ranked) == 3
    for _, own in ranked:
        assert set(own.itertuples(index=False, name=None)) == set(spread[spread >= 3].index)


@pytest.mark.parametrize(
    "name", sorted(path.relative_to(DATA_FOLDER).with_suffix("").as_posix() for path in (DATA_FOLDER / "codings").glob("*.csv"))
)
def test_every_quotation_stands_in_its_paragraph(texts, name):
    """A paragraph is a line of the body, counted from one."""
    lines = {}
    for source_id, raw in texts.raw.items():
        zones = [zone for zone in rows("zones") if zone["source_id"] == source_id and zone["zone"] == "body"]
        body = [match.span() for zone in zones for match in re.compile("[^\n]+").finditer(raw, int(zone["start"]), int(zone["end"]))
                if match.group().strip()]  # fmt: skip
        lines |= {f"{source_id}-p{number:02d}": span for number, span in enumerate(body, start=1)}
    for row in rows(name):
        if "quote" in row:
            start, end = int(row["start"]), int(row["end"])
            assert texts.raw[row["source_id"]][start:end] == row["quote"]
            begin, stop = lines[row["passage_id"]]
            assert begin <= start < end <= stop, row
