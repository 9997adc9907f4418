"""Freezes the ledgers of a month that has ended: a document each, with its hash on the organisation's record.

The hourly job does it within the hour, so a ledger shows the matters as they were then. `as_of` says when that was.
"""

from __future__ import annotations

from datetime import date, timedelta

import msgspec

from chalicelib.casework.composing.period_documents import digest, write_once
from chalicelib.features.ledgers import listing
from chalicelib.features.ledgers.item import LEDGERS, FrozenLedger
from chalicelib.features.ledgers.matter import LedgerView
from chalicelib.jobs.hourly import ORGANISATION, HourlyStep, tried_hourly
from chalicelib.kit import canonical
from chalicelib.kit.instants import Instant, to_text
from chalicelib.policy.compiled import Policy
from chalicelib.policy.worktime import periods
from chalicelib.statistics.days import day_of
from chalicelib.store.keys import period_documents as keys
from chalicelib.store.port import Write
from chalicelib.tenants import organisation, past
from chalicelib.tenants.organisation import Organisation
from chalicelib.wiring import Wiring


@tried_hourly("A ledger was not frozen")
def run(wiring: Wiring, tenant: str, now: Instant) -> None:
    """The ledgers of the last month that has ended. The caller binds the tenant."""
    org = organisation.load(wiring.store, tenant)
    calendar = wiring.compiled.get(tenant, org.policy_at(now)).calendar
    month = periods.last_ended("month", date.fromisoformat(day_of(calendar, now)) - timedelta(days=1))
    end = month.end(calendar.zone)
    policy = past.policy_at(wiring, org, end) if org.created < end else None
    if policy is not None:
        for name in policy.document.ledgers:
            _freeze_if_missing(wiring, tenant, policy, name, month.name, now)


def _freeze_if_missing(wiring: Wiring, tenant: str, policy: Policy, name: str, month: str, now: Instant) -> None:
    def is_frozen() -> bool:
        return LEDGERS.is_written(wiring.store, tenant, keys.ledger(month, name))

    if is_frozen():
        return
    ledger = policy.document.ledgers[name]
    found = listing.everything(wiring, listing.AskedLedger(tenant, policy, ledger, lambda rows: rows))
    view = LedgerView(
        ledger=name,
        name=ledger.name.to_json(),
        month=month,
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
        month=month,
        name=view.name,
        roles=ledger.roles,
        as_of=now,
        matters=len(found.matters),
        complete=found.complete,
        sha256=digest(document),
        size=len(document),
    )

    def writes(org: Organisation) -> list[Write]:
        return [*LEDGERS.puts(tenant, row, document), *LEDGERS.on_record.writes(org, row.on_record, now)]

    write_once(wiring.store, tenant, is_frozen, writes)


HOURLY = HourlyStep(
    "ledgers",
    lambda hour: run(hour.wiring, hour.tenant, hour.now),
    after=("statistics",),
    in_turn=ORGANISATION,
)
