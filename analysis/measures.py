"""How the texts are written: counts by sentence, formulas on counts, one tidy table of measures.

Symbols: n_words (`corpus.word_spans`); n_sentences (`corpus.sentence_spans`); n_letters (letters in words); n_characters (letters and
digits in words); n_syllables (counted by hand, syllables.csv); n_polysyllables (words of three or more syllables); n_complex (the same
without names, hyphenated compounds of shorter words, and words that -ed or -es made so long); n_difficult (words that are neither on Dale
and Chall's list, nor regular forms of one that is, nor names, nor numerals).

A formula takes these counts as attributes of `n`, numbers or columns alike, and is NaN where there are no words.
"""

import re
from collections.abc import Callable
from functools import cache
from importlib import resources
from typing import NamedTuple

import numpy as np
import pandas as pd
from textstat import textstat

from analysis.corpus import parts, passages, sentence_spans, word_spans
from analysis.intervals import count_spans, overlaps
from analysis.pronunciation import by_hand, by_rule, by_textstat, normal, use_dictionary
from analysis.provenance import reference_names, sources
from analysis.voices import spoken

SCOPES = {"all": "the whole body", "author": "sentences without quoted speech"}
COUNTS = ["n_sentences", "n_words", "n_letters", "n_characters", "n_syllables", "n_polysyllables", "n_complex", "n_difficult"]
DRAWS = 2000
SEED = 20220329
FEWEST_SENTENCES = 20  # for an interval: from fewer, resampling says too little
HAPAX_WORDS = 300
WINDOWS = (50, 100)  # words, for MATTR
MTLD_THRESHOLD = 0.72
OPENING = ("“", "‘", '"')
ENDING = re.compile(r"(?:'s|s'|ies|ied|es|ed|ing|er|est|s|d|n|r|st|ly)$")


# Counts


def scoped_sentences(corpus, scope="all", spans=sentence_spans):
    """The sentences of the bodies, with offsets: source_id, passage_id, start, end, sentence.

    `scope` is "all", or "author": without the sentences that hold words of a quoted speaker or document. `spans` is the rule that parts
    a paragraph into sentences.
    """
    table = parts(corpus, spans, "sentence")
    if scope == "all":
        return table
    n_quoted = count_spans(table, spoken(corpus), overlaps)
    return table[[n == 0 for n in n_quoted]]


def raw_sentences(corpus):
    """The sentences of the raw files, line by line, as no cleaning would leave them: source_id, sentence."""
    rows = [
        (source_id, line[start:end])
        for source_id, text in corpus.raw.items()
        for line in text.split("\n")
        for start, end in sentence_spans(line)
    ]
    return pd.DataFrame(rows, columns=["source_id", "sentence"])


def full_stop_spans(paragraph):
    """The sentences of a paragraph if every full stop, question mark or exclamation mark ended one, as (start, end) pairs."""
    return [match.span() for match in re.finditer(r"[^.!?]+[.!?]*", paragraph) if word_spans(match.group())]


def sentence_counts(corpus, table, syllables=None):
    """`table`, one row a sentence, with a column for each of COUNTS. `syllables` counts those of a word; by hand unless given."""
    syllables, names = syllables or by_hand_or_rule(corpus), proper_names(corpus)
    counted = [(1, *word_counts(words_of(row.sentence), names[row.source_id], syllables)) for row in table.itertuples()]
    return table.assign(**dict(zip(COUNTS, np.array(counted, dtype=int).reshape(-1, len(COUNTS)).T, strict=True)))


def word_counts(words, names, syllables):
    """The counts of `words` in the order of COUNTS, from n_words on. `names` holds the words that are proper names."""
    lengths, characters = [syllables(word) for word in words], "".join(words)
    long = [word for word, n in zip(words, lengths, strict=True) if n >= 3]
    return (
        len(words),
        sum(map(str.isalpha, characters)),
        sum(map(str.isalnum, characters)),
        sum(lengths),
        len(long),
        sum(is_complex(word, names, syllables) for word in long),
        sum(not is_familiar(word, names) for word in words),
    )


def words_of(text):
    return [text[start:end] for start, end in word_spans(text)]


def by_hand_or_rule(corpus):
    """A function that counts the syllables of a word by hand or, for a word outside the bodies, by the rule of `pronunciation`."""
    known = by_hand(corpus)
    return lambda word: known.get(normal(word)) or by_rule(word)


def proper_names(corpus):
    """The words that each body writes with a capital inside a sentence and never without: {source_id: set}."""
    table = parts(corpus, sentence_spans, "sentence")
    return {source_id: names_in(table.sentence[table.source_id == source_id]) for source_id in corpus.raw}


def names_in(sentences):
    """The words that the sentences of one text write with a capital inside a sentence and never without. Behind a quotation mark that
    opens, a capital says nothing.
    """
    inside, lower = set(), set()
    for sentence in sentences:
        for place, (start, end) in enumerate(word_spans(sentence)):
            word, opened = sentence[start:end], sentence[:start].endswith(OPENING)
            if word[0].islower():
                lower.add(normal(word))
            elif word[0].isupper() and place and not opened:
                inside.add(normal(word))
    return inside - lower


def is_complex(word, names, syllables):
    """Whether a word of three or more syllables is hard by Gunning: no name, no compound of shorter words, not long by -ed or -es."""
    low = normal(word)
    if low in names:
        return False
    if "-" in low:
        return any(syllables(part) >= 3 for part in low.split("-") if part)
    stretched = re.search(r"[td]ed$|(?:[sxzc]|[sc]h|g)es$", low)
    return not (stretched and syllables(low) == 3)


def is_familiar(word, names):
    """Whether Dale and Chall pass `word` as familiar: on the list that textstat holds, a regular form of such a word, a name, a numeral."""
    low = normal(word)
    if low in names or low[0].isdigit():
        return True
    return all(any(listed(form) for form in base_forms(part)) for part in low.split("-") if part)


def listed(word):
    return word in familiar_words()


@cache
def familiar_words():
    """Dale and Chall's list of familiar words, as textstat holds it."""
    file = resources.files("textstat") / "resources/en/easy_words.txt"
    return frozenset(file.read_text(encoding="utf-8").split())


def base_forms(word):
    """`word` and what it may be a regular form of: without -s, -ed, -ing, -er, -est and the like; "stopped", "hoping", "tries" too."""
    forms = [word]
    if ending := ENDING.search(word):
        stem = word[: ending.start()]
        forms += [stem, stem + "e", stem + "y"]
        if len(stem) > 2 and stem[-1] == stem[-2]:
            forms.append(stem[:-1])
    return forms + ([word[:-2]] if word.endswith("'s") else [])


# Formulas on counts


def per(part, whole):
    """`part` / `whole`, NaN where `whole` is 0."""
    part, whole = np.asarray(part, dtype=float), np.asarray(whole, dtype=float)
    return np.divide(part, whole, out=np.full(np.broadcast(part, whole).shape, np.nan), where=whole > 0)


def words_per_sentence(n):
    """n_words / n_sentences: the mean length of a sentence in words. Higher means longer."""
    return per(n.n_words, n.n_sentences)


def flesch_reading_ease(n):
    """206.835 - 1.015 n_words / n_sentences - 84.6 n_syllables / n_words, in points, mostly 0 to 100. Higher means easier.

    Made for samples of 100 words. Flesch 1948, doi:10.1037/h0057532.
    """
    return 206.835 - 1.015 * per(n.n_words, n.n_sentences) - 84.6 * per(n.n_syllables, n.n_words)


def flesch_kincaid_grade(n):
    """0.39 n_words / n_sentences + 11.8 n_syllables / n_words - 15.59, in US school grades. Higher means harder.

    The same two ratios as Flesch Reading Ease with other weights. Kincaid, Fishburne, Rogers and Chissom 1975, report 8-75, ADA006655.
    """
    return 0.39 * per(n.n_words, n.n_sentences) + 11.8 * per(n.n_syllables, n.n_words) - 15.59


def gunning_fog(n):
    """0.4 (n_words / n_sentences + 100 n_complex / n_words), in US school grades. Higher means harder.

    Made for passages of about 100 words. Gunning 1952, The Technique of Clear Writing.
    """
    return 0.4 * (per(n.n_words, n.n_sentences) + 100 * per(n.n_complex, n.n_words))


def smog(n):
    """3.1291 + 1.0430 sqrt(30 n_polysyllables / n_sentences), in US school grades. Higher means harder.

    Made for 30 sentences. McLaughlin 1969, Journal of Reading 12(8), 639-646.
    """
    return 3.1291 + 1.0430 * np.sqrt(30 * per(n.n_polysyllables, n.n_sentences))


def coleman_liau(n):
    """0.0588 L - 0.296 S - 15.8 with L letters and S sentences per 100 words, in US school grades. Higher means harder.

    Coleman and Liau 1975, doi:10.1037/h0076540.
    """
    return 0.0588 * 100 * per(n.n_letters, n.n_words) - 0.296 * 100 * per(n.n_sentences, n.n_words) - 15.8


def automated_readability(n):
    """4.71 n_characters / n_words + 0.5 n_words / n_sentences - 21.43, in US school grades. Higher means harder.

    Senter and Smith 1967, AMRL-TR-66-220.
    """
    return 4.71 * per(n.n_characters, n.n_words) + 0.5 * per(n.n_words, n.n_sentences) - 21.43


def dale_chall(n):
    """0.1579 P + 0.0496 n_words / n_sentences + 3.6365 with P difficult words per 100 words, on a scale of its own. Higher means harder.

    Made for samples of 100 words. Dale and Chall 1948, Educational Research Bulletin 27(1), 11-20.
    """
    return 0.1579 * 100 * per(n.n_difficult, n.n_words) + 0.0496 * per(n.n_words, n.n_sentences) + 3.6365


# Formulas on a sequence of words


def mattr(words, window):
    """The share of different words in a stretch of `window` words, the mean over all such stretches, 0 to 1. Higher means more varied.

    NaN for fewer words than `window`. Covington and McFall 2010, doi:10.1080/09296171003643098.
    """
    if len(words) < window:
        return np.nan
    return float(np.mean([len(set(words[start : start + window])) / window for start in range(len(words) - window + 1)]))


def mtld(words):
    """The mean length in words of a stretch whose share of different words stays above 0.72. Higher means more varied.

    The mean of a run forward and a run backward; NaN where no word comes again. McCarthy and Jarvis 2010, doi:10.3758/BRM.42.2.381.
    """
    factors = [mtld_factors(words), mtld_factors(words[::-1])]
    return float(np.mean([len(words) / n for n in factors])) if all(factors) else np.nan


def mtld_factors(words):
    """How often the share of different words falls to the threshold from the start of a stretch; the rest counts in part."""
    factors, seen, length = 0, set(), 0
    for word in words:
        seen.add(word)
        length += 1
        if len(seen) / length <= MTLD_THRESHOLD:
            factors, seen, length = factors + 1, set(), 0
    return factors + (1 - len(seen) / length) / (1 - MTLD_THRESHOLD) if length else factors


def hapax_share(words):
    """The share of the first 300 words that stand there once only, 0 to 1. Higher means more varied. NaN for a shorter text.

    It falls with length; so all texts are cut to one length.
    """
    if len(words) < HAPAX_WORDS:
        return np.nan
    return float((pd.Series(words[:HAPAX_WORDS]).value_counts() == 1).sum() / HAPAX_WORDS)


# The table


class Measure(NamedTuple):
    """A measure: its formula, in what it counts, which way it runs, the fewest `unit` it needs, its source, its name in textstat."""

    formula: Callable
    scale: str
    direction: str
    minimum: int
    unit: str
    reference: str = ""
    textstat: str = ""


HARDER, EASIER, VARIED = "higher means harder", "higher means easier", "higher means more varied"
ON_COUNTS = {
    "words per sentence": Measure(words_per_sentence, "words", "higher means longer", 1, "sentences"),
    "Flesch Reading Ease": Measure(flesch_reading_ease, "points", EASIER, 100, "words", "flesch1948", "flesch_reading_ease"),
    "Flesch-Kincaid": Measure(flesch_kincaid_grade, "US grade", HARDER, 100, "words", "kincaid1975", "flesch_kincaid_grade"),
    "Gunning Fog": Measure(gunning_fog, "US grade", HARDER, 100, "words", "gunning1952", "gunning_fog"),
    "SMOG": Measure(smog, "US grade", HARDER, 30, "sentences", "mclaughlin1969", "smog_index"),
    "Coleman-Liau": Measure(coleman_liau, "US grade", HARDER, 100, "words", "colemanliau1975", "coleman_liau_index"),
    "ARI": Measure(automated_readability, "US grade", HARDER, 100, "words", "senter1967", "automated_readability_index"),
    "Dale-Chall": Measure(dale_chall, "scale of its own", HARDER, 100, "words", "dalechall1948", "dale_chall_readability_score"),
}
ON_WORDS = {
    **{f"MATTR {n}": Measure(lambda words, n=n: mattr(words, n), "share", VARIED, n, "words", "covington2010") for n in WINDOWS},
    "MTLD": Measure(mtld, "words", VARIED, 100, "words", "mccarthy2010"),
    "hapax share": Measure(hapax_share, "share", VARIED, HAPAX_WORDS, "words"),
}
MEASURES = ON_COUNTS | ON_WORDS
BY_FORMULA = "published formula"


@cache
def measures(corpus):
    """Every measure of every text, in each scope, by the published formula and, where it has the score, by textstat.

    Columns: source_id; measure; scope (see SCOPES); value; low, high (95 % interval over resampled sentences of the text: how far the score
    depends on which of its own sentences are counted; NaN for fewer than 20 sentences and where resampling would bias the measure);
    n, unit (what the minimum counts), minimum; status ("ok", or "n/a" with the reason: then value is NaN); method; scale; direction.
    """
    use_dictionary(corpus)
    rows = []
    for scope in SCOPES:
        table = sentence_counts(corpus, scoped_sentences(corpus, scope))
        for source_id in sources(corpus).source_id:
            rows += text_measures(source_id, scope, table[table.source_id == source_id])
    return pd.DataFrame(rows, columns=["source_id", "measure", "scope", "value", "low", "high", "n", "unit", "minimum", "status", "method",
                                       "scale", "direction"])  # fmt: skip


def readability(corpus):
    """The rows of `measures` that the figure of readability shows: two scores of each whole text."""
    return measures(corpus).query("scope == 'all' and measure in ['Flesch Reading Ease', 'Coleman-Liau']").reset_index(drop=True)


def text_measures(source_id, scope, own):
    """The rows of `measures` for the sentences `own` of one text and scope."""
    totals, drawn = own[COUNTS].sum(), resampled(own)
    words = [normal(word) for sentence in own.sentence for word in words_of(sentence)]
    text = " ".join(own.sentence)
    rows = []
    for name, measure in MEASURES.items():
        n = int(totals[f"n_{measure.unit}"])
        fits = n >= measure.minimum
        status = "ok" if fits else f"n/a: {n} {measure.unit}, needs {measure.minimum}"
        given = {BY_FORMULA: lambda measure=measure: float(measure.formula(totals if measure in ON_COUNTS.values() else words))}
        if measure.textstat:
            given["textstat"] = lambda measure=measure: getattr(textstat, measure.textstat)(text)
        for method, value in given.items():
            spread = measure in ON_COUNTS.values() and method == BY_FORMULA and fits
            low, high = interval(measure.formula(drawn)) if spread and drawn is not None else (np.nan, np.nan)
            rows.append((source_id, name, scope, value() if fits else np.nan, low, high, n, measure.unit, measure.minimum, status, method,
                         measure.scale, measure.direction))  # fmt: skip
    return rows


def resampled(own):
    """The totals of as many sentences as `own` has, drawn from it with replacement, DRAWS times; None for too few sentences."""
    if len(own) < FEWEST_SENTENCES:
        return None
    draw = np.random.default_rng(SEED)
    chosen = draw.integers(len(own), size=(DRAWS, len(own)))
    return pd.DataFrame(own[COUNTS].to_numpy()[chosen].sum(axis=1), columns=COUNTS)


def interval(values):
    """The 2.5th and the 97.5th percentile."""
    return tuple(float(bound) for bound in np.percentile(values, [2.5, 97.5]))


def shown(corpus, method, scope="all"):
    """The table of `measures` for readers: a row a measure, a column a text, values as text, "n/a" below a minimum."""
    table = measures(corpus).query("method == @method and scope == @scope")
    cells = [f"{row.value:.2f}" if row.scale == "share" else f"{row.value:.1f}" for row in table.itertuples()]
    cells = [cell if status == "ok" else "n/a" for cell, status in zip(cells, table.status, strict=True)]
    wide = table.assign(value=cells).pivot(index="measure", columns="source_id", values="value")
    names = sources(corpus).set_index("source_id").short
    wide = wide.reindex(index=[name for name in MEASURES if name in wide.index], columns=names.index).rename(columns=names)
    return wide.rename_axis(columns=None).reset_index()


def missing(corpus):
    """Which measures a text is too short for, and why: source_id, measure, scope, status."""
    table = measures(corpus).query("status != 'ok' and method == @BY_FORMULA")
    return table[["source_id", "measure", "scope", "status"]].reset_index(drop=True)


def definitions(corpus):
    """What each measure is: measure, formula (in words), scale, direction, minimum, reference (the short name of the work)."""
    works = reference_names(corpus.path / "references.bib")
    rows = [
        (name, (measure.formula.__doc__ or mattr.__doc__).split(". ")[0].split("\n")[0].replace("`", ""), measure.scale, measure.direction,
         f"{measure.minimum} {measure.unit}", works.get(measure.reference, ""))
        for name, measure in MEASURES.items()
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["measure", "formula", "scale", "direction", "minimum", "reference"])


# Any other text, measured in the same way as the texts


WITHOUT_HAND = ["words per sentence", "Flesch Reading Ease", "Coleman-Liau", "MATTR 50"]


def beside(corpus, paragraphs, name):
    """The bodies of the texts beside another text, `name`, all measured in the same way: without any count by hand.

    `paragraphs` are those of the other text. Columns: text (short citation, or `name`); words; sentences; the measures of WITHOUT_HAND, by
    the published formula, with syllables by groups of vowels (`pronunciation.by_rule`). Numerals are left out, for no rule of vowels reads
    them.
    """
    own = passages(corpus)
    short = sources(corpus).set_index("source_id").short
    bodies = {
        text: [corpus.raw[source_id][row.start : row.end] for row in own[own.source_id == source_id].itertuples()]
        for source_id, text in short.items()
    }
    return pd.DataFrame([{"text": text, **measured(read)} for text, read in {**bodies, name: paragraphs}.items()])


def measured(paragraphs):
    """{words, sentences, and each measure of WITHOUT_HAND} of a text, given by its paragraphs."""
    sentences = [paragraph[start:end] for paragraph in paragraphs for start, end in sentence_spans(paragraph)]
    words = [word for sentence in sentences for word in words_of(sentence) if any(map(str.isalpha, word))]
    n = pd.Series((len(sentences), *word_counts(words, set(), by_rule)), index=COUNTS)
    low = [normal(word) for word in words]
    scores = {name: float(MEASURES[name].formula(n if name in ON_COUNTS else low)) for name in WITHOUT_HAND}
    return {"words": len(words), "sentences": len(sentences), **scores}


# How far the scores hang on the rules


VARIATIONS = {
    "every full stop ends a sentence": lambda corpus: sentence_counts(corpus, scoped_sentences(corpus, spans=full_stop_spans)),
    "syllables as textstat counts them": lambda corpus: sentence_counts(corpus, scoped_sentences(corpus), by_textstat),
    "syllables by groups of vowels": lambda corpus: sentence_counts(corpus, scoped_sentences(corpus), by_rule),
    "without sentences that quote": lambda corpus: sentence_counts(corpus, scoped_sentences(corpus, "author")),
    "raw file, not cleaned": lambda corpus: sentence_counts(corpus, raw_sentences(corpus)),
}


@cache
def sensitivity(corpus):
    """What another rule does to each score: source_id, variation, measure, value, change (from the value by our rules, in its own units).

    Variations: those of VARIATIONS, one rule changed at a time, and "textstat", which has rules of its own throughout. Scores below their
    minimum by our rules are left out.
    """
    use_dictionary(corpus)
    table = measures(corpus).query("scope == 'all' and status == 'ok'")
    table = table[table.measure.isin(ON_COUNTS)]
    base = table[table.method == BY_FORMULA].set_index(["source_id", "measure"]).value
    rows = [(row.source_id, "textstat", row.measure, row.value) for row in table[table.method == "textstat"].itertuples()]
    for name, varied in VARIATIONS.items():
        totals = varied(corpus).groupby("source_id")[COUNTS].sum()
        rows += [
            (source_id, name, measure, float(ON_COUNTS[measure].formula(totals.loc[source_id])))
            for source_id, measure in base.index if source_id in totals.index
        ]  # fmt: skip
    result = pd.DataFrame(rows, columns=["source_id", "variation", "measure", "value"])
    return result.assign(change=[row.value - base[row.source_id, row.measure] for row in result.itertuples()])


def ease_sensitivity(corpus):
    """The rows of `sensitivity` that the figure of it shows: those for Flesch Reading Ease."""
    return sensitivity(corpus).query("measure == 'Flesch Reading Ease'").reset_index(drop=True)


def sensitivity_ranges(corpus):
    """The smallest and the largest change over the texts, as text: a row a variation, a column a measure."""
    table = sensitivity(corpus)
    spans = table.groupby(["variation", "measure"]).change.agg(["min", "max"])
    cells = pd.Series([f"{signed(row.min)} to {signed(row.max)}" for row in spans.itertuples()], index=spans.index)
    wide = cells.unstack().reindex(index=["textstat", *VARIATIONS], columns=list(ON_COUNTS))
    return wide.astype(object).fillna("the same").rename_axis(columns=None).reset_index()


def signed(number):
    return f"{number:+.1f}".replace("-", "−")


def textstat_counts(corpus):
    """How far textstat's counts are off: source_id, count (words, sentences, syllables), by_reading, textstat, difference (%)."""
    use_dictionary(corpus)
    table = sentence_counts(corpus, scoped_sentences(corpus))
    ways = {"words": textstat.lexicon_count, "sentences": textstat.sentence_count, "syllables": textstat.syllable_count}
    rows = []
    for source_id in sources(corpus).source_id:
        own = table[table.source_id == source_id]
        for name, way in ways.items():
            hand, theirs = int(own[f"n_{name}"].sum()), way(" ".join(own.sentence))
            rows.append((source_id, name, hand, theirs, 100 * (theirs - hand) / hand))
    return pd.DataFrame(rows, columns=["source_id", "count", "by_reading", "textstat", "difference"])
