"""How far the zones that rules propose are those set by hand, on these texts: printed with `pytest -s`."""

from analysis.intake.zone_rules import propose_zones
from analysis.intake.zone_sheet import read_zone_sheet, zone_sheet, zones_of
from tests.support.facts import KNOWN
from tests.unit.test_zone_rules import share_right, zones_by_character


def test_more_than_nine_tenths_of_each_body_are_proposed_as_body_and_of_each_text_as_by_hand(texts):
    for source_id, text in ((source_id, texts.raw[source_id]) for source_id in KNOWN):
        by_hand, proposed = zones_by_character(zones_of(texts, source_id)), zones_by_character(propose_zones(text))
        lines = [(place, place + len(line)) for line, place in _lines(text)]
        right = sum(by_hand[start:end] == proposed[start:end] for start, end in lines) / len(lines)
        body, whole = share_right(text, by_hand, proposed, "body"), share_right(text, by_hand, proposed)
        print(f"{source_id}: {right:.1%} of lines, {whole:.1%} of characters, {body:.1%} of those of the body")
        assert min(body, whole) > 0.9, source_id
        assert right > 0.85, source_id  # a line counts as wrong where one sign in it is


def _lines(text):
    place = 0
    for line in text.split("\n"):
        if line.strip():
            yield line, place
        place += len(line) + 1


def test_the_sheet_of_each_text_gives_back_its_zones(texts):
    for source_id, text in texts.raw.items():
        zones = zones_of(texts, source_id)
        assert read_zone_sheet(text, zones, zone_sheet(text, zones, source_id), "sheet") == zones
