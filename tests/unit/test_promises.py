"""The README's list of promises is the one that the marks of the tests make."""

import pytest

from tests import promises


def test_the_list_of_the_readme_is_true():
    readme = promises.README.read_text(encoding="utf-8")
    assert promises.with_list(readme, promises.promise_list(promises.proofs())) == readme, "run `make promises`"


def test_marks_make_the_list(monkeypatch, tmp_path):
    monkeypatch.setattr(promises, "PROMISES", {"one": "It holds.", "two": "It lasts."})
    (tmp_path / "unit").mkdir()
    (tmp_path / "unit/test_x.py").write_text('@pytest.mark.promise("one")\ndef test_it(): ...')
    with pytest.raises(ValueError, match="no test proves two"):
        promises.proofs(tmp_path)
    (tmp_path / "test_y.py").write_text('pytestmark = [pytest.mark.slow, pytest.mark.promise("two")]')
    made = promises.promise_list(promises.proofs(tmp_path))
    assert made == "- It holds. ([x](tests/unit/test_x.py))\n- It lasts. ([y](tests/test_y.py))\n"
    (tmp_path / "test_y.py").write_text('@pytest.mark.promise("eternity")\ndef test_it(): ...')
    with pytest.raises(ValueError, match=r"test_y\.py: the mark 'eternity' names no promise"):
        promises.proofs(tmp_path)


def test_a_readme_without_a_place_for_the_list_is_told():
    with pytest.raises(ValueError, match="no place for the list"):
        promises.with_list("# Title", "")
