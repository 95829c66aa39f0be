"""Loaded words: words that take a side or judge, which the authors of this book do not use in their own voice.

`loaded_words.csv` lists them, with the pattern that finds each. A word may be mentioned: between quotation marks, and in the prose of a
chapter also in italics or as code. A paraphrase of a text may quote a loaded word only where the words that it rests on hold it.
"""

import re
from functools import lru_cache

from analysis.evidence import folded

LIST = "loaded_words.csv"
KINDS = ["naming choice", "evaluative word"]
QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|(?<!\w)'.*?'(?!\w)", re.DOTALL)
# Where the data hold the authors' own words. The passes of coding are kept as they were made, and the book does not show their words.
OWN = {
    "sources.csv": ["note"],
    "dependencies.csv": ["note"],
    "codebook.csv": ["label", "question", "definition", "includes", "excludes", "example", "counter_example", "note"],
    "codebook_values.csv": ["definition", "includes", "excludes"],
    "strengths.csv": ["definition"],
    "instruments.csv": ["position", "note"],
    "benchmark_events.csv": ["label"],
    "codings/comparisons.csv": ["topic", "note"],
    "codings/source_checks.csv": ["record"],
    "codings/relations.csv": ["note"],
    "codings/strengths.csv": ["note"],
    **{f"codings/{name}.csv": ["resolution"] for name in ("provisions", "guarantors", "responsibility", "frames", "events", "claims")},
}
PARAPHRASES = {
    "codings/provisions.csv": ["position"],
    "codings/responsibility.csv": ["act"],
    "codings/frames.csv": ["summary"],
    "codings/events.csv": ["description"],
    "codings/claims.csv": ["claim"],
    "codings/comparisons.csv": ["position"],
    "codings/source_checks.csv": ["statement"],
}


def rows(table):
    """The rows of `table`, which is loaded_words.csv, as `uses` and `borrowed` want them: once for many texts."""
    return tuple(table.itertuples(index=False))


def uses(text, words):
    """The loaded words that `text` uses and does not mention, in their order: [(match, one of `words`)]; `words` as of `rows`."""
    text = QUOTED.sub(lambda match: " " * len(match.group()), text)
    pattern, rows = compiled(words)
    return [(match, rows[int(match.lastgroup[1:])]) for match in pattern.finditer(text)]


@lru_cache(maxsize=4)
def compiled(rows):
    """One pattern for all `rows` of the list, a named group each, and the rows. Place names keep their capitals; all else may have any."""
    groups = [f"(?P<w{place}>{row.pattern})" for place, row in enumerate(rows)]
    return re.compile(rf"(?<!\w)(?:{'|'.join(groups)})(?!\w)", re.IGNORECASE), rows


def borrowed(paraphrase, quote, words):
    """What `paraphrase` puts between quotation marks, with a loaded word in it, although `quote`, on which it rests, does not hold it."""
    inside = [match.group()[1:-1] for match in QUOTED.finditer(paraphrase)]
    return [own for own in inside if uses(own, words) and folded(own)[0].lower() not in folded(quote)[0].lower()]
