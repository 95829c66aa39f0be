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

from analysis.corpus import passages, words
from analysis.files import put
from analysis.schema import COLUMNS

ENTRIES = "cmudict/corpora/cmudict/cmudict"  # where NLTK looks for them, below the data folder
VOWELS = re.compile(r"[aeiouyà-öø-ÿ]+")
ENTRY = re.compile(r"^(\S+?)(?:\((\d+)\))? ([^#\n]+)", re.MULTILINE)


def normal(word):
    """`word` as syllables.csv lists it: lower case, with straight apostrophes."""
    return word.lower().replace("’", "'")


def by_hand(corpus):
    """The syllables of the words of the texts, counted by hand: {word: count}."""
    table = corpus.tables["syllables.csv"].query("hand != ''")
    return dict(zip(table.word, table.hand.astype(int), strict=True))


def by_rule(word):
    """The syllables of `word` by its groups of vowels, without a silent -e, -es or -ed; at least 1. A guess, for words nobody counted."""
    word = normal(word)
    n = len(VOWELS.findall(word))
    silent = re.search(r"[^aeiouyl]e$|[^aeiouytd]ed$|[^aeiouysxzcg]es$", word) is not None
    return max(1, n - silent)


def by_textstat(word):
    """The syllables of `word` as textstat counts them: CMUdict's first pronunciation or, where it has none, places for a hyphen."""
    return textstat.syllable_count(word)


def use_dictionary(corpus):
    """Let textstat count by the CMUdict entries of the folder `corpus.path`, whatever other Corpus was measured before."""
    folder = str(corpus.path / "cmudict")
    if nltk.data.path[:1] == [folder]:
        return
    nltk.data.path.insert(0, folder)
    get_cmudict.cache_clear()
    if unload := vars(nltk.corpus.cmudict).get("_unload"):  # which a dictionary that was read has
        unload()


def needed(corpus):
    """The words that must have been looked up, ours and those that textstat makes: two {word: source_id of the first body that has it}."""
    ours, theirs = {}, {}
    for word in words(corpus).itertuples():
        ours.setdefault(normal(word.word), word.source_id)
    for passage in passages(corpus).itertuples():
        text = corpus.raw[passage.source_id][passage.start : passage.end]
        for word in textstat.remove_punctuation(text).lower().split():
            theirs.setdefault(word, passage.source_id)
    return ours, theirs


def looked_up(corpus, dictionary):
    """What a full CMUdict file says of the words that syllables.csv lacks, or lists without a count by hand.

    `dictionary` is the text of cmudict.dict. Returns (rows, entries): rows (word, hand, cmudict, note) for syllables.csv, `hand` a guess
    that a person must check; entries, lines for `cmudict/corpora/cmudict/cmudict`.
    """
    ours, theirs = needed(corpus)
    table = corpus.tables["syllables.csv"]
    new = sorted((set(ours) - set(table.word[table.hand != ""])) | (set(theirs) - set(table.word)))
    found = pronunciations(dictionary)
    rows, entries = [], []
    for word in new:
        said = found.get(word, [])
        n = syllables_of(said[0]) if said else ""
        rows.append((word, (n or by_rule(word)) if word in ours else "", n, "guess: check by ear" if word in ours else "made by textstat"))
        entries += [f"{word.upper()} {number} {phones}" for number, phones in enumerate(said, start=1)]
    return rows, entries


def add(corpus, rows, entries):
    """Add `rows` to syllables.csv and `entries` to the CMUdict folder of the Corpus; each file is written whole."""
    file = corpus.path / ENTRIES
    added = pd.DataFrame(rows, columns=COLUMNS["syllables.csv"])
    kept = corpus.tables["syllables.csv"][lambda table: ~table.word.isin(added.word)]
    table = pd.concat([kept, added]).sort_values("word")
    lines = sorted({*file.read_text(encoding="utf-8").splitlines(), *entries})
    put(file, "\n".join(lines) + "\n")  # first, so that a run cut short between the two can be made again
    put(corpus.path / "syllables.csv", table.to_csv(index=False, lineterminator="\n"))


def pronunciations(dictionary):
    """CMUdict's text as {word: [phones of each pronunciation, in its order]}."""
    found = {}
    for word, _, phones in ENTRY.findall(dictionary):
        found.setdefault(word, []).append(phones.strip())
    return found


def syllables_of(phones):
    """How many syllables a pronunciation has: its phones that carry a stress."""
    return sum(phone[-1].isdigit() for phone in phones.split())
