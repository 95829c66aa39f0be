"""Chunks, the stretches of a text between white space: their words and counts, and whether a sentence ends behind one.

A chunk is looked at once, by the plain functions of `measures` and by Punkt itself, and then only looked up. Punkt decides about a full
stop from the chunk that holds it and the next one; where that does not hold (`IRREGULAR`), the whole line is given to Punkt.
"""

import re
from array import array
from functools import cache

import numpy as np
from punkt.rules.language import DEFAULT_LANGUAGE_VARS

from analysis.corpus import WORD, sentence_tokenizer, word_spans
from analysis.cues import cues
from analysis.measures import COUNTS, OPENING, word_counts
from analysis.pronunciation import by_rule, normal

WORD_COUNTS = COUNTS[1:]
LOWER, INSIDE = 1, 2  # a word begins in lower case; with a capital that no quotation mark precedes
PLAIN, ENDS, ASK, IRREGULAR = range(4)  # behind a chunk no sentence ends; always; Punkt must see what follows; it must see the line
APART = frozenset(DEFAULT_LANGUAGE_VARS.non_word_chars)  # signs that are never part of a word with others
MARK = re.compile(rf"[.?!](?:{DEFAULT_LANGUAGE_VARS.non_word_char_class}|$)")
CLOSING = "\"')]}’”»«"
LETTERS = re.compile(r"[^\W\d_]{2,}(?:-[^\W\d_]+)*")
MOST_CHUNKS, MOST_CHARACTERS = 400_000, 20_000_000  # kept in memory, and as many answers of Punkt's as chunks
NO_COUNTS = (0,) * len(WORD_COUNTS)
COLUMNS = {
    "counts": "i",  # a chunk: WORD_COUNTS, were no word a name
    "kind": "B",
    "cued": "B",
    "first": "i",  # the place of its first word in the next two
    "spelled": "i",  # a word in a chunk: its number in normal spelling
    "case": "B",
    "hard": "B",  # a word in normal spelling, were it no name: 1 if complex, 2 if difficult
}


class Chunks(dict):
    """The number of each chunk seen, from 0; a chunk not seen yet is looked at and gets the next one.

    `syllables` maps words to their counted syllables, for others the rule of `pronunciation` guesses. `patterns` are regular expressions.
    """

    def __init__(self, syllables, patterns):
        super().__init__()
        self.syllables = lambda word: syllables.get(normal(word)) or by_rule(word)
        self.patterns = [re.compile(pattern) for pattern in patterns]
        self.cues = [cues(pattern) for pattern in patterns]
        every = {cue for found in self.cues for cue in found or ()}
        self.any_cue = re.compile("|".join(map(re.escape, sorted(every))) if every else r"(?!)")
        self.everywhere = [number for number, found in enumerate(self.cues) if not found]
        self.clear()

    def clear(self):
        super().clear()
        self.spellings, self.length = [], 0  # in characters
        self.numbers = {}  # of words in normal spelling
        self.words = {}  # as written: number, case, counts
        self.asked = {}
        self.columns = {name: array(kind) for name, kind in COLUMNS.items()}
        self.patterns_cued = {}  # by the number of a chunk that has a cue: the numbers of the patterns

    def __missing__(self, chunk):
        self[chunk] = number = len(self)
        self.spellings.append(chunk)
        self.length += len(chunk)
        add = self.columns
        add["first"].append(len(add["spelled"]))
        total = NO_COUNTS
        for start, end in [(0, len(chunk))] if chunk.isalnum() else word_spans(chunk):
            spelled, case, counts = self.word(chunk[start:end])
            add["spelled"].append(spelled)
            add["case"].append(0 if case == INSIDE and chunk[:start].endswith(OPENING) else case)
            total = counts if total is NO_COUNTS else tuple(map(sum, zip(total, counts, strict=True)))
        add["counts"].extend(total)
        add["kind"].append(kind(chunk) if MARK.search(chunk) else PLAIN)
        has_cue = self.any_cue.search(chunk) is not None
        add["cued"].append(has_cue)
        if has_cue:
            self.patterns_cued[number] = [n for n, found in enumerate(self.cues) if found and any(cue in chunk for cue in found)]
        return number

    def is_full(self):
        return max(len(self), len(self.asked)) > MOST_CHUNKS or self.length > MOST_CHARACTERS

    def word(self, word):
        """A word's number in normal spelling, its case, and its WORD_COUNTS."""
        if word not in self.words:
            low = normal(word)
            counts = word_counts([word], (), self.syllables)
            if low not in self.numbers:
                self.numbers[low] = len(self.numbers)
                self.columns["hard"].append(counts[5] + 2 * counts[6])
            case = LOWER if word[0].islower() else INSIDE if word[0].isupper() else 0
            self.words[word] = self.numbers[low], case, counts
        return self.words[word]

    def ends(self, number, following):
        """Whether a sentence ends behind a chunk, before the chunk `following`; None at the end of a line: PLAIN, ENDS or IRREGULAR."""
        if (number, following) not in self.asked:
            self.asked[number, following] = ends(self.spellings[number], "" if following is None else self.spellings[following])
        return self.asked[number, following]

    def read(self, name, places):
        """The numbers of the column `name` at `places`; of counts, a row each."""
        column = np.frombuffer(self.columns[name], dtype=COLUMNS[name])
        return (column.reshape(-1, len(WORD_COUNTS)) if name == "counts" else column)[places]


def kind(chunk):
    """Whether a sentence ends behind `chunk`, which has a MARK: ENDS, ASK or IRREGULAR."""
    at = MARK.search(chunk).start()
    before, mark, behind = chunk[:at], chunk[at], chunk[at + 1 :]
    if chunk == ".":  # perhaps of ". . .", which Punkt takes for one sign
        return IRREGULAR
    if behind.strip(CLOSING):
        return ASK
    if before and before[-1] in APART:  # the mark is a token of its own
        return ENDS
    return ENDS if LETTERS.fullmatch(before) and (mark != "." or not is_bound(before.lower())) else ASK


def is_bound(word):
    """Whether Punkt may take a full stop for a part of `word`, which is in lower case."""
    model = sentence_tokenizer().params
    return model.is_abbrev(word) or model.is_numeric_abbrev(word) or word in bound_words()


@cache
def bound_words():
    """The words with which a collocation of Punkt's begins."""
    return {first for first, _ in sentence_tokenizer().params.collocations}


def ends(chunk, following):
    """What Punkt says of `chunk` before `following`: PLAIN, ENDS, or IRREGULAR where a sentence ends between two words of the chunk."""
    if following and not following.strip(".?!"):  # Punkt takes it to what stands before
        return IRREGULAR
    pair = f"{chunk} {following}".rstrip()
    begins = [start for start, _ in sentence_tokenizer().span_tokenize(pair, realign_boundaries=False) if 0 < start <= len(chunk) + 1]
    if any(WORD.search(chunk, start) for start in begins):
        return IRREGULAR
    return ENDS if begins else PLAIN
