"""A clock that no case can start is a fault. Whether it starts depends on the acts in `from`, and on its `when`."""

from __future__ import annotations

from typing import Any

import pytest

from tests.kernel.policy.refused.test_cannot_work import kinds, opened

INTAKE = {"channels": {"phone": {"en": "Phone"}, "web": {"en": "Web"}}, "first": "open"}
CHOICES = {"a": {"en": "a"}, "b": {"en": "b", "when": {"channel": "web"}}}
FIELDS = {"outcome": {"en": "Outcome", "kind": "choice", "choices": CHOICES}}
DECIDE = {"by": "agent", "to": "done", "needs": "outcome"}
CANNOT_START = [("cannot-start", "/clocks/late/from")]


def found(clock: dict[str, Any], **decide: Any) -> list[tuple[str, str]]:
    late = {
        "name": {"en": "Late"},
        "from": "decided",
        "until": "closed",
        "within": "1 day",
        "missed": "record",
        **clock,
    }
    close = {"by": "agent", "to": "done"}
    stages = opened(decide={**DECIDE, **decide}, close=close)
    return kinds(intake=INTAKE, fields=FIELDS, stages=stages, clocks={"late": late})


@pytest.mark.parametrize(
    ("clock", "decide"),
    [
        pytest.param({"when": {"channel": "phone"}}, {"when": {"channel": "web"}}, id="the act needs another channel"),
        pytest.param({"when": {"urgent": "none"}}, {"sets": {"urgent": "yes"}}, id="the act sets another value"),
        pytest.param(
            {"from": {"decided": {"outcome": "b"}}, "when": {"channel": "phone"}},
            {},
            id="the choice needs another channel",
        ),
        pytest.param(
            {"from": {"decided": {"outcome": "b"}}},
            {"when": {"channel": "phone"}},
            id="the act and the choice need different channels",
        ),
    ],
)
def test_a_clock_that_can_never_start_is_a_fault(clock: dict[str, Any], decide: dict[str, Any]) -> None:
    assert found(clock, **decide) == CANNOT_START


@pytest.mark.parametrize(
    ("clock", "decide"),
    [
        pytest.param({"when": {"channel": "web"}}, {"when": {"channel": "web"}}, id="the same channel"),
        pytest.param(
            {"when": {"urgent": "yes"}}, {"when": {"urgent": "none"}, "sets": {"urgent": "yes"}}, id="set then"
        ),
        pytest.param({"from": {"decided": {"outcome": ["a", "b"]}}, "when": {"channel": "phone"}}, {}, id="one of two"),
        pytest.param(
            {"from": ["decided", "closed"], "when": {"channel": "phone"}},
            {"when": {"channel": "web"}},
            id="another event",
        ),
        pytest.param(
            {"when": {"urgent": "yes"}},
            {"sets": {"urgent": "field.outcome"}, "needs": "flagged"},
            id="a value from a field",
        ),
    ],
)
def test_a_clock_that_some_case_starts_is_none(clock: dict[str, Any], decide: dict[str, Any]) -> None:
    assert CANNOT_START[0] not in found(clock, **decide)
