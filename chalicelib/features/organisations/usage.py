"""Usage: the limits of an organisation's plan and how much of each is used, for its owners and for operators."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import msgspec

from chalicelib.access import binding
from chalicelib.casework import numbers
from chalicelib.kit.instants import DAY, MINUTE, Instant, to_text
from chalicelib.kit.problem import Problem
from chalicelib.limits import budgets, evidence_quota
from chalicelib.limits.plans import Plan
from chalicelib.store import reads
from chalicelib.store.port import Entry, Key
from chalicelib.tenants import organisation
from chalicelib.tenants.directory import Directory
from chalicelib.tenants.organisation import Organisation
from chalicelib.tenants.people import membership
from chalicelib.tenants.suspension import require_listing
from chalicelib.wiring import Wiring

if TYPE_CHECKING:
    from chalicelib.limits.request_rates import RequestRates


class Used(msgspec.Struct, frozen=True, kw_only=True):
    """`until`: when the count starts again at zero; null for stored amounts."""

    most: int
    used: int
    until: str | None = None


class Usage(msgspec.Struct, frozen=True, kw_only=True):
    """`limits`: by the name that problems use. `requests_a_minute` counts the requests of one process only."""

    plan: str
    limits: dict[str, Used]


def usage(wiring: Wiring, tenant: str, sub: str, now: Instant) -> Usage:
    """Raises `Problem("forbidden")` if the caller is no owner. Reads twice: a counter's key depends on the policy."""
    own, snapshot = membership.key(tenant, sub), organisation.key(tenant)
    entries = wiring.store.get([own, snapshot])
    if not membership.parse(entries.get(own)).owner:
        raise Problem("forbidden", "Only the organisation's owners may see this.")
    return _used(wiring, organisation.parse(entries[snapshot]), now)


def usage_for_operators(wiring: Wiring, tenant: str, now: Instant) -> Usage:
    """Raises `Problem("not-found")` also for an organisation that is erased, or was not founded yet."""
    require_listing(Directory(wiring.store, wiring.real_clock), tenant)
    with binding.tenant(tenant):
        entry = reads.find(wiring.store, organisation.key(tenant))
        if entry is None:
            raise Problem("not-found", "There is no such organisation.")
        return _used(wiring, organisation.parse(entry), now)


def _used(wiring: Wiring, org: Organisation, now: Instant) -> Usage:
    tenant = org.id
    policy = wiring.compiled.get(tenant, org.policy_at(now))
    month, stored = numbers.counter(tenant, numbers.month_of(policy, now)), evidence_quota.counter(tenant)
    real_now, most = wiring.real_clock(), org.limits
    mails = budgets.mails_counter(tenant, real_now)
    counters = wiring.store.get([month, stored, mails])
    stored_amounts = {
        "people": Used(most=most.people, used=org.people),
        "units": Used(most=most.units, used=len(org.units)),
        "webhooks": Used(most=most.webhooks, used=org.webhooks),
        "evidence_bytes": Used(most=most.evidence_bytes, used=_count(counters, stored)),
    }
    periodic = {
        "complaints_a_month": Used(
            most=most.complaints_a_month,
            used=_count(counters, month),
            until=to_text(numbers.next_month_start(policy, now)),
        ),
        "mails_a_day": Used(
            most=wiring.budgets.mails_a_day(most),
            used=_count(counters, mails),
            until=to_text((real_now // DAY + 1) * DAY),
        ),
        "requests_a_minute": _requests(wiring.rates, tenant, most, real_now),
    }
    return Usage(plan=org.plan, limits={**periodic, **stored_amounts})


def _requests(rates: RequestRates, tenant: str, limits: Plan, real_now: Instant) -> Used:
    most = rates.limit(limits)
    until = (real_now // MINUTE + 1) * MINUTE
    return Used(most=most, used=rates.used(tenant), until=to_text(until))


def _count(counters: Mapping[Key, Entry], key: Key) -> int:
    return (counters[key].count or 0) if key in counters else 0
