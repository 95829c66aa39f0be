"""Figures of the framing: whose words, credit and blame, functions."""

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from analysis.figures import base
from analysis.figures.base import FigureText
from analysis.number_words import in_words


def plot_quoted_sides(counts: pd.DataFrame, sources: pd.DataFrame) -> tuple[Figure, FigureText]:
    """Whose words each text quotes, by side; from `quoted_words_by_side` and the table `sources`."""
    short = sources.set_index("source_id").short
    sides = list(counts.columns)
    with base.figure_style():
        unit = base.bar_unit(counts.to_numpy().max(initial=0), sources)
        figure, axes, columns = base.matrix_axes(sides, sources, 0.42 * len(sides) + 0.7, 0.46 * len(sides) + 0.7)
        for source_id, row in counts.iterrows():
            for place, n in enumerate(row):
                if n:
                    axes.barh(place, n * unit, left=columns[source_id] - 0.45, height=0.3, color=base.BLUE)
                    base.label_number(axes, columns[source_id] - 0.45 + n * unit, place, n)
    said = "; ".join(
        f"{short[source_id]}: "
        + (", ".join(f"{side} {n}" for side, n in counts.loc[source_id].items() if n) if source_id in counts.index else "no quotation")
        for source_id in sources.source_id
    )
    return figure, FigureText(
        "fig-quoted-sides",
        "Words in quotation, by the side of the speaker. Each word counts once. Empty: the text quotes nobody of that side.",
        f"Grid of sides and texts with bars of words in quotation. {said}.",
    )


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
