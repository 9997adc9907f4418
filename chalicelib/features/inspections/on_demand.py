"""An inspection on demand: of any month, quarter or year that has ended."""

from __future__ import annotations

from typing import Annotated

import msgspec

from chalicelib.casework.authorization import load_member
from chalicelib.features.inspections import due, period, produce
from chalicelib.features.inspections.period import InspectedPeriod
from chalicelib.features.inspections.queries import InspectionView, view_of
from chalicelib.kit.decoding import RequestDocument
from chalicelib.kit.instants import Instant
from chalicelib.kit.problem import Place, Problem
from chalicelib.store import reads
from chalicelib.store.conflicts import retry_or_refuse
from chalicelib.tenants import idempotency_records, organisation
from chalicelib.tenants.idempotency_records import Answer, Request
from chalicelib.tenants.owner_command import CONFLICT
from chalicelib.tenants.publication import known_policies
from chalicelib.wiring import Wiring


class InspectionOrder(RequestDocument, frozen=True, kw_only=True):
    """`period`: a year (`2026`), a quarter (`2026-Q3`) or a month (`2026-09`)."""

    period: Annotated[str, msgspec.Meta(pattern=period.PATTERN)]


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
    production = produce.prepare(
        wiring,
        command.tenant,
        _period(wanted),
        command.now,
        produce.Producer(command.sub, member.asker.actor(grant)),
    )
    return retry_or_refuse(lambda: _attempt(wiring, command, production), CONFLICT)


def _period(wanted: InspectionOrder) -> InspectedPeriod:
    """The pattern of the schema lets a line end pass."""
    try:
        return period.parse(wanted.period)
    except ValueError:
        wrong = Place("/period", "must be a year, a quarter or a month")
        raise Problem("invalid", "This is no period.", places=[wrong]) from None


def _known(wiring: Wiring, command: InspectionCommand) -> Answer | None:
    """The answer to the first of repeated requests."""
    if command.request is None:
        return None
    key = command.request.record_key
    return idempotency_records.replay(reads.find(wiring.store, key), command.request, wiring.real_clock())


def _attempt(wiring: Wiring, command: InspectionCommand, production: produce.Production) -> Answer:
    if known := _known(wiring, command):
        return known
    org = organisation.load(wiring.store, command.tenant)
    known_editions = produce.editions(wiring.store, command.tenant, production.period)
    produced = produce.next_edition(wiring, production, org, known_editions)
    view: InspectionView = view_of(produced.row)
    answer = Answer.of(201, view)
    writes = list(produced.writes)
    if command.request is not None:
        found = reads.find(wiring.store, command.request.record_key)
        writes.append(idempotency_records.put(command.request, answer, wiring.real_clock(), found=found))
    wiring.store.commit(writes)
    return answer
