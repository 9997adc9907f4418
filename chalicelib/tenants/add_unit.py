"""Command: add a unit, such as a department or a management office."""

from __future__ import annotations

import re
from typing import Annotated

import msgspec

from chalicelib.decoding import RequestDocument
from chalicelib.limits.exceeded import check_quota
from chalicelib.ports import TimeSource
from chalicelib.problem import Place, Problem
from chalicelib.store.port import Store
from chalicelib.tenants import owner_command
from chalicelib.tenants.idempotency_records import Answer
from chalicelib.tenants.names import UNIT_PATTERN, DisplayName, clean
from chalicelib.tenants.organisation import Unit, record_event
from chalicelib.tenants.organisation_views import UnitView
from chalicelib.tenants.owner_command import LoadedOrganisation, OrganisationChange, OwnerCommand


class NewUnit(RequestDocument, frozen=True, kw_only=True):
    id: Annotated[str, msgspec.Meta(pattern=UNIT_PATTERN, max_length=40)]
    name: DisplayName


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
