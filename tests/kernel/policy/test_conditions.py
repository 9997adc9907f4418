"""Conditions and triggers match finite values, so that they can be enumerated."""

from __future__ import annotations

import pytest

from chalicelib.policy.language.conditions import Trigger, holds, matches

FACTS = {"severity": "major", "channel": "email"}


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        ({}, True),
        ({"severity": ["major"]}, True),
        ({"severity": ["general"]}, False),
        ({"severity": ["general", "major"]}, True),
        ({"severity": ["major"], "channel": ["phone"]}, False),
        ({"severity": ["major"], "channel": ["email"]}, True),
        ({"severity": []}, False),
        ({"kind": ["goods"]}, False),
        ({"kind": ["none"]}, True),
        ({"severity": ["none"]}, False),
    ],
)
def test_a_condition_holds_where_each_name_has_one_of_its_values(condition: dict[str, list[str]], found: bool) -> None:
    assert holds(condition, FACTS) is found


@pytest.mark.parametrize(
    ("event", "fields", "found"),
    [
        ("forwarded", {"to": "office"}, True),
        ("forwarded", {"to": "shop"}, False),
        ("forwarded", {}, False),
        ("assigned", {"to": "office"}, False),
        ("decided", {"true": True}, True),
        ("decided", {"true": False}, False),
        ("closed", {"anything": 1}, True),
    ],
)
def test_a_trigger_matches_its_event_with_its_fields(event: str, fields: dict[str, object], found: bool) -> None:
    triggers = [
        Trigger(event="forwarded", fields={"to": ["office"]}),
        Trigger(event="decided", fields={"true": ["yes"]}),
        Trigger(event="closed"),
    ]
    assert matches(triggers, event, fields) is found
