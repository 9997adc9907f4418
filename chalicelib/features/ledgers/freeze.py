"""Freezes the ledgers of a month that has ended: a document each, with its hash on the organisation's record.

The hourly job does it within the hour, so a ledger shows the matters as they were then. `as_of` says when that was.
"""

from __future__ import annotations

from datetime import date, timedelta

import msgspec

from chalicelib.complaints.envelope import SYSTEM
from chalicelib.features.ledgers import item, listing
from chalicelib.features.ledgers.item import FrozenLedger
from chalicelib.features.ledgers.matter import LedgerView
from chalicelib.jobs.hourly import ORGANISATION, HourlyStep
from chalicelib.kit import canonical, observability
from chalicelib.kit.instants import Instant, to_text
from chalicelib.policy.compiled import Policy
from chalicelib.policy.worktime.zone import midnight, wall_clock
from chalicelib.store.conflicts import retry_on_conflict
from chalicelib.store.port import Store
from chalicelib.tenants import organisation, past
from chalicelib.wiring import Wiring

EVENT = "ledger_frozen"


class _EndedMonth(msgspec.Struct, frozen=True):
    """`name`: `yyyy-mm`. `end`: 0:00 of the next month, in the policy's zone."""

    name: str
    end: Instant


def run(wiring: Wiring, tenant: str, now: Instant) -> None:
    """A failure is only logged: the next hourly job tries again. The caller binds the tenant."""
    try:
        org = organisation.load(wiring.store, tenant)
        month = _ended_month(wiring.compiled.get(tenant, org.policy_at(now)), now)
        version = past.version_at(wiring.store, org, month.end) if org.created < month.end else None
        if version is not None:
            policy = wiring.compiled.get(tenant, version)
            for name in policy.document.ledgers:
                _freeze_if_missing(wiring, tenant, policy, name, month, now)
    except Exception as error:  # noqa: BLE001  a late document must not stop the rest of the hourly job
        observability.error("A ledger was not frozen", tenant=tenant, error=observability.frames(error))


def _ended_month(policy: Policy, now: Instant) -> _EndedMonth:
    """The last month that has ended."""
    zone = policy.calendar.zone
    first = wall_clock(zone, now).date().replace(day=1)
    last: date = first - timedelta(days=1)
    return _EndedMonth(f"{last:%Y-%m}", midnight(zone, first.toordinal()))


def _freeze_if_missing(
    wiring: Wiring, tenant: str, policy: Policy, name: str, month: _EndedMonth, now: Instant
) -> None:
    if item.is_frozen(wiring.store, tenant, month.name, name):
        return
    ledger = policy.document.ledgers[name]
    found = listing.everything(wiring, listing.AskedLedger(tenant, policy, ledger, lambda rows: rows))
    view = LedgerView(
        ledger=name,
        name=ledger.name.to_json(),
        month=month.name,
        as_of=to_text(now),
        policy=policy.version,
        units=None,
        complete=found.complete,
        matters=found.matters,
        cursor=None,
    )
    document = canonical.encode(msgspec.to_builtins(view))
    row = FrozenLedger(
        ledger=name,
        month=month.name,
        name=view.name,
        roles=ledger.roles,
        as_of=now,
        matters=len(found.matters),
        complete=found.complete,
        sha256=item.digest(document),
        size=len(document),
    )
    retry_on_conflict(lambda: _write(wiring.store, tenant, row, document, now))


def _write(store: Store, tenant: str, row: FrozenLedger, document: bytes, now: Instant) -> None:
    """Unless another run was faster."""
    if item.is_frozen(store, tenant, row.month, row.ledger):
        return
    org = organisation.load(store, tenant)
    fields = {"ledger": row.ledger, "month": row.month, "matters": row.matters, "sha256": row.sha256}
    after, event = organisation.record_event(org, EVENT, fields, "system", now, actor=SYSTEM)
    store.commit([*item.puts(tenant, row, document), organisation.change(after, org), event])


HOURLY = HourlyStep(
    "ledgers",
    lambda hour: run(hour.wiring, hour.tenant, hour.now),
    after=("statistics",),
    in_turn=ORGANISATION,
)
