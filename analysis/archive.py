"""The measures of many documents: one row a document, by the same rules as for the texts of the book.

`reference` says what is computed, one document at a time, with the plain functions of `measures`. `measure` gives the same numbers for
many documents at once, from arrays: each chunk (`chunks`) is a number, each measure a sum over stretches of these numbers.
"""

import re
from functools import lru_cache
from itertools import chain, compress
from string import whitespace
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.chunks import ASK, ENDS, INSIDE, IRREGULAR, LOWER, WORD_COUNTS, Chunks
from analysis.corpus import DATA, LINE, load_corpus, sentence_spans
from analysis.measures import (
    COUNTS,
    HAPAX_WORDS,
    MEASURES,
    MTLD_THRESHOLD,
    ON_COUNTS,
    ON_WORDS,
    WINDOWS,
    names_in,
    per,
    word_counts,
    words_of,
)
from analysis.names import PER
from analysis.pronunciation import by_hand, by_rule, normal

LONGEST_LINE = 1_000_000  # characters
AT_ONCE = 1_000_000  # characters whose chunks are in memory at a time
STEP = 64  # words by which a stretch of MTLD grows at a time
SPACES = set(filter(str.isspace, map(chr, range(0x3001)))) - set(whitespace)  # to Python white space, to a part of Punkt none
CONTROLS = list(filter(str.isascii, SPACES))
FOREIGN_SPACE = re.compile(f"[{''.join(SPACES)}]")
SURROGATE = re.compile("[\ud800-\udfff]")


class Rules(NamedTuple):
    """What of the data the measures rest on: (word, syllables) counted by hand; (concept, form, pattern) of the naming choices."""

    syllables: tuple
    forms: tuple


class Unreadable(NamedTuple):
    """What stands in place of a text that could not be read."""

    reason: str


def load_rules(path=DATA):
    """The Rules of a data folder; raises DataError as `load_corpus` does."""
    corpus = load_corpus(path)
    forms = corpus.tables["names.csv"][["concept", "form", "pattern"]]
    return Rules(tuple(by_hand(corpus).items()), tuple(forms.itertuples(index=False, name=None)))


def rate_names(rules):
    """The names of the columns with naming rates: "<concept>: <form>"."""
    return [f"{concept}: {form}" for concept, form, _ in rules.forms]


def columns(rules):
    """The columns of `measure`, in order."""
    return ["id", "error", *COUNTS, *MEASURES, *rate_names(rules)]


def fault(text):
    """What keeps `text` from being measured, in words; None where nothing does."""
    if isinstance(text, Unreadable):
        return text.reason
    if text is None or text != text:
        return "the text is missing"
    if not isinstance(text, str):
        return f"the text is no string ({type(text).__name__})"
    if len(text) > LONGEST_LINE and (longest := max(map(len, text.split("\n")))) > LONGEST_LINE:
        return f"a line has {longest:,} characters, the most is {LONGEST_LINE:,}"
    if not text.isascii() and SURROGATE.search(text):
        return "the text holds half a surrogate pair, which is no character"
    return None


# One document, plainly


def reference(text, rules):
    """The measures of one text: {COUNTS, MEASURES, naming rates}; each line is a paragraph.

    Scores are NaN below the minimum of their measure (`measures.MEASURES`), rates (uses per 1,000 words) where there are no words.
    """
    known = dict(rules.syllables)
    paragraphs = [match.group() for match in LINE.finditer(text)]
    sentences = [paragraph[start:end] for paragraph in paragraphs for start, end in sentence_spans(paragraph)]
    words = [word for sentence in sentences for word in words_of(sentence)]
    counted = word_counts(words, names_in(sentences), lambda word: known.get(normal(word)) or by_rule(word))
    n = pd.Series((len(sentences), *counted), index=COUNTS)
    low = [normal(word) for word in words]
    scores = {
        name: float(measure.formula(n if name in ON_COUNTS else low)) if n[f"n_{measure.unit}"] >= measure.minimum else np.nan
        for name, measure in MEASURES.items()
    }
    uses = [sum(1 for paragraph in paragraphs for _ in re.finditer(pattern, paragraph)) for _, _, pattern in rules.forms]
    return {**n.to_dict(), **scores, **dict(zip(rate_names(rules), PER * per(uses, len(words)), strict=True))}


# Many documents


def measure(ids, texts, rules):
    """The measures of many texts: a row a document, in their order.

    Columns: id; error (None, or what kept the text from being measured: then all that follows is missing); COUNTS; MEASURES; naming rates
    per 1,000 words, as `reference` gives them for each text.
    """
    errors = [fault(text) for text in texts]
    sound = [text for text, error in zip(texts, errors, strict=True) if error is None]
    table = pd.concat([measured(part, rules) for part in parts_of(sound)] or [measured([], rules)], ignore_index=True)
    places = np.flatnonzero([error is None for error in errors])
    table = table.set_index(places).reindex(range(len(texts))) if len(sound) < len(texts) else table
    for name in COUNTS:
        table[name] = table[name].astype("Int64")
    table.insert(0, "id", pd.Series(list(ids), dtype=object))
    table.insert(1, "error", pd.Series(errors, dtype=object))
    return table


def parts_of(texts):
    """`texts` cut into lists of about AT_ONCE characters."""
    part, size = [], 0
    for text in texts:
        part.append(text)
        size += len(text)
        if size >= AT_ONCE:
            yield part
            part, size = [], 0
    if part:
        yield part


@lru_cache(maxsize=1)
def chunks_of(rules):
    return Chunks(dict(rules.syllables), [pattern for _, _, pattern in rules.forms])


def measured(texts, rules):
    """The measures of `texts`, all of them sound: a row a text, without id and error."""
    chunks = chunks_of(rules)
    if chunks.is_full():
        chunks.clear()
    lines, owner = lines_of(texts)
    numbers, widths = numbered([line.split() for line in lines], chunks)
    uses = uses_of_names(lines, owner, numbers, widths, len(texts), chunks)
    numbers, ends, widths = with_sentence_ends(lines, numbers, widths, chunks)

    counts = chunks.read("counts", numbers)
    text, n_words = np.repeat(owner, widths), counts[:, 0]
    spelled, case = words_in(numbers, n_words, chunks)
    sentence = np.repeat(np.cumsum(ends) - ends, n_words)
    opens = np.diff(sentence, prepend=-1) > 0  # the first word of a sentence

    n = dict(zip(WORD_COUNTS, totals(counts, np.bincount(text, minlength=len(texts))).T, strict=True))
    lengths = n["n_words"]
    hard = chunks.read("hard", spelled) * are_names(spelled, case, np.repeat(text, n_words), opens)
    n["n_complex"] = n["n_complex"] - totals(hard & 1, lengths)
    n["n_difficult"] = n["n_difficult"] - totals(hard >> 1, lengths)
    n = pd.DataFrame({"n_sentences": totals(opens, lengths), **n})

    scores = {name: measure.formula(n) for name, measure in ON_COUNTS.items()} | on_words(spelled, lengths)
    scores = {name: np.where(n[f"n_{MEASURES[name].unit}"] >= MEASURES[name].minimum, scores[name], np.nan) for name in MEASURES}
    rates = PER * per(uses, lengths[:, None])
    return pd.concat([n, pd.DataFrame(scores), pd.DataFrame(rates, columns=rate_names(rules))], axis="columns")


def lines_of(texts):
    """The paragraphs of `texts`, and which text each is of."""
    lines = [[line for line in map(str.strip, text.split("\n")) if line] for text in texts]
    return list(chain.from_iterable(lines)), np.repeat(np.arange(len(texts)), [len(own) for own in lines])


def numbered(lines, chunks):
    """The numbers of all chunks of `lines`, one behind the other, and how many each line has."""
    widths = np.fromiter(map(len, lines), dtype=np.int64, count=len(lines))
    return np.fromiter(map(chunks.__getitem__, chain.from_iterable(lines)), dtype=np.int32, count=widths.sum()), widths


def uses_of_names(lines, owner, numbers, widths, n_texts, chunks):
    """How often each pattern stands in each text: texts x patterns. Only lines in which a chunk has a cue of the pattern are searched."""
    uses = np.zeros((n_texts, len(chunks.patterns)), dtype=np.int64)
    places = np.flatnonzero(chunks.read("cued", numbers))
    line = np.repeat(np.arange(len(lines)), widths)[places]
    found = zip(line.tolist(), numbers[places].tolist(), strict=True)
    searched = {(at, pattern) for at, number in found for pattern in chunks.patterns_cued[number]}
    searched.update((at, pattern) for pattern in chunks.everywhere for at in range(len(lines)))
    for at, pattern in searched:
        uses[owner[at], pattern] += sum(1 for _ in chunks.patterns[pattern].finditer(lines[at]))
    return uses


def with_sentence_ends(lines, numbers, widths, chunks):
    """Where the sentences end: (numbers of the chunks, whether a sentence ends behind each, how many each line has).

    Lines of which the chunks do not tell are cut by Punkt, and their chunks are those of the sentences.
    """
    if not lines:
        return numbers, np.zeros(0, dtype=bool), widths
    begins = np.cumsum(widths) - widths
    last = np.zeros(len(numbers), dtype=bool)
    last[begins + widths - 1] = True
    kind = chunks.read("kind", numbers)
    for at in np.flatnonzero(kind == ASK).tolist():
        kind[at] = chunks.ends(int(numbers[at]), None if last[at] else int(numbers[at + 1]))
    ends = last | (kind == ENDS)
    irregular = np.logical_or.reduceat(kind == IRREGULAR, begins)
    whole = "\n".join(lines)
    if (not whole.isascii() or any(sign in whole for sign in CONTROLS)) and FOREIGN_SPACE.search(whole):
        irregular |= [FOREIGN_SPACE.search(line) is not None for line in lines]
    if not irregular.any():
        return numbers, ends, widths

    cut = [[line[start:end].split() for start, end in sentence_spans(line)] for line in compress(lines, irregular)]
    of_cut, lengths = numbered(list(chain.from_iterable(cut)), chunks)
    ends_of_cut = np.zeros(len(of_cut), dtype=bool)
    ends_of_cut[np.cumsum(lengths) - 1] = True
    new_widths = widths.copy()
    new_widths[irregular] = [sum(map(len, sentences)) for sentences in cut]
    is_cut = np.repeat(irregular, new_widths)
    kept = ~np.repeat(irregular, widths)
    new_numbers, new_ends = np.empty(len(is_cut), dtype=numbers.dtype), np.empty(len(is_cut), dtype=bool)
    new_numbers[is_cut], new_numbers[~is_cut] = of_cut, numbers[kept]
    new_ends[is_cut], new_ends[~is_cut] = ends_of_cut, ends[kept]
    return new_numbers, new_ends, new_widths


def words_in(numbers, n_words, chunks):
    """The words in the chunks `numbers`: their numbers in normal spelling, and their cases."""
    before = np.cumsum(n_words) - n_words
    places = np.repeat(chunks.read("first", numbers) - before, n_words) + np.arange(n_words.sum())
    return chunks.read("spelled", places), chunks.read("case", places)


def totals(values, lengths):
    """The sums of `values` over stretches of these lengths, one behind the other."""
    sums = np.zeros((len(values) + 1, *values.shape[1:]), dtype=np.int64)
    np.cumsum(values, axis=0, out=sums[1:])
    return np.diff(sums[np.cumsum(lengths)], axis=0, prepend=0)


def are_names(spelled, case, text, opens):
    """Which words are names, as `measures.names_in` tells: in their text never in lower case, and inside a sentence with a capital."""
    inside = (case == INSIDE) & ~opens
    n_spelled = spelled.max(initial=0) + 1
    might = np.zeros(n_spelled, dtype=bool)
    might[spelled[inside]] = True
    might = might[spelled]
    word, words = pd.factorize(text[might].astype(np.int64) * n_spelled + spelled[might])  # each word of each text
    has_inside, has_lower = (np.bincount(word[which[might]], minlength=len(words)) > 0 for which in (inside, case == LOWER))
    found = np.zeros(len(spelled), dtype=bool)
    found[might] = (has_inside & ~has_lower)[word]
    return found


def on_words(spelled, lengths):
    """ON_WORDS for each text; where a text is too short, the value means nothing."""
    begin = np.cumsum(lengths) - lengths
    place = np.arange(len(spelled)) - np.repeat(begin, lengths)  # of a word in its text
    n = np.repeat(lengths, lengths)
    previous, following = neighbours(spelled, place)
    varied = {}
    for window in WINDOWS:
        first = np.maximum(place - window, previous) + 1
        windows = np.maximum(np.minimum(place, n - window) - np.maximum(first, 0) + 1, 0)  # in how many the word is the first of its kind
        varied[f"MATTR {window}"] = per(totals(windows, lengths), window * (lengths - window + 1))
    long = np.flatnonzero(lengths >= ON_WORDS["MTLD"].minimum)
    backward = np.empty_like(previous)
    backward[np.arange(len(spelled)) + n - 1 - 2 * place] = np.where(following < n, n - 1 - following, -1)
    both = [per(lengths[long], factors(way, begin[long], lengths[long])) for way in (previous, backward)]
    varied["MTLD"] = np.full(len(lengths), np.nan)
    varied["MTLD"][long] = np.mean(both, axis=0)
    once = (place < HAPAX_WORDS) & (previous < 0) & (following >= HAPAX_WORDS)
    varied["hapax share"] = totals(once, lengths) / HAPAX_WORDS
    return varied


def neighbours(spelled, place):
    """Where in its text each word stood before, or -1; and where it comes again, or a number past the end of all texts."""
    n, bits = len(spelled), len(spelled).bit_length()
    order = np.sort((spelled.astype(np.int64) << bits) + np.arange(n)) & ((1 << bits) - 1)  # by word, then by place
    word, at = spelled[order], place[order]
    same = (word[:-1] == word[1:]) & (order[1:] - order[:-1] == at[1:] - at[:-1])  # the same word of the same text
    previous, following = np.full(n, -1), np.full(n, np.iinfo(np.int64).max)
    previous[order[1:][same]], following[order[:-1][same]] = at[:-1][same], at[1:][same]
    return previous, following


def factors(previous, begin, lengths):
    """`measures.mtld_factors` of many texts side by side, in steps of STEP words.

    `previous` says where in its text each word stood before; the words of a text are those from its `begin` on, as many as its length.
    """
    found = np.zeros(len(lengths))
    start, done, types = (np.zeros(len(lengths), dtype=np.int64) for _ in range(3))  # of the stretch that each text is at
    step = np.arange(STEP)
    active = np.flatnonzero(lengths)
    while len(active):
        place = (start + done)[active, None] + step
        inside = place < lengths[active, None]
        stood = previous[np.where(inside, begin[active, None] + place, 0)]
        seen = types[active, None] + np.cumsum(inside & (stood < start[active, None]), axis=1)
        falls = inside & (seen / (done[active, None] + step + 1) <= MTLD_THRESHOLD)
        fell = falls.any(axis=1)
        whole, rest = active[fell], active[~fell]
        found[whole] += 1
        start[whole] += done[whole] + falls[fell].argmax(axis=1) + 1
        done[whole] = types[whole] = 0
        types[rest] = seen[~fell, -1]
        done[rest] = np.minimum(done[rest] + STEP, lengths[rest] - start[rest])
        over = start[rest] + done[rest] == lengths[rest]
        found[rest[over]] += (1 - types[rest[over]] / done[rest[over]]) / (1 - MTLD_THRESHOLD)
        active = np.concatenate([whole[start[whole] < lengths[whole]], rest[~over]])
    return found
