"""Legal holds stand in the way of an erasure: which complaints are under one."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from chalicelib.casework import snapshot
from chalicelib.oversight.backtest import period
from chalicelib.oversight.backtest.period import Month
from chalicelib.store import keys
from chalicelib.wiring import Wiring

AT_ONCE = 2_000
"""Complaints that are looked at while somebody waits; the erasure itself looks at all of them first."""
MOST_NAMED = 20
_READ = 100


class _State(msgspec.Struct, frozen=True):
    held: str | None = None
    """The event that put the complaint under a hold."""


def among(wiring: Wiring, tenant: str, numbers: Sequence[str]) -> list[str]:
    """At most 100 numbers."""
    wanted = {keys.snapshot(keys.complaint(tenant, number)): number for number in numbers}
    found = wiring.store.get(list(wanted))
    return [
        number
        for key, number in wanted.items()
        if key in found
        and found[key].kind == snapshot.KIND
        and msgspec.json.decode(found[key].body, type=_State).held is not None
    ]


def first(wiring: Wiring, tenant: str, months: Sequence[Month]) -> list[str]:
    """Of the first complaints, as many as can be looked at while somebody waits."""
    place: period.NumberPosition | None = period.NumberPosition()
    found: list[str] = []
    looked_at = 0
    while place is not None and looked_at < AT_ONCE and len(found) < MOST_NAMED:
        numbers, place = period.next_page(months, place, _READ)
        found.extend(among(wiring, tenant, numbers))
        looked_at += len(numbers)
    return found[:MOST_NAMED]
