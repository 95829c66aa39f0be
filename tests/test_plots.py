"""Every figure carries a name, a caption and an alternative text that says what it shows; none is cut off or too small."""

from datetime import date
from types import SimpleNamespace

import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.dates import date2num
from matplotlib.text import Text

from analysis import chronology, plots, proposals, provenance
from analysis.plots import WIDTH


@pytest.fixture(scope="module")
def drawn(texts, figures):
    return figures(texts)


def test_every_figure_function_is_tested(drawn):
    public = {name for name, thing in vars(plots).items() if callable(thing) and (thing.__doc__ or "").find("; from ") > 0}
    assert public == set(drawn)


def test_every_figure_says_what_it_shows(drawn, texts):
    for figure in drawn.values():
        name, caption, alt = figure.description
        assert name.startswith("fig-")
        assert caption.endswith(".")
        others = {"fig-strengths": proposals.strengths(texts).of, "fig-agreement": ["frames", "events", "claims"]}
        assert all(short in alt for short in others.get(name, texts.sources.short))


def test_names_of_figures_are_unique(drawn):
    assert len({figure.description.name for figure in drawn.values()}) == len(drawn)


def test_all_writing_lies_within_the_figure_and_is_large_enough(drawn):
    for name, figure in drawn.items():
        canvas = FigureCanvasAgg(figure)
        canvas.draw()
        (left, bottom), (right, top) = figure.get_tightbbox(canvas.get_renderer()).get_points()
        width, height = figure.get_size_inches()
        assert min(left, bottom, width - right, height - top) > -0.02, name
        assert all(text.get_fontsize() >= 9 for text in figure.findobj(Text)), name
        assert figure.get_size_inches()[0] == WIDTH


def test_bars_and_labels_belong_to_the_text_beside_them(drawn, texts):
    axes = drawn["composition"].axes[0]
    labels = [label.get_text() for label in axes.get_yticklabels()]
    words = provenance.zone_words(texts)
    shares = dict(zip(texts.sources.short, 100 * words.body / words.sum(axis="columns"), strict=True))
    bodies = [bar.get_width() for bar in axes.patches if bar.get_x() == 0]
    assert bodies == pytest.approx([shares[label] for label in labels])


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (-87, 277, "87 days before to 277 days after"),
        (1, 1, "1 day after"),
        (-3, -1, "1 to 3 days before"),
        (530, 550, "530 to 550 days after"),
    ],
)
def test_lags_in_words(low, high, words):
    assert plots.lag_words(SimpleNamespace(lag_days_low=low, lag_days=high)) == words


def test_lags_are_told_on_the_right_side_of_the_talks(drawn):
    said = {text.get_text() for text in drawn["publication_lag"].axes[0].texts}
    assert {"13 days before", "2 days after", "64 days after", "530 to 550 days after", "798 days after"} <= said


def test_a_figure_drawn_twice_gives_the_same_bytes(texts, figures):
    first, second = figures(texts), figures(texts)
    assert all(plots.svg(first[name]) == plots.svg(second[name]) for name in first)


def test_events_over_the_edge_of_a_panel_and_late_ones_are_drawn(texts):
    events, sources = chronology.spanned(chronology.events(texts)), provenance.sources(texts)
    late = events.tail(1).assign(date="2030-01-02", first=date(2030, 1, 2), last=date(2030, 1, 2))
    figure = plots.timeline(pd.concat([events, late]), chronology.benchmark(texts), sources)
    drawn = [line for axes in figure.axes for line in axes.lines if line.get_label() in ("stated", "relative", "inferred")]
    middles = events["first"] + (events["last"] - events["first"]) / 2
    assert len(drawn) == (middles >= plots.SPRING[0]).sum() + 1  # each once, by the middle of its span
    assert all(axes.get_xlim()[0] <= date2num(line.get_xdata()[0]) <= axes.get_xlim()[1] for axes in figure.axes for line in axes.lines
               if line.get_label() in ("stated", "relative", "inferred"))  # fmt: skip
