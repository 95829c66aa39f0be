"""How sure a headline finding is, in words: which other choices of `multiverse` change it, and on what it hinges."""

from analysis.coding.multiverse import FAILS, HOLDS, READING_SUFFIXES, UNASKED, Specification, answer, choices_in_words, combinations
from analysis.corpus.reader import Corpus
from analysis.corpus.texts import coded_sources

_PASSES_SAY = {
    frozenset({HOLDS}): "Both separate readings say the same.",
    frozenset({FAILS}): "It rests on the third reading: both separate readings say otherwise.",
    frozenset({UNASKED}): "The codings behind it were made once.",
}

_READINGS = ("by the first reading", "by the second reading")

_CHANGES = {  # what would change a finding, by the choice as `choices_in_words` names it
    "with dependent texts as one": "if texts that depend on each other count as one",
    "by the authors' own words alone": "if only the authors' own words count",
    "if a text must say it twice": "if a text must say it twice",
    "if counted per paragraph": "if passages are counted per paragraph",
    "if counted per 1,000 words": "if passages are counted per thousand words",
}

_SEVERAL = "only where several choices are made otherwise at once"

_FEW = 3  # so many texts are no longer named in a sentence


def sureness(corpus: Corpus, finding: str) -> str:
    """How sure a finding is, in one plain sentence of at most 25 words: which other choice changes it, and whether it was coded once."""
    held, asked = combinations(corpus).set_index("finding").loc[finding]
    changes = _failures(corpus, finding)
    if len(changes) > 2:
        changes = [changes[0], "under some other choices"]
    if changes:
        return f"It fails {'in most combinations of choices: ' if 2 * held < asked else ''}{_in_a_row(changes)}."
    if held < asked:
        return f"It fails only {_SEVERAL.removeprefix('only ')}."
    return f"No other choice that was tried changes it{', but it was coded once' if coded_once(corpus, finding) else ''}."


def overturned(corpus: Corpus, finding: str) -> str:
    """Under which single other choices a finding fails, in words that stand behind "fails": "if ... or by either separate reading"."""
    held, asked = combinations(corpus).set_index("finding").loc[finding]
    return _in_a_row(_failures(corpus, finding)) or ("under no other choice that was tried" if held == asked else _SEVERAL)


def needs(corpus: Corpus, finding: str) -> list[str]:
    """The short names of the texts without any one of which a finding cannot be asked."""
    return _left_out(corpus, finding, UNASKED)


def coded_once(corpus: Corpus, finding: str) -> bool:
    """Whether neither of the separate readings has what the finding asks about."""
    choices = choices_in_words(corpus)
    return all(answer(corpus, finding, choices[words]) == UNASKED for words in _READINGS)


def _failures(corpus: Corpus, finding: str) -> list[str]:
    """The clauses that say under which single other choices a finding fails, readings last."""
    choices = choices_in_words(corpus)
    readings = [words for words in _READINGS if answer(corpus, finding, choices[words]) == FAILS]
    return _changes(corpus, finding) + (["by either separate reading"] if len(readings) == len(_READINGS) else readings)


def _changes(corpus: Corpus, finding: str) -> list[str]:
    """The clauses that say under which single other choices a finding fails, readings aside."""
    lost = _left_out(corpus, finding, FAILS)
    texts = [] if not lost else ["if one text is left out"] if len(lost) >= _FEW else [f"if {_in_a_row(lost)} is left out"]
    choices = choices_in_words(corpus)
    return texts + [said for words, said in _CHANGES.items() if answer(corpus, finding, choices[words]) == FAILS]


def _left_out(corpus: Corpus, finding: str, what: str) -> list[str]:
    """The texts without which a finding fails, or cannot be asked, by their short names."""
    table = coded_sources(corpus)
    return [row.short for row in table.itertuples() if answer(corpus, finding, Specification(left_out=row.source_id)) == what]


def hinges(corpus: Corpus, finding: str) -> str:
    """On what a finding hinges, in full, in two sentences or three: on single texts, on the third reading, on other choices."""
    answers = {words: answer(corpus, finding, spec) for words, spec in choices_in_words(corpus).items()}
    texts = {words: given for words, given in answers.items() if words.startswith("without ")}
    passes = frozenset(answers[words] for words in _READINGS)
    gone, failing = ([words for words, given in texts.items() if given == what] for what in (UNASKED, FAILS))
    others = [
        f"{words}, by the third reading alone" if _passes_hold(corpus, finding, choices_in_words(corpus)[words]) else words
        for words, given in answers.items()
        if given == FAILS and words not in texts and words not in _READINGS
    ]
    sentences = [
        f"It fails {_in_a_row(failing)}." if failing else "" if gone else "Leaving out any one text changes nothing.",
        f"It cannot be asked {_in_a_row(gone)}." if gone else "",
        _PASSES_SAY.get(passes, "The two separate readings differ."),
        f"It fails {_in_a_row(others)}." if others else "",
    ]
    return " ".join(filter(None, sentences))


def _passes_hold(corpus: Corpus, finding: str, spec: Specification) -> bool:
    """Whether both separate readings bear out a finding under a choice."""
    return all(answer(corpus, finding, spec._replace(coding=name)) == HOLDS for name in READING_SUFFIXES if name != spec.coding)


def _in_a_row(words: list[str]) -> str:
    return f"{', '.join(words[:-1])} or {words[-1]}" if len(words) > 1 else "".join(words)
