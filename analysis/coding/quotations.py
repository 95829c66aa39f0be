"""Whose words: what the texts put between quotation marks, who said it, and through whom it came.

Codings are rows of `codings/quotations.csv`: one stretch between an opening and its closing mark. A rule finds such stretches
too; it proposes rows and checks the hand table, and the book prints how well it does.
"""

import re

import pandas as pd

from analysis.corpus.reader import Corpus
from analysis.corpus.segment import passages, quotation_offsets, running_text, tokenize_passages
from analysis.corpus.spans import voice_in_words
from analysis.corpus.speech import direct_speech, quotation_table
from analysis.corpus.texts import by_publication_date, coded_sources
from analysis.corpus.vocabulary import AUTHOR

_MOST_SIDES = 7  # as many as a reader can tell apart in a figure


def extraction_quality(corpus: Corpus) -> pd.DataFrame:
    """How the rule does against the hand table: a row a coded text and one for all; hand, found, both (counts), precision, recall (0 to 1).

    A stretch counts as found only with exactly the same offsets. Precision and recall are NaN where there is nothing to count.
    """
    tables = (quotation_table(corpus), tokenize_passages(corpus, quotation_offsets, "quote"))
    hand, found = (set(zip(table.source_id, table.start, table.end, strict=True)) for table in tables)
    rows, ids = [], set(coded_sources(corpus).source_id)
    found = {span for span in found if span[0] in ids}
    for name in [*coded_sources(corpus).source_id, "all"]:
        own, seen = ({span for span in spans if name in ("all", span[0])} for spans in (hand, found))
        both = len(own & seen)
        rows.append((name, len(own), len(seen), both, both / len(seen) if seen else float("nan"), both / len(own) if own else float("nan")))
    return pd.DataFrame(rows, columns=["source_id", "hand", "found", "both", "precision", "recall"])


def with_speakers(corpus: Corpus) -> pd.DataFrame:
    """Every quotation, whole, with who says it and where.

    Columns: source_id, paragraph (its number), speaker, side, kind, via (these missing where there is none), words, passage_id, start, end.
    """
    table = quotation_table(corpus)
    table = table.assign(
        paragraph=table.passage_id.str.rsplit("-p").str[-1].astype(int),
        speaker=table.speaker.map(voice_in_words).replace("", None),
        side=table.speaker.map(corpus.tables["people.csv"].set_index("name").side).astype(object).where(table.speaker != AUTHOR, None),
        via=table.via.replace("", None),
    ).rename(columns={"quote": "words"})
    return table[["source_id", "paragraph", "speaker", "side", "kind", "via", "words", "passage_id", "start", "end"]]


def quotations_by_text(corpus: Corpus) -> pd.DataFrame:
    """Quotation in each text: source_id; quotations (all); terms (and titles, which let nobody speak); speakers; words (in speech and
    documents, each once); share (of the body's words, %).

    `share` is missing where a text lets nobody speak: no balance can be read from it.
    """
    every, table = quotation_table(corpus), direct_speech(corpus)
    body = passages(corpus).groupby("source_id").n_words.sum()
    rows = []
    for source_id in coded_sources(corpus).source_id:
        n, own = (every.source_id == source_id).sum(), table[table.source_id == source_id]
        share = 100 * own.n_words.sum() / body[source_id] if len(own) else None
        rows.append((source_id, int(n), int(n - len(own)), own.speaker.nunique(), int(own.n_words.sum()), share))
    return pd.DataFrame(rows, columns=["source_id", "quotations", "terms", "speakers", "words", "share"]).astype({"share": float})


def quoted_words_by_side(corpus: Corpus) -> pd.DataFrame:
    """Words in quotation by the side of the speaker: a row a text that quotes, a column a side (the smallest together), counts."""
    table = direct_speech(corpus)
    counts = table.pivot_table(index="source_id", columns="side", values="n_words", aggfunc="sum", fill_value=0)
    if counts.shape[1] > _MOST_SIDES:
        small = counts.sum().sort_values().index[: counts.shape[1] - _MOST_SIDES + 1]
        counts = counts.drop(columns=small).assign(**{"other sides": counts[small].sum(axis="columns")})
    order = [source_id for source_id in coded_sources(corpus).source_id if source_id in counts.index]
    return counts.loc[order, counts.sum().sort_values(ascending=False).index]


def quotations_by_speaker(corpus: Corpus) -> pd.DataFrame:
    """Who is quoted: speaker, side, source_id, n (quotations), n_words; most words first within each text."""
    table = direct_speech(corpus)
    counts = table.groupby(["source_id", "speaker", "side"], sort=False).agg(n=("quote", "size"), n_words=("n_words", "sum")).reset_index()
    return by_publication_date(corpus, counts.sort_values(["n_words", "speaker"], ascending=[False, True]))


def attribution_chains(corpus: Corpus) -> pd.DataFrame:
    """Through whom the words come, as the text names it: source_id, speaker, via (reporters, nearest to the speaker first), length, n.

    `length` counts the reporters between the speaker and the text, `n` the quotations. Where none is named there is no row.
    """
    table = quotation_table(corpus).query("via != ''")
    rows = table.groupby(["source_id", "speaker", "via"], sort=False).size().reset_index(name="n")
    rows["length"] = rows.via.str.count(" > ") + 1
    return by_publication_date(corpus, rows)[["source_id", "speaker", "via", "length", "n"]]


def quotation_routes(corpus: Corpus) -> pd.DataFrame:
    """The ways by which words in quotation came into each text: source_id, speaker, side, via, kind, n (quotations), n_words.

    `via` names the reporters, nearest to the speaker first, and is "" where the text names none; `kind` is "speech", or "document" where a
    paper or a newspaper speaks for itself. Within a text the side quoted most stands first, then its speakers by their words.
    """
    columns = ["source_id", "speaker", "side", "via", "kind"]
    table = direct_speech(corpus).groupby(columns, sort=False).agg(n=("quote", "size"), n_words=("n_words", "sum")).reset_index()
    for name, by in {"_side": ["source_id", "side"], "_speaker": ["source_id", "speaker"]}.items():
        table[name] = -table.groupby(by).n_words.transform("sum")
    order = ["_side", "side", "_speaker", "speaker", "via", "kind"]
    return by_publication_date(corpus, table.sort_values(order, kind="stable"))[[*columns, "n", "n_words"]]


def named_but_unquoted(corpus: Corpus) -> pd.DataFrame:
    """The people of people.csv that a text names in its body and does not quote: source_id, names (joined by commas; "nobody")."""
    people = corpus.tables["people.csv"].query("kind == 'person'")
    speakers = direct_speech(corpus).groupby("source_id").speaker.agg(set)
    rows = []
    for source_id in coded_sources(corpus).source_id:
        own = passages(corpus).query("source_id == @source_id")
        body = "\n".join(running_text(corpus, source_id)[p.start : p.end] for p in own.itertuples())
        said = {name for speaker in speakers.get(source_id, ()) for name in speaker.split(" and ")}
        silent = [
            row.name
            for row in people.itertuples(index=False)
            if any(mentions(body, alias) for alias in row.aliases.split(";")) and row.name not in said
        ]
        rows.append((source_id, ", ".join(silent) or "nobody"))
    return pd.DataFrame(rows, columns=["source_id", "names"])


def mentions(body: str, alias: str) -> bool:
    """Whether `alias` stands in `body` as words of its own."""
    return re.search(rf"\b{re.escape(alias)}\b", body) is not None
