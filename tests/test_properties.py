"""Rules that hold for any text whatever: offsets, zones, sentences, words, quotations, links, tables, CSV, citations.

Hypothesis makes the texts, always the same ones: letters of many scripts, signs beyond the first plane, combining and direction marks.
"""

import io
import itertools
import re
from pathlib import Path

import lxml.html
import pandas as pd
import pybtex.database
import pytest
import rispy
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from analysis import evidence, grids, names, show
from analysis.characters import as_written, harmless, unseen
from analysis.corpus import Corpus, passages, quoted_spans, sentence_spans, sentences, word_spans, words, zone_problems
from analysis.evidence import Evidence, QuoteError
from book import citation

settings.register_profile(
    "repeatable", derandomize=True, deadline=None, database=None, max_examples=80, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("repeatable")

# Arbitrary Unicode without surrogates, which UTF-8 cannot hold, and prose of what makes rules stumble.
ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
SIGNS = ["“", "”", "‘", "’", '"', "'", "«", "»", "„", "`", "´", "-", "–", "—", "‑", "…", ".", "?", "!", ",", "U.S.", "Ph.D.", "10,000", "1.5", " ",
         "  ", "\u00a0", "\u2009", "\n", "\t", "war", "Kyiv’s", "e\u0301", "İ", "ß", "ﬁ", "𝔸", "😀", "👩\u200d🚀", "שלום", "سلام\u200cها", "क्ष",
         "\u202e", "\u200b", "<b>", "</script>", "&amp;", "&", "{{ x }}", "$", "_"]  # fmt: skip
PROSE = st.lists(st.one_of(st.sampled_from(SIGNS), st.text(st.characters(exclude_categories=["Cs"]), max_size=4)), max_size=40).map("".join)
WORDY = st.lists(st.sampled_from(SIGNS), max_size=30).map(" ".join)
TEXT = st.one_of(ANY, PROSE, WORDY)
MARKED = st.text(st.sampled_from("“”‘’\"'«»„ a."), max_size=30)
LEGAL = TEXT.map(lambda text: "".join(sign for sign in text if not unseen(sign)))  # what `check` lets pass


@st.composite
def corpora(draw):
    """A Corpus of one text, cut into zones of which some are body."""
    text = draw(TEXT.filter(bool))
    cuts = sorted({0, len(text), *draw(st.lists(st.integers(0, len(text)), max_size=4))})
    zones = [("t", start, end, draw(st.sampled_from(["body", "body", "caption"])), "") for start, end in itertools.pairwise(cuts)]
    tables = {
        "zones.csv": pd.DataFrame(zones, columns=["source_id", "start", "end", "zone", "note"]),
        "sources.csv": pd.DataFrame({"source_id": ["t"], "short": ["A Text"]}),
    }
    return Corpus(Path("data"), tables, {"t": text})


@given(corpora())
def test_every_passage_sentence_and_word_is_the_stretch_that_its_offsets_name(corpus):
    raw = corpus.raw["t"]
    for row in [*sentences(corpus).itertuples(), *words(corpus).itertuples()]:
        assert raw[row.start : row.end] == row[5] != ""
    for passage in passages(corpus).itertuples():
        line = raw[passage.start : passage.end]
        assert line == line.strip() != ""
        assert "\n" not in line
        assert passage.n_words == len(word_spans(line))
        assert passage.n_sentences == len(sentence_spans(line))


@given(corpora())
def test_passages_lie_in_body_zones_in_order_and_lose_nothing_but_white_space(corpus):
    body = corpus.zones.query("zone == 'body'")
    own = passages(corpus)
    assert all(((body.start <= row.start) & (row.end <= body.end)).any() for row in own.itertuples())
    assert all(one.end <= other.start for one, other in zip(own.itertuples(), list(own.itertuples())[1:], strict=False))
    kept = "".join(corpus.raw["t"][row.start : row.end] for row in own.itertuples())
    given_ = "".join(corpus.raw["t"][zone.start : zone.end] for zone in body.itertuples())
    assert "".join(kept.split()) == "".join(given_.split())


@given(corpora(), st.data())
def test_zones_that_partition_a_text_with_a_body_have_no_problem_and_others_have_one(corpus, data):
    assume((corpus.zones.zone == "body").any())
    assert zone_problems("data", corpus.zones, corpus.raw) == []
    place = data.draw(st.integers(0, len(corpus.zones) - 1))
    column = data.draw(st.sampled_from(["start", "end"]))
    shifted = corpus.zones.copy()
    shifted.loc[place, column] += data.draw(st.sampled_from([-1, 1]))
    assert zone_problems("data", shifted, corpus.raw)


@given(TEXT)
def test_words_do_not_overlap_hold_no_white_space_and_begin_and_end_as_words_do(text):
    found = word_spans(text)
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(found))
    for start, end in found:
        assert not re.search(r"\s", text[start:end])
        assert text[start].isalnum()
        assert text[end - 1].isalnum() or text[end - 1] == "."
    assert all(
        any(start <= place < end for start, end in found) for place, sign in enumerate(text) if sign.isalpha() and re.match(r"\w", sign)
    )


@given(TEXT.map(lambda text: text.replace("\n", " ")))
def test_sentences_lie_in_order_in_their_paragraph_and_cover_all_its_words(paragraph):
    found = sentence_spans(paragraph)
    assert all(0 <= start < end <= len(paragraph) for start, end in found)
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(found))
    covered = {place for start, end in found for place in range(start, end)}
    assert all(place in covered for start, end in word_spans(paragraph) for place in range(start, end))


@given(st.one_of(TEXT, MARKED))
def test_quoted_stretches_lie_behind_a_mark_within_the_paragraph_and_nest(text):
    found = quoted_spans(text)
    assert found == sorted(found)
    for start, end in found:
        assert 1 <= start <= end <= len(text)
        assert text[start - 1] in "“‘\"'«„"
    for one in found:
        assert all(other[0] >= one[1] or other[1] <= one[1] for other in found if other[0] > one[0])


def quoted_again(text):
    """The rule of `quoted_spans` once more, in the plainest way, quadratic."""
    closing, spans, stack = {"“": "”", "‘": "’", '"': '"', "'": "'", "«": "»", "„": "“"}, {}, []
    for place, sign in enumerate(text):
        before, after = text[:place][-1:], text[place + 1 :][:1]
        letter_follows = sign in "’'" and after.isalnum()
        waiting = [mark for mark, _ in stack]
        if waiting and waiting[-1] == sign and not letter_follows:
            spans[stack.pop()[1]] = place
        elif sign in closing and not before.isalnum() and after.strip():
            stack.append((closing[sign], place + 1))
            spans[place + 1] = len(text)
        elif sign in waiting and sign not in "’'":
            while stack[-1][0] != sign:
                del spans[stack.pop()[1]]
            spans[stack.pop()[1]] = place
    return sorted(spans.items())


@given(st.one_of(TEXT, MARKED))
def test_quoted_stretches_are_those_of_the_plain_rule(text):
    assert quoted_spans(text) == quoted_again(text)


@given(corpora(), st.data())
def test_a_stretch_of_the_body_is_found_where_it_stands(corpus, data):
    raw, own = corpus.raw["t"], passages(corpus)
    assume(len(own))
    passage = own.iloc[data.draw(st.integers(0, len(own) - 1))]
    start = data.draw(st.integers(passage.start, passage.end - 1))
    end = data.draw(st.integers(start + 1, passage.end))
    quote = raw[start:end].strip()
    assume(quote)
    start = raw.index(quote, start)
    hits = evidence.occurrences(raw, quote, own)
    assert (passage.passage_id, start, start + len(quote)) in hits
    same = evidence.folded(quote)[0].strip()
    assert all(evidence.folded(raw[begin:stop])[0] == same for _, begin, stop in hits)
    if len(hits) == 1:
        assert evidence.find(corpus, "t", quote) == Evidence("t", passage.passage_id, start, start + len(quote), quote)
    else:
        with pytest.raises(QuoteError, match=f"occurs {len(hits)} times"):
            evidence.find(corpus, "t", quote)


@given(TEXT)
def test_folding_keeps_a_place_for_every_character_and_is_done_once(text):
    plain, places = evidence.folded(text)
    assert len(plain) == len(places)
    assert places == sorted(set(places))
    assert evidence.folded(plain)[0] == plain == plain.translate(evidence.SAME)
    assert not re.search(r"\s\s|[^\S ]", plain)
    assert "".join(plain.split()).translate(evidence.SAME) == "".join(text.split()).translate(evidence.SAME)


@given(TEXT, st.data())
def test_verbatim_words_are_those_of_the_quotation_however_they_were_typed(quote, data):
    start = data.draw(st.integers(0, len(quote)))
    stretch = quote[start : data.draw(st.integers(start, len(quote)))].strip()
    assume(evidence.folded(stretch)[0].strip())
    found = evidence.verbatim(quote, evidence.folded(stretch)[0])
    assert found in quote
    assert evidence.folded(found)[0] == evidence.folded(stretch)[0]


@given(TEXT)
def test_a_line_of_a_concordance_begins_at_most_four_words_before(text):
    left = names.last_words(text)
    assert text.endswith(left)
    assert left == re.search(r"(?:\S+\s+){0,4}\S*$", text.lstrip()).group()


CELL = st.one_of(LEGAL, st.none(), st.integers(), st.floats(allow_infinity=False))


@pytest.mark.promise("hostile input")
@given(LEGAL, st.lists(st.tuples(CELL, CELL), min_size=1, max_size=4), LEGAL, LEGAL)
def test_a_table_shows_every_cell_head_caption_and_choice_as_text(caption, rows, one, other):
    assume(one != other)
    frame = pd.DataFrame(rows, columns=[one, other], dtype=object)
    made = lxml.html.fragment_fromstring(
        grids.grid(frame, caption, "tab-x", filters={one: []}), parser=lxml.html.HTMLParser(huge_tree=True)
    )
    assert {part.tag for part in made.iter()} <= {"div", "table", "caption", "thead", "tbody", "tr", "th", "td", "wbr"}
    assert {name for part in made.iter() for name in part.attrib} <= {
        "class", "id", "role", "tabindex", "aria-label", "scope", "data-options", "data-sort",
    }  # fmt: skip
    shown = [same(cell.text_content()) for cell in made.iter("th", "td")]
    assert shown == [same(value) for value in (one, other)] + [same(grids.written(value)) for row in rows for value in row]
    assert same(made.find(".//caption").text_content()) == same(caption) == same(made.get("aria-label"))


def same(text):
    """`text` with white space alike."""
    return " ".join(text.split())


@pytest.mark.promise("hostile input")
@given(st.lists(st.tuples(LEGAL, LEGAL, st.integers()), min_size=1, max_size=6))
def test_a_table_comes_back_from_csv_as_it_went_and_no_cell_is_a_formula(rows):
    frame = pd.DataFrame(rows, columns=["=one", "two", "n"])
    back = pd.read_csv(io.StringIO(show.csv_text(frame), newline=""), dtype=str, keep_default_na=False, encoding="utf-8")
    assert [as_written(name) for name in back] == list(frame)
    assert [(as_written(one), as_written(two), int(n)) for one, two, n in back.itertuples(index=False)] == rows
    for value in [*back, *back["'=one"], *back["two"]]:
        assert not re.match(r"[=@\t\n＝＋－＠]", value)
        assert not re.match(r"[+-]", value) or re.fullmatch(r"[+-][0-9.,]+(e[+-]?[0-9]+)?%?", value, re.IGNORECASE)


@given(TEXT)
def test_what_spreadsheets_run_is_marked_and_the_mark_can_be_taken_away(text):
    marked = harmless(pd.DataFrame({"text": [text]})).text[0]
    assert marked in (text, f"'{text}")
    assert as_written(marked) == text


@given(TEXT)
def test_names_for_links_hold_safe_characters_only(text):
    assert re.fullmatch(r"tab-([a-z0-9]+(-[a-z0-9]+)*)?", show.table_name(text))


@pytest.mark.promise("hostile input")
@given(LEGAL, LEGAL, st.sampled_from(["<script>", "<img src=x onerror=y>", '"><b>', "'"]))
def test_an_evidence_link_holds_its_words_as_text_whatever_they_are(words, label, payload):
    words, label = words + payload, label + payload
    span = Evidence("t", "t-p01", 0, 3, words)
    link = lxml.html.fragment_fromstring(show.evidence_link(None, span, words=words, label=label))
    assert [part.tag for part in link.iter()] == ["a", "span"]
    assert set(link.attrib) == {"class", "href"}
    assert link.get("href") == "evidence.html#ev-t-p01-0-3"
    assert same(link.text_content()) == same(f"{label} “{words}”")


NAMED = st.one_of(PROSE, st.text(st.sampled_from("abc{}\\$%#_^~&\"'<>é—-  @=,/:"), max_size=30)).map(lambda text: " ".join(text.split()))
NAMED = NAMED.map(lambda text: "".join(sign for sign in text if not unseen(sign)).strip()).filter(bool)


def edition(title, author):
    return citation.Edition(title, (author,), "1.0", "2026-01-02", "About the book.", ("one",), ("CC-BY-4.0", "MIT"), "https://example.org")


@given(NAMED, NAMED)
def test_a_citation_comes_back_from_ris_as_it_went(title, author):
    (entry,) = rispy.loads(citation.ris(edition(title, author), citation.Page("index", title, 0)))
    assert (entry["title"], entry["authors"]) == (title, [author])


@given(NAMED, NAMED)
def test_a_citation_in_bibtex_is_one_entry_with_the_fields_that_were_given(title, author):
    read = pybtex.database.parse_string(citation.bibtex(edition(title, author), citation.Page("index", title, 0)), "bibtex")
    ((_, entry),) = read.entries.items()
    assert set(entry.fields) == {"title", "publisher", "year", "note", "url"}
    assert len(entry.persons["author"]) == 1


@pytest.mark.promise("hostile input")
@given(NAMED, NAMED)
def test_nothing_in_a_title_or_a_name_ends_the_tags_of_a_head(title, author):
    page = citation.Page("index", title, 0, description=title)
    head = lxml.html.document_fromstring(
        f"<html><head>{citation.head_tags(edition(title, author), page)}</head><body><p>x</p></body></html>"
    ).head
    assert {part.tag for part in head} <= {"meta", "link", "script"}
    (script,) = head.findall("script")
    assert not re.search("[<>&]", script.text)
    assert citation.json.loads(script.text)["name"] == title
    assert same(head.xpath("string(meta[@name='DC.title']/@content)")) == same(title)
