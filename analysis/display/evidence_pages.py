"""The pages of evidence: every coded span once, by subject, with all that rests on it; and an index by text and paragraph."""

import html
from collections.abc import Callable
from typing import Any

from IPython.display import HTML, display

from analysis.citation_file import read_citation
from analysis.coding.units import value_definitions
from analysis.corpus.dates import edtf_range, is_edtf
from analysis.corpus.reader import Corpus
from analysis.corpus.spans import Coding, cite, coded_spans, voice_in_words
from analysis.corpus.unicode_checks import slug
from analysis.display.contract import ANNOTATIONS_FILE, ANNOTATIONS_SAID, PACKAGE_FILE, PUBLISHED_TABLES
from analysis.display.passages import home_address, source_link, span_words, who_says
from analysis.display.report import report_address

_ROLES = {"proposed": "Named as guarantors", "refusing": "Said to refuse to guarantee", "earlier": "Earlier pledges"}
_ACTORS = {"both": "Both sides", "mediator": "Mediators", "other": "Others"}
_FUNCTIONS = {"problem": "Problems", "cause": "Causes", "moral": "Moral judgements", "remedy": "Remedies"}
# What a row of a coding is about, by its file: a variable whose order is the codebook's ("" where none orders it), the value, the heading.
_Subject = tuple[str, str, str]
_SUBJECTS: dict[str, Callable[[Any], _Subject]] = {
    "codings/provisions.csv": lambda row: ("dimension", row.dimension, row.dimension),
    "codings/guarantors.csv": lambda row: ("role", row.role, _ROLES.get(row.role, row.role)),
    "codings/strengths.csv": lambda row: ("strength", "", "What a guarantee would oblige to"),
    "explanations.csv": lambda row: ("", row.explanation, f"Why the talks stopped: {row.explanation}"),
    "firmness.csv": lambda row: ("", row.step, f"How firm the deal was: {row.step}"),
    "codings/responsibility.csv": lambda row: ("actor", row.actor, f"{_ACTORS.get(row.actor, row.actor)}: credit and blame"),
    "codings/frames.csv": lambda row: ("function", row.function, _FUNCTIONS.get(row.function, row.function)),
    "codings/events.csv": lambda row: ("", _year(row.date), f"Events of {_year(row.date)}"),
    "codings/claims.csv": lambda row: ("topic", row.topic, row.topic),
    "codings/comparisons.csv": lambda row: ("", row.topic, f"Compared with other texts: {row.topic}"),
    "codings/source_checks.csv": lambda row: ("verdict", row.verdict, f"Held against the record: {row.verdict}"),
    "codings/quotations.csv": lambda row: ("", row.speaker, f"Quoted: {voice_in_words(row.speaker)}"),
}


def _year(date: str) -> str:
    return str(edtf_range(date)[0].year) if is_edtf(date) else date


def display_evidence_page(texts: Corpus, page: str) -> None:
    """Display the spans whose home is `page` (one of EVIDENCE_PAGES), by what their first coding is about, and what else is coded there.

    Each shows its words, whose they are, where they stand, and all codings that rest on it; a script lets a reader choose a text.
    """
    subjects, spans = _subjects(texts), coded_spans(texts)
    first = [subjects[(coding.file, _SUBJECTS[coding.file](coding.row))] for coding in (codings[0] for codings in spans.codings)]
    spans = spans.assign(subject=first)
    own = spans[spans.page == page]
    headings = sorted({place for place in own.subject})
    elsewhere: dict[tuple[Any, ...], list[Any]] = {}
    for span in spans.itertuples():
        for place in dict.fromkeys(subjects[(coding.file, _SUBJECTS[coding.file](coding.row))] for coding in span.codings):
            if place != span.subject:
                elsewhere.setdefault(place, []).append(span)
    parts = "".join(
        f'<div class="subject" id="{slug(place[-1])}"><h2>{html.escape(place[-1])}</h2>\n<ol>'
        f"{''.join(map(_entry(texts), own[own.subject == place].itertuples()))}</ol>{_also(texts, elsewhere.get(place, []))}</div>\n"
        for place in headings
    )
    jumps = "".join(f'<li><a href="#{slug(place[-1])}">{html.escape(place[-1])}</a></li>' for place in headings)
    display(HTML(f'<div class="evidence">\n<ul class="jumps screen-only">{jumps}</ul>\n{parts}</div>'))


def _subjects(texts: Corpus) -> dict[tuple[str, _Subject], tuple[Any, ...]]:
    """The place of each subject among all, and its heading as a reader sees it, last: {(file, subject): (file, order, number, heading)}."""
    labels = texts.tables["codebook.csv"].set_index("dimension").label
    found: dict[tuple[str, _Subject], tuple[Any, ...]] = {}
    for number, file in enumerate(_SUBJECTS):
        rows = texts.tables[file]
        values = [_SUBJECTS[file](row) for row in rows[rows.source_id != ""].itertuples()]
        for seen, (variable, value, heading) in enumerate(dict.fromkeys(values)):
            if variable == "dimension":
                order, shown = labels.index.get_loc(value) if value in labels else seen, labels.get(value, value)
            else:
                defined = value_definitions(texts, variable).set_index("value").definition
                order = defined.index.get_loc(value) if value in defined else seen if variable else value
                shown = defined.get(value, value).split(";")[0].rstrip(".") if variable == "topic" else heading
            found[(file, (variable, value, heading))] = (number, order, shown)
    return found


def _entry(texts: Corpus) -> Callable[[Any], str]:
    """A function that shows a span as an entry of a list, in HTML."""
    short = texts.sources.set_index("source_id").short
    file = texts.path.parent / "CITATION.cff"
    given = read_citation(file) if file.exists() else {}

    def entry(span: Any) -> str:
        place = html.escape(f"{who_says(texts, span)}{cite(texts, span.passage_id)}")
        links = "".join(f" · {link}" for link in (source_link(texts, span), _report_link(given, texts, span)) if link)
        codings = "".join(f"<li>{html.escape(words)}</li>" for words in span.supports)
        return (
            f'<li id="{span.anchor}" data-text="{html.escape(short[span.source_id])}"><p>{span_words(texts, span)}</p>'
            f'<p class="where">{place}{links}</p><ul>{codings}</ul></li>\n'
        )

    return entry


def _report_link(given: dict[str, Any], texts: Corpus, span: Any) -> str:
    """A link that opens an issue or a mail on the codings of a span, as HTML; "" where no place for it is named."""
    place = cite(texts, span.passage_id)
    body = "\n".join(
        [f"{place} ({span.anchor}) is coded as:", "", *(f"- {words}" for words in span.supports), "", "What is wrong with it:", ""]
    )
    address = report_address(given, f"Miscoding: {span.anchor}", body)
    return f'<a class="screen-only" href="{html.escape(address)}">report a miscoding</a>' if address else ""


def _also(texts: Corpus, spans: list[Any]) -> str:
    """Links to the spans with a further coding of the same subject, which are shown under the subject of their first."""
    if not spans:
        return ""
    links = "; ".join(f'<a href="{home_address(texts, span)}">{html.escape(cite(texts, span.passage_id))}</a>' for span in spans)
    return f'<p class="also">Also coded here, shown elsewhere: {links}</p>'


def display_evidence_index(texts: Corpus) -> None:
    """Display all coded spans by text and paragraph, each as a link that says in words of the book what its codings say.

    Each entry has the name of its span, so that an address of this page which names a span leads on to where that is shown.
    """
    short = texts.sources.set_index("source_id").short
    for source_id, own in coded_spans(texts).groupby("source_id", sort=False):
        paragraphs = "".join(
            f"<h3>Paragraph {int(passage_id.rsplit('-p', 1)[1])}</h3><ul>"
            + "".join(
                f'<li id="{span.anchor}"><a class="ev-home" href="{home_address(texts, span)}">{html.escape(_gist(span.codings))}</a></li>'
                for span in spans.itertuples()
            )
            + "</ul>\n"
            for passage_id, spans in own.groupby("passage_id", sort=False)
        )
        display(HTML(f'<section class="evidence-index" id="{source_id}"><h2>{html.escape(short[source_id])}</h2>\n{paragraphs}</section>'))


def _gist(codings: list[Coding]) -> str:
    """What the first coding of a span says, and how many more rest on it."""
    return codings[0].words + (f" (and {len(codings) - 1} more)" if len(codings) > 1 else "")


def display_downloads(root: str = "../tables") -> None:
    """Display the published tables and annotations as links to their files, with what each holds; `root` is the folder of the files."""
    said = {f"{name}.csv": f"A row is {table.row}." for name, table in PUBLISHED_TABLES.items()}
    said[ANNOTATIONS_FILE] = ANNOTATIONS_SAID
    said[PACKAGE_FILE] = "What every column of these tables holds, and its type (a Frictionless Data Package)."
    items = "".join(f'<li><a href="{root}/{file}" download>{file}</a>: {html.escape(what)}</li>' for file, what in said.items())
    display(HTML(f"<ul>{items}</ul>"))
