"""What each sentence does, worked by hand on the frozen study; the strip that shows it."""

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from analysis.coding.anatomy import EVENT, JUDGED, KINDS, NONE, QUOTED_WORDS, REMEDY, SETTLEMENT, kind_shares, sentence_kinds
from analysis.corpus.segment import sentences
from analysis.corpus.spans import coded_spans
from analysis.display import notebook
from analysis.display.anatomy import display_anatomy, display_sentences
from tests.support.corpora import rows, with_table, without_rows

FRAMES, PROVISIONS = "codings/frames.csv", "codings/provisions.csv"


def of(table, source_id):
    return table[table.source_id == source_id]


def test_a_sentence_counts_as_that_to_which_most_of_its_words_belong(study):
    """In the first, five words tell an event, four credit, and four are quoted. In the third, five words are quoted and five state a term:
    quoted words stand first. In the eighth four blame and four tell an event: blame stands first."""
    assert rows(of(sentence_kinds(study), "arden1987"), "sentence", "n_words", "kind") == [
        (1, 18, EVENT),
        (2, 12, SETTLEMENT),
        (3, 12, QUOTED_WORDS),
        (4, 7, QUOTED_WORDS),
        (5, 9, SETTLEMENT),
        (6, 15, SETTLEMENT),
        (7, 7, JUDGED),
        (8, 7, JUDGED),
        (9, 13, SETTLEMENT),
        (10, 7, EVENT),
    ]


def test_a_remedy_in_the_text_s_own_voice_comes_first_however_short(study):
    """Seven words of the last sentence are advice of the text's own and eight a term; given to somebody else, the advice is only the smaller
    part."""
    last = of(sentence_kinds(study), "brill1987").iloc[-1]
    assert (last.kind, last.gist, last.code) == (REMEDY, "a guarantee with a duty", "in the text's own voice")
    frames = study.tables[FRAMES]
    others = with_table(study, FRAMES, frames.assign(voice=frames.voice.where(frames.function != "remedy", "Ada Finn")))
    wider = others.tables[PROVISIONS].copy()
    wider.loc[wider.quote == "The Sund Council should guarantee free passage", "end"] += len(", with")
    assert of(sentence_kinds(with_table(others, PROVISIONS, wider)), "brill1987").iloc[-1].kind == SETTLEMENT
    alone = without_rows(others, PROVISIONS, "source_id == 'brill1987'")
    last = of(sentence_kinds(alone), "brill1987").iloc[-1]
    assert (last.kind, last.code) == (REMEDY, "on the word of Ada Finn")


def test_it_says_what_is_said_in_other_words_and_by_whom(study):
    table = of(sentence_kinds(study), "arden1987").set_index("sentence")
    assert table.loc[1, ["gist", "code"]].to_list() == ["The envoy says that a deal is near", "1987-05-04"]
    assert table.loc[3, ["gist", "code"]].to_list() == ["Vesk refuses to pay a toll.", "Ivo Dray"]
    assert table.loc[5, ["gist", "code"]].to_list() == ["Orlo takes 1.5 crowns from each boat.", "Toll, proposed, in the text's own voice"]
    assert table.loc[6, "code"] == "Guarantee of passage, proposed, on the word of Ada Finn"
    assert table.loc[7, ["gist", "code"]].to_list() == ["making a raid", "Vesk blamed, on the word of Ada Finn"]
    assert study.raw["arden1987"][table.loc[7, "start"] : table.loc[7, "end"]] == "after a raid"


def test_a_term_between_quotation_marks_is_nobody_s_speech_and_what_no_code_colours_is_none(study):
    """“Reef war” is a term set apart; the third sentence of Brill has a problem, the second nothing."""
    table = sentence_kinds(study)
    myth = of(table, "cole1988").iloc[-1]
    assert (myth.kind, myth.gist, myth.start) == (NONE, "", -1)
    second, third = of(table, "brill1987").iloc[1:3].itertuples()
    assert (second.kind, second.code, second.start) == (NONE, "", -1)
    assert (third.kind, third.gist, third.code) == (
        NONE,
        "one island alone cannot use the place",
        "problem, in the text's own voice",
    )


def test_of_several_judgements_the_text_s_own_comes_first_and_all_are_told(study):
    """The eighth sentence of Arden blames; a charge on somebody's word that covers all of it does not hide what the text itself says."""
    name = "codings/responsibility.csv"
    eighth = of(sentence_kinds(study), "arden1987").iloc[7]
    held = study.tables[name]
    own = held[(held.source_id == "arden1987") & (held.start == eighth.start)].assign(voice="author", actor="Orlo")
    span = sentences(study).query("source_id == 'arden1987'").iloc[7]
    wider = own.assign(voice="Maris Hale", actor="Vesk", start=span.start, end=span.end)
    charged = pd.concat([held[~held.index.isin(own.index)], wider, own], ignore_index=True)
    said = of(sentence_kinds(with_table(study, name, charged)), "arden1987").iloc[7]
    assert (said.kind, said.code) == (JUDGED, "Orlo blamed, in the text's own voice; Vesk blamed, on the word of Maris Hale")
    assert said.start == own.iloc[0].start


def test_shares_are_shares_of_words(study):
    """Of the 107 words of Arden 12 + 9 + 15 + 13 state terms, 12 + 7 are quoted, 7 + 7 blame, 18 + 7 tell events."""
    table = kind_shares(study).set_index("source_id")
    assert list(table.columns) == ["n_sentences", "n_words", *KINDS]
    assert table.loc["arden1987"].to_list() == pytest.approx([10, 107, *(100 * n / 107 for n in (19, 49, 14, 0, 25, 0))])
    assert table[KINDS].sum(axis="columns").to_list() == pytest.approx([100] * 3)


@pytest.fixture
def displayed(monkeypatch):
    shown = []
    monkeypatch.setattr(notebook, "display", lambda bundle, **options: shown.append((bundle, options["metadata"]["table"])))
    return shown


def test_the_strip_has_a_block_a_sentence_that_leads_to_the_evidence(study, displayed):
    display_anatomy(study)
    ((bundle, said),) = displayed
    page = BeautifulSoup(bundle["text/html"], "html.parser")
    assert said["name"] == page.div["id"] == "fig-anatomy"
    bars = page.select(".anatomy-bar")
    table = sentence_kinds(study)
    assert [len(bar.select(".anatomy-block")) for bar in bars] == list(table.groupby("source_id", sort=False).size())
    assert [int(drawn["width"]) for drawn in page.select(".anatomy-bar svg")] == [2 * n for n in table.n_words]
    anchors = {f"evidence.html#{anchor}" for anchor in coded_spans(study).anchor}
    links = page.select(".anatomy-bar a.ev")
    assert len(links) == (table.start >= 0).sum()
    assert {link["href"] for link in links} <= anchors
    assert all(link["aria-label"] and link.select_one(".ev-words") for link in links)
    assert (
        links[0].select_one(".ev-words").get_text("|") == "The envoy says that a deal is near|event: 1987-05-04|also quoted words; "
        "blame or credit (both credited, on the word of Maris Hale)|Arden 1987, par. 1, 18 words"
    )
    assert not any(sentence in page.get_text() for sentence in sentences(study).sentence)
    assert bundle["text/csv"].startswith("source_id,n_sentences,n_words,quoted words,")


def test_what_the_strip_shows_is_escaped(study, displayed):
    provisions = study.tables[PROVISIONS].assign(position="<b>&</b>")
    display_anatomy(with_table(study, PROVISIONS, provisions))
    page = displayed[0][0]["text/html"]
    assert "<b>" not in page
    assert "&lt;b&gt;&amp;&lt;/b&gt;" in page


def test_every_sentence_stands_in_the_table_behind_the_strip(study, displayed):
    display_sentences(study)
    ((bundle, said),) = displayed
    shown = pd.read_html(pd.io.common.StringIO(bundle["text/html"]))[0]
    assert said["name"] == "tab-what-each-sentence-does"
    assert len(shown) == len(sentences(study))
    assert list(shown.columns) == ["text", "sentence", "words", "kind", "gist", "code", "also", "evidence"]
