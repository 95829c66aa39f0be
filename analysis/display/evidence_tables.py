"""Tables whose rows lead to the words that they rest on."""

import html
from typing import Any

import pandas as pd
from IPython.display import HTML, display

from analysis.coding.claims import check_table, claim_table, comparison_table
from analysis.coding.events import event_table, sort_by_date
from analysis.coding.explanations import told_explanations
from analysis.coding.framing import frame_table, judged_actors, judgement_table
from analysis.coding.guarantees import commitment_scores, instrument_positions
from analysis.coding.multiverse import evidence_rows, stated_of
from analysis.coding.quotations import with_speakers
from analysis.coding.sureness import hinges, sureness
from analysis.coding.terms import term_matrix_with_spans, terms_in_dimension
from analysis.coding.units import dimensions, value_definitions
from analysis.corpus.bibliography import format_references
from analysis.corpus.reader import Corpus
from analysis.corpus.spans import cite
from analysis.corpus.texts import coded_sources
from analysis.corpus.vocabulary import ABSENT, FUNCTIONS, LEVELS, STATED, UNMARKED, VERDICTS
from analysis.display.chapters import chapter_link, chapter_title
from analysis.display.html_table import ByColumn
from analysis.display.notebook import collapsible, display_html_table, reader_columns, table_name
from analysis.display.passages import home_address, span_words, who_says
from analysis.display.statuses import finding_as_stated
from analysis.number_words import plural


def display_terms(texts: Corpus, *chosen: str) -> None:
    """Display what the texts say in the dimensions `chosen` (their ids), a folded table a dimension, each statement with its evidence."""
    for dimension in chosen:
        rows = terms_in_dimension(texts, dimension)
        rows = rows.assign(
            level=[_level_with_basis(row) for row in rows.itertuples()],
            statement=rows.position,
            on_the_word_of=rows.attributed_to.where(rows.attributed_to != "", "the text"),
        )
        label = dict(dimensions(texts).itertuples(index=False))[dimension]
        display_evidence_rows(
            texts, f"{dimension} {label}", "statement", rows, ["statement", "level", "holder", "document", "on_the_word_of"]
        )


def _level_with_basis(row: Any) -> str:
    return row.level if row.basis == STATED else f"{row.level} ({row.basis})"


def _voice_with_rejection(row: Any) -> str:
    return f"{row.voice}, rejected by {row.rejected_by}" if row.rejected_by else row.voice


def display_judgements(texts: Corpus) -> None:
    """Display who is credited or blamed, for what and in whose voice, a folded table an actor, each passage with its evidence."""
    rows = judgement_table(texts).rename(columns={"act": "for_what"})
    rows = rows.assign(in_whose_voice=[_voice_with_rejection(row) for row in rows.itertuples()])
    for actor in judged_actors(texts):
        own = rows[rows.actor == actor].sort_values("valence", ascending=False, kind="stable")
        display_evidence_rows(texts, actor, "judgement", own, ["valence", "for_what", "matter", "in_whose_voice"])


def display_functions(texts: Corpus) -> None:
    """Display the problems, causes, moral judgements and remedies of the texts, a folded table a function, each with its evidence."""
    rows = frame_table(texts)
    rows = rows.assign(in_whose_voice=[_voice_with_rejection(row) for row in rows.itertuples()])
    for function in FUNCTIONS:
        display_evidence_rows(texts, function, "row", rows[rows.function == function], ["summary", "in_whose_voice"])


def display_term_matrix(texts: Corpus) -> None:
    """Display at which levels each text speaks of each dimension, or "absent", to sort, search and filter.

    A level leads to the first words that it rests on.
    """
    rows, order = term_matrix_with_spans(texts), _short_names(texts)
    named = rows.assign(dimension=rows.dimension + " " + rows.label, link=[_level_link(texts, row) for row in rows.itertuples()])
    levels, links = (
        named.groupby(["dimension", "source_id"])[column].agg(", ".join).unstack()[list(order)].rename(columns=order)
        for column in ("level", "link")
    )
    filters = {text: [*LEVELS, ABSENT] for text in order.values()}
    shown = levels.rename_axis(columns=None).reset_index()
    display_html_table(shown, rows, "Dimensions by text and level", links=links.to_dict("list"), filters=filters)


def _level_link(texts: Corpus, row: Any) -> str:
    """A level as a link to the first words that it rests on, as HTML; plain where a dimension is absent from a text."""
    return html.escape(row.level) if row.level == ABSENT else evidence_link(texts, row, label=row.level)


def display_positions(texts: Corpus, instrument: str, caption: str) -> None:
    """Display what an instrument says in each dimension, or that it was not in the part seen, to sort, search and filter."""
    labels = dict(dimensions(texts).itertuples(index=False))
    rows = instrument_positions(texts, instrument).drop(columns="instrument")
    shown = rows.assign(dimension=[f"{dimension} {labels[dimension]}" for dimension in rows.dimension])
    display_html_table(shown, rows, caption, filters={"side": [UNMARKED], "grade": []})


def display_quotations(texts: Corpus) -> None:
    """Display every quotation, whole, to sort, search and filter."""
    rows = with_speakers(texts)
    shown = reader_columns(rows.drop(columns=["passage_id", "start", "end"]), texts).rename(columns={"paragraph": "par."})
    filters = {"text": list(_short_names(texts).values()), "side": [], "kind": [], "speaker": []}
    display_html_table(shown, rows.drop(columns="paragraph"), "All quotations", filters=filters)


def display_events(texts: Corpus) -> None:
    """Display the events that the texts mention by date, with their dating words and their evidence, to sort, search and filter."""
    rows = sort_by_date(event_table(texts)).rename(columns={"description": "event", "date_basis": "basis"})
    shown, data, links = _attach_evidence(texts, rows, ["date", "source_id", "event", "basis", "dated_by"])
    display_html_table(shown, data, "All events", links=links, filters={"text": list(_short_names(texts).values()), "basis": []})


def display_claims(texts: Corpus) -> None:
    """Display the checkable claims topic by topic, each with its evidence, to sort, search and filter."""
    topics = list(value_definitions(texts, "topic").value)
    rows = claim_table(texts).rename(columns={"attributed_to": "on_the_word_of"})
    rows = rows.sort_values("topic", key=lambda column: column.map(topics.index), kind="stable")
    shown, data, links = _attach_evidence(texts, rows, ["topic", "source_id", "claim", "on_the_word_of"])
    display_html_table(shown, data, "All claims", links=links, filters={"topic": topics, "text": list(_short_names(texts).values())})


def _short_names(texts: Corpus) -> dict[str, str]:
    """The short citation of each coded text, in order of publication: {source_id: citation}."""
    return dict(coded_sources(texts)[["source_id", "short"]].itertuples(index=False))


def display_comparisons(texts: Corpus) -> None:
    """Display the positions of the texts on each compared topic, a folded table a topic, each with its evidence."""
    rows = comparison_table(texts)
    for topic, own in rows.groupby("topic", sort=False):
        display_evidence_rows(texts, topic, "statement", own, ["position", "note"], remark=f" ({own.relation.iloc[0]})")


def display_checks(texts: Corpus) -> None:
    """Display the statements held against the record, a folded table a text: what the text says, what kind of record says what."""
    rows = check_table(texts)
    rows = rows.assign(reference=[format_references(texts, keys) for keys in rows.reference])
    rows = rows.rename(columns={"statement": "the_text_says", "record": "the_record_says"})
    short = texts.sources.set_index("source_id").short
    columns = ["the_text_says", "verdict", "ground", "the_record_says", "reference", "grade"]
    for source_id, own in rows.groupby("source_id", sort=False):
        display_evidence_rows(texts, short[source_id], "statement", own, columns, filters={"verdict": VERDICTS, "grade": []})


def display_explanations(texts: Corpus) -> None:
    """Display where the texts tell or hint at an explanation of why the talks stopped, each row with its evidence."""
    rows = told_explanations(texts).rename(columns={"advanced_by": "on_the_word_of", "evidence": "ground"})
    shown, data, links = _attach_evidence(texts, rows, ["explanation", "source_id", "stance", "on_the_word_of", "ground"])
    display_html_table(shown, data, "Explanations in the texts of why the talks stopped", links=links)


def display_findings(texts: Corpus, root: str = "", most: int | None = None) -> None:
    """Display the headline findings, or the first `most`: statement, how sure it is, and the chapter that tells it.

    `root` is the path from the page to the chapters.
    """
    items = [
        f"<li><p>{_statement(texts, finding.finding)} {_chapter_link(texts, finding.chapter, root)}</p></li>"
        for finding in texts.tables["findings.csv"][:most].itertuples()
    ]
    display(HTML(f'<ol class="findings">{"".join(items)}</ol>'))


def display_findings_in_full(texts: Corpus) -> None:
    """Display every headline finding with how sure it is, the choices on which it hinges, the words on which it rests, and its chapter."""
    items = []
    for finding in texts.tables["findings.csv"].itertuples():
        stated = stated_of(texts, finding.finding)
        rests = evidence_rows(stated, finding.finding).drop_duplicates("passage_id").sort_values("passage_id")
        links = [
            f"{html.escape(short)}: " + ", ".join(_paragraph_link(texts, span, short) for span in own.itertuples())
            for source_id, short in _short_names(texts).items()
            if len(own := rests[rests.source_id == source_id])
        ]
        items.append(
            f"<li><p>{_statement(texts, finding.finding)}</p>"
            f"<p>On what it hinges: {html.escape(hinges(stated, finding.finding))}</p>"
            f"<p>Rests on: {'; '.join(links)}. Told in {_chapter_link(texts, finding.chapter)}.</p></li>"
        )
    display(HTML(f'<ol class="findings">{"".join(items)}</ol>'))


def _statement(texts: Corpus, finding: str) -> str:
    """The statement of a finding and how sure it is, as HTML."""
    statement, own = finding_as_stated(texts, finding)
    return f"<strong>{html.escape(statement)}</strong> {html.escape(sureness(own, finding))}"


def _paragraph_link(texts: Corpus, span: Any, short: str) -> str:
    """A link to a span that shows its paragraph alone: the text was named."""
    return evidence_link(texts, span, label=cite(texts, span.passage_id).removeprefix(f"{short}, "))


def _chapter_link(texts: Corpus, chapter: str, root: str = "") -> str:
    book = texts.path.parent
    return chapter_link(book, chapter, html.escape(chapter_title(book, chapter)), f"{root}{chapter}.html", "chapter")


def display_evidence_rows(
    texts: Corpus, head: str, noun: str, rows: pd.DataFrame, columns: list[str], remark: str = "", filters: ByColumn | None = None
) -> None:
    """Display `rows` as a folded table: their text, `columns`, and a link to the evidence; the title counts them as `noun`.

    The name of the table holds neither the count nor the `remark`, so that it stays when a coding changes.
    """
    where = "" if head in set(texts.sources.short) else f" in {plural(rows.source_id.nunique(), 'text')}"
    title, name = f"{head}{remark}: {plural(len(rows), noun)}{where}", table_name(f"{head} {noun}s")
    if rows.empty:
        display(HTML(collapsible(title, "<p>Absent from all texts.</p>")))
    else:
        shown, data, links = _attach_evidence(texts, rows, ["source_id", *columns])
        display_html_table(shown, data, title, name, links, filters, fold=True)


def _attach_evidence(texts: Corpus, rows: pd.DataFrame, columns: list[str]) -> tuple[pd.DataFrame, pd.DataFrame, dict[str, list[str]]]:
    """`columns` of `rows` with their evidence: as a citation, for readers; as its place, for a CSV file; as links, see `render_table`."""
    shown = reader_columns(rows[columns], texts).assign(evidence=[cite(texts, passage_id) for passage_id in rows.passage_id])
    return shown, rows[[*columns, "passage_id", "start", "end"]], {"evidence": [evidence_link(texts, row) for row in rows.itertuples()]}


def display_commitments(texts: Corpus) -> None:
    """Display the rung of each text's description of guarantees, with the words that put it there."""
    rows = commitment_scores(texts).query("kind == 'text'")
    shown, data, links = _attach_evidence(texts, rows, ["source_id", "strength", "note"])
    display_html_table(shown, data, "The words that put each text on its rung", links=links)


def evidence_link(texts: Corpus, span: Any, page: str = "evidence.html", words: str | None = None, label: str | None = None) -> str:
    """A short citation that leads to a span among the evidence and shows all its words, those around them and who says them, as HTML.

    `span` has source_id, passage_id, start, end, quote; `page` is the address of the page Evidence, with whose folder that of the span
    begins; `words` are those of the span that are set off, `label` is shown in place of the citation.
    """
    citation = cite(texts, span.passage_id)
    shown = f"{span_words(texts, span, words or '')} <small>{html.escape(who_says(texts, span) + citation)}</small>"
    return (
        f'<a class="ev" href="{home_address(texts, span, page)}">{html.escape(label or citation)}<span class="ev-words"> {shown}</span></a>'
    )


def display_codebook(texts: Corpus) -> None:
    """Display the codebook, a folded definition list a dimension."""
    parts = {
        "question": "Question",
        "definition": "Definition",
        "includes": "Includes",
        "excludes": "Excludes",
        "example": "Example",
        "counter_example": "Counter-example",
    }
    for row in texts.tables["codebook.csv"].itertuples():
        items = "".join(f"<dt>{name}</dt><dd>{html.escape(getattr(row, part))}</dd>" for part, name in parts.items())
        title = html.escape(f"{row.dimension} {row.label}")
        display(HTML(f'<details class="statements" id="{row.dimension}"><summary>{title}</summary><dl>{items}</dl></details>'))
