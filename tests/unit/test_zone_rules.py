"""Zones proposed by rule: pages of several forms, made up, with the zone of each line set by hand; and any text whatever."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given

from analysis.intake.zone_rules import Zone, propose_zones
from tests.support.any_text import LEGAL

PAGES = Path(__file__).parents[1] / "support/pages"


def page(name: str) -> tuple[str, list[str]]:
    """A page, and the zone of each of its characters by hand; inline noise stands between double brackets in the file, without a name."""
    text, zones = "", []
    for line in (PAGES / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        zone, _, words = line.partition("|")
        for number, part in enumerate(re.split(r"\[\[|\]\](?!\])", words.removeprefix(" "))):
            text += part
            zones += ["chrome" if number % 2 else zone.strip()] * len(part)
        text += "\n"
        zones.append("")
    return text, zones


def zones_by_character(zones: list[Zone]) -> list[str]:
    return [zone.zone for zone in zones for _ in range(zone.start, zone.end)]


def share_right(text: str, by_hand: list[str], proposed: list[str], only: str = "") -> float:
    """The share of characters, white space aside, whose proposed zone is that by hand; of those of one zone by hand."""
    asked = [place for place, sign in enumerate(text) if not sign.isspace() and only in ("", by_hand[place])]
    return sum(by_hand[place] == proposed[place] for place in asked) / len(asked)


@pytest.mark.parametrize("name", sorted(file.stem for file in PAGES.glob("*.txt")))
def test_the_zones_of_a_page_are_proposed_as_by_hand(name):
    text, by_hand = page(name)
    proposed = zones_by_character(propose_zones(text))
    lines = [(line.start(), line.group()) for line in re.finditer(r".+", text)]
    wrong = [words for start, words in lines if any(by_hand[at] != proposed[at] for at in range(start, start + len(words)))]
    assert wrong == WRONG.get(name, [])
    assert share_right(text, by_hand, proposed, "body") > 0.98


LISTED = """The head of the delegation listed the steps that he saw before an agreement could be signed and would come into force:
Total ceasefire
Big summit
A signature for the time being, until those who sign have made it law
The islands keep their berths."""


@pytest.mark.parametrize(
    "behind",
    ["", "\n\nThe pilots of the two islands have waited for this day since the war began, as their speaker said yesterday in the town."],
)
def test_short_lines_behind_a_colon_are_items_of_a_list(behind):
    assert {zone.zone for zone in propose_zones(LISTED + behind)} == {"body"}
    alone = LISTED.replace(
        "\nTotal ceasefire\nBig summit\nA signature",
        "\nTotal ceasefire\nThe delegation had worked for a month on this and on all else that was asked of it by those who had sent it there, a signature",
    )
    assert "subhead" in {zone.zone for zone in propose_zones(alone + behind)}


# What the rules do not see.
WRONG = {"newspaper": ["Why not?"]}


@given(LEGAL)
def test_whatever_the_text_the_zones_partition_it(text):
    zones = propose_zones(text)
    assert not text.strip() or (zones[0].start, zones[-1].end) == (0, len(text))
    assert all(one.end == other.start and one.zone != other.zone for one, other in pairwise(zones))
    assert all(zone.start < zone.end and zone.note for zone in zones)
