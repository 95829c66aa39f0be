"""The goals of speed and memory, each beside its anchor: what was measured in rounds, held against them; `make bench` prints the table.

Values are taken round by round, so that what a ratio compares met the machine in the same state. The rounds are files of
`data/benchmarks` with the columns `what`, `round` and figures; a further file joins by its name in ROUNDS_FILES, a goal by a line in GOALS.
"""

from operator import ge, le, lt
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from analysis.number_words import in_words
from batch.benchmarks.run import RESULTS_FOLDER, WAYS

ROUNDS_FILES = ("rounds.csv", "loop.csv")
_SIGNS = {"at least": ge, "at most": le, "below": lt}
_WORD, _CELL = "version 0.7.0: 9.2 to 10.1", "version 0.7.0: 10.5 to 12.9"
_ONE, _TWO, _DASK = (way for way, _ in WAYS)


class Goal(NamedTuple):
    """A goal: its name; the bound; the `figure` (columns of the rounds, the second less the first where there are two) of which ways, the
    first divided by the second where there are two; and what was known before, its anchor.
    """

    name: str
    sign: str
    bound: float
    figure: tuple[str, ...]
    whose: tuple[str, ...]
    anchor: str


def _against_textstat(documents: str, before: str) -> Goal:
    name = f"one core, {documents} documents: CPU seconds of textstat, divided by ours"
    return Goal(name, "at least", 12, ("cpu_seconds",), (f"textstat, {documents} documents", f"this, {documents} documents"), before)


GOALS = (
    _against_textstat("20,000", "version 0.7.0: 6.4"),
    _against_textstat("100,000", "version 0.7.0: 6.4"),
    Goal("peak memory of measure, MB", "below", 450, ("peak_mb",), (_ONE,), "version 0.7.0: 366"),
    Goal(f"{_TWO}: times as fast as one", "at least", 1.7, ("seconds",), (_ONE, _TWO), "version 0.7.0: 1.40"),
    Goal(f"{_DASK}: times as fast as one process", "at least", 1.5, ("seconds",), (_ONE, _DASK), "version 0.7.0: 0.83"),
    Goal(f"{_DASK}: the same without the start", "at least", 1.7, ("start_seconds", "seconds"), (_ONE, _DASK), "a trial: 1.73"),
    Goal("make book after a word, seconds", "at most", 6, ("seconds",), ("make book, a word",), _WORD),
    Goal("make watch, a word in the open page, seconds", "at most", 3, ("seconds",), ("make watch, a word",), _WORD),
    Goal("make watch, a cell in the open page, seconds", "at most", 6, ("seconds",), ("make watch, a cell",), _CELL),
)


def goal_table(folder: Path = RESULTS_FOLDER, goals: tuple[Goal, ...] = GOALS) -> pd.DataFrame:
    """Each goal with what the rounds in `folder` say: goal, bound, measured (the median of the rounds), least, most, rounds (how many),
    anchor, outcome ("met", "MISSED", "not measured").
    """
    files = [folder / name for name in ROUNDS_FILES if (folder / name).is_file()]
    rounds = pd.concat([pd.DataFrame(columns=["what", "round"]), *map(pd.read_csv, files)], ignore_index=True)
    rows = []
    for goal in goals:
        values = _values(rounds, goal)
        measured = values.median()
        outcome = "not measured" if values.empty else "met" if _SIGNS[goal.sign](measured, goal.bound) else "MISSED"
        rows.append((goal.name, f"{goal.sign} {goal.bound:g}", measured, values.min(), values.max(), len(values), goal.anchor, outcome))
    return pd.DataFrame(rows, columns=["goal", "bound", "measured", "least", "most", "rounds", "anchor", "outcome"])


def _values(rounds: pd.DataFrame, goal: Goal) -> "pd.Series[float]":
    """What a goal asks for, by round; empty where a way or a figure was not measured."""
    if not {*goal.figure} <= {*rounds.columns}:
        return pd.Series(dtype=float)
    own = [rounds[rounds.what == what].set_index("round") for what in goal.whose]
    figures = [rows[goal.figure[-1]] - (rows[goal.figure[0]] if len(goal.figure) == 2 else 0) for rows in own]
    return (figures[0] / figures[1] if len(figures) == 2 else figures[0]).dropna().astype(float)


def shown_goals(folder: Path = RESULTS_FOLDER) -> pd.DataFrame:
    """`goal_table` as readers see it: goal, bound, measured (the median, and the least and the most of the rounds), before, outcome."""
    table = goal_table(folder)
    said = [
        f"{row.measured:.3g} ({row.least:.3g} to {row.most:.3g}, {row.rounds} rounds)" if row.rounds else "-" for row in table.itertuples()
    ]
    return table.assign(measured=said).rename(columns={"anchor": "before"})[["goal", "bound", "measured", "before", "outcome"]]


def print_goals(folder: Path = RESULTS_FOLDER) -> None:
    """Print the table of goals, a line each."""
    for row in shown_goals(folder).itertuples():
        print(f"{row.outcome}: {row.goal}, {row.bound}: {row.measured}; {row.before}")


def goal_numbers(folder: Path = RESULTS_FOLDER) -> dict[str, str]:
    """What the chapter "Cost" says of the goals and of the scheduler: the day of the rounds, how many goals there are and are met, which
    are missed, the CPU seconds of workers and scheduler, and with how many workers it would be the limit.
    """
    table, scheduler = goal_table(folder), pd.read_csv(folder / "scheduler.csv").iloc[0]
    missed = table.goal[table.outcome == "MISSED"]
    return {
        "rounds_date": str(pd.read_csv(folder / ROUNDS_FILES[0]).date.iloc[0]),
        "n_goals": in_words(len(table)),
        "n_goals_met": in_words(int((table.outcome == "met").sum())),
        "goals_missed": "; ".join(missed) or "none",
        "many_workers": in_words(int(scheduler.workers)),
        "worker_seconds": f"{scheduler.worker_seconds:.0f}",
        "scheduler_seconds": f"{scheduler.scheduler_seconds:.1f}",
        "limit_workers": f"{scheduler.limit_workers:.0f}",
    }
