"""The paper that a row is said to speak of, held against the codebook's steps for finding it."""

import re
from collections.abc import Iterator

from analysis.corpus.coding_tables import PERSON_TABLES
from analysis.corpus.errors import Problem
from analysis.corpus.reader import Corpus
from analysis.corpus.segment import sentences
from analysis.validation.rules import fault, is_pattern, numbered_rows

NAMES = "document_names.csv"


def document_problems(data: Corpus) -> Iterator[Problem]:
    """Rows on a paper that no words of the text name or date so far; rows in whose sentence another paper is named, and it alone.

    A person's reading is not asked: it stands as it was made.
    """
    known = data.tables[NAMES]
    if not all(map(is_pattern, known.pattern)):
        return
    names, any_words = (
        {document: "|".join(own.pattern) for document, own in table.groupby("document")} for table in (known.query("kind == 'name'"), known)
    )
    read = sentences(data)
    there = set(read.passage_id)
    for name in [
        name for name, table in data.tables.items() if {"document", "passage_id", "start"} <= {*table} and name not in PERSON_TABLES
    ]:
        for row, coded in numbered_rows(data.tables[name]):
            if coded.passage_id not in there:
                continue
            so_far = read[(read.source_id == coded.source_id) & (read.passage_id <= coded.passage_id)]
            if coded.document in any_words and not so_far.sentence.str.contains(any_words[coded.document]).any():
                message = f"no words up to {coded.passage_id} name or date the {coded.document}"
                yield fault(data, name, row, "document", message, f"follow the codebook's steps; or add the text's words for it to {NAMES}")
            own = " ".join(so_far.sentence[(so_far.start < coded.end) & (so_far.end > coded.start)])
            named = [document for document, pattern in names.items() if re.search(pattern, own)]
            if len(named) == 1 and coded.document != named[0]:
                message = f"is {coded.document!r}, but its sentence names the {named[0]}"
                yield fault(data, name, row, "document", message, "enter that paper (step 1 of the codebook)")
