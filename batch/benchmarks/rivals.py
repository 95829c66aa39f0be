"""One tool on one file of documents, in this process: `python benchmarks/rivals.py TOOL FILE` prints how that went as JSON.

Each runs in the environment that has it, so nothing is imported before it is needed. A tool is a function that makes itself ready, which
counts as its start, and returns what it does with the documents; that counts as its seconds, reading the file with it.
"""

import json
import os
import resource
import sys
import time
from importlib import metadata

BATCH = 5000  # documents
MEGABYTE = 2**20 if sys.platform == "darwin" else 2**10  # in units of ru_maxrss


def main(tool, file):
    """Run `tool` on one core over the Parquet file `file` and print how that went."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    begin = time.perf_counter()
    prepare, package, _work = TOOLS[tool]
    work = prepare()
    import duckdb

    ready = time.perf_counter()
    with duckdb.connect(config={"threads": 1}) as database:
        n_documents = work(batches(database.execute("SELECT id, text FROM read_parquet(?)", [file])))
    seconds = time.perf_counter() - ready
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE
    print(
        json.dumps(
            {
                "start_seconds": ready - begin,
                "seconds": seconds,
                "peak_mb": peak,
                "n_documents": n_documents,
                "version": package and metadata.version(package),
            }
        )
    )


def batches(found):
    """The documents that a query of DuckDB found, some at a time: (ids, texts)."""
    while rows := found.fetchmany(BATCH):
        yield tuple(zip(*rows, strict=True))


def each(measure):
    """What a tool does that takes one document at a time; returns the number of documents."""
    return lambda read: sum(measure(text) is not None for _, texts in read for text in texts)


def floor():
    from analysis.corpus import WORD

    return each(WORD.findall)


def this():
    from analysis import archive

    rules = archive.load_rules()
    return lambda read: sum(len(archive.measure(ids, texts, rules)) for ids, texts in read)


def textstat():
    from types import SimpleNamespace

    from textstat import textstat

    from analysis.corpus import DATA
    from analysis.measures import ON_COUNTS
    from analysis.pronunciation import use_dictionary

    use_dictionary(SimpleNamespace(path=DATA))
    scores = [getattr(textstat, measure.textstat or "words_per_sentence") for measure in ON_COUNTS.values()]
    return each(lambda text: [score(text) for score in scores])


def textstat_rs():
    import textstat_rs

    names = [
        "flesch_reading_ease",
        "flesch_kincaid_grade",
        "gunning_fog",
        "smog_index",
        "coleman_liau_index",
        "automated_readability_index",
        "dale_chall_readability_score",
    ]
    scores = [getattr(textstat_rs, name) for name in names]
    return each(lambda text: [score(text) for score in scores])


def textacy():
    from textacy.text_stats import readability

    parsed = sentences()
    scores = [
        readability.flesch_reading_ease,
        readability.flesch_kincaid_grade_level,
        readability.gunning_fog_index,
        readability.smog_index,
        readability.coleman_liau_index,
        readability.automated_readability_index,
    ]

    def measure(text):
        document = parsed(text)
        return [score(document) for score in scores]

    return each(measure)


def textdescriptives():
    import textdescriptives  # noqa: F401  it adds its components to spaCy

    parsed = sentences()
    parsed.add_pipe("textdescriptives/readability")
    return each(lambda text: parsed(text)._.readability)


def spacy():
    return each(blank().tokenizer)


def sentences():
    """spaCy without a model, sentences parted at full stops."""
    parsed = blank()
    parsed.add_pipe("sentencizer")
    return parsed


def blank():
    import spacy

    return spacy.blank("en")


def count_vectorizer():
    from sklearn.feature_extraction.text import CountVectorizer

    return lambda read: CountVectorizer().fit_transform(text for _, texts in read for text in texts).shape[0]


# Each tool: how it makes itself ready, its package, and what it does with a document.
TOOLS = {
    "floor": (floor, None, "the file is read, and one regular expression finds the words"),
    "this": (this, None, "counts, 8 readability scores, 4 of diversity, naming rates"),
    "textstat": (textstat, "textstat", "the same 8 readability scores; syllables of words outside the book's dictionary are guessed"),
    "textstat-rs": (textstat_rs, "textstat-rs", "7 readability scores"),
    "textacy": (textacy, "textacy", "6 readability scores"),
    "textdescriptives": (textdescriptives, "textdescriptives", "8 readability scores and the counts that they rest on"),
    "spaCy blank": (spacy, "spacy", "tokens alone"),
    "CountVectorizer": (count_vectorizer, "scikit-learn", "words counted, nothing else"),
}

if __name__ == "__main__":
    main(*sys.argv[1:])
