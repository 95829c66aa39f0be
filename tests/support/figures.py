"""Every figure of the book, drawn for tests."""

from analysis import chronology, claims, cost, framing, keyness, measures, plots, proposals, provenance, reliability, voices


def every_figure(texts):
    sources = provenance.sources(texts)
    return {
        "publication_lag": plots.publication_lag(sources),
        "composition": plots.composition(provenance.zone_words(texts), sources),
        "dependence": plots.dependence(provenance.dependencies(texts), sources),
        "settlement_matrix": plots.settlement_matrix(proposals.matrix(texts), proposals.dimensions(texts), sources),
        "guarantor_dots": plots.guarantor_dots(proposals.guarantor_sets(texts), sources),
        "quoted_sides": plots.quoted_sides(voices.by_side(texts), sources),
        "credit_and_blame": plots.credit_and_blame(framing.credit_and_blame(texts), sources),
        "functions": plots.functions(framing.function_counts(texts), sources),
        "readability": plots.readability(measures.readability(texts), sources),
        "sensitivity": plots.sensitivity(measures.ease_sensitivity(texts), sources),
        "timeline": plots.timeline(chronology.spanned(chronology.events(texts)), chronology.benchmark(texts), sources),
        "positions": plots.positions(claims.comparisons(texts), sources),
        "agreement": plots.agreement(reliability.passes(texts)),
        "keyness": plots.keyness(keyness.top(texts), sources),
        "strength_scale": plots.strength_scale(proposals.strengths(texts), texts.tables["strengths.csv"]),
        "tool_rates": plots.tool_rates(cost.rates()),
        "growth": plots.growth(cost.growth()),
    }
