"""A quotation and its place; every coded span once, with what rests on it and whose words it holds."""

import pandas as pd
import pytest

from analysis.corpus.quotes import QuoteError, find_quote, match_in_source, normalize_quotes
from analysis.corpus.schema import COLUMNS
from analysis.corpus.segment import tokens
from analysis.corpus.spans import SUPPORTS, cite, coded_spans, find_coded_span, named_speakers, shown_share, span_id, speaker_of
from analysis.stylometry.naming import form_matches
from tests.support.corpora import rows


@pytest.mark.parametrize(
    ("source_id", "quote", "passage_id", "as_written"),
    [
        ("arden1987", "“close to a deal”", "arden1987-p01", "“close to a deal”"),
        ("arden1987", '"close  to\na deal"', "arden1987-p01", "“close to a deal”"),
        ("arden1987", "The islands' talks", "arden1987-p04", "The islands’ talks"),
        ("cole1988", "“reef war”", "cole1988-p03", '"reef war"'),
        ("cole1988", "no reef. The blockade", "cole1988-p03", "no reef. The blockade"),
        ("brill1987", "harbour alone. Vesk is", "brill1987-p01", "harbour alone.\n\nVesk is"),
        ("brill1987", "The quarrel", "brill1987-p01", "The quarrel"),
        ("brill1987", "at once.", "brill1987-p03", "at once."),
    ],
)
def test_a_quotation_is_found_whatever_the_form_of_its_marks_and_spaces(study, source_id, quote, passage_id, as_written):
    start = study.raw[source_id].index(as_written)
    assert find_quote(study, source_id, quote) == (source_id, passage_id, start, start + len(as_written), as_written)


@pytest.mark.parametrize(
    ("source_id", "quote", "message"),
    [
        ("arden1987", "a binding duty", "'a binding duty' occurs nowhere in the body of arden1987; copy the words from the file"),
        ("arden1987", "Boats at Lanne", "occurs nowhere"),  # in the file, in a caption
        ("arden1987", "the Sund Herald. “Vesk will pay", "occurs nowhere"),  # a caption lies between
        ("arden1987", "Herald. Boats", "occurs nowhere"),  # ends in a caption
        ("arden1987", "on monday", "occurs nowhere"),  # capitals count
        ("arden1987", " ", "occurs nowhere"),
        (
            "arden1987",
            "Vesk",
            r"'Vesk' occurs 3 times in the body of arden1987: arden1987-p01 \(\d+\), arden1987-p02 \(276\), arden1987-p04 \(573\); give",
        ),
        ("nobody1987", "Vesk", "unknown text 'nobody1987'; known are arden1987, brill1987, cole1988"),
    ],
)
def test_what_cannot_be_placed_is_refused(study, source_id, quote, message):
    with pytest.raises(QuoteError, match=message):
        find_quote(study, source_id, quote)


def test_a_passage_chooses_among_several_places(study):
    assert find_quote(study, "arden1987", "Vesk", "arden1987-p02").start == 276
    with pytest.raises(QuoteError, match=r"'Vesk' occurs 2 times in brill1987-p02: brill1987-p02 \(177\), brill1987-p02 \("):
        find_quote(study, "brill1987", "Vesk", "brill1987-p02")
    with pytest.raises(QuoteError, match="'reef' occurs nowhere in brill1987-p02"):
        find_quote(study, "brill1987", "reef", "brill1987-p02")
    with pytest.raises(QuoteError, match="unknown passage 'brill1987-p04'; brill1987 has brill1987-p01 to brill1987-p03"):
        find_quote(study, "brill1987", "reef", "brill1987-p04")


def test_folding_keeps_the_place_of_each_character():
    assert normalize_quotes("a  “b”\n—c") == ('a "b" -c', [0, 1, 3, 4, 5, 6, 7, 8])
    assert match_in_source("said “the\u00a0deal’s  off”", "the deal's off") == "the\u00a0deal’s  off"
    assert match_in_source("The deal", "The") == "The"
    with pytest.raises(QuoteError, match="'war' is not in"):
        match_in_source("peace", "war")
    with pytest.raises(QuoteError, match="is not in"):
        match_in_source("peace", " ")


def test_citation_and_name_of_a_span(study):
    assert cite(study, "arden1987-p03") == "Arden 1987, par. 3"
    assert cite(study, "cole1988-p12") == "Cole 1988, par. 12"
    assert span_id("arden1987-p03", 527, 570) == "ev-arden1987-p03-527-570"


def test_every_coded_span_stands_once_in_the_order_of_the_text_with_all_that_rests_on_it(study):
    table = coded_spans(study)
    assert set(SUPPORTS) == {name for name, columns in COLUMNS.items() if "quote" in columns and ".pass" not in name}
    assert table.supports.map(len).sum() == sum((study.tables[name].source_id != "").sum() for name in SUPPORTS)
    assert table.anchor.is_unique
    assert rows(table, "source_id", "start", "end") == sorted(rows(table, "source_id", "start", "end"))
    assert all(study.raw[row.source_id][row.start : row.end] == row.quote for row in table.itertuples())
    supports = dict(zip(table.passage_id + " " + table.quote, table.supports, strict=True))
    assert supports["cole1988-p03 agreed to share the berths"] == [
        "agreed: Both islands use the berths together",
        "compared with other texts, sharing the berths: both agreed",
    ]
    assert supports["brill1987-p02 the premier of Vesk left the talks"] == [
        "hints why the talks stopped: Vesk left first",
        "blamed: Vesk, for leaving the talks",
        "event, April 1987: Vesk's premier leaves",
        "claim: Vesk's premier left the talks in April",
        "compared with other texts, who left the talks: Vesk's premier",
        "held against the record, falls short: Vesk's premier left the talks",
    ]


@pytest.mark.parametrize(
    ("passage_id", "quoted", "whose_words"),
    [
        ("arden1987-p01", "agreed to share", "Maris Hale"),  # the row says so
        ("arden1987-p03", "the Sund Council", "Ada Finn"),  # a term coded around it does
        ("arden1987-p04", "five patrol boats to each island", "Sund Herald"),  # a comparison, by the term around it
        ("arden1987-p03", "The neighbours", "the text itself"),
        ("brill1987-p03", "at once", "the text itself"),
        ("cole1988-p02", "We were ready", "Ivo Dray"),
        ("cole1988-p02", "called unfair", "a U.S. diplomat"),
        ("cole1988-p02", "gave it twenty patrol boats", "the text itself"),
    ],
)
def test_a_span_is_of_the_person_to_whom_the_text_gives_the_words(study, passage_id, quoted, whose_words):
    assert find_coded_span(coded_spans(study), passage_id, quoted).whose == whose_words


@pytest.mark.parametrize(
    ("first", "last", "whose_words"),
    [  # the term "Norrland ... free passage" is Ada Finn's; the offsets count from its two ends
        (-9, 1 - 52, "Ada Finn"),  # one character in common, at its beginning
        (51, 9, "Ada Finn"),  # and at its end
        (9, -9, "Ada Finn"),
        (-9, 9, "Ada Finn"),
        (-9, -52, "the text itself"),  # they touch
        (52, 9, "the text itself"),
        (-180, 9, "Ivo Dray, Ada Finn"),
    ],
)
def test_terms_that_overlap_a_span_say_whose_words_it_holds(study, first, last, whose_words):
    term = "Norrland and the Sund Council guarantee free passage"
    start = study.raw["arden1987"].index(term)
    row = pd.Series({"source_id": "arden1987", "start": start + first, "end": start + len(term) + last})
    assert len(term) == 52
    assert speaker_of(study, row) == whose_words
    assert speaker_of(study, pd.Series({**row, "voice": "attributed"})) == whose_words
    assert speaker_of(study, pd.Series({**row, "voice": "author"})) == "the text itself"
    assert speaker_of(study, pd.Series({**row, "voice": "Una Rell"})) == "Una Rell"
    assert speaker_of(study, pd.Series({**row, "attributed_to": "author"})) == "the text itself"
    assert speaker_of(study, pd.Series({**row, "voice": "", "attributed_to": "Una Rell"})) == "Una Rell"


def test_the_shortest_span_that_holds_the_words_is_chosen(study):
    assert (
        find_coded_span(coded_spans(study), "brill1987-p03", "guarantee free passage").quote
        == "The Sund Council should guarantee free passage"
    )
    assert find_coded_span(coded_spans(study), "arden1987-p03", "Norrland").quote == "Norrland"
    assert find_coded_span(coded_spans(study), "arden1987-p03", "'consult'".replace("'", '"')).quote == "The neighbours would “consult”"
    with pytest.raises(QuoteError, match="no coding rests on 'the sea' in arden1987-p03"):
        find_coded_span(coded_spans(study), "arden1987-p03", "the sea")


def test_form_matches_are_the_places_of_the_patterns(study):
    raw = study.raw["cole1988"]
    places = [raw.index("toll'"), raw.index('toll"'), raw.index("toll, no patrol")]
    assert rows(form_matches(study).query("form == 'toll' and source_id == 'cole1988'"), "passage_id", "start", "end") == [
        (f"cole1988-p0{paragraph}", place, place + len("toll")) for paragraph, place in zip((1, 1, 3), places, strict=True)
    ]
    assert set(form_matches(study).query("form == 'Lanne'").source_id) == {"arden1987"}  # Brill writes Lannay; a headline is no body


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (["the text itself"], "the text itself"),
        (["the text itself", "Ann", "Ann"], "Ann"),
        (["Bob", "the text itself", "Ann"], "Bob, Ann"),
        ([], "the text itself"),
        (["Ann", "Bob", "Ann (through the Times)"], "Bob, Ann (through the Times)"),
        (["Ann (through the Times)", "Ann"], "Ann (through the Times)"),
        (["Ann", "Anna (through the Times)"], "Ann, Anna (through the Times)"),
    ],
)
def test_names_tell_more_than_the_text_itself(given, told):
    assert named_speakers(given) == told


def test_each_word_of_a_body_counts_once_as_shown(study):
    """Brill: the words 1 to 5, 3 to 8, and the last letters of the 21st ("can"), around which "Neither" and "use the harbour alone" stand."""
    own = tokens(study).query("source_id == 'brill1987'")
    tables = {name: table.head(0) if "quote" in table else table for name, table in study.tables.items()}
    few = type(study)(study.path, tables, study.raw)
    assert set(shown_share(few).share) == {0}
    places = {"codings/claims.csv": (0, 4), "codings/frames.csv": (2, 7), "codings/quotations.csv": (20, 20)}
    for name, (first, last) in places.items():
        row = study.tables["codings/claims.csv"].head(1)
        few.tables[name] = row.assign(source_id="brill1987", start=own.start.iloc[first] + (first == 20), end=own.end.iloc[last] - 1)
    shares = shown_share(few).set_index("source_id")
    assert list(shares.index) == list(study.raw)
    assert tuple(shares.loc["brill1987"]) == pytest.approx((100, 8 + 1 + 5, 5))
    assert shares.share.drop("brill1987").eq(0).all()
