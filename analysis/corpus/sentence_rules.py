"""Where a sentence ends: a rule without a model, for edited English prose, one paragraph at a time.

A mark that may end a sentence (full stop, question or exclamation mark, ellipsis, and those of other scripts) ends one unless what stands
before or behind it says otherwise: a small letter behind it, a title or a reference before it, an abbreviation that goes on. Marks that close,
footnote digits and bracketed notes go with the sentence that they close.
"""

import re

_STOP = r"(?:(?:\.[ \u00a0]){2,}\.|[.!?…‽؟۔]+)"
_CLOSERS = r"[\"'”’»)\]›]*"
# A mark, what closes behind it, a note; then white space, the end, or a capital after a missing space.
_CANDIDATE = re.compile(rf"{_STOP}{_CLOSERS}(?:\[\d+\])*|[。！？｡]+[\"'”’»」』）)]*|\n")
_NOTE = re.compile(r"\d{1,3}(?=\s+[^\W\d_a-z])")
_BEFORE = re.compile(r"(?:[^\W_]+[.'’\-–&/])*[^\W_]+$")
_BEHIND = re.compile(r"[\s\"'“‘«„(\[¿¡—–\-‹]*(?:\.\.\.|…)?[\s]*")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")

# Abbreviations that a name, a number or the rest of the phrase follows, so that they end no sentence.
_TITLES = set(
    "mr mrs ms mx dr prof gen col lt maj brig capt cmdr cdr adm sgt cpl pvt gov lt.gov sen rep amb rev hon messrs mmes pres supt insp st ste mt ft "
    "sens reps govs drs profs gens atty cllr cpt comdr univ calif wash mass conn fla penn ariz colo vul bul prov mos tel ext wm geo fr br vs e.g i.e cf viz ca approx resp esp incl gosp ul prosp просп ул им г о т.е т.к напр см ср проф акад ген".split()
)
_REFERENCES = set(
    "no nos art arts sec secs par para paras ch chap chs p pp fig figs vol vols ed eds eq eqs app tab ref refs l ll n nn col cl nr bd".split()
)
_MONTHS = set("jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun".split())
_CLOSING = set(
    "etc inc ltd co corp llc plc jr sr ave blvd rd bros bde bn regt div sq hwy bldg dept al ibid op est т.д т.п др руб тыс млн млрд коп".split()
)
_CLOCK = {"a.m", "p.m"}
_BRANDS = set("yahoo jeopardy yum oklahoma mamma panic moulin wham joomla chips".split())
_OPENERS = set(
    "a an the this that these those he she it they we i you his her its their our my your one both each all some many most few several none nobody no "
    "another such other others in on at by for from with without to of as if when while after before since until because although though during under "
    "over between among against within through despite where what who whom whose which why how there here then thus so but and or nor yet still also "
    "however moreover meanwhile instead indeed today now later soon even only not never perhaps once whether unlike like".split()
)
_DAYS = set(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december "
    "est edt gmt utc cet msk eet bst".split()
)


def sentence_ends(paragraph: str) -> list[int]:
    """The offsets at which the sentences of `paragraph` end, white space behind them left out."""
    ends = []
    for match in _CANDIDATE.finditer(paragraph):
        end = match.end()
        if note := _NOTE.match(paragraph, end):
            before = paragraph[match.start() - 1 : match.start()]
            if match.group() == "." and before.isalpha() and _before(paragraph, match.start()) not in _TITLES | _REFERENCES | _MONTHS:
                end = note.end()
        if match.group() == "\n" or _ends(paragraph, match.start(), match.group(), end):
            ends.append(end)
    return ends


def _before(text: str, at: int) -> str:
    found = _BEFORE.search(text, max(0, at - 40), at)
    return found.group().lower() if found else ""


def _ends(text: str, at: int, mark: str, end: int) -> bool:
    """Whether the sentence ends with `mark`, which stands at `at` and reaches with its closers to `end`."""
    if end >= len(text.rstrip()) or mark[0] in "。！？｡":
        return True
    closed = mark.rstrip("\"'”’»)]›0123456789[")
    glued = not text[end].isspace()
    behind = _BEHIND.match(text, end).end()
    word = (_WORD.match(text, behind) or [""])[0]
    first = text[behind : behind + 1]
    if glued and not _glued(text, at, mark, end, word):
        return False
    if first.islower():  # iPhone, eBay
        return word[1:2].isupper() and not glued
    if closed[0] in "!?؟‽" or len(closed) > 1 or closed == "…":
        return _before(text, at) not in _BRANDS if "!" in closed and mark == closed else True
    return _stop_ends(text, at, mark, word, first)


def _glued(text: str, at: int, mark: str, end: int, word: str) -> bool:
    """Whether a mark without white space behind it may end a sentence: "era.”The", "weeks.Both"."""
    if mark[-1] in "”»" and text[end].isupper():
        return True
    before = re.search(r"[^\W\d_]+$", text[:at])
    return (
        text[end].isupper()
        and word[1:].islower()
        and mark in ".!?"
        and before is not None
        and len(before[0]) > 1
        and before[0].islower()
        and not re.search(r"[/@\\]\S*$|www\.\S*$", text[max(0, at - 80) : at])
    ) or (
        text[end].isupper()
        and len(word) == 1
        and text[end + 1 : end + 2] == " "
        and before is not None
        and len(before[0]) > 2
        and before[0].islower()
        and word in "AI"
    )


def _stop_ends(text: str, at: int, mark: str, word: str, first: str) -> bool:
    """Whether a full stop ends a sentence, by the word before it and the word behind it, which begins with no small letter."""
    before, low, opens = _before(text, at), word.lower(), word.lower() in _OPENERS and word[:1].isupper() and not _initial(text, at, word)
    if mark != ".":  # something closes behind it
        return True
    if before.isdigit() and not text[:at].rstrip(before).rsplit("\n", 1)[-1].strip():  # 1. in a list
        return False
    if before in _TITLES:
        return False
    if before in _REFERENCES:
        return (
            not (first.isdigit() or first in "([" or re.fullmatch(r"[IVXLC]+|[A-Z]", word))
            and (before == "no" or opens)
            or (before in ("sec", "col", "p", "l", "n") and opens)
        )
    if before in _MONTHS and at and text[at - len(before)].isupper():
        return opens
    if before in _CLOCK:
        behind = text[text.find(word, at) + len(word) :] if word else ""
        return low not in _DAYS and not behind.startswith(" time") and not first.isdigit()
    if before in _CLOSING:
        return not (first.isdigit() or text[at + 1 : at + 3].strip()[:1] in ("[", "(")) or opens
    if _INITIALS.fullmatch(before):
        return opens
    return True


def _initial(text: str, at: int, word: str) -> bool:
    return len(word) == 1 and text[text.find(word, at + 1) + 1 :][:1] == "."


def sentence_spans(paragraph: str) -> list[tuple[int, int]]:
    spans, start = [], 0
    for end in [*sentence_ends(paragraph), len(paragraph)]:
        begin = start + len(paragraph[start:end]) - len(paragraph[start:end].lstrip())
        stop = begin + len(paragraph[begin:end].rstrip())
        if stop > begin:
            spans.append((begin, stop))
        start = end
    return spans
