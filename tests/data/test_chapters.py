"""What each chapter computes of these five texts is what is committed in tests/expected: its cells, run here without a kernel."""

import json

import pytest

from analysis.corpus.reader import Corpus
from analysis.display import notebook
from book.notebooks import ROOT, code_cells, notebook_names, read_notebook
from book.run.snapshot import _PREFIX, _named_result, expected_file


@pytest.mark.parametrize("name", notebook_names(ROOT))
def test_a_chapter_computes_the_committed_results(monkeypatch: pytest.MonkeyPatch, texts: Corpus, name: str) -> None:
    found, variables = {}, {}

    def keep(metadata: dict, data: dict) -> None:
        key, value = _named_result(metadata, data)
        assert key not in found
        found[key] = value

    monkeypatch.setattr("analysis.corpus.reader.load_corpus", lambda: texts)  # once for all chapters
    monkeypatch.setattr(notebook, "display", lambda shown, **options: isinstance(shown, dict) and keep(options["metadata"], shown))
    monkeypatch.setattr(notebook, "glue", lambda key, text, **_: keep({"scrapbook": {"name": key}}, {f"{_PREFIX}text/plain": repr(text)}))
    monkeypatch.setattr(notebook, "to_svg", lambda _: "")
    for _, cell in code_cells(read_notebook(ROOT, name)):
        exec(cell.source, variables)
    assert found == json.loads(expected_file(ROOT, name).read_text(encoding="utf-8"))
