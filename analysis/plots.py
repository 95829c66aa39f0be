"""Figures: each a function from a table to a matplotlib Figure that carries its name, caption and alternative text.

Figures are drawn 6 inches wide so that their type can be read on a telephone, without pyplot and its global state.
"""

import io
import itertools
import textwrap
from datetime import date, timedelta
from typing import NamedTuple

import matplotlib
from matplotlib.dates import ConciseDateFormatter
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from analysis.provenance import date_span

# Colours that colour-blind readers can tell apart (Okabe and Ito).
BLUE, ORANGE, GREEN, PINK, SKY, GREY = "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#767676"

STYLE = {
    "font.size": 10.5,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlesize": 10.5,
    "figure.facecolor": "white",
    "svg.fonttype": "path",
    "svg.hashsalt": "neutrality-for-guarantees",
}
WIDTH = 6.0


class Description(NamedTuple):
    """What the book says of a figure: its name for links (`fig-...`), its caption, and what it shows in words."""

    name: str
    caption: str
    alt: str


def canvas(height):
    """A Figure of the book's width, and its axes."""
    figure = Figure(figsize=(WIDTH, height), layout="constrained")
    return figure, figure.subplots()


def svg(figure):
    """A figure as SVG, the same bytes every time."""
    buffer = io.StringIO()
    with matplotlib.rc_context(STYLE):
        figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    return buffer.getvalue()


def lag_words(source):
    """A text's lag in words: "13 days before", "530 to 550 days after", "87 days before to 277 days after"."""
    low, high = source.lag_days_low, source.lag_days
    if low < 0 < high:
        return f"{days(-low)} before to {days(high)} after"
    near, far = sorted((abs(low), abs(high)))
    span = days(far) if near == far else f"{near} to {days(far)}"
    return f"{span} {'before' if high < 0 else 'after'}"


def days(number):
    return f"{number} day{'s' * (number != 1)}"


def publication_lag(sources):
    """When each text appeared, counted from the Istanbul talks; from the table `sources`."""
    table = sources.sort_values("lag_days", ascending=False).reset_index(drop=True)
    with matplotlib.rc_context(STYLE):
        figure, axes = canvas(2.9)
        axes.axvline(0, color=ORANGE, linewidth=1.5)
        axes.annotate("talks in Istanbul, 29 March 2022", (0, 1), (4, -2), xycoords=("data", "axes fraction"),
                      textcoords="offset points", color=ORANGE, va="bottom")  # fmt: skip
        for row in table.itertuples():
            axes.plot([row.lag_days_low, row.lag_days], [row.Index] * 2, color=BLUE, linewidth=5, solid_capstyle="round")
            axes.plot(row.lag_days, row.Index, "o", color=BLUE, markersize=8)
            side = -1 if row.lag_days > table.lag_days.max() / 2 else 1
            anchor = row.lag_days_low if side < 0 else row.lag_days
            axes.annotate(lag_words(row), (anchor, row.Index), (10 * side, 0), textcoords="offset points",
                          ha="left" if side > 0 else "right", va="center")  # fmt: skip
        axes.set_yticks(table.index, table.short)
        axes.set_ylim(-0.6, len(table) - 0.4)
        axes.set_xlabel("days from the talks to publication")
    said = "; ".join(f"{row.short}, {row.date}, {lag_words(row)}" for row in sources.sort_values("lag_days").itertuples())
    figure.description = Description(
        "fig-publication-lag",
        "When each text appeared, in days from the Istanbul talks. A bar marks a date known only to lie in a span.",
        f"Timeline of publication against the Istanbul talks of 29 March 2022: {said}.",
    )
    return figure


def composition(zone_words, sources):
    """What share of each raw file is the text itself; from `provenance.zone_words` and the table `sources`."""
    counts = zone_words.loc[sources.source_id[::-1]]
    shares = 100 * counts.div(counts.sum(axis="columns"), axis="index")
    kinds = {
        "body": (BLUE, ["body"]),
        "its own headings, by-line and caption": (SKY, ["headline", "deck", "subhead", "byline", "caption"]),
        "other texts of another date": (ORANGE, ["teaser"]),
        "the site around it": (GREY, ["chrome", "front_matter", "promo"]),
    }
    with matplotlib.rc_context(STYLE):
        figure, axes = canvas(3.3)
        left = 0
        for label, (colour, zones) in kinds.items():
            share = shares.reindex(columns=zones, fill_value=0).sum(axis="columns")
            axes.barh(range(len(share)), share, left=left, color=colour, edgecolor="white", linewidth=0.8, label=label)
            left = left + share
        for position, share in enumerate(shares["body"]):
            axes.annotate(f"{share:.0f}%", (share, position), (-6, 0), textcoords="offset points", ha="right", va="center",
                          color="white", fontweight="bold")  # fmt: skip
        axes.set_yticks(range(len(shares)), sources.short[::-1])
        axes.set_xlim(0, 100)
        axes.set_xlabel("share of the words in the raw file, %")
        figure.legend(loc="outside upper left", ncols=2, frameon=False, handlelength=1.2, columnspacing=1.2)
    said = "; ".join(f"{source.short} {shares['body'][source.source_id]:.0f}%" for source in sources.itertuples())
    figure.description = Description(
        "fig-composition",
        "What the raw files consist of, by words. The label is the share of the body: only that is analysed.",
        f"Stacked bars, one a text. Share of words that belong to the body: {said}.",
    )
    return figure


def dependence(dependencies, sources):
    """Which text is tied to which work outside; from `provenance.dependencies` and the table `sources`."""
    works = list(dict.fromkeys(dependencies.work))
    dashes = {"shared author": "-", "closely parallels": "--", "same outlet": ":", "cites": "-."}
    with matplotlib.rc_context(STYLE):
        figure, axes = canvas(3.3)
        heights = {source_id: -row for row, source_id in enumerate(sources.source_id)}
        spread = len(sources) / len(works)
        places = {work: -(row + 0.5) * spread + 0.5 for row, work in enumerate(works)}
        for kind, ties in dependencies.groupby("kind", sort=False):
            for number, tie in enumerate(ties.itertuples()):
                axes.plot([0, 1], [heights[tie.source_id], places[tie.work]], dashes[kind], color=BLUE, linewidth=1.8,
                          zorder=1, label=kind if number == 0 else None)  # fmt: skip
        figure.legend(loc="outside upper left", ncols=len(dashes), frameon=False, handlelength=2.2, columnspacing=1.0)
        for source in sources.itertuples():
            axes.annotate(source.short, (0, heights[source.source_id]), (-8, 0), textcoords="offset points", ha="right", va="center")
        for work, height in places.items():
            axes.annotate(work.replace(" and ", " and\n"), (1, height), (8, 0), textcoords="offset points", ha="left", va="center")
        axes.plot([0] * len(heights), list(heights.values()), "o", color=BLUE)
        axes.plot([1] * len(places), list(places.values()), "s", color=ORANGE)
        axes.set_xlim(-0.5, 1.6)
        axes.axis("off")
    names = sources.set_index("source_id").short
    said = "; ".join(f"{names[tie.source_id]}, {tie.kind}, {tie.work}" for tie in dependencies.itertuples())
    free = ", ".join(names[source_id] for source_id in names.index if source_id not in set(dependencies.source_id))
    figure.description = Description(
        "fig-dependence",
        "How the texts (circles) are tied to works outside the corpus (squares).",
        f"Diagram of ties between texts and outside works: {said}. Without a tie: {free}.",
    )
    return figure


# Levels by form as well as colour.
MARKS = {"mentioned": ("o", GREY, "none"), "proposed": ("o", BLUE, BLUE), "agreed": ("s", GREEN, GREEN), "disputed": ("D", ORANGE, ORANGE)}


def mark(axes, x, y, level, size=46):
    shape, edge, face = MARKS[level]
    axes.scatter([x], [y], s=size, marker=shape, edgecolors=edge, facecolors=face, linewidths=1.6, zorder=3, label=level)


def bare(axes):
    """No frame and no ticks, names of columns on top."""
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    for spine in axes.spines.values():
        spine.set_visible(False)


def column_heads(axes, sources):
    """Short names above the columns; texts of a cluster with several texts are bracketed together."""
    bare(axes)
    axes.set_xticks(range(len(sources)), [wrap(short, 9) for short in sources.short], fontsize=9.5)
    for _, cluster in sources.reset_index(drop=True).groupby("cluster"):
        for place in cluster.index if len(cluster) > 1 else ():
            axes.axvspan(place - 0.5, place + 0.5, color="#EEF3F7", linewidth=0, zorder=0)


def settlement_matrix(matrix, dimensions, sources):
    """Which text describes which term, and at what level; from `proposals.matrix`, `proposals.dimensions` and the table `sources`."""
    columns = {source_id: place for place, source_id in enumerate(sources.source_id)}
    rows = {dimension: place for place, dimension in enumerate(dimensions.dimension)}
    with matplotlib.rc_context(STYLE):
        figure, axes = canvas(9.0)
        column_heads(axes, sources)
        for (dimension, source_id), cell in matrix.groupby(["dimension", "source_id"]):
            for place, level in enumerate(cell.level):
                mark(axes, columns[source_id] + 0.27 * (place - (len(cell) - 1) / 2), rows[dimension], level)
        for place in rows.values():
            axes.axhline(place + 0.5, color="#DDDDDD", linewidth=0.6, zorder=0)
        axes.set_yticks(range(len(rows)), [wrap(f"{row.dimension} {row.label}", 27) for row in dimensions.itertuples()], fontsize=9.5)
        axes.set_ylim(len(rows) - 0.5, -0.6)
        axes.set_xlim(-0.6, len(columns) - 0.4)
        handles = {text: handle for handle, text in zip(*axes.get_legend_handles_labels(), strict=True)}
        figure.legend([handles[level] for level in MARKS if level in handles], [level for level in MARKS if level in handles],
                      loc="outside lower center", ncols=4, frameon=False)  # fmt: skip
    described = matrix.groupby("source_id").dimension.agg(lambda values: ", ".join(dict.fromkeys(values)))
    said = "; ".join(f"{row.short} describes {described.get(row.source_id, 'none')}" for row in sources.itertuples())
    agreed = matrix[matrix.level == "agreed"].groupby("source_id").dimension.agg(", ".join)
    names = sources.set_index("source_id").short
    agreements = "; ".join(f"{names[source_id]}: {which}" for source_id, which in agreed.items())
    figure.description = Description(
        "fig-settlement-matrix",
        "Which text describes which term, and at what level. A cell can hold several. Empty: absent from this text. Shaded: one cluster.",
        f"Grid of {len(rows)} terms by {len(columns)} texts. {said}. Described as agreed: {agreements}.",
    )
    return figure


def guarantor_dots(sets, sources, benchmark="Communiqué"):
    """Which states and bodies each text names as guarantors; from `proposals.guarantor_sets` and the table `sources`."""
    short = sources.set_index("source_id").short
    heads = [short.get(name, benchmark) for name in sets.columns]
    with matplotlib.rc_context(STYLE):
        figure, axes = canvas(5.0)
        for x, name in enumerate(sets.columns):
            for y, named in enumerate(sets[name]):
                face = (ORANGE if x == 0 else BLUE) if named else "none"
                axes.scatter(
                    [x], [y], s=75, marker="s" if x == 0 else "o", facecolors=face, edgecolors=face if named else "#BBBBBB", linewidths=1
                )
        axes.set_yticks(range(len(sets)), [wrap(name, 14) for name in sets.index])
        axes.set_ylim(len(sets) - 0.4, -0.7)
        axes.set_xlim(-0.6, len(heads) - 0.4)
        bare(axes)
        axes.set_xticks(range(len(heads)), [wrap(head, 10) for head in heads], fontsize=9.5)
    said = "; ".join(f"{head}: {', '.join(sets.index[sets[name]]) or 'none'}" for head, name in zip(heads, sets.columns, strict=True))
    figure.description = Description(
        "fig-guarantors",
        "States and bodies named as guarantors of a settlement. Filled: named. Squares: the Istanbul Communiqué, as a benchmark.",
        f"Dot matrix of guarantors. {said}.",
    )
    return figure


def strength_scale(strengths, scale):
    """Where texts and instruments stand on the scale of obligation; from `proposals.strengths` and the table strengths.csv."""
    rungs = scale.astype({"rank": int}).groupby("rank").strength.agg(" or ".join).sort_index(ascending=False)
    with matplotlib.rc_context(STYLE):
        figure, axes = canvas(5.6)
        height = 0
        for rank, label in rungs.items():
            own = strengths[strengths["rank"] == rank]
            axes.axhline(height - 0.6, color="#CCCCCC", linewidth=0.8)
            axes.text(0, height, wrap(label, 24), va="top", fontweight="bold")
            for place, row in enumerate(own.itertuples()):
                colour, shape = (BLUE, "o") if row.kind == "text" else (ORANGE, "s")
                axes.scatter([1], [height + place + 0.3], s=60, marker=shape, facecolors=colour if rank else "none", edgecolors=colour,
                             linewidths=1.5, label=row.kind)  # fmt: skip
                axes.text(1.08, height + place + 0.3, row.of, va="center")
            height += max(len(own), label.count(" ") // 3 + 1, 1) + 1
        axes.set_xlim(0, 2.2)
        axes.set_ylim(height - 0.6, -0.8)
        axes.axis("off")
        handles = {text: handle for handle, text in zip(*axes.get_legend_handles_labels(), strict=True)}
        figure.legend(handles.values(), handles.keys(), loc="outside upper right", ncols=2, frameon=False)
    said = "; ".join(f"{row.of}: {row.strength}" for row in strengths.sort_values("rank", ascending=False).itertuples())
    figure.description = Description(
        "fig-strengths",
        "How much a guarantee obliges, as each text or instrument describes it: the higher, the stronger. Hollow: none, or not described.",
        f"Ladder of obligation, strongest on top. {said}.",
    )
    return figure


def wrap(text, width):
    return textwrap.fill(text, width)


def quoted_sides(counts, sources):
    """Whose words each text quotes, by side; from `voices.by_side` and the table `sources`. A text that quotes nobody has no bar."""
    short = sources.set_index("source_id").short
    colours = [BLUE, ORANGE, GREEN, PINK, SKY, GREY, "#000000"]
    rows = list(sources.source_id[::-1])
    with matplotlib.rc_context(STYLE):
        figure, axes = canvas(3.2)
        left = dict.fromkeys(rows, 0)
        for side, colour in zip(counts.columns, colours, strict=False):
            for place, source_id in enumerate(rows):
                n = counts[side].get(source_id, 0)
                axes.barh(
                    place, n, left=left[source_id], color=colour, edgecolor="white", linewidth=0.8, label=side if place == 0 else None
                )
                left[source_id] += n
        for place, source_id in enumerate(rows):
            if source_id not in counts.index:
                axes.text(3, place, "no quotation", va="center", color=GREY)
        axes.set_yticks(range(len(rows)), short[rows])
        axes.set_xlabel("words in quotation")
        figure.legend(loc="outside upper left", ncols=3, frameon=False, handlelength=1.2, columnspacing=1.2)
    said = "; ".join(
        f"{short[source_id]}: "
        + (", ".join(f"{side} {n}" for side, n in counts.loc[source_id].items() if n) if source_id in counts.index else "no quotation")
        for source_id in sources.source_id
    )
    figure.description = Description(
        "fig-quoted-sides",
        "Words in quotation, by the side of the speaker. Each word counts once.",
        f"Stacked bars of words in quotation, one a text. {said}.",
    )
    return figure


def grid(rows, sources, height, labels=14):
    """A figure with a row for each of `rows` and a column for each text: figure, axes, {source_id: column}."""
    figure, axes = canvas(height)
    column_heads(axes, sources)
    axes.set_yticks(range(len(rows)), [wrap(row, labels) for row in rows])
    axes.set_ylim(len(rows) - 0.5, -0.6)
    axes.set_xlim(-0.5, len(sources) - 0.5)
    for place in range(len(rows) - 1):
        axes.axhline(place + 0.5, color="#DDDDDD", linewidth=0.6, zorder=0)
    return figure, axes, {source_id: place for place, source_id in enumerate(sources.source_id)}


def voiced_bar(axes, x, y, row, colour, unit):
    """A bar of row.n passages from `x`: full colour for the author's own voice, pale for the voice of others; its number at the end."""
    own, whole = row.author * unit, row.n * unit
    axes.barh(y, own, left=x, height=0.3, color=colour)
    axes.barh(y, whole - own, left=x + own, height=0.3, color=colour, alpha=0.35, linewidth=0)
    if row.n:
        axes.annotate(f"{row.n}", (x + whole, y), (3, 0), textcoords="offset points", va="center", fontsize=9, color=colour)


def voice_legend(figure, colours):
    """A legend for `voiced_bar`: {label: colour}, and what pale means."""
    handles = [Patch(color=colour, label=label) for label, colour in colours.items()]
    handles += [Patch(color=GREY, label="author's voice"), Patch(color=GREY, alpha=0.35, linewidth=0, label="others' voice")]
    figure.legend(handles=handles, loc="outside lower center", ncols=len(handles), frameon=False, handlelength=1.2, columnspacing=1.2)


def credit_and_blame(counts, sources):
    """How often each text credits and blames each actor; from `framing.credit_and_blame` and the table `sources`."""
    actors = list(dict.fromkeys(counts.actor))
    unit = 0.72 / max(counts.n.max(), 1)
    with matplotlib.rc_context(STYLE):
        figure, axes, columns = grid(actors, sources, 0.72 * len(actors) + 1.2)
        for row in counts.itertuples():
            place = actors.index(row.actor) + (-0.17 if row.valence == "credited" else 0.17)
            voiced_bar(axes, columns[row.unit] - 0.45, place, row, BLUE if row.valence == "credited" else ORANGE, unit)
        voice_legend(figure, {"credited": BLUE, "blamed": ORANGE})
    short = sources.set_index("source_id").short
    said = []
    for source_id, own in counts[counts.n > 0].groupby("unit", sort=False):
        each = ", ".join(f"{row.actor} {row.valence} {row.n} ({row.attributed} in others' voice)" for row in own.itertuples())
        said.append(f"{short[source_id]}: {each}")
    missing = [name for source_id, name in short.items() if not counts[counts.unit == source_id].n.sum()]
    said += [f"{name}: none" for name in missing]
    figure.description = Description(
        "fig-credit-and-blame",
        "In how many passages each text credits (above) and blames (below) each actor. Pale: in the voice of somebody whom it reports.",
        f"Grid of actors and texts with bars of counts. {'; '.join(said)}.",
    )
    return figure


def functions(counts, sources):
    """How many passages of each text perform each of Entman's functions; from `framing.function_counts` and the table `sources`."""
    kinds = list(dict.fromkeys(counts.function))
    unit = 0.72 / max(counts.n.max(), 1)
    with matplotlib.rc_context(STYLE):
        figure, axes, columns = grid(kinds, sources, 0.5 * len(kinds) + 1.2)
        for row in counts.itertuples():
            voiced_bar(axes, columns[row.source_id] - 0.45, kinds.index(row.function), row, BLUE, unit)
        voice_legend(figure, {})
    short = sources.set_index("source_id").short
    said = "; ".join(
        f"{short[source_id]}: " + ", ".join(f"{row.function} {row.n} ({row.attributed} in others' voice)" for row in own.itertuples())
        for source_id, own in counts.groupby("source_id", sort=False)
    )
    figure.description = Description(
        "fig-functions",
        "In how many passages each text names a problem, a cause, a moral judgement, a remedy. Pale: in the voice of others.",
        f"Grid of four functions and the texts with bars of counts. {said}.",
    )
    return figure


def readability(measures, sources, chosen=("Flesch Reading Ease", "Coleman-Liau")):
    """Two readability scores of each text with their intervals, and textstat's; from `measures.measures` and the table `sources`."""
    order = list(sources.source_id[::-1])
    short = sources.set_index("source_id").short
    said = []
    with matplotlib.rc_context(STYLE):
        figure = Figure(figsize=(WIDTH, 0.45 * len(order) + 1.5), layout="constrained")
        for axes, name in zip(figure.subplots(1, len(chosen), sharey=True), chosen, strict=True):
            own = measures.query("measure == @name and scope == 'all' and status == 'ok'")
            for row in own.itertuples():
                ours, y = row.method != "textstat", order.index(row.source_id)
                axes.plot([row.low, row.high], [y, y], color=BLUE, linewidth=2)
                axes.plot(row.value, y, "o" if ours else "D", color=BLUE if ours else ORANGE, fillstyle="full" if ours else "none",
                          label="published formula, 95 % interval" if ours else "textstat", markersize=7)  # fmt: skip
                said.append(f"{name}, {short[row.source_id]}, {row.method}: {row.value:.1f}")
            axes.set_yticks(range(len(order)), short[order])
            axes.set_ylim(-0.6, len(order) - 0.4)
            axes.set_xlabel(f"{name}\n({own.direction.iloc[0].removeprefix('higher means ')} to the right)" if len(own) else name)
        handles = {label: handle for handle, label in zip(*axes.get_legend_handles_labels(), strict=True)}
        figure.legend(handles.values(), handles.keys(), loc="outside upper left", ncols=2, frameon=False)
    figure.description = Description(
        "fig-readability",
        "Two readability scores. Interval: how far the score moves when the text's own sentences are drawn anew; none for few sentences.",
        f"Dots with intervals. {'; '.join(said)}.",
    )
    return figure


def sensitivity(changes, sources, measure="Flesch Reading Ease"):
    """What another rule does to one score of each text; from `measures.sensitivity` and the table `sources`."""
    own = changes[changes.measure == measure]
    rows = list(dict.fromkeys(own.variation))
    short = sources.set_index("source_id").short
    forms = dict(zip(short.index, itertools.cycle("osD^vPX"), strict=False))
    with matplotlib.rc_context(STYLE):
        figure, axes = canvas(0.42 * len(rows) + 1.9)
        axes.axvline(0, color=GREY, linewidth=1)
        for source_id, dots in own.groupby("source_id", sort=False):
            axes.plot(dots.change, [rows.index(name) for name in dots.variation], forms[source_id], color=BLUE, fillstyle="none",
                      markersize=7, label=short[source_id])  # fmt: skip
        axes.set_yticks(range(len(rows)), [wrap(row, 22) for row in rows])
        axes.set_ylim(len(rows) - 0.5, -0.6)
        axes.set_xlabel(f"change of {measure}, points")
        figure.legend(loc="outside upper left", ncols=3, frameon=False, handletextpad=0.2)
    said = "; ".join(
        f"{name}: " + ", ".join(f"{short[row.source_id]} {row.change:+.1f}" for row in dots.itertuples())
        for name, dots in own.groupby("variation", sort=False)
    )
    figure.description = Description(
        "fig-sensitivity",
        f"How far {measure} of each text moves when one rule is changed, or when textstat computes it by its own.",
        f"Dots of changes, a row a rule. {said}.",
    )
    return figure


SPRING = (date(2022, 2, 20), date(2022, 4, 12))


def timeline(events, record, sources):
    """When the events lie that the texts mention, and those of the record; from `chronology.spanned` events and `chronology.benchmark`."""
    rows = ["the record", *sources.source_id]
    short = sources.set_index("source_id").short
    published = [date_span(value)[1] for value in sources.date]
    after = (SPRING[1], max([*published, *events["last"], *record["last"]]) + timedelta(days=30))
    shapes = {"stated": ("o", "full"), "relative": ("s", "full"), "inferred": ("o", "none")}
    with matplotlib.rc_context(STYLE):
        figure = Figure(figsize=(WIDTH, 0.8 * len(rows) + 3.0), layout="constrained")
        for axes, (first, last) in zip(figure.subplots(2, 1), (SPRING, after), strict=True):
            for row in record[(record["first"] <= last) & (record["last"] >= first)].itertuples():
                axes.axvspan(row.first, row.last, color="#DDDDDD", linewidth=0.8, zorder=0)
                axes.plot([row.first, row.last], [0, 0], "|-", color=ORANGE, markersize=9, markeredgewidth=2)
            for row in events[(events["first"] <= last) & (events["last"] >= first)].itertuples():
                shape, fill = shapes[row.date_basis]
                place, middle = rows.index(row.source_id), row.first + (row.last - row.first) / 2
                axes.plot([max(row.first, first), min(row.last, last)], [place, place], color=BLUE, linewidth=1.2, alpha=0.5)
                if first <= middle <= last:
                    axes.plot(middle, place, shape, color=BLUE, fillstyle=fill, label=row.date_basis)
            for source_id, day in zip(sources.source_id, published, strict=True):
                if first <= day <= last:
                    axes.plot(day, rows.index(source_id), "v", color=ORANGE, markersize=9, label="publication")
            axes.set_xlim(first, last)
            axes.set_ylim(len(rows) - 0.5, -0.6)
            axes.set_yticks(range(len(rows)), ["the record", *short])
            axes.xaxis.set_major_formatter(ConciseDateFormatter(axes.xaxis.get_major_locator()))
            handles = {label: handle for handle, label in zip(*axes.get_legend_handles_labels(), strict=True)}
            if first == SPRING[0]:
                figure.legend(handles.values(), handles.keys(), loc="outside upper left", ncols=4, frameon=False, handletextpad=0.2)
    said = "; ".join(
        f"{short[source_id]}: " + ", ".join(dict.fromkeys(f"{row.label} {row.date}" for row in own.itertuples()))
        for source_id, own in events[events["last"] >= SPRING[0]].groupby("source_id", sort=False)
    )
    without = [name for source_id, name in short.items() if source_id not in set(events.source_id[events["last"] >= SPRING[0]])]
    figure.description = Description(
        "fig-timeline",
        "Events from 2022 on, by the date that the words give or, inferred, by that of the record. A line is a span. Top: the record.",
        f"Timeline in two parts, spring 2022 and after. {said}." + (f" None: {', '.join(without)}." if without else ""),
    )
    return figure


def positions(compared, sources):
    """Which position each text takes on each compared topic; from `claims.comparisons` and the table `sources`."""
    topics = list(dict.fromkeys(compared.topic))
    colours = {"agree": GREEN, "differ in detail": BLUE, "contradict": ORANGE}
    said = []
    with matplotlib.rc_context(STYLE):
        figure, axes, columns = grid(topics, sources, 0.44 * len(topics) + 1.6, labels=26)
        for topic, own in compared.groupby("topic", sort=False):
            letters = {position: chr(65 + place) for place, position in enumerate(dict.fromkeys(own.position))}
            for source_id, taken in own.groupby("source_id", sort=False).position:
                letter = "".join(dict.fromkeys(letters[position] for position in taken))
                axes.text(columns[source_id], topics.index(topic), letter, ha="center", va="center", color="white", fontweight="bold",
                          bbox={"boxstyle": "circle", "facecolor": colours[own.relation.iloc[0]], "edgecolor": "none"})  # fmt: skip
            texts = "; ".join(f"{letters[row.position]} {row.position}" for row in own.drop_duplicates("position").itertuples())
            said.append(f"{topic} ({own.relation.iloc[0]}): {texts}")
        handles = [Patch(color=colour, label=relation) for relation, colour in colours.items()]
        figure.legend(handles=handles, loc="outside lower center", ncols=3, frameon=False, handlelength=1.2)
    names = ", ".join(f"{row.short} {compared[compared.source_id == row.source_id].topic.nunique()} topics" for row in sources.itertuples())
    figure.description = Description(
        "fig-positions",
        "Positions on topics that several texts speak of. The same letter in a row: the same position. Colour: how the positions relate.",
        f"Grid of {len(topics)} topics and the texts: {names}. {'. '.join(said)}.",
    )
    return figure


def agreement(passes):
    """Krippendorff's alpha of each coded variable with its interval; from `reliability.passes`."""
    table = passes.dropna(subset="alpha").iloc[::-1].reset_index(drop=True)
    with matplotlib.rc_context(STYLE):
        figure, axes = canvas(0.33 * len(table) + 1.0)
        for threshold in (0.667, 0.8):
            axes.axvline(threshold, color=GREY, linewidth=0.8, linestyle="--")
        axes.hlines(table.index, table.low, table.high, color=BLUE, linewidth=2)
        axes.plot(table.alpha, table.index, "o", color=BLUE)
        axes.set_yticks(table.index, [f"{row.table}: {row.variable}" for row in table.itertuples()])
        axes.set_xlim(min(0.6, table.low.min() - 0.02), 1.01)
        axes.set_xlabel("alpha (dashed: 0.667 and 0.8)")
    said = "; ".join(f"{row.table}, {row.variable} {row.alpha:.2f}" for row in passes.itertuples())
    figure.description = Description(
        "fig-agreement",
        "Agreement of the two passes over each coding, with an interval from drawing units anew.",
        f"Dots with ranges of alpha. {said}.",
    )
    return figure


def keyness(words, sources):
    """The words that set each text apart, with their log-odds; from `keyness.top` and the table `sources`."""
    short = sources.set_index("source_id").short
    with matplotlib.rc_context(STYLE):
        figure, axes = canvas(0.27 * len(words) + 0.32 * words.source_id.nunique() + 1.0)
        height, ticks = 0.0, []
        for source_id, own in words.groupby("source_id", sort=False):
            axes.text(0.02, height, short[source_id], fontweight="bold", transform=axes.get_yaxis_transform(), va="center")
            for row in own.itertuples():
                height += 1
                axes.plot([row.low, row.high], [height, height], color=BLUE, linewidth=1.5)
                axes.plot(row.log_odds, height, "o", color=BLUE)
                ticks.append((height, f"{row.word} ({row.n} : {row.n_rest})"))
            height += 1.3
        axes.axvline(0, color=GREY, linewidth=1)
        axes.set_yticks(*zip(*ticks, strict=True) if ticks else ([], []))
        axes.set_ylim(height - 0.5, -0.8)
        axes.set_xlabel("log-odds, text against all others (right: more in the text)")
    said = "; ".join(f"{short[source_id]}: {', '.join(own.word)}" for source_id, own in words.groupby("source_id", sort=False))
    none = [name for source_id, name in short.items() if source_id not in set(words.source_id)]
    figure.description = Description(
        "fig-keyness",
        "Words that each text uses more than the others do, quotations left out; in brackets the counts in the text and in the others.",
        f"Dots with ranges, grouped by text. {said}." + (f" No such word: {', '.join(none)}." if none else ""),
    )
    return figure
