"""Offsets, zones, passages, sentences and words, held against the raw files and against hand counts."""

import csv
import hashlib
from pathlib import Path

import pytest

from analysis.corpus import load_corpus, passages, sentence_spans, sentences, word_spans, words
from analysis.schema import COLUMNS

GOLDEN = list(csv.DictReader((Path(__file__).parent / "golden/counts.csv").open(encoding="utf-8")))


def body(texts, source_id):
    own = passages(texts).query("source_id == @source_id")
    return "\n".join(texts.raw[source_id][p.start : p.end] for p in own.itertuples())


def test_hand_counts_cover_every_passage(texts):
    assert [row["passage_id"] for row in GOLDEN] == list(passages(texts).passage_id)


@pytest.mark.parametrize("golden", GOLDEN, ids=lambda row: row["passage_id"])
def test_counts_equal_the_hand_counts(texts, golden):
    passage = passages(texts).set_index("passage_id").loc[golden["passage_id"]]
    assert (passage.n_sentences, passage.n_words) == (int(golden["sentences"]), int(golden["words"]))


@pytest.mark.parametrize(("parts", "column"), [(sentences, "sentence"), (words, "word")])
def test_offsets_lead_to_the_stretch_itself(texts, parts, column):
    for row in parts(texts).itertuples():
        assert texts.raw[row.source_id][row.start : row.end] == getattr(row, column)


def test_zones_partition_every_raw_file(texts):
    for source_id, raw in texts.raw.items():
        zones = texts.zones[texts.zones.source_id == source_id]
        assert "".join(raw[zone.start : zone.end] for zone in zones.itertuples()) == raw


@pytest.mark.parametrize(
    ("source_id", "begin", "end", "paragraphs"),
    [
        ("decamp2022", "On Wednesday, Russian Foreign Minister", "ratchet up sanctions on Russia.", 11),
        ("usip2022", "Ukrainian President Volodymyr Zelenskyy has just", "peacefully assuring their own security.", 14),
        ("charap2022", "At this stage of the war in Ukraine", "a stakeholder in Ukraine’s security.", 3),
        ("observer2023", "US Secretary of State Antony Blinken claimed", "put an end to at that point.", 8),
        ("petrosnider2024", "The Kremlin has issued a flurry of statements", "at least worth exploring?", 17),
    ],
)
def test_bodies_begin_and_end_where_they_should(texts, source_id, begin, end, paragraphs):
    text = body(texts, source_id)
    assert text.startswith(begin)
    assert text.endswith(end)
    assert text.count("\n") + 1 == paragraphs


@pytest.mark.parametrize(
    ("source_id", "trap"),
    [
        ("charap2022", "ForeignAffairsMag"),  # the poster whom the front matter names as author
        ("charap2022", '"'),  # the poster's quotation marks around the excerpt
        ("charap2022", "Telegram"),
        ("usip2022", "Ukraine presidential office"),  # a caption, printed twice
        ("usip2022", "Bolstering Ukraine"),  # a subhead
        ("usip2022", "ISIS"),  # teasers for articles on another event
        ("usip2022", "2024"),
        ("usip2022", "Duty to Warn"),
        ("petrosnider2024", "Firearms"),  # the tagline of the carrier
        ("petrosnider2024", "The West Should Be Receptive"),
        ("petrosnider2024", "Leave A Reply"),
        ("observer2023", "top of page"),
        ("observer2023", "bottom of page"),
        ("observer2023", "Updated: Sep 30, 2023"),
        ("decamp2022", "neutrality plan"),  # the line under the title
        ("decamp2022", "decampdave"),  # the note on the author
    ],
)
def test_what_is_not_the_text_stays_out_of_the_body(texts, source_id, trap):
    assert trap in texts.raw[source_id]
    assert trap not in body(texts, source_id)


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        ("The U.S. and the U.N. agreed. Others did not.", 2),
        ("By: Mary Glantz, Ph.D., and others. They wrote it.", 2),
        ("It cost 3.5 million. That was more than the 2.1 million of before.", 2),
        ("“These signals do not silence it.” Officials agreed.", 2),
        ("He said “we will not stop,” and left. She stayed.", 2),
        ("What does this mean? A rigid agreement! So he wrote.", 3),
        ("“One. Two. Three,” he said.", 3),
        ("Officials report attacks continuing", 1),
        ("", 0),
        ("— * —", 0),
    ],
)
def test_sentences(paragraph, expected):
    assert len(sentence_spans(paragraph)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ukraine’s security—and Russia's", ["Ukraine’s", "security", "and", "Russia's"]),
        ("about 10,000, by U.S. estimates.", ["about", "10,000", "by", "U.S.", "estimates"]),
        ("a NATO-like 15-point plan – so", ["a", "NATO-like", "15-point", "plan", "so"]),
        ("May 16–17; to…neutrality", ["May", "16", "17", "to", "neutrality"]),
        ("no\u00a0break\u00a0spaces", ["no", "break", "spaces"]),
        ("Ph.D. and 3.5 of 1,000", ["Ph.D.", "and", "3.5", "of", "1,000"]),
        ("co\u2010operative non\u2011nuclear", ["co\u2010operative", "non\u2011nuclear"]),
        ("‘Of course,’ [are] “rightly”", ["Of", "course", "are", "rightly"]),
        ("the end.Then _more_", ["the", "end", "Then", "more"]),
        ("Communiqué 在", ["Communiqué", "在"]),
        ("— … ’ -", []),
    ],
)
def test_words(text, expected):
    assert [text[start:end] for start, end in word_spans(text)] == expected


def test_any_folder_of_the_same_form_loads(tmp_path):
    """A sixth kind of corpus: one text in another script, with signs beyond the first plane before its body."""
    raw = "🕊 Titel\n\nDer erste Absatz. Zwei Sätze.\n\nДругий абзац.\n"
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources/other2024.txt").write_bytes(raw.encode())
    (tmp_path / "codings").mkdir()
    digest = hashlib.sha256(raw.encode()).hexdigest()
    rows = {
        "sources.csv": [f"other2024,Other 2024,T,stated,A,stated,O,stated,2024,stated,essay,https://example.org,stated,{digest},other,"],
        "zones.csv": ["other2024,0,9,headline,title", f"other2024,9,{len(raw)},body,text"],
    }
    for name, columns in COLUMNS.items():
        (tmp_path / name).write_text("\n".join([",".join(columns), *rows.get(name, [])]) + "\n")
    corpus = load_corpus(tmp_path)
    assert list(passages(corpus).n_sentences) == [2, 1]
    assert list(words(corpus).word) == ["Der", "erste", "Absatz", "Zwei", "Sätze", "Другий", "абзац"]
