"""A unit, such as a management office or a department: its points from complaints, and its tasks.

A unit is the second kind of aggregate. Its tasks, clocks, misses, record and waking work as those of a complaint, under
the part of the policy that concerns units (`for_unit`). In addition it has points. The organisation as a whole is a
unit without a name, which has tasks and no points.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

import msgspec
from msgspec.structs import replace

from chalicelib.complaints.envelope import NO_HASH, EventDraft
from chalicelib.complaints.state import Changes, Complaint
from chalicelib.complaints.units.recurring import Period
from chalicelib.kit.instants import Instant, from_text
from chalicelib.policy.compiled import CompiledClock, Policy
from chalicelib.policy.language.model import Points, PolicyDocument
from chalicelib.policy.language.parts import Confidentiality, RoleSelector

STAGE = "active"
Owner = Literal["unit", "organisation"]
"""Whose tasks they are (`of` in the policy)."""


class Score(msgspec.Struct, frozen=True, order=True, array_like=True):
    """The points of one complaint, which count from its event to the end of the window."""

    at: Instant
    until: Instant
    points: int


class Opening(msgspec.Struct, frozen=True, array_like=True):
    """A threshold was reached by the score at `at`. It cannot be reached again before the window ends, at `until`."""

    at: Instant
    until: Instant


class ScoredUnit(Complaint, frozen=True, kw_only=True, omit_defaults=True):
    """`number` is `U#<unit>`, or `U#*` for the organisation as a whole, which has no `unit`.

    No complaint has such a number, so the ids of events and messages never collide.
    """

    scores: list[Score] = msgspec.field(default_factory=list)
    """By time. Scores that can no longer have an effect are removed."""
    reached: dict[str, list[Opening]] = msgspec.field(default_factory=dict)
    """For each task, the times at which its threshold was reached: the last one with a past window, and later ones."""
    periods: dict[str, Period] = msgspec.field(default_factory=dict)
    """For each task of the calendar, the last period in which it was opened."""
    carried: dict[str, str] = msgspec.field(default_factory=dict)
    """By name of an open task that the unit's policy version does not define: the version that does."""

    @property
    def owner(self) -> Owner:
        return "organisation" if self.unit is None else "unit"

    def version_of(self, name: str) -> str:
        return self.carried.get(name, self.policy)

    def own_changes(self, draft: EventDraft) -> Changes:
        fields = draft.fields
        if draft.type == "scored":
            score = Score(from_text(fields["scored_at"]), from_text(fields["until"]), fields["points"])
            return {"scores": unsettled_scores([*self.scores, score])}
        if draft.type == "task_opened" and "period" in fields:
            period = Period(draft.counts_from, fields["period"])
            return {"periods": {**self.periods, fields["task"]: period}}
        if draft.type == "task_opened":
            opening = Opening(from_text(fields["reached_at"]), from_text(fields["not_before"]))
            past, current = split_openings(self.scores, self.reached.get(fields["task"], []))
            return {"reached": {**self.reached, fields["task"]: [*past[-1:], *current, opening]}}
        return {}

    def wording(self, event: str) -> str:
        return f"{self.owner}_{event}"


def new_unit(number: str, name: str | None, policy: Policy) -> ScoredUnit:
    """A unit, or the organisation (`name`: None), without any events."""
    return ScoredUnit(
        number=number,
        head=NO_HASH,
        policy=policy.version,
        calendar=policy.calendar.edition,
        unit=name,
        stage=STAGE,
    )


def unsettled_scores(scores: Sequence[Score]) -> list[Score]:
    """The scores that can still count together with a score whose window is open."""
    first = unsettled_from(scores)
    return sorted(score for score in scores if score.until > first)


def unsettled_from(scores: Sequence[Score]) -> Instant:
    """The time of the first score whose window includes the latest score. Results before it can no longer change."""
    latest = max(score.at for score in scores)
    return min(score.at for score in scores if score.until > latest)


def split_openings(scores: Iterable[Score], openings: Sequence[Opening]) -> tuple[list[Opening], list[Opening]]:
    """Splits the openings into those whose window ended before the latest score, and the others."""
    latest = max((score.at for score in scores), default=0)
    past = [opening for opening in openings if opening.until <= latest]
    return past, [opening for opening in openings if opening.until > latest]


def for_unit(policy: Policy, owner: Owner = "unit") -> Policy:
    """The part of a policy for units: calendar, people, tiers, wording, and the tasks of thresholds and the calendar.

    `owner`: `organisation` for the part for the organisation as a whole, which has only tasks of the calendar.
    """
    document = policy.document
    points = document.points if owner == "unit" else None
    at_thresholds = [] if points is None else [threshold.task for threshold in points.at]
    scheduled = {name: task for name, task in document.tasks.items() if task.of == owner}
    tasks = {**{name: replace(document.tasks[name], on=[], when=[]) for name in at_thresholds}, **scheduled}
    clocks = {name: policy.clocks[name] for name in tasks if name in policy.clocks}
    return replace(
        policy,
        document=replace(
            document,
            tasks=tasks,
            clocks={},
            stages={},
            severity=None,
            intake=replace(document.intake, routing=[]),
            confidentiality=_with_inspectors(document) if owner == "organisation" else document.confidentiality,
        ),
        clocks={name: clock if name in scheduled else _clock(clock, points) for name, clock in clocks.items()},
        ageing=(),
        intervals={},
    )


def _with_inspectors(document: PolicyDocument) -> Confidentiality | None:
    """Those who assess inspections, and those who are told of the assessment, read what the organisation's tasks
    give."""
    rules, supervision = document.confidentiality, document.supervision
    if rules is None or rules.content is None or supervision is None or supervision.inspection is None:
        return rules
    readers = [supervision.inspection.role, *supervision.inspection.tells]
    return replace(rules, content=[*rules.content, *(RoleSelector(role=role) for role in readers)])


def _clock(clock: CompiledClock, points: Points | None) -> CompiledClock:
    """The task's clock, with the clause of the points rule if it names one."""
    clause = None if points is None else points.clause
    return clock if clause is None else replace(clock, clock=replace(clock.clock, clause=clause))


def with_carried(policy: Policy, earlier: Mapping[str, Policy]) -> Policy:
    """The part of a policy for units (`for_unit`), with the tasks that only earlier versions define.

    `earlier`: the part of the defining version, by name of the task. The calendar no longer opens these tasks.
    """
    if not earlier:
        return policy
    tasks = {
        name: replace(part.document.tasks[name], monthly=None, quarterly=None, yearly=None, every=None)
        for name, part in earlier.items()
    }
    clocks = {name: part.clocks[name] for name, part in earlier.items() if name in part.clocks}
    return replace(
        policy,
        document=replace(policy.document, tasks={**tasks, **policy.document.tasks}),
        clocks={**clocks, **policy.clocks},
        carried=earlier,
    )
