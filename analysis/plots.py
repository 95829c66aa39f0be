"""Figures: each a function from a table to a matplotlib Figure that carries its name, caption and alternative text.

Figures are drawn 6 inches wide so that their type can be read on a telephone, without pyplot and its global state.
"""

import io
from typing import NamedTuple

import matplotlib
from matplotlib.figure import Figure

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
    """A text's lag in words: "13 days before", "530 to 550 days after"."""
    low, high = sorted((abs(source.lag_days_low), abs(source.lag_days)))
    span = f"{high}" if low == high else f"{low} to {high}"
    return f"{span} days {'before' if source.lag_days < 0 else 'after'}"


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
            side = -1 if row.lag_days > 400 else 1
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
        "What the five raw files consist of, by words. The label is the share of the body: only that is analysed.",
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
        "How the texts (circles) are tied to two works outside the corpus (squares).",
        f"Diagram of ties between texts and two outside works: {said}. Without a tie: {free}.",
    )
    return figure
