"""Command: choose the calendar of a unit, for clocks with `calendar: unit`."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec.structs import replace

from chalicelib.decoding import RequestDocument
from chalicelib.ports import TimeSource
from chalicelib.problem import Problem
from chalicelib.store.port import Store
from chalicelib.tenants import owner_command
from chalicelib.tenants.idempotency_records import Answer
from chalicelib.tenants.organisation import record_event
from chalicelib.tenants.organisation_views import unit_view
from chalicelib.tenants.owner_command import LoadedOrganisation, OrganisationChange, OwnerCommand


class UnitCalendar(RequestDocument, frozen=True, kw_only=True):
    """`calendar`: a name of the policy's `calendars`, or null for its `calendar`. Clocks that run keep theirs."""

    calendar: Annotated[str, msgspec.Meta(min_length=1, max_length=40)] | None


def set_unit_calendar(
    store: Store, real_clock: TimeSource, command: OwnerCommand, unit: str, payload: UnitCalendar
) -> Answer:
    """200 with the unit. Raises `Problem`: `forbidden`, `not-found`."""
    return owner_command.run(store, real_clock, command, lambda loaded: decide(loaded, command, unit, payload))


def decide(
    loaded: LoadedOrganisation, command: OwnerCommand, unit: str, payload: UnitCalendar
) -> OrganisationChange | Answer:
    """The decision (pure). The same calendar again changes nothing."""
    organisation = loaded.organisation
    before = organisation.units.get(unit)
    if before is None:
        raise Problem("not-found", "There is no such unit.")
    after = replace(before, calendar=payload.calendar or "")
    answer = Answer.of(200, unit_view(unit, after))
    if after == before:
        return answer
    fields = {"unit": unit, "calendar": payload.calendar}
    changed, event = record_event(
        organisation, "unit_calendar_set", fields, command.sub, command.now, units={**organisation.units, unit: after}
    )
    return OrganisationChange(changed, [event], answer)
