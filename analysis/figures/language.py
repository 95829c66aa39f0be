"""Figures of how the texts are written: readability, its sensitivity, keywords."""

import itertools

import pandas as pd
from matplotlib.figure import Figure

from analysis.figures.base import (
    BLUE,
    FIGURE_WIDTH,
    GREY,
    ORANGE,
    PAPER,
    FigureText,
    add_legend,
    by_width,
    figure_style,
    label_rows,
    legend_handles,
    new_figure,
    wrap_label,
)


def plot_readability(scores: pd.DataFrame, sources: pd.DataFrame) -> tuple[Figure, FigureText]:
    """Readability scores of each text with their intervals, and textstat's; from `readability_scores` and the table `sources`."""
    chosen = list(dict.fromkeys(scores.measure))
    order = list(sources.source_id)
    short = sources.set_index("source_id").short
    said = []
    with figure_style():
        figure = Figure(figsize=(FIGURE_WIDTH.get(), by_width(0.45, 0.92) * len(order) + by_width(1.5, 2.0)), layout="constrained")
        panels = figure.subplots(*by_width((1, len(chosen)), (len(chosen), 1)), squeeze=False, sharey=True).flat
        for axes, name in zip(panels, chosen, strict=True):
            own = scores.query("measure == @name and status == 'ok'")
            for row in own.itertuples():
                ours, y = row.method != "textstat", order.index(row.source_id)
                axes.plot([row.low, row.high], [y, y], color=BLUE, linewidth=2)
                axes.plot(
                    row.value,
                    y,
                    "o" if ours else "D",
                    color=BLUE if ours else ORANGE,
                    fillstyle="full" if ours else "none",
                    label="published formula, 95 % interval" if ours else "textstat",
                    markersize=7,
                )
                said.append(f"{name}, {short[row.source_id]}, {row.method}: {row.value:.1f}")
            label_rows(axes, short[order], 24)
            axes.set_xlabel(f"{name}\n({own.direction.iloc[0].removeprefix('higher means ')} to the right)" if len(own) else name)
        add_legend(figure, legend_handles(*figure.axes))
    return figure, FigureText(
        "fig-readability",
        "Readability scores. Interval: how far the score moves when the text's own sentences are drawn anew; none for few sentences.",
        f"Dots with intervals. {'; '.join(said)}.",
    )


def plot_sensitivity(changes: pd.DataFrame, sources: pd.DataFrame) -> tuple[Figure, FigureText]:
    """What another rule does to one score of each text; from `ease_sensitivity` and the table `sources`."""
    (measure,) = set(changes.measure)
    rows = list(dict.fromkeys(changes.variation))
    short = sources.set_index("source_id").short
    forms = dict(zip(short.index, itertools.cycle("osD^vPX"), strict=False))
    with figure_style():
        figure, axes = new_figure(0.42 * len(rows) + 1.6, 0.46 * len(rows) + 1.6)
        axes.axvline(0, color=GREY, linewidth=1)
        for source_id, dots in changes.groupby("source_id", sort=False):
            axes.plot(
                dots.change,
                [rows.index(name) for name in dots.variation],
                forms[source_id],
                color=BLUE,
                fillstyle="none",
                markersize=7,
                label=short[source_id],
            )
        label_rows(axes, rows, 22)
        axes.set_xlabel(f"change of {measure}, points")
        add_legend(figure, legend_handles(axes))
    said = "; ".join(
        f"{name}: " + ", ".join(f"{short[row.source_id]} {row.change:+.1f}" for row in dots.itertuples())
        for name, dots in changes.groupby("variation", sort=False)
    )
    return figure, FigureText(
        "fig-sensitivity",
        f"How far {measure} of each text moves when one rule is changed, or when textstat computes it by its own.",
        f"Dots of changes, a row a rule. {said}.",
    )


def plot_keyness(words: pd.DataFrame, sources: pd.DataFrame) -> tuple[Figure, FigureText]:
    """The words that set each text apart, with their log-odds; from `top_keywords` and the table `sources`."""
    short = sources.set_index("source_id").short
    with figure_style():
        figure, axes = new_figure(*[0.27 * len(words) + 0.32 * words.source_id.nunique() + 1.0] * 2)
        height, ticks = 0.0, []
        for source_id, own in words.groupby("source_id", sort=False):
            axes.text(
                0.02,
                height,
                short[source_id],
                fontweight="bold",
                transform=axes.get_yaxis_transform(),
                va="center",
                bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 1},
            )
            for row in own.itertuples():
                height += 1
                axes.plot([row.low, row.high], [height, height], color=BLUE, linewidth=1.5)
                axes.plot(row.log_odds, height, "o", color=BLUE)
                ticks.append((height, f"{row.word} ({row.n} : {row.n_rest})"))
            height += 1.3
        axes.axvline(0, color=GREY, linewidth=1)
        axes.set_yticks(*zip(*ticks, strict=True) if ticks else ([], []))
        axes.set_ylim(height - 0.5, -0.8)
        axes.set_xlabel(wrap_label("log-odds, text against all others (right: more in the text)", by_width(60, 36)))
    said = "; ".join(f"{short[source_id]}: {', '.join(own.word)}" for source_id, own in words.groupby("source_id", sort=False))
    none = [name for source_id, name in short.items() if source_id not in set(words.source_id)]
    return figure, FigureText(
        "fig-keyness",
        "Words that each text uses more than the others do, quotations left out; in brackets the counts in the text and in the others.",
        f"Dots with ranges, grouped by text. {said}." + (f" No such word: {', '.join(none)}." if none else ""),
    )
