"""Labels that would lie over each other are moved apart, as little as may be; and so in the figure of whose words are quoted."""

import itertools
from contextlib import nullcontext

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text

from analysis.figures.base import narrow_width
from analysis.figures.spread import spread
from analysis.figures.voices import plot_sourcing

LABELS = st.lists(st.tuples(st.floats(0, 20), st.floats(0.1, 3)), max_size=12)


@pytest.mark.parametrize(
    ("places", "heights", "moved"),
    [
        ([0, 2, 4], [1, 1, 1], [0, 2, 4]),
        ([1, 1], [1, 1], [0.5, 1.5]),
        ([1, 1.2, 5], [1, 2, 1], [0.35, 1.85, 5]),
        ([5, 1, 1], [1, 1, 1], [5, 0.5, 1.5]),  # in the order given
        ([0, 0], [1, 1], [0, 1]),  # not over the upper bound, which is -0.5
        ([9, 9], [1, 1], [8.5, 9.5]),
        ([], [], []),
    ],
)
def test_labels_by_hand(places, heights, moved):
    assert spread(places, heights, -0.5, 10) == pytest.approx(moved)


@given(LABELS)
@settings(max_examples=100, deadline=None, derandomize=True, database=None)
def test_labels_keep_apart_in_their_order_and_within_bounds(labels):
    places, heights = ([label[part] for label in labels] for part in (0, 1))
    bounds = (-2, 40)
    found = sorted(zip(places, range(len(labels)), spread(places, heights, *bounds), heights, strict=True))
    for (_, _, one, tall), (_, _, other, taller) in itertools.pairwise(found):
        assert other - one >= (tall + taller) / 2 - 1e-5
    assert all(bounds[0] <= middle - tall / 2 + 1e-5 and middle + tall / 2 - 1e-5 <= bounds[1] for _, _, middle, tall in found)
    apart = all(other[0] - one[0] >= (one[3] + other[3]) / 2 for one, other in itertools.pairwise(found))
    if apart and all(bounds[0] <= place - tall / 2 and place + tall / 2 <= bounds[1] for place, _, _, tall in found):
        assert [middle for _, _, middle, _ in found] == pytest.approx([place for place, *_ in found], abs=1e-5)


SPEAKERS = st.sampled_from(["Ada Quill", "one envoy", "a senior member of the delegation of the islands", "Ivo Dray", "the Lanne Herald"])
REPORTERS = st.sampled_from(
    ["", "", "Herald", "Lake Gazette", "Lake Gazette > Ada Quill", "a former minister > Evening Post of the Islands"]
)
ROUTES = st.lists(st.tuples(SPEAKERS, REPORTERS, st.sampled_from(["speech", "document"])), max_size=9, unique=True)


@pytest.mark.parametrize("width", [nullcontext, narrow_width], ids=["wide", "narrow"])
@given(st.lists(ROUTES, min_size=1, max_size=3))
@settings(max_examples=25, deadline=None, derandomize=True, database=None)
def test_no_reporter_and_no_speaker_lies_over_another(width, given_routes):
    rows = [
        {"source_id": f"t{text}", "speaker": speaker, "via": via, "kind": kind, "n": 1, "n_words": 12}
        for text, own in enumerate(given_routes)
        for speaker, via, kind in own
    ]
    routes = pd.DataFrame(rows, columns=["source_id", "speaker", "via", "kind", "n", "n_words"])
    names = [f"The Observatory of Islands 198{text}" for text in range(len(given_routes))]
    sources = pd.DataFrame({"source_id": [f"t{text}" for text in range(len(names))], "short": names, "coding": "once"})
    with width():
        figure, _ = plot_sourcing(routes, sources)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    boxes = [
        (text.get_text(), text.get_window_extent(canvas.get_renderer()).padded(-1)) for text in figure.findobj(Text) if text.get_text()
    ]
    assert [(first, second) for (first, one), (second, other) in itertools.combinations(boxes, 2) if one.overlaps(other)] == []
