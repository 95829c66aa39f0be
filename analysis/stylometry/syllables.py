"""How many syllables a word has: counted by hand for every word of the texts, and as CMUdict has it.

`syllables.csv` records both for each word that was looked up: `hand`, the count by ear (empty for a string that only textstat makes of
the texts, such as "kyivs"), and `cmudict`, the count of the first pronunciation in CMUdict (empty where it lacks the word). The folder
`cmudict/` holds the entries of these words in the form that NLTK, and through it textstat, reads. So nothing is downloaded, and no
word of a new text is guessed unseen: `check` names every word that nobody has looked up.
"""

import re

import nltk
import pandas as pd
from textstat import textstat
from textstat.backend.utils._get_cmudict import get_cmudict

from analysis.atomic_write import write_atomic
from analysis.corpus.reader import Corpus
from analysis.corpus.schema import COLUMNS
from analysis.corpus.segment import passages, tokens

DICTIONARY_FILE = "cmudict/corpora/cmudict/cmudict"  # where NLTK looks for them, below the data folder

_VOWELS = re.compile(r"[aeiouyà-öø-ÿ]+")

_ENTRY = re.compile(r"^(\S+?)(?:\((\d+)\))? ([^#\n]+)", re.MULTILINE)


def normalize_word(word: str) -> str:
    """`word` as syllables.csv lists it: lower case, with straight apostrophes."""
    return word.lower().replace("’", "'")


def hand_counts(corpus: Corpus) -> dict[str, int]:
    """The syllables of the words of the texts, counted by hand: {word: count}."""
    table = corpus.tables["syllables.csv"].query("hand != ''")
    return dict(zip(table.word, table.hand.astype(int), strict=True))


def vowel_group_syllables(word: str) -> int:
    """The syllables of `word` by its groups of vowels, without a silent -e, -es or -ed; at least 1. A guess, for words nobody counted."""
    word = normalize_word(word)
    n = len(_VOWELS.findall(word))
    silent = re.search(r"[^aeiouyl]e$|[^aeiouytd]ed$|[^aeiouysxzcg]es$", word) is not None
    return max(1, n - silent)


def textstat_syllables(word: str) -> int:
    """The syllables of `word` as textstat counts them: CMUdict's first pronunciation or, where it has none, places for a hyphen."""
    return int(textstat.syllable_count(word))


def use_dictionary(corpus: Corpus) -> None:
    """Let textstat count by the CMUdict entries of the folder `corpus.path`, whatever other Corpus was measured before."""
    folder = str(corpus.path / "cmudict")
    if nltk.data.path[:1] == [folder]:
        return
    nltk.data.path.insert(0, folder)
    get_cmudict.cache_clear()
    if unload := vars(nltk.corpus.cmudict).get("_unload"):  # which a dictionary that was read has
        unload()


def words_to_look_up(corpus: Corpus) -> tuple[dict[str, str], dict[str, str]]:
    """The words that must have been looked up, ours and those that textstat makes: two {word: source_id of the first body that has it}."""
    ours: dict[str, str] = {}
    theirs: dict[str, str] = {}
    for word in tokens(corpus).itertuples():
        ours.setdefault(normalize_word(word.word), word.source_id)
    for passage in passages(corpus).itertuples():
        text = corpus.raw[passage.source_id][passage.start : passage.end]
        for word in textstat.remove_punctuation(text).lower().split():
            theirs.setdefault(word, passage.source_id)
    return ours, theirs


def draft_entries(corpus: Corpus, dictionary: str) -> tuple[list[tuple[str, int | str, int | str, str]], list[str]]:
    """What a full CMUdict file says of the words that syllables.csv lacks, or lists without a count by hand.

    `dictionary` is the text of cmudict.dict. Returns (rows, entries): rows (word, hand, cmudict, note) for syllables.csv, `hand` a guess
    that a person must check; entries, lines for `cmudict/corpora/cmudict/cmudict`.
    """
    ours, theirs = words_to_look_up(corpus)
    table = corpus.tables["syllables.csv"]
    new = sorted((set(ours) - set(table.word[table.hand != ""])) | (set(theirs) - set(table.word)))
    found = read_pronunciations(dictionary)
    rows, entries = [], []
    for word in new:
        said = found.get(word, [])
        n = syllables_of(said[0]) if said else ""
        if word in ours:
            rows.append((word, n or vowel_group_syllables(word), n, "guess: check by ear"))
        else:
            rows.append((word, "", n, "made by textstat"))
        entries += [f"{word.upper()} {number} {phones}" for number, phones in enumerate(said, start=1)]
    return rows, entries


def append_syllables(corpus: Corpus, rows: list[tuple[str, int | str, int | str, str]], entries: list[str]) -> None:
    """Add `rows` to syllables.csv and `entries` to the CMUdict folder of the Corpus; each file is written whole."""
    file = corpus.path / DICTIONARY_FILE
    added = pd.DataFrame(rows, columns=COLUMNS["syllables.csv"])
    kept = corpus.tables["syllables.csv"][lambda table: ~table.word.isin(added.word)]
    table = pd.concat([kept, added]).sort_values("word")
    lines = sorted({*file.read_text(encoding="utf-8").splitlines(), *entries})
    write_atomic(file, "\n".join(lines) + "\n")  # first, so that a run cut short between the two can be made again
    write_atomic(corpus.path / "syllables.csv", table.to_csv(index=False, lineterminator="\n"))


def read_pronunciations(dictionary: str) -> dict[str, list[str]]:
    """CMUdict's text as {word: [phones of each pronunciation, in its order]}."""
    found: dict[str, list[str]] = {}
    for word, _, phones in _ENTRY.findall(dictionary):
        found.setdefault(word, []).append(phones.strip())
    return found


def syllables_of(phones: str) -> int:
    """How many syllables a pronunciation has: its phones that carry a stress."""
    return sum(phone[-1].isdigit() for phone in phones.split())
