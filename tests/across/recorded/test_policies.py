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


def _said_then(meaning: list[dict[str, Any]], then: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Without the number of events, by which runs name those that started them and opened their tasks, and without
    members of a run that were not there then."""
    members = {name for outcome in then for run in outcome["runs"] for name in run} - {"seq", "task"}
    return [
        {name: one for name, one in outcome.items() if name not in ("events", "runs")}
        | {"runs": [{name: one for name, one in run.items() if name in members} for run in outcome["runs"]]}
        for outcome in meaning
    ]


@OF_EACH
def test_the_published_document_means_the_same(name: str) -> None:
    """A later release may tell people more, or the same in fewer messages, and may say more of a run."""
    found = recorded(name)
    now = policies.meaning(found["version"]["policy"])

    assert difference(_said_then(found["meaning"], found["meaning"]), _said_then(now, found["meaning"])) == ""


def test_another_limit_means_something_else() -> None:
    found = recorded("platform")
    changed = copy.deepcopy(found["version"]["policy"])
    changed["clocks"]["screening"]["within"][0]["limit"] = "25 hours"

    assert difference(found["meaning"], policies.meaning(changed)).startswith("/0/runs/0/")
