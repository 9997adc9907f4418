"""Complaint numbers: `<yyyymm>-<6 digits>` in the policy's time zone, from the month's counter (P3.2).

The numbers of a period are enumerated from the months' counters, without a search.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from zoneinfo import ZoneInfo

import msgspec

from chalicelib.kit.instants import DAY, Instant, from_instant, to_instant
from chalicelib.limits.exceeded import quota_exceeded
from chalicelib.policy.compiled import Policy
from chalicelib.store import keys, reads
from chalicelib.store.port import CeilingReached, Entry, Key, Store
from chalicelib.tenants import organisation
from chalicelib.tenants.organisation import Organisation

KIND = "counter"


class Month(msgspec.Struct, frozen=True):
    """`name`: `yyyymm`. `count`: how many numbers the month had assigned when it was read."""

    name: str
    count: int


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
        count = store.count(counter(tenant, month), KIND, ceiling=ceiling)
    except CeilingReached:
        detail = "The organisation's plan takes no more complaints this month."
        raise quota_exceeded("complaints_a_month", ceiling, detail, next_month_start(policy, now)) from None
    return f"{month}-{count:06d}"


def counter(tenant: str, month: str) -> Key:
    """Of a month's counter, to read it together with other items (`among`)."""
    return keys.month_counter(tenant, month)


def among(entries: Mapping[Key, Entry], counters: Sequence[Key]) -> list[Month]:
    """The months whose counters were found."""
    return [_month(entries[key]) for key in counters if key in entries]


def months(store: Store, tenant: str) -> list[Month]:
    """All months with the counts of their numbers, oldest first."""
    return [_month(entry) for entry in reads.items(store, keys.organisation(tenant), keys.MONTH_COUNTERS)]


def newest(months: Sequence[Month]) -> Iterator[str]:
    """All numbers of the months, also those of number gaps, the newest first."""
    for month in reversed(months):
        yield from (f"{month.name}-{number:06d}" for number in range(month.count, 0, -1))


def _month(entry: Entry) -> Month:
    return Month(keys.month_of(entry.key), entry.count or 0)


def units(store: Store, tenant: str) -> list[str]:
    """The numbers of the organisation's units and of the organisation as a whole."""
    return sorted(map(keys.unit_number, organisation.load(store, tenant).record_names))


def every(store: Store, tenant: str) -> Iterator[str]:
    """The numbers of all records, those of units last."""
    for month in months(store, tenant):
        yield from (f"{month.name}-{number:06d}" for number in range(1, month.count + 1))
    yield from units(store, tenant)


MAX_MONTHS = 60


class NumberPosition(msgspec.Struct, frozen=True):
    """How far an enumeration is: the index of the month, and how many of its numbers are done."""

    month: int = 0
    numbers: int = 0


def candidate_months(first: Instant, last: Instant) -> list[str]:
    """Return the months (`yyyymm`) that the numbers of a period may have. Local dates are up to a day off UTC."""
    start, end = from_instant(first - DAY), from_instant(last + DAY)
    month_numbers = range(start.year * 12 + start.month - 1, end.year * 12 + end.month)
    return [f"{number // 12:04d}{number % 12 + 1:02d}" for number in month_numbers]


def next_page(
    all_months: Sequence[Month], position: NumberPosition, size: int
) -> tuple[list[str], NumberPosition | None]:
    """Return the next numbers, at most `size`, and the position after them (None at the end)."""
    for index in range(position.month, len(all_months)):
        month = all_months[index]
        done = position.numbers if index == position.month else 0
        if done < month.count:
            last = min(done + size, month.count)
            numbers = [f"{month.name}-{number:06d}" for number in range(done + 1, last + 1)]
            return numbers, _unless_end(all_months, NumberPosition(index, last))
    return [], None


def _unless_end(all_months: Sequence[Month], position: NumberPosition) -> NumberPosition | None:
    remaining = all_months[position.month].count - position.numbers
    remaining += sum(month.count for month in all_months[position.month + 1 :])
    return position if remaining else None
