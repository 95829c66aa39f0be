"""Quotation marks in all their forms, and the hand table of quotations."""

import pytest

from analysis import voices
from analysis.corpus import quoted_spans


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        ("He called it “significant progress,” and left.", ["significant progress,"]),
        ('He called it "progress" and "hope".', ["progress", "hope"]),
        ("“Neutral status is discussed,” Lavrov told RBC. “Now this is.”", ["Neutral status is discussed,", "Now this is."]),
        (
            "“We propose a ‘model of guarantees,’ which helps.”",
            ["We propose a ‘model of guarantees,’ which helps.", "model of guarantees,"],
        ),
        ("“They were ready. ‘Of course,’ he confirmed.”", ["They were ready. ‘Of course,’ he confirmed.", "Of course,"]),
        ("Russia’s and the Ukrainians’ wish isn’t “Kyiv’s”", ["Kyiv’s"]),
        ("He said ‘it isn’t so,’ and 'it isn't here', twice", ["it isn’t so,", "it isn't here"]),
        ("Russia's 'not bad' deal wasn't bad", ["not bad"]),
        ("“A quotation that goes on in the next paragraph.", ["A quotation that goes on in the next paragraph."]),
        ("“dialogue on\u00a0Ukraine,” he said", ["dialogue on\u00a0Ukraine,"]),
        ("no marks at all", []),
        ("", []),
    ],
)
def test_stretches_between_marks(paragraph, expected):
    assert [paragraph[start:end] for start, end in quoted_spans(paragraph)] == expected


def test_every_mark_of_the_bodies_belongs_to_a_row_of_the_hand_table(texts):
    table = voices.quotations(texts)
    for source_id, raw in texts.raw.items():
        own = table[table.source_id == source_id]
        body = texts.zones.query("source_id == @source_id and zone == 'body'")
        opening = [place for zone in body.itertuples() for place in range(zone.start, zone.end) if raw[place] in "“‘"]
        assert sorted(own.start) == [place + 1 for place in opening]
        assert all(raw[end] in "”’" for end in own.end)


def test_the_rule_finds_the_hand_table_exactly(texts):
    quality = voices.extraction_quality(texts).set_index("source_id").loc["all"]
    assert quality.hand == quality.found == quality.both == 37
    assert (quality.precision, quality.recall) == (1, 1)


def test_a_missing_and_an_invented_row_lower_recall_and_precision(texts):
    table = texts.tables["codings/quotations.csv"].drop(index=0)
    table.loc[1, "end"] += 1
    spoiled = type(texts)(texts.path, texts.tables | {"codings/quotations.csv": table}, texts.raw)
    quality = voices.extraction_quality(spoiled).set_index("source_id").loc["all"]
    assert (quality.hand, quality.found, quality.both) == (36, 37, 35)


@pytest.mark.parametrize(
    ("passage_id", "words", "speaker", "kind", "via"),
    [
        ("decamp2022-p01", "more realistic.", "Volodymyr Zelenskyy", "speech", ""),
        ("decamp2022-p02", "Neutral status is", "Sergey Lavrov", "speech", "RBC"),
        ("decamp2022-p04", "Model of security", "Mykhailo Podolyak", "speech", "Twitter"),
        ("decamp2022-p08", "biggest sticking point", "Financial Times", "document", ""),
        ("usip2022-p10", "rightly", "Vladimir Putin", "term", ""),
        ("usip2022-p13", "These signals", "Volodymyr Zelenskyy", "speech", ""),
        ("petrosnider2024-p03", "Putin can fight", "senior Russian source", "speech", "Reuters"),
        ("petrosnider2024-p05", "Of course,", "Vladimir Putin", "speech", ""),
        ("petrosnider2024-p09", "as far as I remember", "Volodymyr Zelenskyy", "speech", ""),
        ("petrosnider2024-p15", "settle for what land", "multiple Russian sources", "speech", "Reuters"),
    ],
)
def test_who_speaks_as_read_by_hand(texts, passage_id, words, speaker, kind, via):
    table = voices.quotations(texts).query("passage_id == @passage_id")
    row = table[table.quote.str.startswith(words)].iloc[0]
    assert (row.speaker, row.kind, row.via) == (speaker, kind, via)


def test_two_spellings_of_a_name_are_one_speaker(texts):
    rows = voices.by_speaker(texts).query("speaker == 'Volodymyr Zelenskyy'")
    assert list(rows.source_id) == ["decamp2022", "usip2022", "petrosnider2024"]


def test_words_count_once_and_terms_not_at_all(texts):
    table = voices.by_text(texts).set_index("source_id")
    assert table.words["usip2022"] == 12  # "significant progress," and the ten words of "These signals ... shells."
    assert table.terms["usip2022"] == 3
    nested = voices.spoken(texts).query("passage_id == 'petrosnider2024-p05' and speaker == 'Vladimir Putin'")
    assert list(nested.n_words) == [0]


def test_a_text_without_quotations_has_no_balance(texts):
    table = voices.by_text(texts).set_index("source_id")
    assert table.share[["charap2022", "observer2023"]].isna().all()
    assert not set(voices.by_side(texts).index) & {"charap2022", "observer2023"}


def test_people_named_and_not_quoted(texts):
    names = voices.never_quoted(texts).set_index("source_id").names
    assert names["decamp2022"] == "Joe Biden"
    assert "Antony Blinken" in names["observer2023"]
    assert "Vladimir Putin" not in names["petrosnider2024"]
