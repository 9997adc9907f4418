"""Commands: add a unit, such as a department or a management office, and choose its calendar."""

from __future__ import annotations

import re
from typing import Annotated

import msgspec
from msgspec.structs import replace

from chalicelib.kit.decoding import RequestDocument
from chalicelib.kit.problem import Place, Problem
from chalicelib.limits.exceeded import check_quota
from chalicelib.ports import TimeSource
from chalicelib.store.port import Store
from chalicelib.tenants import owner_command
from chalicelib.tenants.idempotency_records import Answer
from chalicelib.tenants.names import UNIT_PATTERN, DisplayName, clean
from chalicelib.tenants.organisation import Unit, record_event
from chalicelib.tenants.organisation_views import UnitView, unit_view
from chalicelib.tenants.owner_command import LoadedOrganisation, OrganisationChange, OwnerCommand


class NewUnit(RequestDocument, frozen=True, kw_only=True):
    id: Annotated[str, msgspec.Meta(pattern=UNIT_PATTERN, max_length=40)]
    name: DisplayName


class UnitCalendar(RequestDocument, frozen=True, kw_only=True):
    """`calendar`: a name of the policy's `calendars`, or null for its `calendar`. Clocks that run keep theirs."""

    calendar: Annotated[str, msgspec.Meta(min_length=1, max_length=40)] | None


def add_unit(store: Store, real_clock: TimeSource, command: OwnerCommand, new_unit: NewUnit) -> Answer:
    """201 with the unit. Raises `Problem`: `forbidden`, `invalid`, `conflict` (the id is taken), `quota-exceeded`."""
    if not re.fullmatch(UNIT_PATTERN, new_unit.id):
        place = Place("/id", "must have 1 to 40 characters of a-z, 0-9, - and _")
        raise Problem("invalid", "The id is invalid.", places=[place])
    return owner_command.run(store, real_clock, command, lambda loaded: decide(loaded, command, new_unit))


def decide(loaded: LoadedOrganisation, command: OwnerCommand, new_unit: NewUnit) -> OrganisationChange | Answer:
    """The decision (pure). The same unit again changes nothing."""
    organisation, unit = loaded.organisation, Unit(clean(new_unit.name))
    answer = Answer.of(201, UnitView(new_unit.id, unit.name))
    existing = organisation.units.get(new_unit.id)
    if existing == unit:
        return answer
    if existing:
        raise Problem("conflict", "Another unit has this id.")
    check_quota("units", len(organisation.units), organisation.limits.units)
    units = {**organisation.units, new_unit.id: unit}
    after, event = record_event(
        organisation, "unit_added", {"unit": new_unit.id}, command.sub, command.now, units=units
    )
    return OrganisationChange(after, [event], answer)


def set_unit_calendar(
    store: Store, real_clock: TimeSource, command: OwnerCommand, unit: str, payload: UnitCalendar
) -> Answer:
    """200 with the unit. Raises `Problem`: `forbidden`, `not-found`."""
    return owner_command.run(store, real_clock, command, lambda loaded: decide_calendar(loaded, command, unit, payload))


def decide_calendar(
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
