"""A chapter of the book run without a kernel, on any texts: what its cells compute, and what they show."""

import importlib
import pkgutil
from typing import Any, NamedTuple

import pytest

import analysis.display
from analysis.corpus.reader import Corpus
from analysis.display import notebook
from book.notebooks import ROOT, code_cells, read_notebook
from book.run.snapshot import _PREFIX, _named_result


class ChapterRun(NamedTuple):
    """The results of a chapter by name; all that it shows as HTML; the alternative texts of its figures by name."""

    results: dict[str, Any]
    shown: str
    alts: dict[str, str]


def run_chapter(name: str, texts: Corpus) -> ChapterRun:
    """Run the cells of a chapter, as a build does, on `texts`."""
    results: dict[str, Any] = {}
    shown: list[str] = []
    alts: dict[str, str] = {}

    def keep(metadata: dict[str, Any], data: dict[str, str]) -> None:
        key, value = _named_result(metadata, data)
        results[str(key)] = value

    def show(made: Any, **options: Any) -> None:
        if isinstance(made, dict):
            keep(options["metadata"], made)
            shown.append(made.get("text/html", ""))
            figure = options["metadata"].get("figure", {})
            alts.update({figure["name"]: figure["alt"]} if "alt" in figure else {})
        else:
            shown.append(made.data)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("analysis.corpus.reader.load_corpus", lambda: texts)
        modules = [importlib.import_module(f"analysis.display.{found.name}") for found in pkgutil.iter_modules(analysis.display.__path__)]
        for module in modules:
            if hasattr(module, "display"):
                patch.setattr(module, "display", show)
        patch.setattr(notebook, "glue", lambda key, text, **_: keep({"scrapbook": {"name": key}}, {f"{_PREFIX}text/plain": repr(text)}))
        patch.setattr(notebook, "to_svg", lambda _: "")
        variables: dict[str, Any] = {}
        for _, cell in code_cells(read_notebook(ROOT, name)):
            exec(cell.source, variables)
    return ChapterRun(results, "\n".join(shown), alts)
