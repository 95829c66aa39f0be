"""Passages, sentences, words, quoted stretches: of the study as counted by hand, and of made-up lines with one trap each."""

import json
from pathlib import Path

import pytest

from analysis.corpus.reader import line_of
from analysis.corpus.segment import passages, quotation_offsets, sentence_offsets, sentences, tokens, word_offsets

# Texts with the sentences that every copy editor would agree on, their phenomenon and source: a tool's tracker, or our own.
CASES = (Path(__file__).parents[1] / "support/cases/sentences.jsonl").read_text(encoding="utf-8").splitlines()

# Sentences and words of each paragraph, counted by reading: "U.N.", "1.5" and "so-called" are one word each.
COUNTED = {
    "arden1987-p01": (2, 18 + 12),
    "arden1987-p02": (2, 12 + 7),
    "arden1987-p03": (3, 9 + 15 + 7),
    "arden1987-p04": (3, 7 + 13 + 7),
    "brill1987-p01": (3, 9 + 10 + 6),
    "brill1987-p02": (3, 13 + 9 + 8),
    "brill1987-p03": (4, 11 + 5 + 15 + 14),
    "cole1988-p01": (2, 11 + 17),
    "cole1988-p02": (3, 10 + 15 + 12),
    "cole1988-p03": (3, 17 + 10 + 7),
}


def test_passages_have_the_sentences_and_words_counted_by_hand(study):
    own = passages(study)
    assert dict(zip(own.passage_id, zip(own.n_sentences, own.n_words, strict=True), strict=True)) == COUNTED


@pytest.mark.parametrize(("parts", "column"), [(sentences, "sentence"), (tokens, "word")])
def test_offsets_lead_to_the_stretch_itself(study, parts, column):
    table = parts(study)
    assert len(table) == sum(counts[column == "word"] for counts in COUNTED.values())
    assert all(study.raw[row.source_id][row.start : row.end] == getattr(row, column) for row in table.itertuples())


@pytest.mark.parametrize(
    ("source_id", "begins", "ends", "left_out"),
    [
        ("arden1987", "On Monday,", "go on this week.", ["Envoy says", "By Jo", "Boats at Lanne", "What Orlo wants"]),
        ("brill1987", "The quarrel over", "to act at once.", ["islandnews"]),
        ("cole1988", "No map,", "was a myth.", ["Subscribe", "Who Broke", "writes for"]),
    ],
)
def test_a_body_is_what_lies_in_its_zones(study, source_id, begins, ends, left_out):
    own = passages(study).query("source_id == @source_id")
    body = "\n".join(study.raw[source_id][p.start : p.end] for p in own.itertuples())
    assert body.startswith(begins)
    assert body.endswith(ends)
    assert all(stretch in study.raw[source_id] and stretch not in body for stretch in left_out)


def test_a_line_is_numbered_from_one():
    assert [line_of("a\nb\nc", place) for place in (0, 1, 2, 4)] == [1, 1, 2, 3]


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        ("The U.S. and the U.N. agreed. Others did not.", 2),
        ("By: Mary Reed, Ph.D., and others. They wrote it.", 2),
        ("It cost 3.5 million. That was more than the 2.1 million of before.", 2),
        ("“These signals do not silence it.” Officials agreed.", 2),
        ("He said “we will not stop,” and left. She stayed.", 2),
        ("What does this mean? A rigid agreement! So he wrote.", 3),
        ("“One. Two. Three,” he said.", 3),
        ("Officials report raids continuing", 1),
        ("", 0),
        ("— * —", 0),
    ],
)
def test_sentences(paragraph, expected):
    assert len(sentence_offsets(paragraph)) == expected


@pytest.mark.parametrize("case", [*map(json.loads, CASES)], ids=lambda case: case["phenomenon"])
def test_sentences_end_where_a_copy_editor_ends_them(case):
    assert [case["text"][start:end] for start, end in sentence_offsets(case["text"])] == case["sentences"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Orlo’s harbour—and Vesk's", ["Orlo’s", "harbour", "and", "Vesk's"]),
        ("about 10,000, by U.S. estimates.", ["about", "10,000", "by", "U.S.", "estimates"]),
        ("a reef-like 15-point plan – so", ["a", "reef-like", "15-point", "plan", "so"]),
        ("May 16–17; to…neutrality", ["May", "16", "17", "to", "neutrality"]),
        ("no\u00a0break\u00a0spaces", ["no", "break", "spaces"]),
        ("Ph.D. and 3.5 of 1,000", ["Ph.D.", "and", "3.5", "of", "1,000"]),
        ("Abc.D. is two", ["Abc", "D", "is", "two"]),
        ("co\u2010operative non\u2011nuclear", ["co\u2010operative", "non\u2011nuclear"]),
        ("‘Of course,’ [are] “rightly”", ["Of", "course", "are", "rightly"]),
        ("the end.Then _more_ a,b", ["the", "end", "Then", "more", "a", "b"]),
        ("Communiqué 在", ["Communiqué", "在"]),
        ("— … ’ -", []),
    ],
)
def test_words(text, expected):
    assert [text[start:end] for start, end in word_offsets(text)] == expected


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        ("He called it “significant progress,” and left.", ["significant progress,"]),
        ('He called it "progress" and "hope".', ["progress", "hope"]),
        ("“The status is discussed,” Dray told them. “Now this is.”", ["The status is discussed,", "Now this is."]),
        ("“We propose a ‘model of peace,’ which helps.”", ["We propose a ‘model of peace,’ which helps.", "model of peace,"]),
        ("“They were ready. ‘Of course,’ he confirmed.”", ["They were ready. ‘Of course,’ he confirmed.", "Of course,"]),
        ("Orlo’s and the islands’ wish isn’t “Vesk’s”", ["Vesk’s"]),
        ("He said ‘it isn’t so,’ and 'it isn't here', twice", ["it isn’t so,", "it isn't here"]),
        ("Orlo's 'not bad' deal wasn't bad", ["not bad"]),
        ("“A quotation that goes on in the next paragraph.", ["A quotation that goes on in the next paragraph."]),
        ("“an inner ‘mark that never closes” and on", ["an inner ‘mark that never closes"]),
        ("«one» and „two“ and “dialogue\u00a0on,”", ["one", "two", "dialogue\u00a0on,"]),
        ("a mark at the end “", []),
        ("no marks at all", []),
        ("", []),
    ],
)
def test_stretches_between_marks(paragraph, expected):
    assert [paragraph[start:end] for start, end in quotation_offsets(paragraph)] == expected
