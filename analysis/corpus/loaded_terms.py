"""Loaded words: words that take a side or judge, which the authors of this book do not use in their own voice.

`loaded_words.csv` lists them, with the pattern that finds each. A word may be mentioned: between quotation marks, and in the prose of a
chapter also in italics or as code. A paraphrase of a text may quote a loaded word only where the words that it rests on hold it.
"""

import re
from functools import lru_cache

from analysis.corpus.quotes import normalize_quotes
from analysis.corpus.schema import columns_in_words

LOADED_LIST = "loaded_words.csv"

_QUOTED_WORDS = re.compile(r"“[^”]*”|\"[^\"]*\"|(?<!\w)'.*?'(?!\w)", re.DOTALL)

# Where the data hold the authors' own words. The passes of coding are kept as they were made, and the book does not show their words.
AUTHOR_COLUMNS = columns_in_words("own")

PARAPHRASE_COLUMNS = columns_in_words("paraphrase")


def loaded_term_rows(table):
    """The rows of `table`, which is loaded_words.csv, as `find_loaded_terms` and `unsupported_quotes` want them: once for many texts."""
    return tuple(table.itertuples(index=False))


def find_loaded_terms(text, words):
    """The loaded words that `text` uses and does not mention, in their order: [(match, one of `words`)]; `words` as of `loaded_term_rows`."""
    text = _QUOTED_WORDS.sub(lambda match: " " * len(match.group()), text)
    pattern, rows = _compiled(words)
    return [(match, rows[int(match.lastgroup[1:])]) for match in pattern.finditer(text)]


@lru_cache(maxsize=4)
def _compiled(rows):
    """One pattern for all `loaded_term_rows` of the list, a named group each, and the rows. Place names keep their capitals; all else may have any."""
    groups = [f"(?P<w{place}>{row.pattern})" for place, row in enumerate(rows)]
    return re.compile(rf"(?<!\w)(?:{'|'.join(groups)})(?!\w)", re.IGNORECASE), rows


def unsupported_quotes(paraphrase, quote, words):
    """What `paraphrase` puts between quotation marks, with a loaded word in it, although `quote`, on which it rests, does not hold it."""
    inside = [match.group()[1:-1] for match in _QUOTED_WORDS.finditer(paraphrase)]
    return [
        own
        for own in inside
        if find_loaded_terms(own, words) and normalize_quotes(own)[0].lower() not in normalize_quotes(quote)[0].lower()
    ]
