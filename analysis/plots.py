"""Figures: each a function from a table to a matplotlib Figure that carries its name, caption and alternative text.

Each can be drawn at two widths, without pyplot and its global state: 6 inches, and within `narrow()` for a telephone. `either` says what
differs between the two. Colours are those of PALETTE, so that `dark` can exchange them for a dark page; none carries a meaning alone.
"""

import io
import itertools
import math
import re
import textwrap
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, timedelta
from typing import NamedTuple

import matplotlib
import numpy as np
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from analysis.numerals import in_words
from analysis.provenance import date_span
from analysis.reliability import PASSES, RELIABLE, TENTATIVE

# Colours that colour-blind readers can tell apart, after Okabe and Ito, but darker: each of the first five can be read as type on PAPER and
# SHADE, and PAPER as type on it.
INK, BLUE, ORANGE, GREEN, GREY = "#222832", "#0072b2", "#b84a00", "#004d38", "#666e78"
PAPER, SHADE, RULE = "#ffffff", "#eef3f7", "#d4d9de"

# Each colour, and what stands for it on a dark page; PAPER is the ground of the page.
PALETTE = {
    INK: "#ced6dd",
    BLUE: "#4aa3e0",
    ORANGE: "#f58d45",
    GREEN: "#4ee8b0",
    GREY: "#9aa3ad",
    PAPER: "#121212",
    SHADE: "#20272f",
    RULE: "#3d4652",
}
PAINT = re.compile(r"""((?:fill|stroke|stop-color|color)(?:: |="))([^;"]+)""")

STYLE = {
    "axes.spines.top": False,
    "axes.spines.right": False,
    "figure.facecolor": PAPER,
    "axes.facecolor": PAPER,
    "axes.edgecolor": INK,
    "axes.labelcolor": INK,
    "text.color": INK,
    "text.parse_math": False,  # a dollar sign in a name means itself
    "xtick.color": INK,
    "ytick.color": INK,
    "svg.fonttype": "path",
    "svg.hashsalt": "neutrality-for-guarantees",
}
WIDTH, NARROW = 6.0, 3.9  # inches
SMALL = 9.5  # points
DRAWN = ContextVar("DRAWN", default=WIDTH)


class Description(NamedTuple):
    """What the book says of a figure: its name for links (`fig-...`), its caption, and what it shows in words."""

    name: str
    caption: str
    alt: str


@contextmanager
def narrow():
    """Figures that are drawn within are NARROW, for a telephone."""
    before = DRAWN.set(NARROW)
    try:
        yield
    finally:
        DRAWN.reset(before)


def either(wide, narrow):
    """What holds for the width that is being drawn."""
    return wide if DRAWN.get() == WIDTH else narrow


def style():
    """The settings of matplotlib, for a `with`."""
    return matplotlib.rc_context(STYLE | {"font.size": either(10.5, SMALL)})


def canvas(*heights):
    """A Figure and its axes; `heights` are those of the wide and of the narrow drawing, in inches."""
    figure = Figure(figsize=(DRAWN.get(), either(*heights)), layout="constrained")
    return figure, figure.subplots()


def svg(figure):
    """A figure as SVG, the same bytes every time."""
    buffer = io.StringIO()
    with matplotlib.rc_context(STYLE):
        figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    return buffer.getvalue()


def dark(drawing):
    """An SVG of `svg` for a dark page. Raises ValueError for a colour that PALETTE does not hold."""

    def partner(paint):
        if paint[2] == "none" or paint[2].startswith("url(#"):
            return paint[0]
        if paint[2] not in PALETTE:
            raise ValueError(f"colour {paint[2]} has no partner for dark pages. Remedy: draw with the colours of analysis.plots.PALETTE")
        return paint[1] + PALETTE[paint[2]]

    return PAINT.sub(partner, drawing)


def wrap(text, width):
    return textwrap.fill(text, width, break_long_words=False)


def name_rows(axes, names, width, behind=PAPER):
    """Names of the rows 0, 1, ... from the top: beside them, wrapped at `width` characters, or above them on a narrow figure.

    There `behind` is the colour behind the names, to keep lines out of them.
    """
    axes.set_yticks(range(len(names)), [wrap(name, width) for name in names] if DRAWN.get() == WIDTH else [""] * len(names))
    axes.set_ylim(len(names) - 0.5, either(-0.6, -0.7))
    if DRAWN.get() == NARROW:
        axes.spines.left.set_visible(False)
        axes.tick_params(axis="y", length=0)
        for row, name in enumerate(names):
            axes.text(0, row - 0.42, name, transform=axes.get_yaxis_transform(), va="center", zorder=3,
                      bbox={"facecolor": behind, "edgecolor": "none", "pad": 0.5})  # fmt: skip


def legend(figure, handles, place="upper left", **options):
    """A legend outside of the axes, {label: handle}, in as many columns as there is room for."""
    labels = list(handles)
    room = DRAWN.get() * 72 / matplotlib.rcParams["font.size"] - 1.2  # in heights of type
    most = next(columns for columns in range(len(labels), 0, -1) if columns == 1 or legend_width(labels, columns) < room)
    rows = math.ceil(len(labels) / most)
    options = {"handlelength": 1.4, "handletextpad": 0.5, "columnspacing": 1.2, "frameon": False} | options
    figure.legend(handles.values(), labels, loc=f"outside {place}", ncols=math.ceil(len(labels) / rows), **options)


def legend_width(labels, columns):
    """About how wide a legend is, in heights of type."""
    return sum(0.52 * max(len(label) for label in column) + 3.1 for column in np.array_split(labels, columns))


def labelled(*all_axes):
    """What is drawn with a label: {label: handle}, each label once."""
    return {label: handle for axes in all_axes for handle, label in zip(*axes.get_legend_handles_labels(), strict=True)}


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
    table = sources.sort_values("lag_days").reset_index(drop=True)
    with style():
        figure, axes = canvas(0.4 * len(table) + 0.9, 0.5 * len(table) + 0.9)
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
        name_rows(axes, table.short, 24)
        axes.set_xlabel("days from the talks to publication")
    said = "; ".join(f"{row.short}, {row.date}, {lag_words(row)}" for row in sources.sort_values("lag_days").itertuples())
    figure.description = Description(
        "fig-publication-lag",
        "When each text appeared, in days from the Istanbul talks. A bar marks a date known only to lie in a span.",
        f"Timeline of publication against the Istanbul talks of 29 March 2022: {said}.",
    )
    return figure


def hollow(colour, hatch=""):
    """The look of a bar that is not filled: its edge and its hatching in `colour`."""
    return {"facecolor": PAPER, "edgecolor": colour, "hatch": hatch, "linewidth": 1}


def composition(zone_words, sources):
    """What share of each raw file is the text itself; from `provenance.zone_words` and the table `sources`."""
    counts = zone_words.loc[sources.source_id]
    shares = 100 * counts.div(counts.sum(axis="columns"), axis="index")
    kinds = {
        "body": ({"color": BLUE}, ["body"]),
        "its own headings, by-line and caption": (hollow(BLUE, "/////"), ["headline", "deck", "subhead", "byline", "caption"]),
        "other texts of another date": (hollow(ORANGE, "||||"), ["teaser"]),
        "the site around it": ({"color": GREY}, ["chrome", "front_matter", "promo"]),
    }
    with style():
        figure, axes = canvas(0.42 * len(sources) + 1.2, 0.5 * len(sources) + 1.6)
        left, rows = np.zeros(len(sources)), np.arange(len(sources))
        for label, (look, zones) in kinds.items():
            share = shares.reindex(columns=zones, fill_value=0).sum(axis="columns").to_numpy()
            some = share > 0
            axes.barh(rows[some], share[some], left=left[some], height=either(0.75, 0.46), label=label, **look)
            left += share
        for position, share in enumerate(shares["body"]):
            axes.annotate(f"{share:.0f}%", (share, position), (-6, 0), textcoords="offset points", ha="right", va="center",
                          color=PAPER, fontweight="bold")  # fmt: skip
        name_rows(axes, sources.short, 24)
        axes.set_xlim(0, 100)
        axes.set_xlabel("share of the words in the raw file, %")
        legend(figure, labelled(axes))
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
    with style():
        figure, axes = canvas(3.3, 3.3)
        heights = {source_id: -row for row, source_id in enumerate(sources.source_id)}
        spread = len(sources) / len(works)
        places = {work: -(row + 0.5) * spread + 0.5 for row, work in enumerate(works)}
        for kind, ties in dependencies.groupby("kind", sort=False):
            for number, tie in enumerate(ties.itertuples()):
                axes.plot([0, 1], [heights[tie.source_id], places[tie.work]], dashes[kind], color=BLUE, linewidth=1.8,
                          zorder=1, label=kind if number == 0 else None)  # fmt: skip
        legend(figure, labelled(axes), handlelength=2.2)
        for source in sources.itertuples():
            axes.annotate(wrap(source.short, either(24, 10)), (0, heights[source.source_id]), (-8, 0), textcoords="offset points",
                          ha="right", va="center")  # fmt: skip
        for work, height in places.items():
            axes.annotate(wrap(work, either(15, 12)), (1, height), (8, 0), textcoords="offset points", ha="left", va="center")
        axes.plot([0] * len(heights), list(heights.values()), "o", color=BLUE)
        axes.plot([1] * len(places), list(places.values()), "s", color=ORANGE)
        axes.set_xlim(*either((-0.5, 1.6), (-0.5, 1.65)))
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


def column_heads(axes, names):
    """Names above the columns; upright where a narrow figure has too many of them."""
    bare(axes)
    upright = are_upright(names)
    axes.set_xticks(range(len(names)), [wrap(name, 13 if upright else 9) for name in names], fontsize=either(SMALL, 9),
                    rotation=90 * upright)  # fmt: skip


def are_upright(names):
    return either(False, len(names) > 5)


def shade_clusters(axes, sources):
    """Shade the columns of texts whose cluster has several."""
    for _, cluster in sources.reset_index(drop=True).groupby("cluster"):
        for place in cluster.index if len(cluster) > 1 else ():
            axes.axvspan(place - 0.5, place + 0.5, color=SHADE, linewidth=0, zorder=0)


def grid(rows, sources, wide, narrow, labels=14):
    """A figure with a row for each of `rows` and a column for each text: figure, axes, {source_id: column}.

    Texts of a cluster with several texts are shaded. `wide` and `narrow` are the heights of the two drawings, in inches.
    """
    figure, axes = canvas(wide, narrow + 0.6 * are_upright(sources.short))
    name_rows(axes, rows, labels, behind="none")
    column_heads(axes, sources.short)
    shade_clusters(axes, sources)
    axes.set_xlim(-0.5, len(sources) - 0.5)
    for row in range(len(rows) - 1):
        axes.axhline(row + either(0.5, 0.37), color=RULE, linewidth=0.6, zorder=0)
    return figure, axes, {source_id: place for place, source_id in enumerate(sources.source_id)}


def settlement_matrix(matrix, dimensions, sources):
    """Which text describes which term, and at what level; from `proposals.matrix`, `proposals.dimensions` and the table `sources`."""
    rows = {dimension: place for place, dimension in enumerate(dimensions.dimension)}
    names = [f"{row.dimension} {row.label}" for row in dimensions.itertuples()]
    with style():
        figure, axes, columns = grid(names, sources, 0.42 * len(rows) + 0.9, 0.45 * len(rows) + 0.9, labels=27)
        for (dimension, source_id), cell in matrix.groupby(["dimension", "source_id"]):
            for place, level in enumerate(cell.level):
                mark(axes, columns[source_id] + 0.27 * (place - (len(cell) - 1) / 2), rows[dimension], level)
        handles = labelled(axes)
        legend(figure, {level: handles[level] for level in MARKS if level in handles}, "lower center")
    described = matrix.groupby("source_id").dimension.agg(lambda values: ", ".join(dict.fromkeys(values)))
    said = "; ".join(f"{row.short} describes {described.get(row.source_id, 'none')}" for row in sources.itertuples())
    agreed = matrix[matrix.level == "agreed"].groupby("source_id").dimension.agg(", ".join)
    short = sources.set_index("source_id").short
    agreements = "; ".join(f"{short[source_id]}: {which}" for source_id, which in agreed.items())
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
    with style():
        figure, axes = canvas(0.34 * len(sets) + 0.9, 0.34 * len(sets) + 1.1)
        for x, name in enumerate(sets.columns):
            for y, named in enumerate(sets[name]):
                edge = GREY if not named else ORANGE if x == 0 else BLUE
                axes.scatter([x], [y], s=75 if named else 20, marker="s" if x == 0 else "o", facecolors=edge if named else "none",
                             edgecolors=edge, linewidths=0.8)  # fmt: skip
        axes.set_yticks(range(len(sets)), [wrap(name, 14) for name in sets.index])
        axes.set_ylim(len(sets) - 0.4, -0.7)
        axes.set_xlim(-0.6, len(heads) - 0.4)
        column_heads(axes, heads)
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
    with style():
        figure, axes = canvas(5.6, 6.6)
        height, column = 0, either(1, 0.05)
        for rank, label in rungs.items():
            own = strengths[strengths["rank"] == rank]
            label = wrap(label, either(24, 36))
            lines = label.count("\n") + 1
            first = height + either(0, 0.8 * lines + 0.2)
            axes.axhline(height - 0.6, color=RULE, linewidth=0.8)
            axes.text(0, height, label, va="top", fontweight="bold")
            for place, row in enumerate(own.itertuples(), start=1):
                colour, shape = (BLUE, "o") if row.kind == "text" else (ORANGE, "s")
                axes.scatter([column], [first + place - 0.7], s=60, marker=shape, facecolors=colour if rank else "none", edgecolors=colour,
                             linewidths=1.5, label=row.kind)  # fmt: skip
                axes.text(column + 0.08, first + place - 0.7, row.of, va="center")
            height = max(first + len(own), height + lines) + 1
        axes.set_xlim(0, 2.2)
        axes.set_ylim(height - 0.6, -0.8)
        axes.axis("off")
        legend(figure, labelled(axes), either("upper right", "upper left"))
    said = "; ".join(f"{row.of}: {row.strength}" for row in strengths.sort_values("rank", ascending=False).itertuples())
    figure.description = Description(
        "fig-strengths",
        "How much a guarantee obliges, as each text or instrument describes it: the higher, the stronger. Hollow: none, or not described.",
        f"Ladder of obligation, strongest on top. {said}.",
    )
    return figure


def quoted_sides(counts, sources):
    """Whose words each text quotes, by side; from `voices.by_side` and the table `sources`."""
    short = sources.set_index("source_id").short
    sides = list(counts.columns)
    with style():
        unit = bar_unit(counts.to_numpy().max(initial=0), sources)
        figure, axes, columns = grid(sides, sources, 0.42 * len(sides) + 0.7, 0.46 * len(sides) + 0.7)
        for source_id, row in counts.iterrows():
            for place, n in enumerate(row):
                if n:
                    axes.barh(place, n * unit, left=columns[source_id] - 0.45, height=0.3, color=BLUE)
                    number(axes, columns[source_id] - 0.45 + n * unit, place, n)
    said = "; ".join(
        f"{short[source_id]}: "
        + (", ".join(f"{side} {n}" for side, n in counts.loc[source_id].items() if n) if source_id in counts.index else "no quotation")
        for source_id in sources.source_id
    )
    figure.description = Description(
        "fig-quoted-sides",
        "Words in quotation, by the side of the speaker. Each word counts once. Empty: the text quotes nobody of that side.",
        f"Grid of sides and texts with bars of words in quotation. {said}.",
    )
    return figure


def bar_unit(largest, sources):
    """The length of a bar for one, in columns, so that the longest bar and its number fit into a column of a grid."""
    column = either(340, 265) / len(sources)  # points
    return (0.9 - (6 * len(str(largest)) + 5) / column) / max(largest, 1)


def number(axes, x, y, n):
    """The number at the end of a bar."""
    axes.annotate(f"{n}", (x, y), (3, 0), textcoords="offset points", va="center", fontsize=9)


def voiced_bar(axes, x, y, row, colour, unit):
    """A bar of row.n passages from `x`: filled for the author's own voice, hollow for the voice of others; its number at the end."""
    for n, left, look in ((row.author, 0, {"color": colour}), (row.n - row.author, row.author, hollow(colour))):
        if n:
            axes.barh(y, n * unit, left=x + left * unit, height=0.3, **look)
    if row.n:
        number(axes, x + row.n * unit, y, row.n)


def voice_legend(figure, colours):
    """A legend for `voiced_bar`: {label: colour}, and what hollow means."""
    handles = {label: Patch(color=colour) for label, colour in colours.items()}
    handles |= {"author's voice": Patch(color=GREY), "others' voice": Patch(**hollow(GREY))}
    legend(figure, handles, "lower center")


def credit_and_blame(counts, sources):
    """How often each text credits and blames each actor; from `framing.credit_and_blame` and the table `sources`."""
    actors = list(dict.fromkeys(counts.actor))
    with style():
        unit = bar_unit(counts.n.max(), sources)
        figure, axes, columns = grid(actors, sources, 0.72 * len(actors) + 1.2, 0.72 * len(actors) + 1.4)
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
        "In how many passages each text credits (above) and blames (below) each actor. Hollow: in the voice of somebody whom it reports.",
        f"Grid of actors and texts with bars of counts. {'; '.join(said)}.",
    )
    return figure


def functions(counts, sources):
    """How many passages of each text perform each of Entman's functions; from `framing.function_counts` and the table `sources`."""
    kinds = list(dict.fromkeys(counts.function))
    with style():
        unit = bar_unit(counts.n.max(), sources)
        figure, axes, columns = grid(kinds, sources, 0.5 * len(kinds) + 1.2, 0.54 * len(kinds) + 1.1)
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
        "In how many passages each text names a problem, a cause, a moral judgement, a remedy. Hollow: in the voice of others.",
        f"Grid of {in_words(len(kinds))} functions and the texts with bars of counts. {said}.",
    )
    return figure


def readability(scores, sources):
    """Readability scores of each text with their intervals, and textstat's; from `measures.readability` and the table `sources`."""
    chosen = list(dict.fromkeys(scores.measure))
    order = list(sources.source_id)
    short = sources.set_index("source_id").short
    said = []
    with style():
        figure = Figure(figsize=(DRAWN.get(), either(0.45, 0.92) * len(order) + either(1.5, 2.0)), layout="constrained")
        panels = figure.subplots(*either((1, len(chosen)), (len(chosen), 1)), squeeze=False, sharey=True).flat
        for axes, name in zip(panels, chosen, strict=True):
            own = scores.query("measure == @name and status == 'ok'")
            for row in own.itertuples():
                ours, y = row.method != "textstat", order.index(row.source_id)
                axes.plot([row.low, row.high], [y, y], color=BLUE, linewidth=2)
                axes.plot(row.value, y, "o" if ours else "D", color=BLUE if ours else ORANGE, fillstyle="full" if ours else "none",
                          label="published formula, 95 % interval" if ours else "textstat", markersize=7)  # fmt: skip
                said.append(f"{name}, {short[row.source_id]}, {row.method}: {row.value:.1f}")
            name_rows(axes, short[order], 24)
            axes.set_xlabel(f"{name}\n({own.direction.iloc[0].removeprefix('higher means ')} to the right)" if len(own) else name)
        legend(figure, labelled(*figure.axes))
    figure.description = Description(
        "fig-readability",
        "Readability scores. Interval: how far the score moves when the text's own sentences are drawn anew; none for few sentences.",
        f"Dots with intervals. {'; '.join(said)}.",
    )
    return figure


def sensitivity(changes, sources):
    """What another rule does to one score of each text; from `measures.ease_sensitivity` and the table `sources`."""
    (measure,) = set(changes.measure)
    rows = list(dict.fromkeys(changes.variation))
    short = sources.set_index("source_id").short
    forms = dict(zip(short.index, itertools.cycle("osD^vPX"), strict=False))
    with style():
        figure, axes = canvas(0.42 * len(rows) + 1.6, 0.46 * len(rows) + 1.6)
        axes.axvline(0, color=GREY, linewidth=1)
        for source_id, dots in changes.groupby("source_id", sort=False):
            axes.plot(dots.change, [rows.index(name) for name in dots.variation], forms[source_id], color=BLUE, fillstyle="none",
                      markersize=7, label=short[source_id])  # fmt: skip
        name_rows(axes, rows, 22)
        axes.set_xlabel(f"change of {measure}, points")
        legend(figure, labelled(axes))
    said = "; ".join(
        f"{name}: " + ", ".join(f"{short[row.source_id]} {row.change:+.1f}" for row in dots.itertuples())
        for name, dots in changes.groupby("variation", sort=False)
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
    with style():
        figure = Figure(figsize=(DRAWN.get(), either(0.8, 0.95) * len(rows) + either(2.0, 1.8)), layout="constrained")
        for axes, (first, last) in zip(figure.subplots(2, 1), (SPRING, after), strict=True):
            for row in record[(record["first"] <= last) & (record["last"] >= first)].itertuples():
                axes.axvspan(row.first, row.last, color=RULE, linewidth=0.8, zorder=0)
                axes.plot([row.first, row.last], [0, 0], "|-", color=ORANGE, markersize=9, markeredgewidth=2)
            for row in events[(events["first"] <= last) & (events["last"] >= first)].itertuples():
                shape, fill = shapes[row.date_basis]
                place, middle = rows.index(row.source_id), row.first + (row.last - row.first) / 2
                axes.plot([max(row.first, first), min(row.last, last)], [place, place], color=BLUE, linewidth=1)
                if first <= middle <= last:
                    axes.plot(middle, place, shape, color=BLUE, fillstyle=fill, label=row.date_basis)
            for source_id, day in zip(sources.source_id, published, strict=True):
                if first <= day <= last:
                    axes.plot(day, rows.index(source_id), "v", color=ORANGE, markersize=9, label="publication")
            axes.set_xlim(first, last)
            name_rows(axes, ["the record", *short], 24)
            locator = AutoDateLocator(maxticks=either(None, 6))
            axes.xaxis.set_major_locator(locator)
            axes.xaxis.set_major_formatter(ConciseDateFormatter(locator, show_offset=False))
            axes.set_xlabel("spring 2022" if first == SPRING[0] else f"after {SPRING[1].day} {SPRING[1]:%B %Y}")
        legend(figure, labelled(*figure.axes))
    said = "; ".join(
        f"{short[source_id]}: " + ", ".join(dict.fromkeys(f"{row.label} {row.date}" for row in own.itertuples()))
        for source_id, own in events[events["last"] >= SPRING[0]].groupby("source_id", sort=False)
    )
    without = [name for source_id, name in short.items() if source_id not in set(events.source_id[events["last"] >= SPRING[0]])]
    figure.description = Description(
        "fig-timeline",
        "Events from 2022 on, by the date that the words give or, inferred, by that of the record. A line is a span. Top: the record.",
        f"Timeline: spring 2022, then the time after. {said}." + (f" None: {', '.join(without)}." if without else ""),
    )
    return figure


def positions(compared, sources):
    """Which position each text takes on each compared topic; from `claims.comparisons` and the table `sources`."""
    topics = list(dict.fromkeys(compared.topic))
    marks = {"agree": ("o", GREEN), "differ in detail": ("s", BLUE), "contradict": ("D", ORANGE)}
    said = []
    with style():
        figure, axes, columns = grid(topics, sources, 0.44 * len(topics) + 1.2, 0.52 * len(topics) + 1.2, labels=26)
        for topic, own in compared.groupby("topic", sort=False):
            shape, colour = marks[own.relation.iloc[0]]
            letters = {position: chr(65 + place) for place, position in enumerate(dict.fromkeys(own.position))}
            for source_id, taken in own.groupby("source_id", sort=False).position:
                letter = "".join(dict.fromkeys(letters[position] for position in taken))
                x, y = columns[source_id], topics.index(topic)
                axes.plot(x, y, shape, color=colour, markersize=9 + 6 * len(letter))
                axes.text(x, y, letter, ha="center", va="center_baseline", color=PAPER, fontweight="bold")
            texts = "; ".join(f"{letters[row.position]} {row.position}" for row in own.drop_duplicates("position").itertuples())
            said.append(f"{topic} ({own.relation.iloc[0]}): {texts}")
        handles = {relation: Line2D([], [], linestyle="", marker=shape, color=colour) for relation, (shape, colour) in marks.items()}
        legend(figure, handles, "lower center")
    names = ", ".join(f"{row.short} {compared[compared.source_id == row.source_id].topic.nunique()} topics" for row in sources.itertuples())
    figure.description = Description(
        "fig-positions",
        "Positions on topics that several texts speak of. The same letter in a row: the same position. Shape: how the positions relate.",
        f"Grid of {len(topics)} topics and the texts: {names}. {'. '.join(said)}.",
    )
    return figure


def agreement(passes):
    """Krippendorff's alpha of each coded variable with its interval; from `reliability.passes`."""
    table = passes.dropna(subset="alpha").reset_index(drop=True)
    with style():
        figure, axes = canvas(0.33 * len(table) + 1.0, 0.42 * len(table) + 0.9)
        for threshold in (TENTATIVE, RELIABLE):
            axes.axvline(threshold, color=GREY, linewidth=0.8, linestyle="--")
        axes.hlines(table.index, table.low, table.high, color=BLUE, linewidth=2)
        axes.plot(table.alpha, table.index, "o", color=BLUE)
        name_rows(axes, [f"{row.table}: {row.variable.replace('_', ' ')}" for row in table.itertuples()], 36)
        axes.set_xlim(min(0.6, table.low.min() - 0.02), 1.01)
        axes.set_xlabel(f"alpha (dashed: {TENTATIVE:g} and {RELIABLE:g})")
    said = "; ".join(f"{row.table}, {row.variable} {row.alpha:.2f}" for row in passes.itertuples())
    figure.description = Description(
        "fig-agreement",
        f"Agreement of the {in_words(len(PASSES))} passes over each coding, with an interval from drawing units anew.",
        f"Dots with ranges of alpha. {said}.",
    )
    return figure


def keyness(words, sources):
    """The words that set each text apart, with their log-odds; from `keyness.top` and the table `sources`."""
    short = sources.set_index("source_id").short
    with style():
        figure, axes = canvas(*[0.27 * len(words) + 0.32 * words.source_id.nunique() + 1.0] * 2)
        height, ticks = 0.0, []
        for source_id, own in words.groupby("source_id", sort=False):
            axes.text(0.02, height, short[source_id], fontweight="bold", transform=axes.get_yaxis_transform(), va="center",
                      bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 1})  # fmt: skip
            for row in own.itertuples():
                height += 1
                axes.plot([row.low, row.high], [height, height], color=BLUE, linewidth=1.5)
                axes.plot(row.log_odds, height, "o", color=BLUE)
                ticks.append((height, f"{row.word} ({row.n} : {row.n_rest})"))
            height += 1.3
        axes.axvline(0, color=GREY, linewidth=1)
        axes.set_yticks(*zip(*ticks, strict=True) if ticks else ([], []))
        axes.set_ylim(height - 0.5, -0.8)
        axes.set_xlabel(wrap("log-odds, text against all others (right: more in the text)", either(60, 36)))
    said = "; ".join(f"{short[source_id]}: {', '.join(own.word)}" for source_id, own in words.groupby("source_id", sort=False))
    none = [name for source_id, name in short.items() if source_id not in set(words.source_id)]
    figure.description = Description(
        "fig-keyness",
        "Words that each text uses more than the others do, quotations left out; in brackets the counts in the text and in the others.",
        f"Dots with ranges, grouped by text. {said}." + (f" No such word: {', '.join(none)}." if none else ""),
    )
    return figure
