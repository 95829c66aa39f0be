"""What each chapter computes of these five texts is what is committed in tests/expected: its cells, run here without a kernel."""

import json

import pytest
from book.chapters import ROOT, code_cells, notebooks, read
from book.results import PREFIX, expected_file, named

from analysis.display import notebook


@pytest.mark.parametrize("name", notebooks(ROOT))
def test_a_chapter_computes_the_committed_results(monkeypatch, texts, name):
    found, variables = {}, {}
    monkeypatch.setattr("analysis.corpus.reader.load_corpus", lambda: texts)  # once for all chapters
    monkeypatch.setattr(notebook, "display", lambda shown, **options: isinstance(shown, dict) and keep(options["metadata"], shown))
    monkeypatch.setattr(notebook, "glue", lambda key, text, **_: keep({"scrapbook": {"name": key}}, {f"{PREFIX}text/plain": repr(text)}))
    monkeypatch.setattr(notebook, "to_svg", lambda _: "")

    def keep(metadata, data):
        key, value = named(metadata, data)
        assert key not in found
        found[key] = value

    for _, cell in code_cells(read(ROOT, name)):
        exec(cell.source, variables)
    assert found == json.loads(expected_file(ROOT, name).read_text(encoding="utf-8"))
