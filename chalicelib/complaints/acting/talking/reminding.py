"""The built-in act `remind` of the complainant: while the office is late, they remind it once a working day."""

from __future__ import annotations

from chalicelib.complaints import runs
from chalicelib.complaints.acting.requested import Requested
from chalicelib.complaints.envelope import Occurrence
from chalicelib.complaints.rights.permits import COMPLAINANT, Asker, Grant
from chalicelib.complaints.runs import MISSED, Run
from chalicelib.complaints.state import Complaint
from chalicelib.kit.instants import LAST, Instant
from chalicelib.kit.problem import Problem
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.derived.duties import duty_of
from chalicelib.policy.worktime import Calendar, due_time, parse_limit
from chalicelib.policy.worktime.zone import wall_clock

EVENT = "reminded"
_NEXT_DAY = parse_limit("1 working day")


def is_open(policy: Policy, complaint: Complaint, asker: Asker) -> bool:
    return _grant(asker) is not None and bool(_late(policy, complaint))


def remind(asked: Requested) -> None:
    """Adds `reminded`, and tells the people of the present tier which deadline it is, and the complainant who was told.

    Raises `Problem("act-not-open")` while no duty of the office is missed, and for a second reminder on a working day.
    """
    from chalicelib.complaints.acting import alarms  # few requests remind

    flow, grant = asked.flow, _grant(asked.asker)
    if grant is None:
        raise Problem("forbidden", "This act is not yours to do in this complaint.")
    late = _late(flow.policy, flow.complaint)
    if not late:
        raise Problem("act-not-open", "No deadline of the organisation has passed.", extra={"acts": []})
    if is_used_up(flow.policy, flow.complaint, asked.now):
        raise Problem("act-not-open", "You can send one reminder for each working day.", extra={"acts": []})
    about = flow.add(EVENT, Occurrence(asked.now, asked.asker.actor(grant), act=asked.request.act), {}, changed=[])
    values = {"clock": late[0].clock, **runs.due_field(late[0])}
    told = alarms.recipients(flow)
    flow.notify(told, about=about, at=asked.now, wording=EVENT, **values)
    if asked.asker.behalf is None:  # otherwise they are told of the record
        flow.notify([COMPLAINANT.kind], about=about, at=asked.now, wording=EVENT, roles=told, **values)


def is_used_up(policy: Policy, complaint: Complaint, now: Instant) -> bool:
    """Whether the reminder of this working day was sent."""
    last = complaint.seen.get(EVENT)
    return last is not None and not _is_later_working_day(policy.calendar, last, now)


def _grant(asker: Asker) -> Grant | None:
    """That of the complainant, or of a member who records the act for them."""
    return next((grant for grant in asker.grants if grant.role == COMPLAINANT.kind), None)


def _late(policy: Policy, complaint: Complaint) -> list[Run]:
    """The missed runs that are the office's duty, the one that was due first before the others."""
    missed = [run for run in complaint.runs if run.state == MISSED and run.clock in policy.clocks]
    late = [run for run in missed if duty_of(policy.document, policy.clocks[run.clock].clock) == "office"]
    return sorted(late, key=lambda run: (run.due or LAST, run.clock))


def _is_later_working_day(calendar: Calendar, last: Instant, now: Instant) -> bool:
    """Whether a working day has begun since the day of the last reminder."""
    end = due_time(calendar, _NEXT_DAY, last).due
    return end is not None and wall_clock(calendar.zone, end - 1).date() <= wall_clock(calendar.zone, now).date()
