"""Figures of how the texts are written: readability, its sensitivity, keywords."""

import itertools

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from analysis.figures import base
from analysis.figures.base import FigureText


def plot_readability(scores: pd.DataFrame, sources: pd.DataFrame) -> tuple[Figure, FigureText]:
    """Readability scores of each text with their intervals, and textstat's; from `readability_scores` and the table `sources`."""
    chosen = list(dict.fromkeys(scores.measure))
    order = list(sources.source_id)
    short = sources.set_index("source_id").short
    said = []
    with base.figure_style():
        figure = Figure(
            figsize=(base.FIGURE_WIDTH.get(), base.by_width(0.45, 0.92) * len(order) + base.by_width(1.5, 2.0)), layout="constrained"
        )
        apart = {"wspace": 0.09}  # so that numbers at the ends of two scales do not meet
        grid = base.by_width((1, len(chosen)), (len(chosen), 1))
        panels = figure.subplots(*grid, squeeze=False, sharey=True, gridspec_kw=apart).flat
        for axes, name in zip(panels, chosen, strict=True):
            own = scores.query("measure == @name and status == 'ok'")
            for row in own.itertuples():
                ours, y = row.method != "textstat", order.index(row.source_id)
                axes.plot([row.low, row.high], [y, y], color=base.BLUE, linewidth=2)
                shape, colour, fill = ("o", base.BLUE, "full") if ours else ("D", base.ORANGE, "none")
                label = "published formula, 95 % interval" if ours else "textstat"
                axes.plot(row.value, y, shape, color=colour, fillstyle=fill, label=label, markersize=7)
                said.append(f"{name}, {short[row.source_id]}, {row.method}: {row.value:.1f}")
            base.label_rows(axes, short[order], 24)
            axes.xaxis.set_major_locator(MaxNLocator("auto", steps=[1, 2, 2.5, 5, 10], prune="both"))
            axes.set_xlabel(f"{name}\n({own.direction.iloc[0].removeprefix('higher means ')} to the right)" if len(own) else name)
        base.add_legend(figure, base.legend_handles(*figure.axes))
    return figure, FigureText(
        "fig-readability",
        "Readability scores. Interval: how far the score moves when the text's own sentences are drawn anew; none for few sentences.",
        f"Dots with intervals. {'; '.join(said)}.",
    )


def plot_sensitivity(changes: pd.DataFrame, sources: pd.DataFrame) -> tuple[Figure, FigureText]:
    """What another rule does to one score of each text; from `ease_sensitivity` and the table `sources`."""
    measure = next(iter(changes.measure), "each score")
    rows = list(dict.fromkeys(changes.variation))
    short = sources.set_index("source_id").short
    forms = dict(zip(short.index, itertools.cycle("osD^vPX"), strict=False))
    with base.figure_style():
        figure, axes = base.new_figure(0.42 * len(rows) + 1.6, 0.46 * len(rows) + 1.6)
        axes.axvline(0, color=base.GREY, linewidth=1)
        for source_id, dots in changes.groupby("source_id", sort=False):
            places, form = [rows.index(name) for name in dots.variation], forms[source_id]
            axes.plot(dots.change, places, form, color=base.BLUE, fillstyle="none", markersize=7, label=short[source_id])
        base.label_rows(axes, rows, 22)
        axes.set_xlabel(f"change of {measure}, points")
        base.add_legend(figure, base.legend_handles(axes))
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
    with base.figure_style():
        figure, axes = base.new_figure(*[0.27 * len(words) + 0.32 * words.source_id.nunique() + 1.0] * 2)
        height, ticks = 0.0, []
        for source_id, own in words.groupby("source_id", sort=False):
            text = axes.text(0.02, height, short[source_id], fontweight="bold", va="center", transform=axes.get_yaxis_transform())
            text.set_bbox({"facecolor": base.PAPER, "edgecolor": "none", "pad": 1})
            for row in own.itertuples():
                height += 1
                axes.plot([row.low, row.high], [height, height], color=base.BLUE, linewidth=1.5)
                axes.plot(row.log_odds, height, "o", color=base.BLUE)
                ticks.append((height, f"{row.word} ({row.n} : {row.n_rest})"))
            height += 1.3
        axes.axvline(0, color=base.GREY, linewidth=1)
        axes.set_yticks(*zip(*ticks, strict=True) if ticks else ([], []))
        axes.set_ylim(height - 0.5, -0.8)
        axes.set_xlabel(base.wrap_label("log-odds, text against all others (right: more in the text)", base.by_width(60, 36)))
    said = "; ".join(f"{short[source_id]}: {', '.join(own.word)}" for source_id, own in words.groupby("source_id", sort=False))
    none = [name for source_id, name in short.items() if source_id not in set(words.source_id)]
    return figure, FigureText(
        "fig-keyness",
        "Words that each text uses more than the others do, quotations left out; in brackets the counts in the text and in the others.",
        f"Dots with ranges, grouped by text. {said}." + (f" No such word: {', '.join(none)}." if none else ""),
    )
