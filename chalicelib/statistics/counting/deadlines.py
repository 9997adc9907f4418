"""Counts deadlines: their beginnings, extensions, pauses and escalations, and how each ended."""

from __future__ import annotations

from collections.abc import Sequence

from chalicelib.complaints.runs import CANCELLED, MISSED, PAUSED, RUNNING, Run, first_open
from chalicelib.policy.worktime.calendars.open_time import measure
from chalicelib.statistics.counting.conduct import is_near
from chalicelib.statistics.counting.histogram import bucket
from chalicelib.statistics.counting.moment import Moment, RunKey
from chalicelib.statistics.counting.tally import Tally, yes
from chalicelib.statistics.days import due_day_of


def count_begun(tally: Tally, found: Sequence[Moment]) -> None:
    """Each deadline once, on the day on which it began, with whether it was extended since."""
    first: dict[RunKey, RunKey] = {}
    began: dict[RunKey, Moment] = {}
    extended: set[RunKey] = set()
    for moment in found:
        for run in moment.changed:
            key = (run.clock, run.n)
            if key in first:
                continue
            before = _extended(moment, run) if _is_extension(moment, run) else None
            first[key] = key if before is None else first[before.clock, before.n]
            if before is None:
                began[key] = moment
            else:
                extended.add(first[key])
    for key, moment in began.items():
        tally.on(moment, "begun", *moment.named(key[0]), yes(key in extended))


def _is_extension(moment: Moment, run: Run) -> bool:
    """Whether a new run extends one."""
    return moment.type == "extended" and moment.fields.get("clock") == run.clock


def _extended(moment: Moment, run: Run) -> Run | None:
    return first_open(moment.runs_before.values(), run.clock)


def count_changes(tally: Tally, found: Sequence[Moment]) -> None:
    """`near` and `last_day` compare with the due time before the change."""
    known: set[RunKey] = set()
    for moment in found:
        for run in moment.changed:
            key = (run.clock, run.n)
            if key not in known:
                known.add(key)
                if _is_extension(moment, run):
                    _count(tally, moment, "extended", run, _extended(moment, run))
            before = moment.runs_before.get(key)
            if before is not None and before.state == RUNNING and run.state == PAUSED:
                _count(tally, moment, "paused", run, before)


def count_pauses(tally: Tally, found: Sequence[Moment]) -> None:
    """Each pause once it is over, on the day of its end, with its working time. The stage is the one in which it
    began."""
    began: dict[RunKey, Moment] = {}
    for moment in found:
        for run in moment.changed:
            key = (run.clock, run.n)
            if run.state == PAUSED and run.open:
                began.setdefault(key, moment)
            elif key in began:
                begin = began.pop(key)
                paused = measure(moment.policy.calendar_of(run.calendar), begin.at, moment.at)
                tally.on(moment, "pause", *moment.named(run.clock), begin.stage, bucket(paused))


def _count(tally: Tally, moment: Moment, event: str, run: Run, before: Run | None) -> None:
    near = yes(before is not None and is_near(before, moment.at))
    calendar = moment.policy.calendar_of(run.calendar)
    last = before is not None and before.due is not None and due_day_of(calendar, before.due) == moment.day
    stage = moment.stage if event == "paused" else ""
    tally.on(moment, "deadline", event, *moment.named(run.clock), stage, near, yes(last))


def count_escalations(tally: Tally, found: Sequence[Moment]) -> None:
    """`bucket`: the working time from the due time to the escalation, in the calendar of the deadline."""
    for moment in found:
        if moment.type != "escalated":
            continue
        clock = moment.fields["clock"]
        run = moment.runs_before.get((clock, moment.fields["run"]))
        if run is not None and run.due is not None:
            late = measure(moment.policy.calendar_of(run.calendar), run.due, max(moment.at, run.due))
            tier = str(moment.fields["tier"])
            tally.on(moment, "escalation", *moment.named(clock), tier, bucket(late))


def count_outcomes(tally: Tally, found: Sequence[Moment]) -> None:
    """Each run once, on the day on which it was due. A paused run has no due time, and counts after it resumes."""
    last: dict[RunKey, tuple[Moment, Run]] = {}
    for moment in found:
        for run in moment.changed:
            last[run.clock, run.n] = (moment, run)
    for moment, run in last.values():
        if run.due is None:
            continue
        calendar = moment.policy.calendar_of(run.calendar)
        day, named = due_day_of(calendar, run.due), moment.named(run.clock)
        tally.due_on(day, moment, "due", *named, _outcome(run))
        if run.state == MISSED and run.ended is not None:
            late = measure(calendar, run.due, max(run.ended, run.due))
            tally.due_on(day, moment, "lateness", *named, bucket(late))


def _outcome(run: Run) -> str:
    """`open`, `met`, `cancelled`, `missed` (it has ended since), or `missed_open`."""
    if run.state == MISSED:
        return "missed_open" if run.ended is None else MISSED
    return {RUNNING: "open", CANCELLED: CANCELLED}.get(run.state, run.state)
