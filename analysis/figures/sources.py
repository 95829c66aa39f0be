"""Figures of the texts: when they appeared, what their files hold, what they depend on."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from analysis.corpus.dates import date_in_words, seasons_in_words
from analysis.figures import base
from analysis.figures.base import FigureText
from analysis.number_words import plural


def lag_words(source: Any) -> str:
    """A text's lag in words: "13 days before", "530 to 550 days after", "87 days before to 277 days after"."""
    low, high = source.lag_days_low, source.lag_days
    if low == high == 0:
        return "on the day of"
    if low < 0 < high:
        return f"{plural(-low, 'day')} before to {plural(high, 'day')} after"
    near, far = sorted((abs(low), abs(high)))
    span = plural(far, "day") if near == far else f"{near} to {plural(far, 'day')}"
    return f"{span} {'before' if high < 0 else 'after'}"


def plot_publication_lag(sources: pd.DataFrame, reference: pd.Series) -> tuple[Figure, FigureText]:
    """When each text appeared, counted from the date of the reference instrument; from the table `sources` and `reference_instrument`."""
    table = sources.sort_values("lag_days").reset_index(drop=True)
    origin = f"{reference.short}, {date_in_words(reference.date)}"
    with base.figure_style():
        figure, axes = base.new_figure(0.4 * len(table) + 0.9, 0.5 * len(table) + 0.9)
        axes.axvline(0, color=base.ORANGE, linewidth=1.5)
        look = {"xycoords": ("data", "axes fraction"), "color": base.ORANGE, "va": "bottom"}
        base.write_beside(axes, origin, (0, 1), (4, -2), **look)
        for row in table.itertuples():
            axes.plot([row.lag_days_low, row.lag_days], [row.Index] * 2, color=base.BLUE, linewidth=3.5, solid_capstyle="round")
            axes.plot(row.lag_days, row.Index, "o", color=base.BLUE, markersize=5.5)
            side = -1 if row.lag_days > table.lag_days.max() / 2 else 1
            anchor = row.lag_days_low if side < 0 else row.lag_days
            base.write_beside(axes, lag_words(row), (anchor, row.Index), (10 * side, 0), ha="left" if side > 0 else "right")
        base.label_rows(axes, table.short, 24)
        axes.set_xlabel("days to publication")
    said = "; ".join(f"{row.short}, {seasons_in_words(row.date)}, {lag_words(row)}" for row in sources.sort_values("lag_days").itertuples())
    return figure, FigureText(
        "fig-publication-lag",
        f"When each text appeared, in days from the {reference.short}. A bar marks a date known only to lie in a span.",
        f"Timeline of publication against the {origin}: {said}.",
    )


def plot_composition(zone_words: pd.DataFrame, sources: pd.DataFrame) -> tuple[Figure, FigureText]:
    """What share of each raw file is the text itself; from `words_by_zone` and the table `sources`."""
    counts = zone_words.loc[sources.source_id]
    shares = 100 * counts.div(counts.sum(axis="columns"), axis="index")
    kinds = {
        "body": ({"color": base.BLUE}, ["body"]),
        "its own headings, by-line and caption": (
            base.outline_style(base.BLUE, "/////"),
            ["headline", "deck", "subhead", "byline", "caption"],
        ),
        "other texts of another date": (base.outline_style(base.ORANGE, "||||"), ["teaser"]),
        "the site around it": ({"color": base.GREY}, ["chrome", "front_matter", "promo"]),
    }
    with base.figure_style():
        figure, axes = base.new_figure(0.42 * len(sources) + 1.2, 0.5 * len(sources) + 1.6)
        left, rows = np.zeros(len(sources)), np.arange(len(sources))
        for label, (look, zones) in kinds.items():
            share = shares.reindex(columns=zones, fill_value=0).sum(axis="columns").to_numpy()
            some = share > 0
            axes.barh(rows[some], share[some], left=left[some], height=base.by_width(0.75, 0.46), label=label, **look)
            left += share
        for position, share in enumerate(shares["body"]):
            look = {"ha": "right", "color": base.PAPER, "fontweight": "bold"}
            base.write_beside(axes, f"{share:.0f}%", (share, position), (-6, 0), **look)
        base.label_rows(axes, sources.short, 24)
        axes.set_xlim(0, 100)
        axes.set_xlabel("share of the words in the raw file, %")
        base.add_legend(figure, base.legend_handles(axes))
    said = "; ".join(f"{source.short} {shares['body'][source.source_id]:.0f}%" for source in sources.itertuples())
    return figure, FigureText(
        "fig-composition",
        "What the raw files consist of, by words. The label is the share of the body: only that is analysed.",
        f"Stacked bars, one a text. Share of words that belong to the body: {said}.",
    )


def plot_dependence(dependencies: pd.DataFrame, sources: pd.DataFrame) -> tuple[Figure, FigureText]:
    """Which text is tied to which work outside; from `dependencies` and the table `sources`."""
    works = list(dict.fromkeys(dependencies.work))
    dashes = {"shared author": "-", "closely parallels": "--", "same outlet": ":", "cites": "-."}
    with base.figure_style():
        figure, axes = base.new_figure(3.3, 3.3)
        heights = {source_id: -row for row, source_id in enumerate(sources.source_id)}
        spread = len(sources) / max(len(works), 1)
        places = {work: -(row + 0.5) * spread + 0.5 for row, work in enumerate(works)}
        for kind, ties in dependencies.groupby("kind", sort=False):
            for number, tie in enumerate(ties.itertuples()):
                ends, label = [heights[tie.source_id], places[tie.work]], kind if number == 0 else None
                axes.plot([0, 1], ends, dashes[kind], color=base.BLUE, linewidth=1.8, zorder=1, label=label)
        base.add_legend(figure, base.legend_handles(axes), handlelength=2.2)
        for source in sources.itertuples():
            name = base.wrap_label(source.short, base.by_width(24, 10))
            base.write_beside(axes, name, (0, heights[source.source_id]), (-8, 0), ha="right")
        for work, height in places.items():
            base.write_beside(axes, base.wrap_label(work, base.by_width(15, 12)), (1, height), (8, 0), ha="left")
        axes.plot([0] * len(heights), list(heights.values()), "o", color=base.BLUE)
        axes.plot([1] * len(places), list(places.values()), "s", color=base.ORANGE)
        axes.set_xlim(*base.by_width((-0.5, 1.6), (-0.5, 1.65)))
        axes.axis("off")
    names = sources.set_index("source_id").short
    said = "; ".join(f"{names[tie.source_id]}, {tie.kind}, {tie.work}" for tie in dependencies.itertuples())
    free = ", ".join(names[source_id] for source_id in names.index if source_id not in set(dependencies.source_id))
    return figure, FigureText(
        "fig-dependence",
        "How the texts (circles) are tied to works outside the corpus (squares).",
        f"Diagram of ties between texts and outside works: {said}. Without a tie: {free}.",
    )
