"""Production of an inspection: figures, document, hash on the organisation's record, in one transaction.

A further production of a period makes a new edition, which names the one before it. Nothing is overwritten.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from chalicelib.complaints.envelope import Actor
from chalicelib.features.inspections import item, telling
from chalicelib.features.inspections.document import (
    FormerEdition,
    InspectionDocument,
    StatedOrganisation,
    StatedPeriod,
    VersionInForce,
)
from chalicelib.features.inspections.due import due_of
from chalicelib.features.inspections.figures import Figures, figures
from chalicelib.features.inspections.item import Inspection
from chalicelib.features.inspections.period import InspectedPeriod
from chalicelib.features.inspections.telling import Notice
from chalicelib.kit import canonical
from chalicelib.kit.instants import Instant, to_text
from chalicelib.kit.problem import Place, Problem, Text
from chalicelib.policy.worktime.zone import midnight
from chalicelib.statistics.counting.contribution import definition
from chalicelib.statistics.dimensions import Labels
from chalicelib.store import keys
from chalicelib.store.port import Store, Write
from chalicelib.tenants import organisation, past
from chalicelib.tenants.organisation import Organisation
from chalicelib.wiring import Wiring

EVENT = "inspection_produced"
MOST_EDITIONS = 50
"""Of one period."""


class Producer(msgspec.Struct, frozen=True):
    """`by`: a person's `sub`, or `system`."""

    by: str
    actor: Actor


class Production(msgspec.Struct, frozen=True, kw_only=True):
    """The document to produce, the person and the time. The figures are counted once, whichever edition it becomes."""

    tenant: str
    period: InspectedPeriod
    now: Instant
    producer: Producer
    figures: Figures
    policies: list[VersionInForce]
    timezone: str
    due: Instant | None


class Produced(msgspec.Struct, frozen=True):
    """The writes of an edition, besides those that a caller adds."""

    row: Inspection
    writes: list[Write]


def refuse_period(period: InspectedPeriod, policy_end: Instant, org: Organisation, now: Instant) -> None:
    """Raises `Problem("invalid")` for a period that has not ended, or ended before the organisation existed."""
    if policy_end > now:
        wrong = Text("the period {name} has not ended", name=period.name)
    elif policy_end <= org.created:
        wrong = Text("the organisation did not exist in the period {name}", name=period.name)
    else:
        return
    raise Problem("invalid", "There is nothing to inspect in this period.", places=[Place("/period", wrong)])


def prepare(wiring: Wiring, tenant: str, period: InspectedPeriod, now: Instant, producer: Producer) -> Production:
    """Counts the figures. Raises `Problem`: `invalid`, `conflict`. The caller binds the tenant."""
    org = organisation.load(wiring.store, tenant)
    policy = wiring.compiled.get(tenant, org.policy_at(now))
    zone = policy.calendar.zone
    end = period.end(zone)
    refuse_period(period, end, org, now)
    begin = midnight(zone, period.first.toordinal())
    in_force = past.versions_between(wiring.store, org, begin, end)
    return Production(
        tenant=tenant,
        period=period,
        now=now,
        producer=producer,
        figures=figures(wiring, tenant, period, Labels(policy.document, org), now),
        policies=[VersionInForce(one.version, to_text(one.effective_at)) for one in in_force],
        timezone=zone.key,
        due=due_of(policy, period),
    )


def editions(store: Store, tenant: str, period: InspectedPeriod) -> list[Inspection]:
    """All editions of the period, oldest first."""
    return item.editions(store, tenant, period, MOST_EDITIONS)


def next_edition(wiring: Wiring, production: Production, org: Organisation, known: Sequence[Inspection]) -> Produced:
    """The next edition, with the event on the organisation's record and the messages about it.

    Raises `Problem("conflict")` beyond the last edition.
    """
    if len(known) >= MOST_EDITIONS:
        raise Problem("conflict", Text("A period has at most {most} editions.", most=MOST_EDITIONS))
    tenant, now, producer = production.tenant, production.now, production.producer
    found = _document(production, org, known)
    document = canonical.encode(msgspec.to_builtins(found))
    row = item.row_of(production.period, found.edition, document, produced=now, due=production.due)
    fields = {"inspection": row.id, "period": row.period, "edition": row.edition, "sha256": row.sha256}
    after, event = organisation.record_event(org, EVENT, fields, producer.by, now, actor=producer.actor)
    in_force = wiring.compiled.get(tenant, org.policy_at(now))
    notice = Notice(tenant=tenant, policy=in_force, row=row, about=f"{keys.ORGANISATION}/{after.seq}", now=now)
    return Produced(
        row,
        [
            item.put_row(tenant, row),
            item.put_document(tenant, row, document),
            organisation.change(after, org),
            event,
            *telling.produced(wiring, notice),
        ],
    )


def _document(production: Production, org: Organisation, known: Sequence[Inspection]) -> InspectionDocument:
    period, found = production.period, production.figures
    return InspectionDocument(
        id=item.id_of(period.name, len(known) + 1),
        organisation=StatedOrganisation(org.id, org.name),
        period=StatedPeriod(
            name=period.name,
            first=period.first.isoformat(),
            last=period.last.isoformat(),
            timezone=production.timezone,
        ),
        edition=len(known) + 1,
        former=FormerEdition(known[-1].id, known[-1].sha256) if known else None,
        produced_at=to_text(production.now),
        fresh_until=to_text(found.complete_until),
        due=None if production.due is None else to_text(production.due),
        definition=definition(),
        policies=production.policies,
        measures=found.measures,
        reports=found.reports,
    )
