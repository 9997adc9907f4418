"""From where a run counts, and in which calendars: its event, a fact, the next opening, and changes of its unit."""

from __future__ import annotations

from typing import NamedTuple

from msgspec.structs import replace

from chalicelib.complaints.envelope import EventDraft
from chalicelib.complaints.runs import MISSED, Run, TotalStart, is_date, stated_time
from chalicelib.complaints.state import Complaint
from chalicelib.kit.instants import Instant
from chalicelib.policy.compiled import CompiledClock, Policy
from chalicelib.policy.worktime import Calendar, Limit, Term, due_time, hours_at, working_start
from chalicelib.policy.worktime.calendars.day_numbers import BeyondCalendar
from chalicelib.policy.worktime.zone import is_midnight

OWN_CALENDAR = "calendar"
"""How explanations name the policy's own calendar."""


class Beginning(NamedTuple):
    started: Instant
    day_end: bool
    """True for a 24:00 that belongs to the day that has just ended."""
    of_date: bool
    """True for the 24:00 of a date."""
    paused_from: Instant
    """Where a pause of its first stage begins."""


def beginning(
    policy: Policy, clock: CompiledClock, calendar: Calendar, complaint: Complaint, draft: EventDraft
) -> Beginning | None:
    """None without the fact from which the clock counts. An extension counts from itself."""
    fact = clock.clock.fact
    if fact is None or draft.type == "extended":
        day_end = _is_day_end(policy, clock, calendar, draft)
        return Beginning(draft.counts_from, day_end, of_date=False, paused_from=draft.counts_from)
    value = complaint.facts.get(fact)
    if value is None:
        return None
    return Beginning(stated_time(calendar, value), is_date(value), of_date=is_date(value), paused_from=draft.at)


def _is_day_end(policy: Policy, clock: CompiledClock, calendar: Calendar, draft: EventDraft) -> bool:
    """True if time starts the run at 24:00. A task of the calendar opens on its day, and belongs to that day."""
    task = policy.document.tasks.get(clock.name)
    scheduled = task is not None and task.scheduled is not None
    return draft.by_time and not scheduled and is_midnight(calendar.zone, draft.at)


def placed(policy: Policy, clock: CompiledClock, run: Run) -> Run:
    """The run with the hours at its start, and with the opening as which its start counts.

    What time starts at 24:00 does not move, and a date only from a closed day.
    """
    calendar = policy.calendar_of(run.calendar)
    run = replace(run, hours=hours_at(calendar, run.started), begins=None)
    by_time = run.day_end and not run.of_date
    if clock.clock.starts is None or run.stated is not None or by_time:
        return run
    return replace(run, begins=_opening(calendar, run.started, ends_day=run.day_end))


def _opening(calendar: Calendar, start: Instant, *, ends_day: bool = False) -> Instant | None:
    try:
        return working_start(calendar, start, ends_day=ends_day)
    except BeyondCalendar:  # it is never due
        return None


def term_of(policy: Policy, run: Run, limit: Limit) -> Term:
    """What the run counts now: the rest, if its complaint got another unit."""
    pauses = [(first, last) for first, last in run.pauses if first is not None]
    names = [name for name, _ in run.moved] + [run.calendar]
    day_end, of_date = run.counts_from_day_end, run.counts_from_date
    term = Term(policy.calendar_of(names[0]), limit, run.counts_from, pauses, day_end, of_date)
    if not run.moved:
        return term
    from chalicelib.policy.worktime.due_times import continued  # few complaints get another unit

    for (left, until), name in zip(run.moved, names[1:], strict=True):
        term = continued.continued(
            term, continued.CalendarChange(until, policy.calendar_of(name), left or OWN_CALENDAR)
        )
    return term


def on_new_unit(policy: Policy, clock: CompiledClock, run: Run, at: Instant) -> Run:
    """The run in the calendar of the complaint's new unit, if its clock follows the unit, without a due time yet.

    A start that has not come yet is that instant, or outside working time the next opening there.
    """
    name = policy.calendar_name(clock.clock.calendar)
    if not clock.clock.follows_unit or run.state == MISSED or name == run.calendar:
        return run
    there = replace(run, calendar=name, due=None)
    if at > run.counts_from and run.stated is None:
        return replace(there, moved=[*run.moved, (run.calendar, at)])
    if run.begins is None:
        return there
    return replace(there, begins=_opening(policy.calendar_of(name), at) or at)


def chained(run: Run, before: Run, at: Instant) -> Run:
    """A run that replaces another one by an extension or a later promise: `most_total` counts from the first."""
    first = _total(before)
    return replace(run, total=replace(first, pauses=[*first.pauses, *_ended(before, at)]))


def latest_in_total(policy: Policy, run: Run, most: Limit, at: Instant) -> Instant | None:
    """The latest due time that `most_total` allows the run, as if it resumed at `at`; None without one."""
    total = _total(run)
    pauses = [(first, last) for first, last in (*total.pauses, *_ended(run, at))]
    return due_time(policy.calendar_of(run.calendar), most, total.start, pauses, total.day_end, total.of_date).due


def _total(run: Run) -> TotalStart:
    day_end, of_date = run.counts_from_day_end, run.counts_from_date
    return run.total or TotalStart(start=run.counts_from, day_end=day_end, of_date=of_date)


def _ended(run: Run, at: Instant) -> list[list[Instant]]:
    return [[first, at if last is None else last] for first, last in run.pauses if first is not None]
