"""Counts by sentence.

n_words (`word_offsets`); n_sentences (`sentence_offsets`); n_letters (letters in words); n_characters (letters and digits in words);
n_syllables (`syllables`: by hand, figures by rule); n_polysyllables (words of three or more syllables); n_complex (the same without names,
hyphenated compounds of shorter words, and words that -ed or -es made so long); n_difficult (words that are neither on Dale and Chall's
list, nor regular forms of one that is, nor names, nor numerals).
"""

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.corpus.intervals import count_spans, overlaps
from analysis.corpus.reader import Corpus
from analysis.corpus.segment import sentence_offsets, tokenize_passages, word_offsets
from analysis.corpus.speech import direct_speech
from analysis.stylometry.syllables import SyllableCounter, hand_counts, normalize_word, syllable_counter

SCOPES = {"all": "the whole body", "author": "sentences without quoted speech"}

COUNT_COLUMNS = ["n_sentences", "n_words", "n_letters", "n_characters", "n_syllables", "n_polysyllables", "n_complex", "n_difficult"]

OPENING_MARKS = ("“", "‘", '"')

_ENDING = re.compile(r"(?:'s|s'|ies|ied|es|ed|ing|er|est|s|d|n|r|st|ly)$")


def scoped_sentences(corpus: Corpus, scope: str = "all", spans: Callable[[str], list[tuple[int, int]]] = sentence_offsets) -> pd.DataFrame:
    """The sentences of the bodies, with offsets: source_id, passage_id, start, end, sentence.

    `scope` is "all", or "author": without the sentences that hold words of a quoted speaker or document. `spans` is the rule that parts
    a paragraph into sentences.
    """
    table = tokenize_passages(corpus, spans, "sentence")
    if scope == "all":
        return table
    n_quoted = count_spans(table, direct_speech(corpus), overlaps)
    return table[[n == 0 for n in n_quoted]]


def raw_sentences(corpus: Corpus) -> pd.DataFrame:
    """The sentences of the raw files, line by line, as no cleaning would leave them: source_id, sentence."""
    rows = [
        (source_id, line[start:end])
        for source_id, text in corpus.raw.items()
        for line in text.split("\n")
        for start, end in sentence_offsets(line)
    ]
    return pd.DataFrame(rows, columns=["source_id", "sentence"])


def full_stop_offsets(paragraph: str) -> list[tuple[int, int]]:
    """The sentences of a paragraph if every full stop, question mark or exclamation mark ended one, as (start, end) pairs."""
    return [match.span() for match in re.finditer(r"[^.!?]+[.!?]*", paragraph) if word_offsets(match.group())]


def sentence_counts(corpus: Corpus, table: pd.DataFrame, syllables: SyllableCounter | None = None) -> pd.DataFrame:
    """`table`, one row a sentence, with a column for each of `COUNT_COLUMNS`. `syllables` counts those of a word; by hand unless given."""
    syllables, names = syllables or syllable_counter(hand_counts(corpus)), _likely_proper_nouns(corpus)
    counted = [(1, *word_counts(words_of(row.sentence), names[row.source_id], syllables)) for row in table.itertuples()]
    return table.assign(**dict(zip(COUNT_COLUMNS, np.array(counted, dtype=int).reshape(-1, len(COUNT_COLUMNS)).T, strict=True)))


def word_counts(words: Sequence[str], names: Collection[str], syllables: SyllableCounter) -> tuple[int, ...]:
    """The counts of `words` in the order of `COUNT_COLUMNS`, from n_words on. `names` holds the words that are proper names."""
    lengths, characters = [syllables(word) for word in words], "".join(words)
    long = [word for word, n in zip(words, lengths, strict=True) if n >= 3]
    return (
        len(words),
        sum(map(str.isalpha, characters)),
        sum(map(str.isalnum, characters)),
        sum(lengths),
        len(long),
        sum(is_complex(word, names, syllables) for word in long),
        sum(not is_dale_chall_familiar(word, names) for word in words),
    )


def words_of(text: str) -> list[str]:
    return [text[start:end] for start, end in word_offsets(text)]


def _likely_proper_nouns(corpus: Corpus) -> dict[str, set[str]]:
    """The words that each body writes with a capital inside a sentence and never without: {source_id: set}."""
    table = tokenize_passages(corpus, sentence_offsets, "sentence")
    return {source_id: capitalized_only(table.sentence[table.source_id == source_id]) for source_id in corpus.raw}


def capitalized_only(sentences: Iterable[str]) -> set[str]:
    """The words that the sentences of one text write with a capital inside a sentence and never without. Behind a quotation mark that
    opens, a capital says nothing.
    """
    inside, lower = set(), set()
    for sentence in sentences:
        for place, (start, end) in enumerate(word_offsets(sentence)):
            word, opened = sentence[start:end], sentence[:start].endswith(OPENING_MARKS)
            if word[0].islower():
                lower.add(normalize_word(word))
            elif word[0].isupper() and place and not opened:
                inside.add(normalize_word(word))
    return inside - lower


def is_complex(word: str, names: Collection[str], syllables: SyllableCounter) -> bool:
    """Whether a word of three or more syllables is hard by Gunning: no name, no compound of shorter words, not long by -ed or -es."""
    low = normalize_word(word)
    if low in names:
        return False
    if "-" in low:
        return any(syllables(part) >= 3 for part in low.split("-") if part)
    stretched = re.search(r"[td]ed$|(?:[sxzc]|[sc]h|g)es$", low)
    return not (stretched and syllables(low) == 3)


def is_dale_chall_familiar(word: str, names: Collection[str]) -> bool:
    """Whether Dale and Chall pass `word` as familiar: on the list that textstat holds, a regular form of such a word, a name, a numeral."""
    low = normalize_word(word)
    if low in names or low[0].isdigit():
        return True
    return not any(_familiar_words().isdisjoint(candidate_stems(part)) for part in low.split("-") if part)


@cache
def _familiar_words() -> frozenset[str]:
    """Dale and Chall's list of familiar words, as textstat holds it; the package is not imported, which would take a third of a second."""
    package = find_spec("textstat")
    assert package
    assert package.origin
    return frozenset(Path(package.origin).with_name("resources").joinpath("en/easy_words.txt").read_text(encoding="utf-8").split())


def candidate_stems(word: str) -> list[str]:
    """`word` and what it may be a regular form of: without -s, -ed, -ing, -er, -est and the like; "stopped", "hoping", "tries" too."""
    forms = [word]
    if ending := _ENDING.search(word):
        stem = word[: ending.start()]
        forms += [stem, stem + "e", stem + "y"]
        if len(stem) > 2 and stem[-1] == stem[-2]:
            forms.append(stem[:-1])
    return forms + ([word[:-2]] if word.endswith("'s") else [])
