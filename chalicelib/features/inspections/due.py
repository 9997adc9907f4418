"""The period that an inspection is about, when the policy asks for it, and by when it is to be assessed."""

from __future__ import annotations

from collections.abc import Iterator

from chalicelib.complaints.units.recurring import Period, periods
from chalicelib.kit.instants import Instant
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.publicity import Inspection
from chalicelib.policy.worktime import due_time, parse_limit
from chalicelib.policy.worktime.periods import CalendarPeriod
from chalicelib.tenants.names import OWNER


def asked(policy: Policy) -> Inspection | None:
    supervision = policy.document.supervision
    return None if supervision is None else supervision.inspection


def read_by(policy: Policy) -> list[str]:
    """The roles that read inspections, each for the whole organisation: also those who are told of them."""
    inspection = asked(policy)
    return [*ordered_by(policy), *([] if inspection is None else inspection.tells)]


def ordered_by(policy: Policy) -> list[str]:
    """The roles that ask for inspections."""
    inspection = asked(policy)
    return [OWNER, *([] if inspection is None else [inspection.role])]


def ended_between(policy: Policy, after: Instant, last: Instant) -> Iterator[Period]:
    """The periods to be inspected that ended after `after` and at `last` at the latest. `at`: their end."""
    inspection = asked(policy)
    if inspection is not None:
        yield from periods(inspection.schedule(), policy.calendar.zone, after, last)


def due_of(policy: Policy, period: CalendarPeriod) -> Instant | None:
    """None for a period whose inspection the policy does not ask for."""
    inspection, end = asked(policy), period.end(policy.calendar.zone)
    if inspection is None or period.name not in [one.name for one in ended_between(policy, end - 1, end)]:
        return None
    return due_time(policy.calendar, parse_limit(inspection.due), end).due  # as a task, which opens on its day
