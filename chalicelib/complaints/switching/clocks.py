"""The clocks of a complaint at a policy switch: recalculated from the same starts under the newer version.

- A running or paused run continues from its own start with the newer version's limit, calendar, pauses and warnings.
- A run is cancelled if its clock no longer exists or no longer applies to the complaint.
- A missed run stays missed, and is explained by the version it was missed under.
- A clock that only the newer version has starts at its next event. On request it starts from its last start event,
  unless an event has stopped or cancelled it since.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from msgspec.structs import replace

from chalicelib.complaints.condition_context import banded, situation
from chalicelib.complaints.deadlines import clocks, counting
from chalicelib.complaints.envelope import SYSTEM, Event, EventDraft, Result
from chalicelib.complaints.runs import CANCELLED, MISSED, PAUSED, RUNNING, Run
from chalicelib.complaints.state import Complaint
from chalicelib.kit.instants import Instant, from_text
from chalicelib.kit.problem import Place, Problem, Text
from chalicelib.policy.compiled import CompiledClock, Policy
from chalicelib.policy.language.conditions import holds, matches
from chalicelib.policy.language.vocabulary import CANCELLING_EVENTS, UNIT_CALENDAR
from chalicelib.policy.worktime import spend

Pauses = list[list[Instant | None]]


class ClockChange(NamedTuple):
    """A run after the switch, with its due times before and after.

    For a paused run, both due times are calculated as if it resumed at the switch.
    """

    run: Run
    before: Instant | None
    after: Instant | None
    effect: Literal["same", "earlier", "later", "ended", "missed", "started"]
    breach: bool
    """True if the run is already overdue under the newer version, so that it is due at the switch."""


def switched_runs(old: Policy, new: Policy, complaint: Complaint, now: Instant) -> list[ClockChange]:
    """Returns all open runs. `complaint` is in its stage under the new version.

    Raises `Problem("invalid")` if the new version has no limit for one of the runs.
    """
    return [_change(old, new, run, complaint, now) for run in complaint.runs]


def _change(old: Policy, new: Policy, run: Run, complaint: Complaint, now: Instant) -> ClockChange:
    clock = new.clocks.get(run.clock)
    if run.state == MISSED:
        ended = clocks.end(run, now, CANCELLED) if clock is None else run
        missed = replace(ended, under=run.under or old.version)
        return ClockChange(missed, run.due, run.due, "missed", breach=False)
    carried = None if clock is None else _carried(new, clock, _on_calendar(old, new, clock, run), complaint, now)
    if clock is None or carried is None:
        return ClockChange(clocks.end(run, now, CANCELLED), run.due, None, "ended", breach=False)
    before = clocks.due_if_resumed(old, run, now)
    after = clocks.due_if_resumed(new, carried, now)
    effect: Literal["same", "earlier", "later"] = "same" if before == after else "later"
    if before is not None and after is not None and after < before:
        effect = "earlier"
    return ClockChange(carried, run.due, carried.due, effect, _breached(carried, now))


def _breached(run: Run, now: Instant) -> bool:
    return run.state == RUNNING and run.due is not None and run.due <= now


def _carried(new: Policy, clock: CompiledClock, run: Run, complaint: Complaint, now: Instant) -> Run | None:
    """The run under the new version, or None if that sets no limit for it."""
    run = counting.placed(new, clock, run)
    facts = {**situation(new, complaint), "hours": run.hours}
    if not holds(clock.clock.when, facts):
        return None
    if run.stated is None:
        limit = clocks.limit_for(clock, facts)
        if limit is None:
            raise Problem("invalid", "The newer version has no limit for this case.", places=[_place(clock)])
        if limit.kind == "none":
            return None
        run = replace(run, limit=str(limit))
    return _paused_or_running(new, clock, run, complaint.stage, now)


def _on_calendar(old: Policy, new: Policy, clock: CompiledClock, run: Run) -> Run:
    """The run with its calendar under the new version. A run on its unit's calendar keeps it, if it still exists."""
    named = clock.clock.calendar
    keeps = named == UNIT_CALENDAR == old.clocks[run.clock].clock.calendar
    known = not run.calendar or run.calendar in new.calendars
    calendar = run.calendar if keeps and known else new.calendar_name(named)
    return replace(run, calendar=calendar, moved=run.moved if keeps and clock.clock.follows_unit else [])


def _place(clock: CompiledClock) -> Place:
    return Place("/to", Text("has no limit of `{clock}` for a complaint like this one", clock=clock.name))


def _paused_or_running(new: Policy, clock: CompiledClock, run: Run, stage: str, now: Instant) -> Run:
    """The run, paused or running according to the new version and the stage."""
    open_pause = bool(run.pauses) and run.pauses[-1][1] is None
    if run.held or stage in clock.clock.paused_in:
        pauses = run.pauses if open_pause else [*run.pauses, [now, None]]
        return replace(run, state=PAUSED, due=None, next=None, warns=[], pauses=pauses)
    return clocks.recalculate(new, clock, replace(_resumed(run, now), state=RUNNING), now)


def _resumed(run: Run, now: Instant) -> Run:
    return replace(run, pauses=[[first, now if last is None else last] for first, last in run.pauses])


def new_runs(
    old: Policy, new: Policy, complaint: Complaint, record: Sequence[Event], stages: Mapping[str, str], now: Instant
) -> list[ClockChange]:
    """Runs of clocks that only the new version has, from the recorded events that start them."""
    found: list[ClockChange] = []
    for name, clock in new.clocks.items():
        if name in old.clocks or name in complaint.counts:
            continue
        is_tasks = name in new.document.tasks
        for position in _task_openings(clock, complaint, record) if is_tasks else _start_event(new, clock, record):
            event = record[position]
            counts = {**complaint.counts, name: sum(change.run.clock == name for change in found)}
            draft = _draft(record, position)
            run = clocks.start(new, clock, replace(complaint, seq=event.seq, counts=counts), draft)
            if run is not None and not clocks.waits(new, clock, draft):
                run = replace(run, pauses=_pauses(clock, record[position:], stages))
                placed = _paused_or_running(new, clock, run, complaint.stage, now)
                found.append(ClockChange(placed, None, placed.due, "started", _breached(placed, now)))
    return found


def _start_event(new: Policy, clock: CompiledClock, record: Sequence[Event]) -> list[int]:
    """The position of the event from which the clock would run now; empty if it would not run."""
    position = None
    spend(len(record))
    for index, event in enumerate(record):
        fields = banded(new, event.fields)
        if _cancels(clock, event) or matches(clock.clock.until, event.type, fields):
            position = None
        if matches(clock.clock.start, event.type, fields):
            position = index
    return [] if position is None else [position]


def _task_openings(clock: CompiledClock, complaint: Complaint, record: Sequence[Event]) -> list[int]:
    """For a task's clock: the positions of the events that opened the open tasks of its name."""
    positions: list[int] = []
    for index, event in enumerate(record):
        ended = event.type != "task_done" and matches(clock.clock.until, event.type, event.fields)
        if ended or _cancels(clock, event):
            positions = []
        task = complaint.tasks.get(str(event.seq))
        if task is not None and task.task == clock.name:
            positions.append(index)
    return positions


def _cancels(clock: CompiledClock, event: Event) -> bool:
    return event.type in CANCELLING_EVENTS and event.type not in clock.clock.survives


def _draft(record: Sequence[Event], position: int) -> EventDraft:
    event = record[position]
    nothing = Result(stage="", tier=1, severity=None, flags={})
    return EventDraft(
        type=event.type,
        at=from_text(event.at),
        actor=SYSTEM,
        fields=event.fields,
        result=nothing,
        by_time=_is_by_time(record, position),
    )


def _is_by_time(record: Sequence[Event], position: int) -> bool:
    """True for an event of time and for its consequences, which have its instant and no due time of their own."""
    at = record[position].at
    for event in reversed(record[: position + 1]):
        if event.due_at is not None and event.at == at:
            return True
        if event.at != at or event.actor["kind"] != SYSTEM.kind:
            return False
    return False


def _pauses(clock: CompiledClock, record: Sequence[Event], stages: Mapping[str, str]) -> Pauses:
    """The times in stages that pause the clock. `stages` maps the old stages to those of the new version."""
    pauses: Pauses = []
    for event in record:
        stage = event.result["stage"]
        paused = stages.get(stage, stage) in clock.clock.paused_in
        is_open = bool(pauses) and pauses[-1][1] is None
        if paused and not is_open:
            pauses.append([from_text(event.at), None])
        elif is_open and not paused:
            pauses[-1][1] = from_text(event.at)
    return pauses
