"""Where the annotations of a file stand in their text: by quotation, context, passage and offsets, as far as the file gives them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import takewhile
from operator import eq
from typing import NamedTuple
from unicodedata import normalize

from analysis.coding.annotations import DECLARED, Annotation
from analysis.corpus.errors import Problem, file_name
from analysis.corpus.quotes import find_places, normalize_quotes
from analysis.corpus.reader import Corpus, text_file
from analysis.corpus.segment import Body, Passage, body_of
from analysis.corpus.unicode_checks import invisible_offsets
from analysis.number_words import plural

_FEWEST = 3  # quotations that must be missing before a file is said to be of another text


class Anchored(NamedTuple):
    """The annotations that have their place, each with passage, offsets and the words of the file; sentences on what was healed; faults."""

    annotations: list[Annotation]
    said: list[str]
    problems: list[Problem]


class _Hit(NamedTuple):
    """A place in a text."""

    passage_id: str
    start: int
    end: int


class _Fault(NamedTuple):
    """Why an annotation has no place, and what to do."""

    message: str
    remedy: str


def short_quote(words: str) -> str:
    """A quotation as messages name it: its first words."""
    return repr(words if len(words) <= 60 else f"{words[:57]}...")


def anchor(corpus: Corpus, source_id: str, given: Iterable[Annotation], file: str) -> Anchored:
    """Find the place of each annotation of `file` in a text; one of a person or an event may stand anywhere in it, or nowhere.

    Offsets that hold the words of the quotation are taken. Else the quotation is looked for, whatever the form of its marks and spaces;
    of several places that of its passage is taken, then the one with the given words around it, then the nearest.
    """
    given, whole = list(given), _whole(corpus, source_id)
    bare = [(one.start, one.end) for one in given if not one.quote and one.start is not None and one.end is not None]
    if moved_all := places_moved(corpus, source_id, bare, file):
        return Anchored([], [], [moved_all])
    body = body_of(corpus, source_id)
    found = [_place(whole if one.coding in DECLARED else body, one) for one in given]
    lost = [one for one, hit in zip(given, found, strict=True) if hit is None and one.quote and one.coding not in DECLARED]
    n_quotes = sum(bool(one.quote) and one.coding not in DECLARED for one in given)
    if len(lost) >= _FEWEST and 2 * len(lost) > n_quotes:
        return Anchored([], [], [_of_another_text(corpus, source_id, lost, n_quotes, file)])
    placed, problems, moved = [], [], []
    for one, hit in zip(given, found, strict=True):
        if isinstance(hit, _Hit):
            passage_id, start, end = hit
            words = whole.raw[start:end] if start < end else one.quote
            placed.append(one._replace(passage_id=passage_id, start=start, end=end, quote=words))
            wrong = (one.start is not None and one.start != start) or (one.passage_id and passage_id and one.passage_id != passage_id)
            moved += [one] if one.quote and wrong else []
        else:
            message, remedy = hit or _nowhere(whole, source_id, one)
            problems.append(Problem(file, one.row, "quote", message, remedy))
    return Anchored(placed, _healed(moved), problems)


def places_moved(corpus: Corpus, source_id: str, places: Iterable[tuple[int, int]], file: str) -> Problem | None:
    """The one Problem with a file whose `places`, to which it gives no words, begin or end within a word."""
    raw = corpus.raw[source_id]
    places = [(start, end) for start, end in places if 0 <= start < end <= len(raw)]
    torn = [(start, end) for start, end in places if _within_word(raw, start) or _within_word(raw, end)]
    if not torn:
        return None
    start, end = torn[0]
    message = (
        f"the places seem moved: {len(torn)} of {len(places)} stretches begin or end within a word, such as "
        f"{short_quote(raw[start:end])} at {start} to {end}"
    )
    remedy = f"export again with the quotations, from the same file as {file_name(corpus.path, text_file(source_id))}"
    return Problem(file, None, None, message, remedy)


def _within_word(raw: str, place: int) -> bool:
    """Whether a word goes on over a place of a text."""
    around = raw[max(0, place - 1) : place + 1]
    return len(around) == 2 and place > 0 and (around.isalpha() or around.isdecimal())


def _whole(corpus: Corpus, source_id: str) -> Body:
    """A text with all its zones, as one passage without a name."""
    raw = corpus.raw[source_id]
    return Body(raw, raw, [Passage("", 0, len(raw))])


def _hits(text: Body, quote: str) -> list[_Hit]:
    """Where a quotation stands in the passages of a text: as it is, else without hidden signs, in either form of its accents."""
    hidden = set(invisible_offsets(quote))
    seen = "".join(sign for place, sign in enumerate(quote) if place not in hidden)
    forms = dict.fromkeys([quote, seen, normalize("NFC", seen), normalize("NFD", seen)])
    return next(([_Hit(*hit) for hit in hits] for form in forms if (hits := find_places(text, form))), [])


def _place(text: Body, one: Annotation) -> _Hit | _Fault | None:
    """The place of an annotation; a fault where there is none that is its alone; None where its words are not in the text."""
    start, end = one.start, one.end
    if not one.quote and start is None and one.coding in DECLARED:
        return _Hit("", 0, 0)
    if start is not None and end is not None and 0 <= start < end and (not one.quote or text.raw[start:end] == one.quote):
        return _at(text, start, end)
    if not one.quote:
        return _no_words(text, start, end)
    hits = _hits(text, one.quote)
    if not hits:
        return None
    ends = {passage.passage_id: passage.end for passage in text.passages}
    within = [hit for hit in hits if hit.end <= ends[hit.passage_id]]
    if not within:
        message = f"{short_quote(one.quote)} runs on over several paragraphs ({hits[0][0]} and on)"
        return _Fault(message, "code the part in each paragraph apart")
    return _chosen(text, one, within)


def _at(text: Body, start: int, end: int) -> _Hit | _Fault:
    """The place with given offsets."""
    for passage_id, begin, stop in text.passages:
        if begin <= start and end <= stop:
            return _Hit(passage_id, start, end)
    words = text.raw[start:end]
    message = f"{short_quote(words)}, at {start} to {end}, is not within one paragraph of the body"
    return _Fault(message, "code words of one paragraph; headings, captions and menus are not coded")


def _no_words(text: Body, start: int | None, end: int | None) -> _Fault:
    if start is None or end is None:
        return _Fault("has neither a quotation nor offsets", "copy the words from the text")
    message = f"{start} to {end} is no stretch of the text, which has {len(text.raw)} characters"
    return _Fault(message, "give start and end in characters of the raw file, or the quotation")


def _chosen(text: Body, one: Annotation, hits: Sequence[_Hit]) -> _Hit | _Fault:
    """The place of those where the words stand that the annotation means: by passage, words around it, or distance."""
    left = [hit for hit in hits if hit[0] == one.passage_id] or list(hits)
    if len(left) > 1 and (one.prefix or one.suffix):
        left = _best(left, [_fits(text.raw, one, hit) for hit in left])
    if len(left) > 1 and (given := one.start) is not None:
        left = _best(left, [-abs(start - given) for _, start, _ in left])
    if len(left) == 1:
        return left[0]
    places = ", ".join(f"{passage_id} ({start})" if passage_id else str(start) for passage_id, start, _ in left[:5])
    message = f"{short_quote(one.quote)} stands {len(left)} times in the text: {places}{', ...' * (len(left) > 5)}"
    return _Fault(message, "give a longer quotation, its passage_id, or its start and end")


def _best(hits: list[_Hit], values: list[int]) -> list[_Hit]:
    return [hit for hit, value in zip(hits, values, strict=True) if value == max(values)]


def _fits(raw: str, one: Annotation, hit: _Hit) -> int:
    """How many characters right before and behind a place are those that the annotation gives."""
    _, start, end = hit
    before, given = (normalize_quotes(words)[0].strip()[::-1] for words in (raw[max(0, start - 100) : start], one.prefix))
    after, wanted = (normalize_quotes(words)[0].strip() for words in (raw[end : end + 100], one.suffix))
    return sum(sum(takewhile(bool, map(eq, *pair))) for pair in ((before, given), (after, wanted)))


def _nowhere(whole: Body, source_id: str, one: Annotation) -> _Fault:
    """What is wrong with words that are not in the body."""
    if _hits(whole, one.quote):
        message = f"{short_quote(one.quote)} stands outside the body of {source_id}"
        return _Fault(message, "code words of the running text; or make the stretch body in its zones")
    return _Fault(f"{short_quote(one.quote)} occurs nowhere in {source_id}", "copy the words from the text")


def _of_another_text(corpus: Corpus, source_id: str, lost: list[Annotation], n_quotes: int, file: str) -> Problem:
    """The one Problem with a file most of whose quotations the text does not hold; it names the text that holds them."""
    words = [one.quote for one in lost[:200]]
    texts = {name: _whole(corpus, name) for name in corpus.raw if name != source_id}
    held = Counter({name: sum(bool(_hits(text, quote)) for quote in words) for name, text in texts.items()})
    message = f"seems to be of another text: {len(lost)} of {n_quotes} quotations are not in {source_id}, such as {short_quote(words[0])}"
    for name, n_held in held.most_common(1):
        if 2 * n_held > len(words):
            return Problem(file, None, None, f"{message}; they are in {name}", f"give the id {name}, or the file of {source_id}")
    return Problem(file, None, None, message, f"give the file that codes {source_id}, or the text as it was coded")


def _healed(moved: list[Annotation]) -> list[str]:
    """The sentence on offsets and passages that were not those of their words."""
    if not moved:
        return []
    some = ", ".join(short_quote(one.quote) for one in moved[:3]) + ", ..." * (len(moved) > 3)
    return [f"Places that were not right, of {plural(len(moved), 'quotation')}, were found by the words: {some}."]
