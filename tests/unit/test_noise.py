"""Inline noise: a stretch of another zone inside a line of the body parts nothing, and its words are not there."""

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.corpus.quotes import QuoteError, find_quote
from analysis.corpus.reader import Corpus
from analysis.corpus.segment import passages, running_text, sentences, tokens
from analysis.stylometry.syllables import words_to_look_up

NOISE = st.sampled_from(
    ["(09:41 GMT)", "[Read more: A deal. At last]", "Click here.", "ADVERTISEMENT", "“", "1", "U.S. e.g. Mr.", "\t", "x"]
)
BODY = "Talks went on (so the U.S. says) in April. Mr. Lee left.\n\nNobody signed “the 1.5 plan”? Some did.\n"


def corpus_of(text: str, zones: list[tuple[int, int, str]]) -> Corpus:
    rows = [("t", start, end, zone, "made up") for start, end, zone in zones]
    tables = {
        "zones.csv": pd.DataFrame(rows, columns=["source_id", "start", "end", "zone", "note"]),
        "sources.csv": pd.DataFrame({"source_id": ["t"], "short": ["A Text"]}),
    }
    return Corpus(Path("data"), tables, {"t": text})


def marked(text: str) -> Corpus:
    """A Corpus of one text, in which what stands between braces is chrome and all else is body."""
    raw, zones = "", []
    for number, part in enumerate(text.replace("}", "{").split("{")):
        if part:
            zones.append((len(raw), len(raw) + len(part), "chrome" if number % 2 else "body"))
        raw += part
    return corpus_of(raw, zones)


PLACES = [place for place, sign in enumerate(BODY) if sign == " "]


@given(st.lists(st.tuples(st.sampled_from(PLACES), NOISE), min_size=1, max_size=5, unique_by=lambda pair: pair[0]))
def test_noise_between_words_changes_neither_words_nor_sentences_nor_passages(inserted):
    text = BODY
    for place, noise in sorted(inserted, reverse=True):
        text = f"{text[:place]}{{ {noise}}}{text[place:]}"
    plain, noisy = marked(BODY), marked(text)
    assert list(tokens(noisy).word) == list(tokens(plain).word)
    assert [" ".join(sentence.split()) for sentence in sentences(noisy).sentence] == list(sentences(plain).sentence)
    columns = ["passage_id", "n_words", "n_sentences"]
    assert passages(noisy)[columns].equals(passages(plain)[columns])
    assert words_to_look_up(noisy) == words_to_look_up(plain)
    assert len(running_text(noisy, "t")) == len(noisy.raw["t"])


def test_a_passage_runs_from_the_first_to_the_last_character_of_the_body_in_its_line():
    corpus = marked("{Photo: }Talks went {(09:41 GMT)} on.{ Share}\nThey ended.{ More}\n")
    own = passages(corpus)
    assert [corpus.raw["t"][row.start : row.end] for row in own.itertuples()] == ["Talks went (09:41 GMT) on.", "They ended."]
    assert running_text(corpus, "t") == "Photo: Talks went             on. Share\nThey ended. More\n"


def test_noise_over_a_line_end_parts_what_the_line_end_parts():
    assert list(passages(marked("Talks went{ up.\nMenu }on. Then{ x} all.")).n_words) == [2, 3]


def test_a_quotation_is_found_over_noise_with_it_and_never_in_it():
    corpus = marked("Talks went {(09:41 GMT) }on for weeks.")
    for words in ("went on", "went (09:41 GMT) on"):
        found = find_quote(corpus, "t", words)
        assert (found.start, found.end, found.quote) == (6, 25, "went (09:41 GMT) on")
    with pytest.raises(QuoteError):
        find_quote(corpus, "t", "(09:41 GMT)")
