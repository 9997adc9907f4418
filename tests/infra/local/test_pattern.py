"""Event patterns (AWS: "Lambda event filtering", "EventBridge event patterns")."""

from __future__ import annotations

import pytest

from infra.local.events.event_pattern import matches

EVENTS = {"eventName": ["INSERT"], "dynamodb": {"Keys": {"sk": {"S": [{"prefix": "E#"}]}}}}


def record(name: str, sk: str) -> dict[str, object]:
    return {"eventName": name, "dynamodb": {"Keys": {"pk": {"S": "T#acme#C#1"}, "sk": {"S": sk}}}}


def test_an_event_with_every_value_matches() -> None:
    assert matches(EVENTS, record("INSERT", "E#00000001"))


@pytest.mark.parametrize("other", [record("MODIFY", "E#00000001"), record("INSERT", "S"), {"eventName": "INSERT"}, {}])
def test_an_event_without_a_value_does_not_match(other: dict[str, object]) -> None:
    assert not matches(EVENTS, other)


def test_an_unsupported_operator_is_an_error() -> None:
    with pytest.raises(ValueError, match="suffix"):
        matches({"eventName": [{"suffix": "T"}]}, record("INSERT", "S"))
