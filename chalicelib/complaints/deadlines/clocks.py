"""Effects of an event on the clocks: it starts, stops, cancels, pauses or moves their runs.

Also the end of the time of ageing (P6.2).
"""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from chalicelib.complaints.condition_context import banded, situation
from chalicelib.complaints.deadlines import counting
from chalicelib.complaints.envelope import EventDraft
from chalicelib.complaints.runs import CANCELLED, MET, MISSED, PAUSED, RUNNING, Run, first_open, stated_time
from chalicelib.complaints.state import Complaint
from chalicelib.kit.instants import Instant
from chalicelib.policy.compiled import CompiledAgeing, CompiledClock, Policy
from chalicelib.policy.language.conditions import REACHED, holds, matches
from chalicelib.policy.language.vocabulary import CANCELLING_EVENTS
from chalicelib.policy.worktime import Calendar, Limit, due_time, parse_limit, spend, warning_time

_RUN_STEPS, _WARNING_STEPS = 10, 4
"""Counted steps of a run and of each of its warnings (`worktime.budget`)."""
_ELAPSED = parse_limit("1 second")
"""Warnings before a stated due time are counted in elapsed time."""


def changed_runs(policy: Policy, complaint: Complaint, draft: EventDraft, *, has_new_unit: bool = False) -> list[Run]:
    """The runs that the event changes. `complaint` is the state after the event, with the runs before it.

    `has_new_unit`: the event gives the complaint another unit, whose calendar the policy has.
    """
    found: list[Run] = []
    runs_of: dict[str, list[Run]] = {}
    for run in complaint.runs:
        runs_of.setdefault(run.clock, []).append(run)
    for clock in policy.clocks.values():
        running = runs_of.get(clock.name, [])
        started = _started(policy, clock, running, complaint, draft)
        begins = started is not None and not waits(policy, clock, draft)
        for run in running:
            replaced = started is not None and started.task == run.task
            there = counting.on_new_unit(policy, clock, run, draft.at) if has_new_unit else run
            changed = _changed(policy, clock, there, complaint, draft, replaced=replaced)
            found.extend(changed or ([] if there == run else [there]))
            if started is not None and replaced and not _meets(policy, clock, run, draft):
                started = replace(started, replaces=run.n)
        found.extend([started] if started is not None and begins else [])
    if _is_late_filing(complaint, draft):
        return [with_open_warnings(run, draft.at) for run in found]
    return [_warned_at_once(policy, run, draft.at) for run in found] if draft.type == "registered" else found


def waits(policy: Policy, clock: CompiledClock, draft: EventDraft) -> bool:
    """Whether a run that the event starts waits until the complainant is reached (`applying.reaching`)."""
    is_asked = clock.clock.silence is not None and draft.type in policy.reach
    return is_asked and draft.fields.get(REACHED) is False


def _is_late_filing(complaint: Complaint, draft: EventDraft) -> bool:
    """True at the filing of a complaint that arrived earlier, for the filing and for what is late by then."""
    return draft.at == complaint.registered_at and complaint.arrived_earlier


def _warned_at_once(policy: Policy, run: Run, at: Instant) -> Run:
    """If the filing states a time that is nearer than a warning of it, the warning is at the filing (P6.4)."""
    if run.stated is None or run.due is None or run.due <= at or len(run.warns) == len(policy.clocks[run.clock].warns):
        return run
    return replace(run, warns=[at, *run.warns])


def with_open_warnings(run: Run, at: Instant) -> Run:
    """Of the warnings before `at`, such as a filing, only the last, and none if the due time is over too."""
    past = [warn for warn in run.warns if warn <= at]
    if not past:
        return run
    last = past[-1:] if run.due is not None and run.due > at else []
    return replace(run, warns=[*last, *run.warns[len(past) :]])


def _started(
    policy: Policy, clock: CompiledClock, running: list[Run], complaint: Complaint, draft: EventDraft
) -> Run | None:
    """The run that the event starts, or None. It replaces the run before it, except that of another task."""
    extended = first_open(running, clock.name) if _extends(clock, draft) else None
    if extended is None and not matches(clock.clock.start, draft.type, banded(policy, draft.fields)):
        return None
    started = start(policy, clock, complaint, draft)
    if started is None:
        return None
    if clock.clock.fact is not None:
        started = with_open_warnings(started, draft.at)  # the fact lies before the filing
    if policy.caps_total and (replaced := extended or _promised_before(running, draft)) is not None:
        started = counting.chained(started, replaced, draft.at)
    if extended is None:
        return started
    before = extended.before or due_if_resumed(policy, extended, draft.at)
    return replace(started, before=before, task=extended.task)


def _promised_before(running: list[Run], draft: EventDraft) -> Run | None:
    """The open run that a promise replaces."""
    return next(iter(running), None) if draft.type == "promised" else None


def _changed(
    policy: Policy, clock: CompiledClock, run: Run, complaint: Complaint, draft: EventDraft, *, replaced: bool
) -> list[Run]:
    met = _meets(policy, clock, run, draft)
    if met or replaced:
        done = met and (not run.task or draft.type == "task_done")  # other ends of a task's time do not meet it
        return [end(run, draft.at, MET if done else CANCELLED)]
    if draft.type in CANCELLING_EVENTS and draft.type not in clock.clock.survives:
        return [end(run, draft.at, CANCELLED)]
    # What became late before the filing was due then: it is not due only at the change.
    changed = draft.due_at if draft.due_at is not None and _is_late_filing(complaint, draft) else draft.at
    moved = adjust(policy, clock, run, complaint, changed)
    return [moved] if moved != run else []


def _meets(policy: Policy, clock: CompiledClock, run: Run, draft: EventDraft) -> bool:
    if not matches(clock.clock.until, draft.type, banded(policy, draft.fields)):
        return False
    return not run.task or draft.type != "task_done" or draft.fields["opened"].endswith(f"/{run.task}")


def _extends(clock: CompiledClock, draft: EventDraft) -> bool:
    return draft.type == "extended" and draft.fields.get("clock") == clock.name


def end(run: Run, at: Instant, state: str) -> Run:
    """Ends a run. A missed run stays missed (X.3)."""
    ended = MISSED if run.state == MISSED else state
    pauses = [[first, at if last is None else last] for first, last in run.pauses]
    return replace(run, state=ended, ended=at, next=None, warns=[], pauses=pauses)


def start(policy: Policy, clock: CompiledClock, complaint: Complaint, draft: EventDraft) -> Run | None:
    """A new run, or None if the policy sets no limit for the case."""
    facts = situation(policy, complaint)
    if not holds(clock.clock.when, facts):
        return None
    calendar = policy.calendar_name(clock.clock.calendar)
    begun = counting.beginning(policy, clock, policy.calendar_of(calendar), complaint, draft)
    if begun is None:
        return None
    run = counting.placed(
        policy,
        clock,
        Run(
            clock=clock.name,
            n=complaint.counts.get(clock.name, 0) + 1,
            seq=complaint.seq,
            task=complaint.seq if draft.type == "task_opened" and clock.name in policy.document.tasks else 0,
            started=begun.started,
            limit="",
            stated=_stated(policy.calendar_of(calendar), clock, complaint, draft),
            hours="",
            calendar=calendar,
            day_end=begun.day_end,
            of_date=begun.of_date,
            due=None,
        ),
    )
    if run.stated is None:
        limit = None if clock.clock.stated else limit_for(clock, {**facts, "hours": run.hours})
        if limit is None or limit.kind == "none":
            return None
        run = replace(run, limit=str(limit))
    if complaint.stage in clock.clock.paused_in:
        return replace(run, state=PAUSED, pauses=[[begun.paused_from, None]])
    return recalculate(policy, clock, run, run.started)


def _stated(calendar: Calendar, clock: CompiledClock, complaint: Complaint, draft: EventDraft) -> Instant | None:
    if draft.type == "extended":
        return _instant(calendar, draft.fields.get("until"))
    if clock.clock.stated is None:
        return None
    return _instant(calendar, draft.fields.get(clock.clock.stated) or complaint.facts.get(clock.clock.stated))


def _instant(calendar: Calendar, value: Any) -> Instant | None:
    return stated_time(calendar, value) if isinstance(value, str) else None


def limit_for(clock: CompiledClock, facts: dict[str, str]) -> Limit | None:
    return next((rule.limit for rule in clock.rules if holds(rule.when, facts)), None)


def adjust(policy: Policy, clock: CompiledClock, run: Run, complaint: Complaint, at: Instant) -> Run:
    """The run after a change of the case: paused, resumed, or with another limit or calendar from the same start."""
    if run.state == MISSED or run.held:
        return run
    if complaint.stage in clock.clock.paused_in:
        return run if run.state == PAUSED else _paused(run, at)
    if run.state == PAUSED:
        run = replace(run, state=RUNNING, pauses=[*run.pauses[:-1], [run.pauses[-1][0], at]])
    if run.stated is not None:
        return recalculate(policy, clock, run, at) if run.due is None else run
    limit = limit_for(clock, {**situation(policy, complaint), "hours": run.hours})
    if limit is None or limit.kind == "none":
        return end(run, at, CANCELLED)
    if str(limit) == run.limit and run.due is not None:
        return run
    return recalculate(policy, clock, replace(run, limit=str(limit)), at)


def _paused(run: Run, at: Instant) -> Run:
    return replace(run, state=PAUSED, due=None, next=None, warns=[], pauses=[*run.pauses, [at, None]])


def due_if_resumed(policy: Policy, run: Run, at: Instant) -> Instant | None:
    """The due time; for a paused run, the one that it would have if it resumed at `at`."""
    if run.state != PAUSED:
        return run.due
    resumed = [(first, at if last is None else last) for first, last in run.pauses]
    return recalculate(policy, policy.clocks[run.clock], replace(run, pauses=resumed), at).due


def recalculate(policy: Policy, clock: CompiledClock, run: Run, at: Instant) -> Run:
    """Recalculates the due time and the warnings. A due time that would lie before the change becomes `at`.

    A due time beyond the last one that can be stored is none, and provisional.
    """
    spend(_RUN_STEPS + _WARNING_STEPS * len(clock.warns))
    term = counting.term_of(policy, run, _ELAPSED if run.stated is not None else parse_limit(run.limit))
    calculated = term.due()
    moment = run.stated if run.stated is not None else calculated.due
    if moment is None:
        return replace(run, due=None, next=None, provisional=calculated.provisional, warns=[])
    moment = max(moment, at)
    warns = [warning_time(term, moment, warn) for warn in clock.warns]
    return replace(
        run,
        due=moment,
        next=moment,
        provisional=run.stated is None and calculated.provisional,
        warns=sorted({one for one in warns if max(at, run.counts_from) < one < moment}),
    )


def age_ends(policy: Policy, complaint: Complaint, compiled: CompiledAgeing) -> Instant | None:
    """The end of the time in which the complaint should be resolved; None before its start and once resolved."""
    age = compiled.ageing
    started = complaint.seen.get(age.start)
    if started is None or any(event in complaint.seen for event in age.until):
        return None
    return due_time(policy.calendar, compiled.limit, started).due


def is_raised(policy: Policy, severity: str | None, compiled: CompiledAgeing) -> bool:
    """Whether ageing raises this class."""
    classes = policy.classes
    return severity in classes and classes.index(severity) < classes.index(compiled.ageing.to)
