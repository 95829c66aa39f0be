"""Figures of the framing: credit and blame, functions."""

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from analysis.coding.framing import actor_in_words
from analysis.figures import base
from analysis.figures.base import FigureText
from analysis.number_words import in_words, plural


def _stacked_voice_bar(axes: Axes, x: float, y: float, row: Any, colour: str, unit: float) -> None:
    """A bar of row.n passages from `x`: filled for the author's own voice, hollow for the voice of others; its number at the end."""
    for n, left, look in ((row.author, 0, {"color": colour}), (row.n - row.author, row.author, base.outline_style(colour))):
        if n:
            axes.barh(y, n * unit, left=x + left * unit, height=0.3, **look)
    if row.n:
        base.label_number(axes, x + row.n * unit, y, row.n)


def _voice_legend(figure: Figure, colours: dict[str, str]) -> None:
    """A legend for `_stacked_voice_bar`: {label: colour}, and what hollow means."""
    handles = {label: Patch(color=colour) for label, colour in colours.items()}
    handles |= {"author's voice": Patch(color=base.GREY), "others' voice": Patch(**base.outline_style(base.GREY))}
    base.add_legend(figure, handles, "lower center")


def plot_credit_and_blame(counts: pd.DataFrame, sources: pd.DataFrame) -> tuple[Figure, FigureText]:
    """How often each text credits and blames each actor; from `credit_and_blame` and the table `sources`."""
    actors = list(dict.fromkeys(counts.actor))
    with base.figure_style():
        unit = base.bar_unit(counts.n.max(), sources)
        figure, axes, columns = base.matrix_axes(actors, sources, 0.72 * len(actors) + 1.2, 0.72 * len(actors) + 1.4)
        for row in counts.itertuples():
            place = actors.index(row.actor) + (-0.17 if row.valence == "credited" else 0.17)
            _stacked_voice_bar(axes, columns[row.unit] - 0.45, place, row, base.BLUE if row.valence == "credited" else base.ORANGE, unit)
        _voice_legend(figure, {"credited": base.BLUE, "blamed": base.ORANGE})
    short = sources.set_index("source_id").short
    said = []
    for source_id, own in counts[counts.n > 0].groupby("unit", sort=False):
        each = ", ".join(f"{row.actor} {row.valence} {row.n} ({row.attributed} in others' voice)" for row in own.itertuples())
        said.append(f"{short[source_id]}: {each}")
    missing = [name for source_id, name in short.items() if not counts[counts.unit == source_id].n.sum()]
    said += [f"{name}: none" for name in missing]
    return figure, FigureText(
        "fig-credit-and-blame",
        "In how many passages each text credits (above) and blames (below) each actor. Hollow: in the voice of somebody whom it reports.",
        f"Grid of actors and texts with bars of counts. {'; '.join(said)}.",
    )


def plot_credit_and_blame_rates(rates: pd.DataFrame, sources: pd.DataFrame) -> tuple[Figure, FigureText]:
    """Whom each text credits and blames, for its length; from `credit_and_blame_rates` and the table `sources`."""
    judged = rates[rates.n > 0]
    rows = sum(judged[judged.unit == source_id].actor.nunique() + 1.35 for source_id in sources.source_id)
    colours = {"credited": base.BLUE, "blamed": base.ORANGE}
    with base.figure_style():
        figure, axes = base.new_figure(0.2 * rows + 1.2, 0.24 * rows + 1.7)
        height, ticks, said = 0.0, [], []
        for source in sources.itertuples():
            own = judged[judged.unit == source.source_id]
            head = f"{source.short}, {source.body_words:,} words" + ("" if len(own) else ": no judgement")
            base.write_head(figure, axes, height, head)
            for actor, both in own.groupby("actor", sort=False):
                height += 1
                ticks.append((height, actor_in_words(actor)))
                for row in both.itertuples():
                    _diverging_bar(axes, height, row, colours[row.valence], 1 if row.valence == "credited" else -1)
            height += 1.35
            said.append(f"{source.short}: {', '.join(_judged_in_words(row) for row in own.itertuples()) or 'none'}")
        axes.axvline(0, color=base.GREY, linewidth=1, zorder=0)
        axes.set_yticks(*zip(*ticks, strict=True) if ticks else ([], []))
        axes.set_ylim(height - 0.75, -0.7)
        most = judged.groupby("valence").rate.max()
        room = base.by_width(1.25, 1.5)
        axes.set_xlim(-room * most.get("blamed", 1), room * most.get("credited", 1))
        axes.xaxis.set_major_formatter(lambda value, _: f"{abs(value):g}")
        axes.spines.left.set_visible(False)
        axes.tick_params(axis="y", length=0)
        axes.set_xlabel("\u2190 blamed   |   credited \u2192\npassages per 1,000 words")
        handles = {label: Patch(color=colour) for label, colour in colours.items()}
        handles["only in others' words"] = Patch(**base.outline_style(base.GREY, _HATCH))
        base.add_legend(figure, handles, "lower center")
    return figure, FigureText(
        "fig-credit-and-blame-rates",
        "Whom each text blames (to the left) and credits (to the right), for its length. Beside each bar: in how many passages; "
        "in brackets those of them in others' words alone (hatched). Charges that a text reports and rejects are not counted.",
        f"Bars to the left and right of a line, grouped by text. {'; '.join(said)}.",
    )


_HATCH = "////"  # of what stands in others' voice


def _diverging_bar(axes: Axes, y: float, row: Any, colour: str, way: int) -> None:
    """A bar to the right (`way` 1) or to the left (-1): filled for the author's voice, hatched for others'; its count at the end."""
    looks = ((row.author_rate, 0.0, {"color": colour}), (row.rate - row.author_rate, row.author_rate, base.outline_style(colour, _HATCH)))
    for width, start, look in looks:
        if width > 1e-9:
            axes.barh(y, way * width, left=way * start, height=0.6, **look)
    words = f"{row.n}" + (f" ({row.attributed})" if row.attributed else "")
    base.write_beside(axes, words, (way * row.rate, y), (3 * way, 0), ha="left" if way > 0 else "right", fontsize=9)


def _judged_in_words(row: Any) -> str:
    """ "Vesk blamed in 2 passages (1 in others' words), 7.6 per 1,000 words"."""
    others = f" ({row.attributed} in others' words)" if row.attributed else ""
    return f"{actor_in_words(row.actor)} {row.valence} in {plural(row.n, 'passage')}{others}, {row.rate:.1f} per 1,000 words"


def plot_functions(counts: pd.DataFrame, sources: pd.DataFrame) -> tuple[Figure, FigureText]:
    """How many passages of each text perform each of Entman's functions; from `function_counts` and the table `sources`."""
    kinds = list(dict.fromkeys(counts.function))
    with base.figure_style():
        unit = base.bar_unit(counts.n.max(), sources)
        figure, axes, columns = base.matrix_axes(kinds, sources, 0.5 * len(kinds) + 1.2, 0.54 * len(kinds) + 1.1)
        for row in counts.itertuples():
            _stacked_voice_bar(axes, columns[row.source_id] - 0.45, kinds.index(row.function), row, base.BLUE, unit)
        _voice_legend(figure, {})
    short = sources.set_index("source_id").short
    said = "; ".join(
        f"{short[source_id]}: " + ", ".join(f"{row.function} {row.n} ({row.attributed} in others' voice)" for row in own.itertuples())
        for source_id, own in counts.groupby("source_id", sort=False)
    )
    return figure, FigureText(
        "fig-functions",
        "In how many passages each text names a problem, a cause, a moral judgement, a remedy. Hollow: in the voice of others.",
        f"Grid of {in_words(len(kinds))} functions and the texts with bars of counts. {said}.",
    )
