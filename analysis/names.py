"""Naming choices, by rule: what the texts call events, places, persons and papers.

Each row of names.csv is one form of one concept, with the pattern that finds it. Counts are of the bodies; words between quotation marks
are counted apart, since a choice in them is the speaker's.
"""

import re

import pandas as pd

from analysis.corpus import passages, word_spans
from analysis.evidence import IN_LINES, naming_choices, visible
from analysis.proposals import in_order
from analysis.provenance import sources
from analysis.voices import quotations

PER = 1000  # words, for a rate
AROUND = 4  # words that a concordance line shows on each side


def hits(corpus):
    """Every place where a form stands in a body: source_id, passage_id, concept, form, start, end, quoted (between quotation marks)."""
    said, rows = quotations(corpus).query("kind != 'title'"), naming_choices(corpus)
    return rows.assign(quoted=[
        bool(((said.source_id == row.source_id) & (said.start <= row.start) & (row.end <= said.end)).any()) for row in rows.itertuples()
    ])  # fmt: skip


def names(corpus):
    """How often each text uses each form: a row for each text and form that it uses.

    Columns: source_id; concept; form; n (in the body); per_1000 (n per 1,000 words of the body); n_author and n_quoted, its two parts.
    """
    counts = hits(corpus).groupby(["source_id", "concept", "form"]).quoted.agg(["size", "sum"]).reset_index()
    body = passages(corpus).groupby("source_id").n_words.sum()
    counts = counts.assign(n=counts["size"], n_quoted=counts["sum"].astype(int), n_author=counts["size"] - counts["sum"].astype(int))
    counts["per_1000"] = PER * counts.n / counts.source_id.map(body)
    listed = corpus.tables["names.csv"][["concept", "form"]].assign(place=range(len(corpus.tables["names.csv"])))
    ordered = counts.merge(listed, on=["concept", "form"]).sort_values("place", kind="stable")
    return in_order(corpus, ordered)[["source_id", "concept", "form", "n", "per_1000", "n_author", "n_quoted"]]


def concepts(corpus):
    """The concepts in the order of names.csv."""
    return list(dict.fromkeys(corpus.tables["names.csv"].concept))


def by_form(corpus, concept):
    """The forms of one concept: a row a form, a column a text; "3" of the author's own, "3 + 1 quoted", or "–": absent from the text."""
    own = names(corpus).query("concept == @concept").set_index(["form", "source_id"])
    forms = corpus.tables["names.csv"].query("concept == @concept").form
    short = sources(corpus).set_index("source_id").short
    cells = {
        name: [cell(own.loc[form, source_id]) if (form, source_id) in own.index else "–" for form in forms]
        for source_id, name in short.items()
    }
    return pd.DataFrame({"form": list(forms), **cells})


def rates(corpus):
    """Uses of each form per 1,000 words of the body, quotations included: concept, form, and a column a text (0: absent from the text)."""
    own = names(corpus).pivot(index=["concept", "form"], columns="source_id", values="per_1000")
    listed = corpus.tables["names.csv"][["concept", "form"]]
    short = sources(corpus).set_index("source_id").short
    table = own.reindex(index=pd.MultiIndex.from_frame(listed), columns=short.index).fillna(0)
    return table.rename(columns=short).rename_axis(columns=None).reset_index()


SPELLING = "spelling: "


def spellings(corpus):
    """Which spelling each text uses: a row for each concept that begins with "spelling: ", a column a text; "–": absent from the text."""
    own = names(corpus)
    own = own.assign(form=own.form.where(own.n_author > 0, own.form + " (quoted)"))
    used = own.groupby(["concept", "source_id"]).form.agg(" and ".join)
    chosen = [concept for concept in concepts(corpus) if concept.startswith(SPELLING)]
    short = sources(corpus).set_index("source_id").short
    cells = {name: [used.get((concept, source_id), "–") for concept in chosen] for source_id, name in short.items()}
    return pd.DataFrame({"concept": [concept.removeprefix(SPELLING) for concept in chosen], **cells})


def cell(row):
    """One cell of `by_form`."""
    return f"{row.n_author:.0f} + {row.n_quoted:.0f} quoted" if row.n_quoted else f"{row.n_author:.0f}"


def concordance(corpus, concept, form=None):
    """Every use of a concept's forms with the words around it: source_id, passage_id, form, left, hit, right, quoted, start, end.

    `start` and `end` span the whole line.
    """
    own = hits(corpus).query("concept == @concept")
    own = own if form is None else own.query("form == @form")
    bounds = passages(corpus).set_index("passage_id")
    rows = []
    for row in own.sort_values(["source_id", "start"]).itertuples():
        raw, passage = corpus.raw[row.source_id], bounds.loc[row.passage_id]
        left = last_words(raw[passage.start : row.start])
        right = re.match(rf"\S*(?:\s+\S+){{0,{AROUND}}}", raw[row.end : passage.end]).group()
        rows.append((row.source_id, row.passage_id, row.form, left, raw[row.start : row.end], right, row.quoted,
                     row.start - len(left), row.end + len(right)))  # fmt: skip
    columns = ["source_id", "passage_id", "form", "left", "hit", "right", "quoted", "start", "end"]
    return in_order(corpus, pd.DataFrame(rows, columns=columns))


def last_words(text):
    """The end of `text` from its last AROUND words on, not counting one that runs into what follows."""
    begins = [begin for begin, _, _ in pieces(text)]
    n = AROUND + (not text[-1:].isspace())
    return text[begins[-n:][0] :] if begins else ""


def shown_concordance(corpus, concept):
    """`concordance` with only those words around the hit that the book may show (`evidence.visible`), "…" in place of the others.

    Raises ValueError for a concept that is not in `evidence.IN_LINES`: the words of its forms are not counted as shown.
    """
    if concept not in IN_LINES:
        raise ValueError(f"the lines of {concept!r} are not counted as shown; add it to IN_LINES in analysis/evidence.py")
    rows = concordance(corpus, concept)
    seen = visible(corpus)
    lefts, rights = [], []
    for row in rows.itertuples():
        left = [(row.start + begin, text) for begin, _, text in pieces(row.left)]
        right = [(row.end - len(row.right) + begin, text) for begin, _, text in pieces(row.right)]
        lefts.append(joined_while_visible(left[::-1], seen[row.source_id])[::-1])
        rights.append(joined_while_visible(right, seen[row.source_id]))
    return rows.assign(left=[" ".join(words) for words in lefts], right=[" ".join(words) for words in rights])


def pieces(text):
    """The stretches of `text` between white space, as (start, end, stretch)."""
    return [(*match.span(), match.group()) for match in re.finditer(r"\S+", text)]


def joined_while_visible(words, seen):
    """The stretches of `words` up to the first with a word that is not `seen`, then "…"."""
    for place, (start, text) in enumerate(words):
        if any(start + begin not in seen for begin, _ in word_spans(text)):
            return [*(shown for _, shown in words[:place]), "…"]
    return [text for _, text in words]


def summary(corpus):
    """The counts of this module that the prose of the book quotes: {name: number}."""
    own = names(corpus)
    return {
        "n_concepts": len(concepts(corpus)),
        "per_words": PER,
        "n_forms": len(corpus.tables["names.csv"]),
        **{f"{row.source_id}_{slug(row.form)}": row.n_author for row in own.itertuples()},
        **{f"{row.source_id}_{slug(row.form)}_quoted": row.n_quoted for row in own.itertuples()},
    }


def slug(form):
    return re.sub(r"\W+", "_", form.lower())
