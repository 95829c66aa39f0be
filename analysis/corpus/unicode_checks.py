"""Characters that mislead: those that nobody sees, which the data may not hold, and those with which a formula begins in a spreadsheet."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

MAX_LINE_CHARS = 20_000  # characters of a line or a cell

MAX_FILE_BYTES = 5_000_000  # bytes of a file

# Control and format characters, line and paragraph separators: they show nothing, or turn the order of what is shown.
_INVISIBLE = ("Cc", "Cf", "Zl", "Zp")

_ZERO_WIDTH_JOINERS = "\u200c\u200d"  # part or join the letters of Arabic and Indic scripts

_VIRAMA = 9  # the combining class of the sign after which an Indic letter joins the next

_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")

_NUMBER = re.compile(r"[+-]?[\d.,]+(e[+-]?\d+)?%?", re.ASCII | re.IGNORECASE)


def invisible_offsets(text: str) -> list[int]:
    """The offsets of the characters of `text` that the data may not hold.

    These are control characters but line feed and tab, format characters (such as zero-width spaces, soft hyphens and whatever turns the
    direction of writing), separators of lines and paragraphs, and code points that are no characters. A joiner may stand behind an
    Arabic letter or an Indic virama, where it belongs to the spelling.
    """
    if text.isprintable():
        return []
    suspects = {character for character in set(text) if _is_invisible(character)}
    return [place for place, character in enumerate(text) if character in suspects and not joins_letters(text, place)] if suspects else []


def _is_invisible(character: str) -> bool:
    if character in "\n\t":
        return False
    number = ord(character)
    return unicodedata.category(character) in _INVISIBLE or number & 0xFFFE == 0xFFFE or 0xFDD0 <= number <= 0xFDEF


def joins_letters(text: str, place: int) -> bool:
    """Whether a joiner stands at `place`, behind a letter that it can join."""
    before = text[place - 1 : place]
    return (
        text[place] in _ZERO_WIDTH_JOINERS
        and before != ""
        and (unicodedata.bidirectional(before) == "AL" or unicodedata.combining(before) == _VIRAMA)
    )


def describe_character(character: str) -> str:
    """A character as messages name it: "ZERO WIDTH SPACE (U+200B)"."""
    return f"{unicodedata.name(character, 'a control character')} (U+{ord(character):04X})"


def escape_csv_formulas(table: pd.DataFrame) -> pd.DataFrame:
    """A DataFrame for a CSV file, with an apostrophe before each text in it, or in its head, that a spreadsheet would run as a formula.

    Such a text begins with =, +, -, @, their full-width forms, a tab or a line end, and is no number (as OWASP advises against
    "CSV injection"); apostrophes may stand before. `unescape_formula` takes the apostrophe away again.
    """
    return table.map(_escape_formula).rename(index=_escape_formula, columns=_escape_formula)


def _escape_formula(value: Any) -> Any:
    """A cell of `escape_csv_formulas`."""
    return f"'{value}" if isinstance(value, str) and is_formula(value) else value


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would run `text`, see `escape_csv_formulas`."""
    return _FORMULA.match(text) is not None and not _NUMBER.fullmatch(text)


def unescape_formula(text: str) -> str:
    """A cell that was read from a CSV file of the book, without the apostrophe of `escape_csv_formulas`."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def slug(text: str, joiner: str = "-") -> str:
    """`text` as a name for links and numbers: its words in lower case and without accents, joined by `joiner`."""
    plain = "".join(character for character in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(character))
    return joiner.join(re.findall(r"[a-z0-9]+", plain))
