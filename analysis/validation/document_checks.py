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
    read = {source_id: list(own.itertuples()) for source_id, own in sentences(data).groupby("source_id")}
    there = {sentence.passage_id for own in read.values() for sentence in own}
    first = {  # by text and document, the first sentence that names or dates it
        (source_id, document): next((sentence.passage_id for sentence in own if re.search(words, sentence.sentence)), "~")
        for source_id, own in read.items()
        for document, words in any_words.items()
    }
    for name in [
        name for name, table in data.tables.items() if {"document", "passage_id", "start"} <= {*table} and name not in PERSON_TABLES
    ]:
        for row, coded in numbered_rows(data.tables[name]):
            if coded.passage_id not in there:
                continue
            if coded.document in any_words and first.get((coded.source_id, coded.document), "~") > coded.passage_id:
                message = f"no words up to {coded.passage_id} name or date the {coded.document}"
                yield fault(data, name, row, "document", message, f"follow the codebook's steps; or add the text's words for it to {NAMES}")
            own = " ".join(
                sentence.sentence
                for sentence in read.get(coded.source_id, ())
                if sentence.passage_id <= coded.passage_id and sentence.start < coded.end and sentence.end > coded.start
            )
            named = [document for document, pattern in names.items() if re.search(pattern, own)]
            if len(named) == 1 and coded.document != named[0]:
                message = f"is {coded.document!r}, but its sentence names the {named[0]}"
                yield fault(data, name, row, "document", message, "enter that paper (step 1 of the codebook)")
