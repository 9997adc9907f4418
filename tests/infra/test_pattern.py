"""Event patterns (AWS: "Lambda event filtering", "EventBridge event patterns")."""

from __future__ import annotations

import pytest

from infra.local.event_pattern import matches

EVENTS = {"eventName": ["INSERT"], "dynamodb": {"Keys": {"sk": {"S": [{"prefix": "E#"}]}}}}


def record(name: str, sk: str) -> dict[str, object]:
    return {"eventName": name, "dynamodb": {"Keys": {"pk": {"S": "T#acme#C#1"}, "sk": {"S": sk}}}}


def test_what_has_every_value_matches() -> None:
    assert matches(EVENTS, record("INSERT", "E#00000001"))


@pytest.mark.parametrize("other", [record("MODIFY", "E#00000001"), record("INSERT", "S"), {"eventName": "INSERT"}, {}])
def test_what_lacks_one_does_not(other: dict[str, object]) -> None:
    assert not matches(EVENTS, other)


def test_an_operator_that_is_not_played_is_an_error() -> None:
    with pytest.raises(ValueError, match="suffix"):
        matches({"eventName": [{"suffix": "T"}]}, record("INSERT", "S"))
