"""What an event of a complaint counts against its unit, by the policy that the complaint goes by (P7.3)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from chalicelib.complaints.condition_context import situation
from chalicelib.complaints.state import Complaint
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.conditions import holds, matches
from chalicelib.policy.language.points import WITHOUT_CLASSES


def can_score(policy: Policy, type_: str, fields: Mapping[str, Any]) -> bool:
    """Whether an event of this type with these fields scores in some case."""
    points = policy.document.points
    return points is not None and matches(points.on, type_, fields)


def points_of_event(
    policy: Policy, complaint: Complaint, type_: str, fields: Mapping[str, Any], result: Mapping[str, Any]
) -> int:
    """Points; 0 where the event scores nothing. `result`: the stage, severity and flags after the event.

    What else a condition asks of a complaint (channel, categories, facts) is as it was filed, so any later state of
    the complaint will do.
    """
    points = policy.document.points
    if points is None or not can_score(policy, type_, fields):
        return 0
    then = {name: result[name] for name in ("stage", "severity", "flags")}
    facts = situation(replace(complaint, **then, demands={}))
    if points.when and not any(holds(when, facts) for when in points.when):
        return 0
    return points.values.get(result["severity"] or WITHOUT_CLASSES, 0)
