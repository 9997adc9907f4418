"""Walks for what the stream lost (`lost`), ordered by an operator: one organisation's at once, all within the hour."""

from __future__ import annotations

import msgspec

from chalicelib.access import binding
from chalicelib.instants import DAY, Instant
from chalicelib.jobs import driver
from chalicelib.messages.relay import stream_reconciliation
from chalicelib.problem import Problem
from chalicelib.store import keys
from chalicelib.store.port import Entry, Put
from chalicelib.tenants.directory import Directory
from chalicelib.tenants.suspension import require_listing
from chalicelib.wiring import Wiring

KIND = "walk"
LASTS = DAY
"""For so long hourly jobs look whether they have followed an order. The daily walk has come by then too."""
_WALKED = ("active", "suspended", "leaving")


class Order(msgspec.Struct, frozen=True):
    at: Instant
    """The domain's time."""


def walk(wiring: Wiring, tenant: str, now: Instant) -> str:
    """Begin one organisation's walk now; the job's id. Within the same minute it is the same job.

    Raises `Problem`: `not-found`, `conflict`.
    """
    listing = require_listing(Directory(wiring.store, wiring.real_clock), tenant).listing
    if listing.state not in _WALKED:
        raise Problem("conflict", f"The organisation is {listing.state}.")
    with binding.tenant(tenant):
        job = stream_reconciliation.begin(wiring, tenant, now, ordered=now)
    driver.send(wiring, tenant, job)
    return job


def order(wiring: Wiring, now: Instant) -> None:
    """Have every organisation's next hourly job begin a walk. The latest order is the one that holds."""
    body = msgspec.json.encode(Order(now)).decode()
    with binding.directory():
        wiring.store.commit([Put(Entry(key=keys.ordered_walk(), kind=KIND, body=body), if_absent=False)])


def begin(wiring: Wiring, tenant: str, now: Instant) -> None:
    """For the hourly job: the day's walk, and the one that was ordered, unless they have begun."""
    with binding.directory():
        entry = wiring.store.get([keys.ordered_walk()]).get(keys.ordered_walk())
    with binding.tenant(tenant):
        stream_reconciliation.begin(wiring, tenant, now)
        if entry is not None and now - (at := msgspec.json.decode(entry.body, type=Order).at) < LASTS:
            stream_reconciliation.begin(wiring, tenant, now, ordered=at)
