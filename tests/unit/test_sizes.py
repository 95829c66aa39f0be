"""Everything that the book makes of a Corpus, made of one, two and seven texts of any status: studies made by hypothesis from `sizes`."""

import functools
import importlib
import inspect
import pkgutil
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from types import ModuleType
from unittest import mock

import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, Verbosity, given, settings
from hypothesis import strategies as st

import analysis.coding
import analysis.display
import analysis.display.numbers
import analysis.stylometry
from analysis.coding.compared import compared_cells
from analysis.coding.events import event_counts
from analysis.coding.framing import function_counts
from analysis.coding.guarantees import guarantor_words, instrument_positions
from analysis.coding.quotations import quotations_by_text
from analysis.coding.tables import CODED_TABLES
from analysis.coding.terms import coded_counts, described_terms
from analysis.corpus.reader import Corpus
from analysis.corpus.spans import EVIDENCE_PAGES
from analysis.corpus.speech import quotation_table
from analysis.corpus.texts import coding_status, reference_instrument, source_table
from analysis.display import compare, evidence_pages, evidence_tables, framing_tables, front_page, guarantees, naming_tables, side_by_side
from analysis.display.contract import PUBLISHED_TABLES
from analysis.display.published_tables import MAKERS, make_table
from tests.support.figures import every_figure
from tests.support.sizes import studies

SIZES = st.sampled_from([1, 2, 7]).flatmap(studies)


def example(n: int) -> Callable:
    """A test on `n` studies, always the same ones."""
    return lambda test: settings(
        max_examples=n,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        verbosity=Verbosity.quiet,
        suppress_health_check=list(HealthCheck),
    )(given(SIZES)(test))


def modules(package: ModuleType) -> list[ModuleType]:
    return [
        importlib.import_module(f"{package.__name__}.{found.name}") for found in pkgutil.iter_modules(package.__path__) if not found.ispkg
    ]


def of_a_corpus(package: ModuleType) -> dict[str, Callable]:
    """The public functions of a package that ask for a Corpus and for nothing else."""
    return {
        f"{module.__name__}.{name}": function
        for module in modules(package)
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__ and not name.startswith("_")
        and [p.annotation for p in inspect.signature(function).parameters.values() if p.default is p.empty and p.kind is not p.VAR_POSITIONAL] == [Corpus]
    }  # fmt: skip


def reference(texts: Corpus) -> str:
    return reference_instrument(texts).instrument


TERMS = ["berths", "reef"]
COMPUTED = of_a_corpus(analysis.coding) | of_a_corpus(analysis.stylometry) | of_a_corpus(analysis.display.numbers)
WITH_MORE = {
    "guarantor_words": lambda texts: guarantor_words(texts, reference(texts)),
    "instrument_positions": lambda texts: instrument_positions(texts, reference(texts)),
    "display_terms": lambda texts: evidence_tables.display_terms(texts, "K1", "K6"),
    "display_positions": lambda texts: evidence_tables.display_positions(texts, reference(texts), "Caption"),
    "display_compare": lambda texts: compare.display_compare(texts, compared_cells(texts)),
    "display_blame": lambda texts: framing_tables.display_blame(texts, "talks", "Caption"),
    "display_own_remedies": lambda texts: framing_tables.display_own_remedies(texts, "Caption"),
    "display_line": lambda texts: front_page.display_line(texts, "Caption", "talks"),
    "display_cards": lambda texts: front_page.display_cards(texts, "Lanne"),
    "display_book_table": lambda texts: front_page.display_book_table(texts, "Caption"),
    "display_guarantors": lambda texts: guarantees.display_guarantors(texts, reference(texts)),
    "display_all_guarantors": lambda texts: guarantees.display_all_guarantors(texts, reference(texts)),
    "display_names": lambda texts: naming_tables.display_names(texts, {"boats": [texts.tables["names.csv"].concept[0]]}, "Caption", "page"),
    "display_concordance": lambda texts: naming_tables.display_concordance(texts, texts.tables["names.csv"].concept[0]),
    "display_side_by_side": lambda texts: side_by_side.display_side_by_side(texts, TERMS, "Caption", "name", documents=True),
    **{f"display {page}": functools.partial(lambda page, texts: evidence_pages.display_evidence_page(texts, page), page) for page in EVIDENCE_PAGES},
}  # fmt: skip
WRITING = ("accept_guesses",)  # what changes files
ASKING = (*WRITING, "guarantor_words", "instrument_positions", *(name for name in WITH_MORE if name.startswith("display_")))
DISPLAYS = of_a_corpus(analysis.display)


def without_more(functions: dict[str, Callable]) -> dict[str, Callable]:
    return {name: function for name, function in functions.items() if name.rpartition(".")[2] not in ASKING}


@pytest.fixture(autouse=True, scope="module")
def unseen():
    """Nothing that is displayed is printed."""
    with ExitStack() as stack:
        for module in modules(analysis.display):
            if hasattr(module, "display"):
                stack.enter_context(mock.patch.object(module, "display"))
        yield


@example(3)
def test_every_function_of_a_corpus_takes_it(texts):
    for name, function in (without_more(COMPUTED | DISPLAYS) | WITH_MORE).items():
        try:
            function(texts)
        except Exception as error:
            raise AssertionError(f"{name} with {len(texts.sources)} texts, {list(texts.sources.coding)}: {error!r}") from error


@example(3)
def test_every_figure_is_drawn_and_names_each_text(texts):
    for name, (_, text) in every_figure(texts).items():
        assert text.caption.strip(), name
    assert all(short in every_figure(texts)["publication_lag"][1].alt for short in texts.sources.short)


@example(6)
def test_published_tables_have_the_promised_columns_and_rows_in_order_of_publication(texts):
    order = list(source_table(texts).source_id)
    assert list(source_table(texts).lag_days) == sorted(source_table(texts).lag_days)
    for name in MAKERS:
        assert list(make_table(name, texts).columns) == PUBLISHED_TABLES[name].names, name
    for name, make in CODED_TABLES.items():
        own = list(make(texts).source_id)
        assert name == "comparisons" or own == sorted(own, key=order.index), name  # they come topic by topic
        assert len(own) == len(texts.tables[f"codings/{name}.csv"]), name


@example(6)
def test_sums_agree_with_the_rows_that_were_coded(texts):
    tables = {name: make(texts) for name, make in CODED_TABLES.items()}
    assert coded_counts(texts).to_numpy().sum() == len(described_terms(texts))
    assert coded_counts(texts).to_numpy().sum() == coded_counts(texts, merge=True).to_numpy().sum()
    assert quotations_by_text(texts).quotations.sum() == len(quotation_table(texts))
    assert function_counts(texts).n.sum() == len(tables["frames"].query("rejected_by == ''").drop_duplicates(["passage_id", "function"]))
    assert event_counts(texts).to_numpy().sum() == len(tables["events"].drop_duplicates(["passage_id", "event_id"]))


@example(6)
def test_an_uncoded_text_enters_no_count(texts):
    """With an uncoded text put in, every table says of the others what it said."""
    status = coding_status(texts)
    silent = set(status.index[status == "uncoded"])
    for name, make in CODED_TABLES.items():
        assert not silent & set(make(texts).source_id), name
    if silent and silent != set(status.index):
        fewer = without(texts, silent)
        own = texts.sources[texts.sources.source_id.isin(silent)]
        others = {*own.short, *own.cluster} - set(fewer.sources.cluster)
        for name, function in of_a_corpus(analysis.coding).items():
            if name.rpartition(".")[2] not in ASKING:
                before, after = (told_of_others(function(given), silent | others) for given in (fewer, texts))
                if before is not None:
                    pd.testing.assert_frame_equal(before, after, check_dtype=False, obj=name)


def without(texts: Corpus, ids: set[str]) -> Corpus:
    """`texts` without some that are not coded."""
    tables = {
        name: table[~table.source_id.isin(ids)].reset_index(drop=True) if "source_id" in table else table
        for name, table in texts.tables.items()
    }
    return replace(texts, tables=tables, raw={source_id: raw for source_id, raw in texts.raw.items() if source_id not in ids})


def told_of_others(made: object, names: set[str]) -> pd.DataFrame | None:
    """The part of a table that says nothing of the texts `names`, without its index; None for what is no table."""
    if not isinstance(made, pd.DataFrame):
        return None
    table = made if isinstance(made.index, pd.RangeIndex) else made.reset_index()
    table = table.drop(columns=[column for column in table.columns if column in names])
    return table[~table.isin(names).any(axis="columns")].reset_index(drop=True)
