"""A plugin of pytest: of all tests those alone that read the study's own data, by the fixtures that they ask for (`pytest -p ...`)."""

import pytest

_FIXTURES = {"texts", "figures", "data"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    chosen = [item for item in items if _FIXTURES & set(getattr(item, "fixturenames", ()))]
    config.hook.pytest_deselected(items=[item for item in items if item not in chosen])
    items[:] = chosen
