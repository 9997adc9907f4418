"""Recorded policy versions are read, compiled, and mean the same. `test_played` publishes their texts again."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from chalicelib.policy import presets
from tests.across.recorded import files, policies
from tests.across.recorded.names import difference

OF_EACH = pytest.mark.parametrize("name", files.stories())


def recorded(name: str) -> dict[str, Any]:
    found: dict[str, Any] = files.load(policies.FILE)[name]
    assert found["meaning"], "at least one example"
    return found


def test_each_preset_has_a_recorded_policy() -> None:
    assert set(presets.names()) <= set(files.load(policies.FILE))


@OF_EACH
def test_the_published_document_means_the_same(name: str) -> None:
    found = recorded(name)

    assert difference(found["meaning"], policies.meaning(found["version"]["policy"])) == ""


def test_another_limit_means_something_else() -> None:
    found = recorded("platform")
    changed = copy.deepcopy(found["version"]["policy"])
    changed["clocks"]["screening"]["within"][0]["limit"] = "25 hours"

    assert difference(found["meaning"], policies.meaning(changed)).startswith("/0/runs/0/")
