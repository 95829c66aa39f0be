"""The numbers of the record of style."""

import pandas as pd
import textstat

from analysis.corpus.reader import Corpus
from analysis.corpus.texts import source_table
from analysis.display.numbers.language import language_numbers
from analysis.display.numbers.shared import Numbers, name_of_most
from analysis.stylometry.diversity import HAPAX_WORDS, WINDOWS
from analysis.stylometry.keyness import FEWEST_PASSAGES, PRIOR, PRIOR_SIZES, prior_sensitivity
from analysis.stylometry.measures import BY_FORMULA, FEWEST_SENTENCES, MEASURES, measure_table, measures_below_minimum
from analysis.stylometry.naming import PER_WORDS, concepts
from analysis.stylometry.sensitivity import ease_sensitivity, signed, textstat_counts

_RAW, _STOP = "raw file, not cleaned", "every full stop ends a sentence"  # variations of `score_sensitivity`


def style_numbers(corpus: Corpus) -> Numbers:
    """Naming choices counted, measures at their ends and how far they hang on rules, words that set texts apart."""
    return {
        "n_concepts": len(concepts(corpus)),
        "n_forms": len(corpus.tables["names.csv"]),
        "per_words": PER_WORDS,
        **language_numbers(corpus),
        **_limits(corpus),
        **_ends(corpus),
        **_other_rules(corpus),
        **_key_words(corpus),
    }


def _limits(corpus: Corpus) -> Numbers:
    """From how many words or sentences on a measure is given, and of how many texts one is missing."""
    return {
        "textstat_version": ".".join(str(part) for part in textstat.__version__),
        "fewest_sentences": FEWEST_SENTENCES,
        "smog_sentences": MEASURES["SMOG"].minimum,
        "n_too_short": measures_below_minimum(corpus).query("scope == 'all'").source_id.nunique(),
        "short_window": min(WINDOWS),
        "long_window": max(WINDOWS),
        "hapax_words": HAPAX_WORDS,
    }


def _by_formula(corpus: Corpus) -> pd.DataFrame:
    """The measures of whole bodies by the published formula: a row a text, a column a measure."""
    table = measure_table(corpus).query("scope == 'all' and status == 'ok'")
    table = table[table.method == BY_FORMULA].pivot(index="source_id", columns="measure", values="value")
    return table.reindex(columns=list(MEASURES))


def _ends(corpus: Corpus) -> Numbers:
    """The lowest and the highest value of three measures."""
    ours = _by_formula(corpus)
    ease, length, variety = ours["Flesch Reading Ease"], ours["words per sentence"], ours["MATTR 50"]
    return {
        "ease_lowest": f"{ease.min():.1f}",
        "ease_highest": f"{ease.max():.1f}",
        "shortest_mean": f"{length.min():.1f}",
        "longest_mean": f"{length.max():.1f}",
        "least_variety": f"{variety.min():.2f}",
        "most_variety": f"{variety.max():.2f}",
    }


def _other_rules(corpus: Corpus) -> Numbers:
    """How far other rules move Flesch Reading Ease, which texts they move most, and how many texts they put first and last."""
    short, varied = source_table(corpus).set_index("source_id").short, ease_sensitivity(corpus)
    every = varied.pivot(index="source_id", columns="variation", values="value")
    every = every.assign(ours=_by_formula(corpus)["Flesch Reading Ease"])
    change = varied.pivot(index="source_id", columns="variation", values="change").reindex(columns=["textstat", _RAW, _STOP])
    raw, stop = (change[name].sort_values(key=abs, ascending=False) for name in (_RAW, _STOP))
    off = textstat_counts(corpus).query("count == 'syllables'").difference.sort_values(key=abs)
    by_textstat = change["textstat"].sort_values(key=abs)
    return {
        **dict(zip(("syllables_least", "syllables_most"), _signed_ends(off), strict=True)),
        **dict(zip(("textstat_least", "textstat_most"), _signed_ends(by_textstat), strict=True)),
        "stop_text": short.get(name_of_most(stop.abs()), "none"),
        "stop_most": f"{stop.abs().max():.1f}",
        "stop_second": _second(stop),
        "raw_text": short.get(name_of_most(raw.abs()), "none"),
        "raw_most": f"{raw.abs().max():.1f}",
        "raw_second": _second(raw),
        "n_easiest": every.dropna(axis="columns", how="all").idxmax().nunique(),
        "n_hardest": every.dropna(axis="columns", how="all").idxmin().nunique(),
    }


def _key_words(corpus: Corpus) -> Numbers:
    """How many words set texts apart, how many stay so at every prior, and which texts have none."""
    stays = prior_sensitivity(corpus)
    short = source_table(corpus).set_index("source_id").short
    return {
        "n_key": int(stays.n.sum()),
        "n_key_stay": int(stays.stay.sum()),
        "without_key": ", ".join(short[stays.source_id[stays.n == 0]]) or "none",
        "prior_middle": PRIOR,
        "prior_low": min(PRIOR_SIZES),
        "prior_high": max(PRIOR_SIZES),
        "fewest_passages": FEWEST_PASSAGES,
    }


def _signed_ends(values: pd.Series) -> list[str]:
    """The first and the last of `values` with their signs; "none" where there is none."""
    known = values.dropna()
    return [signed(known.iloc[place]) if len(known) else "none" for place in (0, -1)]


def _second(changes: pd.Series) -> str:
    """The second largest of `changes`, without its sign; "none" where there is none."""
    others = changes.abs().dropna().sort_values(ascending=False)[1:]
    return f"{others.iloc[0]:.1f}" if len(others) else "none"
