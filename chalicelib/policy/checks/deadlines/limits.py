"""The limits of a policy that decide due times, with their places, calendars and cost."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from chalicelib.kit.instants import DAY, Instant, from_text
from chalicelib.policy.language.deadlines import Task
from chalicelib.policy.language.intake import Limitation
from chalicelib.policy.language.model import PolicyDocument, Tier
from chalicelib.policy.language.publicity import Notices
from chalicelib.policy.language.stages import Stage
from chalicelib.policy.reading.faults import Fault, Path
from chalicelib.policy.worktime import Calendar, CalendarFault, Limit, due_time, parse_calendars, parse_limit

MAX_DAYS = 100_000
"""Days of the longest limits of all clocks and tasks together. Ten years have 3,653."""
START: Instant = from_text("2027-01-01T00:00:00Z")


class PlacedLimit(msgspec.Struct, frozen=True):
    """`calendars`: the names of the calendars that can count it; None for the policy's `calendar`."""

    path: Path
    text: str
    calendars: tuple[str | None, ...] = (None,)


def deadlines(document: PolicyDocument) -> Iterator[PlacedLimit]:
    """The limits of clocks, tasks, tiers, acts, the intake, notices, reports about the office and comments on drafts;
    not the periods of points and of storage."""
    for name, clock in document.clocks.items():
        for index, rule in enumerate(clock.within):
            yield PlacedLimit(("clocks", name, "within", index, "limit"), rule.limit, (clock.calendar,))
    for name, task in document.tasks.items():
        yield from _of_task(("tasks", name), task)
    for index, tier in enumerate(document.tiers):
        yield from _of_tier(("tiers", index), tier, document)
    for name, stage in document.stages.items():
        yield from _of_stage(("stages", name, "acts"), stage, document)
    if document.severity is not None:
        for index, age in enumerate(document.severity.ageing):
            yield PlacedLimit(("severity", "ageing", index, "after"), age.after)
    yield from _of_intake(document)
    yield from _of_oversight(document)


def _of_tier(path: Path, tier: Tier, document: PolicyDocument) -> Iterator[PlacedLimit]:
    """The repeated alarm uses the calendar of the missed clock or task."""
    named = [one.calendar for one in document.clocks.values() if one.missed != "record"]
    inherited = tuple(dict.fromkeys([*named, *(task.calendar for task in document.tasks.values())]))
    if tier.within is not None:
        yield PlacedLimit((*path, "within"), tier.within, (tier.calendar,))
    if tier.again is not None:
        yield PlacedLimit((*path, "again"), tier.again, inherited)


def _of_task(path: Path, task: Task) -> Iterator[PlacedLimit]:
    if task.within is not None:
        yield PlacedLimit((*path, "within"), task.within, (task.calendar,))
    if task.every is not None:
        yield PlacedLimit((*path, "every"), task.every, (task.calendar,))
    for key, schedule in (("quarterly", task.quarterly), ("yearly", task.yearly)):
        if schedule is not None:
            yield PlacedLimit((*path, key, "due"), schedule.due, (task.calendar,))


def _of_stage(path: Path, stage: Stage, document: PolicyDocument) -> Iterator[PlacedLimit]:
    """`most_total` uses the calendars of the clocks."""
    named = tuple(dict.fromkeys(clock.calendar for clock in document.clocks.values()))
    for name, act in stage.acts.items():
        if act.within is not None:
            yield PlacedLimit((*path, name, "within"), act.within)
        if act.most is not None:
            yield PlacedLimit((*path, name, "most"), act.most)
        if act.most_total is not None:
            yield PlacedLimit((*path, name, "most_total"), act.most_total, named)


def _of_oversight(document: PolicyDocument) -> Iterator[PlacedLimit]:
    if document.publicity is not None and document.publicity.notices is not None:
        yield from _of_notices(("publicity", "notices"), document.publicity.notices)
    for key in ("within", "remind"):
        if (text := getattr(document.supervision, key, None)) is not None:
            yield PlacedLimit(("supervision", key), text)
    if document.amendment is not None and document.amendment.lasting is not None:
        yield PlacedLimit(("amendment", "for"), document.amendment.lasting)


def _of_notices(path: Path, notices: Notices) -> Iterator[PlacedLimit]:
    if notices.delay is not None:
        yield PlacedLimit((*path, "delay"), notices.delay)
    if notices.objection is not None:
        yield PlacedLimit((*path, "objection", "within"), notices.objection.within)


def _of_intake(document: PolicyDocument) -> Iterator[PlacedLimit]:
    intake = document.intake
    if intake.limitation is not None:
        yield from _of_limitation(("intake", "limitation"), intake.limitation)
    if intake.received is not None:
        yield PlacedLimit(("intake", "received", "within"), intake.received.within)
    if intake.evidence_within is not None:
        yield PlacedLimit(("intake", "evidence_within"), intake.evidence_within)


def _of_limitation(path: Path, limitation: Limitation) -> Iterator[PlacedLimit]:
    if limitation.within is not None:
        yield PlacedLimit((*path, "within"), limitation.within, (limitation.calendar,))
    way = "later of" if limitation.later_of else "earlier of"
    for index, part in enumerate(limitation.parts):
        yield PlacedLimit((*path, way, index, "within"), part.within, (part.calendar or limitation.calendar,))


def cost_faults(document: PolicyDocument) -> Iterator[Fault]:
    """The deadlines of a complaint must be explained in one request: an explanation visits each day of a limit.

    Faulty calendars and limits are reported elsewhere.
    """
    try:
        calendars = parse_calendars(document.calendar, document.calendars)
        texts = [(clock.calendar, [rule.limit for rule in clock.within]) for clock in document.clocks.values()]
        texts += [(task.calendar, [task.within] if task.within else []) for task in document.tasks.values()]
        total = sum(
            max((_days(calendars.get(name or "", calendars[""]), parse_limit(limit)) for limit in limits), default=0)
            for name, limits in texts
        )
    except (CalendarFault, ValueError):
        return
    if total > MAX_DAYS:
        yield Fault(("clocks",), "too-many-days", count=total, most=MAX_DAYS)


def _days(calendar: Calendar, limit: Limit) -> int:
    """The days that an explanation visits, as far as they do not depend on the start and on pauses."""
    if limit.parts:
        return sum(_days(calendar, part) for part in limit.parts)
    if limit.kind in ("elapsed", "months", "until", "none"):
        return 1
    due = due_time(calendar, limit, START).due
    return 1 if due is None else 1 + (due - START) // DAY
