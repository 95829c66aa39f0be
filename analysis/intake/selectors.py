"""The words and the place that the selectors of a Web Annotation mean, held against the raw file."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from analysis.corpus.quotes import normalize_quotes


class Selected(NamedTuple):
    """What selectors mean: words, what stands around them, their place in code points of the raw file.

    `moved`: it did not fit; `bare`: there are no words, so that the place alone decides.
    """

    quote: str = ""
    start: int | None = None
    end: int | None = None
    prefix: str = ""
    suffix: str = ""
    moved: bool = False
    bare: bool = False


def read_selectors(raw: str, selectors: Any) -> tuple[Selected, list[str]]:
    """What the selectors of one target mean in the text `raw`, and the types of those that cannot be used.

    Selectors are one, a list of which each means the same, or refined by others, which choose within what they chose. A place holds where
    the words stand there, counted in code points or, as browsers count, in units of UTF-16; else the words decide. Raises ValueError for
    a place that is none, or that lies outside the text and has no words.
    """
    unused: list[str] = []
    quotes: list[Selected] = []
    places: list[Selected] = []
    for chain in _chains(selectors):
        used = [part for part in chain if part.get("type") in ("TextQuoteSelector", "TextPositionSelector")]
        unused += [str(part.get("type", "a selector without a type")) for part in chain if part not in used]
        if used:
            narrowed = _narrowed(raw, used) if len(used) > 1 else _alone(used[0])
            if narrowed.quote:
                quotes.append(narrowed)
            elif narrowed.start is not None:
                places.append(narrowed)
    if not quotes and not places:
        return Selected(), unused
    words = quotes[0] if quotes else Selected()
    tried = [one for one in (*quotes, *places) if one.start is not None and one.end is not None]
    for one in tried:
        if fitted := _fitted(raw, words.quote, one):
            return fitted._replace(prefix=words.prefix, suffix=words.suffix, bare=not words.quote), unused
    if not words.quote:
        message = f"selects the characters {places[0].start} to {places[0].end} of a text that has {len(raw):,}"
        raise ValueError(message)
    return words._replace(start=None, end=None, moved=bool(tried)), unused


def _chains(selectors: Any) -> Iterator[list[dict[str, Any]]]:
    """Each selector with those that refine it, from the widest to the narrowest."""
    for selector in selectors if isinstance(selectors, list) else [selectors]:
        if isinstance(selector, dict):
            part = {name: value for name, value in selector.items() if name != "refinedBy"}
            refined = list(_chains(selector["refinedBy"])) if selector.get("refinedBy") else [[]]
            yield from ([part, *narrower] for narrower in refined)


def _alone(selector: dict[str, Any]) -> Selected:
    if selector["type"] == "TextQuoteSelector":
        return Selected(*(_words(selector, "exact"), None, None, _words(selector, "prefix"), _words(selector, "suffix")))
    return Selected("", _number(selector, "start"), _number(selector, "end"))


def _words(selector: dict[str, Any], name: str) -> str:
    value = selector.get(name) or ""
    if not isinstance(value, str):
        raise ValueError(f"has {value!r} as {name}, which is no text")
    return value


def _number(selector: dict[str, Any], name: str) -> int:
    value = selector.get(name)
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ValueError(f"has {value!r} as {name}, which is no place in a text")
    return value


def _narrowed(raw: str, chain: list[dict[str, Any]]) -> Selected:
    """What the last selector of a chain chooses within the others; one that repeats the place of the words is that place."""
    chosen = _alone(chain[0])
    for inner in map(_alone, chain[1:]):
        if inner.quote and chosen.start is not None:  # words within a place
            found = raw.find(inner.quote, chosen.start, chosen.end)
            chosen = inner._replace(start=found, end=found + len(inner.quote)) if found >= 0 else inner
        elif inner.quote:
            chosen = inner
        elif chosen.quote and inner.start is not None and inner.end is not None:  # a place within words, or of them
            if _fitted(raw, chosen.quote, inner):
                chosen = chosen._replace(start=inner.start, end=inner.end)
            else:
                before, behind = chosen.quote[: inner.start], chosen.quote[inner.end :]
                chosen = Selected(chosen.quote[inner.start : inner.end], None, None, chosen.prefix + before, behind + chosen.suffix)
        elif chosen.start is not None and inner.start is not None and inner.end is not None:
            chosen = inner._replace(start=chosen.start + inner.start, end=chosen.start + inner.end)
    return chosen


def _fitted(raw: str, quote: str, place: Selected) -> Selected | None:
    """The words at a place of the text, where they are those of the quote; without a quote any words will do."""
    if place.start is None or place.end is None:
        return None
    for start, end in ((place.start, place.end), (_code_points(raw, place.start), _code_points(raw, place.end))):
        words = raw[start:end]
        if start < end <= len(raw) and (not quote or _folded(words) == _folded(quote)):
            return Selected(words, start, end)
    return None


def _folded(words: str) -> str:
    return normalize_quotes(words)[0].strip()


def _code_points(raw: str, units: int) -> int:
    """The offset in code points of an offset in units of UTF-16; where no code point ends there, one behind the text."""
    before = raw[:units].encode("utf-16-le")[: 2 * units]
    try:
        return len(before.decode("utf-16-le")) if len(before) == 2 * units else len(raw) + 1
    except UnicodeDecodeError:
        return len(raw) + 1
