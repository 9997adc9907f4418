"""Complaint numbers: `<yyyymm>-<6 digits>` in the policy's time zone, from the month's counter (P3.2)."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

from chalicelib.instants import Instant, from_instant, to_instant
from chalicelib.limits.exceeded import quota_exceeded
from chalicelib.policy.compiled import Policy
from chalicelib.store import keys
from chalicelib.store.port import CeilingReached, Store
from chalicelib.tenants.organisation import Organisation

COUNTER_KIND = "counter"


def month_of(policy: Policy, now: Instant) -> str:
    """`yyyymm` in the policy's time zone."""
    return from_instant(now).astimezone(ZoneInfo(policy.document.calendar["timezone"])).strftime("%Y%m")


def next_month_start(policy: Policy, now: Instant) -> Instant:
    """When the next month's counter starts: midnight in the policy's time zone, or the first instant after it if the
    clock skips midnight."""
    here = from_instant(now).astimezone(ZoneInfo(policy.document.calendar["timezone"]))
    first = (here.replace(day=1) + timedelta(days=32)).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return to_instant(first)


def take_number(store: Store, tenant: str, org: Organisation, policy: Policy, now: Instant) -> str:
    """Take the next number, by one conditional `ADD`.

    Raises `Problem("quota-exceeded")` if the plan takes no more complaints this month.
    """
    month = month_of(policy, now)
    ceiling = org.limits.complaints_a_month
    try:
        count = store.count(keys.month_counter(tenant, month), COUNTER_KIND, ceiling=ceiling)
    except CeilingReached:
        detail = "The organisation's plan takes no more complaints this month."
        raise quota_exceeded("complaints_a_month", ceiling, detail, next_month_start(policy, now)) from None
    return f"{month}-{count:06d}"
