"""Drafts of the quotations of a text: every stretch between quotation marks, with who seems to say it, and of what kind it is.

A rule looks at the words of the sentence around the marks, from the end of the quotation before. Behind the marks it reads "Smith said",
"said Smith", "he said" and "according to Smith"; before them the one who stands last before the last verb of saying, or right behind it.
"He", "she", "they" and "it" are the last that was named. A quotation that has no such words goes on with the one before it. Where nobody
is found whom people.csv has, it is a capitalised name beside such a verb; else the words are the text's own. What the rule drafts is to be
looked over: its note says so.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from analysis.coding.annotations import Annotation
from analysis.corpus.quotes import QUOTE_VARIANTS
from analysis.corpus.reader import Corpus
from analysis.corpus.segment import passages, quotation_offsets, running_text, sentence_offsets, word_offsets
from analysis.corpus.vocabulary import AUTHOR
from analysis.intake.strangers import unknown_name

DRAFTED = "drafted by rule: look over speaker, kind and via"

LONGEST = 60  # words of a quotation

_LABEL = 5  # words that a name or label has at most

_VERB = (
    r"(?:sa(?:y|ys|id|ying)|t(?:ell|ells|old|elling)|wr(?:ite|ites|ote|itten|iting)|put it|stat(?:ed|ing)|"
    r"(?:add|answer|ask|repl(?:y|ie)|confirm|suggest|report|claim|insist|argue?|note|announce?|declare?|explain|conclude?|echo|call|"
    r"describe?|emphasi[sz]e?|stress|warn|admit|acknowledge?|remark|comment|recall|observe?|tweet|quote?|urge?|advise?|allege?|encourage?|"
    r"demand|threaten|promise?|plead|pledge?|implore?|instruct|recommend|reject|dismiss)(?:ted|e?[ds]|ing)?)"
)
_SAID = re.compile(rf"\b{_VERB}\b|\b(?:statement|declaration|words) that\b", re.IGNORECASE)
_CALLED = re.compile(r"\bwhat\b[^\"]*\b(?:call(?:s|ed)?|describ\w+|nam\w+)\b[^\"]*$", re.IGNORECASE)
_PRONOUN = r"\b(?:he|she|they|it|who)\b"
_PLACE = re.compile(r"\b(?:in|at|to|from|of|on|for|near|via)\s+(?:the\s+)?(?-i:[A-Z])[\w'-]+", re.IGNORECASE)
_PAPER = re.compile(r"\b(?:statement|declaration|communiqu.|memorandum|treaty|report|letter|paper)\b", re.IGNORECASE)
_TITLED = re.compile(r"\b(?:titled|entitled|headlined|book|essay|film|article|song)\W*$", re.IGNORECASE)
_BEHIND = re.compile(
    rf'["\',.\s]*+(?!(?:and|but|while|as|because|although|though|when)\b)(?:{_VERB}\s|[^".]{{0,60}}?\b{_VERB}\b|according to\b)',
    re.IGNORECASE,
)


class _Named(NamedTuple):
    """Somebody whom a passage names, and where."""

    start: int
    end: int
    name: str
    kind: str


class _Passage(NamedTuple):
    """A passage with its marks in one form; the quotations in it, the sentences, who is named, and who was named last before; the text."""

    passage_id: str
    offset: int
    text: str
    spans: list[tuple[int, int]]
    sentences: list[tuple[int, int]]
    named: list[_Named]
    before: list[_Named]
    whole: str


class Draft(NamedTuple):
    """What the rule says of a stretch of a text."""

    passage_id: str
    start: int
    end: int
    speaker: str
    kind: str


def quotation_drafts(corpus: Corpus, source_id: str) -> list[Annotation]:
    """The quotations of a text as the rule drafts them, but those that are too long for one row; all have the note `DRAFTED`."""
    raw, drafts = corpus.raw[source_id], drafted(corpus, source_id)
    short = [one for one in drafts if len(word_offsets(raw[one.start : one.end])) <= LONGEST]
    return [
        Annotation(
            number,
            "quotations",
            raw[one.start : one.end],
            {"speaker": one.speaker, "kind": one.kind, "note": DRAFTED},
            one.passage_id,
            one.start,
            one.end,
        )
        for number, one in enumerate(short, start=1)
    ]


def drafted(corpus: Corpus, source_id: str) -> list[Draft]:
    """What the rule finds in a text, in its order."""
    found, own = [], _own_voice(corpus, source_id)
    for passage in _passages(corpus, source_id):
        said: list[tuple[str, bool]] = []  # who says each quotation of the passage, and whether a verb of saying gives it to them
        for place, (start, end) in enumerate(passage.spans):
            name, given = _speaker(passage, place, said)
            name = own if name == AUTHOR else name
            said.append((name, given))
            kind = _kind(passage, place, name, given)
            label = len(word_offsets(passage.text[start:end])) <= _LABEL
            kind = "term" if name == own and not given and kind != "title" and label else kind
            found.append(Draft(passage.passage_id, passage.offset + start, passage.offset + end, name, kind))
    return found


def _own_voice(corpus: Corpus, source_id: str) -> str:
    """The speaker of a text's own words between marks: its author, where people.csv has the name, else the text itself."""
    author = corpus.sources.set_index("source_id").author[source_id]
    return author if author in set(corpus.tables["people.csv"].name) else AUTHOR


def _passages(corpus: Corpus, source_id: str) -> Iterator[_Passage]:
    before: list[_Named] = []
    whole = running_text(corpus, source_id)
    for own in passages(corpus).query("source_id == @source_id").itertuples():
        text = whole[own.start : own.end]
        spans = [(start, end) for start, end in quotation_offsets(text) if text[start:end].strip()]
        folded = text.translate(QUOTE_VARIANTS)
        named = list(_names_in(corpus, folded))
        yield _Passage(own.passage_id, own.start, folded, spans, sentence_offsets(text), named, before, whole)
        before = [*before, *named][-20:]


@cache
def _aliases(corpus: Corpus) -> tuple[re.Pattern[str], dict[str, tuple[str, str]]]:
    """A pattern that finds the people of people.csv by the forms of their names, longest first; and of each form the name and the kind."""
    forms = {
        form.strip().translate(QUOTE_VARIANTS): (person.name, person.kind)
        for person in corpus.tables["people.csv"].itertuples(index=False)
        for form in (person.name, *person.aliases.split(";"))
        if form.strip()
    }
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(forms, key=len, reverse=True))) or '(?!)'})\b"), forms


def _names_in(corpus: Corpus, text: str) -> Iterator[_Named]:
    pattern, forms = _aliases(corpus)
    for match in pattern.finditer(text):
        yield _Named(*match.span(), *forms[match[0]])


def _speaker(passage: _Passage, place: int, said: list[tuple[str, bool]]) -> tuple[str, bool]:
    """Who says a quotation of a passage, and whether a verb of saying gives it to them; `said` are the speakers of those before it."""
    start, end = passage.spans[place]
    outer = _outer(passage, place)
    low, high = passage.spans[outer] if outer is not None else _sentence(passage, start, end)
    low = max([low, *(stop for _, stop in passage.spans[:place] if stop <= start)])
    high = min([high, *(begin for begin, _ in passage.spans[place + 1 :] if begin >= end)])
    if name := _behind(passage, end, high) or _ahead(passage, low, start):
        return name, True
    if name := _stranger(passage, low, start, end, high):
        return name, True
    if outer is not None:
        return said[outer][0], False
    if place and (_goes_on(passage, place) or not re.search(r"\w", passage.text[low:start])):
        return said[place - 1][0], True
    papers = [one.name for one in passage.named if low <= one.start < high and one.kind == "document"]
    near = [one.name for one in passage.named if low <= one.start < start] if len(word_offsets(passage.text[start:end])) > _LABEL else []
    return (papers or near[-1:] or [AUTHOR])[0], False


def _outer(passage: _Passage, place: int) -> int | None:
    """The quotation within which another stands."""
    start, end = passage.spans[place]
    around = [other for other, (begin, stop) in enumerate(passage.spans) if begin <= start and end <= stop and other != place]
    return around[-1] if around else None


def _sentence(passage: _Passage, start: int, end: int) -> tuple[int, int]:
    """From where to where the sentences run in which a quotation stands; what attributes it may follow its last full stop."""
    own = [(begin, stop) for begin, stop in passage.sentences if begin < end + 1 and start - 1 < stop]
    return (own[0][0], own[-1][1]) if own else (0, len(passage.text))


def _goes_on(passage: _Passage, place: int) -> bool:
    """Whether a quotation stands in the sentence of the one before it."""
    return _sentence(passage, *passage.spans[place]) == _sentence(passage, *passage.spans[place - 1])


def _behind(passage: _Passage, end: int, high: int) -> str:
    """Who is said to say it right behind the quotation."""
    words = passage.text[end:high]
    if not (found := _BEHIND.match(words)):
        return ""
    reach = end + found.end()
    last = high if found[0].endswith("to") else min(reach + 40, high)
    own = [one for one in passage.named if end <= one.start < last and one.end <= high]
    people = [one for one in own if one.kind in ("person", "group")] or own
    if not any(one.start < end + found.end() for one in own) and (name := unknown_name(found[0], _VERB, passage.whole)):
        return name
    pronoun = re.search(_PRONOUN, words[: found.end()])
    if pronoun and not any(one.start < end + pronoun.start() for one in own):
        return _last_named(passage, end, pronoun[0])
    return people[0].name if people else ""


def _ahead(passage: _Passage, low: int, start: int) -> str:
    """Who is said to say it before the quotation, behind `low`."""
    words = passage.text[low:start]
    verbs = [match for match in _SAID.finditer(words) if not _is_named(passage, low + match.start())]
    if not verbs:
        pronoun = re.search(rf'({_PRONOUN})[\s"\']*$', words)
        return _last_named(passage, low + pronoun.start(), pronoun[0]) if pronoun else ""
    verb = verbs[-1]
    for one in passage.named:  # "But, said Smith, "
        if one.start == low + verb.end() + 1 and re.fullmatch(r'[\s,:"\']*', passage.text[one.end : start]):
            return one.name
    pronouns = list(re.finditer(_PRONOUN, words[: verb.start()]))
    own = [one for one in passage.named if low <= one.start < low + verb.start()]
    if pronouns and not any(one.start > low + pronouns[-1].start() for one in own) and verb.start() - pronouns[-1].end() < 12:
        return _last_named(passage, low + pronouns[-1].start(), pronouns[-1][0])
    if own:
        return own[-1].name
    spoken = [one for one in passage.named if low - 40 < one.end <= low and not words[: verb.start()].strip("\"' ,")]
    return spoken[-1].name if spoken else ""


def _stranger(passage: _Passage, low: int, start: int, end: int, high: int) -> str:
    """The name that people.csv lacks of who is said to say it, right behind the quotation or before it."""
    ahead, behind = passage.text[low:start], passage.text[end:high]
    if found := _BEHIND.match(behind):
        return unknown_name(behind[: found.end() + 80], _VERB, passage.whole)
    verbs = list(_SAID.finditer(ahead))
    if not verbs:
        return ""
    named = unknown_name(ahead[: verbs[-1].end()], _VERB, passage.whole)
    return named or _last_stranger(_PLACE.sub("", ahead[: verbs[-1].start()]), passage.whole)


def _last_stranger(words: str, text: str) -> str:
    """The name that people.csv lacks of whom "he" or "she" means at the end of `words`: the last one before."""
    he = re.search(r"\bs?he\b(?=.{0,11}$)", words)
    return unknown_name(words[: he.end()], rf"(?-i:[^A-Z]*)\b{he[0]}$", text) if he else ""


def _is_named(passage: _Passage, place: int) -> bool:
    """Whether a word is part of a name."""
    return any(one.start <= place < one.end for one in passage.named)


def _last_named(passage: _Passage, place: int, pronoun: str) -> str:
    """Whom a pronoun at a place means: the last that was named, of persons for "he" and "she"."""
    own = [*passage.before, *(one for one in passage.named if one.end <= place)]
    fit = [one for one in own if one.kind == "person" or pronoun.lower() not in ("he", "she")]
    return fit[-1].name if fit else ""


def _kind(passage: _Passage, place: int, speaker: str, given: bool) -> str:
    """Of what kind a quotation is, by its length and by whether somebody is said to say it."""
    start, end = passage.spans[place]
    n_words = len(word_offsets(passage.text[start:end]))
    low, _ = _sentence(passage, start, end)
    ahead = passage.text[max([low, *(stop for _, stop in passage.spans[:place] if stop <= start)]) : start - 1]
    if _TITLED.search(ahead):
        return "title"
    label = n_words <= _LABEL and (not given or bool(_CALLED.search(ahead)))
    alone = n_words == 1 and not (place and _goes_on(passage, place)) and passage.text[end - 1 : end].isalnum()
    if label or alone:
        return "term"
    kinds = {one.kind for one in [*passage.before, *passage.named] if one.name == speaker}
    written = "body" in kinds or "document" in kinds or ("group" in kinds and _PAPER.search(ahead) is not None)
    return "document" if written else "speech"
