"""The limits of a policy that decide due times, each with its place, and the calendar that it names."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from chalicelib.policy.language.deadlines import Task
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.language.stages import Stage
from chalicelib.policy.reading.faults import Path


class PlacedLimit(msgspec.Struct, frozen=True):
    """`calendar`: the name that the part gives, or None for the policy's `calendar`."""

    path: Path
    text: str
    calendar: str | None = None


def deadlines(document: PolicyDocument) -> Iterator[PlacedLimit]:
    """The limits of clocks, tasks, tiers, acts and the intake; not the periods of points and of storage."""
    for name, clock in document.clocks.items():
        for index, rule in enumerate(clock.within):
            yield PlacedLimit(("clocks", name, "within", index, "limit"), rule.limit, clock.calendar)
    for name, task in document.tasks.items():
        yield from _of_task(("tasks", name), task)
    for index, tier in enumerate(document.tiers):
        if tier.within is not None:
            yield PlacedLimit(("tiers", index, "within"), tier.within, tier.calendar)
    for name, stage in document.stages.items():
        yield from _of_stage(("stages", name, "acts"), stage)
    if document.severity is not None:
        for index, age in enumerate(document.severity.ageing):
            yield PlacedLimit(("severity", "ageing", index, "after"), age.after)
    yield from _of_intake(document)


def _of_task(path: Path, task: Task) -> Iterator[PlacedLimit]:
    if task.within is not None:
        yield PlacedLimit((*path, "within"), task.within, task.calendar)
    for key, schedule in (("quarterly", task.quarterly), ("yearly", task.yearly)):
        if schedule is not None:
            yield PlacedLimit((*path, key, "due"), schedule.due, task.calendar)


def _of_stage(path: Path, stage: Stage) -> Iterator[PlacedLimit]:
    for name, act in stage.acts.items():
        if act.within is not None:
            yield PlacedLimit((*path, name, "within"), act.within)
        if act.most is not None:
            yield PlacedLimit((*path, name, "most"), act.most)


def _of_intake(document: PolicyDocument) -> Iterator[PlacedLimit]:
    intake = document.intake
    if intake.limitation is not None:
        yield PlacedLimit(("intake", "limitation", "within"), intake.limitation.within, intake.limitation.calendar)
    if intake.received is not None:
        yield PlacedLimit(("intake", "received", "within"), intake.received.within)
    if intake.evidence_within is not None:
        yield PlacedLimit(("intake", "evidence_within"), intake.evidence_within)
