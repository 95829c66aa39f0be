"""One tool on one file of documents, in this process: `python -m batch.benchmarks.compared_tools TOOL FILE` prints how that went as JSON.

Each runs in the environment that has it, so nothing is imported before it is needed. A tool is a function that makes itself ready, which
counts as its start, and returns what it does with the documents; that counts as its seconds, reading the file with it.
"""

import json
import resource
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from importlib import metadata
from typing import Any, NamedTuple

from batch.benchmarks.fresh import MEGABYTE, stay_on_one_core

FETCHED_DOCUMENTS = 5000  # in memory at a time

Work = Callable[[Iterable[Any]], int]  # takes (ids, texts) after (ids, texts); returns the number of documents


class Tool(NamedTuple):
    """How a tool makes itself ready, its package, the lock of its environment (None: that of the book), what it does with a document."""

    prepare: Callable[[], Work]
    package: str | None
    lock: str | None
    work: str


def _run_tool(tool: Tool, file: str) -> dict[str, object]:
    """Run `tool` on one core over the Parquet file `file`; returns how that went."""
    stay_on_one_core()
    begin = time.perf_counter()
    work = tool.prepare()
    import duckdb

    ready, used = time.perf_counter(), time.process_time()
    with duckdb.connect(config={"threads": 1}) as database:
        n_documents = work(_fetched(database.execute("SELECT id, text FROM read_parquet(?)", [file])))
    seconds, cpu_seconds = time.perf_counter() - ready, time.process_time() - used
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE
    version = tool.package and metadata.version(tool.package)
    spent = {"start_seconds": ready - begin, "seconds": seconds, "cpu_seconds": cpu_seconds, "peak_mb": peak}
    return {**spent, "n_documents": n_documents, "version": version}


def _fetched(found: Any) -> Iterator[Any]:
    while rows := found.fetchmany(FETCHED_DOCUMENTS):
        yield tuple(zip(*rows, strict=True))


def _each(score: Callable[[str], object]) -> Work:
    """What a tool does that takes one document at a time."""
    return lambda read: sum(score(text) is not None for _, texts in read for text in texts)


def baseline() -> Work:
    """The least that any tool must do: the words are found."""
    from analysis.corpus.segment import WORD

    return _each(WORD.findall)


def _this_book() -> Work:
    from batch.reference import load_rules
    from batch.vectorized import measure_batch

    rules = load_rules()
    measure_batch([], [], rules)  # loads the compiled loops
    return lambda read: sum(len(measure_batch(ids, texts, rules)) for ids, texts in read)


def _textstat() -> Work:
    from types import SimpleNamespace

    from textstat import textstat

    from analysis.corpus.reader import DATA_FOLDER
    from analysis.stylometry.measures import COUNT_FORMULAS
    from analysis.stylometry.syllables import use_dictionary

    texts: Any = SimpleNamespace(path=DATA_FOLDER)  # of a corpus no more is asked, and reading it is no work of textstat's
    use_dictionary(texts)
    scores = [getattr(textstat, measure.textstat or "words_per_sentence") for measure in COUNT_FORMULAS.values()]
    return _each(lambda text: [score(text) for score in scores])


def _textstat_rs() -> Work:
    import textstat_rs as rs

    grades = [rs.flesch_kincaid_grade, rs.gunning_fog, rs.smog_index, rs.coleman_liau_index, rs.automated_readability_index]
    return _each(lambda text: [score(text) for score in (rs.flesch_reading_ease, *grades, rs.dale_chall_readability_score)])


def _textacy() -> Work:
    from textacy.text_stats import readability as r

    parsed = _spacy_sentences()
    grades = [r.flesch_kincaid_grade_level, r.gunning_fog_index, r.smog_index, r.coleman_liau_index, r.automated_readability_index]
    return _each(lambda text: [score(document) for document in [parsed(text)] for score in (r.flesch_reading_ease, *grades)])


def _descriptives() -> Work:
    import textdescriptives  # noqa: F401  it adds its components to spaCy

    parsed = _spacy_sentences()
    parsed.add_pipe("textdescriptives/readability")
    return _each(lambda text: parsed(text)._.readability)


def _spacy() -> Work:
    import spacy

    return _each(spacy.blank("en").tokenizer)


def _spacy_sentences() -> Any:
    """spaCy without a model, sentences parted at full stops."""
    import spacy

    parsed = spacy.blank("en")
    parsed.add_pipe("sentencizer")
    return parsed


def _count_vectorizer() -> Work:
    from sklearn.feature_extraction.text import CountVectorizer

    return lambda read: int(CountVectorizer().fit_transform(text for _, texts in read for text in texts).shape[0])


SAME_SCORES = "the same 8 readability scores; syllables of words outside the book's dictionary are guessed"
TOOLS = {
    "floor": Tool(baseline, None, None, "the file is read, and one regular expression finds the words"),
    "this": Tool(_this_book, None, None, "counts, 8 readability scores, 4 of diversity, naming rates"),
    "textstat": Tool(_textstat, "textstat", None, SAME_SCORES),
    "textstat-rs": Tool(_textstat_rs, "textstat-rs", "rivals", "7 readability scores"),
    "textacy": Tool(_textacy, "textacy", "textacy", "6 readability scores"),
    "textdescriptives": Tool(
        _descriptives, "textdescriptives", "textdescriptives", "8 readability scores and the counts that they rest on"
    ),
    "spaCy blank": Tool(_spacy, "spacy", "rivals", "tokens alone"),
    "CountVectorizer": Tool(_count_vectorizer, "scikit-learn", "rivals", "words counted, nothing else"),
}

if __name__ == "__main__":
    print(json.dumps(_run_tool(TOOLS[sys.argv[1]], sys.argv[2])))
