"""The points that a complaint's event counts against its unit under the complaint's policy (P7.3)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from chalicelib.complaints.condition_context import banded, situation
from chalicelib.complaints.state import Complaint
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.conditions import holds, matches
from chalicelib.policy.language.points import WITHOUT_CLASSES


def can_score(policy: Policy, type_: str, fields: Mapping[str, Any]) -> bool:
    """True if an event of this type with these fields can score in some case."""
    points = policy.document.points
    return points is not None and matches(points.on, type_, banded(policy, fields))


def points_of_event(
    policy: Policy, complaint: Complaint, type_: str, fields: Mapping[str, Any], result: Mapping[str, Any]
) -> int:
    """Returns the points; 0 if the event does not score. `result`: the stage, severity and flags after the event.

    The other values in conditions (channel, categories, facts) never change after filing, so `complaint` may be any
    later state.
    """
    points = policy.document.points
    if points is None or result.get("partial") or not can_score(policy, type_, fields):
        return 0
    after = {name: result[name] for name in ("stage", "severity", "flags")}
    facts = situation(policy, replace(complaint, **after, demands={}))
    if points.when and not any(holds(when, facts) for when in points.when):
        return 0
    return points.values.get(result["severity"] or WITHOUT_CLASSES, 0)
