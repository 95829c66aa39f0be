"""The measures of many documents: one row a document, by the same rules as for the texts of the book.

`reference` says what is computed, one document at a time, with plain functions. `measure_batch` gives the same numbers for many documents
at once, from arrays: each token (`token_cache`) is a number, each measure a sum over stretches of these numbers.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from analysis.corpus.sentence_rules import sentence_ends
from analysis.stylometry.counts import COUNT_COLUMNS
from analysis.stylometry.diversity import HAPAX_WORDS, MTLD_THRESHOLD, WINDOWS
from analysis.stylometry.measures import COUNT_FORMULAS, DIVERSITY_FORMULAS, MEASURES
from analysis.stylometry.naming import PER_WORDS
from analysis.stylometry.readability import safe_divide
from batch.reference import Rules, rate_columns, text_error
from batch.token_cache import INSIDE, LOWER, WORD_COUNTS, Integers, TokenCache

BATCH_CHARS = 1_000_000  # characters whose tokens are in memory at a time
MTLD_STEP = 64  # words by which a stretch of MTLD grows at a time

Item = TypeVar("Item")


def measure_batch(ids: Iterable[Any], texts: Sequence[Any], rules: Rules) -> pd.DataFrame:
    """The measures of many texts: a row a document, in their order.

    Columns: id; error (None, or what kept the text from being measured: then all that follows is missing); COUNTS; MEASURES; naming rates
    per 1,000 words, as `reference.reference_measures` gives them for each text.
    """
    errors = [text_error(text) for text in texts]
    sound = [text for text, error in zip(texts, errors, strict=True) if error is None]
    table = pd.concat([_measure_sound(part, rules) for part in split_by_length(sound, len, BATCH_CHARS, len(sound))], ignore_index=True)
    table.index = pd.Index(np.flatnonzero([error is None for error in errors]))
    table = table.reindex(range(len(errors))).astype(dict.fromkeys(COUNT_COLUMNS, "Int64"))
    table.insert(0, "id", pd.Series(list(ids), dtype=object))
    table.insert(1, "error", pd.Series(errors, dtype=object))
    return table


def split_by_length(items: Iterable[Item], length: Callable[[Item], int], max_length: int, max_items: int) -> Iterator[list[Item]]:
    """`items` cut into lists of up to `max_items`, or of which the last one reaches `max_length`; one empty list where there are none."""
    part: list[Item] = []
    total, is_first = 0, True
    for item in items:
        part.append(item)
        total += length(item)
        if total >= max_length or len(part) == max_items:
            yield part
            part, total, is_first = [], 0, False
    if part or is_first:
        yield part


@lru_cache(maxsize=1)
def _cache_of(rules: Rules) -> TokenCache:
    return TokenCache(dict(rules.syllables), [pattern for _, _, pattern in rules.forms])


def _measure_sound(texts: list[str], rules: Rules) -> pd.DataFrame:
    """The measures of `texts`, all of them sound: a row a text, without id and error."""
    cache = _cache_of(rules)
    if cache.is_full():
        cache.clear()
    lines, owner = _paragraphs(texts)
    tokens, line, sentence = _tokens(lines, cache)
    uses = _name_uses(lines, owner, tokens, line, len(texts), cache)
    n, spelled = _counts(tokens, sentence, owner[line], len(texts), cache)
    scores = {name: measure.formula(n) for name, measure in COUNT_FORMULAS.items()} | _word_diversity(spelled, n.n_words.to_numpy())
    scores = {name: np.where(n[f"n_{MEASURES[name].unit}"] >= MEASURES[name].minimum, scores[name], np.nan) for name in MEASURES}
    rates = PER_WORDS * safe_divide(uses, n.n_words.to_numpy()[:, None])
    return pd.concat([n, pd.DataFrame(scores), pd.DataFrame(rates, columns=rate_columns(rules))], axis="columns")


def _paragraphs(texts: list[str]) -> tuple[list[str], Integers]:
    """The paragraphs of `texts`, and which text each is of."""
    lines = [[line for line in map(str.strip, text.split("\n")) if line] for text in texts]
    return list(chain.from_iterable(lines)), np.repeat(np.arange(len(texts)), [len(own) for own in lines])


def _tokens(lines: list[str], cache: TokenCache) -> tuple[Integers, Integers, Integers]:
    """The numbers of all tokens of `lines`, one behind the other, and of which line and which sentence each is."""
    widths: list[int] = []  # of the sentences
    n_sentences: list[int] = []  # of the lines

    def sentences() -> Iterator[list[str]]:  # one at a time: many lists together cost the garbage collector more than all else here
        for line in lines:
            ends, start = [*sentence_ends(line), len(line)], 0
            n_sentences.append(len(ends))
            for end in ends:
                yield (tokens := line[start:end].split())
                widths.append(len(tokens))
                start = end

    numbers = np.fromiter(map(cache.__getitem__, chain.from_iterable(sentences())), dtype=np.int32)
    line = np.repeat(np.arange(len(lines)), n_sentences)
    return numbers, np.repeat(line, widths), np.repeat(np.arange(len(widths)), widths)


def _name_uses(lines: list[str], owner: Integers, tokens: Integers, line: Integers, n_texts: int, cache: TokenCache) -> Integers:
    """How often each pattern stands in each text: texts x patterns. `line` says of which line each token is.

    Only lines in which a token has a cue of the pattern are searched.
    """
    uses = np.zeros((n_texts, len(cache.patterns)), dtype=np.int64)
    places = np.flatnonzero(cache.read("cued", tokens))
    found = zip(line[places].tolist(), tokens[places].tolist(), strict=True)
    searched = {(at, pattern) for at, number in found for pattern in cache.patterns_cued[number]}
    searched.update((at, pattern) for pattern in cache.uncued_patterns for at in range(len(lines)))
    for at, pattern in searched:
        uses[owner[at], pattern] += sum(1 for _ in cache.patterns[pattern].finditer(lines[at]))
    return uses


def _counts(tokens: Integers, sentence: Integers, text: Integers, n_texts: int, cache: TokenCache) -> tuple[pd.DataFrame, Integers]:
    """COUNTS of each text, and the numbers of all words in normal spelling. `sentence` and `text` say of which each token is."""
    counts = cache.read("counts", tokens)
    n_words = counts[:, 0]
    spelled, case = _words(tokens, n_words, cache)
    opens = np.diff(np.repeat(sentence, n_words), prepend=-1) > 0  # the first word of a sentence
    n = dict(zip(WORD_COUNTS, _sums_of_runs(counts, np.bincount(text, minlength=n_texts)).T, strict=True))
    hard = cache.read("hard", spelled) * _are_names(spelled, case, np.repeat(text, n_words), opens)
    n["n_complex"] = n["n_complex"] - _sums_of_runs(hard & 1, n["n_words"])
    n["n_difficult"] = n["n_difficult"] - _sums_of_runs(hard >> 1, n["n_words"])
    return pd.DataFrame({"n_sentences": _sums_of_runs(opens, n["n_words"]), **n}), spelled


def _words(tokens: Integers, n_words: Integers, cache: TokenCache) -> tuple[Integers, Integers]:
    """The words in `tokens`: their numbers in normal spelling, and their cases."""
    before = np.cumsum(n_words) - n_words
    places = np.repeat(cache.read("first", tokens) - before, n_words) + np.arange(n_words.sum())
    return cache.read("spelled", places), cache.read("case", places)


def _are_names(spelled: Integers, case: Integers, text: Integers, opens: Integers) -> Integers:
    """Which words are names, as `capitalized_only` tells: in their text never in lower case, and inside a sentence with a capital."""
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


def _word_diversity(spelled: Integers, lengths: Integers) -> dict[str, Integers]:
    """`DIVERSITY_FORMULAS` for each text; where a text is too short, the value means nothing.

    `spelled` holds the numbers of all words in normal spelling, text behind text, `lengths` how many each text has.
    """
    begin = np.cumsum(lengths) - lengths
    place = np.arange(len(spelled)) - np.repeat(begin, lengths)  # of a word in its text
    n = np.repeat(lengths, lengths)
    previous, following = _neighbours(spelled, place)
    varied = {}
    for window in WINDOWS:
        first = np.maximum(place - window, previous) + 1
        windows = np.maximum(np.minimum(place, n - window) - np.maximum(first, 0) + 1, 0)  # in how many the word is the first of its kind
        varied[f"MATTR {window}"] = safe_divide(_sums_of_runs(windows, lengths), window * (lengths - window + 1))
    long = np.flatnonzero(lengths >= DIVERSITY_FORMULAS["MTLD"].minimum)
    backward = np.empty_like(previous)
    backward[np.arange(len(spelled)) + n - 1 - 2 * place] = np.where(following < n, n - 1 - following, -1)
    both = [safe_divide(lengths[long], _mtld_factors(way, begin[long], lengths[long])) for way in (previous, backward)]
    varied["MTLD"] = np.full(len(lengths), np.nan)
    varied["MTLD"][long] = np.mean(both, axis=0)
    once = (place < HAPAX_WORDS) & (previous < 0) & (following >= HAPAX_WORDS)
    varied["hapax share"] = _sums_of_runs(once, lengths) / HAPAX_WORDS
    return varied


def _sums_of_runs(values: Integers, lengths: Integers) -> Integers:
    """The sums of `values` over stretches of these lengths, one behind the other."""
    sums, filled = np.zeros((len(lengths), *values.shape[1:]), dtype=np.int64), lengths > 0
    if filled.any():
        sums[filled] = np.add.reduceat(values, (np.cumsum(lengths) - lengths)[filled], axis=0, dtype=np.int64)
    return sums


def _neighbours(spelled: Integers, place: Integers) -> tuple[Integers, Integers]:
    """Where in its text each word stood before, or -1; and where it comes again, or a number past the end of all texts."""
    n, bits = len(spelled), len(spelled).bit_length()
    order = np.sort((spelled.astype(np.int64) << bits) + np.arange(n)) & ((1 << bits) - 1)  # by word, then by place
    word, at = spelled[order], place[order]
    same = (word[:-1] == word[1:]) & (order[1:] - order[:-1] == at[1:] - at[:-1])  # the same word of the same text
    previous, following = np.full(n, -1), np.full(n, np.iinfo(np.int64).max)
    previous[order[1:][same]], following[order[:-1][same]] = at[:-1][same], at[1:][same]
    return previous, following


def _mtld_factors(previous: Integers, begin: Integers, lengths: Integers) -> Integers:
    """`mtld_factors` of many texts side by side, in steps of MTLD_STEP words.

    `previous` says where in its text each word stood before; the words of a text are those from its `begin` on, as many as its length.
    """
    found = np.zeros(len(lengths))
    start, done, types = (np.zeros(len(lengths), dtype=np.int64) for _ in range(3))  # of the stretch that each text is at
    step = np.arange(MTLD_STEP)
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
        done[rest] = np.minimum(done[rest] + MTLD_STEP, lengths[rest] - start[rest])
        over = start[rest] + done[rest] == lengths[rest]
        found[rest[over]] += (1 - types[rest[over]] / done[rest[over]]) / (1 - MTLD_THRESHOLD)
        active = np.concatenate([whole[start[whole] < lengths[whole]], rest[~over]])
    return found
