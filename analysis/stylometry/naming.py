"""Naming choices, by rule: what the texts call events, places, persons and papers.

Each row of names.csv is one form of one concept, with the pattern that finds it. Counts are of the bodies; words between quotation marks
are counted apart, since a choice in them is the speaker's.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from analysis.corpus.intervals import contained_in, count_spans
from analysis.corpus.reader import Corpus
from analysis.corpus.segment import passages, running_text
from analysis.corpus.speech import quotation_table
from analysis.corpus.texts import by_publication_date, source_table

PER_WORDS = 1000  # words, for a rate

_CONTEXT_WORDS = 4  # words that a concordance line shows on each side, if no other number is asked for


def form_matches(corpus: Corpus) -> pd.DataFrame:
    """Every place where a form stands in a body: source_id, passage_id, concept, form, start, end, quoted (between quotation marks)."""
    said = quotation_table(corpus).query("kind != 'title'")
    patterns = [(row.concept, row.form, re.compile(row.pattern)) for row in corpus.tables["names.csv"].itertuples()]
    rows = pd.DataFrame(
        [
            (passage.source_id, passage.passage_id, concept, form, *match.span())
            for passage in passages(corpus).itertuples()
            for concept, form, pattern in patterns
            for match in pattern.finditer(running_text(corpus, passage.source_id), passage.start, passage.end)
        ],
        columns=["source_id", "passage_id", "concept", "form", "start", "end"],
    )
    return rows.assign(quoted=[n > 0 for n in count_spans(rows, said, contained_in)])


def form_frequencies(corpus: Corpus) -> pd.DataFrame:
    """How often each text uses each form: a row for each text and form that it uses.

    Columns: source_id; concept; form; n (in the body); per_1000 (n per 1,000 words of the body); n_author and n_quoted, its two parts.
    """
    counts = form_matches(corpus).groupby(["source_id", "concept", "form"]).quoted.agg(["size", "sum"]).reset_index()
    body = passages(corpus).groupby("source_id").n_words.sum()
    counts = counts.assign(n=counts["size"], n_quoted=counts["sum"].astype(int), n_author=counts["size"] - counts["sum"].astype(int))
    counts["per_1000"] = PER_WORDS * counts.n / counts.source_id.map(body)
    listed = corpus.tables["names.csv"][["concept", "form"]].assign(place=range(len(corpus.tables["names.csv"])))
    ordered = counts.merge(listed, on=["concept", "form"]).sort_values("place", kind="stable")
    return by_publication_date(corpus, ordered)[["source_id", "concept", "form", "n", "per_1000", "n_author", "n_quoted"]]


def concepts(corpus: Corpus) -> list[str]:
    """The concepts in the order of names.csv."""
    return list(dict.fromkeys(corpus.tables["names.csv"].concept))


def forms_by_text(corpus: Corpus, concept: str) -> pd.DataFrame:
    """The forms of one concept: a row a form, a column a text; "3" of the author's own, "3 + 1 quoted", or "–": absent from the text."""
    own = form_frequencies(corpus).query("concept == @concept").set_index(["form", "source_id"])
    forms = corpus.tables["names.csv"].query("concept == @concept").form
    short = source_table(corpus).set_index("source_id").short
    cells = {
        name: [_naming_cell(own.loc[form, source_id]) if (form, source_id) in own.index else "–" for form in forms]
        for source_id, name in short.items()
    }
    return pd.DataFrame({"form": list(forms), **cells})


def naming_rates(corpus: Corpus) -> pd.DataFrame:
    """Uses of each form per 1,000 words of the body, quotations included: concept, form, and a column a text (0: absent from the text)."""
    own = form_frequencies(corpus).pivot(index=["concept", "form"], columns="source_id", values="per_1000")
    listed = corpus.tables["names.csv"][["concept", "form"]]
    short = source_table(corpus).set_index("source_id").short
    table = own.reindex(index=pd.MultiIndex.from_frame(listed), columns=short.index).fillna(0)
    return table.rename(columns=short).rename_axis(columns=None).reset_index()


SPELLING = "spelling: "  # with which a concept begins whose forms are spellings of one name


def spellings(corpus: Corpus) -> pd.DataFrame:
    """Which spelling each text uses: a row for each concept that begins with "spelling: ", a column a text; "–": absent from the text."""
    own = form_frequencies(corpus)
    own = own.assign(form=own.form.where(own.n_author > 0, own.form + " (quoted)"))
    used = own.groupby(["concept", "source_id"]).form.agg(" and ".join)
    chosen = [concept for concept in concepts(corpus) if concept.startswith(SPELLING)]
    short = source_table(corpus).set_index("source_id").short
    cells = {name: [used.get((concept, source_id), "–") for concept in chosen] for source_id, name in short.items()}
    return pd.DataFrame({"concept": [concept.removeprefix(SPELLING) for concept in chosen], **cells})


def _naming_cell(row: Any) -> str:
    """One cell of `forms_by_text`."""
    return f"{row.n_author:.0f} + {row.n_quoted:.0f} quoted" if row.n_quoted else f"{row.n_author:.0f}"


def words_by_text(corpus: Corpus, matters: Mapping[str, Sequence[str]]) -> pd.DataFrame:
    """The very words by which each text names each of `matters`, {name for readers: concepts}, the most frequent first.

    A row for each form, told apart by who says it: matter; source_id; concept; form; words (as they stand, each once, by the alphabet:
    "war, wars"); quoted (between quotation marks); n. No row: absent from the text.
    """
    found, columns = form_matches(corpus), ["source_id", "concept", "form", "quoted"]
    found = found.assign(words=[corpus.raw[row.source_id][row.start : row.end] for row in found.itertuples()])
    rows = found.groupby(columns, sort=False).words.agg(words=_each_once, n="size").reset_index()
    chosen = pd.DataFrame(
        [(place, matter, concept) for place, (matter, own) in enumerate(matters.items()) for concept in own],
        columns=["place", "matter", "concept"],
    )
    rows = chosen.merge(rows, on="concept").sort_values(["place", "n"], ascending=[True, False], kind="stable")
    return by_publication_date(corpus, rows)[["matter", *columns[:3], "words", "quoted", "n"]]


def _each_once(words: pd.Series) -> str:
    """Different words by the alphabet, joined by ", "; of one that stands with and without a capital, the latter."""
    plain = {word[0].lower() + word[1:] for word in words} & set(words)
    return ", ".join(sorted({word for word in words if word in plain or word[0].lower() + word[1:] not in plain}, key=str.casefold))


def concordance_lines(corpus: Corpus, concept: str, context: int = _CONTEXT_WORDS) -> pd.DataFrame:
    """Every use of a concept's forms with `context` words on each side: source_id, passage_id, form, left, hit, right, quoted, start, end.

    `start` and `end` span the whole line.
    """
    own = form_matches(corpus).query("concept == @concept")
    bounds = passages(corpus).set_index("passage_id")
    rows = []
    for row in own.sort_values(["source_id", "start"]).itertuples():
        raw, passage = running_text(corpus, row.source_id), bounds.loc[row.passage_id]
        left = left_context(raw[passage.start : row.start], context)
        (right,) = re.findall(rf"\A\S*(?:\s+\S+){{0,{context}}}", raw[row.end : passage.end])
        line = (left, raw[row.start : row.end], right, row.quoted, row.start - len(left), row.end + len(right))
        rows.append((row.source_id, row.passage_id, row.form, *line))
    columns = ["source_id", "passage_id", "form", "left", "hit", "right", "quoted", "start", "end"]
    return by_publication_date(corpus, pd.DataFrame(rows, columns=columns))


def left_context(text: str, context: int = _CONTEXT_WORDS) -> str:
    """The end of `text` from its last `context` words on, not counting one that runs into what follows."""
    begins = [begin for begin, _, _ in _non_space_runs(text)]
    n = context + (not text[-1:].isspace())
    return text[begins[-n:][0] :] if begins else ""


def _non_space_runs(text: str) -> list[tuple[int, int, str]]:
    """The stretches of `text` between white space, as (start, end, stretch)."""
    return [(*match.span(), match.group()) for match in re.finditer(r"\S+", text)]
