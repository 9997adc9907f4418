"""Scoring: a valid complaint counts points against its unit, and each threshold that is reached opens a task (P7.3).

The complaint's policy decides the points of its events. How often a threshold is reached depends on the times of the
scores, not on the order of their delivery. The threshold is reached by the first score at which enough points count,
and again by the first such score after the window of that one. A late score can only add a result or move one to an
earlier time, so open tasks remain due. They also remain due if a later judgement takes points back
(`points.counts: latest`): a score below zero ends the earlier one then.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

import msgspec
from msgspec.structs import replace

from chalicelib.complaints import runs
from chalicelib.complaints.applying import consequences
from chalicelib.complaints.applying.flow import Flow
from chalicelib.complaints.condition_context import banded, situation
from chalicelib.complaints.envelope import SYSTEM, Occurrence
from chalicelib.complaints.state import Complaint
from chalicelib.complaints.units.unit import Opening, Score, ScoredUnit, split_openings, unsettled_from
from chalicelib.kit.instants import Instant, to_text
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.conditions import holds, matches
from chalicelib.policy.language.model import WITHOUT_CLASSES, Threshold
from chalicelib.policy.worktime import due_time, parse_limit


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


class ScoringEvent(msgspec.Struct, frozen=True, kw_only=True):
    """An event of a complaint that counts points."""

    complaint: str
    cause: str
    """The id of the event."""
    at: Instant
    severity: str | None
    points: int
    unit: str | None = None
    """The unit of the complaint after the event."""


def score(flow: Flow, scored: ScoringEvent, now: Instant, replaced: ScoringEvent | None = None) -> None:
    """Adds `scored` and the resulting tasks to the unit's flow. Its policy must define points.

    `replaced`: the complaint's earlier judgement, whose points end at that of `scored`.
    """
    rules = flow.policy.document.points
    if rules is None:
        raise ValueError("the policy has no points")
    until = due_time(flow.policy.calendar, parse_limit(rules.window), scored.at).due
    if until is None:
        raise ValueError("the window has no end")
    at = max(now, flow.complaint.at)
    earlier = None if replaced is None else _score_of(cast(ScoredUnit, flow.complaint), replaced)
    if earlier is not None and earlier.until > scored.at:
        _add(flow, scored, Score(scored.at, earlier.until, -earlier.points), at)
    if scored.points:
        _add(flow, scored, Score(scored.at, until, scored.points), at)
    for threshold in sorted(rules.at, key=lambda one: one.reached):
        unit = cast(ScoredUnit, flow.complaint)
        for opening in new_openings(unit.scores, threshold.reached, unit.reached.get(threshold.task, [])):
            _open(flow, threshold, opening, at)


def _score_of(unit: ScoredUnit, judged: ScoringEvent) -> Score | None:
    """None if its points are over and forgotten, or if there were none."""
    return next((one for one in unit.scores if (one.at, one.points) == (judged.at, judged.points)), None)


def _add(flow: Flow, scored: ScoringEvent, counted: Score, at: Instant) -> None:
    fields = {
        "complaint": scored.complaint,
        "cause": scored.cause,
        "severity": scored.severity,
        "points": counted.points,
        "scored_at": to_text(counted.at),
        "until": to_text(counted.until),
    }
    tier = flow.complaint.tier if flow.complaint.tasks else 1
    flow.add("scored", Occurrence(at, SYSTEM), fields, tier=tier)


def points_at(scores: Iterable[Score], at: Instant) -> int:
    """The points that count at an instant: the sum of all scores whose window includes it."""
    return sum(score.points for score in scores if score.at <= at < score.until)


def new_openings(scores: Sequence[Score], points: int, known: list[Opening]) -> list[Opening]:
    """The times at which the threshold was reached, without those in `known`."""
    past, current = split_openings(scores, known)
    since = max(unsettled_from(scores), past[-1].until if past else 0)
    found: list[Opening] = []
    for score in sorted(scores):
        if score.points > 0 and score.at >= since and points_at(scores, score.at) >= points:
            found.append(Opening(score.at, score.until))
            since = score.until
    return found[len(current) :]


def _open(flow: Flow, threshold: Threshold, opening: Opening, at: Instant) -> None:
    task = flow.policy.document.tasks[threshold.task]
    role = threshold.role or task.role
    total = points_at(cast(ScoredUnit, flow.complaint).scores, opening.at)
    fields = {
        "task": threshold.task,
        "role": role,
        "threshold": threshold.reached,
        "points": total,
        "reached_at": to_text(opening.at),
        "not_before": to_text(opening.until),
    }
    about = flow.add("task_opened", Occurrence(at, SYSTEM), fields)
    values = {"task": threshold.task, "points": total, **runs.due_field(consequences.just_started(flow, about))}
    flow.notify([role], about=about, at=at, wording="task_opened", **values)
