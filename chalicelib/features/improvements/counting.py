"""How often the cause of an improvement action occurred before and after it, from the statistics."""

from __future__ import annotations

from datetime import date, timedelta

from msgspec.structs import replace

from chalicelib.features.analysis import frequency
from chalicelib.features.analysis.frequency import Subject
from chalicelib.features.improvements.action import Action, Counted
from chalicelib.kit.instants import Instant
from chalicelib.policy.compiled import Policy
from chalicelib.policy.worktime.zone import midnight
from chalicelib.statistics.days import day_of
from chalicelib.statistics.dimensions import CATEGORY
from chalicelib.statistics.question import Question
from chalicelib.statistics.reading import answer
from chalicelib.statistics.tabulating.value import Ratio
from chalicelib.tenants.organisation import Organisation
from chalicelib.wiring import Wiring

BASELINE = timedelta(days=84)
"""Up to the day of the opening, which is included: three times a period after it."""
PERIOD = timedelta(days=28)
"""A period after the action. It has whole weeks."""
MOST_PERIODS = 13
"""For about a year after it was done, an action is watched."""
LEAST_RETURN = 3
"""Occurrences of a period, without which a cause has not returned."""
_FILED = "recategorised"
"""The measure whose denominator is the complaints filed, by their present and their first categories. A complaint of
either counts for the cause: a cause does not go away when its complaints get another category."""
_A_DAY = timedelta(days=1)


def before(wiring: Wiring, org: Organisation, policy: Policy, by: str, value: str, now: Instant) -> Counted:
    """In the baseline, or since the organisation exists."""
    last = date.fromisoformat(day_of(policy.calendar, now))
    founded = date.fromisoformat(day_of(policy.calendar, org.created))
    first = max(last - BASELINE + _A_DAY, min(founded, last))
    return _counted(wiring, org.id, frequency.subject_of(policy, by), value, (first, last), now)


def period_after(policy: Policy, done: Instant, number: int) -> tuple[date, date]:
    """The days of the period, which counts from 0. The first begins on the day after the action was done."""
    first = date.fromisoformat(day_of(policy.calendar, done)) + _A_DAY + number * PERIOD
    return first, first + PERIOD - _A_DAY


def end_of(policy: Policy, period: tuple[date, date]) -> Instant:
    return midnight(policy.calendar.zone, (period[1] + _A_DAY).toordinal())


def after(
    wiring: Wiring, tenant: str, policy: Policy, action: Action, period: tuple[date, date], now: Instant
) -> Counted | None:
    """None while events of the period are not counted yet. Raises `Problem`: `invalid` if the policy in force does not
    have the cause any more, `conflict`."""
    subject = frequency.subject_of(policy, action.by)
    number, fresh_until = _number(wiring, tenant, subject, action.value, period, now)
    if fresh_until is None or fresh_until < end_of(policy, period):
        return None
    return Counted(period[0].isoformat(), period[1].isoformat(), number)


def _counted(
    wiring: Wiring, tenant: str, subject: Subject, value: str, period: tuple[date, date], now: Instant
) -> Counted:
    number, _ = _number(wiring, tenant, subject, value, period, now)
    return Counted(period[0].isoformat(), period[1].isoformat(), number)


def _number(
    wiring: Wiring, tenant: str, subject: Subject, value: str, period: tuple[date, date], now: Instant
) -> tuple[int, Instant | None]:
    """How often the cause occurred, and until when events are counted."""
    asked = Question(measures=(subject.measure,), first=period[0], last=period[1])
    if not subject.dimension.startswith(CATEGORY):
        found = frequency.counts(wiring, tenant, subject, asked, now)
        return found.values.get(value, 0), found.fresh_until
    choice = f"{subject.dimension.removeprefix(CATEGORY)}={value}"
    both = answer(wiring, tenant, replace(asked, measures=(_FILED,), by=("category", "first_category")), now)
    having = [row.values[_FILED] for row in both.rows if any(choice in key.split("&") for key in row.keys)]
    return sum(one.denominator for one in having if isinstance(one, Ratio)), both.fresh_until


def has_returned(before: Counted, after: Counted) -> bool:
    """True if the cause occurred at least three times, and more often for each day than before the action."""
    then, now = before.rate, after.rate
    return now.events >= LEAST_RETURN and now.events * then.exposure > then.events * now.exposure
