"""The limits of a policy that decide due times, with their places, calendars and cost; and the events that one causes.

All events that one event causes are recorded with it in one transaction.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import msgspec

from chalicelib.kit.instants import DAY, Instant, from_text
from chalicelib.policy.language.deadlines import Task
from chalicelib.policy.language.model import PolicyDocument, Tier
from chalicelib.policy.language.publicity import Notices
from chalicelib.policy.language.stages import Act, Stage
from chalicelib.policy.language.vocabulary import EVENT_OF_ACT
from chalicelib.policy.reading.faults import Fault, Path
from chalicelib.policy.worktime import Calendar, CalendarFault, Limit, due_time, parse_limit

MAX_EVENTS = 40
"""The maximum number of events that one event may cause, including itself. A transaction has at most 100 items: as many
overdue events may come before it, and the snapshot, private values, lookups and the idempotency item are added."""
_EVENT = 2
"""The event, and its own notification (of ageing, or of the end of a duplicate)."""
_PER_TASK = 2
"""For each task: the event that opens or proposes it, and its notification."""
_EVIDENCE_DEMAND = 2
"""The demand for evidence at filing, and its notification."""


def event_faults(document: PolicyDocument) -> Iterator[Fault]:
    """A fault for each event that could record more than `MAX_EVENTS` events at once. Conditions are ignored."""
    tasks_by_event = Counter(event for task in document.tasks.values() for event in {one.event for one in task.on})
    crowded = set()
    for event, tasks in tasks_by_event.items():
        if (count := _EVENT + _PER_TASK * tasks) > MAX_EVENTS:
            crowded.add(event)
            yield Fault(("tasks",), "too-much-at-once", name=event, count=count, most=MAX_EVENTS)
    for path, event, count in _notifying_events(document):
        if event not in crowded and (total := count + _PER_TASK * tasks_by_event[event]) > MAX_EVENTS:
            yield Fault(path, "too-much-at-once", name=event, count=total, most=MAX_EVENTS)


def _notifying_events(document: PolicyDocument) -> Iterator[tuple[Path, str, int]]:
    """The number of events, without tasks, that filing and each act cause; with the path of their `tells`."""
    demand = _EVIDENCE_DEMAND if document.intake.evidence_within is not None and document.intake.evidence else 0
    yield ("intake", "tells"), "registered", 1 + demand + len(document.intake.tells)
    for name, task in document.tasks.items():
        if task.tells:
            yield ("tasks", name, "tells"), "task_done", 1 + len(task.tells)
    for stage_name, stage in document.stages.items():
        for name, act in stage.acts.items():
            if name in EVENT_OF_ACT:  # unknown acts are reported by `checks.stages`
                yield ("stages", stage_name, "acts", name, "tells"), EVENT_OF_ACT[name], _events_of_act(act)


def _events_of_act(act: Act) -> int:
    """An approval adds an event, and a notification to the proposer."""
    return 1 + len(act.tells) + (2 if act.approval is not None else 0)


MAX_DAYS = 100_000
"""Days of the longest limits of all clocks and tasks together. Ten years have 3,653."""
START: Instant = from_text("2027-01-01T00:00:00Z")


class PlacedLimit(msgspec.Struct, frozen=True):
    """`calendars`: the names of the calendars that can count it; None for the policy's `calendar`."""

    path: Path
    text: str
    calendars: tuple[str | None, ...] = (None,)


def deadlines(document: PolicyDocument) -> Iterator[PlacedLimit]:
    """The limits of clocks, tasks, tiers, acts, the intake, notices and reports about the office; not the periods of
    points and of storage."""
    for name, clock in document.clocks.items():
        for index, rule in enumerate(clock.within):
            yield PlacedLimit(("clocks", name, "within", index, "limit"), rule.limit, (clock.calendar,))
    for name, task in document.tasks.items():
        yield from _of_task(("tasks", name), task)
    for index, tier in enumerate(document.tiers):
        yield from _of_tier(("tiers", index), tier, document)
    for name, stage in document.stages.items():
        yield from _of_stage(("stages", name, "acts"), stage)
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


def _of_stage(path: Path, stage: Stage) -> Iterator[PlacedLimit]:
    for name, act in stage.acts.items():
        if act.within is not None:
            yield PlacedLimit((*path, name, "within"), act.within)
        if act.most is not None:
            yield PlacedLimit((*path, name, "most"), act.most)


def _of_oversight(document: PolicyDocument) -> Iterator[PlacedLimit]:
    if document.publicity is not None and document.publicity.notices is not None:
        yield from _of_notices(("publicity", "notices"), document.publicity.notices)
    for key in ("within", "remind"):
        if (text := getattr(document.supervision, key, None)) is not None:
            yield PlacedLimit(("supervision", key), text)


def _of_notices(path: Path, notices: Notices) -> Iterator[PlacedLimit]:
    if notices.delay is not None:
        yield PlacedLimit((*path, "delay"), notices.delay)
    if notices.objection is not None:
        yield PlacedLimit((*path, "objection", "within"), notices.objection.within)


def _of_intake(document: PolicyDocument) -> Iterator[PlacedLimit]:
    intake = document.intake
    if intake.limitation is not None:
        yield PlacedLimit(("intake", "limitation", "within"), intake.limitation.within, (intake.limitation.calendar,))
    if intake.received is not None:
        yield PlacedLimit(("intake", "received", "within"), intake.received.within)
    if intake.evidence_within is not None:
        yield PlacedLimit(("intake", "evidence_within"), intake.evidence_within)


def cost_faults(document: PolicyDocument) -> Iterator[Fault]:
    """The deadlines of a complaint must be explained in one request: an explanation visits each day of a limit.

    Faulty calendars and limits are reported elsewhere.
    """
    try:
        calendars = {name: Calendar.parse(one) for name, one in document.calendars.items()}
        own = Calendar.parse(document.calendar)
        texts = [(clock.calendar, [rule.limit for rule in clock.within]) for clock in document.clocks.values()]
        texts += [(task.calendar, [task.within] if task.within else []) for task in document.tasks.values()]
        total = sum(
            max((_days(calendars.get(name or "", own), parse_limit(limit)) for limit in limits), default=0)
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
