"""The specification panel: in how many combinations of choices each finding holds, and what a single other choice changes."""

import html
from collections.abc import Iterable
from typing import Any, NamedTuple

import pandas as pd

from analysis.coding.multiverse import combinations, one_change
from analysis.coding.sureness import coded_once, needs, overturned
from analysis.corpus.reader import Corpus
from analysis.display.notebook import display_named
from analysis.display.statuses import finding_as_stated

_LENGTH = 100  # of a bar, in units of its drawing

_NAME, _CAPTION = "fig-multiverse", "In how many combinations of choices each finding holds, and what alone makes it fail"

_LEGEND = (
    "The numbers beside a bar: in how many combinations of choices the finding holds, of those in which it can be asked. "
    "It cannot be asked where a text that it needs is gone, or where a choice changes nothing that it counts."
)


class AskedFinding(NamedTuple):
    """A finding with what became of it: its short name, its sentence, combinations, and what changes it in whole sentences."""

    finding: str
    statement: str
    held: int
    asked: int
    changes: str


def display_specification_panel(texts: Corpus) -> None:
    """Display each finding with a bar for the combinations in which it holds, and the single other choices that change it.

    The data of the panel: choice ("held", "asked" or a choice in words), and a column a finding.
    """
    changes, counts = one_change(texts).set_index("finding"), combinations(texts).set_index("finding")
    findings = [_asked(texts, row) for row in counts.itertuples()]
    display_named(specification_panel(findings), pd.concat([counts, changes], axis=1).T.rename_axis("choice"), _CAPTION, _NAME)


def _asked(texts: Corpus, row: Any) -> AskedFinding:
    statement, own = finding_as_stated(texts, row.Index)
    return AskedFinding(row.Index, statement, row.held, row.asked, _what_changes(own, row.Index))


def _what_changes(texts: Corpus, finding: str) -> str:
    """Where another choice makes a finding fail, without which texts it cannot be asked, whether it was coded once, in sentences."""
    missing = " or ".join(needs(texts, finding))
    sentences = [
        f"Fails {overturned(texts, finding)}.",
        f"Without {missing} it cannot be asked." if missing else "",
        "It was coded once." if coded_once(texts, finding) else "",
    ]
    return " ".join(filter(None, sentences))


def specification_panel(findings: Iterable[AskedFinding]) -> str:
    """The panel as HTML, a row a finding."""
    heads = "".join(f'<th scope="col">{head}</th>' for head in ("finding", "holds in", "what changes it"))
    rows = "".join(
        f'<tr><th scope="row"><b>{html.escape(row.finding[:1].upper() + row.finding[1:])}.</b> {html.escape(row.statement)}</th>'
        f"<td>{_bar(row.held, row.asked)}</td><td>{html.escape(row.changes)}</td></tr>\n"
        for row in findings
    )
    return (
        f'<div class="panel" id="{_NAME}">\n<table>\n<caption>{_CAPTION}</caption>\n<thead><tr>{heads}</tr></thead>\n'
        f"<tbody>\n{rows}</tbody></table>\n<p>{_LEGEND}</p></div>"
    )


def _bar(held: int, asked: int) -> str:
    """A bar that is full where the finding holds in every combination, with the numbers beside it."""
    full = round(_LENGTH * held / asked) if asked else 0
    return (
        f'<div class="bar"><svg viewBox="0 0 {_LENGTH} 10" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect class="all" width="{_LENGTH}" height="10"/><rect class="held" width="{full}" height="10"/></svg>'
        f"<span><b>{held}</b> of {asked}</span></div>"
    )
