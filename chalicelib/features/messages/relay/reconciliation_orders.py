"""Stream reconciliation ordered by an operator: for one organisation at once, for all within the hour."""

from __future__ import annotations

import msgspec

from chalicelib.access import binding
from chalicelib.features.messages.relay import stream_reconciliation
from chalicelib.jobs import driver
from chalicelib.jobs.hourly import HourlyStep
from chalicelib.kit.instants import DAY, Instant
from chalicelib.kit.problem import Problem, Text
from chalicelib.ports import TimeSource
from chalicelib.store import keys
from chalicelib.store.port import Put, Store
from chalicelib.store.stored_form import Form
from chalicelib.tenants.directory import Directory
from chalicelib.tenants.suspension import require_listing
from chalicelib.wiring import Wiring

KIND = "walk"
ORDER_LIFETIME = DAY
"""How long the hourly jobs follow an order. Afterwards the daily job has run too."""
_RECONCILED_STATES = ("active", "suspended", "leaving")


class Order(msgspec.Struct, frozen=True):
    """The stored order. `at`: domain time."""

    at: Instant


FORM = Form(KIND, Order, keeps=False)


def start_now(wiring: Wiring, tenant: str, now: Instant) -> str:
    """Start one organisation's job now and return its id. Calls within the same minute start the same job.

    Raises `Problem`: `not-found`, `conflict` (the organisation is being erased, or not yet active).
    """
    listing = require_listing(Directory(wiring.store, wiring.real_clock), tenant).listing
    if listing.state not in _RECONCILED_STATES:
        raise Problem("conflict", Text("The organisation is {state}.", state=listing.state))
    with binding.tenant(tenant):
        job = stream_reconciliation.start_job(wiring.store, wiring.real_clock, tenant, now, ordered=now)
    driver.send(wiring.effects, tenant, job)
    return job


def order_for_all(store: Store, now: Instant) -> None:
    """Make every organisation's next hourly job start a reconciliation job. Replaces an earlier order."""
    with binding.directory():
        store.commit([Put(FORM.entry(keys.ordered_reconciliation(), Order(now)), if_absent=False)])


def start_due(store: Store, real_clock: TimeSource, tenant: str, now: Instant) -> None:
    """Start the day's job and the ordered one, unless they were started before. Called by the hourly job."""
    with binding.directory():
        entry = store.get([keys.ordered_reconciliation()]).get(keys.ordered_reconciliation())
    with binding.tenant(tenant):
        stream_reconciliation.start_job(store, real_clock, tenant, now)
        if entry is not None and now - (at := FORM.read(entry).at) < ORDER_LIFETIME:
            stream_reconciliation.start_job(store, real_clock, tenant, now, ordered=at)


HOURLY = HourlyStep(
    "reconciliation", lambda hour: start_due(hour.wiring.store, hour.wiring.real_clock, hour.tenant, hour.now)
)
"""Before all others: if a step fails, people still get the messages that the stream lost."""
