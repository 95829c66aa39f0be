"""How many syllables a word has: counted by hand for every word of the texts, by rule for all others, and as CMUdict has it.

`syllables.csv` records for each word that was looked up: `hand`, the count by ear (empty for a string that only textstat makes of
the texts, such as "kyivs"), and `cmudict`, the count of the first pronunciation in CMUdict (empty where it lacks the word). The folder
`cmudict/` holds the entries of these words, and textstat is given them; and CMUdict as a whole, from which those of a new text are taken.
Where the rule below and CMUdict agree on a new word, their count stands. All others are guesses, which the note says, until a person has
accepted them: `check` names every one.

The rule, for words that nobody counted (`syllable_counter`):

What holds a figure has one syllable: 2022, 1990s, 10,000, 3.5, 5th. So Flesch 1979 (How to Write Plain English, ch. 2) counts
figures, symbols and their combinations, and so does textstat. There is no spoken form: figures do not tell a year from an amount, and
McLaughlin 1969, who reads them aloud, and Flesch 1948, who would rather leave long ones out, do not agree on one.

A hyphen parts a word in two, each counted as if alone: 12-point 2, so-called 2.

A contraction or possessive has the syllables of its stem, and one more where its ending cannot be said with it: hadn't, haven't, it'll,
could've, it'd, church's 2; can't, aren't, they're, we've, that's 1.

An initialism is said letter by letter if it has points or no vowel: U.S. 2, Ph.D. 3, BBC 3; others (UNESCO) as a word.

All else has as many as it has groups of vowels, without a silent -e, -es or -ed; at least one.
"""

import gzip
import re
import zlib
from collections.abc import Callable, Collection, Mapping
from pathlib import Path

import pandas as pd

from analysis.atomic_write import write_atomic
from analysis.corpus.errors import DataError, Problem, file_name
from analysis.corpus.reader import DATA_FOLDER, Corpus
from analysis.corpus.schema import COLUMNS
from analysis.corpus.segment import passages, running_text, tokens

DICTIONARY_FILE = "cmudict/corpora/cmudict/cmudict"  # below the data folder, in the form of NLTK

FULL_DICTIONARY = "cmudict/cmudict.dict.gz"  # the whole of it, as its makers publish it

GUESS = "guess"  # the note on a count that nobody has accepted yet

ACCEPT_GUESSES = "look at them with `analysis syllables`, and accept them with `analysis syllables --accept`, which corrects any by word=3"

_Row = tuple[str, int | str, int | str, str]  # a row of syllables.csv

SyllableCounter = Callable[[str], int]

_SAME_SIGNS = str.maketrans("’ʼ\u2010\u2011", "''--")

_VOWELS = re.compile(r"[aeiouyà-öø-ÿ]+")

_SILENT = re.compile(r"[^aeiouyl]e$|[^aeiouytd]ed$|[^aeiouysxzcg]es$")

_SPELLED = re.compile(r"[^\W\d_]{1,2}\.(?:[^\W\d_]\.)+|[b-df-hj-np-tv-xz]{2,}")

_ENDING = re.compile(r"(?<=\w)(?:n't|'(?:ll|re|ve|d|s|m))$")

# Endings that are said apart from their stem.
_APART = re.compile(r"(?:[^aeiou']|ve)n't$|(?:[^aeiouyw']|[rv]e)'(?:ll|re|ve)$|[td]'d$|(?:[sxz]|[cs]h|[cgsz]e)'s$")

_ENTRY = re.compile(r"^(\S+?)(?:\((\d+)\))? ([^#\n]+)", re.MULTILINE)


def normalize_word(word: str) -> str:
    """`word` as syllables.csv lists it: lower case, with straight apostrophes and plain hyphens."""
    low = word.lower()
    return low if low.isascii() else low.translate(_SAME_SIGNS)


def hand_counts(corpus: Corpus) -> dict[str, int]:
    """The syllables of the words of the texts, counted by hand: {word: count}."""
    table = corpus.tables["syllables.csv"].query("hand != ''")
    return dict(zip(table.word, table.hand.astype(int), strict=True))


def syllable_counter(known: Mapping[str, int]) -> SyllableCounter:
    """A function that gives the syllables of a word: as in `known`, {word in normal spelling: count}, or by the rule above."""

    def count(word: str) -> int:
        low = normalize_word(word)
        if not low.isalpha() and any(map(str.isdigit, low)):
            return sum(1 if any(map(str.isdigit, part)) else count(part) for part in low.split("-"))
        if low in known:
            return known[low]
        if "-" in low:
            return sum(map(count, filter(None, low.split("-"))))
        if _SPELLED.fullmatch(low):
            return sum(3 if letter == "w" else 1 for letter in low if letter != ".")
        if ending := _ENDING.search(low):
            return count(low[: ending.start()]) + bool(_APART.search(low))
        return max(1, len(_VOWELS.findall(low)) - bool(_SILENT.search(low)))

    return count


def textstat_syllables(word: str) -> int:
    """The syllables of `word` as textstat counts them: CMUdict's first pronunciation or, where it has none, places for a hyphen."""
    from textstat import textstat  # which takes half a second: only what counts by it waits for it

    return int(textstat.syllable_count(word))


def use_dictionary(corpus: Corpus) -> None:
    """Let textstat count by the CMUdict entries of the folder `corpus.path`, whatever other Corpus was measured before.

    They are handed over, since NLTK, by which textstat would read them, refuses a folder that a group may write to.
    """
    from textstat.backend.counts import _count_syllables

    lines = (corpus.path / DICTIONARY_FILE).read_text(encoding="utf-8").splitlines()
    entries: dict[str, list[list[str]]] = {}
    for word, _, *phones in map(str.split, lines):
        entries.setdefault(word.lower(), []).append(phones)
    _count_syllables.get_cmudict = lambda lang: entries
    _count_syllables.count_syllables.cache_clear()


def words_to_look_up(corpus: Corpus) -> tuple[dict[str, str], dict[str, str]]:
    """The words that must have been looked up, ours and those that textstat makes: two {word: source_id of the first body that has it}.

    All but those with figures, which the rule counts.
    """
    from textstat import textstat

    ours: dict[str, str] = {}
    theirs: dict[str, str] = {}
    for word in tokens(corpus).itertuples():
        ours.setdefault(normalize_word(word.word), word.source_id)
    for passage in passages(corpus).itertuples():
        text = running_text(corpus, passage.source_id)[passage.start : passage.end]
        for word in textstat.remove_punctuation(text).lower().split():
            theirs.setdefault(word, passage.source_id)
    return _without_figures(ours), _without_figures(theirs)


def _without_figures(words: dict[str, str]) -> dict[str, str]:
    return {word: first for word, first in words.items() if not any(map(str.isdigit, word))}


def full_dictionary(data: Path) -> str:
    """The text of cmudict.dict: of a data folder that holds one, else that of this project."""
    own = data / FULL_DICTIONARY
    return unpacked(own if own.exists() else DATA_FOLDER / FULL_DICTIONARY)


def unpacked(file: Path) -> str:
    """The text in a file packed with gzip. Raises DataError where it is no such file."""
    try:
        return gzip.decompress(file.read_bytes()).decode()
    except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
        raise DataError([Problem(file.name, None, None, f"cannot be unpacked ({error})", "restore the file")]) from None


def draft_entries(corpus: Corpus, dictionary: str) -> tuple[list[_Row], list[str]]:
    """What a full CMUdict file says of the words that syllables.csv lacks, or lists without a count by hand.

    `dictionary` is the text of cmudict.dict. Returns (rows, entries): rows (word, hand, cmudict, note) for syllables.csv, where `hand` is
    a guess that a person must accept unless rule and dictionary agree, or a compound or a contraction is of words that were counted;
    entries, lines for `cmudict/corpora/cmudict/cmudict`.
    """
    ours, theirs = words_to_look_up(corpus)
    table = corpus.tables["syllables.csv"]
    new = sorted((set(ours) - set(table.word[table.hand != ""])) | (set(theirs) - set(table.word)))
    if not new:
        return [], []
    found, by_rule = read_pronunciations(dictionary), syllable_counter({})
    counted = {word: n for word, n in hand_counts(corpus).items() if word not in guesses(corpus)}
    known = {word: syllables_of(said[0]) for word, said in found.items()} | counted
    count = syllable_counter(known)
    rows: list[_Row] = []
    entries = []
    for word in new:
        said = found.get(word, [])
        n, guess = syllables_of(said[0]) if said else "", count(word)
        if word in ours:
            agreed = guess == by_rule(word) and _is_made_of(word, known)
            rows.append((word, guess, n, "" if agreed or (not said and _is_made_of(word, counted)) else GUESS))
        else:
            rows.append((word, "", n, "made by textstat"))
        entries += [f"{word.upper()} {number} {phones}" for number, phones in enumerate(said, start=1)]
    return rows, entries


def _is_made_of(word: str, known: Collection[str]) -> bool:
    """Whether `word`, or else each part that a hyphen or an apostrophe parts it in, is among the words `known`."""
    parts = [part for part in word.split("-") if part]
    return word in known or all(part in known or _ENDING.sub("", part) in known for part in parts)


def syllable_files(corpus: Corpus, rows: list[_Row], entries: list[str]) -> dict[str, str]:
    """The files of the data folder with `rows` and `entries` added, {name: content}: the CMUdict folder first, then syllables.csv."""
    added = pd.DataFrame(rows, columns=COLUMNS["syllables.csv"])
    kept = corpus.tables["syllables.csv"][lambda table: ~table.word.isin(added.word)]
    table = pd.concat([kept, added]).sort_values("word")
    lines = sorted({*(corpus.path / DICTIONARY_FILE).read_text(encoding="utf-8").splitlines(), *entries})
    return {DICTIONARY_FILE: "\n".join(lines) + "\n", "syllables.csv": table.to_csv(index=False, lineterminator="\n")}


def append_syllables(corpus: Corpus, rows: list[_Row], entries: list[str]) -> None:
    """Add `rows` to syllables.csv and `entries` to the CMUdict folder of the Corpus; each file is written whole."""
    for name, content in syllable_files(corpus, rows, entries).items():  # in this order a run cut short between the two can be made again
        write_atomic(corpus.path / name, content)


def guesses(corpus: Corpus, source_id: str = "") -> dict[str, str]:
    """The words, of a text or of all, whose count nobody has accepted yet, with the guess as the file has it: {word: count}."""
    table = corpus.tables["syllables.csv"]
    own = table[table.note.str.startswith(GUESS)]
    if source_id and len(own):
        own = own[own.word.isin({normalize_word(word) for word in tokens(corpus).query("source_id == @source_id").word})]
    return dict(zip(own.word, own.hand, strict=True))


def accept_guesses(corpus: Corpus, source_id: str = "", corrected: Mapping[str, int] | None = None) -> list[str]:
    """Accept the guesses for the words of a text, without one of all texts, in syllables.csv; `corrected` gives other counts, than
    guessed or than accepted before.

    Returns the words. Raises DataError, and writes nothing, where there is nothing to accept, or a corrected word stands in no row.
    """
    corrected, waiting, table = corrected or {}, guesses(corpus, source_id), corpus.tables["syllables.csv"].copy()
    problems = [f"{word!r} has no count to be corrected" for word in corrected if word not in set(table.word)]
    if not waiting and not corrected:
        problems = [f"no word{f' of {source_id}' * bool(source_id)} waits for its syllables to be accepted"]
    if problems:
        file = file_name(corpus.path, "syllables.csv")
        remedy = "`analysis syllables` lists the words that do"
        raise DataError(Problem(file, None, "hand", message, remedy) for message in problems)
    table.loc[table.word.isin(waiting), "note"] = ""
    table["hand"] = [str(corrected.get(row.word, row.hand)) for row in table.itertuples()]
    write_atomic(corpus.path / "syllables.csv", table.to_csv(index=False, lineterminator="\n"))
    return list(dict.fromkeys([*waiting, *corrected]))


def read_pronunciations(dictionary: str) -> dict[str, list[str]]:
    """CMUdict's text as {word: [phones of each pronunciation, in its order]}."""
    found: dict[str, list[str]] = {}
    for word, _, phones in _ENTRY.findall(dictionary):
        found.setdefault(word, []).append(phones.strip())
    return found


def syllables_of(phones: str) -> int:
    """How many syllables a pronunciation has: its phones that carry a stress."""
    return sum(phone[-1].isdigit() for phone in phones.split())
