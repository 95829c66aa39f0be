"""What each sentence does: one kind of work for each, by the codings that rest on its words.

A sentence may state a term of a settlement, give somebody's words, credit or blame, tell an event, name a remedy, several of these, or
none. Where it names a remedy in the text's own voice, it counts as remedy, however short these words are: a recommendation is what such
a sentence is for. Any other counts as the kind to which most of its words belong; where two have as many, as the one that stands first
in `KINDS`.

Of several judgements in a sentence those in the text's own voice come first, and all of them are told.
"""

from typing import Any, NamedTuple

import pandas as pd

from analysis.coding.units import dimensions
from analysis.corpus.intervals import overlaps
from analysis.corpus.reader import Corpus
from analysis.corpus.segment import sentences, word_offsets
from analysis.corpus.spans import speaker_of
from analysis.corpus.speech import direct_speech
from analysis.corpus.texts import by_publication_date, coded_sources
from analysis.corpus.vocabulary import AUTHOR

KINDS = QUOTED_WORDS, SETTLEMENT, JUDGED, REMEDY, EVENT, NONE = [
    "quoted words",
    "terms of a settlement",
    "blame or credit",
    "remedy",
    "event",
    "none of these",
]


class _Code(NamedTuple):
    """A coded stretch: its place; what it says in other words ("" where no paraphrase was made); its code in words; whether it is in the
    text's own voice."""

    source_id: str
    start: int
    end: int
    gist: str
    code: str
    own: bool = False


def sentence_kinds(corpus: Corpus) -> pd.DataFrame:
    """What each sentence of the coded texts does, text by text in order of publication.

    Columns: source_id; passage_id; sentence (its number in the text, from 1); n_words; kind (one of `KINDS`); gist (what is said, as a
    coding paraphrases it, never in the words of the text; empty where no coding does); code (the code in words; empty where there is none);
    also (what else the sentence does: its other kinds, and of judgements the codes);
    start and end (the coded span that it leads to; -1 where no coding rests on the sentence).

    How the kind is found says the head of this module. Gist, code and span are those of the row of that kind
    that covers most of its words. Quoted words have no paraphrase of their own, nor have sentences of none of these kinds: they
    take that of the term, event, claim or function of framing that covers most of their words.
    """
    coded, others = _coded(corpus), _paraphrased(corpus)
    rows = []
    read = sentences(corpus)[lambda table: table.source_id.isin(coded_sources(corpus).source_id)]
    for source_id, own in by_publication_date(corpus, read).groupby("source_id", sort=False):
        by_kind = {kind: [code for code in codes if code.source_id == source_id] for kind, codes in coded.items()}
        told = [code for code in others if code.source_id == source_id]
        for number, sentence in enumerate(own.itertuples(), start=1):
            words = [(sentence.start + start, sentence.start + end) for start, end in word_offsets(sentence.sentence)]
            shares = {kind: _covered(words, codes) for kind, codes in by_kind.items()}
            kind = max(shares, key=lambda name: shares[name]) if any(shares.values()) else NONE
            own_remedies = [code for code in by_kind[REMEDY] if code.own and _covered(words, [code])]
            kind = REMEDY if own_remedies else kind
            judged = sorted((code for code in by_kind[JUDGED] if _covered(words, [code])), key=lambda code: not code.own)
            code = _all_of(judged, words) if kind == JUDGED else _widest(words, own_remedies or by_kind.get(kind, told))
            also = [_also(name, judged) for name in by_kind if name != kind and shares[name]]
            paraphrase = code if code is None or code.gist else _widest(words, told)
            gist = paraphrase.gist if paraphrase else ""
            said = (code.code, "; ".join(also), code.start, code.end) if code else ("", "", -1, -1)
            rows.append((source_id, sentence.passage_id, number, len(words), kind, gist, *said))
    return pd.DataFrame(rows, columns=["source_id", "passage_id", "sentence", "n_words", "kind", "gist", "code", "also", "start", "end"])


def kind_shares(corpus: Corpus) -> pd.DataFrame:
    """How much of each text does what: source_id, n_sentences, n_words; for each of `KINDS` its share of the words, in percent."""
    table = sentence_kinds(corpus)
    words = table.pivot_table(index="source_id", columns="kind", values="n_words", aggfunc="sum", fill_value=0)
    words = words.reindex(index=coded_sources(corpus).source_id, columns=KINDS, fill_value=0)
    total = words.sum(axis="columns")
    shares = 100 * words.div(total.where(total > 0), axis="index")
    shares.insert(0, "n_words", total)
    shares.insert(0, "n_sentences", table.groupby("source_id").size().reindex(shares.index, fill_value=0))
    return shares.rename_axis(columns=None).reset_index()


def _coded(corpus: Corpus) -> dict[str, list[_Code]]:
    """The coded stretches of each kind, in the order in which kinds with as many words come."""
    label, tables = dict(dimensions(corpus).itertuples(index=False)), corpus.tables
    speech, remedies = direct_speech(corpus), tables["codings/frames.csv"].query("function == 'remedy'")
    return {
        QUOTED_WORDS: [_code(row, "", row.speaker or "nobody named") for row in speech.itertuples()],
        SETTLEMENT: [_term(corpus, row, label) for row in tables["codings/provisions.csv"].itertuples()],
        JUDGED: [
            _code(row, row.act, f"{row.actor} {row.valence}, {_voice(corpus, row)}")._replace(own=row.voice == AUTHOR)
            for row in tables["codings/responsibility.csv"].itertuples()
        ],
        REMEDY: [_code(row, row.summary, _voice(corpus, row))._replace(own=row.voice == AUTHOR) for row in remedies.itertuples()],
        EVENT: [_code(row, row.description, row.date) for row in tables["codings/events.csv"].itertuples()],
    }


def _paraphrased(corpus: Corpus) -> list[_Code]:
    """The coded stretches of which a coding says in other words what stands there, and that judge nobody."""
    label, tables = dict(dimensions(corpus).itertuples(index=False)), corpus.tables
    return [
        *(_term(corpus, row, label) for row in tables["codings/provisions.csv"].itertuples()),
        *(_code(row, row.summary, f"{row.function}, {_voice(corpus, row)}") for row in tables["codings/frames.csv"].itertuples()),
        *(_code(row, row.description, "event") for row in tables["codings/events.csv"].itertuples()),
        *(_code(row, row.claim, "claim") for row in tables["codings/claims.csv"].itertuples()),
    ]


def _code(row: Any, gist: str, code: str) -> _Code:
    return _Code(row.source_id, row.start, row.end, gist, code)


def _term(corpus: Corpus, row: Any, label: dict[str, str]) -> _Code:
    return _code(row, row.position, f"{label[row.dimension]}, {row.level}, {_voice(corpus, row)}")


def _voice(corpus: Corpus, row: Any) -> str:
    """In whose voice a row speaks, in words."""
    whose = speaker_of(corpus, row)
    return "in the text's own voice" if whose == "the text itself" else f"on the word of {whose}"


def _covered(words: list[tuple[int, int]], codes: list[_Code]) -> int:
    """How many of `words` a code covers, each counted once, and where a part of it is covered."""
    return sum(any(overlaps(*word, code.start, code.end) for code in codes) for word in words)


def _all_of(judged: list[_Code], words: list[tuple[int, int]]) -> _Code:
    """All judgements of a sentence as one code, at the place of the widest of those that come first."""
    widest = _widest(words, [code for code in judged if code.own == judged[0].own]) or judged[0]
    first = [widest, *(code for code in judged if code is not widest)]
    gist, code = (
        "; ".join(dict.fromkeys(words for words in told if words)) for told in zip(*((one.gist, one.code) for one in first), strict=True)
    )
    return widest._replace(gist=gist, code=code)


def _also(kind: str, judged: list[_Code]) -> str:
    """A kind that a sentence has beside its own; of judgements with their codes."""
    return kind if kind != JUDGED else f"{kind} ({'; '.join(dict.fromkeys(code.code for code in judged))})"


def _widest(words: list[tuple[int, int]], codes: list[_Code]) -> _Code | None:
    """The first of the codes that cover most of `words`; None where none covers any."""
    widest = max(codes, key=lambda code: _covered(words, [code]), default=None)
    return widest if widest and _covered(words, [widest]) else None
