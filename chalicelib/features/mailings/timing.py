"""The period that a mailing is about, and the day on which it is sent."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

from chalicelib.policy.worktime import periods
from chalicelib.policy.worktime.periods import CalendarPeriod
from chalicelib.tenants.organisation import Mailing

LATE = timedelta(days=7)
"""How long after its day a mailing is still sent, if it could not be sent before."""


class DueMailing(NamedTuple):
    period: CalendarPeriod
    day: date


def latest(mailing: Mailing, today: date) -> DueMailing:
    """The period that ended last and its day, in the month after its end. A month that is shorter has it as its last
    day."""
    period = periods.last_ended(mailing.every, today - timedelta(days=1))
    month = period.last + timedelta(days=1)
    return DueMailing(period, month.replace(day=min(mailing.day, monthrange(month.year, month.month)[1])))


def is_due(mailing: Mailing, today: date, since: date) -> bool:
    """`since`: the day on which the owners set it. It is sent once for each period, and for none of an earlier day."""
    found = latest(mailing, today)
    return mailing.sent != found.period.name and since <= found.day <= today <= found.day + LATE


def next_day(mailing: Mailing, today: date) -> date:
    """The next day on which it is sent."""
    day = today
    while True:
        found = latest(mailing, day)
        if found.day >= today and mailing.sent != found.period.name:
            return found.day
        day = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
