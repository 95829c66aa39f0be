"""Every figure carries a name, a caption and an alternative text that says what it shows; none is cut off or too small."""

import gzip
import importlib
import itertools
import re
from contextlib import nullcontext
from datetime import date
from types import SimpleNamespace
from typing import NamedTuple

import numpy as np
import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex
from matplotlib.dates import date2num
from matplotlib.text import Text

import batch.figures
from analysis.coding.events import event_table, reference_events, with_date_range
from analysis.coding.guarantees import commitment_scores
from analysis.corpus.texts import coded_sources, reference_instrument, source_table
from analysis.figures.base import (
    BLUE,
    GREEN,
    GREY,
    INK,
    NARROW_INCHES,
    ORANGE,
    PAINT,
    PALETTE,
    PAPER,
    RULE,
    SHADE,
    WIDE_INCHES,
    by_width,
    figure_style,
    matrix_axes,
    narrow_width,
    recolor_dark,
    to_svg,
)
from analysis.figures.comparisons import day_words, near_the_reference, plot_timeline
from analysis.figures.firmness import plot_firmness
from analysis.figures.sources import lag_words
from tests.support.figures import heaviest

ROOMS = ("sources", "proposals", "firmness", "voices", "framing", "comparisons", "language")


class Drawn(NamedTuple):
    """All figures at one width, by the name of the function: each a Figure, what it says of itself (`FigureText`), and an SVG."""

    width: float
    figures: dict
    said: dict
    svgs: dict


def draw(texts, figures, width):
    with narrow_width() if width == NARROW_INCHES else nullcontext():
        made = figures(texts)
    figures, said = ({name: pair[place] for name, pair in made.items()} for place in (0, 1))
    return Drawn(width, figures, said, {name: to_svg(figure) for name, figure in figures.items()})


@pytest.fixture(scope="module")
def both(texts, figures):
    return {width: draw(texts, figures, width) for width in (WIDE_INCHES, NARROW_INCHES)}


@pytest.fixture(params=[WIDE_INCHES, NARROW_INCHES], ids=["wide", "narrow"])
def each(request, both):
    return both[request.param]


@pytest.fixture
def drawn(both):
    return both[WIDE_INCHES]


@pytest.fixture(scope="module")
def both_of_the_frozen(study, figures):
    return {width: draw(study, figures, width) for width in (WIDE_INCHES, NARROW_INCHES)}


@pytest.fixture(params=itertools.product(["these", "frozen"], [WIDE_INCHES, NARROW_INCHES]), ids="{0[0]} {0[1]}".format)
def of_each_study(request, both, both_of_the_frozen):
    study, width = request.param
    return {"these": both, "frozen": both_of_the_frozen}[study][width]


def test_every_figure_function_is_tested(drawn):
    modules = [*(importlib.import_module(f"analysis.figures.{name}") for name in ROOMS), batch.figures]
    public = {name.removeprefix("plot_") for module in modules for name in vars(module) if name.startswith("plot_")}
    assert len(public) == len(drawn.figures)


def test_every_figure_says_what_it_shows(drawn, texts):
    for name, caption, alt in drawn.said.values():
        assert name.startswith("fig-")
        assert caption.endswith(".")
        others = {"fig-strengths": commitment_scores(texts).of,
                  "fig-tool-rates": ["this book", "textstat", "floor"], "fig-growth": ["documents"]}  # fmt: skip
        assert all(short in alt for short in others.get(name, coded_sources(texts).short))


def test_names_of_figures_are_unique(drawn):
    assert len({text.name for text in drawn.said.values()}) == len(drawn.figures)


def test_all_writing_lies_within_the_figure_and_is_large_enough(of_each_study):
    for name, figure in of_each_study.figures.items():
        canvas = FigureCanvasAgg(figure)
        canvas.draw()
        (left, bottom), (right, top) = figure.get_tightbbox(canvas.get_renderer()).get_points()
        width, height = figure.get_size_inches()
        assert min(left, bottom, width - right, height - top) > -0.02, name
        assert all(text.get_fontsize() >= 9 for text in figure.findobj(Text)), name
        assert width == of_each_study.width


def test_no_writing_lies_over_other_writing(of_each_study):
    for name, figure in of_each_study.figures.items():
        canvas = FigureCanvasAgg(figure)
        canvas.draw()
        written = [text for text in figure.findobj(Text) if text.get_visible() and text.get_text().strip()]
        boxes = [(text.get_text(), text.get_window_extent(canvas.get_renderer()).padded(-1)) for text in written]
        for (first, one), (second, other) in itertools.combinations(boxes, 2):
            assert not one.overlaps(other), (name, first, second)


def test_names_of_columns_that_would_meet_stand_upright(texts):
    five = coded_sources(texts).head(5)
    long = five.iloc[:1].assign(source_id="dm2022", short="DM Monitoring 2022")
    six = pd.concat([five.iloc[:1], long, five.iloc[1:]], ignore_index=True)
    with figure_style():
        for table, rotation in ((five, 0), (six, 90)):
            _, axes, _ = matrix_axes(["A name as long as rows have"] * 3, table, 2, 3, labels=27)
            assert {label.get_rotation() for label in axes.get_xticklabels()} == {rotation}


@pytest.mark.parametrize("width", [nullcontext, narrow_width], ids=["wide", "narrow"])
def test_spans_of_days_of_neighbours_on_one_step_do_not_meet(texts, width):
    five = coded_sources(texts).head(5)
    six = pd.concat([five, five.iloc[-1:].assign(source_id="late2024", short="Late 2024")], ignore_index=True)
    spans = six.assign(step="a step", rank=1, lag_days=[-13, 550, 702, 804, 1204, 1388], lag_days_low=[-13, 530, 612, 718, 1188, 1280])
    with width():
        figure, _ = plot_firmness(spans, reference_instrument(texts))
        canvas = FigureCanvasAgg(figure)
        canvas.draw()
        days = [text for text in figure.findobj(Text) if "days" in text.get_text()]
        boxes = [text.get_window_extent(canvas.get_renderer()) for text in days]
    assert len(days) == 6
    assert not any(one.overlaps(other) for one, other in itertools.combinations(boxes, 2))


def test_a_figure_says_the_same_at_both_widths(both):
    assert both[WIDE_INCHES].said == both[NARROW_INCHES].said
    for name, figure in both[WIDE_INCHES].figures.items():
        assert words(figure) == words(both[NARROW_INCHES].figures[name]), name


MONTHS = {date(2022, month, 1).strftime("%b") for month in range(1, 13)}


def words(figure):
    """The words written in a figure; the numbers and months at its scales may differ."""
    written = {word for text in figure.findobj(Text) if text.get_visible() for word in text.get_text().split()}
    return {word for word in written if any(letter.isalpha() for letter in word)} - MONTHS


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
    assert lag_words(SimpleNamespace(lag_days_low=low, lag_days=high)) == words


@pytest.mark.parametrize(
    ("first", "last", "unsure", "words"),
    [
        (date(2022, 3, 5), date(2022, 3, 5), True, "5 Mar 2022?"),
        (date(2022, 3, 14), date(2022, 3, 17), False, "14–17 Mar 2022"),
        (date(2023, 11, 1), date(2023, 11, 30), False, "Nov 2023"),
        (date(2022, 3, 30), date(2022, 4, 2), False, "30 Mar – 2 Apr 2022"),
        (date(2022, 12, 30), date(2023, 1, 2), False, "30 Dec 2022 – 2 Jan 2023"),
        (date(2022, 3, 1), date(2022, 5, 31), True, "Mar – May 2022?"),
        (date(2022, 12, 1), date(2023, 2, 28), False, "Dec 2022 – Feb 2023"),
        (date(1955, 1, 1), date(1955, 12, 31), False, "1955"),
        (date(1939, 1, 1), date(1945, 12, 31), False, "1939–1945"),
    ],
)
def test_days_in_words(first, last, unsure, words):
    assert day_words(first, last, unsure) == words


def test_a_figure_drawn_twice_gives_the_same_bytes(texts, figures, both):
    assert draw(texts, figures, NARROW_INCHES).svgs == both[NARROW_INCHES].svgs
    assert by_width("wide", "narrow") == "wide"


def test_no_figure_is_heavy(texts, each):
    for name, svg in each.svgs.items():
        assert len(gzip.compress(svg.encode())) < heaviest(texts), name


def paints(svg):
    return {paint for _, paint in PAINT.findall(svg) if paint != "none" and not paint.startswith("url(")}


def test_every_colour_has_a_partner_on_dark_pages(each):
    for name, svg in each.svgs.items():
        assert paints(recolor_dark(svg)) == {PALETTE[paint] for paint in paints(svg)}, name
        assert PAPER in paints(svg), name
        # What is black has no colour in the SVG, and what lets a colour through has another one than it says.
        assert all(to_hex(text.get_color()) in PALETTE for text in each.figures[name].findobj(Text)), name
        assert not re.search(r'opacity(: |=")0?\.', svg), name


@pytest.mark.parametrize("paint", ["fill: #123456", "stroke: red", 'fill="#123456"', "fill: rgb(0, 0, 0)"])
def test_a_colour_without_a_partner_is_named(paint):
    with pytest.raises(ValueError, match=r"has no partner for dark pages\. Remedy"):
        recolor_dark(f"<svg><path {paint}" + (' ">' if ":" not in paint else ';">'))


def light(colour):
    """The red, green and blue light of a colour, each from 0 to 1."""
    value = np.array([int(colour[place : place + 2], 16) for place in (1, 3, 5)]) / 255
    return np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)


def contrast(one, other):
    """The contrast of two colours after WCAG 2.2."""
    low, high = sorted(light(colour) @ [0.2126, 0.7152, 0.0722] for colour in (one, other))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [{colour: colour for colour in PALETTE}, PALETTE], ids=["light", "dark"])
def test_type_and_marks_stand_out_on_light_and_on_dark_pages(theme):
    for colour in (INK, BLUE, ORANGE, GREEN, GREY):
        assert contrast(theme[colour], theme[PAPER]) >= 4.5, colour
        assert contrast(theme[colour], theme[SHADE]) >= 4.5, colour
        assert contrast(theme[colour], theme[RULE]) >= 3, colour


def test_contrasts_are_those_that_others_compute():
    assert round(contrast("#ffffff", "#000000"), 1) == 21
    assert round(contrast("#767676", "#ffffff"), 2) == 4.54


# How dichromats see a colour: Machado, Oliveira and Fernandes 2009, severity 1.
SIGHT = {
    "full": np.eye(3),
    "without red": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "without green": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "without blue": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}


def lab(rgb):
    """Red, green and blue light in CIELAB, where distances are those that people see."""
    xyz = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]] @ np.clip(rgb, 0, 1) / [0.9505, 1, 1.089]
    x, y, z = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize("theme", [{colour: colour for colour in PALETTE}, PALETTE], ids=["light", "dark"])
def test_colours_stay_apart_for_colour_blind_readers(theme, sight):
    seen = [lab(SIGHT[sight] @ light(theme[colour])) for colour in (BLUE, ORANGE, GREEN, GREY)]
    assert min(np.linalg.norm(one - other) for one, other in itertools.combinations(seen, 2)) >= 20


def test_events_over_the_edge_of_a_panel_and_late_ones_are_drawn(texts):
    events, sources = with_date_range(event_table(texts)), source_table(texts)
    late = events.tail(1).assign(date="2030-01-02", first=date(2030, 1, 2), last=date(2030, 1, 2))
    figure, _ = plot_timeline(pd.concat([events, late]), reference_events(texts), sources)
    drawn = [line for axes in figure.axes for line in axes.lines if line.get_label() in ("stated", "relative", "inferred")]
    middles = events["first"] + (events["last"] - events["first"]) / 2
    assert len(drawn) == (middles >= near_the_reference(sources)[0]).sum() + 1  # each once, by the middle of its span
    assert all(axes.get_xlim()[0] <= date2num(line.get_xdata()[0]) <= axes.get_xlim()[1] for axes in figure.axes for line in axes.lines
               if line.get_label() in ("stated", "relative", "inferred"))  # fmt: skip
