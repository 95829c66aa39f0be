"""How a chapter shows what it computed: a figure, a table, numbers for its prose."""

import html

import pandas as pd
from IPython.display import HTML, display
from myst_nb import glue

from analysis import chronology, framing, names, proposals, provenance, voices
from analysis import claims as records
from analysis import findings as headlines
from analysis.characters import harmless, slug
from analysis.contract import PACKAGE_FILE, PUBLISHED_TABLES
from analysis.evidence import anchor, cite, spans
from analysis.grids import grid
from analysis.plots import narrow, svg
from analysis.vocabulary import ABSENT, FUNCTIONS, LEVELS

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
    """Display a DataFrame as a table that scrolls in its own box on a narrow screen; see `grids.grid`.

    Underscores in column names become spaces; with `texts`, source ids become short citations.
    """
    put(readable(data, texts), data, caption)


def folded_table(data, caption, texts=None):
    """Display a DataFrame as `table` does, folded away under its caption."""
    put(readable(data, texts), data, caption, fold=True)


def put(shown, data, caption, name=None, links=None, filters=None, fold=False):
    """Display `shown` as a table, with `data` as its CSV, and the name and caption by which a page refers to it.

    `links` and `filters`: see `grids.grid`; `fold`: folded away under its caption.
    """
    name = name or table_name(caption)
    content = grid(shown, caption, name, links, filters)
    display({"text/html": folded(caption, content) if fold else content, "text/csv": csv_text(data)}, raw=True,
            metadata={"table": {"name": name, "caption": caption}})  # fmt: skip


def folded(title, content):
    """`content` folded away under `title`, as HTML."""
    return f'<details class="statements"><summary>{html.escape(title)}</summary>\n{content}</details>'


def table_name(title):
    """The name of a table, for links: "tab-genre-and-length"."""
    return f"tab-{slug(title)}"


def readable(data, texts=None):
    """`data` with its columns named for readers and, with `texts`, short citations in place of source ids."""
    if texts is not None:
        short = texts.sources.set_index("source_id").short
        ids = [name for name in data if name.startswith("source_")]
        data = data.assign(**{name: data[name].map(lambda value: short.get(value, value)) for name in ids}).rename(
            columns={"source_id": "text"}
        )
    return data.rename(columns=lambda name: name.removeprefix("source_").replace("_", " "))


def csv_text(data):
    """A DataFrame as CSV text, its index with it where the index has a name.

    Quotations are left out: the published tables hold them, and offsets find them in the raw file. No cell is a formula
    (`characters.harmless`).
    """
    named = any(name is not None for name in data.index.names)
    return harmless(data.drop(columns="quote", errors="ignore")).to_csv(index=named, lineterminator="\n")


def statements(texts, *chosen):
    """Display what the texts say in the dimensions `chosen` (their ids), a folded table a dimension, each statement with its evidence."""
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
    for function in FUNCTIONS:
        rows_with_evidence(texts, function, "row", rows[rows.function == function], ["summary", "in_whose_voice"])


def provision_matrix(texts):
    """Display at which levels each text speaks of each dimension, or "absent", to sort, search and filter.

    A level leads to the first words that it rests on.
    """
    rows, order = proposals.matrix_with_evidence(texts), publication_order(texts)
    named = rows.assign(dimension=rows.dimension + " " + rows.label, link=[level_link(texts, row) for row in rows.itertuples()])
    levels, links = (
        named.groupby(["dimension", "source_id"])[column].agg(", ".join).unstack()[list(order)].rename(columns=order)
        for column in ("level", "link")
    )
    filters = {text: [*LEVELS, ABSENT] for text in order.values()}
    shown = levels.rename_axis(columns=None).reset_index()
    put(shown, rows, "Dimensions by text and level", links=links.to_dict("list"), filters=filters)


def level_link(texts, row):
    """A level as a link to the first words that it rests on, as HTML; plain where a dimension is absent from a text."""
    return html.escape(row.level) if row.level == ABSENT else evidence_link(texts, row, label=row.level)


def quotations(texts):
    """Display every quotation, whole, to sort, search and filter."""
    rows = voices.with_speakers(texts)
    shown = readable(rows.drop(columns=["passage_id", "start", "end"]), texts).rename(columns={"paragraph": "par."})
    filters = {"text": list(publication_order(texts).values()), "side": [], "kind": [], "speaker": []}
    put(shown, rows.drop(columns="paragraph"), "All quotations", filters=filters)


def events(texts):
    """Display the events that the texts mention by date, with their dating words and their evidence, to sort, search and filter."""
    rows = chronology.in_time(chronology.events(texts)).rename(columns={"description": "event", "date_basis": "basis"})
    shown, data, links = with_evidence(texts, rows, ["date", "source_id", "event", "basis", "dated_by"])
    put(shown, data, "All events", links=links, filters={"text": list(publication_order(texts).values()), "basis": []})


def claims(texts):
    """Display the checkable claims topic by topic, each with its evidence, to sort, search and filter."""
    topics = list(proposals.definitions(texts, "topic").value)
    rows = records.claims(texts).rename(columns={"attributed_to": "on_the_word_of"})
    rows = rows.sort_values("topic", key=lambda column: column.map(topics.index), kind="stable")
    shown, data, links = with_evidence(texts, rows, ["topic", "source_id", "claim", "on_the_word_of"])
    put(shown, data, "All claims", links=links, filters={"topic": topics, "text": list(publication_order(texts).values())})


def publication_order(texts):
    """The short citation of each text, in order of publication: {source_id: citation}."""
    return dict(provenance.sources(texts)[["source_id", "short"]].itertuples(index=False))


def comparisons(texts):
    """Display the positions of the texts on each compared topic, a folded table a topic, each with its evidence."""
    rows = records.comparisons(texts)
    for topic, own in rows.groupby("topic", sort=False):
        rows_with_evidence(texts, topic, "statement", own, ["position", "note"], remark=f" ({own.relation.iloc[0]})")


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


def rows_with_evidence(texts, head, noun, rows, columns, remark=""):
    """Display `rows` as a folded table: their text, `columns`, and a link to the evidence; the title counts them as `noun`.

    The name of the table holds neither the count nor the `remark`, so that it stays when a coding changes.
    """
    where = "" if head in set(texts.sources.short) else f" in {plural(rows.source_id.nunique(), 'text')}"
    title, name = f"{head}{remark}: {plural(len(rows), noun)}{where}", table_name(f"{head} {noun}s")
    if rows.empty:
        display(HTML(folded(title, "<p>Absent from all texts.</p>")))
    else:
        shown, data, links = with_evidence(texts, rows, ["source_id", *columns])
        put(shown, data, title, name, links, fold=True)


def with_evidence(texts, rows, columns):
    """`columns` of `rows` with their evidence: as a citation, for readers; as its place, for a CSV file; as links, see `grids.grid`."""
    shown = readable(rows[columns], texts).assign(evidence=[cite(texts, passage_id) for passage_id in rows.passage_id])
    return shown, rows[[*columns, "passage_id", "start", "end"]], {"evidence": [evidence_link(texts, row) for row in rows.itertuples()]}


def concordance(texts, concept):
    """Display every use of a naming choice with the words around it, folded, as lines that meet at the word."""
    rows = names.concordance(texts, concept)
    title, name = f"{concept}: {plural(len(rows), 'line')}", table_name(f"{concept} lines")
    data = rows[["source_id", "left", "hit", "right"]].assign(whose_words=["quoted" if quoted else "own" for quoted in rows.quoted])
    shown = readable(data.rename(columns={"left": "before", "hit": "word", "right": "after"}), texts)
    lines = {"before": [f'<span class="left">{html.escape(words)}</span>' for words in rows.left],
             "word": [f"<b>{html.escape(words)}</b>" for words in rows.hit]}  # fmt: skip
    put(shown, data, title, name, lines, fold=True)


def strengths(texts):
    """Display the rung of each text's description of guarantees, with the words that put it there."""
    rows = proposals.strengths(texts).query("kind == 'text'")
    shown, data, links = with_evidence(texts, rows, ["source_id", "strength", "note"])
    put(shown, data, "The words that put each text on its rung", links=links)


def plural(number, noun):
    return f"{number} {noun}" + "s" * (number != 1)


def evidence_link(texts, span, page="evidence.html", words=None, label=None):
    """A short citation that shows the words of a span and leads to it on the evidence page, as HTML.

    `span` has source_id, passage_id, start, end, quote; `page` is the address of the evidence page; `words` are shown in place of
    the whole span, `label` in place of the citation.
    """
    target = anchor(span.passage_id, span.start, span.end)
    citation = html.escape(label or cite(texts, span.passage_id))
    words = html.escape(words or span.quote)
    return f'<a class="ev" href="{page}#{target}">{citation}<span class="ev-words"> “{words}”</span></a>'


def evidence(texts):
    """Display every span that a coding rests on, text by text: the words, whose they are, where they stand, what rests on them."""
    short = texts.sources.set_index("source_id").short
    for source_id, own in spans(texts).groupby("source_id", sort=False):
        items = "\n".join(
            f'<li id="{span.anchor}"><q>{html.escape(span.quote)}</q>'
            f"<p>{html.escape(cite(texts, span.passage_id))}. Whose words or report: {html.escape(span.whose)}.</p>"
            f"<ul>{''.join(f'<li>{html.escape(support)}</li>' for support in span.supports)}</ul></li>"
            for span in own.itertuples()
        )
        display(HTML(f'<section class="evidence"><h2 id="{source_id}">{html.escape(short[source_id])}</h2>\n<ol>{items}</ol></section>'))


def downloads(root="../tables"):
    """Display the published tables as links to their CSV files, with what a row of each is; `root` is the folder of the files."""
    said = {f"{name}.csv": f"A row is {table.row}." for name, table in PUBLISHED_TABLES.items()}
    said[PACKAGE_FILE] = "What every column of these tables holds, and its type (a Frictionless Data Package)."
    items = "".join(f'<li><a href="{root}/{file}" download>{file}</a>: {html.escape(what)}</li>' for file, what in said.items())
    display(HTML(f"<ul>{items}</ul>"))


def codebook(texts):
    """Display the codebook, a folded definition list a dimension."""
    parts = {"question": "Question", "definition": "Definition", "includes": "Includes", "excludes": "Excludes",
             "example": "Example", "counter_example": "Counter-example"}  # fmt: skip
    for row in texts.tables["codebook.csv"].itertuples():
        items = "".join(f"<dt>{name}</dt><dd>{html.escape(getattr(row, part))}</dd>" for part, name in parts.items())
        title = html.escape(f"{row.dimension} {row.label}")
        display(HTML(f'<details class="statements" id="{row.dimension}"><summary>{title}</summary><dl>{items}</dl></details>'))


def numbers(**values):
    """Give names to values that the prose of the book quotes as {glue:text}`name`; numbers get a comma for thousands."""
    for name, value in values.items():
        text = value if isinstance(value, str) else f"{value:,}"
        glue(name, text, display=False)
        print(f"{name} = {text}")
