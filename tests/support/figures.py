"""Every figure of the book, drawn for tests, with what it says of itself."""

from matplotlib.figure import Figure

from analysis.coding.claims import comparison_table
from analysis.coding.events import event_table, reference_events, what_was_known, with_date_range
from analysis.coding.firmness import firmness_table
from analysis.coding.framing import credit_and_blame, credit_and_blame_rates, function_counts
from analysis.coding.guarantees import commitment_scores, guarantor_sets
from analysis.coding.quotations import quotation_routes, quoted_words_by_side
from analysis.coding.sources import dependencies, words_by_zone
from analysis.coding.terms import term_matrix
from analysis.coding.units import dimensions
from analysis.corpus.reader import Corpus
from analysis.corpus.texts import reference_instrument, source_table
from analysis.figures.base import FigureText
from analysis.figures.comparisons import plot_positions, plot_timeline, plot_what_was_known
from analysis.figures.firmness import plot_firmness
from analysis.figures.framing import plot_credit_and_blame, plot_credit_and_blame_rates, plot_functions
from analysis.figures.language import plot_keyness, plot_readability, plot_sensitivity
from analysis.figures.proposals import plot_guarantors, plot_settlement_matrix, plot_strengths
from analysis.figures.sources import plot_composition, plot_dependence, plot_publication_lag
from analysis.figures.voices import plot_quoted_sides, plot_sourcing
from analysis.stylometry.keyness import top_keywords
from analysis.stylometry.measures import readability_scores
from analysis.stylometry.sensitivity import ease_sensitivity
from batch.figures import plot_growth, plot_tool_rates
from batch.results import growth_table, rate_table


def heaviest(texts: Corpus) -> int:
    """How many bytes a figure may weigh, compressed: the shapes of its letters, and a part for each text."""
    return 10_000 + 2_500 * len(texts.sources)


def every_figure(texts: Corpus) -> dict[str, tuple[Figure, FigureText]]:
    sources, reference = source_table(texts), reference_instrument(texts)
    return {
        "publication_lag": plot_publication_lag(sources, reference),
        "composition": plot_composition(words_by_zone(texts), sources),
        "dependence": plot_dependence(dependencies(texts), sources),
        "settlement_matrix": plot_settlement_matrix(term_matrix(texts), dimensions(texts), sources),
        "guarantor_dots": plot_guarantors(guarantor_sets(texts), sources, reference),
        "sourcing": plot_sourcing(quotation_routes(texts), sources),
        "quoted_sides": plot_quoted_sides(quoted_words_by_side(texts), sources),
        "credit_and_blame": plot_credit_and_blame(credit_and_blame(texts), sources),
        "credit_and_blame_rates": plot_credit_and_blame_rates(credit_and_blame_rates(texts), sources),
        "functions": plot_functions(function_counts(texts), sources),
        "readability": plot_readability(readability_scores(texts), sources),
        "sensitivity": plot_sensitivity(ease_sensitivity(texts), sources),
        "timeline": plot_timeline(with_date_range(event_table(texts)), reference_events(texts), sources),
        "what_was_known": plot_what_was_known(what_was_known(texts)),
        "positions": plot_positions(comparison_table(texts), sources),
        "keyness": plot_keyness(top_keywords(texts), sources),
        "strength_scale": plot_strengths(commitment_scores(texts), texts.tables["strengths.csv"]),
        "firmness": plot_firmness(firmness_table(texts), reference),
        "tool_rates": plot_tool_rates(rate_table()),
        "growth": plot_growth(growth_table()),
    }
