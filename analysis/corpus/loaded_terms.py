"""Loaded words: words that take a side or judge, which the authors of this book do not use in their own voice.

`loaded_words.csv` lists them, with the pattern that finds each. A word may be mentioned: between quotation marks, and in the prose of a
chapter also in italics or as code. A paraphrase of a text may quote a loaded word only where the words that it rests on hold it.
"""

import re
from functools import lru_cache
from typing import Any

import pandas as pd

from analysis.corpus.quotes import normalize_quotes
from analysis.corpus.schema import columns_in_words

LOADED_LIST = "loaded_words.csv"

_QUOTED_WORDS = re.compile(r"“[^”]*”|\"[^\"]*\"|(?<!\w)'.*?'(?!\w)", re.DOTALL)

# Where the data hold the authors' own words. The passes of coding are kept as they were made, and the book does not show their words.
AUTHOR_COLUMNS = columns_in_words("own")

PARAPHRASE_COLUMNS = columns_in_words("paraphrase")


LoadedTerms = tuple[Any, ...]  # the rows of loaded_words.csv, as `itertuples` gives them


def loaded_term_rows(table: pd.DataFrame) -> LoadedTerms:
    """The rows of `table`, which is loaded_words.csv, as `find_loaded_terms` and `unsupported_quotes` want them: once for many texts."""
    return tuple(table.itertuples(index=False))


def find_loaded_terms(text: str, words: LoadedTerms) -> list[tuple[re.Match[str], Any]]:
    """The loaded words that `text` uses and does not mention, in their order: [(match, one of `words`)]."""
    text = _QUOTED_WORDS.sub(lambda match: " " * len(match.group()), text)
    pattern, rows = _compiled(words)
    return [(match, rows[int(str(match.lastgroup)[1:])]) for match in pattern.finditer(text)]


@lru_cache(maxsize=4)
def _compiled(rows: LoadedTerms) -> tuple[re.Pattern[str], LoadedTerms]:
    """One pattern for all `rows`, a named group each, in any capitals, which finds nothing where there are none; and the rows."""
    groups = [f"(?P<w{place}>{row.pattern})" for place, row in enumerate(rows)]
    return re.compile(rf"(?<!\w)(?:{'|'.join(groups) or '(?!)'})(?!\w)", re.IGNORECASE), rows


def unsupported_quotes(paraphrase: str, quote: str, words: LoadedTerms) -> list[str]:
    """What `paraphrase` puts between quotation marks, with a loaded word in it, although `quote`, on which it rests, does not hold it."""
    inside = [match.group()[1:-1] for match in _QUOTED_WORDS.finditer(paraphrase)]
    return [
        own
        for own in inside
        if find_loaded_terms(own, words) and normalize_quotes(own)[0].lower() not in normalize_quotes(quote)[0].lower()
    ]
