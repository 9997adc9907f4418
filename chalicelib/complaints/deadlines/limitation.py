"""The limitation (P9.4): whether a complaint was filed in time. Like a clock, it is over at the instant of its end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from chalicelib.complaints.runs import is_date, stated_time
from chalicelib.kit.instants import LAST, Instant
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.intake import Limitation
from chalicelib.policy.worktime import due_time, parse_limit


def flags(policy: Policy, limitation: Limitation, given: Mapping[str, Any], now: Instant) -> dict[str, str]:
    """The flag `in_time`, `none` without any of its facts. `given`: the public facts of the filing."""
    ends = list(_ends(policy, limitation, given))
    if not ends:
        return {"in_time": "none"}
    end = min(ends) if limitation.earlier_of else max(ends)
    return {"in_time": "yes" if now < end else "no"}


def _ends(policy: Policy, limitation: Limitation, given: Mapping[str, Any]) -> Iterator[Instant]:
    """The end of each part with a fact. Without parts, the limit counts from the latest fact."""
    if limitation.within is not None:
        latest = [given[name] for name in limitation.latest if name in given]
        yield from _end(policy, limitation.within, limitation.calendar, latest)
    for part in limitation.parts:
        values = [given[part.start]] if part.start in given else []
        yield from _end(policy, part.within, part.calendar or limitation.calendar, values)


def _end(policy: Policy, within: str, named: str | None, values: list[str]) -> Iterator[Instant]:
    """A date means its 24:00, which belongs to that day. A time at 0:00 belongs to the day that begins."""
    calendar = policy.calendar_of(policy.calendar_name(named))
    if values:
        start, is_time = max((stated_time(calendar, value), not is_date(value)) for value in values)
        end = due_time(calendar, parse_limit(within), start, from_day_end=not is_time, of_date=not is_time).due
        yield LAST if end is None else end
