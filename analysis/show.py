"""How a chapter shows what it computed: a figure, a table, numbers for its prose."""

import html
import re

import pandas as pd
from IPython.display import HTML, display
from myst_nb import glue
from pandas.api.types import is_bool_dtype, is_numeric_dtype
from pandas.io.formats.style import Styler

from analysis import chronology, framing, names, proposals
from analysis import claims as records
from analysis import findings as headlines
from analysis.evidence import anchor, cite, cut, shown_share, spans, whole_share
from analysis.plots import narrow, svg

DATES = re.compile(r"–|[\d/~?{},; .-]*\d{4}[\d/~?{},; .-]*")
STYLE_ELEMENT = re.compile(r"<style.*?</style>\n?", re.DOTALL)


NARROW = "application/vnd.figure.narrow+svg"


def figure(draw, *tables):
    """Display the figure that `draw`, a function of `analysis.plots`, makes of `tables`.

    One output holds the drawing as SVG, the drawing for a narrow screen, and the first DataFrame of `tables` as CSV: the data of the
    figure. Its metadata hold the name, caption and alternative text of the figure, and "maker", the name of the function.
    """
    wide = draw(*tables)
    with narrow():
        slim = draw(*tables)
    data = next(table for table in tables if isinstance(table, pd.DataFrame))
    said = wide.description._asdict() | {"maker": f"{draw.__module__}.{draw.__qualname__}"}
    display({"image/svg+xml": svg(wide), NARROW: svg(slim), "text/csv": csv_text(data)}, raw=True, metadata={"figure": said})


def table(data, caption, texts=None):
    """Display a DataFrame as a table that scrolls in its own box on a narrow screen; see `table_html`."""
    display(HTML(table_html(data, caption, texts)))


def table_html(data, caption, texts=None, links=()):
    """A DataFrame as an HTML table in a box that scrolls and that the keyboard reaches.

    The first column heads the rows. Underscores in column names become spaces; with `texts`, source ids become short
    citations; numbers show one decimal and commas for thousands, missing values "none". All cells are escaped but those of
    the columns `links`, which hold HTML.
    """
    if texts is not None:
        short = texts.sources.set_index("source_id").short
        ids = [name for name in data if name.startswith("source_")]
        data = data.assign(**{name: data[name].map(lambda value: short.get(value, value)) for name in ids}).rename(
            columns={"source_id": "text"}
        )
    data = data.rename(columns=lambda name: name.removeprefix("source_").replace("_", " "))
    head = data.columns[0]
    body = data.set_index([data.index, head]).rename_axis(index=[None, None], columns=html.escape(head))
    numeric = [is_numeric_dtype(body[name]) and not is_bool_dtype(body[name]) for name in body]
    kinds = {name: "number" if is_number else "date" * holds_dates(body[name]) for name, is_number in zip(body, numeric, strict=True)}
    classes = pd.DataFrame(kinds, index=body.index)
    styled = Styler(body, uuid=slug(caption), cell_ids=False).format(precision=1, thousands=",", na_rep="none", escape="html")
    styled = styled.format(subset=list(links), escape=None) if links else styled
    styled = styled.format_index(escape="html", axis=0).format_index(escape="html", axis=1).hide(level=0)
    styled = styled.set_td_classes(classes).set_table_attributes('class="table"').set_caption(html.escape(caption))
    cells = STYLE_ELEMENT.sub("", styled.to_html(sparse_index=False))
    for column in (position for position, is_number in enumerate(numeric) if is_number):
        cells = cells.replace(f'class="col_heading level0 col{column}"', f'class="col_heading level0 col{column} number"')
    return f'<div class="scroll" role="region" tabindex="0" aria-label="{html.escape(caption)}">\n{cells}</div>'


def holds_dates(values):
    """Whether a column holds dates in EDTF, several of them or none: these must not break at their hyphens."""
    return len(values) > 0 and all(DATES.fullmatch(str(value)) for value in values)


def csv_text(data):
    """A DataFrame as CSV text, its index with it where the index has a name.

    Quotations are left out: the published tables hold them, cut short, and offsets find them in the raw file.
    """
    named = any(name is not None for name in data.index.names)
    return data.drop(columns="quote", errors="ignore").to_csv(index=named, lineterminator="\n")


def statements(texts, *chosen):
    """Display what the texts say in the dimensions `chosen` ("D01", ...), a folded table a dimension, each statement with its evidence."""
    for dimension in chosen:
        rows = proposals.statements(texts, dimension)
        rows = rows.assign(statement=rows.position, on_the_word_of=rows.attributed_to.where(rows.attributed_to != "", "the text"))
        label = dict(proposals.dimensions(texts).itertuples(index=False))[dimension]
        rows_with_evidence(texts, f"{dimension} {label}", "statement", rows, ["statement", "level", "holder", "document", "on_the_word_of"])


def judgements(texts):
    """Display who is credited or blamed, for what and in whose voice, a folded table an actor, each passage with its evidence."""
    rows = framing.responsibility(texts).rename(columns={"act": "for_what", "voice": "in_whose_voice"})
    for actor in framing.actors(texts):
        own = rows[rows.actor == actor].sort_values("valence", ascending=False, kind="stable")
        rows_with_evidence(texts, actor, "judgement", own, ["valence", "for_what", "matter", "in_whose_voice"])


def functions(texts):
    """Display the problems, causes, moral judgements and remedies of the texts, a folded table a function, each with its evidence."""
    rows = framing.frames(texts).rename(columns={"voice": "in_whose_voice"})
    for function in framing.FUNCTIONS:
        rows_with_evidence(texts, function, "row", rows[rows.function == function], ["summary", "in_whose_voice"])


def events(texts):
    """Display the events that each text mentions, a folded table a text, each with its dating words and its evidence."""
    rows = chronology.events(texts)
    short = texts.sources.set_index("source_id").short
    for source_id, own in rows.groupby("source_id", sort=False):
        rows_with_evidence(texts, short[source_id], "event", own.rename(columns={"date_basis": "basis"}),
                           ["date", "basis", "dated_by", "description"], heading="date")  # fmt: skip


def claims(texts):
    """Display the checkable claims on each topic, a folded table a topic, each with its evidence."""
    rows = records.claims(texts).rename(columns={"attributed_to": "on_the_word_of"})
    for topic in dict.fromkeys(rows.topic):
        rows_with_evidence(texts, topic, "claim", rows[rows.topic == topic], ["claim", "on_the_word_of"])


def comparisons(texts):
    """Display the positions of the texts on each compared topic, a folded table a topic, each with its evidence."""
    rows = records.comparisons(texts)
    for topic, own in rows.groupby("topic", sort=False):
        rows_with_evidence(texts, f"{topic} ({own.relation.iloc[0]})", "statement", own, ["position", "note"])


def source_checks(texts):
    """Display the statements held against the record, a folded table a text: what the text says, what kind of record says what."""
    rows = records.source_checks(texts)
    rows = rows.assign(reference=[records.works(texts, keys) for keys in rows.reference])
    rows = rows.rename(columns={"statement": "the_text_says", "record": "the_record_says"})
    short = texts.sources.set_index("source_id").short
    columns = ["the_text_says", "finding", "layer", "the_record_says", "reference", "grade"]
    for source_id, own in rows.groupby("source_id", sort=False):
        rows_with_evidence(texts, short[source_id], "statement", own, columns)


def findings(texts, root=""):
    """Display the headline findings: sentence, number, in how many ways of counting it holds, chapter, evidence.

    `root` is the path from the page to the chapters.
    """
    table, changes = headlines.robustness(texts).set_index("finding"), headlines.breaking(texts).set_index("finding")
    items = []
    for finding in headlines.FINDINGS:
        row, rests = table.loc[finding.name], finding.rests_on(texts).drop_duplicates("passage_id")
        first = rests.groupby("source_id", sort=False).head(4)
        links = ", ".join(evidence_link(texts, span, f"{root}evidence.html") for span in first.itertuples())
        breaks = [change for change, answer in changes.loc[finding.name].items() if answer == "fails"]
        breaks = f" It fails with: {html.escape(', '.join(breaks))}." if breaks else ""
        more = f" and {plural(len(rests) - len(first), 'more passage')} in the chapter" if len(rests) > len(first) else ""
        items.append(
            f"<li><p><strong>{html.escape(finding.statement)}</strong> ({html.escape(row.figure)}; holds in {row.holds} of "
            f'{row.holds + row.fails} ways of counting in which it can be asked; <a href="{root}{finding.chapter}.html">chapter</a>)</p>'
            f"<p>Rests on {links}{more}.{breaks}</p></li>"
        )
    display(HTML(f'<ol class="findings">{"".join(items)}</ol>'))


def rows_with_evidence(texts, head, noun, rows, columns, heading="source_id"):
    """Display `rows` as a folded table: their text, `columns`, and a link to the evidence; the title counts them as `noun`."""
    where = "" if head in set(texts.sources.short) else f" in {plural(rows.source_id.nunique(), 'text')}"
    title = f"{head}: {plural(len(rows), noun)}{where}"
    shown = rows.assign(evidence=[evidence_link(texts, row) for row in rows.itertuples()])
    columns = [name for name in columns if name != heading]
    cells = table_html(shown[[heading, *columns, "evidence"]], title, texts, ["evidence"])
    fold(title, cells if len(rows) else "<p>Absent from all texts.</p>")


def folded_table(data, caption, texts=None):
    """Display a DataFrame as `table` does, folded away under its caption."""
    fold(caption, table_html(data, caption, texts))


def fold(title, content):
    display(HTML(f'<details class="statements"><summary>{html.escape(title)}</summary>\n{content}</details>'))


def concordance(texts, concept):
    """Display every use of a naming choice with the words around it, folded, as lines that meet at the word."""
    rows = names.shown_concordance(texts, concept)
    short = texts.sources.set_index("source_id").short
    title = f"{concept}: {plural(len(rows), 'line')}"
    lines = "".join(
        f'<tr><th scope="row">{html.escape(short[row.source_id])}</th><td class="left">{html.escape(row.left)}</td>'
        f"<td><b>{html.escape(row.hit)}</b></td><td>{html.escape(row.right)}</td><td>{'quoted' if row.quoted else 'own'}</td></tr>"
        for row in rows.itertuples()
    )
    heads = "".join(f'<th scope="col">{head}</th>' for head in ("text", "before", "word", "after", "whose words"))
    fold(
        title,
        f'<div class="scroll" role="region" tabindex="0" aria-label="{html.escape(title)}"><table class="table concordance">'
        f"<caption>{html.escape(title)}</caption><thead><tr>{heads}</tr></thead><tbody>{lines}</tbody></table></div>",
    )


def strengths(texts):
    """Display the rung of each text's description of guarantees, with the words that put it there."""
    rows = proposals.strengths(texts).query("kind == 'text'")
    shown = rows.assign(evidence=[evidence_link(texts, row) for row in rows.itertuples()])[["evidence", "strength", "note"]]
    shown.insert(0, "source_id", rows.source_id)
    display(HTML(table_html(shown, "The words that put each text on its rung", texts, ["evidence"])))


def plural(number, noun):
    return f"{number} {noun}" + "s" * (number != 1)


def evidence_link(texts, span, page="evidence.html", words=None):
    """A short citation that shows the words of a span and leads to it on the evidence page, as HTML.

    `span` has source_id, passage_id, start, end, quote; `page` is the address of the evidence page; `words` are shown in place of
    the first words of the span.
    """
    target = anchor(span.passage_id, span.start, span.end)
    citation = html.escape(cite(texts, span.passage_id))
    words = html.escape(words or cut(texts, span.source_id, span.start, span.quote))
    return f'<a class="ev" href="{page}#{target}">{citation}<span class="ev-words"> “{words}”</span></a>'


def evidence(texts):
    """Display every span that a coding rests on, text by text: the words, whose they are, where they stand, what rests on them."""
    short = texts.sources.set_index("source_id").short
    for source_id, own in spans(texts).groupby("source_id", sort=False):
        items = "\n".join(
            f'<li id="{span.anchor}"><q>{html.escape(span.shown)}</q>'
            f"<p>{html.escape(cite(texts, span.passage_id))}. Whose words or report: {html.escape(span.whose)}.</p>"
            f"<ul>{''.join(f'<li>{html.escape(support)}</li>' for support in span.supports)}</ul></li>"
            for span in own.itertuples()
        )
        display(HTML(f'<section class="evidence"><h2 id="{source_id}">{html.escape(short[source_id])}</h2>\n<ol>{items}</ol></section>'))


def downloads(root="../tables"):
    """Display the published tables as links to their CSV files, with what a row of each is; `root` is the folder of the files."""
    from analysis.tables import TABLES  # it imports every subject; other chapters do without

    items = "".join(
        f'<li><a href="{root}/{name}.csv" download>{name}.csv</a>: {html.escape(table.description)}</li>' for name, table in TABLES.items()
    )
    display(HTML(f"<ul>{items}</ul>"))


def evidence_summary(texts):
    """The counts of the evidence page: {name: number or text}."""
    share = shown_share(texts)
    return {
        "n_spans": len(spans(texts)),
        "largest_share": round(100 * float(share.max())),
        "largest_text": texts.sources.set_index("source_id").short[share.idxmax()],
        "least_whole": round(100 * float(whole_share(texts).min())),
        "most_whole": round(100 * float(whole_share(texts).max())),
    }


def codebook(texts):
    """Display the codebook, a folded definition list a dimension."""
    parts = {"question": "Question", "definition": "Definition", "includes": "Includes", "excludes": "Excludes",
             "example": "Example", "counter_example": "Counter-example"}  # fmt: skip
    for row in texts.tables["codebook.csv"].itertuples():
        items = "".join(f"<dt>{name}</dt><dd>{html.escape(getattr(row, part))}</dd>" for part, name in parts.items())
        title = html.escape(f"{row.dimension} {row.label}")
        display(HTML(f'<details class="statements" id="{row.dimension}"><summary>{title}</summary><dl>{items}</dl></details>'))


def slug(text):
    """`text` as a name for links: lower-case words joined by hyphens."""
    return "-".join(re.findall(r"[a-z0-9]+", text.lower()))


def numbers(**values):
    """Give names to values that the prose of the book quotes as {glue:text}`name`; numbers get a comma for thousands."""
    for name, value in values.items():
        text = value if isinstance(value, str) else f"{value:,}"
        glue(name, text, display=False)
        print(f"{name} = {text}")
