"""The specification panel: in how many combinations of choices each finding holds, and what each single other choice does to it."""

import html

import pandas as pd

from analysis.coding.multiverse import FAILS, HOLDS, UNASKED, combinations, one_change
from analysis.corpus.reader import Corpus
from analysis.display.notebook import display_named

_SAID = {HOLDS: "yes", FAILS: "no", UNASKED: "–"}

_HEIGHT = 60  # of a bar, in units of its drawing

_NAME, _CAPTION = "fig-multiverse", "Does each finding still hold when one choice is made otherwise?"

_LEGEND = (
    "A bar shows in how many of all combinations of choices the finding holds, of those in which it can be asked. "
    "Below, one choice at a time: <b>yes</b>, it still holds; <b>no</b>, it does not; <b>–</b>, it cannot be asked, because a text that it "
    "needs is gone or the choice changes nothing that it counts."
)


def display_specification_panel(texts: Corpus) -> None:
    """Display the findings as columns, with a bar each for the combinations in which they hold, and the single other choices as rows.

    The data of the panel: choice ("held", "asked" or a choice in words), and a column a finding.
    """
    changes, counts = one_change(texts).set_index("finding"), combinations(texts).set_index("finding")
    display_named(specification_panel(changes, counts), pd.concat([counts, changes], axis=1).T.rename_axis("choice"), _CAPTION, _NAME)


def specification_panel(changes: pd.DataFrame, counts: pd.DataFrame) -> str:
    """The panel as HTML, of `one_change` and `combinations`, both with the findings as index."""
    heads = "".join(f'<th scope="col"><span>{html.escape(finding)}</span></th>' for finding in changes.index)
    bars = "".join(f"<td>{_bar(row.held, row.asked)}</td>" for row in counts.loc[changes.index].itertuples())
    rows = "".join(
        f'<tr><th scope="row">{html.escape(choice)}</th>{"".join(map(_cell, given))}</tr>\n' for choice, given in changes.items()
    )
    return (
        f'<div class="panel" id="{_NAME}">\n<table>\n<caption>{_CAPTION}</caption>\n'
        f'<thead><tr><td></td>{heads}</tr></thead>\n<tbody>\n<tr class="combinations"><th scope="row">holds in so many combinations</th>'
        f"{bars}</tr>\n{rows}</tbody></table>\n<p>{_LEGEND}</p></div>"
    )


def _cell(given: str) -> str:
    shown = _SAID[given]
    words = f'<span aria-hidden="true">{shown}</span><span class="unseen">{given}</span>' if given == UNASKED else shown
    return f'<td class="{given.split()[0]}">{words}</td>'


def _bar(held: int, asked: int) -> str:
    """A bar that is full where the finding holds in every combination, with the numbers beside it."""
    full = round(_HEIGHT * held / asked) if asked else 0
    return (
        f'<div class="bar"><svg viewBox="0 0 10 {_HEIGHT}" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect class="all" width="10" height="{_HEIGHT}"/><rect class="held" y="{_HEIGHT - full}" width="10" height="{full}"/></svg>'
        f"<span><b>{held}</b> of {asked}</span></div>"
    )
