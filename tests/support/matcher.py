"""A matcher of text fragments: "find a range from a text directive" of https://wicg.github.io/scroll-to-text-fragment/, on plain text.

Blocks are lines. Of each step only what plain text can show is kept; comparison is without case, accents and runs of spaces.
"""

import unicodedata
from urllib.parse import unquote


def first_match(raw, address):
    """The (start, end) in `raw` of what the fragment of `address` marks; None where it marks nothing."""
    parts = address.partition(":~:text=")[2].split(",")
    prefix = unquote(parts.pop(0)[:-1]) if parts[0].endswith("-") else ""
    suffix = unquote(parts.pop()[1:]) if parts[-1].startswith("-") else ""
    start, end = (*map(unquote, parts), "")[:2]
    text, places = folded(raw)
    at = 0
    while True:
        if prefix:
            before = find(text, prefix, at)
            if before is None:
                return None
            begin, at = skip_spaces(text, before[1]), before[0] + 1
            hit = matches(text, start, begin)
        else:
            hit = find(text, start, at)
            if hit is None:
                return None
            at = hit[0] + 1
        if hit is None:
            continue
        last = hit
        while end or suffix:
            last = find(text, end, last[1]) if end else last
            if last is None:
                return None
            if not suffix or matches(text, suffix, skip_spaces(text, last[1])):
                break
            if not end:
                last = None
                break
        if last is not None:
            return places[hit[0]], places[last[1] - 1] + 1


def folded(raw):
    """`raw` without case, accents and runs of spaces (a line end stays one), and the offset of each sign of it in `raw`."""
    signs, places = [], []
    for place, sign in enumerate(raw):
        plain = unicodedata.normalize("NFD", sign)[0].casefold()[:1]
        if sign.isspace() and sign != "\n":
            plain = " "
        if plain == " " and signs[-1:] in ([" "], ["\n"]):
            continue
        signs.append(plain)
        places.append(place)
    return "".join(signs), places


def matches(text, words, at):
    """The (start, end) of `words` in `text` if they stand at `at`, whole, and in one line; or None."""
    needle = folded(words)[0]
    end = at + len(needle)
    whole = not (text[at - 1 : at].isalnum() and at) and not text[end : end + 1].isalnum()
    return (at, end) if text.startswith(needle, at) and whole else None


def find(text, words, at):
    """The first (start, end) of whole `words` in `text` from `at` on; or None."""
    return next((hit for place in range(at, len(text)) if (hit := matches(text, words, place))), None)


def skip_spaces(text, at):
    while text[at : at + 1].isspace():
        at += 1
    return at
