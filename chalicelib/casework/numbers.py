"""Complaint numbers: `<yyyymm>-<6 digits>` in the policy's zone, from the month's counter (P3.2)."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from chalicelib.instants import Instant, from_instant
from chalicelib.policy.compiled import Policy
from chalicelib.problem import Problem
from chalicelib.store import keys
from chalicelib.store.port import Ceiling
from chalicelib.tenants.organisation import Organisation
from chalicelib.wiring import Wiring

COUNTER_KIND = "counter"


def month_of(policy: Policy, now: Instant) -> str:
    return from_instant(now).astimezone(ZoneInfo(policy.document.calendar["timezone"])).strftime("%Y%m")


def take_number(wiring: Wiring, tenant: str, org: Organisation, policy: Policy, now: Instant) -> str:
    """One conditional `ADD` within the plan. Raises `Problem("quota-exceeded")`."""
    month = month_of(policy, now)
    ceiling = org.limits.complaints_a_month
    try:
        count = wiring.store.count(keys.month_counter(tenant, month), COUNTER_KIND, ceiling=ceiling)
    except Ceiling:
        raise Problem(
            "quota-exceeded",
            "The organisation's plan takes no more complaints this month.",
            extra={"limit": "complaints_a_month", "most": ceiling, "month": month},
        ) from None
    return f"{month}-{count:06d}"
