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


def counts_latest(policy: Policy) -> bool:
    """True if a later judgement replaces the points of an earlier one."""
    return policy.document.points is not None and policy.document.points.counts == "latest"


def can_judge(policy: Policy, type_: str, fields: Mapping[str, Any]) -> bool:
    """True if an event of this type with these fields can decide in some case how many points the complaint scores."""
    points = policy.document.points
    if points is None:
        return False
    if counts_latest(policy):
        return any(trigger.event == type_ for trigger in points.on)
    return matches(points.on, type_, banded(policy, fields))


def judged_points(
    policy: Policy, complaint: Complaint, type_: str, fields: Mapping[str, Any], result: Mapping[str, Any]
) -> int | None:
    """The points, or None if the event decides nothing. `result`: the stage, severity and flags after the event.

    The other values in conditions (channel, categories, facts) never change after filing, so `complaint` may be any
    later state.
    """
    points = policy.document.points
    if points is None or result.get("partial") or not can_judge(policy, type_, fields):
        return None
    after = {name: result[name] for name in ("stage", "severity", "flags")}
    facts = situation(policy, replace(complaint, **after, demands={}))
    scores = matches(points.on, type_, banded(policy, fields))
    scores = scores and (not points.when or any(holds(when, facts) for when in points.when))
    value = points.values.get(result["severity"] or WITHOUT_CLASSES, 0) if scores else 0
    return value if value or counts_latest(policy) else None
