"""The outcome that is copied from a decision to the complaints that follow it."""

from __future__ import annotations

from typing import Any

from chalicelib.complaints.envelope import NO_HASH, Event
from chalicelib.features.handling.linking.close_duplicates import outcome_of
from tests.kernel.complaints import play


def decided(fields: dict[str, Any]) -> Event:
    at = "2026-11-27T09:00:00.000Z"
    return Event(
        id="202611-000001/9",
        seq=9,
        type="decided",
        v=1,
        at=at,
        recorded_at=at,
        actor={"kind": "staff", "id": "sub-unit"},
        act="decide",
        fields=fields,
        result={},
        policy="1",
        calendar="1",
        private=[],
        prev=NO_HASH,
        hash=NO_HASH,
    )


def test_public_values_that_the_decision_asks_for_are_its_outcome() -> None:
    event = decided({"outcome": "compensated", "given": ["solution"]})
    assert outcome_of(play.policy("corporate-standard"), event) == {"outcome": "compensated"}


def test_a_member_of_the_event_that_the_decision_does_not_ask_for_is_not_copied() -> None:
    event = decided({"outcome": "compensated", "assigned": {"responsible": ["sub-unit"]}, "weighed_by": "sub-unit"})
    assert outcome_of(play.policy("corporate-standard"), event) == {"outcome": "compensated"}
