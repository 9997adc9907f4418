"""Reports that their handlers leave alone: they are reminded, and then the owners get the report (P1.8).

The limits of `supervision` count from the last act of a handler or, without one, from the filing, the reopening, or the
time at which the report came to the owners.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

import msgspec
from msgspec.structs import replace

from chalicelib.complaints.envelope import SYSTEM
from chalicelib.features.messages.inbox import message
from chalicelib.features.supervision import changes, events, report
from chalicelib.features.supervision.changes import NewEvent
from chalicelib.features.supervision.custody import Custody, of_organisation
from chalicelib.features.supervision.events import Draft, Loaded, Stored, Type
from chalicelib.features.supervision.file_report import Notice
from chalicelib.features.supervision.people import independence
from chalicelib.features.supervision.people.independence import Standing
from chalicelib.jobs.hourly import Hour, HourlyStep
from chalicelib.kit import observability
from chalicelib.kit.instants import Instant, from_text
from chalicelib.kit.problem import Problem
from chalicelib.policy.compiled import Policy
from chalicelib.policy.worktime import due_time, parse_limit
from chalicelib.store.port import CommitConflict
from chalicelib.tenants import organisation
from chalicelib.wiring import Wiring


class Left(msgspec.Struct, frozen=True):
    """`since`: when a handler last did something with the report. `reminded`: whether it was reminded of since."""

    since: Instant
    reminded: bool


def run(wiring: Wiring, tenant: str, notice: Notice, now: Instant) -> None:
    """Looks at each open report under the policy in force. A failure is only logged, without the report's id: the next
    hourly job tries again. The caller binds the tenant."""
    org = organisation.load(wiring.store, tenant)
    policy = wiring.compiled.get(tenant, org.policy_at(now))
    rules = policy.document.supervision
    for custody in _open_reports(wiring, tenant) if rules is not None and rules.within is not None else ():
        try:
            with suppress(CommitConflict, Problem):  # another request has changed it, or its reminders are used up
                _look_at(wiring, custody, policy, notice, now)
        except Exception as error:  # noqa: BLE001  one that cannot be read must not stop the others
            frames = observability.frames(error)
            observability.error("A limit of supervision was not checked", tenant=tenant, error=frames)


def _open_reports(wiring: Wiring, tenant: str) -> list[Custody]:
    found = report.heads(wiring.store, of_organisation(wiring.store, tenant))
    return [custody for custody, head in found if head.state != "closed" and not head.moved]


def _look_at(wiring: Wiring, custody: Custody, policy: Policy, notice: Notice, now: Instant) -> None:
    """A report without a member who may handle it waits for its next reading."""
    rules, found = policy.document.supervision, events.load(wiring.store, wiring.sealer, custody)
    if rules is None or found is None:
        return
    left = _left(found.events)
    standing = independence.standing(wiring.store, custody.tenant, found.particulars, now)
    new = None
    if _is_over(policy, rules.within, left.since, now) and standing.level == "supervisors":
        new = _passed(wiring, found, notice, now)
    if new is None and not left.reminded and _is_over(policy, rules.remind or rules.within, left.since, now):
        new = _event("reminded", found.custody.tenant, standing, notice, now)
    if new is not None and new.told:
        changes.record(wiring.store, wiring.sealer, found, new, now)


def _passed(wiring: Wiring, found: Loaded, notice: Notice, now: Instant) -> NewEvent | None:
    """The owners handle it, and no supervisor but those whom they admit. None if no owner is independent."""
    tenant, after = found.custody.tenant, replace(found.particulars, supervisors=[])
    standing = independence.standing(wiring.store, tenant, after, now)
    if standing.level != "owners":
        return None
    return replace(_event("passed", tenant, standing, notice, now), particulars=after)


def _event(type_: Type, tenant: str, to: Standing, notice: Notice, now: Instant) -> NewEvent:
    return NewEvent(
        draft=Draft(type_, SYSTEM),
        request=None,
        told=list(to.roles),
        notice=lambda reader, event_id: notice(tenant, reader, event_id, now),
    )


def _left(events: Sequence[Stored]) -> Left:
    left, state = Left(0, reminded=False), "closed"
    for stored in events:
        event = stored.event
        is_reopening = event.type in ("reported", "added") and state == "closed"
        if is_reopening or event.type == "passed" or event.actor["kind"] == "staff":
            left = Left(from_text(event.at), reminded=False)
        elif event.type == "reminded":
            left = Left(left.since, reminded=True)
        state = event.result["stage"]
    return left


def _is_over(policy: Policy, text: str | None, since: Instant, now: Instant) -> bool:
    due = None if text is None else due_time(policy.calendar, parse_limit(text), since).due
    return due is not None and due <= now


def _remind(hour: Hour) -> None:
    run(hour.wiring, hour.tenant, message.notice, hour.now)


HOURLY = HourlyStep("reports", _remind, after=("next run",))
"""Reminds of reports about the office (P1.8)."""
