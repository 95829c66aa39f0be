"""Figures: each a function from a table to a matplotlib Figure that carries its name, caption and alternative text.

Figures are drawn 6 inches wide so that their type can be read on a telephone, without pyplot and its global state.
"""

from contextlib import contextmanager
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


@contextmanager
def style():
    with matplotlib.rc_context(STYLE):
        yield


def lag_words(days):
    """A lag in words: "13 days before", "2 days after"."""
    return f"{abs(days)} day{'s' * (abs(days) != 1)} {'before' if days < 0 else 'after'}"


def publication_lag(sources):
    """When each text appeared, counted from the Istanbul talks; from the table `sources`."""
    table = sources.sort_values("lag_days", ascending=False).reset_index(drop=True)
    with matplotlib.rc_context(STYLE):
        figure = Figure(figsize=(WIDTH, 2.9), layout="constrained")
        axes = figure.subplots()
        axes.axvline(0, color=ORANGE, linewidth=1.5)
        axes.annotate("talks in Istanbul, 29 March 2022", (0, 1), (4, -2), xycoords=("data", "axes fraction"),
                      textcoords="offset points", color=ORANGE, va="bottom")  # fmt: skip
        for row in table.itertuples():
            axes.plot([row.lag_days_low, row.lag_days], [row.Index] * 2, color=BLUE, linewidth=5, solid_capstyle="round")
            axes.plot(row.lag_days, row.Index, "o", color=BLUE, markersize=8)
            side = -1 if row.lag_days > 400 else 1
            label = lag_words(row.lag_days) if row.lag_days_low == row.lag_days else f"{row.lag_days_low} to {lag_words(row.lag_days)}"
            anchor = row.lag_days_low if side < 0 else row.lag_days
            axes.annotate(label, (anchor, row.Index), (10 * side, 0), textcoords="offset points",
                          ha="left" if side > 0 else "right", va="center")  # fmt: skip
        axes.set_yticks(table.index, table.short)
        axes.set_ylim(-0.6, len(table) - 0.4)
        axes.set_xlabel("days from the talks to publication")
    said = "; ".join(
        f"{row.short}, {row.date}, {lag_words(row.lag_days)}" for row in sources.sort_values("lag_days").itertuples()
    )
    figure.description = Description(
        "fig-publication-lag",
        "When each text appeared, in days from the Istanbul talks. A bar marks a date known only to lie in a span.",
        f"Timeline of publication against the Istanbul talks of 29 March 2022: {said}.",
    )
    return figure
