"""Speakers whom people.csv lacks: found by a capitalised name beside a verb of saying, drafted as people, told where nobody codes them."""

import re
from collections.abc import Iterable
from difflib import get_close_matches

from analysis.coding.annotations import Annotation
from analysis.corpus.intervals import overlaps
from analysis.corpus.reader import Corpus
from analysis.corpus.segment import passages, running_text
from analysis.corpus.vocabulary import AUTHOR
from analysis.number_words import plural

_WORD = r"[^\W\d_a-z][\w'’-]*[a-z][\w'’-]*"
_NAME = re.compile(rf"\b{_WORD}(?: (?:[A-Z]\.|{_WORD}))*")
_NO_NAME = re.compile(
    r"(?:(?:The|A|An|And|But|For|In|On|At|By|To|As|He|She|They|It|We|I|His|Her|Their|Its|This|That|These|Those|There|Then|When|While|After|"
    r"Before|If|So|Yet|Still|However|Meanwhile|Nevertheless|Both|Another|One|Mr|Mrs|Ms|Dr|Sir|President|Prime|Foreign|Defen[cs]e|Deputy|"
    r"Minister|Secretary|Chancellor|Ambassador|General|Colonel|Professor|Spokes\w+|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|"
    r"January|February|March|April|May|June|July|August|September|October|November|December)\b\.?\s*)+"
)

_LIKE = 0.85  # how much alike the last words of two spellings of a name are, 1 for the same

STRANGERS_REMEDY = "code the name as `people`, or the quotation with its speaker"


def unknown_name(words: str, verb: str, text: str) -> str:
    """The name that stands with a verb of saying in `words`: a whole one, or one right beside the verb; "" where there is none.

    A name of one word is told in the form in which `text` has it whole.
    """
    names = []
    for match in _NAME.finditer(words):
        bare = _bare(match[0])
        if name := bare.removesuffix("'s").removesuffix("’s"):
            names.append((match.end(), match.end() - len(bare), name))
    for _, _, name in names:
        if " " in name:
            return name
    for end, start, name in names:
        if re.match(rf"\s*(?:{verb})\b", words[end:], re.IGNORECASE) or re.search(rf"\b(?:{verb})\s*$", words[:start], re.IGNORECASE):
            return _whole_name(name, text)
    return ""


def _whole_name(name: str, text: str) -> str:
    """The first name of several words in a text that ends with `name`."""
    found = (_bare(match[0]) for match in re.finditer(rf"\b((?:{_WORD} )+){re.escape(name)}\b", text))
    return next((whole for whole in found if " " in whole), name)


def _bare(name: str) -> str:
    """A name without the titles and other words before it that begin with a capital and name nobody."""
    skipped = _NO_NAME.match(name)
    return name[skipped.end() :] if skipped else name


def strangers_among(corpus: Corpus, drafts: Iterable[Annotation]) -> list[Annotation]:
    """The drafts of quotations whose speaker is not in people.csv."""
    known = {AUTHOR, *corpus.tables["people.csv"].name}
    return [one for one in drafts if one.codes["speaker"] not in known]


def like_listed(corpus: Corpus, name: str) -> str:
    """The person of people.csv who may be meant by `name`, as a form of theirs has nearly the same last word; "" where nobody is, or is it.

    So "David Arakel" may be a spelling of "Davyd Arakel".
    """
    people = corpus.tables["people.csv"].query("kind == 'person'")
    last = {(form.split() or [""])[-1].casefold(): row.name for row in people.itertuples() for form in [*row.aliases.split(";"), row.name]}
    found = get_close_matches((name.split() or [""])[-1].casefold(), last, 1, _LIKE)
    return last[found[0]] if found and last[found[0]] != name else ""


def people_drafts(corpus: Corpus, source_id: str, drafts: Iterable[Annotation], note: str) -> list[Annotation]:
    """A row for each speaker of quotations whom people.csv lacks, on the words that name them first; their side is left to a person."""
    text, found = running_text(corpus, source_id), list[Annotation]()
    for name in dict.fromkeys(one.codes["speaker"] for one in strangers_among(corpus, drafts)):
        last = name.rsplit(" ", 1)[-1]
        alone = re.search(rf"(?<!{re.escape(name[: -len(last)])})\b{re.escape(last)}\b", text) if last != name else None
        for own in passages(corpus).query("source_id == @source_id").itertuples():
            if (place := text.find(name, own.start, own.end)) >= 0:
                codes = {"name": name, "kind": "person", "aliases": f"{name};{last}" if alone else name, "note": note}
                found.append(Annotation(len(found) + 1, "people", name, codes, own.passage_id, place, place + len(name)))
                break
    return found


def not_coded(corpus: Corpus, source_id: str, drafts: Iterable[Annotation]) -> list[Annotation]:
    """The drafts of which the table of quotations has no word."""
    held = corpus.tables["codings/quotations.csv"].query("source_id == @source_id")
    places = list(zip(held.start, held.end, strict=True))
    return [one for one in drafts if not any(overlaps(*place, one.start or 0, one.end or 0) for place in places)]


def strangers_said(strangers: list[Annotation]) -> str:
    """What is said of quotations whose speaker people.csv lacks: how many, whose they are, and what to do."""
    names = ", ".join(dict.fromkeys(one.codes["speaker"] for one in strangers))
    return f"{plural(len(strangers), 'quotation')} {'has' if len(strangers) == 1 else 'have'} a speaker who is not in people.csv ({names})"
