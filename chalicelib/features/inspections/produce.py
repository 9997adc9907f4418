"""Production of an inspection: figures, document, hash on the organisation's record, in one transaction.

A further production of a period makes a new edition, which names the one before it. Nothing is overwritten. The hourly
job produces what the policy asks for; a member may order any month, quarter or year that has ended.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import msgspec

from chalicelib.casework.authorization import load_member
from chalicelib.complaints.envelope import Actor
from chalicelib.features.inspections import due, item, telling
from chalicelib.features.inspections.document import (
    FormerEdition,
    InspectionDocument,
    StatedOrganisation,
    StatedPeriod,
    VersionInForce,
)
from chalicelib.features.inspections.due import due_of
from chalicelib.features.inspections.figures import InspectionFigures, figures
from chalicelib.features.inspections.item import INSPECTIONS, InspectionEdition
from chalicelib.features.inspections.queries import InspectionView, view_of
from chalicelib.features.inspections.telling import InspectionMessage
from chalicelib.kit import canonical
from chalicelib.kit.decoding import RequestDocument
from chalicelib.kit.instants import Instant, to_text
from chalicelib.kit.problem import Place, Problem, Text
from chalicelib.policy.worktime import periods
from chalicelib.policy.worktime.periods import CalendarPeriod
from chalicelib.policy.worktime.zone import midnight
from chalicelib.statistics.counting.contribution import definition
from chalicelib.statistics.dimensions import Labels
from chalicelib.store import keys, reads
from chalicelib.store.conflicts import retry_or_refuse
from chalicelib.store.port import Store, Write
from chalicelib.tenants import idempotency_records, organisation, past
from chalicelib.tenants.idempotency_records import Answer, Request
from chalicelib.tenants.organisation import Organisation
from chalicelib.tenants.owner_command import CONFLICT
from chalicelib.tenants.publication import known_policies
from chalicelib.wiring import Wiring

MOST_EDITIONS = 50
"""Of one period."""


class Producer(msgspec.Struct, frozen=True):
    """`by`: a person's `sub`, or `system`."""

    by: str
    actor: Actor


class Production(msgspec.Struct, frozen=True, kw_only=True):
    """The document to produce, the person and the time. The figures are counted once, whichever edition it becomes."""

    tenant: str
    period: CalendarPeriod
    now: Instant
    producer: Producer
    figures: InspectionFigures
    policies: list[VersionInForce]
    timezone: str
    due: Instant | None


class Produced(msgspec.Struct, frozen=True):
    """The writes of an edition, besides those that a caller adds."""

    row: InspectionEdition
    writes: list[Write]


def refuse_period(period: CalendarPeriod, policy_end: Instant, org: Organisation, now: Instant) -> None:
    """Raises `Problem("invalid")` for a period that has not ended, or ended before the organisation existed."""
    if policy_end > now:
        wrong = Text("the period {name} has not ended", name=period.name)
    elif policy_end <= org.created:
        wrong = Text("the organisation did not exist in the period {name}", name=period.name)
    else:
        return
    raise Problem("invalid", "There is nothing to inspect in this period.", places=[Place("/period", wrong)])


def prepare(wiring: Wiring, tenant: str, period: CalendarPeriod, now: Instant, producer: Producer) -> Production:
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


def editions(store: Store, tenant: str, period: CalendarPeriod) -> list[InspectionEdition]:
    """All editions of the period, oldest first."""
    return item.editions(store, tenant, period, MOST_EDITIONS)


def next_edition(
    wiring: Wiring, production: Production, org: Organisation, known: Sequence[InspectionEdition]
) -> Produced:
    """The next edition, with the event on the organisation's record and the messages about it.

    Raises `Problem("conflict")` beyond the last edition.
    """
    if len(known) >= MOST_EDITIONS:
        raise Problem("conflict", Text("A period has at most {most} editions.", most=MOST_EDITIONS))
    tenant, now, producer = production.tenant, production.now, production.producer
    found = _document(production, org, known)
    document = canonical.encode(msgspec.to_builtins(found))
    row = item.row_of(production.period, found.edition, document, produced=now, due=production.due)
    event_type = INSPECTIONS.on_record.event
    after, event = organisation.record_event(org, event_type, row.on_record, producer.by, now, actor=producer.actor)
    in_force = wiring.compiled.get(tenant, org.policy_at(now))
    notice = InspectionMessage(
        tenant=tenant, policy=in_force, row=row, about=f"{keys.ORGANISATION}/{after.seq}", now=now
    )
    return Produced(
        row,
        [
            *INSPECTIONS.puts(tenant, row, document, version=1),
            organisation.change(after, org),
            event,
            *telling.produced(wiring, notice),
        ],
    )


def _document(production: Production, org: Organisation, known: Sequence[InspectionEdition]) -> InspectionDocument:
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
        **found.front._asdict(),
    )


class InspectionOrder(RequestDocument, frozen=True, kw_only=True):
    """`period`: a year (`2026`), a quarter (`2026-Q3`) or a month (`2026-09`)."""

    period: Annotated[str, msgspec.Meta(pattern=periods.PATTERN)]


class InspectionCommand(msgspec.Struct, frozen=True, kw_only=True):
    tenant: str
    sub: str
    now: Instant
    request: Request | None


def order(wiring: Wiring, command: InspectionCommand, wanted: InspectionOrder) -> Answer:
    """201 with the row of the new edition. Raises `Problem`: `forbidden`, `invalid`, `conflict`, `unavailable`. The
    caller binds the tenant."""
    with known_policies.acting(wiring) as known:
        return _order(known, command, wanted)


def _order(wiring: Wiring, command: InspectionCommand, wanted: InspectionOrder) -> Answer:
    member = load_member(wiring, command.tenant, command.sub, command.now)
    grant = member.require_grant_for_all(due.ordered_by(member.policy))
    if known := _known(wiring, command):
        return known
    production = prepare(
        wiring,
        command.tenant,
        _period(wanted),
        command.now,
        Producer(command.sub, member.asker.actor(grant)),
    )
    return retry_or_refuse(lambda: _attempt(wiring, command, production), CONFLICT)


def _period(wanted: InspectionOrder) -> CalendarPeriod:
    """The pattern of the schema lets a line end pass."""
    try:
        return periods.parse(wanted.period)
    except ValueError:
        wrong = Place("/period", "must be a year, a quarter or a month")
        raise Problem("invalid", "This is no period.", places=[wrong]) from None


def _known(wiring: Wiring, command: InspectionCommand) -> Answer | None:
    """The answer to the first of repeated requests."""
    if command.request is None:
        return None
    key = command.request.record_key
    return idempotency_records.replay(reads.find(wiring.store, key), command.request, wiring.real_clock())


def _attempt(wiring: Wiring, command: InspectionCommand, production: Production) -> Answer:
    if known := _known(wiring, command):
        return known
    org = organisation.load(wiring.store, command.tenant)
    known_editions = editions(wiring.store, command.tenant, production.period)
    produced = next_edition(wiring, production, org, known_editions)
    view: InspectionView = view_of(produced.row)
    answer = Answer.of(201, view)
    writes = list(produced.writes)
    if command.request is not None:
        found = reads.find(wiring.store, command.request.record_key)
        writes.append(idempotency_records.put(command.request, answer, wiring.real_clock(), found=found))
    wiring.store.commit(writes)
    return answer
