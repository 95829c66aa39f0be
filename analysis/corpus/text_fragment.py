"""The address of words on a page that others publish: a text fragment, at which a browser opens the page and marks the words.

The form is `#:~:text=[prefix-,]start[,end][,-suffix]`: https://wicg.github.io/scroll-to-text-fragment/ ("URL Fragment Text Directives").
A browser marks the first place of the page that fits: from `start` to the next `end`, with `prefix` right before and `suffix` right behind,
whatever the case and the spaces. Each part has to begin and to end at whole words, and to stand in one block of the page, here one line.
"""

import re
import unicodedata
from functools import cache
from typing import Any, NamedTuple
from urllib.parse import quote

from analysis.corpus.reader import Corpus
from analysis.corpus.segment import word_offsets

_WHOLE = 8  # words: a longer span is named by its first and last ones
_ENDS = 3  # words of each
_MOST = 12  # words of a prefix or a suffix


class TextFragment(NamedTuple):
    """The parts of a text fragment, as the text has them with every run of white space as one space; "" for none."""

    start: str
    end: str = ""
    prefix: str = ""
    suffix: str = ""

    def __str__(self) -> str:
        parts = [f"{_encode(self.prefix)}-" if self.prefix else "", _encode(self.start), _encode(self.end)]
        return "#:~:text=" + ",".join([*filter(None, parts), *([f"-{_encode(self.suffix)}"] if self.suffix else [])])


def _encode(part: str) -> str:
    """`part` percent-encoded, with what means something in a text fragment too: hyphens, commas, ampersands."""
    return quote(part, safe="").replace("-", "%2D")


def source_address(corpus: Corpus, span: Any) -> str | None:
    """The address of a span (a row with source_id, start, end) on the outlet's own page; None where no such page is known.

    The page opens at its beginning where no fragment leads to the span alone.
    """
    source = corpus.sources.set_index("source_id").loc[span.source_id]
    if source.url_kind != "outlet" or not source.url:
        return None
    fragment = find_fragment(corpus.raw[span.source_id], int(span.start), int(span.end))
    return f"{source.url.partition('#')[0]}{fragment or ''}"


@cache
def find_fragment(raw: str, start: int, end: int) -> TextFragment | None:
    """The shortest text fragment whose first place in `raw` is the words from `start` to `end`; None where there is none.

    Marks at the edges of the span are left out.
    """
    words = [(start + first, start + last) for first, last in word_offsets(raw[start:end])]
    if not words:
        return None
    start, end = words[0][0], words[-1][1]
    whole = "\n" not in raw[start:end] and len(words) <= _WHOLE
    before, behind = _line_words(raw, start, end)
    for around in range(2 * _MOST + 1):
        for n_before in range(max(0, around - len(behind)), min(around, len(before), _MOST) + 1):
            n_behind = around - n_before
            if n_behind > _MOST:
                continue
            fragment = TextFragment(
                _spaced(raw[start:end]) if whole else _spaced(raw[start : words[_ENDS - 1][1]]),
                "" if whole else _spaced(raw[words[-_ENDS][0] : end]),
                _spaced(raw[before[-n_before][0] : start]) if n_before else "",
                _spaced(raw[end : behind[n_behind - 1][1]]) if n_behind else "",
            )
            if _first_place(raw, fragment) == (start, end):
                return fragment
    return None


def _line_words(raw: str, start: int, end: int) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """The words of the line before `start`, and of the line behind `end`, as places in `raw`."""
    opens, closes = raw.rfind("\n", 0, start) + 1, raw.find("\n", end)
    before = [(opens + first, opens + last) for first, last in word_offsets(raw[opens:start])]
    return before, [(end + first, end + last) for first, last in word_offsets(raw[end : closes if closes >= 0 else len(raw)])]


def _spaced(text: str) -> str:
    return " ".join(text.split())


def _first_place(raw: str, fragment: TextFragment) -> tuple[int, int] | None:
    """The first place that a browser finds, from where `start` begins to where what it marks ends; None where it finds none."""
    found = _pattern(fragment).search(_folded(raw))
    return found.span("marked") if found else None


@cache
def _pattern(fragment: TextFragment) -> re.Pattern[str]:
    start, end, prefix, suffix = (r"\s+".join(map(re.escape, _folded(part).split())) for part in fragment)
    until = rf"\b(?s:.*?)(?<!\w){end}" if end else ""
    marked = rf"(?P<marked>{start}{until})"
    return re.compile((rf"(?<!\w){prefix}\s*" if prefix else r"(?<!\w)") + marked + (rf"\s*{suffix}(?!\w)" if suffix else r"(?!\w)"))


@cache
def _folded(text: str) -> str:
    """`text` in small letters without accents, as browsers compare them; every character stays in its place."""
    return "".join((unicodedata.normalize("NFD", sign)[0].lower() or sign)[0] for sign in text)
