"""The unit: a management office, a department, with the points that complaints count against it and what it owes.

It is the second kind of aggregate (design §1). Its tasks, clocks, misses, record and waking are those of a complaint,
under the part of the policy that speaks of units (`for_unit`); what it has besides are its points.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from msgspec.structs import replace

from chalicelib.complaints.envelope import NO_HASH, EventDraft
from chalicelib.complaints.state import Complaint
from chalicelib.instants import Instant, from_text
from chalicelib.policy.compiled import CompiledClock, Policy
from chalicelib.policy.language.points import Points

STAGE = "active"


class Score(msgspec.Struct, frozen=True, order=True, array_like=True):
    """What one complaint counts, from its event until its window is over."""

    at: Instant
    until: Instant
    points: int


class Opening(msgspec.Struct, frozen=True, array_like=True):
    """A threshold was reached by the score of that instant; not again before its window is over."""

    at: Instant
    until: Instant


class ScoredUnit(Complaint, frozen=True, kw_only=True, omit_defaults=True):
    """`number` is `U#<unit>`: no complaint has such a number, so events and messages never share an id."""

    scores: list[Score] = msgspec.field(default_factory=list)
    """By time; those that can still matter."""
    reached: dict[str, list[Opening]] = msgspec.field(default_factory=dict)
    """By task, when its threshold was reached; the last one whose window is over, and those after it."""

    def own_changes(self, draft: EventDraft) -> dict[str, Any]:
        fields = draft.fields
        if draft.type == "scored":
            score = Score(from_text(fields["scored_at"]), from_text(fields["until"]), fields["points"])
            return {"scores": unsettled_scores([*self.scores, score])}
        if draft.type == "task_opened":
            opening = Opening(from_text(fields["reached_at"]), from_text(fields["not_before"]))
            over, still = split_openings(self.scores, self.reached.get(fields["task"], []))
            return {"reached": {**self.reached, fields["task"]: [*over[-1:], *still, opening]}}
        return {}

    def wording(self, event: str) -> str:
        return f"unit_{event}"


def new_unit(number: str, name: str, policy: Policy) -> ScoredUnit:
    """A unit about which nothing has happened yet."""
    return ScoredUnit(
        number=number,
        head=NO_HASH,
        policy=policy.version,
        calendar=policy.calendar.edition,
        unit=name,
        stage=STAGE,
    )


def unsettled_scores(scores: Sequence[Score]) -> list[Score]:
    """Those that can still count together with one whose window is not over."""
    first = unsettled_from(scores)
    return sorted(score for score in scores if score.until > first)


def unsettled_from(scores: Sequence[Score]) -> Instant:
    """The first score whose window the latest one still lies in. What is before it can no longer change."""
    latest = max(score.at for score in scores)
    return min(score.at for score in scores if score.until > latest)


def split_openings(scores: Iterable[Score], openings: Sequence[Opening]) -> tuple[list[Opening], list[Opening]]:
    """Those whose window the latest score lies behind, and the others."""
    latest = max((score.at for score in scores), default=0)
    over = [opening for opening in openings if opening.until <= latest]
    return over, [opening for opening in openings if opening.until > latest]


def for_unit(policy: Policy) -> Policy:
    """The part of a policy that units go by: calendar, people, ladder, wording, and the tasks of the thresholds."""
    points, document = policy.document.points, policy.document
    names = [] if points is None else [threshold.task for threshold in points.at]
    tasks = {name: replace(document.tasks[name], on=[], when=[]) for name in names}
    return replace(
        policy,
        document=replace(
            document, tasks=tasks, clocks={}, stages={}, severity=None, intake=replace(document.intake, routing=[])
        ),
        clocks={name: _clock(policy.clocks[name], points) for name in names if name in policy.clocks},
        ageing=(),
        intervals={},
    )


def _clock(clock: CompiledClock, points: Points | None) -> CompiledClock:
    """The task's clock, under the clause that makes the unit owe it."""
    clause = None if points is None else points.clause
    return clock if clause is None else replace(clock, clock=replace(clock.clock, clause=clause))
